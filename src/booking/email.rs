use std::fmt;

use super::Rejection;
use super::text::{self, string_value};

/// Longest address and longest part before the @ (RFC 5321, 4.5.3.1).
const LONGEST: usize = 254;
const LONGEST_LOCAL: usize = 64;
/// Longest label of a domain name.
const LONGEST_LABEL: usize = 63;

/// An e-mail address in the form that all mail servers take. The domain is in small letters, the rest as typed.
///
/// Quoted local parts, literal IP addresses and letters outside ASCII are refused: next to nobody has them, and too
/// many mail servers and forms fail on them.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

string_value!(Email, hidden);

impl Email {
    /// Reads an address that stands alone.
    ///
    /// # Errors
    ///
    /// A [`Rejection`] that says whether it is empty, several, incomplete or too long.
    pub fn parse(typed: &str) -> Result<Self, Rejection> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(Rejection::Empty);
        }
        let (local, domain) = typed.split_once('@').ok_or(Rejection::EmailNone)?;
        if domain.contains('@') {
            return Err(Rejection::EmailSeveral);
        }
        if typed.len() > LONGEST || local.len() > LONGEST_LOCAL {
            return Err(Rejection::EmailLength {
                max: if typed.len() > LONGEST { LONGEST } else { LONGEST_LOCAL },
            });
        }
        if !is_local(local) {
            return Err(Rejection::EmailShape);
        }
        if !domain.contains('.') && domain.split('.').all(is_label) {
            return Err(Rejection::EmailDomain);
        }
        if !is_domain(domain) {
            return Err(Rejection::EmailShape);
        }
        Ok(Self(format!("{local}@{}", domain.to_ascii_lowercase())))
    }

    /// Finds the one address in a text, as in `email saya ali@example.com.`, `<ali@example.com>` or `mailto:…`.
    ///
    /// # Errors
    ///
    /// As for [`Email::parse`]; [`Rejection::EmailSeveral`] when the text holds different ones.
    pub fn find_in(text: &str) -> Result<Self, Rejection> {
        let text = text::visible(text);
        if text.trim().is_empty() {
            return Err(Rejection::Empty);
        }
        let beside = |c: char| c.is_whitespace() || "<>()[]{},;:=?|\"“”«»".contains(c);
        let marks = ['.', '!', '*', '\'', '`', '‘', '’', '…'];
        let mut candidates: Vec<&str> = text
            .split(beside)
            .map(|word| word.trim_matches(marks))
            .filter(|word| word.contains('@') && *word != "@")
            .collect();
        // A chat name (@ali) beside an address is no second address.
        if candidates.iter().any(|word| !word.starts_with('@')) {
            candidates.retain(|word| !word.starts_with('@'));
        }
        let mut found: Option<Result<Self, Rejection>> = None;
        for candidate in candidates {
            let read = Self::parse(candidate);
            match &found {
                Some(Ok(former))
                    if read.as_ref().is_ok_and(|email| email.canonical() == former.canonical()) => {}
                Some(_) => return Err(Rejection::EmailSeveral),
                None => found = Some(read),
            }
        }
        found.unwrap_or(Err(if text.contains('@') { Rejection::EmailShape } else { Rejection::EmailNone }))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address in small letters throughout, for finding it again: phones begin a line with a capital, and no
    /// provider in use tells `Ali@` from `ali@`.
    pub fn canonical(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// With all but the first letter and the domain hidden: `a•••@gmail.com`.
    pub fn masked(&self) -> String {
        let (local, domain) = self.parts();
        let first: String = local.chars().take(1).collect();
        format!("{first}•••@{domain}")
    }

    /// What was probably meant, when the domain is nearly that of a large provider (`gmial.com`) or ends in what is
    /// no ending (`.con`). To be asked, never taken.
    pub fn suspect(&self) -> Option<Email> {
        let (local, domain) = self.parts();
        if PROVIDERS.contains(&domain) || OTHERS.contains(&domain) {
            return None;
        }
        let ended = mended_ending(domain).or_else(|| misplaced(domain));
        let near = PROVIDERS
            .iter()
            .map(|provider| (strsim::osa_distance(provider, ended.as_deref().unwrap_or(domain)), *provider))
            .min()
            .filter(|(distance, _)| *distance <= 2)
            .map(|(_, provider)| provider.to_owned());
        near.or(ended).map(|domain| Self(format!("{local}@{domain}")))
    }

    fn parts(&self) -> (&str, &str) {
        self.0.split_once('@').unwrap_or((&self.0, ""))
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A dot-atom of RFC 5322.
fn is_local(local: &str) -> bool {
    let is_atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    local.split('.').all(|part| !part.is_empty() && part.chars().all(is_atom))
}

fn is_domain(domain: &str) -> bool {
    let ending = domain.rsplit('.').next().unwrap_or_default();
    domain.contains('.')
        && domain.split('.').all(is_label)
        && ending.len() >= 2
        && ending.starts_with(|c: char| c.is_ascii_alphabetic())
}

fn is_label(label: &str) -> bool {
    (1..=LONGEST_LABEL).contains(&label.len())
        && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// What applicants in Malaysia mostly use, and mistype.
const PROVIDERS: [&str; 8] = [
    "gmail.com",
    "yahoo.com",
    "yahoo.com.my",
    "hotmail.com",
    "outlook.com",
    "icloud.com",
    "rocketmail.com",
    "proton.me",
];
/// True domains that are near to one of [`PROVIDERS`].
#[rustfmt::skip]
const OTHERS: [&str; 26] = [
    "aol.com", "email.com", "gmx.com", "gmx.net", "googlemail.com", "hotmail.co.th", "hotmail.co.uk",
    "hotmail.de", "hotmail.es", "hotmail.fr", "hotmail.it", "hotmail.my", "mail.com", "outlook.co.id",
    "outlook.de", "outlook.fr", "outlook.my", "outlook.sg", "proton.com", "yahoo.ca", "yahoo.co.id",
    "yahoo.com.au", "yahoo.com.ph", "yahoo.com.sg", "yahoo.in", "ymail.com",
];
/// Endings that do not exist and are typed for `com`.
const NO_ENDINGS: [&str; 9] = ["con", "cmo", "ocm", "vom", "xom", "cpm", "comm", "coom", "cim"];

/// The provider with a `.my` that it does not have.
fn misplaced(domain: &str) -> Option<String> {
    let provider = domain.strip_suffix(".my").filter(|stem| PROVIDERS.contains(stem))?;
    Some(provider.to_owned())
}

/// The domain with `com` for a mistyped ending, also before `.my`.
fn mended_ending(domain: &str) -> Option<String> {
    let (stem, country) = match domain.strip_suffix(".my") {
        Some(stem) => (stem, ".my"),
        None => (domain, ""),
    };
    let (name, ending) = stem.rsplit_once('.')?;
    NO_ENDINGS.contains(&ending).then(|| format!("{name}.com{country}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> String {
        Email::find_in(text)
            .map_or_else(|rejection| format!("{rejection:?}"), |email| email.as_str().to_owned())
    }

    #[test]
    fn an_address_is_found_in_what_people_type_around_it() {
        for (text, address) in [
            ("ali@example.com", "ali@example.com"),
            ("  Ali.Bin-Abu+imi@Example.COM\n", "Ali.Bin-Abu+imi@example.com"),
            ("email saya ali@example.com.", "ali@example.com"),
            ("<ali@example.com>", "ali@example.com"),
            ("\"Ali, bin Abu\" <ali@example.com>", "ali@example.com"),
            ("mailto:ali@example.com?subject=Temujanji", "ali@example.com"),
            ("E-mel:ali@example.com", "ali@example.com"),
            ("email=ali@example.com", "ali@example.com"),
            ("[ali@example.com](mailto:ali@example.com)", "ali@example.com"),
            ("Ali@example.com atau ali@example.com", "Ali@example.com"),
            ("telegram @ali, mel ali@example.com!", "ali@example.com"),
            ("\u{202a}ali@example.com\u{202c}", "ali@example.com"),
            ("o'neil@mail.example.com.my", "o'neil@mail.example.com.my"),
            ("a@xn--80ak6aa92e.com", "a@xn--80ak6aa92e.com"),
        ] {
            assert_eq!(found(text), address, "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused_with_the_reason() {
        for (text, reason) in [
            ("", "Empty"),
            (" \u{200b}", "Empty"),
            ("tiada", "EmailNone"),
            ("ali at example dot com", "EmailNone"),
            ("ali@gmail", "EmailDomain"),
            ("ali@", "EmailShape"),
            ("@ali", "EmailShape"),
            ("ali @ example.com", "EmailShape"),
            ("\"a b\"@example.com", "EmailShape"),
            ("ali@[127.0.0.1]", "EmailShape"),
            ("ali@127.0.0.1", "EmailShape"),
            ("ali..abu@example.com", "EmailShape"),
            ("ali@example..com", "EmailShape"),
            ("ali@-example.com", "EmailShape"),
            ("älì@example.com", "EmailShape"),
            ("ali＠example.com", "EmailNone"),
            ("ali@exämple.com", "EmailShape"),
            ("ali@example.com, abu@example.com", "EmailSeveral"),
            ("ali@example.com/abu@example.com", "EmailSeveral"),
            ("ali@example.com atau ali@gmail", "EmailSeveral"),
        ] {
            assert_eq!(found(text), reason, "{text}");
        }
        assert_eq!(found(&format!("{}@example.com", "a".repeat(65))), "EmailLength { max: 64 }");
        assert_eq!(found(&format!("a@{}com", "abcdefgh.".repeat(28))), "EmailLength { max: 254 }");
    }

    #[test]
    fn a_near_miss_of_a_large_provider_is_suspect() {
        let suspect = |typed: &str| {
            Email::parse(typed).unwrap().suspect().map(|email| email.as_str().replace("ali@", ""))
        };
        for (typed, meant) in [
            ("ali@gmial.com", "gmail.com"),
            ("ali@gmail.con", "gmail.com"),
            ("ali@gamil.com", "gmail.com"),
            ("ali@gmail.co", "gmail.com"),
            ("ali@gmaill.con", "gmail.com"),
            ("ali@gmail.com.my", "gmail.com"),
            ("ali@hotmail.com.my", "hotmail.com"),
            ("ali@yaho.com.my", "yahoo.com.my"),
            ("ali@yahoo.con.my", "yahoo.com.my"),
            ("ali@hotmial.com", "hotmail.com"),
            ("ali@syarikat.con", "syarikat.com"),
        ] {
            assert_eq!(suspect(typed).as_deref(), Some(meant), "{typed}");
        }
        for typed in [
            "ali@gmail.com",
            "ali@mail.com",
            "ali@ymail.com",
            "ali@moe.gov.my",
            "ali@example.com",
            "ali@yahoo.co.id",
        ] {
            assert_eq!(suspect(typed), None, "{typed}");
        }
    }

    #[test]
    fn is_masked_and_compared_without_regard_to_case() {
        let email = Email::parse("Ali@gmail.com").unwrap();
        assert_eq!(email.masked(), "A•••@gmail.com");
        assert_eq!(email.canonical(), "ali@gmail.com");
        assert_eq!(format!("{email:?}"), "Email(…)");
    }

    proptest! {
        #[test]
        fn any_text_gets_an_answer_and_an_address_stays_as_it_is(text in any::<String>()) {
            if let Ok(email) = Email::find_in(&text) {
                prop_assert_eq!(Email::parse(email.as_str()), Ok(email.clone()));
                prop_assert_eq!(Email::find_in(&format!("<{}>", email.as_str())), Ok(email));
            }
        }

        #[test]
        fn an_address_in_a_sentence_is_found(local in "[a-z][a-z0-9._+-]{0,20}[a-z0-9]", domain in "[a-z]{2,9}\\.com") {
            let address = format!("{local}@{domain}");
            if let Ok(email) = Email::parse(&address) {
                prop_assert_eq!(Email::find_in(&format!("mel saya {address}, tq")), Ok(email));
            }
        }
    }
}
