//! Processes killed without warning at random points, by polling and by webhook, one and two of them, on SQLite and on
//! PostgreSQL: each applicant ends with exactly one appointment and has received the slip, and nothing is oversold.
//!
//! `TEMUJANJI_KILLS` sets how often each of the six is killed.

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
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use botapi::records::{appointments, by_slot, office_with, open};
use botapi::robot::{Ending, Wish};
use botapi::{BotApi, Faults, Person, Serving, Setup, free_port, hooks};
use cluster::Cluster;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// Applicants at a time.
const AT_ONCE: i64 = 10;
/// Places in a slot.
const CAPACITY: u32 = 4;

/// Where the data is, how the processes receive, how many there are, and the pause between two kills, in milliseconds.
struct Play {
    name: &'static str,
    postgres: bool,
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
    let play = |name, webhook, processes, pause, seed| Play {
        name,
        postgres: false,
        webhook,
        processes,
        pause,
        seed,
    };
    all(vec![
        play("polling, one process", false, 1, 1100..2000, 1),
        play("polling, two processes", false, 2, 500..1500, 2),
        play("webhook, one process", true, 1, 500..1500, 3),
        play("webhook, two processes", true, 2, 300..1200, 4),
    ])
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_random_points_on_postgresql() {
    let play = |name, webhook, pause, seed| Play { name, postgres: true, webhook, processes: 2, pause, seed };
    all(vec![
        play("polling, two processes, PostgreSQL", false, 500..1500, 5),
        play("webhook, two processes, PostgreSQL", true, 300..1200, 6),
    ])
    .await;
}

async fn all(plays: Vec<Play>) {
    let wanted = kills() * u32::try_from(plays.len()).unwrap();
    let playing = plays.into_iter().map(|play| tokio::spawn(run(play)));
    let mut total = 0;
    for played in futures::future::join_all(playing).await {
        total += played.unwrap();
    }
    println!("{total} kills in all");
    assert_eq!(total, wanted);
}

async fn run(play: Play) -> u32 {
    let begun = Instant::now();
    let api =
        BotApi::start_with(Faults { repeats: 0.05, reordered: true, ..Faults::default() }, play.seed).await;
    let folder = tempfile::tempdir().unwrap();
    let mut setup =
        Setup::polling(folder.path()).with("TELEGRAM__BURST", "10000").with("BOOKING__HOLD", "10min");
    if play.postgres {
        setup.database_url = Cluster::shared().database().secret().to_owned();
    }
    let store = open(&setup.database_url, &folder.path().join("t.keys")).await;
    store.import_office(&office_with(CAPACITY), temujanji::clock::now()).await.unwrap();
    store.close().await;
    let setups: Vec<Setup> = (0..play.processes)
        .map(|_| if play.webhook { setup.clone().webhook(free_port()) } else { setup.clone() })
        .collect();
    api.inner().behind = hooks(&setups);
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
        rush: None,
    };
    let mut chance = StdRng::seed_from_u64(world * 1000 + number.unsigned_abs());
    match person.applies(&wish, &mut chance).await {
        Ending::Booked(reference) => (person, reference),
        Ending::Full { .. } => panic!("there was place\n{}", person.transcript()),
    }
}
