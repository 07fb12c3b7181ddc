//! The register of visits: who is here, who is expected, who was here today.

use counter_core::{
    change::{ChangeBody, Lane, LaneKind},
    visit::{Booking, VisitChange, VisitEnd},
};
use counter_store::{ActContext, ReadTx, StoreError, table::visit};
use jiff::civil::date;
use test_support::work::subject;

use crate::support::{Counter, NOW, act};

const DAY_MS: i64 = 86_400_000;

fn record(counter: &Counter, no: &str, made_at: i64, change: VisitChange) {
    let act = ActContext { made_at, ..act() };
    let lane = Lane::new(LaneKind::Visit, no);
    let recorded = counter
        .store()
        .write(|tx| tx.record(&act, lane, ChangeBody::Visit(change)));
    recorded.unwrap();
}

fn opened() -> VisitChange {
    VisitChange::Opened {
        subject: subject(),
        queue_number: None,
    }
}

fn booked() -> VisitChange {
    VisitChange::Booked {
        subject: subject(),
        booking: Booking {
            on: date(2026, 11, 25),
            time: None,
            contact_name: "陈某".into(),
            phone: None,
            phone_masked: None,
            about: String::new(),
        },
    }
}

fn numbers(counter: &Counter, asked: impl Fn(&ReadTx<'_>) -> Result<Vec<visit::VisitRow>, StoreError>) -> Vec<String> {
    let rows = counter.store().read(|tx| asked(tx)).unwrap();
    rows.into_iter().map(|row| row.no).collect()
}

#[test]
fn each_visit_stands_where_it_is_however_long_ago_it_began() {
    let counter = Counter::new();
    record(&counter, "put-aside", NOW - 3 * DAY_MS, opened());
    record(&counter, "here", NOW, opened());
    for no in ["expected", "called-off", "arrived"] {
        record(&counter, no, NOW, booked());
    }
    let reason = "改期".to_owned();
    record(&counter, "called-off", NOW, VisitChange::BookingCancelled { reason });
    record(
        &counter,
        "arrived",
        NOW + 1,
        VisitChange::Arrived { queue_number: None },
    );
    record(&counter, "put-aside", NOW, VisitChange::Ended { end: VisitEnd::Advice });

    assert_eq!(numbers(&counter, visit::open), ["here", "arrived"]);
    assert_eq!(numbers(&counter, visit::expected), ["expected"]);
    assert_eq!(
        numbers(&counter, |tx| visit::ended(tx, NOW, NOW + DAY_MS)),
        ["put-aside"]
    );
    assert!(numbers(&counter, |tx| visit::ended(tx, NOW - DAY_MS, NOW)).is_empty());
}
