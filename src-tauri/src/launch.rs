//! What the window is started with.

use std::path::PathBuf;

/// The arguments of the window.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Launch {
    /// The data folder, where one is named.
    pub data_dir: Option<PathBuf>,
}

impl Launch {
    /// Reads the arguments; what it does not know it leaves to the toolkit.
    pub fn read(mut arguments: impl Iterator<Item = String>) -> Self {
        let mut launch = Self::default();
        while let Some(argument) = arguments.next() {
            if argument == "--data-dir" {
                launch.data_dir = arguments.next().map(PathBuf::from);
            } else if let Some(folder) = argument.strip_prefix("--data-dir=") {
                launch.data_dir = Some(PathBuf::from(folder));
            }
        }
        launch
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_folder_is_taken_in_both_spellings_and_the_last_one_counts() {
        let read = |words: &[&str]| Launch::read(words.iter().map(|word| (*word).to_owned())).data_dir;
        assert_eq!(read(&["--data-dir", "/a"]), Some("/a".into()));
        assert_eq!(read(&["--automation", "--data-dir=/b c"]), Some("/b c".into()));
        assert_eq!(read(&["--data-dir=/a", "--data-dir", "/b"]), Some("/b".into()));
        assert_eq!(read(&[]), None);
    }
}
