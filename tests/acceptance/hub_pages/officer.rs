//! An officer of a finding authority takes a case from the queue to the record taken down, and the counter sees each step.

use acceptance_tests::{
    Failure,
    browser::{Browser, Light},
};

use super::district::{District, SCAN, Submitted};

#[tokio::test]
async fn an_officer_asks_accepts_decides_and_looks_whether_it_is_gone_and_the_counter_is_told_each_time()
-> Result<(), Failure> {
    let district = District::new()?;
    let Submitted { no, authority } = district.submitted(None)?;
    let printed = district.print_receipt(&no)?;
    district.sync()?;
    let mut browser = district.browser("officer", Light::Day).await?;
    district.sign_in(&browser, "lin", "authority", &[&authority]).await?;

    browser.visit(&district.address("/queue")).await?;
    browser.look("queue").await?;
    browser.click(&format!("case-{no}")).await?;
    browser.says("case-no", &no).await?;
    // What runs from the push has no day before somebody says when that was.
    browser.says("limit", "起算日未登记").await?;
    browser.click("act-push").await?;
    enter(&mut browser, "push").await?;
    assert_eq!(seen_back(&district, &no, "case_pushed")?["state"], "submitted");
    browser.says("limit", "最晚 20").await?;
    browser.look("case").await?;
    browser.click("attachment").await?;
    assert_eq!(
        browser.downloaded("承诺书.pdf").await?,
        SCAN,
        "the scan as it was taken in"
    );
    let paper = browser.css(PAPER).await?;
    let name = paper.text().await?;
    paper.click().await?;
    assert_eq!(browser.downloaded(&name).await?, printed, "the paper as it was printed");

    // Nothing is asked for without saying what.
    browser.click("act-ask_supplement").await?;
    browser.click("check").await?;
    browser.says("faults", "请填写").await?;
    browser.look("ask-nothing").await?;
    browser.fill("reason", "请补交缴款凭证原件").await?;
    enter(&mut browser, "ask").await?;
    let asked = seen_back(&district, &no, "case_supplement_asked")?;
    assert_eq!(asked["supplement_asked"], "请补交缴款凭证原件");

    browser.click("act-accept").await?;
    browser.fill("number", "越应急信修〔2026〕1号").await?;
    enter(&mut browser, "accept").await?;
    let accepted = seen_back(&district, &no, "case_accepted")?;
    assert_eq!(accepted["state"], "accepted");
    let due = accepted["due"].as_array().map_or(0, Vec::len);
    assert!(
        due > 0,
        "the limit for the decision runs at the counter too: {accepted}"
    );
    browser.says("limit", "最晚 20").await?;

    browser.click("act-decide").await?;
    browser.fill("reason", "已履行并整改到位").await?;
    browser.click("outcome-repaired").await?;
    enter(&mut browser, "decide").await?;
    let decided = seen_back(&district, &no, "case_decided")?;
    assert_eq!(decided["state"], "decided");
    assert_eq!(decided["decision"]["outcome"], "repaired");
    assert_eq!(decided["decision"]["reason"], "已履行并整改到位");
    assert_eq!(decided["decision"]["by"], authority.as_str());

    browser.click("act-take_down").await?;
    browser.click("site-0").await?;
    browser.click("site-1").await?;
    enter(&mut browser, "take-down").await?;
    assert_eq!(seen_back(&district, &no, "case_taken_down")?["state"], "taken_down");
    browser.element("no-acts").await?;
    let history = browser.says("history", "确认已撤下").await?;
    for said in ["请补交缴款凭证原件", "已履行并整改到位", "lin"] {
        assert!(history.contains(said), "{said}: {history}");
    }
    browser.look("history").await?;
    browser.close().await
}

/// The first paper that was issued, below the list of those that were brought.
const PAPER: &str = "ul.list + h2 + ul.list [data-testid=attachment]";

/// Checks what was typed in, enters it, and is back at the case.
async fn enter(browser: &mut Browser, picture: &str) -> Result<(), Failure> {
    browser.click("check").await?;
    browser.element("enter").await?;
    browser.look(&format!("{picture}-check")).await?;
    browser.click("enter").await?;
    browser.element("history").await?;
    browser.look(picture).await
}

/// What the counter shows of the case after a round, where an act of the authority is the last that happened.
fn seen_back(district: &District, no: &str, kind: &str) -> Result<serde_json::Value, Failure> {
    district.sync()?;
    let case = district.case(no)?;
    let last = case["changes"].as_array().and_then(|changes| changes.last()).cloned();
    let last = last.ok_or("the case has no history")?;
    assert_eq!(
        (&last["kind"], &last["counter"]),
        (&kind.into(), &"HUB".into()),
        "{case}"
    );
    assert_eq!(last["actor"], "lin");
    Ok(case)
}
