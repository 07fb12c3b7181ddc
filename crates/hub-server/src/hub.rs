//! A hub: its store, its key, its clock. Every operation takes it; none keeps state beside it.

use std::sync::Arc;

use ed25519_dalek::SigningKey;
use hub_api::key::{HubIncarnation, KeyId, PublicKey};
use tokio::sync::watch;

use crate::{
    clock::{NoEntropy, World},
    district_log::DistrictLog,
    store::{HubLifeStore, HubRow, HubStore, HubTransaction, StoreError},
    verdict_count::VerdictTotals,
};

/// A hub over a store. Clones share it.
#[derive(Clone, Debug)]
pub struct Hub<S> {
    /// Where it keeps what it knows.
    pub store: S,
    /// The clock and the random source.
    pub world: World,
    key: Arc<SigningKey>,
    news: Arc<watch::Sender<u64>>,
    stopping: Arc<watch::Sender<bool>>,
    verdicts: Arc<VerdictTotals>,
}

/// The hub cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum OpenHubError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The random source.
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    /// The database belongs to a hub with another key; counters pinned that one.
    #[error("the key {brought} is not this hub's, which signs with {known}")]
    OtherKey {
        /// The key that was brought.
        brought: KeyId,
        /// The key the database knows.
        known: KeyId,
    },
}

impl<S: HubStore> Hub<S> {
    /// Opens the hub over `store`; a new store begins its first life here.
    ///
    /// # Errors
    /// [`OpenHubError`].
    pub async fn open(store: S, key: SigningKey, world: World) -> Result<Self, OpenHubError> {
        let fresh = HubRow {
            incarnation: HubIncarnation(world.random()?),
            public_key: PublicKey::of(&key),
        };
        let mut transaction = store.begin().await?;
        let row = transaction.hub_row(fresh, world.now()).await?;
        if row.public_key != fresh.public_key {
            return Err(OpenHubError::OtherKey {
                brought: fresh.public_key.id(),
                known: row.public_key.id(),
            });
        }
        transaction.commit().await?;
        Ok(Self {
            store,
            world,
            key: Arc::new(key),
            news: Arc::new(watch::Sender::new(0)),
            stopping: Arc::new(watch::Sender::new(false)),
            verdicts: Arc::default(),
        })
    }

    /// Signs receipts, pages, delegations and the trust bundle.
    pub fn key(&self) -> &SigningKey {
        &self.key
    }

    /// What counters pin.
    pub fn public_key(&self) -> PublicKey {
        PublicKey::of(&self.key)
    }

    /// What was appended to `log` is kept: counts its verdicts and wakes the readers.
    pub fn appended(&self, log: &DistrictLog) {
        self.verdicts.add(log.verdicts());
        self.announce();
    }

    /// The verdicts this process has given since it began, by word.
    pub fn verdicts(&self) -> impl Iterator<Item = (&'static str, u64)> {
        self.verdicts.by_word()
    }

    /// Wakes the readers that wait for news in this process.
    pub fn announce(&self) {
        self.news.send_modify(|count| *count += 1);
    }

    /// Changes whenever something was appended by this process. Other processes are noticed by looking.
    pub fn news(&self) -> watch::Receiver<u64> {
        self.news.subscribe()
    }

    /// Lets readers that wait for news go, so that the process can end.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Becomes true when the process is about to end.
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }
}
