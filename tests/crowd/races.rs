//! Processes race for places. After each race the books are balanced.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use temujanji::booking::{Address, Applicant, Email, PersonName, Phone, SlotKey};
use temujanji::office::{self, BranchCode, Office, ServiceCode};
use temujanji::store::{Contact, Opened, PostgresUrl, Store};
use tokio::runtime::Runtime;

use super::cluster::Cluster;
use super::process::{Act, Actor, HOLD, Outcome, What, open};

/// Monday, 4 January 2027, 8 in the morning in Malaysia.
pub(crate) fn monday() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2027, 1, 4, 0, 0, 0).unwrap()
}

/// The applicant of a number; no two have the same identity.
pub(crate) fn applicant(number: usize) -> Applicant {
    Applicant {
        email: Email::parse(&format!("applicant{number}@example.com")).unwrap(),
        email_proved: false,
        name: PersonName::parse("Aminah binti Abu").unwrap(),
        identity: serde_json::from_value(json!(format!("other:N{:08}", number + 1))).unwrap(),
        address: Address::parse("12, Jalan Bukit Meldrum, 80300 Johor Bahru, Johor").unwrap(),
        phone: Phone::parse("012-345 6789").unwrap(),
    }
}

fn act(number: usize, what: What) -> Act {
    Act { chat: format!("chat {number}"), applicant: applicant(number), now: monday(), what }
}

/// The built-in catalogue with so many places in every slot, and no day closed.
pub(crate) fn office(capacity: u32) -> Office {
    let mut office = serde_json::to_value(office::builtin()).unwrap();
    for (_, branch) in office["branches"].as_object_mut().unwrap() {
        for offer in branch["services"].as_array_mut().unwrap() {
            offer["capacity"] = json!(capacity);
        }
    }
    for what in ["holidays", "exceptions"] {
        office[what] = json!({});
    }
    for what in ["periods", "closures"] {
        office[what] = json!([]);
    }
    serde_json::from_value(office).unwrap()
}

/// A database and the processes that work on it.
struct Race {
    url: PostgresUrl,
    actors: Vec<Actor>,
    store: std::sync::Arc<dyn Store>,
    office: Office,
    capacity: u32,
    runtime: Runtime,
    _keys: tempfile::TempDir,
}

impl Race {
    fn new(processes: usize, capacity: u32) -> Race {
        let keys = tempfile::tempdir().unwrap();
        let file = keys.path().join("keys").display().to_string();
        let url = Cluster::shared().database();
        let runtime = Runtime::new().unwrap();
        let office = office(capacity);
        let store = runtime.block_on(open(url.secret(), &file));
        runtime.block_on(store.import_office(&office, monday())).unwrap();
        let actors = (0..processes).map(|_| Actor::start(url.secret(), &file)).collect();
        Race { url, actors, store, office, capacity, runtime, _keys: keys }
    }

    /// Each process does its acts, all at the same time; the outcomes, process by process.
    fn all_do(&mut self, acts: &[Vec<Act>]) -> Vec<Vec<Outcome>> {
        for (actor, acts) in self.actors.iter_mut().zip(acts) {
            actor.begin(acts);
        }
        self.actors.iter_mut().zip(acts).map(|(actor, _)| actor.outcomes()).collect()
    }

    fn count(&self, sql: &str) -> i64 {
        let counting = async {
            let mut db = PgConnection::connect(self.url.secret()).await.unwrap();
            sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut db).await.unwrap()
        };
        self.runtime.block_on(counting)
    }

    fn run(&self, sql: &str) {
        let running = async {
            let mut db = PgConnection::connect(self.url.secret()).await.unwrap();
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut db).await.unwrap();
        };
        self.runtime.block_on(running);
    }

    /// In every slot: what is shown as free + held + booked + returning = the capacity, the counter is the number of
    /// places that take one, and nobody has two.
    fn balances(&self, now: DateTime<Utc>) -> i64 {
        let rows: Vec<(String, String, chrono::NaiveDate, NaiveTime, i64, i64)> =
            self.runtime.block_on(async {
                let mut db = PgConnection::connect(self.url.secret()).await.unwrap();
                let sql = "SELECT branch, service, date, time, taken, (SELECT count(*) FROM place
                WHERE place.branch = slot.branch AND place.service = slot.service AND place.date = slot.date
                AND place.time = slot.time AND takes AND (until IS NULL OR until > $1)) FROM slot";
                sqlx::query_as(sql).bind(now).fetch_all(&mut db).await.unwrap()
            });
        let mut days = BTreeSet::new();
        for (branch, service, date, ..) in &rows {
            days.insert((branch.clone(), service.clone(), *date));
        }
        let mut free = BTreeMap::new();
        for (branch, service, date) in days {
            let shown = self.shown(&branch, &service, date, now);
            free.extend(
                shown.into_iter().map(|(time, free)| ((branch.clone(), service.clone(), date, time), free)),
            );
        }
        let mut taken_in_all = 0;
        for (branch, service, date, time, counter, live) in rows {
            let free = free[&(branch.clone(), service.clone(), date, time)];
            assert_eq!(free + live, i64::from(self.capacity), "{branch} {service} {date} {time}");
            assert!(counter >= live && live <= i64::from(self.capacity));
            taken_in_all += live;
        }
        let doubled = "SELECT count(*) FROM (SELECT identity, service FROM place WHERE state = 'booked'
            GROUP BY identity, service HAVING count(*) > 1) AS twice";
        assert_eq!(self.count(doubled), 0, "somebody has two");
        let queues = "SELECT count(*) FROM (SELECT branch, date, queue FROM place WHERE queue IS NOT NULL
            GROUP BY branch, date, queue HAVING count(*) > 1) AS twice";
        assert_eq!(self.count(queues), 0, "a queue number was given twice");
        let health = self.runtime.block_on(self.store.health(true)).unwrap();
        assert_eq!(health.damage, Vec::<String>::new());
        taken_in_all
    }

    fn shown(
        &self,
        branch: &str,
        service: &str,
        date: chrono::NaiveDate,
        now: DateTime<Utc>,
    ) -> Vec<(NaiveTime, i64)> {
        let onlooker = Contact { channel: "terminal".into(), address: "onlooker".into() };
        self.runtime.block_on(async {
            let key = uuid::Uuid::now_v7().to_string();
            let Opened::New(mut turn) = self.store.turn(&onlooker, &key, now).await.unwrap() else {
                panic!()
            };
            let (branch, service) =
                (BranchCode::parse(branch).unwrap(), ServiceCode::parse(service).unwrap());
            let slots = turn.free_slots(&branch, &service, date).await.unwrap();
            slots.into_iter().map(|slot| (slot.time, i64::from(slot.free))).collect()
        })
    }

    /// The slots of the first branch on a day from now, by number.
    fn slot(&self, nth_branch: usize, days: i64, nth: usize) -> Option<SlotKey> {
        let branch = self.office.branches().nth(nth_branch)?;
        let service = branch.services.first()?.service.clone();
        let date = (monday() + TimeDelta::hours(8) + TimeDelta::days(days)).date_naive();
        let slots = self.office.slots(&branch.code, &service, date);
        let time = slots.get(nth % slots.len().max(1))?.time;
        Some(SlotKey { branch: branch.code.clone(), service, date, time })
    }
}

fn tally<'a>(outcomes: impl IntoIterator<Item = &'a Outcome>) -> BTreeMap<&'static str, usize> {
    let mut tally = BTreeMap::new();
    for outcome in outcomes {
        let name = match outcome {
            Outcome::Held(..) => "held",
            Outcome::Booked(..) => "booked",
            Outcome::Cancelled => "cancelled",
            Outcome::Full => "full",
            Outcome::LiveBooking => "live booking",
            Outcome::Refused(_) => "refused",
        };
        *tally.entry(name).or_default() += 1;
    }
    tally
}

/// Everybody wants the same slot.
fn crowd(race: &mut Race, processes: usize, each: usize) -> BTreeMap<&'static str, usize> {
    let slot = race.slot(0, 16, 0).unwrap();
    let acts: Vec<Vec<Act>> = (0..processes)
        .map(|process| (0..each).map(|n| act(process * each + n, What::Book(slot.clone()))).collect())
        .collect();
    tally(race.all_do(&acts).iter().flatten())
}

pub(crate) fn one_hot_slot(times: u32) {
    for _ in 0..times {
        let mut race = Race::new(8, 50);
        let tally = crowd(&mut race, 8, 2000);
        println!("  {tally:?}");
        assert_eq!((tally["booked"], tally["full"]), (50, 15_950));
        assert_eq!(race.balances(monday()), 50);
    }
}

/// The negative control: the counter forgets, so that the granting statement's guard never bites.
pub(crate) fn without_the_guard(_: u32) {
    let mut race = Race::new(4, 50);
    race.run(
        "CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.taken := 0; RETURN NEW; END';
        CREATE TRIGGER forget BEFORE INSERT OR UPDATE ON slot FOR EACH ROW EXECUTE FUNCTION forget()",
    );
    let tally = crowd(&mut race, 4, 50);
    println!("  {tally:?}");
    assert!(tally["booked"] > 50);
    println!("  the balance does not come out, as it must not:");
    let seen = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| race.balances(monday())));
    assert!(seen.is_err(), "the balance does not see an oversold slot");
}

pub(crate) fn zipf(times: u32) {
    const EACH: usize = 500;
    for round in 0..times {
        let mut race = Race::new(8, 4);
        let branches = race.office.branches().count();
        let mut rng = StdRng::seed_from_u64(u64::from(round));
        let mut choose = |number: usize| loop {
            let (branch, day) = (zipf_of(&mut rng, branches), zipf_of(&mut rng, 60) as i64);
            let nth = rng.random_range(0..9);
            if let Some(slot) = race.slot(branch, day + 1, nth) {
                break act(number, What::Book(slot));
            }
        };
        let acts: Vec<Vec<Act>> =
            (0..8).map(|process| (0..EACH).map(|n| choose(process * EACH + n)).collect()).collect();
        let tally = tally(race.all_do(&acts).iter().flatten());
        println!("  {tally:?}");
        assert_eq!(tally["booked"] + tally["full"], 8 * EACH);
        assert!(tally["full"] > 0, "nothing was scarce");
        assert_eq!(race.balances(monday()), tally["booked"] as i64);
        // Who was told "full" was told the truth: the slots they asked for are full at the end, too.
    }
}

/// A number below `n`, the k-th as often as 1/k.
fn zipf_of(rng: &mut StdRng, n: usize) -> usize {
    let whole: f64 = (1..=n).map(|k| 1.0 / k as f64).sum();
    let mut left = rng.random_range(0.0..whole);
    for k in 1..=n {
        left -= 1.0 / k as f64;
        if left <= 0.0 {
            return k - 1;
        }
    }
    n - 1
}

pub(crate) fn one_identity(times: u32) {
    let rounds = 100 * times as usize;
    let mut race = Race::new(4, 100);
    let mut acts = vec![Vec::new(); 4];
    for round in 0..rounds {
        let slots: Vec<SlotKey> = (0..5).filter_map(|nth| race.slot(0, 16, nth)).collect();
        for chat in 0..20 {
            let mut act = act(round, What::Book(slots[chat % slots.len()].clone()));
            act.chat = format!("chat {round} {chat}");
            acts[chat % 4].push(act);
        }
    }
    let outcomes = race.all_do(&acts);
    let tally = tally(outcomes.iter().flatten());
    println!("  {rounds} identities, 20 chats each: {tally:?}");
    assert_eq!((tally["booked"], tally["live booking"]), (rounds, 19 * rounds));
    assert_eq!(race.balances(monday()), rounds as i64);
}

pub(crate) fn against_confirming(times: u32) {
    let rounds = 150 * times as usize;
    let mut race = Race::new(2, 1);
    let slots: Vec<SlotKey> = (0..40)
        .flat_map(|branch| (16..31).flat_map(move |day| (0..6).map(move |nth| (branch, day, nth))))
        .filter_map(|(branch, day, nth)| race.slot(branch, day, nth))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    assert!(slots.len() >= rounds * 3, "{}", slots.len());
    let (mut slots, proved) =
        (slots.into_iter(), |number| Applicant { email_proved: true, ..applicant(number) });
    let mut next = || slots.next().unwrap();

    // A booking is moved in one chat and called off in another, both of one proved address.
    let person = |round, chat: &str, what| Act {
        chat: format!("{chat} {round}"),
        applicant: proved(round),
        now: monday(),
        what,
    };
    let booking: Vec<Act> = (0..rounds).map(|round| person(round, "chat", What::Book(next()))).collect();
    let booked = race.all_do(&[booking]).remove(0);
    let reference = |outcome: &Outcome| match outcome {
        Outcome::Booked(reference, _) => reference.clone(),
        other => panic!("{other:?}"),
    };
    let moving: Vec<Act> = (0..rounds)
        .map(|round| person(round, "chat", What::Hold(next(), Some(reference(&booked[round])))))
        .collect();
    let held = race.all_do(&[moving]).remove(0);
    let hold = |outcome: &Outcome| match outcome {
        Outcome::Held(hold, _) => *hold,
        other => panic!("{other:?}"),
    };
    let confirming = (0..rounds).map(|round| person(round, "chat", What::Confirm(hold(&held[round]))));
    let cancelling = (0..rounds).map(|round| person(round, "mail", What::Cancel(reference(&booked[round]))));
    let outcomes = race.all_do(&[confirming.collect(), cancelling.collect()]);
    let (confirmed, cancelled) = (tally(&outcomes[0]), tally(&outcomes[1]));
    println!("  {rounds} moves against cancellations: {confirmed:?}, {cancelled:?}");
    assert_eq!(cancelled.get("cancelled"), Some(&rounds), "{:?}", outcomes[1]);
    assert_eq!(race.count("SELECT count(*) FROM place WHERE state = 'booked'"), 0);
    race.balances(monday());
    // When all delays are over everything is free again.
    assert_eq!(race.balances(monday() + TimeDelta::hours(1)), 0);

    // A hold is confirmed in its last moment, and another asks for the place at its end.
    let places: Vec<SlotKey> = (0..rounds).map(|_| next()).collect();
    let holding = (0..rounds).map(|round| act(10_000 + round, What::Hold(places[round].clone(), None)));
    let held = race.all_do(&[holding.collect()]).remove(0);
    let end = monday() + HOLD;
    let confirming = (0..rounds).map(|round| {
        let act = act(10_000 + round, What::Confirm(hold(&held[round])));
        Act { now: end - TimeDelta::milliseconds(1), ..act }
    });
    let asking = (0..rounds).map(|round| {
        let act = act(20_000 + round, What::Book(places[round].clone()));
        Act { now: end, ..act }
    });
    let outcomes = race.all_do(&[confirming.collect(), asking.collect()]);
    let (confirmed, asked) = (tally(&outcomes[0]), tally(&outcomes[1]));
    println!("  {rounds} confirmations against expiry: {confirmed:?}, {asked:?}");
    for (confirmed, asked) in outcomes[0].iter().zip(&outcomes[1]) {
        let winners =
            [confirmed, asked].iter().filter(|outcome| matches!(outcome, Outcome::Booked(..))).count();
        assert_eq!(winners, 1, "{confirmed:?} {asked:?}");
    }
    // The places that were called off before have not all returned yet.
    let returning = "SELECT count(*) FROM place WHERE takes AND state IN ('cancelled', 'moved') AND until > ";
    let returning = race.count(&format!("{returning} '{}'", end.to_rfc3339()));
    assert_eq!(race.balances(end), rounds as i64 + returning);
}
