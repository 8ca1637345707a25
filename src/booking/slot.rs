use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use crate::office::{BranchCode, MALAYSIA, ServiceCode};

/// Names one slot: a band of time at a branch, for a service.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SlotKey {
    /// The branch.
    pub branch: BranchCode,
    /// The service.
    pub service: ServiceCode,
    /// The day, in the branch's local time.
    pub date: NaiveDate,
    /// The start, in the branch's local time.
    pub time: NaiveTime,
}

impl SlotKey {
    /// The instant at which the slot begins.
    pub fn starts_at(&self) -> DateTime<Utc> {
        let local = self.date.and_time(self.time);
        // Only in the first eight hours that chrono can count is there no such instant.
        local.checked_sub_offset(MALAYSIA).unwrap_or(local).and_utc()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_begins_by_malaysian_time() {
        let slot = SlotKey {
            branch: BranchCode::parse("JHR-HQ").unwrap(),
            service: ServiceCode::parse("BKE").unwrap(),
            date: NaiveDate::from_ymd_opt(2027, 1, 5).unwrap(),
            time: NaiveTime::from_hms_opt(7, 30, 0).unwrap(),
        };
        assert_eq!(slot.starts_at().to_rfc3339(), "2027-01-04T23:30:00+00:00");
        let first = SlotKey { date: NaiveDate::MIN, ..slot };
        assert_eq!(first.starts_at(), first.date.and_time(first.time).and_utc());
    }
}
