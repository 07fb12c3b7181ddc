//! A counter with a class, for the tests.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use counter_core::{
    change::CounterCode,
    class::{ClassKind, ExamTemplate, TraineePosition},
    pack::RuleBook,
};
use counter_store::{
    Access, Custody, EntropySource, Environment, NewCounter, Passphrase, Store, Unlock,
    table::hub_binding::{self, HubBinding},
};
use ed25519_dalek::SigningKey;
use hub_api::{
    delegation::Delegation,
    key::PublicKey,
    signed::Signed,
    trust::{RootKeys, TrustBundle, TrustedKey},
};
use jiff::{Timestamp, civil::date};
use tempfile::TempDir;

use crate::{
    Actor, Clock, Desk, DeskParts, SystemEntropy,
    class::{
        enrol_trainee::{EnrolTrainee, enrol_trainee},
        open_class::{OpenClass, open_class},
    },
};

/// 2026-11-24 09:00 in China.
const MORNING: i64 = 1_795_482_000_000;

/// A counter in a folder that goes away with it, and a clock that moves when told.
pub(super) struct Room {
    folder: TempDir,
    store: Option<Store>,
    clock: Arc<MovingClock>,
    pub(super) actor: Actor,
}

struct MovingClock(AtomicI64);

impl Clock for MovingClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::Relaxed)).unwrap()
    }
}

impl Room {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let new = NewCounter {
            site: "440104".into(),
            counter: CounterCode("W03".into()),
            prefix: "YX".into(),
            test: false,
        };
        let custody = Custody::Passphrase(Passphrase::new("correct horse battery staple"));
        let (store, _) = Store::create(folder.path(), &new, &custody, &environment()).unwrap();
        let actor = Actor {
            account: "organizer".into(),
            display_name: "示例 培训员".into(),
            roles: Vec::new(),
        };
        Self {
            folder,
            store: Some(store),
            clock: Arc::new(MovingClock(AtomicI64::new(MORNING))),
            actor,
        }
    }

    pub(super) fn desk(&self) -> Desk {
        Desk::new(DeskParts {
            store: self.store.clone().unwrap(),
            rules: Arc::new(RuleBook::shipped()),
            clock: self.clock.clone(),
            entropy: Arc::new(SystemEntropy),
        })
    }

    pub(super) fn pass(&self, ms: i64) {
        self.clock.0.fetch_add(ms, Ordering::Relaxed);
    }

    pub(super) fn crash(&mut self) {
        self.store = None;
        let unlock = Unlock::Passphrase(Passphrase::new("correct horse battery staple"));
        self.store = Some(Store::open(self.folder.path(), &unlock, Access::ReadWrite, &environment()).unwrap());
    }

    pub(super) fn class(&self, retakes_allowed: u16) -> String {
        let input = OpenClass {
            title: "2026年第1期信用修复培训班".into(),
            kind: ClassKind::Public,
            host: "示例区信用办".into(),
            co_hosts: vec!["示例区市场监管局".into()],
            teaching_body: "示例培训中心".into(),
            issuing_body: "示例区信用办".into(),
            place: "政务服务中心三楼".into(),
            starts_on: "2026-11-24".into(),
            hours: 4,
            exam: ExamTemplate {
                bank: "credit-repair-2026".into(),
                question_count: 10,
                minutes: 10,
                points_per_question: 10,
                pass_mark: 60,
                retakes_allowed,
            },
        };
        open_class(&self.desk(), &self.actor, &input).unwrap()
    }

    pub(super) fn enrolment(&self, class: &str, name: &str) -> EnrolTrainee {
        EnrolTrainee {
            class: class.into(),
            name: name.into(),
            position: TraineePosition::LegalRepresentative,
            subject_name: "广州示例信息科技有限公司".into(),
            uscc: "91350100M000100Y43".into(),
            id_number: None,
            identity_checked: true,
        }
    }

    pub(super) fn trainee(&self, class: &str, name: &str) -> String {
        enrol_trainee(&self.desk(), &self.actor, &self.enrolment(class, name)).unwrap()
    }

    /// Binds the counter to a hub and answers the hub's first list.
    pub(super) fn enrol(&self, hub: &SigningKey) -> TrustBundle {
        let store = self.store.as_ref().unwrap();
        let own = store
            .read(|tx| Ok::<_, counter_store::StoreError>(SigningKey::from_bytes(&*tx.signing_seed()?)))
            .map(|key| PublicKey::of(&key))
            .unwrap();
        let counter = CounterCode("W03".into());
        let delegation = Delegation {
            site: "440104".into(),
            counter: counter.clone(),
            key: own,
            from_at: MORNING,
            until_at: MORNING + 400 * 86_400_000,
        };
        let binding = HubBinding {
            url: "http://127.0.0.1:8440".into(),
            hub_key: PublicKey::of(hub).0.to_vec(),
            hub_incarnation: None,
            delegation: Signed::seal(&delegation, hub).into_bytes(),
            delegated_until_at: delegation.until_at,
            cursor: 0,
            bound_at: MORNING,
            contacted_at: None,
        };
        store.write(|tx| hub_binding::put(tx, &binding)).unwrap();
        TrustBundle {
            site: "440104".into(),
            number: 1,
            issued_on: date(2026, 11, 24),
            stale_after_days: 7,
            roots: RootKeys {
                current: PublicKey::of(hub),
                next: None,
            },
            keys: vec![TrustedKey {
                key: own,
                counter,
                from: date(2026, 11, 24),
                to: date(2027, 12, 29),
            }],
            revoked_certificates: Default::default(),
            revoked_keys: Default::default(),
            countersigned: Default::default(),
        }
    }
}

fn environment() -> Environment {
    Environment {
        entropy: EntropySource::system(),
        now_at: MORNING,
    }
}
