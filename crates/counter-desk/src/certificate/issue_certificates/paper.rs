//! The certificate on paper.

use counter_core::class::{Class, TraineeEnrolment};
use counter_documents::{
    document::Document,
    paper::{Issue, Party, training_certificate},
};
use hub_api::certificate_envelope::CertificatePayload;

pub(super) fn paper(
    class: &Class,
    trainee: &TraineeEnrolment,
    payload: &CertificatePayload,
    qr_text: &str,
    clerk: &str,
    watermark: Option<String>,
) -> Document {
    let opened = &class.opened;
    let mut bodies = vec![format!("主办：{}", opened.host)];
    if !opened.co_hosts.is_empty() {
        bodies.push(format!("协办：{}", opened.co_hosts.join("、")));
    }
    bodies.push(format!("授课：{}", opened.teaching_body));
    let mut person = format!("{}（{}", trainee.name, trainee.position.title());
    if let Some(number) = &trainee.id_number_masked {
        person = format!("{person}，证件号 {number}");
    }
    training_certificate::training_certificate(&training_certificate::Certificate {
        issue: Issue {
            office: opened.issuing_body.clone(),
            issued_on: payload.issued_on,
            clerk: clerk.to_owned(),
            pack: None,
            data_as_of: None,
            watermark,
        },
        number: payload.number.clone(),
        subject: Party {
            name: payload.name.clone(),
            uscc: payload.uscc.clone(),
        },
        trainee: format!("{person}）"),
        class: opened.title.clone(),
        class_no: Some(class.no.clone()),
        exam_on: payload.exam_on,
        hours: u32::from(payload.hours),
        score: payload.score,
        issuer: opened.issuing_body.clone(),
        bodies,
        qr_text: qr_text.to_owned(),
    })
}
