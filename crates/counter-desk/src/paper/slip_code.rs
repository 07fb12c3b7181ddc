//! The code at the lower right of a slip: numbers and gaps, signed, so that any window can go on from the paper.

use counter_core::{
    case::{Case, MaterialState},
    subject_snapshot::SubjectSnapshot,
};
use counter_store::{ReadTx, StoreError};
use ed25519_dalek::SigningKey;
use hub_api::certificate_envelope::{Envelope, EnvelopeError, EnvelopePayload, SlipCase, SlipCaseTaken, SlipPayload};
use jiff::civil::Date;

/// The code could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SlipCodeError {
    /// Longer than a symbol holds.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// The counter's key cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The text of the code of the slip `number`, signed with the counter's key.
pub(super) fn slip_code(
    tx: &ReadTx<'_>,
    number: &str,
    subject: &SubjectSnapshot,
    issued_on: Date,
    cases: &[Case],
) -> Result<String, SlipCodeError> {
    let line = |case: &Case| SlipCase {
        case: case.no.clone(),
        gaps: case.gaps().map(|material| material.code.clone()).collect(),
        taken: Some(SlipCaseTaken {
            document_no: case.received.record.document_no.clone(),
            received_on: case.received.received_on,
            pack: case.received.assessment.pack.clone(),
            received: case
                .materials
                .iter()
                .filter(|material| material.mark.state == MaterialState::Received)
                .map(|material| material.code.clone())
                .collect(),
        }),
    };
    let payload = SlipPayload {
        number: number.to_owned(),
        name: subject.name.clone(),
        uscc: subject.uscc.clone(),
        issued_on,
        cases: cases.iter().map(line).collect(),
    };
    let key = SigningKey::from_bytes(&*tx.signing_seed()?);
    Ok(signed(payload, &key)?)
}

/// Of so many cases that no symbol holds them whole, numbers and gaps alone, as on earlier slips.
fn signed(mut payload: SlipPayload, key: &SigningKey) -> Result<String, EnvelopeError> {
    match Envelope::sign(&EnvelopePayload::Slip(payload.clone()), key) {
        Err(EnvelopeError::TooLong) => {
            for case in &mut payload.cases {
                case.taken = None;
            }
            Envelope::sign(&EnvelopePayload::Slip(payload), key)
        }
        whole => whole,
    }
    .map(|envelope| envelope.to_text())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn slip(cases: usize) -> SlipPayload {
        let case = |nth| SlipCase {
            case: format!("YX-W03-2026-{nth:06}"),
            gaps: vec!["commitment".into(), "fulfilment_proof".into()],
            taken: Some(SlipCaseTaken {
                document_no: Some(format!("穗越市监处罚〔2026〕{nth}号")),
                received_on: date(2026, 11, 24),
                pack: Some("ndrc-36-2026".into()),
                received: vec!["agent_authority".into(), "application_form".into()],
            }),
        };
        SlipPayload {
            number: "YX-W03-2026-V000007".into(),
            name: "广州市穗安诚样例装饰工程有限公司".into(),
            uscc: Some("91440104MAJ1XG612G".into()),
            issued_on: date(2026, 11, 24),
            cases: (0..cases).map(case).collect(),
        }
    }

    #[test]
    fn a_slip_of_any_number_of_cases_is_signed_and_names_all_of_them() {
        let key = SigningKey::from_bytes(&[7; 32]);
        for (cases, whole) in [(7, true), (40, false)] {
            let read = Envelope::from_text(&signed(slip(cases), &key).unwrap()).unwrap();
            let EnvelopePayload::Slip(slip) = read.payload() else {
                panic!("a slip is a slip");
            };
            assert_eq!(slip.cases.len(), cases);
            assert!(
                slip.cases
                    .iter()
                    .all(|case| case.taken.is_some() == whole && case.gaps.len() == 2)
            );
        }
    }
}
