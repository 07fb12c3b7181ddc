//! Every word of the pages, one file a language. What the counter's screens say too is taken from their own files, so
//! that both say the same.

use std::{collections::HashMap, sync::LazyLock};

use serde_json::{Map, Value};

/// A language of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// 简体中文, where nobody chose.
    #[default]
    Chinese,
    /// English.
    English,
}

type Words = HashMap<String, String>;

macro_rules! words_of {
    ($language:literal) => {
        LazyLock::new(|| {
            gather(&[
                ("", include_str!(concat!($language, ".json"))),
                ("case.", shared!($language, "case")),
                ("cases.", shared!($language, "cases")),
                ("change.", shared!($language, "change")),
                ("material.", shared!($language, "material")),
                ("refusal.", shared!($language, "refusal")),
                ("verdict.", shared!($language, "verdict")),
                ("verify.", shared!($language, "verify")),
            ])
        })
    };
}

macro_rules! shared {
    ($language:literal, $file:literal) => {
        include_str!(concat!("../../../../../ui/src/i18n/", $language, "/", $file, ".json"))
    };
}

static CHINESE: LazyLock<Words> = words_of!("zh-CN");
static ENGLISH: LazyLock<Words> = words_of!("en");

impl Language {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Chinese, Self::English];

    /// As in HTML's `lang`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// The language with this tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// The words under `key`; the key itself where there are none, which a test does not let happen.
    pub fn say(self, key: &str) -> &str {
        self.find(key).unwrap_or(key)
    }

    /// The words under `key`, where there are any.
    pub fn find(self, key: &str) -> Option<&'static str> {
        let words = match self {
            Self::Chinese => &CHINESE,
            Self::English => &ENGLISH,
        };
        words.get(key).map(String::as_str)
    }

    /// The words under `key` with `{name}` replaced by each value.
    pub fn fill(self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.say(key).to_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }
}

fn gather(files: &[(&str, &str)]) -> Words {
    let mut words = Words::new();
    for (prefix, text) in files {
        let file: Map<String, Value> = serde_json::from_str(text).expect("the words of the pages are read by a test");
        for (key, value) in file {
            match value {
                Value::Object(section) => words.extend(
                    section
                        .into_iter()
                        .filter_map(|(name, word)| Some((format!("{key}.{name}"), word.as_str()?.to_owned()))),
                ),
                Value::String(word) => {
                    words.insert(format!("{prefix}{key}"), word);
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {}
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn both_languages_say_the_same_things() {
        let keys = |words: &Words| words.keys().cloned().collect::<BTreeSet<_>>();
        let (chinese, english) = (keys(&CHINESE), keys(&ENGLISH));
        // The counter's own files may each hold a few the other does not need; the pages' own may not.
        let own = |keys: &BTreeSet<String>, other: &BTreeSet<String>| {
            let shared = [
                "case.",
                "cases.",
                "change.",
                "material.",
                "refusal.",
                "verdict.",
                "verify.",
            ];
            let is_own = |key: &&String| !shared.iter().any(|prefix| key.starts_with(prefix));
            keys.difference(other).filter(is_own).cloned().collect::<Vec<_>>()
        };
        assert_eq!((own(&chinese, &english), own(&english, &chinese)), (vec![], vec![]));
    }

    #[test]
    fn every_word_a_page_asks_for_is_there() {
        let pages = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web");
        let mut missing = Vec::new();
        let mut folders = vec![pages];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let text = std::fs::read_to_string(&path).unwrap();
                    for call in ["say(\"", "fill(\"", "fill(\n            \""] {
                        for part in text.split(call).skip(1) {
                            let key = part.split('"').next().unwrap_or_default();
                            if key.contains('.') && Language::ALL.iter().any(|language| language.find(key).is_none()) {
                                missing.push(format!("{}: {key}", path.display()));
                            }
                        }
                    }
                }
            }
        }
        assert_eq!(missing, Vec::<String>::new());
    }
}
