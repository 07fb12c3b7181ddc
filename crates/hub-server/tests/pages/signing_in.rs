//! Accounts and sessions.

use axum::http::StatusCode;
use hub_server::officer::{FAILURES_ALLOWED, IDLE_MS, LONGEST_MS, REST_MS, Role};

use crate::office::{AUTHORITY, HOUR, Office, PASSWORD};

#[tokio::test]
async fn a_first_password_opens_nothing_but_the_page_where_it_is_changed() {
    let office = Office::new().await;
    office.officer("lin", Role::Authority, &[AUTHORITY]).await;
    let mut browser = office.browser();
    let fields = [("account", "lin"), ("password", PASSWORD)];
    browser.post("/sign-in", "/sign-in", &fields).await;
    for address in ["/", "/queue", "/cases/YX-W03-2026-000001"] {
        assert_eq!(browser.get(address).await.leads_to(), Some("/password"), "{address}");
    }
    let short = [("password", PASSWORD), ("new", "short"), ("again", "short")];
    assert!(
        browser
            .post("/password", "/password", &short)
            .await
            .shows("至少 10 个字符")
    );
    browser.sign_in("lin", PASSWORD).await;
    assert_eq!(browser.get("/queue").await.status, StatusCode::OK);
    // The one-time password is spent.
    let again = office.browser().post("/sign-in", "/sign-in", &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn an_account_rests_after_too_many_wrong_passwords_and_wakes_again() {
    let office = Office::new().await;
    office.officer("lin", Role::Authority, &[AUTHORITY]).await;
    let mut browser = office.browser();
    for _ in 0..FAILURES_ALLOWED {
        let wrong = [("account", "lin"), ("password", "wrong wrong")];
        assert!(
            browser
                .post("/sign-in", "/sign-in", &wrong)
                .await
                .shows("账号或密码不对")
        );
    }
    let right = [("account", "lin"), ("password", PASSWORD)];
    assert!(
        browser
            .post("/sign-in", "/sign-in", &right)
            .await
            .shows("连续输错次数过多")
    );
    office.wait(REST_MS);
    assert_eq!(browser.post("/sign-in", "/sign-in", &right).await.leads_to(), Some("/"));
}

#[tokio::test]
async fn a_session_ends_when_idle_and_after_a_day_at_work_whatever_happens() {
    let office = Office::new().await;
    let mut browser = office.signed_in("lin", Role::Authority, &[AUTHORITY]).await;
    office.wait(IDLE_MS - 1);
    assert_eq!(browser.get("/queue").await.status, StatusCode::OK);
    office.wait(IDLE_MS - 1);
    assert_eq!(browser.get("/queue").await.status, StatusCode::OK);
    office.wait(IDLE_MS);
    assert_eq!(browser.get("/queue").await.leads_to(), Some("/sign-in"));

    let mut browser = office.browser();
    browser.sign_in("lin", &format!("{PASSWORD}-own")).await;
    for _ in 0..(LONGEST_MS / HOUR * 3) {
        assert_eq!(browser.get("/queue").await.status, StatusCode::OK);
        office.wait(HOUR / 3);
    }
    assert_eq!(browser.get("/queue").await.leads_to(), Some("/sign-in"));
}

#[tokio::test]
async fn a_session_that_was_signed_out_or_whose_account_ended_opens_nothing() {
    let office = Office::new().await;
    let mut browser = office.signed_in("lin", Role::Authority, &[AUTHORITY]).await;
    let mut stolen = browser.clone();
    assert!(browser.cookie("hub-session").unwrap().starts_with("440104."));
    browser.post("/queue", "/sign-out", &[]).await;
    assert_eq!(stolen.get("/queue").await.leads_to(), Some("/sign-in"));

    browser.sign_in("lin", &format!("{PASSWORD}-own")).await;
    let mut chief = office.signed_in("chief", Role::Administrator, &[]).await;
    chief
        .post("/officers", "/officers/disable", &[("account", "lin")])
        .await;
    assert_eq!(browser.get("/queue").await.leads_to(), Some("/sign-in"));
    let last = chief
        .post("/officers", "/officers/disable", &[("account", "chief")])
        .await;
    assert!(last.shows("最后一个管理员"));
}

#[tokio::test]
async fn a_form_without_the_token_of_its_session_does_nothing() {
    let office = Office::new().await;
    let mut chief = office.signed_in("chief", Role::Administrator, &[]).await;
    let mut other = office.signed_in("second", Role::Administrator, &[]).await;
    let foreign = other.get("/officers").await.hidden("token");
    for token in ["", "0", foreign.as_str()] {
        let fields = [("token", token), ("account", "second")];
        let answer = chief.post_bare("/officers/disable", &fields).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(other.get("/officers").await.status, StatusCode::OK);
    let fields = [("account", "chief"), ("password", PASSWORD)];
    let unasked = office.browser().post_bare("/sign-in", &fields).await;
    assert_eq!(unasked.status, StatusCode::FORBIDDEN);
}
