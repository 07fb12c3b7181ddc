//! Judging again what waited: claimed by a person, or readable since an update.

use counter_core::change::{CounterCode, IncarnationId};
use serde_json::json;

use super::{ClaimArguments, Failure, say};
use crate::{
    hub::Hub,
    judge_again::{Come, JudgedAgain, judge_again},
    store::HubStore,
    trust,
};

pub(super) async fn claim<S: HubStore>(hub: Hub<S>, arguments: &ClaimArguments) -> Result<(), Failure> {
    let incarnation = IncarnationId::from_hex(&arguments.life)
        .ok_or_else(|| Failure::arguments("a life is named by 32 hexadecimal digits"))?;
    let come = Come::Claim {
        counter: CounterCode(arguments.counter.clone()),
        incarnation,
    };
    let judged = judge_again(&hub, &arguments.site, &come).await?;
    if judged == JudgedAgain::default() {
        return Err(Failure::refused(
            "nothing_to_claim",
            "nothing of this life waits to be claimed",
            "the feed names the life beside each change that waits",
        ));
    }
    say(&json!({"taken": judged.taken, "refused": judged.refused}));
    Ok(())
}

pub(super) async fn after_update<S: HubStore>(hub: Hub<S>) -> Result<(), Failure> {
    let mut all = JudgedAgain::default();
    for district in trust::districts(&hub).await? {
        let judged = judge_again(&hub, &district, &Come::NewerHub).await?;
        all.taken += judged.taken;
        all.refused += judged.refused;
    }
    say(&json!({"taken": all.taken, "refused": all.refused}));
    Ok(())
}
