//! The cross of a window's frame, pressed: what a window manager says to a program whose window a person closes.
//!
//! The driver only ends its session, and with it the program. No window manager runs on the virtual display, so the few
//! words it would say (ICCCM, `WM_DELETE_WINDOW`) are said here, in the core protocol of X11.

use std::{
    io::{Read, Write},
    os::unix::net::UnixStream,
};

use crate::Failure;

const SEND_EVENT: u8 = 25;
const INTERN_ATOM: u8 = 16;
const QUERY_TREE: u8 = 15;
const GET_PROPERTY: u8 = 20;
const CLIENT_MESSAGE: u8 = 33;

/// Presses the cross of every window that the program `process` has on the display.
///
/// # Errors
/// When there is no such window, or no X11 display.
pub fn press_the_cross(process: u32) -> Result<(), Failure> {
    let mut display = Display::open()?;
    let (of, protocols, delete) = (
        display.atom("_NET_WM_PID")?,
        display.atom("WM_PROTOCOLS")?,
        display.atom("WM_DELETE_WINDOW")?,
    );
    let mut pressed = false;
    let mut left = vec![display.root];
    while let Some(window) = left.pop() {
        left.extend(display.children(window)?);
        if display.property(window, of)?.first() == Some(&process)
            && display.property(window, protocols)?.contains(&delete)
        {
            display.tell(window, protocols, delete)?;
            pressed = true;
        }
    }
    if pressed {
        Ok(())
    } else {
        Err(format!("process {process} has no window with a cross").into())
    }
}

struct Display {
    server: UnixStream,
    root: u32,
}

impl Display {
    fn open() -> Result<Self, Failure> {
        let name = std::env::var("DISPLAY")?;
        let number = name.trim_start_matches(':').split('.').next().unwrap_or_default();
        let mut server = UnixStream::connect(format!("/tmp/.X11-unix/X{number}"))?;
        let cookie = cookie(number)?;
        let (kind, cookie): (&[u8], &[u8]) = match &cookie {
            Some(cookie) => (b"MIT-MAGIC-COOKIE-1", cookie),
            None => (b"", b""),
        };
        let mut greeting = vec![b'l', 0];
        for number in [11, 0, kind.len(), cookie.len(), 0] {
            greeting.extend(u16::try_from(number)?.to_le_bytes());
        }
        greeting.extend(padded(kind));
        greeting.extend(padded(cookie));
        server.write_all(&greeting)?;
        let mut head = [0; 8];
        server.read_exact(&mut head)?;
        let mut told = vec![0; usize::from(u16::from_le_bytes([head[6], head[7]])) * 4];
        server.read_exact(&mut told)?;
        if head[0] != 1 {
            return Err(format!("the display refuses: {}", String::from_utf8_lossy(&told)).into());
        }
        // Behind the fixed part: the vendor's name, the formats of pixmaps, and the first screen, which begins with its root.
        let vendor = usize::from(u16::from_le_bytes([told[16], told[17]])).next_multiple_of(4);
        let screen = 32 + vendor + usize::from(told[21]) * 8;
        let root = *words(&told[screen..screen + 4]).first().ok_or("no screen")?;
        Ok(Self { server, root })
    }

    fn atom(&mut self, name: &str) -> Result<u32, Failure> {
        let mut asked = u32::try_from(name.len())?.to_le_bytes().to_vec();
        asked.extend(padded(name.as_bytes()));
        let answer = self.ask(INTERN_ATOM, &asked)?;
        Ok(words(&answer[8..12])[0])
    }

    fn children(&mut self, window: u32) -> Result<Vec<u32>, Failure> {
        let answer = self.ask(QUERY_TREE, &window.to_le_bytes())?;
        Ok(words(&answer[32..]))
    }

    /// The numbers of a property; none where the window has none of the kind, or is gone.
    fn property(&mut self, window: u32, name: u32) -> Result<Vec<u32>, Failure> {
        let any_kind = 0;
        let asked: Vec<u8> = [window, name, any_kind, 0, 32]
            .into_iter()
            .flat_map(u32::to_le_bytes)
            .collect();
        let answer = self.ask(GET_PROPERTY, &asked)?;
        let numbers = if answer[1] == 32 {
            words(&answer[16..20])[0] as usize
        } else {
            0
        };
        Ok(words(&answer[32..]).into_iter().take(numbers).collect())
    }

    fn tell(&mut self, window: u32, protocols: u32, delete: u32) -> Result<(), Failure> {
        let to_its_owner = 0;
        let mut said: Vec<u8> = [window, to_its_owner].into_iter().flat_map(u32::to_le_bytes).collect();
        said.extend([CLIENT_MESSAGE, 32, 0, 0]);
        said.extend(
            [window, protocols, delete, 0, 0, 0, 0]
                .into_iter()
                .flat_map(u32::to_le_bytes),
        );
        self.send(SEND_EVENT, &said)?;
        // An answer to a later question tells that it was heard.
        self.children(self.root)?;
        Ok(())
    }

    fn send(&mut self, code: u8, said: &[u8]) -> Result<(), Failure> {
        let length = u16::try_from(1 + said.len() / 4)?.to_le_bytes();
        self.server.write_all(&[code, 0, length[0], length[1]])?;
        Ok(self.server.write_all(said)?)
    }

    /// The answer to a question; an empty one where it was refused, as of a window that has gone meanwhile.
    fn ask(&mut self, code: u8, asked: &[u8]) -> Result<Vec<u8>, Failure> {
        self.send(code, asked)?;
        loop {
            let mut answer = vec![0; 32];
            self.server.read_exact(&mut answer)?;
            match answer[0] {
                0 => return Ok(vec![0; 32]),
                1 => {
                    let mut rest = vec![0; words(&answer[4..8])[0] as usize * 4];
                    self.server.read_exact(&mut rest)?;
                    answer.extend(rest);
                    return Ok(answer);
                }
                // An event nobody asked for.
                _ => {}
            }
        }
    }
}

/// What the display's server wants to see: the cookie in the file that `XAUTHORITY` names. None where it wants nothing.
fn cookie(display: &str) -> Result<Option<Vec<u8>>, Failure> {
    let Some(path) = std::env::var_os("XAUTHORITY") else {
        return Ok(None);
    };
    let bytes = std::fs::read(path)?;
    let mut rest = bytes.as_slice();
    while rest.len() > 2 {
        rest = &rest[2..];
        let [_, number, kind, cookie] = [field(&mut rest), field(&mut rest), field(&mut rest), field(&mut rest)];
        if number == display.as_bytes() && kind == b"MIT-MAGIC-COOKIE-1" {
            return Ok(Some(cookie.to_vec()));
        }
    }
    Ok(None)
}

/// A field of that file: its length in two bytes, then so many.
fn field<'a>(rest: &mut &'a [u8]) -> &'a [u8] {
    let Some((length, behind)) = rest.split_first_chunk::<2>() else {
        return &[];
    };
    let (field, behind) = behind.split_at(usize::from(u16::from_be_bytes(*length)).min(behind.len()));
    *rest = behind;
    field
}

fn padded(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

fn words(bytes: &[u8]) -> Vec<u32> {
    let four = |bytes: &[u8]| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    bytes.chunks_exact(4).map(four).collect()
}
