//! Who acts.

use counter_core::account::Role;
use counter_store::ActContext;

use crate::Desk;

/// The person an act is done by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub account: String,
    /// The name on prints.
    pub display_name: String,
    /// What the person may do.
    pub roles: Vec<Role>,
}

impl Desk {
    /// The context of one act by `actor`, now.
    pub(crate) fn act(&self, actor: &Actor) -> ActContext {
        ActContext {
            act_id: self.entropy().act_id(),
            actor: actor.account.clone(),
            made_at: self.clock().now_ms(),
        }
    }
}
