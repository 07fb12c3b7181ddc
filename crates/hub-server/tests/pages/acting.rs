//! The queue, a case, and the authority's acts.

use axum::http::{StatusCode, header};
use counter_core::{case::CaseState, lane_state::LaneState, objection::ObjectionChange};
use hub_api::push::LaneWords;
use hub_server::{
    judge::read_state,
    officer::Role,
    store::{HubStore, LaneStore},
};
use jiff::civil::date;

use crate::{
    counter::{Counter, SCAN},
    office::{AUTHORITY, OTHER_AUTHORITY, Office, SITE},
};

const NO: &str = "YX-W03-2026-000001";
const OBJECTION: &str = "YX-W03-2026-Y000001";

async fn state(office: &Office, no: &str) -> CaseState {
    let words = LaneWords {
        kind: "case".into(),
        id: no.into(),
    };
    let mut transaction = office.hub.store.begin_read().await.unwrap();
    let row = transaction.lane(SITE, &words).await.unwrap().unwrap();
    let LaneState::Case(case) = read_state(&row).unwrap() else {
        panic!("the lane of a case holds another kind of state");
    };
    case.stage
}

#[tokio::test]
async fn an_officer_accepts_decides_and_sees_the_record_taken_down() {
    let office = Office::new().await;
    let mut counter = Counter::enrolled(&office, "W03", 2).await;
    counter.submitted(NO, AUTHORITY, date(2026, 11, 20));
    counter.push().await;
    let mut lin = office.signed_in("lin", Role::Authority, &[AUTHORITY]).await;
    assert!(lin.get("/queue").await.shows(NO));
    let case = lin.get(&format!("/cases/{NO}")).await;
    assert!(case.shows("起算日未登记"), "{}", case.text());
    let push = format!("/cases/{NO}/acts/push");
    lin.post(&push, &push, &[("step", "enter"), ("on", "2026-11-20")]).await;
    let case = lin.get(&format!("/cases/{NO}")).await;
    // 3 working days behind Friday the 20th.
    assert!(case.shows("最晚 2026-11-25"), "{}", case.text());
    assert!(case.shows("&lt;b&gt;有限") && !case.shows("11010519491231002X"));

    let accept = format!("/cases/{NO}/acts/accept");
    let asked = lin
        .post(
            &accept,
            &accept,
            &[("step", "check"), ("on", "2026-11-24"), ("number", "受理1号")],
        )
        .await;
    assert!(asked.shows("请核对后登记"));
    assert_eq!(state(&office, NO).await, CaseState::Submitted);
    let entered = lin
        .post(
            &accept,
            &accept,
            &[("step", "enter"), ("on", "2026-11-24"), ("number", "受理1号")],
        )
        .await;
    assert_eq!(
        entered.leads_to(),
        Some(format!("/cases/{NO}").as_str()),
        "{}",
        entered.text()
    );
    assert_eq!(state(&office, NO).await, CaseState::Accepted);

    let decide = format!("/cases/{NO}/acts/decide");
    let unchosen = lin
        .post(
            &decide,
            &decide,
            &[("step", "enter"), ("on", "2026-11-24"), ("reason", "已履行")],
        )
        .await;
    assert!(unchosen.shows("请选择准予或不予修复"));
    let fields = [
        ("step", "enter"),
        ("on", "2026-11-24"),
        ("reason", "已履行"),
        ("outcome", "repaired"),
    ];
    lin.post(&decide, &decide, &fields).await;
    assert_eq!(state(&office, NO).await, CaseState::Decided);
    assert!(lin.get("/queue?group=to_take_down").await.shows(NO));

    let take_down = format!("/cases/{NO}/acts/take_down");
    let one = [("step", "enter"), ("on", "2026-11-24"), ("site-0", "gone")];
    let refused = lin.post(&take_down, &take_down, &one).await;
    assert!(refused.shows("两个网站都看过"), "{}", refused.text());
    assert_eq!(state(&office, NO).await, CaseState::Decided);
    let both = [one.as_slice(), &[("site-1", "gone")]].concat();
    lin.post(&take_down, &take_down, &both).await;
    assert_eq!(state(&office, NO).await, CaseState::TakenDown);
    let case = lin.get(&format!("/cases/{NO}")).await;
    assert!(case.shows("没有可由本账号登记的行为") || case.shows("当前没有可由本账号登记的行为"));
    assert!(case.shows("区信用平台录入 · lin"), "{}", case.text());
}

#[tokio::test]
async fn a_record_is_marked_in_queue_and_case_while_an_objection_is_pending() {
    let office = Office::new().await;
    let mut counter = Counter::enrolled(&office, "W03", 2).await;
    counter.submitted(NO, AUTHORITY, date(2026, 11, 20));
    counter.objected(OBJECTION, NO, date(2026, 11, 20));
    counter.push().await;
    let mut lin = office.signed_in("lin", Role::Authority, &[AUTHORITY]).await;
    let (queue, case) = ("/queue".to_owned(), format!("/cases/{NO}"));
    for page in [&queue, &case] {
        let shown = lin.get(page).await;
        assert!(
            shown.shows("异议处理中") && shown.shows(OBJECTION),
            "{page}: {}",
            shown.text()
        );
    }
    let reason = "不再异议".to_owned();
    let on = date(2026, 11, 21);
    counter.objection(OBJECTION, ObjectionChange::Withdrawn { reason, on });
    counter.push().await;
    for page in [&queue, &case] {
        assert!(!lin.get(page).await.shows("异议处理中"), "{page}");
    }
}

#[tokio::test]
async fn an_act_that_no_longer_follows_is_refused_with_a_sentence_and_changes_nothing() {
    let office = Office::new().await;
    let mut counter = Counter::enrolled(&office, "W03", 2).await;
    counter.submitted(NO, AUTHORITY, date(2026, 11, 20));
    counter.push().await;
    let mut lin = office.signed_in("lin", Role::Authority, &[AUTHORITY]).await;
    let decline = format!("/cases/{NO}/acts/decline");
    let token = lin.get(&decline).await.hidden("token");
    for (on, says) in [
        ("2026-11-19", "日期不能早于上一步"),
        ("2026-11-25", "日期不能晚于今天"),
        ("yesterday", "请填写日期"),
    ] {
        let fields = [
            ("token", token.as_str()),
            ("step", "enter"),
            ("on", on),
            ("reason", "缺材料"),
        ];
        let answer = lin.post_bare(&decline, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.shows(says), "{on}: {}", answer.text());
    }
    let fields = [
        ("token", token.as_str()),
        ("step", "enter"),
        ("on", "2026-11-24"),
        ("reason", "缺材料"),
    ];
    lin.post_bare(&decline, &fields).await;
    let again = lin.post_bare(&decline, &fields).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.shows("办件已经到了别的状态"));
    assert_eq!(state(&office, NO).await, CaseState::Declined);
}

#[tokio::test]
async fn an_officer_sees_the_cases_of_the_own_authorities_and_no_trace_of_others() {
    let office = Office::new().await;
    let mut counter = Counter::enrolled(&office, "W03", 2).await;
    counter.submitted(NO, AUTHORITY, date(2026, 11, 20));
    counter.push().await;
    counter.send_scan().await;
    let mut other = office.signed_in("zhou", Role::Authority, &[OTHER_AUTHORITY]).await;
    assert!(!other.get("/queue?group=all").await.shows(NO));
    assert!(
        !other
            .get(&format!("/queue?group=all&q={NO}"))
            .await
            .shows(&format!("/cases/{NO}"))
    );
    let sha256 = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(SCAN));
    for address in [
        format!("/cases/{NO}"),
        format!("/cases/{NO}/files/{sha256}"),
        format!("/cases/{NO}/acts/accept"),
    ] {
        assert_eq!(other.get(&address).await.status, StatusCode::NOT_FOUND, "{address}");
    }
    let fields = [("step", "enter"), ("on", "2026-11-24")];
    let forged = other
        .post("/password", &format!("/cases/{NO}/acts/accept"), &fields)
        .await;
    assert_eq!(forged.status, StatusCode::NOT_FOUND);
    assert_eq!(state(&office, NO).await, CaseState::Submitted);

    let mut office_of_credit = office.signed_in("wu", Role::CreditOffice, &[]).await;
    assert!(office_of_credit.get("/queue").await.shows(NO));
    assert!(
        !office_of_credit
            .get(&format!("/cases/{NO}"))
            .await
            .shows("/acts/accept")
    );
}

#[tokio::test]
async fn an_attachment_is_saved_under_its_name_and_never_shown_here() {
    let office = Office::new().await;
    let mut counter = Counter::enrolled(&office, "W03", 2).await;
    counter.submitted(NO, AUTHORITY, date(2026, 11, 20));
    counter.push().await;
    let mut lin = office.signed_in("lin", Role::Authority, &[AUTHORITY]).await;
    let sha256 = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(SCAN));
    let address = format!("/cases/{NO}/files/{sha256}");
    assert!(lin.get(&format!("/cases/{NO}")).await.shows("附件尚未送达"));
    assert_eq!(lin.get(&address).await.status, StatusCode::NOT_FOUND);
    counter.send_scan().await;
    let file = lin.get(&address).await;
    assert_eq!(file.bytes, SCAN);
    let header = |name| file.headers.get(name).unwrap().to_str().unwrap();
    assert!(header(header::CONTENT_DISPOSITION).starts_with("attachment; filename*=UTF-8''%E7%BC%B4"));
    assert_eq!(header(header::CONTENT_SECURITY_POLICY), "default-src 'none'; sandbox");
    assert_eq!(header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    let uncited = format!("/cases/{NO}/files/{}", "0".repeat(64));
    assert_eq!(lin.get(&uncited).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_long_queue_is_walked_page_by_page_without_missing_or_repeating_a_case() {
    let office = Office::new().await;
    let mut counter = Counter::enrolled(&office, "W03", 2).await;
    // Many on one day, so that the day alone does not tell where a page ended.
    let numbers: Vec<String> = (1..=75).map(|number| format!("YX-W03-2026-{number:06}")).collect();
    for (place, no) in numbers.iter().enumerate() {
        let day = if place < 40 { 20 } else { 19 };
        counter.submitted(no, AUTHORITY, date(2026, 11, day));
    }
    counter.push().await;
    let mut lin = office.signed_in("lin", Role::Authority, &[AUTHORITY]).await;
    let (mut address, mut seen) = ("/queue?group=to_accept".to_owned(), Vec::new());
    loop {
        let page = lin.get(&address).await.text();
        seen.extend(
            page.split("data-testid=\"case-")
                .skip(1)
                .map(|part| part.split('"').next().unwrap().to_owned()),
        );
        let Some(link) = page
            .split("data-testid=\"next-page\"")
            .next()
            .filter(|before| before.len() < page.len())
        else {
            break;
        };
        let href = link.rsplit("href=\"").next().unwrap().split('"').next().unwrap();
        address = href.replace("&amp;", "&");
    }
    let mut expected: Vec<String> = numbers[40..].to_vec();
    expected.extend_from_slice(&numbers[..40]);
    assert_eq!(seen, expected);
    assert!(
        lin.get("/queue?group=to_accept&q=000042")
            .await
            .shows("case-YX-W03-2026-000042")
    );
    assert!(lin.get("/queue?group=to_accept&q=%25").await.shows("没有这样的办件"));
}
