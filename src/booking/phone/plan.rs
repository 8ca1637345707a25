//! The Malaysian numbering plan.

use crate::booking::Rejection;

/// Area codes without the leading 0, and the digits that follow them. 015 is internet telephony for the most part.
const AREAS: [(&str, usize); 24] = [
    ("10", 7),
    ("11", 8),
    ("12", 7),
    ("13", 7),
    ("14", 7),
    ("15", 8),
    ("16", 7),
    ("17", 7),
    ("18", 7),
    ("19", 7),
    ("3", 8),
    ("4", 7),
    ("5", 7),
    ("6", 7),
    ("7", 7),
    ("82", 6),
    ("83", 6),
    ("84", 6),
    ("85", 6),
    ("86", 6),
    ("87", 6),
    ("88", 6),
    ("89", 6),
    ("9", 7),
];
/// Fire, police and ambulance: 999 on any telephone, 112 on mobiles; 991 and 994 before them.
const EMERGENCY: [&str; 4] = ["999", "112", "991", "994"];
/// Shared cost, premium rate, personal and toll free.
const SERVICES: [&str; 4] = ["1300", "1600", "1700", "1800"];
/// Digits of a service number. Mobile numbers can begin alike, but have a digit less.
const SERVICE_DIGITS: usize = 10;
/// Up to so many digits without a leading 0 are a short code.
const SHORT: usize = 6;
/// From so many digits on, a number without 0 or + is taken for one from abroad.
const FOREIGN: usize = 10;

/// The E.164 form of a number given without its leading 0.
pub(super) fn national(national: &str) -> Result<String, Rejection> {
    let got = national.len() + 1;
    match area(national) {
        Some((code, rest)) if national.len() == code.len() + rest => Ok(format!("+60{national}")),
        Some((code, rest)) => Err(Rejection::PhoneLength { got, expected: Some(1 + code.len() + rest) }),
        None => match national.as_bytes() {
            [] | [b'1' | b'8'] => Err(Rejection::PhoneLength { got, expected: None }),
            [b'8', second, ..] => {
                Err(Rejection::PhoneAreaCode { code: format!("08{}", char::from(*second)) })
            }
            [first, ..] => Err(Rejection::PhoneAreaCode { code: format!("0{}", char::from(*first)) }),
        },
    }
}

/// The E.164 form of what follows +60; many leave the 0 in.
pub(super) fn from_abroad(digits: &str) -> Result<String, Rejection> {
    let digits = digits.strip_prefix('0').unwrap_or(digits);
    if is_service(digits) { Err(Rejection::PhoneService) } else { national(digits) }
}

/// The E.164 form of a number that begins with neither 0 nor +.
pub(super) fn bare(digits: &str) -> Result<String, Rejection> {
    if EMERGENCY.contains(&digits) {
        return Err(Rejection::PhoneEmergency);
    }
    if digits.len() <= SHORT {
        return Err(Rejection::PhoneShortCode);
    }
    if is_service(digits) {
        return Err(Rejection::PhoneService);
    }
    match digits.strip_prefix("60") {
        Some(rest) if digits.len() >= FOREIGN => national(rest),
        _ if digits.len() >= FOREIGN => Err(Rejection::PhoneNeedsPlus),
        _ => Err(Rejection::PhoneNoAreaCode),
    }
}

/// As it is written in Malaysia: `012-345 6789`, `03-2161 1234`, `088-212 345`.
pub(super) fn display(national: &str) -> String {
    let code = area(national).map_or(0, |(code, _)| code.len());
    let (code, rest) = national.split_at_checked(code).unwrap_or(("", national));
    let head = if rest.len() > 7 { 4 } else { 3 };
    let (head, tail) = rest.split_at_checked(head).unwrap_or((rest, ""));
    format!("0{code}-{head} {tail}")
}

fn area(national: &str) -> Option<(&'static str, usize)> {
    AREAS.into_iter().find(|(code, _)| national.starts_with(code))
}

fn is_service(digits: &str) -> bool {
    digits.len() == SERVICE_DIGITS && SERVICES.iter().any(|service| digits.starts_with(service))
}
