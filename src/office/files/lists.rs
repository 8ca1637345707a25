//! `states.toml` and `services.toml`.

use std::collections::BTreeSet;

use super::super::catalogue::{Sample, Service, State};
use super::super::code::{ServiceCode, StateCode};
use super::page::{Page, suggest};
use super::table::{Table, document};

/// What a list holds. `codes` also has those whose entry has mistakes, so that one mistake is not told twice;
/// it is `None` if the file could not be read, and then nothing is compared with it.
pub(super) struct List<K, V> {
    pub(super) codes: Option<BTreeSet<K>>,
    pub(super) items: Vec<V>,
}

impl<K, V> Default for List<K, V> {
    fn default() -> Self {
        Self { codes: None, items: Vec::new() }
    }
}

/// Slot lengths that make sense, in minutes.
pub(super) const MINUTES: std::ops::RangeInclusive<u32> = 5..=600;
/// Numbers of places in a slot that make sense.
pub(super) const CAPACITY: std::ops::RangeInclusive<u32> = 1..=500;
/// Length of a slot where nothing else is said: the hour that STO's slots last, as far as seen.
const USUAL_MINUTES: u32 = 60;

/// Reads `states.toml`.
pub(super) fn states(page: &mut Page<'_>) -> List<StateCode, State> {
    list(page, "state", |page, table, codes| {
        let code = code(page, table, codes, StateCode::parse, "the code is that of ISO 3166-2, as MY-01");
        let name_ms = table.text(page, "name_ms");
        let name_en = table.text(page, "name_en");
        let words = table.texts(page, "words").into_iter().map(|word| word.value).collect();
        Some(State { code: code?, name_ms: name_ms?.value, name_en: name_en?.value, words })
    })
}

/// Reads `services.toml`.
pub(super) fn services(page: &mut Page<'_>) -> List<ServiceCode, Service> {
    list(page, "service", |page, table, codes| {
        let code =
            code(page, table, codes, ServiceCode::parse, "give it capitals, digits and hyphens, as VPP-PP");
        let [name_ms, name_en] = ["name_ms", "name_en"].map(|key| table.text(page, key));
        let [short_ms, short_en] = ["short_ms", "short_en"].map(|key| table.text(page, key));
        let sensitive = table.flag(page, "sensitive");
        let minutes = table.number(page, "minutes", MINUTES).map_or(USUAL_MINUTES, |number| number.value);
        let capacity = table.need_number(page, "capacity", CAPACITY);
        let documents = table.text(page, "documents");
        if let Some(link) = documents.as_ref().filter(|link| !link.value.starts_with("https://")) {
            page.wrong(link.line, "documents is not a web address", "begin it with https://");
        }
        let samples = samples(page, table);
        let words = table.texts(page, "words").into_iter().map(|word| word.value).collect();
        Some(Service {
            code: code?,
            name_ms: name_ms?.value,
            name_en: name_en?.value,
            short_ms: short_ms?.value,
            short_en: short_en?.value,
            sensitive: sensitive?,
            words,
            documents: documents?.value,
            minutes,
            capacity: capacity?.value,
            samples,
        })
    })
}

/// Reads a document that holds one kind of `[[table]]`.
fn list<K: Ord, V>(
    page: &mut Page<'_>,
    key: &'static str,
    mut read: impl FnMut(&mut Page<'_>, &mut Table<'_>, &mut BTreeSet<K>) -> Option<V>,
) -> List<K, V> {
    let (document, sound) = document(page);
    if !sound {
        return List::default();
    }
    let mut top = Table::top(&document);
    let mut codes = BTreeSet::new();
    let mut items = Vec::new();
    let tables = top.tables(page, key);
    if tables.is_empty() {
        page.wrong(1, format!("there is no [[{key}]]"), format!("begin each {key} with [[{key}]]"));
    }
    for mut table in tables {
        items.extend(read(page, &mut table, &mut codes));
        table.end(page);
    }
    top.end(page);
    List { codes: Some(codes), items }
}

/// The code of an entry, which none before it may have.
fn code<K: Ord + Clone + std::fmt::Display, E: std::fmt::Display>(
    page: &mut Page<'_>,
    table: &mut Table<'_>,
    codes: &mut BTreeSet<K>,
    parse: impl FnOnce(&str) -> Result<K, E>,
    mend: &str,
) -> Option<K> {
    let written = table.text(page, "code")?;
    match parse(&written.value) {
        Ok(code) if codes.insert(code.clone()) => Some(code),
        Ok(code) => {
            page.wrong(written.line, format!("the code {code} is there twice"), "give each its own code");
            None
        }
        Err(error) => {
            page.wrong(written.line, error.to_string(), mend);
            None
        }
    }
}

/// The marks of made-up values.
pub(super) fn samples(page: &mut Page<'_>, table: &mut Table<'_>) -> BTreeSet<Sample> {
    let mut samples = BTreeSet::new();
    for word in table.texts(page, "sample") {
        match Sample::ALL.into_iter().find(|sample| sample.as_str() == word.value) {
            Some(sample) => drop(samples.insert(sample)),
            None => {
                let known = Sample::ALL.map(Sample::as_str);
                let mend = suggest(&word.value, known, &format!("the marks are {}", known.join(", ")));
                page.wrong(word.line, format!("there is no sample mark \"{}\"", word.value), mend);
            }
        }
    }
    samples
}
