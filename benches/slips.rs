//! Slips typeset per second, as PDF and as picture, and the list of a day with its pictures:
//! `cargo bench --bench slips`.
//!
//! The bare baseline is the writing of one finished slip to disk with fsync: what a slip costs in any case. The list of
//! 100 appointments is measured in slips.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::allow_attributes)]

use std::io::Write;
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use rand::SeedableRng;
use rand::rngs::StdRng;
use temujanji::booking::{BookingState, DayEntry, PersonName, Reference, SlotKey};
use temujanji::dialogue::Language;
use temujanji::keys::Keys;
use temujanji::office::{self, BranchCode, ServiceCode};
use temujanji::slip::{self, Slip};
use temujanji::staff::chart::{Cell, FullDay, Fullness, Places};
use temujanji::staff::sheet::{self, Sheet};
use temujanji::words::Words;

const ROUND: Duration = Duration::from_secs(5);

fn main() {
    let folder = tempfile::tempdir_in(".").unwrap();
    let keys = Keys::load_or_create(&folder.path().join("keys")).unwrap();
    let words = Words::builtin();
    let slip = sample();
    let start = Instant::now();
    let pdf = slip::pdf(&slip, &keys, words).unwrap();
    println!("first slip: {} ms, {} kB", start.elapsed().as_millis(), pdf.len() / 1024);
    let pdfs = rate(|| drop(slip::pdf(&slip, &keys, words).unwrap()));
    let pngs = rate(|| drop(slip::png(&slip, &keys, words).unwrap()));
    let files = rate(|| {
        let mut file = std::fs::File::create(folder.path().join("slip.pdf")).unwrap();
        file.write_all(&pdf).unwrap();
        file.sync_all().unwrap();
    });
    println!(
        "PDF {pdfs:.0}/s, picture {pngs:.0}/s, bare file with fsync {files:.0}/s; PDF ratio {:.3}",
        pdfs / files
    );
    let list = list();
    let start = Instant::now();
    drop(sheet::pdf(&list, words).unwrap());
    let first = start.elapsed().as_millis();
    let lists = rate(|| drop(sheet::pdf(&list, words).unwrap()));
    let books = rate(|| drop(sheet::xlsx(&list, words).unwrap()));
    let full = fullness();
    let charts = rate(|| drop(full.png(words).unwrap()));
    println!(
        "list of 100: first {first} ms, then {:.0} ms (a PDF slip takes 1/{:.0} of it); workbook {:.1} ms; chart {:.0} ms",
        1000.0 / lists,
        pdfs / lists,
        1000.0 / books,
        1000.0 / charts
    );
}

fn rate(mut once: impl FnMut()) -> f64 {
    let (start, mut done) = (Instant::now(), 0u32);
    while start.elapsed() < ROUND {
        once();
        done += 1;
    }
    f64::from(done) / start.elapsed().as_secs_f64()
}

fn sample() -> Slip {
    Slip {
        reference: Reference::generate(&mut StdRng::seed_from_u64(1)),
        sequence: 0,
        queue: 17,
        name: "Aminah binti Abu".into(),
        identity_masked: "******-**-5551".into(),
        branch_name: "Jabatan Imigresen Wilayah Persekutuan Kuala Lumpur".into(),
        branch_address: "Kompleks KDN, No. 69 Jalan Sri Hartamas 1, 50550 Kuala Lumpur".into(),
        branch_phone: Some("03-8000 8000".into()),
        service_name: "Pas Pelajar".into(),
        key: SlotKey {
            branch: BranchCode::parse("KUL-DUTA").unwrap(),
            service: ServiceCode::parse("VPP-PP").unwrap(),
            date: NaiveDate::from_ymd_opt(2027, 1, 5).unwrap(),
            time: NaiveTime::from_hms_opt(9, 0, 0).unwrap(),
        },
        minutes: 60,
        issued_at: Utc.with_ymd_and_hms(2026, 11, 23, 1, 0, 0).unwrap(),
        language: Language::Ms,
        email_proved: true,
        sample: true,
        bot: None,
    }
}

/// A day of 100 appointments, ten an hour.
fn list() -> Sheet {
    let mut chance = StdRng::seed_from_u64(2);
    let slot = sample().key;
    let entry = |index: u32| DayEntry {
        reference: Reference::generate(&mut chance),
        queue: index + 1,
        slot: SlotKey { time: slot.time + TimeDelta::hours((index / 10).into()), ..slot.clone() },
        minutes: 60,
        name: PersonName::parse("Aminah binti Abu").unwrap(),
        state: BookingState::Booked,
        attendance: None,
    };
    let entries = (0..100).map(entry).collect();
    let made_at = Utc.with_ymd_and_hms(2027, 1, 4, 23, 0, 0).unwrap();
    Sheet::new(&office::builtin(), Language::Ms, slot.branch.clone(), slot.date, entries, made_at)
}

/// Two weeks of nine hours a day.
fn fullness() -> Fullness {
    let slot = sample().key;
    let cell =
        |hour: u32| Cell { time: slot.time + TimeDelta::hours(hour.into()), taken: hour * 5, capacity: 40 };
    let day = |day: u64| FullDay {
        date: slot.date + Days::new(day),
        places: Places::Open((0..9).map(cell).collect()),
    };
    let branch = "Jalan Duta, Kuala Lumpur".to_owned();
    Fullness { language: Language::Ms, branch, sample: true, days: (0..14).map(day).collect() }
}
