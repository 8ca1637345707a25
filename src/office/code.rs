//! The short codes by which states, branches and services are known, and the places a dated rule may name.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a text is not a code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Not one of the sixteen states of ISO 3166-2:MY.
    #[error("\"{0}\" is not a state code; state codes run from MY-01 (Johor) to MY-16 (Putrajaya)")]
    State(String),
    /// Not capital letters and digits in parts joined by hyphens.
    #[error(
        "\"{0}\" is not a code; a code is 2 to 24 letters and digits in parts joined by hyphens, as JHR-HQ"
    )]
    Shape(String),
}

/// The longest branch or service code, in characters.
const LONGEST: usize = 24;

macro_rules! code {
    ($(#[$doc:meta])* $name:ident, $check:ident, $error:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Reads a code, in capitals or small letters, with spaces around it.
            ///
            /// # Errors
            ///
            /// [`CodeError`] when the text is not of a code's shape; whether such a thing exists is not asked.
            pub fn parse(text: &str) -> Result<Self, CodeError> {
                let code = text.trim().to_ascii_uppercase();
                if $check(&code) { Ok(Self(code)) } else { Err($error(text.trim().to_owned())) }
            }

            /// The code in capitals.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = CodeError;
            fn try_from(text: String) -> Result<Self, CodeError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.0
            }
        }
    };
}

code!(
    /// A state or federal territory by its ISO 3166-2 code, `MY-01` to `MY-16`.
    StateCode,
    is_state,
    CodeError::State
);
code!(
    /// A branch, such as `JHR-HQ`. Never reused for another office: bookings point at it.
    BranchCode,
    is_plain,
    CodeError::Shape
);
code!(
    /// A service, such as `VPP-PLS-B`.
    ServiceCode,
    is_plain,
    CodeError::Shape
);

fn is_state(code: &str) -> bool {
    let digits = code.strip_prefix("MY-").filter(|d| d.len() == 2 && d.bytes().all(|b| b.is_ascii_digit()));
    digits.and_then(|digits| digits.parse::<u8>().ok()).is_some_and(|number| (1..=16).contains(&number))
}

/// `MY` and `MY-…` are kept for the nation and its states, so that a place is never two things.
fn is_plain(code: &str) -> bool {
    let part =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let kept = code == "MY" || code.starts_with("MY-");
    (2..=LONGEST).contains(&code.len()) && code.split('-').all(part) && !kept
}

/// Where a dated rule (closure, period, exception, holiday) holds. The narrower place wins over the wider.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Place {
    /// All of Malaysia, written `MY`.
    Nation,
    /// Every branch of a state, written `MY-01`.
    State(StateCode),
    /// One branch, written `JHR-HQ`.
    Branch(BranchCode),
}

impl Place {
    /// Reads `MY`, a state code or a branch code.
    ///
    /// # Errors
    ///
    /// [`CodeError`] when the text is none of the three.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("MY") {
            Ok(Self::Nation)
        } else if text.to_ascii_uppercase().starts_with("MY-") {
            StateCode::parse(text).map(Self::State)
        } else {
            BranchCode::parse(text).map(Self::Branch)
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nation => f.pad("MY"),
            Self::State(code) => code.fmt(f),
            Self::Branch(code) => code.fmt(f),
        }
    }
}

impl TryFrom<String> for Place {
    type Error = CodeError;
    fn try_from(text: String) -> Result<Self, CodeError> {
        Self::parse(&text)
    }
}

impl From<Place> for String {
    fn from(place: Place) -> Self {
        place.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_in_any_case_and_checked() {
        assert_eq!(BranchCode::parse(" jhr-hq ").unwrap().as_str(), "JHR-HQ");
        assert_eq!(StateCode::parse("my-16").unwrap().as_str(), "MY-16");
        for bad in ["", "A", "JHR--HQ", "-HQ", "JHR HQ", "JHR_HQ", "MY", "MY-99", "CAFÉ", &"A".repeat(25)] {
            assert!(BranchCode::parse(bad).is_err(), "{bad}");
        }
        for bad in ["MY-00", "MY-17", "MY-1", "MY-+1", "SG-01", "14"] {
            assert!(StateCode::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_place_is_the_nation_a_state_or_a_branch() {
        for (text, place) in [
            ("my", Place::Nation),
            ("MY-12", Place::State(StateCode::parse("MY-12").unwrap())),
            ("KUL-DUTA", Place::Branch(BranchCode::parse("KUL-DUTA").unwrap())),
        ] {
            assert_eq!(Place::parse(text).unwrap(), place);
            assert_eq!(Place::parse(&place.to_string()).unwrap(), place);
        }
        assert!(Place::parse("MY-20").is_err());
        assert!(serde_json::from_str::<Place>("\"MY-20\"").is_err());
    }
}
