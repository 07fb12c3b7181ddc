//! Finding the attachments a change cites, in one walk over its bytes and without building it.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::blob::{BlobHash, BlobRef};

/// The attachments cited in a value, each once, in the order of the bytes. What is not written as a change is
/// written (tags, numbers of 128 bits, keys that are no text) ends the walk with an error.
pub(crate) struct Citations(pub Vec<BlobRef>);

impl<'de> Deserialize<'de> for Citations {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut found = Vec::new();
        deserializer.deserialize_any(Gather(&mut found))?;
        Ok(Self(found))
    }
}

/// Gathers the citations in a value, and says what the value itself is where a citation could name it.
struct Gather<'f>(&'f mut Vec<BlobRef>);

/// What of a value a citation is made of.
enum Part {
    Hash(BlobHash),
    Text,
    Number(u64),
    Other,
}

/// The four keys of a citation, or another one.
enum Key {
    Sha256,
    Name,
    MediaType,
    Length,
    Other,
}

impl<'de> DeserializeSeed<'de> for Gather<'_> {
    type Value = Part;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Part, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Gather<'_> {
    type Value = Part;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Part, E> {
        Ok(Part::Other)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Part, E> {
        Ok(u64::try_from(number).map_or(Part::Other, Part::Number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Part, E> {
        Ok(Part::Number(number))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Part, E> {
        Ok(Part::Other)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Part, E> {
        Ok(BlobHash::from_hex(text).map_or(Part::Text, Part::Hash))
    }

    fn visit_bytes<E: Error>(self, _: &[u8]) -> Result<Part, E> {
        Ok(Part::Other)
    }

    fn visit_none<E: Error>(self) -> Result<Part, E> {
        Ok(Part::Other)
    }

    fn visit_unit<E: Error>(self) -> Result<Part, E> {
        Ok(Part::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Part, A::Error> {
        while values.next_element_seed(Gather(self.0))?.is_some() {}
        Ok(Part::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Part, A::Error> {
        let before = self.0.len();
        let (mut sha256, mut length, mut name, mut media_type) = (None, None, false, false);
        while let Some(key) = entries.next_key::<Key>()? {
            match (key, entries.next_value_seed(Gather(self.0))?) {
                (Key::Sha256, Part::Hash(hash)) => sha256 = Some(hash),
                (Key::Length, Part::Number(number)) => length = Some(number),
                (Key::Name, Part::Text | Part::Hash(_)) => name = true,
                (Key::MediaType, Part::Text | Part::Hash(_)) => media_type = true,
                _ => {}
            }
        }
        if let (Some(sha256), Some(length), true, true) = (sha256, length, name, media_type) {
            // Nothing inside of a citation is one.
            self.0.truncate(before);
            let blob = BlobRef { sha256, length };
            if !self.0.contains(&blob) {
                self.0.push(blob);
            }
        }
        Ok(Part::Other)
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Word;
        impl Visitor<'_> for Word {
            type Value = Key;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a key that is a text")
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<Key, E> {
                Ok(match word {
                    "sha256" => Key::Sha256,
                    "name" => Key::Name,
                    "mediaType" => Key::MediaType,
                    "length" => Key::Length,
                    _ => Key::Other,
                })
            }
        }
        deserializer.deserialize_identifier(Word)
    }
}
