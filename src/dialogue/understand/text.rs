//! Typed text brought to one form before its words are looked up.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text in lower case without accents, marks of direction and other invisible characters.
///
/// Compatibility forms become plain ones (full-width letters, circled numbers), digits of other
/// scripts become ASCII, curly quotes and long dashes become straight, apostrophes go ("don't" is
/// "dont"), a letter typed three times or more is typed once ("esokkk"), and any run of white space
/// is one space. Digits and doubled letters stay as they are.
pub fn fold(text: &str) -> String {
    let plain = text.replace('½', " half ");
    let letters = plain.nfkc().flat_map(char::to_lowercase).nfd().filter(|c| !is_accent(*c));
    let composed: Vec<char> = letters.nfc().filter_map(plain_char).collect();
    let mut folded = String::with_capacity(composed.len());
    for run in composed.chunk_by(|a, b| a == b) {
        let Some(&c) = run.first() else { continue };
        let times = match run.len() {
            _ if c == ' ' => 1,
            n if n > 2 && c.is_alphabetic() => 1,
            n => n,
        };
        folded.extend(std::iter::repeat_n(c, times));
    }
    folded.trim().to_owned()
}

/// A typed text without invisible characters: what may be read, kept and shown. Case, accents and lines stay.
pub fn clean(text: &str) -> String {
    let seen = |c: char| match c {
        '\n' => Some(c),
        _ if is_invisible(c) => None,
        _ if c.is_whitespace() || c.is_control() => Some(' '),
        _ => Some(c),
    };
    let lines: String = text.replace("\r\n", "\n").nfc().filter_map(seen).collect();
    lines.trim().to_owned()
}

/// The words of the folded text: runs of letters, digits and the marks that belong to them.
pub fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether a typed word may be a slip of the finger for a known one; both folded.
///
/// Short words have too many neighbours and must be exact; from five letters on one slip is
/// allowed (a letter wrong, missing, doubled, or two swapped), from eight letters two. The first letter must
/// be right, or swapped with the second.
pub fn similar(typed: &str, known: &str) -> bool {
    if typed == known {
        return true;
    }
    let (typed_len, known_len) = (typed.chars().count(), known.chars().count());
    let slips = match known_len {
        0..5 => 0,
        5..8 => 1,
        _ => 2,
    };
    if slips == 0 || typed_len < 4 || typed_len.abs_diff(known_len) > slips {
        return false;
    }
    let mut start = typed.chars();
    let (first, second) = (start.next(), start.next());
    let mut known_start = known.chars();
    let (known_first, known_second) = (known_start.next(), known_start.next());
    (first == known_first || (first == known_second && second == known_first))
        && strsim::osa_distance(typed, known) <= slips
}

/// Marks of direction, joiners, soft hyphens, tags.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Accents over and under Latin letters; the vowel signs of other scripts are letters of their words.
fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// One character in its plain form; `None` for what is not to be seen or heard.
fn plain_char(c: char) -> Option<char> {
    match c {
        '\'' | '`' | '´' | '‘' | '’' | 'ʼ' | 'ʻ' => None,
        // The box of a keycap and the skin colour of a hand say nothing.
        '\u{fe00}'..='\u{fe0f}' | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}' => None,
        _ if is_invisible(c) => None,
        _ if c.is_whitespace() || c.is_control() => Some(' '),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => Some('-'),
        '“' | '”' | '„' | '«' | '»' => Some('"'),
        '⁄' | '∕' => Some('/'),
        _ => Some(ascii_digit(c).unwrap_or(c)),
    }
}

/// The ASCII digit for a decimal digit of a script in use among applicants (Arabic, Persian,
/// Devanagari, Bengali, Tamil, Thai, Burmese).
fn ascii_digit(c: char) -> Option<char> {
    const ZEROS: [char; 7] = ['\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{be6}', '\u{e50}', '\u{1040}'];
    ZEROS.iter().find_map(|&zero| {
        let value = u32::from(c).checked_sub(u32::from(zero))?;
        if value < 10 { char::from_digit(value, 10) } else { None }
    })
}
