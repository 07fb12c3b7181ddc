//! Reports, counters, conflicts, and that every list can be made again from the log.

use counter_core::case::CaseChange;
use hub_server::{
    officer::Role,
    overview,
    report::{Figure, report},
    store::{CaseQuery, HubStore, OverviewStore},
};
use jiff::civil::date;

use crate::{
    counter::Counter,
    office::{AUTHORITY, DAY, Office, SITE},
};

const FIRST: &str = "YX-W03-2026-000001";
const SECOND: &str = "YX-W03-2026-000002";

#[tokio::test]
async fn a_closed_month_keeps_its_figures_and_what_comes_late_is_told_where_it_arrived() {
    let office = Office::new().await;
    let mut counter = Counter::enrolled(&office, "W03", 2).await;
    counter.submitted(FIRST, AUTHORITY, date(2026, 10, 20));
    counter.push().await;
    let mut wu = office.signed_in("wu", Role::CreditOffice, &[]).await;
    let october = wu.get("/reports?month=2026-10").await;
    // Enrolled long ago and never heard from over the network: it may still hold something back.
    assert!(
        october.element("silent").is_some() && october.shows("W03"),
        "{}",
        october.text()
    );
    wu.post("/reports?month=2026-10", "/reports/2026-10/close", &[]).await;
    let closed = report(&office.hub, &office.rules, SITE, "2026-10").await.unwrap();
    assert_eq!(closed.total().count(Figure::Received), 1);
    assert!(closed.closed.is_some() && closed.silent.contains_key("W03"));

    counter.submitted(SECOND, AUTHORITY, date(2026, 10, 28));
    counter.push().await;
    assert_eq!(
        report(&office.hub, &office.rules, SITE, "2026-10").await.unwrap(),
        closed
    );
    let november = report(&office.hub, &office.rules, SITE, "2026-11").await.unwrap();
    assert_eq!(november.total().count(Figure::Received), 0);
    assert_eq!(november.late["2026-10"][AUTHORITY].count(Figure::Submitted), 1);
    let page = wu.get("/reports?month=2026-11").await;
    assert!(page.shows("上月补报") && !page.shows("close-month"));

    let workbook = wu.get("/reports/2026-11/workbook").await;
    assert!(workbook.bytes.starts_with(b"PK"));
    let early = wu.post("/reports", "/reports/2026-11/close", &[]).await;
    assert_eq!(early.status, axum::http::StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_was_taken_back_before_it_came_is_not_counted() {
    let office = Office::new().await;
    let mut counter = Counter::enrolled(&office, "W03", 2).await;
    counter.submitted(FIRST, AUTHORITY, date(2026, 11, 3));
    counter.undone(FIRST);
    counter.submitted(SECOND, AUTHORITY, date(2026, 11, 3));
    counter.push().await;
    let november = report(&office.hub, &office.rules, SITE, "2026-11").await.unwrap();
    let total = november.total();
    assert_eq!((total.count(Figure::Received), total.count(Figure::Submitted)), (2, 1));
    // The one is at its counter again, the other waits for the authority.
    let mut lin = office.signed_in("lin", Role::Authority, &[AUTHORITY]).await;
    let queue = lin.get("/queue").await;
    assert!(queue.shows(SECOND) && !queue.shows(FIRST), "{}", queue.text());

    // Taken in by mistake: nothing of it is counted, and nobody is asked to act on it.
    let mut other = Counter::enrolled(&office, "W04", 3).await;
    let mistaken = "YX-W04-2026-000001";
    other.received(mistaken, AUTHORITY, date(2026, 11, 3));
    other.undone(mistaken);
    other.push().await;
    let november = report(&office.hub, &office.rules, SITE, "2026-11").await.unwrap();
    assert_eq!(november.total().count(Figure::Received), 2);
    let mut wu = office.signed_in("wu", Role::CreditOffice, &[]).await;
    let case = wu.get(&format!("/cases/{mistaken}")).await;
    assert!(case.shows("已作废") && case.shows("撤销"), "{}", case.text());
}

#[tokio::test]
async fn the_lists_made_again_from_the_log_are_the_ones_that_followed_it() {
    let office = Office::new().await;
    let mut counter = Counter::enrolled(&office, "W03", 2).await;
    counter.submitted(FIRST, AUTHORITY, date(2026, 11, 3));
    counter.push().await;
    let mut lin = office.signed_in("lin", Role::Authority, &[AUTHORITY]).await;
    // Looking between the steps makes the lists follow in several goes.
    for (act, fields) in [
        ("accept", vec![("on", "2026-11-05")]),
        (
            "decide",
            vec![("on", "2026-11-13"), ("reason", "已履行"), ("outcome", "repaired")],
        ),
    ] {
        lin.get("/queue").await;
        let address = format!("/cases/{FIRST}/acts/{act}");
        let mut fields = fields;
        fields.push(("step", "enter"));
        lin.post(&address, &address, &fields).await;
    }
    counter.received(SECOND, AUTHORITY, date(2026, 11, 24));
    // Declining what was never submitted: no lane takes it.
    let declined = CaseChange::Declined {
        by: AUTHORITY.into(),
        on: date(2026, 11, 24),
        reason: "无".into(),
    };
    counter.case(SECOND, declined);
    counter.push().await;

    let lists = async || {
        let report = report(&office.hub, &office.rules, SITE, "2026-11").await.unwrap();
        let query = CaseQuery {
            limit: 10,
            ..CaseQuery::default()
        };
        let mut transaction = office.hub.store.begin_read().await.unwrap();
        let cases = transaction.case_overviews(SITE, &query).await.unwrap();
        (report, cases, transaction.parked(SITE, 0, 10).await.unwrap())
    };
    let followed = lists().await;
    assert_eq!(followed.0.by_counter["W03"].count(Figure::Repaired), 1);
    assert_eq!(followed.0.total().tenths_of_days(), Some(100));
    assert_eq!(followed.2.len(), 1);
    overview::rebuild(&office.hub, &office.rules, SITE).await.unwrap();
    assert_eq!(lists().await, followed);

    let mut wu = office.signed_in("wu", Role::CreditOffice, &[]).await;
    let conflicts = wu.get("/conflicts").await;
    assert!(
        conflicts.shows(SECOND) && conflicts.shows("办件已经到了别的状态"),
        "{}",
        conflicts.text()
    );
}

#[tokio::test]
async fn a_silent_counter_is_named_and_a_new_one_gets_a_code_that_is_shown_once() {
    let office = Office::new().await;
    Counter::enrolled(&office, "W03", 2).await.push().await;
    let mut chief = office.signed_in("chief", Role::Administrator, &[]).await;
    assert!(chief.get("/counters").await.element("silent").unwrap().contains("W03"));
    let printed = chief.post("/counters", "/counters/code", &[("counter", "w04")]).await;
    let code = printed.element("code").unwrap();
    assert!(code.len() >= 40, "{code}");
    assert!(!chief.get("/counters").await.shows(&code));
    let bad = chief.post("/counters", "/counters/code", &[("counter", "HUB")]).await;
    assert!(bad.shows("窗口代码是"));
    office.wait(DAY);
}

#[tokio::test]
async fn what_a_closed_life_still_sent_is_claimed_with_one_button_and_taken_in_its_order() {
    let office = Office::new().await;
    let mut old = Counter::enrolled(&office, "W03", 2).await;
    old.push().await;
    let mut new = old.restored(9);
    new.push().await;
    old.submitted(FIRST, AUTHORITY, date(2026, 11, 20));
    old.push().await;
    let mut wu = office.signed_in("wu", Role::CreditOffice, &[]).await;
    let waiting = wu.get("/conflicts").await;
    assert!(
        waiting.shows("待认领") && waiting.shows("2 条") && waiting.shows(FIRST),
        "{}",
        waiting.text()
    );
    assert!(!wu.get("/queue?group=all").await.shows(&format!("/cases/{FIRST}")));

    let fields = [("counter", "W03".to_owned()), ("life", waiting.hidden("life"))];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let claimed = wu.post("/conflicts", "/conflicts/claim", &fields).await;
    assert!(
        claimed.element("claimed").unwrap().contains("采纳 2 条"),
        "{}",
        claimed.text()
    );
    assert!(claimed.shows("没有待处理的登记"), "{}", claimed.text());
    assert!(wu.get("/queue?group=all").await.shows(&format!("/cases/{FIRST}")));
    let again = wu.post("/conflicts", "/conflicts/claim", &fields).await;
    assert_eq!(again.status, axum::http::StatusCode::CONFLICT);
    assert!(again.element("claimed").unwrap().contains("没有待认领的登记"));
}
