//! What the operator must mend.

use std::path::PathBuf;

use sqlx::migrate::MigrateError;

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
    /// The server takes no writes.
    #[error(
        "the database server lets nobody write: it is a replica, or is set to read only; name the one that takes writes \
         in database_url"
    )]
    OnlyReads,
    /// The server does not let this user do something.
    #[error(
        "the database server does not let this user do that ({why}): make the user of database_url the owner of the \
         database and its tables"
    )]
    Forbidden {
        /// What the server said.
        why: String,
    },
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
    /// The database server is not there, or went away.
    #[error(
        "the database server cannot be reached ({why}): see that it runs, and that database_url names its host and port; \
         nothing was lost"
    )]
    Unreachable {
        /// What the system or the server said.
        why: String,
    },
    /// The server does not know this user or password.
    #[error("the database server refuses the login: see user and password in database_url")]
    LoginRefused,
    /// The server has no database of that name.
    #[error(
        "the database server has no such database: make it with `createdb NAME`, or name another in database_url"
    )]
    NoDatabase,
    /// The server has no connection left.
    #[error(
        "the database server has no connection left: raise its max_connections, or lower database.connections of the \
         programs that use it"
    )]
    TooManyConnections,
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
    /// Whether the database is likely to be back by itself: a server that is being restarted, or has too much to do.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::TooManyConnections | Self::Repeat => true,
            Self::Locked
            | Self::DiskFull
            | Self::ReadOnly
            | Self::OnlyReads
            | Self::Forbidden { .. }
            | Self::Corrupt
            | Self::TooNew { .. }
            | Self::CannotOpen { .. }
            | Self::WrongKeys
            | Self::LoginRefused
            | Self::NoDatabase
            | Self::NoOffice
            | Self::Unreadable { .. }
            | Self::Other(_) => false,
        }
    }

    /// Whether it may be the message itself at which the turn fails, while the database is well.
    pub fn may_be_of_the_message(&self) -> bool {
        matches!(self, Self::Repeat | Self::Unreadable { .. } | Self::Other(_))
    }

    /// Whether the same message may succeed when handled again in a moment.
    pub fn is_retryable(&self) -> bool {
        self.may_pass() || matches!(self, Self::Locked | Self::DiskFull)
    }
}

impl From<sqlx::Error> for StoreError {
    #[expect(clippy::wildcard_enum_match_arm, reason = "what a library may add means nothing special either")]
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(error) => {
                if let Some(error) = error.try_downcast_ref::<sqlx::sqlite::SqliteError>() {
                    super::sqlite::fault::meaning(error)
                } else if let Some(error) = error.try_downcast_ref::<sqlx::postgres::PgDatabaseError>() {
                    super::postgres::fault::meaning(error)
                } else {
                    Self::Other(error.message().to_owned())
                }
            }
            sqlx::Error::PoolTimedOut => Self::Locked,
            sqlx::Error::Io(error) => Self::Unreachable { why: error.to_string() },
            sqlx::Error::Tls(error) => Self::Unreachable { why: error.to_string() },
            // The server left in the middle of a word.
            sqlx::Error::Protocol(why) => Self::Unreachable { why },
            error => Self::Other(error.to_string()),
        }
    }
}

impl From<MigrateError> for StoreError {
    #[expect(clippy::wildcard_enum_match_arm, reason = "what a library may add means nothing special either")]
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            MigrateError::VersionMismatch(version) => Self::Other(format!(
                "migration {version} in the database is not the one this program knows; use the program that made it"
            )),
            error => Self::Other(error.to_string()),
        }
    }
}
