//! Reference data: it comes whole, a refresh moves what changed, and nothing hostile or older takes its place.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use bytes::Bytes;
use counter_core::{
    case::CaseChange,
    change::{ChangeBody, Lane, LaneKind},
    lane_state::LaneState,
    publicity::TopicGroup,
};
use counter_desk::{
    Actor, Desk, DeskParts, FixedClock, SystemEntropy,
    demo::{DemoScale, register_file, reporting_files},
    import::{
        GoOn, ImportOptions, import_source,
        read::{ReadLimits, Source},
    },
    reference::{TakenOver, reference_data, rule_book, take_over},
    search::search,
    subject::credit_file::credit_file,
};
use counter_store::{
    RecordError, StoreError,
    table::{penalty, permit, subject},
};
use ed25519_dalek::SigningKey;
use hub_api::{
    cbor,
    dataset::{ChunkAnswer, DatasetKind, DatasetList},
    protocol::{CHUNKS_PATH, DATASETS_PATH},
    signed::Signed,
};
use hub_server::dataset::{Mode, Publication, Published, publish, rows_of_file};
use jiff::civil::{Date, date};

use test_support::{
    CounterOffice, HubOffice, NOW, SITE,
    network::{Bent, Direct, Fate, Told},
};

const TODAY: Date = date(2026, 11, 24);

/// The lines of the small demo's files: header first.
struct Files {
    subjects: String,
    penalties: Vec<String>,
    permits: String,
}

fn files() -> Files {
    let text = |name: &str| {
        let files = reporting_files(DemoScale::Small, TODAY).unwrap();
        let file = files.into_iter().find(|file| file.name == name).unwrap();
        String::from_utf8(file.bytes).unwrap()
    };
    let penalties = text("行政处罚.csv");
    Files {
        subjects: String::from_utf8(register_file(DemoScale::Small).bytes).unwrap(),
        penalties: penalties.lines().map(str::to_owned).collect(),
        permits: text("行政许可.csv"),
    }
}

fn source(name: &str, text: &str) -> Source {
    Source::from_bytes(name.into(), text.as_bytes().to_vec(), &ReadLimits::default()).unwrap()
}

async fn publish_text(hub: &HubOffice, kind: DatasetKind, name: &str, text: &str, as_of: Date) -> Published {
    let file = rows_of_file(&source(name, text), kind, TODAY).unwrap();
    let publication = Publication {
        district: SITE,
        kind,
        source: name,
        data_as_of: Some(as_of),
        mode: Mode::Replace,
        by: "test",
    };
    publish(&hub.hub, &publication, file.rows).await.unwrap()
}

async fn publish_all(hub: &HubOffice, files: &Files) {
    publish_text(hub, DatasetKind::Subject, "信用主体.csv", &files.subjects, TODAY).await;
    publish_text(
        hub,
        DatasetKind::Penalty,
        "处罚.csv",
        &files.penalties.join("\n"),
        TODAY,
    )
    .await;
    publish_text(hub, DatasetKind::Permit, "许可.csv", &files.permits, TODAY).await;
}

fn desk(office: &CounterOffice) -> Desk {
    Desk::new(DeskParts {
        store: office.store().clone(),
        rules: rule_book(office.store()),
        clock: Arc::new(FixedClock(jiff::Timestamp::from_millisecond(NOW).unwrap())),
        entropy: Arc::new(SystemEntropy),
    })
}

async fn enrolled() -> (HubOffice, CounterOffice) {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    office.enrol_with(&hub, &Direct(hub.router())).await;
    (hub, office)
}

fn counts(office: &CounterOffice) -> (u64, u64, u64) {
    office
        .store()
        .read::<_, StoreError>(|tx| Ok((subject::count(tx)?.0, penalty::count(tx)?, permit::count(tx)?)))
        .unwrap()
}

fn summary(taken: &[TakenOver]) -> Vec<(&str, u64, u64, u64)> {
    let one = |taken: &TakenOver| (taken.put, taken.gone, taken.flagged);
    taken
        .iter()
        .map(|taken| (taken.kind.as_str(), one(taken)))
        .map(|(kind, (put, gone, flagged))| (kind, put, gone, flagged))
        .collect()
}

/// What every penalty says, by its key.
fn penalties(office: &CounterOffice) -> Vec<(String, String)> {
    let rows = office.store().read(|tx| penalty::newest(tx, 10_000)).unwrap();
    let mut rows: Vec<(String, String)> = rows
        .into_iter()
        .map(|row| {
            (
                row.key,
                row.row
                    .get(counter_core::publicity::Field::Content)
                    .unwrap_or("")
                    .to_owned(),
            )
        })
        .collect();
    rows.sort();
    rows
}

#[tokio::test]
async fn reference_data_comes_whole_and_a_refresh_moves_only_what_changed() {
    let (hub, office) = enrolled().await;
    let (network, mut files) = (Direct(hub.router()), files());
    publish_all(&hub, &files).await;

    let first = office.sync(&network).await.unwrap().reference;
    assert!(first.whole && !first.more);
    assert_eq!(counts(&office), (0, 0, 0), "nothing is seen before it is taken over");
    let desk = desk(&office);
    let taken = take_over(&desk).unwrap();
    let all = [("subject", 360, 0, 0), ("penalty", 144, 0, 0), ("permit", 520, 0, 0)];
    assert_eq!(summary(&taken), all);
    assert_eq!(counts(&office), (360, 144, 520));
    let view = reference_data(&desk).unwrap();
    assert!(
        view.iter()
            .all(|dataset| dataset.arriving.is_none() && dataset.version.is_some())
    );
    assert_eq!(view[1].data_as_of.as_deref(), Some("2026-11-24"));
    let name = files.penalties[1].split(',').next().unwrap().to_owned();
    assert_eq!(search(&desk, &name, 5).unwrap().hits[0].name, name);
    assert!(
        take_over(&desk).unwrap().is_empty(),
        "what stands is not taken over again"
    );

    // One decision says something else, one is no longer published, one is new.
    let changed = files.penalties[3]
        .replace("罚款", "罚款（更正）")
        .replace("警告", "警告（更正）");
    assert_ne!(changed, files.penalties[3]);
    let new = files.penalties[5].replace("号,", "号之一,");
    files.penalties[3] = changed;
    files.penalties.remove(8);
    files.penalties.push(new);
    publish_text(
        &hub,
        DatasetKind::Penalty,
        "处罚.csv",
        &files.penalties.join("\n"),
        TODAY,
    )
    .await;
    let again = office.sync(&network).await.unwrap().reference;
    assert!(again.whole && again.chunks <= 7, "{again:?}");
    assert_eq!(summary(&take_over(&desk).unwrap()), [("penalty", 2, 1, 0)]);
    assert_eq!(counts(&office), (360, 144, 520));

    // A counter that comes later sees the very same.
    let late = CounterOffice::new("W04");
    late.enrol_with(&hub, &network).await;
    late.sync(&network).await.unwrap();
    take_over(&self::desk(&late)).unwrap();
    assert_eq!(penalties(&late), penalties(&office));
    assert_eq!(counts(&late), counts(&office));
}

#[tokio::test]
async fn a_cut_in_the_middle_goes_on_where_it_was() {
    let (hub, office) = enrolled().await;
    publish_all(&hub, &files()).await;
    let direct = Direct(hub.router());
    let all = {
        let other = CounterOffice::new("W04");
        other.enrol_with(&hub, &direct).await;
        other.sync(&direct).await.unwrap().reference.chunks
    };
    // An answer brings five chunks; the fourth answer never comes whole.
    let answers = AtomicUsize::new(0);
    let thin = Bent(hub.router(), |path: &str, body: Bytes| {
        if path != CHUNKS_PATH {
            return body;
        }
        if answers.fetch_add(1, Ordering::Relaxed) == 3 {
            return body.slice(..body.len() / 2);
        }
        let mut answer: ChunkAnswer = cbor::decode(&body).unwrap();
        answer.chunks.truncate(5);
        cbor::encode(&answer).into()
    });
    let cut = office.sync(&thin).await.unwrap().reference;
    assert_eq!(cut.code.as_deref(), Some("bad_answer"));
    assert!(!cut.whole);
    assert!(take_over(&desk(&office)).unwrap().is_empty());
    let arriving: Vec<_> = reference_data(&desk(&office)).unwrap();
    assert!(
        arriving
            .iter()
            .any(|dataset| dataset.arriving.as_ref().is_some_and(|coming| coming.have > 0))
    );

    let rest = office.sync(&direct).await.unwrap().reference;
    assert!(rest.whole);
    // Three answers came: the manifests, then five chunks twice.
    assert_eq!(rest.chunks, all - 3 - 10);
    assert_eq!(take_over(&desk(&office)).unwrap().len(), 3);
    assert_eq!(counts(&office), (360, 144, 520));
}

#[tokio::test]
async fn an_altered_chunk_list_or_manifest_is_not_believed_and_leaves_nothing() {
    let (hub, office) = enrolled().await;
    publish_all(&hub, &files()).await;
    for bent in [DATASETS_PATH, CHUNKS_PATH] {
        let altering = Bent(hub.router(), |path: &str, body: Bytes| {
            let mut body = body.to_vec();
            if path == bent {
                let middle = body.len() / 2;
                body[middle] ^= 1;
            }
            body.into()
        });
        let reference = office.sync(&altering).await.unwrap().reference;
        let word = reference.code.as_deref();
        assert!(
            matches!(word, Some("bad_answer" | "bad_reference_data")),
            "{bent}: {word:?}"
        );
        assert!(!reference.whole);
        assert_eq!(reference.chunks, 0);
        assert!(take_over(&desk(&office)).unwrap().is_empty());
    }
    // Another hub's list, however well signed, is not this one's.
    let list = DatasetList {
        site: SITE.into(),
        at: NOW,
        datasets: Vec::new(),
    };
    let forged = Signed::seal(&list, &SigningKey::from_bytes(&[66; 32])).into_bytes();
    let forging = Bent(hub.router(), |path: &str, body: Bytes| {
        if path == DATASETS_PATH {
            Bytes::from(forged.clone())
        } else {
            body
        }
    });
    // The list believed before serves for an hour.
    office.now.move_by(2 * 60 * 60 * 1000);
    hub.clock.move_by(2 * 60 * 60 * 1000);
    let reference = office.sync(&forging).await.unwrap().reference;
    assert_eq!(reference.code.as_deref(), Some("bad_reference_data"));
}

#[tokio::test]
async fn an_older_version_is_not_taken_again() {
    let (hub, office) = enrolled().await;
    let mut files = files();
    publish_all(&hub, &files).await;
    let network = Told::new(hub.router(), [Fate::Arrives; 0]);
    office.sync(&network).await.unwrap();
    let old_list = network.answers(DATASETS_PATH).pop().unwrap();
    take_over(&desk(&office)).unwrap();
    files.penalties.truncate(100);
    let newer = publish_text(
        &hub,
        DatasetKind::Penalty,
        "处罚.csv",
        &files.penalties.join("\n"),
        TODAY,
    )
    .await;
    office.sync(&network).await.unwrap();
    take_over(&desk(&office)).unwrap();
    assert_eq!(counts(&office).1, 99);

    // Two hours later the list of before is given again.
    office.now.move_by(2 * 60 * 60 * 1000);
    hub.clock.move_by(2 * 60 * 60 * 1000);
    let asked = Mutex::new(0);
    let replaying = Bent(hub.router(), |path: &str, body: Bytes| {
        if path == DATASETS_PATH {
            *asked.lock().unwrap() += 1;
            return old_list.clone();
        }
        body
    });
    let reference = office.sync(&replaying).await.unwrap().reference;
    assert_eq!(
        (*asked.lock().unwrap(), reference.whole, reference.chunks),
        (1, false, 0)
    );
    assert!(take_over(&desk(&office)).unwrap().is_empty());
    let view = reference_data(&desk(&office)).unwrap();
    assert_eq!(view[1].version, Some(newer.version));
    assert_eq!(counts(&office).1, 99);
}

#[tokio::test]
async fn of_a_file_and_the_hub_the_one_that_speaks_of_the_later_day_stands() {
    let (hub, office) = enrolled().await;
    let (network, files) = (Direct(hub.router()), files());
    let desk = desk(&office);
    let actor = Actor {
        account: "li".into(),
        display_name: "李".into(),
        roles: vec![],
    };
    let corrected = |word: &str| {
        let mut lines = files.penalties.clone();
        lines[1] = lines[1]
            .replace("罚款", &format!("罚款（{word}）"))
            .replace("警告", &format!("警告（{word}）"));
        assert_ne!(lines[1], files.penalties[1]);
        lines.join("\n")
    };
    let import = |text: &str, day: Date| {
        let options = ImportOptions {
            data_as_of: Some(day),
            ..ImportOptions::default()
        };
        import_source(&desk, &actor, &source("处罚.csv", text), &options, &mut |_| GoOn::Yes).unwrap()
    };
    let says = |word: &str| penalties(&office).iter().any(|(_, content)| content.contains(word));
    let refresh = async |word: &str, day: Date| {
        publish_text(&hub, DatasetKind::Penalty, "处罚.csv", &corrected(word), day).await;
        office.sync(&network).await.unwrap();
        take_over(&desk).unwrap();
    };

    refresh("甲", date(2026, 11, 10)).await;
    assert!(says("甲"));
    assert_eq!(import(&corrected("乙"), date(2026, 11, 9)).updated, 0, "an older file");
    assert!(says("甲"));
    assert_eq!(import(&corrected("丙"), date(2026, 11, 12)).updated, 1, "a newer file");
    assert!(says("丙"));
    refresh("丁", date(2026, 11, 11)).await;
    assert!(says("丙"), "the hub's next version is still older than the file");
    // Nothing differs in the row itself this time: the day alone decides.
    refresh("丁", date(2026, 11, 13)).await;
    assert!(says("丁"), "the hub has caught up");

    // A row of the hub that it no longer publishes goes; one that only a file brought stays.
    let mut own = files.penalties.clone();
    own.truncate(2);
    own[1] = own[1].replace("号,", "号之二,");
    assert_eq!(import(&own.join("\n"), date(2026, 11, 13)).read, 1);
    let before = counts(&office).1;
    let mut fewer = files.penalties.clone();
    fewer.truncate(50);
    publish_text(
        &hub,
        DatasetKind::Penalty,
        "处罚.csv",
        &fewer.join("\n"),
        date(2026, 11, 14),
    )
    .await;
    office.sync(&network).await.unwrap();
    take_over(&desk).unwrap();
    assert_eq!((before, counts(&office).1), (145, 50));
}

#[tokio::test]
async fn a_case_hears_that_its_record_changed_and_keeps_what_it_was_received_with() {
    let (hub, office) = enrolled().await;
    let (network, mut files) = (Direct(hub.router()), files());
    publish_all(&hub, &files).await;
    office.sync(&network).await.unwrap();
    let desk = desk(&office);
    take_over(&desk).unwrap();
    let document = files.penalties[1].split(',').find(|cell| cell.ends_with('号')).unwrap();
    let rows = office.store().read(|tx| penalty::newest(tx, 10_000)).unwrap();
    let number = counter_core::publicity::Field::DocumentNo;
    let key = rows
        .iter()
        .find(|row| row.row.get(number) == Some(document))
        .unwrap()
        .key
        .clone();
    let no = case_about(&office, &key);
    let received_with = format!(
        "{:?}",
        office
            .store()
            .read(|tx| tx.lane(&Lane::new(LaneKind::Case, &no)))
            .unwrap()
            .map(received)
    );

    files.penalties[1] = files.penalties[1]
        .replace("罚款", "罚款（更正）")
        .replace("警告", "警告（更正）");
    publish_text(
        &hub,
        DatasetKind::Penalty,
        "处罚.csv",
        &files.penalties.join("\n"),
        TODAY,
    )
    .await;
    office.sync(&network).await.unwrap();
    assert_eq!(summary(&take_over(&desk).unwrap()), [("penalty", 1, 0, 1)]);
    assert!(office.case(&no).record_changed);

    files.penalties.remove(1);
    publish_text(
        &hub,
        DatasetKind::Penalty,
        "处罚.csv",
        &files.penalties.join("\n"),
        TODAY,
    )
    .await;
    office.sync(&network).await.unwrap();
    assert_eq!(summary(&take_over(&desk).unwrap()), [("penalty", 0, 1, 1)]);
    let still = format!(
        "{:?}",
        office
            .store()
            .read(|tx| tx.lane(&Lane::new(LaneKind::Case, &no)))
            .unwrap()
            .map(received)
    );
    assert_eq!(still, received_with);
    // That the record changed is a change like any other, and reaches the hub.
    office.sync(&network).await.unwrap();
    assert_eq!(office.unsent(), 0);
}

/// A case about the record `key`.
fn case_about(office: &CounterOffice, key: &str) -> String {
    let like = office.take_case_in(None);
    let state = office
        .store()
        .read(|tx| tx.lane(&Lane::new(LaneKind::Case, &like)))
        .unwrap();
    let mut received = received(state.unwrap());
    received.record_key = key.into();
    let no = format!("{like}9");
    office
        .store()
        .write::<_, RecordError>(|tx| {
            let act = counter_store::ActContext {
                act_id: counter_core::change::ActId([9; 16]),
                actor: "li".into(),
                made_at: NOW,
            };
            let body = ChangeBody::Case(CaseChange::Received(Box::new(received)));
            tx.record(&act, Lane::new(LaneKind::Case, &no), body).map(|_| ())
        })
        .unwrap();
    no
}

fn received(state: LaneState) -> counter_core::case::CaseReceived {
    let LaneState::Case(case) = state else {
        unreachable!("a case")
    };
    case.received.clone()
}

#[tokio::test]
async fn a_rule_pack_of_the_hub_stands_beside_the_shipped_ones() {
    let (hub, office) = enrolled().await;
    let shipped = include_str!("../../../../assets/rulepacks/ndrc-36-2026.toml");
    let text = shipped.replace("\"ndrc-36-2026\"", "\"ndrc-99-2027\"");
    publish_text(&hub, DatasetKind::RulePack, "ndrc-99-2027.toml", &text, TODAY).await;
    assert!(rule_book(office.store()).pack("ndrc-99-2027").is_none());
    office.sync(&Direct(hub.router())).await.unwrap();
    take_over(&desk(&office)).unwrap();
    let book = rule_book(office.store());
    assert!(book.pack("ndrc-99-2027").is_some() && book.pack("ndrc-36-2026").is_some());
    let nonsense = rows_of_file(&source("x.toml", "id = 1"), DatasetKind::RulePack, TODAY);
    assert!(nonsense.is_err(), "what does not parse is not published");
}

const LISTS: &str = "\
专题,分组,企业名称,统一社会信用代码,认定单位,文号,列入日期,有效期至
纳税信用A级纳税人,守信激励,广州某某商贸有限公司,91440104MA59TP0C16,国家税务总局广州市税务局,,2026-04-28,
经营异常名录,失信惩戒,广州某某商贸有限公司,91440104MA59TP0C16,越秀区市场监管局,越异〔2026〕1号,2026-03-02,2026-09-01
";

#[tokio::test]
async fn what_public_lists_say_of_a_subject_is_in_its_file_until_it_is_published_no_more() {
    let (hub, office) = enrolled().await;
    let network = Direct(hub.router());
    let published = async |text: &str| {
        publish_text(&hub, DatasetKind::Topic, "专题.csv", text, TODAY).await;
        office.sync(&network).await.unwrap();
        let desk = desk(&office);
        let taken = take_over(&desk).unwrap();
        let file = credit_file(&desk, "91440104MA59TP0C16").unwrap();
        let lists = file
            .topics
            .into_iter()
            .map(|topic| (topic.topic, topic.group, topic.is_over));
        (
            summary(&taken).first().map(|taken| (taken.1, taken.2)),
            lists.collect::<Vec<_>>(),
            file.topics_as_of,
        )
    };
    let (trusted, listed) = (
        ("纳税信用A级纳税人".to_owned(), TopicGroup::Trustworthy, false),
        ("经营异常名录".to_owned(), TopicGroup::Untrustworthy, true),
    );
    let day = Some(TODAY.to_string());
    let first = published(LISTS).await;
    assert_eq!(
        first,
        (Some((2, 0)), vec![listed, trusted.clone()], day.clone()),
        "what speaks against it first"
    );
    let without: String = LISTS.lines().take(2).map(|line| format!("{line}\n")).collect();
    assert_eq!(published(&without).await, (Some((0, 1)), vec![trusted], day));
}
