//! Every case of `data/identity_cases.csv`: what is valid has its normal form, what is not is refused with the reason
//! that the file gives. All numbers are invented.

use chrono::NaiveDate;
use temujanji::booking::{Identity, IdentityKind, Phone, Rejection};

#[derive(serde::Deserialize)]
struct Case {
    kind: String,
    input: String,
    normalised: String,
    valid: String,
    reason: String,
}

fn read(case: &Case, today: NaiveDate) -> Result<String, Rejection> {
    let identity =
        |kind| Identity::parse(kind, &case.input, today).map(|identity| identity.number().to_owned());
    match case.kind.as_str() {
        "mykad" => identity(IdentityKind::MyKad),
        "passport" => identity(IdentityKind::Passport),
        "phone" => Phone::parse(&case.input).map(|phone| phone.as_str().to_owned()),
        other => panic!("unknown kind {other}"),
    }
}

/// Whether a refusal says what the file says: by the beginning of the file's reason.
fn fits(rejection: &Rejection, kind: &str, reason: &str) -> bool {
    use Rejection as R;
    let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| reason.starts_with(beginning));
    match (kind, rejection) {
        (_, R::Empty) => begins(&["empty", "nothing left"]),
        (_, R::Lookalike) => begins(&["digits other than 0-9", "full-width", "first letter is Cyrillic"]),
        ("mykad", R::MyKadLength { .. }) => begins(&["length"]),
        ("mykad", R::MyKadCharacter { .. }) => begins(&["not a digit", "characters other than"]),
        ("mykad", R::MyKadDate) => begins(&["date"]),
        ("mykad", R::MyKadBirthplace { code }) => reason.starts_with(&format!("birthplace: code {code}")),
        ("mykad", R::OldIdentityCard) => begins(&["old identity card"]),
        ("passport", R::LooksLikeMyKad) => reason.contains("looks like a MyKad number"),
        ("passport", R::PassportLength { .. }) => begins(&["length"]),
        ("passport", R::PassportNoDigit) => begins(&["no digit"]),
        ("passport", R::PassportCharacter { .. }) => begins(&["character not allowed"]),
        ("passport", R::PassportFiller) => begins(&["filler sign"]),
        ("passport", R::PassportMachineZone) => begins(&["first line", "second line"]),
        ("passport", R::PassportZeros) => begins(&["all zeros"]),
        ("phone", R::PhoneLength { .. }) => begins(&["length", "country code only"]),
        ("phone", R::PhoneNoAreaCode) => begins(&["no leading 0"]),
        ("phone", R::PhoneNeedsPlus) => begins(&["foreign number without a plus"]),
        ("phone", R::PhoneAreaCode { code }) => reason.starts_with(&format!("area code {code}")),
        ("phone", R::PhoneEmergency) => begins(&["emergency"]),
        ("phone", R::PhoneShortCode) => begins(&["short code"]),
        ("phone", R::PhoneService) => begins(&["1-300", "toll-free", "premium-rate"]),
        ("phone", R::PhoneCountryCode) => begins(&["country code 999"]),
        ("phone", R::PhoneNone) => begins(&["no digits"]),
        ("phone", R::PhoneLetters) => begins(&["letters"]),
        ("phone", R::PhoneZeros) => begins(&["placeholder"]),
        ("phone", R::PhoneSeveral) => begins(&["two numbers"]),
        ("phone", R::PhoneIsEmail) => begins(&["an e-mail address"]),
        _ => false,
    }
}

#[test]
fn every_case_of_the_file_holds() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/identity_cases.csv");
    let mut reader = csv::Reader::from_path(file).unwrap();
    let cases: Vec<Case> = reader.deserialize().collect::<Result<_, _>>().unwrap();
    assert_eq!(cases.len(), 120);
    let today = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
    let mut wrong = Vec::new();
    for case in &cases {
        let good = match (case.valid.as_str(), read(case, today)) {
            ("yes", read) => read.as_ref() == Ok(&case.normalised),
            ("no", Err(rejection)) => fits(&rejection, &case.kind, &case.reason),
            _ => false,
        };
        if !good {
            wrong.push(format!("{} {:?} ({}): {:?}", case.kind, case.input, case.reason, read(case, today)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
