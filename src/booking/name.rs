use std::fmt;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::text::{self, string_value};
use super::{Email, Rejection};

/// Characters of the longest name taken. The longest on record in Malaysia has 63.
const LONGEST: usize = 150;
/// Ng, Oh, Wu: two letters are a name.
const FEWEST_LETTERS: usize = 2;
/// Marks that stand in names: Dato', a/l, Mohd., Tan Ah Moi @ Siti, Lim-Abdullah, (Jr). And what phones make of them.
const MARKS: &str = "'’‘`-‐‑–./@(),";
/// What stands before a colon and a name.
const LABELS: [&str; 7] =
    ["nama", "nama penuh", "nama saya", "nama penuh saya", "name", "full name", "my name"];
/// How people say their name, longest first.
const PHRASES: [&str; 6] = [
    "nama penuh saya ialah ",
    "nama penuh saya ",
    "nama saya ialah ",
    "nama saya ",
    "my full name is ",
    "my name is ",
];

/// Between a name and a father's: they say nothing of the person.
const BETWEEN: [&str; 10] = ["bin", "binti", "bn", "bt", "bte", "a/l", "a/p", "s/o", "d/o", "anak"];

/// A person's full name, as on the document: one field, in any script, in the case it was typed.
///
/// There is no surname to ask for, one word is enough, and an alias follows an @.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PersonName(String);

string_value!(PersonName, hidden);

impl PersonName {
    /// Reads a name: spaces made single, composed characters (NFC), otherwise kept as typed.
    ///
    /// # Errors
    ///
    /// A [`Rejection`] when it is no name: digits or other marks in it, fewer than two letters, an e-mail address; or
    /// when it is longer than 150 characters.
    pub fn parse(typed: &str) -> Result<Self, Rejection> {
        let name: String = text::single_spaced(&text::visible(typed)).nfc().collect();
        let name = without_label(&name).to_owned();
        if name.is_empty() {
            return Err(Rejection::Empty);
        }
        if name.split(' ').any(|word| Email::parse(word.trim_matches(['.', ',', '(', ')'])).is_ok()) {
            return Err(Rejection::NameIsEmail);
        }
        if name.chars().any(char::is_numeric) {
            return Err(Rejection::NameDigit);
        }
        let fits = |c: char| c == ' ' || c.is_alphabetic() || is_combining_mark(c) || MARKS.contains(c);
        if let Some(found) = name.chars().find(|c| !fits(*c)) {
            return Err(Rejection::NameMark { found });
        }
        if name.chars().filter(|c| c.is_alphabetic()).count() < FEWEST_LETTERS {
            return Err(Rejection::NameTooShort);
        }
        match name.chars().count() {
            got if got > LONGEST => Err(Rejection::NameTooLong { got, max: LONGEST }),
            _ => Ok(Self(name)),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as lists show it, enough to call a person up and no more: the first word whole, of every further one
    /// the first letter. `Siti N*** binti A***`.
    pub fn masked(&self) -> String {
        let mut begun = false;
        let mut part = |part: &str| {
            let letters = part.chars().any(char::is_alphabetic);
            let between = BETWEEN.contains(&part.trim_end_matches('.').to_lowercase().as_str());
            let whole = !letters || between || !begun;
            begun |= letters;
            if whole { part.to_owned() } else { initial(part) }
        };
        // An alias may follow its @ without a space.
        let mut word = |word: &str| word.split('@').map(&mut part).collect::<Vec<_>>().join("@");
        self.0.split(' ').map(&mut word).collect::<Vec<_>>().join(" ")
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The first letter of a word, with the marks around it, and stars however long the rest is.
fn initial(word: &str) -> String {
    let mut rest = word.chars();
    let mut kept = String::new();
    for c in rest.by_ref() {
        kept.push(c);
        if c.is_alphabetic() {
            break;
        }
    }
    kept.extend(rest.take_while(|c| is_combining_mark(*c)));
    kept + "***"
}

/// Takes labels away until none is left, so that a name read back from storage stays as it is.
fn without_label(mut name: &str) -> &str {
    while let Some(rest) = after_label(name) {
        name = rest.trim();
    }
    name
}

fn after_label(name: &str) -> Option<&str> {
    let after = |phrase: &&str| {
        let (head, rest) = name.split_at_checked(phrase.len())?;
        head.eq_ignore_ascii_case(phrase).then_some(rest)
    };
    match name.split_once([':', '=']) {
        Some((head, rest)) if LABELS.contains(&head.trim().to_lowercase().as_str()) => Some(rest),
        _ => PHRASES.iter().find_map(after),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(typed: &str) -> String {
        PersonName::parse(typed)
            .map_or_else(|rejection| format!("{rejection:?}"), |name| name.as_str().to_owned())
    }

    #[test]
    fn names_of_all_peoples_are_kept_as_typed() {
        for name in [
            "Ali bin Abu",
            "SITI NUR'AIN BINTI MOHD. YUSOFF",
            "Muthu a/l Raman",
            "Priya D/O Kumar",
            "Tan Ah Moi @ Siti Aminah",
            "Ng",
            "Suharto",
            "Dato’ Lim-Abdullah (Jr), Dr",
            "Noor Ahmad@Bakar",
            "José Ñuñez",
            "李小龍",
            "முத்துக்குமார்",
            "မောင်မောင်",
            "নূর হোসেন",
            "My Linh Nguyen",
        ] {
            assert_eq!(read(name), name);
        }
    }

    #[test]
    fn space_and_what_cannot_be_seen_are_taken_out() {
        assert_eq!(read("  Ali \t bin\n Abu\u{202c}\u{200e} "), "Ali bin Abu");
        assert_eq!(read("Jose\u{301}"), "José");
        assert_eq!(read("Nama saya Ali bin Abu"), "Ali bin Abu");
        assert_eq!(read("NAMA PENUH : Ali"), "Ali");
        assert_eq!(read("my name is Ali"), "Ali");
    }

    #[test]
    fn what_is_no_name_is_refused_with_the_reason() {
        for (typed, reason) in [
            ("", "Empty"),
            ("\u{200b}", "Empty"),
            ("nama:", "Empty"),
            ("A", "NameTooShort"),
            ("- . @", "NameTooShort"),
            ("Ali 2", "NameDigit"),
            ("900101-14-5551", "NameDigit"),
            ("Ali ٣", "NameDigit"),
            ("Ali 😀", "NameMark { found: '😀' }"),
            ("<b>Ali</b>", "NameMark { found: '<' }"),
            ("Ali; DROP TABLE", "NameMark { found: ';' }"),
            ("ali@example.com", "NameIsEmail"),
        ] {
            assert_eq!(read(typed), reason, "{typed}");
        }
        assert_eq!(read(&"é".repeat(150)).chars().count(), 150);
        assert_eq!(read(&"a".repeat(151)), "NameTooLong { got: 151, max: 150 }");
    }

    #[test]
    fn lists_show_the_first_word_and_the_first_letters_of_the_others() {
        for (name, shown) in [
            ("Siti Nur'ain binti Abdul Rahman", "Siti N*** binti A*** R***"),
            ("ALI BIN ABU", "ALI BIN A***"),
            ("Muthu a/l Raman", "Muthu a/l R***"),
            ("Priya D/O Kumar", "Priya D/O K***"),
            ("Fatimah bt. Omar", "Fatimah bt. O***"),
            ("Tan Ah Moi @ Siti Aminah", "Tan A*** M*** @ S*** A***"),
            ("Noor Ahmad@Bakar", "Noor A***@B***"),
            ("Noor@Bakar", "Noor@B***"),
            ("Dato’ Lim-Abdullah (Jr), Dr", "Dato’ L*** (J*** D***"),
            ("Suharto", "Suharto"),
            ("@ Ali Baba", "@ Ali B***"),
            ("陈 美玲", "陈 美***"),
            ("முத்து குமார்", "முத்து கு***"),
        ] {
            assert_eq!(PersonName::parse(name).unwrap().masked(), shown, "{name}");
        }
    }

    proptest! {
        #[test]
        fn of_further_words_a_list_shows_one_letter(first in "\\p{Lu}{2,12}", more in "\\p{Lu}{2,12}") {
            if let Ok(name) = PersonName::parse(&format!("{first} {more}")) {
                let masked = name.masked();
                let (_, last) = masked.split_once(' ').unwrap();
                let between = BETWEEN.contains(&last.to_lowercase().as_str());
                prop_assert!(between || last.chars().filter(|c| c.is_alphabetic()).count() == 1, "{}", masked);
            }
        }

        #[test]
        fn any_text_gets_an_answer_and_a_name_stays_as_it_is(typed in any::<String>()) {
            if let Ok(name) = PersonName::parse(&typed) {
                prop_assert!(name.as_str().chars().count() <= LONGEST);
                prop_assert_eq!(text::visible(name.as_str()), name.as_str());
                prop_assert_eq!(PersonName::parse(name.as_str()), Ok(name));
            }
        }

        #[test]
        fn words_of_letters_are_a_name(typed in "\\p{L}{2,12}( \\p{L}{2,12}){0,4}") {
            if let Ok(name) = PersonName::parse(&typed) {
                prop_assert_eq!(format!("{name:?}"), "PersonName(…)");
            }
        }
    }
}
