//! Telephone numbers, kept as E.164.

mod plan;

use std::fmt;

use chrono::NaiveDate;
use phonenumber::metadata::DATABASE;
use phonenumber::{Metadata, Mode, Type};

use super::text::{self, string_value};
use super::{Email, Identity, IdentityKind, Rejection};

/// Fewest and most digits of a number with its country code (E.164); the shortest are of Saint Helena.
const FEWEST: usize = 7;
const MOST: usize = 15;
/// So many digits on both sides of a separator are two numbers; so many on both sides of a mere space, too.
const WHOLE: usize = 7;
const WHOLE_WORD: usize = 9;
/// Words that people write around a number.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "no", "notel", "nohp", "nombor", "number", "num", "tel", "telefon", "telephone", "phone", "fon", "hp",
    "h/p", "handphone", "mobile", "bimbit", "whatsapp", "wa", "ws", "call", "contact", "hubungi", "saya",
    "sy", "aku", "my", "is", "ialah", "the", "ini", "ni", "ya", "ye", "ok", "tq", "thanks", "terima", "kasih",
    "rumah", "home", "sahaja", "only",
];
/// Words between two numbers.
const OR: [&str; 4] = ["atau", "or", "dan", "and"];

/// A telephone number at which an applicant can be reached, as E.164: `+60123456789`.
///
/// Malaysian numbers are held to the national numbering plan; of others only the country code and the number of
/// digits are looked at.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phone(String);

string_value!(Phone, hidden);

impl Phone {
    /// Reads a number as people write it: Malaysian with its leading 0 or with 60, any other with + and country code.
    ///
    /// # Errors
    ///
    /// A [`Rejection`] that says what is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, Rejection> {
        let visible = text::visible(typed);
        if visible.trim().is_empty() {
            return Err(Rejection::Empty);
        }
        if Email::find_in(&visible).is_ok() {
            return Err(Rejection::PhoneIsEmail);
        }
        if are_several(&visible) {
            return Err(Rejection::PhoneSeveral);
        }
        let bare = text::without_labels(&visible, LABELS);
        if is_card_shaped(&bare) {
            return Err(Rejection::LooksLikeMyKad);
        }
        let number = match dialled(&bare)? {
            Dialled::Abroad(digits) => return abroad(&digits).map(Self),
            Dialled::National(digits) => plan::national(&digits),
            Dialled::Bare(digits) => plan::bare(&digits),
        };
        match number {
            Err(_) if is_card(&bare) => Err(Rejection::LooksLikeMyKad),
            number => number.map(Self),
        }
    }

    /// The number as E.164.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it is written in Malaysia (`012-345 6789`), with country code and spaces when from abroad (`+65 8123 4567`).
    pub fn display(&self) -> String {
        if let Some(national) = self.0.strip_prefix("+60") {
            return plan::display(national);
        }
        let spaced = phonenumber::parse(None, &self.0)
            .map(|number| number.format().mode(Mode::International).to_string());
        // The library takes the 8 of +7 812 for a prefix and drops it.
        spaced
            .ok()
            .filter(|shown| only_digits(shown) == only_digits(&self.0))
            .unwrap_or_else(|| self.0.clone())
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.display())
    }
}

/// What was dialled, by its prefix; the digits without the prefix.
enum Dialled {
    /// After + or 00.
    Abroad(String),
    /// After a 0.
    National(String),
    /// After neither.
    Bare(String),
}

/// Takes out what numbers are written with, and refuses what they are not.
fn dialled(typed: &str) -> Result<Dialled, Rejection> {
    if typed.chars().any(|c| !c.is_ascii() && c.is_numeric()) {
        return Err(Rejection::Lookalike);
    }
    if typed.chars().any(char::is_alphabetic) {
        let any = typed.chars().any(|c| c.is_ascii_digit());
        return Err(if any { Rejection::PhoneLetters } else { Rejection::PhoneNone });
    }
    let typed = typed.trim_start_matches(['(', ' ']);
    let (plus, rest) = typed.strip_prefix('+').map_or((false, typed), |rest| (true, rest));
    let written =
        |c: char| c.is_ascii_digit() || c.is_whitespace() || text::is_hyphen(c) || "().,/".contains(c);
    if let Some(found) = rest.chars().find(|c| !written(*c)) {
        return Err(Rejection::PhoneCharacter { found });
    }
    let whole = only_digits(rest);
    if whole.is_empty() && !plus {
        return Err(Rejection::PhoneNone);
    }
    if !whole.is_empty() && whole.chars().all(|digit| digit == '0') {
        return Err(Rejection::PhoneZeros);
    }
    // The (0) of +60 (0)12 is dialled only at home.
    let without_trunk = only_digits(&rest.replacen("(0)", "", 1));
    Ok(match (whole.strip_prefix("00"), whole.strip_prefix('0')) {
        _ if plus => Dialled::Abroad(without_trunk),
        (Some(_), _) => {
            Dialled::Abroad(without_trunk.strip_prefix("00").unwrap_or(&without_trunk).to_owned())
        }
        (None, Some(national)) => Dialled::National(national.to_owned()),
        (None, None) => Dialled::Bare(without_trunk),
    })
}

/// A number after + or 00.
fn abroad(digits: &str) -> Result<String, Rejection> {
    if let Some(national) = digits.strip_prefix("60").filter(|national| !national.is_empty()) {
        return plan::from_abroad(national);
    }
    let length = Rejection::PhoneLength { got: digits.len(), expected: None };
    if digits.len() < FEWEST || digits.len() > MOST {
        return Err(length);
    }
    // No country code begins with another, so the first that fits is the one.
    let country = (1..=3).find_map(|code| {
        let (code, national) = digits.split_at_checked(code)?;
        Some((code, national, DATABASE.by_code(&code.parse::<u16>().ok()?)?))
    });
    let (code, national, regions) = country.ok_or(Rejection::PhoneCountryCode)?;
    // Ranges are handed out all the time and the tables grow old: only the length is looked at, not the range.
    let fits = |national: &&str| {
        code.len() + national.len() >= FEWEST
            && regions.iter().any(|region| has_length(region, national.len()))
    };
    // The 0 that is dialled only at home; in Italy, say, there is none, and the 0 is part of the number.
    let has_trunk = regions.iter().any(|region| region.national_prefix() == Some("0"));
    let without_trunk = Some(national.trim_start_matches('0')).filter(|_| has_trunk).filter(fits);
    let national = without_trunk.or(Some(national).filter(fits)).ok_or(length)?;
    Ok(format!("+{code}{national}"))
}

fn has_length(region: &Metadata, length: usize) -> bool {
    let kinds = [Type::FixedLine, Type::Mobile, Type::Voip, Type::PersonalNumber, Type::Uan];
    let mut known = kinds.into_iter().filter_map(|kind| region.descriptors().get(kind));
    known.any(|kind| kind.possible_length().iter().any(|possible| usize::from(*possible) == length))
}

fn are_several(typed: &str) -> bool {
    let is_or = |word: &str| OR.contains(&word.to_lowercase().as_str());
    let words: Vec<&str> =
        typed.split_whitespace().map(|word| if is_or(word) { ";" } else { word }).collect();
    let joined = words.join(" ");
    let parts = joined.split(['/', ',', ';', '&', '|']).filter(|part| only_digits(part).len() >= WHOLE);
    let lines = typed.lines().filter(|line| only_digits(line).len() >= WHOLE);
    let whole_words = words.iter().filter(|word| only_digits(word).len() >= WHOLE_WORD);
    parts.count() > 1 || lines.count() > 1 || whole_words.count() > 1
}

/// Whether the digits stand in the groups of an identity card: six, two, four.
fn is_card_shaped(typed: &str) -> bool {
    let groups = typed.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
    groups.map(str::len).eq([6, 2, 4]) && is_card(typed)
}

fn is_card(typed: &str) -> bool {
    Identity::parse(IdentityKind::MyKad, typed, NaiveDate::MAX).is_ok()
}

fn only_digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests;
