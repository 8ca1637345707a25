//! The last places: who gets them, what the others are told, and what changes under people's hands.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests may")]

mod house;

use chrono::TimeDelta;
use house::House;
use temujanji::booking::{BookingState, Rules};
use temujanji::dialogue::{Event, Proof, Value};
use temujanji::office::{self, BranchCode, Office};

/// The built-in catalogue with one place in every slot, and further lines in its files.
fn office_with(more: &[(&str, &str)]) -> Office {
    let mut files = office::builtin_files();
    for (path, content) in &mut files {
        let text = String::from_utf8(content.clone()).unwrap();
        let one = text.lines().map(|line| match line.split_once("capacity = ") {
            Some((before, after)) => {
                format!("{before}capacity = 1{}", after.trim_start_matches(|c: char| c.is_ascii_digit()))
            }
            None => line.to_owned(),
        });
        let mut text: String = one.map(|line| line + "\n").collect();
        for (file, line) in more {
            if file == path {
                text.push_str(line);
                text.push('\n');
            }
        }
        *content = text.into_bytes();
    }
    office::read_files(&files).unwrap()
}

async fn house(office: Office) -> House {
    House::with("2026-11-23 09:00", office, Rules::default(), Proof::Code).await
}

/// From the greeting to the question for the time, on 5 January 2027 at Jalan Duta.
async fn ready_to_choose_a_time(house: &mut House, who: &str, passport: &str) {
    let before = house.transcript.len();
    house
        .play(&format!(
            "[{who} opens the chat]\n{who}> 1\n{who}> setuju\n{who}> {who}@example.com\n{who}> {{code}}\n{who}> {who} anak Ali\n\
             {who}> {passport}\n{who}> 12 Jalan Mawar, 53100 Kuala Lumpur\n{who}> 012-345 6789\n{who}> KL\n\
             {who}> jalan duta\n{who}> pas pelajar\n{who}> 5/1/2027"
        ))
        .await;
    // The way there is in the other chats.
    house.transcript.truncate(before);
}

#[tokio::test]
async fn the_last_place_goes_to_the_first_asker() {
    let mut house = house(office_with(&[])).await;
    ready_to_choose_a_time(&mut house, "aminah", "A12345678").await;
    ready_to_choose_a_time(&mut house, "ravi", "B12345678").await;
    house.play("aminah> 9 pagi\nravi> 9 pagi\naminah> ya\nravi> 1\nravi> ya").await;
    insta::assert_snapshot!(house.transcript);
    assert_eq!(house.store.appointments(&branch(), "2027-01-05".parse().unwrap()).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_hold_that_runs_out_goes_to_the_next_and_its_owner_is_offered_others() {
    let mut house = house(office_with(&[])).await;
    ready_to_choose_a_time(&mut house, "aminah", "A12345678").await;
    ready_to_choose_a_time(&mut house, "ravi", "B12345678").await;
    house
        .play("aminah> 9 pagi\n[wait 10min]\nravi> 9 pagi\naminah> ya\nravi> ya\naminah> 2\naminah> ya")
        .await;
    insta::assert_snapshot!(house.transcript);
}

#[tokio::test]
async fn a_day_closed_while_somebody_chooses_is_refused_with_the_reason() {
    let mut house = house(office_with(&[])).await;
    ready_to_choose_a_time(&mut house, "aminah", "A12345678").await;
    let closed = "MY-14,2027-01-05,2027-01-05,Bekalan air terputus,Water supply cut";
    house.import(office_with(&[("closures.csv", closed)])).await;
    house.play("aminah> 9 pagi").await;
    insta::assert_snapshot!(house.transcript);
}

#[tokio::test]
async fn a_repeated_delivery_and_a_late_tap_book_nothing_twice() {
    let mut house = house(office_with(&[])).await;
    ready_to_choose_a_time(&mut house, "aminah", "A12345678").await;
    house.says("aminah", "9 pagi").await;
    let yes = Event::Chose { value: Value::Yes, question: None };
    assert!(!house.deliver("aminah", "tap", yes.clone()).await.is_empty());
    assert!(house.deliver("aminah", "tap", yes.clone()).await.is_empty(), "the same delivery again");
    house.hears("aminah", yes).await;
    let day = house.store.appointments(&branch(), "2027-01-05".parse().unwrap()).await.unwrap();
    assert_eq!(day.len(), 1);
    assert!(day.iter().all(|booking| booking.state == BookingState::Booked && booking.queue == 1));
}

#[tokio::test]
async fn a_family_may_hold_so_many_bookings_and_no_more() {
    let rules = Rules { max_live: 2, ..Rules::default() };
    let mut house = House::with("2026-11-23 09:00", office_with(&[]), rules, Proof::Code).await;
    ready_to_choose_a_time(&mut house, "aminah", "A12345678").await;
    house.play("aminah> 9 pagi\naminah> ya").await;
    let another = |passport: &str, time: &str| {
        format!(
            "aminah> tempah\naminah> tidak\naminah> Ali bin Abu\naminah> {passport}\naminah> 12 Jalan Mawar, 53100 Kuala Lumpur\n\
             aminah> 012-345 6789\naminah> KL\naminah> jalan duta\naminah> pas pelajar\naminah> 5/1/2027\naminah> {time}\naminah> ya"
        )
    };
    house.play(&another("A22345678", "10 pagi")).await;
    let before = house.transcript.len();
    house.play(&another("A32345678", "11 pagi")).await;
    let told = house.transcript.split_off(before);
    let refusal: Vec<&str> = told.lines().filter(|line| line.contains("Maaf")).collect();
    insta::assert_snapshot!(refusal.join("\n"));
    let day = house.store.appointments(&branch(), "2027-01-05".parse().unwrap()).await.unwrap();
    assert_eq!(day.len(), 2);
}

#[tokio::test]
async fn very_long_and_invisible_texts_are_answered_kindly() {
    let mut house = House::at("2026-11-23 09:00").await;
    house.play("[ali opens the chat]\nali> 1\nali> ya").await;
    for text in ["a".repeat(10_000), "\u{0}\u{7}\u{1b}[31m".to_owned(), "\u{202e}\u{200f}\u{feff}".to_owned()]
    {
        let letters = house.says("ali", &text).await;
        assert_eq!(letters.len(), 1, "one kind answer");
    }
    house.wait(TimeDelta::minutes(1));
    let letters = house.says("ali", "ali@example.com").await;
    assert_eq!(letters.len(), 2, "nothing was lost: the code is sent and asked for");
}

fn branch() -> BranchCode {
    BranchCode::parse("KUL-DUTA").unwrap()
}
