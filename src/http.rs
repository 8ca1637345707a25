//! `/healthz`, `/readyz` and `/metrics`, for whoever watches the process.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, Utc};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::metrics::Metrics;
use crate::store::Store;

/// A channel that polls and has not heard from its server for so long is not ready, in seconds.
const LONGEST_SILENCE: i64 = 60;

/// What is watched.
pub struct Watched {
    /// The database.
    pub store: Arc<dyn Store>,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// Whether a channel here asks its server all the time, so that silence means trouble.
    pub polls: bool,
    /// The clock.
    pub clock: fn() -> DateTime<Utc>,
}

/// Answers until it is told to stop.
///
/// # Errors
///
/// When listening fails.
pub async fn serve(listener: TcpListener, watched: Watched, stop: CancellationToken) -> std::io::Result<()> {
    let app = Router::new()
        .route("/healthz", get(|| async { "alive\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(Arc::new(watched));
    axum::serve(listener, app).with_graceful_shutdown(stop.cancelled_owned()).await
}

async fn ready(State(watched): State<Arc<Watched>>) -> Response {
    if let Err(error) = watched.store.health(false).await {
        return not_ready(&format!("the database: {error}"));
    }
    // Of several processes one polls; the others are ready to take over.
    let silence = watched.metrics.silence((watched.clock)()).filter(|_| watched.polls);
    match silence {
        Some(seconds) if seconds > LONGEST_SILENCE => {
            not_ready(&format!("nothing from Telegram for {seconds} s"))
        }
        Some(_) | None => "ready\n".into_response(),
    }
}

fn not_ready(why: &str) -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n")).into_response()
}

async fn metrics(State(watched): State<Arc<Watched>>) -> Response {
    match watched.store.health(false).await {
        Ok(health) => {
            let text = watched.metrics.text(&health, (watched.clock)());
            let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
            ([(header::CONTENT_TYPE, kind)], text).into_response()
        }
        Err(error) => not_ready(&format!("the database: {error}")),
    }
}
