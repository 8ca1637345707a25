//! Appointments: confirming, moving, calling off, listing.

use chrono::TimeDelta;
use temujanji::booking::{Booking, BookingState, NoPlace, SlotKey};
use temujanji::store::{Cancelled, Confirmed, Held};

use crate::kit::{Town, branch, day, service, slot};

pub(crate) async fn confirming_twice_makes_one_booking(town: &Town) {
    let aminah = town.person("aminah");
    let hold = aminah.holds(&slot(20, 9)).await;
    let booking = aminah.gets(hold.id).await;
    town.wait(TimeDelta::minutes(30));
    assert_eq!(aminah.gets(hold.id).await, booking);
    assert_eq!(aminah.bookings().await, std::slice::from_ref(&booking));
    assert_eq!(town.free(&slot(20, 9)).await, 1);
    assert_eq!(town.home.count("SELECT count(*) FROM place WHERE state = 'booked'").await, 1);
    assert_eq!(town.person("ravi").confirms(hold.id).await, Confirmed::NoSuchHold);
}

pub(crate) async fn queue_numbers_count_within_branch_and_day(town: &Town) {
    let other_branch = SlotKey { branch: branch("JHR-UTC"), ..slot(20, 9) };
    let other_service = SlotKey { service: service("VPP-PP"), ..slot(20, 9) };
    let asked = [slot(20, 11), slot(20, 9), other_service, slot(21, 9), other_branch, slot(20, 10)];
    let mut numbers = Vec::new();
    for (nth, slot) in asked.iter().enumerate() {
        numbers.push(town.person(&format!("person{nth}")).books(slot).await.queue);
    }
    assert_eq!(numbers, [1, 2, 3, 1, 1, 4]);
}

pub(crate) async fn moving_wins_the_new_place_and_frees_the_old(town: &Town) {
    town.opens(1, &[]).await;
    let aminah = town.person("aminah");
    let booking = aminah.books(&slot(20, 9)).await;
    let Held::Held { hold, .. } = aminah.asks(&slot(21, 9), Some(&booking.reference)).await else { panic!() };
    // Both places are hers while she reads the summary.
    assert_eq!((town.free(&slot(20, 9)).await, town.free(&slot(21, 9)).await), (0, 0));
    let moved = aminah.gets(hold.id).await;
    assert_eq!(moved.reference, booking.reference);
    assert_eq!((moved.sequence, moved.queue, &moved.slot), (1, 1, &slot(21, 9)));
    assert_eq!(aminah.gets(hold.id).await, moved);
    assert_eq!(aminah.bookings().await, std::slice::from_ref(&moved));
    assert_eq!(aminah.is_refused(&slot(22, 9)).await, NoPlace::LiveBooking);
    // The old place cannot be handed to a friend either.
    assert_eq!(town.free(&slot(20, 9)).await, 0);
    town.wait(town.rules.return_delay);
    assert_eq!(town.free(&slot(20, 9)).await, 1);
    let again = aminah.moves(&moved, &slot(20, 9)).await;
    assert_eq!((again.sequence, again.queue), (2, 2));
}

pub(crate) async fn moving_into_a_full_slot_keeps_the_booking(town: &Town) {
    town.opens(1, &[]).await;
    let aminah = town.person("aminah");
    let booking = aminah.books(&slot(20, 9)).await;
    town.person("ravi").books(&slot(21, 9)).await;
    let full = aminah.asks(&slot(21, 9), Some(&booking.reference)).await;
    assert!(matches!(full, Held::NoPlace(NoPlace::Full { .. })));
    // A hold that runs out leaves the booking as it was.
    let Held::Held { hold, .. } = aminah.asks(&slot(22, 9), Some(&booking.reference)).await else { panic!() };
    town.set(hold.until);
    town.person("mei").books(&slot(22, 9)).await;
    assert!(matches!(aminah.confirms(hold.id).await, Confirmed::NoPlace { why: NoPlace::Full { .. }, .. }));
    assert_eq!(aminah.bookings().await, [booking]);
    assert_eq!(aminah.is_refused(&slot(23, 9)).await, NoPlace::LiveBooking);
}

pub(crate) async fn moving_what_is_gone_is_refused(town: &Town) {
    let aminah = town.person("aminah");
    let booking = aminah.books(&slot(20, 9)).await;
    let Held::Held { hold, .. } = aminah.asks(&slot(21, 9), Some(&booking.reference)).await else { panic!() };
    aminah.cancels(&booking.reference).await;
    assert_eq!(aminah.confirms(hold.id).await, Confirmed::NoSuchBooking);
    assert_eq!(aminah.asks(&slot(21, 9), Some(&booking.reference)).await, Held::NoSuchBooking);
    assert_eq!(town.person("ravi").asks(&slot(21, 9), Some(&booking.reference)).await, Held::NoSuchBooking);
}

pub(crate) async fn moving_to_another_service_frees_the_first(town: &Town) {
    let aminah = town.person("aminah");
    let booking = aminah.books(&slot(20, 9)).await;
    let pass = SlotKey { service: service("VPP-PP"), ..slot(20, 9) };
    let moved = aminah.moves(&booking, &pass).await;
    assert_eq!((&moved.reference, moved.sequence), (&booking.reference, 1));
    assert_eq!(town.person("other").identity_of("aminah").is_refused(&pass).await, NoPlace::LiveBooking);
    aminah.books(&slot(21, 9)).await;
}

pub(crate) async fn cancelling_frees_the_person_at_once_and_the_place_later(town: &Town) {
    town.opens(1, &[]).await;
    let aminah = town.person("aminah");
    let booking = aminah.books(&slot(20, 9)).await;
    let Cancelled::Cancelled(cancelled) = aminah.cancels(&booking.reference).await else { panic!() };
    assert_eq!((cancelled.state, &cancelled.applicant), (BookingState::Cancelled, &booking.applicant));
    assert_eq!(aminah.bookings().await, []);
    assert_eq!(town.free(&slot(20, 9)).await, 0);
    town.person("friend").finds_full(&slot(20, 9)).await;
    aminah.books(&slot(21, 9)).await;
    town.wait(town.rules.return_delay / 6 - TimeDelta::seconds(1));
    assert_eq!(town.free(&slot(20, 9)).await, 0);
    town.wait(town.rules.return_delay);
    assert_eq!(town.free(&slot(20, 9)).await, 1);
    town.person("friend").books(&slot(20, 9)).await;
}

pub(crate) async fn cancelling_near_the_day_frees_the_place_at_once(town: &Town) {
    town.opens(1, &[]).await;
    let aminah = town.person("aminah");
    let booking = aminah.books(&slot(5, 9)).await;
    aminah.cancels(&booking.reference).await;
    town.person("friend").books(&slot(5, 9)).await;
}

pub(crate) async fn cancelling_twice_is_cancelling_once(town: &Town) {
    let aminah = town.person("aminah");
    let booking = aminah.books(&slot(5, 9)).await;
    let first = aminah.cancels(&booking.reference).await;
    assert_eq!(aminah.cancels(&booking.reference).await, first);
    assert_eq!(town.free(&slot(5, 9)).await, 2);
}

pub(crate) async fn what_has_begun_cannot_be_changed(town: &Town) {
    let aminah = town.person("aminah");
    let booking = aminah.books(&slot(20, 9)).await;
    town.set(slot(20, 9).starts_at());
    assert_eq!(aminah.cancels(&booking.reference).await, Cancelled::TooLate);
    assert_eq!(aminah.asks(&slot(21, 9), Some(&booking.reference)).await, Held::NoSuchBooking);
    assert_eq!(aminah.bookings().await, [booking]);
}

pub(crate) async fn a_stranger_can_do_nothing(town: &Town) {
    let booking = town.person("aminah").books(&slot(20, 9)).await;
    let stranger = town.person("stranger").proved();
    assert_eq!(stranger.cancels(&booking.reference).await, Cancelled::NotFound);
    assert_eq!(stranger.bookings().await, []);
    // Giving her address without proving it opens nothing.
    let pretender = town.person("aminah").on("telegram", "4711");
    assert_eq!(pretender.cancels(&booking.reference).await, Cancelled::NotFound);
    assert_eq!(pretender.bookings().await, []);
    assert_eq!(town.person("aminah").bookings().await, [booking]);
}

pub(crate) async fn the_proved_address_opens_bookings_of_other_channels(town: &Town) {
    let booking = town.person("aminah").proved().books(&slot(20, 9)).await;
    let elsewhere = town.person("aminah").on("telegram", "4711").proved();
    assert_eq!(elsewhere.bookings().await, std::slice::from_ref(&booking));
    let moved = elsewhere.moves(&booking, &slot(21, 9)).await;
    assert_eq!(moved.reference, booking.reference);
    assert!(matches!(elsewhere.cancels(&booking.reference).await, Cancelled::Cancelled(_)));
}

pub(crate) async fn the_appointment_over_the_identity_is_free(town: &Town) {
    let aminah = town.person("aminah");
    aminah.books(&slot(20, 9)).await;
    let over = slot(20, 9).starts_at() + TimeDelta::minutes(60);
    town.set(over - TimeDelta::seconds(1));
    assert_eq!(aminah.is_refused(&slot(22, 9)).await, NoPlace::LiveBooking);
    town.set(over);
    assert_eq!(aminah.bookings().await, []);
    aminah.books(&slot(22, 9)).await;
}

pub(crate) async fn only_proved_addresses_are_remembered(town: &Town) {
    let aminah = town.person("aminah");
    let recalled = async |person: &crate::kit::Person<'_>| {
        let mut turn = person.turn().await;
        let profile = turn.profile(&person.applicant.email).await.unwrap();
        turn.commit().await.unwrap();
        profile
    };
    aminah.books(&slot(20, 9)).await;
    assert_eq!(recalled(&aminah).await, None);
    let proved = town.person("aminah").identity_of("mei").proved();
    proved.books(&slot(20, 9)).await;
    assert_eq!(recalled(&proved).await, Some(proved.applicant.clone()));
    let newer = town.person("aminah").identity_of("nor").proved();
    newer.books(&slot(20, 10)).await;
    assert_eq!(recalled(&newer).await, Some(newer.applicant.clone()));
    assert_eq!(recalled(&town.person("ravi")).await, None);
}

pub(crate) async fn the_day_list_goes_by_time_and_queue(town: &Town) {
    let at_eleven = town.person("aminah").books(&slot(20, 11)).await;
    let at_nine = town.person("mei").books(&slot(20, 9)).await;
    let second_at_nine = town.person("ravi").books(&slot(20, 9)).await;
    let cancelled = town.person("siti").books(&slot(20, 10)).await;
    town.person("siti").cancels(&cancelled.reference).await;
    town.person("held").holds(&slot(20, 10)).await;
    town.person("far").books(&slot(21, 9)).await;
    town.person("away").books(&SlotKey { branch: branch("JHR-UTC"), ..slot(20, 9) }).await;
    let store = town.store().await;
    let whole = store.appointments(&branch("JHR-HQ"), day(20)).await.unwrap();
    let list = store.day_list(&branch("JHR-HQ"), day(20)).await.unwrap();
    let seen: Vec<_> =
        list.iter().map(|entry| (&entry.reference, entry.queue, &entry.name, entry.state)).collect();
    let named =
        |booking: &'_ Booking| (booking.reference.clone(), booking.queue, booking.applicant.name.clone());
    let (stands, gone) = (BookingState::Booked, BookingState::Cancelled);
    let expected = [(&at_nine, stands), (&second_at_nine, stands), (&cancelled, gone), (&at_eleven, stands)]
        .map(|(booking, state)| (named(booking), state));
    assert_eq!(seen.len(), expected.len());
    for (seen, ((reference, queue, name), state)) in seen.iter().zip(&expected) {
        assert_eq!(*seen, (reference, *queue, name, *state));
    }
    assert_eq!(whole, [at_nine, second_at_nine, at_eleven]);
}

pub(crate) async fn a_forgotten_hold_is_no_hold(town: &Town) {
    let aminah = town.person("aminah");
    let hold = aminah.holds(&slot(20, 9)).await;
    town.wait(TimeDelta::days(3));
    town.store().await.tidy(&Default::default(), town.now()).await.unwrap();
    assert_eq!(aminah.confirms(hold.id).await, Confirmed::NoSuchHold);
}
