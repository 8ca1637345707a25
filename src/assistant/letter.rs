//! What stands in the outbox: what each channel makes a message from when it is sent.

use serde::{Deserialize, Serialize};

use crate::booking::Booking;
use crate::dialogue::{Language, Say};

/// Where a mail belongs among others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// The `Message-ID` of the mail that is answered.
    pub answers: Option<String>,
    /// The identifiers of those before it, oldest first.
    pub references: Vec<String>,
}

/// What an outgoing message is made from when it is sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Letter {
    /// What is said in the conversation.
    Talk {
        /// In which language; none until one is chosen.
        language: Option<Language>,
        /// In this order.
        say: Vec<Say>,
    },
    /// What is said in a conversation by mail.
    Post {
        /// In which language.
        language: Language,
        /// In this order.
        say: Vec<Say>,
        /// Where it belongs.
        thread: Thread,
        /// Whoever repeats it has read this mail.
        token: String,
        /// Whether it goes to an address that nobody has proved yet.
        stranger: bool,
    },
    /// The mail with a code.
    Code {
        /// In which language.
        language: Language,
        /// Six digits.
        code: String,
        /// For how many minutes it is good.
        minutes: i64,
        /// Whoever repeats it has read this mail. None where nobody reads replies.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        token: Option<String>,
    },
    /// The mail with the slip.
    Slip {
        /// The appointment.
        #[serde(flatten)]
        booking: Box<Booking>,
        /// As of [`Letter::Code`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        token: Option<String>,
    },
    /// The mail that says an appointment was cancelled.
    Cancelled {
        /// What it was.
        #[serde(flatten)]
        booking: Box<Booking>,
        /// As of [`Letter::Code`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        token: Option<String>,
    },
}

impl Letter {
    /// What it is, for the worker and the operator.
    pub fn kind(&self) -> &'static str {
        match self {
            Letter::Talk { .. } => "talk",
            Letter::Post { stranger: true, .. } => "form",
            Letter::Post { stranger: false, .. } => "post",
            Letter::Code { .. } => "code",
            Letter::Slip { .. } => "slip",
            Letter::Cancelled { .. } => "cancelled",
        }
    }
}
