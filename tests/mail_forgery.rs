//! Forged senders, machines, repeats and floods: what must not be answered, shown or changed.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests may")]

mod correspondent;
mod postroom;

use chrono::TimeDelta;
use correspondent::{Client, OWN, Received, filled, first, unique};
use postroom::{ANSWERS, Postroom};
use temujanji::booking::Rules;
use temujanji::channel::email::Verdict;

const SITI: &str = "siti@example.com";
const THIEF: &str = "thief@evil.example";

/// Nothing that Siti has given, and nothing of her appointment.
fn shows_nothing(mail: &Received) {
    for secret in ["Siti", "5551", "Mawar", "345 6789", "Jalan Duta", "5 Januari 2027", "siti@"] {
        assert!(!mail.text.contains(secret) && !mail.html.contains(secret), "{secret}: {}", mail.text);
    }
}

/// A mail to an address of the assistant's, with whatever headers.
fn mail(from: &str, to: &str, headers: &str, text: &str) -> Vec<u8> {
    let text = format!(
        "From: {from}\nTo: {to}\nMessage-ID: <{}>\n{headers}Content-Type: text/plain; charset=utf-8\n\n{text}\n",
        unique()
    );
    text.replace('\n', "\r\n").into_bytes()
}

/// Siti has an appointment, and the slip with its token.
async fn booked(room: &mut Postroom) -> Received {
    let form = room.send(&first(SITI, "Temujanji", "Saya nak buat temujanji")).await.unwrap();
    let review =
        room.send(&Client::Gmail.reply(&form, SITI, "", &filled(&form.text, ANSWERS))).await.unwrap();
    let slip = room.send(&Client::Gmail.reply(&review, SITI, "ya", &review.text)).await.unwrap();
    assert_eq!(room.bookings().await, 1);
    slip
}

#[tokio::test]
async fn a_mail_without_a_token_gets_the_empty_form_whatever_it_says() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    booked(&mut room).await;
    for text in ["BATAL", "TEMPAHAN SAYA", "ya", "1", "SLIP", "Nama: Pencuri", "ENGLISH", "tukar nama"] {
        let answer = room.send(&first(SITI, "Re: Temujanji", text)).await;
        // After some forms there are none any more.
        let Some(answer) = answer else { continue };
        shows_nothing(&answer);
        assert!(
            answer.text.contains("--- Borang ---") || answer.text.contains("--- Form ---"),
            "{}",
            answer.text
        );
        room.wait(TimeDelta::days(2));
    }
    assert_eq!(room.bookings().await, 1);
}

#[tokio::test]
async fn a_stolen_token_with_another_sender_shows_and_changes_nothing() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    let slip = booked(&mut room).await;
    for text in ["BATAL", "TEMPAHAN SAYA", "SLIP"] {
        let answer = room.send(&Client::Gmail.reply(&slip, THIEF, text, "")).await.unwrap();
        shows_nothing(&answer);
        assert!(answer.text.contains("--- Borang ---"), "{}", answer.text);
        assert!(
            String::from_utf8_lossy(&answer.bytes).contains("To: thief@evil.example"),
            "to whoever claims it"
        );
    }
    assert_eq!(room.bookings().await, 1);
}

#[tokio::test]
async fn a_thiefs_own_token_does_not_prove_anothers_address() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    booked(&mut room).await;
    let form = room.send(&first(THIEF, "Hello", "I would like an appointment")).await.unwrap();
    let answer = room.send(&Client::Gmail.reply(&form, SITI, "BATAL", "")).await.unwrap();
    shows_nothing(&answer);
    assert_eq!(room.bookings().await, 1);
}

#[tokio::test]
async fn an_old_token_proves_nothing() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    let slip = booked(&mut room).await;
    room.wait(TimeDelta::days(30) - TimeDelta::minutes(1));
    let shown = room.send(&Client::Gmail.reply(&slip, SITI, "TEMPAHAN SAYA", "")).await.unwrap();
    assert!(shown.text.contains("Jalan Duta"), "{}", shown.text);
    room.wait(TimeDelta::minutes(2));
    let answer = room.send(&Client::Gmail.reply(&slip, SITI, "TEMPAHAN SAYA", "")).await.unwrap();
    shows_nothing(&answer);
}

/// Siti has an appointment that she made in a chat and one that she cancelled there; the mails with a code, a slip and the
/// news of a cancellation.
async fn mailed_from_a_chat(room: &mut Postroom) -> Vec<Received> {
    for text in ["1", "ya", SITI] {
        room.chats("siti", text).await;
    }
    let code = room.code.clone();
    let form: String = ANSWERS.iter().map(|(label, value)| format!("{label}: {value}\n")).collect();
    for text in [code.as_str(), &form, "ya", "BATAL", "ya", "TEMPAH", "ya", &form, "ya"] {
        room.chats("siti", text).await;
    }
    assert_eq!(room.bookings().await, 1);
    let mut mails = std::mem::take(&mut room.mailed);
    let subjects: Vec<_> = mails.iter().map(|mail| mail.subject.clone()).collect();
    assert_eq!(mails.len(), 4, "{subjects:?}");
    mails.remove(1);
    mails
}

#[tokio::test]
async fn the_tokens_of_mails_from_a_chat_prove_their_own_mailbox_and_no_other() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    let mails = mailed_from_a_chat(&mut room).await;
    for mail in &mails {
        let shown = room.send(&Client::Gmail.reply(mail, SITI, "TEMPAHAN SAYA", "")).await.unwrap();
        assert!(shown.text.contains("Jalan Duta"), "{}: {}", mail.subject, shown.text);
    }
    for mail in &mails {
        for text in ["BATAL", "TEMPAHAN SAYA"] {
            let answer = room.send(&Client::Gmail.reply(mail, THIEF, text, "")).await;
            let Some(answer) = answer else { continue };
            shows_nothing(&answer);
        }
        room.wait(TimeDelta::days(2));
    }
    assert_eq!(room.bookings().await, 1);
}

#[tokio::test]
async fn a_thiefs_own_code_and_slip_do_not_prove_anothers_address() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    mailed_from_a_chat(&mut room).await;
    room.chats("thief", "1").await;
    for text in ["1", "ya", THIEF] {
        room.chats("thief", text).await;
    }
    let code = room.mailed.pop().unwrap();
    assert!(String::from_utf8_lossy(&code.bytes).contains("To: thief@evil.example"));
    for text in ["BATAL", "TEMPAHAN SAYA", "SLIP"] {
        shows_nothing(&room.send(&Client::Gmail.reply(&code, SITI, text, "")).await.unwrap());
    }
    assert_eq!(room.bookings().await, 1);
}

#[tokio::test]
async fn the_token_of_a_code_runs_out_with_the_code_and_that_of_a_slip_with_the_others() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    let mails = mailed_from_a_chat(&mut room).await;
    let [code, news, slip] = mails.as_slice() else { panic!("three mails") };
    room.wait(TimeDelta::minutes(16));
    shows_nothing(&room.send(&Client::Gmail.reply(code, SITI, "TEMPAHAN SAYA", "")).await.unwrap());
    room.wait(TimeDelta::days(29));
    for mail in [news, slip] {
        let shown = room.send(&Client::Gmail.reply(mail, SITI, "TEMPAHAN SAYA", "")).await.unwrap();
        assert!(shown.text.contains("Jalan Duta"), "{}", shown.text);
    }
    room.wait(TimeDelta::days(1));
    for mail in [news, slip] {
        shows_nothing(&room.send(&Client::Gmail.reply(mail, SITI, "BATAL", "")).await.unwrap());
    }
    assert_eq!(room.bookings().await, 1);
}

#[tokio::test]
async fn guessed_and_damaged_tokens_prove_nothing() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    let slip = booked(&mut room).await;
    let token = slip.token();
    let mut changed = token.clone();
    changed.replace_range(5..6, if token.get(5..6) == Some("a") { "b" } else { "a" });
    for (guess, form) in ["tjaaaaaaaaaaaaaaaaaaaaaaaaaa", &changed, token.get(..27).unwrap()].iter().zip(1..)
    {
        let to = format!("temujanji+{guess}@sto.example");
        let answer = room.send(&mail(SITI, &to, "", "BATAL")).await;
        shows_nothing(&answer.unwrap_or_else(|| panic!("form {form}")));
    }
    assert_eq!(room.bookings().await, 1);
}

#[tokio::test]
async fn each_place_of_the_token_is_enough_alone() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    let slip = booked(&mut room).await;
    let token = slip.token();
    let plus = format!("TEMUJANJI+{}@STO.example", token.to_uppercase());
    for mail in [
        mail(SITI, &plus, "", "TEMPAHAN SAYA"),
        mail(
            "Siti <SITI@Example.COM>",
            OWN,
            &format!("Delivered-To: temujanji+{token}@sto.example\n"),
            "TEMPAHAN SAYA",
        ),
        mail(SITI, OWN, &format!("In-Reply-To: {}\n", slip.id), "TEMPAHAN SAYA"),
        mail(SITI, OWN, &format!("References: <x@y.my> {}\n", slip.id), "TEMPAHAN SAYA"),
        mail(SITI, OWN, &format!("Subject: Slip [{token}]\n"), "TEMPAHAN SAYA"),
        mail(
            SITI,
            OWN,
            "",
            &format!("TEMPAHAN SAYA\n\nOn Mon, 23 Nov 2026, T wrote:\n> Kod balasan: {token}"),
        ),
    ] {
        let answer = room.send(&mail).await.unwrap();
        assert!(answer.text.contains("Jalan Duta"), "{}", answer.text);
    }
}

#[tokio::test]
async fn servers_without_plus_addresses_work_by_identifier_and_text() {
    let mut room = Postroom::with("2026-11-23 09:00", Rules::default(), false).await;
    let form = room.send(&first(SITI, "Temujanji", "Saya nak buat temujanji")).await.unwrap();
    assert_eq!(form.reply_to, OWN);
    for client in [Client::Gmail, Client::Samsung] {
        let review = room.send(&client.reply(&form, SITI, "", &filled(&form.text, ANSWERS))).await.unwrap();
        assert!(review.text.contains("Balas YA untuk mengesahkan"), "{}", review.text);
        let link = review.links().first().unwrap().clone();
        assert!(
            link.starts_with("mailto:temujanji@sto.example?subject=") && link.contains("%5Btj"),
            "{link}"
        );
    }
}

#[tokio::test]
async fn an_old_yes_confirms_nothing_else() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    let form = room.send(&first(SITI, "Temujanji", "Saya nak buat temujanji")).await.unwrap();
    let review =
        room.send(&Client::Gmail.reply(&form, SITI, "", &filled(&form.text, ANSWERS))).await.unwrap();
    let other = room.send(&Client::Gmail.reply(&review, SITI, "tukar masa", "")).await.unwrap();
    assert!(other.text.contains("Sila pilih masa"), "{}", other.text);
    let stale = room.send(&Client::Gmail.reply(&review, SITI, "3", "")).await.unwrap();
    assert!(stale.text.contains("soalan yang telah lepas"), "{}", stale.text);
    assert_eq!(room.bookings().await, 0);
}

#[tokio::test]
async fn a_mail_that_comes_twice_is_handled_once() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    let mail = first(SITI, "Temujanji", "Saya nak buat temujanji");
    assert!(room.send(&mail).await.is_some());
    assert!(room.send(&mail).await.is_none());
    // By another way: more trace headers, the same mail.
    let traced = [
        b"Received: from a by b; Mon, 23 Nov 2026\r\nDelivered-To: temujanji@sto.example\r\n".as_slice(),
        &mail,
    ]
    .concat();
    assert!(room.send(&traced).await.is_none());
    // Somebody who guesses its identifier keeps nothing out.
    let text = String::from_utf8(first(SITI, "Temujanji", "satu")).unwrap();
    let forged = text.replace("From: siti@example.com", "From: thief@evil.example");
    assert!(room.send(forged.as_bytes()).await.is_some());
    assert!(room.send(text.as_bytes()).await.is_some());
}

#[tokio::test]
async fn machines_get_no_answer() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    for headers in [
        "Auto-Submitted: auto-replied\n",
        "Auto-Submitted: auto-generated (vacation)\n",
        "AUTO-SUBMITTED: Auto-Notified; owner-email=\"x@y.my\"\n",
        "Precedence: bulk\n",
        "Precedence: list\n",
        "List-Id: <kakitangan.example.com>\n",
        "List-Unsubscribe: <mailto:leave@example.com>\n",
        "X-Autoreply: yes\n",
        "X-Auto-Response-Suppress: All\n",
        "X-Auto-Response-Suppress: DR, AutoReply\n",
        "Return-Path: <>\n",
        "Return-Path: <temujanji@sto.example>\n",
        "Sender: temujanji+x@sto.example\n",
        "X-Temujanji-Loop: 1\n",
        "Subject: Automatic reply: Temujanji\n",
        "Subject: =?utf-8?B?6Ieq5Yqo5Zue5aSN77ya5LyR5YGH?=\n",
        "Subject: Jawapan automatik: Bercuti\n",
        "Subject: Out of Office\n",
    ] {
        assert!(room.send(&mail(SITI, OWN, headers, "Saya bercuti")).await.is_none(), "{headers}");
    }
    for from in [
        "MAILER-DAEMON@example.com",
        "postmaster@example.com",
        "no-reply@shop.example",
        "noreply+123@shop.example",
        "bounces-7=x@list.example",
        OWN,
        "temujanji+tjaaaaaaaaaaaaaaaaaaaaaaaaaa@sto.example",
    ] {
        assert!(room.send(&mail(from, OWN, "", "hello")).await.is_none(), "{from}");
    }
    let calendar = format!(
        "From: {SITI}\r\nTo: {OWN}\r\nMessage-ID: <{}>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nSiti has accepted\r\n--b\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n\
         BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n--b--\r\n",
        unique()
    );
    assert!(room.send(calendar.as_bytes()).await.is_none());
    let receipt = format!(
        "From: {SITI}\r\nTo: {OWN}\r\nMessage-ID: <{}>\r\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nread\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\nDisposition: x\r\n--b--\r\n",
        unique()
    );
    assert!(room.send(receipt.as_bytes()).await.is_none());
    // People do get one, with headers that look like it.
    for headers in
        ["Auto-Submitted: no\n", "X-Auto-Response-Suppress: DR, OOF, RN, NRN\n", "Precedence: normal\n"]
    {
        assert!(room.send(&mail("ravi@example.com", OWN, headers, "hello")).await.is_some(), "{headers}");
    }
}

#[tokio::test]
async fn two_machines_that_pass_for_people_soon_fall_silent() {
    let mut room =
        Postroom::with("2026-11-23 09:00", Rules { mail_answers: 6, ..Rules::default() }, true).await;
    let mut form = room.send(&first(SITI, "hi", "hi")).await.unwrap();
    let mut answers = 0;
    let mut refused = 0;
    for _ in 0..12 {
        match room.take(&Client::Bare.reply(&form, SITI, "we got your mail", "")).await {
            Verdict::Handled(out) if !out.is_empty() => {
                answers += 1;
                form = room.compose(&out).await;
            }
            Verdict::Handled(_) => panic!("neither answered nor refused"),
            Verdict::Refused(_) => refused += 1,
        }
    }
    assert_eq!((answers, refused), (6, 6));
    // Forms to an address that nobody proves are fewer still.
    let mut forms = 0;
    for _ in 0..12 {
        if let Verdict::Handled(out) = room.take(&first("victim@example.com", "hi", "hi")).await {
            room.compose(&out).await;
            forms += 1;
        }
    }
    assert_eq!(forms, 5);
    room.wait(TimeDelta::days(1));
    assert!(
        matches!(room.take(&first("victim@example.com", "hi", "hi")).await, Verdict::Handled(out) if out.len() == 1)
    );
}

#[tokio::test]
async fn a_bounce_marks_the_mail_and_only_that() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    let form = room.send(&first(SITI, "hi", "hi")).await.unwrap();
    let bounce = |to: &str, id: &str, action: &str| {
        format!(
            "Return-Path: <>\r\nFrom: MAILER-DAEMON@x.my\r\nTo: {to}\r\nMessage-ID: <{}>\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n\
             BATAL\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x.my\r\n\r\n\
             Final-Recipient: rfc822; siti@example.com\r\nAction: {action}\r\nStatus: 5.1.1\r\n--b\r\n\
             Content-Type: message/rfc822\r\n\r\nFrom: {OWN}\r\nMessage-ID: {id}\r\nSubject: x\r\n\r\nx\r\n--b--\r\n",
            unique()
        )
    };
    let given_up = async |room: &Postroom| room.store.health(false).await.unwrap().given_up;
    let forged = form.id.replacen("temujanji.1.1.0.", "temujanji.1.1.0.x", 1);
    for (to, id, action) in
        [(OWN, forged.as_str(), "failed"), (OWN, "<x@y.my>", "failed"), (OWN, &form.id, "delayed")]
    {
        assert!(room.send(bounce(to, id, action).as_bytes()).await.is_none());
        assert_eq!(given_up(&room).await, 0, "{id} {action}");
    }
    assert!(room.send(bounce(OWN, &form.id, "failed").as_bytes()).await.is_none());
    assert_eq!(given_up(&room).await, 1);
    // By the envelope's sender alone, where the report holds nothing of the mail.
    let other = room.send(&first("ravi@example.com", "hi", "hi")).await.unwrap();
    let (_, rest) = other.id.split_once('.').unwrap();
    let tag: Vec<&str> = rest.split('.').take(4).collect();
    let to = format!("temujanji+b.{}@sto.example", tag.join("."));
    assert!(room.send(bounce(&to, "", "failed").as_bytes()).await.is_none());
    assert_eq!(given_up(&room).await, 2);
}
