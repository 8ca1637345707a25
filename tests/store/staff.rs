//! Who works here, what they look at and note, and the trail it leaves.

use chrono::TimeDelta;
use temujanji::booking::{Attendance, BookingState, NoPlace};
use temujanji::staff::{Member, Reach, Role};
use temujanji::store::{Act, Block, Cancelled, Confirmed, Contact, NewAudit, NewMember, Search};

use crate::kit::{Town, branch, day, hour, service, slot};

fn reach() -> Reach {
    Reach { branches: vec![branch("JHR-HQ")], states: Vec::new() }
}

async fn invited(town: &Town, name: &str) {
    let until = town.now() + TimeDelta::days(7);
    let new = NewMember { name, role: Role::Officer, reach: &reach(), invitation: name, until };
    town.store().await.invite(&new, town.now()).await.unwrap();
}

async fn joins(town: &Town, who: &str, invitation: &str) -> Option<Member> {
    let person = town.person(who);
    let mut turn = person.turn().await;
    let member = turn.join_staff(invitation, &person.contact).await.unwrap();
    turn.commit().await.unwrap();
    member
}

async fn member(town: &Town, who: &str) -> Option<Member> {
    let mut turn = town.person(who).turn().await;
    let member = turn.member().await.unwrap();
    turn.commit().await.unwrap();
    member
}

pub(crate) async fn an_invitation_binds_whoever_comes_first(town: &Town) {
    invited(town, "zainab").await;
    assert_eq!(joins(town, "zainab", "another").await, None);
    let joined = joins(town, "zainab", "zainab").await.unwrap();
    assert_eq!((joined.name.as_str(), joined.role, &joined.reach), ("zainab", Role::Officer, &reach()));
    assert_eq!(joins(town, "thief", "zainab").await, None, "it is spent");
    assert_eq!(member(town, "zainab").await, Some(joined));
    assert_eq!(member(town, "thief").await, None);
    invited(town, "late").await;
    town.wait(TimeDelta::days(8));
    assert_eq!(joins(town, "late", "late").await, None, "it has run out");
}

pub(crate) async fn who_is_removed_is_a_stranger_at_once(town: &Town) {
    invited(town, "zainab").await;
    let zainab = joins(town, "zainab", "zainab").await.unwrap();
    let store = town.store().await;
    let all = Reach::default();
    assert!(store.set_role(zainab.id, "zainab", Role::Admin, &all, town.now()).await.unwrap());
    assert_eq!(member(town, "zainab").await.unwrap().role, Role::Admin);
    let store = town.store().await;
    assert!(store.remove_member(zainab.id, "zainab", town.now()).await.unwrap());
    assert!(!store.remove_member(zainab.id, "zainab", town.now()).await.unwrap());
    assert_eq!(member(town, "zainab").await, None);
    let listed = town.store().await.staff().await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].removed_at, Some(town.now()));
    // Whoever was removed may be invited anew, in the same chat.
    invited(town, "again").await;
    assert!(joins(town, "zainab", "again").await.is_some());
}

pub(crate) async fn one_chat_is_one_member(town: &Town) {
    invited(town, "first").await;
    invited(town, "second").await;
    joins(town, "zainab", "first").await.unwrap();
    joins(town, "zainab", "second").await.unwrap();
    assert_eq!(member(town, "zainab").await.unwrap().name, "second");
}

pub(crate) async fn the_list_of_the_day_is_due_once_a_day(town: &Town) {
    invited(town, "zainab").await;
    let zainab = joins(town, "zainab", "zainab").await.unwrap();
    let mut turn = town.person("zainab").turn().await;
    turn.list_daily(zainab.id, Some(hour(9)), day(3)).await.unwrap();
    turn.commit().await.unwrap();
    let store = town.store().await;
    let chat = Contact { channel: "terminal".into(), address: "zainab".into() };
    assert_eq!(store.lists_due(day(4), hour(8)).await.unwrap(), []);
    assert_eq!(store.lists_due(day(4), hour(9)).await.unwrap(), [chat]);
    let mut turn = town.person("zainab").turn().await;
    turn.listed(zainab.id, day(4)).await.unwrap();
    turn.commit().await.unwrap();
    let store = town.store().await;
    assert_eq!(store.lists_due(day(4), hour(10)).await.unwrap(), []);
    assert_eq!(store.lists_due(day(5), hour(10)).await.unwrap().len(), 1);
}

pub(crate) async fn attendance_is_noted_and_taken_back(town: &Town) {
    let booking = town.person("aminah").books(&slot(20, 9)).await;
    let marks = [Some(Attendance::Arrived), None, Some(Attendance::Late), Some(Attendance::NoShow)];
    for mark in marks {
        let mut turn = town.person("zainab").turn().await;
        let noted = turn.attend(&booking.reference, mark).await.unwrap().unwrap();
        assert_eq!(noted, booking);
        turn.commit().await.unwrap();
        let list = town.store().await.day_list(&branch("JHR-HQ"), day(20)).await.unwrap();
        assert_eq!(list[0].attendance, mark);
    }
    let mut turn = town.person("zainab").turn().await;
    let weeks = turn.turnout(&branch("JHR-HQ"), day(1), day(31)).await.unwrap();
    assert_eq!(weeks.len(), 1);
    assert_eq!((weeks[0].0, weeks[0].1.no_show), (day(18), 1));
    let record = turn.record(&booking.reference).await.unwrap().unwrap();
    assert_eq!(record.attendance, Some((Attendance::NoShow, town.now())));
    turn.commit().await.unwrap();
    town.person("aminah").cancels(&booking.reference).await;
    let mut turn = town.person("zainab").turn().await;
    assert_eq!(turn.attend(&booking.reference, None).await.unwrap(), None, "it is cancelled");
    turn.commit().await.unwrap();
}

pub(crate) async fn the_department_calls_off_whose_ever_it_is(town: &Town) {
    let booking = town.person("aminah").books(&slot(20, 9)).await;
    let mut turn = town.person("zainab").turn().await;
    let (rules, mut chance) = (&town.rules, town.chance());
    let gone = turn.call_off(&booking.reference, rules, &mut chance).await.unwrap();
    let Cancelled::Cancelled(gone) = gone else { panic!("{gone:?}") };
    assert_eq!((gone.state, &gone.reference), (BookingState::Cancelled, &booking.reference));
    let again = turn.call_off(&booking.reference, rules, &mut chance).await.unwrap();
    assert_eq!(again, Cancelled::TooLate);
    turn.commit().await.unwrap();
    assert_eq!(town.person("aminah").bookings().await, []);
    town.person("aminah").books(&slot(20, 10)).await;
    let begun = town.person("mei").books(&slot(20, 11)).await;
    town.set(begun.slot.starts_at() + TimeDelta::minutes(1));
    let mut turn = town.person("zainab").turn().await;
    let late = turn.call_off(&begun.reference, rules, &mut chance).await.unwrap();
    assert!(
        matches!(late, Cancelled::Cancelled(_)),
        "who has not come may be called off while the slot lasts"
    );
    turn.commit().await.unwrap();
}

pub(crate) async fn people_are_found_by_name_and_by_last_digits(town: &Town) {
    let aminah = town.person("aminah").books(&slot(20, 9)).await;
    let amin = town.person("amin").books(&slot(21, 9)).await;
    town.person("mei").books(&slot(21, 10)).await;
    let branches = [branch("JHR-HQ")];
    let mut turn = town.person("zainab").turn().await;
    let mut search = Search { branches: &branches, from: day(1), to: day(31), text: "AMIN", limit: 9 };
    let found = turn.search(&search).await.unwrap();
    let references: Vec<_> = found.iter().map(|entry| &entry.reference).collect();
    assert_eq!(references, [&aminah.reference, &amin.reference]);
    search.text = "ujian amin";
    assert_eq!(turn.search(&search).await.unwrap().len(), 2, "in any order");
    search.limit = 1;
    assert_eq!(turn.search(&search).await.unwrap().len(), 1);
    search = Search { limit: 9, from: day(21), ..search };
    assert_eq!(turn.search(&search).await.unwrap().len(), 1);
    let number = amin.applicant.identity.number().to_owned();
    search.text = number.get(number.len() - 4..).unwrap();
    assert_eq!(turn.search(&search).await.unwrap()[0].reference, amin.reference);
    search.text = "45";
    assert_eq!(turn.search(&search).await.unwrap(), [], "two digits would be half the town");
    let elsewhere = [branch("JHR-UTC")];
    search = Search { branches: &elsewhere, text: "amin", ..search };
    assert_eq!(turn.search(&search).await.unwrap(), []);
    turn.commit().await.unwrap();
}

pub(crate) async fn staff_block_an_identity_and_let_it_go(town: &Town) {
    invited(town, "zainab").await;
    let zainab = joins(town, "zainab", "zainab").await.unwrap();
    let booking = town.person("aminah").books(&slot(20, 9)).await;
    let other = slot_of("VPP-PP");
    let hold = town.person("aminah").holds(&other).await;
    let block = Block { until: town.now() + TimeDelta::days(30), reason: "dokumen palsu".to_owned() };
    let mut turn = town.person("zainab").turn().await;
    assert!(turn.block(&booking.reference, Some(&block), zainab.id).await.unwrap());
    turn.put_note(&booking.reference, &zainab, "lihat fail").await.unwrap();
    turn.commit().await.unwrap();
    let confirmed = town.person("aminah").confirms(hold.id).await;
    let why = NoPlace::Blocked { until: block.until };
    assert_eq!(
        confirmed,
        Confirmed::NoPlace { slot: other.clone(), why },
        "what was held before is not booked"
    );
    let mut turn = town.person("aminah").turn().await;
    turn.release(hold.id).await.unwrap();
    turn.commit().await.unwrap();
    let refused = town.person("other").identity_of("aminah").is_refused(&other).await;
    assert_eq!(refused, NoPlace::Blocked { until: block.until });
    let mut turn = town.person("zainab").turn().await;
    let record = turn.record(&booking.reference).await.unwrap().unwrap();
    assert_eq!(record.block, Some(block));
    assert_eq!(record.notes.len(), 1);
    assert_eq!((record.notes[0].by.as_str(), record.notes[0].text.as_str()), ("zainab", "lihat fail"));
    assert!(turn.block(&booking.reference, None, zainab.id).await.unwrap());
    assert!(!turn.block(&booking.reference, None, zainab.id).await.unwrap());
    turn.commit().await.unwrap();
    town.person("other").identity_of("aminah").holds(&other).await;
}

fn slot_of(what: &str) -> temujanji::booking::SlotKey {
    temujanji::booking::SlotKey { service: service(what), ..slot(20, 10) }
}

pub(crate) async fn how_full_it_is_counts_what_is_held_and_not_what_has_run_out(town: &Town) {
    town.person("aminah").books(&slot(20, 9)).await;
    town.person("mei").holds(&slot(20, 9)).await;
    let fill = async || {
        let mut turn = town.person("zainab").turn().await;
        let fill = turn.fill(&branch("JHR-HQ"), day(20), day(20)).await.unwrap();
        let last = turn.last_taken(&branch("JHR-HQ"), day(20), day(20)).await.unwrap();
        turn.commit().await.unwrap();
        assert_eq!(last.get(&(service("BKE"), day(20))).map(|at| *at <= town.now()), Some(true));
        fill.iter().map(|fill| (fill.slot.time, fill.taken)).collect::<Vec<_>>()
    };
    assert_eq!(fill().await, [(hour(9), 2)]);
    town.wait(town.rules.hold);
    assert_eq!(fill().await, [(hour(9), 1)]);
}

pub(crate) async fn the_audit_trail_tells_who_what_and_why(town: &Town) {
    invited(town, "zainab").await;
    let zainab = joins(town, "zainab", "zainab").await.unwrap();
    let booking = town.person("aminah").books(&slot(20, 9)).await;
    town.wait(TimeDelta::hours(1));
    let place = branch("JHR-HQ");
    let mut turn = town.person("zainab").turn().await;
    let entry = NewAudit {
        by: Some(&zainab),
        act: Act::Cancelled,
        branch: Some(&place),
        reference: Some(&booking.reference),
        why: Some("kaunter rosak"),
    };
    turn.audit(&entry).await.unwrap();
    drop(turn);
    let mut turn = town.person("zainab").turn().await;
    turn.audit(&NewAudit { act: Act::Looked, why: None, ..entry }).await.unwrap();
    turn.commit().await.unwrap();
    let store = town.store().await;
    let all =
        store.audit_trail(town.now() - TimeDelta::days(1), town.now() + TimeDelta::days(1)).await.unwrap();
    let seen: Vec<_> = all.iter().map(|row| (row.by.as_str(), row.act)).collect();
    assert_eq!(
        seen,
        [("command line", Act::Invited), ("zainab", Act::Looked)],
        "what was undone left no row"
    );
    assert_eq!(all[1].reference.as_ref(), Some(&booking.reference));
    assert_eq!((all[1].branch.as_ref(), all[1].at), (Some(&place), town.now()));
    let later =
        store.audit_trail(town.now() + TimeDelta::hours(1), town.now() + TimeDelta::days(1)).await.unwrap();
    assert_eq!(later, []);
}
