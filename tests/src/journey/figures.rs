//! What is measured in the real window: every screen's time to content, and what a visit costs in keys and seconds.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use fantoccini::key::Key;
use serde_json::{Value, json};

use super::{
    CODE,
    keyboard_alone::{every_paper_is_there, onward},
    prepared::{Counter, OTHER},
};
use crate::{Failure, keyboard::Keyboard, window::Window};

/// A screen and how often it was opened.
#[derive(Clone, Debug)]
pub struct ScreenTimes {
    /// The address it was opened by.
    pub address: &'static str,
    /// The first time, with its code still to be fetched.
    pub first: ScreenTime,
    /// Every later time.
    pub later: Vec<ScreenTime>,
}

/// How long a screen took once.
#[derive(Clone, Copy, Debug)]
pub struct ScreenTime {
    /// From the change of its address until its content was painted.
    pub content: Duration,
    /// Until the program had answered the last question asked before that; what is left was drawing.
    pub answered: Duration,
}

/// A visit from the search to the printed receipt.
#[derive(Clone, Debug)]
pub struct VisitCost {
    /// Whether the applicant came before.
    pub comes_again: bool,
    /// Keys pressed, characters typed included.
    pub keys: usize,
    /// From the first key to the papers, as fast as the driver types.
    pub took: Duration,
}

/// What was measured.
#[derive(Clone, Debug)]
pub struct Figures {
    /// A screen that asks for nothing but the packs.
    pub floor: ScreenTimes,
    /// Every screen with data.
    pub screens: Vec<ScreenTimes>,
    /// A visit of an applicant who never came, and of one who did.
    pub visits: Vec<VisitCost>,
}

const FLOOR: (&str, &str) = ("/help", "[data-testid=help-rules] a");

/// Each screen and what stands on it once its data are there.
const SCREENS: [(&str, &str); 15] = [
    ("/credit?q=穗安", "[data-testid=credit-hit]"),
    ("/credit/91440104MAJ1XG612G", "[data-testid=verdict-card]"),
    ("/visit", "[data-testid=screen-visits] .running"),
    ("/cases", "[data-testid^=case-row-]"),
    ("/cases/board", "[data-testid=second-visits]"),
    ("/cases/handover", "#handover-cases label"),
    ("/cases/YX-W03-2026-000001", "[data-testid=case-history] li"),
    ("/calls", "[data-testid=screen-calls] .lead"),
    ("/objections", "[data-testid=screen-objections] .card"),
    ("/parked", "[data-testid=screen-parked] [role=tabpanel]"),
    ("/imports", "[data-testid=import-summary]"),
    ("/rules", "[data-testid^=rules-ndrc]"),
    ("/rules/ndrc-36-2026", "[data-testid=screen-rule-pack] h1"),
    ("/settings", "#place-name"),
    ("/training", "[data-testid=training-empty]"),
];

/// Opens the window on `data`, where one account has no password yet, and measures. Each screen is opened `rounds` times.
///
/// # Errors
/// When a screen does not come up, or the visit does not go through.
pub async fn measure(data: &Path, out: &Path, rounds: usize) -> Result<Figures, Failure> {
    std::fs::create_dir_all(out)?;
    let counter = Counter {
        data: data.to_owned(),
        words: String::new(),
    };
    let counter = counter.import(out)?;
    // One applicant came before, about another record.
    counter.take_other_in()?;
    let window = counter.open(out).await?;
    let mut opened = Vec::new();
    for (address, shown) in [FLOOR].into_iter().chain(SCREENS) {
        opened.push(times(&window, address, shown, rounds).await?);
    }
    let floor = opened.remove(0);
    let visits = vec![visit(&window, CODE, false).await?, visit(&window, OTHER.0, true).await?];
    window.close().await?;
    Ok(Figures {
        floor,
        screens: opened,
        visits,
    })
}

async fn times(
    window: &Window,
    address: &'static str,
    shown: &'static str,
    rounds: usize,
) -> Result<ScreenTimes, Failure> {
    let first = time(window, address, shown).await?;
    let mut later = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        later.push(time(window, address, shown).await?);
    }
    Ok(ScreenTimes { address, first, later })
}

/// From the change of the address until the content is painted, told by the page's own clock. Before each, a person
/// would look for a moment: WebKit lets a page change its address a hundred times in ten seconds, and slows it down then.
async fn time(window: &Window, address: &str, shown: &str) -> Result<ScreenTime, Failure> {
    let script = "const [address, shown, done] = arguments;
        if (!window.answers) {
            window.answers = [];
            const ask = window.fetch;
            window.fetch = async (...asked) => {
                const answer = await ask(...asked);
                window.answers.push(performance.now());
                return answer;
            };
        }
        const away = () => document.querySelector(shown) ? setTimeout(away, 5) : setTimeout(go, 250);
        const go = () => {
            window.answers.length = 0;
            const began = performance.now();
            const watch = new MutationObserver(look);
            function look() {
                if (!document.querySelector(shown) || document.querySelector('.loading')) return;
                watch.disconnect(); clearTimeout(late);
                const answered = Math.max(began, ...window.answers) - began;
                requestAnimationFrame(() => setTimeout(() => done([performance.now() - began, answered])));
            }
            const late = setTimeout(() => { watch.disconnect(); done(null); }, 15000);
            watch.observe(document.body, {childList: true, subtree: true});
            location.hash = address;
        };
        location.hash = '/verify'; away();";
    let took = window
        .script_until_done(script, vec![json!(address), json!(shown)])
        .await?;
    let ms = |at: usize| {
        took.get(at)
            .and_then(Value::as_f64)
            .map(|ms| Duration::from_secs_f64(ms / 1000.0))
    };
    match (ms(0), ms(1)) {
        (Some(content), Some(answered)) => Ok(ScreenTime { content, answered }),
        _ => Err(format!("{address} did not show {shown}").into()),
    }
}

/// Everything by keys: found, chosen, the person, the papers, received, printed.
async fn visit(window: &Window, code: &str, comes_again: bool) -> Result<VisitCost, Failure> {
    let keyboard = Keyboard(window);
    window.keys_pressed();
    let begin = Instant::now();
    keyboard.control('k').await?;
    keyboard.stands_at("search-input").await?;
    keyboard.type_in(code).await?;
    window.element("search-hit").await?;
    keyboard.key(Key::Enter).await?;
    window.element("record-receive").await?;
    keyboard.key(Key::Enter).await?;
    window.element("screen-visit").await?;
    keyboard.stands_at("agent-name").await?;
    if comes_again {
        keyboard.back().await?;
        keyboard.key(Key::Enter).await?;
    } else {
        keyboard.type_in("李明").await?;
        keyboard.tab_to("agent-capacity-legal_representative").await?;
        keyboard.key(Key::Space).await?;
    }
    keyboard.tab_to("agent-identity-yes").await?;
    keyboard.key(Key::Space).await?;
    keyboard.tab_to("agent-authority-original_seen").await?;
    keyboard.key(Key::Space).await?;
    if !comes_again {
        keyboard.tab_to("agent-phone").await?;
        keyboard.type_in("13800138000").await?;
    }
    onward(&keyboard).await?;
    window.element("visit-records").await?;
    onward(&keyboard).await?;
    window.element("visit-case-1").await?;
    every_paper_is_there(window).await?;
    onward(&keyboard).await?;
    window.element("check-case-1").await?;
    onward(&keyboard).await?;
    window.element("print-case-no").await?;
    keyboard.letter('p').await?;
    window.says("toasts", "信用承诺书").await?;
    Ok(VisitCost {
        comes_again,
        keys: window.keys_pressed(),
        took: begin.elapsed(),
    })
}
