//! Every page by day and in the dark, each held against axe.

use acceptance_tests::{Failure, browser::Light};

use super::district::{District, Submitted};

#[tokio::test]
async fn pages_of_the_credit_office_and_the_administrator_can_be_read_by_day_and_in_the_dark() -> Result<(), Failure> {
    let district = District::new()?;
    let Submitted { no, .. } = district.submitted(None)?;
    district.sync()?;
    for (light, name) in [(Light::Day, "day"), (Light::Dark, "dark")] {
        let (office, chief) = (format!("wu-{name}"), format!("chief-{name}"));
        let mut browser = district.browser(name, light).await?;
        browser.visit(&district.address("/c/")).await?;
        browser.fill("text", "YX-W03-2026-P00001").await?;
        browser.click("verify").await?;
        browser.element("verdict").await?;
        browser.look("certificate").await?;
        browser.visit(&district.address("/sign-in")).await?;
        browser.look("sign-in").await?;
        district.sign_in(&browser, &office, "credit-office", &[]).await?;
        let case = format!("/cases/{no}");
        for (page, picture) in [
            ("/queue?group=all", "queue"),
            (case.as_str(), "case"),
            ("/conflicts", "conflicts"),
            ("/counters", "counters"),
            ("/reports", "reports"),
            ("/publishing", "publishing"),
            ("/revocations", "revocations"),
            ("/password", "password"),
            ("/cases/none", "not-found"),
        ] {
            browser.visit(&district.address(page)).await?;
            browser.look(picture).await?;
        }
        browser.visit(&district.address("/queue")).await?;
        browser.click("sign-out").await?;
        browser.element("account").await?;
        district.sign_in(&browser, &chief, "administrator", &[]).await?;
        browser.look("officers").await?;
        browser.visit(&district.address("/language/en?to=/counters")).await?;
        browser.look("counters-english").await?;
        browser.close().await?;
    }
    Ok(())
}
