//! What happened to a case, as its lane took it.

use counter_core::{
    case::CaseChange,
    change::{ChangeBody, ChangeBytes, CounterCode},
};
use hub_api::push::LaneWords;
use jiff::civil::Date;

use crate::store::{HubTransaction, StoreError};

/// One thing that happened.
pub(super) struct Event {
    /// The word for it, such as `case_accepted`.
    pub kind: &'static str,
    /// The day of the act, where it has one.
    pub on: Option<Date>,
    /// Where it was made.
    pub counter: String,
    /// Whether it was entered here.
    pub at_hub: bool,
    /// The account.
    pub actor: String,
    /// When, by the clock of where it was made, ms UTC.
    pub made_at: i64,
    /// Who and why, where the act says it.
    pub said: Option<String>,
}

/// Everything `lane` took, oldest first. Changes of a newer schema are left out: the lane waits for an update then.
pub(super) async fn of(
    transaction: &mut impl HubTransaction,
    district: &str,
    lane: &LaneWords,
) -> Result<Vec<Event>, StoreError> {
    let mut events = Vec::new();
    for step in transaction.steps(district, lane).await? {
        let Ok(change) = ChangeBytes::from_stored(step.bytes).decode() else {
            continue;
        };
        let (mut on, mut words) = (None, None);
        if let ChangeBody::Case(body) = &change.body {
            (on, words) = (body.on(), said(body));
        }
        events.push(Event {
            kind: change.body.kind(),
            on,
            at_hub: change.counter.0 == CounterCode::HUB,
            counter: change.counter.0,
            actor: change.actor,
            made_at: change.made_at,
            said: words,
        });
    }
    Ok(events)
}

/// What was taken in stands on the page itself.
fn said(body: &CaseChange) -> Option<String> {
    let on_the_page = matches!(body, CaseChange::Received(_) | CaseChange::MaterialMarked { .. });
    (!on_the_page).then(|| body.detail())
}
