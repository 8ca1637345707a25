//! Hundreds of people are to be told something at once, as when a branch is closed: that stays below what Telegram allows,
//! and whoever is booking meanwhile is answered as fast as ever.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::allow_attributes,
    reason = "helpers of tests may panic as tests may"
)]

mod botapi;
mod cluster;

use std::sync::Arc;
use std::time::{Duration, Instant};

use botapi::chat::Entry;
use botapi::records::open;
use botapi::{BotApi, Person, Serving, Setup, free_port, hooks};
use cluster::Cluster;
use temujanji::assistant::Letter;
use temujanji::channel::telegram::TELEGRAM;
use temujanji::dialogue::{Language, Say};
use temujanji::store::{Contact, NewOutgoing, Opened, Store};

/// People who are to be told.
const PEOPLE: i64 = 300;
/// The first of their chats.
const FIRST: i64 = 30_000;
/// What Telegram allows to many people, a second.
const ALLOWED: usize = 30;
/// What they are told.
const NOTICE: &str = "The documents for each service are listed";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn notices_hold_up_nobody_by_polling_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    told("polling, one process, SQLite", &[Setup::polling(folder.path())]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn notices_hold_up_nobody_by_webhook_of_two_processes_on_postgresql() {
    let folder = tempfile::tempdir().unwrap();
    let url = Cluster::shared().database();
    let setup = Setup { database_url: url.secret().to_owned(), ..Setup::polling(folder.path()) };
    let setups = [setup.clone().webhook(free_port()), setup.webhook(free_port())];
    told("webhook, two processes, PostgreSQL", &setups).await;
}

async fn told(name: &str, setups: &[Setup]) {
    let api = BotApi::start().await;
    api.inner().behind = hooks(setups);
    let processes: Vec<Serving> = setups.iter().map(|setup| setup.serve(&api)).collect();
    let aminah = Person::new(&api, 1001, "aminah");
    aminah.asks("/start", "Please choose a language").await;
    aminah.picks("English", "Do you agree").await;
    let people: Vec<Person> = (0..PEOPLE).map(|n| Person::new(&api, FIRST + n, &format!("p{n}"))).collect();
    let store = open(&setups[0].database_url, &setups[0].folder.join("t.keys")).await;
    for person in &people {
        notify(&*store, person).await;
    }
    store.close().await;

    // The last of them to be told writes before that: then they are told at once, and answered.
    let last = &people[people.len() - 1];
    last.asks("/start", "Please choose a language").await;
    let told_then = noticed(&api).len();
    let said: Vec<String> = last.with(|chat| {
        let bot =
            |entry: &Entry| if let Entry::Bot(posted) = entry { Some(posted.text.clone()) } else { None };
        chat.entries.iter().filter_map(bot).collect()
    });
    assert!(said[0].starts_with(NOTICE), "what was written first is read first: {said:?}");
    assert!(told_then + ALLOWED < people.len(), "the answer has waited for {told_then} notices");

    let mut waits = Vec::new();
    let steps = [
        ("", "Yes, I agree", "e-mail address"),
        ("aminah@example.com", "", "full name"),
        ("Aminah binti Abu", "", "Which identity document"),
        ("", "Passport", "passport number"),
        ("A12345678", "", "full address"),
        ("No. 12, Jalan Mawar, 53100 Kuala Lumpur", "", "telephone number"),
        ("012-345 6789", "", "In which state"),
        ("Jalan Duta", "", "business"),
        ("", "Student pass", "Please choose a date"),
        ("earliest", "", "Please choose a time"),
    ];
    for (says, taps, answer) in steps {
        let (before, asked) = (noticed(&api).len(), Instant::now());
        match says {
            "" => aminah.picks(taps, answer).await,
            says => aminah.asks(says, answer).await,
        }
        waits.push((asked.elapsed(), noticed(&api).len() - before));
    }
    let all = api.until(Duration::from_secs(90), |inner| people.iter().all(|p| inner.posted(p.id) > 0)).await;
    assert!(all, "{} of {PEOPLE} were told", noticed(&api).len());
    for person in &people {
        person.with(|chat| {
            let notices = chat.posted.iter().filter(|posted| posted.text.starts_with(NOTICE)).count();
            assert_eq!(notices, 1, "{}", chat.transcript(&person.name));
        });
    }
    let times = noticed(&api);
    let fastest = (0..times.len())
        .map(|at| times[at..].iter().take_while(|time| **time - times[at] < Duration::from_secs(1)).count())
        .max()
        .unwrap();
    let took = times[times.len() - 1] - times[0];
    waits.sort();
    let (longest, most) =
        (waits[waits.len() - 1].0, waits.iter().map(|(_, notices)| *notices).max().unwrap());
    println!(
        "{name}: {} notices in {:.1} s, at most {fastest} within a second; {} answers meanwhile in {:.0} ms (median), \
         {:.0} ms (longest), at most {most} notices between question and answer; {told_then} were told when the last \
         in the line wrote and was",
        times.len(),
        took.as_secs_f64(),
        waits.len(),
        waits[waits.len() / 2].0.as_secs_f64() * 1000.0,
        longest.as_secs_f64() * 1000.0,
    );
    assert!(fastest < ALLOWED, "{fastest} notices within a second");
    assert!(took > Duration::from_secs(10), "{PEOPLE} notices in {took:?}");
    assert!(most < 2 * ALLOWED, "an answer has waited for {most} notices");
    assert_eq!(api.inner().refused, Vec::<String>::new(), "{}", processes[0].log());
}

/// Somebody is to be told, in a turn of their own.
async fn notify(store: &dyn Store, person: &Person) {
    let to = Contact { channel: TELEGRAM.to_owned(), address: person.id.to_string() };
    let letter = Letter::Talk { language: Some(Language::En), say: vec![Say::Documents] };
    let body = serde_json::to_string(&letter).unwrap();
    let Opened::New(mut turn) = store.turn(&to, "notice", temujanji::clock::now()).await.unwrap() else {
        panic!("a delivery of its own is new");
    };
    turn.queue(&NewOutgoing { to: &to, kind: letter.kind(), body: &body, mass: true }).await.unwrap();
    assert_eq!(turn.commit().await.unwrap(), []);
}

/// When the notices came, but for that of whoever wrote before it.
fn noticed(api: &Arc<BotApi>) -> Vec<Instant> {
    let chats = FIRST..FIRST + PEOPLE - 1;
    api.inner().arrived.iter().filter(|(_, chat)| chats.contains(chat)).map(|(at, _)| *at).collect()
}
