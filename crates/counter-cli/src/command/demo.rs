//! `demo`: made-up subjects and records in an empty folder, and a clerk to try them with.

use counter_core::account::Role;
use counter_desk::{
    account::{
        add_account::{AddAccount, add_account},
        choices::choices,
    },
    demo::{DemoScale, fill},
    permission::Permission,
};

use super::shape::snake;
use crate::{
    arguments::{Common, Scale},
    failure::Failure,
    say::Answer,
};

/// The clerk of the demo.
const CLERK: &str = "chen";

pub fn demo(common: &Common, scale: Scale) -> Result<Answer, Failure> {
    let (desk, actor) = common.acting(Permission::Import)?;
    let scale = match scale {
        Scale::Small => DemoScale::Small,
        Scale::District => DemoScale::District,
    };
    let filled = fill(&desk, &actor, scale)?;
    if !choices(&desk)?.iter().any(|account| account.name == CLERK) {
        let roles = vec![Role::Clerk, Role::TrainingOrganizer];
        add_account(
            &desk,
            Some(&actor),
            AddAccount {
                name: CLERK.to_owned(),
                display_name: "陈晓".to_owned(),
                roles,
            },
        )?;
    }
    let text = format!(
        "已装入演示主体 {} 个，处罚 {} 条，许可 {} 条。",
        filled.subjects, filled.penalties, filled.permits
    );
    Ok(Answer::new(snake(&filled)?, text))
}
