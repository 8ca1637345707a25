//! The real program at a strict Bot API server: what people send that is no answer, groups, links, floods, blocked
//! chats, webhooks, starting and stopping.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::allow_attributes,
    reason = "helpers of tests may panic as tests may"
)]

mod botapi;

use std::io::{BufRead, BufReader};
use std::sync::Arc;
use std::time::Duration;

use botapi::chat::Entry;
use botapi::process::SECRET;
use botapi::{BotApi, Faults, Person, Serving, Setup, free_port};
use serde_json::json;
use tempfile::TempDir;

/// A bot that is served, and its Telegram.
struct Office {
    api: Arc<BotApi>,
    _folder: TempDir,
    setup: Setup,
    serving: Serving,
}

impl Office {
    /// One whose people may write as fast as tests do.
    async fn open() -> Office {
        Office::with(|setup| setup.with("TELEGRAM__BURST", "1000")).await
    }

    async fn with(change: impl FnOnce(Setup) -> Setup) -> Office {
        let (api, folder) = (BotApi::start().await, tempfile::tempdir().unwrap());
        let setup = change(Setup::polling(folder.path()));
        let serving = setup.serve(&api);
        Office { api, _folder: folder, setup, serving }
    }

    fn person(&self, id: i64, name: &str) -> Person {
        Person::new(&self.api, id, name)
    }

    /// What the operator gets from a command.
    fn runs(&self, args: &[&str]) -> String {
        let done = self.setup.command(&self.api, args).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    }

    /// Telegram refused nothing.
    fn is_clean(&self) {
        assert_eq!(self.api.inner().refused, Vec::<String>::new(), "{}", self.serving.log());
    }
}

/// From the greeting to the slip, as somebody who types little.
async fn books(person: &Person, passport: &str) {
    person.asks("/start", "Please choose a language").await;
    person.picks("English", "Do you agree").await;
    person.picks("Yes, I agree", "e-mail address").await;
    person.asks(&format!("{}@example.com", person.name), "full name").await;
    person.asks("Aminah binti Abu", "Which identity document").await;
    person.picks("Passport", "passport number").await;
    person.asks(passport, "full address").await;
    person.asks("No. 12, Jalan Mawar, 53100 Kuala Lumpur", "telephone number").await;
    person.asks("012-345 6789", "In which state").await;
    person.asks("Jalan Duta", "business").await;
    person.picks("Student pass", "Please choose a date").await;
    person.picks("▶", "▶").await;
    person.asks("earliest", "Please choose a time").await;
    person.picks("10.00 a.m.", "Please check the details").await;
    let mark = person.mark();
    person.taps("Yes, confirm the appointment");
    person.hears_since(mark, "Your appointment is confirmed").await;
    person.hears_since(mark, ".pdf").await;
    person.hears_since(mark, "What would you like to do next").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_answer_is_answered_kindly_and_changes_nothing() {
    let office = Office::open().await;
    let aminah = office.person(1001, "aminah");
    books(&aminah, "A12345678").await;
    let question = "What would you like to do next";
    let sticker = json!({ "sticker": { "file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1,
        "is_animated": false, "is_video": false, "file_size": 1 } });
    let voice = json!({ "voice": { "file_id": "v", "file_unique_id": "v", "duration": 3, "file_size": 1 } });
    let photo = json!({ "photo": [{ "file_id": "p", "file_unique_id": "p", "width": 1, "height": 1, "file_size": 1 }],
        "caption": "my passport" });
    let poll = json!({ "poll": { "id": "1", "question": "when?", "options": [], "total_voter_count": 0, "is_closed": false,
        "is_anonymous": true, "type": "regular", "allows_multiple_answers": false } });
    let card = json!({ "contact": { "phone_number": "60199999999", "first_name": "Ali", "user_id": 5 } });
    for (shown, content) in [
        ("(sticker)", sticker),
        ("(voice)", voice),
        ("(photo)", photo),
        ("(poll)", poll),
        ("(Ali's card)", card),
    ] {
        let mark = aminah.mark();
        aminah.sends(shown, content);
        aminah.hears_since(mark, question).await;
    }
    let mark = aminah.mark();
    aminah.edits("hello again");
    aminah.hears_since(mark, "An edited message is not read again").await;
    let mark = aminah.mark();
    let origin = json!({ "type": "hidden_user", "date": 1, "sender_user_name": "Ali" });
    aminah.sends("(forwards) my number is 1", json!({ "text": "my number is 1", "forward_origin": origin }));
    aminah.hears_since(mark, "Forwarded messages are not read").await;
    // Old buttons, forged ones, and ones that are none of ours.
    for data in ["1.yes", "99.yes", "7.rc:AAAAAAAAAA", "garbage", "🎉", "4294967295.d:991231", "1.s:A:B:C"]
    {
        let mark = aminah.mark();
        aminah.taps_data(&format!("(taps {data})"), 3, data);
        aminah.hears_since(mark, question).await;
    }
    aminah.with(|chat| assert_eq!(chat.alive(), 1, "one message has buttons"));
    aminah.asks("/bookings", "Please choose one").await;
    aminah.picks("10.00 a.m.", "What would you like to do with this appointment").await;
    let mark = aminah.mark();
    aminah.taps("Send the slip again");
    aminah.hears_since(mark, ".ics").await;
    let inner = office.api.inner();
    assert!(inner.taps.values().all(Option::is_some), "every tap is answered, once");
    let slowest = inner.tap_waits.iter().max().unwrap();
    assert!(*slowest < Duration::from_secs(5), "{slowest:?}");
    drop(inner);
    office.is_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_opens_a_branch_and_a_slip_tells_a_stranger_what_it_is_worth() {
    let office = Office::open().await;
    let (aminah, ravi) = (office.person(1001, "aminah"), office.person(1002, "ravi"));
    let mark = ravi.mark();
    ravi.says("/start b_PNG-HQ");
    ravi.hears_since(mark, "Please choose a language").await;
    ravi.picks("English", "Do you agree").await;
    books(&aminah, "A12345678").await;
    let pdf = aminah.with(|chat| {
        let files = chat.posted.iter().filter_map(|posted| posted.file.clone());
        files.into_iter().find(|(name, _)| name.ends_with(".png")).unwrap().1
    });
    let picture = office.setup.folder.join("slip.png");
    std::fs::write(&picture, pdf).unwrap();
    let scanned = std::process::Command::new("zbarimg").args(["-q", "--raw"]).arg(&picture).output().unwrap();
    let code = String::from_utf8(scanned.stdout).unwrap();
    let payload = code.split_once("?start=").unwrap().1.split_once('#').unwrap().0.to_owned();
    let siti = office.person(1003, "siti");
    siti.asks(&format!("/start {payload}"), "This slip is genuine").await;
    siti.with(|chat| {
        let said: String = chat.posted.iter().map(|posted| posted.text.clone()).collect();
        assert!(!said.contains("Aminah") && !said.contains("5678") && !said.contains("@"), "{said}");
    });
    // Nobody finds out by guessing.
    let guessed = format!("{}AAAA", payload.get(..payload.len() - 4).unwrap());
    siti.asks(&format!("/start {guessed}"), "Please choose a language").await;
    siti.with(|chat| assert!(!chat.posted.last().unwrap().text.contains("slip")));
    aminah.asks("/bookings", "Please choose one").await;
    aminah.picks("10.00 a.m.", "What would you like to do").await;
    aminah.picks("Change the date or time", "Please choose a date").await;
    aminah.asks("earliest", "Please choose a time").await;
    aminah.picks("11.00 a.m.", "Please check the details").await;
    aminah.picks("Yes, confirm", "Your appointment has been changed").await;
    siti.asks(&format!("/start {payload}"), "This slip has been replaced").await;
    aminah.asks("cancel", "Cancel this appointment").await;
    aminah.picks("Yes, cancel", "has been cancelled").await;
    siti.asks(&format!("/start {payload}"), "This slip is no longer good").await;
    office.is_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bot_introduces_itself_in_both_languages_and_invites_out_of_groups() {
    let office = Office::open().await;
    let there = |inner: &botapi::server::Inner| inner.profile.contains_key("setmyshortdescription ms");
    assert!(office.api.until(Duration::from_secs(60), there).await, "{}", office.serving.log());
    let names: Vec<_> = office.api.inner().profile.keys().cloned().collect();
    assert_eq!(
        names,
        [
            "setmycommands",
            "setmycommands ms",
            "setmydescription",
            "setmydescription ms",
            "setmyshortdescription",
            "setmyshortdescription ms",
        ]
    );
    let menu = |name: &str| office.api.inner().profile[name].to_string();
    assert!(
        menu("setmycommands").contains("\"book\"") && menu("setmycommands").contains("Make a new booking")
    );
    assert!(
        menu("setmycommands ms").contains("\"tempah\"") && menu("setmycommands ms").contains("Buat tempahan")
    );
    let group = json!({ "id": -100_123, "type": "supergroup", "title": "Family" });
    let ali = json!({ "id": 7, "is_bot": false, "first_name": "Ali", "language_code": "en" });
    office.api.inner().chats.entry(-100_123).or_default();
    for text in
        ["hello everybody", "/start@temujanji_test_bot", "/book@temujanji_test_bot my IC is 900101-14-5551"]
    {
        let message =
            json!({ "message_id": 1, "date": 1_800_000_000, "chat": group, "from": ali, "text": text });
        office.api.update(-100_123, json!({ "message": message }));
    }
    let post = json!({ "message_id": 1, "date": 1_800_000_000, "text": "news",
        "chat": { "id": -100_777, "type": "channel", "title": "News" } });
    office.api.update(-100_777, json!({ "channel_post": post }));
    let told = |inner: &botapi::server::Inner| inner.chats.get(&-100_123).unwrap().posted.len() == 2;
    assert!(office.api.until(Duration::from_secs(30), told).await, "{}", office.serving.log());
    let inner = office.api.inner();
    let said = &inner.chats.get(&-100_123).unwrap().posted.first().unwrap().text;
    assert_eq!(
        said,
        "Appointments are made in a private chat, so that nobody else reads your details: https://t.me/temujanji_test_bot"
    );
    drop(inner);
    office.is_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_blocked_the_bot_stops_nobody_else() {
    let office = Office::with(|setup| setup.with("HTTP__LISTEN", "127.0.0.1:0")).await;
    let (aminah, ravi) = (office.person(1001, "aminah"), office.person(1002, "ravi"));
    ravi.asks("/start", "Please choose a language").await;
    office.api.inner().chats.get_mut(&1002).unwrap().blocked = true;
    for _ in 0..5 {
        ravi.says("hello?");
    }
    aminah.asks("/start", "Please choose a language").await;
    aminah.picks("English", "Do you agree").await;
    let mut rounds = 0;
    while !office.serving.log().contains("the person cannot be reached") {
        rounds += 1;
        assert!(rounds < 300, "{}", office.serving.log());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    office.api.inner().chats.get_mut(&1002).unwrap().blocked = false;
    ravi.asks("hello", "Please choose a language").await;
    office.is_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_is_slowed_and_told_once_and_keeps_nobody_waiting() {
    let office =
        Office::with(|setup| setup.with("TELEGRAM__BURST", "5").with("TELEGRAM__PER_MINUTE", "6")).await;
    let (mei, aminah) = (office.person(1001, "mei"), office.person(1002, "aminah"));
    for number in 0..300 {
        mei.says(&format!("message {number}"));
    }
    let asked = std::time::Instant::now();
    aminah.asks("/start", "Please choose a language").await;
    let waited = asked.elapsed();
    assert!(waited < Duration::from_secs(10), "{waited:?}");
    mei.hears_since(0, "writing faster than can be read").await;
    assert!(office.api.until(Duration::from_secs(30), |inner| inner.queue.waiting.is_empty()).await);
    tokio::time::sleep(Duration::from_millis(500)).await;
    mei.with(|chat| {
        let told = chat.posted.iter().filter(|posted| posted.text.contains("faster")).count();
        assert_eq!(told, 1);
        assert!(chat.posted.len() <= 8, "{} answers to a flood", chat.posted.len());
    });
    office.is_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_by_webhook_and_only_telegram_may_call_it() {
    let port = free_port();
    let office = Office::with(|setup| setup.webhook(port).with("TELEGRAM__BURST", "1000")).await;
    assert!(
        office.api.until(Duration::from_secs(60), |inner| inner.hook.is_some()).await,
        "{}",
        office.serving.log()
    );
    let url = format!("http://127.0.0.1:{port}/hook");
    let message = json!({ "update_id": 99_999, "message": { "message_id": 1, "date": 1, "text": "/start",
        "from": { "id": 66, "is_bot": false, "first_name": "X" }, "chat": { "id": 66, "type": "private" } } });
    // Each call on a connection of its own: one that was refused is closed.
    let client = reqwest::Client::builder().no_proxy().pool_max_idle_per_host(0).build().unwrap();
    for secret in ["wrong", ""] {
        let call = client.post(&url).header("X-Telegram-Bot-Api-Secret-Token", secret).json(&message);
        assert_eq!(call.send().await.unwrap().status().as_u16(), 401);
    }
    let large =
        client.post(&url).header("X-Telegram-Bot-Api-Secret-Token", SECRET).body("x".repeat(2_000_000));
    // The answer comes before all is sent, which a client may take for a broken connection.
    assert!(large.send().await.map_or(true, |answer| answer.status().as_u16() == 413));
    let garbage = client.post(&url).header("X-Telegram-Bot-Api-Secret-Token", SECRET).body("{").send().await;
    assert_eq!(
        garbage.unwrap().status().as_u16(),
        200,
        "what cannot be read is not asked for again and again"
    );
    assert!(!office.api.inner().chats.contains_key(&66));
    let aminah = office.person(1001, "aminah");
    books(&aminah, "A12345678").await;
    office.is_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn it_stops_when_told_with_its_turns_done_and_says_what_is_wrong_at_the_start() {
    let port = free_port();
    let mut office = Office::with(|setup| setup.with("HTTP__LISTEN", format!("127.0.0.1:{port}"))).await;
    let people: Vec<_> = (0..20).map(|n| office.person(3000 + n, &format!("p{n}"))).collect();
    people[0].asks("/start", "Please choose a language").await;
    let get = async |path: &str| reqwest::get(format!("http://127.0.0.1:{port}{path}")).await.unwrap();
    assert_eq!(get("/healthz").await.status().as_u16(), 200);
    assert_eq!(get("/readyz").await.text().await.unwrap(), "ready\n");
    let mut metrics = get("/metrics").await.text().await.unwrap();
    while !metrics.contains("outcome=\"Sent\"} 1") || !metrics.contains("outbox_waiting 0") {
        tokio::time::sleep(Duration::from_millis(20)).await;
        metrics = get("/metrics").await.text().await.unwrap();
    }
    for line in [
        "temujanji_turns_total{channel=\"telegram\",outcome=\"Done\"} 1",
        "temujanji_turn_seconds_count{channel=\"telegram\"} 1",
        "temujanji_deliveries_total{channel=\"telegram\",outcome=\"Sent\"} 1",
        "temujanji_outbox_waiting 0",
        "temujanji_outbox_oldest_seconds 0",
        "# EOF",
    ] {
        assert!(metrics.contains(line), "{line} is not in\n{metrics}");
    }
    for person in &people {
        person.says("/start");
    }
    let (status, took) = office.serving.stop();
    assert!(status.success(), "{}", office.serving.log());
    assert!(took < Duration::from_secs(10), "{took:?}");
    // Whoever was not answered before is after the next start.
    let _again = office.setup.serve(&office.api);
    for person in people.iter().skip(1) {
        person.hears_since(0, "Please choose a language").await;
        person.with(|chat| assert_eq!(chat.posted.len(), 1, "{}", chat.transcript("p")));
    }
    office.is_clean();

    let mut wrong = office.setup.clone().with("TELEGRAM__TOKEN", "1:AAAAAAAAAAAAAAAAAAAA").serve(&office.api);
    assert!(!wrong.wait().success());
    let said = wrong.log();
    let line = "error: telegram.token is not a token that Telegram knows (Telegram refused it: 401 Unauthorized): copy \
                it again from @BotFather";
    assert!(said.lines().any(|said| said == line), "{said}");
    assert!(!said.contains("AAAAAAAA"), "no token is ever shown: {said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_that_telegram_has_is_not_sent_up_again() {
    let office = Office::open().await;
    let aminah = office.person(1001, "aminah");
    books(&aminah, "A12345678").await;
    let slips = || aminah.with(|chat| chat.posted.iter().filter_map(|p| p.file.clone()).collect::<Vec<_>>());
    let first = slips();
    assert_eq!((first.len(), office.api.inner().uploads), (3, 3));
    asks_for_the_slip(&aminah).await;
    assert_eq!((&slips()[3..], office.api.inner().uploads), (&first[..], 3), "the same files");
    office.api.inner().files.clear();
    asks_for_the_slip(&aminah).await;
    assert_eq!((slips().len(), office.api.inner().uploads), (9, 6), "Telegram has forgotten them");
    asks_for_the_slip(&aminah).await;
    assert_eq!((slips().len(), office.api.inner().uploads), (12, 6));
    office.is_clean();
}

async fn asks_for_the_slip(person: &Person) {
    person.asks("/bookings", "Please choose one").await;
    person.picks("10.00 a.m.", "What would you like to do with this appointment").await;
    let mark = person.mark();
    person.taps("Send the slip again");
    person.hears_since(mark, ".ics").await;
    person.hears_since(mark, "What would you like to do").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_whose_markup_is_refused_is_sent_without() {
    let office = Office::open().await;
    office.api.inner().faults.unreadable = 1.0;
    let aminah = office.person(1001, "aminah");
    books(&aminah, "A12345678").await;
    let chat = aminah.transcript();
    assert!(!["<b>", "</b>", "<i>", "&amp;", "&lt;"].iter().any(|markup| chat.contains(markup)), "{chat}");
    aminah.with(|chat| assert_eq!(chat.alive(), 1, "one message has buttons"));
    let log = office.serving.log();
    let told = log.lines().filter(|line| line.contains("cannot read the markup of a text")).count();
    let refused = {
        let inner = office.api.inner();
        inner.calls["sendmessage"] + inner.calls["editmessagetext"]
    };
    assert_eq!(told as u64 * 2, refused, "told once for each: {log}");
    assert!(!log.contains("Aminah") && !log.contains("Jalan Mawar"), "{log}");
    office.is_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_tries_the_bot() {
    let (api, folder) = (BotApi::start().await, tempfile::tempdir().unwrap());
    let setup = Setup::polling(folder.path());
    let doctor = |setup: &Setup| {
        let output = setup.command(&api, &["doctor"]).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let said = tokio::task::block_in_place(|| doctor(&setup));
    assert!(said.contains("ok    telegram   the token is that of https://t.me/temujanji_test_bot"), "{said}");
    assert!(said.contains("note  telegram   e-mail addresses are taken without proof"), "{said}");
    let wrong = setup.clone().with("TELEGRAM__TOKEN", "1:AAAAAAAAAAAAAAAAAAAA");
    let said = tokio::task::block_in_place(|| doctor(&wrong));
    assert!(said.contains("BAD   telegram   the token is not known"), "{said}");
    let away = setup.clone().with("TELEGRAM__API_URL", "http://127.0.0.1:9");
    let said = tokio::task::block_in_place(|| doctor(&away));
    assert!(said.contains("BAD   telegram   Telegram cannot be reached"), "{said}");
    let other = setup.clone().with("TELEGRAM__USERNAME", "other_bot");
    let said = tokio::task::block_in_place(|| doctor(&other));
    assert!(said.contains("BAD   telegram   telegram.username is other_bot"), "{said}");
    let no_secret = setup.with("TELEGRAM__WEBHOOK__URL", "https://example.org/hook");
    let said = tokio::task::block_in_place(|| doctor(&no_secret));
    assert!(said.contains("BAD   telegram   telegram.webhook.secret is missing"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_process_polls_and_another_takes_over_when_it_dies() {
    let mut office = Office::open().await;
    let aminah = office.person(1001, "aminah");
    aminah.asks("/start", "Please choose a language").await;
    let mut second = office.setup.serve(&office.api);
    aminah.picks("English", "Do you agree").await;
    office.serving.kill();
    aminah.picks("Yes, I agree", "e-mail address").await;
    assert!(second.runs());
    assert!(!second.log().contains("another program polls"), "{}", second.log());
    aminah.with(|chat| {
        let answers = chat.entries.iter().filter(|entry| matches!(entry, Entry::Bot(_))).count();
        assert_eq!(answers, 3, "{}", chat.transcript("aminah"));
    });
    office.is_clean();
}

/// A message that is due when a process starts is taken in its first moments. That process, too, is known to others.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_process_took_as_soon_as_it_started_is_sent_by_the_next() {
    let mut office = Office::open().await;
    let aminah = office.person(1001, "aminah");
    let calls = |at_least: u64| {
        let api = &office.api;
        api.until(Duration::from_secs(60), move |inner| {
            inner.calls.get("sendmessage").is_some_and(|calls| *calls >= at_least)
        })
    };
    office.api.inner().faults = Faults { flood_wait: 1.0, ..Faults::default() };
    aminah.says("/start");
    assert!(calls(1).await);
    // It is noted that the answer is to be tried again, and the time for that comes.
    tokio::time::sleep(Duration::from_millis(500)).await;
    office.serving.kill();
    tokio::time::sleep(Duration::from_secs(5)).await;

    let before = office.api.inner().calls["sendmessage"];
    office.api.inner().faults = Faults { slow: Duration::from_secs(600), ..Faults::default() };
    let mut second = office.setup.serve(&office.api);
    assert!(calls(before + 1).await, "{}", second.log());
    second.kill();

    office.api.inner().faults = Faults::default();
    let mark = aminah.mark();
    let _third = office.setup.serve(&office.api);
    aminah.waiting(Duration::from_secs(30)).hears_since(mark, "Please choose a language").await;
}

/// Who is told to stop while a message is on its way lives until it has arrived: the other process does not send it, too.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_on_its_way_when_a_process_is_told_to_stop_is_sent_once() {
    let mut office = Office::open().await;
    let polls = office.api.until(Duration::from_secs(60), |inner| inner.calls.contains_key("getupdates"));
    assert!(polls.await);
    let _second = office.setup.serve(&office.api);
    let aminah = office.person(1001, "aminah");
    office.api.inner().faults = Faults { slow: Duration::from_secs(6), ..Faults::default() };
    aminah.says("/start");
    let on_its_way =
        office.api.until(Duration::from_secs(60), |inner| inner.calls.contains_key("sendmessage"));
    assert!(on_its_way.await);
    let (status, took) = tokio::task::block_in_place(|| office.serving.stop());
    assert!(status.success() && took > Duration::from_secs(3), "{status} after {took:?}");
    aminah.hears_since(0, "Please choose a language").await;
    tokio::time::sleep(Duration::from_secs(8)).await;
    aminah.with(|chat| assert_eq!(chat.posted.len(), 1, "{}", chat.transcript("aminah")));
}

/// Set for a test program within a test.
const INNER: &str = "TEMUJANJI_INNER_TEST";

#[tokio::test(flavor = "multi_thread")]
async fn a_served_process_ends_with_a_test_program_that_is_killed() {
    if std::env::var_os(INNER).is_some() {
        let office = Office::open().await;
        let serves =
            office.api.until(Duration::from_secs(60), |inner| inner.calls.contains_key("getupdates"));
        assert!(serves.await, "{}", office.serving.log());
        println!("serving {}", office.serving.pid());
        return std::future::pending().await;
    }
    let mut inner = std::process::Command::new(std::env::current_exe().unwrap());
    inner.args(["--exact", "a_served_process_ends_with_a_test_program_that_is_killed", "--nocapture"]);
    let mut inner = inner.env(INNER, "1").stdout(std::process::Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(inner.stdout.take().unwrap()).lines();
    // What the harness prints may stand before it on the line.
    let number = |line: String| line.split_once("serving ").map(|(_, number)| number.to_owned());
    let number = lines.map_while(Result::ok).find_map(number).unwrap();
    let state = || std::fs::read_to_string(format!("/proc/{number}/stat"));
    // One that nobody has buried is dead.
    let runs = || state().is_ok_and(|state| !state.contains(") Z "));
    assert!(runs());
    inner.kill().unwrap();
    inner.wait().unwrap();
    let killed = std::time::Instant::now();
    while runs() {
        assert!(killed.elapsed() < Duration::from_secs(20), "process {number} lives on");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_work_the_day_in_telegram_and_strangers_see_nothing_of_it() {
    let office = Office::open().await;
    let (aminah, zainab, ravi) =
        (office.person(1001, "aminah"), office.person(1002, "zainab"), office.person(1003, "ravi"));
    books(&aminah, "A12345678").await;
    let slip =
        aminah.with(|chat| chat.files().into_iter().find(|name| name.ends_with(".pdf")).unwrap().to_owned());
    let reference = slip.strip_prefix("slip-").unwrap().strip_suffix(".pdf").unwrap().to_owned();
    let args = ["staff", "invite", "--name", "Zainab", "--role", "officer", "--branch", "KUL-DUTA"];
    let invited = office.runs(&args);
    let link = invited.trim();
    let (_, payload) = link.split_once("?start=").unwrap();
    let mark = zainab.mark();
    zainab.says(&format!("/start {payload}"));
    zainab.hears_since(mark, "Arahan untuk kakitangan").await;
    zainab.asks("/language", "Please choose a language").await;
    zainab.picks("English", "What would you like to do").await;
    // Whoever comes second is an applicant like others, and a stranger's command is no command.
    let mark = ravi.mark();
    ravi.says(&format!("/start {payload}"));
    ravi.hears_since(mark, "Please choose a language").await;
    ravi.picks("English", "Do you agree").await;
    let mark = ravi.mark();
    ravi.says(&format!("/find {reference}"));
    ravi.hears_since(mark, "Do you agree").await;
    ravi.with(|chat| assert!(!chat.transcript("ravi").contains("A***")));

    zainab.asks("/hujan", "Commands for staff").await;
    zainab.asks(&format!("/fnid {reference}"), "Aminah binti A***").await;
    zainab.asks(&format!("/find {reference}"), "Aminah binti A***").await;
    let before = zainab.with(|chat| chat.posted.len());
    zainab.picks("Full record", "A12345678").await;
    zainab.picks("Appointment", "Aminah binti A***").await;
    zainab.picks("List of the day", "Appointments: 1").await;
    let after = zainab.with(|chat| chat.posted.len());
    assert_eq!(after, before, "all of it is shown in the message with the buttons");
    zainab.with(|chat| assert_eq!(chat.alive(), 1, "one message has buttons"));
    for (label, ending) in [("PDF", ".pdf"), ("XLSX", ".xlsx"), ("CSV", ".csv")] {
        let mark = zainab.mark();
        zainab.taps(label);
        zainab.hears_since(mark, ending).await;
        zainab.hears_since(mark, "As of").await;
    }
    let mark = zainab.mark();
    zainab.says("/stats");
    zainab.hears_since(mark, ".png").await;
    zainab.asks("/sellout", "Every service still has places").await;

    zainab.asks(&format!("/find {reference}"), "Aminah binti A***").await;
    zainab.picks("Cancel it", "Why is appointment").await;
    zainab.asks("The counter is under repair", "The appointment is cancelled").await;
    aminah.hears_since(0, "Reason: The counter is under repair").await;
    let trail = office.runs(&["audit", "--format", "csv"]);
    for act in ["invited", "joined", "looked", "exported", "cancelled"] {
        assert!(trail.contains(&format!(",{act},")), "{act}: {trail}");
    }
    office.runs(&["staff", "remove", "Zainab"]);
    let mark = zainab.mark();
    zainab.says("/today");
    zainab.hears_since(mark, "CONTINUE ELSEWHERE").await;
    office.is_clean();
}
