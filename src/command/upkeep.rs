//! What every process that talks with people does beside it.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use temujanji::assistant::{Assistant, Handled, Incoming};
use temujanji::clock;
use temujanji::delivery::worker::Worker;
use temujanji::dialogue::Event;
use temujanji::office::MALAYSIA;
use temujanji::store::{Retention, Store, StoreError};
use uuid::Uuid;

/// How often those are looked for who are to get the list of the day.
const LIST_EVERY: Duration = Duration::from_secs(20);

/// How long after the start the first tidying is, and how long between two.
const TIDY_EVERY: Duration = Duration::from_secs(60 * 60);

/// No other process tidies so soon after one has begun.
const TIDY_LEASE: TimeDelta = TimeDelta::minutes(50);

/// Tidies the database every hour; of several processes, one does.
pub(super) async fn keep_tidy(store: Arc<dyn Store>, retention: Retention) {
    let me = Uuid::now_v7();
    loop {
        tokio::time::sleep(TIDY_EVERY).await;
        if let Err(error) = tidy(&*store, me, &retention).await {
            tracing::warn!(%error, "tidying failed; it is tried again");
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
pub(super) async fn send_lists(store: Arc<dyn Store>, assistant: Assistant, worker: Arc<Worker>) {
    loop {
        tokio::time::sleep(LIST_EVERY).await;
        if let Err(error) = lists(&*store, &assistant, &worker).await {
            tracing::warn!(%error, "who wants the list of the day could not be looked up; it is tried again");
        }
    }
}

/// A list that cannot be made keeps no other back.
async fn lists(store: &dyn Store, assistant: &Assistant, worker: &Worker) -> Result<(), StoreError> {
    let now = clock::now();
    let today = now.with_timezone(&MALAYSIA).naive_local();
    for from in store.lists_due(today.date(), today.time()).await? {
        let delivery = format!("list {}", today.date());
        let message = Incoming { from, delivery, event: Event::ListDue };
        if let Err(error) = list(&message, assistant, worker, now).await {
            tracing::warn!(%error, "a member's list of the day was not sent; it is tried again");
        }
    }
    Ok(())
}

async fn list(
    message: &Incoming,
    assistant: &Assistant,
    worker: &Worker,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    if let Handled::Done(sent) = assistant.handle(message, now).await? {
        worker.send(&sent, now).await?;
    }
    Ok(())
}
