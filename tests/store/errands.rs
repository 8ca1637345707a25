//! Errands: what a person is told that did not begin with a message of theirs.

use chrono::{TimeDelta, Utc};
use temujanji::store::{Contact, Errand, ErrandEnd, NewOutgoing, Opened, OutgoingId, Retention, StoreError};

use crate::kit::{Town, slot};

fn called_off(reference: &temujanji::booking::Reference) -> Errand {
    Errand::CalledOff { reference: reference.clone(), reason: "paip pecah".to_owned() }
}

pub(crate) async fn an_errand_knows_where_its_person_writes(town: &Town) {
    let aminah = town.person("aminah").on("telegram", "4711");
    let booking = aminah.books(&slot(20, 9)).await;
    let staff = town.person("staff");
    let mut turn = staff.turn().await;
    assert!(turn.put_errand(&called_off(&booking.reference)).await.unwrap());
    assert_eq!(
        town.same_store().errand_due().await.unwrap(),
        None,
        "nothing is due before the turn is committed"
    );
    turn.commit().await.unwrap();

    let store = town.store().await;
    assert_eq!(store.errand_due().await.unwrap(), Some(town.now()));
    let due = store.due_errands(9, town.now()).await.unwrap();
    assert_eq!(due.len(), 1);
    assert_eq!(due[0].errand, Some(called_off(&booking.reference)));
    assert_eq!(due[0].contact, Some(Contact { channel: "telegram".into(), address: "4711".into() }));
    assert_eq!(due[0].booking.as_ref().unwrap().reference, booking.reference);
    assert!(store.due_errands(9, town.now() - TimeDelta::seconds(1)).await.unwrap().is_empty());
}

pub(crate) async fn an_errand_about_nothing_is_not_written(town: &Town) {
    let booking = town.person("aminah").books(&slot(20, 9)).await;
    let mut chance = town.chance();
    let other = temujanji::booking::Reference::generate(&mut chance);
    assert_ne!(other, booking.reference);
    let mut turn = town.person("staff").turn().await;
    assert!(!turn.put_errand(&called_off(&other)).await.unwrap());
    turn.commit().await.unwrap();
    assert_eq!(town.store().await.errand_due().await.unwrap(), None);
}

pub(crate) async fn errands_of_a_conversation_come_one_after_the_other(town: &Town) {
    let (aminah, ravi) = (town.person("aminah").on("telegram", "1"), town.person("ravi").on("telegram", "2"));
    let first = aminah.books(&slot(20, 9)).await;
    let second = aminah.clone().identity_of("son").books(&slot(20, 10)).await;
    let other = ravi.books(&slot(20, 11)).await;
    let mut turn = town.person("staff").turn().await;
    for booking in [&first, &second, &other] {
        turn.put_errand(&called_off(&booking.reference)).await.unwrap();
    }
    turn.commit().await.unwrap();

    let store = town.store().await;
    let references = |due: &[temujanji::store::DueErrand]| -> Vec<_> {
        due.iter().map(|due| due.booking.as_ref().unwrap().reference.clone()).collect()
    };
    let due = store.due_errands(9, town.now()).await.unwrap();
    assert_eq!(references(&due), [first.reference, other.reference]);
    store.errand_later(due[0].id, town.now() + TimeDelta::minutes(1), "no luck").await.unwrap();
    let waiting = store.due_errands(9, town.now()).await.unwrap();
    assert_eq!(waiting.len(), 1, "the second waits behind the first");
    store.errand_ended(due[0].id, ErrandEnd::NotReached("no luck"), town.now()).await.unwrap();
    let due = store.due_errands(9, town.now()).await.unwrap();
    assert!(references(&due).contains(&second.reference));
}

pub(crate) async fn an_errand_is_done_once(town: &Town) {
    let aminah = town.person("aminah").on("telegram", "4711");
    let booking = aminah.books(&slot(20, 9)).await;
    let mut turn = town.person("staff").turn().await;
    turn.put_errand(&called_off(&booking.reference)).await.unwrap();
    turn.commit().await.unwrap();
    let store = town.store().await;
    let due = store.due_errands(9, town.now()).await.unwrap().remove(0);
    let key = format!("errand:{}", due.id.0);

    // Killed in the middle: nothing is left of it.
    let Opened::New(mut turn) = store.turn_in(due.conversation, &key, town.now()).await.unwrap() else {
        panic!("it is new")
    };
    tells(&mut *turn, &aminah.contact, due.id).await;
    drop(turn);
    assert_eq!(store.due_errands(9, town.now()).await.unwrap().len(), 1);

    let Opened::New(mut turn) = store.turn(&aminah.contact, &key, town.now()).await.unwrap() else {
        panic!("it is still new")
    };
    assert_eq!(turn.conversation(), due.conversation);
    let told = tells(&mut *turn, &aminah.contact, due.id).await;
    assert_eq!(told.conversation, due.conversation);
    turn.commit().await.unwrap();
    assert_eq!(store.errand_due().await.unwrap(), None);
    let again = store.turn_in(due.conversation, &key, town.now()).await.unwrap();
    assert!(matches!(again, Opened::Repeat));
    let again = store.errand_ended(due.id, ErrandEnd::Moot, town.now()).await;
    assert!(matches!(again, Err(StoreError::Repeat)));
}

async fn tells(
    turn: &mut dyn temujanji::store::Turn,
    to: &Contact,
    errand: temujanji::store::ErrandId,
) -> OutgoingId {
    let told = turn.queue(&NewOutgoing { to, kind: "talk", body: "{}", mass: false }).await.unwrap();
    turn.end_errand(errand, ErrandEnd::Told(told)).await.unwrap();
    told
}

pub(crate) async fn news_of_an_errand_wakes_others(town: &Town) {
    let booking = town.person("aminah").books(&slot(20, 9)).await;
    let store = town.store().await;
    let mut news = store.outbox_news();
    news.mark_unchanged();
    let contact = Contact { channel: "terminal".into(), address: "staff".into() };
    let Opened::New(mut turn) = store.turn(&contact, "an errand", town.now()).await.unwrap() else {
        panic!("it is new")
    };
    turn.put_errand(&called_off(&booking.reference)).await.unwrap();
    turn.commit().await.unwrap();
    let woken = tokio::time::timeout(std::time::Duration::from_secs(20), news.changed()).await;
    woken.unwrap().unwrap();
}

pub(crate) async fn an_address_is_kept_as_long_as_an_appointment(town: &Town) {
    let aminah = town.person("aminah").on("telegram", "1");
    let booking = aminah.books(&slot(20, 9)).await;
    // Who only asked is forgotten after a while.
    town.person("ravi").on("telegram", "2").bookings().await;
    town.set("2027-01-19T00:00:00Z".parse::<chrono::DateTime<Utc>>().unwrap());
    let tidied = town.store().await.tidy(&Retention::default(), town.now()).await.unwrap();
    assert!(tidied.traces > 0);
    let mut turn = town.person("staff").turn().await;
    turn.put_errand(&called_off(&booking.reference)).await.unwrap();
    turn.commit().await.unwrap();
    let due = town.store().await.due_errands(9, town.now()).await.unwrap();
    assert_eq!(due[0].contact, Some(aminah.contact.clone()));
}
