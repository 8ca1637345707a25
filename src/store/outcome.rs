//! What the store is asked with and what it answers.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::Turn;
use crate::booking::{Booking, Email, Hold, Identity, NoPlace, Reference, SlotKey};

/// Counts the catalogues imported, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OfficeVersion(pub i64);

/// Names a conversation. Says nothing of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ConversationId(pub i64);

/// Where a person can be reached: a channel and an address in it.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Contact {
    /// `terminal`, `telegram`, `email`.
    pub channel: String,
    /// A chat's number, a mail address; in the one form the channel always gives it.
    pub address: String,
}

impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Contact({}:…)", self.channel)
    }
}

/// Whether a delivery is new.
pub enum Opened {
    /// It is: handle it.
    New(Box<dyn Turn>),
    /// It was handled, or is being handled, in a turn that was committed. Nothing is to be done.
    Repeat,
}

/// Asks for a place.
#[derive(Debug, Clone)]
pub struct HoldRequest<'a> {
    /// The slot.
    pub slot: &'a SlotKey,
    /// Who will come.
    pub identity: &'a Identity,
    /// How long the place is to be held.
    pub until: DateTime<Utc>,
    /// The address this conversation has proved; its bookings count towards the limit too.
    pub proved: Option<&'a Email>,
    /// The booking of this person that the new one will replace.
    pub instead_of: Option<&'a Reference>,
}

/// Answers a [`HoldRequest`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// The place is held.
    Held {
        /// The hold.
        hold: Hold,
        /// Whether it was held already.
        again: bool,
    },
    /// No place is given.
    NoPlace(NoPlace),
    /// The booking to be replaced is not a live one of this person, or has begun.
    NoSuchBooking,
}

/// Answers a confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmed {
    /// The appointment stands.
    Confirmed(Box<Booking>),
    /// The hold had run out and its place could not be won again.
    NoPlace {
        /// The slot.
        slot: SlotKey,
        /// Why not.
        why: NoPlace,
    },
    /// The booking to be replaced is not a live one of this person any more.
    NoSuchBooking,
    /// This conversation has no such hold, or it was given back, or ran out so long ago that it is forgotten.
    NoSuchHold,
}

/// Answers a cancellation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cancelled {
    /// It is cancelled, now or before; the booking as it stood.
    Cancelled(Box<Booking>),
    /// No such appointment of this person.
    NotFound,
    /// It has begun or is over.
    TooLate,
}

/// Answers the wish to send a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodePut {
    /// It may be sent.
    Put {
        /// Until when it is good.
        until: DateTime<Utc>,
    },
    /// The last one was sent a moment ago.
    TooSoon {
        /// When another may be sent.
        until: DateTime<Utc>,
    },
    /// Too many were sent by this conversation or to this address.
    TooMany {
        /// When another may be sent.
        until: DateTime<Utc>,
    },
}

/// Answers a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeCheck {
    /// The address is proved.
    Right,
    /// It is another.
    Wrong {
        /// Tries left with this code; at least one.
        left: u32,
    },
    /// It has run out of time.
    Expired,
    /// It has run out of tries.
    Locked,
    /// None was sent by this conversation to this address, or it is spent.
    NoCode,
}

/// What a token that was sent out with a mail proves.
#[derive(Clone, PartialEq, Eq)]
pub struct MailToken {
    /// The address the mail was sent to.
    pub address: String,
    /// The number of the question in that mail, if it asked one.
    pub question: Option<u32>,
}

impl fmt::Debug for MailToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MailToken(…, {:?})", self.question)
    }
}

/// Names a mail in a mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailUid<'a> {
    /// Names server and folder, not the person whose login it is.
    pub mailbox: &'a str,
    /// UIDVALIDITY of the folder.
    pub validity: u32,
    /// UID of the mail.
    pub uid: u32,
}

/// What is known of a mail that is about to be handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailSeen {
    /// Tries, with this one.
    pub tries: u32,
    /// When the first was.
    pub since: DateTime<Utc>,
    /// It is done with and has only to be put away; whether it was refused.
    pub settled: Option<bool>,
}

/// A message to be sent.
#[derive(Debug, Clone)]
pub struct NewOutgoing<'a> {
    /// Where to.
    pub to: &'a Contact,
    /// What it is, for the worker and the operator: `reply`, `code`, `slip`. No personal data.
    pub kind: &'a str,
    /// What the worker makes the message from, usually JSON. Sealed at rest.
    pub body: &'a str,
    /// Whether it is one of many that nobody has asked for, such as reminders and the news of a closure. These leave at
    /// a pace of their own and hold up nobody: when an answer stands behind one, that one is mass no more.
    pub mass: bool,
}

/// Names a message of the outbox, and its place in the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OutgoingId {
    /// Its conversation.
    pub conversation: ConversationId,
    /// The turn that wrote it.
    pub turn: i64,
    /// Counts the messages of the turn, from 0.
    pub n: i64,
}

impl fmt::Display for OutgoingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.conversation.0, self.turn, self.n)
    }
}

/// A message of the outbox, taken to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Names it; stable over retries.
    pub id: OutgoingId,
    /// Where to.
    pub to: Contact,
    /// What it is.
    pub kind: String,
    /// As written.
    pub body: String,
    /// How often it was tried before.
    pub tries: u32,
    /// When it was written.
    pub written_at: DateTime<Utc>,
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Outgoing({}, {}, {:?})", self.id, self.kind, self.to)
    }
}

/// How long what is kept. Counts from the end of what the data was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// A conversation's state, after its last message.
    pub drafts: TimeDelta,
    /// An appointment's personal data, after its day; what is left can only be counted.
    pub bookings: TimeDelta,
    /// What a person gave last, after they last booked.
    pub profiles: TimeDelta,
    /// A hold that ran out, so that a late confirmation still finds what it was for.
    pub holds: TimeDelta,
    /// Delivery keys, codes, claims and blocks that have ended, the records of sent messages.
    pub traces: TimeDelta,
}

impl Default for Retention {
    /// 14 days for drafts, 90 days for appointments, a year for profiles, 2 days for lapsed holds, 30 days for traces.
    fn default() -> Self {
        Self {
            drafts: TimeDelta::days(14),
            bookings: TimeDelta::days(90),
            profiles: TimeDelta::days(365),
            holds: TimeDelta::days(2),
            traces: TimeDelta::days(30),
        }
    }
}

/// What tidying did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tidied {
    /// Places taken back whose hold or return had run out.
    pub places: u64,
    /// Conversations whose draft, if they had one, was stripped.
    pub drafts: u64,
    /// Appointments stripped of personal data.
    pub bookings: u64,
    /// Profiles deleted.
    pub profiles: u64,
    /// Lapsed holds, ended claims and blocks, deliveries, codes and records of sent messages deleted.
    pub traces: u64,
}

/// How the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// Its kind and version: `SQLite 3.50.2`.
    pub database: String,
    /// What time it is on the server; none where the database is a file of this machine.
    pub time: Option<DateTime<Utc>>,
    /// The newest migration applied.
    pub schema: i64,
    /// The catalogue in force.
    pub office: Option<OfficeVersion>,
    /// Messages waiting to be sent.
    pub waiting: u64,
    /// When the one waiting longest was written.
    pub waiting_since: Option<DateTime<Utc>>,
    /// Messages given up.
    pub given_up: u64,
    /// What a deep look found wrong; empty is good.
    pub damage: Vec<String>,
}
