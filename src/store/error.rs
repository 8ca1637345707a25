//! What the operator must mend.

use std::path::PathBuf;

/// The database failed. Each says what to do; none carries personal data.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process kept the database to itself for longer than one waits.
    #[error("the database is busy: another process is writing to it; try again, or stop the other process")]
    Locked,
    /// The file or its folder may not be written.
    #[error(
        "the database cannot be written: give this program's user the right to write the file and its folder, \
         and check that the disk is not mounted read-only"
    )]
    ReadOnly,
    /// No room left.
    #[error("the disk that holds the database is full: make room, then try again; nothing was lost")]
    DiskFull,
    /// The file is no database, or damaged.
    #[error(
        "the database file is damaged or is no database: restore it from a back-up, or name another file"
    )]
    Corrupt,
    /// A newer program has changed the schema.
    #[error(
        "the database was changed by a newer version of this program (schema {found}, this one knows {known}): \
         start the newer version, or restore a back-up from before"
    )]
    TooNew {
        /// The schema's version.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// The file cannot be opened.
    #[error("cannot open the database {}: {why}", path.display())]
    CannotOpen {
        /// The file.
        path: PathBuf,
        /// What the system said.
        why: String,
    },
    /// The keys given are not those the data was sealed with.
    #[error(
        "the key file does not belong to this database: put back the key file that was beside it, \
         or name another database; without its keys the data cannot be read"
    )]
    WrongKeys,
    /// No catalogue was ever imported.
    #[error("there is no office catalogue in the database: run `temujanji office import DIR`")]
    NoOffice,
    /// The transaction was not kept, through no fault of this turn, or that is not known.
    #[error("the change could not be written just now; it may be repeated safely")]
    Repeat,
    /// Something kept cannot be read, although the keys are right.
    #[error("a {what} in the database cannot be read: it was changed from outside, or by a newer program")]
    Unreadable {
        /// What kind of thing.
        what: &'static str,
    },
    /// Anything else.
    #[error("the database failed: {0}")]
    Other(String),
}

impl StoreError {
    /// Whether the same message may succeed when handled again in a moment.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Locked | Self::DiskFull | Self::Repeat => true,
            Self::ReadOnly
            | Self::Corrupt
            | Self::TooNew { .. }
            | Self::CannotOpen { .. }
            | Self::WrongKeys
            | Self::NoOffice
            | Self::Unreadable { .. }
            | Self::Other(_) => false,
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if let sqlx::Error::Database(error) = error {
            return match error.try_downcast_ref::<sqlx::sqlite::SqliteError>() {
                Some(error) => super::sqlite::fault::meaning(error),
                None => Self::Other(error.message().to_owned()),
            };
        }
        if matches!(error, sqlx::Error::PoolTimedOut) { Self::Locked } else { Self::Other(error.to_string()) }
    }
}
