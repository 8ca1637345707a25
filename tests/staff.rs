//! Staff at work: every command as a chat, and every role against every command.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests may")]

mod house;

use std::collections::BTreeMap;

use chrono::TimeDelta;
use house::House;
use temujanji::assistant::Letter;
use temujanji::booking::Reference;
use temujanji::dialogue::{Event, Prompt, Say, Value};
use temujanji::office::{BranchCode, StateCode};
use temujanji::staff::{KEPT, Order, Reach, Reply, Role, Tap};
use temujanji::store::Act;

const BRANCH: &str = "KUL-DUTA";
const OTHER: &str = "JHR-HQ";

fn branch(code: &str) -> BranchCode {
    BranchCode::parse(code).unwrap()
}

fn at_branch(code: &str) -> Reach {
    Reach { branches: vec![branch(code)], states: Vec::new() }
}

fn in_state(code: &str) -> Reach {
    Reach { branches: Vec::new(), states: vec![StateCode::parse(code).unwrap()] }
}

/// Somebody books the student pass at Jalan Duta for the next day, and the way there is not written down.
async fn books(house: &mut House, who: &str, name: &str, identity: &str, time: &str) -> Reference {
    let before = house.transcript.len();
    let script = format!(
        "[{who} opens the chat]\n{who}> 1\n{who}> setuju\n{who}> {who}@example.com\n{who}> {{code}}\n{who}> {name}\n\
         {who}> {identity}\n{who}> 12 Jalan Mawar, 53100 Kuala Lumpur\n{who}> 012-345 67{}9\n{who}> KL\n\
         {who}> jalan duta\n{who}> pas pelajar\n{who}> 24/11/2026\n{who}> {time}",
        identity.len()
    );
    house.play(&script).await;
    let letters = house.says(who, "ya").await;
    house.transcript.truncate(before);
    let said = letters
        .iter()
        .filter_map(|letter| if let Letter::Talk { say, .. } = letter { Some(say) } else { None });
    let confirmed =
        said.flatten().find_map(|say| if let Say::Confirmed(booking) = say { Some(booking) } else { None });
    confirmed.unwrap().reference.clone()
}

/// The day before, three people book; then it is the morning of the day.
async fn a_morning() -> (House, [Reference; 3]) {
    let mut house = House::at("2026-11-23 09:00").await;
    let references = [
        books(&mut house, "aminah", "Aminah binti Abu", "A12345678", "9 pagi").await,
        books(&mut house, "ravi", "Ravi a/l Kumar", "B77654321", "9 pagi").await,
        books(&mut house, "mei", "Tan Mei Ling", "C55501234", "11 pagi").await,
    ];
    house.wait(TimeDelta::hours(23));
    (house, references)
}

#[tokio::test]
async fn an_officer_works_through_the_morning() {
    let (mut house, [aminah, ..]) = a_morning().await;
    house.employs("zainab", Role::Officer, &at_branch(BRANCH)).await;
    house.play("zainab> /hari\nzainab> 1\nzainab> 1\nzainab> 1\nzainab> /cari kumar\nzainab> 1\nzainab> 3\nzainab> /hari").await;
    house.play("zainab> /cari 34\nzainab> /cari 1234\nzainab> 1\nzainab> 5\nzainab> /cari").await;
    house.says("zainab", &aminah.to_string()).await;
    house.play("zainab> 6\nzainab> Bawa salinan pasport asal.\nzainab> 5\nzainab> apa khabar").await;
    insta::assert_snapshot!(house.transcript);
}

#[tokio::test]
async fn an_appointment_is_cancelled_with_a_reason_that_the_applicant_is_told() {
    let (mut house, [_, _, mei]) = a_morning().await;
    house.employs("zainab", Role::Officer, &at_branch(BRANCH)).await;
    house.says("zainab", &format!("/cari {mei}")).await;
    house.play("zainab> 4\nzainab> ..\nzainab> Kaunter 3 rosak; sila pilih hari lain.").await;
    house.does_errands().await;
    house.says("zainab", "/hari").await;
    insta::assert_snapshot!(house.transcript);
}

#[tokio::test]
async fn an_identity_is_blocked_and_let_go_again() {
    let (mut house, [aminah, ..]) = a_morning().await;
    house.employs("hamid", Role::Supervisor, &in_state("MY-14")).await;
    house.play("hamid> /language\nhamid> english").await;
    house.play("hamid> /find aminah\nhamid> /find aminah 1/12\nhamid> /find kumar 24/11").await;
    house.says("hamid", &format!("/find {aminah}")).await;
    house.play("hamid> 7\nhamid> until 31 March 2027, false documents").await;
    house.does_errands().await;
    house.play("aminah> tempah\naminah> ya\naminah> KL\naminah> jalan duta\naminah> pasport\naminah> 7/12\naminah> 9 pagi").await;
    house.says("hamid", &format!("/find {aminah}")).await;
    house.says("hamid", "7").await;
    insta::assert_snapshot!(house.transcript);
}

#[tokio::test]
async fn an_officer_books_for_a_person_at_the_counter() {
    let (mut house, _) = a_morning().await;
    house.employs("zainab", Role::Officer, &at_branch(BRANCH)).await;
    house
        .play(
            "zainab> /kaunter\nzainab> setuju\nzainab> wan@example.com\nzainab> Wan binti Mat\nzainab> D12345678\n\
             zainab> 3 Jalan Ipoh, 51200 Kuala Lumpur\nzainab> 013-222 3334\nzainab> KL\nzainab> jalan duta\n\
             zainab> pas pelajar\nzainab> 2/12\nzainab> 9 pagi\nzainab> ya\nzainab> /hari 2/12",
        )
        .await;
    insta::assert_snapshot!(house.transcript);
    let trail = house
        .store
        .audit_trail(house.now() - TimeDelta::days(1), house.now() + TimeDelta::days(1))
        .await
        .unwrap();
    assert!(trail.iter().any(|row| row.act == Act::Booked && row.by == "zainab"));
}

#[tokio::test]
async fn the_officers_own_address_stays_out_of_what_is_booked_at_the_counter() {
    let mut house = House::at("2026-11-23 09:00").await;
    books(&mut house, "zainab", "Zainab binti Omar", "A12345678", "9 pagi").await;
    house.employs("zainab", Role::Officer, &at_branch(BRANCH)).await;
    let at_the_counter = format!("{:?}", house.says("zainab", "/kaunter").await);
    assert!(!at_the_counter.contains("zainab@example.com") && !at_the_counter.contains("A12345678"));
    assert!(at_the_counter.contains("Field { field: Email"), "{at_the_counter}");
    house.says("zainab", "/staf").await;
    let own = format!("{:?}", house.says("zainab", "/tempah").await);
    assert!(own.contains("Reuse"), "the officer's own booking begins with what they gave last: {own}");
}

#[tokio::test]
async fn who_is_removed_while_at_the_counter_has_to_prove_an_address_like_others() {
    let mut house = House::at("2026-11-23 09:00").await;
    let zainab = house.employs("zainab", Role::Officer, &at_branch(BRANCH)).await;
    house.play("zainab> /kaunter\nzainab> setuju").await;
    house.store.remove_member(zainab, "zainab", house.now()).await.unwrap();
    let letters = house.says("zainab", "wan@example.com").await;
    assert!(letters.iter().any(|letter| matches!(letter, Letter::Code { .. })), "{letters:?}");
}

#[tokio::test]
async fn lists_pictures_and_what_runs_out() {
    let (mut house, _) = a_morning().await;
    house.employs("siti", Role::Admin, &Reach::default()).await;
    house.play("siti> /hari\nsiti> jalan duta").await;
    house.play("siti> /hari esok jalan duta\nsiti> /hari bila-bila\nsiti> /statistik jalan duta\nsiti> /penuh\nsiti> /staf").await;
    house.play("siti> /langgan\nsiti> /langgan 7.30 pagi\nsiti> /langgan henti").await;
    insta::assert_snapshot!(house.transcript);
}

#[tokio::test]
async fn the_list_of_the_day_comes_by_itself_once() {
    let (mut house, _) = a_morning().await;
    house.employs("zainab", Role::Officer, &at_branch(BRANCH)).await;
    house.says("zainab", "/langgan 8.30 pagi").await;
    let due = async |house: &House| {
        let local = house.now().with_timezone(&temujanji::office::MALAYSIA).naive_local();
        house.store.lists_due(local.date(), local.time()).await.unwrap()
    };
    assert_eq!(due(&house).await, []);
    house.wait(TimeDelta::minutes(31));
    let contacts = due(&house).await;
    assert_eq!(contacts.len(), 1);
    assert_eq!(contacts[0].address, "zainab");
    house.hears("zainab", Event::ListDue).await;
    assert_eq!(due(&house).await, []);
    house.wait(TimeDelta::days(1));
    assert_eq!(due(&house).await.len(), 1);
    assert!(house.transcript.contains("Jalan Duta"));
}

#[tokio::test]
async fn a_day_is_closed_and_everybody_is_offered_another_place() {
    let (mut house, _) = a_morning().await;
    house.employs("zainab", Role::Officer, &at_branch(BRANCH)).await;
    house.play("zainab> /tutup\nzainab> /tutup semalam\nzainab> /tutup 24/11 10 pagi hingga 12 tengah hari\nzainab> Bekalan elektrik terputus / Power failure\nzainab> 2").await;
    house.play("zainab> /tutup hari ini\nzainab> Bekalan elektrik terputus / Power failure").await;
    house.says("ravi", "batal").await;
    house.says("ravi", "ya").await;
    house.play("zainab> 1\nzainab> 1").await;
    house.does_errands().await;
    house.play("aminah> ya\nmei> tidak\nzainab> 1\nzainab> /hari\nzainab> /buka hari ini").await;
    house.employs("siti", Role::Supervisor, &in_state("MY-14")).await;
    house.play("siti> /buka hari ini jalan duta\nsiti> /buka esok jalan duta").await;
    house.does_errands().await;
    house.says("siti", "/hari jalan duta").await;
    insta::assert_snapshot!(house.transcript);
}

/// What came of an order, as far as roles are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// It was done.
    Allowed,
    /// It was refused, in words.
    Refused,
    /// As if there were no such thing: the applicants' conversation answered.
    Silent,
}

fn outcome(letters: &[Letter]) -> Outcome {
    let said: Vec<_> = letters
        .iter()
        .filter_map(|letter| if let Letter::Talk { say, .. } = letter { Some(say) } else { None })
        .flatten()
        .collect();
    let replies: Vec<&Reply> = said
        .iter()
        .filter_map(|say| {
            if let Say::Staff(reply) = say {
                return Some(&**reply);
            }
            let Say::Ask(question) = say else { return None };
            if let Prompt::Staff(reply) = &question.prompt { Some(&**reply) } else { None }
        })
        .collect();
    match replies.as_slice() {
        [] => Outcome::Silent,
        replies if replies.iter().any(|reply| matches!(reply, Reply::NotAllowed | Reply::NoSuchBooking)) => {
            Outcome::Refused
        }
        _ => Outcome::Allowed,
    }
}

/// Everything that an act could change.
async fn traces(house: &House, references: &[Reference]) -> String {
    let list = house.store.day_list(&branch(BRANCH), "2026-11-24".parse().unwrap()).await.unwrap();
    let later = house.store.day_list(&branch(BRANCH), "2026-12-02".parse().unwrap()).await.unwrap();
    let from = house.now() - TimeDelta::days(30);
    let trail = house.store.audit_trail(from, house.now() + TimeDelta::days(1)).await.unwrap();
    let staff = house.store.staff().await.unwrap();
    let due = house.store.errand_due().await.unwrap();
    let acts =
        trail.iter().filter(|row| !matches!(row.act, Act::Invited | Act::Joined | Act::Removed)).count();
    let office = house.store.office().await.unwrap().unwrap().0;
    format!("{references:?} {list:?} {later:?} {acts} {staff:?} {due:?} {office:?}")
}

/// Every order and every tap.
fn everything(reference: &Reference) -> Vec<(String, Event)> {
    let text = |text: &str| (text.to_owned(), Event::Text(text.to_owned()));
    let tap = |tap: Tap| {
        (
            tap.to_string().replace(reference.as_str(), "REF"),
            Event::Chose { value: Value::Staff(tap), question: None },
        )
    };
    let (day, r) = ("2026-11-24".parse().unwrap(), reference.clone());
    let mut all = vec![
        text("/staf"),
        text("/hari jalan duta"),
        text("/cari kumar"),
        ("/cari REF".to_owned(), Event::Text(format!("/cari {reference}"))),
        text("/langgan henti"),
        text("/kaunter"),
        text("/statistik jalan duta"),
        text("/penuh jalan duta"),
        text("/tutup 25/11 jalan duta"),
        text("/tutup 25/11 hingga 27/11 jalan duta"),
        text("/buka 25/11 jalan duta"),
        tap(Tap::At(Order::Day, branch(BRANCH))),
        tap(Tap::Day(branch(BRANCH), day, 0)),
        tap(Tap::Card(r.clone())),
        tap(Tap::Whole(r.clone())),
        tap(Tap::Mark(r.clone(), None)),
        tap(Tap::Cancel(r.clone())),
        tap(Tap::Note(r.clone())),
        tap(Tap::Block(r.clone())),
        tap(Tap::Unblock(r.clone())),
        ("scan".to_owned(), Event::SlipOpened { reference: r, sequence: 0 }),
    ];
    all.extend(KEPT.map(|format| tap(Tap::File(format, branch(BRANCH), day))));
    all
}

#[tokio::test]
async fn every_role_against_every_command() {
    let (mut house, references) = a_morning().await;
    house.opens("stranger").await;
    house.play("stranger> 1\nstranger> setuju").await;
    let away = in_state("MY-01");
    for (who, role, reach) in [
        ("officer", Role::Officer, at_branch(BRANCH)),
        ("officer elsewhere", Role::Officer, at_branch(OTHER)),
        ("supervisor", Role::Supervisor, in_state("MY-14")),
        ("supervisor elsewhere", Role::Supervisor, away),
        ("admin", Role::Admin, Reach::default()),
    ] {
        house.employs(who, role, &reach).await;
    }
    let gone = house.employs("removed", Role::Admin, &Reach::default()).await;
    house.says("removed", "/hari jalan duta").await;
    house.store.remove_member(gone, "removed", house.now()).await.unwrap();
    let people = [
        "stranger",
        "removed",
        "officer elsewhere",
        "supervisor elsewhere",
        "officer",
        "supervisor",
        "admin",
    ];
    let mut table = String::new();
    let mut outcomes: BTreeMap<Outcome, u32> = BTreeMap::new();
    for (name, event) in everything(&references[0]) {
        let mut line = format!("{name:28}");
        for who in people {
            let before = traces(&house, &references).await;
            let letters = house.hears(who, event.clone()).await;
            let outcome = outcome(&letters);
            if outcome != Outcome::Allowed {
                assert_eq!(before, traces(&house, &references).await, "{who}: {name} was {outcome:?}");
            }
            *outcomes.entry(outcome).or_default() += 1;
            line.push_str(&format!(" {:9}", format!("{outcome:?}")));
        }
        table.push_str(line.trim_end());
        table.push('\n');
    }
    println!("{outcomes:?}");
    let head = people
        .map(|who| who.split(' ').map(|word| word.get(..4).unwrap_or(word)).collect::<Vec<_>>().join(" "));
    insta::assert_snapshot!(format!("{:28} {}\n{table}", "", head.map(|who| format!("{who:9}")).join(" ")));
}

#[tokio::test]
async fn a_stranger_sees_no_difference_between_a_staff_command_and_an_unknown_one() {
    let (mut house, _) = a_morning().await;
    house.opens("stranger").await;
    house.play("stranger> 2\nstranger> agree").await;
    let unknown = house.says("stranger", "/nosuchthing").await;
    let help = |letters: &[Letter]| format!("{letters:?}").replace(|c: char| c.is_ascii_digit(), "");
    for order in Order::ALL {
        let (malay, english) = order.words();
        for word in [malay, english] {
            let answer = house.says("stranger", &format!("/{word}")).await;
            assert_eq!(help(&answer), help(&unknown), "/{word}");
        }
    }
}

#[tokio::test]
async fn an_invitation_works_once_and_not_for_ever() {
    let mut house = House::at("2026-11-23 09:00").await;
    house.employs("zainab", Role::Officer, &at_branch(BRANCH)).await;
    let again = house.hears("thief", Event::Invited("invitation of zainab".into())).await;
    assert_eq!(outcome(&again), Outcome::Silent);
    assert_eq!(outcome(&house.says("zainab", "/hari").await), Outcome::Allowed);
    let late = house.hears("thief", Event::Invited("no such".into())).await;
    assert_eq!(outcome(&late), Outcome::Silent);
}

#[tokio::test]
async fn the_database_refuses_to_change_the_audit_trail() {
    let (mut house, [aminah, ..]) = a_morning().await;
    house.employs("zainab", Role::Officer, &at_branch(BRANCH)).await;
    house.says("zainab", &format!("/cari {aminah}")).await;
    house.play("zainab> 5").await;
    let db = rusqlite::Connection::open(house.database()).unwrap();
    for sql in ["UPDATE audit SET act = 'noted'", "DELETE FROM audit"] {
        let refused = db.execute(sql, []).unwrap_err().to_string();
        assert!(refused.contains("audit trail"), "{refused}");
    }
    let trail = house
        .store
        .audit_trail(house.now() - TimeDelta::days(2), house.now() + TimeDelta::days(1))
        .await
        .unwrap();
    let looked: Vec<_> = trail.iter().filter(|row| row.act == Act::Looked).collect();
    assert_eq!(looked.len(), 1);
    assert_eq!(looked[0].reference.as_ref(), Some(&aminah));
}
