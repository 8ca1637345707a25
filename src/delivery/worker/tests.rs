use std::collections::VecDeque;
use std::time::Instant;

use chrono::TimeZone;
use rand::SeedableRng;
use tempfile::TempDir;

use super::*;
use crate::keys::Keys;
use crate::office;
use crate::store::{Contact, LEASE, NewOutgoing, Opened, SqliteStore};

const POST: &str = "post";

/// A sender that does as it is told, and then sends; it writes down what left.
#[derive(Default)]
struct Flaky {
    told: Mutex<VecDeque<Told>>,
    left: Mutex<Vec<String>>,
    /// From one mass notice to the next.
    pause: Mutex<Option<Duration>>,
}

enum Told {
    Send,
    Retry,
    GiveUp,
    Panic,
    Hang,
}

#[async_trait::async_trait]
impl Sender for Flaky {
    async fn send(&self, message: &Outgoing, _: DateTime<Utc>) -> Result<Sent, SendError> {
        let told = self.told.lock().unwrap().pop_front().unwrap_or(Told::Send);
        match told {
            Told::Send => {}
            Told::Retry => return Err(SendError::Retry("the server is busy".to_owned())),
            Told::GiveUp => return Err(SendError::GiveUp("no such mailbox".to_owned())),
            Told::Panic => panic!("a newline in a name"),
            Told::Hang => std::future::pending().await,
        }
        self.left.lock().unwrap().push(message.body.clone());
        Ok(Sent::default())
    }

    fn notices(&self) -> Notices {
        Notices { at_once: 4, pause: *self.pause.lock().unwrap() }
    }
}

struct Post {
    _folder: TempDir,
    store: Arc<dyn Store>,
    sender: Arc<Flaky>,
    worker: Worker,
    now: DateTime<Utc>,
    deliveries: u32,
}

impl Post {
    async fn new(told: impl IntoIterator<Item = Told>) -> Post {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::load_or_create(&folder.path().join("k")).unwrap();
        let store = Arc::new(SqliteStore::open(&folder.path().join("d"), Arc::new(keys)).await.unwrap());
        let now = Utc.with_ymd_and_hms(2026, 11, 23, 1, 0, 0).unwrap();
        store.import_office(&office::builtin(), now).await.unwrap();
        let sender = Arc::new(Flaky { told: Mutex::new(told.into_iter().collect()), ..Flaky::default() });
        let senders: [(&'static str, Arc<dyn Sender>); 1] = [(POST, sender.clone())];
        let worker = Worker::new(store.clone(), senders, StdRng::seed_from_u64(1));
        Post { _folder: folder, store, sender, worker, now, deliveries: 0 }
    }

    /// A turn of `who` writes messages; gives back those that the caller may send.
    async fn write(&mut self, who: &str, channel: &str, bodies: &[&str]) -> Vec<Outgoing> {
        self.queue(who, channel, bodies, false).await
    }

    /// Each of these people is to be told the same, one by one.
    async fn notify(&mut self, people: &[&str]) {
        for &who in people {
            assert_eq!(self.queue(who, POST, &[who], true).await, []);
        }
    }

    async fn queue(&mut self, who: &str, channel: &str, bodies: &[&str], mass: bool) -> Vec<Outgoing> {
        self.deliveries += 1;
        let from = Contact { channel: "terminal".into(), address: who.into() };
        let turn = self.store.turn(&from, &self.deliveries.to_string(), self.now).await.unwrap();
        let Opened::New(mut turn) = turn else { panic!("a repeat") };
        let to = Contact { channel: channel.into(), address: format!("{who}@example.com") };
        for body in bodies {
            turn.queue(&NewOutgoing { to: &to, kind: "code", body, mass }).await.unwrap();
        }
        turn.commit().await.unwrap()
    }

    async fn round(&self) -> Vec<Fate> {
        self.worker.round(self.now).await.unwrap()
    }

    fn left(&self) -> Vec<String> {
        self.sender.left.lock().unwrap().clone()
    }
}

#[tokio::test]
async fn what_a_turn_wrote_leaves_in_order() {
    let mut post = Post::new([]).await;
    let sent = post.write("aminah", POST, &["one", "two"]).await;
    let fates = post.worker.send(&sent, post.now).await.unwrap();
    assert_eq!(fates.len(), 2);
    assert_eq!(post.left(), ["one", "two"]);
    post.now += TimeDelta::days(2);
    assert_eq!(post.round().await, [], "what left is never sent again");
}

#[tokio::test]
async fn a_failed_message_is_tried_again_later_and_those_behind_it_wait() {
    let mut post = Post::new([Told::Retry, Told::Retry]).await;
    let sent = post.write("aminah", POST, &["one", "two"]).await;
    let fates = post.worker.send(&sent, post.now).await.unwrap();
    let [Fate::Later { due, error }] = &fates[..] else { panic!("{fates:?}") };
    assert_eq!(error, "the server is busy");
    let pause = (*due - post.now).num_seconds();
    assert!((24..=36).contains(&pause), "{pause}");

    post.now += TimeDelta::seconds(20);
    assert_eq!(post.round().await, []);
    post.now += TimeDelta::seconds(20);
    let fates = post.round().await;
    let [Fate::Later { due, .. }] = &fates[..] else { panic!("{fates:?}") };
    let pause = (*due - post.now).num_seconds();
    assert!((48..=72).contains(&pause), "{pause}");
    assert_eq!(post.left(), Vec::<String>::new());

    post.now += TimeDelta::minutes(2);
    assert_eq!(post.round().await.len(), 2);
    assert_eq!(post.left(), ["one", "two"]);
}

#[tokio::test]
async fn one_conversation_does_not_wait_for_another() {
    let mut post = Post::new([Told::Retry]).await;
    for who in ["aminah", "ravi", "mei"] {
        post.write(who, POST, &[who]).await;
    }
    post.now += LEASE;
    assert_eq!(post.round().await.len(), 3);
    assert_eq!(post.left().len(), 2);
    post.now += TimeDelta::minutes(3);
    assert_eq!(post.round().await.len(), 1);
    assert_eq!(post.left().len(), 3);
}

#[tokio::test]
async fn a_message_that_cannot_leave_is_given_up_and_those_behind_it_go_on() {
    let mut post = Post::new([Told::GiveUp]).await;
    let sent = post.write("aminah", POST, &["one", "two"]).await;
    let fates = post.worker.send(&sent, post.now).await.unwrap();
    assert_eq!(fates[0], Fate::GivenUp { error: "no such mailbox".into() });
    assert_eq!(post.left(), ["two"]);
    assert_eq!(post.store.health(false).await.unwrap().given_up, 1);
}

#[tokio::test]
async fn a_message_is_given_up_after_a_day() {
    let mut post = Post::new(std::iter::repeat_with(|| Told::Retry).take(100)).await;
    let start = post.now;
    post.write("aminah", POST, &["one"]).await;
    post.now += LEASE;
    let mut tries = 0;
    loop {
        let fates = post.round().await;
        tries += fates.len();
        match &fates[..] {
            [] => {}
            [Fate::Later { .. }] => assert!(post.now - start < TimeDelta::hours(24)),
            [Fate::GivenUp { .. }] => break,
            other => panic!("{other:?}"),
        }
        post.now += TimeDelta::minutes(1);
        assert!(post.now - start < TimeDelta::hours(25));
    }
    assert!((20..40).contains(&tries), "{tries}");
    post.now += TimeDelta::days(3);
    assert_eq!(post.round().await, []);
}

#[tokio::test]
async fn a_panic_and_a_try_without_end_are_failures_like_others() {
    let mut post = Post::new([Told::Panic, Told::Hang]).await;
    post.worker.longest_try = Duration::from_millis(20);
    let sent = post.write("aminah", POST, &["one"]).await;
    let fates = post.worker.send(&sent, post.now).await.unwrap();
    assert!(matches!(fates[..], [Fate::Later { .. }]), "{fates:?}");
    post.now += TimeDelta::minutes(3);
    let fates = post.round().await;
    assert!(matches!(fates[..], [Fate::Later { .. }]), "{fates:?}");
    post.now += TimeDelta::minutes(3);
    assert_eq!(post.round().await.len(), 1);
    assert_eq!(post.left(), ["one"]);
}

#[tokio::test]
async fn messages_of_other_channels_are_put_back_for_who_serves_them() {
    let mut post = Post::new([]).await;
    let sent = post.write("aminah", "pigeon", &["one"]).await;
    assert_eq!(post.worker.send(&sent, post.now).await.unwrap(), []);
    assert_eq!(post.store.outbox_due(&["pigeon"]).await.unwrap(), Some(post.now));
    post.now += TimeDelta::days(1);
    assert_eq!(post.round().await, []);
    assert_eq!(post.left(), Vec::<String>::new());
}

#[tokio::test]
async fn the_loop_delivers_at_news_and_stops_when_told() {
    let mut post = Post::new([]).await;
    post.now = crate::clock::now();
    let worker = Arc::new(Worker::new(
        post.store.clone(),
        [(POST, post.sender.clone() as Arc<dyn Sender>)],
        StdRng::seed_from_u64(1),
    ));
    let stop = CancellationToken::new();
    let running = tokio::spawn({
        let (worker, stop) = (worker.clone(), stop.clone());
        async move { worker.run(crate::clock::now, stop).await }
    });
    let sent = post.write("aminah", POST, &["one"]).await;
    post.store.outbox_retry(sent[0].id, post.now, "its sender died").await.unwrap();
    let delivered = async {
        while post.left() != ["one"] {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), delivered).await.unwrap();
    stop.cancel();
    tokio::time::timeout(Duration::from_secs(20), running).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_round_sends_mass_notices_that_have_no_pace_to_keep() {
    let mut post = Post::new([Told::Retry]).await;
    post.notify(&["aminah", "ravi"]).await;
    let fates = post.round().await;
    assert!(matches!(fates[..], [Fate::Later { .. }, Fate::Sent(_)]), "{fates:?}");
    post.now += TimeDelta::minutes(1);
    assert_eq!(post.round().await.len(), 1);
    assert_eq!(post.left(), ["ravi", "aminah"]);
    *post.sender.pause.lock().unwrap() = Some(Duration::from_millis(1));
    post.notify(&["mei"]).await;
    assert_eq!(post.round().await, [], "only the loop keeps a pace");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mass_notices_keep_their_pace_over_all_workers_and_hold_up_no_answer() {
    const PAUSE: Duration = Duration::from_millis(100);
    let people = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
    let mut post = Post::new([]).await;
    post.now = crate::clock::now();
    *post.sender.pause.lock().unwrap() = Some(PAUSE);
    post.notify(&people).await;
    let begun = Instant::now();
    let workers: Vec<_> = (0..2)
        .map(|seed| {
            let senders = [(POST, post.sender.clone() as Arc<dyn Sender>)];
            let worker = Worker::new(post.store.clone(), senders, StdRng::seed_from_u64(seed));
            let worker = worker.taken_over_after(TimeDelta::milliseconds(600));
            let stop = CancellationToken::new();
            let told = stop.clone();
            (tokio::spawn(async move { worker.run(crate::clock::now, told).await }), stop)
        })
        .collect();
    let mut stopping = workers.into_iter();
    let left = async |count: usize| {
        while post.sender.left.lock().unwrap().len() < count {
            assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", post.left());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    left(2).await;
    let sent =
        post.store.turn(&Contact { channel: "terminal".into(), address: "k".into() }, "k", post.now).await;
    let Ok(Opened::New(mut turn)) = sent else { panic!("it is new") };
    let to = Contact { channel: POST.into(), address: "k@example.com".into() };
    turn.queue(&NewOutgoing { to: &to, kind: "code", body: "answer", mass: false }).await.unwrap();
    let sent = turn.commit().await.unwrap();
    post.store.outbox_retry(sent[0].id, post.now, "its sender died").await.unwrap();
    left(5).await;
    // Whoever of them sends the notices, the other goes on.
    let (first, stop) = stopping.next().unwrap();
    stop.cancel();
    first.await.unwrap();
    left(11).await;
    assert!(begun.elapsed() >= PAUSE * 8, "ten notices in {:?}", begun.elapsed());
    let left = post.left();
    let answer = left.iter().position(|body| body == "answer").unwrap();
    assert!(answer <= 5, "the answer waited for notices: {left:?}");
    let mut notices: Vec<_> = left.iter().filter(|body| *body != "answer").cloned().collect();
    notices.sort();
    assert_eq!(notices, people);
    let (second, stop) = stopping.next().unwrap();
    stop.cancel();
    second.await.unwrap();
}
