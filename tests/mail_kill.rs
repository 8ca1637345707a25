//! What is killed, stopped and cut off, whenever: nobody's mail is lost, and nobody books twice.
//!
//! On a file and on PostgreSQL. `MAIL_KILLS` sets how often the process is killed on each.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "helpers of tests may panic and print as tests may"
)]

mod applicants;
mod cluster;
mod correspondent;
mod mailserver;

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use applicants::{Applicant, go_on, until_done};
use cluster::Cluster;
use correspondent::OWN;
use mailserver::{MailServer, Serving};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tempfile::TempDir;
use temujanji::store::PostgresUrl;

/// How often the process is killed, unless the environment says more.
const KILLS: usize = 100;

/// Where the process keeps everything, and what the test does to it from outside.
enum Records {
    File(PathBuf),
    Server(PostgresUrl),
}

impl Records {
    fn sqlite(folder: &TempDir) -> Records {
        Records::File(folder.path().join("temujanji.db"))
    }

    fn postgres() -> Records {
        Records::Server(Cluster::shared().database())
    }

    fn name(&self) -> &'static str {
        match self {
            Records::File(_) => "a file",
            Records::Server(_) => "PostgreSQL",
        }
    }

    fn settings(&self) -> Vec<(&'static str, String)> {
        match self {
            Records::File(_) => Vec::new(),
            Records::Server(url) => vec![("TEMUJANJI_DATABASE_URL", url.secret().to_owned())],
        }
    }

    fn run(&self, statement: &str) -> String {
        match self {
            Records::File(path) => {
                let db = rusqlite::Connection::open(path).unwrap();
                db.busy_timeout(Duration::from_secs(10)).unwrap();
                let mut statement = db.prepare(statement).unwrap();
                let mut rows = statement.query([]).unwrap();
                let row = rows.next().unwrap();
                row.map(|row| row.get::<_, i64>(0).unwrap().to_string()).unwrap_or_default()
            }
            Records::Server(url) => {
                Cluster::shared().run("psql", &["-qAtc", statement, url.secret()]).unwrap().trim().to_owned()
            }
        }
    }

    /// What a dead process had leased is free once its time has run out. Here it runs out at once.
    fn leases_run_out(&self) {
        self.run("DELETE FROM lease");
        self.run("UPDATE outbox SET due_at = written_at WHERE state = 'waiting'");
    }

    fn bookings(&self) -> usize {
        self.run("SELECT count(*) FROM place WHERE state = 'booked'").parse().unwrap()
    }
}

fn killed_at_any_moment(records: impl FnOnce(&TempDir) -> Records, kills: usize) {
    let kills = std::env::var("MAIL_KILLS").map_or(kills, |kills| kills.parse().unwrap());
    let server = MailServer::start();
    let folder = tempfile::tempdir().unwrap();
    let records = records(&folder);
    let settings = records.settings();
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
        let serving = Serving::start(folder.path(), &server, &settings);
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
        records.leases_run_out();
    }
    let mut serving = Serving::start(folder.path(), &server, &settings);
    until_done(&mut applicants, &server, &mut serving, Duration::from_secs(240));
    // Whatever else may come has time to come.
    thread::sleep(Duration::from_secs(2));
    until_done(&mut applicants, &server, &mut serving, Duration::from_secs(5));
    applicants.iter().for_each(Applicant::has_one_booking);
    assert_eq!(records.bookings(), applicants.len());
    let (mails, kinds): (usize, usize) =
        applicants.iter().fold((0, 0), |(mails, kinds), one| (mails + one.mails, kinds + one.seen()));
    let processed = server.wait_in(OWN, "Processed", applicants.len() * 3).len();
    assert_eq!(server.mails(OWN, "Failed").len(), 0);
    println!(
        "{kills} kills in {:.0} s on {}: {} people, {processed} mails handled, {kinds} answers, {} of them sent twice",
        start.elapsed().as_secs_f64(),
        records.name(),
        applicants.len(),
        mails - kinds
    );
}

#[test]
fn a_process_killed_at_any_moment_books_everybody_once() {
    killed_at_any_moment(Records::sqlite, KILLS);
}

#[test]
fn a_process_killed_at_any_moment_on_postgresql_books_everybody_once() {
    killed_at_any_moment(|_| Records::postgres(), KILLS);
}

fn servers_stop_and_start(records: impl FnOnce(&TempDir) -> Records) {
    let server = MailServer::start();
    let folder = tempfile::tempdir().unwrap();
    let records = records(&folder);
    let mut serving = Serving::start(folder.path(), &server, &records.settings());
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
    until_done(&mut applicants, &server, &mut serving, Duration::from_secs(150));
    applicants.iter().for_each(Applicant::has_one_booking);
    assert_eq!(records.bookings(), 12);
    server.wait_in(OWN, "Processed", 36);
    assert_eq!(server.mails(OWN, "INBOX").len() + server.mails(OWN, "Failed").len(), 0);
    println!("4 stops on {}: 12 people, 36 mails handled, nothing lost", records.name());
}

#[test]
fn servers_that_stop_and_start_under_load_lose_nothing() {
    servers_stop_and_start(Records::sqlite);
}

#[test]
fn servers_that_stop_and_start_under_load_on_postgresql_lose_nothing() {
    servers_stop_and_start(|_| Records::postgres());
}
