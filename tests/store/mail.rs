//! What the mailbox needs to be remembered, and drafts that go on elsewhere.

use chrono::TimeDelta;
use temujanji::store::{Contact, MailToken, MailUid, NewOutgoing, Retention};

use crate::kit::{Person, Town, slot};

const TOKEN: &str = "tjabcdefghijklmnopqrstuvwxyz";

impl Person<'_> {
    async fn keeps(&self, state: &str) {
        let mut turn = self.turn().await;
        turn.save(state).await.unwrap();
        turn.commit().await.unwrap();
    }

    async fn finds(&self, code: &str) -> Option<String> {
        let mut turn = self.turn().await;
        turn.find_handover(code).await.unwrap()
    }
}

pub(crate) async fn a_token_proves_its_address_until_it_runs_out(town: &Town) {
    let about = MailToken { address: "aminah@example.com".into(), question: Some(7) };
    let asks_nothing = MailToken { question: None, ..about.clone() };
    let until = town.now() + TimeDelta::days(30);
    let mut turn = town.person("aminah").turn().await;
    turn.put_mail_token(TOKEN, &about, until).await.unwrap();
    turn.put_mail_token("tjyyy", &asks_nothing, until).await.unwrap();
    turn.commit().await.unwrap();
    let mut dropped = town.person("aminah").turn().await;
    dropped.put_mail_token("tjzzz", &about, until).await.unwrap();
    drop(dropped);
    let store = town.store().await;
    assert_eq!(store.mail_token(TOKEN, until - TimeDelta::seconds(1)).await.unwrap(), Some(about));
    assert_eq!(store.mail_token("tjyyy", town.now()).await.unwrap(), Some(asks_nothing));
    assert_eq!(store.mail_token(TOKEN, until).await.unwrap(), None);
    assert_eq!(store.mail_token("tjabcdefghijklmnopqrstuvwxyy", town.now()).await.unwrap(), None);
    assert_eq!(store.mail_token("tjzzz", town.now()).await.unwrap(), None, "its turn was undone");
    assert_eq!(town.home.count("SELECT count(*) FROM mail_token").await, 2);
    store.tidy(&Retention::default(), until + TimeDelta::seconds(1)).await.unwrap();
    assert_eq!(town.home.count("SELECT count(*) FROM mail_token").await, 0);
}

pub(crate) async fn tries_at_a_mail_are_counted_and_its_end_is_remembered(town: &Town) {
    let mail = MailUid { mailbox: "x:993/INBOX", validity: u32::MAX, uid: 1 };
    let first = town.now();
    for tries in 1..=3 {
        let seen = town.store().await.mail_seen(&mail, town.now()).await.unwrap();
        assert_eq!((seen.tries, seen.since, seen.settled), (tries, first, None));
        town.wait(TimeDelta::seconds(1));
    }
    town.store().await.mail_settled(&mail, true, town.now()).await.unwrap();
    assert_eq!(town.store().await.mail_seen(&mail, town.now()).await.unwrap().settled, Some(true));
    // Another folder life, another mail.
    let other = MailUid { validity: 1, ..mail };
    assert_eq!(town.store().await.mail_seen(&other, town.now()).await.unwrap().tries, 1);
    let next = MailUid { uid: 2, ..mail };
    town.store().await.mail_seen(&next, town.now()).await.unwrap();
    town.wait(TimeDelta::days(60));
    town.store().await.tidy(&Retention::default(), town.now()).await.unwrap();
    assert_eq!(town.home.count("SELECT count(*) FROM mail_seen").await, 2, "the newest of each stays");
}

pub(crate) async fn what_came_back_is_marked_once(town: &Town) {
    let aminah = town.person("aminah");
    let to = Contact { channel: "email".into(), address: "aminah@example.com".into() };
    let mut turn = aminah.turn().await;
    let id = turn.queue(&NewOutgoing { to: &to, kind: "post", body: "x", mass: false }).await.unwrap();
    assert_eq!(turn.written_since("post", town.now() - TimeDelta::days(1)).await.unwrap(), 1);
    assert_eq!(turn.written_since("form", town.now() - TimeDelta::days(1)).await.unwrap(), 0);
    assert_eq!(turn.written_since("post", town.now()).await.unwrap(), 0);
    turn.commit().await.unwrap();
    let store = town.store().await;
    assert!(!store.outbox_came_back(id, "5.1.1").await.unwrap(), "it has not left yet");
    store.outbox_sent(&[id], town.now()).await.unwrap();
    assert!(store.outbox_came_back(id, "5.1.1").await.unwrap());
    assert!(!store.outbox_came_back(id, "5.1.1").await.unwrap());
    assert_eq!(store.health(false).await.unwrap().given_up, 1);
}

pub(crate) async fn a_draft_goes_over_with_its_place_and_the_code_is_spent(town: &Town) {
    let aminah = town.person("aminah");
    let elsewhere = town.person("aminah").on("email", "aminah@example.com");
    aminah.keeps("the draft").await;
    elsewhere.keeps("nothing yet").await;
    let hold = aminah.holds(&slot(20, 9)).await;
    let until = town.now() + TimeDelta::minutes(5);
    let mut turn = aminah.turn().await;
    turn.put_handover("AAAAAAAAAA", until).await.unwrap();
    turn.put_handover("BBBBBBBBBB", until).await.unwrap();
    turn.commit().await.unwrap();
    assert_eq!(elsewhere.finds("AAAAAAAAAA").await, None, "a new code voids the old");
    assert_eq!(aminah.finds("BBBBBBBBBB").await, None, "not from itself");
    assert_eq!(elsewhere.finds("BBBBBBBBBB").await.as_deref(), Some("the draft"));
    let mut turn = elsewhere.turn().await;
    turn.take_over("BBBBBBBBBB", "given away").await.unwrap();
    turn.commit().await.unwrap();
    assert_eq!(aminah.turn().await.state(), Some("given away"));
    assert_eq!(elsewhere.finds("BBBBBBBBBB").await, None, "spent");
    // The place is theirs over there, and no longer here.
    elsewhere.gets(hold.id).await;
    assert_eq!(elsewhere.bookings().await.len(), 1);
    let mut turn = aminah.turn().await;
    turn.put_handover("CCCCCCCCCC", until).await.unwrap();
    turn.commit().await.unwrap();
    town.set(until);
    assert_eq!(elsewhere.finds("CCCCCCCCCC").await, None, "run out");
}
