use chrono::NaiveTime;
use serde::Serialize;

use super::{Counts, Sheet, Standing};
use crate::typeset::{self, PageError, Template, printable};
use crate::words::{Words, args};

static TEMPLATE: Template = Template::new("sheet/sheet.typ");

/// Times beside one another in the counts; more begin a block of their own below.
const TIMES_ABREAST: usize = 9;

/// A word longer than this may be broken anywhere: as many wide letters as a column holds.
const LONGEST_WORD: usize = 12;

/// What the template reads as `/data.json`.
#[derive(Serialize)]
struct Data {
    language: &'static str,
    title: String,
    department: String,
    branch: String,
    date: String,
    sample: Option<String>,
    confidential: String,
    made: String,
    /// With `{page}` and `{pages}`, which only the typesetter knows.
    page: String,
    empty: String,
    standings: Vec<(String, String)>,
    counts_title: String,
    total: String,
    counts: Vec<Block>,
    labels: Labels,
    rows: Vec<Line>,
}

/// Some of the times, with the counts of every service; the last block has the totals, too.
#[derive(Serialize)]
struct Block {
    times: Vec<String>,
    services: Vec<(String, Vec<String>)>,
    each_time: Vec<String>,
    last: bool,
}

#[derive(Serialize)]
struct Labels {
    here: String,
    time: String,
    queue: String,
    name: String,
    reference: String,
    service: String,
    standing: String,
}

#[derive(Serialize)]
struct Line {
    time: String,
    /// Whether it is the first of its time.
    first: bool,
    queue: String,
    name: String,
    reference: String,
    service: String,
    standing: Standing,
    standing_text: String,
}

/// The list as a PDF to print: A4, tagged (PDF/UA-1), fonts embedded; counts on top, a box to tick in each row, branch
/// and day on every page. The same list gives the same bytes.
///
/// Takes some milliseconds of CPU: call it off the async threads.
///
/// # Errors
///
/// [`PageError`] when the template or its fonts are broken.
pub fn pdf(sheet: &Sheet, words: &Words) -> Result<Vec<u8>, PageError> {
    typeset::pdf(&TEMPLATE.fill(&data(sheet, words), &[])?, sheet.made_at)
}

fn data(sheet: &Sheet, words: &Words) -> Data {
    let plain = |id| sheet.plain(words, id);
    let standings = Standing::ALL
        .map(|standing| (standing.text(words, sheet.language), sheet.standing(standing).to_string()));
    Data {
        language: sheet.language.name(),
        title: plain("sheet-title"),
        department: plain("slip-department"),
        branch: printable(&sheet.branch_name, LONGEST_WORD),
        date: words.long_date(sheet.language, sheet.date),
        sample: sheet.sample.then(|| plain("sheet-sample")),
        confidential: plain("sheet-confidential"),
        made: sheet.made(words),
        page: words.text(sheet.language, "sheet-page", args![page = "{page}", pages = "{pages}"]),
        empty: plain("sheet-empty"),
        standings: standings.into(),
        counts_title: plain("sheet-counts"),
        total: plain("sheet-total"),
        counts: blocks(&sheet.counts(), |time| words.time(sheet.language, time)),
        labels: Labels {
            here: plain("sheet-here"),
            time: plain("sheet-time"),
            queue: plain("sheet-queue"),
            name: plain("sheet-name"),
            reference: plain("sheet-reference"),
            service: plain("sheet-service"),
            standing: plain("sheet-standing"),
        },
        rows: rows(sheet, words),
    }
}

fn blocks(counts: &Counts, time: impl Fn(NaiveTime) -> String) -> Vec<Block> {
    let numbers = |at: &[usize], start: usize| -> Vec<String> {
        at.iter().skip(start).take(TIMES_ABREAST).map(usize::to_string).collect()
    };
    let each_time = counts.each_time();
    let block = |(index, times): (usize, &[NaiveTime])| {
        let start = index * TIMES_ABREAST;
        let last = start + times.len() == counts.times.len();
        let with_total = |mut numbers: Vec<String>, total: usize| {
            numbers.extend(last.then(|| total.to_string()));
            numbers
        };
        let services = counts.services.iter().map(|count| {
            (printable(&count.name, LONGEST_WORD), with_total(numbers(&count.at, start), count.all()))
        });
        Block {
            times: times.iter().copied().map(&time).collect(),
            services: services.collect(),
            each_time: with_total(numbers(&each_time, start), counts.all()),
            last,
        }
    };
    counts.times.chunks(TIMES_ABREAST).enumerate().map(block).collect()
}

fn rows(sheet: &Sheet, words: &Words) -> Vec<Line> {
    let mut before = None;
    let line = |row: &super::Row| {
        let (entry, standing) = (&row.entry, Standing::of(&row.entry));
        let time = Some(entry.slot.time);
        Line {
            time: words.time(sheet.language, entry.slot.time),
            first: std::mem::replace(&mut before, time) != time,
            queue: entry.queue.to_string(),
            name: printable(&entry.name.masked(), LONGEST_WORD),
            reference: entry.reference.to_string(),
            service: printable(&row.service_name, LONGEST_WORD),
            standing,
            standing_text: standing.text(words, sheet.language),
        }
    };
    sheet.rows.iter().map(line).collect()
}
