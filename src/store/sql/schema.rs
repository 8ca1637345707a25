//! Whether program and database fit together.

use super::{Connection, Db};
use crate::store::{Result, StoreError};

/// Whether a program that knows the schema up to `known` may work with a newer one.
pub(in super::super) async fn check_floor(db: &mut Connection, known: i64, found: i64) -> Result<()> {
    let oldest: i64 = sqlx::query_scalar::<Db, _>("SELECT oldest FROM schema_floor").fetch_one(db).await?;
    if known >= oldest { Ok(()) } else { Err(StoreError::TooNew { found, known }) }
}

/// How many slots count other than their places.
pub(in super::super) async fn uneven(db: &mut Connection) -> Result<i64> {
    let sql = "SELECT count(*) FROM slot WHERE taken <> (SELECT count(*) FROM place WHERE takes
        AND place.branch = slot.branch AND place.service = slot.service AND place.date = slot.date
        AND place.time = slot.time)";
    Ok(sqlx::query_scalar::<Db, _>(sql).fetch_one(db).await?)
}
