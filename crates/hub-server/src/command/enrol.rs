//! Printing a one-time code.

use serde_json::json;

use super::{EnrolArguments, Failure, say, say_line};
use crate::{
    enrolment::{PrintCodeError, print_code},
    hub::Hub,
    store::HubStore,
};

pub(super) async fn enrol<S: HubStore>(hub: Hub<S>, arguments: &EnrolArguments) -> Result<(), Failure> {
    let EnrolArguments { site, counter, json } = arguments;
    let printed = print_code(&hub, site, counter).await.map_err(|error| match error {
        PrintCodeError::Site | PrintCodeError::Counter => Failure::arguments(error),
        PrintCodeError::Store(error) => error.into(),
        PrintCodeError::Entropy(error) => Failure::other("entropy", error),
    })?;
    let code = printed.code.to_string();
    if *json {
        say(&json!({"code": code, "site": site, "counter": counter, "valid_until_at": printed.valid_until_at}));
    } else {
        say_line(&code);
    }
    Ok(())
}
