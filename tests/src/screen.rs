//! A page on a screen, driven over WebDriver: what a person does to it and sees on it, whichever program shows it.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use fantoccini::{Client, Locator, actions::Actions, elements::Element, error::CmdError, key::Key};
use serde_json::{Value, json};

use crate::{Failure, programs::repository};

const PATIENCE: Duration = Duration::from_secs(20);
/// For what goes over many megabytes.
const LONG_PATIENCE: Duration = Duration::from_secs(180);

/// A page. Pictures of it go, numbered, to `pictures`.
#[derive(Debug)]
pub struct Screen {
    pub(crate) client: Client,
    pub(crate) pictures: PathBuf,
    pub(crate) taken: u32,
    axe: String,
    /// The names of the files of sentences, as a regular expression.
    sentences: String,
    /// How many keys were pressed.
    keys: AtomicUsize,
}

impl Screen {
    /// The page of a session that was begun.
    ///
    /// # Errors
    /// When axe is not installed or the folder of pictures cannot be made.
    pub(crate) fn new(client: Client, pictures: &Path) -> Result<Self, Failure> {
        let axe = std::fs::read_to_string(repository().join("ui/node_modules/axe-core/axe.min.js"))?;
        std::fs::create_dir_all(pictures)?;
        let files = std::fs::read_dir(repository().join("ui/src/i18n/zh-CN"))?;
        let names = files.map(|file| {
            Ok(file?
                .path()
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned())
        });
        let sentences = names.collect::<Result<Vec<_>, std::io::Error>>()?.join("|");
        Ok(Self {
            sentences,
            client,
            pictures: pictures.to_owned(),
            taken: 0,
            axe,
            keys: AtomicUsize::new(0),
        })
    }

    /// Waits for the element marked `data-testid="id"`.
    ///
    /// # Errors
    /// When it does not appear in time; says what the screen showed instead.
    pub async fn element(&self, id: &str) -> Result<Element, Failure> {
        self.css(&format!("[data-testid=\"{id}\"]")).await
    }

    /// Waits for the first element that matches a CSS selector.
    ///
    /// # Errors
    /// When it does not appear in time; says what the screen showed instead.
    pub async fn css(&self, selector: &str) -> Result<Element, Failure> {
        let begin = Instant::now();
        loop {
            match self.client.find(Locator::Css(selector)).await {
                Ok(element) => return Ok(element),
                Err(error) if begin.elapsed() < PATIENCE && is_not_there_yet(&error) => {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                Err(error) => {
                    let shown = self.visible_text().await?;
                    return Err(format!("{selector} did not appear ({error}); the screen shows:\n{shown}").into());
                }
            }
        }
    }

    /// Whether an element is on the screen now.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn shows(&self, id: &str) -> Result<bool, Failure> {
        Ok(!self
            .client
            .find_all(Locator::Css(&format!("[data-testid=\"{id}\"]")))
            .await?
            .is_empty())
    }

    /// Presses the first element whose id begins with `prefix`, for rows named after numbers that are not known.
    ///
    /// # Errors
    /// When there is none, or it cannot be reached.
    pub async fn click_first(&self, prefix: &str) -> Result<(), Failure> {
        let selector = format!("[data-testid^=\"{prefix}\"]");
        self.css(&selector).await?;
        let script = "return document.querySelector(arguments[0])?.dataset.testid ?? ''";
        let id = self.script(script, vec![selector.into()]).await?;
        self.click(id.as_str().unwrap_or_default()).await
    }

    /// Presses the element with the pointer.
    ///
    /// # Errors
    /// When it does not appear or cannot be reached.
    pub async fn click(&self, id: &str) -> Result<(), Failure> {
        let begin = Instant::now();
        loop {
            let element = self.element(id).await?;
            let script = "arguments[0].scrollIntoView({block: 'center'})";
            self.client
                .execute(script, vec![serde_json::to_value(&element)?])
                .await?;
            // A notice may lie over it for a moment, or the element be drawn anew: a person would try again.
            match element.click().await {
                Ok(()) => return Ok(()),
                Err(error) if begin.elapsed() > PATIENCE => {
                    return Err(format!("{id} cannot be pressed: {error:?}").into());
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
    }

    /// Chooses one of the radio buttons drawn as a bar, which a person presses by its label.
    ///
    /// # Errors
    /// When it does not appear.
    pub async fn choose_radio(&self, id: &str) -> Result<(), Failure> {
        let element = self.element(id).await?;
        self.client
            .execute("arguments[0].click()", vec![serde_json::to_value(&element)?])
            .await?;
        Ok(())
    }

    /// Goes to a screen of the window by its address behind the `#`.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn go(&self, address: &str) -> Result<(), Failure> {
        self.client
            .execute("location.hash = arguments[0]", vec![json!(address)])
            .await?;
        Ok(())
    }

    /// Types into a field after emptying it, and waits until the field holds it.
    ///
    /// # Errors
    /// When the field does not appear or holds something else.
    pub async fn fill(&self, id: &str, text: &str) -> Result<(), Failure> {
        let field = self.element(id).await?;
        // The driver's own clearing leaves the field and tells the page nothing.
        let clear = "const field = arguments[0]; field.focus(); \
            if (field.value !== '') { field.value = ''; field.dispatchEvent(new Event('input', {bubbles: true})); }";
        self.client.execute(clear, vec![serde_json::to_value(&field)?]).await?;
        field.send_keys(text).await?;
        let begin = Instant::now();
        loop {
            let holds = field.prop("value").await?.unwrap_or_default();
            if holds == text {
                return Ok(());
            }
            if begin.elapsed() > PATIENCE {
                return Err(format!("{id} should hold {text:?}, it holds {holds:?}").into());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Chooses an option of a native select by its value.
    ///
    /// # Errors
    /// When the field or the option is not there.
    pub async fn choose(&self, id: &str, value: &str) -> Result<(), Failure> {
        self.element(id).await?.select_by_value(value).await?;
        Ok(())
    }

    /// Chooses the first thing that a native select offers; before it stands the line that asks to choose.
    ///
    /// # Errors
    /// When the field is not there or offers nothing.
    pub async fn choose_first(&self, id: &str) -> Result<(), Failure> {
        self.element(id).await?.select_by_index(1).await?;
        Ok(())
    }

    /// Presses keys as a person would, wherever the focus is.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn press(&self, keys: &[Key]) -> Result<(), Failure> {
        let text: String = keys.iter().map(|key| char::from(*key)).collect();
        self.type_where_the_focus_is(&text).await
    }

    /// Types text into what has the focus.
    ///
    /// # Errors
    /// When nothing that can be typed into has it.
    pub(crate) async fn type_where_the_focus_is(&self, text: &str) -> Result<(), Failure> {
        self.keys.fetch_add(text.chars().count(), Ordering::Relaxed);
        self.client.active_element().await?.send_keys(text).await?;
        Ok(())
    }

    /// Counts keys that were held and let go by a device.
    pub(crate) fn count_keys(&self, keys: usize) {
        self.keys.fetch_add(keys, Ordering::Relaxed);
    }

    /// How many keys were pressed since the last time this was asked.
    pub(crate) fn keys_pressed(&self) -> usize {
        self.keys.swap(0, Ordering::Relaxed)
    }

    /// Has the driver act as a device would.
    ///
    /// # Errors
    /// When the window is gone.
    pub(crate) async fn act(&self, actions: impl Into<Actions>) -> Result<(), Failure> {
        self.client.perform_actions(actions).await?;
        Ok(())
    }

    /// Waits until the element's text holds `part`.
    ///
    /// # Errors
    /// When it does not in time; says what it showed.
    pub async fn says(&self, id: &str, part: &str) -> Result<String, Failure> {
        self.says_within(PATIENCE, id, part).await
    }

    /// As [`Screen::says`], of what takes long.
    ///
    /// # Errors
    /// As for [`Screen::says`].
    pub async fn says_in_time(&self, id: &str, part: &str) -> Result<String, Failure> {
        self.says_within(LONG_PATIENCE, id, part).await
    }

    async fn says_within(&self, patience: Duration, id: &str, part: &str) -> Result<String, Failure> {
        let begin = Instant::now();
        let mut last = String::new();
        while begin.elapsed() < patience {
            // The element may be drawn anew between finding and reading: then it is read again.
            if let Ok(element) = self.element(id).await
                && let Ok(text) = element.text().await
            {
                if text.contains(part) {
                    return Ok(text);
                }
                last = text;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err(format!("{id} should say {part:?}, it says {last:?}").into())
    }

    /// Runs a script in the page. One that throws found something that is not drawn yet, and is run again.
    ///
    /// # Errors
    /// When the script throws for too long, or the window is gone.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Result<Value, Failure> {
        let begin = Instant::now();
        loop {
            match self.client.execute(script, arguments.clone()).await {
                Ok(answer) => return Ok(answer),
                Err(error) if error.is_javascript_error() && begin.elapsed() < PATIENCE => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                Err(error) => return Err(format!("{script}: {error:?}").into()),
            }
        }
    }

    /// Runs a script that says when it is done: its last argument is the function to say it with.
    ///
    /// # Errors
    /// When the script throws or the window is gone.
    pub async fn script_until_done(&self, script: &str, arguments: Vec<Value>) -> Result<Value, Failure> {
        Ok(self.client.execute_async(script, arguments).await?)
    }

    /// Waits until a script answers true.
    ///
    /// # Errors
    /// When it does not in time; says what the screen showed instead.
    pub async fn holds(&self, script: &str, arguments: Vec<Value>) -> Result<(), Failure> {
        let begin = Instant::now();
        while self.script(script, arguments.clone()).await? != Value::Bool(true) {
            if begin.elapsed() > PATIENCE {
                let shown = self.visible_text().await?;
                return Err(format!("{script} does not hold for {arguments:?}; the screen shows:\n{shown}").into());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// Everything a person can read on the screen.
    ///
    /// # Errors
    /// When the window is gone.
    pub async fn visible_text(&self) -> Result<String, Failure> {
        let text = self
            .client
            .execute("return document.body.innerText", Vec::new())
            .await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Takes a numbered picture of the screen, checks it with axe, and that it speaks in words.
    ///
    /// # Errors
    /// When axe finds a serious or critical fault, or the name of a sentence stands where the sentence should.
    pub async fn look(&mut self, name: &str) -> Result<(), Failure> {
        self.taken += 1;
        self.at_rest().await?;
        let picture = self.client.screenshot().await?;
        std::fs::write(self.pictures.join(format!("{:02}-{name}.png", self.taken)), picture)?;
        self.check_words(name).await?;
        self.check_with_axe(name).await
    }

    /// Resizes the window.
    ///
    /// # Errors
    /// When the driver refuses.
    pub async fn resize(&self, width: u32, height: u32) -> Result<(), Failure> {
        self.client.set_window_size(width, height).await?;
        Ok(())
    }

    /// Waits until nothing is moving, fading or being saved: colours on their way are no colours to judge.
    async fn at_rest(&self) -> Result<(), Failure> {
        let script = "return document.getAnimations().every(a => a.playState !== 'running') \
            && !document.querySelector('button.primary:disabled')";
        let begin = Instant::now();
        while self.client.execute(script, Vec::new()).await? != Value::Bool(true) {
            // A screen may rest with its button disabled: then it is looked at as it is.
            if begin.elapsed() > Duration::from_secs(3) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        // What stands in the page is on the screen only a frame later.
        let painted = "const done = arguments[arguments.length - 1]; \
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(true), 0)))";
        self.client.execute_async(painted, Vec::new()).await?;
        Ok(())
    }

    /// A sentence that is missing is shown by its name, such as `term.fact_domain`.
    async fn check_words(&self, name: &str) -> Result<(), Failure> {
        let script = r"
            const name = new RegExp(String.raw`^(${arguments[0]})[.][a-zA-Z]\w*$`);
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            const found = [];
            while (walker.nextNode()) {
                const text = walker.currentNode;
                // A number or the key of a rule is meant to be read as it is.
                if (text.parentElement.closest('.code, script, style')) continue;
                found.push(...text.data.split(/[^\w.-]+/).filter(word => name.test(word)));
            }
            return found";
        let found = self.script(script, vec![json!(self.sentences)]).await?;
        match found.as_array() {
            Some(list) if list.is_empty() => Ok(()),
            _ => Err(format!("names of sentences on {name}: {found}").into()),
        }
    }

    async fn check_with_axe(&self, name: &str) -> Result<(), Failure> {
        self.client
            .execute(&format!("if (!window.axe) {{ {} }}", self.axe), Vec::new())
            .await?;
        let script = "const done = arguments[arguments.length - 1]; \
            axe.run(document, {resultTypes: ['violations']}).then( \
              r => done(r.violations.filter(v => ['serious', 'critical'].includes(v.impact)) \
                .map(v => ({id: v.id, help: v.help, nodes: v.nodes.slice(0, 5).map(n => n.html + ' — ' + n.failureSummary)}))), \
              e => done([{id: 'axe', help: String(e), nodes: []}]))";
        let faults = self.client.execute_async(script, Vec::new()).await?;
        match faults.as_array() {
            Some(list) if list.is_empty() => Ok(()),
            _ => Err(format!("axe on {name}: {faults:#}").into()),
        }
    }
}

/// Also what was asked while a page went away: the next one is asked again.
fn is_not_there_yet(error: &CmdError) -> bool {
    error.is_no_such_element() || matches!(error, CmdError::NotW3C(answer) if answer == "aborted by navigation")
}
