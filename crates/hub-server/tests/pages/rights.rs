//! Which role gets to which page.

use axum::http::StatusCode;
use hub_server::officer::{Action, Role, may};

use crate::office::{AUTHORITY, Office};

#[tokio::test]
async fn each_role_gets_to_its_own_pages_and_no_others() {
    let office = Office::new().await;
    let pages = [
        ("/queue", Action::ReadCases),
        ("/conflicts", Action::ReadConflicts),
        ("/counters", Action::ReadCounters),
        ("/reports", Action::ReadReports),
        ("/reports/2026-10/workbook", Action::ReadReports),
        ("/publishing", Action::Publish),
        ("/revocations", Action::Publish),
        ("/officers", Action::ManageOfficers),
    ];
    let forms = [
        ("/conflicts/claim", Action::Claim),
        ("/counters/code", Action::PrintCode),
        ("/reports/2026-10/close", Action::CloseMonth),
        ("/publishing", Action::Publish),
        ("/revocations", Action::Publish),
        ("/officers", Action::ManageOfficers),
        ("/officers/reset", Action::ManageOfficers),
        ("/officers/disable", Action::ManageOfficers),
        ("/cases/none/acts/accept", Action::ActForAuthority),
        ("/cases/none/acts/take_down", Action::CheckTakenDown),
    ];
    for role in Role::ALL {
        let authorities: &[&str] = if role == Role::Authority { &[AUTHORITY] } else { &[] };
        let mut browser = office
            .signed_in(&role.as_str().replace('_', "-"), role, authorities)
            .await;
        for (address, action) in pages {
            let page = browser.get(address).await;
            let opened = page.status != StatusCode::FORBIDDEN;
            assert_eq!(opened, may(role, action), "{role:?} {address}");
        }
        for (address, action) in forms {
            let page = browser.post("/password", address, &[]).await;
            let opened = page.status != StatusCode::FORBIDDEN;
            assert_eq!(opened, may(role, action), "{role:?} {address}");
        }
    }
}

#[tokio::test]
async fn nobody_gets_anywhere_without_signing_in_and_every_page_keeps_the_browser_in_bounds() {
    let office = Office::new().await;
    let mut browser = office.browser();
    for address in [
        "/",
        "/queue",
        "/cases/x",
        "/cases/x/files/y",
        "/conflicts",
        "/publishing",
        "/counters",
        "/reports",
        "/officers",
    ] {
        let page = browser.get(address).await;
        assert_eq!(page.leads_to(), Some("/sign-in"), "{address}");
    }
    for address in ["/sign-in", "/c/", "/queue"] {
        let page = browser.get(address).await;
        let header = |name: &str| {
            page.headers
                .get(name)
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
        };
        assert!(header("content-security-policy").starts_with("default-src 'none'"));
        assert_eq!(
            (header("x-content-type-options"), header("x-frame-options")),
            ("nosniff", "DENY")
        );
        assert_eq!(header("cache-control"), "no-store");
        assert!(!page.shows("<script"));
    }
}
