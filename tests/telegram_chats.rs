//! Whole chats on Telegram, with the clock of the test: by taps, as golden file; and every chat of the terminal, which
//! must be told in the same words.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::allow_attributes,
    reason = "helpers of tests may panic as tests may"
)]

mod botapi;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use botapi::chat::Entry;
use botapi::trap::{BREAKS, FAILS, MAY_NOT_WRITE, Trap};
use botapi::{BotApi, Person, TOKEN};
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::json;
use tempfile::TempDir;
use temujanji::assistant::{Assistant, Letter, MAIL};
use temujanji::booking::Rules;
use temujanji::channel::telegram::{Api, Pace, Parts, TELEGRAM, TelegramSender, Way};
use temujanji::delivery::slips::Slips;
use temujanji::delivery::worker::Worker;
use temujanji::delivery::{SendError, Sender, Sent};
use temujanji::dialogue::Proof;
use temujanji::keys::Keys;
use temujanji::office::{self, MALAYSIA};
use temujanji::store::{Outgoing, SqliteStore, Store};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// The clock of these tests, in microseconds since 1970.
static NOW: AtomicI64 = AtomicI64::new(0);

/// One chat at a time has the clock.
static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

fn clock() -> DateTime<Utc> {
    DateTime::from_timestamp_micros(NOW.load(Ordering::SeqCst)).unwrap()
}

fn set_clock(local: &str) {
    let time = NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap();
    NOW.store(time.and_local_timezone(MALAYSIA).unwrap().timestamp_micros(), Ordering::SeqCst);
}

/// Takes mail, and remembers the code in it.
#[derive(Default)]
struct Mailbox(Mutex<Option<String>>);

#[async_trait]
impl Sender for Mailbox {
    async fn send(&self, message: &Outgoing, _: DateTime<Utc>) -> Result<Sent, SendError> {
        if let Letter::Code { code, .. } = serde_json::from_str(&message.body).unwrap() {
            *self.0.lock().unwrap() = Some(code);
        }
        Ok(Sent::default())
    }
}

/// A bot served within the test.
struct House {
    api: Arc<BotApi>,
    folder: TempDir,
    mailbox: Arc<Mailbox>,
    served: Option<Served>,
    proof: Proof,
    said: u64,
}

struct Served {
    store: Arc<dyn Store>,
    stop: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
}

impl House {
    async fn open(proof: Proof) -> House {
        let (api, folder) = (BotApi::start().await, tempfile::tempdir().unwrap());
        let mut house = House { api, folder, mailbox: Arc::default(), served: None, proof, said: 0 };
        house.start(1).await;
        house
    }

    async fn start(&mut self, seed: u64) {
        let keys = Arc::new(Keys::load_or_create(&self.folder.path().join("k")).unwrap());
        let store = SqliteStore::open(&self.folder.path().join("d"), keys.clone()).await.unwrap();
        let store: Arc<dyn Store> = Arc::new(store);
        store.import_office(&office::builtin(), clock()).await.unwrap();
        let api = Api::new(&self.api.url, TOKEN).unwrap();
        let slips = Slips::new(keys.clone(), Some("temujanji_test_bot".to_owned()));
        let senders: [(&'static str, Arc<dyn Sender>); 2] = [
            (MAIL, self.mailbox.clone()),
            (TELEGRAM, Arc::new(TelegramSender::new(api.clone(), store.clone(), slips))),
        ];
        let worker = Arc::new(Worker::new(store.clone(), senders, StdRng::seed_from_u64(1)));
        let parts = Parts {
            assistant: Assistant::new(
                Arc::new(Trap(store.clone())),
                Rules::default(),
                self.proof,
                StdRng::seed_from_u64(seed),
            ),
            store: store.clone(),
            worker: worker.clone(),
            keys,
            metrics: Arc::default(),
            pace: Pace { burst: 1000, per_minute: 1000 },
            clock,
        };
        let stop = CancellationToken::new();
        let (told, also_told) = (stop.clone(), stop.clone());
        let way = Way::Polling { lease: TimeDelta::seconds(1) };
        let serving = async move {
            temujanji::channel::telegram::serve(api, parts, "temujanji_test_bot".to_owned(), way, told)
                .await
                .unwrap();
        };
        let tasks =
            vec![tokio::spawn(serving), tokio::spawn(async move { worker.run(clock, also_told).await })];
        self.served = Some(Served { store, stop, tasks });
    }

    async fn stop(&mut self) {
        let served = self.served.take().unwrap();
        served.stop.cancel();
        for task in served.tasks {
            task.await.unwrap();
        }
        served.store.close().await;
    }

    fn person(&self, id: i64, name: &str) -> Person {
        Person::new(&self.api, id, name)
    }

    /// A person does something and hears the whole answer: everything is taken and the outbox is empty.
    async fn after(&mut self, person: &Person, act: impl FnOnce(&Person)) {
        self.said += 1;
        act(person);
        for _ in 0..2000 {
            // In this order: what is taken has written its answers, and those are waited for.
            let quiet = self.api.is_quiet();
            let waiting = self.served.as_ref().unwrap().store.health(false).await.unwrap().waiting;
            if quiet && waiting == 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("the answer did not come\n{}", person.transcript());
    }

    async fn says(&mut self, person: &Person, text: &str) {
        let code = self.mailbox.0.lock().unwrap().clone().unwrap_or_default();
        let wrong = if code == "000000" { "111111" } else { "000000" };
        let text = text.replace("{code}", &code).replace("{wrong}", wrong);
        self.after(person, |person| person.says(&text)).await;
    }

    async fn taps(&mut self, person: &Person, label: &str) {
        self.after(person, |person| person.taps(label)).await;
        person.with(|chat| assert!(chat.alive() <= 1, "more than one message has buttons"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_applicant_books_by_tapping() {
    let _turn = TURN.lock().await;
    set_clock("2026-11-23 09:00");
    let mut house = House::open(Proof::Code).await;
    let aminah = house.person(1001, "aminah");
    house.says(&aminah, "/start").await;
    house.taps(&aminah, "English").await;
    house.taps(&aminah, "Yes, I agree").await;
    house.says(&aminah, "aminah@example.com").await;
    house.says(&aminah, "{code}").await;
    house.says(&aminah, "Aminah binti Abu").await;
    house.taps(&aminah, "Passport").await;
    house.says(&aminah, "A12345678").await;
    house.says(&aminah, "No. 12, Jalan Mawar <3>, Taman A&B, 53100 Kuala Lumpur").await;
    let contact =
        json!({ "contact": { "phone_number": "60123456789", "first_name": "Aminah", "user_id": 1001 } });
    house.after(&aminah, |aminah| aminah.sends("(shares her number)", contact)).await;
    let location = json!({ "location": { "latitude": 3.16, "longitude": 101.66 } });
    house.after(&aminah, |aminah| aminah.sends("(sends her location)", location)).await;
    house.taps(&aminah, "Choose another state").await;
    house.taps(&aminah, "Kuala Lumpur").await;
    house.taps(&aminah, "◀ Back").await;
    house.taps(&aminah, "Kuala Lumpur").await;
    house.taps(&aminah, "Jalan Duta").await;
    house.taps(&aminah, "Student pass").await;
    house.taps(&aminah, "▶").await;
    house.taps(&aminah, "(26)").await;
    house.taps(&aminah, "30").await;
    house.taps(&aminah, "10.00 a.m.").await;
    house.taps(&aminah, "Yes, confirm").await;
    insta::assert_snapshot!(aminah.transcript());
    assert_eq!(house.api.inner().refused, Vec::<String>::new());
    assert_eq!(aminah.with(|chat| chat.files().len()), 3);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_that_breaks_down_or_never_works_concerns_nobody_else() {
    let _turn = TURN.lock().await;
    set_clock("2026-11-23 09:00");
    let mut house = House::open(Proof::Code).await;
    let (mei, ravi) = (house.person(BREAKS, "mei"), house.person(FAILS, "ravi"));
    let aminah = house.person(1001, "aminah");
    mei.says("/start");
    ravi.says("/start");
    mei.says("hello?");
    house.says(&aminah, "/start").await;
    house.taps(&aminah, "English").await;
    aminah.with(|chat| assert!(chat.live().unwrap().text.contains("Do you agree")));
    for person in [&mei, &ravi] {
        person.hears_since(0, "something went wrong here and your last message could not be handled").await;
    }
    house.stop().await;
}

/// What people wrote is kept for when the database takes writes again, also where it is well for whoever only reads.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_takes_no_writes_for_a_while_loses_no_message() {
    let _turn = TURN.lock().await;
    set_clock("2026-11-23 09:00");
    let mut house = House::open(Proof::Code).await;
    let siti = house.person(MAY_NOT_WRITE, "siti");
    siti.says("/start");
    siti.hears_since(0, "Please choose a language").await;
    assert!(!siti.transcript().contains("something went wrong"), "{}", siti.transcript());
    house.stop().await;
}

/// Plays a script of the terminal's.
async fn play(house: &mut House, script: &str) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for line in script.lines().map(str::trim_end) {
        let directive = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let (who, text) = match directive {
            Some("restart") => {
                house.stop().await;
                house.start(house.said).await;
                continue;
            }
            Some(directive) => match directive.split_once(' ').unwrap() {
                ("wait", minutes) => {
                    let minutes: i64 = minutes.trim_end_matches("min").parse().unwrap();
                    NOW.fetch_add(minutes * 60_000_000, Ordering::SeqCst);
                    continue;
                }
                (who, "opens the chat") => (who, "/start"),
                other => panic!("no such directive: {other:?}"),
            },
            None => match line.split_once('>').filter(|(who, _)| *who != "bot" && !who.starts_with('#')) {
                Some((who, text)) => (who, text.strip_prefix(' ').unwrap_or(text)),
                None => continue,
            },
        };
        if text.trim().is_empty() {
            // Telegram lets nobody send an empty message.
            house.said += 1;
            continue;
        }
        let known = people.iter().find(|person| person.name == who).cloned();
        let person = known.unwrap_or_else(|| {
            let person = house.person(2000 + i64::try_from(people.len()).unwrap(), who);
            people.push(person.clone());
            person
        });
        house.says(&person, &text.replace("\\n", "\n")).await;
    }
    people
}

/// What the bot says to each person in the golden file of the terminal, a line each, without choices and notes.
fn golden(name: &str) -> Vec<(String, String)> {
    let file = std::fs::read_to_string(format!("tests/snapshots/conversations__{name}.snap")).unwrap();
    let mut lines = Vec::new();
    let (mut who, mut bot) = (String::new(), false);
    for line in file.lines().skip(4) {
        if let Some(text) = line.strip_prefix("bot> ") {
            bot = true;
            lines.push((who.clone(), text.to_owned()));
        } else if let Some(text) = line.strip_prefix("     ").filter(|_| bot) {
            lines.push((who.clone(), text.to_owned()));
        } else if let Some((name, "opens the chat]")) =
            line.strip_prefix('[').and_then(|line| line.split_once(' '))
        {
            (who, bot) = (name.to_owned(), false);
        } else if let Some((name, _)) = line.split_once('>').filter(|(name, _)| !name.contains([' ', '['])) {
            (who, bot) = (name.to_owned(), false);
        }
    }
    let is_choice = |text: &str| {
        let text = text.trim_start();
        text.split_once(". ").is_some_and(|(number, _)| number.parse::<u32>().is_ok())
    };
    lines.retain(|(_, text)| {
        let indented_choice = text.starts_with("  ") && is_choice(text);
        !indented_choice && !text.trim().is_empty() && !text.trim_start().starts_with("[files")
    });
    lines
}

#[tokio::test(flavor = "multi_thread")]
async fn every_chat_of_the_terminal_has_the_same_words_here() {
    let _turn = TURN.lock().await;
    let mut scripts: Vec<_> = std::fs::read_dir("tests/chats").unwrap().map(|e| e.unwrap().path()).collect();
    scripts.sort();
    let mut compared = 0;
    for path in scripts {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        set_clock("2026-11-23 09:00");
        let mut house = House::open(Proof::Code).await;
        let people = play(&mut house, &std::fs::read_to_string(&path).unwrap()).await;
        for person in &people {
            let heard: Vec<String> = person.with(|chat| {
                let said = chat.entries.iter().filter_map(|entry| match entry {
                    Entry::Bot(posted) => Some(posted.text.clone()),
                    Entry::Edited(_) | Entry::Person(_) => None,
                });
                said.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
            });
            let mut rest = heard.iter();
            for (_, line) in golden(&name).iter().filter(|(who, _)| *who == person.name) {
                // What an empty message is answered is not said here: nobody can send one.
                if name == "odd_input" && !rest.clone().any(|heard| heard.trim() == line.trim()) {
                    continue;
                }
                assert!(
                    rest.any(|heard| heard.trim() == line.trim()),
                    "{name}: {} did not hear {line:?} here\n{}",
                    person.name,
                    person.transcript()
                );
                compared += 1;
            }
        }
        assert_eq!(house.api.inner().refused, Vec::<String>::new(), "{name}");
        house.stop().await;
    }
    println!("{compared} lines are the same as in the terminal");
    assert!(compared > 500, "{compared}");
}
