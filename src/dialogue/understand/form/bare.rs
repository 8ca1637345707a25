//! A label and its value with nothing between them: `ic 900101-14-5551`, `nama saya Ali`.

use super::Entry;
use crate::dialogue::Field;
use crate::dialogue::understand::field::{Label, label};
use crate::dialogue::understand::text;

/// Words between a label and its value.
const LINKS: &[&str] = &["saya", "sy", "aku", "is", "ialah", "adalah", "ni", "ini", "anda", "my"];
/// Words that make a question or a remark of what would else be a name.
const REMARKS: &[&str] = &[
    "apa", "siapa", "mana", "bila", "berapa", "kenapa", "macam", "mcm", "what", "which", "where", "who",
    "how", "when", "salah", "silap", "eja", "typo", "tukar", "ubah", "wrong", "change", "rosak", "hilang",
    "please", "pls", "yang", "dekat", "jauh", "tak", "tidak", "x", "not", "lupa", "bukan", "can", "boleh",
    "sama", "lahir", "penuh", "di", "untuk", "dan", "and", "or", "atau",
];
/// Words of a label without a mark.
const LABEL_WORDS: usize = 4;
/// Words of a value without a mark.
const VALUE_WORDS: usize = 7;

/// The one field of a line that begins with a label and goes on with a value that can be nothing else.
pub(super) fn entry(line: &str) -> Option<Entry> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let words = match words.as_slice() {
        [first, rest @ ..] if ["my", "saya"].contains(&text::fold(first).as_str()) => rest,
        all => all,
    };
    if line.contains('?') || words.len() > LABEL_WORDS + VALUE_WORDS + 1 {
        return None;
    }
    let split = (1..=LABEL_WORDS.min(words.len())).rev().filter_map(|at| words.split_at_checked(at));
    let (found, rest) = split.filter_map(|(head, tail)| Some((label(&head.join(" "))?, tail))).next()?;
    let Label::Field(field, identity_kind) = found else { return None };
    let linked = rest.iter().take_while(|word| LINKS.contains(&text::fold(word).as_str())).count();
    let value = rest.get(linked..).unwrap_or_default();
    let joined = value.join(" ").trim_matches([',', ';', '.', '|', ' ']).to_owned();
    fits(field, value, &joined).then_some(Entry { field, value: joined, identity_kind })
}

/// Whether a word is none of a name, but makes a question or a remark of what it stands in.
pub(in super::super) fn is_remark(word: &str) -> bool {
    REMARKS.contains(&text::fold(word).as_str())
}

fn fits(field: Field, words: &[&str], value: &str) -> bool {
    let count = |test: fn(&char) -> bool| value.chars().filter(test).count();
    let digits = count(char::is_ascii_digit);
    let letters = count(|c| c.is_alphabetic());
    let remark = words.iter().any(|word| is_remark(word));
    let first_is_number = value.starts_with(|c: char| c.is_ascii_digit());
    if words.is_empty() || words.len() > VALUE_WORDS || (remark && field != Field::Address) {
        return false;
    }
    match field {
        Field::Email => words.len() == 1 && value.contains('@'),
        Field::Phone => digits >= 7 && letters == 0,
        Field::Identity => digits >= 5 && letters <= 4 && words.len() <= 4,
        Field::Name => digits == 0 && letters >= 2 && !value.contains(':'),
        Field::Address => digits >= 5,
        Field::Date => first_is_number && words.len() <= 4,
        Field::Slot => first_is_number && words.len() <= 3 && (letters > 0 || value.contains(['.', ':'])),
        Field::State => letters >= 2 && words.len() <= 3 && !value.eq_ignore_ascii_case("sembilan"),
        Field::Branch | Field::Service => letters >= 2 && words.len() <= 4,
    }
}
