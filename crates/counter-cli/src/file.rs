//! Files a person names: read whole, within a limit; written beside first.

use std::{fs, io::Read, path::Path};

use serde::de::DeserializeOwned;

use crate::failure::{Failure, unreadable};

/// The longest input of a command other than `import`, in bytes.
const LONGEST: u64 = 50 * 1024 * 1024;

/// The bytes of `path`, or of standard input for `-`.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = if path.as_os_str() == "-" {
        std::io::stdin().lock().take(LONGEST + 1).read_to_end(&mut bytes)
    } else {
        fs::File::open(path).and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| unreadable(path, &error))?;
    if bytes.len() as u64 > LONGEST {
        return Err(Failure::coded("file_too_long", &path.display().to_string()));
    }
    Ok(bytes)
}

/// The UTF-8 text of `path`.
pub fn text(path: &Path) -> Result<String, Failure> {
    let text =
        String::from_utf8(read(path)?).map_err(|error| Failure::arguments(format!("{}：{error}", path.display())))?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// The JSON of `path`.
pub fn json<T: DeserializeOwned>(path: &Path) -> Result<T, Failure> {
    serde_json::from_str(&text(path)?).map_err(|error| Failure::arguments(format!("{}：{error}", path.display())))
}

/// Writes `bytes` to `path`, which has them whole or not at all.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    fs::write(&beside, bytes)
        .and_then(|()| fs::rename(&beside, path))
        .map_err(|error| Failure::coded("file_not_written", &format!("{}（{error}）", path.display())))
}
