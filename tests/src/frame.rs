//! The cross of a window's frame, pressed: what a window manager says to a program whose window a person closes.
//!
//! The driver only ends its session, and with it the program. No window manager runs on the virtual display, so the few
//! words it would say (ICCCM, `WM_DELETE_WINDOW`) are said here.

use x11rb::{
    connection::Connection,
    protocol::xproto::{AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, Window},
    rust_connection::RustConnection,
};

use crate::Failure;

/// The most numbers of a property that are read.
const NUMBERS: u32 = 32;

/// Presses the cross of every window that the program `process` has on the display.
///
/// # Errors
/// When there is no such window, or no X11 display.
pub fn press_the_cross(process: u32) -> Result<(), Failure> {
    let (display, screen) = x11rb::connect(None)?;
    let atom = |name: &str| Ok::<_, Failure>(display.intern_atom(false, name.as_bytes())?.reply()?.atom);
    let (of, protocols, delete) = (atom("_NET_WM_PID")?, atom("WM_PROTOCOLS")?, atom("WM_DELETE_WINDOW")?);
    let mut pressed = false;
    let mut left = vec![display.setup().roots[screen].root];
    while let Some(window) = left.pop() {
        // A window may have gone since its parent named it.
        if let Ok(tree) = display.query_tree(window)?.reply() {
            left.extend(tree.children);
        }
        if numbers(&display, window, of)?.first() == Some(&process)
            && numbers(&display, window, protocols)?.contains(&delete)
        {
            let said = ClientMessageEvent::new(32, window, protocols, [delete, 0, 0, 0, 0]);
            display.send_event(false, window, EventMask::NO_EVENT, said)?.check()?;
            pressed = true;
        }
    }
    if pressed {
        Ok(())
    } else {
        Err(format!("process {process} has no window with a cross").into())
    }
}

/// The numbers of a property; none where the window has none of the kind, or is gone.
fn numbers(display: &RustConnection, window: Window, property: u32) -> Result<Vec<u32>, Failure> {
    let asked = display.get_property(false, window, property, AtomEnum::ANY, 0, NUMBERS)?;
    let told = asked.reply().ok();
    Ok(told
        .as_ref()
        .and_then(|told| told.value32())
        .map(Iterator::collect)
        .unwrap_or_default())
}
