//! Passport numbers: six to nine letters and digits.
//!
//! The field in a passport's machine-readable zone has nine places (ICAO 9303). The lower limit is ours; no country's
//! pattern is checked, for they change.

use chrono::NaiveDate;

use super::{Rejection, mykad};
use crate::booking::text;

/// Fewest and most letters and digits.
const FEWEST: usize = 6;
const MOST: usize = 9;
/// From so many characters on it is a line of the machine-readable zone, which has up to 44.
const ZONE: usize = 20;
/// As many letters and no digit are a word, not the beginning of a number.
const WORD: usize = 3;

/// The normal form of a number: capitals and digits.
pub(super) fn read(typed: &str, today: NaiveDate) -> Result<String, Rejection> {
    let number = text::compact(typed).to_ascii_uppercase();
    if number.is_empty() {
        return Err(Rejection::Empty);
    }
    if number.chars().any(text::is_lookalike) {
        return Err(Rejection::Lookalike);
    }
    let got = number.chars().count();
    if number.contains('<') {
        return Err(if got > MOST + 1 { Rejection::PassportMachineZone } else { Rejection::PassportFiller });
    }
    if let Some(found) = number.chars().find(|c| !c.is_ascii_alphanumeric()) {
        return Err(Rejection::PassportCharacter { found });
    }
    if mykad::is_twelve_digits(&number) && mykad::read(&number, today).is_ok() {
        return Err(Rejection::LooksLikeMyKad);
    }
    if got >= ZONE {
        return Err(Rejection::PassportMachineZone);
    }
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() && got >= WORD {
        return Err(Rejection::PassportNoDigit);
    }
    if !(FEWEST..=MOST).contains(&got) {
        return Err(Rejection::PassportLength { got, min: FEWEST, max: MOST });
    }
    if digits.iter().all(|digit| *digit == '0') {
        return Err(Rejection::PassportZeros);
    }
    Ok(number)
}

/// Whether a number has a shape that nothing else has: a letter and eight digits (Malaysia, China), two letters and six
/// or seven (Pakistan, Thailand, India), or a letter, seven digits and a letter (Philippines).
pub(super) fn is_unmistakable(number: &str) -> bool {
    let shape: String = number.chars().map(|c| if c.is_ascii_digit() { '9' } else { 'A' }).collect();
    matches!(shape.as_str(), "A99999999" | "AA999999" | "AA9999999" | "A9999999A")
}
