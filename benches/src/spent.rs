//! What a process took of the processor and of memory, as Linux tells it: figures that compare where others use the cores too.

use std::{fs, time::Duration};

use crate::Failure;

/// The ticks of `/proc/<id>/stat` in a second: `sysconf(_SC_CLK_TCK)`, which is 100 on every Linux of today.
const TICKS_A_SECOND: f64 = 100.0;

/// How long the threads of process `id` have run on a processor.
///
/// # Errors
/// When the system does not say it.
pub fn processor_time(id: u32) -> Result<Duration, Failure> {
    let fields = stat(id)?;
    // utime and stime, the 14th and 15th of the line.
    let ticks = number(&fields, 14)? + number(&fields, 15)?;
    Ok(Duration::from_secs_f64(ticks as f64 / TICKS_A_SECOND))
}

/// How long process `id`, its children and the children that have ended have run on a processor.
///
/// # Errors
/// When the system does not say it.
pub fn processor_time_of_family(id: u32) -> Result<Duration, Failure> {
    let own = stat(id)?;
    let ended = number(&own, 16)? + number(&own, 17)?;
    let mut all = processor_time(id)? + Duration::from_secs_f64(ended as f64 / TICKS_A_SECOND);
    for entry in fs::read_dir("/proc")?.flatten() {
        let Some(child) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        if parent_of(child).is_ok_and(|parent| parent == id) {
            all += processor_time(child).unwrap_or_default();
        }
    }
    Ok(all)
}

/// The process that started `id`.
///
/// # Errors
/// When the system does not say it.
pub fn parent_of(id: u32) -> Result<u32, Failure> {
    Ok(u32::try_from(number(&stat(id)?, 4)?)?)
}

/// The most memory process `id` has held, in bytes (`VmHWM`).
///
/// # Errors
/// When the system does not say it.
pub fn most_memory(id: u32) -> Result<u64, Failure> {
    let status = fs::read_to_string(format!("/proc/{id}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()).ok_or("no VmHWM")?;
    Ok(kilobytes.parse::<u64>()? * 1024)
}

/// The fields of the line from the third on; the second, the name, may hold anything.
fn stat(id: u32) -> Result<Vec<String>, Failure> {
    let line = fs::read_to_string(format!("/proc/{id}/stat"))?;
    let (_, rest) = line.rsplit_once(')').ok_or("no name in the line of a process")?;
    Ok(rest.split_whitespace().map(str::to_owned).collect())
}

/// The field that proc(5) counts as `field`.
fn number(fields: &[String], field: usize) -> Result<u64, Failure> {
    Ok(fields.get(field - 3).ok_or("a short line of a process")?.parse()?)
}
