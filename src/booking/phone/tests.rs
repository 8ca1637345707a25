use proptest::prelude::*;

use super::*;

fn read(typed: &str) -> String {
    Phone::parse(typed).map_or_else(|rejection| format!("{rejection:?}"), |phone| phone.as_str().to_owned())
}

#[test]
fn numbers_are_read_as_people_write_them() {
    for (typed, number) in [
        ("no tel saya 012-345 6789 ya", "+60123456789"),
        ("HP: 012-3456789 (whatsapp)", "+60123456789"),
        ("tel:+60123456789", "+60123456789"),
        ("(012) 345 6789", "+60123456789"),
        ("\u{202a}+60 12\u{2011}345 6789\u{202c}", "+60123456789"),
        ("+60012-345 6789", "+60123456789"),
        ("015-4600 1234", "+601546001234"),
        ("089-771 234", "+6089771234"),
        ("601112345678", "+601112345678"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("+39 06 1234 5678", "+390612345678"),
        ("+95 9 123 456 789", "+959123456789"),
        ("+7 812 345 67 89", "+78123456789"),
        ("+62 0812-3456-7890", "+6281234567890"),
        ("0062 812 3456 7890", "+6281234567890"),
    ] {
        assert_eq!(read(typed), number, "{typed}");
    }
}

#[test]
fn what_is_no_number_is_refused_with_the_reason() {
    for (typed, reason) in [
        ("tiada", "PhoneNone"),
        ("-", "PhoneNone"),
        ("+65", "PhoneLength { got: 2, expected: None }"),
        ("+999 1234 5678", "PhoneCountryCode"),
        ("+", "PhoneLength { got: 0, expected: None }"),
        ("0123456789 0132223333", "PhoneSeveral"),
        ("0123456789\n03-2161 1234", "PhoneSeveral"),
        ("012-3456789 atau 013-2223333", "PhoneSeveral"),
        ("012-345#6789", "PhoneCharacter { found: '#' }"),
        ("+60 1-300-88-1234", "PhoneService"),
        ("080-123 456", "PhoneAreaCode { code: \"080\" }"),
        ("12-345 6789", "PhoneNoAreaCode"),
        ("900101145551", "LooksLikeMyKad"),
        ("010101-14-5551", "LooksLikeMyKad"),
        ("601112-34-5678", "LooksLikeMyKad"),
        ("+65 8123 456", "PhoneLength { got: 9, expected: None }"),
        ("+6012345678", "PhoneLength { got: 9, expected: Some(10) }"),
    ] {
        assert_eq!(read(typed), reason, "{typed}");
    }
}

#[test]
fn numbers_are_shown_as_they_are_written() {
    for (number, shown) in [
        ("+60123456789", "012-345 6789"),
        ("+601112345678", "011-1234 5678"),
        ("+60321611234", "03-2161 1234"),
        ("+6042612345", "04-261 2345"),
        ("+6088212345", "088-212 345"),
        ("+6581234567", "+65 8123 4567"),
        ("+78123456789", "+78123456789"),
    ] {
        assert_eq!(Phone::parse(number).unwrap().to_string(), shown);
        assert_eq!(Phone::parse(shown).unwrap().as_str(), number);
    }
}

#[test]
fn a_number_is_not_made_too_short_by_its_trunk_prefix() {
    let phone = Phone::parse("+4301000").unwrap();
    assert_eq!(Phone::parse(phone.as_str()), Ok(phone));
}

#[test]
fn numbers_of_every_country_can_be_shown() {
    for code in 1..1000 {
        for rest in ["2345678", "81234567", "712345678", "0612345678"] {
            if let Ok(phone) = Phone::parse(&format!("+{code}{rest}")) {
                assert_eq!(Phone::parse(&phone.display()), Ok(phone.clone()), "{code}");
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_gets_an_answer(typed in any::<String>()) {
        if let Ok(phone) = Phone::parse(&typed) {
            prop_assert_eq!(Phone::parse(phone.as_str()), Ok(phone));
        }
    }

    #[test]
    fn a_number_stays_as_it_is(typed in "\\+?[0-9 ()-]{3,18}") {
        if let Ok(phone) = Phone::parse(&typed) {
            prop_assert_eq!(Phone::parse(phone.as_str()), Ok(phone.clone()));
            prop_assert_eq!(Phone::parse(&phone.display()), Ok(phone.clone()));
            prop_assert_eq!(format!("{phone:?}"), "Phone(…)");
        }
    }
}
