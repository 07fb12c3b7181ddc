//! A seeded simulation: counters and a hub over the real code, with everything that goes wrong between and inside them.
//!
//! The code under test is the product's, down to its files; only the wires, the time and the chance are made up. A run
//! is some hours of work in bad weather; then the weather clears, and what must hold is checked. A run is told by its
//! seed alone.
//!
//! ```text
//! cargo nextest run -p counter-sync --test simulation                    200 seeds
//! SEEDS=10000 cargo nextest run -p counter-sync --test simulation        a long run
//! SEED=17 cargo nextest run -p counter-sync --test simulation            one seed
//! SEED=17 WITHOUT=late,torn-write STEPS=8 cargo nextest …                one seed, with less going on
//! ```

#![cfg(test)]

mod acts;
mod acts_on_objections;
mod around;
mod counter;
mod fault;
mod hub_host;
mod invariants;
mod ledger;
mod run;
mod scheduler;
mod story;
mod wire;

use fault::Faults;
use rstest::rstest;
use run::{Plan, run, shrink};
use story::last_lines;
use test_support::{asked, seeds};

/// How many seeds where nobody asks for more.
const SEEDS: u64 = 200;
/// The seeds are shared out, so that several processors have something to do.
const SHARES: u64 = 8;

#[rstest]
fn whatever_goes_wrong_every_saved_change_is_at_the_hub_exactly_once(#[values(0, 1, 2, 3, 4, 5, 6, 7)] share: u64) {
    seeds(SEEDS).filter(|seed| seed % SHARES == share).for_each(must_hold);
}

/// Seeds of long runs that found something. As the product grows they tell other stories; the cures have tests of their own.
#[rstest]
fn what_a_long_run_found_stays_mended(#[values(1929, 2979, 3160, 4889, 5585, 9241)] seed: u64) {
    must_hold(seed);
}

fn must_hold(seed: u64) {
    let mut plan = Plan::of(seed);
    plan.steps = asked("STEPS").unwrap_or(plan.steps);
    plan.faults = plan
        .faults
        .without(&Faults::parse(&std::env::var("WITHOUT").unwrap_or_default()));
    if run(&plan).is_err() {
        tell(&plan);
    }
}

/// Ends the test with the smallest run that was found to fail, and how to repeat it.
fn tell(plan: &Plan) {
    let small = shrink(plan);
    let Err(failed) = run(&small) else {
        panic!("seed {} fails, but not always", plan.seed);
    };
    let without = Plan::of(plan.seed).faults.without(&small.faults);
    panic!(
        "{}\n\nRepeat: SEED={} WITHOUT={without} STEPS={} cargo nextest run -p counter-sync --test simulation\n\n{}",
        failed.what,
        small.seed,
        small.steps,
        last_lines(&failed.story)
    );
}

#[test]
fn a_seed_tells_the_same_story_every_time() {
    let plan = Plan::of(5);
    let (first, second) = (run(&plan).unwrap(), run(&plan).unwrap());
    assert_eq!(first, second);
}

#[test]
fn everything_that_can_go_wrong_does_so_within_a_few_seeds() {
    let mut unseen = vec![
        " is lost",
        "the answer to request",
        "is repeated",
        "arrives late",
        "the line is cut",
        "crashes while it syncs",
        "loses power in the middle of a write",
        "the disk is full",
        "the clock jumps",
        "is restored from a backup",
        "the power goes",
        "is busy for a while",
        "its clock jumps",
        "days pass at once",
        "a hub of another version",
        " again",
        " no more",
        "is lost, and restored from a backup",
    ];
    for seed in 0..100 {
        let story = run(&Plan::of(seed)).unwrap_or_else(|failed| failed.story);
        unseen.retain(|words| !story.iter().any(|line| line.contains(words)));
        if unseen.is_empty() {
            return;
        }
    }
    panic!("never seen: {unseen:?}");
}
