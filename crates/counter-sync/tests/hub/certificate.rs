//! A certificate becomes final by the hub's countersignature, and stops being one when it is revoked.

use counter_core::{
    attachment::AttachmentRef,
    certificate::{CertificateChange, CertificateIssued},
    change::{Lane, LaneKind},
    class::{ClassKind, TraineePosition},
    document_issue::{DocumentKind, IssuedDocument},
    subject_snapshot::SubjectSnapshot,
};
use counter_sync::fetch_trust;
use ed25519_dalek::SigningKey;
use hub_api::{
    certificate_envelope::{CertificatePayload, Envelope, EnvelopePayload},
    trust::{TrustBundle, VerificationStatus, verify},
};
use hub_server::trust::bundle;
use jiff::civil::date;

use test_support::{CounterOffice, HubOffice, SITE, network::Direct};

const NO: &str = "YX-W03-2026-C000001";

fn issued(document: AttachmentRef) -> CertificateIssued {
    CertificateIssued {
        class: "YX-W03-2026-K000001".into(),
        class_title: "信用修复培训".into(),
        class_kind: ClassKind::Public,
        session: "YX-W03-2026-E000001".into(),
        trainee: "1".into(),
        trainee_name: "陈一".into(),
        position: TraineePosition::LegalRepresentative,
        id_number_masked: None,
        subject: SubjectSnapshot {
            uscc: None,
            name: "广州示例信息科技有限公司".into(),
        },
        exam_on: date(2026, 11, 24),
        hours: 4,
        score: 92,
        out_of: 100,
        host: "区发改局".into(),
        teaching_body: "区信用中心".into(),
        issuing_body: "区信用中心".into(),
        issued_on: date(2026, 11, 24),
        envelope: Vec::new(),
        document: IssuedDocument {
            kind: DocumentKind::TrainingCertificate,
            number: NO.into(),
            file: document,
            pack: None,
            says: None,
        },
    }
}

/// Issues a certificate whose envelope is signed with `key`, or the counter's own; returns the envelope.
pub fn issue(office: &CounterOffice, key: Option<SigningKey>) -> Envelope {
    let seed = office.store().read(|tx| tx.signing_seed()).unwrap();
    let key = key.unwrap_or_else(|| SigningKey::from_bytes(&seed));
    let document = office
        .store()
        .attachments()
        .put("c.pdf", "application/pdf", b"paper")
        .unwrap();
    let mut certificate = issued(document);
    let payload = EnvelopePayload::Certificate(CertificatePayload::of(NO, &certificate));
    let envelope = Envelope::sign(&payload, &key).unwrap();
    certificate.envelope = envelope.as_bytes().to_vec();
    change(office, CertificateChange::Issued(Box::new(certificate)));
    envelope
}

fn change(office: &CounterOffice, body: CertificateChange) {
    use counter_core::change::{ActId, ChangeBody};
    let act = counter_store::ActContext {
        act_id: ActId([9; 16]),
        actor: "li".into(),
        made_at: test_support::NOW,
    };
    let lane = Lane::new(LaneKind::Certificate, NO);
    office
        .store()
        .write::<_, counter_store::RecordError>(|tx| tx.record(&act, lane, ChangeBody::Certificate(body)).map(|_| ()))
        .unwrap();
}

fn status(envelope: &Envelope, list: &TrustBundle) -> VerificationStatus {
    verify(&envelope.to_text(), list, date(2026, 11, 25)).status
}

async fn list(hub: &HubOffice) -> TrustBundle {
    let signed = bundle(&hub.hub, SITE).await.unwrap().unwrap();
    TrustBundle::open(signed.as_bytes(), &[hub.hub.public_key()]).unwrap()
}

#[tokio::test]
async fn a_certificate_is_provisional_until_the_hub_has_it_and_final_then_without_a_new_paper() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let network = Direct(hub.router());
    office.enrol_with(&hub, &network).await;
    let envelope = issue(&office, None);
    let before = list(&hub).await;
    assert_eq!(status(&envelope, &before), VerificationStatus::Provisional);

    let outcome = office.sync(&network).await.unwrap();
    assert_eq!(outcome.pulled, 1, "the countersignature comes with the feed");
    let fetched = fetch_trust(office.store(), &network, &office.clock).await.unwrap();
    let after = TrustBundle::open(&fetched, &[hub.hub.public_key()]).unwrap();
    assert!(after.number > before.number);
    assert_eq!(status(&envelope, &after), VerificationStatus::Final);

    change(
        &office,
        CertificateChange::Revoked {
            reason: "替考".into(),
            on: date(2026, 11, 25),
        },
    );
    office.sync(&network).await.unwrap();
    assert_eq!(status(&envelope, &list(&hub).await), VerificationStatus::Revoked);
}

#[tokio::test]
async fn an_envelope_the_counter_did_not_sign_is_not_countersigned() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let network = Direct(hub.router());
    office.enrol_with(&hub, &network).await;
    let envelope = issue(&office, Some(SigningKey::from_bytes(&[66; 32])));
    assert_eq!(office.sync(&network).await.unwrap().pulled, 0);
    let list = list(&hub).await;
    assert!(list.countersigned.is_empty());
    assert_eq!(status(&envelope, &list), VerificationStatus::UnknownKey);
}
