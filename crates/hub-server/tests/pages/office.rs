//! A hub with a clock that is set by hand, its officers, and what is asked of it.

use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU8, Ordering},
};

use axum::Router;
use counter_core::pack::RuleBook;
use ed25519_dalek::SigningKey;
use hub_server::{
    clock::World,
    hub::Hub,
    officer::{NewOfficer, Role, add},
    store::sqlite::SqliteStore,
    web::{self, Settings},
};
use tempfile::TempDir;

use crate::browser::Browser;

pub const SITE: &str = "440104";
/// 2026-11-24 10:00 in China.
pub const NOW: i64 = 1_795_485_600_000;
pub const HOUR: i64 = 60 * 60 * 1000;
pub const DAY: i64 = 24 * HOUR;
pub const AUTHORITY: &str = "广州市越秀区应急管理局";
pub const OTHER_AUTHORITY: &str = "广州市越秀区住房和建设局";
pub const PASSWORD: &str = "correct horse";

pub struct Office {
    _folder: TempDir,
    pub hub: Hub<SqliteStore>,
    pub rules: RuleBook,
    now: Arc<AtomicI64>,
}

impl Office {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let now = Arc::new(AtomicI64::new(NOW));
        let (clock, drawn) = (Arc::clone(&now), AtomicU8::new(1));
        let world = World::new(
            move || clock.load(Ordering::SeqCst),
            move |bytes| {
                bytes.fill(drawn.fetch_add(1, Ordering::SeqCst));
                Ok(())
            },
        );
        let store = SqliteStore::open(&folder.path().join("hub.db")).unwrap();
        let hub = Hub::open(store, SigningKey::from_bytes(&[1; 32]), world).await.unwrap();
        Self {
            _folder: folder,
            hub,
            rules: RuleBook::shipped(),
            now,
        }
    }

    /// The clock goes on.
    pub fn wait(&self, millis: i64) {
        self.now.fetch_add(millis, Ordering::SeqCst);
    }

    pub fn router(&self) -> Router {
        web::router(self.hub.clone(), Settings::default())
    }

    pub fn browser(&self) -> Browser {
        Browser::new(self.router())
    }

    /// Makes an account with [`PASSWORD`], to be changed at the first sign-in.
    pub async fn officer(&self, account: &str, role: Role, authorities: &[&str]) {
        let new = NewOfficer {
            district: SITE.into(),
            account: account.into(),
            name: format!("{account}的姓名"),
            role,
            authorities: authorities.iter().map(|&authority| authority.to_owned()).collect(),
            password: Some(PASSWORD.into()),
        };
        add(&self.hub, new).await.unwrap();
    }

    /// A browser in which an officer of `role` has signed in.
    pub async fn signed_in(&self, account: &str, role: Role, authorities: &[&str]) -> Browser {
        self.officer(account, role, authorities).await;
        let mut browser = self.browser();
        browser.sign_in(account, PASSWORD).await;
        browser
    }
}
