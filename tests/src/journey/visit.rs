//! A visit: the agent, the papers with one gap, the check, and the prints.

use super::credit::open_record;
use crate::{Failure, window::Window};

pub(super) async fn receive(window: &mut Window) -> Result<String, Failure> {
    open_record(window, "〔2026〕12号").await?;
    window.says("verdict-card", "12号").await?;
    all_is_told(window).await?;
    window.says("verdict-word", "可申请修复").await?;
    window.look("判定-可申请修复").await?;
    window.click("record-receive").await?;
    window.element("screen-visit").await?;
    name_the_agent(window).await?;
    window.fill("agent-id-number", "11010519491231002X").await?;
    window.fill("agent-phone", "13800138000").await?;
    window.look("来访-经办人").await?;
    window.click("visit-next").await?;
    window.look("来访-记录").await?;
    window.click("visit-next").await?;
    window.element("visit-case-1").await?;
    window.choose_radio("paper-1-fulfilment_proof-stand-faulty").await?;
    window
        .fill("paper-1-fulfilment_proof-reason", "缴款凭证未注明处罚决定书文号")
        .await?;
    window.choose_radio("paper-1-commitment-stand-received").await?;
    window.look("来访-材料").await?;
    window.click("visit-next").await?;
    window.element("check-case-1").await?;
    window.look("来访-核对").await?;
    window.click("visit-receive").await?;
    let case = window.element("print-case-no").await?.text().await?;
    window.click("print-all").await?;
    // The last of the three to be made; the case shows the notice, the visit the receipt.
    window.says("toasts", "信用承诺书").await?;
    window.look("来访-打印").await?;
    let no = case
        .split_whitespace()
        .find(|word| word.starts_with("YX-"))
        .unwrap_or(&case)
        .to_owned();
    Ok(no)
}

/// Answers what the data leave open about a record, so that it can be received.
pub(super) async fn all_is_told(window: &Window) -> Result<(), Failure> {
    for fact in [
        "fact-procedure-ordinary",
        "fact-fulfilled-yes",
        "fact-rectified-yes",
        "fact-committed-yes",
        "fact-listed_serious-no",
        "fact-serious_by_authority-no",
        "fact-published-yes",
    ] {
        if window.shows(fact).await? {
            window.click(fact).await?;
            answered(window, fact).await?;
        }
    }
    Ok(())
}

/// An agent with everything that is needed to act.
pub(super) async fn name_the_agent(window: &Window) -> Result<(), Failure> {
    window.choose_radio("visit-step-agent").await?;
    window.fill("agent-name", "李明").await?;
    window.choose_radio("agent-capacity-agent").await?;
    window.choose_radio("agent-identity-yes").await?;
    window.choose_radio("agent-authority-original_seen").await
}

/// Waits until the answer is kept: its button is pressed and free again, or the questions are folded, all answered.
pub(super) async fn answered(window: &Window, fact: &str) -> Result<(), Failure> {
    let script = "const button = document.querySelector(`[data-testid=${arguments[0]}]`); \
        return button ? button.getAttribute('aria-pressed') === 'true' && button.getAttribute('aria-disabled') === 'false' \
            : Boolean(document.querySelector('[data-testid=facts-toggle]'))";
    window.holds(script, vec![fact.into()]).await
}
