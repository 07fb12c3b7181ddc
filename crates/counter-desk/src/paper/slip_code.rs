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
    Ok(Envelope::sign(&EnvelopePayload::Slip(payload), &key)?.to_text())
}
