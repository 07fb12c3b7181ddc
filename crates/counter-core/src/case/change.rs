//! What can happen to a case.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    ArchiveVolume, CaseReceived, DocumentServed, LimitExtension, MaterialMark, OriginalReturned, SiteChecked,
    Verification,
};
use crate::{
    change::{CHANGE_SCHEMA, COUNTER_DAY_SCHEMA},
    document_issue::{DocumentReprinted, IssuedDocument},
};

/// What happens to a case. Receiving and forwarding are the counter's acts; accepting and deciding the authority's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseChange {
    /// 收件: the counter took the papers in.
    Received(Box<CaseReceived>),
    /// The state of one material changed.
    MaterialMarked {
        /// Which, by its code in the pack.
        code: String,
        /// How it stands now.
        mark: MaterialMark,
    },
    /// A paper about this case was issued.
    DocumentIssued {
        /// The paper.
        document: IssuedDocument,
    },
    /// 已提交: entered at the site that takes such requests.
    Submitted {
        /// The site, in its own name.
        site: String,
        /// The number the site gave.
        number: String,
        /// The day.
        on: Date,
    },
    /// 认定单位受理.
    Accepted {
        /// Who accepted.
        by: String,
        /// The day.
        on: Date,
        /// Its number, where it has one.
        number: Option<String>,
    },
    /// 认定单位不予受理.
    Declined {
        /// Who declined.
        by: String,
        /// The day.
        on: Date,
        /// Why.
        reason: String,
    },
    /// The authority asks for more.
    SupplementAsked {
        /// Who asks.
        by: String,
        /// The day.
        on: Date,
        /// For what.
        reason: String,
    },
    /// 决定.
    Decided {
        /// Who decided.
        by: String,
        /// The day.
        on: Date,
        /// How.
        outcome: DecisionOutcome,
        /// Why.
        reason: String,
    },
    /// 已撤下: a person looked at the sites and the record is gone.
    TakenDown {
        /// The sites looked at.
        sites: Vec<String>,
        /// The day of looking.
        on: Date,
    },
    /// 撤回: the applicant takes the request back.
    Withdrawn {
        /// Why.
        reason: String,
        /// The day.
        on: Date,
    },
    /// 转介: another office has to deal with it.
    Referred {
        /// Which.
        office: String,
        /// Why.
        reason: String,
        /// The day.
        on: Date,
    },
    /// 结案.
    Closed {
        /// A word on it.
        note: String,
        /// The day.
        on: Date,
    },
    /// The penalty record this case is about came again with other content.
    RecordChanged {
        /// The file that brought it.
        source: String,
        /// What differs, header by header.
        differences: Vec<String>,
    },
    /// 信用核查.
    Verified(Verification),
    /// 当事人坚持提交: told of the gaps, the applicant wants the request forwarded as it is.
    Insisted {
        /// What was told and answered.
        note: String,
        /// The day.
        on: Date,
    },
    /// 推送: the site handed the request to the authority; statutory limits run from there.
    Pushed {
        /// To whom.
        to: String,
        /// The day.
        on: Date,
    },
    /// 延长办理期限.
    LimitExtended(LimitExtension),
    /// 查看网站: one of the sites was looked at.
    SiteChecked(SiteChecked),
    /// 送达.
    DocumentServed(DocumentServed),
    /// 重印: the same bytes once more.
    DocumentReprinted(DocumentReprinted),
    /// 原件退还.
    OriginalReturned {
        /// The paper, by its code in the pack.
        code: String,
        /// To whom and when.
        returned: OriginalReturned,
    },
    /// 重新办理: a case that had ended goes on.
    Reopened {
        /// Why.
        reason: String,
        /// The day.
        on: Date,
    },
    /// 归档.
    Archived(ArchiveVolume),
}

/// How the authority decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum DecisionOutcome {
    /// 准予修复.
    Repaired,
    /// 不予修复.
    Refused,
}

impl CaseChange {
    /// The word for what happened.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Received(_) => "case_received",
            Self::MaterialMarked { .. } => "case_material_marked",
            Self::DocumentIssued { .. } => "case_document_issued",
            Self::Submitted { .. } => "case_submitted",
            Self::Accepted { .. } => "case_accepted",
            Self::Declined { .. } => "case_declined",
            Self::SupplementAsked { .. } => "case_supplement_asked",
            Self::Decided { .. } => "case_decided",
            Self::TakenDown { .. } => "case_taken_down",
            Self::Withdrawn { .. } => "case_withdrawn",
            Self::Referred { .. } => "case_referred",
            Self::Closed { .. } => "case_closed",
            Self::RecordChanged { .. } => "case_record_changed",
            Self::Verified(_) => "case_verified",
            Self::Insisted { .. } => "case_insisted",
            Self::Pushed { .. } => "case_pushed",
            Self::LimitExtended(_) => "case_limit_extended",
            Self::SiteChecked(_) => "case_site_checked",
            Self::DocumentServed(_) => "case_document_served",
            Self::DocumentReprinted(_) => "case_document_reprinted",
            Self::OriginalReturned { .. } => "case_original_returned",
            Self::Reopened { .. } => "case_reopened",
            Self::Archived(_) => "case_archived",
        }
    }

    /// The envelope version from which on programs read this.
    pub(crate) fn schema(&self) -> u16 {
        let plain = match self {
            Self::Received(received) => received.is_of_first_schema(),
            Self::MaterialMarked { mark, .. } => mark.is_of_first_schema(),
            Self::DocumentIssued { document } => document.kind.is_of_first_schema(),
            Self::Submitted { .. }
            | Self::Accepted { .. }
            | Self::Declined { .. }
            | Self::SupplementAsked { .. }
            | Self::Decided { .. }
            | Self::TakenDown { .. }
            | Self::Withdrawn { .. }
            | Self::Referred { .. }
            | Self::Closed { .. }
            | Self::RecordChanged { .. } => true,
            Self::Verified(_)
            | Self::Insisted { .. }
            | Self::Pushed { .. }
            | Self::LimitExtended(_)
            | Self::SiteChecked(_)
            | Self::DocumentServed(_)
            | Self::DocumentReprinted(_)
            | Self::OriginalReturned { .. }
            | Self::Reopened { .. }
            | Self::Archived(_) => false,
        };
        if plain { CHANGE_SCHEMA } else { COUNTER_DAY_SCHEMA }
    }

    /// Whether an act that did this may be taken back: not once a paper is out, or the record came again.
    pub(crate) fn can_be_undone(&self) -> bool {
        !matches!(
            self,
            Self::DocumentIssued { .. } | Self::DocumentReprinted(_) | Self::RecordChanged { .. } | Self::Archived(_)
        )
    }

    /// A word on what happened: site and number, reason, paper.
    pub fn detail(&self) -> String {
        match self {
            Self::Received(received) => received.visit.clone(),
            Self::MaterialMarked { code, .. } => code.clone(),
            Self::DocumentIssued { document } => format!("{} {}", document.kind.title(), document.number),
            Self::Submitted { site, number, .. } => format!("{site} {number}"),
            Self::Accepted { by, number, .. } => joined([by, number.as_deref().unwrap_or_default()]),
            Self::Declined { by, reason, .. }
            | Self::SupplementAsked { by, reason, .. }
            | Self::Decided { by, reason, .. } => joined([by, reason]),
            Self::TakenDown { sites, .. } => sites.join("、"),
            Self::Withdrawn { reason, .. } => reason.clone(),
            Self::Referred { office, reason, .. } => format!("{office} {reason}"),
            Self::Closed { note, .. } => note.clone(),
            Self::RecordChanged { source, differences } => format!("{source} {}", differences.join("；")),
            Self::Verified(verification) => joined([&verification.seen, &verification.note]),
            Self::Insisted { note, .. } => note.clone(),
            Self::Pushed { to, .. } => to.clone(),
            Self::LimitExtended(extension) => {
                format!("{} {} {}", extension.by, extension.until, extension.reason)
            }
            Self::SiteChecked(looked) => looked.site.clone(),
            Self::DocumentServed(served) => served.to.clone(),
            Self::DocumentReprinted(reprint) => reprint.reason.clone(),
            Self::OriginalReturned { code, returned } => format!("{code} {}", returned.to),
            Self::Reopened { reason, .. } => reason.clone(),
            Self::Archived(volume) => volume.box_number.clone(),
        }
    }

    /// The same act on another day; `None` where it has no day, or where the day stands in what was received.
    pub fn dated(mut self, day: Date) -> Option<Self> {
        match &mut self {
            Self::Submitted { on, .. }
            | Self::Accepted { on, .. }
            | Self::Declined { on, .. }
            | Self::SupplementAsked { on, .. }
            | Self::Decided { on, .. }
            | Self::TakenDown { on, .. }
            | Self::Withdrawn { on, .. }
            | Self::Referred { on, .. }
            | Self::Closed { on, .. }
            | Self::Verified(Verification { on, .. })
            | Self::Insisted { on, .. }
            | Self::Pushed { on, .. }
            | Self::LimitExtended(LimitExtension { on, .. })
            | Self::SiteChecked(SiteChecked { on, .. })
            | Self::DocumentServed(DocumentServed { on, .. })
            | Self::OriginalReturned {
                returned: OriginalReturned { on, .. },
                ..
            }
            | Self::Reopened { on, .. }
            | Self::Archived(ArchiveVolume { on, .. }) => *on = day,
            Self::Received(_)
            | Self::MaterialMarked { .. }
            | Self::DocumentIssued { .. }
            | Self::DocumentReprinted(_)
            | Self::RecordChanged { .. } => return None,
        }
        Some(self)
    }

    /// The day of the act, where it has one.
    pub fn on(&self) -> Option<Date> {
        match self {
            Self::Received(received) => Some(received.received_on),
            Self::Submitted { on, .. }
            | Self::Accepted { on, .. }
            | Self::Declined { on, .. }
            | Self::SupplementAsked { on, .. }
            | Self::Decided { on, .. }
            | Self::TakenDown { on, .. }
            | Self::Withdrawn { on, .. }
            | Self::Referred { on, .. }
            | Self::Closed { on, .. }
            | Self::Verified(Verification { on, .. })
            | Self::Insisted { on, .. }
            | Self::Pushed { on, .. }
            | Self::LimitExtended(LimitExtension { on, .. })
            | Self::SiteChecked(SiteChecked { on, .. })
            | Self::DocumentServed(DocumentServed { on, .. })
            | Self::OriginalReturned {
                returned: OriginalReturned { on, .. },
                ..
            }
            | Self::Reopened { on, .. }
            | Self::Archived(ArchiveVolume { on, .. }) => Some(*on),
            Self::MaterialMarked { .. }
            | Self::DocumentIssued { .. }
            | Self::DocumentReprinted(_)
            | Self::RecordChanged { .. } => None,
        }
    }
}

fn joined(words: [&str; 2]) -> String {
    words.map(str::trim).join(" ").trim().to_owned()
}
