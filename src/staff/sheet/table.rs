use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

use super::{Sheet, Standing};
use crate::words::Words;

/// The columns, by the messages that head them.
const HEADINGS: [&str; 6] =
    ["sheet-time", "sheet-queue", "sheet-name", "sheet-reference", "sheet-service", "sheet-standing"];
/// The one with numbers.
const QUEUE: usize = 1;

/// The list as text for a terminal, aligned by what a letter takes there; never broken, however narrow it is.
pub fn table(sheet: &Sheet, words: &Words) -> String {
    let plain = |id| sheet.plain(words, id);
    let mut lines = vec![
        plain("sheet-title"),
        sheet.branch_name.clone(),
        words.long_date(sheet.language, sheet.date),
        String::new(),
    ];
    if sheet.rows.is_empty() {
        lines.push(plain("sheet-empty"));
    } else {
        lines.push(rows(sheet, words));
        lines.push(String::new());
        lines.push(totals(sheet, words));
    }
    if sheet.sample {
        lines.push(plain("sheet-sample"));
    }
    lines.push(sheet.made(words));
    lines.join("\n") + "\n"
}

fn rows(sheet: &Sheet, words: &Words) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(HEADINGS.map(|id| sheet.plain(words, id)));
    for row in &sheet.rows {
        table.add_row([
            words.time(sheet.language, row.entry.slot.time),
            row.entry.queue.to_string(),
            row.entry.name.masked(),
            row.entry.reference.to_string(),
            row.service_name.clone(),
            Standing::of(&row.entry).text(words, sheet.language),
        ]);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    if let Some(queue) = table.column_mut(QUEUE) {
        queue.set_cell_alignment(CellAlignment::Right);
    }
    table.trim_fmt()
}

/// `Ditempah 3, Hadir 1, …`: how many stand so, of those that there are.
pub(super) fn totals(sheet: &Sheet, words: &Words) -> String {
    let total = |standing: Standing| match sheet.standing(standing) {
        0 => None,
        count => Some(format!("{} {count}", standing.text(words, sheet.language))),
    };
    Standing::ALL.into_iter().filter_map(total).collect::<Vec<_>>().join(", ")
}
