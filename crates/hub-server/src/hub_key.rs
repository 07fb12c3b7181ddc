//! The hub's signing key: one file, readable by its owner only. Processes over one database hold copies of the same.

use std::{
    fs::{File, OpenOptions},
    io::{Read, Write},
    path::{Path, PathBuf},
};

use ed25519_dalek::SigningKey;

use crate::clock::{NoEntropy, World};

/// The file's name in the hub's data folder.
pub const FILE: &str = "hub.key";

/// The key could not be read or made.
#[derive(Debug, thiserror::Error)]
pub enum HubKeyError {
    /// The file system refused.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not a key.
    #[error("{0} does not hold a key of 64 hexadecimal digits")]
    Form(PathBuf),
    /// The database is there, its key is not. A new key would make every counter's pinned key worthless.
    #[error("{0} is missing and the hub exists already; restore it from the backup or copy it from another process")]
    Lost(PathBuf),
    /// No random bytes.
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
}

/// Reads the key in `folder`, or makes one where neither key nor database is there.
///
/// # Errors
/// [`HubKeyError`]; [`HubKeyError::Lost`] where the database at `database` exists without its key.
pub fn load_or_make(folder: &Path, database: &Path, world: &World) -> Result<SigningKey, HubKeyError> {
    at(&folder.join(FILE), database.exists(), world)
}

/// Reads the key in the file `path`, or makes one where there is none and no hub has begun yet.
///
/// # Errors
/// [`HubKeyError`]; [`HubKeyError::Lost`] where a hub has begun and the file is not there.
pub fn at(path: &Path, has_hub: bool, world: &World) -> Result<SigningKey, HubKeyError> {
    let io = |source| HubKeyError::Io {
        path: path.to_owned(),
        source,
    };
    match File::open(path) {
        Ok(mut file) => {
            let mut text = String::new();
            file.read_to_string(&mut text).map_err(io)?;
            let mut seed = [0; 32];
            hex::decode_to_slice(text.trim(), &mut seed).map_err(|_| HubKeyError::Form(path.to_owned()))?;
            Ok(SigningKey::from_bytes(&seed))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            if has_hub {
                return Err(HubKeyError::Lost(path.to_owned()));
            }
            make(path, world)
        }
        Err(error) => Err(io(error)),
    }
}

fn make(path: &Path, world: &World) -> Result<SigningKey, HubKeyError> {
    let io = |source| HubKeyError::Io {
        path: path.to_owned(),
        source,
    };
    let seed = world.random::<32>()?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path).map_err(io)?;
    writeln!(file, "{}", hex::encode(seed)).map_err(io)?;
    file.sync_all().map_err(io)?;
    Ok(SigningKey::from_bytes(&seed))
}
