//! What a clerk may type, and who is found.

use counter_core::change::CounterCode;
use jiff::civil::date;

use super::*;
use crate::{
    Custody, EntropySource, Environment, NewCounter, Passphrase, Store,
    table::subject_register::{SubjectNaming, SubjectRegister},
};

fn store_with(subjects: &[(&str, &[&str])]) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let counter = NewCounter {
        site: "440104".into(),
        counter: CounterCode("W03".into()),
        prefix: "YX".into(),
        test: true,
    };
    let environment = Environment {
        entropy: EntropySource::system(),
        now_at: 0,
    };
    let custody = Custody::Passphrase(Passphrase::new("测试口令"));
    let (store, _) = Store::create(folder.path(), &counter, &custody, &environment).unwrap();
    store
        .write(|tx| {
            let mut register = SubjectRegister::open(tx, true)?;
            for (code, names) in subjects {
                for (year, name) in (2015..).zip(names.iter()) {
                    let on = Some(date(year, 1, 1));
                    register.put(
                        tx,
                        SubjectNaming {
                            identity: code,
                            uscc: Some(code),
                            name,
                            on,
                        },
                    )?;
                }
            }
            register.finish(tx)
        })
        .unwrap();
    (folder, store)
}

fn found(store: &Store, typed: &str) -> Vec<String> {
    store
        .read(|tx| subjects(tx, typed, 10))
        .unwrap()
        .hits
        .into_iter()
        .map(|hit| hit.name)
        .collect()
}

#[test]
fn a_subject_is_found_by_any_part_of_a_name_initials_of_any_reading_and_the_beginning_of_its_code() {
    let (_folder, store) = store_with(&[
        ("91440104DEM000001A", &["广州市越秀区恒行（演示）贸易有限公司"]),
        (
            "91440104DEM000002B",
            &["旧名（演示）餐饮有限公司", "长乐（演示）餐饮有限公司"],
        ),
        ("92440104DEM000003C", &["越秀区ＫＴＶ７号（演示）店"]),
    ]);
    for (typed, expected) in [
        ("恒", "恒行"),
        ("行演", "恒行"),
        ("演示贸易有限", "恒行"),
        ("恒行演示", "恒行"),
        ("hhys", "恒行"),
        ("hxysmy", "恒行"),
        ("hx", "恒行"),
        ("my", "恒行"),
        ("恒h", "恒行"),
        ("91440104dem000001", "恒行"),
        ("旧名", "长乐"),
        ("jmys", "长乐"),
        ("zlys", "长乐"),
        ("clys", "长乐"),
        ("c", "长乐"),
        ("ktv7", "ＫＴＶ"),
        ("92", "ＫＴＶ"),
    ] {
        let hits = found(&store, typed);
        assert!(
            hits.iter().any(|name| name.contains(expected)),
            "{typed} finds {hits:?}"
        );
    }
    for typed in ["行恒", "hhhh", "不存在", "", " （ ", "\"", "91440105"] {
        assert_eq!(found(&store, typed), Vec::<String>::new(), "{typed}");
    }
}

#[test]
fn the_name_of_the_latest_decision_is_the_name_now_and_every_other_is_a_former_one() {
    let (_folder, store) = store_with(&[("91440104DEM000002B", &["甲丑有限公司", "乙寅有限公司", "丙卯有限公司"])]);
    let subject = store
        .read(|tx| subject_by_id_or_code(tx, "91440104dem000002b"))
        .unwrap()
        .unwrap();
    assert_eq!(subject.name, "丙卯有限公司");
    assert_eq!(subject.former_names, ["乙寅有限公司", "甲丑有限公司"]);
    for typed in ["甲丑", "乙寅", "丙卯"] {
        assert_eq!(found(&store, typed), ["丙卯有限公司"]);
    }
}

#[test]
fn what_fits_better_comes_first() {
    let (_folder, store) = store_with(&[
        ("91440104DEM000001A", &["大同恒行（演示）贸易有限公司"]),
        ("91440104DEM000002B", &["广州恒行（演示）贸易有限公司"]),
        ("91440104DEM000003C", &["恒行（演示）贸易有限公司"]),
        ("91440104DEM000004D", &["恒行"]),
    ]);
    assert_eq!(
        found(&store, "恒行"),
        [
            "恒行",
            "恒行（演示）贸易有限公司",
            "广州恒行（演示）贸易有限公司",
            "大同恒行（演示）贸易有限公司"
        ]
    );
}

#[test]
fn what_most_names_hold_finds_names_too() {
    let (_folder, store) = store_with(&[
        ("91440104DEM000001A", &["广州市越秀区恒行（演示）贸易有限公司"]),
        ("91440104DEM000002B", &["公园（演示）餐饮有限责任公司"]),
    ]);
    for (typed, count) in [
        ("公司", 2),
        ("有限公司", 1),
        ("贸易有限公司", 1),
        ("限", 2),
        ("yxgs", 1),
        ("xzrg", 1),
        ("gs", 2),
        ("越秀区恒", 1),
        ("广州市", 1),
        ("yxq", 1),
        ("gzsyxqhh", 1),
        ("州司", 0),
    ] {
        assert_eq!(
            found(&store, typed).len(),
            count,
            "{typed} finds {:?}",
            found(&store, typed)
        );
    }
    // Where it tells something it comes first.
    assert_eq!(found(&store, "公")[0], "公园（演示）餐饮有限责任公司");
}
