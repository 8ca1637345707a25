//! What every process that talks with people does beside it.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use temujanji::clock;
use temujanji::store::{Retention, Store, StoreError};
use uuid::Uuid;

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
