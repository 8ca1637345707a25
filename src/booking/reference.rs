use std::fmt;

use rand::{Rng, RngExt};

use super::Rejection;
use super::text::{self, string_value};

/// No 0, O, 1, I or L: they are taken for one another. Thirty-one symbols, a prime, for the check symbol's sake.
const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const MODULUS: usize = ALPHABET.len();
/// Random symbols; 31⁹ is 26 million million.
const RANDOM: usize = 9;
/// Symbols in all.
const LENGTH: usize = RANDOM + 1;
/// Words that people write before a reference.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "no", "nombor", "number", "rujukan", "ruj", "reference", "ref", "kod", "code", "tempahan", "booking",
    "temujanji", "appointment", "saya", "sy", "my", "is", "ialah", "the",
];

/// What an applicant quotes: nine random symbols and a check symbol, read aloud as `K7Q-M29-XTC2`.
///
/// Says nothing of the booking and cannot be guessed. Any single wrong symbol and any two that have changed places
/// are found out by the check symbol.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference(String);

string_value!(Reference, shown);

impl Reference {
    /// Draws a new one.
    pub fn generate(chance: &mut (impl Rng + ?Sized)) -> Self {
        let values: [usize; RANDOM] = std::array::from_fn(|_| chance.random_range(0..MODULUS));
        let symbols = values.into_iter().chain([check(&values)]).filter_map(|value| ALPHABET.get(value));
        Self(symbols.copied().map(char::from).collect())
    }

    /// Reads one as people type it: in any case, with spaces and hyphens, after a word such as "ref".
    ///
    /// # Errors
    ///
    /// [`Rejection::ReferenceShape`] when it is something else, [`Rejection::ReferenceCheck`] when mistyped.
    pub fn parse(typed: &str) -> Result<Self, Rejection> {
        let visible = text::visible(typed);
        match read(&visible) {
            Err(Rejection::ReferenceShape) => read(&text::without_labels(&visible, LABELS)),
            read => read,
        }
    }

    /// The ten symbols without hyphens.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn read(typed: &str) -> Result<Reference, Rejection> {
    let symbols = text::compact(typed).to_ascii_uppercase();
    let values: Option<Vec<usize>> =
        symbols.bytes().map(|symbol| ALPHABET.iter().position(|known| *known == symbol)).collect();
    let values = values.filter(|values| values.len() == LENGTH).ok_or(Rejection::ReferenceShape)?;
    match values.split_last() {
        Some((last, random)) if *last == check(random) => Ok(Reference(symbols)),
        _ => Err(Rejection::ReferenceCheck),
    }
}

/// Weights 1 to 9 here and -1 for the check symbol itself: all differ and none is 0 modulo a prime, so that a changed
/// symbol or two exchanged ones always change the sum.
fn check(random: &[usize]) -> usize {
    random.iter().zip(1..).map(|(value, weight)| value * weight).sum::<usize>() % MODULUS
}

/// In groups: `K7Q-M29-XTC2`.
impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, symbol) in self.0.chars().enumerate() {
            if place == 3 || place == 6 {
                f.write_str("-")?;
            }
            write!(f, "{symbol}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;

    fn any_reference() -> impl Strategy<Value = Reference> {
        any::<u64>().prop_map(|seed| Reference::generate(&mut StdRng::seed_from_u64(seed)))
    }

    #[test]
    fn is_read_as_people_type_it() {
        let reference = Reference::generate(&mut StdRng::seed_from_u64(1));
        let shown = reference.to_string();
        assert_eq!((shown.len(), reference.as_str().len()), (12, 10));
        assert_eq!(Reference::parse("K7Q-M29-XTC2").unwrap().as_str(), "K7QM29XTC2");
        for typed in [
            shown.to_lowercase(),
            format!("  {} ", reference.as_str()),
            shown.replace('-', " "),
            shown.replace('-', " – "),
            format!("No. rujukan: {shown}"),
            format!("ref {shown}."),
        ] {
            assert_eq!(Reference::parse(&typed), Ok(reference.clone()), "{typed}");
        }
        for typed in ["", "K7Q", "hello", "0123456789", "K7Q-M29-XTCRR", "Ｋ7QM29XTCR"] {
            assert_eq!(Reference::parse(typed), Err(Rejection::ReferenceShape), "{typed}");
        }
    }

    #[test]
    fn is_kept_as_a_string_and_checked_when_read() {
        let reference = Reference::generate(&mut StdRng::seed_from_u64(2));
        let json = serde_json::to_string(&reference).unwrap();
        assert_eq!(json, format!("{:?}", reference.as_str()));
        assert_eq!(serde_json::from_str::<Reference>(&json).unwrap(), reference);
        assert!(serde_json::from_str::<Reference>("\"AAAAAAAAAA\"").is_err());
    }

    proptest! {
        #[test]
        fn every_wrong_symbol_is_found_out(reference in any_reference()) {
            for place in 0..LENGTH {
                for other in ALPHABET {
                    let mut symbols = reference.as_str().as_bytes().to_vec();
                    if symbols[place] != *other {
                        symbols[place] = *other;
                        let typed = String::from_utf8(symbols).unwrap();
                        prop_assert_eq!(Reference::parse(&typed), Err(Rejection::ReferenceCheck));
                    }
                }
            }
        }

        #[test]
        fn every_two_that_changed_places_are_found_out(reference in any_reference()) {
            for (a, b) in (0..LENGTH).flat_map(|a| (0..a).map(move |b| (a, b))) {
                let mut symbols = reference.as_str().as_bytes().to_vec();
                symbols.swap(a, b);
                let typed = String::from_utf8(symbols).unwrap();
                let same = typed == reference.as_str();
                prop_assert_eq!(Reference::parse(&typed).is_ok(), same);
            }
        }

        #[test]
        fn any_text_gets_an_answer(typed in any::<String>()) {
            if let Ok(reference) = Reference::parse(&typed) {
                prop_assert_eq!(Reference::parse(&reference.to_string()), Ok(reference));
            }
        }
    }
}
