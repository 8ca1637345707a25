//! An applicant's address: free text, out of which postcode and state are read.

mod country;
mod postcode;

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use super::Rejection;
use super::text::{self, string_value};
use crate::office::StateCode;

/// Most characters of an address.
const LONGEST: usize = 300;
/// What stands before a colon and an address.
const LABELS: [&str; 8] = [
    "alamat",
    "alamat penuh",
    "alamat rumah",
    "alamat saya",
    "address",
    "full address",
    "home address",
    "my address",
];
/// Words that say that a street, estate, village or building follows or precedes.
#[rustfmt::skip]
const STREETS: &[&str] = &[
    "jalan", "jln", "jl", "lorong", "lrg", "lebuh", "lebuhraya", "lengkok", "persiaran", "psn", "pesiaran",
    "leboh", "solok", "susur", "laluan", "hala", "medan", "dataran", "taman", "tmn", "kampung", "kampong",
    "kpg", "kg", "desa", "felda", "felcra", "seksyen", "section", "mukim", "batu", "bt", "ladang", "estet",
    "estate", "bandar", "pekan", "rumah", "panjang", "rh", "flat", "pangsapuri", "apartment", "apt",
    "kondominium", "kondo", "condominium", "condo", "residensi", "residence", "villa", "vila", "menara",
    "wisma", "plaza", "kompleks", "complex", "bangunan", "building", "asrama", "hostel", "kem", "ppr",
    "presint", "precinct", "peti", "surat", "box", "street", "st", "road", "rd", "avenue", "ave", "lane",
    "drive", "park", "village",
];
/// Words that only number a part of a building or a piece of land.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "no", "nombor", "number", "lot", "pt", "blok", "block", "blk", "unit", "tingkat", "tkt", "aras", "level",
    "floor", "km", "po", "beg", "berkunci",
];

/// A full postal address as typed, in one line or several, with the postcode and state read from it.
///
/// A Malaysian one has a street or village, a postcode of five digits and a state, which the postcode tells when it is
/// not written. One abroad ends with the name of its country and has neither.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Address {
    text: String,
    postcode: Option<String>,
    state: Option<StateCode>,
}

string_value!(Address, hidden);

impl Address {
    /// Reads an address; lines stay lines, spaces are made single.
    ///
    /// The state written wins over the one the postcode tells: borders run through postcodes.
    ///
    /// # Errors
    ///
    /// A [`Rejection`] that says what is missing, or that it is longer than 300 characters.
    pub fn parse(typed: &str) -> Result<Self, Rejection> {
        let visible: String = text::visible(typed).nfc().collect();
        let lines: Vec<String> =
            visible.lines().map(text::single_spaced).filter(|line| !line.is_empty()).collect();
        let text = without_label(&lines.join("\n")).to_owned();
        if text.is_empty() {
            return Err(Rejection::Empty);
        }
        let got = text.chars().count();
        if got > LONGEST {
            return Err(Rejection::AddressTooLong { got, max: LONGEST });
        }
        let words = words(&text);
        if let Some(local) = country::before_foreign(&words, STREETS) {
            let abroad = Self { text, postcode: None, state: None };
            return if Content::of(local).is_place() { Ok(abroad) } else { Err(Rejection::AddressNoStreet) };
        }
        let Some((before, postcode, after)) = postcode::split(&words) else {
            return Err(Rejection::AddressNoPostcode);
        };
        let (before, after, named) = postcode::without_state(before, after);
        if !has_place(&before, &after) {
            return Err(Rejection::AddressNoStreet);
        }
        match named.or_else(|| postcode::state(postcode)) {
            Some(state) => Ok(Self { postcode: Some(postcode.to_owned()), state: Some(state), text }),
            None => Err(Rejection::AddressNoState { postcode: postcode.to_owned() }),
        }
    }

    /// The address as typed, lines parted by line breaks.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The lines, as typed.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.lines()
    }

    /// The postcode; `None` abroad.
    pub fn postcode(&self) -> Option<&str> {
        self.postcode.as_deref()
    }

    /// The state, as written or as the postcode tells; `None` abroad.
    pub fn state(&self) -> Option<&StateCode> {
        self.state.as_ref()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// Takes labels away until none is left, so that an address read back from storage stays as it is.
fn without_label(mut text: &str) -> &str {
    while let Some((head, rest)) = text.split_once([':', '=']) {
        if !LABELS.contains(&head.trim().to_lowercase().as_str()) {
            break;
        }
        text = rest.trim();
    }
    text
}

/// The words in small letters, without the marks around them; a postcode that is run into its town stands alone.
fn words(text: &str) -> Vec<String> {
    let parted = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '.' | '(' | ')' | ':');
    let mut words = Vec::new();
    for word in text.split(parted).filter(|word| !word.is_empty()) {
        let (postcode, town) = word.split_at_checked(postcode::DIGITS).unwrap_or((word, ""));
        let run_in =
            postcode::is_postcode(postcode) && town.starts_with(char::is_alphabetic) && town.len() > 2;
        words.extend(
            if run_in { vec![postcode, town] } else { vec![word] }.into_iter().map(str::to_lowercase),
        );
    }
    words
}

/// What the words of an address hold.
struct Content {
    /// Words of two letters and more that are neither street words nor parts.
    names: usize,
    /// Whether there is a street word.
    street: bool,
    /// Whether there is a number.
    number: bool,
}

impl Content {
    fn of(words: &[String]) -> Self {
        let is = |word: &String, known: &[&str]| known.contains(&word.as_str());
        let letters = |word: &String| word.chars().filter(|c| c.is_alphabetic()).count() >= 2;
        let is_name = |word: &&String| letters(word) && !is(word, STREETS) && !is(word, PARTS);
        Self {
            names: words.iter().filter(is_name).count(),
            street: words.iter().any(|word| is(word, STREETS)),
            number: words.iter().any(|word| word.contains(|c: char| c.is_ascii_digit())),
        }
    }

    /// Whether there is more than a town, where nothing tells town and street apart.
    fn is_place(&self) -> bool {
        self.names > 1 && (self.street || self.number) || self.names > 2
    }
}

/// Whether there is more than a town: before the postcode a name with a number, a street word or a town behind the
/// postcode; or a numbered street. Where the postcode comes first, all of it is behind.
fn has_place(before: &[String], after: &[String]) -> bool {
    let (ahead, behind) = (Content::of(before), Content::of(after));
    if before.is_empty() {
        return behind.is_place();
    }
    let street = ahead.street || behind.street;
    let number = ahead.number || behind.number;
    street && number || ahead.names > 0 && (street || number || behind.names > 0) || ahead.names > 2
}

#[cfg(test)]
mod tests;
