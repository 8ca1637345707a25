//! Turns, deliveries and the catalogue.

use temujanji::store::{Contact, NewOutgoing, OfficeVersion, Opened, StoreError};

use crate::kit::{Town, slot, town_office};

pub(crate) async fn state_is_kept_from_turn_to_turn(town: &Town) {
    let aminah = town.person("aminah");
    let mut first = aminah.turn().await;
    assert_eq!((first.state(), first.number()), (None, 1));
    let conversation = first.conversation();
    first.save("{\"greeted\":true}").await.unwrap();
    first.commit().await.unwrap();
    let mut second = aminah.turn().await;
    assert_eq!((second.state(), second.number()), (Some("{\"greeted\":true}"), 2));
    assert_eq!(second.conversation(), conversation);
    second.save("").await.unwrap();
    second.commit().await.unwrap();
    let third = aminah.turn().await;
    assert_eq!((third.state(), third.number()), (Some(""), 3));
    third.commit().await.unwrap();
    town.home.run("UPDATE conversation SET state = contact").await;
    assert_eq!(aminah.turn().await.state(), Some(""));
}

pub(crate) async fn a_repeated_delivery_does_nothing(town: &Town) {
    let aminah = town.person("aminah");
    let open = async |key: &str| {
        let store = town.store().await;
        store.turn(&aminah.contact, key, town.now()).await.unwrap()
    };
    let Opened::New(mut turn) = open("update 1").await else { panic!() };
    turn.save("one").await.unwrap();
    turn.commit().await.unwrap();
    assert!(matches!(open("update 1").await, Opened::Repeat));
    let Opened::New(turn) = open("update 2").await else { panic!() };
    assert_eq!((turn.state(), turn.number()), (Some("one"), 2));
    drop(turn);
    // What was undone was not delivered.
    let Opened::New(turn) = open("update 2").await else { panic!() };
    turn.commit().await.unwrap();
    // Another conversation's keys are its own.
    let store = town.store().await;
    let ravi = store.turn(&town.person("ravi").contact, "update 1", town.now()).await.unwrap();
    assert!(matches!(ravi, Opened::New(_)));
}

pub(crate) async fn a_dropped_turn_leaves_nothing(town: &Town) {
    let aminah = town.person("aminah");
    let mut turn = aminah.turn().await;
    turn.save("half").await.unwrap();
    aminah.asks_in(&mut *turn, &slot(20, 9), None).await;
    turn.queue(&NewOutgoing { to: &aminah.contact, kind: "reply", body: "dipegang", mass: false })
        .await
        .unwrap();
    drop(turn);
    let turn = aminah.turn().await;
    assert_eq!((turn.state(), turn.number()), (None, 1));
    drop(turn);
    assert_eq!(town.free(&slot(20, 9)).await, 2);
    assert_eq!(town.home.count("SELECT count(*) FROM outbox").await, 0);
}

pub(crate) async fn conversations_are_told_apart(town: &Town) {
    let contact = |channel: &str, address: &str| Contact { channel: channel.into(), address: address.into() };
    let mut seen = Vec::new();
    for contact in [contact("telegram", "12"), contact("telegram", "1"), contact("email", "12")] {
        let person = town.person("aminah").on(&contact.channel, &contact.address);
        let turn = person.turn().await;
        seen.push(turn.conversation());
        turn.commit().await.unwrap();
        assert_eq!(seen.len() as i64, town.home.count("SELECT count(*) FROM conversation").await);
    }
}

pub(crate) async fn without_a_catalogue_there_is_no_turn(town: &Town) {
    town.home.run("DELETE FROM office").await;
    let store = town.store().await;
    assert_eq!(store.office().await.unwrap(), None);
    let refused = store.turn(&town.person("aminah").contact, "1", town.now()).await;
    assert!(matches!(refused, Err(StoreError::NoOffice)));
    town.opens(2, &[]).await;
    town.person("aminah").books(&slot(20, 9)).await;
}

pub(crate) async fn the_same_catalogue_is_no_new_version(town: &Town) {
    town.opens(2, &[]).await;
    let (version, office) = town.store().await.office().await.unwrap().unwrap();
    assert_eq!((version, &*office), (OfficeVersion(1), &town_office(2, &[])));
    town.opens(3, &[]).await;
    let (version, office) = town.store().await.office().await.unwrap().unwrap();
    assert_eq!((version, &*office), (OfficeVersion(2), &town_office(3, &[])));
    let turn = town.person("aminah").turn().await;
    assert_eq!(**turn.office(), town_office(3, &[]));
}
