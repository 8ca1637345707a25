//! The store over one database: its [`Connection`]s, its [`Work`].

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, NaiveTime, SubsecRound, Utc};
use tokio::sync::watch;
use uuid::Uuid;

use super::turn::OpenTurn;
use super::{
    self as sql, Beginning, Connection, Database, Step, Work, announce, damage, keep_turns_out, schema, time,
    version,
};
use crate::booking::{Booking, DayEntry};
use crate::office::{BranchCode, Office};
use crate::staff::{MemberId, Reach, Role};
use crate::store::{
    Act, Audited, Contact, ConversationId, DueErrand, Enrolled, ErrandEnd, ErrandId, Health, MailSeen,
    MailToken, MailUid, NewAudit, NewMember, OfficeVersion, Opened, Outgoing, OutgoingId, Result, Retention,
    Store, StoreError, Tidied,
};

/// The catalogue read last. Only ever replaced by another whole one.
#[derive(Default)]
pub(in super::super) struct Remembered(Mutex<Option<(OfficeVersion, Arc<Office>)>>);

impl Remembered {
    fn get(&self, version: OfficeVersion) -> Option<Arc<Office>> {
        let office = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        office.as_ref().filter(|(known, _)| *known == version).map(|(_, office)| Arc::clone(office))
    }

    fn set(&self, version: OfficeVersion, office: &Arc<Office>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((version, Arc::clone(office)));
    }
}

/// This process, once it is known to others by [`Store::alive`].
#[derive(Default)]
pub(in super::super) struct Process(OnceLock<Uuid>);

impl Process {
    fn known(&self) -> Option<Uuid> {
        self.0.get().copied()
    }

    fn become_known(&self, me: Uuid) {
        self.0.get_or_init(|| me);
    }
}

impl Database {
    fn tell_news(&self) {
        self.news.send_modify(|count| *count += 1);
    }

    async fn office_of(&self, db: &mut Connection, version: OfficeVersion) -> Result<Arc<Office>> {
        if let Some(office) = self.office.get(version) {
            return Ok(office);
        }
        let office = Arc::new(sql::office_document(db, version).await?);
        self.office.set(version, &office);
        Ok(office)
    }
}

fn by_operator(act: Act, why: &str) -> NewAudit<'_> {
    NewAudit { by: None, act, branch: None, reference: None, why: Some(why) }
}

impl Database {
    /// A turn over what was begun; a repeat when nothing was.
    async fn opened(&self, begun: Option<(Work, Beginning)>, now: DateTime<Utc>) -> Result<Opened> {
        let Some((mut work, begun)) = begun else { return Ok(Opened::Repeat) };
        let version = begun.office.ok_or(StoreError::NoOffice)?;
        let office = match self.office.get(version) {
            Some(office) => office,
            None => {
                let office = self.office_of(&mut *work.db().await?, version).await;
                work.did(office)?
            }
        };
        let keys = Arc::clone(&self.keys);
        let (process, news) = (self.process.known(), self.news.clone());
        Ok(Opened::New(Box::new(OpenTurn::new(work, keys, office, begun, process, now, news))))
    }
}

/// Does one step as a transaction of its own.
macro_rules! write {
    ($store:expr, $db:ident => $step:expr) => {
        $store
            .bounded(async {
                let mut work: Work = $store.begin().await?;
                let done = {
                    let mut held = work.db().await?;
                    let $db: &mut Connection = &mut held;
                    $step.await
                };
                let done = work.did(done)?;
                work.commit().await?;
                Ok(done)
            })
            .await
    };
}

/// Reads on a connection.
macro_rules! read {
    ($store:expr, $db:ident => $step:expr) => {
        $store
            .bounded(async {
                let mut held = $store.read().await?;
                let $db: &mut Connection = &mut held;
                $step.await
            })
            .await
    };
}

#[async_trait]
impl Store for Database {
    async fn turn(&self, from: &Contact, delivery: &str, now: DateTime<Utc>) -> Result<Opened> {
        let now = now.trunc_subsecs(6);
        let begun = self.begin_turn(from, delivery, now).await?;
        self.opened(begun, now).await
    }

    async fn turn_in(
        &self,
        conversation: ConversationId,
        delivery: &str,
        now: DateTime<Utc>,
    ) -> Result<Opened> {
        let now = now.trunc_subsecs(6);
        let mut work = self.begin_alone().await?;
        let begun = sql::begin_in(&mut *work.db().await?, &self.keys, conversation, delivery, now).await;
        let begun = work.did(begun)?;
        self.opened(begun.map(|begun| (work, begun)), now).await
    }

    async fn office(&self) -> Result<Option<(OfficeVersion, Arc<Office>)>> {
        read!(self, db => async {
            match sql::office_version(&mut *db).await? {
                Some(version) => Ok(Some((version, self.office_of(db, version).await?))),
                None => Ok(None),
            }
        })
    }

    async fn import_office(&self, office: &Office, now: DateTime<Utc>) -> Result<OfficeVersion> {
        write!(self, db => async {
            keep_turns_out(&mut *db).await?;
            sql::import_office(db, office, now).await
        })
    }

    async fn claim_outbox(&self, channels: &[&str], limit: u32, now: DateTime<Utc>) -> Result<Vec<Outgoing>> {
        let mut taken: Vec<Outgoing> = Vec::new();
        let mut work = self.begin().await?;
        for channel in channels {
            let left = limit.saturating_sub(u32::try_from(taken.len()).unwrap_or(limit));
            let some = sql::claim_outbox(
                &mut *work.db().await?,
                &self.keys,
                (channel, false),
                left,
                self.process.known(),
                now,
            )
            .await;
            taken.extend(work.did(some)?);
        }
        if !taken.is_empty() {
            work.commit().await?;
        }
        Ok(taken)
    }

    async fn written_in(&self, from: &Contact, delivery: &str, now: DateTime<Utc>) -> Result<Vec<Outgoing>> {
        write!(self, db => sql::written_in(db, &self.keys, from, delivery, self.process.known(), now))
    }

    async fn outbox_sent(&self, ids: &[OutgoingId], now: DateTime<Utc>) -> Result<()> {
        let mut work = self.begin().await?;
        for id in ids {
            let sent = sql::outbox_sent(&mut *work.db().await?, *id, now).await;
            work.did(sent)?;
        }
        work.commit().await?;
        self.tell_news();
        Ok(())
    }

    async fn outbox_retry(&self, id: OutgoingId, due: DateTime<Utc>, error: &str) -> Result<()> {
        let me = self.process.known();
        write!(self, db => async {
            sql::outbox_retry(&mut *db, id, due, error, me).await?;
            announce(db).await
        })
        .inspect(|()| self.tell_news())
    }

    async fn outbox_gave_up(&self, id: OutgoingId, error: &str, now: DateTime<Utc>) -> Result<()> {
        let me = self.process.known();
        write!(self, db => sql::outbox_gave_up(db, id, error, me, now)).inspect(|()| self.tell_news())
    }

    async fn outbox_due(&self, channels: &[&str]) -> Result<Option<DateTime<Utc>>> {
        read!(self, db => async {
            let mut first: Option<DateTime<Utc>> = None;
            for channel in channels {
                let due = sql::outbox_due(&mut *db, (channel, false)).await?;
                first = first.into_iter().chain(due).min();
            }
            Ok(first)
        })
    }

    async fn claim_notices(&self, channel: &str, limit: u32, now: DateTime<Utc>) -> Result<Vec<Outgoing>> {
        let process = self.process.known();
        write!(self, db => sql::claim_outbox(db, &self.keys, (channel, true), limit, process, now))
    }

    async fn notices_due(&self, channel: &str) -> Result<Option<DateTime<Utc>>> {
        read!(self, db => sql::outbox_due(db, (channel, true)))
    }

    async fn outbox_came_back(&self, id: OutgoingId, error: &str) -> Result<bool> {
        write!(self, db => sql::outbox_came_back(db, id, error))
    }

    async fn errand_due(&self) -> Result<Option<DateTime<Utc>>> {
        read!(self, db => sql::errand_due(db))
    }

    async fn due_errands(&self, limit: u32, now: DateTime<Utc>) -> Result<Vec<DueErrand>> {
        read!(self, db => sql::due_errands(db, &self.keys, limit, now))
    }

    async fn closing_waits(&self) -> Result<bool> {
        Ok(read!(self, db => sql::next_step(db))?.is_some())
    }

    async fn closing_step(&self, now: DateTime<Utc>) -> Result<bool> {
        let now = now.trunc_subsecs(6);
        let Some(step) = read!(self, db => sql::next_step(db))? else { return Ok(false) };
        let done: Result<()> = match step {
            Step::Close(id) => write!(self, db => async {
                keep_turns_out(&mut *db).await?;
                sql::close(db, id, now).await
            }),
            Step::Reopen(id) => write!(self, db => async {
                keep_turns_out(&mut *db).await?;
                sql::reopen_office(db, id, now).await
            }),
            Step::List(id) => write!(self, db => sql::list(db, &self.keys, id, now)),
            Step::Finish(id) => write!(self, db => sql::finish(db, &self.keys, id, now)),
        };
        done.map(|()| true)
    }

    async fn errand_later(&self, errand: ErrandId, due: DateTime<Utc>, error: &str) -> Result<()> {
        write!(self, db => sql::errand_later(db, errand, due, error))
    }

    async fn errand_ended(&self, errand: ErrandId, end: ErrandEnd<'_>, now: DateTime<Utc>) -> Result<()> {
        write!(self, db => sql::end_errand(db, errand, end, now))
    }

    async fn mail_token(&self, token: &str, now: DateTime<Utc>) -> Result<Option<MailToken>> {
        read!(self, db => sql::mail_token(db, &self.keys, token, now))
    }

    async fn mail_seen(&self, mail: &MailUid<'_>, now: DateTime<Utc>) -> Result<MailSeen> {
        write!(self, db => sql::mail_seen(db, mail, now))
    }

    async fn mail_settled(&self, mail: &MailUid<'_>, refused: bool, now: DateTime<Utc>) -> Result<()> {
        write!(self, db => sql::mail_settled(db, mail, refused, now))
    }

    fn outbox_news(&self) -> watch::Receiver<u64> {
        self.subscribe()
    }

    async fn memory(&self, conversation: ConversationId) -> Result<Option<String>> {
        read!(self, db => sql::memory(db, &self.keys, conversation))
    }

    async fn remember(&self, conversation: ConversationId, text: &str, now: DateTime<Utc>) -> Result<()> {
        write!(self, db => sql::remember(db, &self.keys, conversation, text, now))
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

    async fn alive(&self, until: DateTime<Utc>, now: DateTime<Utc>) -> Result<()> {
        let me = self.process.known().unwrap_or_else(Uuid::now_v7);
        // Seen by others before anything carries its name, and before it looks who has died.
        let known: Result<bool> =
            write!(self, db => sql::lease(db, &format!("process {me}"), me, until, now));
        known?;
        self.process.become_known(me);
        let freed: Result<u64> = write!(self, db => sql::free_outbox(db, now));
        if freed? > 0 {
            self.tell_news();
        }
        Ok(())
    }

    async fn gone(&self) -> Result<()> {
        match self.process.known() {
            Some(me) => self.end_lease(&format!("process {me}"), me).await,
            None => Ok(()),
        }
    }

    async fn tidy(&self, retention: &Retention, now: DateTime<Utc>) -> Result<Tidied> {
        let mut did = Tidied::default();
        loop {
            let slots = read!(self, db => sql::expired_slots(db, now))?;
            let mut back = 0;
            for slot in &slots {
                let taken: Result<u64> = write!(self, db => sql::tidy_slot(db, slot, now));
                back += taken?;
            }
            did.places += back;
            if back == 0 || slots.len() < sql::SLOTS_AT_ONCE {
                break;
            }
        }
        // What cannot be stripped of one kind keeps no other.
        let mut failed = None;
        for kind in 0..sql::KINDS {
            let mut more = true;
            while more {
                let step: Result<bool> = write!(self, db => sql::strip(db, kind, retention, now, &mut did));
                more = step.unwrap_or_else(|error| {
                    failed.get_or_insert(error);
                    false
                });
            }
        }
        failed.map_or(Ok(did), Err)
    }

    async fn day_list(&self, branch: &BranchCode, date: NaiveDate) -> Result<Vec<DayEntry>> {
        read!(self, db => sql::day_list(db, &self.keys, branch, date))
    }

    async fn appointments(&self, branch: &BranchCode, date: NaiveDate) -> Result<Vec<Booking>> {
        read!(self, db => sql::appointments(db, &self.keys, branch, date))
    }

    async fn invite(&self, new: &NewMember<'_>, now: DateTime<Utc>) -> Result<MemberId> {
        write!(self, db => async {
            let id = sql::invite(&mut *db, &self.keys, new, now).await?;
            let entry = by_operator(Act::Invited, new.name);
            sql::audit(db, &self.keys, &entry, now).await?;
            Ok(id)
        })
    }

    async fn staff(&self) -> Result<Vec<Enrolled>> {
        read!(self, db => sql::everybody(db, &self.keys))
    }

    async fn remove_member(&self, id: MemberId, name: &str, now: DateTime<Utc>) -> Result<bool> {
        write!(self, db => async {
            let removed = sql::remove(&mut *db, id, now).await?;
            if removed {
                sql::audit(db, &self.keys, &by_operator(Act::Removed, name), now).await?;
            }
            Ok(removed)
        })
    }

    async fn set_role(
        &self,
        id: MemberId,
        name: &str,
        role: Role,
        reach: &Reach,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        write!(self, db => async {
            let set = sql::set_role(&mut *db, id, role, reach).await?;
            if set {
                let why = format!("{name}: {}", role.name());
                sql::audit(db, &self.keys, &by_operator(Act::RoleChanged, &why), now).await?;
            }
            Ok(set)
        })
    }

    async fn lists_due(&self, today: NaiveDate, time: NaiveTime) -> Result<Vec<Contact>> {
        read!(self, db => sql::lists_due(db, &self.keys, today, time))
    }

    async fn audit_trail(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<Audited>> {
        read!(self, db => sql::audit_trail(db, &self.keys, from, to))
    }

    async fn health(&self, deep: bool) -> Result<Health> {
        read!(self, db => async {
            let (waiting, waiting_since, given_up) = sql::outbox_state(&mut *db).await?;
            Ok(Health {
                database: version(&mut *db).await?,
                time: time(&mut *db).await?,
                schema: schema(&mut *db).await?,
                office: sql::office_version(&mut *db).await?,
                waiting: waiting.unsigned_abs(),
                waiting_since,
                given_up: given_up.unsigned_abs(),
                damage: if deep { damage(db).await? } else { Vec::new() },
            })
        })
    }

    async fn close(&self) {
        self.shut().await;
    }
}
