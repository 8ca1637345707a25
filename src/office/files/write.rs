//! Writing a catalogue as files that read back the same.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use super::super::Office;
use super::super::catalogue::{Branch, Change, Period, Sample, Service, State};
use super::super::code::Place;
use super::super::hours::{DAYS, Week, write_hours};
use super::dated::{CLOSURE_COLUMNS, CLOSURE_HOURS, EXCEPTION_COLUMNS, HOLIDAY_COLUMNS};
use super::{BRANCHES, CLOSURES, EXCEPTIONS, HOLIDAYS, PERIODS, SERVICES, STATES, builtin_files};

/// Widest line of a list.
const WIDTH: usize = 100;

/// Writes a catalogue, with the guide to its format, into a folder that is not there yet or is empty.
///
/// # Errors
///
/// When the folder has something in it, or cannot be written.
pub fn write_dir(office: &Office, dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    if fs::read_dir(dir)?.next().is_some() {
        return Err(io::Error::new(io::ErrorKind::DirectoryNotEmpty, "the folder is not empty"));
    }
    if let Some(guide) = builtin_files().get("README.md") {
        fs::write(dir.join("README.md"), guide)?;
    }
    fs::write(dir.join(STATES), office.states().map(state).collect::<String>())?;
    fs::write(dir.join(SERVICES), office.services().map(service).collect::<String>())?;
    let periods: String = office.periods().map(period).collect();
    fs::write(dir.join(PERIODS), format!("# Other weekly hours for some time; see README.md.\n{periods}"))?;
    fs::write(dir.join(EXCEPTIONS), exceptions(office)?)?;
    fs::write(dir.join(CLOSURES), closures(office)?)?;
    fs::write(dir.join(HOLIDAYS), holidays(office)?)?;
    fs::create_dir(dir.join(BRANCHES))?;
    for one in office.branches() {
        fs::write(dir.join(BRANCHES).join(format!("{}.toml", one.code)), branch(office, one))?;
    }
    Ok(())
}

fn state(state: &State) -> String {
    let mut text = String::from("\n[[state]]\n");
    line(&mut text, "code", &quoted(state.code.as_str()));
    line(&mut text, "name_ms", &quoted(&state.name_ms));
    line(&mut text, "name_en", &quoted(&state.name_en));
    list(&mut text, "words", &state.words);
    text
}

fn service(service: &Service) -> String {
    let mut text = String::from("\n[[service]]\n");
    line(&mut text, "code", &quoted(service.code.as_str()));
    line(&mut text, "name_ms", &quoted(&service.name_ms));
    line(&mut text, "name_en", &quoted(&service.name_en));
    line(&mut text, "short_ms", &quoted(&service.short_ms));
    line(&mut text, "short_en", &quoted(&service.short_en));
    line(&mut text, "sensitive", &service.sensitive.to_string());
    line(&mut text, "minutes", &service.minutes.to_string());
    line(&mut text, "capacity", &service.capacity.to_string());
    line(&mut text, "documents", &quoted(&service.documents));
    list(&mut text, "sample", service.samples.iter().copied().map(Sample::as_str));
    list(&mut text, "words", &service.words);
    text
}

fn branch(office: &Office, branch: &Branch) -> String {
    let mut text = String::new();
    line(&mut text, "code", &quoted(branch.code.as_str()));
    line(&mut text, "name", &quoted(&branch.name));
    line(&mut text, "short", &quoted(&branch.short));
    line(&mut text, "state", &quoted(branch.state.as_str()));
    line(&mut text, "address", &quoted(&branch.address));
    if let Some(phone) = &branch.phone {
        line(&mut text, "phone", &quoted(phone));
    }
    if let Some(position) = branch.position {
        line(&mut text, "position", &quoted(&position.to_string()));
    }
    list(&mut text, "words", &branch.words);
    list(&mut text, "sample", branch.samples.iter().copied().map(Sample::as_str));
    text.push_str("\n[hours]\n");
    week(&mut text, "", &branch.hours);
    text.push_str("\n[services]\n");
    for offer in &branch.services {
        let usual = office.service(&offer.service);
        let mut own = Vec::new();
        if usual.is_none_or(|usual| usual.minutes != offer.minutes) {
            own.push(format!("minutes = {}", offer.minutes));
        }
        if usual.is_none_or(|usual| usual.capacity != offer.capacity) {
            own.push(format!("capacity = {}", offer.capacity));
        }
        let own = if own.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", own.join(", ")) };
        line(&mut text, offer.service.as_str(), &own);
    }
    if !branch.sources.is_empty() {
        text.push_str("\n[sources]\n");
    }
    for (field, source) in &branch.sources {
        line(&mut text, &quoted(field), &quoted(source));
    }
    text
}

fn period(period: &Period) -> String {
    let mut text = String::from("\n[[period]]\n");
    list(&mut text, "places", period.places.iter().map(Place::to_string));
    line(&mut text, "from", &period.from.to_string());
    if let Some(to) = period.to {
        line(&mut text, "to", &to.to_string());
    }
    if let Some(reason) = &period.reason {
        line(&mut text, "reason_ms", &quoted(&reason.ms));
        line(&mut text, "reason_en", &quoted(&reason.en));
    }
    week(&mut text, "hours.", &period.hours);
    text
}

fn week(text: &mut String, prefix: &str, week: &Week) {
    for (day, key) in DAYS {
        if let Some(spans) = week.on(day) {
            line(text, &format!("{prefix}{key}"), &quoted(&write_hours(spans)));
        }
    }
}

fn line(text: &mut String, key: &str, value: &str) {
    // Writing to a string does not fail.
    let _ = writeln!(text, "{key} = {value}");
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// A list, over several lines where one would be too wide.
fn list(text: &mut String, key: &str, items: impl IntoIterator<Item = impl AsRef<str>>) {
    let items: Vec<String> = items.into_iter().map(|item| quoted(item.as_ref())).collect();
    let one = items.join(", ");
    if one.len() + key.len() <= WIDTH {
        return line(text, key, &format!("[{one}]"));
    }
    let mut lines = vec![String::new()];
    for item in items {
        match lines.last_mut() {
            Some(last) if last.len() + item.len() <= WIDTH => *last += &format!(" {item},"),
            _ => lines.push(format!("    {item},")),
        }
    }
    lines.retain(|line| !line.is_empty());
    line(text, key, &format!("[\n{}\n]", lines.join("\n")));
}

fn exceptions(office: &Office) -> io::Result<Vec<u8>> {
    let rows = office.exceptions().map(|exception| {
        let hours = match &exception.change {
            Change::Open(spans) => write_hours(spans).replace(", ", ";"),
            Change::Closed => "closed".to_owned(),
            Change::Until(time) => format!("until {}", time.format("%H:%M")),
            Change::From(time) => format!("from {}", time.format("%H:%M")),
        };
        let reason = exception.reason.clone();
        [places(&exception.places), exception.date.to_string(), hours, reason.ms, reason.en]
    });
    sheet(EXCEPTION_COLUMNS, rows)
}

fn closures(office: &Office) -> io::Result<Vec<u8>> {
    let rows = office.closures().map(|closure| {
        let reason = closure.reason.clone();
        [places(&closure.places), closure.from.to_string(), closure.to.to_string(), reason.ms, reason.en]
    });
    if office.closures().all(|closure| closure.hours.is_none()) {
        return sheet(CLOSURE_COLUMNS, rows);
    }
    let hours = office.closures().map(|closure| closure.hours.map_or_else(String::new, String::from));
    let [places, from, to, ms, en] = CLOSURE_COLUMNS;
    let rows = rows.zip(hours).map(|([places, from, to, ms, en], hours)| [places, from, to, hours, ms, en]);
    sheet([places, from, to, CLOSURE_HOURS, ms, en], rows)
}

fn holidays(office: &Office) -> io::Result<Vec<u8>> {
    let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    let rows = office.holidays().map(|holiday| {
        let name = holiday.name.clone();
        let (in_lieu, estimated) = (yes_no(holiday.in_lieu), yes_no(holiday.estimated));
        [holiday.date.to_string(), name.ms, name.en, places(&holiday.places), in_lieu, estimated]
    });
    sheet(HOLIDAY_COLUMNS, rows)
}

fn places(places: &[Place]) -> String {
    places.iter().map(Place::to_string).collect::<Vec<_>>().join(";")
}

fn sheet<const N: usize>(columns: [&str; N], rows: impl Iterator<Item = [String; N]>) -> io::Result<Vec<u8>> {
    let mut sheet = csv::Writer::from_writer(Vec::new());
    sheet.write_record(columns)?;
    for row in rows {
        sheet.write_record(row)?;
    }
    sheet.into_inner().map_err(csv::IntoInnerError::into_error)
}
