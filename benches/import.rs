//! Import of a district's 52,204 rows. Floor: the library that reads spreadsheets reading the cells of the same file.

use std::{hint::black_box, io::Cursor, sync::LazyLock, time::Duration};

use calamine::{Reader, Xlsx};
use counter_benches::{Aim, Failure, NOW, Office, beside, timed};
use counter_desk::{
    date_of,
    demo::{DemoScale, reporting_files},
    import::{
        GoOn, ImportOptions, import_source,
        read::{ReadLimits, Source},
    },
};
use divan::Bencher;

/// The workbook of both sheets, and the sheet of permits as csv in UTF-8.
static FILES: LazyLock<[(String, Vec<u8>); 2]> = LazyLock::new(|| {
    let today = date_of(NOW.parse().expect("the moment is written right"));
    let files = reporting_files(DemoScale::District, today).expect("a workbook is written in memory");
    let [workbook, _, permits] = files.try_into().expect("there are three files");
    [(workbook.name, workbook.bytes), (permits.name, permits.bytes)]
});

const XLSX: usize = 0;
const CSV: usize = 1;

fn main() -> Result<(), Failure> {
    LazyLock::force(&FILES);
    divan::main();
    beside(
        "import, xlsx of 52,204 rows",
        Aim::Times(1.5),
        7,
        || cells(XLSX),
        || import(XLSX),
    )?;
    beside(
        "import, csv of 48,643 rows",
        Aim::None,
        7,
        || cells(CSV),
        || import(CSV),
    )
}

#[divan::bench(name = "floor: cells of the xlsx", sample_count = 3, sample_size = 1)]
fn floor_xlsx(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| cells(XLSX).expect("the file is in order"));
}

#[divan::bench(name = "floor: cells of the csv", sample_count = 3, sample_size = 1)]
fn floor_csv(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| cells(CSV).expect("the file is in order"));
}

#[divan::bench(name = "import of the xlsx", sample_count = 3, sample_size = 1)]
fn ours_xlsx(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| import(XLSX).expect("the file is in order"));
}

#[divan::bench(name = "import of the csv", sample_count = 3, sample_size = 1)]
fn ours_csv(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| import(CSV).expect("the file is in order"));
}

/// Every cell is looked at, nothing is done with it.
fn cells(file: usize) -> Result<Duration, Failure> {
    let bytes = &FILES[file].1;
    timed(|| {
        if file == CSV {
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(bytes.as_slice());
            let mut record = csv::StringRecord::new();
            while reader.read_record(&mut record)? {
                black_box(&record);
            }
            return Ok(());
        }
        let mut book = Xlsx::new(Cursor::new(bytes.as_slice()))?;
        for sheet in book.sheet_names() {
            let mut cells = book.worksheet_cells_reader(&sheet)?;
            while let Some(cell) = cells.next_cell()? {
                black_box(cell);
            }
        }
        Ok(())
    })
}

/// The whole import into an empty encrypted counter: read, checked against V01–V17, indexed, on the disk.
fn import(file: usize) -> Result<Duration, Failure> {
    let office = Office::open()?;
    let (name, bytes) = &FILES[file];
    timed(|| {
        let source = Source::from_bytes(name.clone(), bytes.clone(), &ReadLimits::default())?;
        let outcome = import_source(
            &office.desk,
            &office.actor,
            &source,
            &ImportOptions::default(),
            &mut |_| GoOn::Yes,
        )?;
        Ok(black_box(outcome))
    })
}
