//! Whole turns that reserve, on PostgreSQL, as a share of bare one-row INSERT commits by a pool of the same size on the
//! same server in the same run, and of `pgbench` single INSERTs: `cargo bench --bench shared`.
//!
//! An applicant takes two turns: one that holds a place, one that confirms it. Each notes its delivery, locks and
//! keeps the conversation, changes places and counters, and writes to the outbox, in one transaction. The server is
//! the tests' own, with `fsync` on; rounds of both kinds alternate, and medians are compared. With `-- apart` each
//! turn has a transaction of its own. `-- no-wait`: no commit waits for the disk. `-- slow-disk`: each way to the disk takes
//! five milliseconds more, as on storage in the network.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::indexing_slicing, clippy::allow_attributes)]

#[path = "../tests/cluster/mod.rs"]
mod cluster;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use cluster::Cluster;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use temujanji::booking::{Address, Applicant, Email, PersonName, Phone, Rules, SlotKey};
use temujanji::dialogue::Language;
use temujanji::keys::Keys;
use temujanji::office::{self, Office};
use temujanji::store::{
    Confirmed, Contact, Held, HoldRequest, NewOutgoing, Opened, PostgresStore, Store, Turn,
};

const ROUND: Duration = Duration::from_secs(3);
const ROUNDS: usize = 3;
const POOL: u32 = 32;

/// Where people want to go.
#[derive(Clone, Copy)]
enum Wish {
    Hot,
    Zipf,
    Spread,
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let wait = if asked_for("no-wait") { "synchronous_commit = off" } else { "synchronous_commit = on" };
    let disk = if asked_for("slow-disk") { "commit_delay = 5000" } else { "commit_delay = 0" };
    let cluster =
        Cluster::durable(&["fsync = on", "max_connections = 200", wait, disk, "commit_siblings = 0"]);
    runtime.block_on(compare(&cluster));
}

fn asked_for(what: &str) -> bool {
    std::env::args().any(|arg| arg == what)
}

async fn compare(cluster: &Cluster) {
    let folder = tempfile::tempdir().unwrap();
    let keys = Arc::new(Keys::load_or_create(&folder.path().join("keys")).unwrap());
    let url = cluster.database();
    let store = PostgresStore::open(&url, POOL, keys).await.unwrap();
    // With and without turns that share a transaction.
    let store: Arc<dyn Store> =
        Arc::new(if asked_for("apart") { store.with_turns_together(1) } else { store });
    let office = Arc::new(endless_office());
    store.import_office(&office, now()).await.unwrap();
    let slots: Arc<Vec<SlotKey>> = Arc::new(slots(&office));
    let bare = PgPoolOptions::new().max_connections(POOL).connect(url.secret()).await.unwrap();
    let table = "CREATE TABLE bare (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body TEXT NOT NULL)";
    sqlx::query(table).execute(&bare).await.unwrap();
    println!("pgbench, 64 clients: {:.0} single INSERT commits a second", pgbench(cluster, &url.to_string()));
    println!(
        "{:>8} {:>9} {:>10} {:>10} {:>7} {:>9} {:>9} {:>12}",
        "wish", "in flight", "bare/s", "turns/s", "ratio", "p50 ms", "p99 ms", "bare p50 ms"
    );
    let next = Arc::new(AtomicU64::new(1));
    for (name, wish) in [("hot", Wish::Hot), ("Zipf", Wish::Zipf), ("spread", Wish::Spread)] {
        for in_flight in [1, 8, 32, 256] {
            let (mut bares, mut turns, mut waits, mut bare_waits) = (vec![], vec![], vec![], vec![]);
            for _ in 0..ROUNDS {
                let (rate, mut round) = bare_commits(&bare, in_flight).await;
                bares.push(rate);
                bare_waits.append(&mut round);
                let (rate, mut round) = reserve(&store, &slots, &next, wish, in_flight).await;
                turns.push(rate);
                waits.append(&mut round);
            }
            let (bare, turns) = (median(bares), median(turns));
            println!(
                "{name:>8} {in_flight:>9} {bare:>10.0} {turns:>10.0} {:>7.2} {:>9.2} {:>9.2} {:>12.2}",
                turns / bare,
                at(&mut waits, 0.5),
                at(&mut waits, 0.99),
                at(&mut bare_waits, 0.5)
            );
        }
    }
    store.close().await;
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2027, 1, 4, 0, 0, 0).unwrap()
}

/// The built-in catalogue with more places than anybody will ask for.
fn endless_office() -> Office {
    let mut office = serde_json::to_value(office::builtin()).unwrap();
    for (_, branch) in office["branches"].as_object_mut().unwrap() {
        for offer in branch["services"].as_array_mut().unwrap() {
            offer["capacity"] = json!(1_000_000);
        }
    }
    serde_json::from_value(office).unwrap()
}

/// Slots of every branch over sixty days, those of different branches next to each other.
fn slots(office: &Office) -> Vec<SlotKey> {
    let mut slots = Vec::new();
    for day in 1..=60 {
        let date = (now() + TimeDelta::hours(8) + TimeDelta::days(day)).date_naive();
        for branch in office.branches() {
            let service = branch.services[0].service.clone();
            for slot in office.slots(&branch.code, &service, date) {
                let (branch, service) = (branch.code.clone(), service.clone());
                slots.push(SlotKey { branch, service, date, time: slot.time });
            }
        }
    }
    slots
}

fn pgbench(cluster: &Cluster, url: &str) -> f64 {
    let script = cluster.file("insert.sql");
    std::fs::write(
        &script,
        "INSERT INTO bare (body) VALUES ('a row of about the size of a short message');\n",
    )
    .unwrap();
    std::fs::set_permissions(&script, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    let said = cluster
        .run("pgbench", &["-n", "-c", "64", "-j", "2", "-T", "5", "-M", "prepared", "-f", &script, url])
        .unwrap();
    let tps = said.lines().find_map(|line| line.strip_prefix("tps = ")).unwrap();
    tps.split(' ').next().unwrap().parse().unwrap()
}

async fn bare_commits(pool: &PgPool, in_flight: u64) -> (f64, Vec<Duration>) {
    let start = Instant::now();
    let inserting = (0..in_flight).map(|_| {
        let pool = pool.clone();
        tokio::spawn(async move {
            let mut waits = Vec::new();
            while start.elapsed() < ROUND {
                let asked = Instant::now();
                let insert = sqlx::query("INSERT INTO bare (body) VALUES ($1)");
                insert.bind("a row of about the size of a short message").execute(&pool).await.unwrap();
                waits.push(asked.elapsed());
            }
            waits
        })
    });
    together(inserting.collect(), start).await
}

async fn reserve(
    store: &Arc<dyn Store>,
    slots: &Arc<Vec<SlotKey>>,
    next: &Arc<AtomicU64>,
    wish: Wish,
    in_flight: u64,
) -> (f64, Vec<Duration>) {
    let start = Instant::now();
    let reserving = (0..in_flight).map(|seed| {
        let (store, slots, next) = (store.clone(), slots.clone(), next.clone());
        tokio::spawn(async move {
            let mut rng = StdRng::seed_from_u64(seed);
            let (mut waits, aminah) = (Vec::new(), aminah());
            while start.elapsed() < ROUND {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let slot = match wish {
                    Wish::Hot => &slots[0],
                    // The k-th as often as 1/k.
                    Wish::Zipf => {
                        let k = (slots.len() as f64).powf(rng.random_range(0.0..1.0)) as usize;
                        &slots[k.saturating_sub(1) * 7919 % slots.len()]
                    }
                    Wish::Spread => &slots[rng.random_range(0..slots.len())],
                };
                applicant_reserves(&*store, number, &applicant(number, &aminah), slot, &mut waits).await;
            }
            waits
        })
    });
    together(reserving.collect(), start).await
}

async fn together(
    tasks: Vec<tokio::task::JoinHandle<Vec<Duration>>>,
    start: Instant,
) -> (f64, Vec<Duration>) {
    let mut waits = Vec::new();
    for task in tasks {
        waits.append(&mut task.await.unwrap());
    }
    (waits.len() as f64 / start.elapsed().as_secs_f64(), waits)
}

/// About what the dialogue keeps of a conversation.
const STATE: &str = include_str!("shared/state.json");

/// How long somebody thinks before they confirm.
const THOUGHT: TimeDelta = TimeDelta::seconds(20);

async fn applicant_reserves(
    store: &dyn Store,
    number: u64,
    applicant: &Applicant,
    slot: &SlotKey,
    waits: &mut Vec<Duration>,
) {
    let contact = Contact { channel: "telegram".into(), address: number.to_string() };
    let rules = Rules::default();
    let mut rng = rand::make_rng::<StdRng>();

    let asked = Instant::now();
    let mut turn = turn(store, &contact, "hold", now()).await;
    let (identity, until) = (&applicant.identity, now() + rules.hold);
    let ask = HoldRequest { slot, identity, until, proved: None, instead_of: None };
    let Held::Held { hold, .. } = turn.hold(&ask, &rules, &mut rng).await.unwrap() else { panic!() };
    turn.save(STATE).await.unwrap();
    say(&mut *turn, &contact).await;
    turn.commit().await.unwrap();
    waits.push(asked.elapsed());

    let asked = Instant::now();
    let mut turn = self::turn(store, &contact, "confirm", now() + THOUGHT).await;
    let confirmed = turn.confirm(hold.id, applicant, Language::Ms, &rules, &mut rng).await.unwrap();
    assert!(matches!(confirmed, Confirmed::Confirmed(_)));
    turn.save(STATE).await.unwrap();
    say(&mut *turn, &contact).await;
    turn.commit().await.unwrap();
    waits.push(asked.elapsed());
}

async fn turn(store: &dyn Store, contact: &Contact, key: &str, now: DateTime<Utc>) -> Box<dyn Turn> {
    match store.turn(contact, key, now).await.unwrap() {
        Opened::New(turn) => turn,
        Opened::Repeat => panic!("a delivery of its own is new"),
    }
}

async fn say(turn: &mut dyn Turn, to: &Contact) {
    turn.queue(&NewOutgoing { to, kind: "talk", body: STATE, mass: false }).await.unwrap();
}

/// Somebody with a number and an address of their own, otherwise like her.
fn applicant(number: u64, aminah: &Applicant) -> Applicant {
    Applicant {
        email: Email::parse(&format!("aminah{number}@example.com")).unwrap(),
        identity: serde_json::from_value(json!(format!("other:N{number:09}"))).unwrap(),
        ..aminah.clone()
    }
}

fn aminah() -> Applicant {
    Applicant {
        email: Email::parse("aminah@example.com").unwrap(),
        email_proved: false,
        name: PersonName::parse("Aminah binti Abu").unwrap(),
        identity: serde_json::from_value(json!("other:N000000001")).unwrap(),
        address: Address::parse("12, Jalan Bukit Meldrum, 80300 Johor Bahru, Johor").unwrap(),
        phone: Phone::parse("012-345 6789").unwrap(),
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The wait, in milliseconds, that so large a share did not exceed.
fn at(waits: &mut [Duration], share: f64) -> f64 {
    waits.sort_unstable();
    waits[((waits.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0
}
