//! Receiving by long polling. Of all processes one polls at a time: the holder of a lease in the database.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use futures::future::join_all;
use rand::RngExt;
use teloxide::payloads::{DeleteWebhook, GetUpdates};
use teloxide::types::{AllowedUpdate, Update};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::TELEGRAM;
use super::api::{Api, ApiError};
use super::desk::Desk;
use super::update::lane;

/// What is received at all.
pub(super) const WANTED: [AllowedUpdate; 3] =
    [AllowedUpdate::Message, AllowedUpdate::EditedMessage, AllowedUpdate::CallbackQuery];

/// How long the server holds a call that has nothing to give, in seconds.
const HOLD: u32 = 10;
/// The pause after the first call that failed; it doubles with each.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
/// The longest pause between two calls.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Polls whenever this process has the lease, until it is told to stop.
pub(super) async fn poll(api: Api, desk: Arc<Desk>, lease: TimeDelta, stop: CancellationToken) {
    let me = Uuid::now_v7();
    let look_again = (lease / 4).to_std().unwrap_or_default();
    while !stop.is_cancelled() {
        if take_lease(&desk, me, lease).await {
            tokio::select! {
                // Turns in hand go on to their end; their updates come again and are known as repeats.
                () = keep_lease(&desk, me, lease) => {}
                () = receive(&api, &desk, &stop) => {}
            }
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(look_again) => {}
        }
    }
    if let Err(error) = desk.store().end_lease(TELEGRAM, me).await {
        tracing::warn!(%error, "the lease on polling ends by itself");
    }
}

async fn take_lease(desk: &Desk, me: Uuid, length: TimeDelta) -> bool {
    let now = desk.now();
    desk.store().lease(TELEGRAM, me, now + length, now).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "whether this process may poll could not be found out");
        false
    })
}

/// Prolongs the lease until it is lost.
async fn keep_lease(desk: &Desk, me: Uuid, length: TimeDelta) {
    let mut until = desk.now() + length;
    loop {
        tokio::time::sleep((length / 3).to_std().unwrap_or_default()).await;
        let now = desk.now();
        match desk.store().lease(TELEGRAM, me, now + length, now).await {
            Ok(true) => until = now + length,
            // The database may be busy for a moment.
            Err(_) if now < until => {}
            Ok(false) | Err(_) => return,
        }
    }
}

async fn receive(api: &Api, desk: &Arc<Desk>, stop: &CancellationToken) {
    let mut offset = None;
    let mut pause = FIRST_PAUSE;
    let mut ready = false;
    while !stop.is_cancelled() {
        let asked = async {
            if !ready {
                // With a webhook set, nothing can be polled. What waits at Telegram is kept.
                api.call(&DeleteWebhook::new()).await?;
            }
            let mut ask = GetUpdates::new().with_hold();
            ask.offset = offset;
            api.call(&ask).await
        };
        let answer = tokio::select! {
            () = stop.cancelled() => return,
            answer = asked => answer,
        };
        match answer {
            Ok(updates) => {
                ready = true;
                pause = FIRST_PAUSE;
                desk.metrics().received(TELEGRAM, desk.now());
                let last = updates.iter().map(|update| update.id).max_by_key(|id| id.0);
                take_all(desk, updates).await;
                offset = last.map(|id| id.0.cast_signed().wrapping_add(1)).or(offset);
            }
            Err(error) => {
                complain(&error);
                let jitter = rand::rng().random_range(0.8..1.2);
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = tokio::time::sleep(pause.mul_f64(jitter)) => {}
                }
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }
}

fn complain(error: &ApiError) {
    if matches!(error, ApiError::Refused { code: 409, .. }) {
        tracing::warn!(
            "another program polls with this bot's token; only one may: stop it, or give it another bot"
        );
    } else {
        tracing::warn!(%error, "no updates could be fetched; it is tried again");
    }
}

/// Takes updates: those of a chat in order, those of different chats at the same time. Done when all are.
async fn take_all(desk: &Arc<Desk>, updates: Vec<Update>) {
    let mut lanes: HashMap<i64, Vec<Update>> = HashMap::new();
    for update in updates {
        lanes.entry(lane(&update)).or_default().push(update);
    }
    // Who leaves this leaves them to go on.
    let taking = lanes.into_values().map(|updates| Arc::clone(desk).take_in_order(updates));
    join_all(taking.collect::<Vec<_>>()).await;
}

/// A call that waits for updates.
trait WithHold {
    fn with_hold(self) -> Self;
}

impl WithHold for GetUpdates {
    fn with_hold(mut self) -> GetUpdates {
        self.timeout = Some(HOLD);
        self.limit = Some(100);
        self.allowed_updates = Some(WANTED.to_vec());
        self
    }
}
