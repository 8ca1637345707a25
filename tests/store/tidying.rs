//! What grows old.

use std::time::Duration;

use chrono::TimeDelta;
use temujanji::store::{Errand, ErrandEnd, NewOutgoing, Retention, Tidied};

use crate::kit::{Town, slot};

async fn tidy(town: &Town) -> Tidied {
    town.store().await.tidy(&Retention::default(), town.now()).await.unwrap()
}

pub(crate) async fn run_out_places_are_taken_back(town: &Town) {
    let hold = town.person("aminah").holds(&slot(20, 9)).await;
    let booking = town.person("mei").books(&slot(20, 9)).await;
    town.person("mei").cancels(&booking.reference).await;
    town.person("ravi").books(&slot(20, 10)).await;
    town.wait(town.rules.return_delay / 6 - TimeDelta::seconds(1));
    assert_eq!(tidy(town).await.places, 0);
    town.set(hold.until + town.rules.return_delay);
    assert_eq!(town.free(&slot(20, 9)).await, 2);
    assert_eq!(tidy(town).await.places, 2);
    assert_eq!(town.free(&slot(20, 9)).await, 2);
    assert_eq!(town.home.count("SELECT CAST(sum(taken) AS BIGINT) FROM slot").await, 1);
    assert_eq!(tidy(town).await, Tidied::default());
}

async fn lives(town: &Town) {
    let aminah = town.person("aminah").proved();
    let booking = aminah.books(&slot(20, 9)).await;
    aminah.moves(&booking, &slot(21, 9)).await;
    let mei = town.person("mei").books(&slot(20, 9)).await;
    town.person("mei").cancels(&mei.reference).await;
    town.person("siti").holds(&slot(22, 9)).await;
    let mut turn = aminah.turn().await;
    turn.save("state").await.unwrap();
    turn.put_code(&aminah.applicant.email, "123456", &town.rules).await.unwrap();
    let id = turn
        .queue(&NewOutgoing { to: &aminah.contact, kind: "slip", body: "slip", mass: false })
        .await
        .unwrap();
    let called_off = Errand::CalledOff { reference: mei.reference, reason: "paip pecah".to_owned() };
    assert!(turn.put_errand(&called_off).await.unwrap());
    turn.commit().await.unwrap();
    let store = town.store().await;
    store.outbox_sent(&[id], town.now()).await.unwrap();
    let due = store.due_errands(9, town.now()).await.unwrap().remove(0);
    store.errand_ended(due.id, ErrandEnd::Moot, town.now()).await.unwrap();
}

pub(crate) async fn old_data_is_stripped(town: &Town) {
    lives(town).await;
    town.wait(TimeDelta::days(400));
    let did = tidy(town).await;
    // Two of the three conversations never had a draft.
    assert_eq!((did.places, did.drafts, did.bookings, did.profiles), (3, 3, 2, 1));
    for (table, left) in [
        ("place", 3),
        ("place WHERE identity IS NOT NULL OR applicant IS NOT NULL OR email IS NOT NULL", 0),
        ("conversation WHERE state IS NOT NULL", 0),
        ("conversation WHERE address IS NOT NULL", 0),
        ("errand", 0),
        ("profile", 0),
        ("delivery", 0),
        ("code", 0),
        ("outbox", 0),
        ("claim", 0),
    ] {
        assert_eq!(town.home.count(&format!("SELECT count(*) FROM {table}")).await, left, "{table}");
    }
    assert_eq!(tidy(town).await, Tidied::default());
}

pub(crate) async fn young_data_stays(town: &Town) {
    lives(town).await;
    town.wait(TimeDelta::days(1));
    let did = tidy(town).await;
    assert_eq!(did, Tidied { places: 3, ..Tidied::default() });
    assert_eq!(town.person("aminah").bookings().await.len(), 1);
}

pub(crate) async fn a_draft_lives_as_long_after_the_last_turn(town: &Town) {
    let aminah = town.person("aminah");
    let mut turn = aminah.turn().await;
    turn.save("state").await.unwrap();
    turn.commit().await.unwrap();
    town.wait(TimeDelta::minutes(20));
    aminah.turn().await.commit().await.unwrap();
    town.wait(Retention::default().drafts - TimeDelta::minutes(1));
    assert_eq!(tidy(town).await.drafts, 0);
    town.wait(TimeDelta::minutes(2));
    assert_eq!(tidy(town).await.drafts, 1);
    // Whoever comes back can be told things again.
    let known = "SELECT count(*) FROM conversation WHERE address IS NOT NULL";
    assert_eq!(town.home.count(known).await, 0);
    let mut turn = aminah.turn().await;
    assert_eq!(turn.number(), 3);
    turn.save("anew").await.unwrap();
    turn.commit().await.unwrap();
    assert_eq!(town.home.count(known).await, 1);
    assert_eq!(aminah.turn().await.state(), Some("anew"));
}

pub(crate) async fn who_comes_back_while_it_is_tidied_keeps_the_draft(town: &Town) {
    let aminah = town.person("aminah");
    let mut turn = aminah.turn().await;
    turn.save("old").await.unwrap();
    turn.commit().await.unwrap();
    town.wait(Retention::default().drafts + TimeDelta::days(1));
    let (other, now) = (town.home.open().await, town.now());
    let mut turn = aminah.turn().await;
    turn.save("new").await.unwrap();
    let tidying = tokio::spawn(async move {
        other.tidy(&Retention::default(), now).await.unwrap();
        other.close().await;
    });
    // It has found the draft old, and waits for the turn.
    tokio::time::sleep(Duration::from_millis(300)).await;
    turn.commit().await.unwrap();
    tidying.await.unwrap();
    assert_eq!(aminah.turn().await.state(), Some("new"));
}
