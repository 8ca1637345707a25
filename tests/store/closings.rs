//! Closing a branch: shown, ordered, carried out; and the places that are offered instead.

use chrono::{NaiveDate, TimeDelta};
use temujanji::booking::{Booking, Hold, NoPlace, SlotKey};
use temujanji::office::{Reason, Span};
use temujanji::store::{
    ClosingId, ClosingSpec, ClosingState, Confirmed, Errand, ErrandEnd, ErrandId, Held, HoldRequest, MadeWay,
    NewOutgoing, Opened, Ordered, OutgoingId, Retention,
};

use crate::kit::{Person, Town, branch, day, hour, slot};

fn spec(from: u32, to: u32) -> ClosingSpec {
    let reason = Reason { ms: "banjir".to_owned(), en: "flood".to_owned() };
    ClosingSpec { branch: branch("JHR-HQ"), from: day(from), to: day(to), hours: None, reason }
}

/// Somebody who writes on Telegram.
fn chat<'a>(town: &'a Town, name: &str) -> Person<'a> {
    town.person(name).on("telegram", name)
}

/// Orders a closing as it is shown.
async fn orders(town: &Town, spec: &ClosingSpec) -> ClosingId {
    let mut turn = town.person("staff").turn().await;
    let preview = turn.closing_preview(spec).await.unwrap();
    let ordered = turn.order_closing(spec, &preview.token, "staff 1").await.unwrap();
    turn.commit().await.unwrap();
    match ordered {
        Ordered::Ordered(id) => id,
        Ordered::Changed(preview) => panic!("nothing had changed: {preview:?}"),
    }
}

async fn steps(town: &Town) {
    let store = town.store().await;
    while store.closing_step(town.now()).await.unwrap() {}
}

/// Does all errands, as `errands.rs` does, and notes what tells them as sent. What was told, and by which message.
async fn does_errands(town: &Town) -> Vec<(Errand, Option<MadeWay>, OutgoingId)> {
    let mut done = Vec::new();
    loop {
        let store = town.store().await;
        let due = store.due_errands(32, town.now()).await.unwrap();
        if due.is_empty() {
            return done;
        }
        for due in due {
            let key = format!("errand:{}", due.id.0);
            let Opened::New(mut turn) = store.turn_in(due.conversation, &key, town.now()).await.unwrap()
            else {
                panic!("an errand is done once")
            };
            let errand = due.errand.unwrap();
            let made = match errand.about() {
                Some(reference) => {
                    let spec = &due.closing.as_ref().unwrap().spec;
                    let (rules, mut chance) = (&town.rules, town.chance());
                    Some(turn.make_way(due.id, reference, spec, rules, &mut chance).await.unwrap())
                }
                None => None,
            };
            let to = due.contact.unwrap();
            let told =
                turn.queue(&NewOutgoing { to: &to, kind: "talk", body: "{}", mass: false }).await.unwrap();
            let end = if made == Some(MadeWay::Not) { ErrandEnd::Moot } else { ErrandEnd::Told(told) };
            turn.end_errand(due.id, end).await.unwrap();
            turn.commit().await.unwrap();
            store.outbox_sent(&[told], town.now()).await.unwrap();
            done.push((errand, made, told));
        }
    }
}

/// Puts one appointment out of the way of a closing that the catalogue knows of.
async fn makes_way(person: &Person<'_>, booking: &Booking, spec: &ClosingSpec) -> MadeWay {
    let mut turn = person.turn().await;
    let (rules, mut chance) = (&person.town.rules, person.town.chance());
    let made = turn.make_way(ErrandId(0), &booking.reference, spec, rules, &mut chance).await.unwrap();
    turn.commit().await.unwrap();
    made
}

/// The same, for one who is offered another place.
async fn is_offered(person: &Person<'_>, booking: &Booking, spec: &ClosingSpec) -> Hold {
    match makes_way(person, booking, spec).await {
        MadeWay::Cancelled { offer: Some(hold), .. } => hold,
        other => panic!("expected an offer, got {other:?}"),
    }
}

/// Closes days of the main branch and of its neighbour at once.
async fn closes(town: &Town, days: &[u32]) {
    town.opens(2, &days.iter().map(|date| day(*date)).collect::<Vec<_>>()).await;
}

pub(crate) async fn a_closing_is_ordered_for_what_was_shown(town: &Town) {
    chat(town, "aminah").books(&slot(20, 9)).await;
    town.person("ravi").proved().books(&slot(21, 10)).await;
    town.person("mei").books(&slot(21, 10)).await;
    chat(town, "late").books(&slot(22, 9)).await;
    let staff = town.person("staff");
    let mut turn = staff.turn().await;
    let shown = turn.closing_preview(&spec(20, 21)).await.unwrap();
    turn.commit().await.unwrap();
    // Two days, three slots each, two services, two places.
    assert_eq!((shown.places, shown.bookings, shown.unreachable), (24, 3, 1));
    assert_eq!(shown.by_channel, [("telegram".to_owned(), 1), ("terminal".to_owned(), 2)]);

    chat(town, "new").books(&slot(20, 9)).await;
    let mut turn = staff.turn().await;
    let refused = turn.order_closing(&spec(20, 21), &shown.token, "staff 1").await.unwrap();
    let Ordered::Changed(now) = refused else { panic!("one more has booked") };
    assert_eq!(now.bookings, 4);
    let longer = turn.order_closing(&spec(20, 22), &now.token, "staff 1").await.unwrap();
    assert!(matches!(longer, Ordered::Changed(_)), "a token is for what it was shown for");
    let unknown = ClosingSpec { branch: branch("NO-SUCH"), ..spec(20, 21) };
    let nothing = turn.closing_preview(&unknown).await.unwrap();
    assert_eq!((nothing.places, nothing.bookings), (0, 0));
    let refused = turn.order_closing(&unknown, &nothing.token, "staff 1").await.unwrap();
    assert_eq!(refused, Ordered::Changed(nothing), "no such branch");
    let ordered = turn.order_closing(&spec(20, 21), &now.token, "staff 1").await.unwrap();
    assert!(matches!(ordered, Ordered::Ordered(_)));
    turn.commit().await.unwrap();
    assert!(town.store().await.closing_waits().await.unwrap());
}

pub(crate) async fn a_closing_is_carried_out_to_its_end(town: &Town) {
    let second = chat(town, "ravi").books(&slot(21, 10)).await;
    town.wait(TimeDelta::minutes(1));
    let third = chat(town, "mei").books(&slot(20, 9)).await;
    let staff = town.person("staff");
    let id = orders(town, &spec(20, 21)).await;
    steps(town).await;
    assert_eq!(town.free(&slot(20, 10)).await, 0, "nobody books there any more");
    assert!(matches!(chat(town, "new").is_refused(&slot(20, 10)).await, NoPlace::NotOffered));
    let mut turn = staff.turn().await;
    let progress = turn.closing(id).await.unwrap().unwrap();
    assert_eq!(progress.closing.state, ClosingState::Listed);
    assert_eq!((progress.bookings, progress.told), (2, 0));
    drop(turn);

    let done = does_errands(town).await;
    let about: Vec<_> = done.iter().map(|(errand, ..)| errand.about().cloned().unwrap()).collect();
    assert_eq!(about, [second.reference.clone(), third.reference.clone()], "in the order of booking");
    steps(town).await;
    let done = does_errands(town).await;
    assert!(matches!(done.as_slice(), [(Errand::ClosingDone { closing }, None, _)] if *closing == id));
    assert!(!town.store().await.closing_waits().await.unwrap());

    let mut turn = staff.turn().await;
    let progress = turn.closing(id).await.unwrap().unwrap();
    assert_eq!(progress.closing.state, ClosingState::Done);
    assert_eq!((progress.bookings, progress.told, progress.offered), (2, 2, 2));
    assert_eq!((progress.accepted, progress.declined, progress.not_reached.len()), (0, 0, 0));
    turn.offer_answered(&second.reference, true).await.unwrap();
    turn.offer_answered(&third.reference, false).await.unwrap();
    let progress = turn.closing(id).await.unwrap().unwrap();
    assert_eq!((progress.accepted, progress.declined), (1, 1));
    let known = turn.closings(&branch("JHR-HQ")).await.unwrap();
    assert_eq!(known.iter().map(|closing| closing.id).collect::<Vec<_>>(), [id]);
    assert!(turn.closings(&branch("JHR-UTC")).await.unwrap().is_empty());
    turn.commit().await.unwrap();
}

pub(crate) async fn a_closing_step_repeated_does_nothing_more(town: &Town) {
    for number in 0..3 {
        chat(town, &format!("p{number}")).books(&slot(20 + number, 9)).await;
    }
    orders(town, &spec(20, 22)).await;
    let (office, _) = town.same_store().office().await.unwrap().unwrap();
    steps(town).await;
    steps(town).await;
    let (closed, _) = town.same_store().office().await.unwrap().unwrap();
    assert_eq!(closed.0, office.0 + 1, "one version of the catalogue");
    assert_eq!(town.store().await.due_errands(32, town.now()).await.unwrap().len(), 3);
}

pub(crate) async fn each_is_offered_the_nearest_place(town: &Town) {
    let (first, second, third) = (chat(town, "a"), chat(town, "b"), chat(town, "c"));
    let bookings = [
        first.books(&slot(20, 11)).await,
        second.books(&slot(20, 11)).await,
        third.books(&slot(20, 9)).await,
    ];
    chat(town, "other").books(&slot(21, 11)).await;
    let spec = spec(20, 20);
    orders(town, &spec).await;
    steps(town).await;
    let offers: Vec<SlotKey> = vec![
        is_offered(&first, &bookings[0], &spec).await.slot,
        is_offered(&second, &bookings[1], &spec).await.slot,
        is_offered(&third, &bookings[2], &spec).await.slot,
    ];
    assert_eq!(offers, [slot(21, 11), slot(21, 10), slot(21, 9)]);
    assert_eq!(town.free(&slot(21, 10)).await, 1);
    assert_eq!(makes_way(&first, &bookings[0], &spec).await, MadeWay::Not, "once is enough");
}

pub(crate) async fn where_a_branch_has_none_another_is_offered(town: &Town) {
    let aminah = chat(town, "aminah");
    let booking = aminah.books(&slot(20, 10)).await;
    let to = NaiveDate::from_ymd_opt(2027, 6, 1).unwrap();
    let spec = ClosingSpec { to, ..spec(20, 20) };
    orders(town, &spec).await;
    steps(town).await;
    let hold = is_offered(&aminah, &booking, &spec).await;
    assert_eq!(hold.slot, SlotKey { branch: branch("JHR-UTC"), ..slot(20, 10) });
    assert_eq!(hold.until, town.now() + town.rules.hold_offer);
    assert_eq!(aminah.gets(hold.id).await.slot, hold.slot);
}

pub(crate) async fn without_any_place_nobody_is_offered_one(town: &Town) {
    let aminah = chat(town, "aminah");
    let booking = aminah.books(&slot(20, 10)).await;
    let all: Vec<NaiveDate> = day(20).iter_days().take(90).collect();
    town.opens(2, &all).await;
    let made = makes_way(&aminah, &booking, &spec(20, 20)).await;
    let MadeWay::Cancelled { booking: cancelled, offer: None } = made else { panic!("{made:?}") };
    assert_eq!(cancelled.reference, booking.reference);
    assert!(aminah.bookings().await.is_empty());
    town.opens(2, &[]).await;
    assert_eq!(town.free(&slot(20, 10)).await, 2, "its place is not counted any more");
    aminah.books(&slot(20, 10)).await;
}

pub(crate) async fn a_family_keeps_offers_and_its_draft(town: &Town) {
    let mother = chat(town, "mother");
    let (son, daughter) = (mother.clone().identity_of("son"), mother.clone().identity_of("daughter"));
    let bookings = [mother.books(&slot(20, 9)).await, son.books(&slot(20, 9)).await];
    let draft = daughter.holds(&slot(22, 9)).await;
    closes(town, &[20]).await;
    let first = is_offered(&mother, &bookings[0], &spec(20, 20)).await;
    let second = is_offered(&son, &bookings[1], &spec(20, 20)).await;
    let other = daughter.holds(&slot(23, 9)).await;
    assert_eq!(town.free(&slot(22, 9)).await, 2, "the draft's first place");
    assert_eq!(town.free(&slot(21, 9)).await, 0, "both offers stand");
    assert!(matches!(daughter.confirms(draft.id).await, Confirmed::NoSuchHold));
    assert_eq!(mother.gets(first.id).await.slot, slot(21, 9));
    assert_eq!(daughter.gets(other.id).await.slot, slot(23, 9));
    assert_eq!(son.gets(second.id).await.slot, slot(21, 9));
    assert_eq!(mother.bookings().await.len(), 3);
}

pub(crate) async fn another_place_won_gives_the_offer_back(town: &Town) {
    let aminah = chat(town, "aminah");
    let booking = aminah.books(&slot(20, 9)).await;
    closes(town, &[20]).await;
    let offer = is_offered(&aminah, &booking, &spec(20, 20)).await;
    assert_eq!(town.free(&offer.slot).await, 1);
    let own = aminah.holds(&slot(25, 9)).await;
    assert_eq!(town.free(&offer.slot).await, 2);
    assert!(matches!(aminah.confirms(offer.id).await, Confirmed::NoSuchHold));
    aminah.gets(own.id).await;
}

pub(crate) async fn an_offer_claims_its_identity_until_it_lapses(town: &Town) {
    let aminah = chat(town, "aminah");
    let booking = aminah.books(&slot(20, 9)).await;
    closes(town, &[20]).await;
    let offer = is_offered(&aminah, &booking, &spec(20, 20)).await;
    let elsewhere = chat(town, "sister").identity_of("aminah");
    assert!(matches!(elsewhere.is_refused(&slot(25, 9)).await, NoPlace::LiveBooking));
    town.set(offer.until - TimeDelta::microseconds(1));
    assert_eq!(town.free(&offer.slot).await, 1);
    town.set(offer.until);
    assert_eq!(town.free(&offer.slot).await, 2);
    elsewhere.books(&slot(25, 9)).await;
    let answer = aminah.confirms(offer.id).await;
    assert!(matches!(answer, Confirmed::NoPlace { why: NoPlace::LiveBooking, .. }), "{answer:?}");
}

pub(crate) async fn a_lapsed_offer_is_won_again_or_lost(town: &Town) {
    let (aminah, ravi) = (chat(town, "aminah"), chat(town, "ravi"));
    let bookings = [aminah.books(&slot(20, 9)).await, ravi.books(&slot(20, 9)).await];
    closes(town, &[20]).await;
    let offers = [
        is_offered(&aminah, &bookings[0], &spec(20, 20)).await,
        is_offered(&ravi, &bookings[1], &spec(20, 20)).await,
    ];
    let draft = aminah.clone().identity_of("son").holds(&slot(22, 9)).await;
    town.wait(town.rules.hold_offer);
    chat(town, "quick").books(&slot(21, 9)).await;
    assert_eq!(aminah.gets(offers[0].id).await.slot, slot(21, 9));
    let lost = ravi.confirms(offers[1].id).await;
    let Confirmed::NoPlace { why: NoPlace::Full { nearest }, .. } = lost else { panic!("{lost:?}") };
    assert!(nearest.contains(&slot(21, 10)));
    // The draft had lapsed, too, but was not given back for the offer.
    assert_eq!(aminah.clone().identity_of("son").gets(draft.id).await.slot, slot(22, 9));
}

pub(crate) async fn a_forgotten_offer_is_asked_for_anew(town: &Town) {
    let aminah = chat(town, "aminah");
    let booking = aminah.books(&slot(20, 9)).await;
    closes(town, &[20]).await;
    let offer = is_offered(&aminah, &booking, &spec(20, 20)).await;
    town.wait(TimeDelta::days(6));
    let retention = Retention::default();
    town.store().await.tidy(&retention, town.now()).await.unwrap();
    assert!(matches!(aminah.confirms(offer.id).await, Confirmed::NoSuchHold));
    let draft = aminah.clone().identity_of("son").holds(&slot(22, 9)).await;
    let mut turn = aminah.turn().await;
    let ask = HoldRequest {
        slot: &offer.slot,
        identity: &aminah.applicant.identity,
        until: town.now() + town.rules.hold,
        proved: None,
        instead_of: None,
    };
    let held = turn.hold_apart(&ask, &town.rules, &mut town.chance()).await.unwrap();
    let Held::Held { hold, again: false } = held else { panic!("{held:?}") };
    turn.commit().await.unwrap();
    assert_eq!(aminah.gets(hold.id).await.slot, offer.slot);
    assert_eq!(aminah.clone().identity_of("son").gets(draft.id).await.slot, slot(22, 9));
}

pub(crate) async fn a_blocked_identity_is_offered_nothing(town: &Town) {
    let aminah = chat(town, "aminah");
    let booking = aminah.books(&slot(20, 9)).await;
    town.home.block(&aminah.applicant.identity, town.now() + TimeDelta::days(30)).await;
    closes(town, &[20]).await;
    let made = makes_way(&aminah, &booking, &spec(20, 20)).await;
    assert!(matches!(made, MadeWay::Cancelled { offer: None, .. }), "{made:?}");
}

pub(crate) async fn closed_hours_concern_who_reaches_into_them(town: &Town) {
    let (early, late) = (chat(town, "early"), chat(town, "late"));
    let stays = early.books(&slot(20, 9)).await;
    let goes = late.books(&slot(20, 11)).await;
    let hours = Span::new(chrono::NaiveTime::from_hms_opt(11, 30, 0).unwrap(), hour(14));
    let spec = ClosingSpec { hours, ..spec(20, 20) };
    let id = orders(town, &spec).await;
    steps(town).await;
    let done = does_errands(town).await;
    assert_eq!(done.len(), 1);
    let (_, Some(MadeWay::Cancelled { booking, offer: Some(hold) }), _) = &done[0] else {
        panic!("{done:?}")
    };
    assert_eq!(booking.reference, goes.reference);
    assert_eq!(hold.slot, slot(20, 10), "another hour of the same day");
    assert_eq!(early.bookings().await, [stays]);
    let mut turn = town.person("staff").turn().await;
    assert_eq!(turn.closing(id).await.unwrap().unwrap().bookings, 1);
}

pub(crate) async fn who_cannot_be_reached_is_to_be_called(town: &Town) {
    let (deaf, gone) = (chat(town, "deaf"), chat(town, "gone"));
    let first = deaf.books(&slot(20, 9)).await;
    town.wait(TimeDelta::minutes(1));
    let bookings = [first, gone.books(&slot(20, 9)).await];
    let id = orders(town, &spec(20, 20)).await;
    steps(town).await;
    let store = town.store().await;
    let due = store.due_errands(32, town.now()).await.unwrap();
    let Opened::New(mut turn) = store.turn_in(due[0].conversation, "errand", town.now()).await.unwrap()
    else {
        panic!("it is new")
    };
    let told =
        turn.queue(&NewOutgoing { to: &deaf.contact, kind: "talk", body: "{}", mass: false }).await.unwrap();
    turn.end_errand(due[0].id, ErrandEnd::Told(told)).await.unwrap();
    turn.commit().await.unwrap();
    store.errand_ended(due[1].id, ErrandEnd::NotReached("no address is known"), town.now()).await.unwrap();
    assert!(!store.closing_waits().await.unwrap(), "a message is still under way");
    store.outbox_gave_up(told, "blocked the bot", town.now()).await.unwrap();
    assert!(store.closing_waits().await.unwrap(), "now all is known");
    let mut turn = town.person("staff").turn().await;
    let progress = turn.closing(id).await.unwrap().unwrap();
    let called: Vec<_> =
        progress.not_reached.iter().map(|one| (one.reference.clone(), one.why.as_str())).collect();
    assert_eq!(
        called,
        [
            (bookings[0].reference.clone(), "blocked the bot"),
            (bookings[1].reference.clone(), "no address is known")
        ]
    );
    assert_eq!(progress.not_reached[0].phone, deaf.applicant.phone);
    assert_eq!((progress.bookings, progress.told), (2, 0));
}

pub(crate) async fn reopened_days_are_open_and_nobody_more_is_called_off(town: &Town) {
    let (first, second) = (chat(town, "first"), chat(town, "second"));
    let cancelled = first.books(&slot(20, 9)).await;
    let spared = second.books(&slot(21, 9)).await;
    let spec = spec(20, 22);
    orders(town, &spec).await;
    steps(town).await;
    is_offered(&first, &cancelled, &spec).await;
    let mut turn = town.person("staff").turn().await;
    assert_eq!(turn.reopen(&branch("JHR-UTC"), day(20), day(22)).await.unwrap(), 0);
    assert_eq!(turn.reopen(&branch("JHR-HQ"), day(21), day(21)).await.unwrap(), 1);
    turn.commit().await.unwrap();
    steps(town).await;
    for (date, free) in [(20, 0), (21, 2), (22, 0)] {
        assert_eq!(town.free(&slot(date, 10)).await, free, "day {date}");
    }
    assert_eq!(makes_way(&second, &spared, &spec).await, MadeWay::Not);
    assert_eq!(second.bookings().await, [spared]);
    assert!(first.bookings().await.is_empty(), "what was cancelled stays so");
    let mut turn = town.person("staff").turn().await;
    assert_eq!(turn.reopen(&branch("JHR-HQ"), day(1), day(31)).await.unwrap(), 1);
    turn.commit().await.unwrap();
    steps(town).await;
    for date in 20..=22 {
        assert_eq!(town.free(&slot(date, 10)).await, 2, "day {date}");
    }
    let (_, office) = town.same_store().office().await.unwrap().unwrap();
    assert_eq!(office.closures().count(), 0);
}
