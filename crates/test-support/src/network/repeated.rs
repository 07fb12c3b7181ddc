//! A network in which every request arrives two to five times, some of them late and out of order.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use counter_sync::{Transport, TransportError};

use crate::Chance;

/// Sends everything two to five times over another network.
#[derive(Clone, Debug)]
pub struct Repeated<T> {
    network: T,
    chance: Chance,
    later: Arc<Mutex<Vec<http::Request<Bytes>>>>,
}

impl<T: Transport> Repeated<T> {
    /// Repeats over `network` as `chance` has it.
    pub fn new(network: T, chance: Chance) -> Self {
        Self {
            network,
            chance,
            later: Arc::default(),
        }
    }

    /// Lets everything arrive that is still on its way, in any order.
    pub async fn settle(&self) {
        while let Some(request) = self.take_one() {
            // Nobody waits for the answer to a copy.
            let _ = self.network.send(request).await;
        }
    }

    fn take_one(&self) -> Option<http::Request<Bytes>> {
        let mut later = self.later.lock().unwrap();
        let many = later.len() as u64;
        (many > 0).then(|| later.swap_remove(usize::try_from(self.chance.below(many)).unwrap()))
    }
}

impl<T: Transport> Transport for Repeated<T> {
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        if self.chance.happens(400)
            && let Some(overdue) = self.take_one()
        {
            let _ = self.network.send(overdue).await;
        }
        let mut answer = self.network.send(request.clone()).await;
        for _ in 0..1 + self.chance.below(4) {
            if self.chance.happens(500) {
                self.later.lock().unwrap().push(request.clone());
            } else {
                let again = self.network.send(request.clone()).await;
                // Now and then the first answer is lost and the one to a copy comes through.
                if self.chance.happens(150) {
                    answer = again;
                }
            }
        }
        answer
    }
}
