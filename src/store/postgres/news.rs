//! News of the outbox from other processes, by LISTEN and NOTIFY.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::{PgListener, PgPoolOptions};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::open::PostgresUrl;

/// The channel of NOTIFY.
pub(super) const CHANNEL: &str = "temujanji_outbox";

/// A connection is listened to for so long: on one that the network forgot, nothing is heard and nothing fails.
const LONGEST: Duration = Duration::from_secs(5 * 60);

/// The pause before the server is tried again.
const PAUSE: Duration = Duration::from_secs(5);

/// Listens on a connection of its own, from the first time that somebody wants to know.
pub(super) struct News {
    url: PostgresUrl,
    news: watch::Sender<u64>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl News {
    pub(super) fn new(url: PostgresUrl, news: watch::Sender<u64>) -> News {
        News { url, news, task: Mutex::new(None) }
    }

    /// Begins to listen, unless it does already.
    pub(super) fn listen(&self) {
        let mut task = self.task.lock().unwrap_or_else(PoisonError::into_inner);
        if task.is_none() {
            let pool = PgPoolOptions::new().max_connections(1).connect_lazy_with(self.url.options());
            *task = Some(tokio::spawn(pass_on(pool, self.news.clone())));
        }
    }

    pub(super) fn stop(&self) {
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(task) = task {
            task.abort();
        }
    }
}

impl Drop for News {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn pass_on(pool: PgPool, news: watch::Sender<u64>) {
    loop {
        if let Ok(Err(error)) = tokio::time::timeout(LONGEST, listen(&pool, &news)).await {
            tracing::debug!(%error, "news of the outbox: the server is tried again");
            tokio::time::sleep(PAUSE).await;
        }
    }
}

async fn listen(pool: &PgPool, news: &watch::Sender<u64>) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    loop {
        // Something may have been missed before, and while a connection was lost: that is news, too.
        news.send_modify(|count| *count += 1);
        listener.try_recv().await?;
    }
}
