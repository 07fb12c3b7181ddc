//! Running the hub until it is told to stop.

use std::net::SocketAddr;

use serde_json::json;
use tokio::net::TcpListener;

use super::{Failure, say};
use crate::{http, hub::Hub, store::HubStore, web};

pub(super) async fn serve<S: HubStore>(hub: Hub<S>, listen: &str, pages: web::Settings) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::other("listen", format!("{listen}: {error}"));
    let listener = TcpListener::bind(listen).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    say(&json!({"listening": address.to_string(), "key": hub.public_key().id().to_string()}));
    tracing::info!(%address, "listening");
    let stopping = hub.clone();
    let addresses = http::router(hub.clone()).merge(web::router(hub, pages));
    axum::serve(listener, addresses.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(async move {
            told_to_stop().await;
            tracing::info!("stopping");
            stopping.stop();
        })
        .await
        .map_err(failed)?;
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
