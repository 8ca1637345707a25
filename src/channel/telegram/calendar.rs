//! A month as buttons.

use chrono::{Datelike, Days, Months, NaiveDate};
use teloxide::types::InlineKeyboardButton;

use super::keyboard::{Keyboard, data, nothing};
use crate::dialogue::{Language, Question, Value};
use crate::words::{Words, args};

/// Draws the month asked for: the days of the window can be tapped, and look different when free, full or closed. A
/// tap on a full or closed one is answered with the reason, as one that was typed.
pub(super) fn calendar(
    keyboard: &mut Keyboard,
    question: &Question,
    (first, last): (NaiveDate, NaiveDate),
    days: &[(NaiveDate, u32)],
    language: Language,
) {
    let words = Words::builtin();
    let pages = months(first, last) + 1;
    let page = question.page.map_or_else(|| opening(question, first, days), |page| page as usize);
    let page = page.min(pages - 1);
    let start = first_of(first) + Months::new(u32::try_from(page).unwrap_or_default());
    keyboard.rows.push(
        (1_u32..=7)
            .map(|weekday| nothing(words.text(language, "telegram-weekday", args![weekday = weekday])))
            .collect(),
    );
    let mut day = start - Days::new(u64::from(start.weekday().num_days_from_monday()));
    while day < start + Months::new(1) {
        let open = |date: &NaiveDate| date.month() == start.month() && (first..=last).contains(date);
        let week: Vec<_> = day.iter_days().take(7).collect();
        if week.iter().any(open) {
            let row = week.iter().map(|date| match open(date) {
                true => key(keyboard, question, *date, days, language),
                false => nothing("·"),
            });
            let row = row.collect();
            keyboard.rows.push(row);
        }
        day = day + Days::new(7);
    }
    let month =
        words.text(language, "telegram-month", args![month = start.month(), year = start.year().to_string()]);
    keyboard.turner(question.number, page, pages, month);
}

fn key(
    keyboard: &mut Keyboard,
    question: &Question,
    date: NaiveDate,
    days: &[(NaiveDate, u32)],
    language: Language,
) -> InlineKeyboardButton {
    let places = days.binary_search_by_key(&date, |(day, _)| *day).ok().and_then(|at| days.get(at));
    let label = match places {
        Some((_, 0)) => format!("✖{}", date.day()),
        Some(_) => date.day().to_string(),
        None => format!("({})", date.day()),
    };
    let data = data(question.number, &Value::Date(date));
    keyboard.labels.push((data.clone(), Words::builtin().short_date(language, date)));
    InlineKeyboardButton::callback(label, data)
}

/// The month to open at: that of the first day offered.
fn opening(question: &Question, first: NaiveDate, days: &[(NaiveDate, u32)]) -> usize {
    let date = |value: &Value| if let Value::Date(date) = value { Some(*date) } else { None };
    let offered = question.choices.iter().find_map(|choice| date(&choice.value));
    let free = || days.iter().find(|(_, places)| *places > 0).map(|(date, _)| *date);
    offered.or_else(free).map_or(0, |date| months(first, date))
}

/// How many months after that of `from` the month of `to` is.
fn months(from: NaiveDate, to: NaiveDate) -> usize {
    let count = |date: NaiveDate| date.year() * 12 + date.month0().cast_signed();
    usize::try_from(count(to) - count(from)).unwrap_or_default()
}

fn first_of(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}
