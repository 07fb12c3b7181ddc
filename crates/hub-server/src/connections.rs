//! Taking connections: so many at once and no more, each given so much time to say what it wants.
//!
//! Whoever opens connections and says nothing, or says it a letter at a time, is let go before others have to wait long
//! for a place. How fast one may ask is limited behind this, in `http::observe` and `web::pace`.

use std::{future::Future, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::{Extension, Router, extract::ConnectInfo};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
};
use tower::Layer;

/// After a connection could not be taken, as where the process has too many files open.
const PAUSE: Duration = Duration::from_millis(200);

/// What is allowed of connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many are open at once; further ones wait in the system's queue.
    pub connections: u32,
    /// How long one may take from its beginning, or from its last answer, to the end of a request's head.
    pub head: Duration,
}

impl Limits {
    /// Below the 1,024 files that a process may usually have open. Every counter holds one open while it waits.
    pub const CONNECTIONS: u32 = 900;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: Self::CONNECTIONS,
            head: Duration::from_secs(30),
        }
    }
}

/// Answers what comes in at `listener` until `stop`; then lets every connection end its request, and returns when all have.
pub async fn serve(listener: TcpListener, addresses: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(limits.connections as usize));
    let (stopping, told) = watch::channel(false);
    let mut stop = pin!(stop);
    loop {
        let taking = async {
            // The semaphore is never closed.
            let place = Arc::clone(&places).acquire_owned().await.ok()?;
            let (stream, peer) = accepted(&listener).await;
            Some((place, stream, peer))
        };
        let (place, stream, peer) = tokio::select! {
            taken = taking => match taken {
                Some(taken) => taken,
                None => break,
            },
            () = &mut stop => break,
        };
        let (addresses, told) = (addresses.clone(), told.clone());
        tokio::spawn(async move {
            answer(stream, peer, addresses, limits, told).await;
            drop(place);
        });
    }
    drop(listener);
    stopping.send_replace(true);
    // Every place is free again when every connection has ended.
    let _ended = places.acquire_many(limits.connections).await;
}

async fn accepted(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection was not taken");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

async fn answer(
    stream: TcpStream,
    peer: SocketAddr,
    addresses: Router,
    limits: Limits,
    mut told: watch::Receiver<bool>,
) {
    // Answers are whole messages: none waits for another to travel with.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection waits to fill its packets");
    }
    let service = TowerToHyperService::new(Extension(ConnectInfo(peer)).layer(addresses));
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    loop {
        tokio::select! {
            ended = connection.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!(error, "a connection ended early");
                }
                return;
            }
            _ = told.wait_for(|told| *told), if !*told.borrow() => connection.as_mut().graceful_shutdown(),
        }
    }
}
