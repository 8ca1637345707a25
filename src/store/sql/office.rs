//! The catalogue's versions.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use super::{At, Connection, Db};
use crate::office::Office;
use crate::store::{OfficeVersion, Result, StoreError};

/// The newest version's number.
pub(super) async fn office_version(db: &mut Connection) -> Result<Option<OfficeVersion>> {
    let newest: Option<i64> =
        sqlx::query_scalar::<Db, _>("SELECT max(version) FROM office").fetch_one(db).await?;
    Ok(newest.map(OfficeVersion))
}

/// One version's catalogue.
pub(super) async fn office_document(db: &mut Connection, version: OfficeVersion) -> Result<Office> {
    let document = sqlx::query_scalar::<Db, Json<Office>>("SELECT document FROM office WHERE version = $1")
        .bind(version.0)
        .fetch_one(db)
        .await;
    match document {
        Ok(Json(office)) => Ok(office),
        Err(sqlx::Error::ColumnDecode { .. }) => Err(StoreError::Unreadable { what: "catalogue" }),
        Err(error) => Err(error.into()),
    }
}

/// Adds a version, unless the newest is the same.
pub(super) async fn import_office(
    db: &mut Connection,
    office: &Office,
    now: DateTime<Utc>,
) -> Result<OfficeVersion> {
    let newest = office_version(db).await?;
    if let Some(version) = newest
        && office_document(db, version).await.is_ok_and(|newest| newest == *office)
    {
        return Ok(version);
    }
    let next = newest.map_or(1, |OfficeVersion(newest)| newest + 1);
    sqlx::query::<Db>("INSERT INTO office (version, document, imported_at) VALUES ($1, $2, $3)")
        .bind(next)
        .bind(Json(office))
        .bind(At(now))
        .execute(db)
        .await?;
    Ok(OfficeVersion(next))
}
