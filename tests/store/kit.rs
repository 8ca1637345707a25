//! A small town to test with: an office with two branches, a clock, and people who write in.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use temujanji::booking::{
    Address, Applicant, Booking, Email, Hold, HoldId, NoPlace, PersonName, Phone, Reference, Rules, SlotKey,
};
use temujanji::dialogue::Language;
use temujanji::office::{self, BranchCode, Office, ServiceCode};
use temujanji::store::{Cancelled, Confirmed, Contact, Held, HoldRequest, Opened, Store, Turn};

use crate::home::Home;

pub(crate) struct Town {
    pub(crate) home: Box<dyn Home>,
    restless: bool,
    store: Mutex<Arc<dyn Store>>,
    now: Mutex<DateTime<Utc>>,
    pub(crate) rules: Rules,
    deliveries: AtomicU64,
}

/// Monday, 4 January 2027, 8 in the morning in Malaysia.
pub(crate) fn monday() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2027, 1, 4, 0, 0, 0).unwrap()
}

pub(crate) fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 1, day).unwrap()
}

pub(crate) fn hour(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap()
}

pub(crate) fn branch(code: &str) -> BranchCode {
    BranchCode::parse(code).unwrap()
}

pub(crate) fn service(code: &str) -> ServiceCode {
    ServiceCode::parse(code).unwrap()
}

/// A slot of the main branch in January, far enough ahead for cancelled places to return late.
pub(crate) fn slot(date: u32, at: u32) -> SlotKey {
    SlotKey { branch: branch("JHR-HQ"), service: service("BKE"), date: day(date), time: hour(at) }
}

/// Two branches of one state, open from 9 to 12 every day, slots of an hour.
pub(crate) fn town_office(capacity: u32, closed: &[NaiveDate]) -> Office {
    static BUILTIN: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(office::builtin()).unwrap());
    let mut office = BUILTIN.clone();
    let model = office["branches"]["JHR-HQ"].clone();
    let place = |code: &str| {
        let mut branch = model.clone();
        branch["code"] = json!(code);
        branch["hours"] = json!(vec![["09:00-12:00"]; 7]);
        let offer = |service: &str| json!({ "service": service, "minutes": 60, "capacity": capacity });
        branch["services"] = json!([offer("BKE"), offer("VPP-PP")]);
        branch
    };
    office["branches"] = json!({ "JHR-HQ": place("JHR-HQ"), "JHR-UTC": place("JHR-UTC") });
    office["holidays"] = json!({});
    office["exceptions"] = json!({});
    office["periods"] = json!([]);
    let closure =
        |date: &NaiveDate| json!({ "places": ["MY-01"], "from": date, "to": date, "reason": reason() });
    office["closures"] = closed.iter().map(closure).collect();
    serde_json::from_value(office).unwrap()
}

fn reason() -> Value {
    json!({ "ms": "paip pecah", "en": "burst pipe" })
}

impl Town {
    /// Two places a slot.
    pub(crate) async fn new(home: impl Home + 'static, restless: bool) -> Town {
        let store = home.open().await;
        let town = Town {
            home: Box::new(home),
            restless,
            store: Mutex::new(store),
            now: Mutex::new(monday()),
            rules: Rules::default(),
            deliveries: AtomicU64::new(0),
        };
        town.opens(2, &[]).await;
        town
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap()
    }

    pub(crate) fn set(&self, now: DateTime<Utc>) {
        *self.now.lock().unwrap() = now;
    }

    pub(crate) fn wait(&self, time: TimeDelta) {
        self.set(self.now() + time);
    }

    /// The store; a new one, of a program started afresh, when the town is restless.
    pub(crate) async fn store(&self) -> Arc<dyn Store> {
        if self.restless {
            self.restarts().await;
        }
        self.same_store()
    }

    /// The program ends and starts afresh.
    pub(crate) async fn restarts(&self) {
        self.same_store().close().await;
        let fresh = self.home.open().await;
        *self.store.lock().unwrap() = fresh;
    }

    /// The store of a program that goes on.
    pub(crate) fn same_store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.store.lock().unwrap())
    }

    /// From now on there are so many places in each slot, and none on these days.
    pub(crate) async fn opens(&self, capacity: u32, closed: &[NaiveDate]) {
        self.same_store().import_office(&town_office(capacity, closed), self.now()).await.unwrap();
    }

    pub(crate) fn delivery(&self) -> String {
        self.deliveries.fetch_add(1, Ordering::Relaxed).to_string()
    }

    pub(crate) fn chance(&self) -> StdRng {
        StdRng::seed_from_u64(self.deliveries.fetch_add(1, Ordering::Relaxed))
    }

    pub(crate) fn person(&self, name: &str) -> Person<'_> {
        let contact = Contact { channel: "terminal".into(), address: name.into() };
        Person { town: self, contact, applicant: applicant(name), proved: None }
    }

    /// The counters agree with the places, and nothing points nowhere.
    pub(crate) async fn is_sound(&self) {
        let health = self.same_store().health(true).await.unwrap();
        assert_eq!(health.damage, Vec::<String>::new());
    }

    /// What is shown as free in a slot.
    pub(crate) async fn free(&self, slot: &SlotKey) -> u32 {
        let mut turn = self.person("onlooker").turn().await;
        let slots = turn.free_slots(&slot.branch, &slot.service, slot.date).await.unwrap();
        let days = turn.free_days(&slot.branch, &slot.service, slot.date, slot.date).await.unwrap();
        turn.commit().await.unwrap();
        let sum: u32 = slots.iter().map(|slot| slot.free).sum();
        assert_eq!(days.iter().map(|day| day.free).sum::<u32>(), sum);
        slots.iter().find(|free| free.time == slot.time).map_or(0, |free| free.free)
    }
}

/// A person whose name makes all their data.
pub(crate) fn applicant(name: &str) -> Applicant {
    Applicant {
        email: Email::parse(&format!("{name}@example.com")).unwrap(),
        email_proved: false,
        name: PersonName::parse(&letters(name)).unwrap(),
        identity: serde_json::from_value(json!(format!("other:{}", number(name)))).unwrap(),
        address: Address::parse("12, Jalan Bukit Meldrum, 80300 Johor Bahru, Johor").unwrap(),
        phone: Phone::parse("012-345 6789").unwrap(),
    }
}

/// Names have no digits in them.
fn letters(name: &str) -> String {
    let letter = |c: char| c.to_digit(10).map_or(c, |digit| char::from(b'A' + digit as u8));
    format!("{} binti Ujian", name.chars().map(letter).collect::<String>())
}

fn number(name: &str) -> String {
    let sum = name.bytes().fold(7_u64, |sum, byte| sum * 131 % 9_999_991 + u64::from(byte));
    format!("N{sum:08}")
}

/// Somebody who writes in. Each of their acts is one message, one turn.
#[derive(Clone)]
pub(crate) struct Person<'a> {
    pub(crate) town: &'a Town,
    pub(crate) contact: Contact,
    pub(crate) applicant: Applicant,
    pub(crate) proved: Option<Email>,
}

impl Person<'_> {
    pub(crate) fn identity_of(mut self, other: &str) -> Self {
        self.applicant.identity = applicant(other).identity;
        self
    }

    pub(crate) fn on(mut self, channel: &str, address: &str) -> Self {
        self.contact = Contact { channel: channel.into(), address: address.into() };
        self
    }

    /// With the address proved.
    pub(crate) fn proved(mut self) -> Self {
        self.applicant.email_proved = true;
        self.proved = Some(self.applicant.email.clone());
        self
    }

    pub(crate) async fn turn(&self) -> Box<dyn Turn> {
        let store = self.town.store().await;
        match store.turn(&self.contact, &self.town.delivery(), self.town.now()).await.unwrap() {
            Opened::New(turn) => turn,
            Opened::Repeat => panic!("a delivery of its own is new"),
        }
    }

    pub(crate) async fn asks(&self, slot: &SlotKey, instead_of: Option<&Reference>) -> Held {
        let mut turn = self.turn().await;
        let held = self.asks_in(&mut *turn, slot, instead_of).await;
        turn.commit().await.unwrap();
        held
    }

    pub(crate) async fn asks_in(
        &self,
        turn: &mut dyn Turn,
        slot: &SlotKey,
        instead_of: Option<&Reference>,
    ) -> Held {
        let ask = HoldRequest {
            slot,
            identity: &self.applicant.identity,
            until: self.town.now() + self.town.rules.hold,
            proved: self.proved.as_ref(),
            instead_of,
        };
        turn.hold(&ask, &self.town.rules, &mut self.town.chance()).await.unwrap()
    }

    pub(crate) async fn holds(&self, slot: &SlotKey) -> Hold {
        match self.asks(slot, None).await {
            Held::Held { hold, .. } => hold,
            other => panic!("{} expected a hold, got {other:?}", self.contact.address),
        }
    }

    pub(crate) async fn is_refused(&self, slot: &SlotKey) -> NoPlace {
        match self.asks(slot, None).await {
            Held::NoPlace(why) => why,
            other => panic!("{} expected a refusal, got {other:?}", self.contact.address),
        }
    }

    pub(crate) async fn finds_full(&self, slot: &SlotKey) -> Vec<SlotKey> {
        match self.is_refused(slot).await {
            NoPlace::Full { nearest } => nearest,
            other => panic!("{} expected a full slot, got {other:?}", self.contact.address),
        }
    }

    pub(crate) async fn confirms(&self, hold: HoldId) -> Confirmed {
        let mut turn = self.turn().await;
        let answer = self.confirms_in(&mut *turn, hold).await;
        turn.commit().await.unwrap();
        answer
    }

    pub(crate) async fn confirms_in(&self, turn: &mut dyn Turn, hold: HoldId) -> Confirmed {
        let (rules, mut chance) = (&self.town.rules, self.town.chance());
        turn.confirm(hold, &self.applicant, Language::Ms, rules, &mut chance).await.unwrap()
    }

    pub(crate) async fn books(&self, slot: &SlotKey) -> Booking {
        let hold = self.holds(slot).await;
        self.gets(hold.id).await
    }

    /// Confirms and gets the booking.
    pub(crate) async fn gets(&self, hold: HoldId) -> Booking {
        match self.confirms(hold).await {
            Confirmed::Confirmed(booking) => *booking,
            other => panic!("{} expected a booking, got {other:?}", self.contact.address),
        }
    }

    pub(crate) async fn moves(&self, booking: &Booking, slot: &SlotKey) -> Booking {
        match self.asks(slot, Some(&booking.reference)).await {
            Held::Held { hold, .. } => self.gets(hold.id).await,
            other => panic!("{} expected a hold, got {other:?}", self.contact.address),
        }
    }

    pub(crate) async fn releases(&self, hold: HoldId) {
        let mut turn = self.turn().await;
        turn.release(hold).await.unwrap();
        turn.commit().await.unwrap();
    }

    pub(crate) async fn cancels(&self, reference: &Reference) -> Cancelled {
        let mut turn = self.turn().await;
        let (rules, mut chance) = (&self.town.rules, self.town.chance());
        let answer = turn.cancel(reference, self.proved.as_ref(), rules, &mut chance).await.unwrap();
        turn.commit().await.unwrap();
        answer
    }

    pub(crate) async fn bookings(&self) -> Vec<Booking> {
        let mut turn = self.turn().await;
        let bookings = turn.bookings(self.proved.as_ref()).await.unwrap();
        turn.commit().await.unwrap();
        bookings
    }
}
