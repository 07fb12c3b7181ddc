//! A class, an exam sat in the window with the plug pulled in the middle of it, and the certificate.

use std::path::Path;

use fantoccini::key::Key;
use serde::Deserialize;
use serde_json::json;

use super::{CODE, ENTERPRISE, set_up};
use crate::{Failure, programs::repository, window::Window};

pub(super) async fn open_class(window: &mut Window) -> Result<(), Failure> {
    window.click("rail-training").await?;
    window.element("screen-training").await?;
    window.look("培训考试-空").await?;
    window.click("training-open").await?;
    for (field, text) in [
        ("training-title", "信用修复培训班（第一期）"),
        ("training-host", "越秀区信用办"),
        ("training-teachingBody", "越秀区信用培训中心"),
        ("training-issuingBody", "越秀区信用办"),
        ("training-place", "越秀区政务服务中心三楼"),
        ("training-hours", "3"),
    ] {
        window.fill(field, text).await?;
    }
    window.look("开班").await?;
    window.click("training-open-submit").await?;
    window.element("screen-class").await?;
    window.fill("class-subject-search", CODE).await?;
    window.says("class-subject-hit", ENTERPRISE).await?;
    window.press(&[Key::Enter]).await?;
    window.fill("class-trainee-name", "林晓").await?;
    window.fill("class-id-number", "11010519491231002X").await?;
    window.choose_radio("class-identity-checked").await?;
    window.click("class-enrol").await?;
    window.says("class-trainees", "林晓").await?;
    window.look("培训班-学员").await
}

/// Sits the exam; in the middle of it the program is killed, and goes on at the same question after a new start.
pub(super) async fn sit_the_exam(mut window: Window, data: &Path) -> Result<Window, Failure> {
    window.choose_radio("class-tab-room").await?;
    window.click("class-draw").await?;
    window.element("class-drawn").await?;
    window.look("考场").await?;
    window.click("class-enter-exam").await?;
    window.element("exam-start-card").await?;
    window.look("考试-开始").await?;
    window.click("exam-start").await?;
    let bank = Bank::read()?;
    for _ in 0..3 {
        answer(&window, &bank).await?;
        window.click("exam-next").await?;
    }
    answer(&window, &bank).await?;
    window.look("考试-答题").await?;
    let address = window.script("return location.hash.slice(1)", Vec::new()).await?;
    let mut window = window.kill_and_open_again(data).await?;
    set_up::sign_in(&window).await?;
    window.go(address.as_str().unwrap_or_default()).await?;
    window.look("考试-中断").await?;
    window.click("exam-resume").await?;
    window.element("exam-resumed").await?;
    window.says("exam-place", "5").await?;
    window.look("考试-续考").await?;
    while !window.shows("exam-hand-in-last").await? {
        answer(&window, &bank).await?;
        window.click("exam-next").await?;
    }
    answer(&window, &bank).await?;
    window.click("exam-hand-in-last").await?;
    window.element("exam-all-answered").await?;
    window.click("confirm-act").await?;
    window.element("exam-result").await?;
    window.look("考试-结果").await?;
    window.click("exam-back").await?;
    Ok(window)
}

pub(super) async fn issue_and_verify(window: &mut Window, data: &Path) -> Result<String, Failure> {
    window.choose_radio("class-tab-certificates").await?;
    window.click("class-issue").await?;
    window.element("class-certificates").await?;
    window.look("培训证明").await?;
    let certificate = window.css("[data-testid^=class-certificate-]").await?;
    let opened = certificate.attr("data-testid").await?.unwrap_or_default();
    window.click(&opened).await?;
    let no = opened.trim_start_matches("class-certificate-");
    let file = data.join("papers").join(no).join(format!("{no}.pdf"));
    crate::until(|| file.exists(), "the certificate is opened").await?;
    let script = "return document.querySelector('[data-testid=class-qr-text]').textContent.trim()";
    let text = window
        .script(script, Vec::new())
        .await?
        .as_str()
        .unwrap_or_default()
        .to_owned();
    verify(window, &text, "provisional").await?;
    window.look("核验-待确认").await?;
    Ok(text)
}

pub(super) async fn verify(window: &mut Window, text: &str, status: &str) -> Result<(), Failure> {
    window.go("/verify").await?;
    window.fill("verify-text", text).await?;
    window.click("verify-text-submit").await?;
    window
        .css(&format!("[data-testid=verify-result][data-status={status}]"))
        .await?;
    Ok(())
}

/// Answers the question on the screen rightly, and waits until the screen says that it is kept.
async fn answer(window: &Window, bank: &Bank) -> Result<(), Failure> {
    let question = window.element("exam-question").await?.text().await?;
    let known = bank.question.iter().find(|known| question.contains(&known.text));
    let known = known.ok_or_else(|| format!("the bank does not hold: {question}"))?;
    let script = "const right = arguments[0]; \
        const choices = [...document.querySelectorAll('[data-testid^=exam-choice-]')]; \
        const hits = choices.filter(c => right.some(text => c.innerText.includes(text))); \
        hits.filter(c => c.getAttribute('aria-pressed') !== 'true').forEach(c => c.click()); return hits.length";
    let right = known.right();
    let hits = window.script(script, vec![json!(right)]).await?;
    if hits != json!(right.len()) {
        return Err(format!("{} of {right:?} are on the screen: {question}", hits).into());
    }
    window.says("exam-saved", "已保存").await?;
    Ok(())
}

#[derive(Deserialize)]
struct Bank {
    question: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    text: String,
    #[serde(default)]
    choices: Vec<String>,
    answer: toml::Value,
}

impl Bank {
    fn read() -> Result<Self, Failure> {
        let path = repository().join("assets/question-banks/credit-repair-2026.toml");
        Ok(toml::from_str(&std::fs::read_to_string(path)?)?)
    }
}

impl Question {
    /// The texts of the right choices.
    fn right(&self) -> Vec<String> {
        let letters = self
            .answer
            .as_str()
            .map_or_else(|| self.answer.to_string(), str::to_owned);
        if self.choices.is_empty() {
            return vec![
                if matches!(letters.as_str(), "true" | "对" | "正确" | "A") {
                    "正确"
                } else {
                    "错误"
                }
                .to_owned(),
            ];
        }
        let place = |letter: char| (letter as usize).checked_sub('A' as usize);
        letters
            .chars()
            .filter_map(place)
            .filter_map(|place| self.choices.get(place).cloned())
            .collect()
    }
}
