//! `verify`: is a certificate to be believed? By the data folder, or by a trust list alone.

use std::path::Path;

use counter_desk::{
    certificate::verify_certificate::{VerificationView, verify_against, verify_pdf, verify_text},
    date_of,
};
use counter_documents::qr_text_of_pdf;
use hub_api::trust::TrustBundle;

use super::shape::snake;
use crate::{arguments::Common, failure::Failure, file, say::Answer};

/// What was handed in.
enum Shown {
    Pdf(Vec<u8>),
    Text(String),
}

pub fn verify(common: &Common, certificate: &str, trust: Option<&Path>) -> Result<Answer, Failure> {
    let shown = shown(certificate)?;
    let view = match trust {
        Some(list) => {
            let list = TrustBundle::open_as_given(&file::read(list)?)
                .map_err(|error| Failure::coded("trust_not_believed", &error.to_string()))?;
            let text = match shown {
                Shown::Pdf(pdf) => qr_text_of_pdf(&pdf).unwrap_or_default(),
                Shown::Text(text) => text,
            };
            verify_against(&text, &list, date_of(common.clock().now()))
        }
        None => {
            let desk = common.reading()?;
            match shown {
                Shown::Pdf(pdf) => verify_pdf(&desk, &pdf)?,
                Shown::Text(text) => verify_text(&desk, &text)?,
            }
        }
    };
    let believed = matches!(view.status, "final" | "provisional");
    let text = in_words(&view);
    Ok(Answer {
        status: if believed { 0 } else { 3 },
        ..Answer::new(snake(&view)?, text)
    })
}

fn shown(certificate: &str) -> Result<Shown, Failure> {
    let path = Path::new(certificate);
    if !path.is_file() {
        return Ok(Shown::Text(certificate.trim().to_owned()));
    }
    let bytes = file::read(path)?;
    Ok(if bytes.starts_with(b"%PDF") {
        Shown::Pdf(bytes)
    } else {
        Shown::Text(String::from_utf8_lossy(&bytes).trim().to_owned())
    })
}

fn in_words(view: &VerificationView) -> String {
    let word = match view.status {
        "final" => "有效（区信用平台已签认）",
        "provisional" => "暂有效（等待区信用平台签认）",
        "revoked" => "已撤销",
        "unknown_key" => "不能确认（签发窗口未知）",
        _ => "无效",
    };
    let mut lines = vec![word.to_owned()];
    if let Some(certificate) = &view.certificate {
        lines.push(format!(
            "{}\t{}\t{}",
            certificate.number, certificate.name, certificate.trainee
        ));
    }
    if view.list_stale {
        lines.push("信任名单较旧，请更新后再核验。".to_owned());
    }
    lines.join("\n")
}
