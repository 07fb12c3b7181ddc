//! What the hub promises whoever pushes, tried with a counter that is nothing but a key and a chain.

use counter_core::{
    account::{AccountChange, Role},
    change::{
        ActId, CHANGE_SCHEMA, Change, ChangeBody, ChangeBytes, ChangeHash, CounterCode, IncarnationId, Lane, LaneKind,
        NEWEST_SCHEMA,
    },
    incarnation::{CounterChange, ParentHead},
};
use ed25519_dalek::SigningKey;
use hub_api::{
    cbor,
    feed::{FeedEvent, Verdict, WaitingFor},
    key::PublicKey,
    push::{HeadClaim, PushAnswer, PushBatch},
};
use hub_server::{
    hub::Hub,
    recording::{LifeError, RecordError, Sender, record},
    store::{HubLifeStore, HubStore, Life, LogStore},
};
use serde_bytes::ByteBuf;
use sha2::{Digest, Sha256};

use crate::place::{NOW, Place, hub, on_every_store};

on_every_store!(
    a_batch_is_answered_by_where_it_begins_and_what_is_recorded_there,
    a_life_begins_with_its_opening_in_its_own_district,
    what_a_closed_life_still_sends_is_recorded_and_waits_to_be_claimed,
    a_change_of_a_newer_program_is_recorded_and_holds_up_its_lane_only,
    two_processes_over_one_database_leave_no_hole_in_the_log,
);

const SITE: &str = "440104";

/// A counter's chain in one life.
struct Chain {
    counter: CounterCode,
    life: IncarnationId,
    key: SigningKey,
    changes: Vec<ChangeBytes>,
    begins_at: ChangeHash,
}

impl Chain {
    fn new(counter: &str, life: u8) -> Self {
        Self {
            counter: CounterCode(counter.into()),
            life: IncarnationId([life; 16]),
            key: SigningKey::from_bytes(&[2; 32]),
            changes: Vec::new(),
            begins_at: ChangeHash::ORIGIN,
        }
    }

    /// A chain that opened its life as it must.
    fn opened(counter: &str, life: u8, parent: Option<ParentHead>) -> Self {
        let mut chain = Self::new(counter, life);
        chain.begins_at = parent.as_ref().map_or(ChangeHash::ORIGIN, |parent| parent.hash);
        let number_tag = if parent.is_some() {
            format!("T{life}")
        } else {
            String::new()
        };
        let opened = CounterChange::IncarnationOpened {
            site: SITE.into(),
            prefix: "YX".into(),
            parent,
            number_tag,
        };
        chain.add(
            Lane::new(LaneKind::Counter, format!("{SITE}-{counter}")),
            ChangeBody::Counter(opened),
        );
        chain
    }

    fn add(&mut self, lane: Lane, body: ChangeBody) -> &mut Self {
        self.add_with_schema(lane, body, CHANGE_SCHEMA)
    }

    fn add_with_schema(&mut self, lane: Lane, body: ChangeBody, schema: u16) -> &mut Self {
        let change = Change {
            schema,
            counter: self.counter.clone(),
            incarnation: self.life,
            seq: self.changes.len() as u64 + 1,
            lane,
            act: ActId([4; 16]),
            body,
            actor: "li".into(),
            made_at: NOW,
            base: None,
            prev_hash: self.changes.last().map_or(self.begins_at, |last| last.hash),
            settles: None,
        };
        self.changes.push(change.to_bytes());
        self
    }

    fn account(&mut self, name: &str) -> &mut Self {
        let created = AccountChange::Created {
            display_name: "李受理".into(),
            roles: vec![Role::Clerk],
        };
        self.add(Lane::new(LaneKind::Account, name), ChangeBody::Account(created))
    }

    fn head(&self) -> ParentHead {
        let hash = self.changes.last().unwrap().hash;
        ParentHead {
            incarnation: self.life,
            seq: self.changes.len() as u64,
            hash,
        }
    }

    /// The batch of changes `from` to the last.
    fn batch(&self, from: usize) -> PushBatch {
        let ParentHead { seq, hash, .. } = self.head();
        let claim = HeadClaim {
            site: SITE.into(),
            counter: self.counter.clone(),
            incarnation: self.life,
            seq,
            hash,
        };
        PushBatch {
            changes: self.changes[from - 1..]
                .iter()
                .map(|change| ByteBuf::from(change.bytes.clone()))
                .collect(),
            head: claim.sign(&self.key),
            lane_keys: Vec::new(),
        }
    }

    async fn push(&self, hub: &Hub<impl HubStore>, from: usize) -> Result<PushAnswer, RecordError> {
        let life = Life {
            district: SITE.into(),
            counter: self.counter.clone(),
            incarnation: self.life,
        };
        record(
            hub,
            &Sender {
                key: PublicKey::of(&self.key),
                life,
            },
            &self.batch(from),
        )
        .await
    }
}

/// The verdicts of the log, in order, after checking that it has no hole and its head is the hash over all of it.
async fn verdicts(hub: &Hub<impl HubStore>) -> Vec<(IncarnationId, u64, Verdict)> {
    let mut transaction = hub.store.begin_read().await.unwrap();
    let rows = transaction.log_after(SITE, 0, usize::MAX >> 1).await.unwrap();
    let mut head = ChangeHash::ORIGIN;
    let mut verdicts = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        assert_eq!(row.index, place as u64 + 1);
        let next = Sha256::new()
            .chain_update(head.0)
            .chain_update(row.at.to_be_bytes())
            .chain_update(&row.event);
        head = ChangeHash(next.finalize().into());
        match cbor::decode(&row.event).unwrap() {
            FeedEvent::Judged {
                incarnation,
                seq,
                verdict,
                ..
            } => verdicts.push((incarnation, seq, verdict)),
            FeedEvent::Recorded { .. }
            | FeedEvent::TrustPublished { .. }
            | FeedEvent::DatasetPublished { .. }
            | FeedEvent::Unknown => {}
        }
    }
    let end = transaction.log_head(SITE).await.unwrap();
    assert_eq!((end.index, end.head), (rows.len() as u64, head));
    verdicts
}

fn receipts(answer: PushAnswer) -> Vec<Vec<u8>> {
    match answer {
        PushAnswer::Recorded { receipts } => receipts.into_iter().map(|receipt| receipt.into_bytes()).collect(),
        other @ (PushAnswer::Expected { .. } | PushAnswer::Fork { .. }) => panic!("{other:?}"),
    }
}

async fn a_batch_is_answered_by_where_it_begins_and_what_is_recorded_there(place: impl Place) {
    let hub = hub(&place).await;
    let mut chain = Chain::opened("W03", 3, None);
    chain.account("li").account("wang");
    assert_eq!(chain.push(&hub, 2).await.unwrap(), PushAnswer::Expected { seq: 1 });
    let first = receipts(chain.push(&hub, 1).await.unwrap());
    assert_eq!(
        receipts(chain.push(&hub, 1).await.unwrap()),
        first,
        "the same bytes again"
    );
    chain.account("chen");
    let both = receipts(chain.push(&hub, 2).await.unwrap());
    assert_eq!(
        (both.len(), &both[0]),
        (2, &first[0]),
        "the stored receipt and one for the rest"
    );
    assert_eq!(receipts(chain.push(&hub, 3).await.unwrap()), both, "and both again");

    let mut other = Chain::opened("W03", 3, None);
    other.account("li").account("zhao").account("sun").account("qian");
    assert_eq!(other.push(&hub, 1).await.unwrap(), PushAnswer::Fork { seq: 3 });
    assert_eq!(
        other.push(&hub, 5).await.unwrap(),
        PushAnswer::Fork { seq: 4 },
        "also where only the link tells"
    );
    assert_eq!(other.push(&hub, 3).await.unwrap(), PushAnswer::Fork { seq: 3 });
    assert_eq!(verdicts(&hub).await.len(), 4, "a fork records nothing");
}

async fn a_life_begins_with_its_opening_in_its_own_district(place: impl Place) {
    let hub = hub(&place).await;
    let mut headless = Chain::new("W03", 3);
    headless.account("li");
    assert!(matches!(
        headless.push(&hub, 1).await,
        Err(RecordError::Life(LifeError::NotOpened))
    ));

    let parent = Chain::opened("W03", 3, None).head();
    let mut torn = Chain::opened("W03", 4, Some(parent));
    torn.begins_at = ChangeHash::ORIGIN;
    let opening = torn.changes.pop().unwrap().decode().unwrap();
    torn.add(opening.lane, opening.body);
    assert!(matches!(
        torn.push(&hub, 1).await,
        Err(RecordError::Life(LifeError::OtherParent))
    ));

    let mut elsewhere = Chain::new("W03", 5);
    let opened = CounterChange::IncarnationOpened {
        site: "440106".into(),
        prefix: "TH".into(),
        parent: None,
        number_tag: String::new(),
    };
    elsewhere.add(Lane::new(LaneKind::Counter, "440106-W03"), ChangeBody::Counter(opened));
    assert!(matches!(
        elsewhere.push(&hub, 1).await,
        Err(RecordError::Life(LifeError::OtherDistrict { .. }))
    ));
    assert_eq!(verdicts(&hub).await, []);
}

async fn what_a_closed_life_still_sends_is_recorded_and_waits_to_be_claimed(place: impl Place) {
    let hub = hub(&place).await;
    let mut old = Chain::opened("W03", 3, None);
    old.push(&hub, 1).await.unwrap();
    let next = Chain::opened("W03", 4, Some(old.head()));
    next.push(&hub, 1).await.unwrap();
    old.account("li");
    assert_eq!(
        receipts(old.push(&hub, 2).await.unwrap()).len(),
        1,
        "recording is not judging"
    );
    let (_, _, verdict) = verdicts(&hub).await.pop().unwrap();
    assert_eq!(verdict, Verdict::Waiting(WaitingFor::Claim));
}

async fn a_change_of_a_newer_program_is_recorded_and_holds_up_its_lane_only(place: impl Place) {
    let hub = hub(&place).await;
    let mut chain = Chain::opened("W03", 3, None);
    let created = ChangeBody::Account(AccountChange::Created {
        display_name: "李".into(),
        roles: Vec::new(),
    });
    chain.add_with_schema(Lane::new(LaneKind::Account, "li"), created, NEWEST_SCHEMA + 1);
    chain.add(
        Lane::new(LaneKind::Account, "li"),
        ChangeBody::Account(AccountChange::PasswordChanged),
    );
    chain.account("wang").account("wang");
    chain.push(&hub, 1).await.unwrap();
    let words: Vec<Verdict> = verdicts(&hub)
        .await
        .into_iter()
        .map(|(_, _, verdict)| verdict)
        .collect();
    assert_eq!(
        words[..4],
        [
            Verdict::Applied,
            Verdict::Waiting(WaitingFor::NewerHub),
            Verdict::Waiting(WaitingFor::EarlierChange),
            Verdict::Applied,
        ]
    );
    assert_eq!(words[4].as_str(), "refused", "the account exists already");
}

async fn two_processes_over_one_database_leave_no_hole_in_the_log(place: impl Place) {
    let hubs = [hub(&place).await, hub(&place).await];
    let mut lives = Vec::new();
    for hub in &hubs {
        lives.push(hub.store.begin_read().await.unwrap().life_now().await.unwrap());
    }
    assert_eq!(lives[0], lives[1]);
    let pushing: Vec<_> = hubs
        .into_iter()
        .zip(["W03", "W04"])
        .map(|(hub, counter)| {
            tokio::spawn(async move {
                let mut chain = Chain::opened(counter, counter.as_bytes()[2], None);
                for number in 0..20 {
                    chain.account(&format!("clerk{number}"));
                    chain.push(&hub, 1).await.unwrap();
                }
                hub
            })
        })
        .collect();
    let mut hubs = Vec::new();
    for pushed in pushing {
        hubs.push(pushed.await.unwrap());
    }
    assert_eq!(verdicts(&hubs[0]).await.len(), 42);
}
