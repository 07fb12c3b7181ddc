//! The names a change is filed under: its lane, its act and the counter it was made at.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a lane is about. Rules never span lanes; work in different lanes never waits for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum LaneKind {
    /// A counter's own life: its incarnations.
    Counter,
    /// 账号: a person who may sign in.
    Account,
    /// 来访: one applicant's visit to the counter.
    Visit,
    /// 手工录入记录: a decision typed in by hand because the data does not hold it.
    Record,
    /// 办件: one request about one record.
    Case,
    /// 培训班.
    Class,
    /// 考试场次: one trainee's sitting.
    ExamSession,
    /// 培训证明.
    Certificate,
    /// 规则更正: a value of a rule pack corrected and signed by a lead.
    RuleValue,
    /// 异议.
    Objection,
}

impl LaneKind {
    /// The word used in the database, in the protocol and in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Account => "account",
            Self::Visit => "visit",
            Self::Record => "record",
            Self::Case => "case",
            Self::Class => "class",
            Self::ExamSession => "exam_session",
            Self::Certificate => "certificate",
            Self::RuleValue => "rule_value",
            Self::Objection => "objection",
        }
    }

    /// The kind named by `word`, the inverse of [`LaneKind::as_str`].
    pub fn from_word(word: &str) -> Option<Self> {
        [
            Self::Counter,
            Self::Account,
            Self::Visit,
            Self::Record,
            Self::Case,
            Self::Class,
            Self::ExamSession,
            Self::Certificate,
            Self::RuleValue,
            Self::Objection,
        ]
        .into_iter()
        .find(|kind| kind.as_str() == word)
    }
}

impl fmt::Display for LaneKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// The one thing a change is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
pub struct Lane {
    /// What it is.
    pub kind: LaneKind,
    /// Its number, unique within the kind for all counters of all districts.
    pub id: String,
}

impl Lane {
    /// The lane of `kind` numbered `id`.
    pub fn new(kind: LaneKind, id: impl Into<String>) -> Self {
        Self { kind, id: id.into() }
    }
}

impl fmt::Display for Lane {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.kind, self.id)
    }
}

/// The code of a counter inside its district, such as `W03`; `HUB` for acts entered at the hub.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(transparent)]
pub struct CounterCode(pub String);

impl CounterCode {
    /// Under this code the hub files what officers enter there.
    pub const HUB: &'static str = "HUB";
}

impl fmt::Display for CounterCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

macro_rules! random_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        impl $name {
            /// The id written as 32 lower-case hexadecimal digits, or `None`.
            pub fn from_hex(text: &str) -> Option<Self> {
                let mut bytes = [0; 16];
                hex::decode_to_slice(text, &mut bytes).ok()?;
                Some(Self(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&hex::encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, "{}({self})", stringify!($name))
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.collect_str(self)
                } else {
                    serde_bytes::Bytes::new(&self.0).serialize(serializer)
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                use serde::de::Error;
                if deserializer.is_human_readable() {
                    let text = String::deserialize(deserializer)?;
                    Self::from_hex(&text).ok_or_else(|| D::Error::custom("expected 32 hexadecimal digits"))
                } else {
                    let bytes = serde_bytes::ByteArray::<16>::deserialize(deserializer)?;
                    Ok(Self(bytes.into_array()))
                }
            }
        }
    };
}

random_id!(
    /// Names one life of a counter's database: a restored copy opens a new one.
    IncarnationId
);
random_id!(
    /// Ties together the changes that one act of a person wrote over several lanes.
    ActId
);
