//! Objections in a run: received at one counter, gone on with at any.

use counter_core::{
    change::{ChangeBody, Lane, LaneKind},
    number::NumberFamily,
    objection::{
        Forwarding, InquiryFinding, InquiryReply, ObjectionChange, ObjectionDecision, ObjectionDoor, ObjectionGround,
        ObjectionOutcome, ObjectionReceived,
    },
    visit::{VisitChange, VisitEnd},
};
use counter_store::RecordError;
use jiff::civil::date;
use test_support::work;

use crate::acts::{Clerk, Done, Known, done};

impl Clerk<'_> {
    pub(crate) fn take_objection_in(&self) -> Result<Done, RecordError> {
        self.store.write(|tx| {
            let act = self.context();
            let visit = tx.next_number(NumberFamily::Visit, 2026)?;
            let no = tx.next_number(NumberFamily::Objection, 2026)?;
            let lane = Lane::new(LaneKind::Visit, &visit);
            let opened = VisitChange::Opened {
                subject: work::subject(),
                queue_number: None,
            };
            tx.record(&act, lane.clone(), ChangeBody::Visit(opened))?;
            let case = work::received(&visit, None);
            let received = ObjectionChange::Received(Box::new(ObjectionReceived {
                visit: visit.clone(),
                subject: case.subject,
                record_key: case.record_key,
                record: case.record,
                door: ObjectionDoor::CreditGuangzhou,
                grounds: vec![ObjectionGround::Wrong],
                disputed: Vec::new(),
                facts: "日期有误".into(),
                materials: case.materials,
                pack: "gz-objection-2024".into(),
                case: None,
                received_on: case.received_on,
            }));
            tx.record(
                &act,
                Lane::new(LaneKind::Objection, &no),
                ChangeBody::Objection(received),
            )?;
            let ended = VisitChange::Ended { end: VisitEnd::Advice };
            tx.record(&act, lane, ChangeBody::Visit(ended))?;
            Ok(done(format!("takes objection {no} in"), [visit, no]))
        })
    }

    pub(crate) fn go_on_with_objection(&self, known: &Known) -> Result<Done, RecordError> {
        let Some(no) = self.chance.pick(&known.objections).cloned() else {
            return self.take_objection_in();
        };
        let on = date(2026, 11, 25);
        let by = || "市平台".to_owned();
        let reason = format!("理由{}", self.chance.below(1_000_000));
        let body = match self.chance.below(8) {
            0 | 1 => ObjectionChange::Forwarded(Forwarding {
                to: by(),
                number: None,
                on,
            }),
            2 => ObjectionChange::Accepted { by: by(), on },
            3 => ObjectionChange::Inquired { to: by(), on },
            4 => ObjectionChange::InquiryReplied {
                by: by(),
                reply: InquiryReply {
                    finding: InquiryFinding::Corrected,
                    note: reason,
                    on,
                },
            },
            5 => ObjectionChange::Decided(ObjectionDecision {
                by: by(),
                on,
                outcome: ObjectionOutcome::Corrected,
                reason,
            }),
            6 => ObjectionChange::Withdrawn { reason, on },
            _ => ObjectionChange::Closed { note: reason, on },
        };
        let what = format!("{} on {no}", body.kind());
        self.one(Lane::new(LaneKind::Objection, no), ChangeBody::Objection(body))?;
        Ok(done(what, []))
    }
}
