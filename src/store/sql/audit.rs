//! The audit trail. It is only ever added to; the schema refuses anything else.

use chrono::{DateTime, Utc};
use sqlx::Row;
use uuid::Uuid;

use super::row::DbRow;
use super::sealed::Spot;
use super::{At, Connection, Db, Id};
use crate::booking::Reference;
use crate::keys::Keys;
use crate::office::BranchCode;
use crate::store::{Act, Audited, NewAudit, Result, StoreError};

/// Who did it where no member of staff did.
const OPERATOR: &str = "command line";

/// What only the trail's reader sees.
#[derive(serde::Serialize, serde::Deserialize)]
struct Details {
    by: String,
    why: Option<String>,
}

/// Adds a row.
pub(super) async fn audit(
    db: &mut Connection,
    keys: &Keys,
    entry: &NewAudit<'_>,
    now: DateTime<Utc>,
) -> Result<()> {
    let id = Uuid::now_v7();
    let by = entry.by.map_or(OPERATOR, |member| &member.name).to_owned();
    let details = Details { by, why: entry.why.map(str::to_owned) };
    let details = serde_json::to_string(&details).unwrap_or_default();
    let sql = "INSERT INTO audit (id, at, staff, act, branch, reference, details)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    sqlx::query::<Db>(sql)
        .bind(Id(id))
        .bind(At(now))
        .bind(entry.by.map(|member| Id(member.id.0)))
        .bind(entry.act.name())
        .bind(entry.branch.map(BranchCode::as_str))
        .bind(entry.reference.map(Reference::as_str))
        .bind(Spot::Audit(id).seal(keys, &details))
        .execute(db)
        .await?;
    Ok(())
}

/// The rows from one instant up to another, oldest first.
pub(super) async fn audit_trail(
    db: &mut Connection,
    keys: &Keys,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<Audited>> {
    const DAMAGED: StoreError = StoreError::Unreadable { what: "audit trail" };
    let sql = "SELECT id, at, act, branch, reference, details FROM audit WHERE at >= $1 AND at < $2
        ORDER BY at, id";
    let rows = sqlx::query::<Db>(sql).bind(At(from)).bind(At(to)).fetch_all(db).await?;
    let audited = |row: &DbRow| {
        let Id(id) = row.try_get("id")?;
        let details = Spot::Audit(id).open(keys, row.try_get("details")?)?;
        let details: Details = serde_json::from_str(&details).map_err(|_| DAMAGED)?;
        let At(at) = row.try_get("at")?;
        let branch: Option<&str> = row.try_get("branch")?;
        let reference: Option<&str> = row.try_get("reference")?;
        Ok(Audited {
            at,
            by: details.by,
            act: Act::parse(row.try_get("act")?).ok_or(DAMAGED)?,
            branch: branch.map(BranchCode::parse).transpose().map_err(|_| DAMAGED)?,
            reference: reference.map(Reference::parse).transpose().map_err(|_| DAMAGED)?,
            why: details.why,
        })
    };
    rows.iter().map(audited).collect()
}
