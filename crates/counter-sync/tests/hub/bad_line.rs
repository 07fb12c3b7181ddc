//! The real client over lines that are cut, reset, slow and dead at one end.
//!
//! Repeat one run with `SEED=17 cargo nextest run -p counter-sync --test hub bad_line`.

use std::time::Duration;

use counter_store::Delivery;
use counter_sync::{HttpTransport, enrol};
use test_support::{
    Chance, CounterOffice, HubOffice,
    network::{FaultyTcp, Impatient},
};
use tokio::net::TcpListener;

#[tokio::test(flavor = "multi_thread")]
async fn what_a_cut_line_leaves_half_sent_is_delivered_once_when_it_holds() {
    for seed in test_support::seeds(4) {
        let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = tokio::spawn(axum::serve(listener, hub.router()).into_future());
        let line = FaultyTcp::before(address, Chance::new(seed)).await;
        // A line that is dead at one end is given up sooner than the program would, or this would take minutes.
        let network = Impatient(HttpTransport::new().unwrap(), Duration::from_millis(500));

        let straight = HttpTransport::new().unwrap();
        let code = hub.code_for("W03").await;
        enrol(
            office.store(),
            &straight,
            &office.clock,
            &format!("http://{address}"),
            &code,
        )
        .await
        .unwrap();
        office.move_hub_to(&line.url);

        let content = vec![7; 1_500_000];
        let scan = office
            .store()
            .attachments()
            .put("scan.pdf", "application/pdf", &content)
            .unwrap();
        let mut cases = vec![office.take_case_in(Some(&scan))];
        let mut failures = 0;
        for _ in 0..12 {
            cases.push(office.take_case_in(None));
            failures += u32::from(office.sync(&network).await.is_err());
        }
        assert!(failures > 0, "seed {seed}: the line is not bad at all");

        line.calm();
        let mut rounds = 0;
        while office.sync(&straight).await.is_err()
            || !cases.iter().all(|no| office.delivery(no) == Delivery::Delivered)
        {
            rounds += 1;
            assert!(rounds < 10, "seed {seed}: {} changes are still unsent", office.unsent());
        }
        assert_eq!(
            hub.recorded_to(&office.store().identity()).await,
            office.own_changes(),
            "seed {seed}"
        );
        assert!(office.store().check().unwrap().ok, "seed {seed}");
        server.abort();
    }
}
