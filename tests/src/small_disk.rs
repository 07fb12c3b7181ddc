//! A small disk that can really be full and really be write-protected: a file system in memory, in a space of its own.
//!
//! Where a mount is allowed (root, or a user who may have a user namespace) it is a tmpfs in a mount namespace, which a
//! process holds open and programs enter. In a container where neither is allowed, the container's own small
//! `/dev/shm` is filled, and what is not to be written to loses its permission bits, for a program that has given up the
//! right to pass over them.

use std::{
    fs,
    io::{BufRead, BufReader, ErrorKind, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use crate::{Failure, driver::Launch};

const MEGABYTES: u64 = 48;
/// A shared memory larger than that is the computer's, not a container's: it is not filled.
const SHARED_AT_MOST: u64 = 256 * 1024 * 1024;
const SHARED: &str = "/dev/shm";
/// What takes the room.
const FILLER: &str = "filler";

/// See the module. It is gone when dropped.
#[derive(Debug)]
pub struct SmallDisk(Kind);

#[derive(Debug)]
enum Kind {
    /// A mount in the namespaces of `holder`, at `inside`.
    Mounted {
        holder: Child,
        inside: PathBuf,
        user_namespace: bool,
    },
    /// A folder on a small disk that was there.
    Shared { folder: PathBuf },
}

impl SmallDisk {
    /// An empty disk; where it is mounted, it is seen at `at`.
    ///
    /// # Errors
    /// When nothing of the kind is allowed here.
    pub fn new(at: &Path) -> Result<Self, Failure> {
        fs::create_dir_all(at)?;
        for user_namespace in [false, true] {
            if let Some(holder) = mount(at, user_namespace)? {
                return Ok(Self(Kind::Mounted {
                    holder,
                    inside: at.to_owned(),
                    user_namespace,
                }));
            }
        }
        let folder = Path::new(SHARED).join(format!("small-disk-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let disk = Self(Kind::Shared { folder });
        match disk.room()? {
            room if room <= SHARED_AT_MOST => Ok(disk),
            _ => Err("neither a mount nor a small /dev/shm is to be had here".into()),
        }
    }

    /// Where a program started with [`SmallDisk::launch`] sees `name` on it.
    pub fn inside(&self, name: &str) -> PathBuf {
        match &self.0 {
            Kind::Mounted { inside, .. } => inside.join(name),
            Kind::Shared { folder } => folder.join(name),
        }
    }

    /// Where this process sees `name` on it.
    pub fn outside(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    /// How a program is started that sees the disk, and is kept from writing where that is not allowed.
    pub fn launch(&self) -> Launch {
        let under = match &self.0 {
            Kind::Mounted {
                holder, user_namespace, ..
            } => {
                let mut under = vec![
                    "nsenter".to_owned(),
                    "-t".to_owned(),
                    holder.id().to_string(),
                    "-m".to_owned(),
                ];
                if *user_namespace {
                    under.extend(["-U".to_owned(), "--preserve-credentials".to_owned()]);
                }
                under.push("--".to_owned());
                under
            }
            // For root every folder could be written to.
            Kind::Shared { .. } if is_root() => ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--"]
                .map(str::to_owned)
                .to_vec(),
            Kind::Shared { .. } => Vec::new(),
        };
        Launch {
            under,
            ..Launch::default()
        }
    }

    /// Takes all the room that is left.
    ///
    /// # Errors
    /// When the disk refuses for another reason than being full.
    pub fn fill(&self) -> Result<(), Failure> {
        let mut filler = fs::File::options()
            .create(true)
            .append(true)
            .open(self.root().join(FILLER))?;
        // In pieces, the last of them as small as the disk counts.
        for piece in [1 << 20, 1 << 12] {
            let piece = vec![1_u8; piece];
            loop {
                match filler.write_all(&piece) {
                    Ok(()) => {}
                    Err(error) if error.kind() == ErrorKind::StorageFull => break,
                    Err(error) => return Err(error.into()),
                }
            }
        }
        Ok(())
    }

    /// Gives the room back.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn make_room(&self) -> Result<(), Failure> {
        Ok(fs::remove_file(self.root().join(FILLER))?)
    }

    /// Sets or takes off the write protection of the disk.
    ///
    /// # Errors
    /// When that is not allowed, or a program still writes.
    pub fn protect(&self, protected: bool) -> Result<(), Failure> {
        match &self.0 {
            Kind::Mounted { inside, .. } => {
                let options = if protected { "remount,ro" } else { "remount,rw" };
                let mut entering = self.launch().command("mount");
                let ended = entering.arg("-o").arg(options).arg(inside).status()?;
                if ended.success() {
                    Ok(())
                } else {
                    Err(format!("{options} was refused: {ended}").into())
                }
            }
            Kind::Shared { folder } => permit(folder, !protected),
        }
    }

    fn root(&self) -> PathBuf {
        match &self.0 {
            Kind::Mounted { holder, inside, .. } => {
                let inside = inside.strip_prefix("/").unwrap_or(inside);
                Path::new("/proc")
                    .join(holder.id().to_string())
                    .join("root")
                    .join(inside)
            }
            Kind::Shared { folder } => folder.clone(),
        }
    }

    /// What is free, in bytes.
    fn room(&self) -> Result<u64, Failure> {
        let output = Command::new("df")
            .args(["--output=avail", "-B1"])
            .arg(self.root())
            .output()?;
        let text = String::from_utf8(output.stdout)?;
        Ok(text.lines().last().unwrap_or_default().trim().parse()?)
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        match &mut self.0 {
            Kind::Mounted { holder, .. } => {
                let _ = holder.kill();
                let _ = holder.wait();
            }
            Kind::Shared { folder } => {
                let _ = permit(folder, true);
                let _ = fs::remove_dir_all(folder);
            }
        }
    }
}

/// A process with a disk mounted at `at` where only it sees it; none where that is not allowed.
fn mount(at: &Path, user_namespace: bool) -> Result<Option<Child>, Failure> {
    let mut command = Command::new("unshare");
    if user_namespace {
        command.args(["--user", "--map-current-user", "--keep-caps"]);
    }
    let script =
        format!("mount -t tmpfs -o size={MEGABYTES}m,mode=700 tmpfs \"$0\" && echo mounted && exec sleep infinity");
    let mut holder = command
        .args(["--mount", "sh", "-c", &script])
        .arg(at)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("unshare: {error}"))?;
    let output = holder.stdout.take().ok_or("no standard output")?;
    let mut said = String::new();
    BufReader::new(output).read_line(&mut said)?;
    if said.trim() == "mounted" {
        return Ok(Some(holder));
    }
    let _ = holder.kill();
    holder.wait()?;
    Ok(None)
}

/// Gives or takes the permission to write to a folder and all in it.
fn permit(folder: &Path, writing: bool) -> Result<(), Failure> {
    let mode = if writing { "u+w" } else { "a-w" };
    let ended = Command::new("chmod").args(["-R", mode]).arg(folder).status()?;
    if ended.success() {
        Ok(())
    } else {
        Err(format!("chmod {mode} was refused: {ended}").into())
    }
}

fn is_root() -> bool {
    Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
