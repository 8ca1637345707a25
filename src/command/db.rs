//! `temujanji db`: the database itself.

use std::io::Write;
use std::process::ExitCode;

use clap::Subcommand;
use indicatif::ProgressBar;
use temujanji::config::{Config, Database};
use temujanji::keys::Keys;
use temujanji::store::copy::copy;
use temujanji::store::{SqliteStore, Store, postgres, sqlite};

use super::open::open;
use super::{Failure, Outcome, wait_for};

/// Looks after the database: brings its schema up to date, says how it is, moves it to a server
#[derive(Subcommand)]
pub(super) enum Db {
    /// Brings the schema up to date
    ///
    /// Every start does so as well; this does it alone, before the programs of a new version are started. Of several
    /// that run together one migrates, and the others wait.
    Migrate,
    /// Says which database it is, its schema, and what waits in it; changes nothing
    Status,
    /// Copies a SQLite database whole into an empty PostgreSQL database
    ///
    /// Stop the program first. All is copied or nothing, and the rows are counted on both sides. The data stays sealed
    /// with the same keys: take the key file along, and name it with keys_file.
    #[command(after_help = "\
Example:
  temujanji db copy sqlite:temujanji.db postgres://temujanji@db.example.org/temujanji")]
    Copy {
        /// The database to read: sqlite:FILE
        #[arg(value_name = "FROM")]
        from: String,
        /// The database to fill: postgres://USER:PASSWORD@HOST/NAME
        #[arg(value_name = "TO")]
        to: String,
    },
}

impl Db {
    pub(super) fn run(self, config: &Config) -> Outcome {
        match self {
            Db::Migrate => wait_for(migrate(config))?,
            Db::Status => wait_for(status(config))?,
            Db::Copy { from, to } => wait_for(move_over(config, &from, &to))?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The schema found, and the newest this program knows.
async fn schemas(database: &Database) -> Result<(i64, i64), Failure> {
    Ok(match database {
        Database::Sqlite(file) => (sqlite::schema_at(file).await?, sqlite::known_schema()),
        Database::Postgres(url) => (postgres::schema_at(url).await?, postgres::known_schema()),
    })
}

async fn migrate(config: &Config) -> Result<(), Failure> {
    let (before, _) = schemas(&config.database).await?;
    open(config).await?.store.close().await;
    let (after, _) = schemas(&config.database).await?;
    let mut out = anstream::stdout().lock();
    match before == after {
        true => writeln!(out, "{}: schema {after}, up to date", config.database)?,
        false => writeln!(out, "{}: schema {before} is now {after}", config.database)?,
    }
    Ok(())
}

async fn status(config: &Config) -> Result<(), Failure> {
    let (found, known) = schemas(&config.database).await?;
    let mut out = anstream::stdout();
    writeln!(out, "database  {}", config.database)?;
    if found == 0 {
        writeln!(out, "schema    none yet; the first start makes it")?;
        return Ok(());
    }
    if found < known {
        writeln!(out, "schema    {found}, of {known}: bring it up to date with `temujanji db migrate`")?;
        return Ok(());
    }
    writeln!(out, "schema    {found}, {}", if found == known { "up to date" } else { "of a newer program" })?;
    let store = open(config).await?.store;
    let health = store.health(false).await?;
    store.close().await;
    writeln!(out, "server    {}", health.database)?;
    match health.office {
        Some(version) => writeln!(out, "catalogue version {}", version.0)?,
        None => writeln!(out, "catalogue none yet")?,
    }
    writeln!(out, "outbox    {} waiting, {} given up", health.waiting, health.given_up)?;
    Ok(())
}

async fn move_over(config: &Config, from: &str, to: &str) -> Result<(), Failure> {
    let read = |url: &str| Database::parse(url).map_err(|(what, mend)| Failure::usage(what, mend));
    let (Database::Sqlite(file), Database::Postgres(url)) = (read(from)?, read(to)?) else {
        return Err(Failure::usage("only sqlite: can be copied, and only into postgres:", "see --help"));
    };
    if sqlite::schema_at(&file).await? == 0 {
        return Err(Failure::usage(format!("there is no database in {}", file.display()), "name its file"));
    }
    // Brings its schema up to date, and tells whether the keys at hand are those of the data.
    let mut of_file = config.clone();
    of_file.database = Database::Sqlite(file.clone());
    let keys = of_file.keys_file();
    SqliteStore::open(&file, Keys::load(&keys)?.into()).await?.close().await;
    let bar = ProgressBar::new(0);
    let mut told = |table: &str, done: u64, all: u64| {
        bar.set_length(all);
        bar.set_message(table.to_owned());
        bar.set_position(done);
    };
    bar.set_style(style());
    let moved = copy(&file, &url, &mut told).await.map_err(|error| Failure::Told(error.to_string()))?;
    bar.finish_and_clear();
    let mut out = anstream::stdout().lock();
    for table in &moved {
        writeln!(out, "{:>10}  {}", table.rows, table.table)?;
    }
    writeln!(
        out,
        "all of {} is in {url}; set database_url, and keys_file to {}, wherever it is served",
        file.display(),
        keys.display()
    )?;
    Ok(())
}

fn style() -> indicatif::ProgressStyle {
    let template = "{msg:14} {bar:30} {pos}/{len} {eta}";
    indicatif::ProgressStyle::with_template(template)
        .unwrap_or_else(|_| indicatif::ProgressStyle::default_bar())
}
