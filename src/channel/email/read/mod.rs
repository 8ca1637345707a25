//! A mail as bytes, turned into what a person wrote. Pure: no network, no clock, no database.

mod flowed;
mod html;
pub mod quote;

use std::borrow::Cow;

use mail_parser::{
    Addr, Encoding, HeaderName, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType,
};
use sha2::{Digest, Sha256};

use super::bounce::{self, Bounce};
use super::machine::{self, Machine};
use crate::booking::Email;
use crate::dialogue::understand;
use quote::Split;

/// Bytes of a mail that are fetched and read; what comes after, usually a picture, is ignored.
pub const LONGEST: usize = 1024 * 1024;
/// Parts a mail may have.
const MOST_PARTS: usize = 200;
/// Bytes of text that are read.
const LONGEST_TEXT: usize = 256 * 1024;
/// Addresses and identifiers of a mail that are looked at.
const MOST_NAMES: usize = 60;

/// A mail that may get an answer.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Who claims to have written it.
    pub from: Email,
    /// Its identifier, if it is one that can be repeated in an answer.
    pub message_id: Option<String>,
    /// What it answers, oldest first.
    pub references: Vec<String>,
    /// Where tokens may stand, in the order in which they are tried.
    pub places: Vec<String>,
    /// What was written.
    pub text: Split,
    /// Whether something was attached.
    pub attachments: bool,
    /// Names the mail, the same however often and by whichever way it is delivered.
    pub key: String,
}

/// What a mail is.
#[derive(Debug, Clone)]
pub enum Mail {
    /// Written by a person.
    Letter(Box<Letter>),
    /// The news that a mail of ours did not arrive.
    Bounce(Bounce),
    /// Sent by a machine: never answered.
    Machine(Machine),
    /// Not to be handled. The reason holds nothing of its content.
    Refused(&'static str),
}

/// Reads a mail. `own` is the assistant's own address.
pub fn read(bytes: &[u8], own: &Own) -> Mail {
    let bytes = bytes.get(..LONGEST.min(bytes.len())).unwrap_or(bytes);
    let Some(message) = MessageParser::default().parse(bytes) else {
        return Mail::Refused("it has no header");
    };
    if message.parts.len() > MOST_PARTS {
        return Mail::Refused("it has too many parts");
    }
    if let Some(bounce) = bounce::read(&message, own) {
        return Mail::Bounce(bounce);
    }
    if let Some(machine) = machine::is(&message, own) {
        return Mail::Machine(machine);
    }
    let from = match senders(&message).as_slice() {
        [only] => Email::parse(only),
        [] => return Mail::Refused("it has no sender"),
        _ => return Mail::Refused("it has several senders"),
    };
    let Ok(from) = from else { return Mail::Refused("its sender's address is none that can be answered") };
    let body = body(&message);
    let text = quote::split(&body);
    let message_id = message.message_id().and_then(identifier);
    let mut references = identifiers(message.header(HeaderName::References));
    references.extend(identifiers(message.header(HeaderName::InReplyTo)));
    references.dedup();
    let mut places = recipients(&message);
    places.extend(message.subject().map(str::to_owned));
    places.extend(references.iter().rev().cloned());
    places.push(text.own.clone());
    places.push(body);
    let key = key(&message, bytes, from.as_str());
    let attachments = message.attachments().any(is_attached);
    Mail::Letter(Box::new(Letter { from, message_id, references, places, text, attachments, key }))
}

/// The assistant's own mailbox, as it is recognised in other people's mail.
#[derive(Debug, Clone)]
pub struct Own {
    local: String,
    domain: String,
}

impl Own {
    /// Of this address.
    pub fn new(address: &lettre::Address) -> Own {
        Own { local: address.user().to_lowercase(), domain: address.domain().to_lowercase() }
    }

    /// The domain in which its identifiers end.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// What stands after the plus of one of its addresses; empty without one. `None` for addresses of others.
    pub fn tag<'a>(&self, address: &'a str) -> Option<&'a str> {
        let (user, domain) = address.rsplit_once('@')?;
        if !domain.eq_ignore_ascii_case(&self.domain) {
            return None;
        }
        let (base, tag) = user.split_once('+').unwrap_or((user, ""));
        base.eq_ignore_ascii_case(&self.local).then_some(tag)
    }
}

/// The values of a header, as text, unfolded.
pub(super) fn raw<'a>(message: &'a Message<'_>, name: &'a str) -> impl Iterator<Item = &'a str> {
    message
        .headers_raw()
        .filter(move |(found, _)| found.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim())
}

/// The addresses in the header `From`.
pub(super) fn senders(message: &Message<'_>) -> Vec<String> {
    message.from().map(|from| addresses(from.iter())).unwrap_or_default()
}

fn addresses<'a>(list: impl Iterator<Item = &'a Addr<'a>>) -> Vec<String> {
    list.filter_map(|one| one.address()).map(str::to_owned).take(MOST_NAMES).collect()
}

/// To whom the mail was sent and delivered.
pub(super) fn recipients(message: &Message<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for name in ["Delivered-To", "X-Original-To", "Envelope-To"] {
        found.extend(raw(message, name).take(10).map(|value| value.trim_matches(['<', '>', ' ']).to_owned()));
    }
    for list in message.all_to().chain(message.all_cc()).take(10) {
        found.extend(addresses(list.iter()));
    }
    found.truncate(MOST_NAMES);
    found
}

fn identifiers(value: Option<&HeaderValue<'_>>) -> Vec<String> {
    let list = match value {
        Some(HeaderValue::Text(one)) => vec![one.as_ref()],
        Some(HeaderValue::TextList(list)) => list.iter().map(AsRef::as_ref).collect(),
        _ => Vec::new(),
    };
    list.into_iter().filter_map(identifier).take(MOST_NAMES).collect()
}

/// An identifier in angle brackets, if it can stand in a header of ours without harm.
fn identifier(id: &str) -> Option<String> {
    let id = id.trim().trim_matches(['<', '>']);
    let (left, right) = id.split_once('@')?;
    let fits = |part: &str| {
        (1..=200).contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_graphic() && !b"<>@\"\\(),:;".contains(&b))
    };
    (fits(left) && fits(right)).then(|| format!("<{id}>"))
}

/// The readable text of a mail, its plain part if that says anything.
fn body(message: &Message<'_>) -> String {
    let mut plain = String::new();
    for part in message.text_bodies() {
        if let PartType::Text(text) = &part.body {
            add(&mut plain, &flowed_text(part, start(&mended(message, part, text))));
        }
    }
    let mut rich = String::new();
    for part in message.html_bodies() {
        if let PartType::Html(html) = &part.body {
            add(&mut rich, &html::text(html));
        }
    }
    let lacks = |text: &str| understand::form(text).is_empty();
    let chosen = if plain.trim().is_empty() || (!rich.is_empty() && lacks(&plain) && !lacks(&rich)) {
        rich
    } else {
        plain
    };
    understand::text::clean(&chosen.replace('：', ":"))
}

/// Text that is not in the charset it claims is most likely in that of old Windows programs.
fn mended<'a>(message: &'a Message<'_>, part: &MessagePart<'_>, text: &'a str) -> Cow<'a, str> {
    if part.encoding != Encoding::None || !text.contains('\u{fffd}') {
        return Cow::Borrowed(text);
    }
    let raw = message.raw_message().get(part.offset_body as usize..part.offset_end as usize);
    let raw = raw.and_then(|raw| raw.get(..LONGEST_TEXT.min(raw.len()))).unwrap_or_default();
    let letter = |byte: &u8| match byte {
        0x91 | 0x92 => '\'',
        0x93 | 0x94 => '"',
        0x96 | 0x97 => '-',
        0x80..=0x9f => '\u{fffd}',
        byte => char::from(*byte),
    };
    Cow::Owned(raw.iter().map(letter).collect())
}

fn add(to: &mut String, text: &str) {
    if to.len() < LONGEST_TEXT {
        to.push_str(start(text));
        to.push('\n');
    }
}

/// The start of a text.
fn start(text: &str) -> &str {
    let mut end = LONGEST_TEXT.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.split_at_checked(end).map_or("", |(start, _)| start)
}

fn flowed_text(part: &MessagePart<'_>, text: &str) -> String {
    let kind = part.content_type();
    let is = |name: &str, value: &str| {
        kind.and_then(|kind| kind.attribute(name)).is_some_and(|found| found.eq_ignore_ascii_case(value))
    };
    if is("format", "flowed") { flowed::joined(text, is("delsp", "yes")) } else { text.to_owned() }
}

/// Whether a part is something the sender attached, not a picture of the signature or a body in another form.
fn is_attached(part: &MessagePart<'_>) -> bool {
    part.content_disposition().is_some_and(|disposition| disposition.is_attachment())
        || (part.attachment_name().is_some() && part.content_id().is_none())
}

/// The name of a mail for the database. Not its `Message-ID` alone: whoever guesses one could keep another's mail out.
fn key(message: &Message<'_>, bytes: &[u8], from: &str) -> String {
    let body = message.parts.first().and_then(|root| bytes.get(root.offset_body as usize..)).unwrap_or(bytes);
    let mut hash = Sha256::new();
    hash.update(message.message_id().unwrap_or_default().to_lowercase());
    hash.update([0]);
    hash.update(from.to_lowercase());
    hash.update([0]);
    if message.message_id().is_none() {
        for name in ["Date", "Subject"] {
            raw(message, name).for_each(|value| hash.update(value));
        }
    }
    hash.update(Sha256::digest(body));
    data_encoding::HEXLOWER.encode(&hash.finalize())
}
