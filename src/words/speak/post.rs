//! A mail of the conversation: what is said, with the next step at its head and the way out at its foot.

use chrono::{DateTime, Utc};

use super::mail::{Mail, mail_cancelled, mail_slip};
use super::voice::Voice;
use super::{Part, message};
use crate::booking::Booking;
use crate::dialogue::{Language, Prompt, Question, Say};
use crate::office::Office;
use crate::words::{Words, args};

/// A mail of the conversation, ready to be laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct Post {
    /// One line.
    pub subject: String,
    /// What to do next, in one line.
    pub next: String,
    /// What is said.
    pub parts: Vec<Part>,
    /// How a choice is made, where there are any.
    pub how: String,
    /// What may be written at any time, and what to do if the mail is a surprise.
    pub footer: String,
    /// The line with the token, which a reply repeats.
    pub token: String,
    /// What goes with it.
    pub files: Files,
}

/// The files that go with a mail.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Files {
    /// None.
    #[default]
    None,
    /// The slip and the calendar entry of an appointment.
    Slip(Box<Booking>),
    /// What takes an appointment out of calendars.
    Cancel(Box<Booking>),
}

/// What a mail is about.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Form,
    Choose,
    Review,
    Offer,
    Answer,
    Idle,
}

/// Puts a mail into words. `token` is repeated by whoever replies.
pub fn post(
    words: &Words,
    office: &Office,
    language: Language,
    now: DateTime<Utc>,
    say: &[Say],
    token: &str,
) -> Post {
    let voice = Voice::new(words, office, language);
    let mut files = Files::None;
    let mut news = None;
    let mut rest = Vec::new();
    for said in say {
        if let Say::Confirmed(booking) | Say::Moved(booking) = said {
            news = Some((mail_slip(words, office, booking, true), "mail-next-done"));
        } else if let Say::Cancelled(booking) = said {
            news = Some((mail_cancelled(words, office, booking), "mail-next-cancelled"));
            files = Files::Cancel(booking.clone());
        } else if let Say::CalledOff { booking, .. } = said {
            let subject = mail_cancelled(words, office, booking).subject;
            news = Some((Mail { subject, text: voice.say(said, now) }, "mail-next-cancelled"));
            files = Files::Cancel(booking.clone());
        } else if let Say::Slip(booking) = said {
            files = Files::Slip(booking.clone());
            if news.is_none() {
                rest.push(said.clone());
            }
        } else {
            rest.push(said.clone());
        }
    }
    let kind = kind(&rest);
    let settled = news.is_some();
    // "What next?" is no question to a person who has what they wanted.
    if kind == Kind::Idle {
        rest.retain(|said| !matches!(said, Say::Ask(_)));
    }
    let mut parts = Vec::new();
    let (mut subject, mut next) = (voice.plain(kind.subject()), voice.plain(kind.next()));
    if let Some((mail, id)) = news {
        subject = mail.subject;
        parts.push(Part::Text(mail.text));
        if kind == Kind::Idle {
            next = voice.plain(id);
        }
    }
    parts.extend(message(words, office, Some(language), now, &rest).parts);
    // The slip is attached.
    parts.retain(|part| !matches!(part, Part::Files(_)));
    if settled && kind == Kind::Idle {
        parts.push(Part::Text(voice.plain(Kind::Idle.next())));
    }
    Post {
        subject,
        next,
        parts,
        how: voice.plain("mail-how-choose"),
        footer: voice.plain("mail-footer"),
        token: voice.text("mail-token", args![token = token]),
        files,
    }
}

fn kind(say: &[Say]) -> Kind {
    let asked =
        say.iter().rev().find_map(|said| if let Say::Ask(question) = said { Some(question) } else { None });
    match asked {
        Some(Question { prompt: Prompt::Form { .. }, .. }) => Kind::Form,
        Some(Question { prompt: Prompt::Review { .. }, .. }) => Kind::Review,
        Some(Question { prompt: Prompt::Offer(_), .. }) => Kind::Offer,
        Some(Question { prompt: Prompt::Idle, .. }) => Kind::Idle,
        Some(Question { choices, .. }) if !choices.is_empty() => Kind::Choose,
        Some(_) | None => Kind::Answer,
    }
}

impl Kind {
    fn subject(self) -> &'static str {
        match self {
            Kind::Form => "mail-subject-form",
            Kind::Choose => "mail-subject-choose",
            Kind::Review => "mail-subject-review",
            Kind::Offer => "mail-subject-offer",
            Kind::Answer | Kind::Idle => "mail-subject-answer",
        }
    }

    fn next(self) -> &'static str {
        match self {
            Kind::Form => "mail-next-form",
            Kind::Choose => "mail-next-choose",
            Kind::Review => "mail-next-review",
            Kind::Offer => "mail-next-offer",
            Kind::Answer => "mail-next-answer",
            Kind::Idle => "mail-next-idle",
        }
    }
}
