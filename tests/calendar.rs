//! Every branch on every day of 2026 to 2028, against a slow model that shares no code with the catalogue: it reads
//! the files line by line, counts days by itself, and paints each day minute by minute.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of a test, outside test functions"
)]

use std::collections::BTreeMap;

use chrono::{NaiveDate, Timelike as _};
use temujanji::office::{BranchCode, Closed, Office, ServiceCode, Verdict, builtin_files, read_files};

type Files = BTreeMap<String, Vec<u8>>;
type Fields = BTreeMap<String, String>;
/// Year, month, day.
type Date = (i32, u32, u32);

const WEEK: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// What the model reads: every entry as plain texts.
struct Model {
    services: Vec<Fields>,
    branches: Vec<Fields>,
    periods: Vec<Fields>,
    exceptions: Vec<Fields>,
    closures: Vec<Fields>,
    holidays: Vec<Fields>,
}

/// A day as the model sees it.
struct Painted {
    open: Vec<bool>,
    /// Why it is closed, or why the hours are unusual.
    why: String,
}

impl Model {
    fn read(files: &Files) -> Self {
        let text = |name: &str| String::from_utf8(files[name].clone()).unwrap();
        let branches = files.keys().filter(|name| name.starts_with("branches/"));
        Self {
            services: entries(&text("services.toml"), "[[service]]"),
            branches: branches.map(|name| entries(&text(name), "").remove(0)).collect(),
            periods: entries(&text("periods.toml"), "[[period]]"),
            exceptions: sheet(&text("exceptions.csv")),
            closures: sheet(&text("closures.csv")),
            holidays: sheet(&text("holidays.csv")),
        }
    }

    /// Paints from the weakest rule to the strongest, each over what was there.
    fn paint(&self, branch: &Fields, date: Date, weekday: &str) -> Painted {
        let iso = format!("{:04}-{:02}-{:02}", date.0, date.1, date.2);
        let mut day = Painted { open: vec![false; 1440], why: "rest day".to_owned() };
        paint_hours(&mut day, &branch[&format!("hours.{weekday}")], "");
        let mut periods: Vec<_> = self
            .periods
            .iter()
            .filter_map(|period| {
                let to = period.get("to").map_or((9999, 1, 1), |to| day_of(to));
                let from = day_of(&period["from"]);
                Some(((from, reach(&period["places"], branch)?), period))
                    .filter(|_| from <= date && date <= to)
            })
            .collect();
        periods.sort_by_key(|(rank, _)| *rank);
        for (_, period) in periods {
            if let Some(hours) = period.get(&format!("hours.{weekday}")) {
                paint_hours(&mut day, hours, period.get("reason_en").map_or("", String::as_str));
            }
        }
        let here: Vec<_> = self
            .holidays
            .iter()
            .filter(|holiday| holiday["date"] == iso && reach(&holiday["states"], branch).is_some())
            .collect();
        if !here.is_empty() {
            let names: Vec<_> = here.iter().map(|holiday| holiday["name_en"].clone()).collect();
            let estimated = here.iter().all(|holiday| holiday["estimated"] == "yes");
            blank(&mut day, &format!("holiday {} {estimated}", names.join("; ")));
        }
        let mut exceptions: Vec<_> = self
            .exceptions
            .iter()
            .filter(|exception| exception["date"] == iso)
            .filter_map(|exception| Some((reach(&exception["places"], branch)?, exception)))
            .collect();
        exceptions.sort_by_key(|(reach, _)| *reach);
        if let Some((_, exception)) = exceptions.last() {
            except(&mut day, exception);
        }
        let mut closures: Vec<_> = self
            .closures
            .iter()
            .filter(|closure| day_of(&closure["from"]) <= date && date <= day_of(&closure["to"]))
            .filter_map(|closure| Some((reach(&closure["places"], branch)?, closure)))
            .collect();
        closures.sort_by_key(|(reach, _)| *reach);
        if let Some((_, closure)) = closures.last() {
            blank(&mut day, &format!("closure {}", closure["reason_en"]));
        }
        day
    }
}

fn except(day: &mut Painted, exception: &Fields) {
    let (hours, reason) = (&exception["hours"], &exception["reason_en"]);
    let cut = match hours.split_once(' ') {
        Some(("until", time)) => minute(time)..1440,
        Some(("from", time)) => 0..minute(time),
        _ => {
            blank(day, &format!("exception {reason}"));
            return if hours != "closed" {
                paint_hours(day, hours, reason)
            };
        }
    };
    if day.open.contains(&true) {
        day.open[cut].fill(false);
        day.why = if day.open.contains(&true) { reason.clone() } else { format!("exception {reason}") };
    }
}

fn blank(day: &mut Painted, why: &str) {
    day.open.fill(false);
    day.why = why.to_owned();
}

fn paint_hours(day: &mut Painted, hours: &str, reason: &str) {
    day.open.fill(false);
    if hours == "closed" {
        day.why = if reason.is_empty() { "rest day".to_owned() } else { format!("exception {reason}") };
        return;
    }
    for span in hours.split([',', ';']) {
        let (from, to) = span.trim().split_once('-').unwrap();
        day.open[minute(from)..minute(to)].fill(true);
    }
    day.why = reason.to_owned();
}

/// How near a list of places comes to a branch: 3 names it, 2 its state, 1 the nation.
fn reach(places: &str, branch: &Fields) -> Option<u32> {
    let near = |place: &str| match place {
        "MY" => Some(1),
        place if place == branch["state"] => Some(2),
        place if place == branch["code"] => Some(3),
        _ => None,
    };
    places.split(';').filter_map(near).max()
}

fn minute(time: &str) -> usize {
    let (hour, minute) = time.split_once(':').unwrap();
    hour.parse::<usize>().unwrap() * 60 + minute.parse::<usize>().unwrap()
}

fn day_of(text: &str) -> Date {
    let parts: Vec<u32> = text.split('-').map(|part| part.parse().unwrap()).collect();
    (i32::try_from(parts[0]).unwrap(), parts[1], parts[2])
}

/// The entries of a TOML file as it is laid out here: `key = value` lines, lists perhaps over several lines.
fn entries(text: &str, begins: &str) -> Vec<Fields> {
    let mut entries = if begins.is_empty() { vec![Fields::new()] } else { Vec::new() };
    let mut prefix = String::new();
    let mut list: Option<String> = None;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(key) = &list {
            let value = entries.last_mut().unwrap().get_mut(key).unwrap();
            *value += &line.replace(']', "");
            list = list.filter(|_| !line.ends_with(']'));
        } else if line == begins {
            entries.push(Fields::new());
        } else if line.starts_with('[') {
            prefix = format!("{}.", line.trim_matches(['[', ']']));
        } else {
            let (key, value) = line.split_once(" = ").unwrap();
            let key = format!("{prefix}{key}");
            list = (value == "[").then(|| key.clone());
            let plain =
                value.trim_matches('"').replace(['[', ']'], "").replace("\", \"", ";").replace('"', "");
            entries.last_mut().unwrap().insert(key, plain);
        }
    }
    entries
}

/// The rows of a sheet; in this catalogue only reasons and names may stand in quotes.
fn sheet(text: &str) -> Vec<Fields> {
    let mut lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(cells);
    let header = lines.next().unwrap();
    lines.map(|row| header.iter().cloned().zip(row).collect()).collect()
}

fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => cells.last_mut().unwrap().push(other),
        }
    }
    cells
}

/// Every day of 2026 to 2028 with its day of the week, counted on from Thursday, 1 January 2026.
fn days() -> Vec<(Date, &'static str)> {
    let mut days = Vec::new();
    for year in 2026..=2028 {
        for (month, length) in
            (1..).zip([31, 28 + u32::from(year == 2028), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
        {
            for day in 1..=length {
                days.push(((year, month, day), WEEK[(days.len() + 3) % 7]));
            }
        }
    }
    assert_eq!(days.len(), 1096);
    days
}

/// Open stretches, in minutes of the day.
fn stretches(open: &[bool]) -> Vec<(usize, usize)> {
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for minute in (0..open.len()).filter(|minute| open[*minute]) {
        match stretches.last_mut() {
            Some((_, end)) if *end == minute => *end += 1,
            _ => stretches.push((minute, minute + 1)),
        }
    }
    stretches
}

/// A verdict in the model's words: open stretches, and why.
fn said(verdict: Verdict) -> (Vec<(usize, usize)>, String) {
    let minutes = |time: chrono::NaiveTime| (time.hour() * 60 + time.minute()) as usize;
    match verdict {
        Verdict::Open { spans, note } => {
            assert!(!spans.is_empty(), "open without hours");
            let spans = spans.iter().map(|span| (minutes(span.from()), minutes(span.to()))).collect();
            (spans, note.map_or_else(String::new, |note| note.en))
        }
        Verdict::Closed(Closed::RestDay) => (Vec::new(), "rest day".to_owned()),
        Verdict::Closed(Closed::Holiday { name, estimated }) => {
            (Vec::new(), format!("holiday {} {estimated}", name.en))
        }
        Verdict::Closed(Closed::Closure { reason }) => (Vec::new(), format!("closure {}", reason.en)),
        Verdict::Closed(Closed::Exception { reason }) => (Vec::new(), format!("exception {}", reason.en)),
    }
}

/// Compares all verdicts, slots and next open days; gives back how many branch days were open.
fn agree(files: &Files) -> usize {
    let office = read_files(files).unwrap();
    let model = Model::read(files);
    let days = days();
    assert_eq!(office.branches().count(), model.branches.len());
    let mut open_days = 0;
    for branch in &model.branches {
        let code = BranchCode::parse(&branch["code"]).unwrap();
        let mut opened: Vec<NaiveDate> = Vec::new();
        for ((year, month, day), weekday) in &days {
            let date = NaiveDate::from_ymd_opt(*year, *month, *day).unwrap();
            let painted = model.paint(branch, (*year, *month, *day), weekday);
            let expected = stretches(&painted.open);
            let verdict = said(office.verdict(&code, date).unwrap());
            assert_eq!(verdict, (expected.clone(), painted.why), "{code} {date}");
            slots_agree(&office, &model, branch, &code, date, &expected);
            opened.extend((!expected.is_empty()).then_some(date));
        }
        open_days += opened.len();
        next_days_agree(&office, &code, &opened);
    }
    open_days
}

fn slots_agree(
    office: &Office,
    model: &Model,
    branch: &Fields,
    code: &BranchCode,
    date: NaiveDate,
    open: &[(usize, usize)],
) {
    for service in &model.services {
        let slots = office.slots(code, &ServiceCode::parse(&service["code"]).unwrap(), date);
        let slots: Vec<_> = slots
            .iter()
            .map(|slot| (slot.time.num_seconds_from_midnight() / 60, slot.minutes, slot.capacity))
            .collect();
        let mut expected = Vec::new();
        if let Some(own) = branch.get(&format!("services.{}", service["code"])) {
            let value = |key: &str| -> u32 {
                let own = own.split_once(&format!("{key} = ")).map(|(_, rest)| rest.trim_matches([' ', '}']));
                own.map_or(service[key].as_str(), |own| own.split(',').next().unwrap()).parse().unwrap()
            };
            let minutes = value("minutes");
            for (from, to) in open {
                let mut start = u32::try_from(*from).unwrap();
                while start + minutes <= u32::try_from(*to).unwrap() {
                    expected.push((start, minutes, value("capacity")));
                    start += minutes;
                }
            }
        }
        assert_eq!(slots, expected, "{code} {} {date}", service["code"]);
    }
}

fn next_days_agree(office: &Office, code: &BranchCode, opened: &[NaiveDate]) {
    let last = NaiveDate::from_ymd_opt(2028, 12, 31).unwrap();
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    for after in first.iter_days().take_while(|date| *date <= last).step_by(7) {
        let expected = opened.iter().copied().find(|date| *date > after);
        assert_eq!(office.next_open(code, after, last), expected, "{code} after {after}");
        if let Some(next) = expected {
            assert_eq!(office.next_open(code, after, next), expected, "the last day counts");
            assert_eq!(office.next_open(code, after, next.pred_opt().unwrap()), None);
        }
    }
}

#[test]
fn the_builtin_calendar_agrees_with_a_slow_model() {
    let open = agree(&builtin_files());
    assert!(open > 48 * 3 * 230, "{open} open branch days");
}

#[test]
fn a_calendar_full_of_rules_agrees_with_a_slow_model() {
    let mut files = builtin_files();
    files.insert("periods.toml".into(), PERIODS.into());
    files.insert("exceptions.csv".into(), EXCEPTIONS.into());
    files.insert("closures.csv".into(), CLOSURES.into());
    let mut text = String::from_utf8(files["branches/JHR-HQ.toml"].clone()).unwrap();
    for (from, to) in [
        ("VPP-PP = { capacity = 6 }", "VPP-PP = { minutes = 25, capacity = 2 }"),
        ("VPP-PM = { capacity = 5 }", "VPP-PM = { minutes = 255 }"),
    ] {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    files.insert("branches/JHR-HQ.toml".into(), text.into());
    agree(&files);
}

/// Nation, state and branch, some of them begun on the same day, overlapping, lasting, closing and opening days.
const PERIODS: &str = r#"
[[period]]
places = ["MY"]
from = 2027-02-08
to = 2027-03-09
reason_ms = "Waktu Ramadan"
reason_en = "Ramadan hours"
hours.monday = "08:00-13:00, 13:30-16:00"
hours.tuesday = "08:00-13:00, 13:30-16:00"
hours.friday = "08:00-12:00"

[[period]]
places = ["MY-01", "KUL-UTC"]
from = 2027-02-08
to = 2027-02-20
reason_ms = "Waktu khas"
reason_en = "Special hours"
hours.monday = "09:00-12:00"
hours.sunday = "09:00-10:30"

[[period]]
places = ["JHR-HQ", "MY-12"]
from = 2027-01-01
hours.wednesday = "08:00-19:00"
hours.thursday = "closed"

[[period]]
places = ["JHR-HQ"]
from = 2027-02-08
to = 2027-02-12
reason_ms = "Latihan"
reason_en = "Training"
hours.monday = "closed"
hours.tuesday = "10:00-10:30"

[[period]]
places = ["KDH-KULIM"]
from = 2026-11-01
to = 2026-12-31
hours.friday = "08:00-12:15"
hours.saturday = "08:00-13:00"
hours.thursday = "08:00-13:00, 14:00-19:00"
"#;

const EXCEPTIONS: &str = "places,date,hours,reason_ms,reason_en
MY,2026-03-19,until 13:00,Malam raya,Eve of Hari Raya
MY,2027-03-09,until 13:00,Malam raya,Eve of Hari Raya
MY-13,2026-05-31,until 14:00,Malam Gawai,Eve of Gawai
MY-13,2027-05-31,until 14:00,Malam Gawai,Eve of Gawai
SWK-UTC,2027-05-31,closed,Malam Gawai,\"Eve of Gawai, all day\"
JHR-HQ;KUL-UTC,2027-04-03,08:00-12:30;14:00-15:00,Sabtu khas,Special Saturday
JHR-HQ,2027-02-06,09:00-11:00,Khas,Open on a holiday
MY-01;JHR-UTC,2027-04-05,closed,Kerja kabel,Cable works
JHR-HQ,2027-04-05,from 14:30,Kerja kabel,Cable works
JHR-HQ,2027-04-06,until 08:00,Latihan,Training
MY,2028-01-03,from 10:00,Lewat,Late
MY,2028-01-01,from 10:00,Lewat,Late on a holiday or rest day
";

const CLOSURES: &str = "places,from,to,reason_ms,reason_en
MY-01,2027-04-03,2027-04-05,Banjir,Flood
MY,2027-04-05,2027-04-05,Pilihan raya,Election day
JHR-HQ,2027-04-05,2027-04-07,Ubah suai,Repairs
MY-12;MY-15;KUL-DUTA,2026-12-20,2027-01-10,Tutup,Shut
";
