//! The plug pulled again and again: the window works through its operations, is killed without warning, and after
//! each start everything it had acknowledged must be there.

mod ledger;
mod work;

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore, SeedableRng},
};
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use self::{ledger::Ledger, work::Work};
use super::{CODE, import_file, prepared::Counter, set_up};
use crate::{Failure, driver, window::Window};

/// The plug is pulled at most so long after the work began.
const LONGEST_WORK_MS: u64 = 400;
/// An answer that takes longer will not come any more.
const NO_ANSWER: Duration = Duration::from_secs(10);

/// Works in the window and kills it `kills` times at moments that follow from `seed`; gives the number of operations
/// that were acknowledged.
///
/// # Errors
/// The first thing acknowledged that is not there afterwards, with the kill after which it was missed.
pub async fn pull(folder: &Path, kills: u64, seed: u64) -> Result<u64, Failure> {
    let counter = Counter::new(folder)?;
    counter.done(&["import", &import_file::write(folder)?.to_string_lossy()])?;
    let case = counter.take_first_in()?;
    let (_, sitting) = counter.open_class()?;
    let pictures = folder.join("out");
    let mut window = counter.open(&pictures).await?;
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let mut work = Work::begin(&window, case, sitting).await?;
    let mut ledger = Ledger::default();
    for kill in 1..=kills {
        let program = window.process();
        let moment = Duration::from_millis(chance.next_u64() % LONGEST_WORK_MS);
        let pulled = Arc::new(AtomicBool::new(false));
        let plug = tokio::spawn({
            let pulled = Arc::clone(&pulled);
            async move {
                sleep(moment).await;
                pulled.store(true, Ordering::SeqCst);
                driver::kill(program);
            }
        });
        // Goes on until the window does not answer any more.
        while let Ok(worked) = timeout(NO_ANSWER, work.some(&window, &mut ledger, &mut chance)).await {
            match worked {
                Err(error) if !pulled.load(Ordering::SeqCst) => return Err(error),
                Err(_) => break,
                Ok(()) => {}
            }
        }
        plug.await?;
        window = window.kill_and_open_again(&counter.data).await?;
        set_up::sign_in(&window).await?;
        let missed = ledger
            .missed(&window)
            .await
            .map_err(|error| format!("after kill {kill}: {error}"))?;
        if !missed.is_empty() {
            return Err(format!("after kill {kill}, acknowledged and not there: {missed:#?}").into());
        }
        work.resume(&window).await?;
    }
    window.close().await?;
    let checked = counter.done(&["check"])?;
    if checked["ok"] != true {
        return Err(format!("the data do not hold together: {checked}").into());
    }
    Ok(ledger.acknowledged)
}

/// Has the window's own program carry out a command, as the page does.
async fn invoke(window: &Window, command: &str, arguments: Value) -> Result<Value, Failure> {
    let [value] = invoke_all(window, [(command, arguments)]).await?;
    Ok(value)
}

/// Has it carry out several commands at once.
async fn invoke_all<const N: usize>(window: &Window, calls: [(&str, Value); N]) -> Result<[Value; N], Failure> {
    let script = "const [calls, done] = arguments; \
        const call = ([command, given]) => window.__TAURI_INTERNALS__.invoke(command, given) \
            .then(value => ({ok: value}), error => ({refused: command + ' ' + JSON.stringify(error)})); \
        Promise.all(calls.map(call)).then(done)";
    let answers = window.script_until_done(script, vec![json!(calls.as_slice())]).await?;
    let mut values = [const { Value::Null }; N];
    for (value, answer) in values.iter_mut().zip(answers.as_array().into_iter().flatten()) {
        match answer.get("ok") {
            Some(ok) => *value = ok.clone(),
            None => return Err(format!("a command was refused: {answer}").into()),
        }
    }
    Ok(values)
}
