//! The columns of the spreadsheets.

use super::{Row, Sheet, Standing};
use crate::words::Words;

/// A column: the message that heads it, its width in characters, and what stands in it.
pub(super) struct Column {
    pub(super) heading: &'static str,
    pub(super) width: f64,
    pub(super) field: fn(&Row, &Sheet, &Words) -> String,
}

/// Every column, in order. Dates and times are written so that they sort.
pub(super) const COLUMNS: [Column; 10] = [
    Column { heading: "sheet-branch", width: 16.0, field: |_, sheet, _| sheet.branch.to_string() },
    Column { heading: "sheet-date", width: 12.0, field: |_, sheet, _| sheet.date.to_string() },
    Column {
        heading: "sheet-time",
        width: 9.0,
        field: |row, _, _| row.entry.slot.time.format("%H:%M").to_string(),
    },
    Column { heading: "sheet-queue", width: 12.0, field: |row, _, _| row.entry.queue.to_string() },
    Column { heading: "sheet-name", width: 34.0, field: |row, _, _| row.entry.name.masked() },
    Column { heading: "sheet-reference", width: 16.0, field: |row, _, _| row.entry.reference.to_string() },
    Column {
        heading: "sheet-service-code",
        width: 16.0,
        field: |row, _, _| row.entry.slot.service.to_string(),
    },
    Column { heading: "sheet-service", width: 40.0, field: |row, _, _| row.service_name.clone() },
    Column {
        heading: "sheet-standing",
        width: 16.0,
        field: |row, sheet, words| Standing::of(&row.entry).text(words, sheet.language),
    },
    Column {
        heading: "sheet-note",
        width: 40.0,
        field: |_, sheet, words| {
            if sheet.sample { sheet.plain(words, "sheet-sample") } else { String::new() }
        },
    },
];

/// The headings and, below them, a line for each appointment; every field is safe.
pub(super) fn lines(sheet: &Sheet, words: &Words) -> impl Iterator<Item = [String; COLUMNS.len()]> {
    let headings = COLUMNS.each_ref().map(|column| safe(sheet.plain(words, column.heading)));
    let line = |row: &Row| COLUMNS.each_ref().map(|column| safe((column.field)(row, sheet, words)));
    std::iter::once(headings).chain(sheet.rows.iter().map(line))
}

/// A field that no spreadsheet takes for a formula: one that begins like a formula gets an apostrophe before it.
///
/// What begins so is what Excel, LibreOffice and Google Sheets run, full-width forms among them.
pub(super) fn safe(field: String) -> String {
    let starts = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if field.trim_start_matches(' ').starts_with(starts) { format!("'{field}") } else { field }
}
