//! Memory of a process with 100,000 open conversations: `cargo bench --bench memory`.
//!
//! Every conversation is begun and then hears one more message from the same process, so that all of them are open.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::allow_attributes)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{TimeZone, Utc};
use rand::SeedableRng;
use rand::rngs::StdRng;
use temujanji::assistant::{Assistant, Incoming};
use temujanji::booking::Rules;
use temujanji::dialogue::{Event, Proof};
use temujanji::keys::Keys;
use temujanji::office;
use temujanji::store::{Contact, SqliteStore, Store};

const OPEN: u64 = 100_000;
const AT_ONCE: u64 = 256;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let folder = tempfile::tempdir_in(".").unwrap();
        let keys = Keys::load_or_create(&folder.path().join("keys")).unwrap();
        let store =
            Arc::new(SqliteStore::open(&folder.path().join("open.db"), Arc::new(keys)).await.unwrap());
        let now = Utc.with_ymd_and_hms(2026, 11, 23, 1, 0, 0).unwrap();
        store.import_office(&office::builtin(), now).await.unwrap();
        let rng = StdRng::seed_from_u64(7);
        let assistant = Arc::new(Assistant::new(store.clone(), Rules::default(), Proof::Code, rng));
        println!("before: {} MB resident", resident_mb());
        for (step, event) in [Event::Opened, Event::Text("1".into())].into_iter().enumerate() {
            let next = Arc::new(AtomicU64::new(0));
            let tasks = (0..AT_ONCE).map(|_| {
                let (assistant, next, event) = (assistant.clone(), next.clone(), event.clone());
                tokio::spawn(async move {
                    loop {
                        let n = next.fetch_add(1, Ordering::Relaxed);
                        if n >= OPEN {
                            return;
                        }
                        let from = Contact { channel: "terminal".into(), address: n.to_string() };
                        let message = Incoming { from, delivery: step.to_string(), event: event.clone() };
                        assistant.handle(&message, now).await.unwrap();
                    }
                })
            });
            for task in tasks.collect::<Vec<_>>() {
                task.await.unwrap();
            }
        }
        println!("with {OPEN} open conversations: {} MB resident (aim: under 64)", resident_mb());
        store.close().await;
    });
}

/// Resident memory of this process in MB, as Linux counts it.
fn resident_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}
