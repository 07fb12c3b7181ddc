//! A device behind a program of its maker: run without arguments, it answers on standard output and ends.
//!
//! A card reader writes one JSON object with `name` and `number`; a camera writes the picture.

use std::{
    io::Read,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use counter_core::identifier::ResidentId;

use super::{DeviceError, DocumentCamera, IdCard, IdCardReader};

/// A picture is not longer than a file taken at the counter.
const LONGEST_ANSWER: u64 = crate::attachment::LONGEST_FILE;

/// Runs a maker's program.
#[derive(Clone, Debug)]
pub struct ProgramDriver {
    /// The program.
    pub program: PathBuf,
    /// How long it may take.
    pub patience: Duration,
}

impl ProgramDriver {
    fn answer(&self) -> Result<Vec<u8>, DeviceError> {
        let name = || self.program.to_string_lossy().into_owned();
        let mut child = Command::new(&self.program)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|_| DeviceError::NotStarted(name()))?;
        let output = child.stdout.take().ok_or(DeviceError::Unreadable)?;
        let (sender, answer) = mpsc::channel();
        thread::spawn(move || {
            let mut bytes = Vec::new();
            let read = output.take(LONGEST_ANSWER).read_to_end(&mut bytes);
            // Whoever stopped waiting hears nothing.
            let _ = sender.send(read.map(|_| bytes));
        });
        match answer.recv_timeout(self.patience) {
            Ok(Ok(bytes)) => finished(child, bytes),
            Ok(Err(_)) => Err(DeviceError::Unreadable),
            Err(_) => {
                let _ = child.kill();
                let _ = child.wait();
                Err(DeviceError::TooLong)
            }
        }
    }
}

fn finished(mut child: Child, bytes: Vec<u8>) -> Result<Vec<u8>, DeviceError> {
    let ended = child.wait().map_err(|_| DeviceError::Unreadable)?;
    if ended.success() {
        Ok(bytes)
    } else {
        Err(DeviceError::Failed(ended.to_string()))
    }
}

impl IdCardReader for ProgramDriver {
    fn read_card(&self) -> Result<IdCard, DeviceError> {
        let card: IdCard = serde_json::from_slice(&self.answer()?).map_err(|_| DeviceError::Unreadable)?;
        let number = ResidentId::parse(&card.number).map_err(|_| DeviceError::Unreadable)?;
        if card.name.trim().is_empty() {
            return Err(DeviceError::Unreadable);
        }
        Ok(IdCard {
            name: card.name.trim().to_owned(),
            number: number.reveal().to_owned(),
        })
    }
}

impl DocumentCamera for ProgramDriver {
    fn take_picture(&self) -> Result<Vec<u8>, DeviceError> {
        let picture = self.answer()?;
        if picture.is_empty() {
            Err(DeviceError::Unreadable)
        } else {
            Ok(picture)
        }
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn driver(script: &str) -> (tempfile::TempDir, ProgramDriver) {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("driver");
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let patience = Duration::from_millis(800);
        (folder, ProgramDriver { program, patience })
    }

    #[test]
    fn a_card_is_read_and_a_number_that_is_none_is_not_taken() {
        let (_folder, reader) = driver(r#"echo '{"name":"李明","number":"11010519491231002X","nation":"汉"}'"#);
        let card = reader.read_card().unwrap();
        assert_eq!(
            (card.name.as_str(), card.number.as_str()),
            ("李明", "11010519491231002X")
        );
        let (_folder, reader) = driver(r#"echo '{"name":"李明","number":"110105194912310021"}'"#);
        assert_eq!(reader.read_card(), Err(DeviceError::Unreadable));
    }

    #[test]
    fn a_device_that_hangs_or_fails_is_told_apart_and_keeps_nobody_waiting() {
        let (_folder, reader) = driver("sleep 30");
        assert_eq!(reader.read_card(), Err(DeviceError::TooLong));
        let (_folder, reader) = driver("exit 3");
        assert!(matches!(reader.take_picture(), Err(DeviceError::Failed(_))));
        let missing = ProgramDriver {
            program: "/nonexistent/driver".into(),
            patience: Duration::from_secs(1),
        };
        assert!(matches!(missing.take_picture(), Err(DeviceError::NotStarted(_))));
    }

    #[test]
    fn what_is_read_from_a_card_never_shows_in_a_log() {
        let card = IdCard {
            name: "李明".into(),
            number: "11010519491231002X".into(),
        };
        assert_eq!(format!("{card:?}"), "IdCard(…)");
    }
}
