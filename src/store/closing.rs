//! Closing a branch for some days or hours, and what becomes of the appointments that stand in the way.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::booking::{Booking, Hold, PersonName, Phone, Reference, SlotKey};
use crate::office::{BranchCode, Closure, Place, Reason, Span};

/// Names a closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ClosingId(pub i64);

/// What is to be closed. `from` is not after `to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingSpec {
    /// The branch.
    pub branch: BranchCode,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// The hours that are closed on each of the days; `None` is the whole day.
    pub hours: Option<Span>,
    /// Why; the applicants are told.
    pub reason: Reason,
}

impl ClosingSpec {
    /// Whether an appointment of so many minutes stands in it.
    pub fn takes_in(&self, slot: &SlotKey, minutes: u32) -> bool {
        slot.branch == self.branch
            && (self.from..=self.to).contains(&slot.date)
            && self.hours.is_none_or(|hours| hours.meets(slot.time, minutes))
    }

    /// The same in the catalogue.
    pub fn closure(&self) -> Closure {
        Closure {
            places: vec![Place::Branch(self.branch.clone())],
            from: self.from,
            to: self.to,
            hours: self.hours,
            reason: self.reason.clone(),
        }
    }
}

/// What a closing would touch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosingPreview {
    /// The places that would not be offered any more, taken or not.
    pub places: u32,
    /// The appointments that would be called off.
    pub bookings: u32,
    /// How many of them were made in which channel.
    pub by_channel: Vec<(String, u32)>,
    /// How many of their people cannot be told, neither where they wrote nor by mail.
    pub unreachable: u32,
    /// Stands for just this: orders the closing as long as nothing has changed.
    pub token: String,
}

/// Answers the order to close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ordered {
    /// It is ordered and will be carried out.
    Ordered(ClosingId),
    /// Nothing was done, since it would touch something else by now.
    Changed(ClosingPreview),
}

/// How far a closing has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosingState {
    /// Nothing has been done yet.
    Ordered,
    /// The catalogue says so: nobody books there any more.
    Closed,
    /// All who have an appointment there are known and are being told.
    Listed,
    /// All were told, or cannot be reached.
    Done,
}

/// A closing that was ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// Names it.
    pub id: ClosingId,
    /// What is closed.
    pub spec: ClosingSpec,
    /// How far it has come.
    pub state: ClosingState,
    /// Who ordered it, as given then.
    pub ordered_by: String,
    /// When.
    pub ordered_at: DateTime<Utc>,
}

/// How far a closing has come, in numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The closing.
    pub closing: Closing,
    /// Appointments it has to do with; without those whose people had given them up before they were told.
    pub bookings: u32,
    /// How many of their people were told.
    pub told: u32,
    /// How many were offered another place.
    pub offered: u32,
    /// How many have taken it.
    pub accepted: u32,
    /// How many do not want it.
    pub declined: u32,
    /// Who could not be reached, in the order of their bookings.
    pub not_reached: Vec<NotReached>,
}

/// Somebody to be called.
#[derive(Clone, PartialEq, Eq)]
pub struct NotReached {
    /// Their appointment, which is cancelled.
    pub reference: Reference,
    /// Their name.
    pub name: PersonName,
    /// Their telephone.
    pub phone: Phone,
    /// Why they could not be reached. No personal data.
    pub why: String,
}

impl std::fmt::Debug for NotReached {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NotReached({}, …, {})", self.reference, self.why)
    }
}

/// What became of an appointment that stood in a closing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MadeWay {
    /// Nothing: it does not stand there any more, or what was closed is open again.
    Not,
    /// It is cancelled.
    Cancelled {
        /// As it stood.
        booking: Box<Booking>,
        /// The place held for its person instead; `None` when there is none.
        offer: Option<Hold>,
    },
}
