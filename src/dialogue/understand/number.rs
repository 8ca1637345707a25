//! Numbers, in digits and in words.

use super::phrase::{Piece, Shape, pieces};
use super::text::fold;

/// Malay (and Indonesian) and English words of one to nine, as they stand in "dua belas" and "dua puluh".
const ONES: [&[&str]; 9] = [
    &["satu", "one"],
    &["dua", "two"],
    &["tiga", "three"],
    &["empat", "ampat", "four"],
    &["lima", "five"],
    &["enam", "anam", "six"],
    &["tujuh", "tujoh", "seven"],
    &["lapan", "delapan", "eight"],
    &["sembilan", "smbilan", "nine"],
];

/// Numbers of ten and more that are one word.
const WORDS: [(&str, u32); 20] = [
    ("sepuluh", 10),
    ("spuluh", 10),
    ("ten", 10),
    ("sebelas", 11),
    ("seblas", 11),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fourty", 40),
    ("fifty", 50),
    ("kosong", 0),
];

/// Ordinals; Malay ones without "ke" in front of a plain number.
const ORDINALS: [(&str, u32); 22] = [
    ("pertama", 1),
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("eleventh", 11),
    ("twelfth", 12),
    ("thirteenth", 13),
    ("fourteenth", 14),
    ("fifteenth", 15),
    ("sixteenth", 16),
    ("seventeenth", 17),
    ("eighteenth", 18),
    ("nineteenth", 19),
    ("twentieth", 20),
    ("thirtieth", 30),
];

/// Words that may stand around the number of a choice.
const AROUND: [&str; 27] = [
    "no", "nombor", "nomor", "number", "num", "pilihan", "pilih", "option", "choice", "choose", "yang", "yg",
    "the", "one", "nak", "nk", "saya", "sy", "i", "want", "la", "lah", "je", "please", "pls", "pick", "ke",
];

/// The number of a choice, where the text is nothing but that: `2`, `(2)`, `no. 2`, `yang kedua`, `second`.
pub fn choice(text: &str) -> Option<usize> {
    let folded = fold(text);
    let pieces: Vec<Piece<'_>> =
        pieces(&folded).into_iter().filter(|piece| piece.shape != Shape::Mark || piece.text == "-").collect();
    let mut found = None;
    let mut rest = pieces.as_slice();
    while let [first, after @ ..] = rest {
        let read = ordinal(rest).or_else(|| plain(rest));
        match read {
            Some((used, number)) if found.is_none() => {
                found = Some(number);
                rest = rest.get(used..).unwrap_or_default();
            }
            _ if AROUND.contains(&first.text) => rest = after,
            _ => return None,
        }
    }
    usize::try_from(found?).ok()
}

fn plain(pieces: &[Piece<'_>]) -> Option<(usize, u32)> {
    match pieces {
        [number, ..] if number.shape == Shape::Number && number.text.len() < 4 => {
            Some((1, number.text.parse().ok()?))
        }
        _ => spoken(pieces),
    }
}

/// A number in words at the start of the pieces: how many pieces it takes, and its value.
pub(super) fn spoken(pieces: &[Piece<'_>]) -> Option<(usize, u32)> {
    let (first, rest) = pieces.split_first()?;
    let next = |at: usize| rest.get(at).map(|piece| piece.text);
    if let Some(one) = one(first.text) {
        return Some(match next(0) {
            Some("belas" | "blas") => (2, 10 + one),
            Some("puluh" | "pluh") => match next(1).and_then(self::one) {
                Some(more) => (3, 10 * one + more),
                None => (2, 10 * one),
            },
            _ => (1, one),
        });
    }
    if let Some((_, value)) = WORDS.iter().find(|(word, _)| *word == first.text) {
        let tens = *value >= 20;
        let hyphen = usize::from(next(0) == Some("-"));
        return Some(match next(hyphen).and_then(english_one) {
            Some(more) if tens => (2 + hyphen, value + more),
            _ => (1, *value),
        });
    }
    let glued = |tail: &str| first.text.strip_suffix(tail).and_then(one);
    match (glued("belas"), glued("puluh")) {
        (Some(one), _) => Some((1, 10 + one)),
        (_, Some(tens)) => Some(match next(0).and_then(one) {
            Some(more) => (2, 10 * tens + more),
            None => (1, 10 * tens),
        }),
        (None, None) => None,
    }
}

/// An ordinal in words at the start of the pieces ("kelima", "twenty-first").
pub(super) fn ordinal(pieces: &[Piece<'_>]) -> Option<(usize, u32)> {
    let (first, rest) = pieces.split_first()?;
    let listed = |text: &str| ORDINALS.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
    if let Some(value) = listed(first.text) {
        return Some((1, value));
    }
    if let Some(value) = first.text.strip_prefix("ke").and_then(one) {
        return Some((1, value));
    }
    let tens = match first.text {
        "twenty" => 20,
        "thirty" => 30,
        _ => return None,
    };
    let hyphen = usize::from(rest.first().is_some_and(|piece| piece.is("-")));
    let last = listed(rest.get(hyphen)?.text).filter(|value| *value < 10)?;
    Some((2 + hyphen, tens + last))
}

fn one(word: &str) -> Option<u32> {
    let place = ONES.iter().position(|words| words.contains(&word))?;
    u32::try_from(place + 1).ok()
}

/// One to nine in English, which is the only language where they follow the tens without a word between.
fn english_one(word: &str) -> Option<u32> {
    let place = ONES.iter().position(|words| words.last() == Some(&word))?;
    u32::try_from(place + 1).ok()
}
