//! What a counter has saved, held against what a hub has and what the counter was given for it.

use counter_core::change::ChangeHash;
use counter_store::StoreError;
use hub_api::{
    key::PublicKey,
    receipt::{ReceiptContext, verify_receipt},
    signed::Signed,
};
use hub_server::{
    hub::Hub,
    store::{ChangeStore, HubStore, Life},
};

use crate::{CounterOffice, SITE};

/// The life `office` writes in, as a hub files it.
pub fn life_of(office: &CounterOffice) -> Life {
    let identity = office.store().identity();
    Life {
        district: SITE.into(),
        counter: identity.counter,
        incarnation: identity.incarnation,
    }
}

/// The hub has every change of the life `office` writes in, in its order, each once, and no other.
pub async fn is_recorded_whole<S: HubStore>(hub: &Hub<S>, office: &CounterOffice) {
    let life = life_of(office);
    let own: Vec<ChangeHash> = (1..=office.own_changes())
        .map(|seq| hash_of(office, seq).unwrap())
        .collect();
    let mut transaction = hub.store.begin_read().await.unwrap();
    let recorded = transaction.change_hashes(&life, 1, u64::from(u32::MAX)).await.unwrap();
    assert_eq!(
        recorded, own,
        "{}: the hub has other changes than were saved",
        life.counter
    );
}

/// Every change of the life `office` writes in has a receipt that holds.
pub fn has_receipts(hub_key: &PublicKey, office: &CounterOffice) {
    let life = life_of(office);
    for seq in 1..=office.own_changes() {
        let kept = office
            .store()
            .read(|tx| tx.receipt_covering(life.incarnation, seq))
            .unwrap();
        let kept = kept.unwrap_or_else(|| panic!("{}: no receipt for {seq}", life.counter));
        let context = ReceiptContext {
            hub_key,
            site: SITE,
            counter: &life.counter,
            incarnation: life.incarnation,
        };
        let receipt = verify_receipt(&Signed::from_bytes(kept), context, |seq| hash_of(office, seq)).unwrap();
        assert!((receipt.from..=receipt.to).contains(&seq));
    }
}

fn hash_of(office: &CounterOffice, seq: u64) -> Option<ChangeHash> {
    let identity = office.store().identity();
    let found = office
        .store()
        .read::<_, StoreError>(|tx| tx.change(&identity.counter, identity.incarnation, seq));
    found.unwrap().map(|change| change.stored.hash)
}
