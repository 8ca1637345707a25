//! What staff are told, as data: the words are in `dialogues/*/staff.ftl`.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::chart::{Fullness, Turnout, Week};
use super::sellout::SupplyDay;
use super::sheet::Format;
use super::{Order, Role};
use crate::booking::{Attendance, DayEntry, IdentityKind, PersonName, Phone, Reference};
use crate::dialogue::Language;
use crate::office::{BranchCode, Closed, Office, ServiceCode, Span};
use crate::store::{self, Record};

/// Something told to a member of staff.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// They are a member now.
    Joined {
        /// Their name.
        name: String,
        /// What they are.
        role: Role,
    },
    /// What there is for them.
    Menu {
        /// What they are.
        role: Role,
        /// The branches within their reach; none for all.
        branches: Option<Vec<BranchCode>>,
    },
    /// The text is neither a command nor one of the choices.
    Unclear,
    /// At which branch?
    WhichBranch(Order),
    /// The order has words that were not understood: how it is used.
    Usage(Order),
    /// That is not within their reach or role.
    NotAllowed,
    /// There is no such appointment within their reach.
    NoSuchBooking,
    /// The act does not fit the appointment any more: it is cancelled or over.
    NotAnyMore,
    /// The list of a day, one page of it.
    Day(Day),
    /// People found.
    Found {
        /// As typed.
        text: String,
        /// Who, at most a page of them.
        entries: Vec<DayEntry>,
        /// Whether there are more.
        more: bool,
        /// The days looked through, where not by reference or queue number.
        within: Option<(NaiveDate, NaiveDate)>,
    },
    /// Whom to look for?
    FindWhom,
    /// An appointment.
    Card(Card),
    /// Everything known of an appointment.
    Whole(Box<Record>),
    /// Why is it cancelled?
    WhyCancel(Reference),
    /// What is to be noted?
    WhatNote(Reference),
    /// Until when and why is the identity blocked?
    WhyBlock(Reference),
    /// A reason is needed, in a few words.
    ReasonNeeded,
    /// The end of a block must lie ahead, within two years.
    BlockEndNeeded,
    /// It was done.
    Done {
        /// What.
        done: Done,
        /// The appointment as it stands now.
        card: Card,
    },
    /// What was asked is left.
    Dropped,
    /// The list comes by itself at this time, or no more.
    Subscribed(Option<NaiveTime>),
    /// Booking for a person at the counter begins.
    Counter,
    /// Why is it closed?
    WhyClose(Closure),
    /// What a closing would touch, before it is ordered.
    ClosePreview {
        /// What would be closed.
        closure: Closure,
        /// Places that would not be offered any more, taken or not.
        places: u32,
        /// Appointments that would be cancelled.
        bookings: u32,
        /// In which channels they were made.
        by_channel: Vec<(String, u32)>,
        /// People who cannot be told.
        unreachable: u32,
        /// Whether an earlier preview does not hold any more.
        changed: bool,
    },
    /// A day that is over cannot be closed, and no day beyond the next two years.
    CloseWhen,
    /// How far a closing has come.
    Closing(Closing),
    /// Those a closing could not reach, to be called. Goes into the audit trail.
    Unreached(Vec<Call>),
    /// So many closings are taken back for these days.
    Reopened {
        /// The branch.
        branch: BranchCode,
        /// The first day.
        from: NaiveDate,
        /// The last.
        to: NaiveDate,
        /// How many closings that concerns; none is possible.
        closings: u32,
    },
    /// How full and how many came.
    Stats(Stats),
    /// What runs out.
    SellOut(SellOut),
}

/// The list of a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Day {
    /// The branch.
    pub branch: BranchCode,
    /// The day.
    pub date: NaiveDate,
    /// When it was looked at.
    pub at: DateTime<Utc>,
    /// Why it is closed, if so.
    pub closed: Option<Closed>,
    /// Appointments that stand, by slot and service, in order.
    pub counts: Vec<(NaiveTime, ServiceCode, u32)>,
    /// Of all: expected, arrived, late, no-show, cancelled.
    pub totals: Totals,
    /// The entries of this page.
    pub entries: Vec<DayEntry>,
    /// This page, from 0.
    pub page: u32,
    /// How many there are.
    pub pages: u32,
}

/// How many there are of each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Booked and not yet noted.
    pub expected: u32,
    /// Came in time.
    pub arrived: u32,
    /// Came late.
    pub late: u32,
    /// Did not come.
    pub no_show: u32,
    /// Cancelled.
    pub cancelled: u32,
}

/// An appointment at the counter: of its person, what is needed to see that it is they.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// The appointment.
    pub entry: DayEntry,
    /// The kind of document.
    pub identity_kind: IdentityKind,
    /// Its number, masked.
    pub identity: String,
    /// When attendance was noted.
    pub attended_at: Option<DateTime<Utc>>,
    /// How many notes colleagues have left.
    pub notes: u32,
    /// Until when the identity is blocked.
    pub blocked_until: Option<DateTime<Utc>>,
    /// Whether it is an appointment of this day.
    pub today: bool,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Done {
    /// Attendance was noted, or the mark taken back.
    Marked(Option<Attendance>),
    /// It was cancelled, and the person is told.
    Cancelled,
    /// The note was left.
    Noted,
    /// The identity is blocked until then, and the person is told.
    Blocked(DateTime<Utc>),
    /// The block is ended.
    Unblocked,
}

/// What is to be closed; its reason is empty until it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// The branch.
    pub branch: BranchCode,
    /// The first day.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
    /// The hours, if not the whole day.
    pub hours: Option<Span>,
    /// Why.
    pub reason: String,
}

/// How far a closing has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// What is closed.
    pub closure: Closure,
    /// How far it is.
    pub state: store::ClosingState,
    /// Appointments it has to do with.
    pub bookings: u32,
    /// People told.
    pub told: u32,
    /// Of them offered another place.
    pub offered: u32,
    /// Who have taken it.
    pub accepted: u32,
    /// Who do not want it.
    pub declined: u32,
    /// Who cannot be reached.
    pub unreached: u32,
}

/// Somebody to be called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Their appointment.
    pub reference: Reference,
    /// Their name.
    pub name: PersonName,
    /// Their telephone.
    pub phone: Phone,
}

/// How full the next days are, and how many came in the last weeks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stats {
    /// The branch.
    pub branch: BranchCode,
    /// The first of the days.
    pub first: NaiveDate,
    /// The last of them.
    pub last: NaiveDate,
    /// Places taken by day and time, over all services; what is not named is free.
    pub taken: Vec<(NaiveDate, NaiveTime, u32)>,
    /// The weeks, by their Monday.
    pub weeks: Vec<(NaiveDate, store::Turnout)>,
}

impl Stats {
    /// How full the days are, by the catalogue in force; none if the branch has been taken out of it.
    pub fn fullness(&self, office: &Office, language: Language) -> Option<Fullness> {
        let mut taken: BTreeMap<_, u32> = BTreeMap::new();
        for (date, time, n) in &self.taken {
            *taken.entry((*date, *time)).or_default() += n;
        }
        let days = self.first.iter_days().take_while(|date| *date <= self.last);
        Fullness::new(office, language, &self.branch, days, &taken)
    }

    /// How many came.
    pub fn turnout(&self, office: &Office, language: Language) -> Turnout {
        let week = |(monday, week): &(NaiveDate, store::Turnout)| Week {
            monday: *monday,
            arrived: week.arrived,
            late: week.late,
            no_show: week.no_show,
            cancelled: week.cancelled,
            booked: week.unmarked,
        };
        let branch = office.branch(&self.branch).map_or_else(|| self.branch.to_string(), |b| b.short.clone());
        Turnout { language, branch, weeks: self.weeks.iter().map(week).collect() }
    }
}

/// What runs out, and when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SellOut {
    /// What has days without a place, or hardly any places left.
    pub scarce: Vec<Scarce>,
    /// How many services at branches have places enough.
    pub others: usize,
}

/// A service of a branch that runs out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scarce {
    /// The branch.
    pub branch: BranchCode,
    /// The service.
    pub service: ServiceCode,
    /// Its days with slots, in order.
    pub days: Vec<SupplyDay>,
}

/// A file for staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// The list of a day.
    List {
        /// In this form.
        format: Format,
        /// The branch.
        branch: BranchCode,
        /// The day.
        date: NaiveDate,
        /// When it was made.
        at: DateTime<Utc>,
        /// All of it.
        entries: Vec<DayEntry>,
    },
    /// The pictures to [`Stats`].
    Charts(Stats),
}
