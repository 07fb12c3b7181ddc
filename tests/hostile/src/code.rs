use hub_api::{
    certificate_envelope::Envelope,
    enrolment_code::EnrolmentCode,
    key::PublicKey,
    trust::{RootKeys, TrustBundle, TrustedKey, verify},
};
use jiff::civil::date;

use crate::parties::{SITE, counter, counter_key, genuine_codes, hub_key};

/// Reads bytes as what a scanner or a keyboard hands over: the text of a QR, and a one-time code.
///
/// # Panics
/// Where a text is believed that this counter never signed, or where two texts mean the same envelope.
pub fn read_code(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(envelope) = Envelope::from_text(&text) {
        assert_eq!(envelope.to_text(), text.trim(), "an envelope has one text");
    }
    let verification = verify(&text, &trusting_the_counter(), date(2026, 11, 29));
    assert!(
        !verification.status.holds() || genuine_codes().iter().any(|code| code == text.trim()),
        "a text is believed that was never signed"
    );
    if let Ok(code) = EnrolmentCode::parse(&text) {
        let printed = code.to_string();
        assert!(
            EnrolmentCode::parse(&printed).as_ref() == Ok(&code),
            "a one-time code is read as it is printed"
        );
    }
}

fn trusting_the_counter() -> TrustBundle {
    TrustBundle {
        site: SITE.into(),
        number: 1,
        issued_on: date(2026, 11, 28),
        stale_after_days: 30,
        roots: RootKeys {
            current: PublicKey::of(&hub_key()),
            next: None,
        },
        keys: vec![TrustedKey {
            key: PublicKey::of(&counter_key()),
            counter: counter(),
            from: date(2026, 1, 1),
            to: date(2027, 1, 1),
        }],
        revoked_certificates: [].into(),
        revoked_keys: [].into(),
        countersigned: [].into(),
    }
}
