//! What channels need beside the conversation.

use chrono::TimeDelta;
use temujanji::booking::{Reference, SlipStanding};
use temujanji::store::{NewOutgoing, Opened, Store};

use crate::kit::{Person, Town, slot};

pub(crate) async fn what_a_channel_remembers_is_kept(town: &Town) {
    let turn = town.person("aminah").turn().await;
    let (aminah, now) = (turn.conversation(), town.now());
    turn.commit().await.unwrap();
    assert_eq!(town.store().await.memory(aminah).await.unwrap(), None);
    town.store().await.remember(aminah, "message 7", now).await.unwrap();
    town.store().await.remember(aminah, "message 8", now).await.unwrap();
    assert_eq!(town.store().await.memory(aminah).await.unwrap().as_deref(), Some("message 8"));
    let turn = town.person("ravi").turn().await;
    let ravi = turn.conversation();
    turn.commit().await.unwrap();
    assert_eq!(town.store().await.memory(ravi).await.unwrap(), None);
}

/// A turn at this store writes an answer, which the store's process has taken then. The answer names its delivery, too.
async fn is_answered(town: &Town, store: &dyn Store, person: &Person<'_>, body: &str) {
    let Opened::New(mut turn) = store.turn(&person.contact, body, town.now()).await.unwrap() else {
        panic!("a delivery of its own is new");
    };
    turn.queue(&NewOutgoing { to: &person.contact, kind: "talk", body, mass: false }).await.unwrap();
    assert_eq!(turn.commit().await.unwrap().len(), 1);
}

async fn claimed(town: &Town, store: &dyn Store) -> Vec<String> {
    let claimed = store.claim_outbox(&["terminal"], 10, town.now()).await.unwrap();
    claimed.into_iter().map(|message| message.body).collect()
}

pub(crate) async fn what_a_dead_process_had_taken_is_freed(town: &Town) {
    let lives = TimeDelta::seconds(15);
    let (first, second) = (town.home.open().await, town.home.open().await);
    first.alive(town.now() + lives, town.now()).await.unwrap();
    second.alive(town.now() + lives, town.now()).await.unwrap();
    is_answered(town, &*first, &town.person("aminah"), "one").await;
    second.alive(town.now() + lives, town.now()).await.unwrap();
    assert_eq!(claimed(town, &*second).await, Vec::<String>::new(), "its process lives");
    let aminah = &town.person("aminah").contact;
    assert_eq!(second.written_in(aminah, "one", town.now()).await.unwrap(), [], "its process sends it");
    town.wait(lives);
    second.alive(town.now() + lives, town.now()).await.unwrap();
    assert_eq!(claimed(town, &*second).await, ["one"]);

    first.alive(town.now() + lives, town.now()).await.unwrap();
    is_answered(town, &*first, &town.person("ravi"), "two").await;
    first.gone().await.unwrap();
    second.alive(town.now() + lives, town.now()).await.unwrap();
    assert_eq!(claimed(town, &*second).await, ["two"], "it said that it ends");
    first.close().await;
    second.close().await;
}

pub(crate) async fn who_was_taken_for_dead_leaves_alone_what_another_sends(town: &Town) {
    let lives = TimeDelta::seconds(15);
    let (first, second) = (town.home.open().await, town.home.open().await);
    first.alive(town.now() + lives, town.now()).await.unwrap();
    is_answered(town, &*first, &town.person("aminah"), "answer").await;
    town.wait(lives);
    second.alive(town.now() + lives, town.now()).await.unwrap();
    let taken = second.claim_outbox(&["terminal"], 10, town.now()).await.unwrap();
    let [answer] = taken.as_slice() else { panic!("{taken:?}") };

    first.outbox_retry(answer.id, town.now(), "no answer").await.unwrap();
    first.outbox_gave_up(answer.id, "no such chat", town.now()).await.unwrap();
    assert_eq!(claimed(town, &*first).await, Vec::<String>::new(), "the other is sending it");
    assert_eq!(first.health(false).await.unwrap().given_up, 0);

    second.outbox_retry(answer.id, town.now(), "no answer").await.unwrap();
    assert_eq!(claimed(town, &*first).await, ["answer"], "who has it may put it back");
    // That it has left is true whoever says so.
    second.outbox_sent(&[answer.id], town.now()).await.unwrap();
    assert_eq!(first.health(false).await.unwrap().waiting, 0);
    first.close().await;
    second.close().await;
}

impl Person<'_> {
    async fn is_told(&self, reference: &Reference, sequence: u32) -> SlipStanding {
        let mut turn = self.turn().await;
        turn.slip_standing(reference, sequence).await.unwrap()
    }
}

pub(crate) async fn a_slip_is_worth_what_its_appointment_is(town: &Town) {
    let (aminah, stranger) = (town.person("aminah"), town.person("stranger"));
    let booking = aminah.books(&slot(20, 9)).await;
    let reference = &booking.reference;
    assert_eq!(stranger.is_told(reference, 0).await, SlipStanding::Genuine);
    assert_eq!(stranger.is_told(reference, 1).await, SlipStanding::Unknown);
    aminah.moves(&booking, &slot(21, 10)).await;
    assert_eq!(stranger.is_told(reference, 0).await, SlipStanding::Replaced);
    assert_eq!(stranger.is_told(reference, 1).await, SlipStanding::Genuine);
    aminah.cancels(reference).await;
    assert_eq!(stranger.is_told(reference, 1).await, SlipStanding::Cancelled);
    let other = town.person("ravi").books(&slot(20, 9)).await;
    town.set(slot(21, 9).starts_at());
    assert_eq!(stranger.is_told(&other.reference, 0).await, SlipStanding::Over);
}
