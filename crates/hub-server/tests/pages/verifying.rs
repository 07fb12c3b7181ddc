//! The public page for certificates.

use counter_core::{
    attachment::AttachmentRef,
    certificate::{CertificateChange, CertificateIssued},
    change::{ChangeBody, Lane, LaneKind},
    class::{ClassKind, TraineePosition},
    document_issue::{DocumentKind, IssuedDocument},
    subject_snapshot::SubjectSnapshot,
};
use ed25519_dalek::SigningKey;
use hub_api::certificate_envelope::{CertificatePayload, Envelope, EnvelopePayload};
use hub_server::officer::Role;
use jiff::civil::date;

use crate::{browser::Page, counter::Counter, office::Office};

const NO: &str = "YX-W03-2026-P00001";

fn payload(number: &str) -> EnvelopePayload {
    EnvelopePayload::Certificate(CertificatePayload {
        number: number.into(),
        name: "广州市越秀区演示餐饮有限公司".into(),
        uscc: Some("91440101MA5ANLXK5N".into()),
        trainee: "陈晓明".into(),
        class: "YX-W03-2026-B001".into(),
        exam_on: date(2026, 11, 20),
        hours: 4,
        score: 92,
        issued_on: date(2026, 11, 23),
    })
}

fn issued(envelope: &Envelope) -> CertificateIssued {
    let EnvelopePayload::Certificate(said) = envelope.payload().clone() else {
        panic!("a certificate");
    };
    CertificateIssued {
        class: said.class,
        class_title: "信用修复培训".into(),
        class_kind: ClassKind::Public,
        session: "YX-W03-2026-E001".into(),
        trainee: "T1".into(),
        trainee_name: said.trainee,
        position: TraineePosition::LegalRepresentative,
        id_number_masked: None,
        subject: SubjectSnapshot {
            uscc: said.uscc,
            name: said.name,
        },
        exam_on: said.exam_on,
        hours: said.hours,
        score: said.score,
        out_of: 100,
        host: "区信用办".into(),
        teaching_body: "区信用办".into(),
        issuing_body: "区信用办".into(),
        issued_on: said.issued_on,
        envelope: envelope.as_bytes().to_vec(),
        document: IssuedDocument {
            kind: DocumentKind::TrainingCertificate,
            number: said.number,
            file: AttachmentRef {
                sha256: "0".repeat(64),
                name: "证明.pdf".into(),
                media_type: "application/pdf".into(),
                length: 1,
            },
            pack: None,
            says: None,
        },
    }
}

fn status(page: &Page) -> String {
    let text = page.text();
    text.split("data-status=\"")
        .nth(1)
        .unwrap_or_default()
        .split('"')
        .next()
        .unwrap_or_default()
        .to_owned()
}

#[tokio::test]
async fn whoever_holds_a_certificate_learns_how_it_stands_and_what_to_do() {
    let office = Office::new().await;
    let mut counter = Counter::enrolled(&office, "W03", 2).await;
    let genuine = Envelope::sign(&payload(NO), &counter.key).unwrap();
    let not_sent = Envelope::sign(&payload("YX-W03-2026-P00002"), &counter.key).unwrap();
    let stranger = Envelope::sign(&payload(NO), &SigningKey::from_bytes(&[9; 32])).unwrap();
    let body = ChangeBody::Certificate(CertificateChange::Issued(Box::new(issued(&genuine))));
    counter.add(Lane::new(LaneKind::Certificate, NO), body);
    counter.push().await;

    let mut anybody = office.browser();
    let altered = {
        let mut bytes = genuine.as_bytes().to_vec();
        *bytes.last_mut().unwrap() ^= 1;
        Envelope::from_bytes(bytes).unwrap().to_text()
    };
    for (text, expected) in [
        (genuine.to_text(), "final"),
        (not_sent.to_text(), "provisional"),
        (stranger.to_text(), "unknown_key"),
        (altered, "invalid"),
        (NO.to_owned(), "final"),
        ("YX-W03-2026-P09999".to_owned(), "not_found"),
        ("<script>alert(1)</script>".to_owned(), "not_found"),
    ] {
        let page = anybody.post_bare("/c/", &[("text", &text)]).await;
        assert_eq!(status(&page), expected, "{text}");
        assert!(!page.shows("陈晓明") && !page.shows("<script>"), "{text}");
    }
    let page = anybody.post_bare("/c/", &[("text", &genuine.to_text())]).await;
    assert!(page.shows("陈**") && page.shows("广州市越秀区演示餐饮有限公司"));
    let link: String = form_urlencoded::byte_serialize(genuine.to_text().as_bytes()).collect();
    let followed = anybody.get(&format!("/c/{}", link.replace('+', "%20"))).await;
    assert_eq!(status(&followed), "final");

    let mut wu = office.signed_in("wu", Role::CreditOffice, &[]).await;
    let unsure = [("number", NO), ("reason", "冒名考试")];
    assert!(
        wu.post("/revocations", "/revocations", &unsure)
            .await
            .shows("请勾选确认")
    );
    let sure = [("number", NO), ("reason", "冒名考试"), ("sure", "yes")];
    assert!(wu.post("/revocations", "/revocations", &sure).await.shows("已撤销"));
    let page = anybody.post_bare("/c/", &[("text", &genuine.to_text())]).await;
    assert_eq!(status(&page), "revoked");
}

#[tokio::test]
async fn whoever_asks_too_fast_is_told_to_wait() {
    let office = Office::new().await;
    let mut anybody = office.browser();
    let mut slowed = false;
    for _ in 0..50 {
        let page = anybody.post_bare("/c/", &[("text", "YX-1")]).await;
        slowed |= page.status == axum::http::StatusCode::TOO_MANY_REQUESTS;
    }
    assert!(slowed);
    assert!(anybody.get("/c/").await.status.is_success());
}
