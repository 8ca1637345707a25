//! What is killed, stopped and cut off, whenever: nobody's mail is lost, and nobody books twice.
//!
//! `MAIL_KILLS` sets how often the process is killed.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests may")]

mod applicants;
mod correspondent;
mod mailserver;

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use applicants::{Applicant, go_on, until_done};
use correspondent::OWN;
use mailserver::{MailServer, Serving};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// How often the process is killed, unless the environment says more.
const KILLS: usize = 100;

/// What a dead process had leased is free once its time has run out. Here it runs out at once.
fn leases_run_out(folder: &Path) {
    let db = rusqlite::Connection::open(folder.join("temujanji.db")).unwrap();
    db.busy_timeout(Duration::from_secs(10)).unwrap();
    db.execute("DELETE FROM lease", []).unwrap();
    db.execute("UPDATE outbox SET due_at = written_at WHERE state = 'waiting'", []).unwrap();
}

fn bookings(folder: &Path) -> i64 {
    let db = rusqlite::Connection::open(folder.join("temujanji.db")).unwrap();
    db.query_row("SELECT count(*) FROM place WHERE state = 'booked'", [], |row| row.get(0)).unwrap()
}

#[test]
fn a_process_killed_at_any_moment_books_everybody_once() {
    let kills = std::env::var("MAIL_KILLS").map_or(KILLS, |kills| kills.parse().unwrap());
    let server = MailServer::start();
    let folder = tempfile::tempdir().unwrap();
    let mut chance = StdRng::seed_from_u64(20261123);
    let mut applicants: Vec<Applicant> = Vec::new();
    let start = Instant::now();
    for kill in 0..kills {
        if kill % 2 == 0 {
            applicants.push(Applicant::new(applicants.len()));
        }
        let opened = std::fs::read_to_string(folder.path().join("serve.log"))
            .unwrap_or_default()
            .matches("the mailbox is open")
            .count();
        let serving = Serving::start(folder.path(), &server, &[]);
        let began = Instant::now();
        while serving.log().matches("the mailbox is open").count() == opened {
            assert!(began.elapsed() < Duration::from_secs(60), "it does not start: {}", serving.log());
            thread::sleep(Duration::from_millis(5));
        }
        // From before the first fetch to after the last answer.
        let life = Duration::from_millis(chance.random_range(0..500));
        let opened = Instant::now();
        while opened.elapsed() < life {
            go_on(&mut applicants, &server);
            thread::sleep(Duration::from_millis(5).min(life));
        }
        serving.kill();
        leases_run_out(folder.path());
    }
    let _serving = Serving::start(folder.path(), &server, &[]);
    until_done(&mut applicants, &server, Duration::from_secs(240));
    // Whatever else may come has time to come.
    thread::sleep(Duration::from_secs(2));
    until_done(&mut applicants, &server, Duration::from_secs(5));
    applicants.iter().for_each(Applicant::has_one_booking);
    assert_eq!(bookings(folder.path()), i64::try_from(applicants.len()).unwrap());
    let (mails, kinds): (usize, usize) =
        applicants.iter().fold((0, 0), |(mails, kinds), one| (mails + one.mails, kinds + one.seen()));
    let processed = server.wait_in(OWN, "Processed", applicants.len() * 3).len();
    assert_eq!(server.mails(OWN, "Failed").len(), 0);
    println!(
        "{kills} kills in {:.0} s: {} people, {processed} mails handled, {kinds} answers, {} of them sent twice",
        start.elapsed().as_secs_f64(),
        applicants.len(),
        mails - kinds
    );
}

#[test]
fn servers_that_stop_and_start_under_load_lose_nothing() {
    let server = MailServer::start();
    let folder = tempfile::tempdir().unwrap();
    let _serving = Serving::start(folder.path(), &server, &[]);
    let mut applicants: Vec<Applicant> = (0..12).map(Applicant::new).collect();
    for round in 0..4 {
        let start = Instant::now();
        while start.elapsed() < Duration::from_millis(1200) {
            go_on(&mut applicants, &server);
            thread::sleep(Duration::from_millis(20));
        }
        if round % 2 == 0 {
            server.stop_dovecot();
            thread::sleep(Duration::from_millis(700));
            server.start_dovecot();
        } else {
            server.stop_postfix();
            go_on(&mut applicants, &server);
            thread::sleep(Duration::from_millis(700));
            server.start_postfix();
        }
    }
    // An answer that was refused a connection waits half a minute.
    until_done(&mut applicants, &server, Duration::from_secs(150));
    applicants.iter().for_each(Applicant::has_one_booking);
    assert_eq!(bookings(folder.path()), 12);
    server.wait_in(OWN, "Processed", 36);
    assert_eq!(server.mails(OWN, "INBOX").len() + server.mails(OWN, "Failed").len(), 0);
}
