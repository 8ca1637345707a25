//! A process that acts for many people at once: acts come in as a line of JSON, and go out as their outcomes.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::StreamExt;
use rand::rngs::StdRng;
use serde::{Deserialize, Serialize};
use temujanji::booking::{Applicant, Hold, HoldId, NoPlace, Reference, Rules, SlotKey};
use temujanji::config::Database;
use temujanji::dialogue::Language;
use temujanji::keys::Keys;
use temujanji::store::{
    Cancelled, Confirmed, Contact, Held, HoldRequest, Opened, PostgresStore, Result, SqliteStore, Store, Turn,
};

/// The first argument of such a process.
pub(crate) const ACTOR: &str = "actor";

/// Acts under way in one process.
const AT_ONCE: usize = 24;

/// What one person does, in one turn or two.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Act {
    pub(crate) chat: String,
    pub(crate) applicant: Applicant,
    pub(crate) now: DateTime<Utc>,
    pub(crate) what: What,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum What {
    /// Holds, and confirms when that was had.
    Book(SlotKey),
    Hold(SlotKey, Option<Reference>),
    Confirm(HoldId),
    Cancel(Reference),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Outcome {
    Held(HoldId, DateTime<Utc>),
    Booked(Reference, u32),
    Cancelled,
    Full,
    LiveBooking,
    Refused(String),
}

/// Holds of the crowd last so long.
pub(crate) const HOLD: TimeDelta = TimeDelta::minutes(10);

pub(crate) fn open(url: &str, keys: &str) -> impl Future<Output = Arc<dyn Store>> {
    let keys = Arc::new(Keys::load_or_create(keys.as_ref()).unwrap());
    let database = Database::parse(url).unwrap();
    async move {
        match database {
            Database::Sqlite(path) => {
                Arc::new(SqliteStore::open(&path, keys).await.unwrap()) as Arc<dyn Store>
            }
            Database::Postgres(url) => Arc::new(PostgresStore::open(&url, 12, keys).await.unwrap()),
        }
    }
}

/// Lives as such a process.
#[tokio::main]
pub(crate) async fn act(args: &[String]) {
    let store = open(&args[1], &args[2]).await;
    println!("ready");
    for line in std::io::stdin().lines() {
        let acts: Vec<Act> = serde_json::from_str(&line.unwrap()).unwrap();
        let doing = acts.into_iter().map(|act| {
            let store = Arc::clone(&store);
            tokio::spawn(async move { does(&*store, &act).await.unwrap() })
        });
        let outcomes: Vec<Outcome> =
            futures::stream::iter(doing).buffered(AT_ONCE).map(|outcome| outcome.unwrap()).collect().await;
        println!("{}", serde_json::to_string(&outcomes).unwrap());
    }
}

/// One act. What a database may ask to be repeated is repeated, as in [`temujanji::assistant`].
async fn does(store: &dyn Store, act: &Act) -> Result<Outcome> {
    match &act.what {
        What::Book(slot) => match step(store, act, &What::Hold(slot.clone(), None)).await? {
            Outcome::Held(hold, _) => step(store, act, &What::Confirm(hold)).await,
            other => Ok(other),
        },
        what => step(store, act, what).await,
    }
}

async fn step(store: &dyn Store, act: &Act, what: &What) -> Result<Outcome> {
    let key = uuid::Uuid::now_v7().to_string();
    let mut tries = 0;
    loop {
        match attempt(store, act, what, &key).await {
            Err(error) if error.is_retryable() && tries < 20 => tries += 1,
            done => return done,
        }
    }
}

async fn attempt(store: &dyn Store, act: &Act, what: &What, key: &str) -> Result<Outcome> {
    let contact = Contact { channel: "telegram".into(), address: act.chat.clone() };
    let Opened::New(mut turn) = store.turn(&contact, key, act.now).await? else {
        panic!("a commit whose answer was lost: nobody crashes here");
    };
    let outcome = in_turn(&mut *turn, act, what, &mut rand::make_rng()).await?;
    turn.save("{}").await?;
    turn.commit().await?;
    Ok(outcome)
}

async fn in_turn(turn: &mut dyn Turn, act: &Act, what: &What, rng: &mut StdRng) -> Result<Outcome> {
    let rules = Rules::default();
    let proved = act.applicant.email_proved.then_some(&act.applicant.email);
    let refused = |why: NoPlace| match why {
        NoPlace::Full { .. } => Outcome::Full,
        NoPlace::LiveBooking => Outcome::LiveBooking,
        other @ (NoPlace::NotOffered | NoPlace::TooMany { .. } | NoPlace::Blocked { .. }) => {
            Outcome::Refused(format!("{other:?}"))
        }
    };
    Ok(match what {
        What::Book(_) => panic!("two turns"),
        What::Hold(slot, instead_of) => {
            let (identity, until) = (&act.applicant.identity, act.now + HOLD);
            let ask = HoldRequest { slot, identity, until, proved, instead_of: instead_of.as_ref() };
            match turn.hold(&ask, &rules, rng).await? {
                Held::Held { hold: Hold { id, until, .. }, .. } => Outcome::Held(id, until),
                Held::NoPlace(why) => refused(why),
                Held::NoSuchBooking => Outcome::Refused("no such booking".into()),
            }
        }
        What::Confirm(hold) => match turn.confirm(*hold, &act.applicant, Language::Ms, &rules, rng).await? {
            Confirmed::Confirmed(booking) => Outcome::Booked(booking.reference, booking.queue),
            Confirmed::NoPlace { why, .. } => refused(why),
            Confirmed::NoSuchBooking => Outcome::Refused("no such booking".into()),
            Confirmed::NoSuchHold => Outcome::Refused("no such hold".into()),
        },
        What::Cancel(reference) => match turn.cancel(reference, proved, &rules, rng).await? {
            Cancelled::Cancelled(_) => Outcome::Cancelled,
            other @ (Cancelled::NotFound | Cancelled::TooLate) => Outcome::Refused(format!("{other:?}")),
        },
    })
}

/// Such a process, from outside.
pub(crate) struct Actor {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

impl Actor {
    pub(crate) fn start(url: &str, keys: &str) -> Actor {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args([ACTOR, url, keys]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (stdin, stdout) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut actor = Actor { child, stdin, stdout };
        assert_eq!(actor.line().trim(), "ready");
        actor
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "a process of the crowd ended");
        line
    }

    pub(crate) fn begin(&mut self, acts: &[Act]) {
        writeln!(self.stdin, "{}", serde_json::to_string(acts).unwrap()).unwrap();
    }

    pub(crate) fn outcomes(&mut self) -> Vec<Outcome> {
        serde_json::from_str(&self.line()).unwrap()
    }
}

impl Drop for Actor {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _ended = self.child.wait();
    }
}
