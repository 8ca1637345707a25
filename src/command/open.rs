//! Opening the database and its keys.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use temujanji::channel::terminal::progress::Progress;
use temujanji::clock;
use temujanji::config::Config;
use temujanji::delivery::folder::Folder;
use temujanji::delivery::mail::Composer;
use temujanji::delivery::slips::Slips;
use temujanji::delivery::{Sender, make_folder};
use temujanji::keys::{Keys, KeysError};
use temujanji::office;
use temujanji::store::{SqliteStore, Store};

use super::Failure;

/// The database, open.
pub(super) struct Open {
    pub(super) keys: Arc<Keys>,
    pub(super) store: Arc<dyn Store>,
}

/// Opens the database, making it and its keys if it is not there.
pub(super) async fn open(config: &Config) -> Result<Open, Failure> {
    let _progress = Progress::start("opening the database");
    if let Some(folder) = config.database.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        make_folder(folder).map_err(|error| {
            let mend = "make it, or name another place with database_url";
            Failure::fault(format!("the folder {} cannot be made: {error}", folder.display()), mend)
        })?;
    }
    let keys = Arc::new(keys(config)?);
    let store = Arc::new(SqliteStore::open(&config.database, keys.clone()).await?);
    Ok(Open { keys, store })
}

/// Opens the database; an empty one gets the built-in catalogue, and the operator is told.
pub(super) async fn open_with_office(config: &Config) -> Result<Open, Failure> {
    let open = open(config).await?;
    if open.store.office().await?.is_none() {
        let builtin = office::builtin();
        open.store.import_office(&builtin, clock::now()).await?;
        writeln!(
            anstream::stderr(),
            "The database {} is new. It now holds the built-in catalogue: {} branches and {} services. Much of it is \
             sample data;\n`temujanji office export DIR` writes it into files, `temujanji office import DIR` brings in \
             your own.\n",
            config.database.display(),
            builtin.branches().count(),
            builtin.services().count(),
        )?;
    }
    Ok(open)
}

/// Who sends the mail.
pub(super) fn mail_sender(
    config: &Config,
    keys: Arc<Keys>,
    slips: &Slips,
    store: &Arc<dyn Store>,
) -> Arc<dyn Sender> {
    let composer = Composer::new(config.mail_address.clone(), keys, slips.clone());
    Arc::new(Folder::new(config.mail_folder(), composer, store.clone()))
}

/// New keys are only made for a new database: beside an old one they would hide that its own are lost.
fn keys(config: &Config) -> Result<Keys, KeysError> {
    let path = config.keys_file();
    if holds_data(&config.database) { Keys::load(&path) } else { Keys::load_or_create(&path) }
}

fn holds_data(database: &Path) -> bool {
    database.metadata().is_ok_and(|file| file.len() > 0)
}
