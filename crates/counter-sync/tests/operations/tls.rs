//! TLS between a hub and its PostgreSQL, with an authority made for the occasion.

use std::{path::Path, process::Command};

use test_support::{
    HubPlace,
    postgres::{Cluster, Database, Durability, ServerCertificate},
};

use crate::raw;

/// An authority that vouches for servers, by the system's openssl.
struct Authority {
    folder: tempfile::TempDir,
}

impl Authority {
    fn new(name: &str) -> Self {
        let authority = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        authority.openssl(&[
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "2",
            "-subj",
            &format!("/CN={name}"),
            "-keyout",
            "ca.key",
            "-out",
            "ca.pem",
        ]);
        authority
    }

    fn file(&self) -> String {
        self.folder.path().join("ca.pem").display().to_string()
    }

    /// A server's certificate for `name`, such as `IP:127.0.0.1`.
    fn vouches_for(&self, name: &str) -> ServerCertificate {
        std::fs::write(self.folder.path().join("names"), format!("subjectAltName={name}\n")).unwrap();
        self.openssl(&[
            "req",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-subj",
            "/CN=server",
            "-keyout",
            "server.key",
            "-out",
            "server.csr",
        ]);
        self.openssl(&[
            "x509",
            "-req",
            "-in",
            "server.csr",
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-days",
            "2",
            "-extfile",
            "names",
            "-out",
            "server.pem",
        ]);
        let read = |name: &str| std::fs::read_to_string(self.folder.path().join(name)).unwrap();
        ServerCertificate {
            certificate: read("server.pem"),
            key: read("server.key"),
        }
    }

    fn openssl(&self, words: &[&str]) {
        let output = Command::new("openssl")
            .current_dir(self.folder.path())
            .args(words)
            .output()
            .expect("openssl (package openssl) is needed");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

fn place(key: &Path, url: &str, authority: &str) -> HubPlace {
    HubPlace::postgres(key, format!("{url}?sslmode=require")).with(&["--postgres-ca", authority])
}

/// The sentence a hub refuses to begin with.
fn refusal(place: &HubPlace) -> String {
    let refused = place.run(&["enrol", "--site", "440104", "--counter", "W03"]);
    assert_ne!(refused.status, 0, "{refused:?}");
    refused.json()["error"]["message"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_speaks_tls_to_the_database_it_knows_and_to_no_other() {
    let (ours, other) = (Authority::new("our authority"), Authority::new("another authority"));
    let key = tempfile::tempdir().unwrap();
    let cluster = Cluster::with_tls(&ours.vouches_for("IP:127.0.0.1")).unwrap();
    let database = Database::within(&cluster).unwrap();
    let hub = place(key.path(), &database.url(), &ours.file()).start();
    assert_eq!(raw::get(hub.address(), "/health/ready", &[]).await.status, 200);
    assert!(encrypted(&database).await > 0, "the hub's connections are encrypted");

    let unknown = refusal(&place(key.path(), &database.url(), &other.file()));
    assert!(
        unknown.contains("not trusted") && unknown.contains("UnknownIssuer"),
        "{unknown}"
    );
    let by_the_system = HubPlace::postgres(key.path(), format!("{}?sslmode=require", database.url()));
    let unknown = refusal(&by_the_system);
    assert!(unknown.contains("not trusted"), "{unknown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_for_another_name_is_refused_with_a_sentence() {
    let authority = Authority::new("our authority");
    let key = tempfile::tempdir().unwrap();
    let cluster = Cluster::with_tls(&authority.vouches_for("DNS:db.example")).unwrap();
    let database = Database::within(&cluster).unwrap();
    let refused = refusal(&place(key.path(), &database.url(), &authority.file()));
    assert!(
        refused.contains("not trusted") && refused.contains("127.0.0.1"),
        "{refused}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_tls_is_refused_where_tls_is_asked_for() {
    let authority = Authority::new("our authority");
    let key = tempfile::tempdir().unwrap();
    let cluster = Cluster::start(Durability::None).unwrap();
    let database = Database::within(&cluster).unwrap();
    let refused = refusal(&place(key.path(), &database.url(), &authority.file()));
    assert!(refused.contains("TLS"), "{refused}");
    assert!(!refused.contains("hub:"), "no password is told: {refused}");
}

/// How many encrypted connections stand to the database, but the one that asks.
async fn encrypted(database: &Database) -> u64 {
    let asked = "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
                 WHERE ssl AND datname = current_database() AND pid <> pg_backend_pid()";
    database.ask(asked).unwrap().parse().unwrap()
}
