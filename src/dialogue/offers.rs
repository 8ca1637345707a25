//! Another place, held for somebody whose appointment was called off: offered, taken by one word, or given back.

use serde::{Deserialize, Serialize};

use super::step::Talk;
use super::understand;
use super::{Ask, Choice, Effect, Offer, Prompt, Say, Value};
use crate::booking::{Applicant, Booking, Hold, NoPlace, Reference};
use crate::office::Reason;

/// Numbers of questions that are remembered of an offer: letters answer old ones.
const MOST_ASKED: usize = 8;

/// An offer that was not answered yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pending {
    /// The appointment that was called off.
    pub reference: Reference,
    /// The place held instead.
    pub hold: Hold,
    /// Who was to come.
    pub applicant: Box<Applicant>,
    /// The numbers of the questions in which it was offered.
    pub asked: Vec<u32>,
}

impl Talk<'_> {
    /// An appointment had to make way for a closing. What is open goes on after the offer was answered.
    pub(super) fn closed(&mut self, booking: Box<Booking>, reason: Reason, offer: Option<Hold>) {
        self.meet(booking.language);
        let reference = booking.reference.clone();
        let applicant = Box::new(booking.applicant.clone());
        self.say(Say::Closed { booking, reason, offered: offer.is_some() });
        self.without(&reference);
        let now = self.ctx.now;
        self.state.offers.retain(|pending| pending.hold.slot.starts_at() > now);
        let Some(hold) = offer else { return self.go_on() };
        self.state.offers.push(Pending { reference: reference.clone(), hold, applicant, asked: Vec::new() });
        self.open(Ask::Offer(reference));
    }

    /// The question to be open when nothing else is: an offer whose place is held, or what to do next.
    pub(super) fn at_rest(&self) -> Ask {
        let stands = self.state.offers.iter().find(|pending| pending.hold.until > self.ctx.now);
        stands.map_or(Ask::Idle, |pending| Ask::Offer(pending.reference.clone()))
    }

    /// Asks whether the place is wanted; of an offer that was answered nothing.
    pub(super) fn open_offer(&mut self, reference: &Reference) {
        let Some(at) = self.offer_at(reference) else {
            self.state.ask = Ask::Idle;
            return self.advance();
        };
        let Some(Pending { hold, applicant, .. }) = self.state.offers.get(at).cloned() else { return };
        let offer = Offer { reference: reference.clone(), name: applicant.name.clone(), hold };
        let values = [Value::Accept(reference.clone()), Value::Decline(reference.clone())];
        self.ask(Prompt::Offer(Box::new(offer)), values.map(Choice::from).into());
        let number = self.state.number;
        if let Some(pending) = self.state.offers.get_mut(at) {
            pending.asked.push(number);
            let old = pending.asked.len().saturating_sub(MOST_ASKED);
            pending.asked.drain(..old);
        }
    }

    fn offer_at(&self, reference: &Reference) -> Option<usize> {
        self.state.offers.iter().position(|pending| pending.reference == *reference)
    }

    /// Whether there is such an offer.
    pub(super) fn is_offered(&self, reference: &Reference) -> bool {
        self.offer_at(reference).is_some()
    }

    /// What a letter says to the offer that it answers, though another question may be open by now.
    pub(super) fn offer_answer(&self, text: &str, question: Option<u32>) -> Option<Value> {
        let asked = |pending: &&Pending| question.is_some_and(|number| pending.asked.contains(&number));
        let reference = self.state.offers.iter().find(asked)?.reference.clone();
        let yes = match understand::number::choice(text) {
            Some(number) => (1..=2).contains(&number).then_some(number == 1),
            None => understand::yes_no(text).certain().copied(),
        };
        Some(if yes? { Value::Accept(reference) } else { Value::Decline(reference) })
    }

    /// Takes the place. One whose time has run out is tried to be won again.
    pub(super) fn accept(&mut self, reference: &Reference) {
        let Some(Pending { hold, applicant, .. }) = self.pending(reference) else { return self.no_offer() };
        self.effects.push(Effect::Accept { reference: reference.clone(), hold, applicant });
    }

    /// Gives the place back.
    pub(super) fn decline(&mut self, reference: &Reference) {
        let Some(Pending { hold, .. }) = self.pending(reference) else { return self.no_offer() };
        self.state.offers.retain(|pending| pending.reference != *reference);
        self.effects.push(Effect::Decline { reference: reference.clone(), hold: hold.id });
        self.say(Say::OfferDeclined);
        self.advance();
    }

    fn pending(&self, reference: &Reference) -> Option<Pending> {
        self.offer_at(reference).and_then(|at| self.state.offers.get(at)).cloned()
    }

    fn no_offer(&mut self) {
        self.say(Say::Stale);
        self.ask_again();
    }

    /// The place is theirs.
    pub(super) fn accepted(&mut self, reference: &Reference, booking: Box<Booking>) {
        self.state.offers.retain(|pending| pending.reference != *reference);
        self.say(Say::Confirmed(booking.clone()));
        self.say(Say::Slip(booking.clone()));
        if booking.applicant.email_proved {
            self.effects.push(Effect::MailSlip(booking));
        }
        self.advance();
    }

    /// The place has gone to somebody else. What is nearest is shown with the person's details filled in, unless another
    /// booking is being made.
    pub(super) fn offer_gone(&mut self, reference: &Reference, why: NoPlace) {
        let Some(Pending { hold, applicant, .. }) = self.pending(reference) else { return self.no_offer() };
        self.state.offers.retain(|pending| pending.reference != *reference);
        let slot = hold.slot.clone();
        if self.state.has_draft() {
            self.say(Say::HoldLost { slot });
            return self.advance();
        }
        self.state.active = true;
        self.state.frame.email = Some(applicant.email.clone());
        self.state.frame.fill(&applicant);
        self.state.frame.choose(&slot);
        self.state.frame.state = self.ctx.office.branch(&slot.branch).map(|branch| branch.state.clone());
        self.state.hold = Some(hold);
        self.no_place(slot, why);
    }

    /// A place was won otherwise: the one offered to the same person for the same business was given back with it.
    pub(super) fn instead_of_offer(&mut self, hold: &Hold) {
        let identity = self.state.frame.identity.as_ref();
        self.state.offers.retain(|pending| {
            pending.hold.slot.service != hold.slot.service || Some(&pending.applicant.identity) != identity
        });
    }
}
