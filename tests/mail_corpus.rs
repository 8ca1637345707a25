//! Mails as people's programs send them, in `mail/`: each `.eml` has a `.txt` beside it that says what must be understood.
//! All made by ourselves; nobody's mail is here. `MAIL_DAMAGED` sets how many damaged ones are read.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests may")]

use std::fmt::Write as _;
use std::fs;
use std::time::{Duration, Instant};

use temujanji::channel::email::read::{Mail, Own, read};
use temujanji::dialogue::understand;

const OWN: &str = "temujanji@sto.example";

fn own() -> Own {
    Own::new(&OWN.parse().unwrap())
}

/// What is understood of a mail, a line each.
fn understood(bytes: &[u8]) -> String {
    let letter = match read(bytes, &own()) {
        Mail::Letter(letter) => letter,
        Mail::Bounce(bounce) => {
            return format!("bounce: {} {} {}\n", bounce.failed, bounce.status, bounce.about.len());
        }
        Mail::Machine(machine) => return format!("machine: {}\n", machine.name()),
        Mail::Refused(why) => return format!("refused: {why}\n"),
    };
    let mut text = format!("from: {}\n", letter.from);
    if letter.text.has_form {
        text.push_str("the form is quoted\n");
    }
    if letter.attachments {
        text.push_str("something is attached\n");
    }
    let tokens = temujanji::channel::email::token::find(&letter.places);
    let _ = writeln!(text, "tokens: {}", tokens.len());
    for line in letter.text.own.lines().filter(|line| !line.trim().is_empty()) {
        let _ = writeln!(text, "own: {}", line.trim());
    }
    let mut entries = understand::form(&letter.text.whole);
    entries.sort_by_key(|entry| entry.field);
    for entry in &entries {
        let _ = writeln!(text, "{}: {}", entry.field.name(), entry.value.replace('\n', " | "));
    }
    if let Some(agreed) = understand::form::agreement(&letter.text.whole) {
        let _ = writeln!(text, "agreed: {agreed}");
    }
    let first = letter.text.own.lines().next().unwrap_or_default();
    if let (true, Some(command)) = (entries.is_empty(), understand::command(first).certain()) {
        let _ = writeln!(text, "command: {command}");
    }
    text
}

#[test]
fn every_mail_is_understood_as_it_should_be() {
    let mut names: Vec<_> = fs::read_dir("tests/mail")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "eml"))
        .collect();
    names.sort();
    assert!(names.len() >= 40, "{} mails", names.len());
    let mut wrong = String::new();
    for path in names {
        let found = understood(&fs::read(&path).unwrap());
        let expected = path.with_extension("txt");
        if std::env::var_os("MAIL_EXPECTED").is_some() {
            fs::write(&expected, &found).unwrap();
        }
        let expected = fs::read_to_string(&expected).unwrap_or_default();
        if found != expected {
            let _ = writeln!(wrong, "=== {}\n{found}--- expected\n{expected}", path.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A short one of time for a generator of nonsense: the same from the same seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }
}

#[test]
fn mails_that_are_cut_mixed_and_damaged_do_no_harm() {
    let mails: Vec<Vec<u8>> = fs::read_dir("tests/mail")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "eml"))
        .map(|path| fs::read(path).unwrap())
        .collect();
    let mut dice = Dice(20_261_123);
    let rounds = std::env::var("MAIL_DAMAGED").map_or(4000, |rounds| rounds.parse().unwrap());
    let start = Instant::now();
    for _ in 0..rounds {
        let mut mail = mails.get(dice.roll(mails.len())).unwrap().clone();
        for _ in 0..=dice.roll(8) {
            let at = dice.roll(mail.len());
            match dice.roll(6) {
                0 => mail.truncate(at),
                1 => mail.insert(at.min(mail.len()), u8::try_from(dice.roll(256)).unwrap()),
                2 => drop(mail.drain(at..(at + dice.roll(40)).min(mail.len()))),
                3 => {
                    let other = mails.get(dice.roll(mails.len())).unwrap();
                    let piece = other.get(dice.roll(other.len())..).unwrap().to_vec();
                    mail.splice(at..at, piece);
                }
                4 => {
                    let piece =
                        mail.get(at..(at + dice.roll(60)).min(mail.len())).unwrap_or_default().to_vec();
                    mail.splice(at..at, piece.repeat(dice.roll(30)));
                }
                _ => {
                    if let Some(byte) = mail.get_mut(at) {
                        *byte = u8::try_from(dice.roll(256)).unwrap();
                    }
                }
            }
            if mail.is_empty() {
                break;
            }
        }
        let _ = understood(&mail);
    }
    println!("{rounds} damaged mails in {:.1} s", start.elapsed().as_secs_f64());
}

#[test]
fn huge_and_deep_mails_end_soon() {
    let head = format!("From: a@b.my\r\nTo: {OWN}\r\nMessage-ID: <x@b.my>\r\nMIME-Version: 1.0\r\n");
    let parts = |count: usize| {
        let mut mail = format!("{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n");
        for _ in 0..count {
            mail.push_str("--b\r\nContent-Type: text/plain\r\n\r\nya\r\n");
        }
        mail + "--b--\r\n"
    };
    let deep = |depth: usize| {
        let mut mail = head.clone();
        for level in 0..depth {
            let _ = write!(mail, "Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n");
        }
        mail + "Content-Type: text/plain\r\n\r\nya\r\n"
    };
    let messages = |depth: usize| {
        let mut mail = head.clone();
        for _ in 0..depth {
            mail.push_str("Content-Type: message/rfc822\r\n\r\nFrom: a@b.my\r\n");
        }
        mail + "\r\nya\r\n"
    };
    let of = |kind: &str, body: String| format!("{head}Content-Type: {kind}\r\n\r\n{body}\r\n");
    for (name, mail) in [
        ("50 MB of text", of("text/plain", "ya ".repeat(17_000_000))),
        ("50 MB in one line of HTML", of("text/html", "<b>".repeat(17_000_000))),
        ("50 MB attached", of("application/octet-stream", "A".repeat(50_000_000))),
        ("10,000 parts", parts(10_000)),
        ("1,000 levels", deep(1_000)),
        ("20,000 levels", deep(20_000)),
        ("1,000 mails within each other", messages(1_000)),
        ("50,000 divs", of("text/html", "<div>".repeat(50_000))),
        ("50,000 quotes", of("text/html", "<blockquote>".repeat(50_000) + "ya")),
        ("a line of marks", of("text/plain", ">".repeat(1_000_000))),
        ("lines of marks", of("text/plain", "> > > > > > > >\r\n".repeat(60_000))),
        ("headings", of("text/plain", "On 1 wrote\r\n".repeat(90_000))),
        ("labels", of("text/plain", "Nama: ".repeat(170_000))),
        ("header lines", of("text/plain", "From: a\r\nTo: b\r\n".repeat(60_000))),
        ("recipients", format!("From: a@b.my\r\nTo: {}\r\n\r\nya", "x@y.my, ".repeat(120_000))),
        ("references", format!("From: a@b.my\r\nReferences: {}\r\n\r\nya", "<x@y.my> ".repeat(110_000))),
        ("headers", format!("From: a@b.my\r\n{}\r\nya", "X-A: b\r\n".repeat(120_000))),
        ("no header", "x".repeat(1_000_000)),
        ("nothing", String::new()),
    ] {
        let start = Instant::now();
        let text = understood(mail.as_bytes());
        let took = start.elapsed();
        println!("{name}: {} ms", took.as_millis());
        assert!(took < Duration::from_secs(10), "{name} took {took:?}");
        assert!(text.len() < 1_000_000, "{name}: {}", text.len());
    }
}
