//! The way through 24 printed characters: BIP-39 words of the simplified Chinese list, one character each.

use std::fmt;

use bip39::{Language, Mnemonic};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{DatabaseKey, wrap::Wrap};
use crate::EntropySource;

const PURPOSE: &[u8] = b"credit-repair-counter recovery wrap 1";

/// The recovery words. Shown once, printed on the recovery sheet, never stored.
#[derive(Clone)]
pub struct RecoveryWords(Zeroizing<[u8; 32]>);

/// What was typed are not recovery words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryWordsError {
    /// Not 24.
    #[error("there are {0} words, not 24")]
    Count(usize),
    /// Not one of the 2,048 characters of the list.
    #[error("word {position} ({word}) is not on the list")]
    UnknownWord {
        /// Its place, from 1.
        position: usize,
        /// What was typed.
        word: String,
    },
    /// Each is on the list, but together they are not what was printed: one is wrong or two are swapped.
    #[error("the words do not belong together")]
    Checksum,
}

impl RecoveryWords {
    pub(crate) fn generate(entropy: &EntropySource) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        entropy.fill(bytes.as_mut());
        Self(bytes)
    }

    /// Reads what a person typed; spaces, line breaks and punctuation between the characters do not matter.
    ///
    /// # Errors
    /// Names what is wrong, so that the person can look at the sheet again.
    pub fn parse(text: &str) -> Result<Self, RecoveryWordsError> {
        let words: Vec<String> = text
            .chars()
            .filter(|character| character.is_alphabetic())
            .map(String::from)
            .collect();
        if words.len() != 24 {
            return Err(RecoveryWordsError::Count(words.len()));
        }
        if let Some(position) = words
            .iter()
            .position(|word| Language::SimplifiedChinese.find_word(word).is_none())
        {
            return Err(RecoveryWordsError::UnknownWord {
                position: position + 1,
                word: words[position].clone(),
            });
        }
        let joined = Zeroizing::new(words.join(" "));
        let mnemonic = Mnemonic::parse_in_normalized(Language::SimplifiedChinese, &joined)
            .map_err(|_| RecoveryWordsError::Checksum)?;
        let (bytes, _) = mnemonic.to_entropy_array();
        let bytes = Zeroizing::new(bytes);
        let mut kept = Zeroizing::new([0; 32]);
        kept.copy_from_slice(&bytes[..32]);
        Ok(Self(kept))
    }

    /// The 24 characters in their order.
    pub fn words(&self) -> Vec<&'static str> {
        Mnemonic::from_entropy_in(Language::SimplifiedChinese, self.0.as_ref())
            .expect("32 bytes are a length that BIP-39 allows")
            .words()
            .collect()
    }

    pub(crate) fn seal(&self, key: &DatabaseKey, entropy: &EntropySource) -> Wrap {
        Wrap::seal(&self.wrapping_key(), key.as_bytes(), PURPOSE, entropy)
    }

    pub(crate) fn open(&self, wrap: &Wrap) -> Option<Zeroizing<Vec<u8>>> {
        wrap.open(&self.wrapping_key(), PURPOSE)
    }

    // The words carry 256 random bits; nothing has to be stretched.
    fn wrapping_key(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(
            Sha256::new()
                .chain_update(PURPOSE)
                .chain_update(self.0.as_ref())
                .finalize()
                .into(),
        )
    }
}

impl fmt::Debug for RecoveryWords {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RecoveryWords(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_typed_off_the_sheet_give_the_same_key(entropy in any::<[u8; 32]>(), separator in "[ \n\u{3000}、,1-9]{0,2}") {
            let words = RecoveryWords(Zeroizing::new(entropy));
            let typed = words.words().join(&separator);
            prop_assert_eq!(&*RecoveryWords::parse(&typed).unwrap().0, &entropy);
        }

        #[test]
        fn a_wrong_character_never_passes_for_the_right_words(entropy in any::<[u8; 32]>(), place in 0..24_usize, other in 0..2048_usize) {
            let words = RecoveryWords(Zeroizing::new(entropy));
            let mut typed = words.words();
            let replacement = Language::SimplifiedChinese.word_list()[other];
            prop_assume!(typed[place] != replacement);
            typed[place] = replacement;
            if let Ok(parsed) = RecoveryWords::parse(&typed.concat()) {
                prop_assert_ne!(&*parsed.0, &entropy);
            }
        }
    }

    #[test]
    fn a_typing_mistake_is_named() {
        let words = RecoveryWords(Zeroizing::new([7; 32]));
        let mut typed = words.words();
        typed[3] = "龘";
        assert_eq!(
            RecoveryWords::parse(&typed.concat()).unwrap_err(),
            RecoveryWordsError::UnknownWord {
                position: 4,
                word: "龘".to_owned()
            }
        );
        assert_eq!(
            RecoveryWords::parse("的一是").unwrap_err(),
            RecoveryWordsError::Count(3)
        );
        assert!(!format!("{words:?}").contains(words.words()[0]));
    }
}
