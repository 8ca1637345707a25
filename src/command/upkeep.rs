//! What every process that talks with people does beside it.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use futures::{FutureExt, StreamExt, stream};
use temujanji::assistant::{Assistant, Handled, Incoming};
use temujanji::clock;
use temujanji::delivery::worker::Worker;
use temujanji::dialogue::Event;
use temujanji::office::MALAYSIA;
use temujanji::store::{Retention, Store, StoreError};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Lists that are made and sent at the same time.
const AT_ONCE: usize = 8;

/// How often those are looked for who are to get the list of the day.
const LIST_EVERY: Duration = Duration::from_secs(20);

/// How long after the start the first tidying is, and how long between two.
const TIDY_EVERY: Duration = Duration::from_secs(60 * 60);

/// No other process tidies so soon after one has begun.
const TIDY_LEASE: TimeDelta = TimeDelta::minutes(50);

/// Tidies the database every hour; of several processes, one does.
pub(super) async fn keep_tidy(store: Arc<dyn Store>, retention: Retention, stop: CancellationToken) {
    let me = Uuid::now_v7();
    while timeout(TIDY_EVERY, stop.cancelled()).await.is_err() {
        let tidying = AssertUnwindSafe(tidy(&*store, me, &retention)).catch_unwind();
        match stop.run_until_cancelled(tidying).await {
            Some(Ok(Ok(()))) | None => {}
            Some(Ok(Err(error))) => tracing::warn!(%error, "tidying failed; it is tried again"),
            Some(Err(_)) => tracing::error!("tidying broke down; it is tried again"),
        }
    }
}

async fn tidy(store: &dyn Store, me: Uuid, retention: &Retention) -> Result<(), StoreError> {
    let now = clock::now();
    if store.lease("tidy", me, now + TIDY_LEASE, now).await? {
        store.tidy(retention, now).await?;
    }
    Ok(())
}

/// Sends the list of the day to the members of staff who want it, each at their hour. Of several processes that do so, the
/// first sends it: the day names the delivery.
pub(super) async fn send_lists(
    store: Arc<dyn Store>,
    assistant: Assistant,
    worker: Arc<Worker>,
    stop: CancellationToken,
) {
    while timeout(LIST_EVERY, stop.cancelled()).await.is_err() {
        if let Err(error) = lists(&*store, &assistant, &worker).await {
            tracing::warn!(%error, "who wants the list of the day could not be looked up; it is tried again");
        }
    }
}

/// A list that cannot be made, or is long on its way, keeps no other back.
async fn lists(store: &dyn Store, assistant: &Assistant, worker: &Worker) -> Result<(), StoreError> {
    let today = clock::now().with_timezone(&MALAYSIA).naive_local();
    let due = store.lists_due(today.date(), today.time()).await?;
    let sending = stream::iter(due).for_each_concurrent(AT_ONCE, async |from| {
        let delivery = format!("list {}", today.date());
        let message = Incoming { from, delivery, event: Event::ListDue };
        match AssertUnwindSafe(list(&message, assistant, worker)).catch_unwind().await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::warn!(%error, "a member's list of the day was not sent; it is tried again");
            }
            Err(_) => tracing::error!("a member's list of the day broke down; it is tried again"),
        }
    });
    sending.await;
    Ok(())
}

async fn list(message: &Incoming, assistant: &Assistant, worker: &Worker) -> Result<(), StoreError> {
    let now = clock::now();
    if let Handled::Done(sent) = assistant.handle(message, now).await? {
        worker.send(&sent, now).await?;
    }
    Ok(())
}
