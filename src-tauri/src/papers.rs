//! Papers that lie in the clear while the system's viewer shows them: each content in a folder of its own, so that two
//! papers of one name stay two, readable by this account only, and gone when they are old and when the program ends.
//! The papers themselves are kept encrypted.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

/// So long a viewer may want to read the file again.
const OPEN_FOR: Duration = Duration::from_secs(30 * 60);

/// Lays a paper out for a viewer; gives its path.
///
/// # Errors
/// When it cannot be written.
pub fn lay_out(papers: &Path, content: &str, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    let folder = papers.join(content);
    make_private(&folder)?;
    let path = folder.join(name);
    fs::write(&path, bytes)?;
    Ok(path)
}

/// Takes all of them away.
pub fn clear(papers: &Path) {
    if papers.exists()
        && let Err(error) = fs::remove_dir_all(papers)
    {
        tracing::warn!(%error, "papers laid out for printing could not be removed");
    }
}

/// Takes those away that were laid out long ago.
pub fn clear_old(papers: &Path) {
    let Ok(entries) = fs::read_dir(papers) else { return };
    for entry in entries.filter_map(Result::ok) {
        // Writing the same paper again makes the file younger, not its folder: the youngest inside counts.
        let is_young = |path: &Path| {
            let age = fs::metadata(path)
                .and_then(|file| file.modified())
                .map(|at| at.elapsed());
            matches!(age, Ok(Ok(age)) if age < OPEN_FOR)
        };
        let mut inside = fs::read_dir(entry.path()).into_iter().flatten().filter_map(Result::ok);
        if !inside.any(|file| is_young(&file.path()))
            && let Err(error) = fs::remove_dir_all(entry.path())
        {
            tracing::warn!(%error, "a paper laid out for printing could not be removed");
        }
    }
}

/// Makes a folder that only this account can look into.
fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use std::{
        fs::File,
        io,
        time::{Duration, SystemTime},
    };

    use super::*;

    #[test]
    fn two_papers_of_one_name_stay_two_and_only_the_old_one_goes() -> io::Result<()> {
        let root = std::env::temp_dir().join(format!("credit-counter-papers-{}", std::process::id()));
        let old = lay_out(&root, "aaaa", "收件回执.pdf", b"one")?;
        let young = lay_out(&root, "bbbb", "收件回执.pdf", b"two")?;
        File::options()
            .write(true)
            .open(&old)?
            .set_modified(SystemTime::now() - OPEN_FOR - Duration::from_secs(1))?;
        clear_old(&root);
        assert!(!old.exists());
        assert_eq!(fs::read(&young)?, b"two");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&root)?.permissions().mode() & 0o777, 0o700);
        }
        clear(&root);
        assert!(!root.exists());
        Ok(())
    }
}
