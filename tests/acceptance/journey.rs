//! One case, from a spreadsheet to proof of delivery, in the real window.

use acceptance_tests::{Failure, hub::Hub, journey};

#[tokio::test]
async fn journey_of_one_case_from_a_spreadsheet_to_proof_of_delivery() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let mut hub = Hub::start(&folder.path().join("hub"), "127.0.0.1:0")?;
    journey::walk(&folder.path().join("counter"), &mut hub, &folder.path().join("out")).await
}
