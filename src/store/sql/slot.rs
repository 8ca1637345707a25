//! The counters: how many places of a slot are taken.
//!
//! A place counts from the moment it is held until it is given back, or taken back by [`reclaim`] once its time has
//! run out. Taken *now* is the counter less the places whose time has run out but that were not yet taken back:
//! [`taken`] shows just that, and [`take`] grants by it, since it takes them back before it says "full".

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use sqlx::Row;

use super::{At, Connection, Db, LOCKS_ROWS};
use crate::booking::SlotKey;
use crate::office::{BranchCode, ServiceCode};
use crate::store::{Result, StoreError};

/// Takes one place, if fewer than `capacity` are taken now.
pub(super) async fn take(
    db: &mut Connection,
    slot: &SlotKey,
    capacity: u32,
    now: DateTime<Utc>,
) -> Result<bool> {
    if capacity == 0 {
        return Ok(false);
    }
    Ok(count_one(db, slot, capacity).await?
        || (reclaim(db, slot, now).await? > 0 && count_one(db, slot, capacity).await?))
}

/// Locks a slot that will be given a place back, where rows are locked one by one: before any with a later key.
pub(super) async fn lock(db: &mut Connection, slot: &SlotKey) -> Result<()> {
    if !LOCKS_ROWS {
        return Ok(());
    }
    let sql =
        "SELECT taken FROM slot WHERE branch = $1 AND service = $2 AND date = $3 AND time = $4 FOR UPDATE";
    sqlx::query::<Db>(sql)
        .bind(slot.branch.as_str())
        .bind(slot.service.as_str())
        .bind(slot.date)
        .bind(slot.time)
        .execute(db)
        .await?;
    Ok(())
}

/// The order in which slots are locked.
pub(in super::super) fn order(slot: &SlotKey) -> (&str, &str, NaiveDate, NaiveTime) {
    (slot.branch.as_str(), slot.service.as_str(), slot.date, slot.time)
}

/// The guard: no place is ever counted but by this statement.
async fn count_one(db: &mut Connection, slot: &SlotKey, capacity: u32) -> Result<bool> {
    let sql = "INSERT INTO slot (branch, service, date, time, taken) VALUES ($1, $2, $3, $4, 1)
        ON CONFLICT (branch, service, date, time) DO UPDATE SET taken = slot.taken + 1 WHERE slot.taken < $5";
    let counted = sqlx::query::<Db>(sql)
        .bind(slot.branch.as_str())
        .bind(slot.service.as_str())
        .bind(slot.date)
        .bind(slot.time)
        .bind(i64::from(capacity))
        .execute(db)
        .await?;
    Ok(counted.rows_affected() == 1)
}

/// Takes back the places of a slot, which is locked, whose time has run out; says how many.
pub(super) async fn reclaim(db: &mut Connection, slot: &SlotKey, now: DateTime<Utc>) -> Result<u64> {
    let sql = "UPDATE place SET takes = FALSE
        WHERE branch = $1 AND service = $2 AND date = $3 AND time = $4 AND takes AND until <= $5";
    let gone = sqlx::query::<Db>(sql)
        .bind(slot.branch.as_str())
        .bind(slot.service.as_str())
        .bind(slot.date)
        .bind(slot.time)
        .bind(At(now))
        .execute(&mut *db)
        .await?
        .rows_affected();
    if gone > 0 {
        give_back(db, slot, gone).await?;
    }
    Ok(gone)
}

/// Uncounts places that take none any more.
pub(in super::super) async fn give_back(db: &mut Connection, slot: &SlotKey, places: u64) -> Result<()> {
    let sql = "UPDATE slot SET taken = taken - $5
        WHERE branch = $1 AND service = $2 AND date = $3 AND time = $4";
    sqlx::query::<Db>(sql)
        .bind(slot.branch.as_str())
        .bind(slot.service.as_str())
        .bind(slot.date)
        .bind(slot.time)
        .bind(i64::try_from(places).unwrap_or(i64::MAX))
        .execute(db)
        .await?;
    Ok(())
}

/// Counts the places taken at `$5` in the slots of branch `$1` and service `$2` from `$3` to `$4`: a row a day, since rows cost
/// more than what is in them.
pub(super) const TAKEN: &str = "WITH expired AS MATERIALIZED (
        SELECT date, time, count(*) AS places FROM place
        WHERE branch = $1 AND service = $2 AND date BETWEEN $3 AND $4 AND takes AND until <= $5
        GROUP BY date, time
    )
    SELECT slot.date,
        string_agg(CAST(slot.time AS TEXT) || ' ' || (slot.taken - coalesce(expired.places, 0)), ',') AS taken
    FROM slot LEFT JOIN expired ON expired.date = slot.date AND expired.time = slot.time
    WHERE slot.branch = $1 AND slot.service = $2 AND slot.date BETWEEN $3 AND $4
    GROUP BY slot.date";

/// The places taken now, by day and time, of the slots from `from` to `to` of which any were ever taken.
pub(super) async fn taken(
    db: &mut Connection,
    branch: &BranchCode,
    service: &ServiceCode,
    (from, to): (NaiveDate, NaiveDate),
    now: DateTime<Utc>,
) -> Result<HashMap<(NaiveDate, NaiveTime), i64>> {
    let rows = sqlx::query::<Db>(TAKEN)
        .bind(branch.as_str())
        .bind(service.as_str())
        .bind(from)
        .bind(to)
        .bind(At(now))
        .fetch_all(db)
        .await?;
    let mut taken = HashMap::new();
    for row in &rows {
        let date = row.try_get("date")?;
        for slot in row.try_get::<&str, _>("taken")?.split(',') {
            let read = slot
                .split_once(' ')
                .and_then(|(time, places)| Some(((date, time.parse().ok()?), places.parse().ok()?)));
            let (when, places) = read.ok_or(StoreError::Unreadable { what: "slot" })?;
            taken.insert(when, places);
        }
    }
    Ok(taken)
}
