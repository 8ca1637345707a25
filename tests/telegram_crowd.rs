//! A crowd at once for the places of one day, five for every two, on a bad day for Telegram: 50 for 20 places, or as many
//! as `TEMUJANJI_CROWD` says (500 for 200).

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::allow_attributes,
    reason = "helpers of tests may panic as tests may"
)]

mod botapi;

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use botapi::records::{appointments, by_slot, free_places, office_with, open, tomorrow};
use botapi::robot::{Ending, Wish};
use botapi::{BotApi, Faults, Person, Setup};
use chrono::Datelike;
use rand::SeedableRng;
use rand::rngs::StdRng;
use temujanji::dialogue::Language;
use temujanji::words::Words;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_for_every_two_places() {
    let crowd: usize = std::env::var("TEMUJANJI_CROWD").ok().and_then(|n| n.parse().ok()).unwrap_or(50);
    let in_a_slot = crowd / 10;
    let places = in_a_slot * 4;
    let begun = Instant::now();
    let api = BotApi::start_with(Faults::bad_day(), 7).await;
    let folder = tempfile::tempdir().unwrap();
    let setup = Setup::polling(folder.path()).with("TELEGRAM__BURST", "10000");
    let store = open(&setup.database_url, &folder.path().join("t.keys")).await;
    store
        .import_office(&office_with(u32::try_from(in_a_slot).unwrap()), temujanji::clock::now())
        .await
        .unwrap();
    store.close().await;
    let mut process = setup.serve(&api);
    let day = tomorrow();
    let applying = (0..i64::try_from(crowd).unwrap()).map(|number| {
        let person = Person::new(&api, 20_000 + number, &format!("c{number}"));
        let wish = Wish {
            passport: format!("B{:08}", number + 1),
            branch: "JHR-HQ".to_owned(),
            service: "Student pass",
            date: format!("{}/{}/{}", day.day(), day.month(), day.year()),
            day: Words::builtin().short_date(Language::En, day),
            patience: Duration::from_secs(500),
        };
        tokio::spawn(async move {
            let mut chance = StdRng::seed_from_u64(number.unsigned_abs());
            let ending = person.applies(&wish, &mut chance).await;
            (person, ending)
        })
    });
    let ended: Vec<_> = futures::future::join_all(applying).await.into_iter().map(Result::unwrap).collect();
    let told: BTreeSet<_> = ended
        .iter()
        .filter_map(|(_, ending)| match ending {
            Ending::Booked(reference) => Some(reference.clone()),
            Ending::Full => None,
        })
        .collect();
    let full = ended.iter().filter(|(_, ending)| *ending == Ending::Full);
    let with_alternatives = full.filter(|(person, _)| person.with(|chat| chat.live().is_some())).count();
    let (status, took) = process.stop();
    assert!(status.success(), "{}", process.log());
    let store = open(&setup.database_url, &folder.path().join("t.keys")).await;
    let booked = appointments(&*store).await;
    let on_the_day = booked.iter().filter(|booking| booking.slot.date == day).count();
    let references: BTreeSet<_> = booked.iter().map(|booking| booking.reference.to_string()).collect();
    let (calls, impatient, refused) = {
        let inner = api.inner();
        (inner.calls.clone(), inner.impatient, inner.refused.clone())
    };
    println!(
        "{crowd} applicants in {:.0} s: {} booked, {with_alternatives} told so with alternatives; slots {:?}; calls {calls:?}; \
         {impatient} calls in spite of retry_after; stopped in {:.1} s",
        begun.elapsed().as_secs_f64(),
        told.len(),
        by_slot(&booked).into_values().collect::<Vec<_>>(),
        took.as_secs_f64()
    );
    // A place that was held and given back after the last had been told "full" is free again, and not lost.
    let free = free_places(&*store, "JHR-HQ", day).await;
    assert_eq!((told.len(), on_the_day), (booked.len(), booked.len()));
    let here = booked.iter().filter(|booking| booking.slot.branch.as_str() == "JHR-HQ").count();
    assert_eq!(here + free, places, "sold and free are all there are");
    assert_eq!(with_alternatives, crowd - booked.len());
    assert_eq!(references, told);
    assert!(by_slot(&booked).into_values().all(|taken| taken <= in_a_slot));
    assert_eq!(refused, Vec::<String>::new());
}
