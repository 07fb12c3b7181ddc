//! 网上填报指引 of a case: what goes into each field of the site's form, ready to copy, and what is uploaded.

use counter_core::{
    attachment::AttachmentRef,
    case::{Case, MaterialState},
    pack::Status,
    submission_guide::{FieldValue, GuideField, guide_of},
    visit::{Agent, AgentCapacity},
};
use counter_store::{ReadTx, StoreError};
use serde::Serialize;

use crate::{Desk, case, visit, visit::visit_view};

/// The guide of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GuideView {
    /// The site, in its own name.
    pub site: String,
    /// Its address.
    pub address: String,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// The fields, in the order of the form.
    pub fields: Vec<GuideFieldView>,
    /// What is uploaded, in order.
    pub uploads: Vec<GuideUpload>,
    /// Where the steps and fields were read.
    pub source: String,
    /// Whether nobody has read them off the site.
    pub unverified: bool,
}

/// A field of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GuideFieldView {
    /// Its label on the site.
    pub label: String,
    /// What kind of value it is; asks for the whole of one that is hidden.
    pub kind: FieldValue,
    /// What goes into it, numbers of persons with the middle hidden; none where the counter does not know it.
    pub value: Option<String>,
    /// Whether the whole value is kept sealed and given only when it is copied.
    pub hidden: bool,
    /// Whether the site wants it.
    pub required: bool,
    /// What to heed.
    pub note: Option<String>,
}

/// A paper to upload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GuideUpload {
    /// The paper.
    pub name: String,
    /// Its scans, under the names they have in the package.
    pub files: Vec<String>,
}

/// The guide of the case `no`; `None` where there is no such case, or its door is no site.
///
/// # Errors
/// When the store cannot be read.
pub fn submission_guide(desk: &Desk, no: &str) -> Result<Option<GuideView>, StoreError> {
    desk.store().read(|tx| {
        let Some(case) = case::load(tx, no)? else {
            return Ok(None);
        };
        let agent = agent_of(tx, &case)?;
        Ok(of_case(&case, agent.as_ref()))
    })
}

/// The whole of a field, also of one that is hidden; `None` where the counter does not know it.
///
/// # Errors
/// When the store cannot be read.
pub fn field_value(desk: &Desk, no: &str, kind: FieldValue) -> Result<Option<String>, StoreError> {
    desk.store().read(|tx| {
        let Some(case) = case::load(tx, no)? else {
            return Ok(None);
        };
        let agent = agent_of(tx, &case)?;
        let sealed = agent.as_ref().and_then(|agent| match kind {
            FieldValue::AgentPhone => agent.phone.as_ref(),
            FieldValue::AgentId => agent.id_number.as_ref(),
            FieldValue::SubjectName
            | FieldValue::Uscc
            | FieldValue::DocumentNo
            | FieldValue::Authority
            | FieldValue::DecidedOn
            | FieldValue::AgentName
            | FieldValue::AgentCapacity
            | FieldValue::ByHand => None,
        });
        match sealed {
            Some(sealed) => {
                let plain = tx.unseal(&visit::lane(&case.received.visit), sealed)?;
                Ok(plain.map(|plain| plain.to_string()))
            }
            None => Ok(shown(&case, agent.as_ref(), kind)),
        }
    })
}

pub(crate) fn of_case(case: &Case, agent: Option<&Agent>) -> Option<GuideView> {
    let guide = guide_of(case.received.assessment.front_door?)?;
    let field = |field: &GuideField| GuideFieldView {
        label: field.label.clone(),
        kind: field.value,
        value: shown(case, agent, field.value),
        hidden: matches!(field.value, FieldValue::AgentPhone | FieldValue::AgentId),
        required: field.required,
        note: field.note.clone(),
    };
    Some(GuideView {
        site: guide.site.clone(),
        address: guide.address.clone(),
        steps: guide.steps.clone(),
        fields: guide.fields.iter().map(field).collect(),
        uploads: uploads(case)
            .into_iter()
            .map(|(name, files)| GuideUpload {
                name,
                files: files.into_iter().map(|(file, _)| file).collect(),
            })
            .collect(),
        source: guide.source.clone(),
        unverified: guide.status == Status::Recalled,
    })
}

pub(crate) fn agent_of(tx: &ReadTx<'_>, case: &Case) -> Result<Option<Agent>, StoreError> {
    Ok(visit_view::load(tx, &case.received.visit)?.and_then(|visit| visit.agent))
}

/// The papers taken in, in the order of the checklist: each with its scans under the names the door wants them by,
/// which are the paper's place, its name and, where there are several, which of them it is.
pub(crate) fn uploads(case: &Case) -> Vec<(String, Vec<(String, &AttachmentRef)>)> {
    let taken = case
        .materials
        .iter()
        .filter(|material| material.mark.state == MaterialState::Received);
    taken
        .zip(1..)
        .map(|(material, place)| {
            let scans = &material.mark.scans;
            let name = |nth: usize| match scans.len() {
                1 => format!("{place:02}-{}.pdf", plain(&material.name)),
                _ => format!("{place:02}-{}-{nth}.pdf", plain(&material.name)),
            };
            let files = scans.iter().zip(1..).map(|(scan, nth)| (name(nth), scan)).collect();
            (material.name.clone(), files)
        })
        .collect()
}

/// A name that is a file name on every system.
fn plain(name: &str) -> String {
    let kept = name.chars().filter(|c| !c.is_control() && !r#"/\:*?"<>|"#.contains(*c));
    kept.take(40).collect()
}

fn shown(case: &Case, agent: Option<&Agent>, value: FieldValue) -> Option<String> {
    let received = &case.received;
    match value {
        FieldValue::SubjectName => Some(received.subject.name.clone()),
        FieldValue::Uscc => received.subject.uscc.clone(),
        FieldValue::DocumentNo => received.record.document_no.clone(),
        FieldValue::Authority => received.record.authority_name.clone(),
        FieldValue::DecidedOn => received.record.decided_on.map(|day| day.to_string()),
        FieldValue::AgentName => agent.map(|agent| agent.name.clone()),
        FieldValue::AgentPhone => agent.and_then(|agent| agent.phone_masked.clone()),
        FieldValue::AgentId => agent.and_then(|agent| agent.id_number_masked.clone()),
        FieldValue::AgentCapacity => agent.map(|agent| {
            match agent.capacity {
                AgentCapacity::LegalRepresentative => "法定代表人",
                AgentCapacity::Agent => "经办人",
            }
            .to_owned()
        }),
        FieldValue::ByHand => None,
    }
}
