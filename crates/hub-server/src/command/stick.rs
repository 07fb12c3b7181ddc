//! Taking in a counter's file from a stick and writing the answer beside it.

use serde_json::json;

use super::{Failure, StickCommand, TakeArguments, say};
use crate::{
    hub::Hub,
    stick::{TakeError, take},
    store::HubStore,
};

pub(super) async fn stick<S: HubStore>(hub: Hub<S>, command: StickCommand) -> Result<(), Failure> {
    let StickCommand::Take(TakeArguments { file, answer }) = command;
    let taken = take(&hub, &file, &answer).await?;
    say(&json!({
        "site": taken.site,
        "counter": taken.counter,
        "changes": taken.changes,
        "receipts": taken.receipts,
        "refused": taken.refused,
        "answer": answer.display().to_string(),
        "bytes": taken.answer_bytes,
    }));
    Ok(())
}

impl From<TakeError> for Failure {
    fn from(error: TakeError) -> Self {
        let hint = match &error {
            TakeError::Store(_) => "",
            TakeError::UnknownKey => "enrol the counter first",
            TakeError::KeyExpired => "give the counter a new one-time code",
            TakeError::Feed(_) | TakeError::Stick(_) => "",
        };
        match error {
            TakeError::Store(error) => error.into(),
            TakeError::UnknownKey => Self::refused("unknown_key", error, hint),
            TakeError::KeyExpired => Self::refused("key_expired", error, hint),
            TakeError::Feed(_) => Self::refused("beyond_log", error, "the hub was restored from an older backup"),
            TakeError::Stick(stick) => match stick.code() {
                code @ ("stick_io" | "stick_no_room" | "stick_read_only") => Self::other(code, stick),
                code => Self::refused(code, stick, hint),
            },
        }
    }
}
