//! Several details in one text without labels: `Ali bin Abu, 900101-14-5551, 012-345 6789`.

use chrono::NaiveDate;

use super::form::{Entry, is_remark};
use super::{command, text};
use crate::booking::{Address, Email, Identity, IdentityKind, PersonName, Phone};
use crate::dialogue::Field;

/// What a text without labels says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// What can be nothing else; a name first.
    pub entries: Vec<Entry>,
    /// Whether some detail stands beside the name, taken or not.
    pub several: bool,
    /// The rest, which may name an office, a service or a day.
    pub rest: String,
}

/// Words of a longer text are a letter.
const LONGEST: usize = 60;
/// Words over which a number may be spread: `+60 12 345 6789`.
const SPREAD: usize = 4;
/// Digits of the shortest number that is taken for one of a telephone or a document.
const SHORTEST: usize = 7;
/// How people greet and begin before they say their name. Some are names as well: Selamat, Hari, Hai.
const GREETINGS: &[&str] = &[
    "hi",
    "hello",
    "hai",
    "helo",
    "salam",
    "assalamualaikum",
    "good",
    "morning",
    "afternoon",
    "evening",
    "selamat",
    "pagi",
    "tengah",
    "tengahari",
    "hari",
    "petang",
    "malam",
    "sejahtera",
    "dear",
    "sir",
    "madam",
    "tuan",
    "puan",
    "encik",
    "cik",
    "saya",
    "sy",
    "i",
    "am",
    "i'm",
    "i’m",
];
/// After these, a name is said, whatever stands before.
const NAMED: &[&[&str]] = &[&["name", "is"], &["nama", "saya"]];
/// What stands between a name and the number after it.
const LINKS: &[&str] = &[
    "and", "dan", "my", "saya", "no", "no.", "nombor", "number", "ic", "i/c", "kp", "k/p", "nric", "mykad",
    "pasport", "passport", "phone", "tel", "telefon", "hp", "h/p", "email", "emel", "is", "ialah", "adalah",
    "with", "dengan",
];

/// The details of a text that begins with a name. `today` is the date in Kuala Lumpur.
///
/// A telephone number, an identity number and an e-mail address are known by their shape, an address by its postcode. What
/// may be two of them is left out, to be asked for.
pub fn details(text: &str, today: NaiveDate) -> Option<Details> {
    let words = words(text);
    if words.len() > LONGEST {
        return None;
    }
    let (mut entries, runs) = numbers(opened(&words), today);
    let mut several = runs.len() > 1;
    let mut pieces = runs.iter().map(|run| run.split_inclusive(|word| word.ends));
    let mut first = pieces.next()?;
    entries.insert(0, entry(Field::Name, name(first.next()?)?));
    let mut rest = Vec::new();
    for run in std::iter::once(first.collect()).chain(pieces.map(Iterator::collect::<Vec<_>>)) {
        let run: Vec<String> = run.into_iter().map(joined).collect();
        let upto = run.iter().position(|piece| has_postcode(piece)).map_or(0, |at| at + 1);
        let (before, after) = run.split_at(upto);
        let address = before.join(", ");
        if Address::parse(&address).is_ok() {
            entries.push(entry(Field::Address, address));
            several = true;
        } else {
            rest.extend_from_slice(before);
        }
        rest.extend_from_slice(after);
    }
    Some(Details { entries, several, rest: rest.join(", ") })
}

/// A word, and whether a comma or the like follows it.
#[derive(Debug, Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    ends: bool,
}

impl Word<'_> {
    fn is_one_of(&self, list: &[&str]) -> bool {
        list.contains(&self.text.to_lowercase().as_str())
    }
}

fn words(text: &str) -> Vec<Word<'_>> {
    const MARKS: [char; 4] = [',', ';', '|', '，'];
    let mut words: Vec<Word<'_>> = Vec::new();
    for line in text.lines() {
        for word in line.split_whitespace().flat_map(|word| word.split_inclusive(MARKS)) {
            let bare = word.trim_end_matches(MARKS);
            if !bare.is_empty() {
                words.push(Word { text: bare, ends: bare != word });
            } else if let Some(last) = words.last_mut() {
                last.ends = true;
            }
        }
        if let Some(last) = words.last_mut() {
            last.ends = true;
        }
    }
    words
}

/// The words without a greeting, which ends with a comma or with "I am": what else begins so may be a name.
fn opened<'w, 'a>(words: &'w [Word<'a>]) -> &'w [Word<'a>] {
    let polite = words.iter().take_while(|word| word.is_one_of(GREETINGS)).count();
    let (greeting, _) = words.split_at_checked(polite).unwrap_or_default();
    let ended = greeting.iter().rposition(|word| word.ends || is_self(word.text)).map_or(0, |at| at + 1);
    let i_am = |two: &[Word<'_>]| joined(two).eq_ignore_ascii_case("i am");
    let begin = greeting.windows(2).rposition(i_am).map_or(ended, |at| ended.max(at + 2));
    words.get(begin..).unwrap_or_default()
}

/// Whether a word is the speaker; Sy, in capitals, is a family.
fn is_self(word: &str) -> bool {
    word == "sy" || ["saya", "i'm", "i’m"].contains(&word.to_lowercase().as_str())
}

/// What is known by its shape, and the runs of words around it.
fn numbers<'a>(words: &[Word<'a>], today: NaiveDate) -> (Vec<Entry>, Vec<Vec<Word<'a>>>) {
    let (mut entries, mut runs) = (Vec::new(), vec![Vec::new()]);
    let mut left = words;
    while let [word, after @ ..] = left {
        let spread = left.iter().take(SPREAD).position(|word| word.ends).map_or(SPREAD, |at| at + 1);
        let found = (1..=spread.min(left.len())).rev().find_map(|many| {
            let (these, after) = left.split_at_checked(many)?;
            Some((shape(&joined(these), today)?, after))
        });
        match found {
            Some((found, after)) => {
                entries.extend(found);
                runs.push(Vec::new());
                left = after;
            }
            None => {
                if let Some(run) = runs.last_mut() {
                    run.push(*word);
                }
                left = after;
            }
        }
    }
    (entries, runs)
}

/// The detail that a text of this shape is; nothing inside when it may be two.
fn shape(text: &str, today: NaiveDate) -> Option<Option<Entry>> {
    if text.contains('@') {
        return Email::parse(text.trim_end_matches('.'))
            .is_ok()
            .then(|| Some(entry(Field::Email, text.to_owned())));
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let is_number = text.split(' ').all(|word| word.contains(|c: char| c.is_ascii_digit()));
    if !is_number || digits < SHORTEST || letters > 2 {
        return None;
    }
    if let Some(identity) = Identity::guess(text, today) {
        let kind = Some(identity.kind());
        return Some(Some(Entry { field: Field::Identity, value: text.to_owned(), identity_kind: kind }));
    }
    let is_phone = Phone::parse(text).is_ok();
    if [IdentityKind::MyKad, IdentityKind::Passport]
        .iter()
        .any(|kind| Identity::parse(*kind, text, today).is_ok())
    {
        let local = text.starts_with(['0', '+']);
        return Some((is_phone && local).then(|| entry(Field::Phone, text.to_owned())));
    }
    is_phone.then(|| Some(entry(Field::Phone, text.to_owned())))
}

/// The name that the first piece of a text is, without what people say around it.
fn name(piece: &[Word<'_>]) -> Option<String> {
    let links = piece.iter().rev().take_while(|word| word.is_one_of(LINKS)).count();
    let piece = piece.get(..piece.len() - links)?;
    let after = |phrase: &[&str]| {
        let is = |said: &[Word<'_>]| said.iter().zip(phrase).all(|(word, part)| word.is_one_of(&[part]));
        piece.windows(phrase.len()).position(is).map(|at| at + phrase.len())
    };
    let begin = NAMED.iter().filter_map(|phrase| after(phrase)).max().unwrap_or(0);
    let name = joined(piece.get(begin..)?);
    let parsed = PersonName::parse(&name).ok()?;
    let words = text::words(parsed.as_str());
    let other = words.iter().any(|word| is_remark(word));
    (words.len() > 1 && !other && command(&name).candidates.is_empty()).then_some(name)
}

fn entry(field: Field, value: String) -> Entry {
    Entry { field, value, identity_kind: None }
}

fn joined(words: &[Word<'_>]) -> String {
    words.iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
}

fn has_postcode(piece: &str) -> bool {
    piece.split(' ').any(|word| word.len() == 5 && word.chars().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let today = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
        let Some(Details { entries, rest, .. }) = details(text, today) else { return "nothing".to_owned() };
        let mut lines: Vec<_> =
            entries.iter().map(|entry| format!("{:?} {}", entry.field, entry.value)).collect();
        if !rest.is_empty() {
            lines.push(format!("rest {rest}"));
        }
        lines.join(" | ")
    }

    #[test]
    fn what_can_be_nothing_else_is_taken() {
        for (text, meant) in [
            (
                "Ali bin Abu, 900101-14-5551, 012-3456789, No 12 Jalan Mawar 53100 Kuala Lumpur, passport KL 5 dec",
                "Name Ali bin Abu | Identity 900101-14-5551 | Phone 012-3456789 | Address No 12 Jalan Mawar 53100 Kuala \
                 Lumpur | rest passport KL 5 dec",
            ),
            (
                "Ali bin Abu 900101145551 0123456789",
                "Name Ali bin Abu | Identity 900101145551 | Phone 0123456789",
            ),
            (
                "my name is Siti Aminah and my ic is 900101-14-5551 phone 012-345 6789",
                "Name Siti Aminah | Identity 900101-14-5551 | Phone 012-345 6789 | rest phone",
            ),
            (
                "Siti Aminah binti Ali\n900101-14-5551\nNo. 12, Jalan Mawar,\n53100 Kuala Lumpur\n+60 12 345 6789",
                "Name Siti Aminah binti Ali | Identity 900101-14-5551 | Phone +60 12 345 6789 | Address No. 12, Jalan \
                 Mawar, 53100 Kuala Lumpur",
            ),
            (
                "saya Ali bin Abu, nak renew passport di Kajang 7 dis",
                "Name Ali bin Abu | rest nak renew passport di Kajang 7 dis",
            ),
            (
                "Hi, I am Kumar a/l Raju and my ic is 880202-10-5553",
                "Name Kumar a/l Raju | Identity 880202-10-5553",
            ),
            ("Kumar a/l Raju; kumar@example.com", "Name Kumar a/l Raju | Email kumar@example.com"),
            // Both a telephone number and an identity number.
            ("Ali bin Abu, 601125145551", "Name Ali bin Abu"),
        ] {
            assert_eq!(read(text), meant, "{text}");
        }
    }

    #[test]
    fn what_does_not_begin_with_a_name_is_none() {
        for text in [
            "Ali 900101145551",
            "900101145551",
            "Ali bin Abu 7 dis",
            "nak tempah, 900101145551",
            "tak tahu, 5",
            "R2 D2",
            "",
        ] {
            assert_eq!(read(text), "nothing", "{text}");
        }
    }
}
