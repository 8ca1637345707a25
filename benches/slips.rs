//! Slips typeset per second, as PDF and as picture: `cargo bench --bench slips`.
//!
//! The bare baseline is the writing of one finished slip to disk with fsync: what a slip costs in any case.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::allow_attributes)]

use std::io::Write;
use std::time::{Duration, Instant};

use chrono::{NaiveDate, NaiveTime, TimeZone, Utc};
use rand::SeedableRng;
use rand::rngs::StdRng;
use temujanji::booking::{Reference, SlotKey};
use temujanji::dialogue::Language;
use temujanji::keys::Keys;
use temujanji::office::{BranchCode, ServiceCode};
use temujanji::slip::{self, Slip};
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
