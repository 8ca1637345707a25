//! The list of settings.

use std::path::PathBuf;

use chrono::TimeDelta;
use lettre::Address;

use super::bot::TELEGRAM_SERVER;
use super::values::{
    Wrong, hidden, quoted, read_database, read_duration, set_mail_address, set_server, set_telegram,
    set_token, set_webhook, set_webhook_secret, show_duration, socket,
};
use super::{Config, Database, PREFIX, mail};

/// One setting.
pub struct Key {
    /// Its name, with a dot between section and key.
    pub name: &'static str,
    /// What it means, with the unit where the value does not carry it.
    pub meaning: &'static str,
    kind: Kind,
}

/// How a value is written, and where in [`Config`] it goes.
enum Kind {
    Duration {
        least: TimeDelta,
        most: TimeDelta,
        at: fn(&mut Config) -> &mut TimeDelta,
    },
    Number {
        least: u32,
        most: u32,
        at: fn(&mut Config) -> &mut u32,
    },
    Path {
        at: fn(&mut Config) -> &mut Option<PathBuf>,
        default: fn(&Config) -> PathBuf,
    },
    Text {
        example: &'static str,
        set: fn(&mut Config, &str) -> Result<(), Wrong>,
        show: fn(&Config) -> String,
    },
    /// A text that may also be given as a file that holds it. What is shown of it is no secret.
    Secret {
        example: &'static str,
        set: fn(&mut Config, &str) -> Result<(), Wrong>,
        show: fn(&Config) -> String,
    },
}

const SECOND: TimeDelta = TimeDelta::seconds(1);
const MINUTE: TimeDelta = TimeDelta::minutes(1);
const DAY: TimeDelta = TimeDelta::days(1);

const fn days(n: i64) -> TimeDelta {
    TimeDelta::days(n)
}

/// Every setting, in the order in which they are listed.
pub const KEYS: &[Key] = &[
    Key {
        name: "database_url",
        meaning: "The database: sqlite:FILE, made on the first start, or postgres://USER:PASSWORD@HOST/NAME.",
        kind: Kind::Secret {
            example: "sqlite:temujanji.db",
            set: |c, value| read_database(value).map(|database| c.database = database),
            show: |c| match &c.database {
                Database::Sqlite(path) => format!("sqlite:{}", path.display()),
                Database::Postgres(url) => url.to_string(),
            },
        },
    },
    Key {
        name: "keys_file",
        meaning: "The secret keys, made on the first start: keep a copy. Default: beside the database.",
        kind: Kind::Path { at: |c| &mut c.keys_file, default: Config::keys_file },
    },
    Key {
        name: "slips_folder",
        meaning: "Where `temujanji chat` saves slips. Default: beside the database.",
        kind: Kind::Path { at: |c| &mut c.slips_folder, default: Config::slips_folder },
    },
    Key {
        name: "database.connections",
        meaning: "Connections of this process to a PostgreSQL server, at most.",
        kind: Kind::Number { least: 1, most: 1000, at: |c| &mut c.connections },
    },
    Key {
        name: "database.turns_together",
        meaning: "Turns that share a transaction on a PostgreSQL server, at most; 1 where it is spread over machines.",
        kind: Kind::Number { least: 1, most: 1000, at: |c| &mut c.turns_together },
    },
    Key {
        name: "booking.hold",
        meaning: "How long a place is held while the summary is read.",
        kind: Kind::Duration { least: SECOND, most: days(7), at: |c| &mut c.booking.hold },
    },
    Key {
        name: "booking.hold_mail",
        meaning: "How long a place is held for somebody who books by mail.",
        kind: Kind::Duration { least: MINUTE, most: days(7), at: |c| &mut c.booking.hold_mail },
    },
    Key {
        name: "booking.hold_mail_before",
        meaning: "A place held by mail is free again this long before its appointment at the latest.",
        kind: Kind::Duration {
            least: TimeDelta::zero(),
            most: days(7),
            at: |c| &mut c.booking.hold_mail_before,
        },
    },
    Key {
        name: "booking.hold_offer",
        meaning: "How long a place is held that is offered to somebody whose appointment was called off by a closing.",
        kind: Kind::Duration { least: MINUTE, most: days(14), at: |c| &mut c.booking.hold_offer },
    },
    Key {
        name: "booking.return_delay",
        meaning: "The longest random delay before a cancelled place is free again; 0s is at once.",
        kind: Kind::Duration { least: TimeDelta::zero(), most: DAY, at: |c| &mut c.booking.return_delay },
    },
    Key {
        name: "booking.lead_days",
        meaning: "The first bookable day, in days from today: 1 is tomorrow.",
        kind: Kind::Number { least: 0, most: 27, at: |c| &mut c.booking.lead_days },
    },
    Key {
        name: "booking.months_ahead",
        meaning: "The last bookable day, in calendar months from today.",
        kind: Kind::Number { least: 1, most: 24, at: |c| &mut c.booking.months_ahead },
    },
    Key {
        name: "booking.max_live",
        meaning: "Appointments to come that one conversation may have (families).",
        kind: Kind::Number { least: 1, most: 1000, at: |c| &mut c.booking.max_live },
    },
    Key {
        name: "booking.code_ttl",
        meaning: "How long the code that proves a mailbox is good for.",
        kind: Kind::Duration { least: MINUTE, most: DAY, at: |c| &mut c.booking.code_ttl },
    },
    Key {
        name: "booking.code_tries",
        meaning: "How often a code may be typed wrongly before it is void.",
        kind: Kind::Number { least: 1, most: 20, at: |c| &mut c.booking.code_tries },
    },
    Key {
        name: "booking.code_pause",
        meaning: "The least time between two codes to one mailbox.",
        kind: Kind::Duration { least: TimeDelta::zero(), most: DAY, at: |c| &mut c.booking.code_pause },
    },
    Key {
        name: "booking.code_limit",
        meaning: "Codes that may be sent to one mailbox, and by one conversation, within booking.code_window.",
        kind: Kind::Number { least: 1, most: 1000, at: |c| &mut c.booking.code_limit },
    },
    Key {
        name: "booking.code_window",
        meaning: "The time in which booking.code_limit counts.",
        kind: Kind::Duration { least: MINUTE, most: days(30), at: |c| &mut c.booking.code_window },
    },
    Key {
        name: "mail.address",
        meaning: "The assistant's own mail address, the sender of its mail.",
        kind: Kind::Text {
            example: DEFAULT_MAIL_ADDRESS,
            set: set_mail_address,
            show: |c| c.mail_address.to_string(),
        },
    },
    Key {
        name: "mail.name",
        meaning: "The name beside the address.",
        kind: Kind::Text {
            example: "Temujanji Imigresen",
            set: mail::set_name,
            show: |c| c.mail.name.clone(),
        },
    },
    Key {
        name: "mail.imap_url",
        meaning: "The mailbox that is read: imaps://USER:PASSWORD@HOST/INBOX, or imap://…?tls=starttls.",
        kind: Kind::Secret {
            example: "imaps://temujanji:password@mail.example.org/INBOX",
            set: mail::set_imap,
            show: |c| mail::show_imap(c.mail.imap.as_ref()),
        },
    },
    Key {
        name: "mail.smtp_url",
        meaning: "The server that sends: smtps://USER:PASSWORD@HOST, or smtp://…?tls=required.",
        kind: Kind::Secret {
            example: "smtps://temujanji:password@mail.example.org",
            set: mail::set_smtp,
            show: |c| mail::show_smtp(c.mail.smtp.as_ref()),
        },
    },
    Key {
        name: "mail.ca_file",
        meaning: "A further certificate authority that mail servers may be signed by (PEM).",
        kind: Kind::Path { at: |c| &mut c.mail.ca_file, default: |_| PathBuf::new() },
    },
    Key {
        name: "mail.plus_addresses",
        meaning: "Whether the mailbox gets mail to ADDRESS+anything, too: yes or no.",
        kind: Kind::Text {
            example: "yes",
            set: mail::set_plus,
            show: |c| if c.mail.plus_addresses { "yes" } else { "no" }.to_owned(),
        },
    },
    Key {
        name: "mail.answers_a_day",
        meaning: "Answers that one address gets within 24 hours, so that two machines cannot talk for ever.",
        kind: Kind::Number { least: 2, most: 1000, at: |c| &mut c.booking.mail_answers },
    },
    Key {
        name: "mail.answers_an_hour",
        meaning: "Answers within an hour in all; beyond them mail waits in the mailbox, and the log says so.",
        kind: Kind::Number { least: 10, most: 100_000, at: |c| &mut c.mail.answers_hourly },
    },
    Key {
        name: "mail.token_ttl",
        meaning: "How long an answer to one of our mails proves its sender's address.",
        kind: Kind::Duration {
            least: TimeDelta::hours(1),
            most: days(365),
            at: |c| &mut c.booking.mail_token,
        },
    },
    Key {
        name: "mail.dkim_key_file",
        meaning: "Private key (PEM, RSA or Ed25519) with which mail is signed (DKIM), where the server does not sign it.",
        kind: Kind::Text {
            example: "dkim.pem",
            set: mail::set_dkim_key,
            show: |c| {
                c.mail.dkim_key_file.as_ref().map(|path| path.display().to_string()).unwrap_or_default()
            },
        },
    },
    Key {
        name: "mail.dkim_selector",
        meaning: "Under which name the domain publishes the key of mail.dkim_key_file.",
        kind: Kind::Text {
            example: "temujanji",
            set: mail::set_selector,
            show: |c| c.mail.dkim_selector.clone(),
        },
    },
    Key {
        name: "mail.folder",
        meaning: "Where mail is saved as .eml files while no mail server is configured. Default: beside the database.",
        kind: Kind::Path { at: |c| &mut c.mail_folder, default: Config::mail_folder },
    },
    Key {
        name: "telegram.username",
        meaning: "User name of the Telegram bot: the code on a slip then opens its chat.",
        kind: Kind::Text {
            example: "temujanji_bot",
            set: set_telegram,
            show: |c| c.telegram.clone().unwrap_or_default(),
        },
    },
    Key {
        name: "telegram.token",
        meaning: "The Telegram bot's token, from @BotFather; the bot is served when it is set. Never printed.",
        kind: Kind::Text { example: "123456789:AA…", set: set_token, show: |c| hidden(&c.bot.token) },
    },
    Key {
        name: "telegram.token_file",
        meaning: "A file that holds the token instead.",
        kind: Kind::Text {
            example: "/run/secrets/telegram",
            set: |c, value| {
                c.bot.token_file = (!value.is_empty()).then(|| PathBuf::from(value));
                Ok(())
            },
            show: |c| c.bot.token_file.as_ref().map(|path| path.display().to_string()).unwrap_or_default(),
        },
    },
    Key {
        name: "telegram.api_url",
        meaning: "The Bot API server.",
        kind: Kind::Text { example: TELEGRAM_SERVER, set: set_server, show: |c| c.bot.api_url.clone() },
    },
    Key {
        name: "telegram.burst",
        meaning: "Messages a chat may send at once before it is slowed.",
        kind: Kind::Number { least: 3, most: 10_000, at: |c| &mut c.bot.burst },
    },
    Key {
        name: "telegram.per_minute",
        meaning: "Messages a chat may send a minute, on the whole.",
        kind: Kind::Number { least: 6, most: 100_000, at: |c| &mut c.bot.per_minute },
    },
    Key {
        name: "telegram.notices_per_second",
        meaning: "Reminders and other mass notices sent a second, by all processes together; Telegram allows about 30.",
        kind: Kind::Number { least: 1, most: 30, at: |c| &mut c.bot.notices_per_second },
    },
    Key {
        name: "telegram.webhook.url",
        meaning: "Receive by webhook at this address, instead of polling.",
        kind: Kind::Text {
            example: "https://example.org/telegram",
            set: set_webhook,
            show: |c| c.bot.webhook_url.clone(),
        },
    },
    Key {
        name: "telegram.webhook.listen",
        meaning: "Where this process listens for the webhook; a proxy in front of it brings TLS.",
        kind: Kind::Text {
            example: "127.0.0.1:8443",
            set: |c, value| {
                c.bot.webhook_listen = socket("telegram.webhook.listen", value)?;
                Ok(())
            },
            show: |c| c.bot.webhook_listen.clone(),
        },
    },
    Key {
        name: "telegram.webhook.secret",
        meaning: "What Telegram sends along with each call: a long random text, the same for all processes. Never printed.",
        kind: Kind::Text {
            example: "letters and digits",
            set: set_webhook_secret,
            show: |c| hidden(&c.bot.webhook_secret),
        },
    },
    Key {
        name: "telegram.webhook.max_connections",
        meaning: "Calls Telegram may make at a time.",
        kind: Kind::Number { least: 1, most: 100, at: |c| &mut c.bot.max_connections },
    },
    Key {
        name: "http.listen",
        meaning: "Where /healthz, /readyz and /metrics are served; nowhere when empty.",
        kind: Kind::Text {
            example: "127.0.0.1:9090",
            set: |c, value| {
                c.http_listen = if value.is_empty() { None } else { Some(socket("http.listen", value)?) };
                Ok(())
            },
            show: |c| c.http_listen.clone().unwrap_or_default(),
        },
    },
    Key {
        name: "serve.lease",
        meaning: "How long after a process has died another one takes over its work.",
        kind: Kind::Duration { least: SECOND, most: MINUTE, at: |c| &mut c.lease },
    },
    Key {
        name: "serve.stop_within",
        meaning: "How long `temujanji serve` may take to finish what is in hand when it is told to stop.",
        kind: Kind::Duration { least: SECOND, most: TimeDelta::hours(1), at: |c| &mut c.stop_within },
    },
    Key {
        name: "retention.drafts",
        meaning: "How long a conversation that was left is kept, after its last message.",
        kind: Kind::Duration { least: DAY, most: days(3650), at: |c| &mut c.retention.drafts },
    },
    Key {
        name: "retention.bookings",
        meaning: "How long an appointment's personal data are kept, after its day.",
        kind: Kind::Duration { least: DAY, most: days(3650), at: |c| &mut c.retention.bookings },
    },
    Key {
        name: "retention.profiles",
        meaning: "How long what a person gave last is kept for their next booking.",
        kind: Kind::Duration { least: DAY, most: days(3650), at: |c| &mut c.retention.profiles },
    },
    Key {
        name: "retention.traces",
        meaning: "How long records of messages and codes are kept.",
        kind: Kind::Duration { least: DAY, most: days(3650), at: |c| &mut c.retention.traces },
    },
];

const DEFAULT_MAIL_ADDRESS: &str = "temujanji@localhost";

pub(super) fn default_mail_address() -> Address {
    match Address::new("temujanji", "localhost") {
        Ok(address) => address,
        Err(_) => unreachable!("{DEFAULT_MAIL_ADDRESS} is an address"),
    }
}

impl Key {
    /// Its environment variable.
    pub fn variable(&self) -> String {
        format!("{PREFIX}{}", self.name.replace('.', "__").to_uppercase())
    }

    /// An example of its value, as it is written in the file.
    pub fn example(&self) -> String {
        match &self.kind {
            Kind::Text { example, .. } | Kind::Secret { example, .. } => format!("\"{example}\""),
            Kind::Duration { .. } | Kind::Number { .. } | Kind::Path { .. } => self.show(&Config::default()),
        }
    }

    /// Its value, as it is written in the file.
    pub(super) fn show(&self, config: &Config) -> String {
        // The accessors lend out what they set, hence the copy.
        let mut config = config.clone();
        match &self.kind {
            Kind::Duration { at, .. } => format!("\"{}\"", show_duration(*at(&mut config))),
            Kind::Number { at, .. } => at(&mut config).to_string(),
            Kind::Path { default, .. } => quoted(&default(&config).display().to_string()),
            Kind::Text { show, .. } | Kind::Secret { show, .. } => quoted(&show(&config)),
        }
    }

    /// Whether its value may be given as a file that holds it.
    pub(super) fn is_secret(&self) -> bool {
        matches!(self.kind, Kind::Secret { .. })
    }

    pub(super) fn set(&self, config: &mut Config, value: &str) -> Result<(), Wrong> {
        match &self.kind {
            Kind::Duration { least, most, at } => {
                *at(config) =
                    self.within(value, "duration", read_duration(value), *least, *most, show_duration)?;
            }
            Kind::Number { least, most, at } => {
                let number = value.trim().parse().ok();
                *at(config) = self.within(value, "whole number", number, *least, *most, |n| n.to_string())?;
            }
            Kind::Path { at, .. } => {
                if value.trim().is_empty() {
                    return Err((
                        format!("{} is empty", self.name),
                        format!("write a path, as {}", self.example()),
                    ));
                }
                *at(config) = Some(PathBuf::from(value));
            }
            Kind::Text { set, .. } | Kind::Secret { set, .. } => set(config, value.trim())?,
        }
        Ok(())
    }

    fn within<T: PartialOrd>(
        &self,
        written: &str,
        kind: &str,
        value: Option<T>,
        least: T,
        most: T,
        show: fn(T) -> String,
    ) -> Result<T, Wrong> {
        let mend = |least, most| {
            format!("write a {kind} from {} to {}, as {}", show(least), show(most), self.example())
        };
        match value {
            Some(value) if value >= least && value <= most => Ok(value),
            Some(_) => {
                Err((format!("{} is {written}, which is out of bounds", self.name), mend(least, most)))
            }
            None => {
                Err((format!("{} is {}, which is no {kind}", self.name, quoted(written)), mend(least, most)))
            }
        }
    }
}

/// The setting most like a name, if one is alike enough to be meant; a key without its section counts too.
pub(super) fn nearest(name: &str) -> Option<&'static Key> {
    let like = |key: &'static Key| {
        let last = |name: &'static str| name.rsplit_once('.').map_or(name, |(_, last)| last);
        let whole = strsim::normalized_damerau_levenshtein(name, key.name);
        let part = name.rsplit_once('.').map_or(name, |(_, last)| last);
        (whole.max(0.9 * strsim::normalized_damerau_levenshtein(part, last(key.name))), key)
    };
    let best = KEYS.iter().map(like).max_by(|a, b| a.0.total_cmp(&b.0));
    best.filter(|(likeness, _)| *likeness >= 0.5).map(|(_, key)| key)
}
