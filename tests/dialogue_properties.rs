//! Whatever people write and however late answers come: no panic, no dead end, no place lost or doubled, and from
//! every state there is a way forward and a way out.

use std::collections::{BTreeMap, VecDeque};
use std::sync::OnceLock;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use proptest::prelude::*;
use temujanji::booking::{
    Applicant, Booking, BookingState, FreeDay, FreeSlot, Hold, HoldId, Identity, IdentityKind, NoPlace,
    Reference, Rules, SlipStanding, SlotKey,
};
use temujanji::dialogue::understand::Command;
use temujanji::dialogue::{
    Ask, Context, Effect, Event, Field, Language, Prompt, Proof, Question, Say, State, Unread, Value, step,
};
use temujanji::office::{self, BranchCode, Office, Position, Reason};
use uuid::Uuid;

const CODE: &str = "123456";

static OFFICE: OnceLock<Office> = OnceLock::new();

/// The simplest store there can be, for one conversation among others that take places now and then.
struct World {
    office: &'static Office,
    rules: Rules,
    now: DateTime<Utc>,
    held: BTreeMap<Uuid, SlotKey>,
    /// Places held for people whose appointments were called off, and for whom.
    offered: BTreeMap<Uuid, (SlotKey, Identity)>,
    booked: Vec<Booking>,
    taken_by_others: u32,
    drawn: u128,
    question: Option<Question>,
    sent: u32,
}

impl World {
    fn new() -> World {
        World {
            office: OFFICE.get_or_init(office::builtin),
            rules: Rules::default(),
            now: Utc.with_ymd_and_hms(2026, 11, 23, 1, 0, 0).unwrap(),
            held: BTreeMap::new(),
            offered: BTreeMap::new(),
            booked: Vec::new(),
            taken_by_others: 0,
            drawn: 0,
            question: None,
            sent: 0,
        }
    }

    /// One message, from the event to the end of its turn, stored and read back.
    fn turn(&mut self, state: State, event: Event) -> State {
        let (mut state, whole) = State::from_json(&state.to_json());
        assert!(whole, "what is stored can be read back");
        let mut events = VecDeque::from([event]);
        let mut steps = 0;
        while let Some(event) = events.pop_front() {
            steps += 1;
            assert!(steps < 32, "a turn goes in circles at {:?}", state.ask);
            let rules = self.rules.clone();
            let ctx = Context { now: self.now, office: self.office, rules: &rules, proof: Proof::Code };
            let (next, effects) = step(state, event, &ctx);
            state = next;
            for effect in effects {
                events.extend(self.perform(effect));
            }
        }
        // The store keeps a hold to its end; what the dialogue believes to hold must be among them.
        assert!(self.held.len() <= 1, "more than one place is held");
        if let Some(hold) = &state.hold {
            assert_eq!(self.held.get(&hold.id.0), Some(&hold.slot), "a hold the store does not know");
        }
        let known: Vec<_> = state.offers.iter().map(|pending| pending.hold.id.0).collect();
        let offered: Vec<_> = self.offered.keys().copied().collect();
        assert_eq!(known, offered, "an offer that one side does not know");
        state
    }

    fn perform(&mut self, effect: Effect) -> Option<Event> {
        Some(match effect {
            Effect::PutHandover => Event::HandoverPut { code: "SB-7KQ2M-X9TRC".into(), minutes: 30 },
            Effect::FindHandover(code) => Event::HandoverFound { code, other: None },
            Effect::TakeOver(_) => return None,
            Effect::Say(say) => {
                if let Say::Ask(question) = say {
                    self.question = Some(question);
                }
                return None;
            }
            Effect::SendCode(email) => {
                self.sent += 1;
                Event::CodeSent { email, minutes: 15 }
            }
            Effect::CheckCode { email, code } if code == CODE => Event::CodeRight(email),
            Effect::CheckCode { .. } => Event::CodeWrong { left: 3 },
            Effect::Recall(_) => Event::Recalled(self.booked.last().map(|b| Box::new(b.applicant.clone()))),
            Effect::FindDays { branch, service, from, to } => {
                let days = from.iter_days().take_while(|date| *date <= to);
                let with_slots = days.filter(|date| !self.office.slots(&branch, &service, *date).is_empty());
                Event::Days(
                    with_slots
                        .enumerate()
                        .map(|(i, date)| FreeDay { date, free: u32::from(i % 3 > 0) })
                        .collect(),
                )
            }
            Effect::FindSlots { branch, service, date } => {
                let slots = self.office.slots(&branch, &service, date);
                let free = |i: usize| u32::from(!i.is_multiple_of(4));
                let slots = slots.iter().enumerate();
                let slots = slots
                    .map(|(i, s)| FreeSlot { time: s.time, minutes: s.minutes, free: free(i) })
                    .collect();
                Event::Slots { date, slots }
            }
            Effect::Hold { slot, identity, instead_of: _ } => {
                if !self
                    .office
                    .slots(&slot.branch, &slot.service, slot.date)
                    .iter()
                    .any(|s| s.time == slot.time)
                {
                    return Some(Event::NoPlace { slot, why: NoPlace::NotOffered });
                }
                self.taken_by_others += 1;
                match self.taken_by_others % 5 {
                    1 => Event::NoPlace { why: NoPlace::Full { nearest: self.near(&slot) }, slot },
                    3 if self.booked.is_empty() => Event::NoPlace { slot, why: NoPlace::LiveBooking },
                    _ => {
                        let service = slot.service.clone();
                        self.offered.retain(|_, (slot, who)| slot.service != service || *who != identity);
                        Event::Held(self.hold(slot))
                    }
                }
            }
            Effect::Confirm { hold, applicant } => match self.held.remove(&hold.0) {
                Some(slot) => Event::Confirmed(Box::new(self.book(slot, *applicant))),
                None => Event::HoldGone,
            },
            Effect::Accept { reference, hold, applicant } => {
                let (slot, _) = self.offered.remove(&hold.id.0).expect("what was offered is held");
                self.taken_by_others += 1;
                match self.taken_by_others % 4 {
                    1 => Event::OfferGone { reference, why: NoPlace::Full { nearest: self.near(&slot) } },
                    2 => Event::OfferGone { reference, why: NoPlace::NotOffered },
                    _ => {
                        let booking = Box::new(self.book(slot, *applicant));
                        Event::Accepted { reference, booking }
                    }
                }
            }
            Effect::Decline { hold, .. } => {
                assert!(self.offered.remove(&hold.0).is_some(), "what is declined was offered");
                return None;
            }
            Effect::Release(hold) => {
                self.held.remove(&hold.0);
                return None;
            }
            Effect::FindBookings => Event::Bookings(self.booked.clone()),
            Effect::Cancel(reference) => match self.booked.iter().position(|b| b.reference == reference) {
                Some(at) => Event::Cancelled(Box::new(self.booked.remove(at))),
                None => Event::NoSuchBooking,
            },
            Effect::CheckSlip { reference, .. } => {
                let standing = match self.booked.iter().any(|booking| booking.reference == reference) {
                    true => SlipStanding::Genuine,
                    false => SlipStanding::Unknown,
                };
                Event::SlipChecked { reference, standing }
            }
            Effect::MailSlip(_) | Effect::MailCancelled(_) => return None,
        })
    }

    fn hold(&mut self, slot: SlotKey) -> Hold {
        self.held.clear();
        self.drawn += 1;
        let id = Uuid::from_u128(self.drawn);
        self.held.insert(id, slot.clone());
        Hold { id: HoldId(id), slot, minutes: 60, until: self.now + self.rules.hold }
    }

    /// The first appointment has to make way; perhaps there is another place.
    fn closes(&mut self, another: bool) -> Event {
        if self.booked.is_empty() {
            return Event::Opened;
        }
        let booking = Box::new(self.booked.remove(0));
        let days = booking.slot.date.iter_days().skip(1).take(9);
        let slots = days.flat_map(|date| {
            let slots = self.office.slots(&booking.slot.branch, &booking.slot.service, date);
            slots.into_iter().map(move |slot| (date, slot.time))
        });
        let near = slots.into_iter().next().filter(|_| another);
        let offer = near.map(|(date, time)| {
            self.drawn += 1;
            let (id, slot) = (Uuid::from_u128(self.drawn), SlotKey { date, time, ..booking.slot.clone() });
            self.offered.insert(id, (slot.clone(), booking.applicant.identity.clone()));
            Hold { id: HoldId(id), slot, minutes: 60, until: self.now + self.rules.hold_offer }
        });
        Event::Closed { booking, reason: Reason { ms: "Banjir".into(), en: "Flood".into() }, offer }
    }

    fn near(&self, slot: &SlotKey) -> Vec<SlotKey> {
        let slots = self.office.slots(&slot.branch, &slot.service, slot.date);
        slots
            .iter()
            .filter(|s| s.time != slot.time)
            .take(2)
            .map(|s| SlotKey { time: s.time, ..slot.clone() })
            .collect()
    }

    fn book(&mut self, slot: SlotKey, applicant: Applicant) -> Booking {
        self.drawn += 1;
        let mut chance = <rand::rngs::StdRng as rand::SeedableRng>::seed_from_u64(self.drawn as u64);
        let booking = Booking {
            reference: Reference::generate(&mut chance),
            sequence: 0,
            queue: 1,
            slot,
            minutes: 60,
            applicant,
            language: Language::Ms,
            state: BookingState::Booked,
            issued_at: self.now,
        };
        self.booked.push(booking.clone());
        booking
    }

    /// A sensible person's answer to the open question.
    fn sensible(&self) -> Event {
        let Some(question) = &self.question else { return Event::Opened };
        let first = || question.choices.first().map(|choice| choice.value.clone());
        let offered = |value: &Value| question.choices.iter().any(|choice| choice.value == *value);
        let text = |text: &str| Event::Text(text.to_owned());
        let value = match &question.prompt {
            Prompt::Language => Value::Language(Language::Ms),
            Prompt::Terms | Prompt::EmailMeant { .. } | Prompt::Reuse(_) | Prompt::IdentityMeant(_) => {
                Value::Yes
            }
            Prompt::Review { .. } => Value::Yes,
            Prompt::Form { .. } => return text("Nama: Aminah binti Abu\nUrusan: pasport"),
            Prompt::Code(_) => return text(CODE),
            Prompt::Field { .. } if offered(&Value::Keep) => Value::Keep,
            Prompt::Field { field: Field::Email, .. } => return text("aminah@example.com"),
            Prompt::Field { field: Field::Name, .. } => return text("Aminah binti Abu"),
            Prompt::Field { field: Field::Address, .. } => {
                return text("No. 12, Jalan Mawar, 53100 Kuala Lumpur");
            }
            Prompt::Field { field: Field::Phone, .. } => return text("012-345 6789"),
            Prompt::IdentityKind => Value::Identity(IdentityKind::Passport),
            Prompt::IdentityNumber(IdentityKind::MyKad) => return text("900101-14-5551"),
            Prompt::IdentityNumber(_) => return text("A12345678"),
            Prompt::Cancel(_) => Value::No,
            Prompt::Bookings(_) | Prompt::Booking(_) | Prompt::Resume | Prompt::Staff(_) | Prompt::Idle => {
                Value::Do(Command::Book)
            }
            Prompt::Field { .. }
            | Prompt::Branch { .. }
            | Prompt::Service { .. }
            | Prompt::Date { .. }
            | Prompt::Time { .. }
            | Prompt::Which(_)
            | Prompt::OtherSlot(_)
            | Prompt::Change(_)
            | Prompt::Offer(_)
            | Prompt::Blocked => first().expect("a question to choose from has choices"),
        };
        Event::Chose { value, question: Some(question.number) }
    }
}

/// Something people type: what is expected, what is not, and what nobody expects.
fn words() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "1",
        "2",
        "3",
        "9",
        "ya",
        "tidak",
        "ok",
        "bm",
        "english",
        "setuju",
        "aminah@example.com",
        "x@gmial.com",
        "123456",
        "000000",
        "Aminah binti Abu",
        "900101-14-5551",
        "A12345678",
        "12 Jalan Mawar, 53100 Kuala Lumpur",
        "012-345 6789",
        "KL",
        "JB",
        "jalan duta",
        "utc",
        "Selangor",
        "pas pelajar",
        "permit maid",
        "esok",
        "lusa",
        "5/1/2027",
        "25/12/2026",
        "isnin depan",
        "minggu depan",
        "hujung minggu",
        "paling awal",
        "mana-mana",
        "10 pagi",
        "2.30",
        "petang",
        "7 malam",
        "bantuan",
        "kembali",
        "ubah",
        "tukar tarikh",
        "tukar nama",
        "tukar ic",
        "mula semula",
        "berhenti",
        "bahasa",
        "semak",
        "batal",
        "batal temujanji",
        "tukar tarikh temujanji",
        "terms",
        "privacy",
        "documents",
        "tempah",
        "/start",
        "slip",
        "Nama: Ali\nNo. KP: 900101-14-5551\nCawangan: Jalan Duta\nTarikh: esok",
        "Tarikh: 31/2",
        "",
        "  ",
        "😀",
        "'; DROP TABLE booking; --",
        "<b>x</b>",
        "\u{202e}\u{0}\u{7}",
    ])
    .prop_map(str::to_owned);
    prop_oneof![4 => known, 1 => ".{0,40}", 1 => "[a-z0-9 ./:@-]{0,60}"]
}

#[derive(Debug, Clone)]
enum Move {
    Write(String),
    Tap(Value, bool),
    TapOffered(usize),
    Sensible,
    Open,
    Wait(i64),
    Late(LateEvent),
    /// The office closes on the day of an appointment; whether there is another place.
    Closes(bool),
}

#[derive(Debug, Clone, Copy)]
enum LateEvent {
    CodeWrong,
    CodeSpent,
    HoldGone,
    NoSuchBooking,
    Nothing,
    NoDays,
    NoBookings,
    Unreadable,
    Edited,
    Contact,
    Location,
    AtBranch,
    AtSlip,
}

fn value() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        Value::Yes,
        Value::No,
        Value::Keep,
        Value::Page(2),
        Value::Language(Language::En),
        Value::Identity(IdentityKind::MyKad),
        Value::Field(Field::Name),
        Value::Field(Field::Identity),
        Value::Field(Field::Date),
        Value::Do(Command::Back),
        Value::Do(Command::Restart),
        Value::Do(Command::Bookings),
        Value::Do(Command::Change(None)),
    ])
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let late = prop::sample::select(vec![
        LateEvent::CodeWrong,
        LateEvent::CodeSpent,
        LateEvent::HoldGone,
        LateEvent::NoSuchBooking,
        LateEvent::Nothing,
        LateEvent::NoDays,
        LateEvent::NoBookings,
        LateEvent::Unreadable,
        LateEvent::Edited,
        LateEvent::Contact,
        LateEvent::Location,
        LateEvent::AtBranch,
        LateEvent::AtSlip,
    ]);
    let one = prop_oneof![
        4 => words().prop_map(Move::Write),
        1 => (value(), any::<bool>()).prop_map(|(value, stale)| Move::Tap(value, stale)),
        4 => (0usize..12).prop_map(Move::TapOffered),
        12 => Just(Move::Sensible),
        1 => Just(Move::Open),
        1 => (0i64..20).prop_map(Move::Wait),
        1 => late.prop_map(Move::Late),
        1 => any::<bool>().prop_map(Move::Closes),
    ];
    prop::collection::vec(one, 0..60)
}

fn event(world: &mut World, state: &State, one: Move) -> Event {
    match one {
        Move::Write(text) => Event::Text(text),
        Move::Tap(value, stale) => {
            let question = Some(if stale { state.number.wrapping_sub(1) } else { state.number });
            Event::Chose { value, question }
        }
        Move::TapOffered(at) => match state.offered.get(at).cloned() {
            Some(value) => Event::Chose { value, question: Some(state.number) },
            None => Event::Opened,
        },
        Move::Sensible => world.sensible(),
        Move::Open => Event::Opened,
        Move::Wait(minutes) => {
            world.now += TimeDelta::minutes(minutes);
            Event::Text("ok".to_owned())
        }
        Move::Closes(another) => world.closes(another),
        Move::Late(late) => match late {
            LateEvent::CodeWrong => Event::CodeWrong { left: 1 },
            LateEvent::CodeSpent => Event::CodeSpent,
            LateEvent::HoldGone => Event::HoldGone,
            LateEvent::NoSuchBooking => Event::NoSuchBooking,
            LateEvent::Nothing => Event::Recalled(None),
            LateEvent::NoDays => Event::Days(Vec::new()),
            LateEvent::NoBookings => Event::Bookings(Vec::new()),
            LateEvent::Unreadable => Event::Unreadable,
            LateEvent::Edited => Event::Unread(Unread::Edited),
            LateEvent::Contact => Event::Contact("+60123456789".to_owned()),
            LateEvent::Location => Event::Location(Position { latitude: 3.1, longitude: 101.7 }),
            LateEvent::AtBranch => Event::OpenedAt(BranchCode::parse("KUL-DUTA").expect("a code")),
            LateEvent::AtSlip => Event::SlipOpened {
                reference: Reference::generate(
                    &mut <rand::rngs::StdRng as rand::SeedableRng>::seed_from_u64(9),
                ),
                sequence: 0,
            },
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn there_is_always_a_way_forward_and_a_way_out(moves in moves()) {
        let mut world = World::new();
        let mut state = State::new();
        for one in moves {
            let event = event(&mut world, &state, one);
            state = world.turn(state, event);
        }
        // The way out, on a copy of the world.
        let held = world.held.clone();
        let stopped = world.turn(state.clone(), Event::Chose { value: Value::Do(Command::Stop), question: None });
        prop_assert!(matches!(stopped.ask, Ask::Idle | Ask::Language | Ask::Offer(_)), "stopping leads to {:?}", stopped.ask);
        prop_assert!(stopped.hold.is_none() && world.held.is_empty(), "stopping leaves a place held");
        // The way forward: a sensible person gets an appointment from wherever the talk stands.
        let mut world = World { booked: Vec::new(), held, question: None, ..world };
        let mut state = world.turn(state, Event::Opened);
        let mut answers = 0;
        while world.booked.is_empty() {
            answers += 1;
            prop_assert!(answers < 60, "no appointment after {answers} sensible answers; open: {:?}", state.ask);
            let event = world.sensible();
            state = world.turn(state, event);
        }
        prop_assert!(world.held.is_empty(), "a place is still held after the appointment was made");
    }

    #[test]
    fn a_stored_state_of_any_content_is_a_fresh_start_at_worst(json in ".{0,200}") {
        let (state, _) = State::from_json(&json);
        let mut world = World::new();
        let state = world.turn(state, Event::Salvaged);
        world.turn(state, Event::Opened);
        prop_assert!(world.question.is_some());
    }
}
