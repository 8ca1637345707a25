//! What the database says in the end.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use chrono::{Days, NaiveDate, NaiveTime};
use serde_json::{Value, json};
use temujanji::booking::Booking;
use temujanji::keys::Keys;
use temujanji::office::{self, BranchCode, MALAYSIA, Office};
use temujanji::store::{Contact, Opened, PostgresStore, PostgresUrl, SqliteStore, Store};

/// Opens a database as the processes do.
pub async fn open(url: &str, keys: &Path) -> Arc<dyn Store> {
    let keys = Arc::new(Keys::load_or_create(keys).unwrap());
    match url.strip_prefix("sqlite:") {
        Some(file) => Arc::new(SqliteStore::open(Path::new(file), keys).await.unwrap()),
        None => Arc::new(PostgresStore::open(&PostgresUrl::parse(url).unwrap(), 4, keys).await.unwrap()),
    }
}

/// An office of two branches of one state, open every day from 9 to 13, with so many places in each of its four slots.
pub fn office_with(capacity: u32) -> Office {
    let mut office = serde_json::to_value(office::builtin()).unwrap();
    let branches = office["branches"].clone();
    let place = |code: &str| {
        let mut branch: Value = branches[code].clone();
        branch["hours"] = json!(vec![["09:00-13:00"]; 7]);
        branch["services"] = json!([{ "service": "VPP-PP", "minutes": 60, "capacity": capacity }]);
        branch
    };
    office["branches"] = json!({ "JHR-HQ": place("JHR-HQ"), "JHR-UTC": place("JHR-UTC") });
    for key in ["holidays", "exceptions"] {
        office[key] = json!({});
    }
    office["periods"] = json!([]);
    office["closures"] = json!([]);
    serde_json::from_value(office).unwrap()
}

/// Tomorrow in Malaysia.
pub fn tomorrow() -> NaiveDate {
    temujanji::clock::now().with_timezone(&MALAYSIA).date_naive() + Days::new(1)
}

/// Every appointment in the next weeks, at whichever branch: who finds a slot full may be offered another's.
pub async fn appointments(store: &dyn Store) -> Vec<Booking> {
    let (_, office) = store.office().await.unwrap().unwrap();
    let mut all = Vec::new();
    for branch in office.branches() {
        for date in tomorrow().iter_days().take(30) {
            all.extend(store.appointments(&branch.code, date).await.unwrap());
        }
    }
    all
}

/// How many places are taken in each slot.
pub fn by_slot(bookings: &[Booking]) -> BTreeMap<(BranchCode, NaiveDate, NaiveTime), usize> {
    let mut slots = BTreeMap::new();
    for booking in bookings {
        *slots.entry((booking.slot.branch.clone(), booking.slot.date, booking.slot.time)).or_default() += 1;
    }
    slots
}

/// How many places are free at a branch on a day.
pub async fn free_places(store: &dyn Store, branch: &str, day: NaiveDate) -> usize {
    let onlooker = Contact { channel: "terminal".to_owned(), address: "onlooker".to_owned() };
    let now = temujanji::clock::now();
    let Opened::New(mut turn) = store.turn(&onlooker, "look", now).await.unwrap() else { panic!("a repeat") };
    let office = turn.office().clone();
    let branch = office.branch(&BranchCode::parse(branch).unwrap()).unwrap();
    let mut free = 0;
    for offer in &branch.services {
        let slots = turn.free_slots(&branch.code, &offer.service, day).await.unwrap();
        free += slots.iter().map(|slot| slot.free as usize).sum::<usize>();
    }
    free
}
