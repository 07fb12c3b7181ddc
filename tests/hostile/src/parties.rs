//! The counter and the hub the readers belong to. Their keys are known here and nowhere else.

use counter_core::{
    account::AccountChange,
    change::{ActId, CHANGE_SCHEMA, Change, ChangeBody, ChangeHash, CounterCode, IncarnationId, Lane, LaneKind},
};
use ed25519_dalek::SigningKey;
use hub_api::{
    certificate_envelope::{CertificatePayload, Envelope, EnvelopePayload, SlipCase, SlipPayload},
    key::PublicKey,
    stick::{Direction, FORMAT, StickHeader},
};
use jiff::civil::date;

pub(crate) const SITE: &str = "440104";
pub(crate) const LIFE: IncarnationId = IncarnationId([3; 16]);

/// The counter's key.
pub fn counter_key() -> SigningKey {
    SigningKey::from_bytes(&[2; 32])
}

/// The hub's key.
pub fn hub_key() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

pub(crate) fn counter() -> CounterCode {
    CounterCode("W03".into())
}

/// The header of a file that goes one way between the two.
pub fn stick_header(direction: Direction) -> StickHeader {
    StickHeader {
        format: FORMAT,
        direction,
        site: SITE.into(),
        counter: counter(),
        incarnation: LIFE,
        counter_key: PublicKey::of(&counter_key()).id(),
        hub_key: PublicKey::of(&hub_key()).id(),
        made_at: 1_795_000_000_000,
    }
}

/// A change this counter made.
pub fn genuine_change() -> Change {
    Change {
        schema: CHANGE_SCHEMA,
        counter: counter(),
        incarnation: LIFE,
        seq: 1,
        lane: Lane::new(LaneKind::Account, "li"),
        act: ActId([4; 16]),
        body: ChangeBody::Account(AccountChange::PasswordChanged),
        actor: "li".into(),
        made_at: 1_795_000_000_000,
        base: None,
        prev_hash: ChangeHash::ORIGIN,
        settles: None,
    }
}

/// The texts of every code this counter has signed. No other text may ever be believed.
pub fn genuine_codes() -> Vec<String> {
    let certificate = EnvelopePayload::Certificate(CertificatePayload {
        number: "YX-W03-2026-000123".into(),
        name: "广州市越秀区𬬭字号电子商务有限公司".into(),
        uscc: Some("91440104MA5D0000X1".into()),
        trainee: "李某".into(),
        class: "YX-W03-2026-P0007".into(),
        exam_on: date(2026, 11, 20),
        hours: 4,
        score: 92,
        issued_on: date(2026, 11, 21),
    });
    let slip = EnvelopePayload::Slip(SlipPayload {
        number: "YX-W03-2026-V00042".into(),
        name: "广州市越秀区某某饮食店".into(),
        uscc: None,
        issued_on: date(2026, 11, 23),
        cases: vec![SlipCase {
            case: "YX-W03-2026-000124".into(),
            gaps: vec!["commitment".into()],
            taken: None,
        }],
    });
    [certificate, slip]
        .iter()
        .map(|payload| {
            Envelope::sign(payload, &counter_key())
                .expect("a short payload fits a code")
                .to_text()
        })
        .collect()
}
