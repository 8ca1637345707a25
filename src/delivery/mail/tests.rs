use chrono::{NaiveDate, NaiveTime, TimeZone};
use rand::SeedableRng;
use rand::rngs::StdRng;
use tempfile::TempDir;

use super::*;
use crate::booking::{
    Address as Home, Applicant, BookingState, Email, Identity, IdentityKind, PersonName, Phone, Reference,
    SlotKey,
};
use crate::dialogue::Language;
use crate::office::{self, BranchCode, ServiceCode};
use crate::store::{Contact, ConversationId, OutgoingId};

/// A desk at which mail is composed.
struct Desk {
    _folder: TempDir,
    composer: Composer,
    office: Office,
}

impl Desk {
    fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let keys = Arc::new(Keys::load_or_create(&folder.path().join("k")).unwrap());
        let from = "temujanji@example.org".parse().unwrap();
        let composer = Composer::new(from, keys.clone(), Slips::new(keys, None));
        Desk { _folder: folder, composer, office: office::builtin() }
    }

    fn compose(&self, letter: &Letter, to: &str) -> Result<String, SendError> {
        let body = serde_json::to_string(letter).unwrap();
        let mail = self.composer.compose(&outgoing(to, body), &self.office, now());
        mail.map(|mail| String::from_utf8(mail).unwrap())
    }
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 1, 0, 0).unwrap()
}

fn outgoing(to: &str, body: String) -> Outgoing {
    Outgoing {
        id: OutgoingId { conversation: ConversationId(7), turn: 3, n: 0 },
        to: Contact { channel: "email".into(), address: to.into() },
        kind: "any".into(),
        body,
        tries: 0,
        written_at: now(),
    }
}

fn booking(language: Language) -> Box<Booking> {
    let day = NaiveDate::from_ymd_opt(2026, 12, 2).unwrap();
    let identity = Identity::parse(IdentityKind::MyKad, "900101-14-5551", day).unwrap();
    Box::new(Booking {
        reference: Reference::generate(&mut StdRng::seed_from_u64(1)),
        sequence: 0,
        queue: 4,
        slot: SlotKey {
            branch: BranchCode::parse("KUL-DUTA").unwrap(),
            service: ServiceCode::parse("VPP-PP").unwrap(),
            date: day,
            time: NaiveTime::from_hms_opt(9, 0, 0).unwrap(),
        },
        minutes: 60,
        applicant: Applicant {
            email: Email::parse("aminah@example.com").unwrap(),
            email_proved: true,
            name: PersonName::parse("Aminah binti Abu").unwrap(),
            identity,
            address: Home::parse("No. 12, Jalan Mawar 3/4, Taman Melati, 53100 Kuala Lumpur").unwrap(),
            phone: Phone::parse("012-345 6789").unwrap(),
        },
        language,
        state: BookingState::Booked,
        issued_at: now(),
    })
}

const TOKEN: &str = "tjabcdefghijklmnopqrstuvwxyz";

fn slip(language: Language, token: Option<&str>) -> Letter {
    Letter::Slip { booking: booking(language), token: token.map(str::to_owned) }
}

/// A mail with what differs from run to run masked, and files cut to their first line.
fn masked(mail: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut files = false;
    for line in mail.lines() {
        files |= line.contains("base64");
        let line = match line.split_once("boundary=") {
            Some((before, _)) => format!("{before}boundary=…"),
            None if line.starts_with("--") && line.ends_with("--") => "--…--".to_owned(),
            None if line.starts_with("--") => "--…".to_owned(),
            None if line.starts_with("Message-ID: <temujanji.7.3.0.") => {
                "Message-ID: <temujanji.7.3.0.…>".to_owned()
            }
            None => line.to_owned(),
        };
        files &= !line.starts_with("--");
        if files && lines.last().is_some_and(|last| last == "…") {
            continue;
        }
        let data = files && line.len() > 70;
        lines.push(if data { "…".to_owned() } else { line });
    }
    lines.join("\n")
}

#[test]
fn the_mail_with_the_code() {
    let letter = Letter::Code { language: Language::Ms, code: "123456".into(), minutes: 15, token: None };
    let mail = Desk::new().compose(&letter, "aminah@example.com").unwrap();
    assert!(mail.split("\r\n").all(|line| !line.contains('\n') && line.len() <= 78), "{mail}");
    insta::assert_snapshot!(masked(&mail));
}

#[test]
fn the_mail_with_the_slip() {
    let mail = Desk::new().compose(&slip(Language::En, None), "aminah@example.com").unwrap();
    assert!(!mail.contains("900101") && mail.contains("JVBERi0"), "a PDF, and no identity number");
    insta::assert_snapshot!(masked(&mail));
}

#[test]
fn the_mail_about_a_cancellation() {
    let letter = Letter::Cancelled { booking: booking(Language::Ms), token: Some(TOKEN.into()) };
    let mail = Desk::new().compose(&letter, "aminah@example.com").unwrap();
    assert!(mail.contains("method=CANCEL") && mail.contains("METHOD:CANCEL"), "{mail}");
    insta::assert_snapshot!(masked(&mail));
}

#[test]
fn a_mail_with_a_token_can_be_replied_to_from_any_program() {
    let desk = Desk::new();
    let code = |token| Letter::Code { language: Language::Ms, code: "123456".into(), minutes: 15, token };
    let cancelled = |token| Letter::Cancelled { booking: booking(Language::Ms), token };
    let token = || Some(TOKEN.to_owned());
    for letter in [code(token()), slip(Language::Ms, Some(TOKEN)), cancelled(token())] {
        let mail = desk.compose(&letter, "aminah@example.com").unwrap();
        assert!(mail.contains(&format!("Reply-To: temujanji+{TOKEN}@example.org\r\n")), "{mail}");
        let id = mail.lines().find(|line| line.starts_with("Message-ID")).unwrap();
        assert!(id.ends_with(&format!(".{TOKEN}@example.org>")), "{id}");
        assert!(mail.contains(&format!("Kod balasan: {TOKEN}")), "{mail}");
    }
    for letter in [code(None), slip(Language::Ms, None), cancelled(None)] {
        let mail = desk.compose(&letter, "aminah@example.com").unwrap();
        assert!(!mail.contains("Reply-To") && !mail.contains("balas"), "nobody reads replies: {mail}");
    }
}

#[test]
fn letters_written_by_an_older_version_are_read_and_theirs_by_it() {
    let booking = booking(Language::Ms);
    let old = format!("{{\"slip\":{}}}", serde_json::to_string(&booking).unwrap());
    assert_eq!(serde_json::from_str::<Letter>(&old).unwrap(), slip(Language::Ms, None));
    let new: serde_json::Value = serde_json::to_value(slip(Language::Ms, Some(TOKEN))).unwrap();
    let read: Booking = serde_json::from_value(new.get("slip").unwrap().clone()).unwrap();
    assert_eq!(read, *booking);
    let old = "{\"code\":{\"language\":\"ms\",\"code\":\"123456\",\"minutes\":15}}";
    assert!(matches!(serde_json::from_str(old).unwrap(), Letter::Code { token: None, .. }));
}

#[test]
fn composed_again_it_is_known_as_the_same() {
    let (desk, other) = (Desk::new(), Desk::new());
    let letter = Letter::Code { language: Language::En, code: "123456".into(), minutes: 15, token: None };
    let id = |desk: &Desk| {
        let mail = desk.compose(&letter, "a@example.com").unwrap();
        mail.lines().find(|line| line.starts_with("Message-ID")).unwrap().to_owned()
    };
    assert_eq!(id(&desk), id(&desk));
    assert_ne!(id(&desk), id(&other), "another installation");
}

#[test]
fn what_cannot_be_mailed_is_given_up_without_panic_and_without_personal_data() {
    let desk = Desk::new();
    let letter = Letter::Code { language: Language::Ms, code: "123456".into(), minutes: 15, token: None };
    for to in ["", "nobody", "a@b\r\nBcc: c@d.my", "<a@b.my>", "a@b.my, c@d.my", "a\0@b.my"] {
        let Err(SendError::GiveUp(why)) = desk.compose(&letter, to) else { panic!("{to:?} was taken") };
        assert_eq!(why, "the recipient's address is none that mail can be sent to");
    }
    let spent = Letter::Code { language: Language::Ms, code: "123456".into(), minutes: 0, token: None };
    assert!(matches!(desk.compose(&spent, "a@b.my"), Err(SendError::GiveUp(_))));
    let damaged =
        desk.composer.compose(&outgoing("a@b.my", "{\"code\":{\"code\":\"1".into()), &desk.office, now());
    let Err(SendError::GiveUp(why)) = damaged else { panic!("{damaged:?}") };
    assert_eq!(why, "the letter cannot be read: Eof");
}

#[test]
fn a_header_is_one_line() {
    assert_eq!(header_text(" Slip\r\nBcc: x@y.my\u{7} "), "Slip  Bcc: x@y.my");
    assert_eq!(header_text(&"x".repeat(999)).len(), LONGEST_SUBJECT);
}
