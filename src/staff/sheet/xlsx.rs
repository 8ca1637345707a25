use rust_xlsxwriter::{DocProperties, Format, Workbook, Worksheet, XlsxError};

use super::fields::{COLUMNS, lines, safe};
use super::{Sheet, Standing};
use crate::typeset::PageError;
use crate::words::Words;

/// The list as a workbook: one sheet with the appointments, its heading always in view and every column to filter by;
/// one with what the list is and how many there are.
///
/// Every cell is text, so that no program reads a formula or a date of its own into it. The same list gives the same
/// bytes.
///
/// # Errors
///
/// [`PageError::Export`] when the library refuses to write.
pub fn xlsx(sheet: &Sheet, words: &Words) -> Result<Vec<u8>, PageError> {
    write(sheet, words).map_err(|error| PageError::Export { format: "XLSX", what: error.to_string() })
}

fn write(sheet: &Sheet, words: &Words) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let title = sheet.plain(words, "sheet-title");
    book.set_properties(
        &DocProperties::new().set_title(&title).set_author("temujanji").set_creation_datetime(&sheet.made_at),
    );
    let heading = Format::new().set_bold();
    appointments(sheet, words, &heading, book.add_worksheet())?;
    about(sheet, words, &title, &heading, book.add_worksheet())?;
    book.save_to_buffer()
}

fn appointments(
    sheet: &Sheet,
    words: &Words,
    heading: &Format,
    page: &mut Worksheet,
) -> Result<(), XlsxError> {
    page.set_name(sheet.plain(words, "sheet-appointments"))?;
    let mut last_row = 0;
    for (row, line) in (0..).zip(lines(sheet, words)) {
        last_row = row;
        for (column, field) in (0..).zip(line) {
            match row {
                0 => page.write_string_with_format(row, column, field, heading)?,
                _ => page.write_string(row, column, field)?,
            };
        }
    }
    let mut last_column = 0;
    for (index, column) in (0..).zip(&COLUMNS) {
        last_column = index;
        page.set_column_width(index, column.width)?;
    }
    page.set_freeze_panes(1, 0)?;
    page.autofilter(0, 0, last_row, last_column)?;
    page.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

fn about(
    sheet: &Sheet,
    words: &Words,
    title: &str,
    heading: &Format,
    page: &mut Worksheet,
) -> Result<(), XlsxError> {
    let mut lines = vec![
        (sheet.plain(words, "sheet-branch"), sheet.branch_name.clone()),
        (sheet.plain(words, "sheet-date"), words.long_date(sheet.language, sheet.date)),
    ];
    lines.extend(
        Standing::ALL
            .map(|standing| (standing.text(words, sheet.language), sheet.standing(standing).to_string())),
    );
    let mut notes = vec![sheet.made(words), sheet.plain(words, "sheet-confidential")];
    if sheet.sample {
        notes.push(sheet.plain(words, "sheet-sample"));
    }
    lines.extend(notes.into_iter().map(|note| (note, String::new())));
    page.set_name(sheet.plain(words, "sheet-about"))?;
    page.write_string_with_format(0, 0, title, heading)?;
    for (row, (label, value)) in (1..).zip(lines) {
        page.write_string(row, 0, safe(label))?;
        page.write_string(row, 1, safe(value))?;
    }
    page.set_column_width(0, 20)?.set_column_width(1, 40)?;
    Ok(())
}
