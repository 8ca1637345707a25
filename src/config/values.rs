//! Values of single settings: reading them, with the mend for what cannot be read, and writing them.

use std::path::PathBuf;
use std::time::Duration;

use chrono::TimeDelta;
use humantime_serde::re::humantime;

use super::bot::{Secret, TELEGRAM_SERVER};
use super::{Config, Database};
use crate::store::PostgresUrl;

/// What is wrong with a value, and the mend.
pub(super) type Wrong = (String, String);

pub(super) fn read_database(value: &str) -> Result<Database, Wrong> {
    let write = || "write \"sqlite:temujanji.db\" or \"postgres://USER:PASSWORD@HOST/NAME\"".to_owned();
    // Only the scheme is ever shown: the rest may hold a password.
    let (scheme, rest) = value.split_once(':').unwrap_or(("", value));
    let what = match scheme {
        "sqlite" => {
            let path = rest.strip_prefix("//").unwrap_or(rest);
            if path.is_empty() {
                "database_url names no file".to_owned()
            } else if path == ":memory:" || path.contains('?') {
                "database_url names something else than a file".to_owned()
            } else {
                return Ok(Database::Sqlite(PathBuf::from(path)));
            }
        }
        "postgres" | "postgresql" => match PostgresUrl::parse(value) {
            Ok(url) => return Ok(Database::Postgres(url)),
            Err(why) => format!("database_url cannot be read ({why})"),
        },
        _ => "database_url begins with neither sqlite: nor postgres:".to_owned(),
    };
    Err((what, write()))
}

pub(super) fn set_mail_address(config: &mut Config, value: &str) -> Result<(), Wrong> {
    match value.parse() {
        Ok(address) if value.is_ascii() => config.mail_address = address,
        Ok(_) | Err(_) => {
            let what = format!("mail.address is {}, which is no mail address", quoted(value));
            return Err((what, "write one as \"temujanji@example.org\"".to_owned()));
        }
    }
    Ok(())
}

pub(super) fn set_telegram(config: &mut Config, value: &str) -> Result<(), Wrong> {
    let name = value.strip_prefix('@').unwrap_or(value);
    // Telegram allows 5 to 32 of these, https://core.telegram.org/method/account.checkUsername.
    let fits = (5..=32).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if !fits {
        let what = format!("telegram.username is {}, which is no user name of Telegram", quoted(value));
        return Err((what, "write the bot's user name, as \"temujanji_bot\"".to_owned()));
    }
    config.telegram = Some(name.to_owned());
    Ok(())
}

/// Stands for a secret in what is printed.
const HIDDEN: &str = "(hidden)";

pub(super) fn hidden(secret: &Secret) -> String {
    if secret.0.is_empty() { String::new() } else { HIDDEN.to_owned() }
}

pub(super) fn set_token(config: &mut Config, value: &str) -> Result<(), Wrong> {
    let fits = value.split_once(':').is_some_and(|(id, key)| {
        id.bytes().all(|b| b.is_ascii_digit())
            && key.len() >= 8
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
    });
    if !fits && !value.is_empty() {
        // Not the value: it may be a token with one letter missing.
        let mend = "copy it from @BotFather: digits, a colon, letters and digits";
        return Err(("telegram.token is no token of a bot".to_owned(), mend.to_owned()));
    }
    config.bot.token = Secret(value.to_owned());
    Ok(())
}

pub(super) fn set_server(config: &mut Config, value: &str) -> Result<(), Wrong> {
    if !is_address(value) {
        let what = format!("telegram.api_url is {}, which is no address", quoted(value));
        return Err((what, format!("write it as \"{TELEGRAM_SERVER}\"")));
    }
    config.bot.api_url = value.to_owned();
    Ok(())
}

pub(super) fn set_webhook(config: &mut Config, value: &str) -> Result<(), Wrong> {
    if !is_address(value) && !value.is_empty() {
        let what = format!("telegram.webhook.url is {}, which is no address", quoted(value));
        return Err((what, "write it as \"https://example.org/telegram\"".to_owned()));
    }
    config.bot.webhook_url = value.to_owned();
    Ok(())
}

pub(super) fn set_webhook_secret(config: &mut Config, value: &str) -> Result<(), Wrong> {
    // https://core.telegram.org/bots/api#setwebhook
    let fits =
        value.len() <= 256 && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if !fits || (!value.is_empty() && value.len() < 16) {
        let mend = "write 16 to 256 letters, digits, _ and -";
        return Err(("telegram.webhook.secret is not one Telegram takes".to_owned(), mend.to_owned()));
    }
    config.bot.webhook_secret = Secret(value.to_owned());
    Ok(())
}

fn is_address(value: &str) -> bool {
    let rest = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(char::is_whitespace))
}

/// An address to listen on.
pub(super) fn socket(name: &str, value: &str) -> Result<String, Wrong> {
    match value.rsplit_once(':') {
        Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok() => Ok(value.to_owned()),
        Some(_) | None => {
            let what = format!("{name} is {}, which is no address with a port", quoted(value));
            Err((what, "write it as \"127.0.0.1:8443\"".to_owned()))
        }
    }
}

pub(super) fn read_duration(value: &str) -> Option<TimeDelta> {
    humantime::parse_duration(value.trim()).ok().and_then(|length: Duration| TimeDelta::from_std(length).ok())
}

pub(super) fn show_duration(length: TimeDelta) -> String {
    let seconds = length.num_seconds();
    match seconds {
        0 => "0s".to_owned(),
        s if s % 86_400 == 0 && s > 86_400 => format!("{}d", s / 86_400),
        s if s % 3600 == 0 => format!("{}h", s / 3600),
        s if s % 60 == 0 => format!("{}min", s / 60),
        s => format!("{s}s"),
    }
}

/// A text as TOML writes it, cut short when it is long.
pub(super) fn quoted(text: &str) -> String {
    let short: String = text.chars().take(200).collect();
    toml::Value::String(short).to_string()
}
