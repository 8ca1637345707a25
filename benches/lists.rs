//! The day list of a branch and ninety days of free places, with 50 thousand and with 5 million bookings, on both
//! databases: `cargo bench --bench lists`. Prints medians in the store, the same list by the command of staff (a whole
//! turn) and as PDF, how flat they are, and writes the plans into `benches/plans/`. Takes a quarter of an hour and 10 GB of
//! disk; `-- 500000` takes fewer bookings.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::indexing_slicing, clippy::allow_attributes)]

#[path = "../tests/cluster/mod.rs"]
mod cluster;

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use cluster::Cluster;
use rand::rngs::StdRng;
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use temujanji::assistant::{Assistant, Handled, Incoming};
use temujanji::booking::{Address, Applicant, Email, PersonName, Phone, Rules, SlotKey};
use temujanji::dialogue::{Event, Language, Proof};
use temujanji::keys::Keys;
use temujanji::office::{self, BranchCode, Office, ServiceCode};
use temujanji::staff::sheet::{Format, Sheet};
use temujanji::staff::{Reach, Role};
use temujanji::store::{
    Confirmed, Contact, Held, HoldRequest, NewMember, Opened, PostgresStore, SqliteStore, Store, Turn,
};
use temujanji::words::Words;

const FEW: i64 = 50_000;
const MANY: i64 = 5_000_000;

/// Bookings of the day that is listed.
const LISTED: usize = 100;
const ROUNDS: usize = 301;
const PAGES: usize = 21;

fn main() {
    let many = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(MANY);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    println!(
        "{:>10} {:>10} {:>14} {:>16} {:>12} {:>8} {:>8}",
        "database", "bookings", "day list ms", "ninety days ms", "command ms", "to list", "PDF ms"
    );
    runtime.block_on(sqlite(many));
    runtime.block_on(postgres(many));
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2027, 1, 4, 0, 0, 0).unwrap()
}

fn listed() -> SlotKey {
    SlotKey {
        branch: BranchCode::parse("JHR-HQ").unwrap(),
        service: ServiceCode::parse("VPP-PP").unwrap(),
        date: NaiveDate::from_ymd_opt(2027, 2, 3).unwrap(),
        time: NaiveTime::from_hms_opt(9, 0, 0).unwrap(),
    }
}

/// The built-in catalogue with places for everybody.
fn wide_office() -> Office {
    let mut office = serde_json::to_value(office::builtin()).unwrap();
    for (_, branch) in office["branches"].as_object_mut().unwrap() {
        for offer in branch["services"].as_array_mut().unwrap() {
            offer["capacity"] = json!(10_000);
        }
    }
    serde_json::from_value(office).unwrap()
}

async fn sqlite(many: i64) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let file = folder.path().join("lists.db");
    let mut rates = Vec::new();
    for bookings in [FEW, many] {
        let store = SqliteStore::open(&file, keys(folder.path())).await.unwrap();
        if bookings == FEW {
            store.import_office(&wide_office(), now()).await.unwrap();
            book_listed(&store).await;
        }
        store.close().await;
        let mut db = SqliteConnection::connect(&file.display().to_string()).await.unwrap();
        sqlx::raw_sql("PRAGMA synchronous = OFF; PRAGMA cache_size = -500000")
            .execute(&mut db)
            .await
            .unwrap();
        let rows = "WITH RECURSIVE g(n) AS (SELECT FROM_N UNION ALL SELECT n + 1 FROM g WHERE n < TO_N)";
        let forms = [
            ("SERIES", rows),
            ("BRANCH", "char(65 + n % 26, 65 + (n / 26) % 20) || '-HQ'"),
            ("DAY", "date('2024-01-01', '+' || ((n / 4800) % 1100) || ' days')"),
            ("NEXT", "date('2027-01-04', '+' || (n % 91) || ' days')"),
            ("HOUR", "printf('%02d:00:00', 8 + n % 9)"),
            ("UUID", "randomblob(16)"),
            ("INSTANT", "1800000000000000"),
            ("BYTES", "zeroblob(300)"),
            ("HASH", "randomblob(32)"),
            ("EACH", "FROM g"),
            ("YES", "1"),
        ];
        for sql in filling(&forms, bookings) {
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut db).await.unwrap();
        }
        sqlx::raw_sql("ANALYZE").execute(&mut db).await.unwrap();
        db.close().await.unwrap();
        let store = Arc::new(SqliteStore::open(&file, keys(folder.path())).await.unwrap());
        rates.push(measure(store.clone(), "SQLite", bookings).await);
        write_plans("sqlite", &store.plans(&listed(), now()).await.unwrap());
        store.close().await;
    }
    flatness(&rates);
}

async fn postgres(many: i64) {
    let folder = tempfile::tempdir().unwrap();
    let cluster = Cluster::durable(&["fsync = off", "max_wal_size = 8GB", "shared_buffers = 1GB"]);
    let url = cluster.database();
    let store = Arc::new(PostgresStore::open(&url, 4, keys(folder.path())).await.unwrap());
    store.import_office(&wide_office(), now()).await.unwrap();
    book_listed(&*store).await;
    let mut rates = Vec::new();
    for bookings in [FEW, many] {
        let mut db = PgConnection::connect(url.secret()).await.unwrap();
        let forms = [
            ("SERIES", ""),
            ("BRANCH", "chr(65 + n % 26) || chr(65 + (n / 26) % 20) || '-HQ'"),
            ("DAY", "DATE '2024-01-01' + (n / 4800) % 1100"),
            ("NEXT", "DATE '2027-01-04' + n % 91"),
            ("HOUR", "make_time(8 + n % 9, 0, 0)"),
            ("UUID", "gen_random_uuid()"),
            ("INSTANT", "TIMESTAMPTZ '2027-01-15 08:00:00+00'"),
            ("BYTES", "decode(repeat('00', 300), 'hex')"),
            ("HASH", "sha256(n::text::bytea)"),
            ("EACH", "FROM generate_series(FROM_N, TO_N) AS g(n)"),
            ("YES", "TRUE"),
        ];
        for sql in filling(&forms, bookings) {
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut db).await.unwrap();
        }
        sqlx::raw_sql("VACUUM ANALYZE").execute(&mut db).await.unwrap();
        rates.push(measure(store.clone(), "PostgreSQL", bookings).await);
        write_plans("postgres", &store.plans(&listed(), now()).await.unwrap());
    }
    flatness(&rates);
    store.close().await;
}

fn keys(folder: &std::path::Path) -> Arc<Keys> {
    Arc::new(Keys::load_or_create(&folder.join("keys")).unwrap())
}

/// Bookings of all sorts of branches and days, up to so many, in each database's own forms. They are never read, only
/// stood in the way.
fn filling(forms: &[(&str, &str)], bookings: i64) -> [String; 3] {
    let before = if bookings == FEW { 1 } else { FEW + 1 };
    let in_forms = |text: &str| {
        let text = forms.iter().fold(text.to_owned(), |text, (word, form)| text.replace(word, form));
        text.replace("FROM_N", &before.to_string()).replace("TO_N", &bookings.to_string())
    };
    [
        // Somebody has asked for each slot of the ninety days.
        in_forms(
            "SERIES INSERT INTO slot (branch, service, date, time, taken)
                SELECT DISTINCT 'JHR-HQ', 'VPP-PP', NEXT, HOUR, 1 EACH WHERE n < 1000 ON CONFLICT DO NOTHING",
        ),
        in_forms(
            "SERIES INSERT INTO slot (branch, service, date, time, taken)
                SELECT DISTINCT BRANCH, 'VPP-PP', DAY, HOUR, 1 EACH WHERE TRUE ON CONFLICT DO NOTHING",
        ),
        in_forms(
            "SERIES INSERT INTO place (branch, date, time, id, service, minutes, ends_at, state, takes, conversation,
                    identity, reference, sequence, queue, language, email, applicant, written_at)
                SELECT BRANCH, DAY, HOUR, UUID, 'VPP-PP', 60, INSTANT, 'booked', YES, n, HASH,
                    'R' || n, 0, 1 + n % 4800, 'ms', HASH, BYTES, INSTANT EACH",
        ),
    ]
}

/// The bookings that are listed are real ones.
async fn book_listed(store: &dyn Store) {
    let rules = Rules { max_live: 1000, ..Rules::default() };
    let mut rng = rand::make_rng::<StdRng>();
    for number in 1..=LISTED {
        let slot =
            SlotKey { time: NaiveTime::from_hms_opt(8 + number as u32 % 4, 0, 0).unwrap(), ..listed() };
        let contact = Contact { channel: "telegram".into(), address: number.to_string() };
        let applicant = Applicant {
            email: Email::parse("aminah@example.com").unwrap(),
            email_proved: false,
            name: PersonName::parse("Aminah binti Abu").unwrap(),
            identity: serde_json::from_value(json!(format!("other:N{number:09}"))).unwrap(),
            address: Address::parse("12, Jalan Bukit Meldrum, 80300 Johor Bahru, Johor").unwrap(),
            phone: Phone::parse("012-345 6789").unwrap(),
        };
        let mut turn = open_turn(store, &contact, "1").await;
        let (identity, until) = (&applicant.identity, now() + rules.hold);
        let ask = HoldRequest { slot: &slot, identity, until, proved: None, instead_of: None };
        let held = turn.hold(&ask, &rules, &mut rng).await.unwrap();
        let Held::Held { hold, .. } = held else { panic!("{held:?}") };
        let confirmed = turn.confirm(hold.id, &applicant, Language::Ms, &rules, &mut rng).await.unwrap();
        assert!(matches!(confirmed, Confirmed::Confirmed(_)));
        turn.commit().await.unwrap();
    }
}

async fn open_turn(store: &dyn Store, contact: &Contact, key: &str) -> Box<dyn Turn> {
    match store.turn(contact, key, now()).await.unwrap() {
        Opened::New(turn) => turn,
        Opened::Repeat => panic!("a delivery of its own is new"),
    }
}

/// Medians at a number of bookings.
#[derive(Clone, Copy)]
struct Medians {
    /// The day list, in the store.
    list: Duration,
    /// Ninety days of free places, in the store.
    days: Duration,
    /// The command of staff for the same list: a whole turn, answer in the outbox.
    command: Duration,
    /// The same list as PDF, from the store to the bytes.
    pdf: Duration,
}

async fn measure(store: Arc<dyn Store>, name: &str, bookings: i64) -> Medians {
    let listed = listed();
    let mut days = Vec::new();
    let onlooker = Contact { channel: "terminal".into(), address: "onlooker".into() };
    let mut turn = open_turn(&*store, &onlooker, &bookings.to_string()).await;
    let today = now().date_naive();
    let last = today.checked_add_days(Days::new(90)).unwrap();
    for _ in 0..ROUNDS {
        let asked = Instant::now();
        let free = turn.free_days(&listed.branch, &listed.service, today, last).await.unwrap();
        days.push(asked.elapsed());
        assert!(free.len() > 40);
    }
    drop(turn);
    let officer = Officer::joins(&store, bookings).await;
    let (mut lists, mut commands) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let asked = Instant::now();
        let list = store.day_list(&listed.branch, listed.date).await.unwrap();
        lists.push(asked.elapsed());
        assert_eq!(list.len(), LISTED);
        commands.push(officer.lists(&store, round).await);
    }
    let mut pdfs = Vec::new();
    for _ in 0..PAGES {
        let asked = Instant::now();
        let list = store.day_list(&listed.branch, listed.date).await.unwrap();
        let (_, office) = store.office().await.unwrap().unwrap();
        let sheet = Sheet::new(&office, Language::Ms, listed.branch.clone(), listed.date, list, now());
        let pdf = sheet.write(Format::Pdf, Words::builtin()).unwrap();
        pdfs.push(asked.elapsed());
        assert!(pdf.starts_with(b"%PDF-"));
    }
    let found =
        Medians { list: median(lists), days: median(days), command: median(commands), pdf: median(pdfs) };
    println!(
        "{name:>10} {bookings:>10} {:>14.3} {:>16.3} {:>12.3} {:>8.2} {:>8.1}",
        millis(found.list),
        millis(found.days),
        millis(found.command),
        millis(found.command) / millis(found.list),
        millis(found.pdf)
    );
    found
}

/// Who asks for the list by command.
struct Officer {
    assistant: Assistant,
    chat: Contact,
    bookings: i64,
}

impl Officer {
    async fn joins(store: &Arc<dyn Store>, bookings: i64) -> Officer {
        let chance = rand::make_rng::<StdRng>();
        let assistant = Assistant::new(store.clone(), Rules::default(), Proof::None, chance);
        let chat = Contact { channel: "telegram".into(), address: format!("officer {bookings}") };
        let reach = Reach { branches: vec![listed().branch], states: Vec::new() };
        let (invitation, until) = (format!("invitation {bookings}"), now() + TimeDelta::days(1));
        let new =
            NewMember { name: "Zainab", role: Role::Officer, reach: &reach, invitation: &invitation, until };
        store.invite(&new, now()).await.unwrap();
        let officer = Officer { assistant, chat, bookings };
        officer.says(store, "joins", Event::Invited(invitation)).await;
        officer
    }

    async fn lists(&self, store: &Arc<dyn Store>, round: usize) -> Duration {
        let asked = self.says(store, &round.to_string(), Event::Text("/hari 3/2/2027".to_owned())).await;
        let (took, body) = asked;
        assert!(body.contains("Aminah"), "{body}");
        took
    }

    /// One turn: how long it took, and what was answered.
    async fn says(&self, store: &Arc<dyn Store>, key: &str, event: Event) -> (Duration, String) {
        let delivery = format!("{} {key}", self.bookings);
        let message = Incoming { from: self.chat.clone(), delivery, event };
        let asked = Instant::now();
        let handled = self.assistant.handle(&message, now()).await.unwrap();
        let took = asked.elapsed();
        let Handled::Done(sent) = handled else { panic!("a delivery of its own is new") };
        store.outbox_sent(&[sent[0].id], now()).await.unwrap();
        (took, sent[0].body.clone())
    }
}

fn flatness(found: &[Medians]) {
    let [few, many] = found else { return };
    let times = |of: fn(&Medians) -> Duration| millis(of(many)) / millis(of(few));
    println!(
        "{:>21} {:>13.2}x {:>15.2}x {:>11.2}x",
        "many to few",
        times(|found| found.list),
        times(|found| found.days),
        times(|found| found.command)
    );
}

fn write_plans(database: &str, plans: &str) {
    std::fs::create_dir_all("benches/plans").unwrap();
    std::fs::write(format!("benches/plans/{database}.txt"), plans).unwrap();
}

fn median(mut values: Vec<Duration>) -> Duration {
    values.sort();
    values[values.len() / 2]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
