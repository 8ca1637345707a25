//! Reading TOML tables key by key, noting each mistake with its line and going on.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::page::{Page, nearest};

/// Longest text of any key, in characters.
const LONGEST: usize = 400;

/// Something read, with the line it stands in.
pub(super) struct At<T> {
    pub(super) line: usize,
    pub(super) value: T,
}

/// The document of a page and whether it is sound; syntax mistakes are noted, what can still be read is read.
pub(super) fn document<'t>(page: &mut Page<'t>) -> (DeTable<'t>, bool) {
    let (document, errors) = DeTable::parse_recoverable(page.text);
    for error in &errors {
        let line = page.line(error.span().map_or(0, |span| span.start));
        let what = error.message().lines().collect::<Vec<_>>().join(", ");
        let mend = if what.contains("date") {
            DATE_MEND
        } else if what.contains("duplicate") {
            "keep the one that is meant"
        } else {
            "write key = value, with every text in double quotes"
        };
        page.wrong(line, format!("is not TOML: {what}"), mend);
    }
    (document.into_inner(), errors.is_empty())
}

/// A table, with the keys asked for so far.
pub(super) struct Table<'t> {
    entries: &'t DeTable<'t>,
    /// Where it begins.
    pub(super) line: usize,
    asked: Vec<&'static str>,
    /// Keys that should be there, each with what to add.
    missing: Vec<(&'static str, String)>,
}

impl<'t> Table<'t> {
    /// The table of a whole document.
    pub(super) fn top(entries: &'t DeTable<'t>) -> Self {
        Self { entries, line: 1, asked: Vec::new(), missing: Vec::new() }
    }

    /// Every key with its value, for tables whose keys are codes.
    pub(super) fn entries(&self, page: &Page<'_>) -> Vec<(At<&'t str>, &'t Spanned<DeValue<'t>>)> {
        let key =
            |key: &'t Spanned<_>| At { line: page.line(key.span().start), value: text_of(key.get_ref()) };
        self.entries.iter().map(|(name, value)| (key(name), value)).collect()
    }

    fn get(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.asked.push(key);
        self.entries.get(key)
    }

    fn need(&mut self, key: &'static str, example: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        let value = self.get(key);
        if value.is_none() {
            self.missing.push((key, example.to_owned()));
        }
        value
    }

    /// A text that has to be there.
    pub(super) fn text(&mut self, page: &mut Page<'_>, key: &'static str) -> Option<At<String>> {
        let value = self.need(key, &format!("{key} = \"…\""))?;
        text(page, key, value)
    }

    /// A text that may be left out.
    pub(super) fn text_if_any(&mut self, page: &mut Page<'_>, key: &'static str) -> Option<At<String>> {
        let value = self.get(key)?;
        text(page, key, value)
    }

    /// A list of texts, none if left out.
    pub(super) fn texts(&mut self, page: &mut Page<'_>, key: &'static str) -> Vec<At<String>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let line = page.line(value.span().start);
        let Some(items) = value.get_ref().as_array() else {
            page.wrong(line, format!("{key} is not a list"), format!("write {key} = [\"…\", \"…\"]"));
            return Vec::new();
        };
        items.iter().filter_map(|item| text(page, key, item)).collect()
    }

    /// A whole number that may be left out.
    pub(super) fn number(
        &mut self,
        page: &mut Page<'_>,
        key: &'static str,
        range: RangeInclusive<u32>,
    ) -> Option<At<u32>> {
        let value = self.get(key)?;
        number(page, key, value, range)
    }

    /// A whole number that has to be there.
    pub(super) fn need_number(
        &mut self,
        page: &mut Page<'_>,
        key: &'static str,
        range: RangeInclusive<u32>,
    ) -> Option<At<u32>> {
        let value = self.need(key, &format!("{key} = 4"))?;
        number(page, key, value, range)
    }

    /// `true` or `false`, which has to be there.
    pub(super) fn flag(&mut self, page: &mut Page<'_>, key: &'static str) -> Option<bool> {
        let value = self.need(key, &format!("{key} = false"))?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            let line = page.line(value.span().start);
            page.wrong(
                line,
                format!("{key} is neither true nor false"),
                format!("write {key} = true or false, without quotes"),
            );
        }
        flag
    }

    /// A date that has to be there.
    pub(super) fn date(&mut self, page: &mut Page<'_>, key: &'static str) -> Option<At<NaiveDate>> {
        let value = self.need(key, &format!("{key} = 2027-02-08"))?;
        date(page, key, value)
    }

    /// A date that may be left out.
    pub(super) fn date_if_any(&mut self, page: &mut Page<'_>, key: &'static str) -> Option<At<NaiveDate>> {
        let value = self.get(key)?;
        date(page, key, value)
    }

    /// A table under a key that has to be there.
    pub(super) fn table(
        &mut self,
        page: &mut Page<'_>,
        key: &'static str,
        example: &str,
    ) -> Option<Table<'t>> {
        let value = self.need(key, example)?;
        table(page, key, value)
    }

    /// A table under a key that may be left out.
    pub(super) fn table_if_any(&mut self, page: &mut Page<'_>, key: &'static str) -> Option<Table<'t>> {
        let value = self.get(key)?;
        table(page, key, value)
    }

    /// The tables written as `[[key]]`.
    pub(super) fn tables(&mut self, page: &mut Page<'_>, key: &'static str) -> Vec<Table<'t>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            let line = page.line(value.span().start);
            page.wrong(line, format!("{key} is not a list of tables"), format!("begin each with [[{key}]]"));
            return Vec::new();
        };
        items.iter().filter_map(|item| table(page, key, item)).collect()
    }

    /// Notes the keys that are missing and those nobody asked for. A wrong key that stands for a missing one is
    /// one mistake, not two.
    pub(super) fn end(mut self, page: &mut Page<'_>) {
        for (key, _) in self.entries(page) {
            if self.asked.contains(&key.value) {
                continue;
            }
            let mend = match nearest(key.value, self.asked.iter().copied()) {
                Some(right) => {
                    self.missing.retain(|(missing, _)| *missing != right);
                    format!("did you mean \"{right}\"?")
                }
                None => format!("the keys here are: {}", self.asked.join(", ")),
            };
            page.wrong(key.line, format!("there is no key \"{}\"", key.value), mend);
        }
        for (key, example) in self.missing {
            page.wrong(self.line, format!("\"{key}\" is missing"), format!("add {example}"));
        }
    }
}

fn text_of<'t>(text: &'t std::borrow::Cow<'t, str>) -> &'t str {
    text
}

/// A value as a table.
pub(super) fn table<'t>(
    page: &mut Page<'_>,
    key: &str,
    value: &'t Spanned<DeValue<'t>>,
) -> Option<Table<'t>> {
    let line = page.line(value.span().start);
    let Some(entries) = value.get_ref().as_table() else {
        page.wrong(
            line,
            format!("{key} is not a table"),
            "write { … } with key = value inside, or {} for none",
        );
        return None;
    };
    Some(Table { entries, line, asked: Vec::new(), missing: Vec::new() })
}

/// A value as one line of text, without spaces around it.
pub(super) fn text(page: &mut Page<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Option<At<String>> {
    let line = page.line(value.span().start);
    let Some(written) = value.get_ref().as_str() else {
        page.wrong(line, format!("{key} is not a text"), "put it in double quotes");
        return None;
    };
    let written = written.trim();
    if written.is_empty() {
        page.wrong(line, format!("{key} has an empty text"), "fill it in, or take it out");
        return None;
    }
    if written.chars().any(char::is_control) || written.chars().count() > LONGEST {
        page.wrong(
            line,
            format!("{key} is not one line of at most {LONGEST} characters"),
            "shorten it to one line",
        );
        return None;
    }
    Some(At { line, value: written.to_owned() })
}

fn number(
    page: &mut Page<'_>,
    key: &str,
    value: &Spanned<DeValue<'_>>,
    range: RangeInclusive<u32>,
) -> Option<At<u32>> {
    let line = page.line(value.span().start);
    let written = value.get_ref().as_integer();
    let number = written.and_then(|number| u32::from_str_radix(number.as_str(), number.radix()).ok());
    let fitting = number.filter(|number| range.contains(number));
    if fitting.is_none() {
        let what = written.map_or_else(|| "no whole number".to_owned(), |number| number.to_string());
        let mend = format!("write a whole number from {} to {}", range.start(), range.end());
        page.wrong(line, format!("{key} is {what}"), mend);
    }
    fitting.map(|value| At { line, value })
}

fn date(page: &mut Page<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Option<At<NaiveDate>> {
    let line = page.line(value.span().start);
    let written = match value.get_ref().as_datetime() {
        Some(date) => date.to_string(),
        None => value.get_ref().as_str().unwrap_or("no date").to_owned(),
    };
    match parse_date(&written) {
        Ok(value) => Some(At { line, value }),
        Err(what) => {
            page.wrong(line, format!("{key}: {what}"), DATE_MEND);
            None
        }
    }
}

/// How dates are written.
pub(super) const DATE_MEND: &str = "write the year, month and day as 2027-02-08";

/// Reads a date; years far off are typing mistakes.
pub(super) fn parse_date(text: &str) -> Result<NaiveDate, String> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == 10);
    let near = NaiveDate::from_ymd_opt(2020, 1, 1)..=NaiveDate::from_ymd_opt(2099, 12, 31);
    match date {
        Some(date) if near.contains(&Some(date)) => Ok(date),
        Some(_) => Err(format!("\"{text}\" is not in the years 2020 to 2099")),
        None => Err(format!("\"{text}\" is not a date")),
    }
}
