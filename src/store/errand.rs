//! What a person is told that did not begin with a message of theirs.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Closing, ClosingId, Contact, ConversationId, OutgoingId};
use crate::booking::{Booking, Reference};

/// Names an errand, in the order in which they were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ErrandId(pub i64);

/// What a person is to be told. Written by any turn ([`super::Turn::put_errand`]), and done in a turn of the person's own
/// conversation. A stored form, sealed at rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Errand {
    /// Staff have called an appointment off.
    CalledOff {
        /// The appointment, which is cancelled.
        reference: Reference,
        /// Why, in the words of staff.
        reason: String,
    },
    /// An identity may not book for a time.
    Blocked {
        /// An appointment of the person, by which they are reached.
        reference: Reference,
        /// End of the block.
        until: DateTime<Utc>,
        /// Why, in the words of staff.
        reason: String,
    },
    /// A branch closes: the appointment that stands in the way is cancelled, and another place held.
    Closed {
        /// The appointment.
        reference: Reference,
        /// The closing.
        closing: ClosingId,
    },
    /// All whom a closing concerns were told, or cannot be reached: news for who ordered it.
    ClosingDone {
        /// The closing.
        closing: ClosingId,
    },
}

impl Errand {
    /// The appointment it is about: its conversation is told.
    pub fn about(&self) -> Option<&Reference> {
        match self {
            Errand::CalledOff { reference, .. }
            | Errand::Blocked { reference, .. }
            | Errand::Closed { reference, .. } => Some(reference),
            Errand::ClosingDone { .. } => None,
        }
    }

    /// The closing it belongs to.
    pub fn closing(&self) -> Option<ClosingId> {
        match self {
            Errand::Closed { closing, .. } | Errand::ClosingDone { closing } => Some(*closing),
            Errand::CalledOff { .. } | Errand::Blocked { .. } => None,
        }
    }
}

/// An errand to be done now.
#[derive(Debug, Clone)]
pub struct DueErrand {
    /// Names it.
    pub id: ErrandId,
    /// The conversation of the person.
    pub conversation: ConversationId,
    /// What is to be told; `None` when it cannot be unsealed.
    pub errand: Option<Errand>,
    /// Where the conversation can be reached; `None` when that is not known.
    pub contact: Option<Contact>,
    /// The appointment it is about, as it stands; `None` when it is not known any more.
    pub booking: Option<Box<Booking>>,
    /// The closing it belongs to.
    pub closing: Option<Box<Closing>>,
    /// How often it failed before.
    pub tries: u32,
}

/// Whether people can be told something in a channel although they have not written. Nobody sits at a terminal for that.
pub fn reaches(channel: &str) -> bool {
    channel != "terminal"
}

/// How an errand ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrandEnd<'a> {
    /// This message tells it.
    Told(OutgoingId),
    /// There was nothing to tell any more.
    Moot,
    /// The person cannot be reached; why, for the operator: no personal data.
    NotReached(&'a str),
}
