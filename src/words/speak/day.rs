//! Why a day, a branch or a slot cannot be had.

use chrono::NaiveDate;

use super::voice::Voice;
use crate::office::{BranchCode, Closed, ServiceCode};
use crate::words::args;

/// How many other branches are named at most.
const BRANCHES_NAMED: usize = 6;

impl Voice<'_> {
    pub(super) fn day_closed(
        &self,
        branch: &BranchCode,
        date: NaiveDate,
        why: &Closed,
        next: Option<NaiveDate>,
    ) -> String {
        let (branch, date, why) = (self.branch(branch), self.date(date), self.closed(why));
        let closed = self.text("day-closed", args![branch = branch, date = date, why = why]);
        let then = match next {
            Some(next) => self.text("day-next-open", args![date = self.date(next)]),
            None => self.plain("day-none-open"),
        };
        format!("{closed} {then}")
    }

    pub(super) fn closed(&self, why: &Closed) -> String {
        match why {
            Closed::RestDay => self.plain("closed-rest-day"),
            Closed::Holiday { name, estimated: false } => {
                self.text("closed-holiday", args![name = self.reason(name)])
            }
            Closed::Holiday { name, estimated: true } => {
                self.text("closed-holiday-estimated", args![name = self.reason(name)])
            }
            Closed::Closure { reason } | Closed::Exception { reason } => self.reason(reason).to_owned(),
        }
    }

    /// The branch does not do that; names the branches of its state that do.
    pub(super) fn not_at_branch(&self, branch: &BranchCode, service: &ServiceCode) -> String {
        let (here, what) = (self.branch(branch), self.service(service));
        let no = self.text("place-without-service", args![branch = here, service = what]);
        let state = self.office.branch(branch).map(|branch| &branch.state);
        let others = state.into_iter().flat_map(|state| self.office.branches_in(state));
        let offering: Vec<_> = others
            .filter(|other| other.offer(service).is_some())
            .map(|other| other.short.as_str())
            .take(BRANCHES_NAMED)
            .collect();
        let then = if offering.is_empty() {
            self.plain("place-none-with-service")
        } else {
            self.text("place-with-service", args![branches = offering.join("; ")])
        };
        format!("{no} {then}")
    }
}
