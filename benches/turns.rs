//! Turns of whole conversations per second, as a share of bare one-row commits by a plain rusqlite loop on the same
//! disk, with the same durability, in the same run: `cargo bench --bench turns`.
//!
//! One applicant at a time goes from the greeting to the slip in each of N conversations at once. A turn is one message
//! in, one transaction, the answers out. Rounds of both kinds alternate, and medians are compared.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::indexing_slicing, clippy::allow_attributes)]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeZone, Utc};
use rand::SeedableRng;
use rand::rngs::StdRng;
use temujanji::assistant::{Assistant, Handled, Incoming, Letter};
use temujanji::booking::Rules;
use temujanji::dialogue::{Event, Proof};
use temujanji::keys::Keys;
use temujanji::office;
use temujanji::store::{Contact, SqliteStore, Store};

const ROUND: Duration = Duration::from_secs(3);
const ROUNDS: usize = 3;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    println!(
        "{:>14} {:>12} {:>12} {:>8} {:>10} {:>10}",
        "conversations", "bare/s", "turns/s", "ratio", "p50 ms", "p99 ms"
    );
    for at_once in [1, 32, 256] {
        let (mut bare, mut turns, mut waits) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let folder = tempfile::tempdir_in(".").unwrap();
            bare.push(bare_commits(folder.path()));
            let (rate, mut round_waits) = runtime.block_on(conversations(folder.path(), at_once));
            turns.push(rate);
            waits.append(&mut round_waits);
        }
        waits.sort_unstable();
        let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
        let (bare, turns) = (median(bare), median(turns));
        println!(
            "{at_once:>14} {bare:>12.0} {turns:>12.0} {:>8.2} {:>10.2} {:>10.2}",
            turns / bare,
            at(0.5),
            at(0.99)
        );
    }
}

/// One-row INSERT commits a second: WAL, `synchronous=FULL`, one connection, one prepared statement.
fn bare_commits(folder: &Path) -> f64 {
    let db = rusqlite::Connection::open(folder.join("bare.db")).unwrap();
    db.execute_batch(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE bare (id INTEGER PRIMARY KEY, body TEXT) STRICT",
    )
    .unwrap();
    let mut insert = db.prepare("INSERT INTO bare (body) VALUES (?1)").unwrap();
    let (start, mut done) = (Instant::now(), 0u32);
    while start.elapsed() < ROUND {
        insert.execute(["a row of about the size of a short message"]).unwrap();
        done += 1;
    }
    f64::from(done) / start.elapsed().as_secs_f64()
}

async fn conversations(folder: &Path, at_once: u64) -> (f64, Vec<Duration>) {
    let keys = Keys::load_or_create(&folder.join("keys")).unwrap();
    let store = Arc::new(SqliteStore::open(&folder.join("turns.db"), Arc::new(keys)).await.unwrap());
    let now = Utc.with_ymd_and_hms(2026, 11, 23, 1, 0, 0).unwrap();
    store.import_office(&office::builtin(), now).await.unwrap();
    let rules = Rules { max_live: 1000, ..Rules::default() };
    let assistant = Arc::new(Assistant::new(store.clone(), rules, Proof::Code, StdRng::seed_from_u64(7)));
    let next = Arc::new(AtomicU64::new(0));
    let start = Instant::now();
    let tasks: Vec<_> = (0..at_once)
        .map(|_| tokio::spawn(applicants(assistant.clone(), next.clone(), now, start + ROUND)))
        .collect();
    let mut waits = Vec::new();
    for task in tasks {
        waits.append(&mut task.await.unwrap());
    }
    let rate = waits.len() as f64 / start.elapsed().as_secs_f64();
    store.close().await;
    (rate, waits)
}

/// Takes one applicant after the other from the greeting to the slip.
async fn applicants(
    assistant: Arc<Assistant>,
    next: Arc<AtomicU64>,
    now: DateTime<Utc>,
    end: Instant,
) -> Vec<Duration> {
    let mut waits = Vec::new();
    loop {
        let n = next.fetch_add(1, Ordering::Relaxed);
        let days = [
            "1/12/2026",
            "2/12/2026",
            "3/12/2026",
            "7/12/2026",
            "8/12/2026",
            "9/12/2026",
            "5/1/2027",
            "6/1/2027",
        ];
        let branches =
            ["Jalan Duta", "JHR-HQ", "PNG-HQ", "SGR-HQ", "MLK-HQ", "PHG-HQ", "PRK-HQ", "SWK-HQ", "SBH-HQ"];
        let (day, branch) =
            (days[n as usize % days.len()], branches[n as usize / days.len() % branches.len()]);
        let script = [
            None,
            Some("1".to_owned()),
            Some("setuju".to_owned()),
            Some(format!("pemohon{n}@example.com")),
            Some(String::new()),
            Some("Aminah binti Abu".to_owned()),
            Some("2".to_owned()),
            Some(format!("A{n:08}")),
            Some("No. 12, Jalan Mawar, 53100 Kuala Lumpur".to_owned()),
            Some("012-345 6789".to_owned()),
            Some(branch.to_owned()),
            Some("pas pelajar".to_owned()),
            Some(day.to_owned()),
            Some("1".to_owned()),
            Some("ya".to_owned()),
        ];
        let mut code = String::new();
        for (step, text) in script.into_iter().enumerate() {
            let event = match text {
                None => Event::Opened,
                Some(text) if text.is_empty() => Event::Text(code.clone()),
                Some(text) => Event::Text(text),
            };
            let from = Contact { channel: "terminal".into(), address: format!("{n}") };
            let message = Incoming { from, delivery: format!("{step}"), event };
            let asked = Instant::now();
            let Handled::Done(sent) = assistant.handle(&message, now).await.unwrap() else {
                panic!("a repeat")
            };
            waits.push(asked.elapsed());
            for out in sent {
                if let Letter::Code { code: new, .. } = serde_json::from_str(&out.body).unwrap() {
                    code = new;
                }
            }
            if Instant::now() > end {
                return waits;
            }
        }
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
