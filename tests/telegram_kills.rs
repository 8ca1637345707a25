//! Processes killed without warning at random points, by polling and by webhook, one and two of them: each applicant
//! ends with exactly one appointment and has received the slip, and nothing is oversold.
//!
//! `TEMUJANJI_KILLS` sets how often each of the four is killed.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::allow_attributes,
    reason = "helpers of tests may panic as tests may"
)]

mod botapi;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use botapi::records::{appointments, by_slot, office_with, open};
use botapi::robot::{Ending, Wish};
use botapi::{BotApi, Faults, Person, Serving, Setup, free_port};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// Applicants at a time.
const AT_ONCE: i64 = 10;
/// Places in a slot.
const CAPACITY: u32 = 4;

/// How the processes receive, how many there are, and the pause between two kills, in milliseconds.
struct Play {
    name: &'static str,
    webhook: bool,
    processes: usize,
    pause: std::ops::Range<u64>,
    seed: u64,
}

fn kills() -> u32 {
    std::env::var("TEMUJANJI_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(50)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_random_points() {
    let plays = [
        Play { name: "polling, one process", webhook: false, processes: 1, pause: 1100..2000, seed: 1 },
        Play { name: "polling, two processes", webhook: false, processes: 2, pause: 500..1500, seed: 2 },
        Play { name: "webhook, one process", webhook: true, processes: 1, pause: 500..1500, seed: 3 },
        Play { name: "webhook, two processes", webhook: true, processes: 2, pause: 300..1200, seed: 4 },
    ];
    let playing = plays.into_iter().map(|play| tokio::spawn(run(play)));
    let mut total = 0;
    for played in futures::future::join_all(playing).await {
        total += played.unwrap();
    }
    println!("{total} kills in all");
    assert_eq!(total, kills() * 4);
}

async fn run(play: Play) -> u32 {
    let begun = Instant::now();
    let api =
        BotApi::start_with(Faults { repeats: 0.05, reordered: true, ..Faults::default() }, play.seed).await;
    let folder = tempfile::tempdir().unwrap();
    let setup = Setup::polling(folder.path()).with("TELEGRAM__BURST", "10000").with("BOOKING__HOLD", "10min");
    let store = open(&setup.database_url, &folder.path().join("t.keys")).await;
    store.import_office(&office_with(CAPACITY), temujanji::clock::now()).await.unwrap();
    store.close().await;
    let setups: Vec<Setup> = (0..play.processes)
        .map(|_| if play.webhook { setup.clone().webhook(free_port()) } else { setup.clone() })
        .collect();
    api.inner().behind = setups
        .iter()
        .filter_map(|setup| setup.webhook)
        .map(|port| format!("http://127.0.0.1:{port}/hook"))
        .collect();
    let mut processes: Vec<Serving> = setups.iter().map(|setup| setup.serve(&api)).collect();
    let (killed, over) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicBool::new(false)));
    let killer = {
        let (api, killed, over) = (api.clone(), killed.clone(), over.clone());
        tokio::spawn(async move {
            let mut chance = StdRng::seed_from_u64(play.seed);
            while killed.load(Ordering::SeqCst) < kills() {
                tokio::time::sleep(Duration::from_millis(chance.random_range(play.pause.clone()))).await;
                let at = chance.random_range(0..processes.len());
                let setup = setups.get(at).unwrap();
                let process = processes.get_mut(at).unwrap();
                assert!(process.runs(), "it ended by itself:\n{}", process.log());
                process.kill();
                *process = setup.serve(&api);
                killed.fetch_add(1, Ordering::SeqCst);
            }
            over.store(true, Ordering::SeqCst);
            processes
        })
    };
    let mut people: Vec<(Person, String)> = Vec::new();
    while !over.load(Ordering::SeqCst) {
        let applying = (0..AT_ONCE).map(|n| apply(api.clone(), play.seed, people.len() as i64 + n));
        for ended in futures::future::join_all(applying.map(tokio::spawn)).await {
            people.push(ended.unwrap());
        }
    }
    let processes = killer.await.unwrap();
    drop(processes);
    let store = open(&setup.database_url, &folder.path().join("t.keys")).await;
    let booked = appointments(&*store).await;
    let references: BTreeSet<_> = booked.iter().map(|booking| booking.reference.to_string()).collect();
    let identities: BTreeSet<_> =
        booked.iter().map(|booking| booking.applicant.identity.canonical()).collect();
    let fullest = by_slot(&booked).into_values().max().unwrap_or(0);
    let told: BTreeSet<_> = people.iter().map(|(_, reference)| reference.clone()).collect();
    let (taps, unanswered) = {
        let inner = api.inner();
        (inner.taps.len(), inner.taps.values().filter(|answered| answered.is_none()).count())
    };
    println!(
        "{}: {} kills in {:.0} s, {} applicants, {} appointments, {} slips, fullest slot {fullest} of {CAPACITY}, \
         {taps} taps",
        play.name,
        killed.load(Ordering::SeqCst),
        begun.elapsed().as_secs_f64(),
        people.len(),
        booked.len(),
        people.iter().filter(|(person, _)| person.with(|chat| chat.files().len() >= 3)).count(),
    );
    assert_eq!(booked.len(), people.len(), "each has exactly one");
    assert_eq!(references, told, "what was confirmed exists, and nothing else");
    assert_eq!(identities.len(), people.len());
    assert!(fullest <= CAPACITY as usize, "oversold");
    assert_eq!(unanswered, 0, "taps without an answer");
    assert_eq!(api.inner().refused, Vec::<String>::new());
    killed.load(Ordering::SeqCst)
}

async fn apply(api: Arc<BotApi>, world: u64, number: i64) -> (Person, String) {
    let person = Person::new(&api, 10_000 + number, &format!("p{world}x{number}"));
    let wish = Wish {
        passport: format!("A{:08}", 1000 + number),
        branch: "JHR-HQ".to_owned(),
        service: "Student pass",
        date: "earliest".to_owned(),
        day: String::new(),
        patience: Duration::from_secs(120),
    };
    let mut chance = StdRng::seed_from_u64(world * 1000 + number.unsigned_abs());
    match person.applies(&wish, &mut chance).await {
        Ending::Booked(reference) => (person, reference),
        Ending::Full => panic!("there was place\n{}", person.transcript()),
    }
}
