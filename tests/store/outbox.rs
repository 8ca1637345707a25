//! Messages to be sent.

use std::time::Duration;

use chrono::TimeDelta;
use temujanji::store::{Contact, LEASE, NewOutgoing, Opened, Outgoing, OutgoingId, Turn};
use tokio::sync::watch;

use crate::kit::{Person, Town};

const SECOND: TimeDelta = TimeDelta::seconds(1);

fn mailbox() -> Contact {
    Contact { channel: "email".into(), address: "aminah@example.com".into() }
}

async fn write(turn: &mut dyn Turn, to: &Contact, body: &str) -> OutgoingId {
    turn.queue(&NewOutgoing { to, kind: "reply", body }).await.unwrap()
}

impl Person<'_> {
    /// A turn that writes these replies; those the committer may send.
    async fn is_answered(&self, bodies: &[&str]) -> Vec<Outgoing> {
        let mut turn = self.turn().await;
        for body in bodies {
            write(&mut *turn, &self.contact, body).await;
        }
        turn.commit().await.unwrap()
    }
}

impl Town {
    async fn claimed(&self, channels: &[&str]) -> Vec<Outgoing> {
        self.store().await.claim_outbox(channels, 10, self.now()).await.unwrap()
    }

    async fn sent(&self, ids: &[OutgoingId]) {
        self.store().await.outbox_sent(ids, self.now()).await.unwrap();
    }
}

fn bodies(messages: &[Outgoing]) -> Vec<&str> {
    messages.iter().map(|message| message.body.as_str()).collect()
}

pub(crate) async fn messages_of_a_turn_are_given_to_who_committed_it(town: &Town) {
    let aminah = town.person("aminah");
    let mut turn = aminah.turn().await;
    let first = write(&mut *turn, &aminah.contact, "selamat datang").await;
    let mail = write(&mut *turn, &mailbox(), "kod").await;
    let second = write(&mut *turn, &aminah.contact, "bahasa?").await;
    let ready = turn.commit().await.unwrap();
    assert_eq!(ready.iter().map(|message| message.id).collect::<Vec<_>>(), [first, mail, second]);
    assert_eq!(bodies(&ready), ["selamat datang", "kod", "bahasa?"]);
    assert_eq!((&ready[1].to, ready[1].tries), (&mailbox(), 0));
    assert_eq!(town.claimed(&["terminal", "email"]).await, []);
    let due = town.store().await.outbox_due(&["terminal"]).await.unwrap();
    assert_eq!(due, Some(town.now() + LEASE));
    town.sent(&[first, second]).await;
    assert_eq!(town.store().await.outbox_due(&["terminal"]).await.unwrap(), None);
    town.wait(LEASE);
    assert_eq!(bodies(&town.claimed(&["terminal", "email"]).await), ["kod"]);
}

pub(crate) async fn an_undone_turn_sends_nothing(town: &Town) {
    let aminah = town.person("aminah");
    let mut turn = aminah.turn().await;
    write(&mut *turn, &aminah.contact, "tempahan disahkan").await;
    drop(turn);
    town.wait(LEASE);
    assert_eq!(town.claimed(&["terminal"]).await, []);
}

pub(crate) async fn order_is_kept_behind_a_waiting_message(town: &Town) {
    let aminah = town.person("aminah");
    let first = aminah.is_answered(&["1", "2"]).await;
    // The second turn's reply waits for the first turn's.
    assert_eq!(aminah.is_answered(&["3"]).await, []);
    assert_eq!(town.claimed(&["terminal"]).await, []);
    town.sent(&[first[0].id]).await;
    assert_eq!(town.claimed(&["terminal"]).await, []);
    town.sent(&[first[1].id]).await;
    let third = town.claimed(&["terminal"]).await;
    assert_eq!(bodies(&third), ["3"]);
    town.sent(&[third[0].id]).await;
    assert_eq!(bodies(&aminah.is_answered(&["4"]).await), ["4"]);
}

pub(crate) async fn channels_do_not_wait_for_one_another(town: &Town) {
    let aminah = town.person("aminah");
    let mut turn = aminah.turn().await;
    let mail = write(&mut *turn, &mailbox(), "kod").await;
    turn.commit().await.unwrap();
    let later = town.now() + TimeDelta::hours(1);
    town.store().await.outbox_retry(mail, later, "connection refused").await.unwrap();
    assert_eq!(bodies(&aminah.is_answered(&["kod dihantar"]).await), ["kod dihantar"]);
    assert_eq!(bodies(&town.person("ravi").is_answered(&["hai"]).await), ["hai"]);
}

pub(crate) async fn a_lease_runs_out_and_another_takes_over(town: &Town) {
    let aminah = town.person("aminah");
    aminah.is_answered(&["1", "2"]).await;
    town.wait(LEASE - SECOND);
    assert_eq!(town.claimed(&["terminal"]).await, []);
    town.wait(SECOND);
    let taken = town.claimed(&["terminal"]).await;
    // Only the first: a second worker must not overtake.
    assert_eq!((bodies(&taken), taken[0].tries), (vec!["1"], 1));
    assert_eq!(town.claimed(&["terminal"]).await, []);
    town.wait(LEASE);
    let again = town.claimed(&["terminal"]).await;
    assert_eq!((bodies(&again), again[0].tries), (vec!["1"], 2));
    town.sent(&[again[0].id]).await;
    assert_eq!(bodies(&town.claimed(&["terminal"]).await), ["2"]);
    // The first worker wakes up late: nothing happens.
    town.sent(&[taken[0].id]).await;
}

pub(crate) async fn retried_and_given_up(town: &Town) {
    let aminah = town.person("aminah");
    let ready = aminah.is_answered(&["1", "2"]).await;
    let due = town.now() + TimeDelta::minutes(10);
    let store = town.store().await;
    store.outbox_retry(ready[0].id, due, "timeout").await.unwrap();
    town.set(due - SECOND);
    assert_eq!(town.claimed(&["terminal"]).await, []);
    let next = town.store().await.outbox_due(&["terminal"]).await.unwrap();
    assert_eq!(next, Some(due), "what waits behind it is not due before");
    town.set(due);
    let again = town.claimed(&["terminal"]).await;
    assert_eq!((bodies(&again), again[0].tries), (vec!["1"], 1));
    let store = town.store().await;
    store.outbox_gave_up(again[0].id, "chat not found", town.now()).await.unwrap();
    assert_eq!(bodies(&town.claimed(&["terminal"]).await), ["2"]);
    let health = town.store().await.health(false).await.unwrap();
    assert_eq!((health.waiting, health.given_up), (1, 1));
}

pub(crate) async fn a_sent_message_is_stripped(town: &Town) {
    let ready = town.person("aminah").is_answered(&["1", "2"]).await;
    town.sent(&[ready[0].id]).await;
    let store = town.store().await;
    store.outbox_gave_up(ready[1].id, "gone", town.now()).await.unwrap();
    assert_eq!(town.home.count("SELECT count(*) FROM outbox WHERE message IS NOT NULL").await, 0);
    assert_eq!(town.home.count("SELECT count(*) FROM outbox").await, 2);
}

pub(crate) async fn news_comes_when_there_is_something_to_take(town: &Town) {
    let store = town.same_store();
    let mut news = store.outbox_news();
    let aminah = town.person("aminah");
    let mut turn = store_turn(town, &aminah).await;
    let first = write(&mut *turn, &aminah.contact, "one").await;
    turn.commit().await.unwrap();
    let mut turn = store_turn(town, &aminah).await;
    write(&mut *turn, &aminah.contact, "two").await;
    assert_eq!(turn.commit().await.unwrap(), [], "it stands behind the first");
    changes(&mut news).await;
    store.outbox_sent(&[first], town.now()).await.unwrap();
    changes(&mut news).await;
    let two = store.claim_outbox(&["terminal"], 10, town.now()).await.unwrap();
    assert_eq!(bodies(&two), ["two"]);
    store.outbox_retry(two[0].id, town.now(), "later").await.unwrap();
    changes(&mut news).await;
}

/// A turn at the same store, whose news is listened to.
async fn store_turn(town: &Town, person: &Person<'_>) -> Box<dyn Turn> {
    match town.same_store().turn(&person.contact, &town.delivery(), town.now()).await.unwrap() {
        Opened::New(turn) => turn,
        Opened::Repeat => panic!("a delivery of its own is new"),
    }
}

async fn changes(news: &mut watch::Receiver<u64>) {
    tokio::time::timeout(Duration::from_secs(20), news.changed()).await.unwrap().unwrap();
    news.mark_unchanged();
}

pub(crate) async fn what_a_delivery_wrote_is_taken_again_by_who_lost_the_answer(town: &Town) {
    let aminah = town.person("aminah");
    let (store, now) = (town.store().await, town.now());
    let Opened::New(mut turn) = store.turn(&aminah.contact, "first", now).await.unwrap() else { panic!() };
    let one = write(&mut *turn, &aminah.contact, "one").await;
    write(&mut *turn, &mailbox(), "kod").await;
    turn.commit().await.unwrap();
    let Opened::New(mut turn) = store.turn(&aminah.contact, "second", now).await.unwrap() else { panic!() };
    write(&mut *turn, &aminah.contact, "two").await;
    turn.commit().await.unwrap();
    let again = store.written_in(&aminah.contact, "first", now).await.unwrap();
    assert_eq!(bodies(&again), ["one", "kod"]);
    assert_eq!(store.written_in(&aminah.contact, "second", now).await.unwrap(), [], "the first comes first");
    assert_eq!(store.written_in(&aminah.contact, "third", now).await.unwrap(), []);
    store.outbox_sent(&[one], now).await.unwrap();
    assert_eq!(bodies(&store.written_in(&aminah.contact, "first", now).await.unwrap()), ["kod"]);
    assert_eq!(bodies(&store.written_in(&aminah.contact, "second", now).await.unwrap()), ["two"]);
    assert_eq!(store.claim_outbox(&["terminal"], 10, now).await.unwrap(), [], "it is taken");
}
