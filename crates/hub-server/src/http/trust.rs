//! `GET /v1/trust?site=…`: the signed trust bundle, for whoever verifies certificates.

use axum::extract::{Query, State};
use hub_api::refused::RefusedCode;
use serde::Deserialize;

use super::{Refused, answer::Cbor};
use crate::{hub::Hub, store::HubStore, trust};

#[derive(Deserialize)]
pub(super) struct Asked {
    site: String,
}

pub(super) async fn trust<S: HubStore>(State(hub): State<Hub<S>>, Query(asked): Query<Asked>) -> Result<Cbor, Refused> {
    match trust::bundle(&hub, &asked.site).await? {
        Some(bundle) => Ok(Cbor(bundle.into_bytes())),
        None => Err(Refused::new(
            RefusedCode::NotFound,
            "no counter of this district is enrolled here",
        )),
    }
}
