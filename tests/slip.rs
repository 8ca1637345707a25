//! The slip, checked from outside with the programs an office would use: poppler and zbar.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests may")]

#[path = "slip/desk.rs"]
mod desk;

use std::fs;

use chrono::{DateTime, NaiveDate, NaiveTime};
use ical::IcalParser;
use rand::SeedableRng;
use rand::rngs::StdRng;
use temujanji::booking::{Reference, SlotKey};
use temujanji::dialogue::Language;
use temujanji::keys::{Keys, PublicKeys};
use temujanji::office::{BranchCode, ServiceCode};
use temujanji::slip::{self, CodeError, Method, Slip};
use temujanji::words::Words;

use desk::{Desk, POPPLER, run, scan, solid};

fn reference() -> Reference {
    Reference::generate(&mut StdRng::seed_from_u64(7))
}

fn slip(language: Language) -> Slip {
    Slip {
        reference: reference(),
        sequence: 0,
        queue: 7,
        name: "Siti Nur'ain binti Abdul Rahman".to_owned(),
        identity_masked: "******-**-5551".to_owned(),
        branch_name: "Pejabat Imigresen Wangsa Maju".to_owned(),
        branch_address: "Aras 1, Wisma Rampai, Jalan 34/26, Taman Sri Rampai, 53300 Kuala Lumpur".to_owned(),
        branch_phone: Some("03-8000 8000".to_owned()),
        service_name: match language {
            Language::Ms => "Pasport Malaysia Antarabangsa".to_owned(),
            Language::En => "Malaysian passport".to_owned(),
        },
        key: SlotKey {
            branch: BranchCode::parse("KUL-WANGSAMAJU").unwrap(),
            service: ServiceCode::parse("BKP-PASPORT").unwrap(),
            date: NaiveDate::from_ymd_opt(2027, 1, 5).unwrap(),
            time: NaiveTime::from_hms_opt(9, 0, 0).unwrap(),
        },
        minutes: 60,
        issued_at: DateTime::parse_from_rfc3339("2026-12-01T02:15:00Z").unwrap().to_utc(),
        language,
        email_proved: true,
        sample: false,
        bot: None,
    }
}

/// As long as names, addresses and dates come.
fn longest(language: Language) -> Slip {
    let mut slip = slip(language);
    slip.name = "Dato' Muhammad Nur'ain Abdul-Rahman @ Christopher a/l Subramaniam ".repeat(3);
    slip.name.truncate(150);
    slip.branch_name = "Jabatan Imigresen Wilayah Persekutuan (Kompleks Kementerian Dalam Negeri) ".repeat(2);
    slip.branch_address =
        "Tingkat 1-3 dan 8-14, Blok 1, Jalan Persiaran Setia Tropika Utama 13/27B, 81200 Johor Bahru "
            .repeat(3);
    slip.service_name = "Pas Lawatan Sosial Jangka Panjang bagi pasangan warganegara: permohonan ".repeat(2);
    slip.key.date = NaiveDate::from_ymd_opt(2026, 9, 30).unwrap();
    slip.key.time = NaiveTime::from_hms_opt(11, 30, 0).unwrap();
    slip.queue = 1284;
    slip.sequence = 3;
    (slip.email_proved, slip.sample) = (false, true);
    slip.bot = Some("temujanji_imigresen_malaysia_bot".to_owned());
    slip
}

#[test]
fn page_holds_every_part_in_malay() {
    let text = Desk::new().pdf(&slip(Language::Ms)).text();
    for part in [
        "Jabatan Imigresen Malaysia",
        "Slip Temujanji",
        "Nombor rujukan",
        &reference().to_string(),
        "Nombor giliran 7",
        "Selasa, 5 Januari 2027",
        "9.00 – 10.00 pagi",
        "Hadir selewat-lewatnya 8.30 pagi",
        "Siti Nur'ain binti Abdul Rahman",
        "******-**-5551",
        "Pasport Malaysia Antarabangsa",
        "Pejabat Imigresen Wangsa Maju",
        "Aras 1, Wisma Rampai, Jalan 34/26, Taman Sri Rampai, 53300 Kuala Lumpur",
        "Telefon: 03-8000 8000",
        "Dokumen yang lengkap untuk urusan ini. Senarainya di www.imi.gov.my.",
        "Kad ATM/debit atau kad kredit",
        "Jabatan berhak membatalkan temujanji jika anda lewat.",
        "Anda bertanggungjawab atas kesahihan maklumat",
        "tempahan saya",
        "Tempahan ini percuma. Jabatan tidak melantik ejen",
        "Dikeluarkan pada Selasa, 1 Disember 2026, 10.15 pagi",
    ] {
        assert!(text.contains(&solid(part)), "{part:?} is not on the slip: {text}");
    }
    for part in ["belum disahkan", "menggantikan", "Data contoh"] {
        assert!(!text.contains(&solid(part)), "{part:?} is on the slip");
    }
}

#[test]
fn page_holds_every_part_in_english_at_its_longest() {
    let slip = longest(Language::En);
    let text = Desk::new().pdf(&slip).text();
    for part in [
        "Immigration Department of Malaysia",
        "Appointment Slip",
        "Reference number",
        &reference().to_string(),
        "Queue number 1284",
        "Wednesday, 30 September 2026",
        "11.30 a.m. – 12.30 p.m.",
        "Be there by 11.00 a.m.",
        &slip.name,
        "******-**-5551",
        &slip.service_name,
        &slip.branch_name,
        &slip.branch_address,
        "Telephone: 03-8000 8000",
        "Complete documents for this service. The list is at www.imi.gov.my.",
        "An ATM/debit card or credit card",
        "The Department may cancel the appointment if you are late.",
        "You answer for the information given.",
        "Scan the QR code with a phone, or write “my bookings” to @temujanji_imigresen_malaysia_bot on Telegram.",
        "This booking is free of charge. The Department has appointed no agents",
        "This slip replaces the one issued before.",
        "The applicant’s e-mail address has not been verified.",
        "Sample data",
        "Issued on Tuesday, 1 December 2026, 10.15 a.m.",
    ] {
        assert!(text.contains(&solid(part)), "{part:?} is not on the slip: {text}");
    }
}

#[test]
fn is_one_tagged_page_of_a4() {
    let desk = Desk::new();
    for (slip, title) in [
        (slip(Language::Ms), "Slip Temujanji"),
        (longest(Language::Ms), "Slip Temujanji"),
        (longest(Language::En), "Appointment Slip"),
    ] {
        let pdf = desk.pdf(&slip);
        let info: String = pdf.info().split_whitespace().collect::<Vec<_>>().join(" ");
        for part in ["Pages: 1 ", "Tagged: yes", "(A4)", &format!("Title: {title} {}", slip.reference)] {
            assert!(info.contains(part), "{part:?} is not in {info}");
        }
        assert!(run("pdfinfo", POPPLER, &["-meta", pdf.path()]).contains("pdfuaid:part"), "PDF/UA");
        let fonts = run("pdffonts", POPPLER, &[pdf.path()]);
        for font in fonts.lines().skip(2) {
            assert!(font.contains("NotoSans") && font.contains(" yes yes yes "), "not embedded: {font}");
        }
    }
}

#[test]
fn says_its_language_and_nothing_personal_about_itself() {
    let desk = Desk::new();
    for (language, tag) in [(Language::Ms, "ms-MY"), (Language::En, "en-MY")] {
        let pdf = desk.pdf(&slip(language));
        let about = pdf.info() + &run("pdfinfo", POPPLER, &["-meta", pdf.path()]);
        assert!(about.contains(tag), "{tag} is not in {about}");
        assert!(!about.contains("Siti") && !about.contains("5551"), "{about}");
    }
}

#[test]
fn nothing_collides() {
    let desk = Desk::new();
    for slip in [slip(Language::Ms), slip(Language::En), longest(Language::Ms), longest(Language::En)] {
        let words = desk.pdf(&slip).words();
        assert!(words.len() > 100);
        for (at, (word, [left, top, right, bottom])) in words.iter().enumerate() {
            assert!(
                *left > 50.0 && *right < 545.3 && *top > 40.0 && *bottom < 805.0,
                "{word} leaves the page"
            );
            for (other, [l, t, r, b]) in &words[at + 1..] {
                let (wide, high) = (right.min(*r) - left.max(*l), bottom.min(*b) - top.max(*t));
                assert!(wide < 0.5 || high < 0.5, "{word} and {other} collide");
            }
        }
    }
}

#[test]
fn what_people_write_is_never_markup() {
    let mut slip = slip(Language::En);
    slip.name = r##"#panic("x") *b* _i_ $a$ `c` <l> @ref [y] \ // = - + "q" 'z'"##.to_owned();
    let text = Desk::new().pdf(&slip).text();
    assert!(text.contains(&solid(&slip.name)), "{text}");
}

#[test]
fn letters_the_fonts_lack_and_endless_words_still_give_a_page() {
    let desk = Desk::new();
    let mut slip = slip(Language::En);
    slip.name = "陈美玲 \u{202e}Tan\u{7} Mei 👍 Ling".to_owned();
    assert!(desk.pdf(&slip).text().contains("???"));

    slip.name = "W".repeat(150);
    let pdf = desk.pdf(&slip);
    assert!(pdf.text().contains(&"W".repeat(150)));
    assert!(pdf.words().iter().all(|(_, [_, _, right, _])| *right < 545.3));
}

#[test]
fn same_slip_gives_same_bytes() {
    let desk = Desk::new();
    let pdf = || slip::pdf(&slip(Language::Ms), &desk.keys, Words::builtin()).unwrap();
    assert!(pdf() == pdf());
}

#[test]
fn code_on_paper_and_picture_scans_and_verifies() {
    let desk = Desk::new();
    for slip in [slip(Language::Ms), longest(Language::En)] {
        let scanned = desk.pdf(&slip).scan();
        assert_eq!(scanned, slip::code(&slip, &desk.keys));
        let verified = slip::verify(&scanned, &desk.keys.public()).unwrap();
        assert_eq!(verified.reference, slip.reference);
        assert_eq!((verified.sequence, verified.key_id), (slip.sequence, 1));

        let picture = desk.path("phone.png");
        fs::write(&picture, slip::png(&slip, &desk.keys, Words::builtin()).unwrap()).unwrap();
        assert_eq!(scan(&picture), scanned);
    }
}

#[test]
fn code_holds_reference_and_signature_only() {
    let desk = Desk::new();
    let plain = slip::code(&slip(Language::Ms), &desk.keys);
    let start = format!("TEMUJANJI1.{}.0.1.", reference().as_str());
    assert_eq!(plain.strip_prefix(&start).map(str::len), Some(103), "{plain}");

    let slip = longest(Language::Ms);
    let link = slip::code(&slip, &desk.keys);
    let (url, signed) = link.split_once('#').unwrap();
    let payload = url.strip_prefix("https://t.me/temujanji_imigresen_malaysia_bot?start=").unwrap();
    assert!(payload.len() <= 64);
    assert!(payload.chars().all(|char| char.is_ascii_alphanumeric() || "_-".contains(char)));
    assert_eq!(slip::read_link(payload, &desk.keys), Some((reference(), slip.sequence)));
    assert_eq!(slip::verify(signed, &desk.keys.public()), slip::verify(&link, &desk.keys.public()));
}

#[test]
fn changed_code_is_refused_whichever_character_it_is() {
    let desk = Desk::new();
    let public = desk.keys.public();
    let code = slip::code(&slip(Language::Ms), &desk.keys);
    for at in 0..code.len() {
        for new in ["A", "7", ".", "x", "é", ""] {
            let mut changed = code.clone();
            changed.replace_range(at..=at, new);
            assert!(changed == code || slip::verify(&changed, &public).is_err(), "{changed}");
        }
    }
    assert_eq!(slip::verify("", &public), Err(CodeError::NotOurs));
    assert_eq!(slip::verify("https://t.me/other_bot", &public), Err(CodeError::Damaged));
    assert_eq!(slip::verify(code.get(..code.len() - 1).unwrap(), &public), Err(CodeError::Damaged));
    assert_eq!(slip::verify(&code.replace(".0.1.", ".1.1."), &public), Err(CodeError::Forged));
    assert_eq!(slip::verify(&code.replace(".0.1.", ".0.9."), &public), Err(CodeError::UnknownKey { id: 9 }));
    assert_eq!(slip::verify(&code, &Desk::new().keys.public()), Err(CodeError::Forged));
}

#[test]
fn link_of_one_booking_with_signature_of_another_is_refused() {
    let desk = Desk::new();
    let mut other = longest(Language::En);
    other.reference = Reference::generate(&mut StdRng::seed_from_u64(8));
    let (link, other) = (slip::code(&longest(Language::En), &desk.keys), slip::code(&other, &desk.keys));
    let mixed = format!("{}#{}", link.split_once('#').unwrap().0, other.split_once('#').unwrap().1);
    assert_eq!(slip::verify(&mixed, &desk.keys.public()), Err(CodeError::Mixed));

    let guessed = format!("{}-0-AAAAAAAAAAAAAAAA", reference().as_str());
    assert_eq!(slip::read_link(&guessed, &desk.keys), None);
    assert_eq!(slip::read_link(reference().as_str(), &desk.keys), None);
}

#[test]
fn old_slips_stay_good_when_the_key_is_changed() {
    let desk = Desk::new();
    let old = slip::code(&slip(Language::Ms), &desk.keys);

    let file = desk.path("keys.toml");
    let seed = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    let added = format!("{}\n[[slip]]\nid = 2\nseed = \"{seed}\"\n", fs::read_to_string(&file).unwrap());
    fs::write(&file, added).unwrap();
    let keys = Keys::load(&file).unwrap();
    let new = slip::code(&slip(Language::Ms), &keys);

    assert_eq!(slip::verify(&old, &keys.public()).unwrap().key_id, 1);
    assert_eq!(slip::verify(&new, &keys.public()).unwrap().key_id, 2);
    assert_eq!(slip::verify(&new, &desk.keys.public()), Err(CodeError::UnknownKey { id: 2 }));

    let handed_on: PublicKeys = toml::from_str(&toml::to_string(&keys.public()).unwrap()).unwrap();
    assert!(slip::verify(&new, &handed_on).is_ok());
}

#[test]
fn calendar_entry_is_read_by_another_parser() {
    let mut moved = longest(Language::En);
    moved.sequence = 2;
    for (slip, method, sequence) in [
        (slip(Language::Ms), Method::Publish, "0"),
        (moved.clone(), Method::Publish, "2"),
        (moved, Method::Cancel, "3"),
    ] {
        let file = slip::ics(&slip, method, Words::builtin());
        assert!(file.lines().all(|line| line.len() <= 75) && file.ends_with("END:VCALENDAR\r\n"));
        let calendar = IcalParser::new(file.as_bytes()).next().unwrap().unwrap();
        let named = |name: &str| calendar.properties.iter().find(|p| p.name == name).unwrap().value.clone();
        assert_eq!(named("METHOD").as_deref(), Some(method.name()));

        let event = &calendar.events[0];
        let value =
            |name: &str| event.properties.iter().find(|p| p.name == name).and_then(|p| p.value.clone());
        let uid = format!("{}@temujanji", slip.reference.as_str());
        assert_eq!(value("UID").unwrap(), uid);
        assert_eq!(value("SEQUENCE").unwrap(), sequence);
        assert_eq!(value("ATTENDEE"), None);
        let begin = slip.key.starts_at().format("%Y%m%dT%H%M%SZ").to_string();
        assert_eq!(value("DTSTART").unwrap(), begin);
        let alarms = event.alarms.len();
        match method {
            Method::Publish => assert_eq!((value("STATUS").as_deref(), alarms), (Some("CONFIRMED"), 2)),
            Method::Cancel => assert_eq!((value("STATUS").as_deref(), alarms), (Some("CANCELLED"), 0)),
        }
        assert!(!file.contains("Siti") && !file.contains("Dato") && !file.contains("5551"), "{file}");
    }
}

fn shown(text: &str) -> String {
    let reference = reference();
    text.replace(&reference.to_string(), "K7Q-M29-XTCR")
        .replace(reference.as_str(), "K7QM29XTCR")
        .replace('\r', "")
}

#[test]
fn text_in_malay() {
    insta::assert_snapshot!(shown(&slip::text(&slip(Language::Ms), Words::builtin())), @r"
    Slip Temujanji
    Jabatan Imigresen Malaysia

    Nombor giliran: 7
    Nombor rujukan: K7Q-M29-XTCR
    Tarikh dan masa: Selasa, 5 Januari 2027, 9.00 – 10.00 pagi
    Hadir selewat-lewatnya: 8.30 pagi

    Nama: Siti Nur'ain binti Abdul Rahman
    No. pengenalan: ******-**-5551
    Urusan: Pasport Malaysia Antarabangsa
    Pejabat: Pejabat Imigresen Wangsa Maju
    Aras 1, Wisma Rampai, Jalan 34/26, Taman Sri Rampai, 53300 Kuala Lumpur
    Telefon: 03-8000 8000

    Sila bawa
    - Slip ini, dicetak atau pada telefon.
    - Kad pengenalan, pasport atau dokumen asal yang digunakan semasa menempah.
    - Dokumen yang lengkap untuk urusan ini. Senarainya di www.imi.gov.my.
    - Kad ATM/debit atau kad kredit untuk pembayaran.

    Sila ambil perhatian
    - Berada di pejabat 30 minit lebih awal. Jabatan berhak membatalkan temujanji jika anda lewat.
    - Anda bertanggungjawab atas kesahihan maklumat yang diberi. Jabatan berhak menyemak dan mengesahkannya.
    - Permohonan yang tidak lengkap tidak akan dilayan.

    Menukar atau membatalkan
    - Tulis “tempahan saya” kepada pembantu temujanji, di tempat anda membuat tempahan ini.

    Tempahan ini percuma. Jabatan tidak melantik ejen atau pihak ketiga.
    Dikeluarkan pada Selasa, 1 Disember 2026, 10.15 pagi
    ");
}

#[test]
fn text_in_english_with_every_note() {
    let mut slip = slip(Language::En);
    (slip.sequence, slip.email_proved, slip.sample) = (1, false, true);
    slip.bot = Some("temujanji_bot".to_owned());
    insta::assert_snapshot!(shown(&slip::text(&slip, Words::builtin())), @r"
    Appointment Slip
    Immigration Department of Malaysia

    Queue number: 7
    Reference number: K7Q-M29-XTCR
    Date and time: Tuesday, 5 January 2027, 9.00 – 10.00 a.m.
    Be there by: 8.30 a.m.

    Name: Siti Nur'ain binti Abdul Rahman
    Identity no.: ******-**-5551
    Service: Malaysian passport
    Office: Pejabat Imigresen Wangsa Maju
    Aras 1, Wisma Rampai, Jalan 34/26, Taman Sri Rampai, 53300 Kuala Lumpur
    Telephone: 03-8000 8000

    Please bring
    - This slip, printed or on your phone.
    - The original identity card, passport or document you booked with.
    - Complete documents for this service. The list is at www.imi.gov.my.
    - An ATM/debit card or credit card for payment.

    Please note
    - Be at the office 30 minutes early. The Department may cancel the appointment if you are late.
    - You answer for the information given. The Department may check and verify it.
    - Incomplete applications are not served.

    To change or cancel
    - Scan the QR code with a phone, or write “my bookings” to @temujanji_bot on Telegram.

    This booking is free of charge. The Department has appointed no agents or third parties.
    This slip replaces the one issued before.
    The applicant’s e-mail address has not been verified.
    Sample data: the details of the office on this slip are not official.
    Issued on Tuesday, 1 December 2026, 10.15 a.m.
    ");
}

#[test]
fn calendar_entry_in_malay() {
    insta::assert_snapshot!(shown(&slip::ics(&slip(Language::Ms), Method::Publish, Words::builtin())), @r"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//temujanji//slip//EN
    CALSCALE:GREGORIAN
    METHOD:PUBLISH
    BEGIN:VEVENT
    CLASS:PRIVATE
    DESCRIPTION:Nombor rujukan: K7Q-M29-XTCR\nNombor giliran: 7\nHadir selewat-
     lewatnya: 8.30 pagi\nBawa slip temujanji\, dokumen asal yang lengkap dan k
     ad ATM/debit atau kad kredit.
    DTEND:20270105T020000Z
    DTSTAMP:20261201T021500Z
    DTSTART:20270105T010000Z
    LOCATION:Pejabat Imigresen Wangsa Maju\, Aras 1\, Wisma Rampai\, Jalan 34/2
     6\, Taman Sri Rampai\, 53300 Kuala Lumpur
    SEQUENCE:0
    STATUS:CONFIRMED
    SUMMARY:Temujanji Imigresen: Pejabat Imigresen Wangsa Maju
    UID:K7QM29XTCR@temujanji
    BEGIN:VALARM
    ACTION:DISPLAY
    DESCRIPTION:Temujanji Imigresen esok. Sediakan slip dan dokumen yang lengka
     p.
    DTSTAMP:20261201T021500Z
    TRIGGER:-PT86400S
    UID:K7QM29XTCR-day@temujanji
    END:VALARM
    BEGIN:VALARM
    ACTION:DISPLAY
    DESCRIPTION:Temujanji Imigresen hari ini. Hadir selewat-lewatnya 8.30 pagi.
    DTSTAMP:20261201T021500Z
    TRIGGER:-PT5400S
    UID:K7QM29XTCR-soon@temujanji
    END:VALARM
    END:VEVENT
    END:VCALENDAR
    ");
}

#[test]
fn cancelled_calendar_entry_in_english() {
    insta::assert_snapshot!(shown(&slip::ics(&slip(Language::En), Method::Cancel, Words::builtin())), @r"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//temujanji//slip//EN
    CALSCALE:GREGORIAN
    METHOD:CANCEL
    BEGIN:VEVENT
    CLASS:PRIVATE
    DTEND:20270105T020000Z
    DTSTAMP:20261201T021500Z
    DTSTART:20270105T010000Z
    LOCATION:Pejabat Imigresen Wangsa Maju\, Aras 1\, Wisma Rampai\, Jalan 34/2
     6\, Taman Sri Rampai\, 53300 Kuala Lumpur
    SEQUENCE:1
    STATUS:CANCELLED
    SUMMARY:Cancelled: Immigration appointment\, Pejabat Imigresen Wangsa Maju
    UID:K7QM29XTCR@temujanji
    END:VEVENT
    END:VCALENDAR
    ");
}
