//! How the database finds what staff and applicants look at most, for benchmarks.

use chrono::{DateTime, Days, NaiveDate, Utc};
use sqlx::{AssertSqlSafe, Row};

use super::desk::DAY_LIST;
use super::slot::TAKEN;
use super::{At, Connection, Db, EXPLAIN, PLAN_COLUMN};
use crate::booking::SlotKey;
use crate::store::Result;

/// The plans for the day list of a slot's branch and day, and for ninety days of its branch and service.
pub(in super::super) async fn plans(db: &mut Connection, of: &SlotKey, now: DateTime<Utc>) -> Result<String> {
    let list = sqlx::query::<Db>(AssertSqlSafe(format!("{EXPLAIN} {DAY_LIST}")))
        .bind(of.branch.as_str())
        .bind(of.date)
        .fetch_all(&mut *db)
        .await?;
    let last: NaiveDate = of.date.checked_add_days(Days::new(90)).unwrap_or(of.date);
    let days = sqlx::query::<Db>(AssertSqlSafe(format!("{EXPLAIN} {TAKEN}")))
        .bind(of.branch.as_str())
        .bind(of.service.as_str())
        .bind(of.date)
        .bind(last)
        .bind(At(now))
        .fetch_all(db)
        .await?;
    let mut text = String::new();
    for (what, rows) in [("the day list of a branch", list), ("ninety days of a branch and service", days)] {
        text.push_str(&format!("# {what}\n"));
        for row in rows {
            text.push_str(&format!("{}\n", row.try_get::<String, _>(PLAN_COLUMN)?));
        }
    }
    Ok(text)
}
