//! What staff get on paper, as files and as pictures, checked from outside with the programs an office would use.

#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "helpers of tests may panic as tests may")]

#[path = "slip/desk.rs"]
mod desk;
mod person;

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::Output;

use calamine::{Data, Reader, Xlsx};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use desk::{Desk, POPPLER, Pdf, solid};
use person::{Person, alone, err, out, temujanji};
use rand::SeedableRng;
use rand::rngs::StdRng;
use temujanji::booking::{Attendance, BookingState, DayEntry, PersonName, Reference, SlotKey};
use temujanji::dialogue::Language;
use temujanji::office::{self, BranchCode, Closed, Reason};
use temujanji::staff::chart::{Cell, FullDay, Fullness, Places, Turnout, Week};
use temujanji::staff::sheet::{self, Format, Sheet};
use temujanji::words::Words;

const NAMES: [&str; 8] = [
    "Aminah binti Abu",
    "Muthu a/l Raman",
    "Lim Mei Ling @ Siti Aminah",
    "Dato' Muhammad Nur'ain Abdul-Rahman bin Christopher Subramaniam Sivanesan Arumugam",
    "Suharto",
    "panic(x) -- b",
    "陈 美玲",
    "Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
];

fn branch() -> BranchCode {
    BranchCode::parse("KUL-DUTA").unwrap()
}

fn date() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()
}

fn made_at() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-11-30T23:05:00Z").unwrap().to_utc()
}

/// A busy day: appointments for every service of the branch, in every state.
fn entries(count: u32) -> Vec<DayEntry> {
    let office = office::builtin();
    let services = office.branch(&branch()).unwrap().services.clone();
    let mut chance = StdRng::seed_from_u64(3);
    (0..count)
        .map(|index| {
            let at = index as usize;
            let opens = NaiveTime::from_hms_opt(8, 0, 0).unwrap();
            let time = opens + TimeDelta::minutes(i64::from(index * 10 / count) * 60);
            DayEntry {
                reference: Reference::generate(&mut chance),
                queue: index + 1,
                slot: SlotKey {
                    branch: branch(),
                    service: services[at % services.len()].service.clone(),
                    date: date(),
                    time,
                },
                minutes: 60,
                name: PersonName::parse(NAMES[at % NAMES.len()]).unwrap(),
                state: if at % 17 == 3 { BookingState::Cancelled } else { BookingState::Booked },
                attendance: match at % 9 {
                    0 => Some(Attendance::Arrived),
                    4 => Some(Attendance::Late),
                    7 => Some(Attendance::NoShow),
                    _ => None,
                },
            }
        })
        .collect()
}

fn day(language: Language, count: u32) -> Sheet {
    Sheet::new(&office::builtin(), language, branch(), date(), entries(count), made_at())
}

fn print(desk: &Desk, sheet: &Sheet) -> Pdf {
    desk.put("list.pdf", &sheet::pdf(sheet, Words::builtin()).unwrap())
}

fn page(pdf: &Pdf, number: usize) -> String {
    let number = number.to_string();
    solid(&desk::run("pdftotext", POPPLER, &["-raw", "-f", &number, "-l", &number, pdf.path(), "-"]))
}

#[test]
fn paper_says_on_every_page_what_it_is() {
    let desk = Desk::new();
    for (language, title, of) in [
        (Language::Ms, "Senarai Temujanji Harian", "Muka surat {n} daripada {m}"),
        (Language::En, "Daily Appointment List", "Page {n} of {m}"),
    ] {
        let sheet = day(language, 100);
        let pdf = print(&desk, &sheet);
        let count = pdf.pages().len();
        assert!((3..=6).contains(&count), "{count} pages");
        let long_date = Words::builtin().long_date(language, date());
        for number in 1..=count {
            let of = of.replace("{n}", &number.to_string()).replace("{m}", &count.to_string());
            let text = page(&pdf, number);
            for part in [&sheet.branch_name, &long_date, &of] {
                assert!(text.contains(&solid(part)), "{part:?} is not on page {number}: {text}");
            }
        }
        let info = pdf.info().split_whitespace().collect::<Vec<_>>().join(" ");
        for part in ["Tagged: yes", "(A4)", &format!("Title: {title}, {}", sheet.branch_name)] {
            assert!(info.contains(part), "{part:?} is not in {info}");
        }
        assert!(desk::run("pdfinfo", POPPLER, &["-meta", pdf.path()]).contains("pdfuaid:part"), "PDF/UA");
        let fonts = desk::run("pdffonts", POPPLER, &[pdf.path()]);
        for font in fonts.lines().skip(2) {
            assert!(font.contains("NotoSans") && font.contains(" yes yes yes "), "not embedded: {font}");
        }
    }
}

#[test]
fn paper_holds_every_appointment_and_no_whole_name() {
    let desk = Desk::new();
    let sheet = day(Language::Ms, 100);
    let pdf = print(&desk, &sheet);
    let text = pdf.text();
    for row in &sheet.rows {
        let reference = row.entry.reference.to_string();
        assert_eq!(text.matches(&reference).count(), 1, "{reference}");
    }
    for part in ["AminahbintiA***", "Muthua/lR***", "LimM***L***@S***A***", "panic(x)--b***", "Hadirlewat"] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    for whole in ["Abu", "Raman", "Subramaniam"] {
        assert!(!text.contains(whole), "{whole}");
    }
    assert!(text.contains("Datacontoh"));
    assert!(text.contains("Untukkegunaanpegawaisahaja"));
    let coming = sheet.counts().all().to_string();
    assert!(text.contains(&format!("Jumlah{}", sheet.counts().each_time()[0])), "{text}");
    assert!(text.contains(&coming), "{coming} in {text}");
}

#[test]
fn nothing_leaves_the_paper_or_collides() {
    let desk = Desk::new();
    let pages = Language::ALL.map(|language| print(&desk, &day(language, 100)).pages()).concat();
    for words in pages {
        assert!(words.len() > 100);
        for (at, (word, [left, top, right, bottom])) in words.iter().enumerate() {
            assert!(
                *left > 40.0 && *right < 555.3 && *top > 20.0 && *bottom < 825.0,
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
fn an_empty_day_and_the_same_day_again() {
    let desk = Desk::new();
    let empty = print(&desk, &day(Language::En, 0));
    assert!(empty.text().contains("Therearenoappointmentsonthisdate."));
    assert_eq!(empty.pages().len(), 1);
    let sheet = day(Language::Ms, 30);
    for format in [Format::Pdf, Format::Xlsx, Format::Csv, Format::Json, Format::Table] {
        let write = || sheet.write(format, Words::builtin()).unwrap();
        assert!(write() == write(), "{format:?}");
    }
}

/// Every cell of a sheet of a workbook; all of them text.
fn cells(bytes: Vec<u8>, sheet: usize) -> Vec<Vec<String>> {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let name = book.sheet_names()[sheet].clone();
    assert!(book.worksheet_formula(&name).unwrap().is_empty(), "formulas");
    let range = book.worksheet_range(&name).unwrap();
    let text = |cell: &Data| {
        if let Data::String(text) = cell {
            return text.clone();
        }
        assert_eq!(*cell, Data::Empty, "it is text or nothing");
        String::new()
    };
    range.rows().map(|row| row.iter().map(text).collect()).collect()
}

#[test]
fn a_workbook_holds_what_the_list_holds() {
    let mut sheet = day(Language::En, 40);
    sheet.rows[0].service_name = "=1+1".to_owned();
    let bytes = sheet::xlsx(&sheet, Words::builtin()).unwrap();
    let rows = cells(bytes.clone(), 0);
    assert_eq!(rows.len(), 41);
    assert_eq!(rows[0][..6], ["Office", "Date", "Time", "Queue no.", "Name", "Reference no."]);
    assert_eq!(rows[1][..5], ["KUL-DUTA", "2026-12-01", "08:00", "1", "Aminah binti A***"]);
    assert_eq!(rows[1][7], "'=1+1");
    let csv = sheet::csv(&sheet, Words::builtin()).unwrap();
    let mut csv = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(csv.strip_prefix("\u{feff}".as_bytes()).unwrap());
    let csv: Vec<Vec<String>> =
        csv.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
    assert_eq!(rows, csv, "both spreadsheets say the same");
    let about = cells(bytes, 1);
    assert_eq!(about[0][0], "Daily Appointment List");
    assert!(about.iter().flatten().any(|cell| cell.starts_with("Sample data")));
}

/// Width and height in a PNG's head.
fn size(png: &[u8]) -> (u32, u32) {
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    (number(16), number(20))
}

/// Two weeks with everything that a day can be.
fn fullness(language: Language, minutes: i64) -> Fullness {
    let said = |ms: &str, en: &str| Reason { ms: ms.to_owned(), en: en.to_owned() };
    let open = |day: u32| {
        let opens = NaiveTime::from_hms_opt(8, 0, 0).unwrap();
        let slots = u32::try_from(540 / minutes).unwrap();
        let cell = |slot: u32| Cell {
            time: opens + TimeDelta::minutes(i64::from(slot) * minutes),
            taken: (day * 7 + slot * 13) % 48,
            capacity: 48,
        };
        let full = |slot: u32| Cell { taken: 48, ..cell(slot) };
        Places::Open(
            (0..slots).map(|slot| if day < 3 && slot < 4 { full(slot) } else { cell(slot) }).collect(),
        )
    };
    let places = |day: u32| match day {
        4 => Places::Closed(Closed::Holiday {
            name: said(
                "Hari Keputeraan Yang di-Pertuan Agong; Hari Raya Haji",
                "Birthday of the King; Hari Raya Haji",
            ),
            estimated: true,
        }),
        5 | 12 => Places::Closed(Closed::RestDay),
        8 => Places::Closed(Closed::Closure { reason: said("Banjir", "Flood") }),
        9 => Places::Closed(Closed::Exception { reason: said("Latihan pegawai", "Staff training") }),
        10 => Places::Open(vec![]),
        _ => open(day),
    };
    let days = (0..14).map(|day| FullDay { date: date() + Days::new(day.into()), places: places(day) });
    Fullness { language, branch: "Jalan Duta, Kuala Lumpur".to_owned(), sample: true, days: days.collect() }
}

fn turnout(language: Language) -> Turnout {
    let monday = NaiveDate::from_ymd_opt(2026, 10, 5).unwrap();
    let week = |index: u32| Week {
        monday: monday + Days::new(u64::from(index) * 7),
        arrived: [412, 380, 0, 455, 401, 398, 440, 120][index as usize],
        late: [31, 22, 0, 40, 18, 25, 3, 9][index as usize],
        no_show: [57, 61, 0, 48, 72, 39, 55, 1][index as usize],
        cancelled: [44, 12, 3, 31, 20, 28, 37, 6][index as usize],
        booked: if index == 7 { 250 } else { 0 },
    };
    Turnout { language, branch: "Jalan Duta, Kuala Lumpur".to_owned(), weeks: (0..8).map(week).collect() }
}

#[test]
fn pictures_are_as_wide_as_a_phone() {
    let words = Words::builtin();
    for language in Language::ALL {
        let pictures = [
            ("fullness", fullness(language, 60).png(words).unwrap()),
            ("fullness-hourly", fullness(language, 30).png(words).unwrap()),
            ("turnout", turnout(language).png(words).unwrap()),
            ("nothing", Turnout { weeks: vec![], ..turnout(language) }.png(words).unwrap()),
            ("no-days", Fullness { days: vec![], ..fullness(language, 60) }.png(words).unwrap()),
        ];
        for (name, picture) in pictures {
            let (width, height) = size(&picture);
            assert_eq!(width, 1080, "{name}");
            assert!((300..=1080 * 2).contains(&height), "{name} is {height} high");
        }
    }
}

fn bookings(folder: &Path, args: &[&str]) -> Output {
    let args = [&["bookings"], args].concat();
    person::run(&mut temujanji(folder, &args), "")
}

/// Aminah books at Jalan Duta; gives back her reference and the day.
fn aminah_books(folder: &Path) -> (String, String) {
    let mut aminah = Person::starts(folder, "aminah");
    aminah.hears("2. English");
    aminah.says("1").says("setuju").says("aminah@example.com").proves_the_mailbox();
    for text in [
        "Aminah binti Abu",
        "900101-14-5551",
        "No. 12, Jalan Mawar 3/4, Taman Melati, 53100 Kuala Lumpur",
        "012-345 6789",
        "Kuala Lumpur",
        "jalan duta",
        "sambung pas isteri",
    ] {
        aminah.says(text);
    }
    aminah.hears("Sila pilih tarikh");
    aminah.says("1").says("1").says("ya");
    let reference = aminah.hears_line("Nombor rujukan: ");
    let when = aminah.hears_line("Tarikh dan masa: ");
    assert!(aminah.leaves().0.success());
    let day = when.split(", ").nth(1).unwrap().to_owned();
    (reference, day)
}

#[test]
fn a_booking_is_on_the_list_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let (reference, day) = aminah_books(folder.path());
    let list =
        |args: &[&str]| bookings(folder.path(), &[&["--branch", "kul-duta", "--date", &day], args].concat());

    let table = out(&list(&["--language", "en"]), 0);
    for part in ["Daily Appointment List", "Aminah binti A***", &reference, "Booked 1", "Sample data"] {
        assert!(table.contains(part), "{part}\n{table}");
    }
    assert!(!table.contains("Abu") && !table.contains('\u{1b}'), "{table}");

    let json: serde_json::Value = serde_json::from_str(&out(&list(&["--format", "json"]), 0)).unwrap();
    let appointment = &json["appointments"][0];
    assert_eq!(appointment["name"], "Aminah binti A***");
    assert_eq!(appointment["reference"], reference.replace('-', ""));
    assert_eq!((&appointment["queue"], &appointment["state"]), (&1.into(), &"booked".into()));
    let iso = json["date"].as_str().unwrap();

    let csv = out(&list(&["--format", "csv"]), 0);
    let line = csv.lines().nth(1).unwrap();
    assert!(line.starts_with(&format!("KUL-DUTA,{iso},")) && line.contains(&reference), "{csv}");

    let said = out(&list(&["--format", "xlsx", "--output", "list.xlsx"]), 0);
    assert_eq!(said, format!("wrote 1 appointment of {iso} to list.xlsx\n"));
    let rows = cells(fs::read(folder.path().join("list.xlsx")).unwrap(), 0);
    assert_eq!((rows.len(), rows[1][5].as_str()), (2, &*reference));

    out(&list(&["--format", "pdf", "--output", "list.pdf"]), 0);
    let text =
        desk::run("pdftotext", POPPLER, &["-layout", folder.path().join("list.pdf").to_str().unwrap(), "-"]);
    assert!(text.contains(&reference) && text.contains("Aminah binti A***"), "{text}");

    let piped = list(&["--format", "pdf"]);
    assert!(piped.stdout.starts_with(b"%PDF-"), "a pipe takes bytes");
    let other = out(&bookings(folder.path(), &["--branch", "JHR-HQ", "--date", iso]), 0);
    assert!(other.contains("Tiada temujanji pada tarikh ini."), "{other}");
}

#[test]
fn what_cannot_be_listed_is_told_with_the_mend() {
    let folder = tempfile::tempdir().unwrap();
    let duta = ["--branch", "KUL-DUTA"];
    let said = err(&bookings(folder.path(), &duta), 1);
    assert!(said.contains("there is no database"), "{said}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "asking makes no database");

    out(&person::run(&mut temujanji(folder.path(), &["chat"]), ""), 0);
    for (args, part) in [
        (&["--branch", "NO-WHERE"][..], "there is no branch NO-WHERE"),
        (&["--branch", "KUL-DUT"], "did you mean \"KUL-DUTA\"?"),
        (&["--branch", "?"], "is not a code"),
        (&["--branch", "KUL-DUTA", "--date", "hujan"], "does not name one day"),
        (&["--branch", "KUL-DUTA", "--date", "minggu depan"], "say which day is meant: 20"),
        (&["--branch", "KUL-DUTA", "--format", "docx"], "[possible values: table, csv, json, xlsx, pdf]"),
    ] {
        let said = err(&bookings(folder.path(), args), 2);
        assert!(said.contains(part), "{args:?}: {said}");
    }
    let nowhere = [&duta[..], &["--format", "csv", "--output", "none/list.csv"]].concat();
    let said = err(&bookings(folder.path(), &nowhere), 1);
    assert!(said.contains("none/list.csv cannot be written"), "{said}");
}

#[test]
fn a_terminal_is_not_filled_with_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let command = format!(
        "{} bookings --branch KUL-DUTA --date 2026-12-01 --format pdf",
        env!("CARGO_BIN_EXE_temujanji")
    );
    let mut script = std::process::Command::new("script");
    alone(script.args(["-qec", &command, "/dev/null"]), folder.path());
    let said = out(&script.output().unwrap(), 2);
    assert!(said.contains("--output bookings-KUL-DUTA-2026-12-01.pdf"), "{said}");
}
