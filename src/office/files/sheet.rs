//! Reading CSV sheets row by row, noting each mistake with its line and going on.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::page::{Page, nearest};
use super::table::{DATE_MEND, parse_date};

/// A row of a sheet: its line, and the values of its columns.
pub(super) struct Row<'a> {
    pub(super) line: usize,
    values: BTreeMap<&'static str, &'a str>,
}

/// Calls `read` with each sound row. The header must have just these columns, in any order, and may have the optional ones.
///
/// Lines that are blank or begin with `#` are skipped.
pub(super) fn rows(
    page: &mut Page<'_>,
    columns: &[&'static str],
    optional: &[&'static str],
    mut read: impl FnMut(&mut Page<'_>, Row<'_>),
) {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .from_reader(page.text.as_bytes());
    let mut header: Option<Vec<&'static str>> = None;
    for record in reader.records() {
        // The text is UTF-8 and rows may be of any length, so that nothing else is left to fail.
        let Ok(record) = record else { continue };
        let line = page.line(first_byte(page.text, record.position().map_or(0, csv::Position::byte)));
        let Some(header) = &header else {
            match header_of(page, line, &record, columns, optional) {
                Some(found) => header = Some(found),
                None => return,
            }
            continue;
        };
        if record.len() == header.len() {
            read(page, Row { line, values: header.iter().copied().zip(record.iter()).collect() });
        } else {
            let what = format!("the row has {} values, the header {} columns", record.len(), header.len());
            page.wrong(
                line,
                what,
                "put a value that has a comma in it in double quotes, and close every quote",
            );
        }
    }
    if header.is_none() {
        page.wrong(1, "the header is missing", format!("let the first line be {}", columns.join(",")));
    }
}

/// The columns of the header in their order, if they are just the right ones.
fn header_of(
    page: &mut Page<'_>,
    line: usize,
    record: &csv::StringRecord,
    columns: &[&'static str],
    optional: &[&'static str],
) -> Option<Vec<&'static str>> {
    let whole = format!("let the header be {}", columns.join(","));
    if record.len() == 1 && record.iter().any(|only| only.contains([';', '\t'])) {
        page.wrong(
            line,
            "the columns are not separated by commas",
            format!("save it as CSV with commas; {whole}"),
        );
        return None;
    }
    let mut found = Vec::new();
    let mut missing: Vec<&str> =
        columns.iter().copied().filter(|column| record.iter().all(|name| name != *column)).collect();
    let mut sound = true;
    for name in record {
        match columns.iter().chain(optional).copied().find(|column| *column == name) {
            Some(column) if found.contains(&column) => {
                page.wrong(line, format!("the column {column} is there twice"), whole.as_str());
                sound = false;
            }
            Some(column) => found.push(column),
            None => {
                let mend = match nearest(name, missing.iter().copied()) {
                    Some(right) => {
                        missing.retain(|column| *column != right);
                        format!("did you mean {right}? {whole}")
                    }
                    None => whole.clone(),
                };
                page.wrong(line, format!("there is no column \"{name}\""), mend);
                sound = false;
            }
        }
    }
    for column in &missing {
        page.wrong(line, format!("the column {column} is missing"), whole.as_str());
    }
    (sound && missing.is_empty()).then_some(found)
}

/// Where a row begins, behind the blank and comment lines that the position of a row takes in.
fn first_byte(text: &str, position: u64) -> usize {
    let start = usize::try_from(position).unwrap_or(usize::MAX);
    let mut byte = start;
    for line in text.get(start..).unwrap_or_default().split_inclusive('\n') {
        if !line.trim().is_empty() && !line.starts_with('#') {
            break;
        }
        byte += line.len();
    }
    byte
}

impl<'a> Row<'a> {
    /// A value that may be empty.
    pub(super) fn raw(&self, column: &'static str) -> &'a str {
        self.values.get(column).copied().unwrap_or_default()
    }

    /// A value that has to be there.
    pub(super) fn text(&self, page: &mut Page<'_>, column: &'static str) -> Option<String> {
        let value = self.raw(column);
        if value.is_empty() {
            page.wrong(self.line, format!("{column} is empty"), "fill it in");
        }
        (!value.is_empty()).then(|| value.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// A date.
    pub(super) fn date(&self, page: &mut Page<'_>, column: &'static str) -> Option<NaiveDate> {
        match parse_date(self.raw(column)) {
            Ok(date) => Some(date),
            Err(what) => {
                page.wrong(self.line, format!("{column}: {what}"), DATE_MEND);
                None
            }
        }
    }

    /// `yes` or `no`.
    pub(super) fn yes_no(&self, page: &mut Page<'_>, column: &'static str) -> Option<bool> {
        match self.raw(column) {
            "yes" => Some(true),
            "no" => Some(false),
            other => {
                page.wrong(self.line, format!("{column} is \"{other}\""), "write yes or no");
                None
            }
        }
    }
}
