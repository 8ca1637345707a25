//! A person's bookings: shown, their slip sent again, moved, cancelled.

use super::step::Talk;
use super::understand::Command;
use super::{Ask, Choice, Effect, Looking, Prompt, Say, Value, next};
use crate::booking::{Booking, Reference};

impl Talk<'_> {
    /// Looks the person's bookings up, for a purpose.
    pub(super) fn look(&mut self, purpose: Looking) {
        self.state.looking = purpose;
        self.effects.push(Effect::FindBookings);
    }

    pub(super) fn bookings(&mut self, bookings: Vec<Booking>) {
        let purpose = std::mem::replace(&mut self.state.looking, Looking::List);
        if bookings.is_empty() {
            self.say(Say::NoBookings);
            return self.after_none();
        }
        match purpose {
            Looking::List => self.list(bookings, Value::Booking),
            Looking::ToCancel(None) => match single(&bookings) {
                Some(booking) => self.sure(booking),
                None => self.list(bookings, Value::Cancel),
            },
            Looking::ToMove(None) => match single(&bookings) {
                Some(booking) => self.move_it(&booking),
                None => self.list(bookings, Value::Move),
            },
            Looking::At(reference) => self.with(bookings, &reference, Talk::show),
            Looking::Slip(None) => match single(&bookings) {
                Some(booking) => self.slip(booking),
                None => self.list(bookings, Value::Slip),
            },
            Looking::Slip(Some(reference)) => self.with(bookings, &reference, Talk::slip),
            Looking::ToCancel(Some(reference)) => self.with(bookings, &reference, Talk::sure),
            Looking::ToMove(Some(reference)) => {
                self.with(bookings, &reference, |talk, booking| talk.move_it(&booking));
            }
        }
    }

    /// After "you have no bookings": the draft goes on, or something new may begin.
    fn after_none(&mut self) {
        if matches!(self.state.ask, Ask::Bookings | Ask::Booking(_) | Ask::Cancel(_)) {
            return self.resume();
        }
        self.ask_again();
    }

    fn with(&mut self, bookings: Vec<Booking>, reference: &Reference, then: impl FnOnce(&mut Self, Booking)) {
        match bookings.into_iter().find(|booking| booking.reference == *reference) {
            Some(booking) => then(self, booking),
            None => {
                self.say(Say::NoSuchBooking);
                self.after_none();
            }
        }
    }

    fn list(&mut self, bookings: Vec<Booking>, act: fn(Reference) -> Value) {
        let mut choices: Vec<Choice> = bookings.iter().map(|b| act(b.reference.clone()).into()).collect();
        choices.push(Value::Do(Command::Book).into());
        self.state.ask = Ask::Bookings;
        self.ask(Prompt::Bookings(bookings), choices);
    }

    fn show(&mut self, booking: Booking) {
        let reference = booking.reference.clone();
        let ways = [
            Value::Slip(reference.clone()),
            Value::Move(reference.clone()),
            Value::Cancel(reference.clone()),
            Value::Do(Command::Book),
        ];
        self.state.ask = Ask::Booking(reference);
        self.ask(Prompt::Booking(Box::new(booking)), next::choices(ways));
    }

    fn slip(&mut self, booking: Booking) {
        self.say(Say::Slip(Box::new(booking)));
        self.resume();
    }

    fn sure(&mut self, booking: Booking) {
        self.state.ask = Ask::Cancel(booking.reference.clone());
        self.ask(Prompt::Cancel(Box::new(booking)), next::yes_or_no());
    }

    /// Makes the booking the draft, with day and time open. It stands until the new place is confirmed.
    fn move_it(&mut self, booking: &Booking) {
        self.drop_draft();
        self.state.active = true;
        let frame = &mut self.state.frame;
        frame.fill(&booking.applicant);
        frame.email = Some(booking.applicant.email.clone());
        frame.branch = Some(booking.slot.branch.clone());
        frame.service = Some(booking.slot.service.clone());
        frame.state = self.ctx.office.branch(&booking.slot.branch).map(|branch| branch.state.clone());
        self.state.moving = Some(booking.reference.clone());
        self.advance();
    }

    /// The second yes: now it is done.
    pub(super) fn cancel_now(&mut self, reference: Reference) {
        self.effects.push(Effect::Cancel(reference));
    }
}

fn single(bookings: &[Booking]) -> Option<Booking> {
    match bookings {
        [only] => Some(only.clone()),
        _ => None,
    }
}
