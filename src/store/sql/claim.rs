//! Claims: at most one live hold or booking for an identity and a service, over all channels.

use chrono::{DateTime, Utc};

use super::sealed::Hash;
use super::{At, Connection, Db, Id, LOCKS_ROWS};
use crate::office::ServiceCode;
use crate::store::Result;

/// Claims the service for an identity until an instant, in the name of a place. It is refused while another place
/// holds the claim, unless that is `own`, which is being replaced.
pub(super) async fn win(
    db: &mut Connection,
    (identity, service): (&Hash, &ServiceCode),
    place: Id,
    own: Option<Id>,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let sql = "INSERT INTO claim (identity, service, place, until) VALUES ($1, $2, $3, $4)
        ON CONFLICT (identity, service) DO UPDATE SET place = $3, until = $4
        WHERE claim.until <= $5 OR claim.place = $3 OR claim.place = $6";
    let won = sqlx::query::<Db>(sql)
        .bind(identity.as_slice())
        .bind(service.as_str())
        .bind(place)
        .bind(At(until))
        .bind(At(now))
        .bind(own)
        .execute(db)
        .await?;
    Ok(won.rows_affected() == 1)
}

/// Locks a claim that will be freed, where rows are locked one by one: before any with a later key.
pub(super) async fn lock(db: &mut Connection, (identity, service): (&Hash, &ServiceCode)) -> Result<()> {
    if !LOCKS_ROWS {
        return Ok(());
    }
    let sql = "SELECT until FROM claim WHERE identity = $1 AND service = $2 FOR UPDATE";
    sqlx::query::<Db>(sql).bind(identity.as_slice()).bind(service.as_str()).execute(db).await?;
    Ok(())
}

/// Frees the claim, if that place holds it.
pub(super) async fn free(
    db: &mut Connection,
    (identity, service): (&Hash, &ServiceCode),
    place: Id,
) -> Result<()> {
    let sql = "DELETE FROM claim WHERE identity = $1 AND service = $2 AND place = $3";
    sqlx::query::<Db>(sql).bind(identity.as_slice()).bind(service.as_str()).bind(place).execute(db).await?;
    Ok(())
}
