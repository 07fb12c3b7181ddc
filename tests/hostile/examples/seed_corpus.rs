//! Writes the genuine inputs of the corpus, from which fuzzing begins: `cargo run -p hostile-input --example seed_corpus`.

use std::{error::Error, fs, io, path::Path};

use counter_core::change::{ChangeBytes, IncarnationId};
use counter_documents::scan::scan_page;
use counter_store::StoreError;
use encoding_rs::GB18030;
use hostile_input::{counter_key, genuine_change, genuine_codes, hub_key, stick_header};
use hub_api::{
    blob::{BlobHash, BlobRef},
    cbor,
    dataset::{ChunkRow, DatasetKind, KnownChunks, Manifest, NewVersion, pack as pack_chunk},
    enrolment::{EnrolmentClaim, EnrolmentRequest},
    enrolment_code::EnrolmentCode,
    feed::{Cursor, FeedEntry, FeedEvent, FeedPage, Verdict},
    key::{HubIncarnation, PublicKey},
    packing::pack,
    push::{HeadClaim, LaneWords, PushAnswer, PushBatch},
    stick::{AnswerItem, Direction, OutboxItem, StickItem, StickWriter},
};
use image::{DynamicImage, GrayImage, ImageFormat, Luma, RgbImage};
use rust_xlsxwriter::Workbook;
use serde_bytes::ByteBuf;
use test_support::{CounterOffice, work::submitted};

type Outcome = Result<(), Box<dyn Error>>;

const DEMO: &[u8] = include_bytes!("../../../assets/demo/演示-行政处罚-GB18030.csv");
const HUB_LIFE: HubIncarnation = HubIncarnation([8; 16]);

fn main() -> Outcome {
    spreadsheets()?;
    codes()?;
    messages()?;
    sticks()?;
    scans()
}

fn keep(target: &str, name: &str, bytes: &[u8]) -> Outcome {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    fs::create_dir_all(&folder)?;
    Ok(fs::write(folder.join(name), bytes)?)
}

fn keep_tagged(target: &str, name: &str, tag: u8, bytes: &[u8]) -> Outcome {
    keep(target, name, &[&[tag], bytes].concat())
}

fn spreadsheets() -> Outcome {
    let demo = GB18030.decode(DEMO).0;
    let lines: Vec<&str> = demo.lines().take(4).collect();
    let text = lines.join("\r\n");
    keep("spreadsheet", "gb18030.csv", &GB18030.encode(&text).0)?;
    keep("spreadsheet", "utf8-bom.csv", format!("\u{feff}{text}").as_bytes())?;
    keep(
        "spreadsheet",
        "quoted.csv",
        format!("{}\n\"广州,\"\"某\n某\"\"\",=1+1,\t,-", lines[0]).as_bytes(),
    )?;
    keep("spreadsheet", "tabs.txt", text.replace(',', "\t").as_bytes())?;
    keep(
        "spreadsheet",
        "page.xls",
        b"<html><table><tr><td>\xe5\xa4\x84\xe7\xbd\x9a</td></tr></table></html>",
    )?;
    keep(
        "spreadsheet",
        "old.xls",
        &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0, 0, 0],
    )?;
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, line) in (0..).zip(&lines) {
        for (column, cell) in (0..).zip(line.split(',')) {
            sheet.write(row, column, cell)?;
        }
    }
    keep("spreadsheet", "book.xlsx", &workbook.save_to_buffer()?)
}

fn codes() -> Outcome {
    for (name, text) in ["certificate", "slip"].iter().zip(genuine_codes()) {
        keep("code", name, text.as_bytes())?;
        keep("code", &format!("{name}-in-blanks"), format!(" {text}\r\n").as_bytes())?;
        keep("code", &format!("{name}-lower-case"), text.to_lowercase().as_bytes())?;
    }
    let code = EnrolmentCode::new([7; 10], &PublicKey::of(&hub_key()));
    keep("code", "one-time-code", code.to_string().as_bytes())?;
    keep(
        "code",
        "address",
        "https://credit.example/c/YX-W03-2026-000123".as_bytes(),
    )
}

fn messages() -> Outcome {
    let change = genuine_change();
    let stored = change.to_bytes();
    keep_tagged("protocol", "change-account", 0, &stored.bytes)?;
    for (name, change) in changes_of_a_day()? {
        keep_tagged("protocol", &format!("change-{name}"), 0, &change.bytes)?;
    }
    let batch = cbor::encode(&batch(&stored));
    keep_tagged("protocol", "batch", 1, &batch)?;
    keep_tagged("protocol", "packed", 2, &pack(&batch))?;
    let claim = EnrolmentClaim::new("440104", change.counter.clone(), change.incarnation, &counter_key());
    let code = EnrolmentCode::new([7; 10], &PublicKey::of(&hub_key()));
    let request = EnrolmentRequest::sign(&claim, &counter_key(), &code);
    keep_tagged("protocol", "enrolment", 3, &cbor::encode(&request))?;
    keep_tagged("protocol", "page", 4, &cbor::encode(&page(&stored)))?;
    let rows = [ChunkRow {
        key: b"91440104".to_vec(),
        body: b"{}".to_vec(),
    }];
    let (reference, packed) = pack_chunk(&rows);
    let named = [&reference.raw_bytes.to_be_bytes()[..], &[1, 8], b"91440104"].concat();
    keep_tagged("protocol", "chunk", 5, &[named, packed].concat())?;
    let version = NewVersion {
        site: "440104",
        kind: DatasetKind::Subject,
        version: 3,
        data_as_of: None,
        source: "",
        published_at: 1_795_000_000_000,
    };
    let (manifest, _) = Manifest::build(version, &rows, &KnownChunks::default());
    keep_tagged("protocol", "manifest", 6, &manifest.to_bytes())?;
    let answer = PushAnswer::Expected { seq: 7 };
    keep_tagged("protocol", "answer", 8, &cbor::encode(&answer))?;
    keep_tagged("protocol", "cursor", 9, cursor(4).feed_path(25).as_bytes())
}

/// One change of every kind that a visit with a case makes.
fn changes_of_a_day() -> Result<Vec<(String, ChangeBytes)>, Box<dyn Error>> {
    let office = CounterOffice::new("W03");
    let no = office.take_case_in(None);
    office.submit(&no);
    office.act_on_case(&no, submitted()).err().ok_or("submitted twice")?;
    let identity = office.store().identity();
    let mut changes = Vec::new();
    for seq in 1..=office.own_changes() {
        let found = office
            .store()
            .read::<_, StoreError>(|tx| tx.change(&identity.counter, identity.incarnation, seq))?
            .ok_or("a number is missing")?;
        changes.push((format!("{:02}-{}", seq, found.lane.kind), found.stored));
    }
    Ok(changes)
}

fn batch(stored: &ChangeBytes) -> PushBatch {
    let change = genuine_change();
    let head = HeadClaim {
        site: "440104".into(),
        counter: change.counter,
        incarnation: change.incarnation,
        seq: change.seq,
        hash: stored.hash,
    };
    PushBatch {
        changes: vec![ByteBuf::from(stored.bytes.clone())],
        head: head.sign(&counter_key()),
        lane_keys: Vec::new(),
    }
}

fn cursor(index: u64) -> Cursor {
    Cursor {
        hub_incarnation: HUB_LIFE,
        index,
    }
}

fn page(stored: &ChangeBytes) -> FeedPage {
    let change = genuine_change();
    let judged = FeedEvent::Judged {
        counter: change.counter.clone(),
        incarnation: change.incarnation,
        seq: change.seq,
        hash: stored.hash,
        lane: LaneWords {
            kind: "account".into(),
            id: "li".into(),
        },
        verdict: Verdict::Applied,
    };
    FeedPage {
        site: "440104".into(),
        counter: change.counter,
        after: cursor(0),
        next: cursor(5),
        head: cursor(5),
        at: 1_795_000_000_000,
        entries: vec![FeedEntry {
            index: 5,
            at: 1_795_000_000_000,
            event: judged,
            change: Some(ByteBuf::from(stored.bytes.clone())),
            lane_key: None,
        }],
    }
}

fn sticks() -> Outcome {
    let stored = genuine_change().to_bytes();
    let incarnation = genuine_change().incarnation;
    let blob = BlobRef {
        sha256: BlobHash::of(b"scan"),
        length: 4,
    };
    let outbox = [
        OutboxItem::Batch {
            incarnation,
            batch: batch(&stored),
        },
        OutboxItem::Range {
            blob,
            offset: 0,
            bytes: ByteBuf::from(&b"scan"[..]),
        },
        OutboxItem::Feed { after: cursor(0) },
    ];
    let answer = [AnswerItem::Pushed {
        incarnation: IncarnationId([3; 16]),
        answer: PushAnswer::Fork { seq: 1 },
    }];
    keep_stick("outbox", 0, &outbox)?;
    keep_stick("answer", 1, &answer)?;
    keep_tagged("stick", "outbox-items", 2, &items(&outbox))?;
    keep_tagged("stick", "answer-items", 3, &items(&answer))
}

fn keep_stick<T: StickItem>(name: &str, tag: u8, items: &[T]) -> Outcome {
    let (to, key) = match T::DIRECTION {
        Direction::Outbox => (PublicKey::of(&hub_key()), counter_key()),
        Direction::Answer => (PublicKey::of(&counter_key()), hub_key()),
    };
    let mut writer = StickWriter::begin(Vec::new(), &stick_header(T::DIRECTION), &to)?;
    for item in items {
        writer.put(item)?;
    }
    keep_tagged("stick", name, tag, &writer.seal(&key)?)
}

fn items<T: StickItem>(items: &[T]) -> Vec<u8> {
    items.iter().flat_map(cbor::encode).collect()
}

fn scans() -> Outcome {
    let lines = GrayImage::from_fn(120, 160, |x, y| {
        Luma([if y % 12 < 3 && (15..105).contains(&x) { 20 } else { 250 }])
    });
    let crooked = GrayImage::from_fn(160, 120, |x, y| Luma([if (y + x / 12) % 12 < 3 { 20 } else { 250 }]));
    let coloured = DynamicImage::from(RgbImage::from_pixel(40, 60, image::Rgb([200, 30, 30])));
    let mut alone = Vec::new();
    for (name, picture, format) in [
        ("lines.png", DynamicImage::from(lines.clone()), ImageFormat::Png),
        ("lines.jpg", DynamicImage::from(lines), ImageFormat::Jpeg),
        ("crooked.png", DynamicImage::from(crooked), ImageFormat::Png),
        ("coloured.jpg", coloured, ImageFormat::Jpeg),
    ] {
        alone.clear();
        picture.write_to(&mut io::Cursor::new(&mut alone), format)?;
        keep("scan", name, &alone)?;
    }
    keep("scan", "page.pdf", &scan_page(&alone)?)?;
    keep(
        "scan",
        "no-pages.pdf",
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF",
    )
}
