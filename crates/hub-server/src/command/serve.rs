//! Running the hub until it is told to stop.

use std::time::Duration;

use serde_json::json;
use tokio::net::TcpListener;

use super::{Failure, Serving, say};
use crate::{connections, head_mark, http, hub::Hub, store::HubStore, web};

/// How long the requests that are being answered may take to end once the process is told to stop.
const GRACE: Duration = Duration::from_secs(30);

pub(super) async fn serve<S: HubStore>(hub: Hub<S>, serving: Serving) -> Result<(), Failure> {
    let Serving {
        listen,
        pages,
        limits,
        mark,
    } = serving;
    let failed = |error: std::io::Error| Failure::other("listen", format!("{listen}: {error}"));
    let listener = TcpListener::bind(&listen).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    say(&json!({"listening": address.to_string(), "key": hub.public_key().id().to_string()}));
    tracing::info!(%address, "listening");
    if let Some(mark) = mark.clone() {
        tokio::spawn(head_mark::keep(hub.clone(), mark));
    }
    let stopping = hub.clone();
    let addresses = http::router(hub.clone()).merge(web::router(hub.clone(), pages));
    let mut told = stopping.stopping();
    let answering = connections::serve(listener, addresses, limits, async move {
        told_to_stop().await;
        tracing::info!("stopping");
        stopping.stop();
    });
    let too_long = async {
        let _told = told.wait_for(|told| *told).await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        () = answering => {}
        () = too_long => tracing::warn!("requests that took too long were cut off"),
    }
    if let Some(mark) = &mark {
        head_mark::mark(&hub, mark).await;
    }
    tracing::info!("stopped");
    Ok(())
}

/// Ends at SIGTERM or ctrl-c.
async fn told_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
