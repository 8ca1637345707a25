//! A store over another, in which the turns of some chats go wrong.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use temujanji::booking::{Booking, DayEntry};
use temujanji::office::{BranchCode, Office};
use temujanji::staff::{MemberId, Reach, Role};
use temujanji::store::{
    Audited, Contact, ConversationId, DueErrand, Enrolled, ErrandEnd, ErrandId, Health, MailSeen, MailToken,
    MailUid, NewMember, OfficeVersion, Opened, Outgoing, OutgoingId, Result, Retention, Store, StoreError,
    Tidied,
};
use tokio::sync::watch;
use uuid::Uuid;

/// The chat whose turns panic.
pub const BREAKS: i64 = 666;
/// The chat whose turns fail again and again.
pub const FAILS: i64 = 667;

/// The chat at whose first turns the database takes no writes.
pub const MAY_NOT_WRITE: i64 = 668;
/// How often it does not: more often than a turn is tried that fails by itself.
const REFUSALS: usize = 7;

static REFUSED: AtomicUsize = AtomicUsize::new(0);

/// Only turns go through it.
pub struct Trap(pub Arc<dyn Store>);

#[async_trait]
impl Store for Trap {
    async fn turn(&self, from: &Contact, delivery: &str, now: DateTime<Utc>) -> Result<Opened> {
        assert_ne!(from.address, BREAKS.to_string(), "a turn breaks down, as the test wants");
        if from.address == FAILS.to_string() {
            return Err(StoreError::Other("a turn fails, as the test wants".to_owned()));
        }
        if from.address == MAY_NOT_WRITE.to_string() && REFUSED.fetch_add(1, Ordering::SeqCst) < REFUSALS {
            return Err(StoreError::OnlyReads);
        }
        self.0.turn(from, delivery, now).await
    }

    async fn turn_in(
        &self,
        conversation: ConversationId,
        delivery: &str,
        now: DateTime<Utc>,
    ) -> Result<Opened> {
        self.0.turn_in(conversation, delivery, now).await
    }

    async fn office(&self) -> Result<Option<(OfficeVersion, Arc<Office>)>> {
        self.0.office().await
    }

    async fn import_office(&self, office: &Office, now: DateTime<Utc>) -> Result<OfficeVersion> {
        self.0.import_office(office, now).await
    }

    async fn claim_outbox(&self, channels: &[&str], limit: u32, now: DateTime<Utc>) -> Result<Vec<Outgoing>> {
        self.0.claim_outbox(channels, limit, now).await
    }

    async fn written_in(&self, from: &Contact, delivery: &str, now: DateTime<Utc>) -> Result<Vec<Outgoing>> {
        self.0.written_in(from, delivery, now).await
    }

    async fn outbox_sent(&self, ids: &[OutgoingId], now: DateTime<Utc>) -> Result<()> {
        self.0.outbox_sent(ids, now).await
    }

    async fn outbox_retry(&self, id: OutgoingId, due: DateTime<Utc>, error: &str) -> Result<()> {
        self.0.outbox_retry(id, due, error).await
    }

    async fn outbox_gave_up(&self, id: OutgoingId, error: &str, now: DateTime<Utc>) -> Result<()> {
        self.0.outbox_gave_up(id, error, now).await
    }

    async fn outbox_due(&self, channels: &[&str]) -> Result<Option<DateTime<Utc>>> {
        self.0.outbox_due(channels).await
    }

    async fn claim_notices(&self, channel: &str, limit: u32, now: DateTime<Utc>) -> Result<Vec<Outgoing>> {
        self.0.claim_notices(channel, limit, now).await
    }

    async fn notices_due(&self, channel: &str) -> Result<Option<DateTime<Utc>>> {
        self.0.notices_due(channel).await
    }

    fn outbox_news(&self) -> watch::Receiver<u64> {
        self.0.outbox_news()
    }

    async fn outbox_came_back(&self, id: OutgoingId, error: &str) -> Result<bool> {
        self.0.outbox_came_back(id, error).await
    }

    async fn errand_due(&self) -> Result<Option<DateTime<Utc>>> {
        self.0.errand_due().await
    }

    async fn due_errands(&self, limit: u32, now: DateTime<Utc>) -> Result<Vec<DueErrand>> {
        self.0.due_errands(limit, now).await
    }

    async fn closing_step(&self, now: DateTime<Utc>) -> Result<bool> {
        self.0.closing_step(now).await
    }

    async fn closing_waits(&self) -> Result<bool> {
        self.0.closing_waits().await
    }

    async fn errand_later(&self, errand: ErrandId, due: DateTime<Utc>, error: &str) -> Result<()> {
        self.0.errand_later(errand, due, error).await
    }

    async fn errand_ended(&self, errand: ErrandId, end: ErrandEnd<'_>, now: DateTime<Utc>) -> Result<()> {
        self.0.errand_ended(errand, end, now).await
    }

    async fn mail_token(&self, token: &str, now: DateTime<Utc>) -> Result<Option<MailToken>> {
        self.0.mail_token(token, now).await
    }

    async fn mail_seen(&self, mail: &MailUid<'_>, now: DateTime<Utc>) -> Result<MailSeen> {
        self.0.mail_seen(mail, now).await
    }

    async fn mail_settled(&self, mail: &MailUid<'_>, refused: bool, now: DateTime<Utc>) -> Result<()> {
        self.0.mail_settled(mail, refused, now).await
    }

    async fn memory(&self, conversation: ConversationId) -> Result<Option<String>> {
        self.0.memory(conversation).await
    }

    async fn remember(&self, conversation: ConversationId, text: &str, now: DateTime<Utc>) -> Result<()> {
        self.0.remember(conversation, text, now).await
    }

    async fn alive(&self, until: DateTime<Utc>, now: DateTime<Utc>) -> Result<()> {
        self.0.alive(until, now).await
    }

    async fn gone(&self) -> Result<()> {
        self.0.gone().await
    }

    async fn lease(
        &self,
        name: &str,
        holder: Uuid,
        until: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        self.0.lease(name, holder, until, now).await
    }

    async fn end_lease(&self, name: &str, holder: Uuid) -> Result<()> {
        self.0.end_lease(name, holder).await
    }

    async fn tidy(&self, retention: &Retention, now: DateTime<Utc>) -> Result<Tidied> {
        self.0.tidy(retention, now).await
    }

    async fn day_list(&self, branch: &BranchCode, date: NaiveDate) -> Result<Vec<DayEntry>> {
        self.0.day_list(branch, date).await
    }

    async fn appointments(&self, branch: &BranchCode, date: NaiveDate) -> Result<Vec<Booking>> {
        self.0.appointments(branch, date).await
    }

    async fn invite(&self, new: &NewMember<'_>, now: DateTime<Utc>) -> Result<MemberId> {
        self.0.invite(new, now).await
    }

    async fn staff(&self) -> Result<Vec<Enrolled>> {
        self.0.staff().await
    }

    async fn remove_member(&self, id: MemberId, name: &str, now: DateTime<Utc>) -> Result<bool> {
        self.0.remove_member(id, name, now).await
    }

    async fn set_role(
        &self,
        id: MemberId,
        name: &str,
        role: Role,
        reach: &Reach,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        self.0.set_role(id, name, role, reach, now).await
    }

    async fn lists_due(&self, today: NaiveDate, time: NaiveTime) -> Result<Vec<Contact>> {
        self.0.lists_due(today, time).await
    }

    async fn audit_trail(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<Audited>> {
        self.0.audit_trail(from, to).await
    }

    async fn health(&self, deep: bool) -> Result<Health> {
        self.0.health(deep).await
    }

    async fn close(&self) {
        self.0.close().await;
    }
}
