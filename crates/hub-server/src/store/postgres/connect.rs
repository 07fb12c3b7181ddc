//! The way to the database: address, TLS, and a pool of connections with time limits.

use std::{fmt, net::IpAddr, path::PathBuf, sync::Arc, time::Duration};

use deadpool_postgres::{Hook, HookError, Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use tokio_postgres::{
    Config,
    config::{Host, SslMode},
};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::store::{StoreError, Stored};

/// How long a request waits for a connection, a connection for the database, and the database for a lock.
const WAIT: Duration = Duration::from_secs(10);

/// What every connection sets for itself. No statement, lock or forgotten transaction holds up the others. Long values are
/// packed by the quicker of the two ways a server may know; PostgreSQL's own took a quarter of its work at a push.
const SESSION: &str = "SET statement_timeout = '30s'; SET lock_timeout = '10s'; \
     SET idle_in_transaction_session_timeout = '60s'; SET application_name = 'credit-hub'; \
     SELECT set_config(name, 'lz4', false) FROM pg_settings \
     WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)";

/// Where the database is and how it is reached.
#[derive(Clone, PartialEq, Eq)]
pub struct PostgresOptions {
    /// `postgres://user:password@host:port/database`, or libpq's `host=… dbname=…`.
    pub url: String,
    /// The certificates of the authority that vouches for the server, PEM; the system's where absent.
    pub authority: Option<PathBuf>,
    /// The most connections this process holds.
    pub connections: usize,
}

impl PostgresOptions {
    /// The most connections a process holds where nothing else is said.
    pub const CONNECTIONS: usize = 8;

    /// A database at `url`, everything else as usual.
    pub fn at(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            authority: None,
            connections: Self::CONNECTIONS,
        }
    }
}

impl fmt::Debug for PostgresOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address holds a password.
        formatter
            .debug_struct("PostgresOptions")
            .field("authority", &self.authority)
            .field("connections", &self.connections)
            .finish_non_exhaustive()
    }
}

pub(super) fn pool(options: &PostgresOptions) -> Stored<Pool> {
    let mut config: Config = options
        .url
        .parse()
        .map_err(|_| StoreError::Failed("the address of the database cannot be read".into()))?;
    config.connect_timeout(WAIT).keepalives_idle(Duration::from_secs(30));
    // What leaves the machine is encrypted and the server is known, unless the address says sslmode=disable.
    if config.get_ssl_mode() == SslMode::Prefer && !config.get_hosts().iter().all(is_here) {
        config.ssl_mode(SslMode::Require);
    }
    let manager = Manager::from_config(
        config,
        MakeRustlsConnect::new(tls(options)?),
        ManagerConfig {
            recycling_method: RecyclingMethod::Fast,
        },
    );
    Pool::builder(manager)
        .max_size(options.connections.max(2))
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(WAIT))
        .create_timeout(Some(WAIT))
        .recycle_timeout(Some(WAIT))
        .post_create(Hook::async_fn(|client, _| {
            Box::pin(async move { client.batch_execute(SESSION).await.map_err(HookError::Backend) })
        }))
        .build()
        .map_err(|error| StoreError::Failed(Box::new(error)))
}

fn is_here(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => name == "localhost" || name.parse().is_ok_and(|address: IpAddr| address.is_loopback()),
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}

fn tls(options: &PostgresOptions) -> Stored<ClientConfig> {
    let failed = |error: &dyn fmt::Display| StoreError::Failed(format!("TLS to the database: {error}").into());
    let mut roots = RootCertStore::empty();
    match &options.authority {
        Some(file) => {
            for certificate in CertificateDer::pem_file_iter(file).map_err(|error| failed(&error))? {
                let certificate = certificate.map_err(|error| failed(&error))?;
                roots.add(certificate).map_err(|error| failed(&error))?;
            }
            if roots.is_empty() {
                return Err(failed(&format!("{} holds no certificate", file.display())));
            }
        }
        None => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| failed(&error))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}
