use proptest::prelude::*;

use super::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 30).unwrap()
}

fn read(kind: IdentityKind, typed: &str) -> String {
    let read = Identity::parse(kind, typed, today());
    read.map_or_else(|rejection| format!("{rejection:?}"), |identity| identity.number().to_owned())
}

#[test]
fn words_around_a_number_are_left_out() {
    for (kind, typed, number) in [
        (IdentityKind::MyKad, "No. KP saya: 900101-14-5551.", "900101145551"),
        (IdentityKind::MyKad, "No.K.P. 900101-14-5551", "900101145551"),
        (IdentityKind::MyKad, "tak ada ic", "MyKadLength { got: 0 }"),
        (IdentityKind::MyKad, "ic saya 900101145551 tq", "900101145551"),
        (IdentityKind::MyKad, "\u{202a}550501-59-5046*\u{202c}", "550501595046"),
        (IdentityKind::Passport, "passport no A12345678", "A12345678"),
        (IdentityKind::Passport, "MY 1234567", "MY1234567"),
        (IdentityKind::Passport, "pp A12345678", "A12345678"),
        (IdentityKind::Passport, "no 123456789", "123456789"),
        (IdentityKind::Passport, "no 1234567", "1234567"),
        (IdentityKind::Passport, "pspt: a 1234 5678", "A12345678"),
        (IdentityKind::Other, "354-10c01234", "354-10C01234"),
        (IdentityKind::Other, "SPLP no. xd 123/456", "XD123/456"),
        (IdentityKind::Other, "ab/123456", "AB/123456"),
    ] {
        assert_eq!(read(kind, typed), number, "{typed}");
    }
}

#[test]
fn a_number_of_another_kind_is_recognised() {
    use IdentityKind::{MyKad, Other, Passport};
    for (kind, typed, reason) in [
        (MyKad, "A12345678", "LooksLikePassport"),
        (MyKad, "MD 123456", "LooksLikePassport"),
        (MyKad, "C1234567", "OldIdentityCard"),
        (MyKad, "1234567", "OldIdentityCard"),
        (MyKad, "123456789", "MyKadLength { got: 9 }"),
        (Passport, "900101 14 5551", "LooksLikeMyKad"),
        (Other, "900101-14-5551", "LooksLikeMyKad"),
    ] {
        assert_eq!(read(kind, typed), reason, "{typed}");
    }
}

#[test]
fn other_documents_have_letters_digits_hyphens_and_strokes() {
    for (typed, reason) in [
        ("", "Empty"),
        ("--", "Empty"),
        ("tiada", "DocumentNoDigit"),
        ("00000", "DocumentNoDigit"),
        ("A123", "DocumentLength { got: 4, min: 5, max: 20 }"),
        ("A1234567890123456789-1", "DocumentLength { got: 22, min: 5, max: 20 }"),
        ("A123_456", "DocumentCharacter { found: '_' }"),
        ("А123456", "Lookalike"),
    ] {
        assert_eq!(read(IdentityKind::Other, typed), reason, "{typed}");
    }
}

#[test]
fn only_what_leaves_no_doubt_is_guessed() {
    let kind = |typed: &str| Identity::guess(typed, today()).map(|identity| identity.kind());
    for typed in ["900101-14-5551", "900101145551", "ic 900101 14 5551", "601112-34-5678"] {
        assert_eq!(kind(typed), Some(IdentityKind::MyKad), "{typed}");
    }
    for typed in ["A12345678", "passport md123456", "P1234567A"] {
        assert_eq!(kind(typed), Some(IdentityKind::Passport), "{typed}");
    }
    for typed in ["601112345678", "C1234567", "123456789", "012-345 6789", "esok", ""] {
        assert_eq!(kind(typed), None, "{typed}");
    }
}

#[test]
fn a_date_to_come_is_of_the_last_century() {
    let eve = NaiveDate::from_ymd_opt(2000, 2, 28).unwrap();
    let born = |typed, today| Identity::parse(IdentityKind::MyKad, typed, today).map(|_| ());
    // 1900 was no leap year, so this day was to come.
    assert_eq!(born("000229-10-0007", eve), Err(Rejection::MyKadDate));
    assert_eq!(born("000229-10-0007", today()), Ok(()));
    assert_eq!(born("991231-10-0007", today()), Ok(()));
}

#[test]
fn is_shown_masked_and_told_apart() {
    let identity = |kind, typed| Identity::parse(kind, typed, today()).unwrap();
    let card = identity(IdentityKind::MyKad, "900101145551");
    assert_eq!((card.shown().as_str(), card.masked().as_str()), ("900101-14-5551", "******-**-5551"));
    assert_eq!(card.canonical(), "mykad:900101145551");
    let passport = identity(IdentityKind::Passport, "A12345678");
    assert_eq!(passport.masked(), "*****5678");
    assert_eq!(identity(IdentityKind::Passport, "A12345").masked(), "***345");
    assert_eq!(identity(IdentityKind::Other, "354-10C01234").masked(), "***-****1234");
    assert_eq!(identity(IdentityKind::Other, "A-1234/5678").canonical(), passport.canonical());
    assert_eq!(format!("{card:?}"), "Identity(MyKad, …)");
    let json = serde_json::to_string(&card).unwrap();
    assert_eq!(json, r#""mykad:900101145551""#);
    assert_eq!(serde_json::from_str::<Identity>(&json).unwrap(), card);
    assert!(serde_json::from_str::<Identity>(r#""mykad:901301145551""#).is_err());
}

fn any_kind() -> impl Strategy<Value = IdentityKind> {
    proptest::sample::select(&IdentityKind::ALL[..])
}

proptest! {
    #[test]
    fn any_text_gets_an_answer(kind in any_kind(), typed in any::<String>()) {
        let _ = Identity::parse(kind, &typed, today());
        let _ = Identity::guess(&typed, today());
    }

    #[test]
    fn a_number_stays_as_it_is_and_is_never_shown_by_debug(kind in any_kind(), typed in "[A-Za-z]{0,2}[0-9 /-]{5,14}[A-Z]?") {
        if let Ok(identity) = Identity::parse(kind, &typed, today()) {
            prop_assert_eq!(Identity::parse(kind, identity.number(), today()), Ok(identity.clone()));
            prop_assert_eq!(Identity::parse(kind, &identity.shown(), today()), Ok(identity.clone()));
            prop_assert_eq!(Identity::try_from(String::from(identity.clone())), Ok(identity.clone()));
            let debug = format!("{identity:?}");
            prop_assert!(!debug.contains(identity.number()));
            prop_assert!(!identity.masked().contains(identity.number()));
        }
    }
}
