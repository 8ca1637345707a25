//! What changed between two catalogues, in lines for the operator.

use std::collections::BTreeMap;
use std::fmt::Display;

use super::Office;
use super::catalogue::{Branch, Change, Closure, Exception, Holiday, Offer, Period, Service, State};
use super::code::BranchCode;
use super::hours::{DAYS, Week, write_hours};

/// One line for each thing that differs, empty when the catalogues say the same. The same change at several
/// branches is one line.
pub fn difference(old: &Office, new: &Office) -> Vec<String> {
    let mut lines = Vec::new();
    let code = |state: &State| state.code.to_string();
    compare(&mut lines, "state", &keyed(old.states(), code), &keyed(new.states(), code), state);
    let code = |service: &Service| service.code.to_string();
    compare(&mut lines, "service", &keyed(old.services(), code), &keyed(new.services(), code), service);
    branches(&mut lines, old, new);
    listed(&mut lines, "period", old.periods().map(period), new.periods().map(period));
    listed(&mut lines, "exception", old.exceptions().map(exception), new.exceptions().map(exception));
    listed(&mut lines, "closure", old.closures().map(closure), new.closures().map(closure));
    listed(&mut lines, "holiday", old.holidays().map(holiday), new.holidays().map(holiday));
    if lines.is_empty() && old != new {
        lines.push("the order of the services or of the rules".to_owned());
    }
    lines
}

fn keyed<'o, T>(items: impl Iterator<Item = &'o T>, key: fn(&T) -> String) -> BTreeMap<String, &'o T> {
    items.map(|item| (key(item), item)).collect()
}

/// Added, removed and changed entries of one kind; `changes` names what differs in an entry.
fn compare<T>(
    lines: &mut Vec<String>,
    kind: &str,
    old: &BTreeMap<String, &T>,
    new: &BTreeMap<String, &T>,
    changes: fn(&T, &T) -> Vec<String>,
) {
    for (code, was) in old {
        match new.get(code) {
            None => lines.push(format!("{kind} {code}: removed")),
            Some(is) => {
                lines.extend(changes(was, is).into_iter().map(|change| format!("{kind} {code}: {change}")))
            }
        }
    }
    let added = new.keys().filter(|code| !old.contains_key(*code));
    lines.extend(added.map(|code| format!("{kind} {code}: added")));
}

fn field<T: PartialEq + Display>(changes: &mut Vec<String>, name: &str, was: T, is: T) {
    if was != is {
        changes.push(format!("{name} was {was}, is {is}"));
    }
}

fn words<T: PartialEq>(changes: &mut Vec<String>, name: &str, was: &T, is: &T) {
    if was != is {
        changes.push(format!("other {name}"));
    }
}

fn state(was: &State, is: &State) -> Vec<String> {
    let mut changes = Vec::new();
    field(&mut changes, "Malay name", &was.name_ms, &is.name_ms);
    field(&mut changes, "English name", &was.name_en, &is.name_en);
    words(&mut changes, "words", &was.words, &is.words);
    changes
}

fn service(was: &Service, is: &Service) -> Vec<String> {
    let mut changes = Vec::new();
    field(&mut changes, "Malay name", &was.name_ms, &is.name_ms);
    field(&mut changes, "English name", &was.name_en, &is.name_en);
    field(&mut changes, "short Malay name", &was.short_ms, &is.short_ms);
    field(&mut changes, "short English name", &was.short_en, &is.short_en);
    field(&mut changes, "sensitive", was.sensitive, is.sensitive);
    field(&mut changes, "documents", &was.documents, &is.documents);
    field(&mut changes, "usual minutes", was.minutes, is.minutes);
    field(&mut changes, "usual capacity", was.capacity, is.capacity);
    words(&mut changes, "words", &was.words, &is.words);
    words(&mut changes, "sample marks", &was.samples, &is.samples);
    changes
}

/// Changes of branches, each with the branches that share it.
fn branches(lines: &mut Vec<String>, old: &Office, new: &Office) {
    let mut shared: BTreeMap<String, Vec<&BranchCode>> = BTreeMap::new();
    let mut note = |change: String, code| shared.entry(change).or_default().push(code);
    for was in old.branches() {
        match new.branch(&was.code) {
            None => note("removed".to_owned(), &was.code),
            Some(is) => branch(was, is).into_iter().for_each(|change| note(change, &was.code)),
        }
    }
    for is in new.branches().filter(|is| old.branch(&is.code).is_none()) {
        note("added".to_owned(), &is.code);
    }
    let mut grouped: Vec<_> = shared.into_iter().map(|(change, codes)| (codes, change)).collect();
    grouped.sort();
    lines.extend(grouped.into_iter().map(|(codes, change)| format!("branch {}: {change}", joined(&codes))));
}

fn branch(was: &Branch, is: &Branch) -> Vec<String> {
    let none = || "none".to_owned();
    let mut changes = Vec::new();
    field(&mut changes, "name", &was.name, &is.name);
    field(&mut changes, "short name", &was.short, &is.short);
    field(&mut changes, "state", &was.state, &is.state);
    field(&mut changes, "address", &was.address, &is.address);
    field(
        &mut changes,
        "phone",
        was.phone.clone().unwrap_or_else(none),
        is.phone.clone().unwrap_or_else(none),
    );
    let position = |branch: &Branch| branch.position.map_or_else(none, |position| position.to_string());
    field(&mut changes, "position", position(was), position(is));
    for (day, key) in DAYS {
        let hours = |branch: &Branch| write_hours(branch.hours.on(day).unwrap_or_default());
        field(&mut changes, key, hours(was), hours(is));
    }
    let offers = |branch: &Branch| -> BTreeMap<_, _> {
        branch.services.iter().map(|offer| (offer.service.clone(), offer.clone())).collect()
    };
    let (before, after) = (offers(was), offers(is));
    for (code, offer) in &before {
        match after.get(code) {
            None => changes.push(format!("{code} no longer offered")),
            Some(now) => field(&mut changes, code.as_str(), slots(offer), slots(now)),
        }
    }
    let added = after.iter().filter(|(code, _)| !before.contains_key(*code));
    changes.extend(added.map(|(code, offer)| format!("{code} offered, {}", slots(offer))));
    words(&mut changes, "words", &was.words, &is.words);
    words(&mut changes, "sample marks", &was.samples, &is.samples);
    words(&mut changes, "sources", &was.sources, &is.sources);
    changes
}

fn slots(offer: &Offer) -> String {
    format!("{} places in {} minutes", offer.capacity, offer.minutes)
}

/// Rules have no code: one that changed is one removed and one added.
fn listed(
    lines: &mut Vec<String>,
    kind: &str,
    old: impl Iterator<Item = String>,
    new: impl Iterator<Item = String>,
) {
    let (old, new): (Vec<_>, Vec<_>) = (old.collect(), new.collect());
    lines.extend(old.iter().filter(|rule| !new.contains(rule)).map(|rule| format!("{kind} removed: {rule}")));
    lines.extend(new.iter().filter(|rule| !old.contains(rule)).map(|rule| format!("{kind} added: {rule}")));
}

fn period(period: &Period) -> String {
    let to = period.to.map_or_else(|| "on".to_owned(), |to| format!("to {to}"));
    let reason = period.reason.as_ref().map(|reason| format!(" ({})", both(&reason.ms, &reason.en)));
    let Period { places, from, hours, .. } = period;
    format!("{}, from {from} {to}: {}{}", joined(places), week(hours), reason.unwrap_or_default())
}

fn week(week: &Week) -> String {
    let named = DAYS.iter().filter_map(|(day, key)| Some(format!("{key} {}", write_hours(week.on(*day)?))));
    named.collect::<Vec<_>>().join("; ")
}

fn exception(exception: &Exception) -> String {
    let Exception { places, date, change, reason } = exception;
    let hours = match change {
        Change::Open(spans) => write_hours(spans),
        Change::Closed => "closed".to_owned(),
        Change::Until(time) => format!("until {}", time.format("%H:%M")),
        Change::From(time) => format!("from {}", time.format("%H:%M")),
    };
    format!("{}, {date}: {hours} ({})", joined(places), both(&reason.ms, &reason.en))
}

fn closure(closure: &Closure) -> String {
    let Closure { places, from, to, hours, reason } = closure;
    let hours = hours.map_or_else(String::new, |hours| format!(", {hours}"));
    format!("{}, {from} to {to}{hours} ({})", joined(places), both(&reason.ms, &reason.en))
}

fn holiday(holiday: &Holiday) -> String {
    let Holiday { date, name, places, in_lieu, estimated } = holiday;
    let marks = match (in_lieu, estimated) {
        (false, false) => "",
        (true, false) => ", in lieu",
        (false, true) => ", estimated",
        (true, true) => ", in lieu, estimated",
    };
    format!("{date} {} at {}{marks}", both(&name.ms, &name.en), joined(places))
}

fn both(ms: &str, en: &str) -> String {
    if ms == en { ms.to_owned() } else { format!("{ms} / {en}") }
}

fn joined<T: Display>(codes: &[T]) -> String {
    codes.iter().map(T::to_string).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::{builtin, builtin_files, read_files};
    use super::*;

    fn edited(edits: &[(&str, &str, &str)]) -> Office {
        let mut files = builtin_files();
        for (file, from, to) in edits {
            let text = String::from_utf8(files[*file].clone()).unwrap();
            assert!(text.contains(from), "{file} has no {from}");
            files.insert((*file).to_owned(), text.replace(from, to).into_bytes());
        }
        read_files(&files).unwrap()
    }

    #[test]
    fn nothing_changed_is_no_line() {
        assert_eq!(difference(&builtin(), &builtin()), [""; 0]);
    }

    #[test]
    fn each_change_is_a_line_and_a_shared_one_is_told_once() {
        let new = edited(&[
            ("services.toml", "capacity = 6\n", "capacity = 7\n"),
            ("branches/KDH-KULIM.toml", "monday = \"08:00-13:00, 14:00-17:00\"", "monday = \"08:00-19:00\""),
            ("branches/KDH-KULIM.toml", "BPA-COM = { capacity = 3 }\n", "OPS-REK = { minutes = 30 }\n"),
            ("branches/LBN-HQ.toml", "phone = \"087-425 307\"\n", ""),
            ("closures.csv", "reason_en\n", "reason_en\nKDH-KULIM,2027-01-04,2027-01-05,Banjir,Flood\n"),
            (
                "holidays.csv",
                "2026-07-05,Hari Keputeraan Sultan Kedah",
                "2026-06-21,Hari Keputeraan Sultan Kedah",
            ),
        ]);
        insta::assert_snapshot!(difference(&builtin(), &new).join("\n"), @r"
        service BKP-PASPORT: usual capacity was 6, is 7
        service OPS-REK: usual capacity was 6, is 7
        branch JHR-PEKANBARU, KDH-HQ, KTN-HQ, KUL-WANGSAMAJU, MLK-HQ, NSN-HQ, PHG-HQ, PJY-PASPORT, PNG-HQ, PRK-HQ, SBH-HQ, SBH-KKIA, SGR-KAJANG, SGR-KLIA, SGR-PKLANG, SGR-SUBANG, SWK-HQ, TRG-HQ: BKP-PASPORT was 6 places in 60 minutes, is 7 places in 60 minutes
        branch KDH-HQ, KTN-HQ, MLK-HQ, NSN-HQ, PHG-HQ, PNG-HQ, PRK-HQ, SBH-HQ, SWK-HQ, TRG-HQ: OPS-REK was 6 places in 60 minutes, is 7 places in 60 minutes
        branch KDH-KULIM: BPA-COM no longer offered
        branch KDH-KULIM: OPS-REK offered, 7 places in 30 minutes
        branch KDH-KULIM: monday was 08:00-13:00, 14:00-17:00, is 08:00-19:00
        branch LBN-HQ: phone was 087-425 307, is none
        closure added: KDH-KULIM, 2027-01-04 to 2027-01-05 (Banjir / Flood)
        holiday removed: 2026-07-05 Hari Keputeraan Sultan Kedah / Birthday of the Sultan of Kedah at MY-02
        holiday added: 2026-06-21 Hari Keputeraan Sultan Kedah / Birthday of the Sultan of Kedah at MY-02
        ");
    }
}
