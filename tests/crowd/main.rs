//! Crowds: real processes that race for places on one database, and that are killed while they serve.
//!
//! A program of its own: without arguments it is the test, with arguments a process of the crowd. It prints what it
//! counted. `TEMUJANJI_CROWD=10 cargo test --test crowd` makes ten times as many rounds.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    reason = "helpers of tests may panic as tests may"
)]
#![expect(clippy::print_stdout, reason = "the counts are what the test is for")]

#[path = "../cluster/mod.rs"]
mod cluster;
mod kills;
mod process;
mod races;
mod service;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

type Case = (&'static str, fn(u32));

const CASES: [Case; 7] = [
    ("eight processes, 16,000 applicants, one slot of 50 places", races::one_hot_slot),
    ("without the guard the same race oversells", races::without_the_guard),
    ("Zipf over 48 branches and 60 days", races::zipf),
    ("one identity from twenty chats at once", races::one_identity),
    ("cancelling against confirming, and expiry against confirming", races::against_confirming),
    ("processes killed and the server crashed under load", kills::on_postgres),
    ("processes killed under load on one SQLite file", kills::on_sqlite),
];

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args.first().is_some_and(|arg| arg == process::ACTOR) {
        return process::act(&args);
    }
    if args.first().is_some_and(|arg| arg == service::SERVER) {
        return service::serve(&args);
    }
    // As the standard harness does: words on the command line choose.
    let words: Vec<&String> = args.iter().filter(|arg| !arg.starts_with('-')).collect();
    if args.iter().any(|arg| arg == "--list") {
        return;
    }
    let times = std::env::var("TEMUJANJI_CROWD").map_or(1, |times| times.parse().unwrap());
    let chosen =
        CASES.iter().filter(|(name, _)| words.is_empty() || words.iter().any(|word| name.contains(*word)));
    let (mut passed, mut failed) = (0, 0);
    for (name, case) in chosen {
        let start = Instant::now();
        let good = catch_unwind(AssertUnwindSafe(|| case(times))).is_ok();
        println!("test {name} ... {} ({:.0?})", if good { "ok" } else { "FAILED" }, start.elapsed());
        if good { passed += 1 } else { failed += 1 }
    }
    println!("{passed} passed, {failed} failed");
    if failed > 0 {
        std::process::exit(101);
    }
}
