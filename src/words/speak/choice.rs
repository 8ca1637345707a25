//! The labels of choices. A label says what happens, so its words depend on the question.

use super::voice::Voice;
use crate::booking::{Booking, Reference, SlotKey};
use crate::dialogue::understand::Command;
use crate::dialogue::{Choice, Field, Given, Language, Prompt, Value};
use crate::words::args;

/// Longest value shown in the label of a field to change, in characters.
const VALUE_SHOWN: usize = 48;

impl Voice<'_> {
    /// What a choice of that question is called.
    pub(super) fn label(&self, prompt: &Prompt, choice: &Choice) -> String {
        match &choice.value {
            Value::Language(language) => endonym(*language).to_owned(),
            Value::Yes => self.yes_or_no(prompt, true),
            Value::No => self.yes_or_no(prompt, false),
            Value::Identity(kind) => self.identity_kind(*kind),
            Value::State(code) => self.state(code),
            Value::Branch(code) => self.branch(code),
            Value::Service(code) => self.short_service(code),
            Value::Date(date) => self.with_places(self.words.short_date(self.language, *date), choice.places),
            Value::Time(time) => self.with_places(self.time(*time), choice.places),
            Value::Slot(slot) => self.with_places(self.other_slot(prompt, slot), choice.places),
            Value::Field(field) => self.field_to_change(prompt, *field),
            Value::Keep => self.plain("choice-keep"),
            // A channel that turns pages shows it with a sign of its own.
            Value::Page(page) => (page + 1).to_string(),
            Value::Booking(reference) => self.booking_named(prompt, reference),
            Value::Slip(reference) => self.act(prompt, reference, "choice-slip"),
            Value::Move(reference) => self.act(prompt, reference, "choice-move"),
            Value::Cancel(reference) => self.act(prompt, reference, "choice-cancel"),
            Value::Accept(_) => self.plain("choice-accept"),
            Value::Decline(_) => self.plain("choice-decline"),
            Value::Do(command) => self.command(prompt, *command),
            Value::Staff(tap) => {
                let reply = if let Prompt::Staff(reply) = prompt { Some(&**reply) } else { None };
                self.tap_label(reply, tap)
            }
        }
    }

    /// Yes and no in the words of the question.
    fn yes_or_no(&self, prompt: &Prompt, yes: bool) -> String {
        let (agree, refuse) = match prompt {
            Prompt::Terms => ("choice-yes-agree", "choice-no-agree"),
            Prompt::EmailMeant { typed, meant } => {
                let email = if yes { meant } else { typed };
                let id = if yes { "choice-yes-email" } else { "choice-no-email" };
                return self.text(id, args![email = email.as_str()]);
            }
            Prompt::IdentityMeant(_) => ("choice-yes", "choice-no-identity"),
            Prompt::Reuse(_) => ("choice-yes-reuse", "choice-no-reuse"),
            Prompt::Review { .. } => ("choice-yes-confirm", "choice-no-confirm"),
            Prompt::Cancel(_) => ("choice-yes-cancel", "choice-no-cancel"),
            Prompt::Language
            | Prompt::Form { .. }
            | Prompt::Code(_)
            | Prompt::IdentityKind
            | Prompt::IdentityNumber(_)
            | Prompt::Field { .. }
            | Prompt::Branch { .. }
            | Prompt::Service { .. }
            | Prompt::Date { .. }
            | Prompt::Time { .. }
            | Prompt::Which(_)
            | Prompt::Blocked
            | Prompt::OtherSlot(_)
            | Prompt::Change(_)
            | Prompt::Bookings(_)
            | Prompt::Booking(_)
            | Prompt::Offer(_)
            | Prompt::Resume
            | Prompt::Staff(_)
            | Prompt::Idle => ("choice-yes", "choice-no"),
        };
        self.plain(if yes { agree } else { refuse })
    }

    fn with_places(&self, label: String, places: Option<u32>) -> String {
        match places {
            Some(places) => self.text("choice-places", args![label = label, places = places]),
            None => label,
        }
    }

    /// A slot offered instead of a full one; the branch is named only where it is another.
    fn other_slot(&self, prompt: &Prompt, slot: &SlotKey) -> String {
        let when = self.short_when(slot);
        if matches!(prompt, Prompt::OtherSlot(asked) if asked.branch == slot.branch) {
            return when;
        }
        self.text("choice-slot-at", args![slot = when, branch = self.branch(&slot.branch)])
    }

    fn field_to_change(&self, prompt: &Prompt, field: Field) -> String {
        if field == Field::State && matches!(prompt, Prompt::Branch { .. }) {
            return self.plain("choice-other-state");
        }
        if let Prompt::Change(given) = prompt
            && let Some(given) = given.iter().find(|given| given.field() == field)
        {
            return self.line(&self.given_label(given), &shortened(&self.short(given)));
        }
        self.text("choice-change", args![field = self.name_of(field)])
    }

    /// A value for a label: the short names where there are any.
    fn short(&self, given: &Given) -> String {
        match given {
            Given::Branch(code) => self.branch(code),
            Given::Service(code) => self.short_service(code),
            Given::Email(_)
            | Given::Name(_)
            | Given::Identity(_)
            | Given::Address(_)
            | Given::Phone(_)
            | Given::State(_)
            | Given::Date(_)
            | Given::Slot(_) => self.given(given),
        }
    }

    /// In a list of bookings the booking stands beside what is done with it; in the view of one it is plain which.
    fn act(&self, prompt: &Prompt, reference: &Reference, id: &str) -> String {
        let act = self.plain(id);
        if matches!(prompt, Prompt::Bookings(_)) {
            return self.line(&act, &self.booking_named(prompt, reference));
        }
        act
    }

    fn booking_named(&self, prompt: &Prompt, reference: &Reference) -> String {
        if let Prompt::Bookings(bookings) = prompt
            && let Some(booking) = bookings.iter().find(|booking| booking.reference == *reference)
        {
            return self.booking_in_short(booking);
        }
        reference.to_string()
    }

    fn booking_in_short(&self, booking: &Booking) -> String {
        let when = self.short_when(&booking.slot);
        let branch = self.branch(&booking.slot.branch);
        let reference = booking.reference.to_string();
        self.text("choice-booking", args![slot = when, branch = branch, reference = reference])
    }

    fn command(&self, prompt: &Prompt, command: Command) -> String {
        let id = match command {
            Command::Start => "choice-start",
            Command::Help => "choice-help",
            Command::Back => "choice-back",
            Command::Change(Some(field)) => return self.field_to_change(prompt, field),
            Command::Change(None) => "choice-change-any",
            Command::Restart => "choice-restart",
            Command::Stop => "choice-stop",
            Command::Language(Some(language)) => return endonym(language).to_owned(),
            Command::Language(None) => "choice-language",
            Command::Bookings => "choice-bookings",
            Command::Cancel => "choice-cancel",
            Command::Move => "choice-move",
            Command::Slip => "choice-slip",
            Command::NewCode => "choice-new-code",
            Command::Questions => "choice-questions",
            Command::Documents => "choice-documents",
            Command::Terms => "choice-terms",
            Command::Elsewhere => "choice-elsewhere",
            Command::Privacy => "choice-privacy",
            Command::Book if *prompt == Prompt::Resume => "choice-go-on",
            Command::Book => "choice-book",
        };
        self.plain(id)
    }
}

/// What a language calls itself: those who look for it may not read the other.
fn endonym(language: Language) -> &'static str {
    match language {
        Language::Ms => "Bahasa Melayu",
        Language::En => "English",
    }
}

fn shortened(value: &str) -> String {
    if value.chars().count() <= VALUE_SHOWN {
        return value.to_owned();
    }
    let start: String = value.chars().take(VALUE_SHOWN - 1).collect();
    format!("{}…", start.trim_end_matches([' ', ',']))
}
