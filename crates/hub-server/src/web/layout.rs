//! The frame of every page, and the parts pages share.

use maud::{DOCTYPE, Markup, html};

use super::{seat::Seat, style, text::Language};
use crate::{clock::clock_in_china, officer::Action};

/// The pages of the rail: what opens them, their address, their name.
const RAIL: [(Action, &str, &str); 7] = [
    (Action::ReadCases, "/queue", "rail.queue"),
    (Action::ReadConflicts, "/conflicts", "rail.conflicts"),
    (Action::ReadCounters, "/counters", "rail.counters"),
    (Action::ReadReports, "/reports", "rail.reports"),
    (Action::Publish, "/publishing", "rail.publishing"),
    (Action::Publish, "/revocations", "rail.revocations"),
    (Action::ManageOfficers, "/officers", "rail.officers"),
];

/// A page of a signed-in officer; `here` is the address of its entry in the rail.
pub(super) fn page(seat: &Seat, here: &str, title: &str, body: &Markup) -> Markup {
    let language = seat.language;
    let frame = html! {
        header.bar {
            a.brand href="/" { (language.say("frame.brand")) }
            span.end {}
            (switch(language, here))
            span.who data-testid="who" {
                (seat.officer.name) " · " (seat.word("role.", seat.officer.role.as_str()))
            }
            a.link href="/password" { (language.say("frame.password")) }
            form method="post" action="/sign-out" {
                (token(seat))
                button.link type="submit" data-testid="sign-out" { (language.say("frame.signOut")) }
            }
        }
        div.body {
            nav.rail aria-label=(language.say("frame.rail")) {
                @for (action, address, name) in RAIL {
                    @if seat.officer.may(action) {
                        a href=(address) aria-current=[(address == here).then_some("page")] { (language.say(name)) }
                    }
                }
            }
            main id="main" tabindex="-1" { (body) }
        }
    };
    document(language, title, &frame)
}

/// A page of nobody in particular.
pub(super) fn bare(language: Language, title: &str, body: &Markup) -> Markup {
    let frame = html! {
        header.bar {
            a.brand href="/" { (language.say("frame.brand")) }
            span.end {}
            (switch(language, "/"))
        }
        div.body.bare { main id="main" tabindex="-1" { (body) } }
    };
    document(language, title, &frame)
}

/// A public page, without a way to the officers' pages.
pub(super) fn public(language: Language, title: &str, body: &Markup) -> Markup {
    let frame = html! {
        header.bar {
            span.brand { (language.say("frame.brand")) }
            span.end {}
            (switch(language, "/c/"))
        }
        div.body.bare { main id="main" tabindex="-1" { (body) } }
    };
    document(language, title, &frame)
}

fn document(language: Language, title: &str, frame: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                link rel="icon" href="data:,";
                link rel="stylesheet" href=(style::ADDRESS);
                title { (title) " · " (language.say("frame.brand")) }
            }
            body {
                a.skip href="#main" { (language.say("frame.skip")) }
                (frame)
            }
        }
    }
}

fn switch(language: Language, back: &str) -> Markup {
    let (other, name) = match language {
        Language::Chinese => (Language::English, "English"),
        Language::English => (Language::Chinese, "简体中文"),
    };
    html! {
        a.link lang=(other.tag()) href={ "/language/" (other.tag()) "?to=" (back) } { (name) }
    }
}

/// The hidden field that makes a form one of this session.
pub(super) fn token(seat: &Seat) -> Markup {
    html! { input type="hidden" name="token" value=(seat.form_token); }
}

/// What is wrong with a form, on top of it: each fault leads to its field.
pub(super) fn faults(language: Language, faults: &[Fault]) -> Markup {
    html! {
        @if !faults.is_empty() {
            div.faults role="alert" tabindex="-1" autofocus data-testid="faults" {
                h2 { (language.say("form.faults")) }
                ul {
                    @for fault in faults {
                        li { a href={ "#" (fault.field) } { (fault.text) } }
                    }
                }
            }
        }
    }
}

/// One thing wrong with a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The field it leads to.
    pub field: &'static str,
    /// What is wrong, as a sentence.
    pub text: String,
}

impl Fault {
    pub fn new(field: &'static str, text: impl Into<String>) -> Self {
        Self {
            field,
            text: text.into(),
        }
    }
}

/// A labelled field of one line.
pub(super) fn field(name: &'static str, label: &str, kind: &str, value: &str, faults: &[Fault]) -> Markup {
    let fault = faults.iter().find(|fault| fault.field == name);
    html! {
        div.field {
            label for=(name) { (label) }
            @if let Some(fault) = fault { p.wrong id={ (name) "-wrong" } { (fault.text) } }
            input.input id=(name) name=(name) type=(kind) value=(value) data-testid=(name)
                autocomplete=(autocomplete(name))
                aria-invalid=[fault.map(|_| "true")] aria-describedby=[fault.map(|_| format!("{name}-wrong"))];
        }
    }
}

/// A labelled field of several lines.
pub(super) fn area(name: &'static str, label: &str, hint: Option<&str>, value: &str, faults: &[Fault]) -> Markup {
    let fault = faults.iter().find(|fault| fault.field == name);
    let described = match (hint, fault) {
        (_, Some(_)) => Some(format!("{name}-wrong")),
        (Some(_), None) => Some(format!("{name}-hint")),
        (None, None) => None,
    };
    html! {
        div.field {
            label for=(name) { (label) }
            @if let Some(hint) = hint { p.hint id={ (name) "-hint" } { (hint) } }
            @if let Some(fault) = fault { p.wrong id={ (name) "-wrong" } { (fault.text) } }
            textarea.input id=(name) name=(name) rows="3" data-testid=(name)
                aria-invalid=[fault.map(|_| "true")] aria-describedby=[described] { (value) }
        }
    }
}

fn autocomplete(name: &str) -> &'static str {
    match name {
        "account" => "username",
        "password" => "current-password",
        "new" | "again" => "new-password",
        _ => "off",
    }
}

/// Rows of a name and what it is.
pub(super) fn facts(rows: &[(&str, Markup)]) -> Markup {
    html! {
        dl.facts {
            @for (name, what) in rows {
                div { dt { (name) } dd { (what) } }
            }
        }
    }
}

/// A moment in China, to the minute.
pub(super) fn moment(at: i64) -> String {
    clock_in_china(at).strftime("%Y-%m-%d %H:%M").to_string()
}
