//! Mail that no person wrote, which must never be answered: two machines that thank each other fill the disks of both.

use mail_parser::{Message, MimeHeaders};

use super::read::{Own, raw, senders};
use crate::delivery::mail::LOOP_HEADER;
use crate::dialogue::understand::text::fold;

/// Why a mail gets no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Machine {
    /// Our own.
    Own,
    /// A report on a mail, such as a receipt.
    Report,
    /// A calendar answered an invitation.
    Calendar,
    /// The empty sender, or a name under which nobody reads.
    NoReader,
    /// It says that it was sent automatically.
    Auto,
    /// A mailing list or bulk mail.
    List,
    /// Its subject is that of an absence note.
    Absence,
}

impl Machine {
    /// For the log.
    pub fn name(self) -> &'static str {
        match self {
            Machine::Own => "our own mail",
            Machine::Report => "a report",
            Machine::Calendar => "a calendar's answer",
            Machine::NoReader => "from a sender whom nobody reads",
            Machine::Auto => "an automatic mail",
            Machine::List => "a mailing list",
            Machine::Absence => "an absence note",
        }
    }
}

/// Local parts that only machines send from.
const NOBODY: &[&str] = &[
    "mailer-daemon",
    "mailerdaemon",
    "postmaster",
    "no-reply",
    "noreply",
    "do-not-reply",
    "donotreply",
    "bounce",
    "bounces",
    "nobody",
    "auto-reply",
    "autoreply",
    "abuse",
];
/// How subjects of absence notes begin, folded.
const ABSENCES: &[&str] = &[
    "automatic reply",
    "auto reply",
    "auto-reply",
    "autoreply",
    "auto:",
    "out of office",
    "out-of-office",
    "jawapan automatik",
    "balasan automatik",
    "luar pejabat",
    "tiada di pejabat",
    "bercuti:",
    "自动回复",
    "自動回覆",
    "undeliverable",
    "undelivered mail",
    "delivery status notification",
    "mail delivery failed",
    "returned mail",
];

/// Whether a mail is a machine's. The first sign decides.
pub fn is(message: &Message<'_>, own: &Own) -> Option<Machine> {
    let from = senders(message);
    let ours = |address: &String| own.tag(address).is_some();
    if from.iter().any(ours) || raw(message, LOOP_HEADER).next().is_some() {
        return Some(Machine::Own);
    }
    let sender = raw(message, "Sender").chain(raw(message, "Return-Path"));
    if sender.map(|value| value.trim_matches(['<', '>', ' ']).to_owned()).any(|address| ours(&address)) {
        return Some(Machine::Own);
    }
    let top = message.content_type().map(|kind| (kind.ctype(), kind.subtype().unwrap_or_default()));
    if top.is_some_and(|(kind, subtype)| {
        kind.eq_ignore_ascii_case("multipart") && subtype.eq_ignore_ascii_case("report")
    }) {
        return Some(Machine::Report);
    }
    if message.parts.iter().any(is_calendar_answer) {
        return Some(Machine::Calendar);
    }
    let empty = raw(message, "Return-Path").any(|value| value.replace(' ', "") == "<>");
    if empty || from.iter().any(|address| is_nobody(address)) {
        return Some(Machine::NoReader);
    }
    if raw(message, "Auto-Submitted").any(|value| first_word(value) != "no") {
        return Some(Machine::Auto);
    }
    let has = |name| raw(message, name).next().is_some();
    if ["X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-AutoReply-From", "X-Mail-Autoreply"]
        .into_iter()
        .any(has)
    {
        return Some(Machine::Auto);
    }
    // Outlook writes `DR, OOF` on mail of people, too.
    let suppresses = |value: &str| {
        value
            .split([',', ';'])
            .any(|word| ["all", "autoreply"].contains(&word.trim().to_ascii_lowercase().as_str()))
    };
    if raw(message, "X-Auto-Response-Suppress").any(suppresses) {
        return Some(Machine::Auto);
    }
    let bulk = |value: &str| ["bulk", "list", "junk", "auto_reply"].contains(&first_word(value).as_str());
    if raw(message, "Precedence").any(bulk)
        || ["List-Id", "List-Unsubscribe", "List-Post"].into_iter().any(has)
    {
        return Some(Machine::List);
    }
    let subject = fold(message.subject().unwrap_or_default());
    ABSENCES.iter().any(|start| subject.starts_with(start)).then_some(Machine::Absence)
}

fn is_calendar_answer(part: &mail_parser::MessagePart<'_>) -> bool {
    part.content_type().is_some_and(|kind| {
        kind.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case("calendar"))
            && kind.attribute("method").is_some_and(|method| {
                ["reply", "counter", "refresh", "declinecounter"]
                    .iter()
                    .any(|m| method.eq_ignore_ascii_case(m))
            })
    })
}

fn is_nobody(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or_default().to_ascii_lowercase();
    NOBODY.iter().any(|name| {
        local
            .strip_prefix(name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '.', '_', '+', '=']))
    })
}

/// The first word of a header's value, without parameters and comments.
fn first_word(value: &str) -> String {
    value.trim().split([';', ' ', '(', '\t', '\r', '\n']).next().unwrap_or_default().to_ascii_lowercase()
}
