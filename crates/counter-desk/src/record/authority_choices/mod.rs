//! The bodies to choose from when a decision is typed in.

use counter_core::pack::Door;
use serde::Serialize;

use crate::Desk;

/// One body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AuthorityChoice {
    /// Its credit code, where it is known.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// The door its decisions go through.
    pub front_door: Door,
}

/// The bodies of `authorities.toml`, in its order.
pub fn authority_choices(desk: &Desk) -> Vec<AuthorityChoice> {
    let authorities = desk.rules().authorities();
    authorities
        .bodies()
        .iter()
        .filter_map(|body| {
            let family = authorities
                .families()
                .iter()
                .find(|family| family.code == body.family)?;
            Some(AuthorityChoice {
                code: body.uscc.clone(),
                name: body.name.clone(),
                front_door: family.door,
            })
        })
        .collect()
}
