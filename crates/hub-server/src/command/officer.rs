//! Officers' accounts on the command line: the first one can only be made here.

use std::io::BufRead;

use serde_json::json;

use super::{AccountArguments, Failure, OfficerArguments, OfficerCommand, say};
use crate::{
    hub::Hub,
    officer::{self, AccountError, NewOfficer},
    store::HubStore,
};

pub(super) async fn perform<S: HubStore>(hub: Hub<S>, command: OfficerCommand) -> Result<(), Failure> {
    match command {
        OfficerCommand::Add(arguments) => add(hub, arguments).await,
        OfficerCommand::Reset(AccountArguments { site, account }) => {
            let password = officer::reset_password(&hub, &site, &account).await?;
            say(&json!({"account": account, "site": site, "password": password}));
            Ok(())
        }
        OfficerCommand::Disable(AccountArguments { site, account }) => {
            officer::disable(&hub, &site, &account).await?;
            say(&json!({"account": account, "site": site, "disabled": true}));
            Ok(())
        }
    }
}

async fn add<S: HubStore>(hub: Hub<S>, arguments: OfficerArguments) -> Result<(), Failure> {
    let AccountArguments { site, account } = arguments.account;
    let given = arguments.password_stdin.then(first_line).transpose()?;
    let was_given = given.is_some();
    let new = NewOfficer {
        district: site.clone(),
        account: account.clone(),
        name: arguments.name,
        role: arguments.role.into(),
        authorities: arguments.authorities,
        password: given,
    };
    let password = officer::add(&hub, new).await?;
    // A password that was typed in is not printed again.
    let shown = (!was_given).then_some(password);
    say(&json!({"account": account, "site": site, "password": shown, "must_change": true}));
    Ok(())
}

fn first_line() -> Result<String, Failure> {
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|error| Failure::other("password", error))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

impl From<AccountError> for Failure {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Store(error) => error.into(),
            AccountError::Entropy(error) => Self::other("entropy", error),
            AccountError::AlreadyExists => Self::refused("already_exists", error, "reset its password instead"),
            AccountError::NotFound => Self::refused("unknown_account", error, "add it first"),
            AccountError::LastAdministrator => Self::refused("last_administrator", error, "add another one first"),
            AccountError::District
            | AccountError::Account
            | AccountError::Name
            | AccountError::Authorities
            | AccountError::PasswordTooShort => Self::arguments(error),
        }
    }
}
