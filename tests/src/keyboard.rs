//! Hands on the keyboard and nowhere else: keys go to whatever has the focus, and the focus must be seen.

use std::time::{Duration, Instant};

use fantoccini::{
    actions::{InputSource, KeyAction, KeyActions},
    key::Key,
};
use serde_json::{Value, json};

use crate::{Failure, screen::Screen};

/// From one thing on a screen to any other it takes no more steps than this, or nobody would go there with Tab.
const STEPS_AT_MOST: u32 = 60;

/// What has the focus: its mark, what is wrong with how it is shown, and whether something holds the focus at all.
const FOCUS: &str = "const e = document.activeElement; \
    if (!e || e === document.body) return {id: '', fault: 'nothing has the focus', is: 'body', text: ''}; \
    const drawn = n => { const s = getComputedStyle(n); \
        return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 && !s.outlineColor.endsWith(', 0)'); }; \
    const shown = [e, ...(e.labels ?? []), e.parentElement].filter(Boolean).find(drawn); \
    const is = e.dataset.testid ?? `${e.tagName.toLowerCase()} ${e.id} ${e.className} ${e.innerText?.slice(0, 30) ?? ''}`; \
    if (!shown) return {id: e.dataset.testid ?? '', fault: `no outline is drawn, focus-visible ${e.matches(':focus-visible')}`, is}; \
    const r = shown.getBoundingClientRect(); \
    const x = Math.min(Math.max((r.left + r.right) / 2, 0), innerWidth - 1); \
    const y = Math.min(Math.max((r.top + r.bottom) / 2, 0), innerHeight - 1); \
    const on = document.elementFromPoint(x, y); \
    const seen = r.bottom > 0 && r.top < innerHeight && on && (shown.contains(on) || on.contains(shown)); \
    return {id: e.dataset.testid ?? '', fault: seen ? '' : `${on?.tagName} ${on?.id} ${on?.className} lies at ${x},${y}, it at ${r.left},${r.top},${r.right},${r.bottom}`, is}";

/// The keyboard before a screen.
#[derive(Clone, Copy, Debug)]
pub struct Keyboard<'a>(pub &'a Screen);

impl Keyboard<'_> {
    /// Presses one key.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn key(&self, key: Key) -> Result<(), Failure> {
        self.chord(&[char::from(key)]).await
    }

    /// Presses one letter or figure.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn letter(&self, letter: char) -> Result<(), Failure> {
        self.chord(&[letter]).await
    }

    /// Presses a letter while Control is held.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn control(&self, key: char) -> Result<(), Failure> {
        self.chord(&[char::from(Key::Control), key]).await
    }

    /// Goes one step back.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn back(&self) -> Result<(), Failure> {
        self.chord(&[char::from(Key::Shift), char::from(Key::Tab)]).await
    }

    /// Types into the field that has the focus, as an input method would.
    ///
    /// # Errors
    /// When no field has the focus or it holds something else afterwards.
    pub async fn type_in(&self, text: &str) -> Result<(), Failure> {
        self.0.type_where_the_focus_is(text).await?;
        let script = "return document.activeElement.value.endsWith(arguments[0])";
        self.0.holds(script, vec![json!(text)]).await
    }

    /// Goes on with Tab until `id` has the focus. Wherever the focus comes by, it must be seen.
    ///
    /// # Errors
    /// When it is not reached, or the focus is lost out of sight on the way.
    pub async fn tab_to(&self, id: &str) -> Result<(), Failure> {
        let mut passed = Vec::new();
        for _ in 0..STEPS_AT_MOST {
            self.key(Key::Tab).await?;
            let focus = self.settled().await?;
            // Past the last thing on a screen the focus is nowhere for one step.
            if focus["is"] != "body" {
                seen(&focus)?;
            }
            if focus["id"] == id {
                return Ok(());
            }
            passed.push(focus["is"].as_str().unwrap_or_default().to_owned());
        }
        Err(format!("{id} is not reached with Tab; passed {passed:#?}").into())
    }

    /// Waits until `id` has the focus without being asked to, and is seen to have it.
    ///
    /// # Errors
    /// When it does not get it in time.
    pub async fn stands_at(&self, id: &str) -> Result<(), Failure> {
        let begin = Instant::now();
        loop {
            let focus = self.settled().await?;
            if focus["id"] == id {
                return seen(&focus);
            }
            if begin.elapsed() > Duration::from_secs(10) {
                return Err(format!("{id} should have the focus, {focus} has it").into());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The focus once it has been scrolled into sight, which takes a moment.
    async fn settled(&self) -> Result<Value, Failure> {
        let begin = Instant::now();
        loop {
            let focus = self.focus().await?;
            if focus["fault"] == "" || focus["is"] == "body" || begin.elapsed() > Duration::from_secs(1) {
                return Ok(focus);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn focus(&self) -> Result<Value, Failure> {
        self.0.script(FOCUS, Vec::new()).await
    }

    async fn chord(&self, keys: &[char]) -> Result<(), Failure> {
        self.0.count_keys(keys.len());
        let down = keys.iter().map(|key| KeyAction::Down { value: *key });
        let up = keys.iter().rev().map(|key| KeyAction::Up { value: *key });
        let actions = down
            .chain(up)
            .fold(KeyActions::new("keyboard".to_owned()), InputSource::then);
        self.0.act(actions).await
    }
}

fn seen(focus: &Value) -> Result<(), Failure> {
    if focus["fault"] == "" {
        Ok(())
    } else {
        Err(format!("the focus is not seen: {focus}").into())
    }
}
