//! Accounts: who may sign in and in which role. Passwords never enter a change.

use serde::{Deserialize, Serialize};

use crate::{
    change::Change,
    refusal::{Refusal, RefusalCode},
};

/// What a person may do. The table role × command is kept by the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 管理员.
    Administrator,
    /// 受理员.
    Clerk,
    /// 复核员.
    Lead,
    /// 培训组织者.
    TrainingOrganizer,
    /// 监考.
    Proctor,
    /// 街道窗口.
    StreetWindow,
    /// 审计.
    Auditor,
}

/// What happens to an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountChange {
    /// The account was made.
    Created {
        /// The name on screens and prints.
        display_name: String,
        /// What the person may do.
        roles: Vec<Role>,
    },
    /// Its password was set anew at the counter.
    PasswordChanged,
    /// It may no longer sign in.
    Disabled {
        /// Why.
        reason: String,
    },
}

impl AccountChange {
    /// The word for what happened.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Created { .. } => "account_created",
            Self::PasswordChanged => "account_password_changed",
            Self::Disabled { .. } => "account_disabled",
        }
    }
}

/// A person who may sign in; the lane's id is the sign-in name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The sign-in name.
    pub name: String,
    /// The name on screens and prints.
    pub display_name: String,
    /// What the person may do.
    pub roles: Vec<Role>,
    /// Whether signing in is barred.
    pub disabled: bool,
}

/// Applies a change to an account.
///
/// # Errors
/// When the account exists already, does not exist, or is disabled.
pub fn apply(state: Option<Account>, change: &Change, body: &AccountChange) -> Result<Account, Refusal> {
    let name = &change.lane.id;
    match (state, body) {
        (None, AccountChange::Created { display_name, roles }) => Ok(Account {
            name: name.clone(),
            display_name: display_name.clone(),
            roles: roles.clone(),
            disabled: false,
        }),
        (Some(_), AccountChange::Created { .. }) => Err(Refusal::new(RefusalCode::AlreadyExists, name)),
        (None, AccountChange::PasswordChanged | AccountChange::Disabled { .. }) => {
            Err(Refusal::new(RefusalCode::NotFound, name))
        }
        (Some(account), AccountChange::PasswordChanged) if !account.disabled => Ok(account),
        (Some(account), AccountChange::Disabled { .. }) if !account.disabled => Ok(Account {
            disabled: true,
            ..account
        }),
        (Some(_), AccountChange::PasswordChanged | AccountChange::Disabled { .. }) => {
            Err(Refusal::new(RefusalCode::WrongState, name))
        }
    }
}
