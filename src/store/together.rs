//! What a turn asks of its database in a form that can be done for many turns at once.
//!
//! Only the plain case of each is here. What is not plain is answered with `None`, and is then done step by step by the
//! statements of `sql/`.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{ConversationId, OutgoingId};
use crate::booking::{Hold, HoldId, Reference, SlotKey};
use crate::office::Office;

/// A place is asked for by a conversation that holds none and an identity that claims none.
pub(super) struct HoldAsk {
    pub(super) conversation: ConversationId,
    /// The place, if it is won.
    pub(super) hold: Hold,
    /// Places of its slot.
    pub(super) capacity: u32,
    pub(super) ends_at: DateTime<Utc>,
    /// Whose it is: a keyed hash.
    pub(super) identity: Vec<u8>,
    /// The proved address, a keyed hash.
    pub(super) email: Option<Vec<u8>>,
    /// Most appointments to come.
    pub(super) most: u32,
    pub(super) now: DateTime<Utc>,
}

/// A place that this conversation holds, for this identity and instead of no other, is to become an appointment.
pub(super) struct ConfirmAsk {
    pub(super) conversation: ConversationId,
    pub(super) hold: HoldId,
    pub(super) identity: Vec<u8>,
    pub(super) reference: Reference,
    pub(super) language: &'static str,
    /// The applicant's address, a keyed hash.
    pub(super) email: Vec<u8>,
    /// The applicant, sealed.
    pub(super) applicant: Vec<u8>,
    /// The same as the profile of the address, sealed, if the address is proved.
    pub(super) profile: Option<Vec<u8>>,
    /// Most appointments to come.
    pub(super) most: u32,
    pub(super) office: Arc<Office>,
    pub(super) now: DateTime<Utc>,
}

/// An appointment that was made.
pub(super) struct Booked {
    pub(super) reference: Reference,
    pub(super) slot: SlotKey,
    pub(super) minutes: u32,
    /// The number in the queue of its day.
    pub(super) queue: u32,
}

/// What a turn leaves behind when it is committed.
pub(super) struct Ending {
    pub(super) conversation: ConversationId,
    /// Its number in the conversation.
    pub(super) turn: i64,
    /// The process, where it is known to others.
    pub(super) process: Option<Uuid>,
    /// The state of the conversation, sealed, if it is to be kept.
    pub(super) state: Option<Vec<u8>>,
    pub(super) messages: Vec<Message>,
    /// Whether others have something to do besides.
    pub(super) told: bool,
    pub(super) now: DateTime<Utc>,
}

/// A message for the outbox.
pub(super) struct Message {
    pub(super) id: OutgoingId,
    pub(super) channel: String,
    pub(super) kind: String,
    pub(super) sealed: Vec<u8>,
    /// Whether it is a mass notice.
    pub(super) mass: bool,
    /// Whether it waits for whoever comes to it, even if nothing written earlier waits.
    pub(super) wait: bool,
}
