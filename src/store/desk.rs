//! What staff ask the store and what it answers.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::booking::{Attendance, Booking, Reference, SlotKey};
use crate::office::BranchCode;
use crate::staff::{Member, Reach, Role};

/// Somebody who is to become a member of staff.
#[derive(Debug, Clone)]
pub struct NewMember<'a> {
    /// Who.
    pub name: &'a str,
    /// What they will be.
    pub role: Role,
    /// Where.
    pub reach: &'a Reach,
    /// Whoever has it becomes this member. Only a keyed hash is kept.
    pub invitation: &'a str,
    /// Until when it may be taken up.
    pub until: DateTime<Utc>,
}

/// A member of staff as the operator sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolled {
    /// Who they are.
    pub member: Member,
    /// When they were invited.
    pub invited_at: DateTime<Utc>,
    /// Until when their invitation may be taken up, if it has not been.
    pub invited_until: Option<DateTime<Utc>>,
    /// When they took it up.
    pub joined_at: Option<DateTime<Utc>>,
    /// When they were removed.
    pub removed_at: Option<DateTime<Utc>>,
}

/// An appointment with all that staff may know of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The appointment.
    pub booking: Booking,
    /// What the branch has noted, and when.
    pub attendance: Option<(Attendance, DateTime<Utc>)>,
    /// What colleagues have noted, oldest first.
    pub notes: Vec<Note>,
    /// Whether its identity may not book.
    pub block: Option<Block>,
}

/// What a colleague noted of an appointment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// When.
    pub at: DateTime<Utc>,
    /// Their name.
    pub by: String,
    /// What.
    pub text: String,
}

/// An identity may not book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Until then.
    pub until: DateTime<Utc>,
    /// Why, as the person was told.
    pub reason: String,
}

/// Looks for appointments at some branches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search<'a> {
    /// Where.
    pub branches: &'a [BranchCode],
    /// From this day on.
    pub from: NaiveDate,
    /// To this day.
    pub to: NaiveDate,
    /// Part of the name, or the last digits of identity number or phone; as typed.
    pub text: &'a str,
    /// At most so many.
    pub limit: usize,
}

/// Places taken and appointments of a slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fill {
    /// The slot.
    pub slot: SlotKey,
    /// Places booked or held.
    pub taken: u32,
}

/// What became of a day's appointments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turnout {
    /// Neither cancelled nor noted.
    pub unmarked: u32,
    /// Came in time.
    pub arrived: u32,
    /// Came late.
    pub late: u32,
    /// Did not come.
    pub no_show: u32,
    /// Cancelled.
    pub cancelled: u32,
}

/// What is added to the audit trail.
#[derive(Debug, Clone, Copy)]
pub struct NewAudit<'a> {
    /// Who; none for the command line.
    pub by: Option<&'a Member>,
    /// What: one of a fixed set of words.
    pub act: Act,
    /// At which branch.
    pub branch: Option<&'a BranchCode>,
    /// Of which appointment.
    pub reference: Option<&'a Reference>,
    /// Why, or with what: as the member typed it. Sealed at rest.
    pub why: Option<&'a str>,
}

/// A row of the audit trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Audited {
    /// When.
    pub at: DateTime<Utc>,
    /// Who, by name; `command line` for the operator.
    pub by: String,
    /// What.
    pub act: Act,
    /// At which branch.
    pub branch: Option<BranchCode>,
    /// Of which appointment.
    pub reference: Option<Reference>,
    /// Why, or with what.
    pub why: Option<String>,
}

/// What the audit trail tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Looked at a whole record.
    Looked,
    /// Exported the list of a day.
    Exported,
    /// Noted that the person arrived.
    Arrived,
    /// Noted that the person came late.
    Late,
    /// Noted that the person did not come.
    NoShow,
    /// Took such a note back.
    Unmarked,
    /// Cancelled the appointment.
    Cancelled,
    /// Left a note for colleagues.
    Noted,
    /// Booked for a person at the counter.
    Booked,
    /// Blocked the identity.
    Blocked,
    /// Ended the block.
    Unblocked,
    /// Closed a branch.
    Closed,
    /// Opened it again.
    Opened,
    /// Invited a member of staff.
    Invited,
    /// Took an invitation up.
    Joined,
    /// Removed a member of staff.
    Removed,
    /// Changed what a member of staff is.
    RoleChanged,
}

impl Act {
    /// Every act.
    pub const ALL: [Act; 17] = [
        Act::Looked,
        Act::Exported,
        Act::Arrived,
        Act::Late,
        Act::NoShow,
        Act::Unmarked,
        Act::Cancelled,
        Act::Noted,
        Act::Booked,
        Act::Blocked,
        Act::Unblocked,
        Act::Closed,
        Act::Opened,
        Act::Invited,
        Act::Joined,
        Act::Removed,
        Act::RoleChanged,
    ];

    /// As it is stored and exported.
    pub fn name(self) -> &'static str {
        match self {
            Act::Looked => "looked",
            Act::Exported => "exported",
            Act::Arrived => "arrived",
            Act::Late => "late",
            Act::NoShow => "no_show",
            Act::Unmarked => "unmarked",
            Act::Cancelled => "cancelled",
            Act::Noted => "noted",
            Act::Booked => "booked",
            Act::Blocked => "blocked",
            Act::Unblocked => "unblocked",
            Act::Closed => "closed",
            Act::Opened => "opened",
            Act::Invited => "invited",
            Act::Joined => "joined",
            Act::Removed => "removed",
            Act::RoleChanged => "role_changed",
        }
    }

    /// Reads what [`Act::name`] wrote.
    pub fn parse(text: &str) -> Option<Act> {
        Act::ALL.into_iter().find(|act| act.name() == text)
    }
}
