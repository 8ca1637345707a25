//! Every setting: meaning, unit, default.
//!
//! [`KEYS`] is the one list of settings: from it come the reading of the file and of the environment, the sentences
//! about mistakes, and what `temujanji config` prints.

mod bot;
pub mod dkim;
mod keys;
pub mod mail;
mod source;
#[cfg(test)]
mod tests;
mod values;

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use lettre::Address;

use crate::booking::Rules;
use crate::store::{PostgresUrl, Retention};
use source::Given;

pub use bot::{Bot, Secret};
pub use keys::{KEYS, Key};

/// The file read when none is named and there is one in the current folder.
pub const FILE: &str = "temujanji.toml";

/// Begins the name of every environment variable that is a setting.
pub const PREFIX: &str = "TEMUJANJI_";

/// The environment variable that names the settings file. The only one with the prefix that is no setting.
pub const FILE_VARIABLE: &str = "TEMUJANJI_CONFIG";

/// Where everything is kept. Shown without a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// A file, for one machine.
    Sqlite(PathBuf),
    /// A server, shared by processes on any number of machines.
    Postgres(PostgresUrl),
}

impl Database {
    /// Reads one as `database_url` is written: `sqlite:FILE` or `postgres://…`.
    ///
    /// # Errors
    ///
    /// What is wrong and the mend; neither shows the text, which may hold a password.
    pub fn parse(url: &str) -> Result<Database, (String, String)> {
        values::read_database(url)
    }

    /// The file beside which others are kept; those of a server are in the current folder.
    fn beside(&self) -> &Path {
        match self {
            Database::Sqlite(path) => path,
            Database::Postgres(_) => Path::new("temujanji.db"),
        }
    }
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Database::Sqlite(path) => write!(f, "{}", path.display()),
            Database::Postgres(url) => write!(f, "{url}"),
        }
    }
}

/// All settings of one installation. Relative paths count from the current folder.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where everything is kept.
    pub database: Database,
    /// Connections to a PostgreSQL server, at most.
    pub connections: u32,
    /// Turns that share a transaction on a PostgreSQL server, at most.
    pub turns_together: u32,
    /// The rules of booking.
    pub booking: Rules,
    /// How long what is kept.
    pub retention: Retention,
    /// The assistant's own mail address, the sender of its mail.
    pub mail_address: Address,
    /// The mail servers.
    pub mail: mail::Servers,
    /// The assistant's user name on Telegram, without the `@`; slips then open its chat.
    pub telegram: Option<String>,
    /// The Telegram bot.
    pub bot: Bot,
    /// Where `/healthz`, `/readyz` and `/metrics` are served; nowhere unless set.
    pub http_listen: Option<String>,
    /// How long after a process has died another one takes over its work.
    pub lease: TimeDelta,
    /// How long `serve` may take to finish what is in hand when it is told to stop.
    pub stop_within: TimeDelta,
    keys_file: Option<PathBuf>,
    mail_folder: Option<PathBuf>,
    slips_folder: Option<PathBuf>,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            database: Database::Sqlite(PathBuf::from("temujanji.db")),
            connections: 16,
            turns_together: 64,
            booking: Rules::default(),
            retention: Retention::default(),
            mail_address: keys::default_mail_address(),
            mail: mail::Servers::default(),
            telegram: None,
            bot: Bot::default(),
            http_listen: None,
            lease: TimeDelta::seconds(15),
            stop_within: TimeDelta::seconds(20),
            keys_file: None,
            mail_folder: None,
            slips_folder: None,
        }
    }
}

impl Config {
    /// Reads the settings: the defaults, then the file, then the environment.
    ///
    /// `file` is the one named by the person; else [`FILE`] in the current folder is read if it is there.
    ///
    /// # Errors
    ///
    /// Every mistake in the file and in the environment.
    pub fn read(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (OsString, OsString)>,
    ) -> Result<Config, Vec<Mistake>> {
        let mut config = Config::default();
        let mut mistakes = Vec::new();
        for setting in source::file(file, &mut mistakes) {
            config.take(setting, &mut mistakes);
        }
        mistakes.sort_by_key(|mistake| mistake.line);
        for setting in source::environment(environment, &mut mistakes) {
            config.take(setting, &mut mistakes);
        }
        if mistakes.is_empty() { Ok(config) } else { Err(mistakes) }
    }

    fn take(&mut self, Given { key, place, line, value }: Given, mistakes: &mut Vec<Mistake>) {
        if let Err((what, mend)) = key.set(self, &value) {
            mistakes.push(Mistake { place, line, what, mend });
        }
    }

    /// The file with the secret keys; beside the database unless set.
    pub fn keys_file(&self) -> PathBuf {
        self.keys_file.clone().unwrap_or_else(|| self.database.beside().with_extension("keys"))
    }

    /// The folder for mail while no mail server is configured; beside the database unless set.
    pub fn mail_folder(&self) -> PathBuf {
        self.mail_folder.clone().unwrap_or_else(|| self.database.beside().with_file_name("mail"))
    }

    /// Whether mail leaves this machine, and so reaches a person elsewhere: a folder that was named is taken for one
    /// that is seen to.
    pub fn mail_leaves(&self) -> bool {
        self.mail.smtp.is_some() || self.mail_folder.is_some()
    }

    /// Whether mail is read and answered: for that, there has to be a server to read from and one to send by.
    pub fn reads_mail(&self) -> bool {
        self.mail.imap.is_some() && self.mail.smtp.is_some()
    }

    /// The folder in which the terminal saves slips; beside the database unless set.
    pub fn slips_folder(&self) -> PathBuf {
        self.slips_folder.clone().unwrap_or_else(|| self.database.beside().with_file_name("slips"))
    }

    /// The settings as a file: each with its meaning, those that stand at their default as a comment.
    pub fn to_toml(&self) -> String {
        let untouched = Config::default();
        let mut text = String::from(
            "# Settings of temujanji. A line that begins with # shows the default.\n\
             # Each may also be given in the environment: booking.hold is TEMUJANJI_BOOKING__HOLD.\n\
             # A secret is not shown: write it in place of *** or (hidden). A URL with a password may be in a file of its own,\n\
             # named by database_url_file, mail.imap_url_file or mail.smtp_url_file.\n",
        );
        let mut section = "";
        for key in KEYS {
            let (under, name) = key.name.rsplit_once('.').unwrap_or(("", key.name));
            if under != section {
                text.push_str(&format!("\n[{under}]\n"));
                section = under;
            } else {
                text.push('\n');
            }
            let (value, default) = (key.show(self), key.show(&untouched));
            let mark = if value == default { "# " } else { "" };
            text.push_str(&format!("# {}\n{mark}{name} = {value}\n", key.meaning));
        }
        text
    }
}

/// Something in the settings that has to be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The file, or the environment variable.
    pub place: String,
    /// The line of the file, counted from 1.
    pub line: Option<usize>,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub mend: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.place)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}; {}", self.what, self.mend)
    }
}
