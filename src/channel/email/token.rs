//! The token that proves an address: whoever can repeat it has read a mail of ours that was sent there.
//!
//! It looks like no word, so that it is found wherever a mail program has kept it: in the address after the plus, in the
//! identifiers of the mails answered, in the subject, in the quoted text.

use std::sync::LazyLock;

use regex::Regex;

use crate::booking::Email;

/// Tokens of one mail that are looked up.
pub const MOST: usize = 8;

/// The tokens in these texts, in their order, each once.
pub fn find<'a>(places: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for place in places {
        for token in TOKEN.find_iter(place) {
            let token = token.as_str().to_ascii_lowercase();
            if !found.contains(&token) {
                found.push(token);
            }
            if found.len() == MOST {
                return found;
            }
        }
    }
    found
}

/// Whether two addresses are one mailbox, as far as anybody but its server can tell.
pub fn same_mailbox(a: &Email, b: &str) -> bool {
    a.as_str().eq_ignore_ascii_case(b)
}

static TOKEN: LazyLock<Regex> = LazyLock::new(|| match Regex::new(r"(?i)\btj[a-z2-7]{26}\b") {
    Ok(regex) => regex,
    Err(error) => unreachable!("{error}"),
});

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_token_is_found_wherever_it_was_kept() {
        let token = "tjabcdefghijklmnopqrstuvwxyz".to_owned();
        let other = "tj234567abcdefghijklmnopqrst".to_owned();
        for place in [
            format!("temujanji+{token}@sto.example"),
            format!("TEMUJANJI+{}@STO.EXAMPLE", token.to_uppercase()),
            format!("<temujanji.1.2.0.{token}@sto.example>"),
            format!("Re: Borang [{token}]"),
            format!("> Kod: {token}\n> {token}"),
        ] {
            assert_eq!(find([&place]), std::slice::from_ref(&token), "{place}");
        }
        assert_eq!(
            find([&format!("x{token}"), &format!("{token}{other}"), &token.replacen('t', "", 1)]),
            Vec::<String>::new()
        );
        assert_eq!(find([&other, &token]), [other, token]);
    }
}
