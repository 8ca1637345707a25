//! Messages to be sent.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use temujanji::store::{Contact, LEASE, NewOutgoing, Opened, Outgoing, OutgoingId, Turn};
use tokio::sync::watch;

use crate::kit::{Person, Town};

const SECOND: TimeDelta = TimeDelta::seconds(1);

fn mailbox() -> Contact {
    Contact { channel: "email".into(), address: "aminah@example.com".into() }
}

async fn write(turn: &mut dyn Turn, to: &Contact, body: &str) -> OutgoingId {
    turn.queue(&NewOutgoing { to, kind: "reply", body, mass: false }).await.unwrap()
}

async fn notify(turn: &mut dyn Turn, to: &Contact, body: &str) -> OutgoingId {
    turn.queue(&NewOutgoing { to, kind: "talk", body, mass: true }).await.unwrap()
}

impl Person<'_> {
    /// A turn that writes them one mass notice.
    async fn is_notified(&self, body: &str) -> OutgoingId {
        let mut turn = self.turn().await;
        let id = notify(&mut *turn, &self.contact, body).await;
        assert_eq!(turn.commit().await.unwrap(), [], "it is not for who wrote it to send");
        id
    }

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

    async fn noticed(&self, channel: &str) -> Vec<Outgoing> {
        self.store().await.claim_notices(channel, 10, self.now()).await.unwrap()
    }

    async fn notices_due(&self, channel: &str) -> Option<DateTime<Utc>> {
        self.store().await.notices_due(channel).await.unwrap()
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

pub(crate) async fn mass_notices_are_taken_apart(town: &Town) {
    let (aminah, ravi) = (town.person("aminah"), town.person("ravi"));
    assert_eq!(town.notices_due("terminal").await, None);
    let first = aminah.is_notified("cawangan ditutup").await;
    town.wait(SECOND);
    ravi.is_notified("esok").await;
    assert_eq!(town.claimed(&["terminal"]).await, []);
    assert_eq!(town.store().await.outbox_due(&["terminal"]).await.unwrap(), None);
    assert_eq!(town.noticed("email").await, []);
    assert_eq!(town.notices_due("terminal").await, Some(town.now() - SECOND));
    let taken = town.store().await.claim_notices("terminal", 1, town.now()).await.unwrap();
    assert_eq!((bodies(&taken), taken[0].id, taken[0].tries), (vec!["cawangan ditutup"], first, 0));
    assert_eq!(bodies(&town.noticed("terminal").await), ["esok"]);
    assert_eq!(town.notices_due("terminal").await, Some(town.now() + LEASE), "both are under way");
    town.sent(&[first]).await;
    town.wait(LEASE);
    let again = town.noticed("terminal").await;
    assert_eq!((bodies(&again), again[0].tries), (vec!["esok"], 1), "its lease has run out");
    let due = town.now() + TimeDelta::minutes(1);
    town.store().await.outbox_retry(again[0].id, due, "timeout").await.unwrap();
    assert_eq!((town.noticed("terminal").await, town.notices_due("terminal").await), (vec![], Some(due)));
    assert_eq!(town.store().await.health(false).await.unwrap().waiting, 1);
}

pub(crate) async fn an_answer_lets_no_notice_keep_it_waiting(town: &Town) {
    let (aminah, ravi) = (town.person("aminah"), town.person("ravi"));
    let mut turn = aminah.turn().await;
    let first = notify(&mut *turn, &aminah.contact, "cawangan ditutup").await;
    let by_mail = notify(&mut *turn, &mailbox(), "cawangan ditutup").await;
    turn.commit().await.unwrap();
    let second = aminah.is_notified("esok").await;
    let other = ravi.is_notified("cawangan ditutup").await;
    assert_eq!(aminah.is_answered(&["hai"]).await, [], "what was written earlier is read earlier");
    let taken = town.claimed(&["terminal", "email"]).await;
    assert_eq!(taken.iter().map(|message| message.id).collect::<Vec<_>>(), [first], "it leaves at once");
    assert_eq!(town.noticed("terminal").await.iter().map(|notice| notice.id).collect::<Vec<_>>(), [other]);
    assert_eq!(town.noticed("email").await.iter().map(|notice| notice.id).collect::<Vec<_>>(), [by_mail]);
    town.sent(&[first]).await;
    assert_eq!(town.claimed(&["terminal"]).await[0].id, second);
    town.sent(&[second]).await;
    assert_eq!(bodies(&town.claimed(&["terminal"]).await), ["hai"]);
}

pub(crate) async fn a_notice_under_way_is_not_sent_twice_for_an_answer_behind_it(town: &Town) {
    let aminah = town.person("aminah");
    let notice = aminah.is_notified("cawangan ditutup").await;
    assert_eq!(town.noticed("terminal").await.len(), 1);
    assert_eq!(aminah.is_answered(&["hai"]).await, []);
    assert_eq!(town.claimed(&["terminal"]).await, []);
    town.sent(&[notice]).await;
    assert_eq!(bodies(&town.claimed(&["terminal"]).await), ["hai"]);
}

pub(crate) async fn a_notice_keeps_its_place_behind_answers_and_before_them(town: &Town) {
    let aminah = town.person("aminah");
    let hai = aminah.is_answered(&["hai"]).await;
    aminah.is_notified("esok").await;
    assert_eq!((town.noticed("terminal").await, town.notices_due("terminal").await), (vec![], None));
    town.sent(&[hai[0].id]).await;
    let notice = town.noticed("terminal").await;
    assert_eq!(bodies(&notice), ["esok"]);
    town.sent(&[notice[0].id]).await;

    // In one turn, too.
    let (store, now) = (town.store().await, town.now());
    let Opened::New(mut turn) = store.turn(&aminah.contact, "both", now).await.unwrap() else { panic!() };
    let before = write(&mut *turn, &aminah.contact, "one").await;
    let notice = notify(&mut *turn, &aminah.contact, "two").await;
    let behind = write(&mut *turn, &aminah.contact, "three").await;
    let late = notify(&mut *turn, &aminah.contact, "four").await;
    let ready = turn.commit().await.unwrap();
    assert_eq!(ready.iter().map(|message| message.id).collect::<Vec<_>>(), [before]);
    let again = store.written_in(&aminah.contact, "both", now).await.unwrap();
    assert_eq!(bodies(&again), ["one", "two", "three"], "the last one is a mass notice still");
    store.outbox_sent(&[before, notice, behind], now).await.unwrap();
    assert_eq!(store.claim_outbox(&["terminal"], 10, now).await.unwrap(), []);
    assert_eq!(store.claim_notices("terminal", 10, now).await.unwrap()[0].id, late);
}
