//! Receiving by webhook: Telegram calls us. An update is confirmed by the answer, and so only after its turn.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde::Serialize;
use subtle::ConstantTimeEq;
use teloxide::requests::Payload;
use teloxide::types::{AllowedUpdate, True, Update};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::TELEGRAM;
use super::api::{Api, ApiError};
use super::desk::{Desk, WEBHOOK_PATIENCE};
use super::poll::WANTED;

/// Where Telegram repeats the secret.
const SECRET: &str = "x-telegram-bot-api-secret-token";
/// The largest update that is read, in bytes; Telegram's are of some kilobytes.
const LARGEST: usize = 1024 * 1024;
/// How often an update whose turn failed is asked for again before it is set aside.
const TRIES: u32 = 5;

/// How updates come by webhook.
#[derive(Debug, Clone)]
pub struct Webhook {
    /// The address Telegram calls.
    pub url: String,
    /// Where this process listens for it.
    pub listen: String,
    /// What Telegram sends along, so that nobody else can pretend to be it.
    pub secret: String,
    /// How many calls Telegram may make at a time.
    pub max_connections: u32,
}

/// As teloxide's, whose certificate we never send: with it the call would have to be a form.
#[derive(Serialize)]
struct SetWebhook<'a> {
    url: &'a str,
    secret_token: &'a str,
    max_connections: u32,
    allowed_updates: [AllowedUpdate; 3],
}

impl Payload for SetWebhook<'_> {
    type Output = True;
    const NAME: &'static str = "SetWebhook";
}

/// Tells Telegram where to call. Every process does, with the same words; none takes it back when it stops.
pub(super) async fn set(api: &Api, webhook: &Webhook) -> Result<(), ApiError> {
    let call = SetWebhook {
        url: &webhook.url,
        secret_token: &webhook.secret,
        max_connections: webhook.max_connections,
        allowed_updates: WANTED,
    };
    api.call(&call).await.map(|_| ())
}

struct Door {
    desk: Arc<Desk>,
    secret: String,
    /// How often the turns of updates have failed.
    failed: Mutex<HashMap<u32, u32>>,
}

/// Answers Telegram's calls until it is told to stop; calls in hand are answered to their end.
///
/// # Errors
///
/// When the address cannot be listened on.
pub(super) async fn serve(
    desk: Arc<Desk>,
    webhook: &Webhook,
    listener: TcpListener,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let path = path_of(&webhook.url);
    let door = Arc::new(Door { desk, secret: webhook.secret.clone(), failed: Mutex::default() });
    let app = Router::new().route(&path, post(called)).layer(DefaultBodyLimit::max(LARGEST)).with_state(door);
    axum::serve(listener, app).with_graceful_shutdown(stop.cancelled_owned()).await
}

/// `/hook` of `https://example.org/hook`.
fn path_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    format!("/{}", path.split(['?', '#']).next().unwrap_or_default())
}

async fn called(State(door): State<Arc<Door>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let given = headers.get(SECRET).map(|value| value.as_bytes()).unwrap_or_default();
    if !bool::from(given.ct_eq(door.secret.as_bytes())) {
        return StatusCode::UNAUTHORIZED;
    }
    let Ok(update) = serde_json::from_slice::<Update>(&body) else {
        // Asked for again it would be no better.
        tracing::warn!("an update cannot be read and is left");
        return StatusCode::OK;
    };
    door.desk.metrics().received(TELEGRAM, door.desk.now());
    // Telegram may give up waiting; the turn is finished all the same.
    let taking = tokio::spawn(async move { door.take(update).await });
    taking.await.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

impl Door {
    async fn take(&self, update: Update) -> StatusCode {
        let id = update.id.0;
        let first = !self.failed().contains_key(&id);
        let Err(error) = self.desk.take(update.clone(), WEBHOOK_PATIENCE, first).await else {
            self.failed().remove(&id);
            return StatusCode::OK;
        };
        let counts = self.desk.counts(&error).await;
        let tries = {
            let mut failed = self.failed();
            let tries = failed.entry(id).or_default();
            *tries += u32::from(counts);
            *tries
        };
        tracing::warn!(%error, telegram.update = id, tries, "a turn failed");
        if tries < TRIES {
            return StatusCode::INTERNAL_SERVER_ERROR;
        }
        self.failed().remove(&id);
        self.desk.set_aside(&update);
        StatusCode::OK
    }

    fn failed(&self) -> std::sync::MutexGuard<'_, HashMap<u32, u32>> {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
