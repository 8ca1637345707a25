use chrono::{NaiveTime, TimeZone};
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::fields::safe;
use super::*;
use crate::booking::{Attendance, BookingState, PersonName, Reference, SlotKey};
use crate::office;

fn branch() -> BranchCode {
    BranchCode::parse("KUL-DUTA").unwrap()
}

fn date() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()
}

fn entry(queue: u32, name: &str, service: &str, (hour, minute): (u32, u32)) -> DayEntry {
    DayEntry {
        reference: Reference::generate(&mut StdRng::seed_from_u64(u64::from(queue))),
        queue,
        slot: SlotKey {
            branch: branch(),
            service: ServiceCode::parse(service).unwrap(),
            date: date(),
            time: NaiveTime::from_hms_opt(hour, minute, 0).unwrap(),
        },
        minutes: 60,
        name: PersonName::parse(name).unwrap(),
        state: BookingState::Booked,
        attendance: None,
    }
}

fn noted(entry: DayEntry, attendance: Attendance) -> DayEntry {
    DayEntry { attendance: Some(attendance), ..entry }
}

fn sheet(language: Language) -> Sheet {
    let cancelled = entry(5, "Ravi a/l Kumar", "VPP-PP", (9, 0));
    let entries = vec![
        entry(7, "@ Lim Mei Ling", "VPP-PP", (14, 30)),
        noted(entry(1, "Aminah binti Abu", "VPP-PP", (8, 0)), Attendance::Arrived),
        noted(entry(2, "陈美玲 @ Tan Mei Ling", "VPP-PLS-B", (8, 0)), Attendance::Late),
        noted(entry(4, "Ali", "VPP-PP", (9, 0)), Attendance::NoShow),
        DayEntry { state: BookingState::Cancelled, ..noted(cancelled, Attendance::Arrived) },
    ];
    let made_at = Utc.with_ymd_and_hms(2026, 11, 30, 23, 5, 0).unwrap();
    Sheet::new(&office::builtin(), language, branch(), date(), entries, made_at)
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn the_terminal_shows_every_appointment_in_line() {
    let tables = Language::ALL.map(|language| table(&sheet(language), Words::builtin()));
    insta::assert_snapshot!(tables.join("\n"));
    let empty = Sheet { rows: vec![], ..sheet(Language::En) };
    assert!(table(&empty, Words::builtin()).contains("no appointments"));
}

#[test]
fn other_programs_read_names_that_stay() {
    insta::assert_snapshot!(text(json(&sheet(Language::En)).unwrap()));
}

#[test]
fn spreadsheets_read_the_file_as_it_is() {
    let file = csv(&sheet(Language::Ms), Words::builtin()).unwrap();
    assert!(file.starts_with(b"\xef\xbb\xbf"));
    insta::assert_snapshot!(text(file).replace("\r\n", "\n").replace('\u{feff}', "<BOM>"));
}

#[test]
fn no_field_is_taken_for_a_formula() {
    for field in ["=1+1", "+60", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "-Ali", "\n=1"] {
        assert_eq!(safe(field.to_owned()), format!("'{field}"));
    }
    for field in ["", "Ali", "09:00", "2026-12-01", "a=b", "'=1"] {
        assert_eq!(safe(field.to_owned()), field);
    }
    let mut hostile = sheet(Language::En);
    hostile.rows[0].service_name = "=HYPERLINK(\"http://example.com\",\"x\")\r\n,y".to_owned();
    let file = csv(&hostile, Words::builtin()).unwrap();
    let mut read = ::csv::Reader::from_reader(file.strip_prefix(b"\xef\xbb\xbf").unwrap());
    let first = read.records().next().unwrap().unwrap();
    assert_eq!(&first[7], "'=HYPERLINK(\"http://example.com\",\"x\")\r\n,y");
    assert_eq!(read.records().count(), hostile.rows.len() - 1);
}

#[test]
fn counts_are_of_those_who_come() {
    let counts = sheet(Language::En).counts();
    assert_eq!(counts.each_time(), [2, 1, 1]);
    assert_eq!(counts.all(), 4);
    let services: Vec<_> =
        counts.services.iter().map(|count| (count.service.as_str(), count.at.clone())).collect();
    assert_eq!(services, [("VPP-PLS-B", vec![1, 0, 0]), ("VPP-PP", vec![1, 1, 1])]);
    let standings = Standing::ALL.map(|standing| sheet(Language::En).standing(standing));
    assert_eq!(standings, [1, 1, 1, 1, 1]);
}

#[test]
fn what_is_in_no_catalogue_or_kept_from_lists_is_called_by_its_code() {
    let builtin = office::builtin();
    let sensitive = builtin.services().find(|service| service.sensitive).unwrap();
    let entries = vec![
        entry(1, "Aminah binti Abu", sensitive.code.as_str(), (8, 0)),
        entry(2, "Aminah binti Abu", "NO-SUCH", (8, 0)),
    ];
    let gone = BranchCode::parse("NO-WHERE").unwrap();
    let sheet = Sheet::new(&builtin, Language::Ms, gone, date(), entries, Utc.timestamp_nanos(0));
    let services: Vec<_> = sheet.rows.iter().map(|row| row.service_name.as_str()).collect();
    assert_eq!(services, [sensitive.code.as_str(), "NO-SUCH"]);
    assert_eq!((sheet.branch_name.as_str(), sheet.sample), ("NO-WHERE", false));
    assert_eq!(sheet.file_name(Format::Pdf), "bookings-NO-WHERE-2026-12-01.pdf");
}
