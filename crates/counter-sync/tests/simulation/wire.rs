//! The line between one counter and the hub, at its worst.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use bytes::Bytes;
use counter_sync::{Transport, TransportError};
use hub_api::{
    cbor,
    refused::{RefusedCode, RefusedRequest},
};
use test_support::Chance;
use tokio::sync::oneshot;

use crate::{
    fault::{Fault, Faults},
    hub_host::HubHost,
    scheduler::Scheduler,
    story::Story,
};

/// How long a counter waits for an answer.
const PATIENCE_MS: u64 = 20_000;
/// After this nothing is on its way any more.
pub const LATEST_MS: u64 = 12 * 60 * 1000;

/// A line. Clones share it.
#[derive(Clone)]
pub struct Wire(Arc<Inner>);

struct Inner {
    counter: &'static str,
    scheduler: Scheduler,
    story: Story,
    chance: Chance,
    hub: HubHost,
    faults: Mutex<Faults>,
    cut: AtomicBool,
    slowness: AtomicU64,
    sent: AtomicU64,
}

impl Wire {
    pub fn new(
        counter: &'static str,
        scheduler: &Scheduler,
        story: &Story,
        chance: Chance,
        hub: HubHost,
        faults: Faults,
    ) -> Self {
        let slow = faults.has(Fault::SlowLink) && chance.happens(500);
        Self(Arc::new(Inner {
            counter,
            scheduler: scheduler.clone(),
            story: story.clone(),
            chance,
            hub,
            faults: Mutex::new(faults),
            cut: AtomicBool::new(false),
            slowness: AtomicU64::new(if slow { 60 } else { 1 }),
            sent: AtomicU64::new(0),
        }))
    }

    /// Takes the cable out, or puts it back.
    pub fn set_cut(&self, cut: bool) {
        self.0.cut.store(cut, Ordering::Relaxed);
        self.tell(if cut {
            "the line is cut"
        } else {
            "the line is there again"
        });
    }

    /// From now on everything arrives, once and in time.
    pub fn calm(&self) {
        *self.0.faults.lock().unwrap() = Faults::default();
        self.0.slowness.store(1, Ordering::Relaxed);
        self.0.cut.store(false, Ordering::Relaxed);
    }

    fn tell(&self, what: impl std::fmt::Display) {
        self.0.story.tell(self.0.counter, what);
    }

    fn goes_wrong(&self, fault: Fault, share: u64) -> bool {
        // Drawn whether or not the fault is in the run: leaving one out moves nothing else.
        let drawn = self.0.chance.happens(share);
        drawn && self.0.faults.lock().unwrap().has(fault)
    }

    fn is_cut(&self) -> bool {
        self.0.cut.load(Ordering::Relaxed)
    }

    async fn travel(&self) {
        let ms = 2 + self.0.chance.below(60);
        let slowness = self.0.slowness.load(Ordering::Relaxed);
        self.0.scheduler.sleep(ms * slowness).await;
    }

    /// Another copy of `request` that arrives after `delay` ms, whatever has happened until then.
    fn copy_later(&self, request: http::Request<Bytes>, delay: u64) {
        let own = self.clone();
        let number = self.0.sent.load(Ordering::Relaxed);
        self.0.scheduler.spawn(async move {
            own.0.scheduler.sleep(delay).await;
            own.tell(format!("request {number} arrives late"));
            drop(own.0.hub.serve(request).await);
        });
    }
}

impl Transport for Wire {
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let number = self.0.sent.fetch_add(1, Ordering::Relaxed) + 1;
        let what = format!("request {number} {} {}", request.method(), request.uri().path());
        self.travel().await;
        if self.is_cut() {
            return Err(TransportError::NotSent("the line is cut".into()));
        }
        if self.goes_wrong(Fault::RequestLost, 70) {
            self.tell(format!("{what} is lost"));
            self.0.scheduler.sleep(PATIENCE_MS).await;
            return Err(TransportError::MaybeSent("no answer".into()));
        }
        if self.goes_wrong(Fault::OtherVersion, 40) {
            self.tell(format!("{what} meets a hub of another version"));
            return Ok(other_version());
        }
        for _ in 0..4 {
            if self.goes_wrong(Fault::Repeated, 60) {
                self.tell(format!("{what} is repeated"));
                self.copy_later(request.clone(), self.0.chance.below(90_000));
            }
        }
        if self.goes_wrong(Fault::Late, 60) {
            self.tell(format!("{what} is held up"));
            self.copy_later(request, PATIENCE_MS + self.0.chance.below(8 * 60 * 1000));
            self.0.scheduler.sleep(PATIENCE_MS).await;
            return Err(TransportError::MaybeSent("no answer".into()));
        }
        let answered = self.0.hub.serve(request);
        let answer = tokio::select! {
            biased;
            answer = answered => answer.map_err(|_: oneshot::error::RecvError| "the hub is gone"),
            () = self.0.scheduler.sleep(PATIENCE_MS) => Err("no answer in time"),
        };
        self.travel().await;
        let lost = self.goes_wrong(Fault::ReplyLost, 70);
        match answer {
            Ok(_) if lost || self.is_cut() => {
                self.tell(format!("the answer to {what} is lost"));
                Err(TransportError::MaybeSent("no answer".into()))
            }
            Ok(answer) => {
                self.tell(format!("{what}: {}", answer.status().as_u16()));
                Ok(answer)
            }
            Err(why) => {
                self.tell(format!("{what}: {why}"));
                Err(TransportError::MaybeSent(why.into()))
            }
        }
    }
}

/// What a hub answers that does not speak this version.
fn other_version() -> http::Response<Bytes> {
    let refused = RefusedRequest {
        code: RefusedCode::UnsupportedProtocol,
        message: "another version".into(),
        hub_now: 0,
    };
    let mut answer = http::Response::new(Bytes::from(cbor::encode(&refused)));
    *answer.status_mut() = http::StatusCode::from_u16(refused.code.status()).unwrap();
    answer
}
