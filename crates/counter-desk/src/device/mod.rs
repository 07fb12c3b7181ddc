//! Devices at the counter: readers of identity cards and document cameras (高拍仪), behind traits. What is typed or chosen
//! by hand stands beside each of them.
//!
//! Makers deliver programs for their devices, not a common protocol: [`ProgramDriver`] runs such a program.

mod program;

use counter_store::{RecordError, StoreError, table::setting};
use serde::{Deserialize, Serialize};

pub use program::ProgramDriver;

use crate::Desk;

/// What a card says.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct IdCard {
    /// 姓名.
    pub name: String,
    /// 公民身份号码.
    pub number: String,
}

impl std::fmt::Debug for IdCard {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("IdCard(…)")
    }
}

/// Why a device gave nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeviceError {
    /// Its program cannot be started.
    #[error("{0} cannot be started")]
    NotStarted(String),
    /// It took too long: no card was laid on it, no picture taken.
    #[error("the device did not answer in time")]
    TooLong,
    /// It said that it failed.
    #[error("the device failed: {0}")]
    Failed(String),
    /// What it gave cannot be used.
    #[error("what the device gave cannot be read")]
    Unreadable,
}

impl crate::Coded for DeviceError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotStarted(_) => "device_not_started",
            Self::TooLong => "device_too_long",
            Self::Failed(_) => "device_failed",
            Self::Unreadable => "device_unreadable",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::NotStarted(what) | Self::Failed(what) => what.clone(),
            Self::TooLong | Self::Unreadable => String::new(),
        }
    }
}

/// A reader of identity cards.
pub trait IdCardReader {
    /// Reads the card that lies on it.
    ///
    /// # Errors
    /// [`DeviceError`].
    fn read_card(&self) -> Result<IdCard, DeviceError>;
}

/// A camera above the desk.
pub trait DocumentCamera {
    /// Takes a picture, JPEG or PNG.
    ///
    /// # Errors
    /// [`DeviceError`].
    fn take_picture(&self) -> Result<Vec<u8>, DeviceError>;
}

/// Which programs stand for the devices of this counter; empty where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Devices {
    /// The program of the card reader.
    pub id_card_reader: String,
    /// The program of the document camera.
    pub document_camera: String,
}

const READER: &str = "device_id_card_reader";
const CAMERA: &str = "device_document_camera";
/// A card has to be laid down, a page put straight.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// The devices of this counter.
///
/// # Errors
/// When the store cannot be read.
pub fn devices(desk: &Desk) -> Result<Devices, StoreError> {
    desk.store().read(|tx| {
        Ok(Devices {
            id_card_reader: setting::get(tx, READER)?.unwrap_or_default(),
            document_camera: setting::get(tx, CAMERA)?.unwrap_or_default(),
        })
    })
}

/// Changes the devices of this counter.
///
/// # Errors
/// When it cannot be kept.
pub fn save_devices(desk: &Desk, devices: &Devices) -> Result<(), RecordError> {
    desk.store().write(|tx| {
        setting::set(tx, READER, devices.id_card_reader.trim())?;
        Ok(setting::set(tx, CAMERA, devices.document_camera.trim())?)
    })
}

/// The driver that a device's program stands for; `None` where there is none.
pub fn driver(program: &str) -> Option<ProgramDriver> {
    (!program.is_empty()).then(|| ProgramDriver {
        program: program.into(),
        patience: PATIENCE,
    })
}
