//! Opening the database and its keys.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use temujanji::channel::terminal::progress::Progress;
use temujanji::clock;
use temujanji::config::mail::Servers;
use temujanji::config::{Config, Database, dkim};
use temujanji::delivery::folder::Folder;
use temujanji::delivery::mail::Composer;
use temujanji::delivery::slips::Slips;
use temujanji::delivery::smtp::{Post, Smtp};
use temujanji::delivery::{Sender, make_folder};
use temujanji::keys::Keys;
use temujanji::office;
use temujanji::store::{Health, PostgresStore, SqliteStore, Store, StoreError, postgres};
use temujanji::wire;
use tokio_rustls::TlsConnector;

use super::Failure;

/// The database, open.
pub(super) struct Open {
    pub(super) keys: Arc<Keys>,
    pub(super) store: Arc<dyn Store>,
}

/// Opens the database, making what is not there: a file with its keys, or the tables in a server.
pub(super) async fn open(config: &Config) -> Result<Open, Failure> {
    let _progress = Progress::start("opening the database");
    if let Database::Sqlite(file) = &config.database {
        make_folder_of(file)?;
    }
    // New keys are only made for a new database: beside an old one they would hide that its own are lost.
    let path = config.keys_file();
    let keys = if is_new(&config.database).await? { Keys::load_or_create(&path) } else { Keys::load(&path) };
    let keys = Arc::new(keys?);
    let store = connect(config, &config.database, &keys).await?;
    Ok(Open { keys, store })
}

fn make_folder_of(file: &Path) -> Result<(), Failure> {
    let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) else { return Ok(()) };
    make_folder(folder).map_err(|error| {
        let mend = "make it, or name another place with database_url";
        Failure::fault(format!("the folder {} cannot be made: {error}", folder.display()), mend)
    })
}

/// Opens a database with these keys.
pub(super) async fn connect(
    config: &Config,
    database: &Database,
    keys: &Arc<Keys>,
) -> Result<Arc<dyn Store>, StoreError> {
    Ok(match database {
        Database::Sqlite(file) => Arc::new(SqliteStore::open(file, keys.clone()).await?),
        Database::Postgres(url) => {
            let store = PostgresStore::open(url, config.connections, keys.clone()).await?;
            Arc::new(store.with_turns_together(config.turns_together))
        }
    })
}

/// Whether a database holds nothing yet. A file that is none is told here: the keys that it lacks are not what is wrong.
pub(super) async fn is_new(database: &Database) -> Result<bool, StoreError> {
    match database {
        Database::Sqlite(file) => match start_of(file) {
            Ok(start) if start.is_empty() => Ok(true),
            Ok(start) if start != SQLITE => Err(StoreError::Corrupt),
            // What cannot be read is told when it is opened.
            Ok(_) => Ok(false),
            Err(error) => Ok(error.kind() == ErrorKind::NotFound),
        },
        Database::Postgres(url) => Ok(postgres::schema_at(url).await? == 0),
    }
}

/// How every SQLite file begins: the string "SQLite format 3" with a NUL (the file format's header).
const SQLITE: &[u8] = b"SQLite format 3\0";

fn start_of(file: &Path) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    File::open(file)?.take(SQLITE.len() as u64).read_to_end(&mut start)?;
    Ok(start)
}

/// Opens the database to work with it; an empty one gets the built-in catalogue, and the operator is told.
pub(super) async fn open_with_office(config: &Config) -> Result<Open, Failure> {
    if let Database::Postgres(url) = &config.database
        && postgres::is_replica(url).await?
    {
        return Err(StoreError::OnlyReads.into());
    }
    let open = open(config).await?;
    if open.store.office().await?.is_none() {
        let builtin = office::builtin();
        open.store.import_office(&builtin, clock::now()).await?;
        writeln!(
            anstream::stderr(),
            "The database {} is new. It now holds the built-in catalogue: {} branches and {} services. Much of it is \
             sample data;\n`temujanji office export DIR` writes it into files, `temujanji office import DIR` brings in \
             your own.\n",
            config.database,
            builtin.branches().count(),
            builtin.services().count(),
        )?;
    }
    Ok(open)
}

/// How far a clock may be from the database server's.
const MOST_APART: TimeDelta = TimeDelta::seconds(2);

/// What is wrong with this machine's clock, where it differs from that of the database's server.
pub(super) fn clocks_apart(health: &Health, now: DateTime<Utc>) -> Option<String> {
    let ahead = now - health.time?;
    let way = if ahead > TimeDelta::zero() { "ahead of" } else { "behind" };
    (ahead.abs() > MOST_APART).then(|| {
        format!(
            "this machine's clock is {} seconds {way} the database server's: keep both right, as by NTP; processes judge \
             by their clocks which of them has died, and send twice what the other is sending",
            ahead.num_seconds().abs()
        )
    })
}

/// Who sends the mail.
pub(super) fn mail_sender(
    config: &Config,
    keys: Arc<Keys>,
    slips: &Slips,
    store: &Arc<dyn Store>,
) -> Result<Arc<dyn Sender>, Failure> {
    let Servers { name, plus_addresses, dkim_key_file, dkim_selector, .. } = &config.mail;
    let composer =
        Composer::new(config.mail_address.clone(), keys, slips.clone()).named(name, *plus_addresses);
    let composer = match dkim_key_file {
        Some(path) => {
            let wrong = |why| Failure::fault(format!("mail.dkim_key_file: {why}"), dkim::MEND);
            composer.signed(dkim_selector, dkim::key(path).map_err(wrong)?)
        }
        None => composer,
    };
    Ok(match post(config)? {
        Some(post) => Arc::new(Smtp::new(post, composer, store.clone())),
        None => Arc::new(Folder::new(config.mail_folder(), composer, store.clone())),
    })
}

/// The mail server that sends, if one is configured.
pub(super) fn post(config: &Config) -> Result<Option<Post>, Failure> {
    let Some(server) = config.mail.smtp.clone() else { return Ok(None) };
    let (tls, ca_file) = (tls(config)?, config.mail.ca_file.as_deref());
    let post = Post::new(server, tls, ca_file, config.mail_address.domain());
    post.map(Some).map_err(|why| Failure::fault(why, "name a PEM file with certificates in mail.ca_file"))
}

/// What makes connections to the mail servers safe.
pub(super) fn tls(config: &Config) -> Result<TlsConnector, Failure> {
    let tls = wire::tls(config.mail.ca_file.as_deref());
    tls.map_err(|why| Failure::fault(why, "name a PEM file with certificates in mail.ca_file"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_that_differ_are_told() {
        let now = clock::now();
        let health = |time| Health {
            database: String::new(),
            time,
            schema: 1,
            office: None,
            waiting: 0,
            waiting_since: None,
            given_up: 0,
            damage: Vec::new(),
        };
        let told =
            |ahead| clocks_apart(&health(Some(now - TimeDelta::seconds(ahead))), now).unwrap_or_default();
        assert!(told(20).starts_with("this machine's clock is 20 seconds ahead of the database server's"));
        assert!(told(-3).starts_with("this machine's clock is 3 seconds behind the database server's"));
        assert_eq!(told(1), "");
        assert_eq!(clocks_apart(&health(None), now), None);
    }
}
