//! Holding places.

use chrono::TimeDelta;
use temujanji::booking::{NoPlace, Rules, SlotKey};
use temujanji::store::{Confirmed, Held};

use crate::kit::{Town, branch, day, hour, service, slot};

const SECOND: TimeDelta = TimeDelta::seconds(1);

pub(crate) async fn last_place_goes_to_the_first_asker(town: &Town) {
    town.opens(1, &[]).await;
    let (aminah, ravi) = (town.person("aminah"), town.person("ravi"));
    let hold = aminah.holds(&slot(20, 9)).await;
    assert_eq!(town.free(&slot(20, 9)).await, 0);
    let nearest = ravi.finds_full(&slot(20, 9)).await;
    assert!(!nearest.is_empty() && !nearest.contains(&slot(20, 9)));
    let booking = aminah.gets(hold.id).await;
    assert_eq!((booking.slot, booking.sequence, booking.queue), (slot(20, 9), 0, 1));
    ravi.finds_full(&slot(20, 9)).await;
}

pub(crate) async fn full_comes_with_the_nearest_free_slots(town: &Town) {
    town.opens(1, &[day(22)]).await;
    town.person("aminah").holds(&slot(21, 10)).await;
    town.person("mei").holds(&slot(20, 10)).await;
    let nearest = town.person("ravi").finds_full(&slot(21, 10)).await;
    let elsewhere = SlotKey { branch: branch("JHR-UTC"), ..slot(21, 10) };
    let same_time = [slot(23, 10), slot(19, 10), slot(24, 10)];
    assert_eq!(nearest, [[slot(21, 9), slot(21, 11)].as_slice(), &same_time, &[elsewhere]].concat());
}

pub(crate) async fn a_hold_stands_until_its_end_and_not_at_it(town: &Town) {
    town.opens(1, &[]).await;
    let (aminah, ravi) = (town.person("aminah"), town.person("ravi"));
    let hold = aminah.holds(&slot(20, 9)).await;
    assert_eq!(hold.until, town.now() + town.rules.hold);
    town.set(hold.until - SECOND);
    assert_eq!(town.free(&slot(20, 9)).await, 0);
    ravi.finds_full(&slot(20, 9)).await;
    town.set(hold.until);
    assert_eq!(town.free(&slot(20, 9)).await, 1);
    ravi.holds(&slot(20, 9)).await;
    town.set(hold.until + SECOND);
    match aminah.confirms(hold.id).await {
        Confirmed::NoPlace { slot: asked, why: NoPlace::Full { nearest } } => {
            assert_eq!(asked, slot(20, 9));
            assert_eq!(nearest.first(), Some(&slot(20, 10)));
        }
        other => panic!("{other:?}"),
    }
}

pub(crate) async fn an_expired_hold_is_won_again_or_lost(town: &Town) {
    town.opens(1, &[]).await;
    for (nth, late) in [-SECOND, TimeDelta::zero(), SECOND, TimeDelta::days(1)].into_iter().enumerate() {
        let person = town.person(&format!("person{nth}"));
        let slot = slot(20 + nth as u32, 9);
        let hold = person.holds(&slot).await;
        town.set(hold.until + late);
        let booking = person.gets(hold.id).await;
        assert_eq!(booking, person.gets(hold.id).await, "confirmed {late} after the end");
        assert_eq!(town.free(&slot).await, 0);
    }
    let (aminah, ravi) = (town.person("aminah"), town.person("ravi"));
    let hold = aminah.holds(&slot(25, 9)).await;
    town.set(hold.until);
    ravi.books(&slot(25, 9)).await;
    assert!(matches!(aminah.confirms(hold.id).await, Confirmed::NoPlace { why: NoPlace::Full { .. }, .. }));
    assert_eq!(aminah.bookings().await, []);
}

pub(crate) async fn what_is_shown_is_what_is_granted(town: &Town) {
    town.opens(3, &[]).await;
    let wanted = slot(20, 9);
    for round in 0..12_u32 {
        let shown = town.free(&wanted).await;
        let person = town.person(&format!("person{round}"));
        let granted = matches!(person.asks(&wanted, None).await, Held::Held { .. });
        assert_eq!(granted, shown > 0, "round {round}");
        town.wait(TimeDelta::minutes(3));
    }
}

pub(crate) async fn a_held_place_is_given_back(town: &Town) {
    town.opens(1, &[]).await;
    let (aminah, ravi) = (town.person("aminah"), town.person("ravi"));
    let hold = aminah.holds(&slot(20, 9)).await;
    ravi.releases(hold.id).await;
    ravi.finds_full(&slot(20, 9)).await;
    aminah.releases(hold.id).await;
    aminah.releases(hold.id).await;
    assert_eq!(town.free(&slot(20, 9)).await, 1);
    assert_eq!(aminah.confirms(hold.id).await, Confirmed::NoSuchHold);
    let hold = ravi.holds(&slot(20, 9)).await;
    town.set(hold.until + SECOND);
    aminah.holds(&slot(20, 9)).await;
    ravi.releases(hold.id).await;
    assert_eq!(town.free(&slot(20, 9)).await, 0);
}

pub(crate) async fn asking_again_changes_nothing(town: &Town) {
    town.opens(1, &[]).await;
    let aminah = town.person("aminah");
    let hold = aminah.holds(&slot(20, 9)).await;
    town.wait(TimeDelta::minutes(5));
    assert_eq!(aminah.asks(&slot(20, 9), None).await, Held::Held { hold: hold.clone(), again: true });
    town.set(hold.until);
    let Held::Held { hold: new, again: false } = aminah.asks(&slot(20, 9), None).await else { panic!() };
    assert!(new.id != hold.id && new.until > hold.until);
    assert_eq!(town.free(&slot(20, 9)).await, 0);
}

pub(crate) async fn another_place_is_won_before_the_first_is_given_back(town: &Town) {
    town.opens(1, &[]).await;
    let (aminah, ravi) = (town.person("aminah"), town.person("ravi"));
    let first = aminah.holds(&slot(20, 9)).await;
    ravi.holds(&slot(20, 10)).await;
    aminah.finds_full(&slot(20, 10)).await;
    assert_eq!(aminah.asks(&slot(20, 9), None).await, Held::Held { hold: first.clone(), again: true });
    let second = aminah.holds(&slot(20, 11)).await;
    assert_eq!(town.free(&slot(20, 9)).await, 1);
    assert_eq!(aminah.confirms(first.id).await, Confirmed::NoSuchHold);
    aminah.gets(second.id).await;
    // Another service is another claim; the hold is one all the same.
    let other = SlotKey { service: service("VPP-PP"), ..slot(20, 9) };
    let pass = aminah.holds(&other).await;
    aminah.releases(pass.id).await;
    town.person("second").identity_of("aminah").holds(&other).await;
}

pub(crate) async fn a_corrected_identity_keeps_the_place(town: &Town) {
    town.opens(1, &[]).await;
    let aminah = town.person("aminah");
    let hold = aminah.holds(&slot(20, 9)).await;
    let corrected = town.person("aminah").identity_of("nor");
    let again = corrected.holds(&slot(20, 9)).await;
    assert_eq!(town.free(&slot(20, 9)).await, 0);
    assert_eq!(aminah.confirms(hold.id).await, Confirmed::NoSuchHold);
    town.person("other").identity_of("aminah").holds(&slot(20, 10)).await;
    // Corrected once more, in the very confirmation.
    let last = town.person("aminah").identity_of("siti");
    assert_eq!(last.gets(again.id).await.applicant, last.applicant);
    assert_eq!(town.free(&slot(20, 9)).await, 0);
    town.person("another").identity_of("nor").holds(&slot(20, 11)).await;
}

pub(crate) async fn changing_back_and_forth_does_not_prolong_a_hold(town: &Town) {
    town.opens(1, &[]).await;
    let first = town.person("aminah").holds(&slot(20, 9)).await;
    town.wait(TimeDelta::minutes(9));
    let again = town.person("aminah").identity_of("nor").holds(&slot(20, 9)).await;
    assert_eq!(again.until, first.until);
}

pub(crate) async fn a_lowered_capacity_sells_no_more_and_takes_nothing_away(town: &Town) {
    town.opens(3, &[]).await;
    let sold = town.person("aminah").books(&slot(20, 9)).await;
    let held = town.person("mei").holds(&slot(20, 9)).await;
    let lapsing = town.person("siti").holds(&slot(20, 9)).await;
    town.opens(1, &[]).await;
    assert_eq!(town.free(&slot(20, 9)).await, 0);
    town.person("ravi").finds_full(&slot(20, 9)).await;
    assert_eq!(town.person("aminah").bookings().await, [sold]);
    town.person("mei").gets(held.id).await;
    town.set(lapsing.until);
    town.person("ravi").finds_full(&slot(20, 9)).await;
    assert!(matches!(town.person("siti").confirms(lapsing.id).await, Confirmed::NoPlace { .. }));
    town.opens(3, &[]).await;
    assert_eq!(town.free(&slot(20, 9)).await, 1);
    town.person("ravi").books(&slot(20, 9)).await;
}

pub(crate) async fn a_closure_acts_at_once(town: &Town) {
    let aminah = town.person("aminah");
    let hold = aminah.holds(&slot(20, 9)).await;
    town.opens(2, &[day(20)]).await;
    assert_eq!(town.free(&slot(20, 9)).await, 0);
    assert_eq!(town.person("ravi").is_refused(&slot(20, 9)).await, NoPlace::NotOffered);
    let closed = Confirmed::NoPlace { slot: slot(20, 9), why: NoPlace::NotOffered };
    assert_eq!(aminah.confirms(hold.id).await, closed);
    let mut turn = aminah.turn().await;
    let days = turn.free_days(&branch("JHR-HQ"), &service("BKE"), day(19), day(21)).await.unwrap();
    assert_eq!(days.iter().map(|free| free.date).collect::<Vec<_>>(), [day(19), day(21)]);
    turn.commit().await.unwrap();
    town.opens(2, &[]).await;
    aminah.gets(hold.id).await;
}

pub(crate) async fn what_is_not_offered_is_not_held(town: &Town) {
    let aminah = town.person("aminah");
    let wrong = [
        SlotKey { time: hour(12), ..slot(20, 9) },
        SlotKey { service: service("OPS-KOM"), ..slot(20, 9) },
        SlotKey { branch: branch("KUL-HQ"), ..slot(20, 9) },
        slot(4, 11),
        slot(3, 9),
        SlotKey {
            date: day(4) + Rules::default().window(day(4)).1.signed_duration_since(day(3)),
            ..slot(4, 9)
        },
    ];
    for slot in wrong {
        assert_eq!(aminah.is_refused(&slot).await, NoPlace::NotOffered, "{slot:?}");
    }
    let (first, last) = town.rules.window(day(4));
    aminah.holds(&SlotKey { date: first, ..slot(4, 9) }).await;
    aminah.holds(&SlotKey { date: last, ..slot(4, 9) }).await;
}

pub(crate) async fn one_identity_holds_one_booking_a_service(town: &Town) {
    let on_phone = town.person("aminah").on("telegram", "4711");
    let by_mail = town.person("aminah").on("email", "aminah@example.com");
    let hold = on_phone.holds(&slot(20, 9)).await;
    assert_eq!(by_mail.is_refused(&slot(21, 9)).await, NoPlace::LiveBooking);
    on_phone.gets(hold.id).await;
    assert_eq!(by_mail.is_refused(&slot(21, 9)).await, NoPlace::LiveBooking);
    assert_eq!(on_phone.is_refused(&slot(21, 9)).await, NoPlace::LiveBooking);
    by_mail.books(&SlotKey { service: service("VPP-PP"), ..slot(21, 9) }).await;
}

pub(crate) async fn an_expired_hold_frees_the_identity(town: &Town) {
    let on_phone = town.person("aminah").on("telegram", "4711");
    let by_mail = town.person("aminah").on("email", "aminah@example.com");
    let hold = on_phone.holds(&slot(20, 9)).await;
    town.set(hold.until - SECOND);
    assert_eq!(by_mail.is_refused(&slot(21, 9)).await, NoPlace::LiveBooking);
    town.set(hold.until);
    by_mail.books(&slot(21, 9)).await;
    let lost = Confirmed::NoPlace { slot: slot(20, 9), why: NoPlace::LiveBooking };
    assert_eq!(on_phone.confirms(hold.id).await, lost);
    assert_eq!(town.free(&slot(20, 9)).await, 2);
}

pub(crate) async fn a_conversation_holds_so_many_and_no_more(town: &Town) {
    let family = |nth: u32| town.person("aminah").identity_of(&format!("child{nth}"));
    let mut last = None;
    for nth in 0..town.rules.max_live {
        last = Some(family(nth).books(&slot(20 + nth, 9)).await);
    }
    let limit = town.rules.max_live;
    assert_eq!(family(9).is_refused(&slot(26, 9)).await, NoPlace::TooMany { limit });
    // The address, once proved, is counted over its other channels too.
    let elsewhere = family(9).on("telegram", "4711").proved();
    assert_eq!(elsewhere.is_refused(&slot(26, 9)).await, NoPlace::TooMany { limit });
    family(9).on("telegram", "4711").holds(&slot(26, 9)).await;
    family(limit - 1).moves(&last.unwrap(), &slot(26, 10)).await;
}

pub(crate) async fn many_chats_of_one_address_do_not_get_past_the_limit(town: &Town) {
    let limit = town.rules.max_live;
    let chat =
        |nth: u32| town.person("aminah").identity_of(&format!("child{nth}")).on("telegram", &nth.to_string());
    let mut holds = Vec::new();
    for nth in 0..=limit {
        holds.push(chat(nth).proved().holds(&slot(20 + nth, 9)).await);
    }
    for nth in 0..limit {
        chat(nth).proved().gets(holds[nth as usize].id).await;
    }
    let refused = chat(limit).proved().confirms(holds[limit as usize].id).await;
    let why = NoPlace::TooMany { limit };
    assert_eq!(refused, Confirmed::NoPlace { slot: holds[limit as usize].slot.clone(), why });
}

pub(crate) async fn a_blocked_identity_waits(town: &Town) {
    let aminah = town.person("aminah");
    let until = town.now() + TimeDelta::days(2);
    town.home.block(&aminah.applicant.identity, until).await;
    assert_eq!(aminah.is_refused(&slot(20, 9)).await, NoPlace::Blocked { until });
    town.set(until);
    aminah.books(&slot(20, 9)).await;
}
