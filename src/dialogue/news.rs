//! News that did not begin with a message of the person: said, and then the conversation goes on where it stood.

use chrono::{DateTime, Utc};

use super::step::Talk;
use super::{Ask, Language, Say, Summary};
use crate::booking::{Booking, Reference};

impl Talk<'_> {
    /// Staff have called an appointment off.
    pub(super) fn called_off(&mut self, booking: Box<Booking>, reason: String) {
        self.meet(booking.language);
        let reference = booking.reference.clone();
        self.say(Say::CalledOff { booking, reason });
        self.without(&reference);
        self.go_on();
    }

    /// The person may not book for a time.
    pub(super) fn now_blocked(&mut self, language: Language, until: DateTime<Utc>, reason: String) {
        self.meet(language);
        self.say(Say::NowBlocked { until, reason });
        self.go_on();
    }

    /// All whom a closing concerns were told, or cannot be reached.
    pub(super) fn closing_done(&mut self, summary: Box<Summary>) {
        self.meet(self.state.language());
        self.say(Say::ClosingDone(summary));
        self.go_on();
    }

    /// One who has not written here yet, as when news come by mail, is spoken to in the language of their booking.
    pub(super) fn meet(&mut self, language: Language) {
        self.state.language.get_or_insert(language);
        if matches!(self.state.ask, Ask::Nothing | Ask::Language) && !self.state.has_draft() {
            self.state.active = false;
            self.state.ask = Ask::Idle;
        }
    }

    /// An appointment is gone: nothing of what is open may count on it.
    pub(super) fn without(&mut self, gone: &Reference) {
        if self.state.moving.as_ref() == Some(gone) {
            self.drop_draft();
        }
        let ask = &self.state.ask;
        let about = matches!(ask, Ask::Booking(reference) | Ask::Cancel(reference) if reference == gone);
        if about || *ask == Ask::Bookings {
            self.state.ask = Ask::Idle;
        }
    }

    /// Asks the open question again; what was open of an appointment that is gone gives way to what is missing.
    pub(super) fn go_on(&mut self) {
        if matches!(self.state.ask, Ask::Nothing | Ask::Language | Ask::Idle) {
            return self.advance();
        }
        self.ask_again();
    }
}
