//! Identity documents: the twelve-digit number of a MyKad, a passport number, or the number of another document.

mod mykad;
mod passport;

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::text;
use super::{Phone, Rejection};

/// Which document an applicant will bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityKind {
    /// The identity card of citizens; also MyPR, MyKid and MyKAS, which have the same twelve digits.
    MyKad,
    /// A passport of any country.
    Passport,
    /// Anything else, such as a UNHCR card or a travel document in lieu of a passport; staff look at it.
    Other,
}

impl IdentityKind {
    const ALL: [Self; 3] = [Self::MyKad, Self::Passport, Self::Other];

    fn name(self) -> &'static str {
        match self {
            Self::MyKad => "mykad",
            Self::Passport => "passport",
            Self::Other => "other",
        }
    }
}

/// A document's kind and number, the number in its one normal form: no spaces, capitals.
///
/// Kept as one string, `mykad:900101145551`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Identity {
    kind: IdentityKind,
    number: String,
}

/// Characters of another document's number. A guess: its forms are not published.
const OTHER: std::ops::RangeInclusive<usize> = 5..=20;
/// Last characters that a mask leaves to be seen, unless that were more than half.
const SEEN: usize = 4;
/// Words that people write around a number.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "no", "nokp", "noic", "nombor", "number", "num", "ic", "i/c", "nric", "kp", "k/p", "kad", "pengenalan",
    "identiti", "mykad", "mykid", "mypr", "mykas", "identity", "card", "id", "passport", "pasport", "paspot",
    "paspor", "pspt", "pp", "dokumen", "document", "saya", "sy", "aku", "my", "is", "ialah", "the", "ini",
    "ni", "baru", "new", "lama", "old", "unhcr", "splp", "polis", "tentera", "ya", "ye", "ok", "tq", "thanks",
    "terima", "kasih",
];

impl Identity {
    /// Reads the number of a document of this kind. `today` is the date in Kuala Lumpur.
    ///
    /// MyKad numbers by the form the National Registration Department gives them, passport numbers by ICAO 9303.
    ///
    /// # Errors
    ///
    /// A [`Rejection`] that says what is wrong with the number, or which other kind it looks like.
    pub fn parse(kind: IdentityKind, typed: &str, today: NaiveDate) -> Result<Self, Rejection> {
        let visible = text::visible(typed);
        let whole = begins_with_two_letters(&visible).then(|| read(kind, &visible, today).ok()).flatten();
        let number = match whole {
            Some(number) => number,
            None => read(kind, &text::without_labels(&visible, LABELS), today)?,
        };
        Ok(Self { kind, number })
    }

    /// Reads a number whose kind nobody has said, where its shape leaves no doubt.
    ///
    /// Doubtful are twelve plain digits that are a telephone number too, and passport numbers of a letter and seven
    /// digits (also an old identity card) or of digits alone.
    pub fn guess(typed: &str, today: NaiveDate) -> Option<Self> {
        if let Ok(identity) = Self::parse(IdentityKind::MyKad, typed, today) {
            let spaced = typed.chars().any(text::is_hyphen);
            return (spaced || Phone::parse(&identity.number).is_err()).then_some(identity);
        }
        let identity = Self::parse(IdentityKind::Passport, typed, today).ok()?;
        passport::is_unmistakable(&identity.number).then_some(identity)
    }

    /// The kind of document.
    pub fn kind(&self) -> IdentityKind {
        self.kind
    }

    /// The number in its normal form: `900101145551`, `A12345678`.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// As the document prints it, to be read back to its owner: `900101-14-5551`, `A12345678`.
    pub fn shown(&self) -> String {
        match self.kind {
            IdentityKind::MyKad => mykad::hyphened(&self.number),
            IdentityKind::Passport | IdentityKind::Other => self.number.clone(),
        }
    }

    /// With all but the last characters hidden: `******-**-5551`, `*****5678`.
    pub fn masked(&self) -> String {
        let shown = self.shown();
        let seen = SEEN.min(self.number.chars().count() / 2);
        let hidden = shown.chars().count().saturating_sub(seen);
        shown.chars().enumerate().map(|(place, c)| if place < hidden && c != '-' { '*' } else { c }).collect()
    }

    /// What tells one document from another, for hashing: `mykad:900101145551`, `document:A12345678`.
    ///
    /// Passports and other documents share a name, without hyphens and strokes, so that nobody can book twice by
    /// calling a passport something else.
    pub fn canonical(&self) -> String {
        match self.kind {
            IdentityKind::MyKad => format!("mykad:{}", self.number),
            IdentityKind::Passport | IdentityKind::Other => {
                format!("document:{}", self.number.replace(['-', '/'], ""))
            }
        }
    }
}

fn read(kind: IdentityKind, typed: &str, today: NaiveDate) -> Result<String, Rejection> {
    match kind {
        IdentityKind::MyKad => mykad::read(typed, today),
        IdentityKind::Passport => passport::read(typed, today),
        IdentityKind::Other => other(typed, today),
    }
}

/// Two letters before the digits belong to many a passport number, even such as also say what it is (`PP 1234567`).
fn begins_with_two_letters(typed: &str) -> bool {
    let first = typed.split_whitespace().next().unwrap_or_default();
    first.len() == 2 && first.chars().all(|c| c.is_ascii_alphabetic()) && !first.eq_ignore_ascii_case("no")
}

fn other(typed: &str, today: NaiveDate) -> Result<String, Rejection> {
    if mykad::read(typed, today).is_ok() {
        return Err(Rejection::LooksLikeMyKad);
    }
    let number: String = typed
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if text::is_hyphen(c) { '-' } else { c.to_ascii_uppercase() })
        .collect();
    let number = number.trim_matches(['-', '/']).to_owned();
    if number.is_empty() {
        return Err(Rejection::Empty);
    }
    if number.chars().any(text::is_lookalike) {
        return Err(Rejection::Lookalike);
    }
    let fits = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/');
    if let Some(found) = number.chars().find(|c| !fits(c)) {
        return Err(Rejection::DocumentCharacter { found });
    }
    if !number.chars().any(|c| matches!(c, '1'..='9')) {
        return Err(Rejection::DocumentNoDigit);
    }
    match number.len() {
        got if !OTHER.contains(&got) => {
            Err(Rejection::DocumentLength { got, min: *OTHER.start(), max: *OTHER.end() })
        }
        _ => Ok(number),
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity({:?}, …)", self.kind)
    }
}

impl From<Identity> for String {
    fn from(identity: Identity) -> Self {
        format!("{}:{}", identity.kind.name(), identity.number)
    }
}

impl TryFrom<String> for Identity {
    type Error = Rejection;

    fn try_from(kept: String) -> Result<Self, Rejection> {
        let (name, number) = kept.split_once(':').ok_or(Rejection::Empty)?;
        let kind = IdentityKind::ALL.into_iter().find(|kind| kind.name() == name).ok_or(Rejection::Empty)?;
        // Whether a date was to come was judged when the number was taken.
        Self::parse(kind, number, NaiveDate::MAX)
    }
}

impl Serialize for Identity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        String::from(self.clone()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Identity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
