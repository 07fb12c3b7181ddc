//! A running cluster.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::Path,
    process::{Child, Stdio},
    sync::mpsc::{self, Sender},
    thread::{self, JoinHandle},
};

use tempfile::TempDir;

use crate::{
    PostgresError,
    programs::{as_user, ordinary_user, program, run},
};

/// The server says so when it can be used.
const READY: &str = "database system is ready to accept connections";
/// Another program may take the free port before the server does.
const STARTS: usize = 5;

/// Whether what is committed is on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// As in use.
    Full,
    /// Nothing waits for the disk: enough where the machine does not fail, and much faster.
    None,
}

/// A cluster that goes away with this value.
#[derive(Debug)]
pub struct Cluster {
    url: String,
    port: u16,
    durability: Durability,
    // Ends the server before the folder is removed: fields are dropped in this order.
    server: Option<Server>,
    folder: TempDir,
}

/// A certificate and its key, both PEM, for a server that speaks TLS.
#[derive(Clone, Debug)]
pub struct ServerCertificate {
    /// The certificate.
    pub certificate: String,
    /// Its key.
    pub key: String,
}

impl Cluster {
    /// Makes and starts a cluster.
    ///
    /// # Errors
    /// [`PostgresError`].
    pub fn start(durability: Durability) -> Result<Self, PostgresError> {
        Self::begin(durability, None)
    }

    /// Makes and starts a cluster that speaks TLS to whoever asks for it.
    ///
    /// # Errors
    /// [`PostgresError`].
    pub fn with_tls(certificate: &ServerCertificate) -> Result<Self, PostgresError> {
        Self::begin(Durability::None, Some(certificate))
    }

    fn begin(durability: Durability, certificate: Option<&ServerCertificate>) -> Result<Self, PostgresError> {
        let user = ordinary_user()?;
        let folder = tempfile::Builder::new()
            .prefix("credit-postgres-")
            .tempdir()
            .map_err(|source| io("a temporary folder", source))?;
        let (data, password_file) = (folder.path().join("data"), folder.path().join("password"));
        let mut password = [0; 16];
        getrandom::fill(&mut password).map_err(|_| PostgresError::Entropy)?;
        let password = hex::encode(password);
        fs::write(&password_file, &password).map_err(|source| io("the password file", source))?;
        give_to(user, folder.path())?;
        give_to(user, &password_file)?;
        run(as_user(&program("initdb")?, user)
            .current_dir(folder.path())
            .args([
                "--username=hub",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ])
            .arg(format!("--pwfile={}", password_file.display()))
            .arg(format!("--pgdata={}", data.display())))?;

        if let Some(certificate) = certificate {
            let settings = "ssl = on\n";
            for (name, text, mode) in [
                ("server.crt", certificate.certificate.as_str(), 0o644),
                ("server.key", &certificate.key, 0o600),
                ("postgresql.auto.conf", settings, 0o600),
            ] {
                let path = data.join(name);
                write_private(&path, text, mode)?;
                give_to(user, &path)?;
            }
        }
        let mut last = None;
        for _ in 0..STARTS {
            let port = free_port()?;
            match Server::start(&data, user, port, durability) {
                Ok(server) => {
                    return Ok(Self {
                        url: format!("postgres://hub:{password}@127.0.0.1:{port}"),
                        port,
                        durability,
                        server: Some(server),
                        folder,
                    });
                }
                Err(error) => last = Some(error),
            }
        }
        Err(last.unwrap_or(PostgresError::NotInstalled))
    }

    /// Ends the server; what it holds stays.
    pub fn stop(&mut self) {
        self.server = None;
    }

    /// Starts the server again, at its port.
    ///
    /// # Errors
    /// [`PostgresError`].
    pub fn start_again(&mut self) -> Result<(), PostgresError> {
        let data = self.folder.path().join("data");
        self.server = Some(Server::start(&data, ordinary_user()?, self.port, self.durability)?);
        Ok(())
    }

    /// Its address, without a database: `postgres://user:password@127.0.0.1:port`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }
}

/// The server, held by a thread of its own: what a dying process takes along is decided by the thread that started it,
/// and the threads of tests come and go.
#[derive(Debug)]
struct Server {
    end: Option<Sender<()>>,
    keeper: Option<JoinHandle<()>>,
}

impl Server {
    fn start(data: &Path, user: Option<(u32, u32)>, port: u16, durability: Durability) -> Result<Self, PostgresError> {
        let mut command = as_user(&program("postgres")?, user);
        command
            .current_dir(data)
            .arg("-D")
            .arg(data)
            .args(["-h", "127.0.0.1", "-k", "", "-p"])
            .arg(port.to_string())
            .args(["-c", "max_connections=200", "-c", "log_min_messages=log"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .env("LC_ALL", "C");
        if durability == Durability::None {
            command.args([
                "-c",
                "fsync=off",
                "-c",
                "synchronous_commit=off",
                "-c",
                "full_page_writes=off",
            ]);
        }
        let (end, ended) = mpsc::channel::<()>();
        let (ready, is_ready) = mpsc::channel();
        let keeper = thread::spawn(move || match command.spawn() {
            Ok(mut child) => {
                watch(&mut child, ready);
                // Ends when the owner lets go of its side, whether or not it says so.
                let _word = ended.recv();
                stop(&mut child);
            }
            Err(source) => drop(ready.send(Err(io("postgres", source)))),
        });
        let server = Self {
            end: Some(end),
            keeper: Some(keeper),
        };
        is_ready.recv().unwrap_or_else(|_| {
            Err(PostgresError::Failed {
                program: "postgres".into(),
                said: "it ended before it was ready".into(),
            })
        })?;
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(keeper) = self.keeper.take() {
            let _ended = keeper.join();
        }
    }
}

/// Tells when the server is ready, or what it said instead, and goes on reading so that it never waits for a reader.
fn watch(child: &mut Child, ready: Sender<Result<(), PostgresError>>) {
    let Some(log) = child.stderr.take() else { return };
    thread::spawn(move || {
        let mut said = String::new();
        let mut ready = Some(ready);
        for line in BufReader::new(log).lines().map_while(Result::ok) {
            if line.contains(READY)
                && let Some(ready) = ready.take()
            {
                let _told = ready.send(Ok(()));
            }
            if ready.is_some() {
                said.push_str(&line);
                said.push('\n');
            }
        }
        if let Some(ready) = ready {
            let _told = ready.send(Err(PostgresError::Failed {
                program: "postgres".into(),
                said,
            }));
        }
    });
}

/// A fast shutdown, by the signal the server takes for it.
fn stop(child: &mut Child) {
    let signalled = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .is_ok_and(|status| status.success());
    if !signalled {
        let _killed = child.kill();
    }
    let _ended = child.wait();
}

fn free_port() -> Result<u16, PostgresError> {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|source| io("a free port", source))
}

fn write_private(path: &Path, text: &str, mode: u32) -> Result<(), PostgresError> {
    use std::os::unix::fs::PermissionsExt;
    fs::write(path, text)
        .and_then(|()| fs::set_permissions(path, fs::Permissions::from_mode(mode)))
        .map_err(|source| io("a file of the server", source))
}

fn give_to(user: Option<(u32, u32)>, path: &Path) -> Result<(), PostgresError> {
    let Some((uid, gid)) = user else { return Ok(()) };
    std::os::unix::fs::chown(path, Some(uid), Some(gid)).map_err(|source| io("chown", source))
}

fn io(program: &str, source: std::io::Error) -> PostgresError {
    PostgresError::Io {
        program: program.into(),
        source,
    }
}
