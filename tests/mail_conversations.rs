//! Booking by replying to mail: the whole conversation, from whichever mail program, without servers.

#![expect(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "helpers of tests may panic as tests may"
)]

mod correspondent;
mod postroom;

use chrono::TimeDelta;
use correspondent::{Client, Received, filled, first};
use postroom::{ANSWERS, Postroom};

const SITI: &str = "siti@example.com";

#[tokio::test]
async fn a_complete_form_gets_the_review_and_a_yes_the_slip_from_every_client() {
    for client in Client::ALL {
        let mut room = Postroom::at("2026-11-23 09:00").await;
        let form = room.send(&first(SITI, "Temujanji", "Salam, saya nak buat temujanji")).await.unwrap();
        assert!(form.text.contains("--- Borang ---\nNama:\nNo. pengenalan:\nAlamat:\n"), "{}", form.text);
        let reply = match client {
            // Whoever quotes nothing copies the lines.
            Client::Bare => {
                let lines: String =
                    ANSWERS.iter().map(|(label, value)| format!("{label}: {value}\n")).collect();
                client.reply(&form, SITI, &lines, "")
            }
            _ => client.reply(&form, SITI, "", &filled(&form.text, ANSWERS)),
        };
        let review = room.send(&reply).await.unwrap();
        assert!(review.text.contains("Balas YA untuk mengesahkan"), "{client:?}: {}", review.text);
        assert!(review.text.contains("Siti Nur'ain binti Dato' Ali"), "{client:?}: {}", review.text);
        assert!(review.text.contains("Taman Melati, 53100 Kuala Lumpur"), "{client:?}: {}", review.text);
        assert!(
            review.text.contains("Selasa, 5 Januari 2027") && review.text.contains("9.00 pagi"),
            "{client:?}"
        );
        let slip = room.send(&client.reply(&review, SITI, "Ya", &review.text)).await.unwrap();
        assert!(slip.text.contains("telah disahkan"), "{client:?}: {}", slip.text);
        let names = slip.attachments();
        assert!(
            names.iter().any(|n| n.ends_with(".pdf")) && names.iter().any(|n| n.ends_with(".ics")),
            "{names:?}"
        );
        assert_eq!(room.bookings().await, 1, "{client:?}");
        // Thanks get no answer.
        assert!(
            room.send(&client.reply(&slip, SITI, "Terima kasih!", &slip.text)).await.is_none(),
            "{client:?}"
        );
    }
}

#[tokio::test]
async fn what_is_wrong_or_missing_is_said_beside_what_was_taken() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    let form = room.send(&first(SITI, "Temujanji", "Saya nak buat temujanji")).await.unwrap();
    let some: Vec<_> = ANSWERS
        .iter()
        .filter(|(label, _)| !["Alamat", "Tarikh", "Masa"].contains(label))
        .map(|(label, value)| (*label, if *label == "No. telefon" { "99" } else { *value }))
        .collect();
    let answer =
        room.send(&Client::Outlook.reply(&form, SITI, "", &filled(&form.text, &some))).await.unwrap();
    assert!(answer.text.contains("Telah dicatat:\nNama: Siti Nur'ain"), "{}", answer.text);
    assert!(
        answer.text.contains("Kad pengenalan: ******-**-5551\nAlamat:\nNo. telefon:\nCawangan: "),
        "{}",
        answer.text
    );
    assert!(answer.text.contains("Maaf, ") && answer.text.contains("012-345 6789"), "{}", answer.text);
    // Only what is new is said back, and the number that was not shown stays.
    let rest = [("Alamat", "No. 12, Jalan Mawar 3/4, 53100 Kuala Lumpur"), ("No. telefon", "012-345 6789")];
    let days =
        room.send(&Client::Gmail.reply(&answer, SITI, "", &filled(&answer.text, &rest))).await.unwrap();
    assert!(
        days.text.contains("Telah dicatat:\nAlamat: No. 12") && !days.text.contains("Nama:"),
        "{}",
        days.text
    );
    assert!(
        days.text.contains("Sila pilih tarikh") && days.text.contains("1. Sel, 24 Nov 2026"),
        "{}",
        days.text
    );
    // A day and a time in the person's own words, as in a chat.
    let review =
        room.send(&Client::Apple.reply(&days, SITI, "5hb 1 pukul 9 pagi", &days.text)).await.unwrap();
    assert!(
        review.text.contains("Selasa, 5 Januari 2027") && review.text.contains("9.00 pagi"),
        "{}",
        review.text
    );
    let slip = room.send(&Client::Yahoo.reply(&review, SITI, "ya betul", &review.text)).await.unwrap();
    assert!(slip.text.contains("telah disahkan"), "{}", slip.text);
}

/// A tap on a link opens a new mail with the answer typed in; the person presses Send.
fn tapped(link: &str, from: &str) -> Vec<u8> {
    let decode = |text: &str| {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            let hex = |rest: &mut std::str::Bytes<'_>| char::from(rest.next().unwrap()).to_digit(16).unwrap();
            bytes.push(match byte {
                b'%' => u8::try_from(hex(&mut rest) * 16 + hex(&mut rest)).unwrap(),
                byte => byte,
            });
        }
        String::from_utf8(bytes).unwrap()
    };
    let (to, query) = link.strip_prefix("mailto:").unwrap().split_once('?').unwrap();
    let (subject, body) = query.strip_prefix("subject=").unwrap().split_once("&body=").unwrap();
    assert!(link.len() < 500, "{link}");
    let mail = format!(
        "From: {from}\nTo: {}\nSubject: {}\nMessage-ID: <{}>\nContent-Type: text/plain; charset=utf-8\n\n{}\n\nSent from my iPhone\n",
        decode(to),
        decode(subject),
        correspondent::unique(),
        decode(body)
    );
    mail.replace('\n', "\r\n").into_bytes()
}

#[tokio::test]
async fn a_tap_on_a_day_and_a_slot_and_the_confirmation() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    let form = room.send(&first(SITI, "Temujanji", "Saya nak buat temujanji")).await.unwrap();
    let person: Vec<_> =
        ANSWERS.iter().filter(|(label, _)| !["Tarikh", "Masa"].contains(label)).copied().collect();
    let days =
        room.send(&Client::GmailHtml.reply(&form, SITI, "", &filled(&form.text, &person))).await.unwrap();
    let links = days.links();
    assert!(links.iter().all(|link| link.starts_with("mailto:temujanji%2Btj")), "{links:?}");
    let times = room.send(&tapped(links.get(1).unwrap(), SITI)).await.unwrap();
    assert!(times.text.contains("Sila pilih masa pada Rabu, 25 November 2026"), "{}", times.text);
    let review = room.send(&tapped(times.links().get(1).unwrap(), SITI)).await.unwrap();
    assert!(review.text.contains("Rabu, 25 November 2026, 9.00 pagi"), "{}", review.text);
    // The first list again: that question is over.
    let stale = room.send(&tapped(links.first().unwrap(), SITI)).await.unwrap();
    assert!(stale.text.contains("soalan yang telah lepas"), "{}", stale.text);
    let slip = room.send(&tapped(stale.links().first().unwrap(), SITI)).await.unwrap();
    assert!(slip.text.contains("telah disahkan"), "{}", slip.text);
}

#[tokio::test]
async fn in_english_from_the_first_word_to_the_cancellation() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    let john = "john@example.org";
    let form = room
        .send(&first(john, "Appointment", "Hello, I would like to make an appointment please"))
        .await
        .unwrap();
    assert_eq!(form.header("Content-Language"), "en");
    assert!(form.text.contains("--- Form ---\nName:\nIdentity no.:\n"), "{}", form.text);
    let answers = [
        ("Name", "John O'Neill"),
        ("Identity no.", "A12345678"),
        ("Address", "5 Jalan Raja, 50050 Kuala Lumpur"),
        ("Telephone", "+44 20 7946 0958"),
        ("Branch", "Jalan Duta"),
        ("Service", "student pass"),
        ("Date", "5 January 2027"),
        ("Time", "9 am"),
        ("Agree to terms (YES/NO)", "yes"),
    ];
    let review =
        room.send(&Client::Yahoo.reply(&form, john, "", &filled(&form.text, &answers))).await.unwrap();
    assert!(review.text.contains("Reply YES to confirm"), "{}", review.text);
    let slip = room
        .send(&Client::Outlook.reply(&review, john, "Yes please\n\nKind regards\nJohn", &review.text))
        .await
        .unwrap();
    assert!(slip.text.contains("is confirmed"), "{}", slip.text);
    assert_eq!(slip.header("Auto-Submitted"), "auto-replied");
    assert!(slip.header("In-Reply-To").contains("@example.com"), "{}", slip.header("In-Reply-To"));
    let raw = String::from_utf8_lossy(&slip.bytes).into_owned();
    assert!(raw.contains("method=PUBLISH") && raw.contains("METHOD:PUBLISH"), "{raw}");
    let sure = room
        .send(&Client::Samsung.reply(&slip, john, "Please cancel my appointment", &slip.text))
        .await
        .unwrap();
    assert!(sure.text.contains("Cancel this appointment?"), "{}", sure.text);
    let gone = room.send(&Client::Samsung.reply(&sure, john, "yes", &sure.text)).await.unwrap();
    let raw = String::from_utf8_lossy(&gone.bytes).into_owned();
    assert!(gone.text.contains("has been cancelled") && raw.contains("method=CANCEL"), "{raw}");
    assert_eq!(room.bookings().await, 0);
}

#[tokio::test]
async fn attachments_are_ignored_and_that_is_said() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    let form = room.send(&first(SITI, "Temujanji", "Saya nak buat temujanji")).await.unwrap();
    let mail = format!(
        "From: {SITI}\r\nTo: {}\r\nMessage-ID: <{}>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nNama: Siti binti Ali\r\n--b\r\nContent-Type: image/jpeg\r\n\
         Content-Disposition: attachment; filename=ic.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n/9j/\r\n--b--\r\n",
        form.reply_to,
        correspondent::unique()
    );
    let answer = room.send(mail.as_bytes()).await.unwrap();
    assert!(answer.text.contains("Lampiran tidak dibuka"), "{}", answer.text);
    assert!(answer.text.contains("Siti binti Ali"), "{}", answer.text);
}

#[tokio::test]
async fn a_place_is_held_by_mail_for_a_day_but_not_until_its_slot() {
    for (day, until) in [
        ("5 Januari 2027", "Selasa, 24 November 2026, 10.00 malam"),
        ("esok", "Selasa, 24 November 2026, 7.00 pagi"),
    ] {
        let mut room = Postroom::at("2026-11-23 22:00").await;
        let form = room.send(&first(SITI, "Temujanji", "Saya nak buat temujanji")).await.unwrap();
        let answers: Vec<_> = ANSWERS
            .iter()
            .map(|(label, value)| (*label, if *label == "Tarikh" { day } else { *value }))
            .collect();
        let review =
            room.send(&Client::Gmail.reply(&form, SITI, "", &filled(&form.text, &answers))).await.unwrap();
        assert!(review.text.contains(&format!("sehingga {until}")), "{}", review.text);
    }
}

#[tokio::test]
async fn odd_replies_get_a_kind_answer() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    let form = room.send(&first(SITI, "Temujanji", "Saya nak buat temujanji")).await.unwrap();
    let answer = room.send(&Client::Gmail.reply(&form, SITI, "", "")).await.unwrap();
    assert!(answer.text.contains("tidak difahami"), "{}", answer.text);
    let answer = room.send(&Client::Gmail.reply(&answer, SITI, &"a ".repeat(5000), "")).await.unwrap();
    assert!(answer.text.contains("terlalu panjang"), "{}", answer.text);
    let answer = room.send(&Client::Gmail.reply(&answer, SITI, "BANTUAN", &answer.text)).await.unwrap();
    assert!(answer.text.contains("TEMPAHAN SAYA – "), "{}", answer.text);
    let answer = room.send(&Client::Gmail.reply(&answer, SITI, "ENGLISH", &answer.text)).await.unwrap();
    assert!(answer.text.contains("--- Form ---"), "{}", answer.text);
    let answer = room.send(&Client::Gmail.reply(&answer, SITI, "I do not agree", &answer.text)).await;
    assert!(answer.is_some());
}

#[tokio::test]
async fn a_booking_by_mail_shows_in_a_chat_once_the_address_is_proved_there() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    let form = room.send(&first(SITI, "Temujanji", "Saya nak buat temujanji")).await.unwrap();
    let review =
        room.send(&Client::Gmail.reply(&form, SITI, "", &filled(&form.text, ANSWERS))).await.unwrap();
    room.send(&Client::Gmail.reply(&review, SITI, "ya", "")).await.unwrap();
    room.chats("siti", "1").await;
    room.chats("siti", "ya").await;
    let before = room.chats("siti", "TEMPAHAN SAYA").await;
    assert!(!before.contains("Jalan Duta"), "{before}");
    room.chats("siti", SITI).await;
    let code = room.code.clone();
    room.chats("siti", &code).await;
    let after = room.chats("siti", "TEMPAHAN SAYA").await;
    assert!(after.contains("Siti Nur'ain"), "{after}");
}

#[tokio::test]
async fn an_unfinished_booking_goes_on_elsewhere_by_a_code() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    let form = room.send(&first(SITI, "Temujanji", "Saya nak buat temujanji")).await.unwrap();
    let review =
        room.send(&Client::Gmail.reply(&form, SITI, "", &filled(&form.text, ANSWERS))).await.unwrap();
    let told =
        room.send(&Client::Gmail.reply(&review, SITI, "SAMBUNG DI TEMPAT LAIN", &review.text)).await.unwrap();
    let code = told
        .text
        .split_whitespace()
        .find(|word| word.starts_with("SB-"))
        .unwrap()
        .trim_end_matches('.')
        .to_owned();
    room.chats("siti", "1").await;
    room.chats("siti", "ya").await;
    // Nobody has proved anything here: the place and the day, and nothing of the person.
    let taken = room.chats("siti", &code).await;
    assert!(taken.contains("Cawangan, urusan, tarikh dan masa telah diambil"), "{taken}");
    for secret in ["Siti", "5551", "Mawar", SITI] {
        assert!(!taken.contains(secret), "{secret}: {taken}");
    }
    room.chats("siti", SITI).await;
    let proof = room.code.clone();
    room.chats("siti", &proof).await;
    let taken = room.chats("siti", &code).await;
    assert!(taken.contains("disambung di sini") && taken.contains("Siti Nur'ain"), "{taken}");
    let booked = room.chats("siti", "ya").await;
    assert!(booked.contains("telah disahkan"), "{booked}");
    assert_eq!(room.bookings().await, 1);
    // The code is spent, and where it came from nothing is open.
    assert!(room.chats("siti", &code).await.contains("salah atau telah tamat"));
    let idle = room.send(&Client::Gmail.reply(&told, SITI, "TEMPAHAN SAYA", "")).await.unwrap();
    assert!(idle.text.contains("Jalan Duta"), "{}", idle.text);
}

#[tokio::test]
async fn a_booking_begun_in_a_chat_goes_on_by_mail() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    for text in ["1", "ya", SITI] {
        room.chats("siti", text).await;
    }
    let proof = room.code.clone();
    room.chats("siti", &proof).await;
    room.chats("siti", "Nama: Siti Aminah binti Ali\nUrusan: pas pelajar\nCawangan: Jalan Duta").await;
    let told = room.chats("siti", "sambung di tempat lain").await;
    let code = told
        .split_whitespace()
        .find(|word| word.starts_with("SB-"))
        .unwrap()
        .trim_end_matches('.')
        .to_owned();
    // Without a token the code gets the empty form like anything else.
    let form = room.send(&first(SITI, "Temujanji", &code)).await.unwrap();
    assert!(!form.text.contains("Siti Aminah"), "{}", form.text);
    let taken = room.send(&Client::Gmail.reply(&form, SITI, &code, "")).await.unwrap();
    assert!(
        taken.text.contains("disambung di sini") && taken.text.contains("Nama: Siti Aminah"),
        "{}",
        taken.text
    );
}

/// Siti books in a chat; the mails with the code and the slip.
async fn booked_in_a_chat(room: &mut Postroom) -> (Received, Received) {
    for text in ["1", "ya", SITI] {
        room.chats("siti", text).await;
    }
    let code = room.code.clone();
    room.chats("siti", &code).await;
    let form: String = ANSWERS.iter().map(|(label, value)| format!("{label}: {value}\n")).collect();
    let review = room.chats("siti", &form).await;
    assert!(review.contains("Siti Nur'ain"), "{review}");
    let booked = room.chats("siti", "ya").await;
    assert!(booked.contains("telah disahkan"), "{booked}");
    assert_eq!(room.bookings().await, 1);
    let slip = room.mailed.pop().unwrap();
    (room.mailed.pop().unwrap(), slip)
}

#[tokio::test]
async fn the_slip_of_a_booking_made_in_a_chat_can_be_replied_to() {
    for client in [Client::Gmail, Client::OutlookHtml, Client::Samsung] {
        let mut room = Postroom::at("2026-11-23 09:00").await;
        let (_, slip) = booked_in_a_chat(&mut room).await;
        assert!(slip.text.contains("balas dengan BATAL"), "{}", slip.text);
        assert!(slip.text.ends_with(&format!("\n\nKod balasan: {}", slip.token())), "{}", slip.text);
        assert!(slip.html.contains(&slip.token()) && slip.id.contains(&slip.token()), "{}", slip.html);
        let sure = room.send(&client.reply(&slip, SITI, "cancel", &slip.text)).await.unwrap();
        assert!(sure.text.contains("Batalkan temujanji ini?"), "{client:?}: {}", sure.text);
        assert!(sure.text.contains("5 Januari 2027") && sure.text.contains("Siti Nur'ain"), "{}", sure.text);
        assert_eq!(room.bookings().await, 1);
        let gone = room.send(&client.reply(&sure, SITI, "ya", &sure.text)).await.unwrap();
        assert!(gone.text.contains("telah dibatalkan"), "{client:?}: {}", gone.text);
        assert!(!gone.text.contains("--- Borang ---"), "nobody asked to book: {}", gone.text);
        assert_eq!(room.bookings().await, 0);
        let none = room.chats("siti", "TEMPAHAN SAYA").await;
        assert!(none.contains("tiada temujanji akan datang"), "{none}");
    }
}

#[tokio::test]
async fn the_news_of_a_cancellation_can_be_replied_to() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    booked_in_a_chat(&mut room).await;
    room.chats("siti", "BATAL").await;
    room.chats("siti", "ya").await;
    assert_eq!(room.bookings().await, 0);
    let news = room.mailed.pop().unwrap();
    assert!(news.text.contains("telah dibatalkan") && news.text.contains("balas TEMPAH;"), "{}", news.text);
    let form = room.send(&Client::Gmail.reply(&news, SITI, "TEMPAH", &news.text)).await.unwrap();
    assert!(form.text.contains("--- Borang ---"), "{}", form.text);
}

#[tokio::test]
async fn a_reply_to_a_slip_answers_no_question_of_the_conversation_by_mail() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    let (_, slip) = booked_in_a_chat(&mut room).await;
    let form = room.send(&Client::Gmail.reply(&slip, SITI, "TEMPAH", &slip.text)).await.unwrap();
    let other = [("Urusan", "pasport"), ("Tarikh", "6 Januari 2027"), ("Setuju terma (YA/TIDAK)", "YA")];
    let answers: Vec<_> =
        ANSWERS.iter().map(|(l, v)| other.iter().find(|o| o.0 == *l).copied().unwrap_or((*l, *v))).collect();
    let lines: String = answers.iter().map(|(label, value)| format!("{label}: {value}\n")).collect();
    let review = room.send(&Client::Gmail.reply(&form, SITI, &lines, "")).await.unwrap();
    assert!(review.text.contains("Balas YA untuk mengesahkan"), "{}", review.text);
    let again = room.send(&Client::Gmail.reply(&slip, SITI, "ya", &slip.text)).await.unwrap();
    assert!(again.text.contains("Balas YA untuk mengesahkan"), "asked again: {}", again.text);
    // Nor is the slip below the reply taken for a form.
    assert!(!again.text.contains("Telah dicatat"), "{}", again.text);
}

#[tokio::test]
async fn a_reply_to_the_code_says_where_the_code_belongs() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    for text in ["1", "ya", SITI] {
        room.chats("siti", text).await;
    }
    let mail = room.mailed.pop().unwrap();
    for text in [room.code.clone(), format!("Kod saya {}. Terima kasih.", room.code)] {
        let answer = room.send(&Client::Apple.reply(&mail, SITI, &text, &mail.text)).await.unwrap();
        assert!(answer.text.contains("taip kod itu dalam perbualan"), "{}", answer.text);
    }
    // The chat has to be told it still.
    let code = room.code.clone();
    assert!(room.chats("siti", &code).await.contains("telah disahkan"));
}

/// Siti has an appointment on 5 January at 9.
async fn has_booked(room: &mut Postroom, client: Client) {
    let form = room.send(&first(SITI, "Temujanji", "Salam, saya nak buat temujanji")).await.unwrap();
    let review = room.send(&client.reply(&form, SITI, "", &filled(&form.text, ANSWERS))).await.unwrap();
    room.send(&client.reply(&review, SITI, "Ya", &review.text)).await.unwrap();
    assert_eq!(room.bookings().await, 1);
}

#[tokio::test]
async fn another_place_after_a_closing_is_taken_by_one_word_from_every_client() {
    for client in Client::ALL.into_iter().filter(|client| *client != Client::Bare) {
        let mut room = Postroom::at("2026-11-23 09:00").await;
        has_booked(&mut room, client).await;
        let news = room.closes(5, 5).await;
        let [news] = news.as_slice() else { panic!("{client:?}: {} mails", news.len()) };
        assert_eq!(news.subject, "Temujanji Imigresen: tempat ganti untuk anda");
        assert!(news.text.contains("terpaksa dibatalkan") && news.text.contains("Sebab: Banjir kilat"));
        assert!(news.text.contains("Rabu, 6 Januari 2027, 9.00 pagi"), "{}", news.text);
        assert_eq!(news.header("Auto-Submitted"), "auto-generated");
        let slip = room.send(&client.reply(news, SITI, "ya", &news.text)).await.unwrap();
        assert!(slip.text.contains("telah disahkan"), "{client:?}: {}", slip.text);
        assert!(slip.attachments().iter().any(|name| name.ends_with(".pdf")), "{client:?}");
        let again = room.send(&client.reply(news, SITI, "ya", &news.text)).await;
        assert!(again.is_none_or(|again| !again.text.contains("telah disahkan")), "{client:?}: taken once");
    }
}

#[tokio::test]
async fn a_button_of_the_mail_gives_the_place_back() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    has_booked(&mut room, Client::Gmail).await;
    let news = room.closes(5, 5).await.remove(0);
    let link = news.links().into_iter().find(|link| link.contains("od%3A")).unwrap();
    let answer = room.send(&tapped(&link, SITI)).await.unwrap();
    assert!(answer.text.contains("tempat itu telah dilepaskan"), "{}", answer.text);
}

#[tokio::test]
async fn an_answer_to_an_older_offer_is_for_that_one() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    has_booked(&mut room, Client::Gmail).await;
    let son: Vec<_> = ANSWERS
        .iter()
        .map(|(label, value)| match *label {
            "Nama" => (*label, "Ahmad bin Ali"),
            "No. pengenalan" => (*label, "050101-14-5553"),
            _ => (*label, *value),
        })
        .collect();
    room.wait(TimeDelta::minutes(1));
    let form = room.send(&first(SITI, "Temujanji", "TEMPAH")).await.unwrap();
    let review = room.send(&Client::Gmail.reply(&form, SITI, "", &filled(&form.text, &son))).await.unwrap();
    room.send(&Client::Gmail.reply(&review, SITI, "Ya", &review.text)).await.unwrap();
    assert_eq!(room.bookings().await, 2);
    let news = room.closes(5, 5).await;
    let [hers, his] = news.as_slice() else { panic!("{} mails", news.len()) };
    assert!(hers.text.contains("Siti Nur'ain") && his.text.contains("Ahmad bin Ali"));
    // The newer question is his; the older mail is answered first.
    let slip = room.send(&Client::Outlook.reply(hers, SITI, "Ya", &hers.text)).await.unwrap();
    assert!(slip.text.contains("telah disahkan") && slip.text.contains("Siti Nur'ain"), "{}", slip.text);
    let answer = room.send(&Client::Outlook.reply(his, SITI, "Tidak", &his.text)).await.unwrap();
    assert!(answer.text.contains("tempat itu telah dilepaskan"), "{}", answer.text);
}

#[tokio::test]
async fn who_booked_at_a_terminal_is_told_at_the_address_they_proved() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    let form = "Cawangan: Jalan Duta\nUrusan: pas pelajar\nTarikh: 5/1/2027\nMasa: 9.00 pagi\nNama: Siti Aminah\n\
        No. Pengenalan: 900101-14-5551\nE-mel: siti@example.com\nAlamat: No. 1, Jalan Tun Razak, 50400 Kuala Lumpur\n\
        No. telefon: 012-345 6789";
    for text in ["1", "ya", form] {
        room.chats("siti", text).await;
    }
    let code = room.code.clone();
    room.chats("siti", &code).await;
    let booked = room.chats("siti", "ya").await;
    assert!(booked.contains("telah disahkan"), "{booked}");
    let news = room.closes(5, 5).await.remove(0);
    let slip = room.send(&Client::Gmail.reply(&news, SITI, "Ya", &news.text)).await.unwrap();
    assert!(slip.text.contains("telah disahkan"), "{}", slip.text);
}
