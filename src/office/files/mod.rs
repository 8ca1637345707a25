//! The catalogue as files: reading them with every mistake at once, and writing them.
//!
//! The format is taught to the operator in `office/README.md`.

mod branches;
mod dated;
mod lists;
mod page;
mod sheet;
mod table;
#[cfg(test)]
mod tests;
mod write;

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use rust_embed::RustEmbed;

pub use page::{Mistake, suggest};
pub use write::write_dir;

use super::Office;
use page::{Page, nearest};

pub(super) const STATES: &str = "states.toml";
pub(super) const SERVICES: &str = "services.toml";
pub(super) const PERIODS: &str = "periods.toml";
pub(super) const EXCEPTIONS: &str = "exceptions.csv";
pub(super) const CLOSURES: &str = "closures.csv";
pub(super) const HOLIDAYS: &str = "holidays.csv";
/// The folder with one file for each branch.
pub(super) const BRANCHES: &str = "branches";

const LISTS: [&str; 6] = [STATES, SERVICES, PERIODS, EXCEPTIONS, CLOSURES, HOLIDAYS];

/// Larger files are not catalogue files, but mistakes.
const LARGEST: u64 = 4 << 20;

#[derive(RustEmbed)]
#[folder = "office/"]
#[exclude = ".*"]
#[exclude = "*~"]
struct BuiltIn;

/// The files of the built-in sample catalogue, by their path in its folder.
pub fn builtin_files() -> BTreeMap<String, Vec<u8>> {
    let file = |path: std::borrow::Cow<'static, str>| {
        Some((path.to_string(), BuiltIn::get(&path)?.data.into_owned()))
    };
    BuiltIn::iter().filter_map(file).collect()
}

/// The built-in sample catalogue.
///
/// # Panics
///
/// Never in a tested build: the files are part of the program, and a test reads them.
pub fn builtin() -> Office {
    match read_files(&builtin_files()) {
        Ok(office) => office,
        Err(mistakes) => panic!("the built-in catalogue has mistakes: {mistakes:?}"),
    }
}

/// Reads a catalogue from a folder.
///
/// # Errors
///
/// Every mistake in every file, in the order of the files; one is enough to refuse the whole.
pub fn read_dir(dir: &Path) -> Result<Office, Vec<Mistake>> {
    let mut files = BTreeMap::new();
    let mut mistakes = Vec::new();
    load(dir, "", &mut files, &mut mistakes);
    if files.is_empty() && !mistakes.is_empty() {
        return Err(mistakes);
    }
    let read = check(&files, &mut mistakes);
    finish(read, mistakes)
}

/// Reads a catalogue from the contents of its files, by their path in the catalogue's folder.
///
/// # Errors
///
/// As [`read_dir`].
pub fn read_files(files: &BTreeMap<String, Vec<u8>>) -> Result<Office, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let read = check(files, &mut mistakes);
    finish(read, mistakes)
}

fn finish(office: Office, mut mistakes: Vec<Mistake>) -> Result<Office, Vec<Mistake>> {
    mistakes.sort();
    mistakes.dedup();
    if mistakes.is_empty() { Ok(office) } else { Err(mistakes) }
}

/// Loads the files of a folder and of `branches` in it; what no editor or person would leave there is a mistake.
fn load(dir: &Path, under: &str, files: &mut BTreeMap<String, Vec<u8>>, mistakes: &mut Vec<Mistake>) {
    let entries = match fs::read_dir(dir).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
        Ok(entries) => entries,
        Err(error) => {
            let mend = "give the folder that holds states.toml, services.toml and branches/";
            mistakes.push(Mistake::whole(
                &dir.display().to_string(),
                format!("cannot be read ({error})"),
                mend,
            ));
            return;
        }
    };
    for entry in entries {
        let name = format!("{under}{}", entry.file_name().to_string_lossy());
        if entry.file_name().as_encoded_bytes().starts_with(b".") || name.ends_with('~') {
            continue;
        }
        let path = entry.path();
        if path.is_dir() {
            if under.is_empty() && name == BRANCHES {
                load(&path, "branches/", files, mistakes);
            } else {
                mistakes.push(stranger(&name));
            }
        } else {
            match bytes(&path) {
                Ok(bytes) => drop(files.insert(name, bytes)),
                Err(error) => {
                    let mend = "make it a readable file of less than 4 MB";
                    mistakes.push(Mistake::whole(&name, format!("cannot be read ({error})"), mend));
                }
            }
        }
    }
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    if fs::metadata(path)?.len() > LARGEST {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "file too large"));
    }
    fs::read(path)
}

/// A file that is no part of a catalogue: most likely a wrong name, and then its content would silently be missing.
fn stranger(name: &str) -> Mistake {
    let mend = if name.starts_with("branches/") {
        "give a branch's file a name ending in .toml, or take it out".to_owned()
    } else if let Some(right) = nearest(name, LISTS.iter().copied().chain([BRANCHES])) {
        format!("rename it to {right}, or take it out")
    } else {
        "take it out; notes may stay in files ending in .md or .txt".to_owned()
    };
    Mistake::whole(name, "is not a file of the catalogue", mend)
}

fn is_branch(name: &str) -> bool {
    name.strip_prefix("branches/").is_some_and(|file| file.ends_with(".toml") && !file.contains('/'))
}

fn is_note(name: &str) -> bool {
    name.ends_with(".md") || name.ends_with(".txt")
}

/// Reads what can be read. The catalogue is only good if no mistake was added.
fn check(files: &BTreeMap<String, Vec<u8>>, mistakes: &mut Vec<Mistake>) -> Office {
    for name in
        files.keys().filter(|name| !is_branch(name) && !is_note(name) && !LISTS.contains(&name.as_str()))
    {
        mistakes.push(stranger(name));
    }
    let states = one(files, STATES, mistakes, lists::states).unwrap_or_default();
    let services = one(files, SERVICES, mistakes, lists::services).unwrap_or_default();
    let mut branches = branches::Branches::default();
    for name in files.keys().filter(|name| is_branch(name)) {
        one(files, name, mistakes, |page| branches::branch(page, &states, &services, &mut branches));
    }
    if branches.files.is_empty() {
        let mend = "add a file for each branch, as branches/JHR-HQ.toml";
        mistakes.push(Mistake::whole("branches", "there is no branch", mend));
    }
    let known = dated::Known { states: states.codes, branches: branches.codes() };
    let periods = one(files, PERIODS, mistakes, |page| dated::periods(page, &known));
    let exceptions = one(files, EXCEPTIONS, mistakes, |page| dated::exceptions(page, &known));
    let closures = one(files, CLOSURES, mistakes, |page| dated::closures(page, &known));
    let holidays = one(files, HOLIDAYS, mistakes, |page| dated::holidays(page, &known));
    let mut office = Office {
        states: states.items.into_iter().map(|state| (state.code.clone(), state)).collect(),
        services: services.items,
        branches: branches.items.into_iter().map(|branch| (branch.code.clone(), branch)).collect(),
        periods: periods.unwrap_or_default(),
        closures: closures.unwrap_or_default(),
        ..Office::default()
    };
    for exception in exceptions.into_iter().flatten() {
        office.exceptions.entry(exception.date).or_default().push(exception);
    }
    for holiday in holidays.into_iter().flatten() {
        office.holidays.entry(holiday.date).or_default().push(holiday);
    }
    office
}

/// Reads one file, if it is there and is text.
fn one<T>(
    files: &BTreeMap<String, Vec<u8>>,
    name: &str,
    mistakes: &mut Vec<Mistake>,
    read: impl FnOnce(&mut Page<'_>) -> T,
) -> Option<T> {
    let Some(bytes) = files.get(name) else {
        let mend = "add it; `temujanji office export DIR` writes a whole catalogue to start from";
        mistakes.push(Mistake::whole(name, "is missing", mend));
        return None;
    };
    Some(read(&mut Page::open(name, bytes, mistakes)?))
}
