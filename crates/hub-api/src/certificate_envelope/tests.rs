use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn counter_key() -> SigningKey {
    SigningKey::from_bytes(&[2; 32])
}

fn certificate(name: &str) -> EnvelopePayload {
    EnvelopePayload::Certificate(CertificatePayload {
        number: "YX-W03-2026-C000001".into(),
        name: name.into(),
        uscc: Some("91440104MA5EXAMP12".into()),
        trainee: "陈一".into(),
        class: "YX-W03-2026-K000001".into(),
        exam_on: date(2026, 11, 24),
        hours: 4,
        score: 92,
        issued_on: date(2026, 11, 24),
    })
}

#[test]
fn a_certificate_reads_back_from_its_qr_and_holds_under_its_key() {
    let payload = certificate("广州示例信息科技有限公司");
    let signed = Envelope::sign(&payload, &counter_key()).unwrap();
    let read = Envelope::from_text(&format!(" {}\n", signed.to_text())).unwrap();
    assert_eq!(read, signed);
    assert_eq!(read.payload(), &payload);
    assert_eq!(read.verify(&PublicKey::of(&counter_key())), Ok(()));
    let stranger = PublicKey::of(&SigningKey::from_bytes(&[3; 32]));
    assert_eq!(read.verify(&stranger), Err(SignatureError::Mismatch));
}

/// Slips of earlier programs are in people's hands and go on being read.
#[test]
fn a_slip_names_its_gaps_by_material_codes_and_what_another_window_needs() {
    let taken = SlipCaseTaken {
        document_no: Some("穗越建罚〔2026〕12号".into()),
        received_on: date(2026, 11, 23),
        pack: Some("ndrc-36-2026".into()),
        received: vec!["agent_authority".into()],
    };
    for taken in [Some(taken), None] {
        let payload = EnvelopePayload::Slip(SlipPayload {
            number: "YX-W03-2026-V000007".into(),
            name: "广州示例信息科技有限公司".into(),
            uscc: None,
            issued_on: date(2026, 11, 24),
            cases: vec![SlipCase {
                case: "YX-W03-2026-000123".into(),
                gaps: vec!["commitment".into(), "fulfilment_proof".into()],
                taken,
            }],
        });
        let signed = Envelope::sign(&payload, &counter_key()).unwrap();
        assert_eq!(Envelope::from_text(&signed.to_text()).unwrap().payload(), &payload);
    }
}

/// Version 15 at level Q holds 426 alphanumeric characters (ISO/IEC 18004, table 7).
#[test]
fn a_payload_fits_the_small_qr_exactly_up_to_the_named_length() {
    let mut at_the_limit = 0;
    for length in 1..=120 {
        let payload = certificate(&"x".repeat(length + 40));
        let small = payload.to_bytes().unwrap().len() <= PAYLOAD_AT_VERSION_15_Q;
        let text = Envelope::sign(&payload, &counter_key()).unwrap().to_text();
        assert_eq!(small, text.len() <= 426, "{} bytes", payload.to_bytes().unwrap().len());
        at_the_limit += usize::from(payload.to_bytes().unwrap().len() == PAYLOAD_AT_VERSION_15_Q);
    }
    assert_eq!(at_the_limit, 1);
}

#[test]
fn a_name_is_never_cut() {
    let long = "长".repeat(201);
    let error = Envelope::sign(&certificate(&long), &counter_key()).unwrap_err();
    assert_eq!(error, EnvelopeError::Payload(PayloadError::Field("name")));
}

#[test]
fn a_key_inside_the_envelope_has_no_place_to_be() {
    let payload = certificate("示例").to_bytes().unwrap();
    let key = counter_key();
    let public = ciborium::Value::Bytes(PublicKey::of(&key).0.to_vec());
    let kid = PublicKey::of(&key).id().0.to_vec();
    let with_key = HeaderBuilder::new()
        .algorithm(iana::Algorithm::EdDSA)
        .key_id(kid.clone())
        .value(-70_000, public.clone());
    let protected = CoseSign1Builder::new().protected(with_key.build());
    let unprotected = CoseSign1Builder::new()
        .protected(header(KeyId(kid.try_into().unwrap())))
        .unprotected(HeaderBuilder::new().value(-70_000, public).build());
    for builder in [protected, unprotected] {
        let cose = builder
            .payload(payload.clone())
            .create_signature(&[], |bytes| key.sign(bytes).to_vec())
            .build();
        assert_eq!(Envelope::from_bytes(cose.to_vec().unwrap()), Err(EnvelopeError::Cose));
    }
}

#[test]
fn a_newer_kind_of_payload_is_told_apart_from_rubbish() {
    let mut payload = certificate("示例").to_bytes().unwrap();
    payload[1] = 9;
    assert_eq!(EnvelopePayload::from_bytes(&payload), Err(PayloadError::UnknownKind(9)));
}

proptest! {
    #[test]
    fn hostile_text_and_bytes_never_panic(text in ".{0,300}", bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = Envelope::from_text(&text);
        let _ = Envelope::from_text(&format!("{TEXT_PREFIX}{}", base45::encode(&bytes)));
        let _ = EnvelopePayload::from_bytes(&bytes);
        prop_assert!(Envelope::from_bytes(bytes).is_err());
    }

    /// Nested and oversized CBOR inside a well-formed envelope is refused, not followed.
    #[test]
    fn a_well_formed_envelope_around_rubbish_is_refused(payload in proptest::collection::vec(any::<u8>(), 0..300)) {
        let key = counter_key();
        let cose = CoseSign1Builder::new()
            .protected(header(PublicKey::of(&key).id()))
            .payload(payload)
            .create_signature(&[], |bytes| key.sign(bytes).to_vec())
            .build();
        prop_assert!(Envelope::from_bytes(cose.to_vec().unwrap()).is_err());
    }

    #[test]
    fn an_envelope_with_any_bit_turned_over_does_not_hold(at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let signed = Envelope::sign(&certificate("广州示例信息科技有限公司"), &counter_key()).unwrap();
        let mut bytes = signed.as_bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        if let Ok(turned) = Envelope::from_bytes(bytes) {
            prop_assert!(turned.verify(&PublicKey::of(&counter_key())).is_err());
        }
    }
}
