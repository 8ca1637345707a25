//! The twelve digits of an identity card: date, birthplace, serial (YYMMDD-PB-###G). They have no check digit.

use chrono::NaiveDate;

use super::{Rejection, passport};
use crate::booking::text;

/// Digits of the number.
const DIGITS: usize = 12;
/// Digits of the cards that were replaced in 1990; some had a letter before them.
const OLD_DIGITS: usize = 7;

/// The normal form of a number: twelve digits.
pub(super) fn read(typed: &str, today: NaiveDate) -> Result<String, Rejection> {
    let compact = text::compact(typed);
    // Cards print a * behind the number when the date is not that of birth.
    let compact = compact.trim_end_matches('*');
    if compact.is_empty() {
        return Err(Rejection::Empty);
    }
    if compact.chars().any(text::is_lookalike) {
        return Err(Rejection::Lookalike);
    }
    let digits: Option<Vec<u32>> = compact.chars().map(|c| c.to_digit(10)).collect();
    let Some(digits) = digits else { return Err(not_digits(compact, today)) };
    match digits.as_slice() {
        [y1, y2, m1, m2, d1, d2, p1, p2, _, _, _, _] => {
            let [year, month, day] = [y1 * 10 + y2, m1 * 10 + m2, d1 * 10 + d2];
            if !is_past_date(year, month, day, today) {
                return Err(Rejection::MyKadDate);
            }
            if !is_birthplace(p1 * 10 + p2) {
                return Err(Rejection::MyKadBirthplace { code: format!("{p1}{p2}") });
            }
            Ok(compact.to_owned())
        }
        digits if digits.len() == OLD_DIGITS => Err(Rejection::OldIdentityCard),
        digits => Err(Rejection::MyKadLength { got: digits.len() }),
    }
}

/// With the hyphens of the card: `900101-14-5551`.
pub(super) fn hyphened(number: &str) -> String {
    let hyphen = |(place, c)| if place == 6 || place == 8 { vec!['-', c] } else { vec![c] };
    number.chars().enumerate().flat_map(hyphen).collect()
}

/// Whether the digits can be those of a card at all, for telling a wrong field from a wrong number.
pub(super) fn is_twelve_digits(number: &str) -> bool {
    number.len() == DIGITS && number.chars().all(|c| c.is_ascii_digit())
}

fn not_digits(compact: &str, today: NaiveDate) -> Rejection {
    let rest = compact.strip_prefix(|c: char| c.is_ascii_alphabetic()).unwrap_or_default();
    if rest.len() == OLD_DIGITS && rest.chars().all(|c| c.is_ascii_digit()) {
        return Rejection::OldIdentityCard;
    }
    if passport::read(compact, today).is_ok() {
        return Rejection::LooksLikePassport;
    }
    let has_digits = compact.contains(|c: char| c.is_ascii_digit());
    match compact.chars().find(|c| !c.is_ascii_digit()) {
        Some(found) if has_digits => Rejection::MyKadCharacter { found },
        _ => Rejection::MyKadLength { got: 0 },
    }
}

/// Whether the date exists in the 1900s or 2000s and has come. Nothing in the number says which century it is.
fn is_past_date(year: u32, month: u32, day: u32, today: NaiveDate) -> bool {
    [1900, 2000]
        .into_iter()
        .filter_map(|century| i32::try_from(century + year).ok())
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
        .any(|date| date <= today)
}

/// Birthplace codes of the National Registration Department's lists: 01-16 and 21-59 for the states, 82 for an unknown
/// one, the others for places abroad.
fn is_birthplace(code: u32) -> bool {
    !matches!(code, 0 | 17..=20 | 69 | 70 | 73 | 80 | 81 | 94..=97)
}
