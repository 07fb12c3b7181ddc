//! Who may sign in.

pub mod add_account;
pub mod choices;
pub mod sign_in;
