//! Places in slots: what is free, what is held, what is booked, and the answers to asking for one.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Applicant, PersonName, Reference, SlotKey};
use crate::dialogue::Language;

/// Names one hold. Random, so that it says nothing of its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HoldId(pub Uuid);

/// A place kept for one applicant until `until`, while the summary is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Names the hold when it is confirmed or released.
    pub id: HoldId,
    /// The slot the place is in.
    pub slot: SlotKey,
    /// Length of the slot in minutes.
    pub minutes: u32,
    /// From this instant on the place is free for others again.
    pub until: DateTime<Utc>,
}

/// A day with slots for one branch and service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreeDay {
    /// The day, in the branch's local time.
    pub date: NaiveDate,
    /// Places free over all slots of the day; 0 means full.
    pub free: u32,
}

/// A slot of one branch, service and day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreeSlot {
    /// Start, in the branch's local time.
    pub time: NaiveTime,
    /// Length in minutes.
    pub minutes: u32,
    /// Places free now; 0 means full.
    pub free: u32,
}

/// Where a booking stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BookingState {
    /// Confirmed and to come.
    Booked,
    /// Called off by the applicant or the department.
    Cancelled,
}

/// A confirmed appointment, as the applicant and the staff see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// What the applicant quotes.
    pub reference: Reference,
    /// 0 when first issued, one more each time the appointment is moved.
    pub sequence: u32,
    /// Counts within branch and day, from 1.
    pub queue: u32,
    /// The slot.
    pub slot: SlotKey,
    /// Length of the slot in minutes.
    pub minutes: u32,
    /// Who comes.
    pub applicant: Applicant,
    /// The language the slip is written in.
    pub language: Language,
    /// Where it stands.
    pub state: BookingState,
    /// When it was confirmed or last moved.
    pub issued_at: DateTime<Utc>,
}

impl Booking {
    /// The instant at which the slot ends.
    pub fn ends_at(&self) -> DateTime<Utc> {
        self.slot.starts_at() + TimeDelta::minutes(self.minutes.into())
    }
}

/// Whether the person of an appointment came, as the branch has noted it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attendance {
    /// They are there, in time.
    Arrived,
    /// They came after their time.
    Late,
    /// They did not come.
    NoShow,
}

impl Attendance {
    /// Every kind.
    pub const ALL: [Attendance; 3] = [Attendance::Arrived, Attendance::Late, Attendance::NoShow];

    /// As it is stored and exported.
    pub fn name(self) -> &'static str {
        match self {
            Attendance::Arrived => "arrived",
            Attendance::Late => "late",
            Attendance::NoShow => "no_show",
        }
    }

    /// Reads what [`Attendance::name`] wrote.
    pub fn parse(text: &str) -> Option<Attendance> {
        Attendance::ALL.into_iter().find(|attendance| attendance.name() == text)
    }
}

/// An appointment as the list of a day shows it to staff: of the person, only the name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayEntry {
    /// What the applicant quotes.
    pub reference: Reference,
    /// Counts within branch and day, from 1.
    pub queue: u32,
    /// The slot.
    pub slot: SlotKey,
    /// Length of the slot in minutes.
    pub minutes: u32,
    /// Who comes. Lists show it masked.
    pub name: PersonName,
    /// Booked or cancelled.
    pub state: BookingState,
    /// What the branch has noted; `None` while nobody has.
    pub attendance: Option<Attendance>,
}

/// What a slip is worth, for whoever holds it. Says nothing of its person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlipStanding {
    /// Its appointment stands.
    Genuine,
    /// The appointment was moved, and a newer slip issued.
    Replaced,
    /// The appointment was cancelled.
    Cancelled,
    /// The appointment is over.
    Over,
    /// There is no such appointment (any more).
    Unknown,
}

/// Why no place was given. Each is an answer, not a fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoPlace {
    /// Every place of the slot is taken; these are the nearest free ones.
    Full {
        /// Same day first, then the same time on other days, then other branches of the state.
        nearest: Vec<SlotKey>,
    },
    /// The branch does not offer such a slot (any more): closed, other hours, other services.
    NotOffered,
    /// This identity number already has a live booking or hold for the service. Never says where.
    LiveBooking,
    /// This conversation holds as many live bookings as one may.
    TooMany {
        /// The limit, from the settings.
        limit: u32,
    },
    /// The identity is blocked until then.
    Blocked {
        /// End of the block.
        until: DateTime<Utc>,
    },
}
