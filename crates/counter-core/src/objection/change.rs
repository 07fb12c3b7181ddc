//! What can happen to an objection.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Forwarding, InquiryReply, ObjectionDecision, ObjectionReceived};
use crate::{
    case::MaterialMark,
    document_issue::{DocumentReprinted, IssuedDocument},
};

/// What happens to an objection. Receiving and passing on are the counter's acts; accepting and deciding are not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectionChange {
    /// 收件.
    Received(Box<ObjectionReceived>),
    /// The state of one material changed.
    MaterialMarked {
        /// Which, by its code in the pack.
        code: String,
        /// How it stands now.
        mark: MaterialMark,
    },
    /// A paper about it was issued.
    DocumentIssued {
        /// The paper.
        document: IssuedDocument,
    },
    /// 重印: the same bytes once more.
    DocumentReprinted(DocumentReprinted),
    /// 提交.
    Forwarded(Forwarding),
    /// 受理.
    Accepted {
        /// By whom.
        by: String,
        /// The day.
        on: Date,
    },
    /// 不予受理.
    Declined {
        /// By whom.
        by: String,
        /// The day.
        on: Date,
        /// Why.
        reason: String,
    },
    /// 协查函 reached the provider.
    Inquired {
        /// The provider.
        to: String,
        /// The day.
        on: Date,
    },
    /// The provider answered.
    InquiryReplied {
        /// The provider.
        by: String,
        /// What it answered.
        reply: InquiryReply,
    },
    /// 处理结果.
    Decided(ObjectionDecision),
    /// 撤回.
    Withdrawn {
        /// Why.
        reason: String,
        /// The day.
        on: Date,
    },
    /// 结案: the reply reached the subject.
    Closed {
        /// A word on it.
        note: String,
        /// The day.
        on: Date,
    },
}

impl ObjectionChange {
    /// The word for what happened.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Received(_) => "objection_received",
            Self::MaterialMarked { .. } => "objection_material_marked",
            Self::DocumentIssued { .. } => "objection_document_issued",
            Self::DocumentReprinted(_) => "objection_document_reprinted",
            Self::Forwarded(_) => "objection_forwarded",
            Self::Accepted { .. } => "objection_accepted",
            Self::Declined { .. } => "objection_declined",
            Self::Inquired { .. } => "objection_inquired",
            Self::InquiryReplied { .. } => "objection_inquiry_replied",
            Self::Decided(_) => "objection_decided",
            Self::Withdrawn { .. } => "objection_withdrawn",
            Self::Closed { .. } => "objection_closed",
        }
    }

    /// Whether an act that did this may be taken back: not the beginning, and not once a paper is out.
    pub(crate) fn can_be_undone(&self) -> bool {
        !matches!(
            self,
            Self::Received(_) | Self::DocumentIssued { .. } | Self::DocumentReprinted(_)
        )
    }

    /// The day of the act, where it has one.
    pub fn on(&self) -> Option<Date> {
        match self {
            Self::Received(received) => Some(received.received_on),
            Self::Forwarded(forwarding) => Some(forwarding.on),
            Self::InquiryReplied { reply, .. } => Some(reply.on),
            Self::Decided(decision) => Some(decision.on),
            Self::Accepted { on, .. }
            | Self::Declined { on, .. }
            | Self::Inquired { on, .. }
            | Self::Withdrawn { on, .. }
            | Self::Closed { on, .. } => Some(*on),
            Self::MaterialMarked { .. } | Self::DocumentIssued { .. } | Self::DocumentReprinted(_) => None,
        }
    }

    /// A word on what happened.
    pub fn detail(&self) -> String {
        match self {
            Self::Received(received) => received.visit.clone(),
            Self::MaterialMarked { code, .. } => code.clone(),
            Self::DocumentIssued { document } => format!("{} {}", document.kind.title(), document.number),
            Self::DocumentReprinted(reprint) => reprint.reason.clone(),
            Self::Forwarded(forwarding) => {
                let number = forwarding.number.as_deref().unwrap_or_default();
                format!("{} {number}", forwarding.to).trim_end().to_owned()
            }
            Self::Accepted { by, .. } => by.clone(),
            Self::Declined { by, reason, .. } => format!("{by} {reason}"),
            Self::Inquired { to, .. } => to.clone(),
            Self::InquiryReplied { by, reply } => format!("{by} {}", reply.note).trim_end().to_owned(),
            Self::Decided(decision) => format!("{} {}", decision.by, decision.reason).trim_end().to_owned(),
            Self::Withdrawn { reason, .. } => reason.clone(),
            Self::Closed { note, .. } => note.clone(),
        }
    }
}
