//! `temujanji audit`: who looked at what, who did what, and why.

use std::io::{self, Write};
use std::process::ExitCode;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use clap::{Args, ValueEnum};
use temujanji::clock;
use temujanji::config::Config;
use temujanji::office::MALAYSIA;
use temujanji::store::Audited;

use super::open::open;
use super::understand::day;
use super::{Failure, Outcome, wait_for};

/// Days shown when none are named.
const DAYS: u64 = 30;

/// Reads the audit trail: every look at a full record and every act of staff
///
/// The program only ever adds to the trail; the database refuses to change or delete its rows.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Audit {
    /// First day [default: 30 days ago]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    from: Option<NaiveDate>,
    /// Last day [default: today in Malaysia]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    to: Option<NaiveDate>,
    /// How it is written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  temujanji audit
  temujanji audit --from 2026-11-01 --to 2026-11-30 --format csv > november.csv";

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    Table,
    Csv,
    Json,
}

impl Audit {
    pub(super) fn run(self, config: &Config) -> Outcome {
        wait_for(audit(config, &self))?;
        Ok(ExitCode::SUCCESS)
    }
}

async fn audit(config: &Config, asked: &Audit) -> Result<(), Failure> {
    let today = clock::now().with_timezone(&MALAYSIA).date_naive();
    let to = asked.to.unwrap_or(today);
    let from = asked.from.unwrap_or_else(|| to.checked_sub_days(Days::new(DAYS)).unwrap_or(to));
    let store = open(config).await?.store;
    let rows = store.audit_trail(midnight(from), midnight(to.succ_opt().unwrap_or(to))).await?;
    store.close().await;
    let mut out = anstream::stdout().lock();
    match asked.format {
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&rows).map_err(io::Error::other)?)?,
        Format::Csv => write_csv(&mut out, &rows)?,
        Format::Table => {
            for row in &rows {
                writeln!(out, "{}", fields(row).join("  ").trim_end())?;
            }
            if rows.is_empty() {
                writeln!(anstream::stderr(), "Nothing from {from} to {to}.")?;
            }
        }
    }
    Ok(())
}

/// The first instant of a day in Malaysia.
fn midnight(date: NaiveDate) -> DateTime<Utc> {
    let local = date.and_time(NaiveTime::MIN).and_local_timezone(MALAYSIA);
    local.earliest().map_or(DateTime::<Utc>::MAX_UTC, |at| at.to_utc())
}

fn fields(row: &Audited) -> [String; 6] {
    [
        row.at.with_timezone(&MALAYSIA).format("%Y-%m-%d %H:%M:%S").to_string(),
        row.by.clone(),
        row.act.name().to_owned(),
        row.branch.as_ref().map(ToString::to_string).unwrap_or_default(),
        row.reference.as_ref().map(ToString::to_string).unwrap_or_default(),
        row.why.clone().unwrap_or_default(),
    ]
}

fn write_csv(out: &mut impl Write, rows: &[Audited]) -> Result<(), Failure> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["at", "by", "act", "branch", "reference", "why"]).map_err(io::Error::other)?;
    for row in rows {
        csv.write_record(fields(row).map(|field| safe(&field))).map_err(io::Error::other)?;
    }
    csv.flush()?;
    Ok(())
}

/// What a spreadsheet would take for a formula is text.
fn safe(field: &str) -> String {
    if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{field}") } else { field.to_owned() }
}
