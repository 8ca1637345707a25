//! The embedded database: one file, any number of processes on one machine, nothing to install.
//!
//! Here is what differs from other databases: opening the file, one connection that writes for all ([`writer`]), the
//! forms of instants and identifiers ([`form`]), and what its errors mean ([`fault`]).

pub(super) mod fault;
mod form;
mod open;
#[path = "../sql/mod.rs"]
mod sql;
mod turn;
mod writer;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use sqlx::{Sqlite as Db, SqliteConnection as Connection, SqlitePool};
use tokio::sync::watch;
use uuid::Uuid;

use super::{
    Contact, Health, OfficeVersion, Opened, Outgoing, OutgoingId, Result, Retention, Store, StoreError,
    Tidied,
};
use crate::booking::Booking;
use crate::keys::Keys;
use crate::office::{BranchCode, Office};
use form::{At, Id};
use turn::SqliteTurn;
use writer::{Work, Writer};

/// The database in one SQLite file.
pub struct SqliteStore {
    keys: Arc<Keys>,
    writer: Writer,
    readers: SqlitePool,
    /// Counts what may be new in the outbox.
    news: watch::Sender<u64>,
    /// The catalogue read last. Only ever replaced by another whole one.
    office: Mutex<Option<(OfficeVersion, Arc<Office>)>>,
}

impl SqliteStore {
    /// Opens the file, making it if there is none, and brings its schema up to date.
    ///
    /// # Errors
    ///
    /// When it cannot be opened or written, when a newer program has changed it, or when other keys sealed it.
    pub async fn open(path: &Path, keys: Arc<Keys>) -> Result<Self> {
        let (writer, readers) = open::open(path, &keys).await?;
        let (writer, news) = (Writer::new(writer), watch::Sender::new(0));
        Ok(Self { keys, writer, readers, news, office: Mutex::new(None) })
    }

    fn remembered(&self, version: OfficeVersion) -> Option<Arc<Office>> {
        let office = self.office.lock().unwrap_or_else(PoisonError::into_inner);
        office.as_ref().filter(|(known, _)| *known == version).map(|(_, office)| Arc::clone(office))
    }

    fn tell_news(&self) {
        self.news.send_modify(|count| *count += 1);
    }

    async fn office_of(&self, db: &mut Connection, version: OfficeVersion) -> Result<Arc<Office>> {
        if let Some(office) = self.remembered(version) {
            return Ok(office);
        }
        let office = Arc::new(sql::office_document(db, version).await?);
        let mut remembered = self.office.lock().unwrap_or_else(PoisonError::into_inner);
        *remembered = Some((version, Arc::clone(&office)));
        Ok(office)
    }

    async fn begin_turn(&self, from: &Contact, delivery: &str, now: DateTime<Utc>) -> Result<Opened> {
        let mut work = self.writer.begin().await?;
        let begun = sql::begin(work.db()?, &self.keys, from, delivery, now).await;
        let Some(begun) = work.did(begun)? else { return Ok(Opened::Repeat) };
        let version = begun.office.ok_or(StoreError::NoOffice)?;
        let office = self.office_of(work.db()?, version).await;
        let office = work.did(office)?;
        let turn = SqliteTurn::new(work, Arc::clone(&self.keys), office, begun, now, self.news.clone());
        Ok(Opened::New(Box::new(turn)))
    }
}

/// Does one step as a transaction of its own.
macro_rules! write {
    ($store:expr, $db:ident => $step:expr) => {
        async {
            let mut work: Work = $store.writer.begin().await?;
            let $db = work.db()?;
            let done = $step.await;
            let done = work.did(done)?;
            work.commit().await?;
            Ok(done)
        }
        .await
    };
}

#[async_trait]
impl Store for SqliteStore {
    async fn turn(&self, from: &Contact, delivery: &str, now: DateTime<Utc>) -> Result<Opened> {
        self.begin_turn(from, delivery, now.trunc_subsecs(6)).await
    }

    async fn office(&self) -> Result<Option<(OfficeVersion, Arc<Office>)>> {
        let mut db = self.readers.acquire().await?;
        match sql::office_version(&mut db).await? {
            Some(version) => Ok(Some((version, self.office_of(&mut db, version).await?))),
            None => Ok(None),
        }
    }

    async fn import_office(&self, office: &Office, now: DateTime<Utc>) -> Result<OfficeVersion> {
        write!(self, db => sql::import_office(db, office, now))
    }

    async fn claim_outbox(&self, channels: &[&str], limit: u32, now: DateTime<Utc>) -> Result<Vec<Outgoing>> {
        let mut taken: Vec<Outgoing> = Vec::new();
        let mut work = self.writer.begin().await?;
        for channel in channels {
            let left = limit.saturating_sub(u32::try_from(taken.len()).unwrap_or(limit));
            let some = sql::claim_outbox(work.db()?, &self.keys, channel, left, now).await;
            taken.extend(work.did(some)?);
        }
        if !taken.is_empty() {
            work.commit().await?;
        }
        Ok(taken)
    }

    async fn outbox_sent(&self, ids: &[OutgoingId], now: DateTime<Utc>) -> Result<()> {
        let mut work = self.writer.begin().await?;
        for id in ids {
            let sent = sql::outbox_sent(work.db()?, *id, now).await;
            work.did(sent)?;
        }
        work.commit().await?;
        self.tell_news();
        Ok(())
    }

    async fn outbox_retry(&self, id: OutgoingId, due: DateTime<Utc>, error: &str) -> Result<()> {
        write!(self, db => sql::outbox_retry(db, id, due, error)).inspect(|()| self.tell_news())
    }

    async fn outbox_gave_up(&self, id: OutgoingId, error: &str, now: DateTime<Utc>) -> Result<()> {
        write!(self, db => sql::outbox_gave_up(db, id, error, now)).inspect(|()| self.tell_news())
    }

    async fn outbox_due(&self, channels: &[&str]) -> Result<Option<DateTime<Utc>>> {
        let mut db = self.readers.acquire().await?;
        let mut first: Option<DateTime<Utc>> = None;
        for channel in channels {
            let due = sql::outbox_due(&mut db, channel).await?;
            first = first.into_iter().chain(due).min();
        }
        Ok(first)
    }

    fn outbox_news(&self) -> watch::Receiver<u64> {
        self.news.subscribe()
    }

    async fn lease(
        &self,
        name: &str,
        holder: Uuid,
        until: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        write!(self, db => sql::lease(db, name, holder, until, now))
    }

    async fn end_lease(&self, name: &str, holder: Uuid) -> Result<()> {
        write!(self, db => sql::end_lease(db, name, holder))
    }

    async fn tidy(&self, retention: &Retention, now: DateTime<Utc>) -> Result<Tidied> {
        let mut did = Tidied::default();
        let slots = sql::expired_slots(&mut *self.readers.acquire().await?, now).await?;
        for slot in &slots {
            let back: Result<u64> = write!(self, db => sql::reclaim(db, slot, now));
            did.places += back?;
        }
        for kind in 0..sql::KINDS {
            let mut more = true;
            while more {
                let step: Result<bool> = write!(self, db => sql::strip(db, kind, retention, now, &mut did));
                more = step?;
            }
        }
        Ok(did)
    }

    async fn day_list(&self, branch: &BranchCode, date: NaiveDate) -> Result<Vec<Booking>> {
        let mut db = self.readers.acquire().await?;
        sql::day_list(&mut db, &self.keys, branch, date).await
    }

    async fn health(&self, deep: bool) -> Result<Health> {
        let mut db = self.readers.acquire().await?;
        let (waiting, waiting_since, given_up) = sql::outbox_state(&mut db).await?;
        let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&mut *db).await?;
        Ok(Health {
            database: format!("SQLite {version}"),
            schema: open::schema(&mut db).await?,
            office: sql::office_version(&mut db).await?,
            waiting: waiting.unsigned_abs(),
            waiting_since,
            given_up: given_up.unsigned_abs(),
            damage: if deep { open::damage(&mut db).await? } else { Vec::new() },
        })
    }

    async fn close(&self) {
        self.writer.settle().await;
        self.readers.close().await;
    }
}
