//! Work that one process at a time may do.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{At, Connection, Db, Id};
use crate::store::Result;

/// Takes or prolongs a lease; whether the holder has it now.
pub(super) async fn lease(
    db: &mut Connection,
    name: &str,
    holder: Uuid,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let sql = "INSERT INTO lease (name, holder, until) VALUES ($1, $2, $3)
        ON CONFLICT (name) DO UPDATE SET holder = $2, until = $3
        WHERE lease.holder = $2 OR lease.until <= $4";
    let had =
        sqlx::query::<Db>(sql).bind(name).bind(Id(holder)).bind(At(until)).bind(At(now)).execute(db).await?;
    Ok(had.rows_affected() == 1)
}

/// Ends a lease, if the holder has it.
pub(super) async fn end_lease(db: &mut Connection, name: &str, holder: Uuid) -> Result<()> {
    let sql = "DELETE FROM lease WHERE name = $1 AND holder = $2";
    sqlx::query::<Db>(sql).bind(name).bind(Id(holder)).execute(db).await?;
    Ok(())
}
