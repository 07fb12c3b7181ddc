//! Whoever writes waits for a turn, in the order of asking: a sync that writes again and again lets a clerk in between.

use std::sync::{Condvar, Mutex, PoisonError};

/// Who writes now and who asked last.
#[derive(Debug, Default)]
pub(super) struct Turns {
    line: Mutex<Line>,
    moved: Condvar,
}

#[derive(Debug, Default)]
struct Line {
    asked: u64,
    served: u64,
}

/// One's turn; it passes on when this is dropped.
#[derive(Debug)]
pub(super) struct Turn<'t>(&'t Turns);

impl Turns {
    /// Waits until everybody who asked before has had a turn.
    pub fn take(&self) -> Turn<'_> {
        let mut line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = line.asked;
        line.asked += 1;
        while line.served != mine {
            line = self.moved.wait(line).unwrap_or_else(PoisonError::into_inner);
        }
        Turn(self)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.line.lock().unwrap_or_else(PoisonError::into_inner).served += 1;
        self.0.moved.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, mpsc};

    use super::*;

    #[test]
    fn turns_come_in_the_order_they_were_asked_for_even_to_one_who_asks_again_at_once() {
        let turns = Arc::new(Turns::default());
        let first = turns.take();
        let (tell, told) = mpsc::channel();
        let clerk = std::thread::spawn({
            let turns = Arc::clone(&turns);
            move || {
                let _turn = turns.take();
                tell.send("clerk").unwrap();
            }
        });
        while turns.line.lock().unwrap().asked < 2 {
            std::thread::yield_now();
        }
        drop(first);
        let _again = turns.take();
        assert_eq!(told.try_recv(), Ok("clerk"));
        clerk.join().unwrap();
    }
}
