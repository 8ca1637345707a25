//! `temujanji office`: the catalogue as files.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueHint};
use temujanji::channel::terminal::progress::Progress;
use temujanji::clock;
use temujanji::config::Config;
use temujanji::office::{self, Office as Catalogue};

use super::open::{is_new, open};
use super::{Failure, Outcome, wait_for};

/// The catalogue of branches, services, opening hours, holidays and closures
///
/// It lives in the database; files are the form in which it is edited. `export` writes them with a guide (README.md),
/// `check` finds every mistake, `import` shows what changes and brings them in, whole or not at all.
#[derive(Subcommand)]
#[command(after_help = EXAMPLES)]
pub(super) enum Office {
    /// Finds every mistake in a folder of catalogue files
    Check(Dir),
    /// Shows what a folder of catalogue files changes, and brings it into the database
    ///
    /// With a single mistake nothing is brought in. It acts at once, in every conversation. Appointments that were made
    /// before stay as they are.
    Import(Dir),
    /// Writes the catalogue in force into a new folder
    ///
    /// Before the first start, that is the built-in one.
    Export(Dir),
}

const EXAMPLES: &str = "\
Examples:
  temujanji office export my-office
  temujanji office check my-office
  temujanji office import my-office";

#[derive(Args)]
pub(super) struct Dir {
    /// The folder
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    dir: PathBuf,
}

impl Office {
    pub(super) fn run(self, config: &Config) -> Outcome {
        match self {
            Office::Check(Dir { dir }) => {
                let catalogue = read(&dir)?;
                writeln!(anstream::stdout(), "{} is in order: {}", dir.display(), summary(&catalogue))?;
            }
            Office::Import(Dir { dir }) => {
                let catalogue = read(&dir)?;
                wait_for(import(config, &dir, &catalogue))?;
            }
            Office::Export(Dir { dir }) => {
                let catalogue = wait_for(in_force(config))?;
                office::write_dir(&catalogue, &dir).map_err(|error| {
                    let mend = "name a folder that is not there yet, or is empty";
                    Failure::fault(
                        format!("the catalogue cannot be written to {}: {error}", dir.display()),
                        mend,
                    )
                })?;
                writeln!(anstream::stdout(), "wrote {} to {}", summary(&catalogue), dir.display())?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn read(dir: &Path) -> Result<Catalogue, Failure> {
    let _progress = Progress::start("reading the catalogue");
    office::read_dir(dir).map_err(Failure::Catalogue)
}

async fn import(config: &Config, dir: &Path, catalogue: &Catalogue) -> Result<(), Failure> {
    let store = open(config).await?.store;
    let changes = match store.office().await? {
        Some((_, old)) => office::difference(&old, catalogue),
        None => vec![format!("{}, where there was nothing before", summary(catalogue))],
    };
    let mut out = anstream::stdout().lock();
    if changes.is_empty() {
        writeln!(out, "{} says what the database says already", dir.display())?;
    } else {
        for change in &changes {
            writeln!(out, "  {change}")?;
        }
        let progress = Progress::start("bringing the catalogue in");
        let version = store.import_office(catalogue, clock::now()).await?;
        drop(progress);
        writeln!(out, "brought in as version {}: {}", version.0, count(changes.len()))?;
    }
    drop(out);
    store.close().await;
    Ok(())
}

/// The catalogue of the database; the built-in one where there is no database yet, which is not made for this.
async fn in_force(config: &Config) -> Result<Catalogue, Failure> {
    if is_new(&config.database).await? {
        return Ok(office::builtin());
    }
    let store = open(config).await?.store;
    let catalogue = store.office().await?.map_or_else(office::builtin, |(_, office)| office.as_ref().clone());
    store.close().await;
    Ok(catalogue)
}

fn summary(catalogue: &Catalogue) -> String {
    format!(
        "{} branches, {} services, {} public holidays",
        catalogue.branches().count(),
        catalogue.services().count(),
        catalogue.holidays().count()
    )
}

fn count(changes: usize) -> String {
    if changes == 1 { "1 change".to_owned() } else { format!("{changes} changes") }
}
