//! The Telegram bot as `serve` and `doctor` see it.

use std::sync::Arc;

use temujanji::channel::telegram::{self, Api, Parts, TelegramSender, Way, WebhookInfo};
use temujanji::config::Config;
use temujanji::delivery::Sender;
use temujanji::delivery::slips::Slips;
use temujanji::dialogue::Proof;
use temujanji::store::Store;
use tokio_util::sync::CancellationToken;

use super::Failure;

/// The bot that is configured, known to Telegram.
pub(super) struct Bot {
    /// Its user name.
    pub(super) name: String,
    api: Api,
    way: Way,
    notices_per_second: u32,
}

/// Introduces the bot to Telegram; `None` when no bot is configured.
pub(super) async fn begin(config: &Config, stop: &CancellationToken) -> Result<Option<Bot>, Failure> {
    let Some(token) = config.bot.token().map_err(Failure::Told)? else { return Ok(None) };
    let way = config.bot.way(config.lease).map_err(Failure::Told)?;
    let api = Api::new(&config.bot.api_url, &token.0).map_err(Failure::Told)?;
    let name = telegram::introduce(&api, stop).await.map_err(Failure::Told)?;
    let notices_per_second = config.bot.notices_per_second;
    Ok(name.map(|name| Bot { name, api, way, notices_per_second }))
}

/// How Telegram's applicants prove their addresses: by a code, where mail leaves this machine.
pub(super) fn proof(config: &Config) -> Proof {
    if config.mail_leaves() { Proof::Code } else { Proof::None }
}

impl Bot {
    pub(super) fn polls(&self) -> bool {
        matches!(self.way, Way::Polling { .. })
    }

    /// Who sends what the outbox has for it.
    pub(super) fn sender(&self, store: &Arc<dyn Store>, slips: &Slips) -> Arc<dyn Sender> {
        let sender = TelegramSender::new(self.api.clone(), store.clone(), slips.clone());
        Arc::new(sender.with_notices_per_second(self.notices_per_second))
    }

    /// Serves it until told to stop.
    pub(super) async fn serve(self, parts: Parts, stop: CancellationToken) -> Result<(), String> {
        telegram::serve(self.api, parts, self.name, self.way, stop).await
    }
}

/// What `doctor` sees of the bot that is no fault.
pub(super) enum Seen {
    Good(String),
    /// Nothing is broken, but it should be known.
    Note(String),
}

/// Asks Telegram about the bot that is configured; a fault comes with its mend.
pub(super) async fn look(config: &Config) -> Vec<Result<Seen, String>> {
    let api = match config.bot.token() {
        Ok(None) => return vec![Ok(Seen::Note("not served: set telegram.token to serve a bot".to_owned()))],
        Ok(Some(token)) => Api::new(&config.bot.api_url, &token.0),
        Err(error) => Err(error),
    };
    let (api, way) = match (api, config.bot.way(config.lease)) {
        (Ok(api), Ok(way)) => (api, way),
        (api, way) => return [api.err(), way.err()].into_iter().flatten().map(Err).collect(),
    };
    let name = match telegram::who_am_i(&api).await {
        Ok(name) => name,
        Err(error) if error.is_wrong_token() => {
            return vec![Err(format!("the token is not known ({error}): copy it again from @BotFather"))];
        }
        Err(error) => {
            return vec![Err(format!("{error}: let this machine reach {}", config.bot.api_url))];
        }
    };
    let mut seen = vec![Ok(Seen::Good(format!("the token is that of https://t.me/{name}")))];
    if let Some(other) = config.telegram.as_ref().filter(|set| !set.eq_ignore_ascii_case(&name)) {
        seen.push(Err(format!(
            "telegram.username is {other}, and the bot is {name}: slips would open the wrong chat"
        )));
    }
    match telegram::webhook_of(&api).await {
        Ok(hook) => seen.extend(judge(&way, &hook)),
        Err(error) => seen.push(Err(error.to_string())),
    }
    if proof(config) == Proof::None {
        let text = "e-mail addresses are taken without proof, since no mail leaves this machine";
        seen.push(Ok(Seen::Note(text.to_owned())));
    }
    seen
}

fn judge(way: &Way, hook: &WebhookInfo) -> Vec<Result<Seen, String>> {
    let set = hook.url.as_ref().map(ToString::to_string).unwrap_or_default();
    let mut seen = Vec::new();
    match way {
        Way::Polling { .. } if !set.is_empty() => {
            let text = "a webhook is set; `temujanji serve` takes it back, since it is to poll";
            seen.push(Ok(Seen::Note(text.to_owned())));
        }
        Way::Webhook(wanted) if set != wanted.url => {
            seen.push(Ok(Seen::Note("the webhook is not set yet; `temujanji serve` does".to_owned())));
        }
        Way::Polling { .. } | Way::Webhook(_) => {}
    }
    if let (Way::Webhook(_), Some(error)) = (way, &hook.last_error_message) {
        seen.push(Ok(Seen::Note(format!("Telegram's last failure to call the webhook: {error}"))));
    }
    if hook.pending_update_count > 0 {
        seen.push(Ok(Seen::Note(format!("messages waiting at Telegram: {}", hook.pending_update_count))));
    }
    seen
}
