//! Who may sign in.

pub mod add_account;
pub mod choices;
pub(crate) mod names;
pub mod set_up;
pub mod sign_in;
