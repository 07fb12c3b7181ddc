//! Writing the signed trust bundle to a file.

use std::io::Write;

use serde_json::json;

use super::{Failure, TrustArguments, say};
use crate::{hub::Hub, store::HubStore, trust};

pub(super) async fn trust<S: HubStore>(hub: Hub<S>, arguments: &TrustArguments) -> Result<(), Failure> {
    let mut districts = trust::districts(&hub).await?.into_iter();
    let site = match (&arguments.site, districts.next(), districts.next()) {
        (Some(site), _, _) => site.clone(),
        (None, Some(only), None) => only,
        (None, None, _) => {
            return Err(Failure::refused(
                "no_counter",
                "no counter is enrolled here",
                "enrol a counter first",
            ));
        }
        (None, Some(_), Some(_)) => {
            return Err(Failure::arguments(
                "the hub serves several districts: name one with --site",
            ));
        }
    };
    let bundle = trust::bundle(&hub, &site).await?.ok_or_else(|| {
        Failure::refused(
            "no_counter",
            format!("no counter of {site} is enrolled here"),
            "enrol a counter first",
        )
    })?;
    let out = &arguments.out;
    write_whole(out, bundle.as_bytes())
        .map_err(|error| Failure::other("out", format!("{}: {error}", out.display())))?;
    say(&json!({"file": out.display().to_string(), "site": site, "bytes": bundle.as_bytes().len()}));
    Ok(())
}

/// Writes beside the target first, so that a reader never sees half a bundle.
fn write_whole(out: &std::path::Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut beside = out.as_os_str().to_owned();
    beside.push(".part");
    let mut file = std::fs::File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&beside, out)
}
