//! Chance that can be repeated.

use std::sync::{Arc, Mutex};

use counter_store::EntropySource;
use hub_server::clock::World;
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore, SeedableRng},
};

use crate::TestClock;

/// A stream of chance, shared by its clones. The same seed gives the same stream.
#[derive(Clone, Debug)]
pub struct Chance {
    seed: u64,
    stream: Arc<Mutex<ChaCha8Rng>>,
}

impl Chance {
    /// The stream of `seed`.
    pub fn new(seed: u64) -> Self {
        Self::numbered(seed, 0)
    }

    /// A stream of its own, told apart by `name`: what is drawn from it moves nothing in any other.
    pub fn of(&self, name: &str) -> Self {
        // FNV-1a: the name only has to come to the same number in every build.
        let number = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self::numbered(self.seed, number | 1)
    }

    fn numbered(seed: u64, number: u64) -> Self {
        let mut stream = ChaCha8Rng::seed_from_u64(seed);
        stream.set_stream(number);
        Self {
            seed,
            stream: Arc::new(Mutex::new(stream)),
        }
    }

    /// A number from 0 to `sides - 1`.
    pub fn below(&self, sides: u64) -> u64 {
        self.stream.lock().unwrap().next_u64() % sides
    }

    /// Whether something that happens `share` times in 1,000 happens now.
    pub fn happens(&self, share: u64) -> bool {
        self.below(1000) < share
    }

    /// One of `choices`; `None` where there are none.
    pub fn pick<'a, T>(&self, choices: &'a [T]) -> Option<&'a T> {
        let place = usize::try_from(self.below(choices.len().max(1) as u64)).unwrap();
        choices.get(place)
    }

    /// Fills `bytes`.
    pub fn fill(&self, bytes: &mut [u8]) {
        self.stream.lock().unwrap().fill_bytes(bytes);
    }

    /// This stream as a counter's source of random bytes.
    pub fn entropy(&self) -> EntropySource {
        let own = self.clone();
        EntropySource::new(move |bytes| own.fill(bytes))
    }

    /// This stream and `clock` as the world of a hub.
    pub fn world(&self, clock: &TestClock) -> World {
        let (own, clock) = (self.clone(), clock.clone());
        World::new(
            move || clock.now(),
            move |bytes| {
                own.fill(bytes);
                Ok(())
            },
        )
    }
}
