//! A look at an old binary workbook before it is read: the library lays each sheet out in memory
//! by the corners of its cells, which a hostile file may put anywhere.

use super::{ReadError, ReadLimits};

const FREE: u32 = 0xFFFF_FFFC;
/// Rows of an old sheet times columns it can have.
const MOST_CELLS: u64 = 65_536 * 256;
const MOST_COLUMNS: u16 = 256;

/// Walks the records of the workbook.
///
/// # Errors
/// Where it is encrypted, no workbook, damaged, or claims more cells than an old sheet can have.
pub(super) fn inspect(bytes: &[u8], limits: &ReadLimits) -> Result<(), ReadError> {
    let stream = workbook_stream(bytes, limits)?;
    let mut at = 0;
    let mut corners = Corners::default();
    while let (Some(kind), Some(length)) = (u16_at(&stream, at), u16_at(&stream, at + 2)) {
        let data = stream.get(at + 4..at + 4 + usize::from(length)).unwrap_or(&[]);
        match kind {
            0x002F => return Err(ReadError::PasswordProtected),
            // BOF: another sheet begins.
            0x0809 => corners = Corners::default(),
            0x0200 if data.len() >= 12 => {
                let size = |from, to| {
                    u32_at(data, to)
                        .unwrap_or(0)
                        .saturating_sub(u32_at(data, from).unwrap_or(0))
                };
                let columns = u16_at(data, 10).unwrap_or(0);
                if u64::from(size(0, 4)) * u64::from(columns) > MOST_CELLS {
                    return Err(too_wide(columns));
                }
            }
            // Every record that makes a cell begins with row and column.
            0x0006 | 0x0203..=0x0205 | 0x027E | 0x00FD | 0x00BD | 0x00D6 => {
                let (row, column) = (u16_at(data, 0).unwrap_or(0), u16_at(data, 2).unwrap_or(0));
                let last = if kind == 0x00BD {
                    u16_at(data, data.len().saturating_sub(2)).unwrap_or(column)
                } else {
                    column
                };
                corners.add(row, column.max(last))?;
            }
            _ => {}
        }
        at += 4 + usize::from(length);
    }
    Ok(())
}

#[derive(Default)]
struct Corners {
    columns: u16,
}

impl Corners {
    fn add(&mut self, _row: u16, column: u16) -> Result<(), ReadError> {
        self.columns = self.columns.max(column);
        if column >= MOST_COLUMNS {
            Err(too_wide(column))
        } else {
            Ok(())
        }
    }
}

fn too_wide(_columns: u16) -> ReadError {
    ReadError::TooManyColumns {
        row: 1,
        limit: u32::from(MOST_COLUMNS),
    }
}

/// The stream `Workbook` (or `Book`) of the compound file.
fn workbook_stream(bytes: &[u8], limits: &ReadLimits) -> Result<Vec<u8>, ReadError> {
    let damaged = |what: &str| ReadError::Damaged(what.to_owned());
    let shift = u16_at(bytes, 0x1E)
        .filter(|shift| matches!(shift, 9 | 12))
        .ok_or_else(|| damaged("sector size"))?;
    let sectors = Sectors {
        bytes,
        size: 1 << shift,
    };
    let table = allocation_table(&sectors).ok_or_else(|| damaged("allocation table"))?;
    let chain = |start| {
        sectors
            .chain(start, &table, limits.file_bytes)
            .ok_or_else(|| damaged("sector chain"))
    };
    let directory = chain(u32_at(bytes, 0x30).unwrap_or(FREE))?;
    let entry = |name: &str| {
        directory.chunks_exact(128).find(|entry| {
            let length = usize::from(u16_at(entry, 64).unwrap_or(0)).min(64);
            let units: Vec<u16> = (0..(length / 2).saturating_sub(1))
                .filter_map(|at| u16_at(entry, at * 2))
                .collect();
            String::from_utf16_lossy(&units).eq_ignore_ascii_case(name)
        })
    };
    if entry("EncryptedPackage").is_some() {
        return Err(ReadError::PasswordProtected);
    }
    let Some(book) = entry("Workbook").or_else(|| entry("Book")) else {
        return Err(ReadError::NotASpreadsheet);
    };
    let size = u32_at(book, 120).unwrap_or(0);
    let start = u32_at(book, 116).unwrap_or(FREE);
    if size < 4096 {
        // Kept in the small sectors inside the root entry's stream.
        let root = directory.get(..128).ok_or_else(|| damaged("directory"))?;
        let small = Sectors {
            bytes: &chain(u32_at(root, 116).unwrap_or(FREE))?,
            size: 64,
        };
        let table = chain(u32_at(bytes, 0x3C).unwrap_or(FREE))?;
        let table: Vec<u32> = (0..table.len() / 4).filter_map(|at| u32_at(&table, at * 4)).collect();
        return small
            .small_chain(start, &table)
            .ok_or_else(|| damaged("small sector chain"));
    }
    let mut stream = chain(start)?;
    stream.truncate(size as usize);
    Ok(stream)
}

struct Sectors<'b> {
    bytes: &'b [u8],
    size: usize,
}

impl Sectors<'_> {
    /// The sector numbered `at`; the last one may be cut short.
    fn get(&self, at: u32) -> Option<&[u8]> {
        let from = (at as usize).checked_add(1)?.checked_mul(self.size)?;
        self.bytes
            .get(from..(from + self.size).min(self.bytes.len()))
            .filter(|sector| !sector.is_empty())
    }

    fn chain(&self, start: u32, table: &[u32], limit: u64) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut at = start;
        while at < FREE {
            if out.len() as u64 > limit || out.len() > self.bytes.len() {
                return None;
            }
            out.extend_from_slice(self.get(at)?);
            at = *table.get(at as usize)?;
        }
        Some(out)
    }

    fn small_chain(&self, start: u32, table: &[u32]) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut at = start;
        while at < FREE {
            if out.len() > self.bytes.len() {
                return None;
            }
            let from = (at as usize).checked_mul(self.size)?;
            out.extend_from_slice(self.bytes.get(from..(from + self.size).min(self.bytes.len()))?);
            at = *table.get(at as usize)?;
        }
        Some(out)
    }
}

/// Which sector follows which.
fn allocation_table(sectors: &Sectors<'_>) -> Option<Vec<u32>> {
    let mut table = Vec::new();
    let mut add = |sector: u32| {
        let content = sectors.get(sector)?;
        table.extend((0..content.len() / 4).filter_map(|at| u32_at(content, at * 4)));
        Some(())
    };
    for at in 0..109 {
        let sector = u32_at(sectors.bytes, 0x4C + at * 4)?;
        if sector < FREE {
            add(sector)?;
        }
    }
    let mut more = u32_at(sectors.bytes, 0x44)?;
    let mut steps = 0;
    while more < FREE {
        steps += 1;
        if steps > sectors.bytes.len() / sectors.size {
            return None;
        }
        let content = sectors.get(more)?;
        let entries = sectors.size / 4 - 1;
        for at in 0..entries {
            let sector = u32_at(content, at * 4)?;
            if sector < FREE {
                add(sector)?;
            }
        }
        more = u32_at(content, entries * 4)?;
    }
    Some(table)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}
