//! The shared database: conversations, places, bookings, the outbox and the office catalogue. The one home of SQL.
//!
//! A [`Store`] opens a [`Turn`] for each message that came in. Whatever is done through a turn is one transaction:
//! [`Turn::commit`] makes all of it last, dropping the turn undoes all of it. Calls speak of intent (hold, confirm,
//! cancel) and "full" or "not found" are answers, not errors. A [`StoreError`] means that the database failed: the
//! turn must then be dropped, and the same message may be handled again from its start, since a delivery that
//! was committed after all answers [`Opened::Repeat`].
//!
//! # What is kept, and how rows are found
//!
//! Rows fall into three families, each led by its key, so that each can be spread over machines by that key:
//! the *branch* leads slots, places (held or booked) and the queue numbers of its days; the *conversation* leads its
//! deliveries, codes and outbox; and a *claim* is one row for an identity and a service. Identity numbers, e-mail
//! addresses and chat addresses are found by keyed hash; whatever is personal is sealed ([`crate::keys::Keys`]).
//!
//! A slot has a counter of places taken, and its capacity is read from the catalogue within the transaction. Free
//! is, for showing and for granting alike, the capacity less the counter, plus the places whose time has run out
//! (`sql::place`).
//!
//! # A second database
//!
//! `sql/` holds each statement once, with the logic around it. Its files name no database: they take a
//! `super::Connection`, and a database mounts them as a module of its own with `#[path]`, beside the few things that
//! differ (`sqlite/`: opening, shared commits, how instants and identifiers are stored, which error means what).

mod closing;
pub mod copy;
mod desk;
mod errand;
mod error;
mod outcome;
pub mod postgres;
pub mod sqlite;
mod together;

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use rand::Rng;
use tokio::sync::watch;
use uuid::Uuid;

pub use closing::{
    Closing, ClosingId, ClosingPreview, ClosingSpec, ClosingState, MadeWay, NotReached, Ordered, Progress,
};
pub use desk::{Act, Audited, Block, Enrolled, Fill, NewAudit, NewMember, Note, Record, Search, Turnout};
pub use errand::{DueErrand, Errand, ErrandEnd, ErrandId, reaches};
pub use error::StoreError;
pub use outcome::{
    Cancelled, CodeCheck, CodePut, Confirmed, Contact, ConversationId, Health, Held, HoldRequest, MailSeen,
    MailToken, MailUid, NewOutgoing, OfficeVersion, Opened, Outgoing, OutgoingId, Retention, Tidied,
};
pub use postgres::{PostgresStore, PostgresUrl};
pub use sqlite::SqliteStore;

use crate::booking::{
    Applicant, Attendance, Booking, DayEntry, Email, FreeDay, FreeSlot, HoldId, Reference, Rules,
    SlipStanding, SlotKey,
};
use crate::dialogue::Language;
use crate::office::{BranchCode, Office, ServiceCode};
use crate::staff::{Member, MemberId, Reach, Role};

/// What store calls answer.
pub type Result<T> = std::result::Result<T, StoreError>;

/// Chance, as the store takes it in.
pub type Chance<'a> = &'a mut (dyn Rng + Send);

/// The database, shared by all conversations and by all processes that open it.
///
/// Everything here but [`Store::turn`] and reading is a transaction of its own. Do not call it while holding a
/// [`Turn`]: on SQLite it would wait for that very turn.
#[async_trait]
pub trait Store: Send + Sync {
    /// Opens one turn for a message that came from `from`, with a key that names the delivery in its channel.
    ///
    /// Makes the conversation when it is new and keeps every other turn of it waiting, in all processes, until this
    /// one is committed or dropped. `now` is the one present instant of the whole turn.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoOffice`] before a catalogue was imported; else when the database fails.
    async fn turn(&self, from: &Contact, delivery: &str, now: DateTime<Utc>) -> Result<Opened>;

    /// The same in a conversation that exists, for what did not begin with a message of its person.
    ///
    /// # Errors
    ///
    /// As [`Store::turn`]; and when there is no such conversation.
    async fn turn_in(
        &self,
        conversation: ConversationId,
        delivery: &str,
        now: DateTime<Utc>,
    ) -> Result<Opened>;

    /// The newest catalogue; `None` when none was ever imported.
    async fn office(&self) -> Result<Option<(OfficeVersion, Arc<Office>)>>;

    /// Makes a catalogue the newest. It acts from the next turn on, in all processes. Earlier ones are kept.
    ///
    /// The same catalogue again makes no new version.
    async fn import_office(&self, office: &Office, now: DateTime<Utc>) -> Result<OfficeVersion>;

    /// Takes messages that are due on these channels, at most `limit`, for [`LEASE`]; nobody else gets them until then.
    ///
    /// Of one conversation and channel only the first unsent message is ever given, so that order is kept; call again
    /// after settling them, until none comes. Mass notices come by [`Store::claim_notices`].
    async fn claim_outbox(&self, channels: &[&str], limit: u32, now: DateTime<Utc>) -> Result<Vec<Outgoing>>;

    /// What the turn of a delivery wrote and nobody has sent yet, taken as by [`Turn::commit`]: for who cannot know
    /// whether their own commit went through, and then finds the delivery handled.
    async fn written_in(&self, from: &Contact, delivery: &str, now: DateTime<Utc>) -> Result<Vec<Outgoing>>;

    /// Notes messages as sent, and strips their text.
    async fn outbox_sent(&self, ids: &[OutgoingId], now: DateTime<Utc>) -> Result<()>;

    /// Puts a message back, to be sent no earlier than `due`; not one that another process has taken over. `error` is kept
    /// for the operator: no personal data.
    async fn outbox_retry(&self, id: OutgoingId, due: DateTime<Utc>, error: &str) -> Result<()>;

    /// Gives a message up, unless another process has taken it over; those behind it go on. Its text is stripped, `error` is
    /// kept: no personal data.
    async fn outbox_gave_up(&self, id: OutgoingId, error: &str, now: DateTime<Utc>) -> Result<()>;

    /// When the next message on these channels is due, for a worker to sleep until; `None` when none waits. Mass notices
    /// do not count.
    async fn outbox_due(&self, channels: &[&str]) -> Result<Option<DateTime<Utc>>>;

    /// Takes mass notices of a channel that are due, as [`Store::claim_outbox`] takes other messages. One that stands
    /// behind an answer is not due before that has left; one that an answer stands behind is no mass notice any more.
    async fn claim_notices(&self, channel: &str, limit: u32, now: DateTime<Utc>) -> Result<Vec<Outgoing>>;

    /// When the next mass notice on a channel is due; `None` when none waits.
    async fn notices_due(&self, channel: &str) -> Result<Option<DateTime<Utc>>>;

    /// Changes whenever there may be something new for a worker to take. What a process that died had taken does not
    /// show here, but in [`Store::outbox_due`].
    fn outbox_news(&self) -> watch::Receiver<u64>;

    /// Notes that a message which had left did not arrive; whether it was one that had left.
    async fn outbox_came_back(&self, id: OutgoingId, error: &str) -> Result<bool>;

    /// When the next errand is due, for a worker to sleep until; `None` when none waits. [`Store::outbox_news`] tells of
    /// new ones, too.
    async fn errand_due(&self) -> Result<Option<DateTime<Utc>>>;

    /// Errands that are due, at most `limit`, those written earlier first. Of one conversation only the first is given.
    /// They are not taken: who does them ends them in the same turn ([`Turn::end_errand`]), so that each is done once.
    async fn due_errands(&self, limit: u32, now: DateTime<Utc>) -> Result<Vec<DueErrand>>;

    /// Puts an errand off that failed. `error` is kept for the operator: no personal data.
    async fn errand_later(&self, errand: ErrandId, due: DateTime<Utc>, error: &str) -> Result<()>;

    /// Does the next step of the closings that are under way: changes the catalogue, writes errands for those who have an
    /// appointment there, notes that all were told. Each step is a transaction and may be repeated. Whether there was one.
    async fn closing_step(&self, now: DateTime<Utc>) -> Result<bool>;

    /// Whether there is a next step.
    async fn closing_waits(&self) -> Result<bool>;

    /// Ends an errand for which there is no turn.
    async fn errand_ended(&self, errand: ErrandId, end: ErrandEnd<'_>, now: DateTime<Utc>) -> Result<()>;

    /// What a token proves; `None` when it is none of ours or has run out.
    async fn mail_token(&self, token: &str, now: DateTime<Utc>) -> Result<Option<MailToken>>;

    /// Counts a try at a mail before it is made, and says what is known of the mail.
    async fn mail_seen(&self, mail: &MailUid<'_>, now: DateTime<Utc>) -> Result<MailSeen>;

    /// Notes that a mail is done with, handled or refused, and has only to be put away.
    async fn mail_settled(&self, mail: &MailUid<'_>, refused: bool, now: DateTime<Utc>) -> Result<()>;
    /// What [`Store::remember`] kept last for a conversation.
    async fn memory(&self, conversation: ConversationId) -> Result<Option<String>>;

    /// Keeps what a channel has to remember of a conversation from one message to the next, in place of what it kept
    /// before. Sealed at rest.
    async fn remember(&self, conversation: ConversationId, text: &str, now: DateTime<Utc>) -> Result<()>;

    /// Says that this process lives, until `until`, and frees what others had taken from the outbox that do not live any
    /// more. From the first call on, what this process takes is known as its own: say so again well before `until`.
    async fn alive(&self, until: DateTime<Utc>, now: DateTime<Utc>) -> Result<()>;

    /// Says that this process is about to end: what it still has taken is free.
    async fn gone(&self) -> Result<()>;

    /// Takes a lease on work that one process at a time may do, or prolongs it; whether `holder` has it now, until
    /// `until`. Prolong it well before, and stop the work when that fails: another process then takes it over.
    async fn lease(&self, name: &str, holder: Uuid, until: DateTime<Utc>, now: DateTime<Utc>)
    -> Result<bool>;

    /// Ends a lease of this holder, so that another process need not wait for its end.
    async fn end_lease(&self, name: &str, holder: Uuid) -> Result<()>;

    /// Takes back places whose time has run out and strips what is older than the schedule allows; says what it did.
    ///
    /// Nothing depends on it being run: expiry is judged whenever it matters.
    async fn tidy(&self, retention: &Retention, now: DateTime<Utc>) -> Result<Tidied>;

    /// The appointments of a branch on a day, cancelled ones too, by time and queue number.
    async fn day_list(&self, branch: &BranchCode, date: NaiveDate) -> Result<Vec<DayEntry>>;

    /// The same with everything known of their people; without the cancelled ones.
    async fn appointments(&self, branch: &BranchCode, date: NaiveDate) -> Result<Vec<Booking>>;

    /// Keeps an invitation, and writes so into the audit trail.
    async fn invite(&self, new: &NewMember<'_>, now: DateTime<Utc>) -> Result<MemberId>;

    /// Everybody who is or was invited, in the order of the invitations.
    async fn staff(&self) -> Result<Vec<Enrolled>>;

    /// Removes a member: from the next message on they are a stranger. Whether there was one; with the audit trail.
    async fn remove_member(&self, id: MemberId, name: &str, now: DateTime<Utc>) -> Result<bool>;

    /// Gives a member another role and reach. Whether there was one; with the audit trail.
    async fn set_role(
        &self,
        id: MemberId,
        name: &str,
        role: Role,
        reach: &Reach,
        now: DateTime<Utc>,
    ) -> Result<bool>;

    /// The chats of the members who want the list of this day by this local time and have not got it.
    async fn lists_due(&self, today: NaiveDate, time: NaiveTime) -> Result<Vec<Contact>>;

    /// The audit trail from one instant up to another, oldest first.
    async fn audit_trail(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<Audited>>;

    /// Looks the database over, for `doctor` and readiness checks. Reads it all when `deep`.
    async fn health(&self, deep: bool) -> Result<Health>;

    /// Waits for what is under way and closes the database.
    async fn close(&self);
}

/// How long a message of the outbox belongs to the process that took it or wrote it.
pub const LEASE: TimeDelta = TimeDelta::minutes(2);

/// One message being handled: one transaction over one conversation. Dropping it undoes it.
#[async_trait]
pub trait Turn: Send {
    /// The conversation.
    fn conversation(&self) -> ConversationId;

    /// Counts the turns of the conversation, from 1.
    fn number(&self) -> i64;

    /// The catalogue in force within this transaction. All calls below go by it.
    fn office(&self) -> &Arc<Office>;

    /// What [`Turn::save`] kept last; `None` in a new conversation. One that cannot be unsealed comes as an empty text.
    fn state(&self) -> Option<&str>;

    /// Keeps the conversation's state.
    async fn save(&mut self, state: &str) -> Result<()>;

    /// Notes a code that will be sent to an address to prove it. Only a keyed hash is kept.
    ///
    /// An earlier code of this conversation for the address is void. `limits` bound how many may be sent.
    async fn put_code(&mut self, email: &Email, code: &str, rules: &Rules) -> Result<CodePut>;

    /// Compares a code with the last one put for the address in this conversation, in constant time; each try counts.
    /// A right code is spent.
    async fn check_code(&mut self, email: &Email, code: &str, rules: &Rules) -> Result<CodeCheck>;

    /// The days from `from` to `to` that have slots still to come, with the places free on each; 0 means full.
    async fn free_days(
        &mut self,
        branch: &BranchCode,
        service: &ServiceCode,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<FreeDay>>;

    /// The slots of a day still to come, by time, with the places free in each.
    async fn free_slots(
        &mut self,
        branch: &BranchCode,
        service: &ServiceCode,
        date: NaiveDate,
    ) -> Result<Vec<FreeSlot>>;

    /// The free slots nearest to one: same day (nearest time first), then the same time on other days (nearest day
    /// first), then the same day at other branches of the state that offer the service; a few of each.
    async fn nearest(&mut self, slot: &SlotKey, rules: &Rules) -> Result<Vec<SlotKey>>;

    /// Holds a place, first come, first served. It then stands until `ask.until` for this conversation alone.
    ///
    /// The place this conversation held before is given back once the new one is won, and kept when none is. Asking
    /// again for the slot already held answers with the same hold; its time is not prolonged.
    async fn hold(&mut self, ask: &HoldRequest<'_>, rules: &Rules, rng: Chance<'_>) -> Result<Held>;

    /// The same for a place that is apart from the one this conversation holds for its booking, and leaves that alone. When
    /// the same identity wins another place for the service, by either way, this one is given back.
    async fn hold_apart(&mut self, ask: &HoldRequest<'_>, rules: &Rules, rng: Chance<'_>) -> Result<Held>;

    /// Turns a hold into an appointment; one whose time has run out is tried to be won again.
    ///
    /// Asking again answers with the same appointment. A hold made instead of a booking moves that booking: the same
    /// reference, the next sequence, a new queue number; its old place returns as after [`Turn::cancel`]. The
    /// applicant's details are kept for [`Turn::profile`] when the address is proved.
    async fn confirm(
        &mut self,
        hold: HoldId,
        applicant: &Applicant,
        language: Language,
        rules: &Rules,
        rng: Chance<'_>,
    ) -> Result<Confirmed>;

    /// Gives a held place back at once. One that is not held any more, or not by this conversation, is left alone.
    async fn release(&mut self, hold: HoldId) -> Result<()>;

    /// The appointments to come of this conversation and of the address it has proved, soonest first.
    async fn bookings(&mut self, proved: Option<&Email>) -> Result<Vec<Booking>>;

    /// What a slip is worth, whoever holds it.
    async fn slip_standing(&mut self, reference: &Reference, sequence: u32) -> Result<SlipStanding>;

    /// Cancels an appointment of this conversation or of the address it has proved.
    ///
    /// Its identity may book again at once; its place returns after a random delay (`rules.return_delay` at most) that
    /// shrinks to none near the day, so that it cannot be handed to a friend.
    async fn cancel(
        &mut self,
        reference: &Reference,
        proved: Option<&Email>,
        rules: &Rules,
        rng: Chance<'_>,
    ) -> Result<Cancelled>;

    /// What the owner of this proved address gave when they booked last.
    async fn profile(&mut self, proved: &Email) -> Result<Option<Applicant>>;

    /// Keeps a token that is sent with a mail to an address. Only a keyed hash is kept, and only until then.
    async fn put_mail_token(&mut self, token: &str, about: &MailToken, until: DateTime<Utc>) -> Result<()>;

    /// Keeps a code with which this conversation's draft can be taken up in another. Only a keyed hash is kept.
    async fn put_handover(&mut self, code: &str, until: DateTime<Utc>) -> Result<()>;

    /// The state of the conversation that a code is from; `None` for a wrong or old one.
    async fn find_handover(&mut self, code: &str) -> Result<Option<String>>;

    /// Takes over the places that the conversation of a code holds, and leaves it with this state. The code is spent.
    async fn take_over(&mut self, code: &str, left: &str) -> Result<()>;

    /// The member of staff whose chat this conversation is.
    async fn member(&mut self) -> Result<Option<Member>>;

    /// Makes this conversation, which is that of `from`, the chat of the member an invitation is for. `None` for a wrong,
    /// spent or old one.
    async fn join_staff(&mut self, invitation: &str, from: &Contact) -> Result<Option<Member>>;

    /// Lets the list of the day be sent to a member at a local time, or no more; that of the day `done` is not sent.
    async fn list_daily(&mut self, who: MemberId, at: Option<NaiveTime>, done: NaiveDate) -> Result<()>;

    /// Notes that a member has got the list of that day.
    async fn listed(&mut self, who: MemberId, date: NaiveDate) -> Result<()>;

    /// As [`Store::day_list`].
    async fn day_list(&mut self, branch: &BranchCode, date: NaiveDate) -> Result<Vec<DayEntry>>;

    /// Appointments whose person is meant, branch by branch, soonest first.
    async fn search(&mut self, search: &Search<'_>) -> Result<Vec<DayEntry>>;

    /// An appointment, standing or cancelled, with everything known of it, whosever it is.
    async fn record(&mut self, reference: &Reference) -> Result<Option<Record>>;

    /// Notes whether the person of an appointment came; `None` takes it back. The appointment, if it stands.
    async fn attend(
        &mut self,
        reference: &Reference,
        attendance: Option<Attendance>,
    ) -> Result<Option<Booking>>;

    /// Cancels an appointment for the department, up to its end, whosever it is. As [`Turn::cancel`] otherwise; one that
    /// is cancelled already answers [`Cancelled::TooLate`].
    async fn call_off(&mut self, reference: &Reference, rules: &Rules, rng: Chance<'_>) -> Result<Cancelled>;

    /// Leaves a note at an appointment for colleagues.
    async fn put_note(&mut self, reference: &Reference, by: &Member, text: &str) -> Result<()>;

    /// Lets nobody book for the identity of an appointment any more, or again; whether that changed anything.
    async fn block(&mut self, reference: &Reference, block: Option<&Block>, by: MemberId) -> Result<bool>;

    /// How full the slots of some days are, by date and time. A slot nobody ever asked for is not among them.
    async fn fill(&mut self, branch: &BranchCode, from: NaiveDate, to: NaiveDate) -> Result<Vec<Fill>>;

    /// When the last place of each service and day was taken that is still taken.
    async fn last_taken(
        &mut self,
        branch: &BranchCode,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<HashMap<(ServiceCode, NaiveDate), DateTime<Utc>>>;

    /// What became of the appointments of some days, by the Monday of their week.
    async fn turnout(
        &mut self,
        branch: &BranchCode,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<(NaiveDate, Turnout)>>;

    /// Adds to the audit trail.
    async fn audit(&mut self, entry: &NewAudit<'_>) -> Result<()>;

    /// How many messages of a kind were written in this conversation since then.
    async fn written_since(&mut self, kind: &str, since: DateTime<Utc>) -> Result<u32>;

    /// Writes an errand: its person is told after this turn, in a turn of the conversation that holds the appointment it
    /// is about, once, and behind what was written for them earlier. Whether there is such an appointment.
    async fn put_errand(&mut self, errand: &Errand) -> Result<bool>;

    /// What a closing would touch, with a token that stands for just that.
    async fn closing_preview(&mut self, spec: &ClosingSpec) -> Result<ClosingPreview>;

    /// Orders a closing, if it would still touch what the token of a preview stands for. It is carried out after this
    /// turn, and this conversation is told when all were told. `by` names who orders it, for the record. A branch that is
    /// not in the catalogue is not closed.
    async fn order_closing(&mut self, spec: &ClosingSpec, token: &str, by: &str) -> Result<Ordered>;

    /// How far a closing has come; `None` when there is no such one.
    async fn closing(&mut self, id: ClosingId) -> Result<Option<Progress>>;

    /// The closings of a branch that are not over, the first to come first.
    async fn closings(&mut self, branch: &BranchCode) -> Result<Vec<Closing>>;

    /// Has what was so closed at a branch open again on these days, from today on; how many closings that concerns. It is
    /// done after this turn. Appointments that were cancelled stay so; those of whom nobody was told yet stand.
    async fn reopen(&mut self, branch: &BranchCode, from: NaiveDate, to: NaiveDate) -> Result<u32>;

    /// Cancels an appointment that stands in a closing, whoever's it is, and holds a place for its person elsewhere, in
    /// the name of this conversation: apart from the place that it holds for its own booking, for `rules.hold_offer` or
    /// until shortly before the slot. `errand` is the one that this turn does.
    async fn make_way(
        &mut self,
        errand: ErrandId,
        reference: &Reference,
        spec: &ClosingSpec,
        rules: &Rules,
        rng: Chance<'_>,
    ) -> Result<MadeWay>;

    /// Notes what the person has answered to the offer that was made for an appointment.
    async fn offer_answered(&mut self, reference: &Reference, accepted: bool) -> Result<()>;

    /// Ends the errand that this turn has done.
    ///
    /// # Errors
    ///
    /// [`StoreError::Repeat`] when another process was quicker.
    async fn end_errand(&mut self, errand: ErrandId, end: ErrandEnd<'_>) -> Result<()>;

    /// Writes a message to the outbox. Messages of one conversation and channel leave in the order they were written.
    async fn queue(&mut self, message: &NewOutgoing<'_>) -> Result<OutgoingId>;

    /// Makes the turn last. Gives back those of its messages that the caller may send now, in order, as if it had
    /// claimed them; the others wait behind earlier ones and come by [`Store::claim_outbox`]. Mass notices are for
    /// [`Store::claim_notices`].
    ///
    /// # Errors
    ///
    /// None of the turn was kept, or that cannot be known: handle the same delivery again.
    async fn commit(self: Box<Self>) -> Result<Vec<Outgoing>>;
}
