//! Random days at the counter, against a model that only counts. What differs is shrunk to the shortest story.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    reason = "helpers of tests may panic as tests may"
)]

mod cluster;
#[expect(dead_code, reason = "what only the contract needs")]
#[path = "store/home.rs"]
mod home;
#[expect(dead_code, reason = "what only the contract needs")]
#[path = "store/kit.rs"]
mod kit;

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use temujanji::booking::{HoldId, NoPlace, Reference, Rules, SlotKey};
use temujanji::office::Reason;
use temujanji::store::{Cancelled, ClosingSpec, Confirmed, ErrandId, Held, MadeWay, Retention};

use crate::home::{File, Home, Server};
use crate::kit::{Person, Town, day, hour, monday, service, slot};

/// Chats, identities and slots are few, so that they meet.
const CHATS: usize = 4;
const IDENTITIES: usize = 4;

#[derive(Debug, Clone)]
enum Act {
    Hold {
        chat: usize,
        identity: usize,
        slot: usize,
    },
    Move {
        chat: usize,
        identity: usize,
        slot: usize,
    },
    /// Confirms the last hold the chat got, whatever became of it, for an identity.
    Confirm {
        chat: usize,
        identity: usize,
    },
    ConfirmAsHeld {
        chat: usize,
    },
    Release {
        chat: usize,
    },
    /// Cancels the last booking of another chat or its own.
    Cancel {
        chat: usize,
        whose: usize,
    },
    /// The last booking of the chat makes way for the closing of its day, and another place is offered.
    MakeWay {
        chat: usize,
    },
    /// Takes the last place that was offered to the chat, whatever became of it.
    Accept {
        chat: usize,
    },
    /// Holds in a turn that is dropped.
    HalfHold {
        chat: usize,
        identity: usize,
        slot: usize,
    },
    Wait {
        minutes: i64,
    },
    Places {
        capacity: u32,
    },
    Close {
        closed: bool,
    },
    Restart,
    Tidy,
}

fn act() -> impl Strategy<Value = Act> {
    let (chat, identity, slot) = (0..CHATS, 0..IDENTITIES, 0..slots().len());
    let ask = (chat.clone(), identity.clone(), slot);
    prop_oneof![
        8 => ask.clone().prop_map(|(chat, identity, slot)| Act::Hold { chat, identity, slot }),
        3 => ask.clone().prop_map(|(chat, identity, slot)| Act::Move { chat, identity, slot }),
        1 => (chat.clone(), identity).prop_map(|(chat, identity)| Act::Confirm { chat, identity }),
        6 => chat.clone().prop_map(|chat| Act::ConfirmAsHeld { chat }),
        2 => chat.clone().prop_map(|chat| Act::Release { chat }),
        3 => (chat.clone(), chat.clone()).prop_map(|(chat, whose)| Act::Cancel { chat, whose }),
        3 => chat.clone().prop_map(|chat| Act::MakeWay { chat }),
        3 => chat.clone().prop_map(|chat| Act::Accept { chat }),
        1 => ask.prop_map(|(chat, identity, slot)| Act::HalfHold { chat, identity, slot }),
        3 => prop::sample::select(vec![1, 5, 9, 10, 11, 24 * 60]).prop_map(|minutes| Act::Wait { minutes }),
        1 => (0..4_u32).prop_map(|capacity| Act::Places { capacity }),
        1 => any::<bool>().prop_map(|closed| Act::Close { closed }),
        1 => Just(Act::Restart),
        1 => Just(Act::Tidy),
    ]
}

/// Two near the day, where cancelled places return at once, and some further off; one of another service.
fn slots() -> Vec<SlotKey> {
    let pass = SlotKey { service: service("VPP-PP"), ..slot(20, 9) };
    vec![slot(6, 9), slot(6, 10), slot(20, 9), slot(20, 10), slot(21, 9), pass]
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Stage {
    Held(DateTime<Utc>),
    Booked,
    /// Called off or moved away from; the place is taken until then.
    Returning(DateTime<Utc>),
}

#[derive(Debug, Clone)]
struct Seat {
    slot: SlotKey,
    chat: usize,
    identity: usize,
    stage: Stage,
    instead_of: Option<Reference>,
    reference: Option<Reference>,
    /// Whether it is held apart from what the chat is booking.
    offer: bool,
    /// Whether it stands for its identity; a hold to move a booking leaves that to the booking.
    claims: bool,
}

/// The same office, by counting seats one by one.
struct Model {
    now: DateTime<Utc>,
    rules: Rules,
    capacity: u32,
    closed: bool,
    seats: HashMap<HoldId, Seat>,
    queue: BTreeMap<chrono::NaiveDate, u32>,
}

#[derive(Debug, PartialEq)]
enum Answer {
    Place,
    Again,
    Full,
    NotOffered,
    LiveBooking,
    TooMany,
    NoSuchBooking,
    NoSuchHold,
}

impl Seat {
    fn is_held(&self, now: DateTime<Utc>) -> bool {
        matches!(self.stage, Stage::Held(until) if until > now)
    }

    fn is_held_by(&self, chat: usize) -> bool {
        matches!(self.stage, Stage::Held(_)) && self.chat == chat
    }

    fn is_to_come(&self, now: DateTime<Utc>) -> bool {
        self.stage == Stage::Booked && self.slot.starts_at() + TimeDelta::minutes(60) > now
    }

    fn takes(&self, now: DateTime<Utc>) -> bool {
        match self.stage {
            Stage::Held(until) | Stage::Returning(until) => until > now,
            Stage::Booked => true,
        }
    }
}

impl Model {
    fn offers(&self, slot: &SlotKey) -> bool {
        !(self.closed && slot.date == day(20)) && slot.starts_at() > self.now
    }

    fn may_be_asked(&self, slot: &SlotKey) -> bool {
        let today = (self.now + TimeDelta::hours(8)).date_naive();
        let (first, last) = self.rules.window(today);
        (first..=last).contains(&slot.date) && self.offers(slot)
    }

    fn taken(&self, slot: &SlotKey) -> u32 {
        self.seats.values().filter(|seat| seat.slot == *slot && seat.takes(self.now)).count() as u32
    }

    fn free(&self, slot: &SlotKey) -> u32 {
        if self.offers(slot) { self.capacity.saturating_sub(self.taken(slot)) } else { 0 }
    }

    fn booking(&self, chat: usize, reference: &Reference) -> Option<HoldId> {
        let is_it = |seat: &Seat| {
            seat.reference.as_ref() == Some(reference) && seat.chat == chat && seat.stage == Stage::Booked
        };
        let found = self.seats.iter().find(|(_, seat)| is_it(seat) && seat.slot.starts_at() > self.now);
        found.map(|(id, _)| *id)
    }

    fn hold(&self, chat: usize, identity: usize, slot: &SlotKey, instead_of: Option<&Reference>) -> Answer {
        let old = instead_of.and_then(|reference| self.booking(chat, reference));
        if !self.offers(slot) {
            return Answer::NotOffered;
        }
        if instead_of.is_some() && old.is_none() {
            return Answer::NoSuchBooking;
        }
        let same_claim = |seat: &Seat| {
            seat.claims
                && seat.identity == identity
                && seat.slot.service == slot.service
                && (seat.is_to_come(self.now) || seat.is_held(self.now))
        };
        let others = |(id, seat): &(&HoldId, &Seat)| Some(**id) != old && !seat.is_held_by(chat);
        if self.seats.iter().filter(others).any(|(_, seat)| same_claim(seat)) {
            return Answer::LiveBooking;
        }
        let live = |(id, seat): &(&HoldId, &Seat)| {
            seat.chat == chat && seat.is_to_come(self.now) && Some(**id) != old
        };
        if self.seats.iter().filter(live).count() >= self.rules.max_live as usize {
            return Answer::TooMany;
        }
        match self.own_hold_in(chat, identity, slot) {
            Some(own) if own.identity == identity && own.instead_of.as_ref() == instead_of => Answer::Again,
            Some(_) => Answer::Place,
            None if self.taken(slot) >= self.capacity => Answer::Full,
            None => Answer::Place,
        }
    }

    fn own_hold_in(&self, chat: usize, identity: usize, slot: &SlotKey) -> Option<&Seat> {
        let own = |seat: &&Seat| seat.is_held_by(chat) && (!seat.offer || seat.identity == identity);
        self.seats.values().find(|seat| own(seat) && seat.is_held(self.now) && seat.slot == *slot)
    }

    /// A chat wins a place: what it held before is given back, but for what was offered to others of it.
    fn gives_back(&mut self, id: HoldId, won: &Seat) {
        let claim = |seat: &Seat| (seat.identity, seat.slot.service.clone());
        self.seats.retain(|other, seat| {
            let apart = if won.offer { true } else { seat.offer };
            *other == id || !seat.is_held_by(won.chat) || apart && claim(seat) != claim(won)
        });
    }

    /// The nearest free slot of the branch for somebody who cannot come to this one.
    fn nearest(&self, old: &SlotKey) -> Option<SlotKey> {
        let today = (self.now + TimeDelta::hours(8)).date_naive();
        let (first, last) = self.rules.window(today);
        let days = old.date.max(first).iter_days().take_while(|date| *date <= last);
        let slots = days.flat_map(|date| {
            let mut times = [hour(9), hour(10), hour(11)];
            times.sort_by_key(|time| (*time - old.time).num_minutes().abs());
            times.map(|time| SlotKey { date, time, ..old.clone() })
        });
        slots.into_iter().find(|slot| self.free(slot) > 0)
    }

    fn held(&mut self, id: HoldId, mut seat: Seat) {
        if let Some(old) = &seat.instead_of
            && let Some(old) = self.booking(seat.chat, old).map(|old| &self.seats[&old])
        {
            seat.claims = old.identity != seat.identity || old.slot.service != seat.slot.service;
        }
        self.gives_back(id, &seat);
        self.seats.insert(id, seat);
    }

    /// What confirming leads to, as far as a place must be asked for anew.
    fn confirm(&self, chat: usize, identity: usize, id: HoldId) -> Answer {
        let Some(seat) = self.seats.get(&id).filter(|seat| seat.chat == chat) else {
            return Answer::NoSuchHold;
        };
        let instead_of = seat.instead_of.as_ref();
        match seat.stage {
            Stage::Booked => return Answer::Again,
            Stage::Returning(_) => return Answer::NoSuchHold,
            Stage::Held(_) if !self.offers(&seat.slot) => return Answer::NotOffered,
            Stage::Held(_) if seat.is_held(self.now) && seat.identity == identity => {}
            Stage::Held(_) => match self.hold(chat, identity, &seat.slot, instead_of) {
                Answer::Place | Answer::Again => {}
                refused => return refused,
            },
        }
        match instead_of {
            Some(reference) if self.booking(chat, reference).is_none() => Answer::NoSuchBooking,
            Some(_) | None => Answer::Place,
        }
    }

    fn confirmed(&mut self, id: HoldId, identity: usize, reference: &Reference) {
        let Some(seat) = self.seats.get(&id).cloned() else { return };
        self.end(seat.chat, reference);
        if !seat.is_held(self.now) || seat.identity != identity {
            self.gives_back(id, &Seat { identity, ..seat });
        }
        if let Some(seat) = self.seats.get_mut(&id) {
            let reference = Some(reference.clone());
            *seat = Seat { stage: Stage::Booked, identity, reference, claims: true, ..seat.clone() };
            *self.queue.entry(seat.slot.date).or_default() += 1;
        }
    }

    fn end(&mut self, chat: usize, reference: &Reference) {
        let Some(id) = self.booking(chat, reference) else { return };
        let near = self.seats[&id].slot.starts_at() - self.now <= TimeDelta::days(2);
        let until = if near { self.now } else { self.now + self.rules.return_delay };
        self.seats.get_mut(&id).unwrap().stage = Stage::Returning(until);
    }
}

/// What each chat remembers.
#[derive(Default, Clone)]
struct Memory {
    hold: Option<HoldId>,
    offer: Option<HoldId>,
    booking: Option<Reference>,
}

struct Story {
    town: Town,
    model: Model,
    memory: Vec<Memory>,
}

impl Story {
    async fn new(home: impl Home + 'static) -> Story {
        let mut town = Town::new(home, false).await;
        // Returns take one to six seconds, and time goes by in minutes.
        town.rules = Rules { max_live: 2, return_delay: TimeDelta::seconds(6), ..Rules::default() };
        let (now, rules) = (monday(), town.rules.clone());
        let (seats, queue) = (HashMap::new(), BTreeMap::new());
        let model = Model { now, rules, capacity: 2, closed: false, seats, queue };
        Story { town, model, memory: vec![Memory::default(); CHATS] }
    }

    fn person(&self, chat: usize, identity: usize) -> Person<'_> {
        let person = self.town.person(&format!("chat{chat}"));
        person.identity_of(&format!("identity{identity}"))
    }

    async fn does(&mut self, act: &Act) -> Result<(), TestCaseError> {
        match *act {
            Act::Hold { chat, identity, slot } => self.holds(chat, identity, slot, None).await?,
            Act::Move { chat, identity, slot } => {
                if let Some(reference) = self.memory[chat].booking.clone() {
                    self.holds(chat, identity, slot, Some(reference)).await?;
                }
            }
            Act::Confirm { chat, identity } => self.confirms(chat, identity).await?,
            Act::ConfirmAsHeld { chat } => {
                let held = self.memory[chat].hold.and_then(|id| self.model.seats.get(&id));
                self.confirms(chat, held.map_or(0, |seat| seat.identity)).await?;
            }
            Act::MakeWay { chat } => self.makes_way(chat).await?,
            Act::Accept { chat } => {
                if let Some(id) = self.memory[chat].offer {
                    let identity = self.model.seats.get(&id).map_or(0, |seat| seat.identity);
                    self.confirms_place(chat, identity, id).await?;
                }
            }
            Act::Release { chat } => {
                if let Some(id) = self.memory[chat].hold {
                    self.person(chat, 0).releases(id).await;
                    self.model.seats.retain(|other, seat| *other != id || !seat.is_held_by(chat));
                }
            }
            Act::Cancel { chat, whose } => self.cancels(chat, whose).await?,
            Act::HalfHold { chat, identity, slot } => {
                let person = self.person(chat, identity);
                let mut turn = person.turn().await;
                person.asks_in(&mut *turn, &slots()[slot], None).await;
            }
            Act::Wait { minutes } => {
                self.town.wait(TimeDelta::minutes(minutes));
                self.model.now = self.town.now();
            }
            Act::Places { capacity } => self.model.capacity = capacity,
            Act::Close { closed } => self.model.closed = closed,
            Act::Restart => self.town.restarts().await,
            Act::Tidy => {
                let keep = Retention { holds: TimeDelta::days(99), ..Retention::default() };
                self.town.same_store().tidy(&keep, self.town.now()).await.unwrap();
            }
        }
        if matches!(act, Act::Places { .. } | Act::Close { .. }) {
            let closed = if self.model.closed { vec![day(20)] } else { Vec::new() };
            self.town.opens(self.model.capacity, &closed).await;
        }
        self.agrees().await
    }

    async fn holds(
        &mut self,
        chat: usize,
        identity: usize,
        slot: usize,
        instead_of: Option<Reference>,
    ) -> Result<(), TestCaseError> {
        let slot = slots()[slot].clone();
        let expected = match self.model.may_be_asked(&slot) {
            true => self.model.hold(chat, identity, &slot, instead_of.as_ref()),
            false => Answer::NotOffered,
        };
        let held = self.person(chat, identity).asks(&slot, instead_of.as_ref()).await;
        let got = match &held {
            Held::Held { again: false, .. } => Answer::Place,
            Held::Held { again: true, .. } => Answer::Again,
            Held::NoPlace(why) => refusal(why),
            Held::NoSuchBooking => Answer::NoSuchBooking,
        };
        prop_assert_eq!(got, expected);
        if let Held::Held { hold, .. } = held {
            self.memory[chat].hold = Some(hold.id);
            let stage = Stage::Held(hold.until);
            self.model.held(
                hold.id,
                Seat { slot, chat, identity, stage, instead_of, reference: None, offer: false, claims: true },
            );
        }
        Ok(())
    }

    async fn confirms(&mut self, chat: usize, identity: usize) -> Result<(), TestCaseError> {
        match self.memory[chat].hold {
            Some(id) => self.confirms_place(chat, identity, id).await,
            None => Ok(()),
        }
    }

    async fn confirms_place(
        &mut self,
        chat: usize,
        identity: usize,
        id: HoldId,
    ) -> Result<(), TestCaseError> {
        let expected = self.model.confirm(chat, identity, id);
        let answer = self.person(chat, identity).confirms(id).await;
        let got = match &answer {
            Confirmed::Confirmed(_) if expected == Answer::Again => Answer::Again,
            Confirmed::Confirmed(_) => Answer::Place,
            Confirmed::NoPlace { why, .. } => refusal(why),
            Confirmed::NoSuchBooking => Answer::NoSuchBooking,
            Confirmed::NoSuchHold => Answer::NoSuchHold,
        };
        prop_assert_eq!(&got, &expected);
        if let (Confirmed::Confirmed(booking), Answer::Place) = (answer, got) {
            self.model.confirmed(id, identity, &booking.reference);
            prop_assert_eq!(Some(&booking.queue), self.model.queue.get(&booking.slot.date));
            self.memory[chat].booking = Some(booking.reference);
        }
        Ok(())
    }

    async fn makes_way(&mut self, chat: usize) -> Result<(), TestCaseError> {
        let Some(reference) = self.memory[chat].booking.clone() else { return Ok(()) };
        let reason = Reason { ms: "banjir".to_owned(), en: "flood".to_owned() };
        let spec =
            ClosingSpec { branch: slot(20, 9).branch, from: day(20), to: day(20), hours: None, reason };
        let stands = self.model.booking(chat, &reference);
        let stands = stands.filter(|id| self.model.closed && self.model.seats[id].slot.date == day(20));
        let person = self.person(chat, 0);
        let mut turn = person.turn().await;
        let (rules, mut chance) = (&self.town.rules, self.town.chance());
        let made = turn.make_way(ErrandId(0), &reference, &spec, rules, &mut chance).await.unwrap();
        turn.commit().await.unwrap();
        let (booking, offer) = match (made, stands) {
            (MadeWay::Not, None) => return Ok(()),
            (MadeWay::Cancelled { booking, offer }, Some(_)) => (booking, offer),
            (made, stands) => return Err(TestCaseError::fail(format!("{made:?}, {stands:?}"))),
        };
        prop_assert_eq!(&booking.reference, &reference);
        let old = stands.unwrap();
        let near = self.model.nearest(&booking.slot);
        let identity = self.model.seats[&old].identity;
        self.model.seats.get_mut(&old).unwrap().stage = Stage::Returning(self.model.now);
        prop_assert_eq!(offer.as_ref().map(|hold| hold.slot.clone()), near);
        if let Some(hold) = offer {
            prop_assert_eq!(
                hold.until,
                self.model.rules.offered_until(hold.slot.starts_at(), self.model.now)
            );
            self.memory[chat].offer = Some(hold.id);
            let (slot, stage) = (hold.slot, Stage::Held(hold.until));
            let seat = Seat {
                slot,
                chat,
                identity,
                stage,
                instead_of: None,
                reference: None,
                offer: true,
                claims: true,
            };
            self.model.seats.insert(hold.id, seat);
        }
        Ok(())
    }

    async fn cancels(&mut self, chat: usize, whose: usize) -> Result<(), TestCaseError> {
        let Some(reference) = self.memory[whose].booking.clone() else { return Ok(()) };
        let answer = self.person(chat, 0).cancels(&reference).await;
        let live = self.model.booking(chat, &reference).is_some();
        match answer {
            Cancelled::NotFound => prop_assert!(chat != whose),
            Cancelled::TooLate => prop_assert!(chat == whose && !live),
            Cancelled::Cancelled(_) => prop_assert!(chat == whose),
        }
        if live {
            prop_assert!(matches!(answer, Cancelled::Cancelled(_)));
            self.model.end(chat, &reference);
        }
        Ok(())
    }

    /// What is shown is what the model counts.
    async fn agrees(&self) -> Result<(), TestCaseError> {
        let onlooker = self.town.person("onlooker");
        let mut turn = onlooker.turn().await;
        for slot in slots() {
            let shown = turn.free_slots(&slot.branch, &slot.service, slot.date).await.unwrap();
            let shown = shown.iter().find(|free| free.time == slot.time).map_or(0, |free| free.free);
            prop_assert_eq!(shown, self.model.free(&slot), "free in {:?}", slot);
        }
        drop(turn);
        for chat in 0..CHATS {
            let person = self.person(chat, 0);
            let mut shown = person.turn().await.bookings(None).await.unwrap();
            shown.sort_by(|a, b| a.reference.cmp(&b.reference));
            let shown: Vec<_> = shown.into_iter().map(|booking| (booking.reference, booking.slot)).collect();
            let live =
                self.model.seats.values().filter(|seat| seat.chat == chat && seat.is_to_come(self.model.now));
            let mut expected: Vec<_> = live.map(|s| (s.reference.clone().unwrap(), s.slot.clone())).collect();
            expected.sort();
            prop_assert_eq!(shown, expected, "bookings of chat {}", chat);
        }
        let health = self.town.same_store().health(true).await.unwrap();
        prop_assert_eq!(health.damage, Vec::<String>::new());
        Ok(())
    }
}

fn refusal(why: &NoPlace) -> Answer {
    match why {
        NoPlace::Full { .. } => Answer::Full,
        NoPlace::NotOffered => Answer::NotOffered,
        NoPlace::LiveBooking => Answer::LiveBooking,
        NoPlace::TooMany { .. } => Answer::TooMany,
        NoPlace::Blocked { .. } => panic!("nobody is blocked"),
    }
}

/// Plays a story at a home, act by act.
fn play(home: impl Home + 'static, acts: &[Act]) -> Result<(), TestCaseError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut story = Story::new(home).await;
        for act in acts {
            story.does(act).await?;
        }
        story.town.same_store().close().await;
        Ok(())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn sqlite_does_as_the_model_counts(acts in vec(act(), 1..60)) {
        play(File::in_memory(), &acts)?;
    }

    #[test]
    fn postgres_does_as_the_model_counts(acts in vec(act(), 1..60)) {
        play(Server::database(), &acts)?;
    }
}
