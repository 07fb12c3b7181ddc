//! The look at everything keeps nobody from writing, and whoever writes is not taken for damage.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::support::{Counter, take_case_in};

/// Writing takes the log into the file again and again, page by page, while the file is read. `LOOKS=2000` in front of the
/// test looks longer.
#[test]
fn a_file_that_is_written_to_while_it_is_looked_at_is_not_damaged() {
    let counter = Counter::new();
    let store = counter.store();
    for _ in 0..50 {
        take_case_in(store, None);
    }
    let looks = std::env::var("LOOKS").ok().and_then(|looks| looks.parse().ok());
    let done = AtomicBool::new(false);
    let found = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                let scan = store.attachments().put("扫描.pdf", "application/pdf", &vec![7; 20_000]);
                take_case_in(store, Some(&scan.unwrap()));
            }
        });
        let found: Vec<_> = (0..looks.unwrap_or(20))
            .flat_map(|_| store.check().unwrap().problems)
            .collect();
        done.store(true, Ordering::Relaxed);
        found
    });
    assert_eq!(found, []);
}
