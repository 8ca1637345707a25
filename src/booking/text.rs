//! What the values have in common: text as people type and paste it.

use std::borrow::Cow;

/// Without what cannot be seen: control characters (line breaks and tabs stay), direction marks, zero-width spaces
/// and joiners, variation selectors. Phones paste them with copied numbers.
pub(super) fn visible(text: &str) -> String {
    let seen = |c: &char| {
        let unseen = matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
            || matches!(c, '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}');
        !unseen && (!c.is_control() || c.is_whitespace())
    };
    text.chars().filter(seen).collect()
}

/// The hyphen and the dashes that phones and word processors type in its place.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}')
}

/// Without spaces and hyphens.
pub(super) fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !is_hyphen(*c)).collect()
}

/// With single spaces, and none at the ends.
pub(super) fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a character is a letter or digit outside ASCII, such as a full-width or Cyrillic one.
pub(super) fn is_lookalike(c: char) -> bool {
    !c.is_ascii() && c.is_alphanumeric()
}

/// Without the words around a number that only say what it is ("no. IC saya: …"), and the stops beside it.
///
/// Text of such words alone stays as it is.
pub(super) fn without_labels<'a>(text: &'a str, labels: &[&str]) -> Cow<'a, str> {
    let stops = ['.', ',', ':', ';', '!', '?', '='];
    let is_label = |word: &&str| {
        let word = word.trim_matches(stops).trim_matches(['(', ')']).replace('.', "").to_lowercase();
        word.is_empty() || labels.contains(&word.as_str())
    };
    let after_colon =
        text.split_once([':', '=']).filter(|(head, _)| head.split_whitespace().all(|w| is_label(&w)));
    let mut words: Vec<&str> = after_colon.map_or(text, |(_, rest)| rest).split_whitespace().collect();
    while words.last().is_some_and(is_label) {
        words.pop();
    }
    let bare = words.into_iter().skip_while(is_label).collect::<Vec<_>>().join(" ");
    match bare.trim_matches(stops) {
        "" => Cow::Borrowed(text),
        kept => Cow::Owned(kept.to_owned()),
    }
}

/// What every value held in one string has in common: kept as that string and checked when read back. `Debug` shows
/// the string of a `shown` one and only the type of a `hidden` one.
macro_rules! string_value {
    ($name:ident, shown) => {
        string_value!($name);
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
    };
    ($name:ident, hidden) => {
        string_value!($name);
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
    ($name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
        impl TryFrom<String> for $name {
            type Error = crate::booking::Rejection;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }
    };
}
pub(super) use string_value;
