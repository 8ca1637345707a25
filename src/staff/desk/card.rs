//! One appointment: its card, its record, and what is done with it.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::{LONGEST_BLOCK, Next, Pending, Result, USUAL_BLOCK, Work, tell, told};
use crate::booking::{Attendance, BookingState, DayEntry, Reference};
use crate::dialogue::understand::{self, DateWish};
use crate::office::MALAYSIA;
use crate::staff::{Card, Done, Power, Reply, Tap};
use crate::store::{Act, Block, Cancelled, Errand, Record};

impl Work<'_, '_> {
    /// The record of an appointment within reach.
    pub(super) async fn record(&mut self, reference: &Reference) -> Result<Option<Record>> {
        let record = self.turn.record(reference).await?;
        Ok(record.filter(|record| self.reached(&record.booking.slot.branch).is_some()))
    }

    pub(super) async fn card(&mut self, reference: &Reference, done: Option<Done>) -> Result<Next> {
        let Some(record) = self.record(reference).await? else { return tell(Reply::NoSuchBooking) };
        let (card, taps) = self.card_of(&record);
        match done {
            None => told(Reply::Card(card), taps),
            Some(done) => told(Reply::Done { done, card }, taps),
        }
    }

    fn card_of(&self, record: &Record) -> (Card, Vec<Tap>) {
        let booking = &record.booking;
        let reference = &booking.reference;
        let entry = DayEntry {
            reference: reference.clone(),
            queue: booking.queue,
            slot: booking.slot.clone(),
            minutes: booking.minutes,
            name: booking.applicant.name.clone(),
            state: booking.state,
            attendance: record.attendance.map(|(attendance, _)| attendance),
        };
        let card = Card {
            identity_kind: booking.applicant.identity.kind(),
            identity: booking.applicant.identity.masked(),
            attended_at: record.attendance.map(|(_, at)| at),
            notes: u32::try_from(record.notes.len()).unwrap_or(u32::MAX),
            blocked_until: record.block.as_ref().map(|block| block.until),
            today: booking.slot.date == self.ctx.today(),
            entry,
        };
        let mut taps = Vec::new();
        if booking.state == BookingState::Booked {
            match record.attendance {
                Some(_) => taps.push(Tap::Mark(reference.clone(), None)),
                None if booking.slot.date <= self.ctx.today() => {
                    let marks = [Attendance::Arrived, Attendance::Late, Attendance::NoShow];
                    taps.extend(marks.map(|mark| Tap::Mark(reference.clone(), Some(mark))));
                }
                None => {}
            }
            if booking.ends_at() > self.ctx.now {
                taps.push(Tap::Cancel(reference.clone()));
            }
        }
        taps.push(Tap::Whole(reference.clone()));
        taps.push(Tap::Note(reference.clone()));
        if self.may(Power::Block) {
            taps.push(match record.block {
                Some(_) => Tap::Unblock(reference.clone()),
                None => Tap::Block(reference.clone()),
            });
        }
        taps.push(Tap::Day(booking.slot.branch.clone(), booking.slot.date, 0));
        (card, taps)
    }

    pub(super) async fn whole(&mut self, reference: &Reference) -> Result<Next> {
        let Some(record) = self.record(reference).await? else { return tell(Reply::NoSuchBooking) };
        self.audit(Act::Looked, Some(&record.booking.slot.branch), Some(reference), None).await?;
        told(Reply::Whole(Box::new(record)), vec![Tap::Card(reference.clone())])
    }

    pub(super) async fn mark(&mut self, reference: &Reference, mark: Option<Attendance>) -> Result<Next> {
        let Some(record) = self.record(reference).await? else { return tell(Reply::NoSuchBooking) };
        if record.booking.slot.date > self.ctx.today() {
            return tell(Reply::NotAnyMore);
        }
        let Some(booking) = self.turn.attend(reference, mark).await? else { return tell(Reply::NotAnyMore) };
        let act = match mark {
            Some(Attendance::Arrived) => Act::Arrived,
            Some(Attendance::Late) => Act::Late,
            Some(Attendance::NoShow) => Act::NoShow,
            None => Act::Unmarked,
        };
        self.audit(act, Some(&booking.slot.branch), Some(reference), None).await?;
        self.card(reference, Some(Done::Marked(mark))).await
    }

    /// Asks for the words an act needs.
    pub(super) async fn ask(
        &mut self,
        reference: Reference,
        power: Power,
        pending: fn(Reference) -> Pending,
        reply: fn(Reference) -> Reply,
    ) -> Result<Next> {
        if !self.may(power) {
            return tell(Reply::NotAllowed);
        }
        if self.record(&reference).await?.is_none() {
            return tell(Reply::NoSuchBooking);
        }
        self.desk.pending = Some(pending(reference.clone()));
        told(reply(reference), vec![Tap::Drop])
    }

    pub(super) async fn cancel(&mut self, reference: &Reference, reason: &str) -> Result<Next> {
        if self.record(reference).await?.is_none() {
            return tell(Reply::NoSuchBooking);
        }
        let rules = self.ctx.rules;
        let booking = match self.turn.call_off(reference, rules, &mut *self.chance).await? {
            Cancelled::Cancelled(booking) => booking,
            Cancelled::NotFound | Cancelled::TooLate => return tell(Reply::NotAnyMore),
        };
        let errand = Errand::CalledOff { reference: reference.clone(), reason: reason.to_owned() };
        self.turn.put_errand(&errand).await?;
        self.audit(Act::Cancelled, Some(&booking.slot.branch), Some(reference), Some(reason)).await?;
        self.card(reference, Some(Done::Cancelled)).await
    }

    pub(super) async fn note(&mut self, reference: &Reference, text: &str) -> Result<Next> {
        let Some(record) = self.record(reference).await? else { return tell(Reply::NoSuchBooking) };
        self.turn.put_note(reference, self.member, text).await?;
        self.audit(Act::Noted, Some(&record.booking.slot.branch), Some(reference), Some(text)).await?;
        self.card(reference, Some(Done::Noted)).await
    }

    pub(super) async fn block(&mut self, reference: &Reference, text: &str) -> Result<Next> {
        if !self.may(Power::Block) {
            return tell(Reply::NotAllowed);
        }
        let Some(record) = self.record(reference).await? else { return tell(Reply::NoSuchBooking) };
        let today = self.ctx.today();
        let longest = today + TimeDelta::days(LONGEST_BLOCK);
        let end = match understand::date_wish(text, today, longest) {
            (Some(DateWish::On(days)), _) => days.first().copied().unwrap_or(today),
            (Some(DateWish::Range { to, .. }), _) => to,
            (Some(DateWish::Weekend | DateWish::Earliest | DateWish::Any) | None, _) => {
                today + TimeDelta::days(USUAL_BLOCK)
            }
        };
        if end <= today || end > longest {
            self.desk.pending = Some(Pending::Block(reference.clone()));
            return told(Reply::BlockEndNeeded, vec![Tap::Drop]);
        }
        let until = midnight_after(end);
        let block = Block { until, reason: text.to_owned() };
        self.turn.block(reference, Some(&block), self.member.id).await?;
        let errand = Errand::Blocked { reference: reference.clone(), until, reason: block.reason };
        self.turn.put_errand(&errand).await?;
        self.audit(Act::Blocked, Some(&record.booking.slot.branch), Some(reference), Some(text)).await?;
        self.card(reference, Some(Done::Blocked(until))).await
    }

    pub(super) async fn unblock(&mut self, reference: &Reference) -> Result<Next> {
        if !self.may(Power::Block) {
            return tell(Reply::NotAllowed);
        }
        let Some(record) = self.record(reference).await? else { return tell(Reply::NoSuchBooking) };
        if self.turn.block(reference, None, self.member.id).await? {
            self.audit(Act::Unblocked, Some(&record.booking.slot.branch), Some(reference), None).await?;
        }
        self.card(reference, Some(Done::Unblocked)).await
    }

    /// The check-in card for staff of the branch; anybody else is told what the slip is worth.
    pub(super) async fn scanned(&mut self, reference: &Reference) -> Result<Next> {
        match self.record(reference).await? {
            Some(_) => self.card(reference, None).await,
            None => Ok(Next::Applicant),
        }
    }
}

/// The first instant of the day after, in Malaysia.
fn midnight_after(date: NaiveDate) -> DateTime<Utc> {
    let next = date.succ_opt().unwrap_or(date).and_time(NaiveTime::MIN);
    next.and_local_timezone(MALAYSIA).earliest().map_or(DateTime::<Utc>::MAX_UTC, |at| at.to_utc())
}
