//! What people type for branches, states, services, fields and forms, measured on texts kept as CSV.
//!
//! The column `half` says which texts the code was tuned on and which were written after that and measured
//! first; the figures of both are printed (`cargo test --test understand_places -- --nocapture`).

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests may")]
#![expect(
    clippy::print_stdout,
    reason = "the figures and the texts that were not right are what the test is for"
)]

use std::fmt::Debug;
use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use serde::Deserialize;
use temujanji::booking::IdentityKind;
use temujanji::dialogue::understand::{self, Understood};
use temujanji::office::{self, Office};

static OFFICE: LazyLock<Office> = LazyLock::new(office::builtin);

#[derive(Deserialize)]
struct Row {
    text: String,
    /// Codes separated by `|`; none where nothing may be understood.
    expected: String,
    #[serde(default)]
    ambiguous: bool,
    half: String,
}

fn rows(name: &str) -> Vec<Row> {
    let path = Path::new("tests/data/understand").join(name);
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

#[derive(Default)]
struct Rates {
    texts: usize,
    right: usize,
    /// One meaning was expected and it was among those asked about.
    asked: usize,
    wrong_in_silence: usize,
    failures: Vec<String>,
}

impl Rates {
    fn add(&mut self, row: &Row, understood: &Understood<String>) {
        let expected: Vec<&str> = row.expected.split('|').filter(|code| !code.is_empty()).collect();
        let got = &understood.candidates;
        let holds_all = expected.iter().all(|code| got.iter().any(|g| g == code));
        self.texts += 1;
        match (expected.is_empty(), understood.ambiguous, row.ambiguous) {
            (true, _, _) if got.is_empty() => self.right += 1,
            (false, false, false) if got.as_slice() == expected => self.right += 1,
            (false, true, true) if holds_all => self.right += 1,
            (false, true, false) if holds_all => {
                self.asked += 1;
                self.failures.push(format!("asked  {:40} {:30} {got:?}", row.text, row.expected));
            }
            (_, false, _) if !got.is_empty() => {
                self.wrong_in_silence += 1;
                self.failures.push(format!("WRONG  {:40} {:30} {got:?}", row.text, row.expected));
            }
            _ => self.failures.push(format!("missed {:40} {:30} {got:?}", row.text, row.expected)),
        }
    }

    fn report(&self, what: &str) -> String {
        let share = |n: usize| 100.0 * n as f64 / self.texts as f64;
        format!(
            "{what}: {} texts, {:.1} % right, {:.1} % asked needlessly, {:.2} % wrong in silence",
            self.texts,
            share(self.right),
            share(self.asked),
            share(self.wrong_in_silence)
        )
    }
}

fn measure<T: ToString + Debug>(name: &str, understand: impl Fn(&str) -> Understood<T>) {
    let [mut tuned, mut held_out, mut all] = [Rates::default(), Rates::default(), Rates::default()];
    for row in rows(name) {
        let understood = understand(&row.text).map(|meaning| meaning.to_string());
        let half = if row.half == "tuned" { &mut tuned } else { &mut held_out };
        half.add(&row, &understood);
        all.add(&row, &understood);
    }
    println!("{}\n{}", tuned.report(&format!("{name} tuned")), held_out.report(&format!("{name} held out")));
    println!("{}", all.failures.join("\n"));
    assert!((all.right + all.asked) * 100 >= all.texts * 97, "{}", all.report(name));
    assert!(all.wrong_in_silence * 200 <= all.texts, "{}", all.report(name));
}

#[test]
fn branches() {
    measure("branch.csv", |text| understand::branch(text, &OFFICE));
}

#[test]
fn states() {
    measure("state.csv", |text| understand::state(text, &OFFICE));
}

#[test]
fn services() {
    measure("service.csv", |text| understand::service(text, &OFFICE));
}

#[test]
fn fields() {
    measure("field.csv", |text| understand::field(text).map(|field| field.name()));
}

#[test]
fn forms() {
    let mut wrong = Vec::new();
    for row in rows("form.csv") {
        let expected: Vec<String> =
            row.expected.split('|').filter(|e| !e.is_empty()).map(str::to_owned).collect();
        let got: Vec<String> = understand::form(&row.text).iter().map(shown).collect();
        if got != expected {
            wrong.push(format!("{}\n   expected {expected:?}\n   got      {got:?}", row.text));
        }
    }
    assert!(wrong.is_empty(), "{} forms misread\n{}", wrong.len(), wrong.join("\n"));
}

fn shown(entry: &understand::Entry) -> String {
    let kind = match entry.identity_kind {
        None => "",
        Some(IdentityKind::MyKad) => ":mykad",
        Some(IdentityKind::Passport) => ":passport",
        Some(IdentityKind::Other) => ":other",
    };
    format!("{}{kind}={}", entry.field.name(), entry.value.replace('\n', "\\n"))
}

#[test]
fn kinds_of_document() {
    for (text, kind) in [
        ("ic", Some(IdentityKind::MyKad)),
        ("saya guna mykad", Some(IdentityKind::MyKad)),
        ("kad pengenalan", Some(IdentityKind::MyKad)),
        ("Passport", Some(IdentityKind::Passport)),
        ("paspor indonesia", Some(IdentityKind::Passport)),
        ("kad UNHCR", Some(IdentityKind::Other)),
        ("lain-lain", Some(IdentityKind::Other)),
        ("ic atau passport", None),
        ("passport A1234567", None),
        ("esok", None),
    ] {
        assert_eq!(understand::field::identity_kind(text), kind, "{text}");
    }
}

/// Offices are offered as people expect to see them: headquarters first, counters last.
#[test]
fn several_branches_come_in_order() {
    for (text, expected) in [
        ("JB", vec!["JHR-HQ", "JHR-PEKANBARU", "JHR-UTC"]),
        ("kuala lumpur", vec!["KUL-DUTA", "KUL-WANGSAMAJU"]),
        ("kompleks kdn", vec!["KUL-DUTA"]),
        ("sarawak", vec!["SWK-HQ", "SWK-UTC"]),
    ] {
        let found = understand::branch(text, &OFFICE);
        let codes: Vec<&str> =
            found.candidates.iter().map(|code| code.as_str()).take(expected.len()).collect();
        assert!(found.ambiguous, "{text}");
        assert_eq!(codes, expected, "{text}");
    }
}

fn all_of(text: &str) {
    understand::branch(text, &OFFICE);
    understand::state(text, &OFFICE);
    understand::service(text, &OFFICE);
    understand::field(text);
    understand::field::identity_kind(text);
    understand::form(text);
}

#[test]
fn ten_thousand_characters_are_no_trouble() {
    // Far above what it takes, so that only an explosion fails, not a busy machine.
    all_of("warm up");
    for unit in [
        "a",
        "jalan ",
        "utc kl ",
        "Nama: ",
        "nama:",
        ": ",
        "1. ",
        "吉隆坡",
        "a.b.",
        "\n",
        "pasport visa ",
        "-",
        " - ",
        "ic ",
    ] {
        let text = unit.repeat(10_000 / unit.len());
        let start = Instant::now();
        all_of(&text);
        let taken = start.elapsed();
        assert!(taken < Duration::from_secs(5), "{unit:?} took {taken:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nothing_panics(text in "\\PC{0,200}") {
        all_of(&text);
    }

    #[test]
    fn no_line_panics(lines in prop::collection::vec("[ -~\\t：，•нß吉]{0,40}", 0..12)) {
        all_of(&lines.join("\n"));
    }

    #[test]
    fn digits_alone_name_no_place(digits in "[0-9 /:-]{1,14}") {
        prop_assert!(understand::branch(&digits, &OFFICE).is_none());
        prop_assert!(understand::state(&digits, &OFFICE).is_none());
        prop_assert!(understand::service(&digits, &OFFICE).is_none());
    }
}
