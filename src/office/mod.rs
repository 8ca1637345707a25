//! The office catalogue: branches, services, opening hours, holidays and closures, and from them which slots exist.
//!
//! Pure: a catalogue is one value, read from files that an operator edits ([`read_dir`]) or built in ([`builtin`]),
//! and kept in the database as one JSON document a version. All times are the branch's local time; all of Malaysia
//! keeps [`MALAYSIA`] time the whole year.
//!
//! # Layout
//!
//! `code` the codes; `hours` spans and weeks; `position` where a branch stands; `catalogue` what stands in it; `calendar` verdicts and slots;
//! `files` reading, checking and writing the operator's files; `difference` what changed between two catalogues.

mod calendar;
mod catalogue;
mod code;
mod difference;
mod files;
mod hours;
mod position;

use std::collections::BTreeMap;

use chrono::{FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

pub use calendar::{Closed, SlotTime, Verdict};
pub use catalogue::{
    Branch, Change, Closure, Exception, Holiday, Offer, Period, Reason, Sample, Service, State,
};
pub use code::{BranchCode, CodeError, Place, ServiceCode, StateCode};
pub use difference::difference;
pub use files::{Mistake, builtin, builtin_files, read_dir, read_files, suggest, write_dir};
pub use hours::{HoursError, Span, Week, parse_hours};
pub use position::Position;

/// Malaysian time, UTC+8, in every state and all year.
pub const MALAYSIA: FixedOffset = match FixedOffset::east_opt(8 * 60 * 60) {
    Some(offset) => offset,
    None => panic!("eight hours is less than a day"),
};

/// The whole catalogue. Always consistent: it only comes from files that were checked, or from one that was.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Office {
    states: BTreeMap<StateCode, State>,
    services: Vec<Service>,
    branches: BTreeMap<BranchCode, Branch>,
    periods: Vec<Period>,
    exceptions: BTreeMap<NaiveDate, Vec<Exception>>,
    closures: Vec<Closure>,
    holidays: BTreeMap<NaiveDate, Vec<Holiday>>,
}

impl Office {
    /// The branches, by code.
    pub fn branches(&self) -> impl Iterator<Item = &Branch> {
        self.branches.values()
    }

    /// A branch.
    pub fn branch(&self, code: &BranchCode) -> Option<&Branch> {
        self.branches.get(code)
    }

    /// The branches of a state, by code.
    pub fn branches_in(&self, state: &StateCode) -> impl Iterator<Item = &Branch> {
        self.branches().filter(move |branch| branch.state == *state)
    }

    /// The services, in the order of the file.
    pub fn services(&self) -> impl Iterator<Item = &Service> {
        self.services.iter()
    }

    /// A service.
    pub fn service(&self, code: &ServiceCode) -> Option<&Service> {
        self.services.iter().find(|service| service.code == *code)
    }

    /// The states, in ISO order.
    pub fn states(&self) -> impl Iterator<Item = &State> {
        self.states.values()
    }

    /// A state.
    pub fn state(&self, code: &StateCode) -> Option<&State> {
        self.states.get(code)
    }

    /// Periods of other weekly hours, in the order of the file.
    pub fn periods(&self) -> impl Iterator<Item = &Period> {
        self.periods.iter()
    }

    /// Dated exceptions, by date.
    pub fn exceptions(&self) -> impl Iterator<Item = &Exception> {
        self.exceptions.values().flatten()
    }

    /// Closures, in the order of the file.
    pub fn closures(&self) -> impl Iterator<Item = &Closure> {
        self.closures.iter()
    }

    /// The same with one more closure, unless it stands there.
    #[must_use]
    pub fn with_closure(&self, closure: Closure) -> Office {
        let mut office = self.clone();
        if !office.closures.contains(&closure) {
            office.closures.push(closure);
        }
        office
    }

    /// The same, in which a closure does not hold from `from` to `to`. What earlier such calls have left of it counts as
    /// it.
    #[must_use]
    pub fn without_closure(&self, closure: &Closure, (from, to): (NaiveDate, NaiveDate)) -> Office {
        let is_it = |other: &Closure| {
            let within = closure.from <= other.from && other.to <= closure.to;
            within
                && Closure { from: closure.from, to: closure.to, ..other.clone() } == *closure
                && other.from <= to
                && from <= other.to
        };
        let left = |other: &Closure| {
            if !is_it(other) {
                return vec![other.clone()];
            }
            let before = from.pred_opt().map(|to| Closure { to, ..other.clone() });
            let after = to.succ_opt().map(|from| Closure { from, ..other.clone() });
            before.into_iter().chain(after).filter(|piece| piece.from <= piece.to).collect()
        };
        Office { closures: self.closures.iter().flat_map(left).collect(), ..self.clone() }
    }

    /// Public holidays, by date.
    pub fn holidays(&self) -> impl Iterator<Item = &Holiday> {
        self.holidays.values().flatten()
    }

    /// Whether the year's public holidays are in the catalogue: at least one of them is the whole nation's.
    ///
    /// Where they are not, an open day may turn out to be a holiday, and the caller should say so.
    pub fn holidays_known(&self, year: i32) -> bool {
        let (first, last) = (NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31));
        let (Some(first), Some(last)) = (first, last) else { return false };
        self.holidays
            .range(first..=last)
            .any(|(_, day)| day.iter().any(|h| h.places.contains(&Place::Nation)))
    }
}
