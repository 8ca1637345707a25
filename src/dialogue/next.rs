//! What comes next: the first thing still missing, and the question for it.

use chrono::{Datelike, NaiveDate};

use super::step::{Proof, Talk};
use super::understand::Command;
use super::{Ask, Choice, Effect, Field, Looking, Prompt, Say, Value};
use crate::booking::{IdentityKind, SlotKey};
use crate::dialogue::Language;
use crate::office::{Branch, BranchCode, ServiceCode, Verdict};

impl Talk<'_> {
    /// Asks for the first thing still missing; with nothing missing, holds the place and shows the summary.
    pub(super) fn advance(&mut self) {
        if let Some(ask) = self.missing() {
            return self.open(ask);
        }
        let (Some(slot), Some(identity)) = (self.state.frame.slot(), self.state.frame.identity.clone())
        else {
            return self.open(Ask::Field(Field::Branch));
        };
        if self.hold_stands(&slot) {
            return self.open(Ask::Review);
        }
        let instead_of = self.state.moving.clone();
        self.effects.push(Effect::Hold { slot, identity, instead_of });
    }

    /// Goes on with the draft, or says that nothing is open.
    pub(super) fn resume(&mut self) {
        self.advance();
    }

    fn missing(&mut self) -> Option<Ask> {
        if self.state.whole && self.state.active && self.state.frame.email.is_none() {
            self.state.frame.email = self.state.proved.clone();
        }
        let frame = &self.state.frame;
        if self.state.language.is_none() {
            return Some(Ask::Language);
        }
        if !self.state.active {
            return Some(self.at_rest());
        }
        if self.state.whole && self.lacks_much() {
            return Some(Ask::Form);
        }
        if !self.agreed() {
            return Some(Ask::Terms);
        }
        let Some(email) = &frame.email else { return Some(Ask::Field(Field::Email)) };
        if self.ctx.proof == Proof::Code && self.state.proved.as_ref() != Some(email) {
            return Some(Ask::Code(email.clone()));
        }
        if self.state.last_time.is_some() {
            return Some(Ask::Reuse);
        }
        let person = [
            (Field::Name, frame.name.is_none()),
            (Field::Identity, frame.identity.is_none()),
            (Field::Address, frame.address.is_none()),
            (Field::Phone, frame.phone.is_none()),
        ];
        if let Some((field, _)) = person.into_iter().find(|(_, missing)| *missing) {
            return Some(Ask::Field(field));
        }
        let Some(branch) = frame.branch.clone() else {
            return Some(Ask::Field(if frame.state.is_some() { Field::Branch } else { Field::State }));
        };
        let Some(service) = frame.service.clone() else { return Some(Ask::Field(Field::Service)) };
        let Some(date) = frame.date else { return Some(Ask::Field(Field::Date)) };
        if let Some(why) = self.unbookable(&branch, &service, date) {
            self.took.retain(|given| given.field() != Field::Date);
            self.say(why);
            self.state.frame.date = None;
            self.state.near = Some(date);
            self.keep_time_as_wish();
            return Some(Ask::Field(Field::Date));
        }
        if self.state.frame.time.is_none() && !self.ctx.office.holidays_known(date.year()) {
            self.say(Say::HolidaysUnknown { year: date.year() });
        }
        self.state.frame.time.is_none().then_some(Ask::Field(Field::Slot))
    }

    /// Whether something is missing that the form asks for and no list of free days or times could help with.
    fn lacks_much(&self) -> bool {
        let frame = &self.state.frame;
        let person = frame.name.is_none() || frame.identity.is_none() || frame.address.is_none();
        person || frame.phone.is_none() || frame.branch.is_none() || frame.service.is_none()
    }

    /// Why the day may not be chosen, if so.
    fn unbookable(&self, branch: &BranchCode, service: &ServiceCode, date: NaiveDate) -> Option<Say> {
        if let Some(why) = self.outside(date) {
            return Some(why);
        }
        let (_, last) = self.ctx.window();
        if let Some(Verdict::Closed(why)) = self.ctx.office.verdict(branch, date) {
            let next = self.ctx.office.next_open(branch, date, last);
            return Some(Say::DayClosed { branch: branch.clone(), date, why, next });
        }
        self.ctx.office.slots(branch, service, date).is_empty().then_some(Say::DayWithoutSlots { date })
    }

    /// Why no office may be booked on that day, if so.
    pub(super) fn outside(&self, date: NaiveDate) -> Option<Say> {
        let (first, last) = self.ctx.window();
        if date < first {
            return Some(Say::DayTooSoon { date, first });
        }
        (date > last).then_some(Say::DayTooLate { date, last })
    }

    fn hold_stands(&self, slot: &SlotKey) -> bool {
        self.state.hold.as_ref().is_some_and(|hold| hold.slot == *slot && hold.until > self.ctx.now)
    }

    /// Opens a question. What needs the store first becomes an effect, and is asked when the answer comes.
    pub(super) fn open(&mut self, ask: Ask) {
        let again = std::mem::replace(&mut self.state.ask, ask.clone()) == ask;
        match ask {
            Ask::Nothing => self.advance(),
            Ask::Language => {
                self.ask(Prompt::Language, Language::ALL.map(|l| Value::Language(l).into()).into())
            }
            Ask::Terms => {
                if !again {
                    self.say(Say::Notice);
                    self.say(Say::Terms);
                }
                self.ask(Prompt::Terms, yes_or_no());
            }
            Ask::Form => {
                let (given, agreed) = (self.state.frame.given(), self.agreed());
                self.ask(Prompt::Form { given, agreed }, Vec::new());
                if !again && !agreed {
                    self.say(Say::Notice);
                    self.say(Say::Terms);
                }
            }
            Ask::Code(email) if again || self.state.code_sent_to.as_ref() == Some(&email) => {
                self.ask(
                    Prompt::Code(email),
                    choices([Value::Do(Command::NewCode), Value::Field(Field::Email)]),
                );
            }
            // The answer opens the question for real.
            Ask::Code(email) => self.effects.push(Effect::SendCode(email)),
            Ask::EmailMeant { typed, meant } => self.ask(Prompt::EmailMeant { typed, meant }, yes_or_no()),
            Ask::IdentityMeant(identity) => self.ask(Prompt::IdentityMeant(identity), yes_or_no()),
            Ask::Reuse => self.offer_last_time(),
            Ask::Field(field) => self.open_field(field),
            Ask::Which(field) => {
                let again = self.state.offered.iter().cloned().map(Choice::from).collect();
                self.ask(Prompt::Which(field), again);
            }
            Ask::OtherSlot(slot) => {
                let again = self.state.offered.iter().cloned().map(Choice::from).collect();
                self.ask(Prompt::OtherSlot(slot), again);
            }
            Ask::Review => self.review(),
            Ask::Change => self.change(),
            Ask::Blocked => {
                let ways = [
                    Value::Field(Field::Identity),
                    Value::Field(Field::Service),
                    Value::Do(Command::Bookings),
                    Value::Do(Command::Stop),
                ];
                self.ask(Prompt::Blocked, choices(ways));
            }
            Ask::Bookings => self.look(Looking::List),
            Ask::Booking(reference) => self.look(Looking::At(reference)),
            Ask::Cancel(reference) => self.look(Looking::ToCancel(Some(reference))),
            Ask::Offer(reference) => self.open_offer(&reference),
            Ask::Resume => {
                self.ask(Prompt::Resume, choices([Value::Do(Command::Book), Value::Do(Command::Restart)]))
            }
            Ask::Idle => {
                self.ask(Prompt::Idle, choices([Value::Do(Command::Book), Value::Do(Command::Bookings)]))
            }
        }
    }

    /// Asks the open question again, as things stand now.
    pub(super) fn ask_again(&mut self) {
        let ask = self.state.ask.clone();
        self.open(ask);
    }

    fn open_field(&mut self, field: Field) {
        let current = self.state.frame.get(field);
        let keep = self.keep(field);
        match field {
            Field::Email | Field::Name | Field::Address | Field::Phone => {
                self.ask(Prompt::Field { field, current }, keep.into_iter().collect());
            }
            Field::Identity => match self.state.frame.identity_kind {
                Some(kind) => self.ask(Prompt::IdentityNumber(kind), Vec::new()),
                None => {
                    let kinds = [IdentityKind::MyKad, IdentityKind::Passport, IdentityKind::Other];
                    self.ask(Prompt::IdentityKind, kinds.map(|kind| Value::Identity(kind).into()).into());
                }
            },
            Field::State => {
                let service = self.state.frame.service.as_ref();
                let some_branch = |code| self.ctx.office.branches_in(code).any(|b| offers(b, service));
                let states =
                    self.ctx.office.states().map(|state| &state.code).filter(|code| some_branch(code));
                let choices = states.map(|code| Value::State(code.clone()).into()).collect();
                self.ask(Prompt::Field { field, current: None }, choices);
            }
            Field::Branch => self.open_branch(),
            Field::Service => match self.state.frame.branch.clone() {
                Some(code) => {
                    let offered = self.ctx.office.branch(&code).into_iter().flat_map(|b| &b.services);
                    let offered = offered.map(|offer| Choice::from(Value::Service(offer.service.clone())));
                    let choices = offered.chain(keep).collect();
                    self.ask(Prompt::Service { branch: code }, choices);
                }
                None => self.advance(),
            },
            Field::Date => match (self.state.frame.branch.clone(), self.state.frame.service.clone()) {
                (Some(branch), Some(service)) => {
                    let (from, to) = self.ctx.window();
                    self.effects.push(Effect::FindDays { branch, service, from, to });
                }
                _ => self.advance(),
            },
            Field::Slot => {
                let frame = &self.state.frame;
                match (frame.branch.clone(), frame.service.clone(), frame.date) {
                    (Some(branch), Some(service), Some(date)) => {
                        self.effects.push(Effect::FindSlots { branch, service, date });
                    }
                    _ => self.advance(),
                }
            }
        }
    }

    /// The choice to keep what a field holds, if it holds something.
    pub(super) fn keep(&self, field: Field) -> Option<Choice> {
        self.state.frame.get(field).map(|_| Value::Keep.into())
    }

    fn open_branch(&mut self) {
        let current = self.state.frame.branch.clone();
        let state = self.state.frame.state.clone();
        let service = self.state.frame.service.as_ref().filter(|_| current.is_none());
        let branches = self.ctx.office.branches();
        let here =
            branches.filter(|b| state.as_ref().is_none_or(|code| b.state == *code) && offers(b, service));
        let mut list: Vec<Choice> = here.map(|b| Value::Branch(b.code.clone()).into()).collect();
        if list.is_empty() {
            self.state.frame.state = None;
            return self.open(Ask::Field(Field::State));
        }
        list.push(Value::Field(Field::State).into());
        list.extend(self.keep(Field::Branch));
        self.ask(Prompt::Branch { state, current }, list);
    }

    fn offer_last_time(&mut self) {
        match self.state.last_time.as_deref() {
            Some(applicant) => {
                let mut frame = super::Frame::default();
                frame.fill(applicant);
                self.ask(Prompt::Reuse(frame.given()), yes_or_no());
            }
            None => self.advance(),
        }
    }

    fn review(&mut self) {
        let slot = self.state.frame.slot();
        match (self.state.hold.clone(), slot) {
            (Some(hold), Some(slot)) if self.hold_stands(&slot) => {
                let given = self.state.frame.given();
                let moving = self.state.moving.clone();
                let ways = choices([Value::Yes, Value::Field(Field::Slot), Value::No]);
                self.ask(Prompt::Review { given, hold, moving }, ways);
            }
            _ => self.advance(),
        }
    }

    /// Asks what is to be changed.
    pub(super) fn change(&mut self) {
        let given = self.state.frame.given();
        if given.is_empty() {
            self.state.ask = Ask::Nothing;
            return self.advance();
        }
        self.state.ask = Ask::Change;
        let fields = given.iter().map(|g| Value::Field(g.field()).into()).collect();
        self.ask(Prompt::Change(given), fields);
    }

    /// Asks for a field that may be filled already; what it holds stays until there is something better.
    pub(super) fn edit(&mut self, field: Field) {
        if !self.state.active || !self.agreed() || self.state.language.is_none() {
            return self.advance();
        }
        match field {
            Field::Identity => self.state.frame.identity_kind = None,
            Field::State => {
                self.state.frame.state = None;
                self.state.frame.branch = None;
            }
            Field::Email | Field::Name | Field::Address | Field::Phone => {}
            Field::Branch | Field::Service | Field::Date | Field::Slot => {}
        }
        self.open(Ask::Field(field));
    }

    /// Goes back to the field before the one that is open.
    pub(super) fn back(&mut self) {
        let open = match &self.state.ask {
            Ask::Field(field) | Ask::Which(field) => *field,
            Ask::Code(_) | Ask::EmailMeant { .. } => return self.edit(Field::Email),
            Ask::IdentityMeant(_) => return self.edit(Field::Identity),
            Ask::Review => return self.edit(Field::Slot),
            Ask::OtherSlot(_) => return self.edit(Field::Date),
            Ask::Terms => return self.open(Ask::Language),
            Ask::Nothing | Ask::Language | Ask::Form | Ask::Idle | Ask::Offer(_) => {
                self.say(Say::AtTheStart);
                return self.ask_again();
            }
            Ask::Reuse
            | Ask::Change
            | Ask::Blocked
            | Ask::Bookings
            | Ask::Booking(_)
            | Ask::Cancel(_)
            | Ask::Resume => {
                return self.resume();
            }
        };
        if open == Field::Identity && self.state.frame.identity_kind.is_some() {
            return self.edit(Field::Identity);
        }
        let before = Field::ALL.into_iter().rev().find(|field| *field < open && self.may_go_back_to(*field));
        match before {
            Some(field) => self.edit(field),
            None => {
                self.say(Say::AtTheStart);
                self.ask_again();
            }
        }
    }

    fn may_go_back_to(&self, field: Field) -> bool {
        // A moved booking keeps its person, its branch and its service unless they are changed by name.
        let fixed = self.state.moving.is_some() && field < Field::Date;
        !fixed
            && (self.state.frame.get(field).is_some()
                || (field == Field::State && self.state.frame.branch.is_some()))
    }
}

/// Whether a branch offers a service, or any when none is named.
fn offers(branch: &Branch, service: Option<&ServiceCode>) -> bool {
    service.is_none_or(|code| branch.services.iter().any(|offer| offer.service == *code))
}

pub(super) fn yes_or_no() -> Vec<Choice> {
    choices([Value::Yes, Value::No])
}

pub(super) fn choices<const N: usize>(values: [Value; N]) -> Vec<Choice> {
    values.map(Choice::from).into()
}
