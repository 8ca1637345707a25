//! The conversation on Telegram.
//!
//! teloxide gives the types and the typed calls. Receiving is ours, because an update is confirmed to Telegram only after
//! its turn is committed: stock polling, webhooks and dispatcher confirm first and lose what they hold in a crash.
//!
//! # Layout
//!
//! - `poll`, `webhook`: the two ways in; each hands updates to
//! - `desk`: one update: the tap answered, the flood guard, the turn, its panics, its answers
//! - `update`: what an update means to the assistant
//! - `flood`: who sends faster than a person
//! - `sender`: the outbox's sender; `plan` what is said as messages, edits and files; `keyboard`, `calendar` the
//!   buttons; `memory` which message has them
//! - `menu`: commands and the bot's profile
//! - `api`: the calls

mod api;
mod calendar;
mod desk;
mod flood;
mod keyboard;
mod memory;
mod menu;
mod plan;
mod poll;
mod sender;
mod update;
mod webhook;

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use teloxide::payloads::{GetMe, GetWebhookInfo};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

pub use api::{Api, ApiError};
pub use desk::Parts;
pub use flood::Pace;
pub use sender::{NOTICES_PER_SECOND, TelegramSender};
pub use teloxide::types::WebhookInfo;
pub use update::invitation_link;
pub use webhook::Webhook;

use desk::Desk;

/// Channel of Telegram in the outbox, and the name of the lease on polling.
pub const TELEGRAM: &str = "telegram";

/// The longest pause between two tries to reach Telegram at the start.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// How updates are received.
#[derive(Debug, Clone)]
pub enum Way {
    /// By asking; the lease says which process does, and how long another waits when that one has died.
    Polling {
        /// Length of the lease.
        lease: TimeDelta,
    },
    /// By being called.
    Webhook(Webhook),
}

/// Asks Telegram who we are; gives back the bot's user name.
///
/// # Errors
///
/// [`ApiError`]; of a wrong token, [`ApiError::is_wrong_token`] says so.
pub async fn who_am_i(api: &Api) -> Result<String, ApiError> {
    api.call(&GetMe::new()).await.map(|me| me.user.username.unwrap_or_default())
}

/// Asks Telegram about the webhook that is set.
///
/// # Errors
///
/// [`ApiError`].
pub async fn webhook_of(api: &Api) -> Result<WebhookInfo, ApiError> {
    api.call(&GetWebhookInfo::new()).await
}

/// Asks until Telegram can be reached; `None` when told to stop.
///
/// # Errors
///
/// One line for the operator when the token is wrong.
pub async fn introduce(api: &Api, stop: &CancellationToken) -> Result<Option<String>, String> {
    let mut pause = Duration::from_millis(250);
    loop {
        match who_am_i(api).await {
            Ok(bot) => return Ok(Some(bot)),
            Err(error) if error.is_wrong_token() => {
                return Err(format!(
                    "telegram.token is not a token that Telegram knows ({error}): copy it again from @BotFather"
                ));
            }
            Err(error) => tracing::warn!(%error, "Telegram is asked again in a moment"),
        }
        tokio::select! {
            () = stop.cancelled() => return Ok(None),
            () = tokio::time::sleep(pause) => {}
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Serves the bot until it is told to stop: then turns in hand are finished, and what is being sent.
///
/// # Errors
///
/// One line for the operator when it cannot begin.
pub async fn serve(
    api: Api,
    parts: Parts,
    bot: String,
    way: Way,
    stop: CancellationToken,
) -> Result<(), String> {
    let desk = Arc::new(Desk::new(api.clone(), parts, bot));
    if let Err(error) = menu::set(&api).await {
        // The bot works without; the next start sets them.
        tracing::warn!(%error, "the bot's commands and profile were not set");
    }
    match way {
        Way::Polling { lease } => poll::poll(api, desk.clone(), lease, stop).await,
        Way::Webhook(hook) => {
            let listener = TcpListener::bind(&hook.listen).await;
            let listener = listener.map_err(|error| {
                format!("telegram.webhook.listen {} cannot be listened on: {error}", hook.listen)
            })?;
            set_webhook(&api, &hook, &stop).await?;
            let served = webhook::serve(desk.clone(), &hook, listener, stop).await;
            served.map_err(|error| format!("the webhook: {error}"))?;
        }
    }
    desk.finish().await;
    Ok(())
}

async fn set_webhook(api: &Api, hook: &Webhook, stop: &CancellationToken) -> Result<(), String> {
    let mut pause = Duration::from_millis(250);
    loop {
        match webhook::set(api, hook).await {
            Ok(()) => return Ok(()),
            Err(error @ ApiError::Refused { .. }) => {
                return Err(format!("Telegram does not take telegram.webhook.url {}: {error}", hook.url));
            }
            Err(error) => tracing::warn!(%error, "the webhook is set again in a moment"),
        }
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            () = tokio::time::sleep(pause) => {}
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}
