//! What an envelope says, as a positional array: its first element tells the kind and version.
//!
//! `[1, number, name, USCC, trainee, class number, exam day, hours, score, issue day]` is a certificate,
//! `[3, number, name, USCC, day, [[case, [gap, …], record, day received, pack, [received, …]], …]]` a slip, with papers by
//! their codes in the pack; `[2, …]`, read only, is one whose cases end after the gaps. Days count from 1970-01-01. No
//! titles, issuers, addresses or identity numbers.

use ciborium::Value;
use counter_core::certificate::CertificateIssued;
use jiff::{Span, Unit, civil::Date};
use serde::Serialize;

/// The longest number, name or code in a payload, in bytes.
const LONGEST_TEXT: usize = 600;
/// The most cases on a slip, and the most gaps of a case.
const MOST_ITEMS: usize = 64;

const CERTIFICATE: u64 = 1;
/// Slips of earlier programs: numbers and gaps only.
const SHORT_SLIP: u64 = 2;
const SLIP: u64 = 3;
const EPOCH: Date = Date::constant(1970, 1, 1);

/// What an envelope says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EnvelopePayload {
    /// A training certificate.
    Certificate(CertificatePayload),
    /// A slip handed out at the counter.
    Slip(SlipPayload),
}

/// What the QR of a training certificate says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CertificatePayload {
    /// 证明编号.
    pub number: String,
    /// 企业名称, never cut.
    pub name: String,
    /// 统一社会信用代码.
    pub uscc: Option<String>,
    /// 参训人.
    pub trainee: String,
    /// 班号.
    pub class: String,
    /// The day of the exam.
    pub exam_on: Date,
    /// 学时.
    pub hours: u16,
    /// The points reached.
    pub score: u32,
    /// The day of issue.
    pub issued_on: Date,
}

/// What the QR of a receipt or notice says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SlipPayload {
    /// The number of the visit or slip.
    pub number: String,
    /// 企业名称, never cut.
    pub name: String,
    /// 统一社会信用代码.
    pub uscc: Option<String>,
    /// The day of issue.
    pub issued_on: Date,
    /// The cases it is about.
    pub cases: Vec<SlipCase>,
}

/// A case on a slip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SlipCase {
    /// Its number.
    pub case: String,
    /// The codes of the materials that are missing.
    pub gaps: Vec<String>,
    /// What any window needs to go on with it; slips of earlier programs lack it.
    pub taken: Option<SlipCaseTaken>,
}

/// What was taken in, so that a window that does not know the case can go on with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SlipCaseTaken {
    /// 文号 of the record.
    pub document_no: Option<String>,
    /// The day it was received.
    pub received_on: Date,
    /// The pack it was received under.
    pub pack: Option<String>,
    /// The codes of the materials that were taken in.
    pub received: Vec<String>,
}

/// Why a payload cannot be written or read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PayloadError {
    /// Not CBOR, or something follows it.
    #[error("the content is damaged")]
    Malformed,
    /// Made by a newer program.
    #[error("the content is of kind {0}, which this program does not read")]
    UnknownKind(u64),
    /// A field is missing, of another type, empty or too long.
    #[error("the field {0} of the content is not as it must be")]
    Field(&'static str),
}

impl EnvelopePayload {
    /// The certificate, if it is one.
    pub fn certificate(&self) -> Option<&CertificatePayload> {
        match self {
            Self::Certificate(certificate) => Some(certificate),
            Self::Slip(_) => None,
        }
    }

    /// The written form.
    ///
    /// # Errors
    /// [`PayloadError::Field`] when a field could not be read back.
    pub fn to_bytes(&self) -> Result<Vec<u8>, PayloadError> {
        let fields = match self {
            Self::Certificate(certificate) => certificate.to_fields()?,
            Self::Slip(slip) => slip.to_fields()?,
        };
        let mut bytes = Vec::with_capacity(200);
        ciborium::into_writer(&Value::Array(fields), &mut bytes).map_err(|_| PayloadError::Malformed)?;
        Ok(bytes)
    }

    /// Reads the written form.
    ///
    /// # Errors
    /// [`PayloadError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PayloadError> {
        let mut rest = bytes;
        let value: Value = ciborium::from_reader(&mut rest).map_err(|_| PayloadError::Malformed)?;
        let Value::Array(fields) = value else {
            return Err(PayloadError::Malformed);
        };
        let mut fields = Fields(fields.into_iter());
        let payload = match fields.number::<u64>("kind")? {
            CERTIFICATE => Self::Certificate(CertificatePayload::from_fields(&mut fields)?),
            SHORT_SLIP => Self::Slip(SlipPayload::from_fields(&mut fields, SlipCase::from_short)?),
            SLIP => Self::Slip(SlipPayload::from_fields(&mut fields, SlipCase::from_long)?),
            other => return Err(PayloadError::UnknownKind(other)),
        };
        let one_form = rest.is_empty() && fields.0.next().is_none() && payload.to_bytes()? == bytes;
        if one_form {
            Ok(payload)
        } else {
            Err(PayloadError::Malformed)
        }
    }
}

impl CertificatePayload {
    /// What the envelope of a certificate must say: the counter signs this, the hub checks it before it countersigns.
    pub fn of(number: &str, issued: &CertificateIssued) -> Self {
        Self {
            number: number.to_owned(),
            name: issued.subject.name.clone(),
            uscc: issued.subject.uscc.clone(),
            trainee: issued.trainee_name.clone(),
            class: issued.class.clone(),
            exam_on: issued.exam_on,
            hours: issued.hours,
            score: issued.score,
            issued_on: issued.issued_on,
        }
    }

    fn to_fields(&self) -> Result<Vec<Value>, PayloadError> {
        Ok(vec![
            CERTIFICATE.into(),
            text("number", &self.number)?,
            text("name", &self.name)?,
            optional_text("uscc", self.uscc.as_deref())?,
            text("trainee", &self.trainee)?,
            text("class", &self.class)?,
            day("exam_on", self.exam_on)?,
            self.hours.into(),
            self.score.into(),
            day("issued_on", self.issued_on)?,
        ])
    }

    fn from_fields(fields: &mut Fields) -> Result<Self, PayloadError> {
        Ok(Self {
            number: fields.text("number")?,
            name: fields.text("name")?,
            uscc: fields.optional_text("uscc")?,
            trainee: fields.text("trainee")?,
            class: fields.text("class")?,
            exam_on: fields.day("exam_on")?,
            hours: fields.number("hours")?,
            score: fields.number("score")?,
            issued_on: fields.day("issued_on")?,
        })
    }
}

impl SlipPayload {
    fn to_fields(&self) -> Result<Vec<Value>, PayloadError> {
        if self.cases.len() > MOST_ITEMS {
            return Err(PayloadError::Field("cases"));
        }
        let short = !self.cases.is_empty() && self.cases.iter().all(|case| case.taken.is_none());
        let cases = self
            .cases
            .iter()
            .map(|case| case.to_value(short))
            .collect::<Result<_, _>>()?;
        Ok(vec![
            if short { SHORT_SLIP } else { SLIP }.into(),
            text("number", &self.number)?,
            text("name", &self.name)?,
            optional_text("uscc", self.uscc.as_deref())?,
            day("issued_on", self.issued_on)?,
            Value::Array(cases),
        ])
    }

    fn from_fields(
        fields: &mut Fields,
        case: impl Fn(&mut Fields) -> Result<SlipCase, PayloadError>,
    ) -> Result<Self, PayloadError> {
        Ok(Self {
            number: fields.text("number")?,
            name: fields.text("name")?,
            uscc: fields.optional_text("uscc")?,
            issued_on: fields.day("issued_on")?,
            cases: fields
                .array("cases")?
                .into_iter()
                .map(|value| whole(value, &case))
                .collect::<Result<_, _>>()?,
        })
    }
}

impl SlipCase {
    fn to_value(&self, short: bool) -> Result<Value, PayloadError> {
        let mut fields = vec![text("case", &self.case)?, codes("gaps", &self.gaps)?];
        if !short {
            let taken = self.taken.as_ref().ok_or(PayloadError::Field("cases"))?;
            fields.extend([
                optional_text("document_no", taken.document_no.as_deref())?,
                day("received_on", taken.received_on)?,
                optional_text("pack", taken.pack.as_deref())?,
                codes("received", &taken.received)?,
            ]);
        }
        Ok(Value::Array(fields))
    }

    fn from_short(fields: &mut Fields) -> Result<Self, PayloadError> {
        Ok(Self {
            case: fields.text("case")?,
            gaps: fields.texts("gaps")?,
            taken: None,
        })
    }

    fn from_long(fields: &mut Fields) -> Result<Self, PayloadError> {
        let short = Self::from_short(fields)?;
        Ok(Self {
            taken: Some(SlipCaseTaken {
                document_no: fields.optional_text("document_no")?,
                received_on: fields.day("received_on")?,
                pack: fields.optional_text("pack")?,
                received: fields.texts("received")?,
            }),
            ..short
        })
    }
}

/// Reads an array with nothing behind what is read.
fn whole<T>(value: Value, read: impl Fn(&mut Fields) -> Result<T, PayloadError>) -> Result<T, PayloadError> {
    let items = value.into_array().map_err(|_| PayloadError::Field("cases"))?;
    let mut fields = Fields(items.into_iter());
    let read = read(&mut fields)?;
    match fields.0.next() {
        None => Ok(read),
        Some(_) => Err(PayloadError::Field("cases")),
    }
}

fn codes(name: &'static str, codes: &[String]) -> Result<Value, PayloadError> {
    if codes.len() > MOST_ITEMS {
        return Err(PayloadError::Field(name));
    }
    let codes = codes.iter().map(|code| text(name, code)).collect::<Result<_, _>>()?;
    Ok(Value::Array(codes))
}

/// The elements of an array, read one after the other.
struct Fields(std::vec::IntoIter<Value>);

impl Fields {
    fn next(&mut self, name: &'static str) -> Result<Value, PayloadError> {
        self.0.next().ok_or(PayloadError::Field(name))
    }

    fn text(&mut self, name: &'static str) -> Result<String, PayloadError> {
        self.optional_text(name)?.ok_or(PayloadError::Field(name))
    }

    fn optional_text(&mut self, name: &'static str) -> Result<Option<String>, PayloadError> {
        let value = self.next(name)?;
        if value.is_null() {
            return Ok(None);
        }
        value.into_text().map(Some).map_err(|_| PayloadError::Field(name))
    }

    fn number<N: TryFrom<i128>>(&mut self, name: &'static str) -> Result<N, PayloadError> {
        let number = self.next(name)?.into_integer().map_err(|_| PayloadError::Field(name))?;
        N::try_from(i128::from(number)).map_err(|_| PayloadError::Field(name))
    }

    fn day(&mut self, name: &'static str) -> Result<Date, PayloadError> {
        let days = self.number::<i32>(name)?;
        let span = Span::new().try_days(days).map_err(|_| PayloadError::Field(name))?;
        EPOCH.checked_add(span).map_err(|_| PayloadError::Field(name))
    }

    fn texts(&mut self, name: &'static str) -> Result<Vec<String>, PayloadError> {
        let mut items = Fields(self.array(name)?.into_iter());
        let mut texts = Vec::new();
        while items.0.len() > 0 {
            texts.push(items.text(name)?);
        }
        Ok(texts)
    }

    fn array(&mut self, name: &'static str) -> Result<Vec<Value>, PayloadError> {
        match self.next(name)?.into_array() {
            Ok(items) if items.len() <= MOST_ITEMS => Ok(items),
            Ok(_) | Err(_) => Err(PayloadError::Field(name)),
        }
    }
}

fn text(name: &'static str, text: &str) -> Result<Value, PayloadError> {
    if text.trim().is_empty() || text.len() > LONGEST_TEXT {
        return Err(PayloadError::Field(name));
    }
    Ok(Value::Text(text.to_owned()))
}

fn optional_text(name: &'static str, value: Option<&str>) -> Result<Value, PayloadError> {
    value.map_or(Ok(Value::Null), |value| text(name, value))
}

fn day(name: &'static str, on: Date) -> Result<Value, PayloadError> {
    let days = on
        .since((Unit::Day, EPOCH))
        .map_err(|_| PayloadError::Field(name))?
        .get_days();
    Ok(days.into())
}
