//! What a scanner gun types: slips, certificates, licences and codes, told apart and checked at once.

mod slip;

use counter_core::identifier::{IdentifierError, ResidentId, Uscc};
use counter_store::StoreError;
use hub_api::certificate_envelope::{Envelope, EnvelopePayload, TEXT_PREFIX};
use serde::Serialize;

pub use slip::{ScannedCase, ScannedSlip};

use crate::{Desk, case, search::search, visit::visit_view};

/// What was scanned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(tag = "is", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Scanned {
    /// A slip of a window, with the cases it names.
    Slip {
        /// What it says.
        slip: ScannedSlip,
    },
    /// The code of a training certificate.
    Certificate,
    /// A code of the counters that is damaged or was made by somebody else.
    BadCode,
    /// 统一社会信用代码, alone or on a licence.
    Subject {
        /// The code.
        uscc: String,
        /// The subject's number at this counter, where it is known.
        id: Option<String>,
        /// Its name, where it is known.
        name: Option<String>,
    },
    /// Eighteen characters as of such a code, of which one is wrong.
    BadUscc {
        /// As scanned.
        text: String,
    },
    /// The number of a case.
    Case {
        /// The number.
        no: String,
    },
    /// The number of a visit.
    Visit {
        /// The number.
        no: String,
    },
    /// The number of a person's identity card. It belongs into a field for it and is kept nowhere else.
    Person,
    /// Nothing that is known here.
    Other,
}

/// Tells what `text` is. Nothing is kept.
///
/// # Errors
/// When the store cannot be read.
pub fn read_scan(desk: &Desk, text: &str) -> Result<Scanned, StoreError> {
    let text = text.trim();
    if text.starts_with(TEXT_PREFIX) {
        return of_code(desk, text);
    }
    let found = desk.store().read(|tx| {
        if case::load(tx, text)?.is_some() {
            return Ok::<_, StoreError>(Some(Scanned::Case { no: text.to_owned() }));
        }
        Ok(visit_view::load(tx, text)?.map(|visit| Scanned::Visit { no: visit.no }))
    })?;
    if let Some(found) = found {
        return Ok(found);
    }
    // Both kinds of numbers have eighteen characters, and a person's can hold as a subject's by chance.
    if ResidentId::parse(text).is_ok() {
        return Ok(Scanned::Person);
    }
    let Some(uscc) = uscc_within(text) else {
        return Ok(if looks_like_a_uscc(text) {
            Scanned::BadUscc { text: text.to_owned() }
        } else {
            Scanned::Other
        });
    };
    let found = search(desk, uscc.as_str(), 1)?.hits.into_iter().next();
    let known = found.filter(|hit| hit.uscc.as_deref() == Some(uscc.as_str()));
    Ok(Scanned::Subject {
        uscc: uscc.to_string(),
        id: known.as_ref().map(|hit| hit.id.clone()),
        name: known.map(|hit| hit.name),
    })
}

fn of_code(desk: &Desk, text: &str) -> Result<Scanned, StoreError> {
    match Envelope::from_text(text) {
        Ok(envelope) => match envelope.payload() {
            EnvelopePayload::Certificate(_) => Ok(Scanned::Certificate),
            EnvelopePayload::Slip(payload) => {
                let slip = slip::of(desk, &envelope, payload)?;
                Ok(slip.map_or(Scanned::BadCode, |slip| Scanned::Slip { slip }))
            }
        },
        Err(_) => Ok(Scanned::BadCode),
    }
}

/// The first code within the text of a licence, such as an address with `uniscid=…` or lines of names and values.
fn uscc_within(text: &str) -> Option<Uscc> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| part.len() == 18)
        .find_map(|part| Uscc::parse(part).ok())
        .or_else(|| Uscc::parse(text).ok())
}

/// Whether it is as long as a code and of its characters, and yet none: only the check character speaks against it.
fn looks_like_a_uscc(text: &str) -> bool {
    matches!(Uscc::parse(text), Err(IdentifierError::Check { .. }))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("91440104MAJ1XG612G", Some("91440104MAJ1XG612G"))]
    #[case("91440104 maj1xg612g", Some("91440104MAJ1XG612G"))]
    #[case(
        "https://www.gsxt.gov.cn/index/invalidLink?uniscid=91440104MAJ1XG612G&t=1",
        Some("91440104MAJ1XG612G")
    )]
    #[case(
        "名称：广州样例有限公司；统一社会信用代码：91440104MAJ1XG612G；登记机关：越秀区局",
        Some("91440104MAJ1XG612G")
    )]
    #[case("https://example.cn/?id=91440104MAJ1XG612H", None)]
    #[case("", None)]
    fn a_code_is_found_alone_and_within_the_text_of_a_licence(#[case] text: &str, #[case] code: Option<&str>) {
        assert_eq!(uscc_within(text).map(|uscc| uscc.to_string()).as_deref(), code);
    }

    #[test]
    fn a_code_with_one_wrong_character_is_told_from_other_words() {
        assert!(looks_like_a_uscc("91440104MAJ1XG612H"));
        assert!(!looks_like_a_uscc("广州市穗安诚"));
        assert!(!looks_like_a_uscc("91440104"));
    }
}
