//! Typed text cut into pieces, and books of phrases to look the pieces up in.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::text::{fold, similar};

/// What a piece of folded text is, by its shape alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Letters, or one Han character.
    Word,
    /// Up to eight digits.
    Number,
    /// Digits in a shape of their own: `5/1/2027`, `2027-01-05`, `14:30`, `2.30`.
    Figure,
    /// A telephone or identity number, an e-mail address, a link: never a date or a time.
    Opaque,
    /// Any other character.
    Mark,
}

/// A piece of folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    pub(super) shape: Shape,
    /// No space between this and the piece before.
    pub(super) glued: bool,
}

impl Piece<'_> {
    /// Whether the piece is that mark.
    pub(super) fn is(&self, mark: &str) -> bool {
        self.shape == Shape::Mark && self.text == mark
    }
}

/// Longest run of digits that may be a number, a date or a time.
const LONGEST_NUMBER: usize = 8;

static PIECE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        (?P<opaque>
            \S+@\S+ | https?://\S+
          | \+\d[\d\ -]{7,}\d
          | \d{6}[\ -]?\d{2}[\ -]?\d{4}
          | 0\d{1,2}[\ -]?\d{3,4}[\ -]?\d{4}
          | \b(?:[a-z]{1,2}\d{5,}|[a-z]\ \d{6,})[a-z]?\b
          | \b[a-z]{1,2}-\d+(?:-\d+)*
        )
      | (?P<figure>
            \d{4}[-/.]\d{1,2}[-/.]\d{1,2}
          | \d{1,2}\s?/\s?\d{1,2}\s?/\s?(?:\d{4}|\d{2})
          | \d{1,2}\s?-\s?\d{1,2}\s?-\s?(?:\d{4}|\d{2})
          | \d{1,2}\s?\.\s?\d{1,2}\s?\.\s?(?:\d{4}|\d{2})
          | \d{1,2}:\d{2}:\d{2}
          | \d{1,2}\s?/\s?\d{1,2}
          | \d{1,2}h\d{2}
          | \d{1,2}[-.:;]\d{1,2}
        )
      | (?P<word> \b2(?:moro+w?|morr?ow|mrw|mro|day|nite)\b | \p{Han} | [\p{L}\p{M}--\p{Han}]+ )
      | (?P<number> \d+ )
      | \S",
    )
    .ok()
});

/// Cuts folded text into pieces; white space is left out. A text too long for an answer has none.
pub(super) fn pieces(folded: &str) -> Vec<Piece<'_>> {
    /// In bytes. Looking for an e-mail address takes a look at all that follows, so this also bounds the work.
    const LONGEST_TEXT: usize = 1000;
    let Some(regex) = PIECE.as_ref().filter(|_| folded.len() <= LONGEST_TEXT) else { return Vec::new() };
    let mut pieces = Vec::new();
    let (mut end, mut last_end) = (0, usize::MAX);
    for found in regex.captures_iter(folded) {
        let Some(whole) = found.get(0) else { continue };
        if whole.start() < end {
            continue;
        }
        // Digits that go on after a figure make it a longer number of some other kind.
        let digits = match found.name("figure") {
            Some(figure) => {
                let more = folded.get(figure.end()..).unwrap_or_default();
                more.len() - more.trim_start_matches(|c: char| c.is_ascii_digit()).len()
            }
            None => 0,
        };
        end = whole.end() + digits;
        let text = folded.get(whole.start()..end).unwrap_or_default();
        let shape = match () {
            () if digits > 0 || found.name("opaque").is_some() => Shape::Opaque,
            () if found.name("figure").is_some() => Shape::Figure,
            () if found.name("word").is_some() => Shape::Word,
            () if found.name("number").is_some() && text.len() > LONGEST_NUMBER => Shape::Opaque,
            () if found.name("number").is_some() => Shape::Number,
            () => Shape::Mark,
        };
        pieces.push(Piece { text, shape, glued: whole.start() == last_end });
        last_end = end;
    }
    pieces
}

/// Phrases of one vocabulary, and what each stands for.
pub(super) struct PhraseBook<T> {
    phrases: HashMap<String, T>,
    /// Single words that a typing mistake may be meant for.
    words: Vec<(String, T)>,
    /// Every word of every phrase.
    vocabulary: HashSet<String>,
    /// Words of the longest phrase.
    longest: usize,
}

impl<T: Copy + PartialEq> PhraseBook<T> {
    /// A book from lists of phrases parted by commas. Of a phrase listed twice the first meaning stands.
    /// Words of the meaning `exact` are not looked for behind typing mistakes.
    pub(super) fn new(lists: &[(T, &str)], exact: T) -> Self {
        let mut book =
            Self { phrases: HashMap::new(), words: Vec::new(), vocabulary: HashSet::new(), longest: 1 };
        for (meaning, list) in lists {
            for phrase in list.split(',') {
                let folded = fold(phrase);
                let words: Vec<&str> = pieces(&folded).iter().map(|piece| piece.text).collect();
                if let [word] = words.as_slice()
                    && *meaning != exact
                {
                    book.words.push(((*word).to_owned(), *meaning));
                }
                book.longest = book.longest.max(words.len());
                book.vocabulary.extend(words.iter().map(|word| (*word).to_owned()));
                book.phrases.entry(words.join(" ")).or_insert(*meaning);
            }
        }
        book
    }

    /// Cuts folded text into pieces, and "-lah" from words that are known without it ("perlulah").
    pub(super) fn pieces<'a>(&self, folded: &'a str) -> Vec<Piece<'a>> {
        let mut pieces = pieces(folded);
        for piece in pieces.iter_mut().filter(|piece| !self.vocabulary.contains(piece.text)) {
            if let Some(word) = piece.text.strip_suffix("lah").filter(|word| self.vocabulary.contains(*word))
            {
                piece.text = word;
            }
        }
        pieces
    }

    /// The longest phrase the pieces start with: how many pieces it takes, and its meaning.
    ///
    /// A hyphen or full stop inside a phrase is passed over ("mana-mana", "a.m.").
    pub(super) fn starts(&self, pieces: &[Piece<'_>]) -> Option<(usize, T)> {
        let mut joined = String::new();
        let mut words = 0;
        let mut best = None;
        for (at, piece) in pieces.iter().enumerate() {
            if words > 0 && piece.glued && (piece.is("-") || piece.is(".")) {
                continue;
            }
            if words == self.longest || piece.shape == Shape::Opaque {
                break;
            }
            if words > 0 {
                joined.push(' ');
            }
            joined.push_str(piece.text);
            words += 1;
            if let Some(meaning) = self.phrases.get(&joined) {
                best = Some((at + 1, *meaning));
            }
        }
        best
    }

    /// The meanings of the words nearest to a mistyped one (none, one, or several that are equally near), and
    /// whether the slip is small for the length of the word.
    pub(super) fn nearest(&self, typed: &str) -> (Vec<T>, bool) {
        /// Letters a word must have for each slip that leaves no doubt which word it is.
        const CLEAR: usize = 6;
        /// Letters a word must have for each slip to be thought of at all.
        const LEAST: usize = 5;
        if let Some(meaning) = self.last_letter_twice(typed) {
            return (vec![meaning], true);
        }
        let mut best = usize::MAX;
        let mut small = false;
        let mut meanings: Vec<T> = Vec::new();
        for (word, meaning) in self.words.iter().filter(|(word, _)| similar(typed, word)) {
            let slips = strsim::osa_distance(typed, word);
            let letters = typed.chars().count().min(word.chars().count());
            if letters < (LEAST * slips).saturating_sub(1) {
                continue;
            }
            if slips < best {
                best = slips;
                meanings.clear();
                small = false;
            }
            if slips == best {
                small |= letters >= CLEAR * slips;
                if !meanings.contains(meaning) {
                    meanings.push(*meaning);
                }
            }
        }
        (meanings, small)
    }

    /// "esokk", "yess": a key that was held too long.
    fn last_letter_twice(&self, typed: &str) -> Option<T> {
        let mut letters = typed.chars();
        let last = letters.next_back()?;
        let word = letters.as_str();
        if !word.ends_with(last) || word.chars().count() < 2 {
            return None;
        }
        self.phrases.get(word).copied()
    }
}
