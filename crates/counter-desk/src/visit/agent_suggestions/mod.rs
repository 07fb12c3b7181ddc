//! Who came for the subject before, so that nothing is typed twice. Numbers stay sealed; what is taken over is sealed anew.

use counter_core::{subject_snapshot::SubjectSnapshot, visit::Agent};
use counter_store::{StoreError, table::visit};
use serde::Serialize;

use super::visit_view::{self, AgentView};
use crate::Desk;

/// So many of the subject's last visits are looked through.
const LOOKED_THROUGH: u32 = 20;
/// At most so many people are offered.
const OFFERED: usize = 3;

/// Somebody who came before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AgentSuggestion {
    /// The visit at which they were recorded.
    pub visit: String,
    /// The person, numbers masked.
    pub agent: AgentView,
    /// When that visit began, ms UTC.
    #[specta(type = f64)]
    pub at: i64,
}

/// The people who came for `subject` before, the latest first; `apart_from` leaves one visit out.
///
/// # Errors
/// When the store cannot be read.
pub fn agent_suggestions(
    desk: &Desk,
    subject: &SubjectSnapshot,
    apart_from: Option<&str>,
) -> Result<Vec<AgentSuggestion>, StoreError> {
    desk.store().read(|tx| {
        let before = visit::with_agent_of(tx, subject.uscc.as_deref(), &subject.name, LOOKED_THROUGH)?;
        let mut found: Vec<(Agent, AgentSuggestion)> = Vec::new();
        for row in before {
            let Some(agent) = visit_view::load(tx, &row.no)?.and_then(|visit| visit.agent) else {
                continue;
            };
            let same = |(known, _): &(Agent, AgentSuggestion)| {
                (&known.name, &known.id_number_masked) == (&agent.name, &agent.id_number_masked)
            };
            let is_other = apart_from != Some(row.no.as_str());
            if is_other && !found.iter().any(same) && found.len() < OFFERED {
                let suggestion = AgentSuggestion {
                    visit: row.no,
                    agent: agent.clone().into(),
                    at: row.opened_at,
                };
                found.push((agent, suggestion));
            }
        }
        Ok(found.into_iter().map(|(_, suggestion)| suggestion).collect())
    })
}
