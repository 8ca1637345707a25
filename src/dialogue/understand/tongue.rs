//! Which language a text is in.

use super::text;
use crate::dialogue::Language;

/// Frequent words that the other language does not have.
const MALAY: &[&str] = &[
    "saya",
    "nak",
    "hendak",
    "mahu",
    "ingin",
    "boleh",
    "untuk",
    "dan",
    "yang",
    "di",
    "ke",
    "dengan",
    "tempah",
    "tempahan",
    "temujanji",
    "temu",
    "janji",
    "nama",
    "alamat",
    "telefon",
    "cawangan",
    "urusan",
    "tarikh",
    "masa",
    "pengenalan",
    "pasport",
    "sila",
    "terima",
    "kasih",
    "salam",
    "tuan",
    "puan",
    "esok",
    "pagi",
    "petang",
    "isnin",
    "ya",
    "tidak",
    "setuju",
    "batal",
    "borang",
    "minta",
    "mohon",
    "bagaimana",
    "macam",
    "mana",
    "buat",
    "ada",
    "ini",
    "anak",
    "kad",
    "hari",
    "minggu",
    "depan",
];
const ENGLISH: &[&str] = &[
    "i",
    "the",
    "to",
    "want",
    "would",
    "like",
    "please",
    "and",
    "for",
    "my",
    "a",
    "an",
    "of",
    "book",
    "booking",
    "appointment",
    "name",
    "address",
    "telephone",
    "phone",
    "branch",
    "service",
    "date",
    "time",
    "identity",
    "passport",
    "thank",
    "thanks",
    "you",
    "dear",
    "sir",
    "madam",
    "tomorrow",
    "morning",
    "afternoon",
    "monday",
    "yes",
    "no",
    "agree",
    "cancel",
    "form",
    "hello",
    "how",
    "can",
    "is",
    "with",
    "need",
    "next",
    "week",
    "make",
    "regards",
];
/// Words that are looked at.
const MOST: usize = 200;

/// The language of a text; that of the house when there is nothing to tell by.
pub fn tongue(text: &str) -> Language {
    let words = text::words(text);
    let count =
        |known: &[&str]| words.iter().take(MOST).filter(|word| known.contains(&word.as_str())).count();
    if count(ENGLISH) > count(MALAY) { Language::En } else { Language::default() }
}

#[cfg(test)]
mod tests {
    use super::{Language, tongue};

    #[test]
    fn a_few_words_tell() {
        for (text, language) in [
            ("", Language::Ms),
            ("Salam, saya nak buat temujanji pasport", Language::Ms),
            ("Hello, I would like to make an appointment please", Language::En),
            ("Name: Siti binti Ali\nBranch: Kajang\nDate: 5 Jan", Language::En),
            ("Nama: Ravi\nNo. pengenalan: A1234567\nSetuju terma (YA/TIDAK): ya", Language::Ms),
            ("hi", Language::Ms),
        ] {
            assert_eq!(tongue(text), language, "{text}");
        }
    }
}
