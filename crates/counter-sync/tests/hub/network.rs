//! Networks without wires: straight into the hub's router, and one that loses and repeats what it is told to.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use axum::{Router, body::Body};
use bytes::Bytes;
use counter_sync::{Transport, TransportError};
use tower::ServiceExt;

/// Every request arrives once and is answered.
#[derive(Clone)]
pub struct Direct(pub Router);

impl Transport for Direct {
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        Ok(deliver(&self.0, request).await)
    }
}

/// Hands a request to the hub, as it is.
pub async fn deliver(router: &Router, request: http::Request<Bytes>) -> http::Response<Bytes> {
    let answer = router.clone().oneshot(request.map(Body::from)).await.unwrap();
    let (parts, body) = answer.into_parts();
    http::Response::from_parts(parts, axum::body::to_bytes(body, usize::MAX).await.unwrap())
}

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
#[derive(Clone)]
pub struct Told {
    router: Router,
    fates: Arc<Mutex<VecDeque<Fate>>>,
    pub seen: Arc<Mutex<Vec<Exchange>>>,
}

type Exchange = (http::Request<Bytes>, http::Response<Bytes>);

impl Told {
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

/// A network whose answers pass through `bend`.
pub struct Bent<F>(pub Router, pub F);

impl<F: Fn(&str, Bytes) -> Bytes + Send + Sync> Transport for Bent<F> {
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let path = request.uri().path().to_owned();
        let answer = deliver(&self.0, request).await;
        Ok(answer.map(|body| (self.1)(&path, body)))
    }
}
