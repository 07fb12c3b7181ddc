//! A small executor for one run: one thread, time that jumps from one event to the next, and a seeded choice of who
//! goes on. Nothing waits in real time, and the same seed gives the same order.

use std::{
    collections::{BTreeMap, HashMap},
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, Weak},
    task::{Context, Poll, Wake, Waker},
};

use test_support::Chance;

type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The executor and its time. Clones share it.
#[derive(Clone)]
pub struct Scheduler(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    chance: Chance,
}

#[derive(Default)]
struct State {
    now: u64,
    count: u64,
    ready: Vec<u64>,
    timers: BTreeMap<(u64, u64), Waker>,
    /// `None` while the task is being polled.
    tasks: HashMap<u64, Option<Work>>,
}

/// A task that was begun.
pub struct Task {
    id: u64,
    scheduler: Weak<Shared>,
}

impl Scheduler {
    pub fn new(chance: Chance) -> Self {
        Self(Arc::new(Shared {
            state: Mutex::default(),
            chance,
        }))
    }

    /// Milliseconds since the run began.
    pub fn now(&self) -> u64 {
        self.0.state.lock().unwrap().now
    }

    /// Waits, in the time of the run.
    pub fn sleep(&self, ms: u64) -> Sleep {
        Sleep {
            scheduler: self.clone(),
            until: self.now() + ms,
            timer: None,
        }
    }

    /// Begins `work` beside what runs.
    pub fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) -> Task {
        let mut state = self.0.state.lock().unwrap();
        state.count += 1;
        let id = state.count;
        state.tasks.insert(id, Some(Box::pin(work)));
        state.ready.push(id);
        Task {
            id,
            scheduler: Arc::downgrade(&self.0),
        }
    }

    /// Goes on until `main` has ended. What runs beside it then is dropped.
    pub fn run(&self, main: impl Future<Output = ()> + Send + 'static) {
        let main = self.spawn(main).id;
        while self.0.state.lock().unwrap().tasks.contains_key(&main) {
            match self.choose() {
                Some(id) => self.poll(id),
                None => self.jump(),
            }
        }
        let left = std::mem::take(&mut self.0.state.lock().unwrap().tasks);
        drop(left);
    }

    fn choose(&self) -> Option<u64> {
        let mut state = self.0.state.lock().unwrap();
        let sides = state.ready.len() as u64;
        if sides == 0 {
            return None;
        }
        let place = usize::try_from(self.0.chance.below(sides)).unwrap();
        Some(state.ready.remove(place))
    }

    fn poll(&self, id: u64) {
        let work = self.0.state.lock().unwrap().tasks.get_mut(&id).and_then(Option::take);
        let Some(mut work) = work else { return };
        let waker = Waker::from(Arc::new(Awake {
            id,
            scheduler: Arc::downgrade(&self.0),
        }));
        let ended = work.as_mut().poll(&mut Context::from_waker(&waker)).is_ready();
        let mut state = self.0.state.lock().unwrap();
        if ended {
            state.tasks.remove(&id);
        } else if let Some(slot) = state.tasks.get_mut(&id) {
            *slot = Some(work);
            return;
        }
        // Dropped without the lock: what a task holds may wake others when it goes.
        drop(state);
        drop(work);
    }

    fn jump(&self) {
        let mut state = self.0.state.lock().unwrap();
        let ((at, _), waker) = state
            .timers
            .pop_first()
            .expect("everybody waits for something that never comes");
        state.now = at;
        drop(state);
        waker.wake();
    }
}

impl Task {
    /// Drops the task where it stands, as a process does that is killed.
    pub fn kill(&self) {
        if let Some(shared) = self.scheduler.upgrade() {
            let killed = shared.state.lock().unwrap().tasks.remove(&self.id);
            drop(killed);
        }
    }
}

struct Awake {
    id: u64,
    scheduler: Weak<Shared>,
}

impl Wake for Awake {
    fn wake(self: Arc<Self>) {
        if let Some(shared) = self.scheduler.upgrade() {
            let mut state = shared.state.lock().unwrap();
            if !state.ready.contains(&self.id) {
                state.ready.push(self.id);
            }
        }
    }
}

/// Time that has to pass.
pub struct Sleep {
    scheduler: Scheduler,
    until: u64,
    timer: Option<(u64, u64)>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let scheduler = self.scheduler.clone();
        let mut state = scheduler.0.state.lock().unwrap();
        if let Some(timer) = self.timer.take() {
            state.timers.remove(&timer);
        }
        if state.now >= self.until {
            return Poll::Ready(());
        }
        state.count += 1;
        let timer = (self.until, state.count);
        state.timers.insert(timer, context.waker().clone());
        drop(state);
        self.timer = Some(timer);
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(timer) = self.timer {
            self.scheduler.0.state.lock().unwrap().timers.remove(&timer);
        }
    }
}

/// A future that is dropped when it is polled once too often, as if the power went at that moment.
pub struct CutAfter<F> {
    future: Option<Pin<Box<F>>>,
    polls: u64,
}

impl<F> CutAfter<F> {
    pub fn new(future: F, polls: u64) -> Self {
        Self {
            future: Some(Box::pin(future)),
            polls,
        }
    }
}

impl<F: Future> Future for CutAfter<F> {
    /// `None` where it was cut.
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<F::Output>> {
        if self.polls == 0 {
            self.future = None;
            return Poll::Ready(None);
        }
        self.polls -= 1;
        match self.future.as_mut() {
            Some(future) => future.as_mut().poll(context).map(Some),
            None => Poll::Ready(None),
        }
    }
}
