//! One turn, start to end: message in, one transaction, messages out.

mod desk;
mod errand;
mod letter;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::BASE32_NOPAD;
use rand::rngs::StdRng;
use rand::{Rng, RngExt, SeedableRng};

use crate::booking::{Email, Rules};
use crate::dialogue::handover::{LENGTH as CODE_LENGTH, SYMBOLS, shown};
use crate::dialogue::{self, Context, Effect, Event, Language, Proof, Say, State};
use crate::store::{
    Cancelled, CodeCheck, CodePut, Confirmed, Contact, DueErrand, Errand, ErrandEnd, Held, HoldRequest,
    MailToken, NewOutgoing, Opened, Outgoing, OutgoingId, Store, StoreError, Turn,
};

pub use letter::{Letter, Thread};

/// Channel of mail in the outbox.
pub const MAIL: &str = "email";

/// Steps one message may take. The dialogue needs a handful; more would be a circle.
const MOST_STEPS: usize = 64;

/// How long a code is good with which a booking is gone on with elsewhere.
const HANDOVER: TimeDelta = TimeDelta::minutes(30);

/// Forms that an address which nobody has proved gets within 24 hours.
const STRANGER_FORMS: u32 = 5;

/// How often a turn is tried when the database says that it may be repeated.
const TRIES: u32 = 4;

/// A turn that takes longer waits for a connection on which nobody answers any more.
const LONGEST_TURN: Duration = Duration::from_secs(150);

/// A person is asked for patience when their answer takes longer than this.
const SOON: Duration = Duration::from_secs(2);

/// The longest pause before the database is tried again.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// A message of a person, as a channel hands it in.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Who wrote, and where the answer goes.
    pub from: Contact,
    /// Names the delivery within its channel, so that a repeat is noticed.
    pub delivery: String,
    /// What was written or tapped.
    pub event: Event,
}

/// A message that came by mail, and where in the exchange of mails it stands.
#[derive(Debug, Clone)]
pub struct Posted {
    /// The message, from the address to which the answer goes.
    pub message: Incoming,
    /// Where the answer belongs.
    pub thread: Thread,
    /// The language it seems to be in.
    pub language: Language,
}

/// What became of a message.
#[derive(Debug)]
pub enum Handled {
    /// It was acted on; these answers may be sent by the caller now.
    Done(Vec<Outgoing>),
    /// It had been acted on before.
    Repeat,
}

/// What a turn is about: a message or an errand.
#[derive(Clone, Copy)]
struct Cause<'a> {
    /// Who is answered; none when the person of an errand cannot be reached.
    with: Option<&'a Contact>,
    delivery: &'a str,
    matter: Matter<'a>,
    /// Where the answer belongs, when it goes by mail.
    mail: Option<&'a Mailed>,
}

impl Cause<'_> {
    /// Whether many are told the like at the same time: that must hold up nobody's answer.
    fn is_mass(&self) -> bool {
        matches!(self.matter, Matter::Errand(DueErrand { errand: Some(Errand::Closed { .. }), .. }))
    }
}

#[derive(Clone, Copy)]
enum Matter<'a> {
    Message(&'a Event),
    Errand(&'a DueErrand),
}

/// How an answer goes by mail.
struct Mailed {
    to: Contact,
    thread: Thread,
    /// The language of one who has proved nothing.
    language: Language,
    stranger: bool,
}

/// Handles messages. Holds no state of any conversation.
pub struct Assistant {
    store: Arc<dyn Store>,
    rules: Arc<Rules>,
    proof: Proof,
    reads_mail: bool,
    chance: Mutex<StdRng>,
}

impl Assistant {
    /// An assistant over a store. `chance` draws codes, references and delays.
    pub fn new(store: Arc<dyn Store>, rules: Rules, proof: Proof, chance: StdRng) -> Assistant {
        Assistant { store, rules: Arc::new(rules), proof, reads_mail: false, chance: Mutex::new(chance) }
    }

    /// The same, where replies to its mail are read, or are not: if they are, mail sent from any channel can be replied to.
    #[must_use]
    pub fn reading_mail(self, reads_mail: bool) -> Assistant {
        Assistant { reads_mail, ..self }
    }

    /// Handles one message in one transaction. A repeat of a delivery does nothing.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the database fails for good, or more often than a turn is tried. Nothing was done then, and
    /// the message may be handed in again.
    pub async fn handle(&self, message: &Incoming, now: DateTime<Utc>) -> Result<Handled, StoreError> {
        Ok(self.handle_tried(Cause::of(message), now, &mut false).await?.unwrap_or(Handled::Repeat))
    }

    /// Handles one message and waits for a database that is away, for `patience` at most. When that takes longer than
    /// a person expects, `one_moment` asks them for patience, once.
    ///
    /// # Errors
    ///
    /// As [`Assistant::handle`], after that time, or at once for what does not pass by itself.
    pub async fn handle_patiently(
        &self,
        message: &Incoming,
        clock: fn() -> DateTime<Utc>,
        patience: Duration,
        one_moment: impl FnOnce(),
    ) -> Result<Handled, StoreError> {
        let start = Instant::now();
        let (mut tried, mut one_moment, mut pause) = (false, Some(one_moment), SOON / 10);
        loop {
            let handled = {
                let handling = self.handle_tried(Cause::of(message), clock(), &mut tried);
                tokio::pin!(handling);
                tokio::select! {
                    handled = &mut handling => handled,
                    () = tokio::time::sleep_until((start + SOON).into()), if one_moment.is_some() => {
                        if let Some(one_moment) = one_moment.take() {
                            one_moment();
                        }
                        handling.await
                    }
                }
            };
            match handled {
                Err(error) if error.may_pass() && start.elapsed() < patience => {
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
                Ok(handled) => return Ok(handled.unwrap_or(Handled::Repeat)),
                Err(error) => return Err(error),
            }
        }
    }

    /// Handles one message that came by mail, in the same way. `None` when it was noted and gets no answer, since its
    /// sender has had too many.
    ///
    /// # Errors
    ///
    /// As [`Assistant::handle`].
    pub async fn handle_mail(
        &self,
        mail: &Posted,
        now: DateTime<Utc>,
    ) -> Result<Option<Handled>, StoreError> {
        let mailed = Mailed {
            to: mail.message.from.clone(),
            thread: mail.thread.clone(),
            language: mail.language,
            stranger: mail.message.event == Event::Stranger,
        };
        let cause = Cause { mail: Some(&mailed), ..Cause::of(&mail.message) };
        self.handle_tried(cause, now, &mut false).await
    }

    /// Handles one message; `tried` says whether that was tried before, so that nobody knows what became of it.
    async fn handle_tried(
        &self,
        cause: Cause<'_>,
        now: DateTime<Utc>,
        tried: &mut bool,
    ) -> Result<Option<Handled>, StoreError> {
        let mut tries = 0;
        loop {
            tries += 1;
            let turn = tokio::time::timeout(LONGEST_TURN, self.try_once(cause, now));
            let unheard = || StoreError::Unreachable { why: "a turn did not end".to_owned() };
            let handled = match turn.await.unwrap_or_else(|_| Err(unheard())) {
                // The commit had gone through after all.
                Ok(Some(Handled::Repeat)) if *tried => {
                    let written = match cause.with {
                        Some(with) => self.store.written_in(with, cause.delivery, now).await,
                        None => Ok(Vec::new()),
                    };
                    written.map(|written| Some(Handled::Done(written)))
                }
                handled => handled,
            };
            match handled {
                Err(error) if error.is_retryable() => {
                    *tried = true;
                    if tries == TRIES {
                        return Err(error);
                    }
                    tracing::warn!(%error, tries, "turn is tried again");
                    tokio::time::sleep(Duration::from_millis(50 << tries)).await;
                }
                done => return done,
            }
        }
    }

    async fn try_once(&self, cause: Cause<'_>, now: DateTime<Utc>) -> Result<Option<Handled>, StoreError> {
        let opened = match (cause.with, cause.matter) {
            (None, Matter::Errand(errand)) => {
                self.store.turn_in(errand.conversation, cause.delivery, now).await?
            }
            (Some(with), _) => self.store.turn(with, cause.delivery, now).await?,
            (None, Matter::Message(_)) => return Ok(None),
        };
        let mut turn = match opened {
            Opened::New(turn) => turn,
            Opened::Repeat => return Ok(Some(Handled::Repeat)),
        };
        if let (Some(mail), Matter::Message(_)) = (cause.mail, cause.matter) {
            let (kind, most) =
                if mail.stranger { ("form", STRANGER_FORMS) } else { ("post", self.rules.mail_answers) };
            if turn.written_since(kind, now - TimeDelta::days(1)).await? >= most {
                turn.commit().await?;
                return Ok(None);
            }
        }
        let chance = self.draw();
        let (rules, mail) = (Arc::clone(&self.rules), cause.mail);
        let reads_mail = self.reads_mail || mail.is_some();
        let mass = cause.is_mass();
        let working = Working { turn, rules, now, chance, proved: None, mail, reads_mail, mass };
        Ok(Some(Handled::Done(working.run(cause, self.proof).await?)))
    }

    /// A generator of its own for one turn, so that turns do not wait for each other.
    fn draw(&self) -> StdRng {
        let mut chance = self.chance.lock().unwrap_or_else(PoisonError::into_inner);
        StdRng::from_rng(&mut *chance)
    }
}

impl Cause<'_> {
    fn of(message: &Incoming) -> Cause<'_> {
        let Incoming { from, delivery, event } = message;
        Cause { with: Some(from), delivery, matter: Matter::Message(event), mail: None }
    }
}

/// A turn being worked on.
struct Working<'a> {
    turn: Box<dyn Turn>,
    rules: Arc<Rules>,
    now: DateTime<Utc>,
    chance: StdRng,
    proved: Option<Email>,
    mail: Option<&'a Mailed>,
    reads_mail: bool,
    /// Whether what is said is a mass notice.
    mass: bool,
}

impl Working<'_> {
    async fn run(mut self, cause: Cause<'_>, proof: Proof) -> Result<Vec<Outgoing>, StoreError> {
        let office = self.turn.office().clone();
        let rules = Arc::clone(&self.rules);
        let ctx = Context { now: self.now, office: &office, rules: &rules, proof };
        let mut events = VecDeque::new();
        let mut state = match self.turn.state() {
            None => State::new(),
            Some(json) => {
                let (state, whole) = State::from_json(json);
                if !whole {
                    tracing::error!(conversation = self.turn.conversation().0, "stored state cannot be read");
                    events.push_back(Event::Salvaged);
                }
                state
            }
        };
        let mut said = Vec::new();
        match cause.matter {
            Matter::Message(event) => {
                match self.as_staff(cause.with, event, &mut state, &ctx, &mut said).await? {
                    Some(event) => events.push_back(event),
                    None => return self.finish(cause, state, said).await,
                }
            }
            Matter::Errand(errand) => {
                if let Some(desk) = &mut state.desk {
                    desk.open = false;
                }
                events.extend(self.news(errand).await?);
            }
        }
        let counter = self.is_at_the_counter(&mut state).await?;
        if counter {
            self.rules = Arc::new(desk::at_the_counter(&self.rules));
        }
        let rules = Arc::clone(&self.rules);
        let ctx = Context { rules: &rules, proof: if counter { Proof::None } else { proof }, ..ctx };
        for _ in 0..MOST_STEPS {
            let Some(event) = events.pop_front() else { break };
            let (next, effects) = dialogue::step(state, event, &ctx);
            state = next;
            self.proved = state.proved.clone();
            for effect in effects {
                if let Effect::Say(say) = effect {
                    said.push(say);
                } else if let Some(answer) = self.perform(effect, state.language()).await? {
                    if let (Event::Confirmed(booking), true) = (&answer, counter) {
                        self.booked_at_the_counter(booking, &mut state).await?;
                    }
                    events.push_back(answer);
                }
            }
        }
        self.finish(cause, state, said).await
    }

    /// Keeps the state and writes what was said.
    async fn finish(
        mut self,
        cause: Cause<'_>,
        state: State,
        said: Vec<Say>,
    ) -> Result<Vec<Outgoing>, StoreError> {
        self.turn.save(&state.to_json()).await?;
        let is_news = !said.is_empty();
        let told = match (self.mail, cause.with) {
            (Some(mail), _) if is_news => Some(self.answer(mail, &state, said).await?),
            (None, Some(with)) if is_news => {
                let talk = Letter::Talk { language: state.language, say: said };
                Some(self.post(with, &talk).await?)
            }
            _ => None,
        };
        if let Matter::Errand(errand) = cause.matter {
            let unreached =
                if is_news { ErrandEnd::NotReached("no address is known") } else { ErrandEnd::Moot };
            self.turn.end_errand(errand.id, told.map_or(unreached, ErrandEnd::Told)).await?;
        }
        self.turn.commit().await
    }

    async fn perform(&mut self, effect: Effect, language: Language) -> Result<Option<Event>, StoreError> {
        let answer = match effect {
            Effect::Say(_) => return Ok(None),
            Effect::SendCode(email) => self.send_code(email, language).await?,
            Effect::CheckCode { email, code } => {
                match self.turn.check_code(&email, &code, &self.rules).await? {
                    CodeCheck::Right => Event::CodeRight(email),
                    CodeCheck::Wrong { left } => Event::CodeWrong { left },
                    CodeCheck::Expired | CodeCheck::Locked | CodeCheck::NoCode => Event::CodeSpent,
                }
            }
            Effect::Recall(email) => Event::Recalled(self.turn.profile(&email).await?.map(Box::new)),
            Effect::FindDays { branch, service, from, to } => {
                Event::Days(self.turn.free_days(&branch, &service, from, to).await?)
            }
            Effect::FindSlots { branch, service, date } => {
                Event::Slots { date, slots: self.turn.free_slots(&branch, &service, date).await? }
            }
            Effect::Hold { slot, identity, instead_of } => {
                let until = match self.mail {
                    Some(_) => self.rules.held_by_mail_until(slot.starts_at(), self.now),
                    None => self.now + self.rules.hold,
                };
                let (proved, instead_of) = (self.proved.as_ref(), instead_of.as_ref());
                let ask = HoldRequest { slot: &slot, identity: &identity, until, proved, instead_of };
                match self.turn.hold(&ask, &self.rules, &mut self.chance).await? {
                    Held::Held { hold, .. } => Event::Held(hold),
                    Held::NoPlace(why) => Event::NoPlace { slot, why },
                    Held::NoSuchBooking => Event::NoSuchBooking,
                }
            }
            Effect::Confirm { hold, applicant } => {
                let confirmed =
                    self.turn.confirm(hold, &applicant, language, &self.rules, &mut self.chance).await?;
                match confirmed {
                    Confirmed::Confirmed(booking) => Event::Confirmed(booking),
                    Confirmed::NoPlace { slot, why } => Event::NoPlace { slot, why },
                    Confirmed::NoSuchBooking => Event::NoSuchBooking,
                    Confirmed::NoSuchHold => Event::HoldGone,
                }
            }
            Effect::Accept { reference, hold, applicant } => {
                self.accept(reference, hold, &applicant, language).await?
            }
            Effect::Decline { reference, hold } => {
                self.turn.release(hold).await?;
                self.turn.offer_answered(&reference, false).await?;
                return Ok(None);
            }
            Effect::Release(hold) => {
                self.turn.release(hold).await?;
                return Ok(None);
            }
            Effect::FindBookings => Event::Bookings(self.turn.bookings(self.proved.as_ref()).await?),
            Effect::Cancel(reference) => {
                let proved = self.proved.as_ref();
                match self.turn.cancel(&reference, proved, &self.rules, &mut self.chance).await? {
                    Cancelled::Cancelled(booking) => Event::Cancelled(booking),
                    Cancelled::NotFound => Event::NoSuchBooking,
                    Cancelled::TooLate => Event::TooLateToChange,
                }
            }
            Effect::PutHandover => {
                let symbol = |chance: &mut StdRng| {
                    let at = chance.random_range(0..SYMBOLS.len());
                    SYMBOLS.get(at).copied().map_or('2', char::from)
                };
                let code: String = (0..CODE_LENGTH).map(|_| symbol(&mut self.chance)).collect();
                self.turn.put_handover(&code, self.now + HANDOVER).await?;
                Event::HandoverPut { code: shown(&code), minutes: HANDOVER.num_minutes() }
            }
            Effect::FindHandover(code) => {
                let other = self.other(&code).await?.map(Box::new);
                Event::HandoverFound { code, other }
            }
            Effect::TakeOver(code) => {
                if let Some(other) = self.other(&code).await? {
                    self.turn.take_over(&code, &other.without_draft().to_json()).await?;
                }
                return Ok(None);
            }
            Effect::CheckSlip { reference, sequence } => {
                let standing = self.turn.slip_standing(&reference, sequence).await?;
                Event::SlipChecked { reference, standing }
            }
            Effect::MailSlip(booking) => {
                if !self.answers_to(&booking.applicant.email) {
                    let to = mailbox(&booking.applicant.email);
                    let token = self.token_for(&to, self.rules.mail_token).await?;
                    self.post(&to, &Letter::Slip { booking, token }).await?;
                }
                return Ok(None);
            }
            Effect::MailCancelled(booking) => {
                if !self.answers_to(&booking.applicant.email) {
                    let to = mailbox(&booking.applicant.email);
                    let token = self.token_for(&to, self.rules.mail_token).await?;
                    self.post(&to, &Letter::Cancelled { booking, token }).await?;
                }
                return Ok(None);
            }
        };
        Ok(Some(answer))
    }

    async fn send_code(&mut self, email: Email, language: Language) -> Result<Event, StoreError> {
        let code = format!("{:06}", self.chance.random_range(0..1_000_000));
        match self.turn.put_code(&email, &code, &self.rules).await? {
            CodePut::Put { until } => {
                // The database keeps whole seconds.
                let minutes = ((until - self.now).num_seconds() + 30) / 60;
                let to = mailbox(&email);
                // A reply proves the mailbox as well as the code does, and no more: for the conversation by mail alone, and
                // no longer, since this is the mail that people are talked into passing on.
                let token = self.token_for(&to, until - self.now).await?;
                self.post(&to, &Letter::Code { language, code, minutes, token }).await?;
                Ok(Event::CodeSent { email, minutes })
            }
            CodePut::TooSoon { until } | CodePut::TooMany { until } => Ok(Event::CodeLater { until }),
        }
    }

    /// The conversation that a code is from.
    async fn other(&mut self, code: &str) -> Result<Option<State>, StoreError> {
        Ok(self.turn.find_handover(code).await?.map(|json| State::from_json(&json).0))
    }

    /// Whether the answer of this turn goes to that mailbox anyway, with the slip attached.
    fn answers_to(&self, email: &Email) -> bool {
        self.mail.is_some_and(|mail| mail.to.address.eq_ignore_ascii_case(email.as_str()))
    }

    /// Answers a mail, with a new token.
    async fn answer(
        &mut self,
        mail: &Mailed,
        state: &State,
        say: Vec<Say>,
    ) -> Result<OutgoingId, StoreError> {
        let stranger = mail.stranger;
        let language = if stranger { mail.language } else { state.language() };
        let to = &mail.to;
        let token = self.put_token(to, Some(state.number), self.rules.mail_token).await?;
        let thread = mail.thread.clone();
        self.post(to, &Letter::Post { language, say, thread, token, stranger }).await
    }

    /// A token for a mail that asks nothing, where replies are read.
    async fn token_for(&mut self, to: &Contact, good_for: TimeDelta) -> Result<Option<String>, StoreError> {
        if !self.reads_mail {
            return Ok(None);
        }
        self.put_token(to, None, good_for).await.map(Some)
    }

    async fn put_token(
        &mut self,
        to: &Contact,
        question: Option<u32>,
        good_for: TimeDelta,
    ) -> Result<String, StoreError> {
        let token = token(&mut self.chance);
        let about = MailToken { address: to.address.clone(), question };
        self.turn.put_mail_token(&token, &about, self.now + good_for).await?;
        Ok(token)
    }

    async fn post(&mut self, to: &Contact, letter: &Letter) -> Result<OutgoingId, StoreError> {
        let body = serde_json::to_string(letter).map_err(|error| StoreError::Other(error.to_string()))?;
        let mass = self.mass;
        self.turn.queue(&NewOutgoing { to, kind: letter.kind(), body: &body, mass }).await
    }
}

fn mailbox(email: &Email) -> Contact {
    Contact { channel: MAIL.to_owned(), address: email.as_str().to_owned() }
}

/// A new token: 128 random bits, in a form that no word has, so that it is found wherever a mail program has kept it.
fn token(chance: &mut StdRng) -> String {
    let mut bits = [0; 16];
    chance.fill_bytes(&mut bits);
    format!("tj{}", BASE32_NOPAD.encode(&bits).to_ascii_lowercase())
}
