//! Hands on the keyboard and nowhere else: from signing in to an act that is entered, with the focus always in sight.

use acceptance_tests::{Failure, browser::Light, keyboard::Keyboard};
use fantoccini::key::Key;

use super::district::{District, Submitted};

#[tokio::test]
async fn an_officer_gets_from_the_queue_to_an_entered_act_with_the_keyboard_alone() -> Result<(), Failure> {
    let district = District::new()?;
    let Submitted { no, authority } = district.submitted(None)?;
    district.sync()?;
    for (light, name) in [(Light::Day, "lin"), (Light::Dark, "zhou")] {
        let mut browser = district.browser(&format!("keyboard-{name}"), light).await?;
        district.sign_in(&browser, name, "authority", &[&authority]).await?;
        browser.visit(&district.address("/queue")).await?;
        browser.element("queue").await?;
        let keyboard = Keyboard(&browser);
        keyboard.tab_to(&format!("case-{no}")).await?;
        keyboard.key(Key::Enter).await?;
        browser.element("case-no").await?;
        keyboard.tab_to("act-decline").await?;
        keyboard.key(Key::Enter).await?;
        browser.element("check").await?;
        // Nothing is typed in yet: the summary takes the focus and leads to the field.
        keyboard.tab_to("check").await?;
        keyboard.key(Key::Enter).await?;
        keyboard.stands_at("faults").await?;
        keyboard.key(Key::Tab).await?;
        keyboard.key(Key::Enter).await?;
        keyboard.stands_at("reason").await?;
        keyboard.type_in("缺少整改材料").await?;
        // A date is several fields to the keyboard, each of which must show that it has the focus.
        keyboard.tab_to("on").await?;
        browser.look("date-focus").await?;
        let keyboard = Keyboard(&browser);
        keyboard.tab_to("check").await?;
        keyboard.key(Key::Enter).await?;
        browser.element("enter").await?;
        keyboard.tab_to("enter").await?;
        if light == Light::Day {
            // The other one is to find the case as it was.
            keyboard.tab_to("change").await?;
            keyboard.key(Key::Enter).await?;
            browser.element("check").await?;
        } else {
            keyboard.key(Key::Enter).await?;
            browser.element("history").await?;
        }
        browser.close().await?;
    }
    district.sync()?;
    assert_eq!(district.case(&no)?["state"], "declined");
    Ok(())
}
