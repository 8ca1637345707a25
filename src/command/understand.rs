//! `temujanji understand`: what would be taken from a text, for those who tend the words.

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use chrono::{NaiveDate, Utc};
use clap::{Args, ValueEnum};
use temujanji::booking::{Identity, IdentityKind, Phone};
use temujanji::clock;
use temujanji::config::Config;
use temujanji::dialogue::Language;
use temujanji::dialogue::understand::{self, Command, Understood};
use temujanji::office::{self, MALAYSIA, Office};
use temujanji::words::Words;

use super::Outcome;

/// Shows what the assistant would take from a text: every meaning, best first, and whether it would ask
///
/// Branches and services are those of the built-in catalogue. With --json each text gives one line, as
/// {"understood": ["2027-01-05"], "ambiguous": false}; an empty list is: not understood.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Understand {
    /// What the text is to be taken for
    #[arg(value_enum)]
    kind: Kind,

    /// The day that counts as today [default: today in Malaysia]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    today: Option<NaiveDate>,

    /// One line of JSON for each text
    #[arg(long)]
    json: bool,

    /// The text, put after --; without it, or with -, each line of standard input is a text
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
}

const EXAMPLES: &str = "\
Examples:
  temujanji understand date --today 2026-11-23 -- isnin depan
  temujanji understand branch --json -- jln duta
  temujanji understand time < times.txt";

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    Date,
    Time,
    Branch,
    Service,
    Mykad,
    Passport,
    Phone,
    Yesno,
    Command,
}

/// A meaning: as a program reads it, and as a person does.
struct Meaning {
    value: String,
    label: String,
}

/// What the understanding depends on besides the text.
struct World {
    office: Office,
    today: NaiveDate,
    last: NaiveDate,
}

impl Understand {
    pub(super) fn run(self, config: &Config) -> Outcome {
        let today = self.today.unwrap_or_else(|| today(clock::now()));
        let (_, last) = config.booking.window(today);
        let world = World { office: office::builtin(), today, last };
        let mut out = anstream::stdout().lock();
        if self.text.is_empty() || self.text == ["-"] {
            for line in io::stdin().lock().split(b'\n') {
                let line = line?;
                let text = String::from_utf8_lossy(&line);
                let text = text.trim_end_matches('\r');
                if !self.json {
                    writeln!(out, "{text}")?;
                }
                self.show(&mut out, &self.kind.read(text, &world))?;
            }
        } else {
            self.show(&mut out, &self.kind.read(&self.text.join(" "), &world))?;
        }
        Ok(ExitCode::SUCCESS)
    }

    fn show(&self, out: &mut impl Write, understood: &Understood<Meaning>) -> io::Result<()> {
        if self.json {
            let quoted = |meaning: &Meaning| serde_json::Value::from(meaning.value.as_str()).to_string();
            let values: Vec<_> = understood.candidates.iter().map(quoted).collect();
            let ambiguous = understood.ambiguous;
            return writeln!(out, "{{\"understood\": [{}], \"ambiguous\": {ambiguous}}}", values.join(", "));
        }
        for Meaning { value, label } in &understood.candidates {
            if label.is_empty() {
                writeln!(out, "  {value}")?;
            } else {
                writeln!(out, "  {value}  {label}")?;
            }
        }
        let verdict = match (understood.is_none(), understood.ambiguous) {
            (true, _) => "not understood",
            (false, true) => "would be shown and asked",
            (false, false) => "would be taken without asking",
        };
        writeln!(out, "  => {verdict}")
    }
}

impl Kind {
    fn read(self, text: &str, world: &World) -> Understood<Meaning> {
        let World { office, today, last } = world;
        match self {
            Kind::Date => understand::date(text, *today, *last).map(|date| {
                meaning(date.format("%Y-%m-%d").to_string(), Words::builtin().long_date(Language::En, date))
            }),
            Kind::Time => understand::time(text).map(|time| {
                meaning(time.format("%H:%M").to_string(), Words::builtin().time(Language::En, time))
            }),
            Kind::Branch => understand::branch(text, office).map(|code| {
                let name = office.branch(&code).map(|branch| branch.name.clone()).unwrap_or_default();
                meaning(code.to_string(), name)
            }),
            Kind::Service => understand::service(text, office).map(|code| {
                let name = office.service(&code).map(|service| service.name_en.clone()).unwrap_or_default();
                meaning(code.to_string(), name)
            }),
            Kind::Mykad => identity(IdentityKind::MyKad, text, *today),
            Kind::Passport => identity(IdentityKind::Passport, text, *today),
            Kind::Phone => match Phone::parse(text) {
                Ok(phone) => Understood::sure(meaning(phone.as_str().to_owned(), phone.display())),
                Err(_) => Understood::none(),
            },
            Kind::Yesno => understand::yes_no(text)
                .map(|yes| meaning(if yes { "yes" } else { "no" }.to_owned(), String::new())),
            Kind::Command => {
                understand::command(text).map(|command| meaning(command.name().to_owned(), about(command)))
            }
        }
    }
}

fn meaning(value: String, label: String) -> Meaning {
    Meaning { value, label }
}

fn identity(kind: IdentityKind, text: &str, today: NaiveDate) -> Understood<Meaning> {
    match Identity::parse(kind, text, today) {
        Ok(identity) => Understood::sure(meaning(identity.number().to_owned(), identity.shown())),
        Err(_) => Understood::none(),
    }
}

/// What a command is about, where it says.
fn about(command: Command) -> String {
    if let Command::Change(Some(field)) = command {
        field.name().to_owned()
    } else if let Command::Language(Some(language)) = command {
        language.name().to_owned()
    } else {
        String::new()
    }
}

pub(super) fn day(written: &str) -> Result<NaiveDate, String> {
    written.parse().map_err(|_| "write the day as 2026-11-23".to_owned())
}

/// The date in Malaysia.
pub(super) fn today(now: chrono::DateTime<Utc>) -> NaiveDate {
    now.with_timezone(&MALAYSIA).date_naive()
}
