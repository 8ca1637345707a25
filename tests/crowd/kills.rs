//! Processes serve people and are killed at random moments, and the database server crashes under them. Nobody loses
//! a booking, nobody has two, and every answer arrives.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use temujanji::clock;
use temujanji::config::Database;
use temujanji::store::{LEASE, Store};
use tokio::runtime::Runtime;

use super::cluster::Cluster;
use super::process::open;
use super::races::office;
use super::service::{Message, SERVER, worker};

/// People who are served at the same time.
const AT_ONCE: usize = 24;

/// How long everything may take at the most.
const PATIENCE: Duration = Duration::from_secs(900);

pub(crate) fn on_postgres(times: u32) {
    let cluster = Cluster::durable(&["fsync = on"]);
    let url = cluster.database();
    Ordeal { url: url.secret(), processes: 3, kills: 200 * times, crash_every: 10, cluster: Some(&cluster) }
        .run();
}

pub(crate) fn on_sqlite(times: u32) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("crowd.db").display());
    Ordeal { url: &url, processes: 2, kills: 60 * times, crash_every: u32::MAX, cluster: None }.run();
}

struct Ordeal<'a> {
    url: &'a str,
    processes: usize,
    /// How many processes are killed.
    kills: u32,
    /// The server crashes with every so manieth kill.
    crash_every: u32,
    cluster: Option<&'a Cluster>,
}

/// What comes from a process.
enum News {
    Done(usize),
    Again(usize),
    Dead { process: usize, life: u32 },
}

/// What a person says, from the greeting to the appointment.
fn script(person: usize) -> Vec<Option<String>> {
    let branches = ["JHR-HQ", "MLK-HQ", "PRK-HQ", "SGR-HQ", "PNG-HQ"];
    let form = format!(
        "Name: Aminah binti Abu\nPassport: A{:08}\nAddress: No. 1, Jalan Tun Razak, 50400 Kuala Lumpur\n\
         Phone: 012-345 6789\nBranch: {}",
        person + 1,
        branches[person % branches.len()]
    );
    let choice = |n: usize| Some((person % n + 1).to_string());
    vec![
        None,
        Some("2".into()),
        Some("yes".into()),
        Some(format!("person{person}@example.com")),
        Some(form),
        Some("student pass".into()),
        choice(4),
        choice(3),
        Some("yes".into()),
    ]
}

struct Process {
    child: Child,
    stdin: ChildStdin,
    life: u32,
}

impl Ordeal<'_> {
    fn run(&self) {
        let folder = tempfile::tempdir().unwrap();
        let (keys, book) = (folder.path().join("keys"), folder.path().join("book"));
        let runtime = Runtime::new().unwrap();
        let store = runtime.block_on(open(self.url, &keys.display().to_string()));
        runtime.block_on(store.import_office(&office(5000), clock::now())).unwrap();
        runtime.block_on(store.close());
        drop(store);

        let (news, heard) = channel();
        let mut scene =
            Scene { ordeal: self, keys: &keys, book: &book, news, processes: Vec::new(), lives: 0 };
        for process in 0..self.processes {
            let process = scene.start(process);
            scene.processes.push(process);
        }
        let (people, crashes, repeats) = scene.play(&heard);
        drop(scene);

        let store = runtime.block_on(open(self.url, &keys.display().to_string()));
        runtime.block_on(drain(&store, &book));
        let messages = self.verify(&runtime, &*store, people, &book);
        println!(
            "  {} kills, {crashes} server crashes, {people} people booked once each, {repeats} messages handed in again; \
             {} answers arrived, {} of them more than once",
            self.kills, messages.0, messages.1
        );
    }

    /// What must be true in the end. Answers that arrived, and those of them that arrived more than once.
    fn verify(&self, runtime: &Runtime, store: &dyn Store, people: usize, book: &Path) -> (usize, usize) {
        let count = |sql: &str| runtime.block_on(self.rows(sql)).first().map_or(0, |row| row.0);
        let zero = ", CAST(0 AS BIGINT), CAST(0 AS BIGINT) ";
        let booked = count(&format!("SELECT count(*) {zero} FROM place WHERE state = 'booked'"));
        let owners =
            count(&format!("SELECT count(DISTINCT conversation) {zero} FROM place WHERE state = 'booked'"));
        assert_eq!((booked, owners), (people as i64, people as i64), "a booking is missing or doubled");
        let said = script(0).len() * people;
        assert_eq!(count(&format!("SELECT count(*) {zero} FROM delivery")), said as i64);
        let silent = format!(
            "SELECT count(*) {zero} FROM delivery AS d WHERE NOT EXISTS (SELECT 1 FROM outbox AS o
                WHERE o.conversation = d.conversation AND o.turn = d.turn)"
        );
        assert_eq!(count(&silent), 0, "a message was not answered");
        let unsent = count(&format!("SELECT count(*) {zero} FROM outbox WHERE state <> 'sent'"));
        assert_eq!(unsent, 0, "an answer was not sent");
        let mut arrived: BTreeMap<String, usize> = BTreeMap::new();
        for line in std::fs::read_to_string(book).unwrap().lines() {
            *arrived.entry(line.to_owned()).or_default() += 1;
        }
        let sent = runtime.block_on(self.rows("SELECT conversation, turn, n FROM outbox"));
        let sent: BTreeSet<String> = sent.iter().map(|(c, t, n)| format!("{c}.{t}.{n}")).collect();
        assert_eq!(sent, arrived.keys().cloned().collect(), "what was noted as sent and what arrived");
        let health = runtime.block_on(store.health(true)).unwrap();
        assert_eq!(health.damage, Vec::<String>::new());
        (arrived.len(), arrived.values().filter(|times| **times > 1).count())
    }

    async fn rows(&self, sql: &str) -> Vec<(i64, i64, i64)> {
        match Database::parse(self.url).unwrap() {
            Database::Sqlite(path) => {
                let mut db = SqliteConnection::connect(&path.display().to_string()).await.unwrap();
                sqlx::query_as(AssertSqlSafe(sql)).fetch_all(&mut db).await.unwrap()
            }
            Database::Postgres(url) => {
                let mut db = PgConnection::connect(url.secret()).await.unwrap();
                sqlx::query_as(AssertSqlSafe(sql)).fetch_all(&mut db).await.unwrap()
            }
        }
    }
}

/// Sends what killed processes had taken, once their leases have run out.
async fn drain(store: &Arc<dyn Store>, book: &Path) {
    let worker = worker(store, book);
    let later = clock::now() + LEASE * 2;
    worker.round(later).await.unwrap();
    assert_eq!(store.health(false).await.unwrap().waiting, 0);
}

struct Scene<'a> {
    ordeal: &'a Ordeal<'a>,
    keys: &'a Path,
    book: &'a Path,
    news: Sender<News>,
    processes: Vec<Process>,
    lives: u32,
}

impl Scene<'_> {
    fn start(&mut self, process: usize) -> Process {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.arg(SERVER).arg(self.ordeal.url).arg(self.keys).arg(self.book);
        command.env("RUST_BACKTRACE", "0").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        self.lives += 1;
        let (news, life) = (self.news.clone(), self.lives);
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                let words: Vec<&str> = line.split(' ').collect();
                let person = words.get(1).and_then(|word| word.parse().ok());
                let said = match (words.first(), person) {
                    (Some(&"done"), Some(person)) => News::Done(person),
                    (Some(&"again"), Some(person)) => News::Again(person),
                    // The last line of one who was killed may be cut short.
                    _ => break,
                };
                let _nobody_waits = news.send(said);
            }
            let _nobody_waits = news.send(News::Dead { process, life });
        });
        Process { child, stdin, life }
    }

    /// Serves people, kills and crashes, until all kills are done and everybody is served. People served, server
    /// crashes, and messages that were handed in more than once.
    fn play(&mut self, heard: &Receiver<News>) -> (usize, u32, usize) {
        let mut rng = StdRng::seed_from_u64(u64::from(std::process::id()));
        let start = Instant::now();
        // How far each person who is being served has come, and which process has their message.
        let mut served: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        let (mut people, mut finished, mut kills, mut crashes, mut repeats) = (0, 0, 0, 0, 0);
        let pause = |rng: &mut StdRng| Duration::from_millis(rng.random_range(20..400));
        let mut next_kill = Instant::now() + pause(&mut rng);
        loop {
            assert!(start.elapsed() < PATIENCE, "{} people wait for an answer", served.len());
            let more = kills < self.ordeal.kills;
            while more && served.len() < AT_ONCE {
                let process = people % self.processes.len();
                served.insert(people, (0, process));
                self.hand_in(people, 0, process);
                people += 1;
            }
            if !more && served.is_empty() {
                assert_eq!(finished, people);
                return (people, crashes, repeats);
            }
            match heard.recv_timeout(Duration::from_millis(10)) {
                Ok(News::Done(person)) => {
                    let (nth, process) = served[&person];
                    if nth + 1 == script(person).len() {
                        served.remove(&person);
                        finished += 1;
                    } else {
                        served.insert(person, (nth + 1, process));
                        self.hand_in(person, nth + 1, process);
                    }
                }
                Ok(News::Again(person)) => {
                    let (nth, process) = served[&person];
                    repeats += 1;
                    self.hand_in(person, nth, process);
                }
                Ok(News::Dead { process, life }) if self.processes[process].life == life => {
                    let fresh = self.start(process);
                    self.processes[process] = fresh;
                    for (person, (nth, its)) in served.clone() {
                        if its == process {
                            // Any other process may have it now.
                            let other = rng.random_range(0..self.processes.len());
                            served.insert(person, (nth, other));
                            repeats += 1;
                            self.hand_in(person, nth, other);
                        }
                    }
                }
                Ok(News::Dead { .. }) | Err(_) => {}
            }
            if more && Instant::now() >= next_kill {
                let process = rng.random_range(0..self.processes.len());
                self.processes[process].child.kill().unwrap();
                self.processes[process].child.wait().unwrap();
                kills += 1;
                if let Some(cluster) = self.ordeal.cluster
                    && kills % self.ordeal.crash_every == 0
                {
                    cluster.crash();
                    cluster.recover();
                    crashes += 1;
                }
                next_kill = Instant::now() + pause(&mut rng);
            }
        }
    }

    /// Hands a message to a process. One that is dead does not take it, and its death is told.
    fn hand_in(&mut self, person: usize, nth: usize, process: usize) {
        let message = Message { person, nth, text: script(person)[nth].clone() };
        let line = serde_json::to_string(&message).unwrap();
        let _dead = writeln!(self.processes[process].stdin, "{line}");
    }
}

impl Drop for Scene<'_> {
    fn drop(&mut self) {
        for process in &mut self.processes {
            let _ended = process.child.kill();
            let _ended = process.child.wait();
        }
    }
}
