//! The hub's pages in a real browser, over a real hub, with a real counter behind it.

use std::{
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
};

use acceptance_tests::{
    Failure,
    browser::{Browser, Light},
    hub::Hub,
    programs::program,
};
use serde_json::json;

use crate::office::Office;

const FIRST_PASSWORD: &str = "first-day-2026";
const OWN_PASSWORD: &str = "越秀应急 2026 经办";

/// A counter with one submitted case at a hub that has its papers.
struct District {
    office: Office,
    hub: Hub,
    no: String,
}

impl District {
    fn with_a_submitted_case() -> Result<Self, Failure> {
        let office = Office::with_demo()?;
        let (subject, record) = office.repairable()?;
        let taken = office.take_in(&subject, &record, &[])?;
        let no = taken["cases"][0].as_str().ok_or("no case")?.to_owned();
        let paper = office.path("paper.pdf").display().to_string();
        office.done(&["print", &no, "acceptance_receipt", "--out", &paper, "--as", "chen"])?;
        let case = office.done(&["case", &no])?;
        let day = case["received_on"].as_str().ok_or("no day")?.to_owned();
        let submit = json!({"act": "submit", "site": "信用中国", "number": "XF-1", "on": day}).to_string();
        office.done(&["act", &no, &office.file("submit.json", &submit)?, "--as", "chen"])?;
        let hub = Hub::start(&office.path("hub"), "127.0.0.1:0")?;
        let code = hub.enrolment_code()?;
        office.done(&["enrol", "--hub", &hub.url, "--code", &code])?;
        office.done(&["sync"])?;
        Ok(Self { office, hub, no })
    }

    /// Makes an account whose first password is [`FIRST_PASSWORD`].
    fn officer(&self, account: &str, role: &str) -> Result<(), Failure> {
        let mut command = Command::new(program("credit-hub")?);
        command
            .args([
                "officer",
                "add",
                "--site",
                "440104",
                account,
                "--name",
                "林经办",
                "--role",
                role,
            ])
            .arg("--password-stdin")
            .arg("--data")
            .arg(self.office.path("hub"));
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
        let mut input = process.stdin.take().ok_or("no standard input")?;
        writeln!(input, "{FIRST_PASSWORD}")?;
        drop(input);
        let ended = process.wait()?;
        if ended.success() {
            Ok(())
        } else {
            Err(format!("officer add ended with {ended}").into())
        }
    }

    async fn browser(&self, name: &str, light: Light) -> Result<Browser, Failure> {
        Browser::open(&self.office.path(name), &pictures(&self.office, name), light).await
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.hub.url)
    }
}

/// Where pictures go: beside the test's own files, or where `HUB_PAGES_PICTURES` says, to be looked at.
fn pictures(office: &Office, name: &str) -> PathBuf {
    std::env::var_os("HUB_PAGES_PICTURES")
        .map_or_else(|| office.path("pictures"), PathBuf::from)
        .join(name)
}

/// Signs in for the first time, and chooses a password.
async fn sign_in(browser: &Browser, district: &District, account: &str) -> Result<(), Failure> {
    browser.visit(&district.address("/")).await?;
    browser.fill("account", account).await?;
    browser.fill("password", FIRST_PASSWORD).await?;
    browser.click("enter").await?;
    // Both pages have a field for the password: only the second has one for a new one.
    browser.element("new").await?;
    browser.fill("password", FIRST_PASSWORD).await?;
    browser.fill("new", OWN_PASSWORD).await?;
    browser.fill("again", OWN_PASSWORD).await?;
    browser.click("change").await?;
    browser.element("enter").await?;
    browser.fill("account", account).await?;
    browser.fill("password", OWN_PASSWORD).await?;
    browser.click("enter").await?;
    browser.element("who").await?;
    Ok(())
}

#[tokio::test]
async fn pages_of_the_credit_office_and_the_administrator_can_be_read_by_day_and_in_the_dark() -> Result<(), Failure> {
    let district = District::with_a_submitted_case()?;
    for (light, name) in [(Light::Day, "day"), (Light::Dark, "dark")] {
        let (office, chief) = (format!("wu-{name}"), format!("chief-{name}"));
        district.officer(&office, "credit-office")?;
        district.officer(&chief, "administrator")?;
        let mut browser = district.browser(name, light).await?;
        browser.visit(&district.address("/c/")).await?;
        browser.fill("text", "YX-W03-2026-P00001").await?;
        browser.click("verify").await?;
        browser.element("verdict").await?;
        browser.look("certificate").await?;
        browser.visit(&district.address("/sign-in")).await?;
        browser.look("sign-in").await?;
        sign_in(&browser, &district, &office).await?;
        let case = format!("/cases/{}", district.no);
        for (page, picture) in [
            ("/queue?group=all", "queue"),
            (case.as_str(), "case"),
            ("/conflicts", "conflicts"),
            ("/counters", "counters"),
            ("/reports", "reports"),
            ("/revocations", "revocations"),
            ("/cases/none", "not-found"),
        ] {
            browser.visit(&district.address(page)).await?;
            browser.look(picture).await?;
        }
        browser.visit(&district.address("/queue")).await?;
        browser.click("sign-out").await?;
        browser.element("account").await?;
        sign_in(&browser, &district, &chief).await?;
        browser.look("officers").await?;
        browser.visit(&district.address("/language/en?to=/counters")).await?;
        browser.look("counters-english").await?;
        browser.close().await?;
    }
    Ok(())
}
