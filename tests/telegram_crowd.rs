//! A crowd at once for the places of one day, five for every two, on a bad day for Telegram: 50 for 20 places, or as many
//! as `TEMUJANJI_CROWD` says (500 for 200). Whoever is told that the day is full waits and asks again as long as there
//! is hope, so that in the end every place is booked.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::allow_attributes,
    reason = "helpers of tests may panic as tests may"
)]

mod botapi;
mod cluster;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use botapi::records::{appointments, by_slot, free_places, office_with, open, tomorrow};
use botapi::robot::{Ending, Wish};
use botapi::rush::Rush;
use botapi::{BotApi, Faults, Person, Serving, Setup, free_port};
use chrono::Datelike;
use cluster::Cluster;
use rand::SeedableRng;
use rand::rngs::StdRng;
use temujanji::dialogue::Language;
use temujanji::words::Words;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_for_every_two_places_by_polling_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let setup = Setup::polling(folder.path());
    crowd("polling, one process, SQLite", &[setup], 7).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_for_every_two_places_by_webhook_of_two_processes_on_postgresql() {
    let folder = tempfile::tempdir().unwrap();
    let url = Cluster::shared().database();
    let setup = Setup { database_url: url.secret().to_owned(), ..Setup::polling(folder.path()) };
    let setups = [setup.clone().webhook(free_port()), setup.webhook(free_port())];
    crowd("webhook, two processes, PostgreSQL", &setups, 8).await;
}

fn crowd_size() -> usize {
    std::env::var("TEMUJANJI_CROWD").ok().and_then(|n| n.parse().ok()).unwrap_or(50)
}

async fn crowd(name: &str, setups: &[Setup], seed: u64) {
    let crowd = crowd_size();
    let in_a_slot = crowd / 10;
    let places = in_a_slot * 4;
    let begun = Instant::now();
    let api = BotApi::start_with(Faults::bad_day(), seed).await;
    let setups: Vec<Setup> =
        setups.iter().map(|setup| setup.clone().with("TELEGRAM__BURST", "10000")).collect();
    api.inner().behind = botapi::hooks(&setups);
    let (url, keys) = (&setups[0].database_url, setups[0].folder.join("t.keys"));
    import(url, &keys, in_a_slot).await;
    let mut processes: Vec<Serving> = setups.iter().map(|setup| setup.serve(&api)).collect();
    let rush = Arc::new(Rush::new(crowd, places));
    let applying = (0..i64::try_from(crowd).unwrap()).map(|number| apply(&api, &rush, number));
    let ended: Vec<(Person, Ending)> =
        futures::future::join_all(applying.map(tokio::spawn)).await.into_iter().map(Result::unwrap).collect();
    let took = begun.elapsed();
    for process in &mut processes {
        let (status, _) = process.stop();
        assert!(status.success(), "{}", process.log());
    }

    let told: BTreeSet<&String> = ended
        .iter()
        .filter_map(|(_, ending)| match ending {
            Ending::Booked(reference) => Some(reference),
            Ending::Full { .. } => None,
        })
        .collect();
    let with_alternatives =
        ended.iter().filter(|(_, ending)| matches!(ending, Ending::Full { alternatives: 1.. })).count();
    let unanswered = ended.iter().filter(|(person, _)| !person.with(|chat| chat.is_answered())).count();
    let store = open(url, &keys).await;
    let booked = appointments(&*store).await;
    let free = free_places(&*store, "JHR-HQ", tomorrow()).await;
    store.close().await;
    let wanted =
        booked.iter().filter(|one| one.slot.branch.as_str() == "JHR-HQ" && one.slot.date == tomorrow());
    let references: BTreeSet<_> = booked.iter().map(|booking| booking.reference.to_string()).collect();
    let identities: BTreeSet<_> =
        booked.iter().map(|booking| booking.applicant.identity.canonical()).collect();
    let slots: Vec<usize> = by_slot(&booked).into_values().collect();
    let (calls, impatient, refused, unanswered_taps) = {
        let inner = api.inner();
        let unanswered = inner.taps.values().filter(|answered| answered.is_none()).count();
        (inner.calls.clone(), inner.impatient, inner.refused.clone(), unanswered)
    };
    println!(
        "{name}: {crowd} applicants for {places} places in {:.0} s: {} booked, {with_alternatives} told so with \
         alternatives, {unanswered} chats without an answer; slots {slots:?}; those who waited were called {} times; \
         calls {calls:?}; {impatient} calls in spite of retry_after; {unanswered_taps} taps whose answer was lost",
        took.as_secs_f64(),
        told.len(),
        rush.calls(),
    );
    assert_eq!((told.len(), booked.len(), wanted.count()), (places, places, places), "all places are booked");
    assert_eq!(free, 0);
    assert_eq!(with_alternatives, crowd - places, "all others are told so, with alternatives");
    assert_eq!(unanswered, 0, "every chat is answered");
    assert_eq!(slots, vec![in_a_slot; 4], "no slot is oversold");
    assert_eq!(
        references.iter().collect::<BTreeSet<_>>(),
        told,
        "what was confirmed exists, and nothing else"
    );
    assert_eq!(identities.len(), places, "nobody has two");
    assert_eq!(refused, Vec::<String>::new());
}

async fn import(url: &str, keys: &Path, in_a_slot: usize) {
    let store = open(url, keys).await;
    let office = office_with(u32::try_from(in_a_slot).unwrap());
    store.import_office(&office, temujanji::clock::now()).await.unwrap();
    store.close().await;
}

fn apply(
    api: &Arc<BotApi>,
    rush: &Arc<Rush>,
    number: i64,
) -> impl Future<Output = (Person, Ending)> + Send + use<> {
    let person = Person::new(api, 20_000 + number, &format!("c{number}"));
    let day = tomorrow();
    let wish = Wish {
        passport: format!("B{:08}", number + 1),
        branch: "JHR-HQ".to_owned(),
        service: "Student pass",
        date: format!("{}/{}/{}", day.day(), day.month(), day.year()),
        day: Words::builtin().short_date(Language::En, day),
        patience: Duration::from_secs(300) + Duration::from_secs(5) * u32::try_from(crowd_size()).unwrap(),
        rush: Some(rush.clone()),
    };
    async move {
        let mut chance = StdRng::seed_from_u64(number.unsigned_abs());
        let ending = person.applies(&wish, &mut chance).await;
        (person, ending)
    }
}
