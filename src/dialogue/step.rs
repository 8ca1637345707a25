//! One step of the conversation: an event in, the new state and the effects out.

use chrono::{DateTime, NaiveDate, Utc};

use super::understand::{self, Command};
use super::{Ask, Effect, Event, Expected, Field, Given, Looking, Question, Say, State, Value};
use crate::booking::Rules;
use crate::office::{MALAYSIA, Office};

/// Longest message that is read, in characters.
const LONGEST: usize = 4000;

/// How this conversation's addresses are proved to be the person's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// By a code sent to the address.
    Code,
    /// Not at all: no mail can be sent here. The booking says so.
    None,
}

/// What a step may look at. Plain data: the same state, event and context give the same answer.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The present instant.
    pub now: DateTime<Utc>,
    /// The catalogue in force.
    pub office: &'a Office,
    /// The rules of the house.
    pub rules: &'a Rules,
    /// How addresses are proved.
    pub proof: Proof,
}

impl Context<'_> {
    /// The date in Kuala Lumpur.
    pub fn today(&self) -> NaiveDate {
        self.now.with_timezone(&MALAYSIA).date_naive()
    }

    /// First and last bookable day.
    pub fn window(&self) -> (NaiveDate, NaiveDate) {
        self.rules.window(self.today())
    }
}

/// Answers one event. Pure: no clock, no store, no channel, no randomness.
///
/// Effects that are questions to the store are answered by further events within the same turn;
/// the turn is over when a step asks for nothing more.
pub fn step(state: State, event: Event, ctx: &Context<'_>) -> (State, Vec<Effect>) {
    let mut talk = Talk { state, effects: Vec::new(), took: Vec::new(), unchanged: None, ctx };
    talk.on(event);
    talk.say_what_was_taken();
    (talk.state, talk.effects)
}

/// A step in the making.
pub(super) struct Talk<'a> {
    pub(super) state: State,
    pub(super) effects: Vec<Effect>,
    /// What was understood in this step and not yet said back.
    pub(super) took: Vec<Given>,
    /// What the fields held before a form was read, which says it all again.
    pub(super) unchanged: Option<Box<super::Frame>>,
    pub(super) ctx: &'a Context<'a>,
}

impl Talk<'_> {
    fn on(&mut self, event: Event) {
        match event {
            Event::Opened => self.opened(),
            Event::Text(text) => self.text(&text),
            Event::Chose { value, question } => self.tapped(value, question),
            Event::Letter(letter) => self.letter(&letter),
            Event::Stranger => self.stranger(),
            Event::Unreadable => self.not_understood(),
            Event::Unread(why) => self.unread(why),
            Event::Contact(number) => self.contact(&number),
            Event::Location(position) => self.located(position),
            Event::OpenedAt(branch) => self.opened_at(branch),
            Event::SlipOpened { reference, sequence } => {
                self.effects.push(Effect::CheckSlip { reference, sequence });
            }
            Event::SlipChecked { reference, standing } => self.slip_checked(reference, standing),
            // A link that binds nobody any more says nothing of what it was.
            Event::Invited(_) => self.opened(),
            Event::ListDue => {}
            Event::Salvaged => self.say(Say::StartedAfresh),
            Event::CodeSent { email, minutes } => {
                self.state.code_sent_to = Some(email.clone());
                self.say(Say::CodeSent { email: email.clone(), minutes });
                self.open(Ask::Code(email));
            }
            Event::CodeLater { until } => {
                self.say(Say::CodeLater { until });
                self.open(match self.state.frame.email.clone() {
                    Some(email) => Ask::Code(email),
                    None => Ask::Field(Field::Email),
                });
            }
            Event::CodeRight(email) => self.code_right(email),
            Event::CodeWrong { left } => {
                self.say(Say::CodeWrong { left });
                self.ask_again();
            }
            Event::CodeSpent => {
                self.say(Say::CodeSpent);
                self.ask_again();
            }
            Event::Recalled(last_time) => self.recalled(last_time),
            Event::Days(days) => self.days(&days),
            Event::Slots { date, slots } => self.slots(date, &slots),
            Event::Held(hold) => self.held(hold),
            Event::NoPlace { slot, why } => self.no_place(slot, why),
            Event::HoldGone => {
                self.release();
                self.advance();
            }
            Event::Confirmed(booking) => self.confirmed(*booking),
            Event::Bookings(bookings) => self.bookings(bookings),
            Event::CalledOff { booking, reason } => self.called_off(booking, reason),
            Event::Closed { booking, reason, offer } => self.closed(booking, reason, offer),
            Event::ClosingDone(summary) => self.closing_done(summary),
            Event::Accepted { reference, booking } => self.accepted(&reference, booking),
            Event::OfferGone { reference, why } => self.offer_gone(&reference, why),
            Event::NowBlocked { language, until, reason } => self.now_blocked(language, until, reason),
            Event::Cancelled(booking) => {
                self.say(Say::Cancelled(booking.clone()));
                if self.state.moving.as_ref() == Some(&booking.reference) {
                    self.drop_draft();
                }
                if booking.applicant.email_proved {
                    self.effects.push(Effect::MailCancelled(booking));
                }
                self.resume();
            }
            Event::HandoverPut { code, minutes } => self.tell(Say::Handover { code, minutes }),
            Event::HandoverFound { code, other } => self.handover_found(code, other.as_deref()),
            Event::NoSuchBooking => {
                self.say(Say::NoSuchBooking);
                if self.state.moving.is_some() {
                    self.drop_draft();
                }
                self.resume();
            }
            Event::TooLateToChange => {
                self.say(Say::TooLateToChange);
                self.resume();
            }
        }
    }

    pub(super) fn opened(&mut self) {
        let greeted = !matches!(self.state.ask, Ask::Nothing | Ask::Language | Ask::Terms);
        if greeted && self.state.has_draft() {
            return self.open(Ask::Resume);
        }
        if self.state.ask != Ask::Idle {
            self.say(Say::Welcome);
        }
        self.ask_again();
    }

    pub(super) fn text(&mut self, raw: &str) {
        if self.state.ask == Ask::Nothing {
            return self.opened();
        }
        let text = understand::text::clean(raw);
        if text.chars().count() > LONGEST {
            self.say(Say::TooLong { limit: LONGEST });
            return self.ask_again();
        }
        if text.is_empty() {
            return self.not_understood();
        }
        self.read(&text);
    }

    pub(super) fn tapped(&mut self, value: Value, question: Option<u32>) {
        // Which offer is meant stands in the value, so that a late answer is as good.
        let of_offer = matches!(value, Value::Accept(_) | Value::Decline(_));
        let stale = !of_offer && question.is_some_and(|number| number != self.state.number);
        if stale || !self.fits(&value) {
            self.say(Say::Stale);
            return self.ask_again();
        }
        if let Value::Page(page) = value {
            self.state.page = Some(page);
            return self.ask_again();
        }
        let question = question.unwrap_or(self.state.number);
        self.say(Say::Tapped { question, value: value.clone() });
        self.chose(value);
    }

    /// Whether a tapped value belongs to what is open. Anything may come back from a client.
    fn fits(&self, value: &Value) -> bool {
        let by_kind = match value {
            Value::Date(_) => matches!(self.state.ask, Ask::Field(Field::Date) | Ask::OtherSlot(_)),
            Value::Time(_) => self.state.ask == Ask::Field(Field::Slot),
            Value::Branch(_) => matches!(self.state.ask, Ask::Field(Field::Branch | Field::State)),
            Value::Language(_) | Value::Do(_) | Value::Page(_) => true,
            Value::Accept(reference) | Value::Decline(reference) => self.is_offered(reference),
            Value::Yes
            | Value::No
            | Value::Identity(_)
            | Value::State(_)
            | Value::Service(_)
            | Value::Slot(_)
            | Value::Field(_)
            | Value::Keep
            | Value::Booking(_)
            | Value::Slip(_)
            | Value::Move(_)
            | Value::Cancel(_)
            | Value::Staff(_) => false,
        };
        by_kind || self.state.offered.contains(value)
    }

    /// Acts on a choice, however it was made.
    pub(super) fn chose(&mut self, value: Value) {
        match value {
            Value::Language(language) => {
                self.state.language = Some(language);
                if self.state.ask == Ask::Language {
                    self.advance();
                } else {
                    self.say(Say::LanguageNow(language));
                    self.ask_again();
                }
            }
            Value::Yes => self.yes(),
            Value::No => self.no(),
            Value::Identity(kind) => {
                self.state.frame.identity_kind = Some(kind);
                self.open(Ask::Field(Field::Identity));
            }
            Value::State(code) => {
                self.set_state(code);
                self.advance();
            }
            Value::Branch(code) => {
                self.set_branch(code);
                self.advance();
            }
            Value::Service(code) => {
                self.set_service(code);
                self.advance();
            }
            Value::Date(date) => {
                self.set_date(date);
                self.advance();
            }
            Value::Time(time) => {
                self.set_time(time);
                self.advance();
            }
            Value::Slot(slot) => {
                self.state.frame.choose(&slot);
                self.state.frame.state = self.ctx.office.branch(&slot.branch).map(|b| b.state.clone());
                self.advance();
            }
            Value::Field(field) => self.edit(field),
            Value::Keep => self.advance(),
            Value::Page(_) => self.ask_again(),
            Value::Booking(reference) => self.look(Looking::At(reference)),
            Value::Slip(reference) => self.look(Looking::Slip(Some(reference))),
            Value::Move(reference) => self.look(Looking::ToMove(Some(reference))),
            Value::Cancel(reference) => self.look(Looking::ToCancel(Some(reference))),
            Value::Accept(reference) => self.accept(&reference),
            Value::Decline(reference) => self.decline(&reference),
            Value::Do(command) => self.command(command),
            Value::Staff(_) => self.ask_again(),
        }
    }

    /// Acts on a command, which may come at any moment.
    pub(super) fn command(&mut self, command: Command) {
        match command {
            Command::Start => self.opened(),
            Command::Help => self.tell(Say::Help),
            Command::Questions => self.tell(Say::Questions),
            Command::Documents => self.tell(Say::Documents),
            Command::Terms => self.tell(Say::Terms),
            Command::Privacy => self.tell(Say::Privacy),
            Command::Elsewhere => self.effects.push(Effect::PutHandover),
            Command::Back => self.back(),
            // With no booking being made, the one that stands is meant.
            Command::Change(Some(Field::Date | Field::Slot)) if !self.state.active => {
                self.look(Looking::ToMove(None));
            }
            Command::Change(_) if !self.state.active => self.look(Looking::List),
            Command::Change(Some(field)) => self.edit(field),
            Command::Change(None) => self.change(),
            Command::Restart => self.restart(),
            Command::Stop => self.stop(),
            Command::Language(Some(language)) => self.chose(Value::Language(language)),
            Command::Language(None) => {
                if self.state.ask == Ask::Language {
                    return self.ask_again();
                }
                self.open(Ask::Language);
            }
            Command::Bookings => self.look(Looking::List),
            Command::Cancel => self.look(Looking::ToCancel(None)),
            Command::Move => self.look(Looking::ToMove(None)),
            Command::Slip => self.look(Looking::Slip(None)),
            Command::Book => self.book(),
            Command::NewCode => match (&self.state.ask, self.state.frame.email.clone()) {
                (Ask::Code(_), Some(email)) => self.effects.push(Effect::SendCode(email)),
                _ => self.not_understood(),
            },
        }
    }

    fn tell(&mut self, say: Say) {
        self.say(say);
        self.ask_again();
    }

    /// Throws the draft away and begins again. The agreement and the proved address stay.
    fn restart(&mut self) {
        self.drop_draft();
        self.say(Say::Restarted);
        self.begin();
    }

    /// Ends the draft at the person's wish.
    fn stop(&mut self) {
        self.drop_draft();
        self.say(Say::Stopped);
        self.open(self.at_rest());
    }

    fn book(&mut self) {
        if self.state.active {
            return self.advance();
        }
        self.begin();
    }

    /// Starts a fresh frame from what is known of the person.
    fn begin(&mut self) {
        self.state.active = true;
        match self.state.proved.clone() {
            Some(email) if self.state.language.is_some() && self.agreed() => {
                self.state.frame.email.get_or_insert_with(|| email.clone());
                if self.state.frame.email.as_ref() != Some(&email) {
                    return self.advance();
                }
                self.effects.push(Effect::Recall(email));
            }
            _ => self.advance(),
        }
    }

    pub(super) fn drop_draft(&mut self) {
        self.release();
        self.state.active = false;
        self.state.frame = super::Frame::default();
        self.state.moving = None;
        self.state.last_time = None;
        self.state.address_begun = None;
        self.state.date_wish = None;
        self.state.time_wish = None;
    }

    /// Gives the held place back, if there is one.
    pub(super) fn release(&mut self) {
        if let Some(hold) = self.state.hold.take() {
            self.effects.push(Effect::Release(hold.id));
        }
    }

    pub(super) fn say(&mut self, say: Say) {
        self.say_what_was_taken();
        self.effects.push(Effect::Say(say));
    }

    /// Nothing is said back of what has stayed as it was.
    pub(super) fn forget_unchanged(&mut self) {
        if let Some(before) = &self.unchanged {
            self.took.retain(|given| before.get(given.field()).as_ref() != Some(given));
        }
    }

    fn say_what_was_taken(&mut self) {
        self.forget_unchanged();
        if !self.took.is_empty() {
            let took = std::mem::take(&mut self.took);
            // What was understood is said before anything that follows from it is looked up or asked.
            let at =
                self.effects.iter().position(|e| !matches!(e, Effect::Say(_))).unwrap_or(self.effects.len());
            self.effects.insert(at, Effect::Say(Say::Took(took)));
        }
    }

    /// Asks, and remembers what the numbers stand for.
    pub(super) fn ask(&mut self, prompt: super::Prompt, choices: Vec<super::Choice>) {
        self.state.number = self.state.number.wrapping_add(1);
        self.state.offered = choices.iter().map(|choice| choice.value.clone()).collect();
        let question = Question { prompt, choices, number: self.state.number, page: self.state.page.take() };
        self.say(Say::Ask(question));
    }

    /// Says what was expected, and asks again.
    pub(super) fn not_understood(&mut self) {
        let expected = match &self.state.ask {
            Ask::Nothing => return self.opened(),
            Ask::Language => Expected::Language,
            Ask::Code(_) => Expected::Code,
            Ask::Form => Expected::Form,
            Ask::Field(field) | Ask::Which(field) => Expected::Field(*field),
            Ask::Terms
            | Ask::EmailMeant { .. }
            | Ask::IdentityMeant(_)
            | Ask::Reuse
            | Ask::Cancel(_)
            | Ask::Offer(_) => Expected::YesNo,
            Ask::Change => Expected::WhichField,
            Ask::Review
            | Ask::Blocked
            | Ask::OtherSlot(_)
            | Ask::Bookings
            | Ask::Booking(_)
            | Ask::Resume
            | Ask::Idle => Expected::Choice,
        };
        self.say(Say::NotUnderstood(expected));
        self.ask_again();
    }

    pub(super) fn agreed(&self) -> bool {
        self.state.consent.as_ref().is_some_and(|consent| consent.version == super::TERMS_VERSION)
    }
}
