use counter_core::change::CounterCode;
use ed25519_dalek::SigningKey;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::{
    certificate_envelope::{CertificatePayload, Envelope, EnvelopePayload, TEXT_PREFIX},
    key::PublicKey,
    signed::Signed,
};

const TODAY: Date = date(2026, 11, 24);
const NUMBER: &str = "YX-W03-2026-C000001";

/// What changes from case to case, and what must come of it.
#[test]
fn a_certificate_is_worth_what_the_list_says() {
    use VerificationReason as Because;
    use VerificationStatus as Is;
    let hash = envelope(&counter()).hash();
    let kid = PublicKey::of(&counter()).id();
    type Edit = Box<dyn Fn(&mut TrustBundle)>;
    let cases: Vec<(&str, Edit, Is, Because)> = vec![
        (
            "only the counter's key",
            Box::new(|_| {}),
            Is::Provisional,
            Because::KeyInForce,
        ),
        (
            "countersigned",
            Box::new(move |list| {
                list.countersigned.insert(hash);
            }),
            Is::Final,
            Because::Countersigned,
        ),
        (
            "key not on the list",
            Box::new(|list| list.keys.clear()),
            Is::UnknownKey,
            Because::KeyUnknown,
        ),
        (
            "key expired",
            Box::new(|list| list.keys[0].to = date(2026, 11, 23)),
            Is::UnknownKey,
            Because::KeyNotInForce,
        ),
        (
            "key expired, countersigned",
            Box::new(move |list| {
                list.keys[0].to = date(2026, 11, 23);
                list.countersigned.insert(hash);
            }),
            Is::Final,
            Because::Countersigned,
        ),
        (
            "key revoked",
            Box::new(move |list| {
                list.revoked_keys.insert(kid);
            }),
            Is::Revoked,
            Because::KeyRevoked,
        ),
        (
            "key revoked, countersigned",
            Box::new(move |list| {
                list.revoked_keys.insert(kid);
                list.countersigned.insert(hash);
            }),
            Is::Final,
            Because::Countersigned,
        ),
        (
            "certificate revoked after it was countersigned",
            Box::new(move |list| {
                list.countersigned.insert(hash);
                list.revoked_certificates.insert(NUMBER.into());
            }),
            Is::Revoked,
            Because::CertificateRevoked,
        ),
        (
            "issued before the key was delegated",
            Box::new(|list| list.keys[0].from = date(2026, 11, 25)),
            Is::UnknownKey,
            Because::KeyNotInForce,
        ),
    ];
    for (name, edit, status, reason) in cases {
        let mut list = bundle();
        edit(&mut list);
        let outcome = verify(&envelope(&counter()).to_text(), &list, TODAY);
        assert_eq!((outcome.status, outcome.reason), (status, reason), "{name}");
        assert_eq!(outcome.certificate.is_some(), reason != Because::KeyUnknown, "{name}");
    }
}

#[test]
fn a_list_says_how_old_it_is() {
    let text = envelope(&counter()).to_text();
    let on = |today| {
        let outcome = verify(&text, &bundle(), today);
        (outcome.list_age_days, outcome.list_stale)
    };
    assert_eq!(on(date(2026, 11, 20)), (0, false));
    assert_eq!(on(date(2026, 11, 27)), (7, false));
    assert_eq!(on(date(2026, 11, 28)), (8, true));
    assert_eq!(on(date(2026, 11, 1)), (0, false));
}

#[test]
fn a_bundle_is_believed_only_under_a_root_pinned_before() {
    let sealed = Signed::seal(&bundle(), &root()).into_bytes();
    assert_eq!(TrustBundle::open(&sealed, &[PublicKey::of(&root())]), Ok(bundle()));
    assert_eq!(
        TrustBundle::open(&sealed, &[PublicKey::of(&counter())]),
        Err(BundleError::NotPinned)
    );
    assert_eq!(TrustBundle::open_as_given(&sealed), Ok(bundle()));
    let forged = Signed::seal(&bundle(), &counter()).into_bytes();
    assert_eq!(TrustBundle::open_as_given(&forged), Err(BundleError::NotPinned));
    assert_eq!(
        TrustBundle::open(&forged, &[PublicKey::of(&root())]),
        Err(BundleError::NotPinned)
    );
}

proptest! {
    #[test]
    fn a_bundle_with_any_bit_turned_over_is_not_believed(at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let mut sealed = Signed::seal(&bundle(), &root()).into_bytes();
        let at = at.index(sealed.len());
        sealed[at] ^= 1 << bit;
        prop_assert!(TrustBundle::open(&sealed, &[PublicKey::of(&root())]).is_err());
    }

    /// Whoever holds no key on the list gets nothing believed, whatever the content.
    #[test]
    fn a_strangers_signature_never_makes_a_certificate(stranger in any::<[u8; 32]>(), name in ".{1,30}") {
        prop_assume!(stranger != [2; 32] && !name.trim().is_empty());
        let forged = Envelope::sign(&payload(&name), &SigningKey::from_bytes(&stranger)).unwrap();
        let outcome = verify(&forged.to_text(), &bundle(), TODAY);
        prop_assert_eq!(outcome.status, VerificationStatus::UnknownKey);
        prop_assert_eq!(outcome.certificate, None);
    }

    #[test]
    fn whatever_is_scanned_gets_a_word(text in ".{0,200}", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert_eq!(verify(&text, &bundle(), TODAY).status, VerificationStatus::Invalid);
        let text = format!("{TEXT_PREFIX}{}", base45::encode(&bytes));
        prop_assert_eq!(verify(&text, &bundle(), TODAY).status, VerificationStatus::Invalid);
    }
}

#[test]
fn a_certificate_under_a_known_kid_but_another_signature_is_invalid() {
    let mut bytes = envelope(&counter()).as_bytes().to_vec();
    *bytes.last_mut().unwrap() ^= 1;
    let forged = Envelope::from_bytes(bytes).unwrap();
    let outcome = verify_envelope(&forged, &bundle(), TODAY);
    assert_eq!(
        (outcome.status, outcome.certificate),
        (VerificationStatus::Invalid, None)
    );
}

fn root() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

fn counter() -> SigningKey {
    SigningKey::from_bytes(&[2; 32])
}

fn bundle() -> TrustBundle {
    TrustBundle {
        site: "440104".into(),
        number: 3,
        issued_on: date(2026, 11, 20),
        stale_after_days: 7,
        roots: RootKeys {
            current: PublicKey::of(&root()),
            next: None,
        },
        keys: vec![TrustedKey {
            key: PublicKey::of(&counter()),
            counter: CounterCode("W03".into()),
            from: date(2026, 1, 1),
            to: date(2027, 1, 31),
        }],
        revoked_certificates: Default::default(),
        revoked_keys: Default::default(),
        countersigned: Default::default(),
    }
}

fn payload(name: &str) -> EnvelopePayload {
    EnvelopePayload::Certificate(CertificatePayload {
        number: NUMBER.into(),
        name: name.into(),
        uscc: Some("91440104MA5EXAMP12".into()),
        trainee: "陈一".into(),
        class: "YX-W03-2026-K000001".into(),
        exam_on: TODAY,
        hours: 4,
        score: 92,
        issued_on: TODAY,
    })
}

fn envelope(key: &SigningKey) -> Envelope {
    Envelope::sign(&payload("广州示例信息科技有限公司"), key).unwrap()
}
