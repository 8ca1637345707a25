use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Waker};
use std::time::Duration;

use sqlx::{Connection, SqliteConnection};

use super::{Work, Writer};
use crate::store::{Result, StoreError};

/// A writer whose commits are counted, and fail when told to.
struct Watched {
    writer: Writer,
    commits: Arc<AtomicUsize>,
    fail: Arc<AtomicBool>,
}

impl Watched {
    async fn new() -> Watched {
        let mut db = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        sqlx::query("CREATE TABLE done (name TEXT NOT NULL)").execute(&mut db).await.unwrap();
        let (commits, fail) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        let (count, refuse) = (Arc::clone(&commits), Arc::clone(&fail));
        db.lock_handle().await.unwrap().set_commit_hook(move || {
            count.fetch_add(1, Ordering::SeqCst);
            !refuse.load(Ordering::SeqCst)
        });
        Watched { writer: Writer::new(db), commits, fail }
    }

    /// Begins and does something.
    async fn works(&self, name: &str) -> Result<Work> {
        let mut work = self.writer.begin().await?;
        let insert = sqlx::query("INSERT INTO done (name) VALUES ($1)").bind(name);
        let done = insert.execute(work.db().await?).await.map_err(StoreError::from);
        work.did(done)?;
        Ok(work)
    }

    async fn done(&self) -> Vec<String> {
        let mut work = self.writer.begin().await.unwrap();
        let names = sqlx::query_scalar("SELECT name FROM done ORDER BY name");
        names.fetch_all(work.db().await.unwrap()).await.unwrap()
    }

    fn commits(&self) -> usize {
        self.commits.load(Ordering::SeqCst)
    }
}

/// Lets something come as far as it can, and no further.
fn nudge<T>(doing: &mut Pin<Box<impl Future<Output = T> + ?Sized>>) -> bool {
    doing.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready()
}

async fn soon<T>(doing: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), doing).await.expect("it hangs")
}

#[tokio::test]
async fn a_lone_turn_commits_at_once() {
    let watched = Watched::new().await;
    watched.works("a").await.unwrap().commit().await.unwrap();
    assert_eq!(watched.commits(), 1);
    assert_eq!(watched.done().await, ["a"]);
}

#[tokio::test]
async fn those_who_wait_share_a_commit() {
    let watched = Watched::new().await;
    let first = watched.works("a").await.unwrap();
    let others = async {
        let other = async |name| watched.works(name).await?.commit().await;
        tokio::join!(other("b"), other("c"), other("d"))
    };
    let mut others = Box::pin(others);
    assert!(!nudge(&mut others));
    let (first, (b, c, d)) = soon(async { tokio::join!(first.commit(), others) }).await;
    assert!([first, b, c, d].iter().all(Result::is_ok));
    assert_eq!(watched.commits(), 1);
    assert_eq!(watched.done().await, ["a", "b", "c", "d"]);
}

#[tokio::test]
async fn who_leaves_the_line_leaves_no_batch_hanging() {
    let watched = Watched::new().await;
    let first = watched.works("a").await.unwrap();
    let mut second = Box::pin(watched.works("b"));
    assert!(!nudge(&mut second));
    let mut committing = Box::pin(first.commit());
    assert!(!nudge(&mut committing), "it waits for the second, who is in the line");
    drop(second);
    soon(committing).await.unwrap();
    assert_eq!(watched.done().await, ["a"]);
}

#[tokio::test]
async fn who_drops_their_work_leaves_no_batch_hanging_and_no_trace() {
    let watched = Watched::new().await;
    let first = watched.works("a").await.unwrap();
    let mut second = Box::pin(watched.works("b"));
    assert!(!nudge(&mut second));
    let mut committing = Box::pin(first.commit());
    assert!(!nudge(&mut committing));
    drop(soon(second).await.unwrap());
    soon(committing).await.unwrap();
    assert_eq!((watched.done().await, watched.commits()), (vec!["a".to_owned()], 1));
}

#[tokio::test]
async fn work_left_in_the_middle_of_a_statement_is_undone() {
    let watched = Watched::new().await;
    let mut work = watched.works("a").await.unwrap();
    let insert = sqlx::query("INSERT INTO done (name) VALUES ('half')");
    let db = work.db().await.unwrap();
    let mut doing: Pin<Box<dyn Future<Output = _> + Send>> = Box::pin(insert.execute(db));
    nudge(&mut doing);
    drop(doing);
    assert!(matches!(work.db().await, Err(StoreError::Repeat)), "nobody knows how far it came");
    assert!(matches!(work.commit().await, Err(StoreError::Repeat)));
    assert_eq!(watched.done().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_failed_commit_fails_all_who_share_it() {
    let watched = Watched::new().await;
    watched.fail.store(true, Ordering::SeqCst);
    let first = watched.works("a").await.unwrap();
    let mut second = Box::pin(async { watched.works("b").await?.commit().await });
    assert!(!nudge(&mut second));
    let (first, second) = soon(async { tokio::join!(first.commit(), second) }).await;
    assert!(matches!(first, Err(StoreError::Repeat)));
    assert!(second.is_err());
    watched.fail.store(false, Ordering::SeqCst);
    watched.works("c").await.unwrap().commit().await.unwrap();
    assert_eq!(watched.done().await, ["c"]);
}
