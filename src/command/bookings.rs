//! `temujanji bookings`: the list of one branch and day.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use chrono::NaiveDate;
use clap::{Args, ValueEnum, ValueHint};
use temujanji::channel::terminal::progress::Progress;
use temujanji::clock;
use temujanji::config::Config;
use temujanji::delivery::write_whole;
use temujanji::dialogue::{Language, understand};
use temujanji::office::{self, BranchCode};
use temujanji::staff::sheet::{Format, Sheet};
use temujanji::words::Words;

use super::open::{is_new, open};
use super::understand::today;
use super::{Failure, Outcome, wait_for};

/// The list of one branch and day: who comes when, and what was noted of them
///
/// Of each person it shows the masked name and the reference. The list is dated by the clock of this machine and made
/// from the database as it is now.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Bookings {
    /// Code of the branch, as in the catalogue
    #[arg(long, value_name = "CODE", value_parser = branch)]
    branch: BranchCode,

    /// The day, in words as in the conversation or as YYYY-MM-DD
    #[arg(long, value_name = "DATE", default_value = "hari ini")]
    date: String,

    /// The form of the list; xlsx and pdf are for a file or a pipe
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,

    /// File to write, instead of standard output; one that is there is replaced
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,

    /// Language of headings and names
    #[arg(long, value_enum, default_value_t = Tongue::Ms)]
    language: Tongue,
}

const EXAMPLES: &str = "\
Examples:
  temujanji bookings --branch KUL-DUTA
  temujanji bookings --branch KUL-DUTA --date esok --format pdf --output esok.pdf
  temujanji bookings --branch JHR-HQ --date 2026-12-01 --format json | jq .totals";

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Table,
    Csv,
    Json,
    Xlsx,
    Pdf,
}

#[derive(Clone, Copy, ValueEnum)]
enum Tongue {
    Ms,
    En,
}

impl Bookings {
    pub(super) fn run(self, config: &Config) -> Outcome {
        let date = self.day(config)?;
        let format = self.format.format();
        if format.is_binary() && self.output.is_none() && io::stdout().is_terminal() {
            let name = format!("bookings-{}-{date}.{}", self.branch, format.ending());
            return Err(Failure::usage(
                format!("a terminal cannot show a file of this kind ({})", format.ending()),
                format!("name a file for it: --output {name}"),
            ));
        }
        let sheet = wait_for(self.sheet(config, date))?;
        let bytes = sheet.write(format, Words::builtin())?;
        match &self.output {
            Some(file) => {
                save(file, &bytes)?;
                let count = match sheet.rows.len() {
                    1 => "1 appointment".to_owned(),
                    count => format!("{count} appointments"),
                };
                writeln!(anstream::stdout(), "wrote {count} of {date} to {}", file.display())?;
            }
            None => io::stdout().lock().write_all(&bytes)?,
        }
        Ok(ExitCode::SUCCESS)
    }

    /// The day that is meant; one that may be another is not guessed at.
    fn day(&self, config: &Config) -> Result<NaiveDate, Failure> {
        if let Ok(date) = self.date.trim().parse() {
            return Ok(date);
        }
        let today = today(clock::now());
        let (_, last) = config.booking.window(today);
        let meant = understand::date(&self.date, today, last);
        if let Some(date) = meant.certain() {
            return Ok(*date);
        }
        let mend = match meant.candidates.as_slice() {
            [] => "write it as 2026-12-01, or in words: hari ini, esok, isnin depan".to_owned(),
            several => {
                let several = several.iter().take(5).map(NaiveDate::to_string).collect::<Vec<_>>();
                format!("say which day is meant: {}", several.join(", "))
            }
        };
        Err(Failure::usage(format!("{:?} does not name one day", self.date), mend))
    }

    async fn sheet(&self, config: &Config, date: NaiveDate) -> Result<Sheet, Failure> {
        if is_new(&config.database).await? {
            let mend = "name the right one with database_url; the first start makes a new one";
            return Err(Failure::fault(format!("there is no database {} yet", config.database), mend));
        }
        let store = open(config).await?.store;
        let _progress = Progress::start("reading the list");
        let office = store.office().await?.map_or_else(|| Arc::new(office::builtin()), |(_, office)| office);
        if office.branch(&self.branch).is_none() {
            return Err(Failure::no_branch(&self.branch, &office));
        }
        let entries = store.day_list(&self.branch, date).await?;
        store.close().await;
        Ok(Sheet::new(&office, self.language.language(), self.branch.clone(), date, entries, clock::now()))
    }
}

impl Form {
    fn format(self) -> Format {
        match self {
            Form::Table => Format::Table,
            Form::Csv => Format::Csv,
            Form::Json => Format::Json,
            Form::Xlsx => Format::Xlsx,
            Form::Pdf => Format::Pdf,
        }
    }
}

impl Tongue {
    fn language(self) -> Language {
        match self {
            Tongue::Ms => Language::Ms,
            Tongue::En => Language::En,
        }
    }
}

fn branch(written: &str) -> Result<BranchCode, String> {
    BranchCode::parse(written).map_err(|error| error.to_string())
}

fn save(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_whole(file, bytes).map_err(|error| {
        let mend = "name a file in a folder that is there and may be written to";
        Failure::fault(format!("{} cannot be written: {error}", file.display()), mend)
    })
}
