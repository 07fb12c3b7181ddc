use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::invoke;
use crate::{Failure, window::Window};

/// Where something is kept, and so where to look for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// A draft, by its key.
    Draft(String),
    /// The answer to a question of a sitting.
    Answer { sitting: String, question: String },
    /// The mark of a paper of a case.
    Paper { case: String, code: String },
    /// How a visit ended.
    Visit(String),
}

#[derive(Default)]
struct Kept {
    /// What the window said it keeps.
    acknowledged: Option<Value>,
    /// What it was asked to keep and did not answer to before it was killed: may be there or not.
    asked: Option<Value>,
}

/// What the window was asked to keep, and what it said it keeps.
#[derive(Default)]
pub(super) struct Ledger {
    places: BTreeMap<Place, Kept>,
    visits: BTreeSet<String>,
    /// How often the window said so.
    pub acknowledged: u64,
}

impl Ledger {
    pub(super) fn asks(&mut self, place: &Place, value: &Value) {
        self.places.entry(place.clone()).or_default().asked = Some(value.clone());
    }

    pub(super) fn answered(&mut self, place: &Place) {
        if let Some(kept) = self.places.get_mut(place) {
            kept.acknowledged = kept.asked.take();
        }
        self.acknowledged += 1;
    }

    /// A visit was opened under `number`.
    ///
    /// # Errors
    /// When the number was given before.
    pub(super) fn opened(&mut self, number: String) -> Result<(), Failure> {
        self.acknowledged += 1;
        self.places
            .entry(Place::Visit(number.clone()))
            .or_default()
            .acknowledged = Some(Value::Null);
        if self.visits.insert(number.clone()) {
            Ok(())
        } else {
            Err(format!("the number {number} was given twice").into())
        }
    }

    /// A visit that has not ended.
    pub(super) fn open_visit(&self) -> Option<String> {
        self.places.iter().rev().find_map(|(place, kept)| match place {
            Place::Visit(number) if kept.acknowledged == Some(Value::Null) && kept.asked.is_none() => {
                Some(number.clone())
            }
            Place::Visit(_) | Place::Draft(_) | Place::Answer { .. } | Place::Paper { .. } => None,
        })
    }

    /// What was acknowledged and is not there. What is there instead of an unanswered request counts from now on;
    /// visits that have ended are not looked at again.
    pub(super) async fn missed(&mut self, window: &Window) -> Result<Vec<String>, Failure> {
        let mut missed = Vec::new();
        let mut ended = Vec::new();
        for (place, kept) in &mut self.places {
            let found = found(window, place).await?;
            let expected = [kept.acknowledged.as_ref(), kept.asked.as_ref()];
            if kept.acknowledged.is_some() && !expected.contains(&Some(&found)) {
                missed.push(format!("{place:?}: {found} in place of {expected:?}"));
            }
            if matches!(place, Place::Visit(_)) && found != Value::Null {
                ended.push(place.clone());
            }
            kept.asked = None;
            kept.acknowledged = Some(found);
        }
        for place in ended {
            self.places.remove(&place);
        }
        Ok(missed)
    }
}

/// What the window shows there now.
async fn found(window: &Window, place: &Place) -> Result<Value, Failure> {
    Ok(match place {
        Place::Draft(key) => invoke(window, "draft_load", json!({"key": key})).await?["json"].take(),
        Place::Visit(no) => {
            let mut visit = invoke(window, "visit_view", json!({"no": no})).await?;
            if visit.is_null() {
                "no such visit".into()
            } else {
                visit["end"].take()
            }
        }
        Place::Answer { sitting, question } => {
            let view = invoke(window, "exam_sitting", json!({"no": sitting})).await?;
            part(&view["questions"], "id", question)["given"].clone()
        }
        Place::Paper { case, code } => {
            let view = invoke(window, "case_view", json!({"no": case})).await?;
            part(&view["materials"], "code", code)["mark"].clone()
        }
    })
}

fn part<'a>(list: &'a Value, key: &str, word: &str) -> &'a Value {
    let mut parts = list.as_array().into_iter().flatten();
    parts.find(|part| part[key] == word).unwrap_or(&Value::Null)
}
