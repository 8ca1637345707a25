//! What is free, for showing. Granting goes by the same count (`slot`).

use std::collections::HashMap;

use chrono::{Days, NaiveDate, NaiveTime};

use super::{Connection, Scope, slot};
use crate::booking::{FreeDay, FreeSlot, Rules, SlotKey};
use crate::office::{BranchCode, ServiceCode, SlotTime};
use crate::store::Result;

/// So many alternatives of each kind are offered.
const NEAREST: usize = 3;

/// Other days are looked for no further away than this.
const NEAR_DAYS: u64 = 28;

type Taken = HashMap<(NaiveDate, NaiveTime), i64>;

/// The days from `from` to `to` that have slots to come.
pub(super) async fn free_days(
    db: &mut Connection,
    scope: &Scope<'_>,
    (branch, service): (&BranchCode, &ServiceCode),
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<FreeDay>> {
    let taken = slot::taken(db, branch, service, (from, to), scope.now).await?;
    let day = |date| {
        let slots = slots(scope, branch, service, date, &taken);
        (!slots.is_empty()).then(|| FreeDay { date, free: slots.iter().map(|slot| slot.free).sum() })
    };
    Ok(from.iter_days().take_while(|date| *date <= to).filter_map(day).collect())
}

/// The slots of a day that are to come.
pub(super) async fn free_slots(
    db: &mut Connection,
    scope: &Scope<'_>,
    (branch, service): (&BranchCode, &ServiceCode),
    date: NaiveDate,
) -> Result<Vec<FreeSlot>> {
    let taken = slot::taken(db, branch, service, (date, date), scope.now).await?;
    Ok(slots(scope, branch, service, date, &taken))
}

/// The free slots nearest to one that is full.
pub(super) async fn nearest(
    db: &mut Connection,
    scope: &Scope<'_>,
    full: &SlotKey,
    rules: &Rules,
) -> Result<Vec<SlotKey>> {
    let (first, last) = rules.window(scope.today());
    let days = |days| Days::new(days);
    let from = full.date.checked_sub_days(days(NEAR_DAYS)).unwrap_or(first).max(first);
    let to = full.date.checked_add_days(days(NEAR_DAYS)).unwrap_or(last).min(last);
    let taken = slot::taken(db, &full.branch, &full.service, (from, to), scope.now).await?;

    let mut found = Vec::new();
    if (first..=last).contains(&full.date) {
        let mut times = free_times(scope, &full.branch, full, full.date, &taken);
        times.retain(|time| *time != full.time);
        found.extend(times.into_iter().take(NEAREST).map(|time| SlotKey { time, ..full.clone() }));
    }

    let mut dates: Vec<NaiveDate> = from.iter_days().take_while(|date| *date <= to).collect();
    dates.retain(|date| *date != full.date);
    // Of two days equally far, the later: the earlier one may be too soon to prepare for.
    dates.sort_by_key(|date| ((*date - full.date).num_days().abs(), *date < full.date));
    let same_time = dates
        .into_iter()
        .filter(|date| free_times(scope, &full.branch, full, *date, &taken).first() == Some(&full.time));
    found.extend(same_time.take(NEAREST).map(|date| SlotKey { date, ..full.clone() }));

    if (first..=last).contains(&full.date) {
        found.extend(elsewhere(db, scope, full).await?);
    }
    Ok(found)
}

/// Candidates are looked for until there are so many.
const CANDIDATES: usize = 8;

/// Free slots for somebody who cannot be received in one: at the same branch from its day on, the nearest day first, and on
/// a day the nearest time; when it has none left, at the other branches of the state.
pub(super) async fn after(
    db: &mut Connection,
    scope: &Scope<'_>,
    old: &SlotKey,
    rules: &Rules,
) -> Result<Vec<SlotKey>> {
    let (first, last) = rules.window(scope.today());
    let days = (old.date.max(first), last);
    let here = from_day(db, scope, &old.branch, old, days).await?;
    let Some(branch) = scope.office.branch(&old.branch).filter(|_| here.is_empty()) else { return Ok(here) };
    let mut found = Vec::new();
    for other in scope.office.branches_in(&branch.state).filter(|other| other.code != branch.code) {
        if other.offer(&old.service).is_some() {
            found.extend(from_day(db, scope, &other.code, old, days).await?);
        }
    }
    found.sort_by_key(|slot| slot.date);
    found.truncate(CANDIDATES);
    Ok(found)
}

/// The free slots of a branch over some days, of each day those nearest to the slot wanted first.
async fn from_day(
    db: &mut Connection,
    scope: &Scope<'_>,
    branch: &BranchCode,
    wanted: &SlotKey,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<SlotKey>> {
    let taken = slot::taken(db, branch, &wanted.service, (from, to), scope.now).await?;
    let mut found = Vec::new();
    for date in from.iter_days().take_while(|date| *date <= to) {
        let times = free_times(scope, branch, wanted, date, &taken).into_iter();
        found.extend(times.map(|time| SlotKey { branch: branch.clone(), date, time, ..wanted.clone() }));
        if found.len() >= CANDIDATES {
            break;
        }
    }
    Ok(found)
}

/// The same day at other branches of the state that offer the service, a slot each.
async fn elsewhere(db: &mut Connection, scope: &Scope<'_>, full: &SlotKey) -> Result<Vec<SlotKey>> {
    let mut found = Vec::new();
    let Some(here) = scope.office.branch(&full.branch) else { return Ok(found) };
    for other in scope.office.branches_in(&here.state).filter(|other| other.code != here.code) {
        if scope.office.slots(&other.code, &full.service, full.date).is_empty() {
            continue;
        }
        let day = (full.date, full.date);
        let taken = slot::taken(db, &other.code, &full.service, day, scope.now).await?;
        if let Some(time) = free_times(scope, &other.code, full, full.date, &taken).first() {
            found.push(SlotKey { branch: other.code.clone(), time: *time, ..full.clone() });
        }
        if found.len() == NEAREST {
            break;
        }
    }
    Ok(found)
}

/// The free times of a day, those nearest to the slot wanted first.
fn free_times(
    scope: &Scope<'_>,
    branch: &BranchCode,
    wanted: &SlotKey,
    date: NaiveDate,
    taken: &Taken,
) -> Vec<NaiveTime> {
    let free = slots(scope, branch, &wanted.service, date, taken).into_iter().filter(|slot| slot.free > 0);
    let mut times: Vec<NaiveTime> = free.map(|slot| slot.time).collect();
    times.sort_by_key(|time| (*time - wanted.time).num_seconds().abs());
    times
}

/// The slots of a day that are to come, with what is free in them.
fn slots(
    scope: &Scope<'_>,
    branch: &BranchCode,
    service: &ServiceCode,
    date: NaiveDate,
    taken: &Taken,
) -> Vec<FreeSlot> {
    let to_come = |offered: &SlotTime| {
        let (branch, service) = (branch.clone(), service.clone());
        SlotKey { branch, service, date, time: offered.time }.starts_at() > scope.now
    };
    let free = |offered: SlotTime| {
        let taken = taken.get(&(date, offered.time)).copied().unwrap_or(0);
        // More may be taken than there are places, when the capacity was lowered afterwards.
        let free = u32::try_from(i64::from(offered.capacity) - taken).unwrap_or(0);
        FreeSlot { time: offered.time, minutes: offered.minutes, free }
    };
    scope.office.slots(branch, service, date).into_iter().filter(to_come).map(free).collect()
}
