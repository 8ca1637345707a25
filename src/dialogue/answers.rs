//! Answers of the store: codes, free days and slots, holds, bookings.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};

use super::step::Talk;
use super::understand::{DateWish, TimeWish};
use super::{Ask, Choice, Effect, Field, Given, Prompt, Say, Value};
use crate::booking::{Applicant, Booking, Email, FreeDay, FreeSlot, Hold, NoPlace, SlotKey};

/// Free days offered as numbered choices; any other may be typed.
const DAYS_OFFERED: usize = 10;

impl Talk<'_> {
    pub(super) fn code_right(&mut self, email: Email) {
        self.say(Say::Proved);
        self.state.code_sent_to = None;
        self.state.proved = Some(email.clone());
        if self.state.frame.email.as_ref() != Some(&email) {
            return self.advance();
        }
        self.effects.push(Effect::Recall(email));
    }

    pub(super) fn recalled(&mut self, last_time: Option<Box<Applicant>>) {
        let frame = &self.state.frame;
        let untouched = frame.name.is_none()
            && frame.identity.is_none()
            && frame.address.is_none()
            && frame.phone.is_none();
        let last_time = last_time.filter(|_| untouched);
        if let (true, Some(applicant)) = (self.state.whole, &last_time) {
            // The form shows what is known; there is no need to ask first.
            self.state.frame.fill(applicant);
            return self.open(Ask::Form);
        }
        self.state.last_time = last_time;
        self.advance();
    }

    pub(super) fn days(&mut self, days: &[FreeDay]) {
        if self.state.ask != Ask::Field(Field::Date) {
            return;
        }
        let (Some(branch), Some(service)) =
            (self.state.frame.branch.clone(), self.state.frame.service.clone())
        else {
            return self.advance();
        };
        let free: Vec<&FreeDay> = days.iter().filter(|day| day.free > 0).collect();
        let Some(earliest) = free.first() else {
            self.say(Say::NoDays { branch, service });
            self.state.date_wish = None;
            self.state.frame.branch = None;
            return self.open(Ask::Field(Field::Branch));
        };
        let wish = self.state.date_wish.take();
        if matches!(wish, Some(DateWish::Earliest | DateWish::Any)) {
            self.set_date(earliest.date);
            return self.advance();
        }
        let wished: Vec<&&FreeDay> = free.iter().filter(|day| within(wish.as_ref(), day.date)).collect();
        let mut offered = if wished.is_empty() { free.iter().collect() } else { wished };
        if let Some(near) = self.state.near.take() {
            offered.sort_by_key(|day| (day.date - near).num_days().abs());
        }
        offered.truncate(DAYS_OFFERED);
        offered.sort_by_key(|day| day.date);
        let offered = offered.into_iter().map(|day| places(Value::Date(day.date), day.free));
        let choices = offered.chain(self.keep(Field::Date)).collect();
        let (first, last) = self.ctx.window();
        let days = days.iter().map(|day| (day.date, day.free)).collect();
        self.ask(Prompt::Date { branch, service, first, last, days }, choices);
    }

    pub(super) fn slots(&mut self, date: NaiveDate, slots: &[FreeSlot]) {
        if self.state.ask != Ask::Field(Field::Slot) || self.state.frame.date != Some(date) {
            return;
        }
        let Some(branch) = self.state.frame.branch.clone() else { return self.advance() };
        let mut free: Vec<&FreeSlot> = slots.iter().filter(|slot| slot.free > 0).collect();
        let Some(earliest) = free.first().map(|slot| slot.time) else {
            self.took.retain(|given| given.field() != Field::Date);
            self.say(Say::DayFull { date });
            self.state.frame.date = None;
            self.state.near = Some(date);
            return self.open(Ask::Field(Field::Date));
        };
        match self.state.time_wish.take() {
            None => {}
            Some(TimeWish::Earliest | TimeWish::Any) => return self.take_time(earliest),
            Some(TimeWish::Between(from, to)) => {
                let within: Vec<&FreeSlot> =
                    free.iter().copied().filter(|slot| from <= slot.time && slot.time < to).collect();
                match within.is_empty() {
                    true => self.say(Say::NoSlotAt { time: from }),
                    false => free = within,
                }
            }
            Some(TimeWish::At(times)) => {
                let met: Vec<NaiveTime> =
                    slots.iter().map(|s| s.time).filter(|t| times.contains(t)).collect();
                match met.as_slice() {
                    [time] if free.iter().any(|slot| slot.time == *time) => return self.take_time(*time),
                    // A full one is asked for all the same: the answer brings the nearest free ones.
                    [time] => {
                        self.state.frame.time = Some(*time);
                        return self.advance();
                    }
                    [] => {
                        if let Some(time) = times.first() {
                            self.say(Say::NoSlotAt { time: *time });
                            let around = minutes(*time);
                            free.sort_by_key(|slot| (minutes(slot.time) - around).abs());
                        }
                    }
                    _ => free.retain(|slot| met.contains(&slot.time)),
                }
            }
        }
        free.sort_by_key(|slot| slot.time);
        let free = free.into_iter().map(|slot| places(Value::Time(slot.time), slot.free));
        let choices = free.chain(self.keep(Field::Slot)).collect();
        self.ask(Prompt::Time { branch, date }, choices);
    }

    fn take_time(&mut self, time: NaiveTime) {
        self.took.push(Given::Slot(time));
        self.state.frame.time = Some(time);
        self.advance();
    }

    pub(super) fn held(&mut self, hold: Hold) {
        if self.state.frame.slot().as_ref() != Some(&hold.slot) {
            // An answer that comes too late: nobody waits for this place any more.
            return self.effects.push(Effect::Release(hold.id));
        }
        let again = self.state.hold.as_ref().is_some_and(|former| former.slot == hold.slot);
        self.say(if again { Say::HeldAgain } else { Say::Held(hold.clone()) });
        self.instead_of_offer(&hold);
        self.state.hold = Some(hold);
        self.open(Ask::Review);
    }

    pub(super) fn no_place(&mut self, slot: SlotKey, why: NoPlace) {
        let had_hold = self.state.hold.as_ref().is_some_and(|hold| hold.slot == slot);
        if had_hold {
            // It may stand although it cannot be used, as when the identity was blocked meanwhile.
            self.release();
        }
        if self.state.frame.slot().as_ref() != Some(&slot) {
            return;
        }
        match why {
            NoPlace::Full { nearest } => {
                self.say(if had_hold {
                    Say::HoldLost { slot: slot.clone() }
                } else {
                    Say::SlotFull { slot: slot.clone() }
                });
                self.state.frame.time = None;
                if nearest.is_empty() {
                    self.state.near = self.state.frame.date.take();
                    return self.open(Ask::Field(Field::Date));
                }
                let choices = nearest.into_iter().map(|near| Choice::from(Value::Slot(near))).collect();
                self.state.ask = Ask::OtherSlot(slot.clone());
                self.ask(Prompt::OtherSlot(slot), choices);
            }
            NoPlace::NotOffered => {
                self.say(Say::SlotGone { slot });
                self.state.frame.time = None;
                self.advance();
            }
            NoPlace::LiveBooking => {
                self.say(Say::LiveBooking { service: slot.service });
                self.open(Ask::Blocked);
            }
            NoPlace::TooMany { limit } => {
                self.say(Say::TooMany { limit });
                self.open(Ask::Blocked);
            }
            NoPlace::Blocked { until } => {
                self.say(Say::Blocked { until });
                self.open(Ask::Blocked);
            }
        }
    }

    pub(super) fn confirmed(&mut self, booking: Booking) {
        let booking = Box::new(booking);
        let moved = booking.sequence > 0;
        self.state.hold = None;
        self.drop_draft();
        self.say(if moved { Say::Moved(booking.clone()) } else { Say::Confirmed(booking.clone()) });
        self.say(Say::Slip(booking.clone()));
        if booking.applicant.email_proved {
            self.effects.push(Effect::MailSlip(booking));
        }
        self.open(self.at_rest());
    }
}

fn places(value: Value, places: u32) -> Choice {
    Choice { value, places: Some(places) }
}

fn within(wish: Option<&DateWish>, date: NaiveDate) -> bool {
    match wish {
        Some(DateWish::Range { from, to }) => (*from..=*to).contains(&date),
        Some(DateWish::Weekend) => matches!(date.weekday(), Weekday::Fri | Weekday::Sat | Weekday::Sun),
        Some(DateWish::On(days)) => days.contains(&date),
        Some(DateWish::Earliest | DateWish::Any) | None => true,
    }
}

fn minutes(time: NaiveTime) -> i64 {
    i64::from(time.num_seconds_from_midnight() / 60)
}
