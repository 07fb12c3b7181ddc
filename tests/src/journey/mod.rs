//! The journey of one case, from a spreadsheet to proof of delivery, walked in the real window.

mod acts;
pub mod backups;
pub mod bad_disk;
pub mod burnt;
pub mod calls;
pub mod closed;
pub mod closing;
pub mod continued;
mod credit;
pub mod damaged_page;
pub mod doors;
pub mod figures;
mod import_file;
pub mod insisted;
pub mod keyboard_alone;
pub mod limits;
pub mod line;
pub mod long_import;
pub mod long_stick;
mod looks;
pub mod no_key;
pub mod objection;
pub mod parked;
pub mod parked_again;
mod prepared;
pub mod pulled_plug;
pub mod register;
pub mod scanning;
mod scans;
pub mod screens;
mod set_up;
pub mod seven;
mod sheet;
pub mod stick;
mod training;
pub mod undetermined;
pub mod undone;
pub mod verified;
mod visit;
pub mod week;
mod workbook;

use std::path::Path;

use crate::{Failure, hub::Hub, programs::repository, window::Window};

/// The enterprise of the journey: made up, with a code whose check digits are right.
pub const ENTERPRISE: &str = "广州市穗安诚样例装饰工程有限公司";
/// Its code.
pub const CODE: &str = "91440104MAJ1XG612G";

/// Walks the whole journey over an empty data folder. Pictures go, numbered, into `out`, papers too.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(data: &Path, hub: &mut Hub, out: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(out)?;
    let file = import_file::write(out)?;
    let book = workbook::write(out)?;
    let mut window = Window::open(data, out).await?;
    set_up::first_run(&mut window).await?;
    import_file::import(&mut window, &file, out).await?;
    workbook::import_twice(&mut window, &book).await?;
    credit::find_and_read(&mut window).await?;
    credit::advise(&mut window).await?;
    credit::refer(&mut window).await?;
    credit::enter_by_hand(&mut window, &repository().join("assets/icons/icon.png")).await?;
    let case = visit::receive(&mut window).await?;
    acts::submit(&mut window, &case).await?;
    acts::deliver(&mut window, hub, &case).await?;
    acts::decide_at_the_hub(&mut window, hub, &case).await?;
    acts::read_the_rules(&mut window).await?;
    // From here on the line to the centre is cut: a class, its exam and the certificates need no network.
    keep_papers(data, out)?;
    hub.stop()?;
    training::open_class(&mut window).await?;
    let mut window = training::sit_the_exam(window, data).await?;
    let qr = training::issue_and_verify(&mut window, data).await?;
    hub.start_again()?;
    acts::sync(&window).await?;
    training::verify(&mut window, &qr, "final").await?;
    window.look("核验-已确认").await?;
    keep_papers(data, out)?;
    window.close().await
}

/// What was opened for printing lies in the data folder, each content in a folder of its own, until the program ends:
/// a copy goes beside the pictures.
fn keep_papers(data: &Path, out: &Path) -> Result<(), Failure> {
    for content in std::fs::read_dir(data.join("papers"))? {
        for entry in std::fs::read_dir(content?.path())? {
            let path = entry?.path();
            if let Some(name) = path.file_name() {
                std::fs::copy(&path, out.join(name))?;
            }
        }
    }
    Ok(())
}
