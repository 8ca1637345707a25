//! Where settings are given: one TOML file and the environment.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{KEYS, Key, nearest};
use super::{FILE, FILE_VARIABLE, Mistake, PREFIX};

/// A setting as given.
pub(super) struct Given {
    pub(super) key: &'static Key,
    /// The file, or the environment variable.
    pub(super) place: String,
    pub(super) line: Option<usize>,
    pub(super) value: String,
}

/// The settings of a file: of the one named, else of [`FILE`] if there is one.
pub(super) fn file(named: Option<&Path>, mistakes: &mut Vec<Mistake>) -> Vec<Given> {
    let path = named.unwrap_or(Path::new(FILE));
    let place = path.display().to_string();
    match fs::read_to_string(path) {
        Ok(text) => toml(&place, &text, mistakes),
        Err(error) if error.kind() == ErrorKind::NotFound && named.is_none() => Vec::new(),
        Err(error) => {
            let mend = "name a file of settings with --config, or leave that out".to_owned();
            mistakes.push(Mistake { place, line: None, what: format!("cannot be read ({error})"), mend });
            Vec::new()
        }
    }
}

fn toml(file: &str, text: &str, mistakes: &mut Vec<Mistake>) -> Vec<Given> {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut page = Page { file, text, mistakes, unclear: BTreeSet::new(), given: Vec::new() };
    for error in &errors {
        let what = error.message().lines().collect::<Vec<_>>().join(", ");
        page.is_not_toml(error.span().map_or(0, |span| span.start), &what);
    }
    // After a syntax mistake the parser's guess may lack keys, but those it has are as written.
    page.table("", document.get_ref());
    page.given
}

/// Whether a line begins a section.
fn is_header(line: &str) -> bool {
    line.trim_start().starts_with('[')
}

struct Page<'a> {
    file: &'a str,
    text: &'a str,
    mistakes: &'a mut Vec<Mistake>,
    /// Lines of which a syntax mistake lets nobody say what they mean.
    unclear: BTreeSet<usize>,
    given: Vec<Given>,
}

impl Page<'_> {
    /// A syntax mistake; the first of a line is told. Of which section the settings below a broken header are is not known.
    fn is_not_toml(&mut self, at: usize, what: &str) {
        let broken = self.line(at);
        let mut lines = self.text.lines().zip(1..).skip(broken - 1);
        let mend = match lines.next() {
            Some((line, _)) if is_header(line) => {
                let below = lines.take_while(|(line, _)| !is_header(line)).map(|(_, number)| number);
                self.unclear.extend(below);
                "write each section once, as [name], and below it one setting a line"
            }
            Some(_) | None => "write key = value, with every text in double quotes",
        };
        self.wrong(at, format!("is not TOML: {what}"), mend);
        self.unclear.insert(broken);
    }

    fn table(&mut self, above: &str, table: &DeTable<'_>) {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            let name = join(above, key.get_ref());
            self.entry(&name, key.span().start, value);
        }
    }

    fn entry(&mut self, name: &str, at: usize, value: &Spanned<DeValue<'_>>) {
        let key = KEYS.iter().find(|key| key.name == name);
        let is_section =
            KEYS.iter().any(|key| key.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')));
        match (key, value.get_ref()) {
            (None, DeValue::String(path)) if secret_in_file(name).is_some() => {
                match secret_in_file(name).map(|key| (key, read_secret(Path::new(path.as_ref())))) {
                    Some((key, Ok(secret))) => self.take(key, at, secret),
                    Some((_, Err(why))) => self.wrong(at, format!("{name}: {why}"), NAME_A_FILE),
                    None => {}
                }
            }
            (_, DeValue::Table(table)) if key.is_none() && !table.is_empty() => self.table(name, table),
            (None, DeValue::Table(_)) if is_section => {}
            (None, _) if is_section => {
                self.wrong(
                    at,
                    format!("{name} is a section, not a setting"),
                    &format!("write [{name}] and below it one setting a line"),
                );
            }
            (None, _) => {
                let (what, mend) = unknown(name, |key| format!("\"{}\"", key.name));
                self.wrong(at, what, &mend);
            }
            (Some(key), DeValue::String(text)) => self.take(key, at, text.to_string()),
            (Some(key), DeValue::Integer(number)) => self.take(key, at, number.to_string()),
            (Some(key), DeValue::Float(number)) => self.take(key, at, number.as_str().to_owned()),
            (Some(key), DeValue::Boolean(flag)) => self.take(key, at, flag.to_string()),
            (Some(key), DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_)) => {
                self.wrong(
                    at,
                    format!("{name} is not a single value"),
                    &format!("write it as {}", key.example()),
                );
            }
        }
    }

    fn take(&mut self, key: &'static Key, at: usize, value: String) {
        let line = self.line(at);
        if !self.unclear.contains(&line) {
            self.given.push(Given { key, place: self.file.to_owned(), line: Some(line), value });
        }
    }

    fn wrong(&mut self, at: usize, what: String, mend: &str) {
        let line = self.line(at);
        if !self.unclear.contains(&line) {
            let (place, line) = (self.file.to_owned(), Some(line));
            self.mistakes.push(Mistake { place, line, what, mend: mend.to_owned() });
        }
    }

    fn line(&self, at: usize) -> usize {
        let before = self.text.as_bytes().get(..at).unwrap_or_default();
        before.iter().filter(|byte| **byte == b'\n').count() + 1
    }
}

fn join(above: &str, name: &str) -> String {
    if above.is_empty() { name.to_owned() } else { format!("{above}.{name}") }
}

/// The settings of the environment. An empty variable counts as none, as composed environments often have it.
pub(super) fn environment(
    variables: impl IntoIterator<Item = (OsString, OsString)>,
    mistakes: &mut Vec<Mistake>,
) -> Vec<Given> {
    let mut given = Vec::new();
    let mut variables: Vec<_> = variables.into_iter().collect();
    variables.sort();
    for (variable, value) in variables {
        let variable = variable.to_string_lossy().into_owned();
        let Some(rest) = variable.strip_prefix(PREFIX) else { continue };
        if variable == FILE_VARIABLE || value.is_empty() {
            continue;
        }
        let name = rest.to_lowercase().replace("__", ".");
        let place = format!("environment variable {variable}");
        if let Some(key) = secret_in_file(&name) {
            match read_secret(Path::new(&value)) {
                Ok(value) => given.push(Given { key, place, line: None, value }),
                Err(what) => {
                    mistakes.push(Mistake { place, line: None, what, mend: NAME_A_FILE.to_owned() });
                }
            }
            continue;
        }
        match (KEYS.iter().find(|key| key.name == name), value.into_string()) {
            (Some(key), Ok(value)) => given.push(Given { key, place, line: None, value }),
            (Some(key), Err(_)) => {
                let mend = format!("write it as {}", key.example());
                mistakes.push(Mistake { place, line: None, what: "is not UTF-8".to_owned(), mend });
            }
            (None, _) => {
                let (what, mend) = unknown(&name, Key::variable);
                mistakes.push(Mistake { place, line: None, what, mend });
            }
        }
    }
    given
}

const NAME_A_FILE: &str = "name a file that holds the value and that this program's user may read";

/// The secret setting whose value is in a file, when a setting is called `…_file` after it.
fn secret_in_file(name: &str) -> Option<&'static Key> {
    let secret = name.strip_suffix("_file")?;
    KEYS.iter().find(|key| key.is_secret() && key.name == secret)
}

/// The text of a file without the line's end, as containers are given secrets.
fn read_secret(path: &Path) -> Result<String, String> {
    let read = fs::read_to_string(path);
    read.map(|text| text.trim().to_owned())
        .map_err(|error| format!("{} cannot be read ({error})", path.display()))
}

/// What is wrong with an unknown setting, and the one probably meant, named by `call`.
fn unknown(name: &str, call: impl Fn(&Key) -> String) -> (String, String) {
    let mend = match nearest(name) {
        Some(key) => format!("did you mean {}? ", call(key)),
        None => String::new(),
    };
    (format!("there is no setting \"{name}\""), format!("{mend}`temujanji config` lists them all"))
}
