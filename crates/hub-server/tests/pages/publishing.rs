//! Handing a file in, seeing what is in it and what it would change, and publishing it.

use axum::http::StatusCode;
use counter_core::pack::RuleBook;
use hub_api::dataset::{DatasetKind, DatasetVersion};
use hub_server::{
    officer::Role,
    store::{DatasetStore, HubStore},
};

use crate::{
    browser::{Browser, Page},
    office::{AUTHORITY, Office, SITE},
};

const GB18030: &[u8] = include_bytes!("../../../../tests/fixtures/import/synthetic_xzcf_2021_gb18030.csv");
const UTF8: &str = include_str!("../../../../tests/fixtures/import/synthetic_xzcf_2021_utf8bom.csv");
const PACK: &str = include_str!("../../../../assets/rulepacks/ndrc-36-2026.toml");
const PENALTIES: [(&str, &str); 2] = [("kind", "penalty"), ("mode", "replace")];

async fn credit_office(office: &Office) -> Browser {
    office.signed_in("wu", Role::CreditOffice, &[]).await
}

async fn handed_in(wu: &mut Browser, fields: &[(&str, &str)], name: &str, file: &[u8]) -> Page {
    wu.hand_in("/publishing", "/publishing/look", fields, name, file).await
}

/// Sends the form under what was shown.
async fn confirm(wu: &mut Browser, shown: &Page) -> Page {
    let names = ["token", "kind", "mode", "name", "sha256", "length"];
    let fields: Vec<(&str, String)> = names.iter().map(|name| (*name, shown.hidden(name))).collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    wu.post_bare("/publishing", &fields).await
}

fn number(page: &Page, id: &str) -> u64 {
    page.element(id)
        .unwrap_or_else(|| panic!("no {id} in {}", page.text()))
        .parse()
        .unwrap()
}

async fn in_force(office: &Office, kind: DatasetKind) -> Vec<DatasetVersion> {
    let mut transaction = office.hub.store.begin_read().await.unwrap();
    let rows = transaction.dataset_versions(SITE, kind).await.unwrap();
    rows.iter()
        .map(|row| hub_api::cbor::decode(&row.entry).unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_publicity_file_is_shown_with_its_findings_and_published_only_when_that_is_confirmed() {
    let office = Office::new().await;
    let mut wu = credit_office(&office).await;
    let shown = handed_in(&mut wu, &PENALTIES, "处罚-20261120.csv", GB18030).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text());
    let (read, accepted, kept) = (
        number(&shown, "read"),
        number(&shown, "accepted"),
        number(&shown, "keptForCheck"),
    );
    assert!(accepted > 0 && read >= accepted + kept, "{}", shown.text());
    assert_eq!((number(&shown, "inForceNow"), number(&shown, "gone")), (0, 0));
    assert_eq!(number(&shown, "added"), accepted + kept);
    assert!(
        shown.shows("数据截至 2026-11-20") && shown.shows("检查出的问题"),
        "{}",
        shown.text()
    );
    assert!(
        in_force(&office, DatasetKind::Penalty).await.is_empty(),
        "looking publishes nothing"
    );

    let done = confirm(&mut wu, &shown).await;
    assert!(done.element("published").unwrap().contains("已发布"), "{}", done.text());
    let versions = in_force(&office, DatasetKind::Penalty).await;
    assert_eq!((versions.len(), versions[0].rows), (1, accepted + kept));
    assert!(done.shows("处罚-20261120.csv") && done.shows("在用") && done.shows("wu"));

    // The same again is no version; another file names what it takes away.
    let again = handed_in(&mut wu, &PENALTIES, "处罚-20261120.csv", GB18030).await;
    assert_eq!((number(&again, "added"), number(&again, "same")), (0, accepted + kept));
    assert!(
        confirm(&mut wu, &again)
            .await
            .element("published")
            .unwrap()
            .contains("没有发布新版本")
    );
    let one_is_another = UTF8.replacen("〔2026〕2号,", "〔2026〕902号,", 1);
    let other = handed_in(&mut wu, &PENALTIES, "处罚.csv", one_is_another.as_bytes()).await;
    assert_eq!(other.status, StatusCode::OK, "{}", other.text());
    assert_eq!(
        (number(&other, "added"), number(&other, "gone")),
        (1, 1),
        "{}",
        other.text()
    );
    assert!(other.shows("整体替换会去掉"));
    let fields = [("kind", "penalty"), ("mode", "add")];
    let added = handed_in(&mut wu, &fields, "处罚.csv", one_is_another.as_bytes()).await;
    assert_eq!((number(&added, "added"), number(&added, "gone")), (1, 0));
    confirm(&mut wu, &added).await;
    let versions = in_force(&office, DatasetKind::Penalty).await;
    assert_eq!(versions.len(), 2, "the one before is kept");
    assert_eq!(versions[0].rows, 1 + accepted + kept);
    assert!(wu.get("/publishing").await.shows("上一版"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_pack_is_shown_as_the_values_it_would_change() {
    let office = Office::new().await;
    let mut wu = credit_office(&office).await;
    let fields = [("kind", "rule_pack")];
    let same = handed_in(&mut wu, &fields, "36.toml", PACK.as_bytes()).await;
    assert_eq!(same.element("pack").as_deref(), Some("ndrc-36-2026"), "{}", same.text());
    assert!(same.shows("每个值都与现在一样") && same.shows("与程序自带的"));

    let now = RuleBook::shipped().value("ndrc-36-2026", "effective.from").unwrap();
    let later = PACK.replacen("value = \"2026-04-01\"", "value = \"2026-05-01\"", 1);
    let changed = handed_in(&mut wu, &fields, "36.toml", later.as_bytes()).await;
    assert!(
        changed.shows("将改变 1 个值") && changed.shows(&now.label) && changed.shows("2026-05-01"),
        "{}",
        changed.text()
    );
    confirm(&mut wu, &changed).await;
    assert_eq!(in_force(&office, DatasetKind::RulePack).await[0].rows, 1);
    let back = handed_in(&mut wu, &fields, "36.toml", PACK.as_bytes()).await;
    assert!(
        back.shows("与已发布的") && back.shows("将改变 1 个值"),
        "{}",
        back.text()
    );

    let broken = PACK.replacen("[[value]]", "[[valu]]", 1);
    let refused = handed_in(&mut wu, &fields, "36.toml", broken.as_bytes()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.shows("这不是能用的规则包"), "{}", refused.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_such_file_is_refused_with_a_sentence_and_publishes_nothing() {
    let office = Office::new().await;
    let mut wu = credit_office(&office).await;
    let long = vec![b'a'; (64 << 20) + 1];
    for (name, file, says) in [
        ("处罚.xlsx", &b"PK\x03\x04torn"[..], "文件已损坏"),
        ("处罚.csv", b"<html><body>", "网页"),
        ("处罚.csv", b"a,b,c\n1,2,3\n", "没有找到双公示的表头"),
        ("", b"", "请选择一个有内容的文件"),
        ("处罚.csv", &long, "文件超过 64 MB"),
    ] {
        let refused = handed_in(&mut wu, &PENALTIES, name, file).await;
        assert_eq!(
            refused.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{says}: {}",
            refused.text()
        );
        assert!(refused.shows(says), "{says}: {}", refused.text());
        assert!(refused.shows("href=\"#file\""), "the summary leads to the field");
    }
    assert!(in_force(&office, DatasetKind::Penalty).await.is_empty());
    let script = handed_in(&mut wu, &PENALTIES, "<script>alert(1)<.csv", GB18030).await;
    assert!(!script.shows("<script>alert"), "{}", script.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_credit_office_hands_files_in_and_only_with_the_token_of_its_form() {
    let office = Office::new().await;
    let mut wu = credit_office(&office).await;
    let token = wu.get("/publishing").await.hidden("token");
    for fields in [vec![("kind", "penalty")], vec![("token", "0"), ("kind", "penalty")]] {
        let stale = wu.hand_in_bare("/publishing/look", &fields, "a.csv", GB18030).await;
        assert_eq!(stale.status, StatusCode::FORBIDDEN);
    }
    let fields = [("token", token.as_str()), ("kind", "everything")];
    let unread = wu.hand_in_bare("/publishing/look", &fields, "a.csv", GB18030).await;
    assert_eq!(unread.status, StatusCode::FORBIDDEN);
    let shown = handed_in(&mut wu, &PENALTIES, "a.csv", GB18030).await;
    let (sha256, length) = (shown.hidden("sha256"), shown.hidden("length"));
    for (role, account, authorities) in [
        (Role::Authority, "lin", &[AUTHORITY][..]),
        (Role::Administrator, "chief", &[]),
    ] {
        let mut other = office.signed_in(account, role, authorities).await;
        let token = other.get("/password").await.hidden("token");
        let fields = [("token", token.as_str()), ("kind", "penalty")];
        assert_eq!(
            other
                .hand_in_bare("/publishing/look", &fields, "a.csv", GB18030)
                .await
                .status,
            StatusCode::FORBIDDEN
        );
        let fields = [
            ("token", token.as_str()),
            ("kind", "penalty"),
            ("mode", "replace"),
            ("name", "a.csv"),
            ("sha256", &sha256),
            ("length", &length),
        ];
        assert_eq!(
            other.post_bare("/publishing", &fields).await.status,
            StatusCode::FORBIDDEN
        );
    }
    // A form that names what was never handed in finds nothing.
    let fields = [
        ("token", token.as_str()),
        ("kind", "penalty"),
        ("sha256", &"0".repeat(64)),
        ("length", "10"),
    ];
    assert_eq!(wu.post_bare("/publishing", &fields).await.status, StatusCode::NOT_FOUND);
    assert!(in_force(&office, DatasetKind::Penalty).await.is_empty());
}
