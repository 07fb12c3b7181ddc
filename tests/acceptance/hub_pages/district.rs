//! A district: a counter with cases, the hub that has them, its officers and their browsers.

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
use serde_json::{Value, json};

use crate::office::Office;

const FIRST_PASSWORD: &str = "first-day-2026";
const OWN_PASSWORD: &str = "越秀应急 2026 经办";
/// What stands in the scan that comes with the first paper of a case.
pub const SCAN: &[u8] = b"%PDF-1.4\n% a scan of the commitment\n%%EOF\n";

/// A counter, a hub, and the officers of the hub's pages.
pub struct District {
    pub office: Office,
    pub hub: Hub,
}

/// A case and the authority that is to decide it.
pub struct Submitted {
    pub no: String,
    pub authority: String,
}

impl District {
    /// Counter W03 with the small demo, bound to a hub.
    pub fn new() -> Result<Self, Failure> {
        let office = Office::with_demo()?;
        let hub = Hub::start(&office.path("hub"), "127.0.0.1:0")?;
        let code = hub.enrolment_code()?;
        office.done(&["enrol", "--hub", &hub.url, "--code", &code])?;
        Ok(Self { office, hub })
    }

    /// Takes a case in, with a scan, and notes that it was entered at its site; `at` is the moment, now where absent.
    pub fn submitted(&self, at: Option<&str>) -> Result<Submitted, Failure> {
        let taken = self.taken_in(at)?;
        let now: Vec<&str> = at.map_or_else(Vec::new, |at| vec!["--now", at]);
        let on = self.case(&taken.no)?["received_on"].clone();
        let submit = json!({"act": "submit", "site": "信用中国", "number": "XF-1", "on": on});
        let file = self.office.file("submit.json", &submit.to_string())?;
        let act = ["act", &taken.no, &file, "--as", "chen"];
        self.office.done(&[now.as_slice(), &act].concat())?;
        Ok(taken)
    }

    /// Takes a case in, with a scan; `at` is the moment, now where absent.
    pub fn taken_in(&self, at: Option<&str>) -> Result<Submitted, Failure> {
        let now: Vec<&str> = at.map_or_else(Vec::new, |at| vec!["--now", at]);
        let done = |words: &[&str]| self.office.done(&[now.as_slice(), words].concat());
        let (subject, record) = self.office.repairable()?;
        std::fs::write(self.office.path("承诺书.pdf"), SCAN)?;
        let visit = self.office.visit(&subject, &record, &[self.office.path("承诺书.pdf")]);
        let file = self.office.file("visit.json", &visit.to_string())?;
        let taken = done(&["intake", &file, "--as", "chen"])?;
        let no = taken["cases"][0].as_str().ok_or("no case")?.to_owned();
        let case = done(&["case", &no])?;
        let authority = case["record"]["authority"].as_str().ok_or("no authority")?.to_owned();
        Ok(Submitted { no, authority })
    }

    /// Prints the receipt of a case, which is kept with it as an attachment; gives its bytes.
    pub fn print_receipt(&self, no: &str) -> Result<Vec<u8>, Failure> {
        let paper = self.office.path("paper.pdf").display().to_string();
        self.office
            .done(&["print", no, "acceptance_receipt", "--out", &paper, "--as", "chen"])?;
        Ok(std::fs::read(paper)?)
    }

    /// One round between the counter and the hub.
    pub fn sync(&self) -> Result<Value, Failure> {
        self.office.done(&["sync"])
    }

    /// A case as the counter has it.
    pub fn case(&self, no: &str) -> Result<Value, Failure> {
        self.office.done(&["case", no])
    }

    /// Makes an account whose first password is [`FIRST_PASSWORD`], of these authorities.
    pub fn officer(&self, account: &str, role: &str, authorities: &[&str]) -> Result<(), Failure> {
        let mut command = Command::new(program("credit-hub")?);
        command.args(["officer", "add", "--site", "440104", account]).args([
            "--name",
            "林经办",
            "--role",
            role,
            "--password-stdin",
        ]);
        for authority in authorities {
            command.args(["--authority", authority]);
        }
        command.arg("--data").arg(self.office.path("hub"));
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

    /// A browser with nobody signed in.
    pub async fn browser(&self, name: &str, light: Light) -> Result<Browser, Failure> {
        Browser::open(&self.office.path(name), &pictures(&self.office, name), light).await
    }

    /// Makes an account and signs in with it for the first time, choosing a password.
    pub async fn sign_in(
        &self,
        browser: &Browser,
        account: &str,
        role: &str,
        authorities: &[&str],
    ) -> Result<(), Failure> {
        self.officer(account, role, authorities)?;
        browser.visit(&self.address("/")).await?;
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

    /// An address of the hub.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.hub.url)
    }
}

/// Where pictures go: beside the test's own files, or where `HUB_PAGES_PICTURES` says, to be looked at.
fn pictures(office: &Office, name: &str) -> PathBuf {
    std::env::var_os("HUB_PAGES_PICTURES")
        .map_or_else(|| office.path("pictures"), PathBuf::from)
        .join(name)
}
