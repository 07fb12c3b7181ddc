use serde_json::json;

use super::*;

#[test]
fn the_rows_of_the_interface_are_read_and_written_back_alike() {
    let json = json!({
        "CF_XDR_MC": "测试商贸有限公司", "CF_WSH": "穗越市监处罚〔2026〕1号", "CF_CFLB": "罚款", "CF_NR_FK": 0.2,
        "CF_JDRQ": "2026/03/16", "CF_XDR_GSZC": null, "CF_NR_ZKDX": "  ", "fulfilled": true, "domain": "food",
    });
    let record = Record::from_json(&json).unwrap();
    assert_eq!(record.fine_fen, Some(Fen::new(200_000)));
    assert_eq!(record.decided_on, Some(jiff::civil::date(2026, 3, 16)));
    assert_eq!(
        (record.licence.as_ref(), record.registration_number.as_ref()),
        (None, None)
    );
    let written = serde_json::to_value(&record).unwrap();
    assert_eq!(
        written,
        json!({
            "CF_XDR_MC": "测试商贸有限公司", "CF_WSH": "穗越市监处罚〔2026〕1号", "CF_CFLB": "罚款",
            "CF_NR_FK": "0.2", "CF_JDRQ": "2026-03-16", "fulfilled": true, "domain": "food",
        })
    );
    assert_eq!(Record::from_json(&written), Ok(record));
}

#[test]
fn an_unknown_key_or_value_is_named() {
    let unknown_value = |key: &str, value: &str| RecordError::UnknownValue {
        key: key.into(),
        value: value.into(),
    };
    for (json, error) in [
        (
            json!({"CF_XDR_MC": "甲", "RESOURCE_ID": "1"}),
            RecordError::UnknownKey {
                key: "RESOURCE_ID".into(),
            },
        ),
        (json!({"domain": "toys"}), unknown_value("domain", "\"toys\"")),
        (json!({"fulfilled": "yes"}), unknown_value("fulfilled", "\"yes\"")),
        (
            json!({"CF_JDRQ": "2022-09-31"}),
            unknown_value("CF_JDRQ", "\"2022-09-31\""),
        ),
        (json!({"CF_NR_FK": -1}), unknown_value("CF_NR_FK", "-1")),
        (
            json!({"CF_NR_FK": "0.0000001"}),
            unknown_value("CF_NR_FK", "\"0.0000001\""),
        ),
        (json!([]), RecordError::NotAnObject),
    ] {
        assert_eq!(Record::from_json(&json), Err(error));
    }
}

#[test]
fn a_record_survives_the_bytes_of_a_change() {
    let record = Record {
        fine_fen: Some(Fen::new(1)),
        kind: Some(RecordKind::SeriousList),
        ..Record::default()
    };
    let mut bytes = Vec::new();
    ciborium::into_writer(&record, &mut bytes).unwrap();
    assert_eq!(ciborium::from_reader::<Record, _>(bytes.as_slice()).unwrap(), record);
}

#[test]
fn a_decision_that_orders_rectification_is_told_from_a_bare_fine() {
    let with = |content: &str| Record {
        penalty_content: Some(content.into()),
        ..Record::default()
    };
    assert!(with("责令改正；罚款5000元").orders_rectification());
    assert!(!with("罚款5000元").orders_rectification());
}
