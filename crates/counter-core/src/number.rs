//! The numbers on papers and screens: `YX-W03-2026-000123`, later lives of a counter carry their tag.

use serde::{Deserialize, Serialize};

use crate::change::CounterCode;

/// What a number is given to. Each family counts by itself, by year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberFamily {
    /// 办件.
    Case,
    /// 来访.
    Visit,
    /// 咨询单、转介单.
    Slip,
    /// 手工录入记录.
    Record,
    /// 异议.
    Objection,
    /// 培训班.
    Class,
    /// 考试场次.
    ExamSession,
    /// 培训证明.
    Certificate,
}

impl NumberFamily {
    /// The letter before the serial; none for cases, which are read aloud most.
    pub fn letter(self) -> &'static str {
        match self {
            Self::Case => "",
            Self::Visit => "V",
            Self::Slip => "S",
            Self::Record => "R",
            Self::Objection => "Y",
            Self::Class => "K",
            Self::ExamSession => "E",
            Self::Certificate => "C",
        }
    }
}

/// Where a number is given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberSource {
    /// Such as `YX`.
    pub prefix: String,
    /// Such as `W03`.
    pub counter: CounterCode,
    /// Empty in the first life of a counter's database, random afterwards, so that no number is ever given twice.
    pub incarnation_tag: String,
}

impl NumberSource {
    /// The `serial`-th number of `family` in `year`.
    pub fn number(&self, family: NumberFamily, year: i16, serial: u32) -> String {
        let Self {
            prefix,
            counter,
            incarnation_tag,
        } = self;
        format!(
            "{prefix}-{counter}{incarnation_tag}-{year}-{}{serial:06}",
            family.letter()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_a_later_life_differs_from_every_number_of_the_first() {
        let first = NumberSource {
            prefix: "YX".into(),
            counter: CounterCode("W03".into()),
            incarnation_tag: String::new(),
        };
        let later = NumberSource {
            incarnation_tag: "B7K".into(),
            ..first.clone()
        };
        assert_eq!(first.number(NumberFamily::Case, 2026, 123), "YX-W03-2026-000123");
        assert_eq!(later.number(NumberFamily::Case, 2026, 124), "YX-W03B7K-2026-000124");
        assert_eq!(first.number(NumberFamily::Certificate, 2026, 1), "YX-W03-2026-C000001");
    }
}
