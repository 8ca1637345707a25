//! The list of one branch and day: to print, for a spreadsheet, for other programs, for a terminal.
//!
//! Of a person it shows the masked name and the reference, in every form; whoever needs more looks the person up.
//!
//! # Layout
//!
//! `standing` what is known of an appointment; `count` how many there are, by time and service; `fields` the columns
//! of the spreadsheets; `csv`, `xlsx`, `json`, `table`, `pdf` one form each.

mod count;
mod csv;
mod fields;
mod json;
mod pdf;
mod standing;
mod table;
#[cfg(test)]
mod tests;
mod xlsx;

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use serde::{Deserialize, Serialize};

use crate::booking::DayEntry;
use crate::dialogue::Language;
use crate::office::{BranchCode, MALAYSIA, Office, ServiceCode};
use crate::typeset::PageError;
use crate::words::{Words, args};

pub use count::{Count, Counts};
pub use csv::csv;
pub use json::json;
pub use pdf::pdf;
pub use standing::Standing;
pub use table::table;
pub use xlsx::xlsx;

/// The list of one branch and day.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The language of its labels.
    pub language: Language,
    /// The branch.
    pub branch: BranchCode,
    /// Its full name.
    pub branch_name: String,
    /// The day.
    pub date: NaiveDate,
    /// When the list was made.
    pub made_at: DateTime<Utc>,
    /// Whether details of the office are sample data; the list then says so.
    pub sample: bool,
    /// The appointments, by time and queue number; cancelled ones among them.
    pub rows: Vec<Row>,
}

/// One appointment with the name of its service.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The appointment.
    pub entry: DayEntry,
    /// What the service is called on lists.
    pub service_name: String,
}

/// A form of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Aligned text for a terminal.
    Table,
    /// Comma-separated values, as spreadsheets read them.
    Csv,
    /// For other programs.
    Json,
    /// A workbook of Excel and its like.
    Xlsx,
    /// Sheets of A4 with boxes to tick.
    Pdf,
}

impl Format {
    /// The end of the file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Table => "txt",
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Xlsx => "xlsx",
            Format::Pdf => "pdf",
        }
    }

    /// Whether it is bytes that a terminal cannot show.
    pub fn is_binary(self) -> bool {
        matches!(self, Format::Xlsx | Format::Pdf)
    }
}

impl Sheet {
    /// The list of these appointments, by the catalogue in force. A branch or a service that has been taken out of the
    /// catalogue is called by its code, and so is a service whose name is kept from lists.
    pub fn new(
        office: &Office,
        language: Language,
        branch: BranchCode,
        date: NaiveDate,
        entries: Vec<DayEntry>,
        made_at: DateTime<Utc>,
    ) -> Sheet {
        let known = office.branch(&branch);
        let mut rows: Vec<_> = entries
            .into_iter()
            .map(|entry| Row { service_name: listed(office, language, &entry.slot.service), entry })
            .collect();
        rows.sort_by_key(|row| (row.entry.slot.time, row.entry.queue));
        Sheet {
            language,
            branch_name: known.map_or_else(|| branch.to_string(), |branch| branch.name.clone()),
            sample: known.is_some_and(|branch| !branch.samples.is_empty()),
            branch,
            date,
            made_at,
            rows,
        }
    }

    /// Name of the list's file: branch and day.
    pub fn file_name(&self, format: Format) -> String {
        format!("bookings-{}-{}.{}", self.branch, self.date, format.ending())
    }

    /// The list in a form, as the bytes of a file.
    ///
    /// Takes some milliseconds of CPU: call it off the async threads.
    ///
    /// # Errors
    ///
    /// [`PageError`] when the template is broken, or a library refuses to write.
    pub fn write(&self, format: Format, words: &Words) -> Result<Vec<u8>, PageError> {
        match format {
            Format::Table => Ok(table(self, words).into_bytes()),
            Format::Csv => csv(self, words),
            Format::Json => json(self),
            Format::Xlsx => xlsx(self, words),
            Format::Pdf => pdf(self, words),
        }
    }

    fn plain(&self, words: &Words, id: &str) -> String {
        words.text(self.language, id, args![])
    }

    fn made(&self, words: &Words) -> String {
        let at = MALAYSIA.from_utc_datetime(&self.made_at.naive_utc());
        let date = words.long_date(self.language, at.date_naive());
        let time = words.time(self.language, at.time());
        words.text(self.language, "sheet-made", args![date = date, time = time])
    }
}

/// What a service is called where others may look over a shoulder.
fn listed(office: &Office, language: Language, code: &ServiceCode) -> String {
    match (office.service(code), language) {
        (Some(service), Language::Ms) if !service.sensitive => service.short_ms.clone(),
        (Some(service), Language::En) if !service.sensitive => service.short_en.clone(),
        (Some(_) | None, _) => code.to_string(),
    }
}
