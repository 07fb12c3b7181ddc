//! A proxy on the loopback that does to connections what bad lines and boxes between do, for the real client and the
//! real programs.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

use crate::Chance;

/// What becomes of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// Everything gets through, in crumbs.
    Crumbs,
    /// Closed before a byte is read.
    Refused,
    /// Closed after so many bytes of what is asked.
    CutAsking(u64),
    /// Closed after so many bytes of what is answered.
    CutAnswering(u64),
    /// Stays open, and nothing ever comes back.
    HalfOpen,
}

/// A running proxy; it ends when it is dropped.
#[derive(Debug)]
pub struct FaultyTcp {
    /// Its address, such as `http://127.0.0.1:41234`.
    pub url: String,
    calm: watch::Sender<bool>,
    accepting: JoinHandle<()>,
}

impl FaultyTcp {
    /// Stands before `target`; what it does to each connection comes from `chance`.
    pub async fn before(target: SocketAddr, chance: Chance) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (calm, is_calm) = watch::channel(false);
        let chance = Arc::new(chance);
        let accepting = tokio::spawn(async move {
            while let Ok((asking, _)) = listener.accept().await {
                let fate = if *is_calm.borrow() { Fate::Crumbs } else { fate(&chance) };
                tokio::spawn(carry(asking, target, fate, is_calm.clone()));
            }
        });
        Self { url, calm, accepting }
    }

    /// From now on connections live; those that hang are closed.
    pub fn calm(&self) {
        self.calm.send_replace(true);
    }
}

impl Drop for FaultyTcp {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

fn fate(chance: &Chance) -> Fate {
    match chance.below(10) {
        0 => Fate::Refused,
        1..=3 => Fate::CutAsking(chance.below(6000)),
        4..=6 => Fate::CutAnswering(chance.below(1500)),
        7 => Fate::HalfOpen,
        _ => Fate::Crumbs,
    }
}

async fn carry(asking: TcpStream, target: SocketAddr, fate: Fate, mut calm: watch::Receiver<bool>) {
    if fate == Fate::Refused {
        return;
    }
    let Ok(answering) = TcpStream::connect(target).await else {
        return;
    };
    let (mut from_counter, mut to_counter) = asking.into_split();
    let (mut from_hub, mut to_hub) = answering.into_split();
    let (ask_limit, answer_limit) = match fate {
        Fate::CutAsking(bytes) => (bytes, u64::MAX),
        Fate::CutAnswering(bytes) => (u64::MAX, bytes),
        Fate::HalfOpen => (u64::MAX, 0),
        Fate::Crumbs | Fate::Refused => (u64::MAX, u64::MAX),
    };
    // One direction at its end ends both: the rest is never delivered.
    tokio::select! {
        () = crumbs(&mut from_counter, &mut to_hub, ask_limit) => {}
        () = crumbs(&mut from_hub, &mut to_counter, answer_limit) => {
            if fate == Fate::HalfOpen {
                // The program at one end believes in the line until it loses patience or the line is repaired.
                let _ = calm.wait_for(|calm| *calm).await;
            }
        }
    }
}

/// Carries at most `limit` bytes, a few at a time.
async fn crumbs(from: &mut (impl AsyncReadExt + Unpin), to: &mut (impl AsyncWriteExt + Unpin), limit: u64) {
    let (mut buffer, mut left) = ([0; 1400], limit);
    while left > 0 {
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        match from.read(&mut buffer[..most]).await {
            Ok(read) if read > 0 => {
                if to.write_all(&buffer[..read]).await.is_err() {
                    return;
                }
                left -= read as u64;
                tokio::time::sleep(Duration::from_micros(100)).await;
            }
            Ok(_) | Err(_) => return,
        }
    }
}
