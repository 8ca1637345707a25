//! Booking by mail with everything real: `temujanji serve`, Dovecot and Postfix.

#![expect(clippy::duplicate_mod, reason = "both servers of the tests start their processes by `bound`")]

mod botapi;
mod correspondent;
mod mailserver;

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use botapi::{BotApi, Person, Setup};
use correspondent::{Client, OWN, filled, first};
use mailserver::{Abilities, MailServer, Serving};

const SITI: &str = "siti@example.com";

const ANSWERS: &[(&str, &str)] = &[
    ("Nama", "Siti Nur'ain binti Dato' Ali"),
    ("No. pengenalan", "900101-14-5551"),
    ("Alamat", "No. 12, Jalan Mawar 3/4, Taman Melati, 53100 Kuala Lumpur"),
    ("No. telefon", "012-345 6789"),
    ("Cawangan", "Jalan Duta"),
    ("Urusan", "pas pelajar"),
    ("Tarikh", "paling awal"),
    ("Masa", "paling awal"),
    ("Setuju terma (YA/TIDAK)", "YA"),
];

#[test]
fn from_the_first_word_to_the_slip() {
    let server = MailServer::start();
    let folder = tempfile::tempdir().unwrap();
    let serving = Serving::start(folder.path(), &server, &[]);
    server.submit(SITI, OWN, &first(SITI, "Temujanji", "Salam, saya nak buat temujanji"));
    let form = server.wait_for(SITI, 1).pop().unwrap();
    let reply = Client::Gmail.reply(&form, SITI, "", &filled(&form.text, ANSWERS));
    server.submit(SITI, &form.reply_to, &reply);
    let review = server.wait_for(SITI, 2).pop().unwrap();
    assert!(review.text.contains("Balas YA untuk mengesahkan"), "{}\n{}", review.text, serving.log());
    server.submit(SITI, &review.reply_to, &Client::Outlook.reply(&review, SITI, "YA", &review.text));
    let slip = server.wait_for(SITI, 3).pop().unwrap();
    assert!(slip.text.contains("telah disahkan"), "{}", slip.text);
    assert_eq!(server.wait_in(OWN, "Processed", 3).len(), 3);
    assert_eq!(server.mails(OWN, "INBOX").len(), 0);
    let log = serving.log();
    for secret in ["siti", "900101", "Mawar", "rahsia", &slip.token()] {
        assert!(!log.contains(secret), "{secret} in the log:\n{log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_made_on_telegram_is_cancelled_by_replying_to_its_slip() {
    let server = MailServer::start();
    let folder = tempfile::tempdir().unwrap();
    let api = BotApi::start().await;
    let serving = Setup::polling(folder.path())
        .with("MAIL__ADDRESS", OWN)
        .with("MAIL__IMAP_URL", server.imap_url(OWN))
        .with("MAIL__SMTP_URL", server.smtp_url(OWN))
        .with("MAIL__CA_FILE", server.ca_file().display().to_string())
        .serve(&api);
    let siti = Person::new(&api, 1001, "siti");
    siti.asks("/start", "English").await;
    siti.picks("English", "Do you agree").await;
    siti.picks("Yes, I agree", "e-mail address").await;
    siti.asks(SITI, "six-digit verification code").await;
    let mail = tokio::task::block_in_place(|| server.wait_for(SITI, 1)).pop().unwrap();
    let is_code = |line: &&str| line.len() == 6 && line.bytes().all(|b| b.is_ascii_digit());
    let code = mail.text.lines().find(is_code).unwrap();
    siti.asks(code, "has been verified").await;
    let form: String = ANSWERS.iter().map(|(label, value)| format!("{label}: {value}\n")).collect();
    siti.asks(&form, "Please check the details").await;
    siti.picks("Yes, confirm", "Your appointment is confirmed").await;
    let slip = tokio::task::block_in_place(|| server.wait_for(SITI, 2)).pop().unwrap();
    assert!(slip.text.contains("reply with CANCEL"), "{}", slip.text);
    let reference = slip.text.lines().find_map(|line| line.strip_prefix("Reference number: ")).unwrap();
    server.submit(SITI, &slip.reply_to, &Client::Gmail.reply(&slip, SITI, "cancel", &slip.text));
    let sure = tokio::task::block_in_place(|| server.wait_for(SITI, 3)).pop().unwrap();
    assert!(sure.text.contains("Cancel this appointment?"), "{}\n{}", sure.text, serving.log());
    assert!(sure.text.contains(reference), "{}", sure.text);
    server.submit(SITI, &sure.reply_to, &Client::Gmail.reply(&sure, SITI, "yes", &sure.text));
    let gone = tokio::task::block_in_place(|| server.wait_for(SITI, 4)).pop().unwrap();
    assert!(gone.text.contains("has been cancelled") && gone.text.contains(reference), "{}", gone.text);
    siti.asks("MY BOOKINGS", "no coming appointments").await;
}

#[test]
fn starttls_and_a_server_that_can_neither_idle_nor_move() {
    let server = MailServer::with(Abilities { modern: false });
    let folder = tempfile::tempdir().unwrap();
    let settings = [
        ("TEMUJANJI_MAIL__IMAP_URL", server.imap_starttls_url(OWN)),
        ("TEMUJANJI_MAIL__SMTP_URL", server.smtp_starttls_url(OWN)),
    ];
    server.submit(SITI, OWN, &first(SITI, "Temujanji", "Salam, saya nak buat temujanji"));
    server.submit("no-reply@example.com", OWN, &first("no-reply@example.com", "x", "x"));
    server.wait_in(OWN, "INBOX", 2);
    let serving = Serving::start(folder.path(), &server, &settings);
    let form = server.wait_for(SITI, 1).pop().unwrap();
    assert!(form.text.contains("--- Borang ---"), "{}", form.text);
    // Marked where it lies, and not handled again by the next process.
    serving.kill();
    let serving = Serving::start(folder.path(), &server, &settings);
    server.submit(
        "ravi@example.com",
        OWN,
        &first("ravi@example.com", "Hello", "I would like to book please"),
    );
    server.wait_for("ravi@example.com", 1);
    assert_eq!(server.mails(SITI, "INBOX").len(), 1, "{}", serving.log());
    assert_eq!(server.mails(OWN, "INBOX").len(), 3);
}

#[test]
fn what_cannot_be_read_is_set_aside_and_does_not_block() {
    let server = MailServer::start();
    let folder = tempfile::tempdir().unwrap();
    let mut line = server.submission();
    line.send(SITI, OWN, b"From: a@example.com, b@example.com\r\nSubject: x\r\n\r\nhi\r\n");
    let parts = "--b\r\nContent-Type: text/plain\r\n\r\nya\r\n".repeat(10_000);
    let many = format!(
        "From: {SITI}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{parts}--b--\r\n"
    );
    line.send(SITI, OWN, many.as_bytes());
    let levels: String = (0..1000)
        .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"))
        .collect();
    line.send(
        "dalam@example.com",
        OWN,
        format!("From: dalam@example.com\r\nMIME-Version: 1.0\r\n{levels}ya\r\n").as_bytes(),
    );
    let huge = format!(
        "From: besar@example.com\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nSaya nak buat temujanji\r\n--b\r\nContent-Type: image/jpeg\r\n\r\n{}\r\n--b--\r\n",
        format!("{}\r\n", "A".repeat(76)).repeat(640_000)
    );
    assert!(huge.len() > 49_000_000);
    line.send("besar@example.com", OWN, huge.as_bytes());
    line.send("ravi@example.com", OWN, &first("ravi@example.com", "Temujanji", "Saya nak buat temujanji"));
    let serving = Serving::start(folder.path(), &server, &[]);
    server.wait_for("ravi@example.com", 1);
    server.wait_for("besar@example.com", 1);
    assert_eq!(
        server.wait_in(OWN, "Failed", 2).len(),
        2 + usize::from(server.mails(OWN, "Failed").len() > 2)
    );
    let log = serving.log();
    assert!(log.contains("it has several senders") && log.contains("it has too many parts"), "{log}");
    assert!(!log.contains("example.com"), "{log}");
    let status = std::fs::read_to_string(format!("/proc/{}/status", serving.pid())).unwrap();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap().to_owned();
    let kilobytes: u64 = peak.split_whitespace().nth(1).unwrap().parse().unwrap();
    assert!(kilobytes < 400_000, "{peak}");
}

#[test]
fn a_mail_that_cannot_be_handled_keeps_nothing_back_and_is_set_aside_in_time() {
    let server = MailServer::start();
    let folder = tempfile::tempdir().unwrap();
    let serving = Serving::start(folder.path(), &server, &[]);
    server.submit(SITI, OWN, &first(SITI, "Temujanji", "Saya nak buat temujanji"));
    let form = server.wait_for(SITI, 1).pop().unwrap();
    server.wait_in(OWN, "Processed", 1);
    let db = rusqlite::Connection::open(folder.path().join("temujanji.db")).unwrap();
    db.busy_timeout(Duration::from_secs(10)).unwrap();
    db.execute("UPDATE mail_token SET address = x'00'", []).unwrap();
    server.submit(SITI, &form.reply_to, &Client::Gmail.reply(&form, SITI, "BANTUAN", ""));
    let start = Instant::now();
    while !serving.log().contains("handling a mail failed; it is tried again") {
        assert!(start.elapsed() < mailserver::PATIENCE, "{}", serving.log());
        thread::sleep(Duration::from_millis(50));
    }
    let tries = || db.query_row("SELECT max(tries) FROM mail_seen", [], |row| row.get::<_, i64>(0)).unwrap();
    thread::sleep(Duration::from_secs(2));
    assert!(tries() <= 3, "it is not tried without a rest: {}", tries());
    server.submit("ravi@example.com", OWN, &first("ravi@example.com", "Hello", "I would like to book"));
    server.wait_for("ravi@example.com", 1);
    assert_eq!((server.mails(OWN, "INBOX").len(), server.mails(OWN, "Failed").len()), (1, 0));
    // Many tries, and the first long ago.
    db.execute("UPDATE mail_seen SET tries = 6, seen_at = seen_at - 660000000 WHERE settled_at IS NULL", [])
        .unwrap();
    server.submit("mei@example.com", OWN, &first("mei@example.com", "Hello", "I would like to book"));
    server.wait_in(OWN, "Failed", 1);
    assert!(serving.log().contains("handling it failed again and again"), "{}", serving.log());
}

#[test]
fn a_loop_through_many_addresses_is_slowed_and_nothing_is_lost() {
    let server = MailServer::start();
    let folder = tempfile::tempdir().unwrap();
    let mut line = server.submission();
    for number in 0..14 {
        let address = format!("mesin{number}@example.com");
        line.send(&address, OWN, &first(&address, "hi", "Saya nak buat temujanji"));
    }
    let settings = [("TEMUJANJI_MAIL__ANSWERS_AN_HOUR", "10".to_owned())];
    let serving = Serving::start(folder.path(), &server, &settings);
    server.wait_in(OWN, "Processed", 10);
    let start = Instant::now();
    while !serving.log().contains("mail waits: as many answers have left within an hour") {
        assert!(start.elapsed() < mailserver::PATIENCE, "{}", serving.log());
        thread::sleep(Duration::from_millis(50));
    }
    let answered =
        || (0..14).map(|n| server.mails(&format!("mesin{n}@example.com"), "INBOX").len()).sum::<usize>();
    while answered() < 10 {
        assert!(start.elapsed() < mailserver::PATIENCE, "{}", serving.log());
        thread::sleep(Duration::from_millis(50));
    }
    thread::sleep(Duration::from_secs(1));
    assert_eq!((answered(), server.mails(OWN, "INBOX").len()), (10, 4), "{}", serving.log());
    // Another process, or another hour.
    serving.kill();
    let _serving =
        Serving::start(folder.path(), &server, &[("TEMUJANJI_MAIL__ANSWERS_AN_HOUR", "20".to_owned())]);
    server.wait_in(OWN, "Processed", 14);
}

#[test]
fn a_mail_that_cannot_be_delivered_is_recorded() {
    let server = MailServer::start();
    let folder = tempfile::tempdir().unwrap();
    let _serving = Serving::start(folder.path(), &server, &[]);
    let given_up = || -> i64 {
        let Ok(db) = rusqlite::Connection::open(folder.path().join("temujanji.db")) else { return 0 };
        let count = "SELECT count(*) FROM outbox WHERE state = 'given_up'";
        db.query_row(count, [], |row| row.get(0)).unwrap_or(0)
    };
    // Taken by the server, and sent back later by its postman.
    server.submit(SITI, OWN, &first("pulang@example.com", "Temujanji", "Saya nak buat temujanji"));
    let start = Instant::now();
    while given_up() < 1 {
        assert!(start.elapsed() < mailserver::PATIENCE, "{}", server.logs());
        thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(server.mails(OWN, "Failed").len(), 0);
}

#[test]
fn doctor_tries_both_servers_and_names_the_mend() {
    let server = MailServer::start();
    let folder = tempfile::tempdir().unwrap();
    let doctor = |imap: String, smtp: String, ca: bool| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_temujanji"));
        command.arg("doctor").current_dir(folder.path()).env("TEMUJANJI_MAIL__ADDRESS", OWN);
        command.env("TEMUJANJI_MAIL__IMAP_URL", imap).env("TEMUJANJI_MAIL__SMTP_URL", smtp);
        if ca {
            command.env("TEMUJANJI_MAIL__CA_FILE", server.ca_file());
        }
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    let (imap, smtp) = (server.imap_url(OWN), server.smtp_url(OWN));
    let good = doctor(imap.clone(), smtp.clone(), true);
    assert!(good.contains("logged in; folders Processed and Failed"), "{good}");
    assert!(good.contains("mail to the assistant's address arrived after"), "{good}");
    assert!(good.contains("mail to a plus address arrived after"), "{good}");
    let unknown = doctor(imap.clone(), smtp.clone(), false);
    assert!(unknown.contains("BAD   mail") && unknown.contains("mail.ca_file"), "{unknown}");
    let refused = doctor(imap.replace("rahsia", "salah"), smtp, true);
    assert!(refused.contains("the server refused the login; check user and password"), "{refused}");
    assert!(!refused.contains("salah"), "{refused}");
}
