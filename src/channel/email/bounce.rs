//! The news that a mail did not arrive (RFC 3464), and which one.

use std::sync::LazyLock;

use mail_parser::{Message, MimeHeaders, PartType};
use regex::Regex;

use super::read::{Own, recipients};
use crate::delivery::mail::BOUNCE_TAG;
use crate::store::{ConversationId, OutgoingId};

/// Characters of a report that are looked at.
const LONGEST: usize = 64 * 1024;

/// A report on one mail of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounce {
    /// Which mails it may speak of, with the proof that it was us who sent it.
    pub about: Vec<(OutgoingId, String)>,
    /// Whether the mail will not arrive; else it is only late.
    pub failed: bool,
    /// The status code, such as `5.1.1`.
    pub status: String,
}

/// The report in a mail, if it is one.
pub fn read(message: &Message<'_>, own: &Own) -> Option<Bounce> {
    let status = message.parts.iter().find(|part| {
        part.content_type().is_some_and(|kind| {
            kind.ctype().eq_ignore_ascii_case("message")
                && kind.subtype().is_some_and(|subtype| {
                    subtype.eq_ignore_ascii_case("delivery-status")
                        || subtype.eq_ignore_ascii_case("global-delivery-status")
                })
        })
    })?;
    let report = text_of(&status.body);
    let failed = field(&report, "action").is_some_and(|action| action.eq_ignore_ascii_case("failed"));
    let status = field(&report, "status").filter(|status| STATUS.is_match(status)).unwrap_or_default();
    let mut about: Vec<_> = recipients(message)
        .iter()
        .filter_map(|address| named(own.tag(address)?.strip_prefix(BOUNCE_TAG)?))
        .collect();
    for part in message.parts.iter().take(20) {
        about.extend(OURS.captures_iter(&text_of(&part.body)).take(10).filter_map(|found| {
            let domain = found.get(2)?.as_str();
            if domain.eq_ignore_ascii_case(own.domain()) { named(found.get(1)?.as_str()) } else { None }
        }));
    }
    about.dedup();
    Some(Bounce { about, failed, status })
}

fn text_of(body: &PartType<'_>) -> String {
    match body {
        PartType::Text(text) | PartType::Html(text) => text.chars().take(LONGEST).collect(),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
            String::from_utf8_lossy(bytes.get(..LONGEST.min(bytes.len())).unwrap_or(bytes)).into_owned()
        }
        PartType::Message(message) => {
            let raw = message.raw_message();
            String::from_utf8_lossy(raw.get(..LONGEST.min(raw.len())).unwrap_or(raw)).into_owned()
        }
        PartType::Multipart(_) => String::new(),
    }
}

/// The first field of that name in a report.
fn field(report: &str, name: &str) -> Option<String> {
    report.lines().filter_map(|line| line.split_once(':')).find_map(|(found, value)| {
        let value = value.split(['(', ';']).next().unwrap_or_default();
        found.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })
}

/// `1.2.0.proof`: the message of the outbox, and what only we can have written.
fn named(text: &str) -> Option<(OutgoingId, String)> {
    let mut parts = text.split('.');
    let mut number = || parts.next()?.parse().ok();
    let id = OutgoingId { conversation: ConversationId(number()?), turn: number()?, n: number()? };
    parts.next().map(|proof| (id, proof.to_owned()))
}

static STATUS: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[245]\.\d{1,3}\.\d{1,3}$"));
/// Our own identifier, in what is repeated of our mail.
static OURS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)<temujanji\.(\d{1,18}\.\d{1,18}\.\d{1,9}\.[a-z0-9.]{1,80})@([a-z0-9.-]{1,255})>")
});

fn pattern(source: &str) -> Regex {
    match Regex::new(source) {
        Ok(regex) => regex,
        Err(error) => unreachable!("{error}"),
    }
}
