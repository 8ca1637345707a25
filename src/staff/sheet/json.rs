use chrono::{NaiveDate, TimeZone};
use serde::Serialize;

use super::{Sheet, Standing};
use crate::booking::Reference;
use crate::office::{BranchCode, MALAYSIA, ServiceCode};
use crate::typeset::PageError;

/// What other programs read. The names of the fields stay as they are; new ones may come.
#[derive(Serialize)]
struct Document<'a> {
    /// Code of the branch.
    branch: &'a BranchCode,
    branch_name: &'a str,
    /// `2026-11-26`.
    date: NaiveDate,
    /// RFC 3339, in Malaysian time.
    made_at: String,
    /// Whether details of the office are sample data.
    sample: bool,
    totals: Totals,
    /// By time and queue number.
    appointments: Vec<Appointment<'a>>,
}

/// How many appointments stand so; together, all of them.
#[derive(Serialize)]
struct Totals {
    booked: usize,
    arrived: usize,
    late: usize,
    no_show: usize,
    cancelled: usize,
}

#[derive(Serialize)]
struct Appointment<'a> {
    /// Start in Malaysian time, `09:00`.
    time: String,
    minutes: u32,
    queue: u32,
    /// Masked: the first word and first letters.
    name: String,
    /// Ten symbols without hyphens.
    reference: &'a Reference,
    /// Code of the service.
    service: &'a ServiceCode,
    /// Its name in the language of the list.
    service_name: &'a str,
    /// `booked`, `arrived`, `late`, `no_show` or `cancelled`.
    state: Standing,
}

/// The list as one JSON document.
///
/// Fields: `branch`, `branch_name`, `date`, `made_at`, `sample`, `totals` (`booked`, `arrived`, `late`, `no_show`,
/// `cancelled`) and `appointments`, each with `time`, `minutes`, `queue`, `name` (masked), `reference`, `service`,
/// `service_name` and `state` (named as in `totals`).
///
/// # Errors
///
/// [`PageError::Export`] when the library refuses to write.
pub fn json(sheet: &Sheet) -> Result<Vec<u8>, PageError> {
    let appointments = sheet.rows.iter().map(|row| Appointment {
        time: row.entry.slot.time.format("%H:%M").to_string(),
        minutes: row.entry.minutes,
        queue: row.entry.queue,
        name: row.entry.name.masked(),
        reference: &row.entry.reference,
        service: &row.entry.slot.service,
        service_name: &row.service_name,
        state: Standing::of(&row.entry),
    });
    let document = Document {
        branch: &sheet.branch,
        branch_name: &sheet.branch_name,
        date: sheet.date,
        made_at: MALAYSIA.from_utc_datetime(&sheet.made_at.naive_utc()).to_rfc3339(),
        sample: sheet.sample,
        totals: Totals {
            booked: sheet.standing(Standing::Booked),
            arrived: sheet.standing(Standing::Arrived),
            late: sheet.standing(Standing::Late),
            no_show: sheet.standing(Standing::NoShow),
            cancelled: sheet.standing(Standing::Cancelled),
        },
        appointments: appointments.collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&document)
        .map_err(|error| PageError::Export { format: "JSON", what: error.to_string() })?;
    bytes.push(b'\n');
    Ok(bytes)
}
