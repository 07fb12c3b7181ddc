use std::{collections::BTreeMap, convert::Infallible};

use counter_core::publicity::RowKind;
use jiff::civil::date;
use publicity_file::{Against, Block, CheckError, CheckedBlock, ReadError, ReadLimits, Source, check_ahead, read};

/// Far below the product's limits, so that they are met.
const LIMITS: ReadLimits = ReadLimits {
    file_bytes: 1 << 20,
    unpacked_bytes: 4 << 20,
    rows: 500,
    columns: 64,
    cell_characters: 2_000,
};

/// Reads bytes as a spreadsheet that is to be imported, and holds its rows against the reporting standard.
///
/// # Panics
/// Where a refusal or a finding has no sentence, where a limit does not hold, or where a row is kept as something
/// other than JSON.
pub fn read_spreadsheet(bytes: &[u8]) {
    let source = match Source::from_bytes("处罚.csv".into(), bytes.to_vec(), &LIMITS) {
        Ok(source) => source,
        Err(error) => return says_what_now(&error),
    };
    let mut blocks = Vec::new();
    let mut rows_of_sheet: BTreeMap<usize, u32> = BTreeMap::new();
    let mut sheets = 0;
    let outcome = read(&source, &LIMITS, &mut |block| {
        match &block {
            Block::Sheet(_) => sheets += 1,
            Block::Rows(batch, permille) => {
                let rows = rows_of_sheet.entry(sheets).or_default();
                let Ok(()) = batch.for_each(&mut Vec::new(), |_, _| {
                    *rows += 1;
                    Ok::<_, Infallible>(())
                });
                assert!(*permille <= 1000, "progress ends at the whole");
            }
        }
        blocks.push(Ok(block));
        true
    });
    assert!(
        rows_of_sheet.values().all(|rows| *rows <= LIMITS.rows),
        "a sheet has more rows than the limit"
    );
    if let Err(error) = outcome {
        says_what_now(&error);
        blocks.push(Err(error));
    }
    let against = Against {
        kind: Some(RowKind::Penalty),
        today: date(2026, 11, 29),
        in_time_since: Some(date(2026, 11, 10)),
    };
    check_ahead(against, blocks, &mut |checked| {
        match checked {
            Ok(CheckedBlock::Sheet(_)) => {}
            Ok(CheckedBlock::Rows(rows)) => rows.rows.with_dependent(|_, ready| {
                for row in ready {
                    for kept in [&row.cells, &row.originals] {
                        assert!(
                            kept.is_empty() || serde_json::from_str::<serde_json::Value>(kept).is_ok(),
                            "a row is kept as JSON: {kept}"
                        );
                    }
                    assert!(row.findings.iter().all(|finding| !finding.message.is_empty()));
                }
            }),
            Err(CheckError::Read(error)) => says_what_now(&error),
            Err(CheckError::OtherKind { .. }) => {}
        }
        true
    });
}

fn says_what_now(error: &ReadError) {
    assert!(error.sentence().ends_with('。'), "a refusal is a sentence: {error}");
    assert!(error.code().starts_with("import_"), "{}", error.code());
}
