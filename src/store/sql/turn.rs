//! One turn: a piece of work over one conversation.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use tokio::sync::watch;
use uuid::Uuid;

use super::{self as sql, Beginning, Connection, Scope, Work};
use crate::booking::{
    Applicant, Attendance, Booking, BookingState, DayEntry, Email, FreeDay, FreeSlot, HoldId, Reference,
    Rules, SlipStanding, SlotKey,
};
use crate::dialogue::Language;
use crate::keys::Keys;
use crate::office::{BranchCode, Office, ServiceCode};
use crate::staff::{Member, MemberId};
use crate::store::together::{Booked, Ending, Message};
use crate::store::{
    Block, Cancelled, Chance, Closing, ClosingId, ClosingPreview, ClosingSpec, CodeCheck, CodePut, Confirmed,
    Contact, ConversationId, Errand, ErrandEnd, ErrandId, Fill, Held, HoldRequest, MadeWay, MailToken,
    NewAudit, NewOutgoing, Ordered, Outgoing, OutgoingId, Progress, Record, Result, Search, Turn, Turnout,
};

pub(super) struct OpenTurn {
    work: Work,
    keys: Arc<Keys>,
    office: Arc<Office>,
    begun: Beginning,
    process: Option<Uuid>,
    now: DateTime<Utc>,
    /// The state to keep, sealed, once the turn is committed.
    state: Option<Vec<u8>>,
    /// What is then to be written to the outbox, and whether it is a mass notice.
    messages: Vec<(Outgoing, bool)>,
    /// Whether there is something new for others to do besides.
    told: bool,
    news: watch::Sender<u64>,
}

impl OpenTurn {
    pub(super) fn new(
        work: Work,
        keys: Arc<Keys>,
        office: Arc<Office>,
        begun: Beginning,
        process: Option<Uuid>,
        now: DateTime<Utc>,
        news: watch::Sender<u64>,
    ) -> Self {
        let (state, messages, told) = (None, Vec::new(), false);
        Self { work, keys, office, begun, process, now, state, messages, told, news }
    }

    /// What is written when the turn is committed. Behind a mass notice what follows on its channel waits, too.
    fn ending(&self) -> Ending {
        let mut messages: Vec<Message> = Vec::new();
        for (message, mass) in &self.messages {
            let channel = &message.to.channel;
            let wait = *mass || messages.iter().any(|earlier| earlier.wait && earlier.channel == *channel);
            messages.push(Message {
                id: message.id,
                channel: channel.clone(),
                kind: message.kind.clone(),
                sealed: sql::sealed_message(&self.keys, message),
                mass: *mass,
                wait,
            });
        }
        Ending {
            conversation: self.begun.conversation,
            turn: self.begun.turn,
            process: self.process,
            state: self.state.clone(),
            messages,
            told: self.told,
            now: self.now,
        }
    }
}

/// What the steps of the turn go by.
macro_rules! scope {
    ($turn:ident) => {
        Scope {
            keys: &$turn.keys,
            office: &$turn.office,
            conversation: $turn.begun.conversation,
            now: $turn.now,
        }
    };
}

/// Does one step of the turn.
macro_rules! step {
    ($turn:ident, $db:ident, $scope:ident => $step:expr) => {{
        let $scope = scope!($turn);
        let mut held = $turn.work.db().await?;
        let $db: &mut Connection = &mut held;
        let done = $step.await;
        $turn.work.did(done)
    }};
}

#[async_trait]
impl Turn for OpenTurn {
    fn conversation(&self) -> ConversationId {
        self.begun.conversation
    }

    fn number(&self) -> i64 {
        self.begun.turn
    }

    fn office(&self) -> &Arc<Office> {
        &self.office
    }

    fn state(&self) -> Option<&str> {
        self.begun.state.as_deref()
    }

    async fn save(&mut self, state: &str) -> Result<()> {
        self.state = Some(sql::sealed_state(&scope!(self), state));
        Ok(())
    }

    async fn put_code(&mut self, email: &Email, code: &str, rules: &Rules) -> Result<CodePut> {
        step!(self, db, scope => sql::put_code(db, &scope, email, code, rules))
    }

    async fn check_code(&mut self, email: &Email, code: &str, rules: &Rules) -> Result<CodeCheck> {
        step!(self, db, scope => sql::check_code(db, &scope, email, code, rules))
    }

    async fn free_days(
        &mut self,
        branch: &BranchCode,
        service: &ServiceCode,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<FreeDay>> {
        step!(self, db, scope => sql::free_days(db, &scope, (branch, service), (from, to)))
    }

    async fn free_slots(
        &mut self,
        branch: &BranchCode,
        service: &ServiceCode,
        date: NaiveDate,
    ) -> Result<Vec<FreeSlot>> {
        step!(self, db, scope => sql::free_slots(db, &scope, (branch, service), date))
    }

    async fn nearest(&mut self, slot: &SlotKey, rules: &Rules) -> Result<Vec<SlotKey>> {
        step!(self, db, scope => sql::nearest(db, &scope, slot, rules))
    }

    async fn hold(&mut self, ask: &HoldRequest<'_>, rules: &Rules, rng: Chance<'_>) -> Result<Held> {
        let plain = {
            let scope = scope!(self);
            self.work.hold(|| sql::plain_hold(&scope, ask, rules, rng)).await?
        };
        if let Some(hold) = plain {
            return Ok(Held::Held { hold, again: false });
        }
        step!(self, db, scope => sql::hold(db, &scope, ask, rules, rng))
    }

    async fn confirm(
        &mut self,
        hold: HoldId,
        applicant: &Applicant,
        language: Language,
        rules: &Rules,
        rng: Chance<'_>,
    ) -> Result<Confirmed> {
        let who = (applicant, language);
        let plain = {
            let scope = scope!(self);
            self.work.confirm(|| sql::plain_confirm(&scope, hold, who, rules, rng)).await?
        };
        if let Some(booked) = plain {
            let Booked { reference, slot, minutes, queue } = booked;
            return Ok(Confirmed::Confirmed(Box::new(Booking {
                reference,
                sequence: 0,
                queue,
                slot,
                minutes,
                applicant: applicant.clone(),
                language,
                state: BookingState::Booked,
                issued_at: self.now,
            })));
        }
        step!(self, db, scope => sql::confirm(db, &scope, hold, who, rules, rng))
    }

    async fn release(&mut self, hold: HoldId) -> Result<()> {
        step!(self, db, scope => sql::release(db, &scope, hold))
    }

    async fn bookings(&mut self, proved: Option<&Email>) -> Result<Vec<Booking>> {
        step!(self, db, scope => sql::bookings(db, &scope, proved))
    }

    async fn slip_standing(&mut self, reference: &Reference, sequence: u32) -> Result<SlipStanding> {
        step!(self, db, scope => sql::slip_standing(db, &scope, reference, sequence))
    }

    async fn cancel(
        &mut self,
        reference: &Reference,
        proved: Option<&Email>,
        rules: &Rules,
        rng: Chance<'_>,
    ) -> Result<Cancelled> {
        step!(self, db, scope => sql::cancel(db, &scope, reference, proved, rules, rng))
    }

    async fn profile(&mut self, proved: &Email) -> Result<Option<Applicant>> {
        step!(self, db, scope => sql::profile(db, &scope, proved))
    }

    async fn put_mail_token(&mut self, token: &str, about: &MailToken, until: DateTime<Utc>) -> Result<()> {
        step!(self, db, scope => sql::put_mail_token(db, &scope, token, about, until))
    }

    async fn put_handover(&mut self, code: &str, until: DateTime<Utc>) -> Result<()> {
        step!(self, db, scope => sql::put_handover(db, &scope, code, until))
    }

    async fn find_handover(&mut self, code: &str) -> Result<Option<String>> {
        step!(self, db, scope => sql::find_handover(db, &scope, code))
    }

    async fn take_over(&mut self, code: &str, left: &str) -> Result<()> {
        step!(self, db, scope => sql::take_over(db, &scope, code, left))
    }

    async fn member(&mut self) -> Result<Option<Member>> {
        step!(self, db, scope => sql::this_member(db, &scope))
    }

    async fn join_staff(&mut self, invitation: &str, from: &Contact) -> Result<Option<Member>> {
        step!(self, db, scope => sql::join(db, &scope, invitation, from))
    }

    async fn list_daily(&mut self, who: MemberId, at: Option<NaiveTime>, done: NaiveDate) -> Result<()> {
        step!(self, db, _scope => sql::set_list_at(db, who, at, done))
    }

    async fn listed(&mut self, who: MemberId, date: NaiveDate) -> Result<()> {
        step!(self, db, _scope => sql::listed(db, who, date))
    }

    async fn day_list(&mut self, branch: &BranchCode, date: NaiveDate) -> Result<Vec<DayEntry>> {
        step!(self, db, scope => sql::day_list(db, scope.keys, branch, date))
    }

    async fn search(&mut self, search: &Search<'_>) -> Result<Vec<DayEntry>> {
        step!(self, db, scope => sql::search(db, scope.keys, search))
    }

    async fn record(&mut self, reference: &Reference) -> Result<Option<Record>> {
        step!(self, db, scope => sql::record(db, scope.keys, reference, scope.now))
    }

    async fn attend(
        &mut self,
        reference: &Reference,
        attendance: Option<Attendance>,
    ) -> Result<Option<Booking>> {
        step!(self, db, scope => sql::attend(db, &scope, reference, attendance))
    }

    async fn call_off(&mut self, reference: &Reference, rules: &Rules, rng: Chance<'_>) -> Result<Cancelled> {
        step!(self, db, scope => sql::call_off(db, &scope, reference, rules, rng))
    }

    async fn put_note(&mut self, reference: &Reference, by: &Member, text: &str) -> Result<()> {
        step!(self, db, scope => sql::put_note(db, &scope, reference, (by.id, &by.name), text))
    }

    async fn block(&mut self, reference: &Reference, block: Option<&Block>, by: MemberId) -> Result<bool> {
        step!(self, db, scope => sql::block(db, &scope, reference, block, by))
    }

    async fn fill(&mut self, branch: &BranchCode, from: NaiveDate, to: NaiveDate) -> Result<Vec<Fill>> {
        step!(self, db, scope => sql::fill(db, branch, (from, to), scope.now))
    }

    async fn last_taken(
        &mut self,
        branch: &BranchCode,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<HashMap<(ServiceCode, NaiveDate), DateTime<Utc>>> {
        step!(self, db, _scope => sql::last_taken(db, branch, (from, to)))
    }

    async fn turnout(
        &mut self,
        branch: &BranchCode,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<(NaiveDate, Turnout)>> {
        step!(self, db, _scope => sql::turnout(db, branch, (from, to)))
    }

    async fn audit(&mut self, entry: &NewAudit<'_>) -> Result<()> {
        step!(self, db, scope => sql::audit(db, scope.keys, entry, scope.now))
    }

    async fn written_since(&mut self, kind: &str, since: DateTime<Utc>) -> Result<u32> {
        let before = step!(self, db, scope => sql::written_since(db, &scope, kind, since))?;
        let now = self.messages.iter().filter(|(message, _)| message.kind == kind && self.now > since);
        Ok(before.saturating_add(u32::try_from(now.count()).unwrap_or(u32::MAX)))
    }

    async fn hold_apart(&mut self, ask: &HoldRequest<'_>, rules: &Rules, rng: Chance<'_>) -> Result<Held> {
        step!(self, db, scope => sql::hold_apart(db, &scope, ask, rules, rng))
    }

    async fn closing_preview(&mut self, spec: &ClosingSpec) -> Result<ClosingPreview> {
        step!(self, db, scope => sql::closing_preview(db, &scope, spec))
    }

    async fn order_closing(&mut self, spec: &ClosingSpec, token: &str, by: &str) -> Result<Ordered> {
        self.told = true;
        step!(self, db, scope => sql::order_closing(db, &scope, spec, (token, by)))
    }

    async fn closing(&mut self, id: ClosingId) -> Result<Option<Progress>> {
        step!(self, db, scope => sql::progress(db, scope.keys, id))
    }

    async fn closings(&mut self, branch: &BranchCode) -> Result<Vec<Closing>> {
        step!(self, db, scope => sql::closings(db, &scope, branch))
    }

    async fn reopen(&mut self, branch: &BranchCode, from: NaiveDate, to: NaiveDate) -> Result<u32> {
        self.told = true;
        step!(self, db, scope => sql::reopen(db, &scope, branch, (from, to)))
    }

    async fn make_way(
        &mut self,
        errand: ErrandId,
        reference: &Reference,
        spec: &ClosingSpec,
        rules: &Rules,
        rng: Chance<'_>,
    ) -> Result<MadeWay> {
        step!(self, db, scope => sql::make_way(db, &scope, errand, (reference, spec), rules, rng))
    }

    async fn offer_answered(&mut self, reference: &Reference, accepted: bool) -> Result<()> {
        step!(self, db, _scope => sql::offer_answered(db, reference, accepted))
    }

    async fn put_errand(&mut self, errand: &Errand) -> Result<bool> {
        let put = step!(self, db, scope => sql::put_errand(db, &scope, errand))?;
        self.told |= put;
        Ok(put)
    }

    async fn end_errand(&mut self, errand: ErrandId, end: ErrandEnd<'_>) -> Result<()> {
        step!(self, db, scope => sql::end_errand(db, errand, end, scope.now))
    }

    async fn queue(&mut self, message: &NewOutgoing<'_>) -> Result<OutgoingId> {
        let n = i64::try_from(self.messages.len()).unwrap_or(i64::MAX);
        let id = OutgoingId { conversation: self.begun.conversation, turn: self.begun.turn, n };
        let message = (
            Outgoing {
                id,
                to: message.to.clone(),
                kind: message.kind.to_owned(),
                body: message.body.to_owned(),
                tries: 0,
                written_at: self.now,
            },
            message.mass,
        );
        self.messages.push(message);
        Ok(id)
    }

    async fn commit(self: Box<Self>) -> Result<Vec<Outgoing>> {
        let ending = self.ending();
        let OpenTurn { work, messages, news, told, .. } = *self;
        let taken = work.end(ending).await?;
        if told || taken.contains(&false) {
            news.send_modify(|count| *count += 1);
        }
        let ready =
            messages.into_iter().zip(taken).filter_map(|((message, _), taken)| taken.then_some(message));
        Ok(ready.collect())
    }
}
