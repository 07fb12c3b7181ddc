//! A network that loses and repeats what it is told to.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use axum::Router;
use bytes::Bytes;
use counter_sync::{Transport, TransportError};

use super::deliver;

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It arrives and is answered.
    Arrives,
    /// It never leaves.
    Lost,
    /// It arrives, the answer does not.
    AnswerLost,
    /// It arrives twice; the second answer comes back.
    Twice,
}

/// A network that does what it is told, request by request, and notes what went over it.
#[derive(Clone, Debug)]
pub struct Told {
    router: Router,
    fates: Arc<Mutex<VecDeque<Fate>>>,
    /// What went over it, as it was sent and answered.
    pub seen: Arc<Mutex<Vec<Exchange>>>,
}

/// A request and its answer.
pub type Exchange = (http::Request<Bytes>, http::Response<Bytes>);

impl Told {
    /// Does to each request what `fates` says, then lets everything arrive.
    pub fn new(router: Router, fates: impl IntoIterator<Item = Fate>) -> Self {
        Self {
            router,
            fates: Arc::new(Mutex::new(fates.into_iter().collect())),
            seen: Arc::default(),
        }
    }

    /// The answers to requests for `path`, in order.
    pub fn answers(&self, path: &str) -> Vec<Bytes> {
        let seen = self.seen.lock().unwrap();
        seen.iter()
            .filter(|(request, _)| request.uri().path() == path)
            .map(|(_, answer)| answer.body().clone())
            .collect()
    }

    /// The last request for `path`.
    pub fn request(&self, path: &str) -> http::Request<Bytes> {
        let seen = self.seen.lock().unwrap();
        seen.iter()
            .rev()
            .find(|(request, _)| request.uri().path() == path)
            .unwrap()
            .0
            .clone()
    }
}

impl Transport for Told {
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let fate = self.fates.lock().unwrap().pop_front().unwrap_or(Fate::Arrives);
        if fate == Fate::Lost {
            return Err(TransportError::NotSent("the cable is out".into()));
        }
        let mut answer = deliver(&self.router, request.clone()).await;
        self.seen.lock().unwrap().push((request.clone(), answer.clone()));
        match fate {
            Fate::Twice => {
                answer = deliver(&self.router, request).await;
                Ok(answer)
            }
            Fate::AnswerLost => Err(TransportError::MaybeSent("the answer was lost".into())),
            Fate::Arrives | Fate::Lost => Ok(answer),
        }
    }
}
