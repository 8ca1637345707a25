//! `branches/*.toml`, one branch a file.

use std::collections::{BTreeMap, BTreeSet};

use super::super::catalogue::{Branch, Offer, Service, State};
use super::super::code::{BranchCode, ServiceCode, StateCode};
use super::super::hours::{DAYS, Week, parse_hours};
use super::super::position::Position;
use super::lists::{CAPACITY, List, MINUTES, samples};
use super::page::{Page, suggest};
use super::table::{At, Table, document, table, text};

/// The branches read so far.
#[derive(Default)]
pub(super) struct Branches {
    pub(super) items: Vec<Branch>,
    /// The file in which each code stands; also of branches with mistakes.
    codes: BTreeMap<BranchCode, String>,
    /// The file in which each name stands.
    names: BTreeMap<String, String>,
    /// Every file seen.
    pub(super) files: BTreeSet<String>,
    /// Whether some file has no readable code, so that a code not found may be its.
    unsure: bool,
}

impl Branches {
    /// The codes that dated rules may name; `None` if they are not all known.
    pub(super) fn codes(&self) -> Option<BTreeSet<BranchCode>> {
        (!self.unsure && !self.files.is_empty()).then(|| self.codes.keys().cloned().collect())
    }
}

/// Reads one branch into `branches`.
pub(super) fn branch(
    page: &mut Page<'_>,
    states: &List<StateCode, State>,
    services: &List<ServiceCode, Service>,
    branches: &mut Branches,
) {
    branches.files.insert(page.name.to_owned());
    let (document, sound) = document(page);
    if !sound {
        branches.unsure = true;
        return;
    }
    let mut top = Table::top(&document);
    let branch = read(page, &mut top, states, services, branches);
    top.end(page);
    branches.items.extend(branch);
}

fn read(
    page: &mut Page<'_>,
    top: &mut Table<'_>,
    states: &List<StateCode, State>,
    services: &List<ServiceCode, Service>,
    branches: &mut Branches,
) -> Option<Branch> {
    let code = code(page, top, branches);
    branches.unsure |= code.is_none();
    let [name, short, address] = ["name", "short", "address"].map(|key| top.text(page, key));
    for name in
        name.iter().chain(short.as_ref().filter(|short| name.as_ref().is_none_or(|n| n.value != short.value)))
    {
        unlike_others(page, name, branches);
    }
    let state = state(page, top, states);
    let phone = top.text_if_any(page, "phone");
    if let Some(phone) =
        phone.as_ref().filter(|phone| !phone.value.chars().all(|c| c.is_ascii_digit() || "+- ".contains(c)))
    {
        page.wrong(
            phone.line,
            format!("\"{}\" is not a telephone number", phone.value),
            "write it as 03-8000 8000",
        );
    }
    let position = top.text_if_any(page, "position").and_then(|written| {
        let position = Position::parse(&written.value);
        if position.is_none() {
            let what = format!("\"{}\" is no place on the map", written.value);
            page.wrong(written.line, what, "write degrees north and east, as \"3.169, 101.671\"");
        }
        position
    });
    let words = top.texts(page, "words").into_iter().map(|word| word.value).collect();
    let samples = samples(page, top);
    let hours =
        top.table(page, "hours", "[hours] with a line for each day").map(|table| usual_week(page, table));
    let longest = hours.as_ref().and_then(|week| week.spans().map(|span| span.minutes()).max());
    let offers = top
        .table(page, "services", "[services] with a line for each service")
        .map(|table| offers(page, &table, services, longest));
    let sources = top.table_if_any(page, "sources").map(|table| sources(page, &table)).unwrap_or_default();
    Some(Branch {
        code: code?,
        name: name?.value,
        short: short?.value,
        state: state?,
        address: address?.value,
        phone: phone.map(|phone| phone.value),
        position,
        words,
        hours: hours?,
        services: offers?,
        samples,
        sources,
    })
}

fn code(page: &mut Page<'_>, top: &mut Table<'_>, branches: &mut Branches) -> Option<BranchCode> {
    let written = top.text(page, "code")?;
    let code = BranchCode::parse(&written.value);
    let code =
        code.map_err(|error| page.wrong(written.line, error.to_string(), "write it as JHR-HQ")).ok()?;
    if let Some(other) = branches.codes.get(&code) {
        page.wrong(
            written.line,
            format!("the code {code} is that of {other} too"),
            "give each branch its own code",
        );
        return Some(code);
    }
    branches.codes.insert(code.clone(), page.name.to_owned());
    Some(code)
}

/// Two branches of one name could not be told apart by an applicant.
fn unlike_others(page: &mut Page<'_>, name: &At<String>, branches: &mut Branches) {
    if let Some(other) = branches.names.get(&name.value) {
        page.wrong(
            name.line,
            format!("\"{}\" is also the name in {other}", name.value),
            "add what tells them apart",
        );
        return;
    }
    branches.names.insert(name.value.clone(), page.name.to_owned());
}

fn state(page: &mut Page<'_>, top: &mut Table<'_>, states: &List<StateCode, State>) -> Option<StateCode> {
    let written = top.text(page, "state")?;
    let state = StateCode::parse(&written.value);
    let state =
        state.map_err(|error| page.wrong(written.line, error.to_string(), "write it as MY-01")).ok()?;
    if states.codes.as_ref().is_some_and(|codes| !codes.contains(&state)) {
        page.wrong(
            written.line,
            format!("the state {state} is not in states.toml"),
            "add it there, or mend the code",
        );
        return None;
    }
    Some(state)
}

/// The usual hours, in which every day has to be named, so that none is forgotten.
fn usual_week(page: &mut Page<'_>, mut table: Table<'_>) -> Week {
    let mut week = Week::default();
    let mut sound = true;
    for (day, key) in DAYS {
        match table.text(page, key) {
            Some(hours) => sound &= set_hours(page, &mut week, day, &hours),
            None => sound = false,
        }
    }
    let line = table.line;
    table.end(page);
    if sound && week.spans().next().is_none() {
        page.wrong(line, "the branch is never open", "give at least one day its hours");
    }
    week
}

/// Sets a day's hours; false if they are wrong.
pub(super) fn set_hours(
    page: &mut Page<'_>,
    week: &mut Week,
    day: chrono::Weekday,
    hours: &At<String>,
) -> bool {
    match parse_hours(&hours.value) {
        Ok(spans) => {
            week.set(day, spans);
            true
        }
        Err(error) => {
            page.wrong(hours.line, error.to_string(), error.mend());
            false
        }
    }
}

/// The services of a branch, in the order of `services.toml`.
fn offers(
    page: &mut Page<'_>,
    table: &Table<'_>,
    services: &List<ServiceCode, Service>,
    longest: Option<i64>,
) -> Vec<Offer> {
    let entries = table.entries(page);
    if entries.is_empty() {
        page.wrong(table.line, "the branch offers no service", "add a line for each, as BKP-PASPORT = {}");
    }
    let mut offers: Vec<(usize, Offer)> = Vec::new();
    for (key, value) in entries {
        let known = known_service(page, &key, services);
        let Some(mut own) = self::table(page, key.value, value) else { continue };
        let minutes = own.number(page, "minutes", MINUTES);
        let capacity = own.number(page, "capacity", CAPACITY);
        own.end(page);
        let Some((place, service)) = known else { continue };
        let offer = Offer {
            service: service.code.clone(),
            minutes: minutes.map_or(service.minutes, |own| own.value),
            capacity: capacity.map_or(service.capacity, |own| own.value),
        };
        if let Some(longest) = longest.filter(|longest| *longest < i64::from(offer.minutes)) {
            let what = format!(
                "a slot of {} minutes fits into no opening span; the longest is {longest}",
                offer.minutes
            );
            page.wrong(key.line, what, "shorten the slot with minutes = …, or mend the hours");
        }
        if offers.iter().any(|(other, _)| *other == place) {
            page.wrong(key.line, format!("{} is there twice", offer.service), "take one out");
        }
        offers.push((place, offer));
    }
    offers.sort_by_key(|(place, _)| *place);
    offers.into_iter().map(|(_, offer)| offer).collect()
}

/// The service of that code and its place in the list.
fn known_service<'s>(
    page: &mut Page<'_>,
    key: &At<&str>,
    services: &'s List<ServiceCode, Service>,
) -> Option<(usize, &'s Service)> {
    let codes = services.codes.as_ref()?;
    let code = ServiceCode::parse(key.value).ok();
    if let Some(code) = code.filter(|code| codes.contains(code)) {
        return services.items.iter().enumerate().find(|(_, service)| service.code == code);
    }
    let mend =
        suggest(key.value, codes.iter().map(ServiceCode::as_str), "the codes are those of services.toml");
    page.wrong(key.line, format!("there is no service {}", key.value), mend);
    None
}

fn sources(page: &mut Page<'_>, table: &Table<'_>) -> BTreeMap<String, String> {
    let mut sources = BTreeMap::new();
    for (key, value) in table.entries(page) {
        sources.extend(text(page, key.value, value).map(|source| (key.value.to_owned(), source.value)));
    }
    sources
}
