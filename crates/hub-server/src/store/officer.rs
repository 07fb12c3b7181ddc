//! The officers of the hub's pages and their sessions.

use std::future::Future;

use super::Stored;

/// An officer's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficerRow {
    /// The district it belongs to.
    pub district: String,
    /// What the officer signs in with.
    pub account: String,
    /// The officer's name, shown and written beside acts.
    pub name: String,
    /// The word of the role.
    pub role: String,
    /// The hashed password, PHC form.
    pub password_hash: String,
    /// Whether a password of their own has to be chosen first.
    pub must_change: bool,
    /// Wrong passwords in a row.
    pub failures: u32,
    /// Until when no password is tried, ms UTC.
    pub resting_until_at: Option<i64>,
    /// Since when it may not sign in, ms UTC.
    pub disabled_at: Option<i64>,
    /// When it was made, ms UTC.
    pub created_at: i64,
    /// The finding authorities it acts for, by name or unified social credit code.
    pub authorities: Vec<String>,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// The district of the account.
    pub district: String,
    /// SHA-256 of the token.
    pub token_hash: [u8; 32],
    /// Whose.
    pub account: String,
    /// When the officer signed in, ms UTC.
    pub began_at: i64,
    /// When it was last used, ms UTC.
    pub seen_at: i64,
}

/// Officers and sessions by district.
pub trait OfficerStore {
    /// Keeps an account and its authorities, new or changed.
    fn put_officer(&mut self, row: &OfficerRow) -> impl Future<Output = Stored<()>> + Send;
    /// Finds an account.
    fn officer(&mut self, district: &str, account: &str) -> impl Future<Output = Stored<Option<OfficerRow>>> + Send;
    /// Every account of a district, in the order of their names.
    fn officers(&mut self, district: &str) -> impl Future<Output = Stored<Vec<OfficerRow>>> + Send;
    /// The districts that have officers.
    fn districts_with_officers(&mut self) -> impl Future<Output = Stored<Vec<String>>> + Send;
    /// Keeps a session, new or used again.
    fn put_session(&mut self, row: &SessionRow) -> impl Future<Output = Stored<()>> + Send;
    /// Finds a session.
    fn session(
        &mut self,
        district: &str,
        token_hash: [u8; 32],
    ) -> impl Future<Output = Stored<Option<SessionRow>>> + Send;
    /// Ends one session.
    fn end_session(&mut self, district: &str, token_hash: [u8; 32]) -> impl Future<Output = Stored<()>> + Send;
    /// Ends every session of an account, and those of the district that began before `before` (ms UTC).
    fn end_sessions_of(
        &mut self,
        district: &str,
        account: &str,
        before: i64,
    ) -> impl Future<Output = Stored<()>> + Send;
}
