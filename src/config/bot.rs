//! Settings of the Telegram bot.

use std::fmt;
use std::path::PathBuf;

use chrono::TimeDelta;

use crate::channel::telegram::{NOTICES_PER_SECOND, Pace, Way, Webhook};

/// Telegram's own server.
pub(super) const TELEGRAM_SERVER: &str = "https://api.telegram.org";

/// A text that is never shown.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The bot: how it is reached and how it is served.
#[derive(Debug, Clone)]
pub struct Bot {
    pub(super) token: Secret,
    pub(super) token_file: Option<PathBuf>,
    /// The Bot API server.
    pub api_url: String,
    pub(super) webhook_url: String,
    pub(super) webhook_listen: String,
    pub(super) webhook_secret: Secret,
    pub(super) max_connections: u32,
    pub(super) burst: u32,
    pub(super) per_minute: u32,
    /// Mass notices sent a second, by all processes together.
    pub notices_per_second: u32,
}

impl Default for Bot {
    fn default() -> Bot {
        Bot {
            token: Secret::default(),
            token_file: None,
            api_url: TELEGRAM_SERVER.to_owned(),
            webhook_url: String::new(),
            webhook_listen: "127.0.0.1:8443".to_owned(),
            webhook_secret: Secret::default(),
            max_connections: 40,
            burst: 20,
            per_minute: 60,
            notices_per_second: NOTICES_PER_SECOND,
        }
    }
}

impl Bot {
    /// The bot's token; none when no bot is configured.
    ///
    /// # Errors
    ///
    /// One line for the operator when the file that holds it cannot be read.
    pub fn token(&self) -> Result<Option<Secret>, String> {
        if !self.token.0.is_empty() {
            return Ok(Some(self.token.clone()));
        }
        let Some(path) = &self.token_file else { return Ok(None) };
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("telegram.token_file {} cannot be read: {error}", path.display()))?;
        match text.trim() {
            "" => Err(format!("telegram.token_file {} is empty", path.display())),
            token => Ok(Some(Secret(token.to_owned()))),
        }
    }

    /// How updates are received.
    ///
    /// # Errors
    ///
    /// One line for the operator when a webhook is wanted and lacks its secret.
    pub fn way(&self, lease: TimeDelta) -> Result<Way, String> {
        if self.webhook_url.is_empty() {
            return Ok(Way::Polling { lease });
        }
        if self.webhook_secret.0.is_empty() {
            return Err(
                "telegram.webhook.secret is missing: set a long random text of letters and digits, the \
                        same for all processes"
                    .to_owned(),
            );
        }
        Ok(Way::Webhook(Webhook {
            url: self.webhook_url.clone(),
            listen: self.webhook_listen.clone(),
            secret: self.webhook_secret.0.clone(),
            max_connections: self.max_connections,
        }))
    }

    /// How fast a chat may send.
    pub fn pace(&self) -> Pace {
        Pace { burst: self.burst, per_minute: self.per_minute }
    }
}
