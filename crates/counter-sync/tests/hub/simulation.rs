//! A seeded simulation: two counters and a hub, a network that loses, repeats, delays and reorders, crashes at any request.
//!
//! Repeat one run with `SEED=17 cargo nextest run -p counter-sync simulation`; `SEEDS=200` makes a longer one.

use std::sync::{Arc, Mutex};

use axum::Router;
use bytes::Bytes;
use counter_store::{Delivery, EntropySource};
use counter_sync::{Transport, TransportError};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore, SeedableRng},
};
use tokio::sync::Notify;

use crate::{
    network::{Direct, deliver},
    office::{HubOffice, Office, SITE},
};

/// How many runs where nobody asks for more: each opens real, encrypted databases.
const SEEDS: u64 = 10;
const STEPS: usize = 25;

/// Chance, shared by everything in a run.
#[derive(Clone)]
struct Dice(Arc<Mutex<ChaCha8Rng>>);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(ChaCha8Rng::seed_from_u64(seed))))
    }

    fn below(&self, sides: u32) -> u32 {
        self.0.lock().unwrap().next_u32() % sides
    }

    fn entropy(&self) -> EntropySource {
        let own = Arc::clone(&self.0);
        EntropySource::new(move |bytes| own.lock().unwrap().fill_bytes(bytes))
    }
}

/// A network at its worst. Late requests arrive after others that were sent later.
#[derive(Clone)]
struct Weather {
    router: Router,
    dice: Dice,
    late: Arc<Mutex<Vec<http::Request<Bytes>>>>,
    crash: Arc<Notify>,
}

impl Transport for Weather {
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let overtaken = {
            let mut late = self.late.lock().unwrap();
            if late.is_empty() || self.dice.below(2) == 0 {
                None
            } else {
                Some(late.remove(0))
            }
        };
        if let Some(overtaken) = overtaken {
            deliver(&self.router, overtaken).await;
        }
        match self.dice.below(10) {
            0 => Err(TransportError::NotSent("lost".into())),
            1 => {
                deliver(&self.router, request).await;
                Err(TransportError::MaybeSent("the answer was lost".into()))
            }
            2 => {
                self.late.lock().unwrap().push(request);
                Err(TransportError::MaybeSent("late".into()))
            }
            3 => {
                deliver(&self.router, request.clone()).await;
                Ok(deliver(&self.router, request).await)
            }
            // The counter crashes while it waits: the future is dropped by the caller.
            4 => {
                deliver(&self.router, request).await;
                self.crash.notify_one();
                std::future::pending().await
            }
            _ => Ok(deliver(&self.router, request).await),
        }
    }
}

#[tokio::test]
async fn whatever_the_network_does_every_saved_change_is_at_the_hub_exactly_once() {
    let asked = |name: &str| std::env::var(name).ok().and_then(|number| number.parse::<u64>().ok());
    let seeds = asked("SEED").map_or(0..asked("SEEDS").unwrap_or(SEEDS), |seed| seed..seed + 1);
    for seed in seeds {
        one_run(seed).await;
    }
}

async fn one_run(seed: u64) {
    let dice = Dice::new(seed);
    let hub = HubOffice::new().await;
    let calm = Direct(hub.router());
    let weather = Weather {
        router: hub.router(),
        dice: dice.clone(),
        late: Arc::default(),
        crash: Arc::default(),
    };
    let mut offices = ["W03", "W04"].map(|code| Office::with_entropy(code, dice.entropy()));
    for office in &offices {
        office.enrol_with(&hub, &calm).await;
    }
    let mut cases: [Vec<String>; 2] = Default::default();
    for _ in 0..STEPS {
        let which = dice.below(2) as usize;
        let (office, taken) = (&mut offices[which], &mut cases[which]);
        match dice.below(6) {
            0 | 1 => taken.push(office.take_case_in(None)),
            2 => {
                if let Some(no) = taken
                    .last()
                    .filter(|no| office.case(no).state == counter_core::case::CaseState::Received)
                {
                    office.submit(no);
                }
            }
            _ => {
                let crashed = tokio::select! {
                    // Asked in this order, so that a seed tells the whole story.
                    biased;
                    _ = office.sync(&weather) => false,
                    () = weather.crash.notified() => true,
                };
                if crashed {
                    office.reopen(dice.entropy());
                }
            }
        }
    }

    // The weather clears, what was late arrives, and everything comes to rest.
    let late: Vec<_> = weather.late.lock().unwrap().drain(..).collect();
    for request in late {
        deliver(&hub.router(), request).await;
    }
    for _ in 0..2 {
        for office in &offices {
            office
                .sync(&calm)
                .await
                .unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        }
    }
    for (office, taken) in offices.iter().zip(&cases) {
        assert_eq!(office.unsent(), 0, "seed {seed}");
        assert_eq!(
            recorded(&hub, office).await,
            office.own_changes(),
            "seed {seed}: every change, each once"
        );
        for no in taken {
            assert_eq!(office.delivery(no), Delivery::Delivered, "seed {seed}: {no}");
        }
        assert!(office.store().check().unwrap().ok, "seed {seed}");
    }
    for no in cases.iter().flatten() {
        assert_eq!(
            offices[0].case(no).state,
            offices[1].case(no).state,
            "seed {seed}: both counters see the same"
        );
    }
}

async fn recorded(hub: &HubOffice, office: &Office) -> u64 {
    use hub_server::store::{HubStore, Life, LifeStore};
    let identity = office.store().identity();
    let life = Life {
        district: SITE.into(),
        counter: identity.counter,
        incarnation: identity.incarnation,
    };
    let mut transaction = hub.hub.store.begin_read().await.unwrap();
    transaction.life(&life).await.unwrap().map_or(0, |life| life.head_seq)
}
