//! Amounts of money: fen, exact. The standard writes 万元 with up to six decimals, which is whole fen.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

const FEN_PER_WAN: i64 = 1_000_000;
const DECIMALS: usize = 6;

/// An amount in fen, never negative.
///
/// In JSON it is the standard's 万元 as decimal text (`"0.5"` = 5 000 yuan); a JSON number is read too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fen(i64);

/// Why a text is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// It holds something other than digits and one point.
    #[error("not a number")]
    NotANumber,
    /// It is below zero.
    #[error("negative")]
    Negative,
    /// It has more decimals than the unit has fen.
    #[error("more decimals than fen")]
    TooPrecise,
    /// It does not fit.
    #[error("too large")]
    TooLarge,
}

impl Fen {
    /// An amount of whole fen; below zero counts as nothing.
    pub fn new(fen: i64) -> Self {
        Self(fen.max(0))
    }

    /// How many fen.
    pub fn get(self) -> i64 {
        self.0
    }

    /// Reads an amount in 万元, at most six decimals.
    ///
    /// # Errors
    /// When it is no number, negative, finer than a fen or too large.
    pub fn from_wan(text: &str) -> Result<Self, AmountError> {
        decimal(text, DECIMALS)
    }

    /// Reads an amount in 元, at most two decimals.
    ///
    /// # Errors
    /// As [`Fen::from_wan`].
    pub fn from_yuan(text: &str) -> Result<Self, AmountError> {
        decimal(text, 2)
    }

    /// The amount in 万元 as the standard writes it, without needless zeros.
    pub fn to_wan(self) -> String {
        let (whole, rest) = (self.0 / FEN_PER_WAN, self.0 % FEN_PER_WAN);
        format!("{whole}.{rest:06}")
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned()
    }
}

/// Reads a decimal whose last of `scale` decimals is one fen.
fn decimal(text: &str, scale: usize) -> Result<Fen, AmountError> {
    let text = text.trim();
    if text.starts_with('-') {
        return Err(AmountError::Negative);
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole.is_empty() || !whole.chars().chain(fraction.chars()).all(|c| c.is_ascii_digit()) {
        return Err(AmountError::NotANumber);
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > scale {
        return Err(AmountError::TooPrecise);
    }
    format!("{whole}{fraction:0<scale$}")
        .parse()
        .map(Fen)
        .map_err(|_| AmountError::TooLarge)
}

impl fmt::Display for Fen {
    /// As people say it: `5000元`, `10万元`, `12.50元`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (yuan, fen) = (self.0 / 100, self.0 % 100);
        match (yuan, fen) {
            (yuan, 0) if yuan >= 10_000 && yuan % 10_000 == 0 => write!(f, "{}万元", yuan / 10_000),
            (yuan, 0) => write!(f, "{yuan}元"),
            (yuan, fen) => write!(f, "{yuan}.{fen:02}元"),
        }
    }
}

impl Serialize for Fen {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_wan())
    }
}

impl<'de> Deserialize<'de> for Fen {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WanVisitor)
    }
}

struct WanVisitor;

impl de::Visitor<'_> for WanVisitor {
    type Value = Fen;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an amount in 万元")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Fen, E> {
        Fen::from_wan(text).map_err(E::custom)
    }

    fn visit_u64<E: de::Error>(self, wan: u64) -> Result<Fen, E> {
        self.visit_str(&wan.to_string())
    }

    fn visit_i64<E: de::Error>(self, wan: i64) -> Result<Fen, E> {
        self.visit_str(&wan.to_string())
    }

    /// JSON readers hand decimals over as doubles. The shortest text that reads back as the same double is the decimal
    /// that was written, for up to 15 digits; no arithmetic is done on the double.
    fn visit_f64<E: de::Error>(self, wan: f64) -> Result<Fen, E> {
        self.visit_str(&wan.to_string())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("0.5", 500_000, "5000元")]
    #[case("0.0102", 10_200, "102元")]
    #[case("10.000000", 10_000_000, "10万元")]
    #[case("0.000001", 1, "0.01元")]
    #[case("3", 3_000_000, "3万元")]
    fn wan_becomes_fen_exactly(#[case] wan: &str, #[case] fen: i64, #[case] said: &str) {
        let amount = Fen::from_wan(wan).unwrap();
        assert_eq!((amount.get(), amount.to_string()), (fen, said.to_owned()));
    }

    #[rstest]
    #[case("0.0000001", AmountError::TooPrecise)]
    #[case("-1", AmountError::Negative)]
    #[case("1e3", AmountError::NotANumber)]
    #[case("", AmountError::NotANumber)]
    #[case("99999999999999999999", AmountError::TooLarge)]
    fn what_is_no_amount_says_why(#[case] wan: &str, #[case] error: AmountError) {
        assert_eq!(Fen::from_wan(wan), Err(error));
    }

    proptest! {
        #[test]
        fn an_amount_survives_text_and_json_number(fen in 0..999_999_999_999_999_i64) {
            let amount = Fen::new(fen);
            prop_assert_eq!(Fen::from_wan(&amount.to_wan()), Ok(amount));
            let number: Fen = serde_json::from_str(&amount.to_wan()).unwrap();
            prop_assert_eq!(number, amount);
        }
    }
}
