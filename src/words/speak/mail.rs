//! The mails sent beside the conversation: the code, the slip, a cancellation.
//!
//! A subject is read by whoever sees the telephone, so it holds neither a code nor the name of a service nor that
//! of the applicant.

use serde::{Deserialize, Serialize};

use super::voice::Voice;
use crate::booking::Booking;
use crate::dialogue::Language;
use crate::office::Office;
use crate::words::{Words, args};

/// A mail as plain text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// One line.
    pub subject: String,
    /// The body, its paragraphs with empty lines between them.
    pub text: String,
}

/// The mail with the code that proves an address; the code is good for that many minutes.
pub fn mail_code(words: &Words, language: Language, code: &str, minutes: i64) -> Mail {
    let text = words.text(language, "mail-code-text", args![code = code, minutes = minutes]);
    Mail { subject: words.text(language, "mail-code-subject", args![]), text }
}

/// The mail that goes with the files of the slip, in the booking's language. It tells how the appointment is changed: by a
/// reply, where replies are read.
pub fn mail_slip(words: &Words, office: &Office, booking: &Booking, replies: bool) -> Mail {
    let voice = Voice::new(words, office, booking.language);
    let moved = booking.sequence > 0;
    let opening = voice.plain(if moved { "mail-moved-opening" } else { "mail-slip-opening" });
    let change = if replies { "mail-slip-reply" } else { "mail-slip-change" };
    let closing = ["mail-slip-closing", change, "mail-slip-free"];
    let mut text = vec![opening, voice.booking_lines(booking).join("\n")];
    text.extend(closing.map(|id| voice.plain(id)));
    text.extend(voice.sample(booking));
    text.push(voice.plain("mail-farewell"));
    let id = if moved { "mail-moved-subject" } else { "mail-slip-subject" };
    let subject = voice.text(id, args![slot = voice.slot(&booking.slot)]);
    Mail { subject, text: text.join("\n\n") }
}

/// What stands below a mail that may be replied to: how, where it is about an appointment, and the line with the token.
pub fn mail_foot(words: &Words, language: Language, about_booking: bool, token: &str) -> Vec<String> {
    let mut foot = Vec::new();
    if about_booking {
        foot.push(words.text(language, "mail-next-idle", args![]));
    }
    foot.push(words.text(language, "mail-token", args![token = token]));
    foot
}

/// The news that an appointment was cancelled, in the booking's language.
pub fn mail_cancelled(words: &Words, office: &Office, booking: &Booking) -> Mail {
    let voice = Voice::new(words, office, booking.language);
    let reference = booking.reference.to_string();
    let (slot, branch) = (voice.slot(&booking.slot), voice.branch(&booking.slot.branch));
    let news = voice.text("mail-cancelled-text", args![reference = reference, slot = slot, branch = branch]);
    let subject = voice.text("mail-cancelled-subject", args![slot = voice.slot(&booking.slot)]);
    Mail { subject, text: format!("{news}\n\n{}", voice.plain("mail-farewell")) }
}
