//! Entering an authority's act.

use serde_json::json;

use super::{DecideArguments, Failure, say};
use crate::{
    authority_act::{AuthorityAct, enter},
    hub::Hub,
    hub_change::HubChangeError,
    store::HubStore,
};

pub(super) async fn decide<S: HubStore>(hub: Hub<S>, arguments: DecideArguments) -> Result<(), Failure> {
    let DecideArguments {
        case,
        outcome,
        reason,
        by,
        on,
    } = arguments;
    if reason.trim().is_empty() {
        return Err(Failure::arguments("--reason must not be empty"));
    }
    let act = AuthorityAct {
        case,
        outcome: outcome.into(),
        reason,
        by,
        on,
    };
    let entered = enter(&hub, &act).await.map_err(|error| match error {
        HubChangeError::Refused(refusal) => {
            let code = serde_json::to_value(refusal.code)
                .ok()
                .and_then(|word| word.as_str().map(str::to_owned));
            let hint = "the act does not follow from the state the case is in at the hub";
            Failure::refused(code.unwrap_or_else(|| "refused".to_owned()), refusal.detail, hint)
        }
        HubChangeError::Store(error) => error.into(),
        HubChangeError::Entropy(error) => Failure::other("entropy", error),
    })?;
    say(&json!({
        "case": entered.case.no,
        "kind": entered.kind,
        "state": entered.case.state().as_str(),
        "index": entered.index,
    }));
    Ok(())
}
