//! Reading a record from JSON, naming the key and value that cannot be taken.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::{Map, Value};

use super::{Fen, PersonalNumber, Record, parse_date};

/// Why a JSON document is no record.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RecordError {
    /// It is not one JSON object.
    #[error("a record is one JSON object")]
    NotAnObject,
    /// It holds a key that is not known.
    #[error("unknown key {key}")]
    UnknownKey {
        /// The key.
        key: String,
    },
    /// The value of a key is none it may have.
    #[error("unknown value {value} for {key}")]
    UnknownValue {
        /// The key.
        key: String,
        /// The value as JSON text.
        value: String,
    },
}

impl Record {
    /// Reads a record from JSON.
    ///
    /// # Errors
    /// When it is no object, or a key or value is not known.
    pub fn from_json(json: &Value) -> Result<Self, RecordError> {
        let object = json.as_object().ok_or(RecordError::NotAnObject)?;
        Self::deserialize(json).map_err(|whole| blame(object, &whole))
    }
}

/// Finds the entry that fails when it stands alone.
fn blame(object: &Map<String, Value>, whole: &serde_json::Error) -> RecordError {
    let alone = object.iter().find_map(|(key, value)| {
        let single = Value::Object(Map::from_iter([(key.clone(), value.clone())]));
        let error = Record::deserialize(&single).err()?;
        Some(if error.to_string().starts_with("unknown field") {
            RecordError::UnknownKey { key: key.clone() }
        } else {
            RecordError::UnknownValue {
                key: key.clone(),
                value: value.to_string(),
            }
        })
    });
    // Two spellings of one column (CF_FR_ZJHM and CF_FR_SFZH) are each fine alone and clash together.
    alone.unwrap_or_else(|| RecordError::UnknownKey { key: whole.to_string() })
}

/// A text; blank is absent.
pub(super) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    Ok(text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()))
}

/// A personal number; blank is absent.
pub(super) fn personal_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PersonalNumber>, D::Error> {
    Ok(text(deserializer)?.map(PersonalNumber::new))
}

/// A date in any form seen; blank is absent.
pub(super) fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    text(deserializer)?
        .map(|text| parse_date(&text).ok_or_else(|| D::Error::custom("not a date")))
        .transpose()
}

/// An amount in 万元, a number or a text; a blank text is absent.
pub(super) fn wan<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Fen>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Text(String),
        Amount(Fen),
    }
    match Option::<Written>::deserialize(deserializer)? {
        None => Ok(None),
        Some(Written::Text(text)) if text.trim().is_empty() => Ok(None),
        Some(Written::Text(text)) => Fen::from_wan(&text).map(Some).map_err(D::Error::custom),
        Some(Written::Amount(amount)) => Ok(Some(amount)),
    }
}
