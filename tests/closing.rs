//! A branch closes for two days on which everything is booked: 500 appointments, or as many as `TEMUJANJI_CLOSING` says,
//! on a bad day for Telegram and for mail. The process is killed again and again while it tells people. In the end everyone
//! was told once, each has a place of their own held, no place is given twice, and those not reached are known.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::allow_attributes,
    reason = "helpers of tests may panic as tests may"
)]

mod botapi;
mod cluster;
#[path = "closing/smtp.rs"]
mod smtp;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use botapi::chat::Entry;
use botapi::records::{appointments, by_slot, office_with, open, tomorrow};
use botapi::trap::{BREAKS, FAILS, Trap};
use botapi::{BotApi, Faults, Person, Setup};
use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use cluster::Cluster;
use serde_json::json;
use smtp::MailSink;
use sqlx::{Connection, PgConnection, SqliteConnection};
use temujanji::assistant::Assistant;
use temujanji::booking::{Address, Applicant, Booking, Email, PersonName, Phone, Rules, SlotKey};
use temujanji::clock;
use temujanji::delivery::worker::Worker;
use temujanji::delivery::{SendError, Sender, Sent};
use temujanji::dialogue::{Ask, Language, Proof, State};
use temujanji::errands::{Errands, Parts};
use temujanji::office::{BranchCode, Reason, ServiceCode};
use temujanji::store::{
    ClosingId, ClosingSpec, ClosingState, Confirmed, Contact, Errand, Held, HoldRequest, Opened, Ordered,
    Outgoing, Progress, Store, Turn,
};

/// How long everything may take at the most.
const PATIENCE: Duration = Duration::from_secs(400);
/// How often the process is killed.
const KILLS: u32 = 5;
/// Of so many people who write on Telegram one has blocked the bot.
const BLOCKED: usize = 40;
/// Of so many people one writes mail, and of so many of these the mailbox of one is gone.
const BY_MAIL: usize = 5;
const GONE: usize = 20;

fn people() -> usize {
    std::env::var("TEMUJANJI_CLOSING").ok().and_then(|n| n.parse().ok()).unwrap_or(500)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everyone_is_told_once_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    run("SQLite", Setup::polling(folder.path())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everyone_is_told_once_on_postgres() {
    let folder = tempfile::tempdir().unwrap();
    let url = Cluster::shared().database();
    let setup = Setup { database_url: url.secret().to_owned(), ..Setup::polling(folder.path()) };
    run("PostgreSQL", setup).await;
}

/// Notes what is sent.
#[derive(Default)]
struct Told(Mutex<Vec<String>>);

#[async_trait]
impl Sender for Told {
    async fn send(&self, message: &Outgoing, _: DateTime<Utc>) -> Result<Sent, SendError> {
        self.0.lock().unwrap().push(message.to.address.clone());
        Ok(Sent::default())
    }
}

#[tokio::test]
async fn an_errand_that_fails_or_breaks_down_keeps_nobody_else_back() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("t.db").display());
    let store = open(&url, &folder.path().join("t.keys")).await;
    store.import_office(&office_with(4), clock::now()).await.unwrap();
    for chat in [BREAKS, FAILS, 1] {
        let slot = SlotKey {
            branch: branch(),
            service: ServiceCode::parse("VPP-PP").unwrap(),
            date: tomorrow() + Days::new(9),
            time: NaiveTime::from_hms_opt(9, 0, 0).unwrap(),
        };
        let contact = Contact { channel: "telegram".to_owned(), address: chat.to_string() };
        let Opened::New(mut turn) = store.turn(&contact, "seed", clock::now()).await.unwrap() else {
            panic!("a repeat")
        };
        let number = usize::try_from(chat).unwrap();
        let booking = books(&mut *turn, &slot, &applicant(number, "p@example.com", false)).await;
        let called_off = Errand::CalledOff { reference: booking.reference, reason: "a test".to_owned() };
        assert!(turn.put_errand(&called_off).await.unwrap());
        turn.commit().await.unwrap();
    }
    let told = Arc::new(Told::default());
    let senders: [(&'static str, Arc<dyn Sender>); 1] = [("telegram", told.clone())];
    let trap: Arc<dyn Store> = Arc::new(Trap(store.clone()));
    let chance = || rand::SeedableRng::seed_from_u64(1);
    let errands = Errands::new(Parts {
        assistant: Arc::new(Assistant::new(trap, Rules::default(), Proof::Code, chance())),
        store: store.clone(),
        worker: Arc::new(Worker::new(store.clone(), senders, chance())),
        lease: TimeDelta::seconds(1),
        clock: clock::now,
    });
    let mut now = clock::now();
    assert_eq!(errands.round(now).await.unwrap(), 3);
    assert_eq!(*told.0.lock().unwrap(), ["1"]);
    let mut rounds = 1;
    while let Some(due) = store.errand_due().await.unwrap() {
        assert!(due > now, "what failed is put off");
        now = due;
        errands.round(now).await.unwrap();
        rounds += 1;
        assert!(rounds < 30, "it is given up in the end");
    }
    assert_eq!(*told.0.lock().unwrap(), ["1"], "told once");
    store.close().await;
}

async fn run(name: &str, setup: Setup) {
    let begun = Instant::now();
    let api = BotApi::start_with(Faults::bad_day(), 11).await;
    let mail = MailSink::start(GONE).await;
    let setup = setup.with("MAIL__SMTP_URL", mail.url());
    let keys = setup.folder.join("t.keys");
    let store = open(&setup.database_url, &keys).await;
    let capacity = people().div_ceil(8);
    store.import_office(&office_with(u32::try_from(capacity).unwrap()), clock::now()).await.unwrap();
    let (bookings, chats) = book_all(&*store, &api).await;
    let booked = begun.elapsed();

    let id = order(&*store).await;
    let mut process = setup.serve(&api);
    let mut kills = 0;
    let progress = loop {
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(begun.elapsed() < PATIENCE, "{:?}\n{}", progress(&*store, id).await, process.log());
        assert!(process.runs(), "it ended by itself:\n{}", process.log());
        let progress = progress(&*store, id).await;
        if progress.closing.state == ClosingState::Done {
            break progress;
        }
        let settled = progress.told as usize + progress.not_reached.len();
        if kills < KILLS && settled >= people() * (kills as usize + 1) / (KILLS as usize + 2) {
            process.kill();
            process = setup.serve(&api);
            kills += 1;
        }
    };
    let told = begun.elapsed();
    assert_eq!(kills, KILLS);

    // Who was told on Telegram, how often.
    let is_news =
        |entry: &Entry| matches!(entry, Entry::Bot(posted) if posted.text.contains("had to be cancelled"));
    let heard: Vec<usize> = chats
        .iter()
        .map(|person| person.with(|chat| chat.entries.iter().filter(|e| is_news(e)).count()))
        .collect();
    let blocked: BTreeSet<_> = chats
        .iter()
        .zip(&bookings)
        .filter(|(p, _)| p.with(|chat| chat.blocked))
        .map(|(_, b)| &b.reference)
        .collect();
    for (person, heard) in chats.iter().zip(&heard) {
        assert_eq!(*heard == 0, person.with(|chat| chat.blocked), "{}", person.transcript());
    }
    let written = mail.taken();
    let gone = mail.refused();
    let lost: BTreeSet<_> = progress.not_reached.iter().map(|lost| &lost.reference).collect();
    assert!(blocked.iter().all(|reference| lost.contains(*reference)), "who blocked the bot is to be called");
    assert_eq!(lost.len(), blocked.len() + gone.len());
    assert_eq!(progress.bookings as usize, people());
    assert_eq!(progress.offered as usize, people(), "a place is held for each");
    assert_eq!(progress.told as usize, people() - lost.len());
    assert_eq!(written.len(), bookings.len() - chats.len() - gone.len(), "each mailbox has its news");

    let written_once = "SELECT count(*) FROM outbox WHERE kind IN ('talk', 'post')";
    assert_eq!(count(&setup.database_url, written_once).await, people(), "one message for each");

    // Some take the place, some do not.
    let answering: Vec<_> =
        chats.iter().filter(|person| !person.with(|chat| chat.blocked)).take(30).collect();
    let answers = answering.iter().enumerate().map(|(n, person)| async move {
        match n % 3 {
            0 => person.picks("No, give it back", "has been given back").await,
            1 => person.asks("yes", "Your appointment is confirmed").await,
            _ => person.picks("Yes, take this place", "Your appointment is confirmed").await,
        }
    });
    futures::future::join_all(answers).await;
    let answered = self::progress(&*store, id).await;
    assert_eq!((answered.accepted, answered.declined), (20, 10));
    let (status, _) = process.stop();
    assert!(status.success(), "{}", process.log());

    let standing = appointments(&*store).await;
    assert_eq!(standing.len(), 20, "what was called off is gone, what was accepted stands");
    let offers = free_offers(&*store, &standing, capacity).await;
    assert_eq!(offers, people() - 30, "held for those who have not answered");
    assert!(by_slot(&standing).into_values().all(|taken| taken <= capacity));
    assert_eq!(store.health(true).await.unwrap().damage, Vec::<String>::new());
    assert_eq!(api.inner().refused, Vec::<String>::new());
    let twice =
        heard.iter().filter(|times| **times > 1).count() + written.values().filter(|n| **n > 1).count();
    println!(
        "{name}: {} appointments called off and {} told in {:.0} s ({:.0} s before the order), {KILLS} kills; \
         {} by Telegram, {} by mail, {} of them more than once since an answer was lost or a process killed; \
         {} to be called; {} places held, 20 accepted, 10 declined",
        progress.bookings,
        progress.told,
        (told - booked).as_secs_f64(),
        booked.as_secs_f64(),
        heard.iter().filter(|times| **times > 0).count(),
        written.len(),
        twice,
        lost.len(),
        progress.offered,
    );
    store.close().await;
}

async fn count(url: &str, sql: &'static str) -> usize {
    let count: i64 = match url.strip_prefix("sqlite:") {
        Some(file) => {
            let mut db = SqliteConnection::connect(file).await.unwrap();
            sqlx::query_scalar(sql).fetch_one(&mut db).await.unwrap()
        }
        None => {
            let mut db = PgConnection::connect(url).await.unwrap();
            sqlx::query_scalar(sql).fetch_one(&mut db).await.unwrap()
        }
    };
    usize::try_from(count).unwrap()
}

fn branch() -> BranchCode {
    BranchCode::parse("JHR-HQ").unwrap()
}

/// Places that are counted at the branch and its neighbour without an appointment: those that are held.
async fn free_offers(store: &dyn Store, standing: &[Booking], capacity: usize) -> usize {
    let contact = Contact { channel: "terminal".to_owned(), address: "onlooker".to_owned() };
    let Opened::New(mut turn) = store.turn(&contact, "look", clock::now()).await.unwrap() else {
        panic!("a repeat")
    };
    let service = ServiceCode::parse("VPP-PP").unwrap();
    let mut held = 0;
    for code in ["JHR-HQ", "JHR-UTC"] {
        for date in tomorrow().iter_days().take(40) {
            let slots = turn.free_slots(&BranchCode::parse(code).unwrap(), &service, date).await.unwrap();
            held += slots.iter().map(|slot| capacity - slot.free as usize).sum::<usize>();
        }
    }
    held - standing.len()
}

/// Everybody books: most on Telegram, some by mail. The bookings in their order, those on Telegram first.
async fn book_all(store: &dyn Store, api: &Arc<BotApi>) -> (Vec<Booking>, Vec<Person>) {
    let (mut bookings, mut chats) = (Vec::new(), Vec::new());
    let by_mail = people() / BY_MAIL;
    for number in 0..people() {
        let on_telegram = number < people() - by_mail;
        let slot = SlotKey {
            branch: branch(),
            service: ServiceCode::parse("VPP-PP").unwrap(),
            date: tomorrow() + Days::new(9 + (number % 8 / 4) as u64),
            time: NaiveTime::from_hms_opt(9 + (number % 4) as u32, 0, 0).unwrap(),
        };
        let email = format!("p{number}@example.com");
        let contact = if on_telegram {
            let person = Person::new(api, 40_000 + number as i64, &format!("p{number}")).waiting(PATIENCE);
            if number % BLOCKED == BLOCKED - 1 {
                api.inner().chats.entry(person.id).or_default().blocked = true;
            }
            let address = person.id.to_string();
            chats.push(person);
            Contact { channel: "telegram".to_owned(), address }
        } else {
            Contact { channel: "email".to_owned(), address: email.clone() }
        };
        let Opened::New(mut turn) = store.turn(&contact, "seed", clock::now()).await.unwrap() else {
            panic!("a repeat")
        };
        bookings.push(books(&mut *turn, &slot, &applicant(number, &email, !on_telegram)).await);
        let mut state = State::new();
        state.language = Some(Language::En);
        state.active = false;
        state.ask = Ask::Idle;
        turn.save(&state.to_json()).await.unwrap();
        turn.commit().await.unwrap();
    }
    (bookings, chats)
}

fn applicant(number: usize, email: &str, email_proved: bool) -> Applicant {
    Applicant {
        email: Email::parse(email).unwrap(),
        email_proved,
        name: PersonName::parse("Aminah binti Abu").unwrap(),
        identity: serde_json::from_value(json!(format!("other:N{:08}", number + 1))).unwrap(),
        address: Address::parse("12, Jalan Bukit Meldrum, 80300 Johor Bahru, Johor").unwrap(),
        phone: Phone::parse("012-345 6789").unwrap(),
    }
}

async fn books(turn: &mut dyn Turn, slot: &SlotKey, applicant: &Applicant) -> Booking {
    let (rules, mut chance) = (Rules::default(), rand::rng());
    let ask = HoldRequest {
        slot,
        identity: &applicant.identity,
        until: clock::now() + rules.hold,
        proved: None,
        instead_of: None,
    };
    let mut chance: rand::rngs::StdRng = rand::SeedableRng::from_rng(&mut chance);
    let held = turn.hold(&ask, &rules, &mut chance).await.unwrap();
    let Held::Held { hold, .. } = held else { panic!("{held:?}") };
    let confirmed = turn.confirm(hold.id, applicant, Language::En, &rules, &mut chance).await.unwrap();
    let Confirmed::Confirmed(booking) = confirmed else { panic!("{confirmed:?}") };
    *booking
}

async fn staff(store: &dyn Store) -> Box<dyn Turn> {
    let contact = Contact { channel: "terminal".to_owned(), address: "staff".to_owned() };
    let key = format!("{}", rand::random::<u64>());
    match store.turn(&contact, &key, clock::now()).await.unwrap() {
        Opened::New(turn) => turn,
        Opened::Repeat => panic!("a delivery of its own is new"),
    }
}

async fn order(store: &dyn Store) -> ClosingId {
    let spec = ClosingSpec {
        branch: branch(),
        from: tomorrow() + Days::new(9),
        to: tomorrow() + Days::new(10),
        hours: None,
        reason: Reason { ms: "Banjir".to_owned(), en: "Flood".to_owned() },
    };
    let mut turn = staff(store).await;
    let shown = turn.closing_preview(&spec).await.unwrap();
    assert_eq!(shown.bookings as usize, people());
    assert_eq!(shown.unreachable, 0, "who has blocked the bot is not known before it is tried");
    let Ordered::Ordered(id) = turn.order_closing(&spec, &shown.token, "staff 1").await.unwrap() else {
        panic!("nothing had changed")
    };
    turn.commit().await.unwrap();
    id
}

async fn progress(store: &dyn Store, id: ClosingId) -> Progress {
    let mut turn = staff(store).await;
    turn.closing(id).await.unwrap().unwrap()
}
