//! What goes on around the counters: an officer at the hub, and the weather.

use hub_server::authority_act::{AuthorityAct, Outcome};
use jiff::civil::date;
use test_support::Chance;

use crate::{
    fault::{Fault, Faults},
    hub_host::HubHost,
    ledger::{Entered, Ledger},
    scheduler::Scheduler,
    story::Story,
    wire::Wire,
};

/// An officer of the authority, who decides on whatever case is there.
pub struct Officer {
    pub scheduler: Scheduler,
    pub story: Story,
    pub chance: Chance,
    pub hub: HubHost,
    pub ledger: Ledger,
}

impl Officer {
    pub async fn work(&self, acts: u64) {
        for _ in 0..acts {
            self.scheduler.sleep(self.chance.below(90_000)).await;
            let cases = self.ledger.open().known.cases.clone();
            let Some(case) = self.chance.pick(&cases) else { continue };
            let outcome = match self.chance.below(3) {
                0 => Outcome::Repaired,
                1 => Outcome::Declined,
                _ => Outcome::Supplement,
            };
            let act = AuthorityAct {
                case: case.clone(),
                outcome,
                reason: format!("意见{}", self.chance.below(1_000_000)),
                by: None,
                on: Some(date(2026, 11, 26)),
            };
            match self.hub.enter(act).await {
                Some(Ok(entered)) => {
                    self.story.tell("desk", format!("{} on {case}", entered.kind));
                    let case = case.clone();
                    let kind = entered.kind;
                    self.ledger.open().entered.push(Entered { case, kind });
                }
                Some(Err(error)) => self.story.tell("desk", format!("cannot decide on {case}: {error}")),
                None => self
                    .story
                    .tell("desk", format!("does not know whether {case} was decided")),
            }
        }
    }
}

/// What happens to lines and to the hub.
pub struct Weather {
    pub scheduler: Scheduler,
    pub story: Story,
    pub chance: Chance,
    pub faults: Faults,
    pub hub: HubHost,
    pub wires: Vec<Wire>,
}

impl Weather {
    pub async fn blow(&self, gusts: u64) {
        for _ in 0..gusts {
            self.scheduler.sleep(self.chance.below(90_000)).await;
            let long = self.chance.below(60_000);
            match self.chance.below(9) {
                0..=2 if self.faults.has(Fault::Partition) => {
                    let Some(wire) = self.chance.pick(&self.wires) else {
                        continue;
                    };
                    wire.set_cut(true);
                    self.scheduler.sleep(3 * long).await;
                    wire.set_cut(false);
                }
                3 | 4 if self.faults.has(Fault::HubCrash) => self.hub.crash(long).await,
                5 if self.faults.has(Fault::HubBusy) => {
                    self.story.tell("hub", "is busy for a while");
                    self.hub.set_busy(true);
                    self.scheduler.sleep(2 * long).await;
                    self.hub.set_busy(false);
                }
                6 if self.faults.has(Fault::HubClock) => {
                    let minutes = i64::try_from(self.chance.below(600)).unwrap() - 300;
                    self.story.tell("hub", format!("its clock jumps by {minutes} minutes"));
                    self.hub.clock().move_by(minutes * 60_000);
                }
                7 if self.faults.has(Fault::DelegationOver) => {
                    let days = 150 + i64::try_from(self.chance.below(150)).unwrap();
                    self.story.tell("hub", format!("{days} days pass at once"));
                    self.hub.clock().move_by_days(days);
                }
                8 if self.faults.has(Fault::HubRestored) => self.hub.restore(long).await,
                _ => {}
            }
        }
    }
}
