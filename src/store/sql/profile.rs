//! What the owner of a proved address gave last.

use super::sealed::{self, Spot};
use super::{At, Connection, Db, Scope};
use crate::booking::{Applicant, Email};
use crate::store::Result;

/// Keeps it, in the place of what was kept before.
pub(super) async fn keep(db: &mut Connection, scope: &Scope<'_>, applicant: &Applicant) -> Result<()> {
    let sql = "INSERT INTO profile (email, applicant, written_at) VALUES ($1, $2, $3)
        ON CONFLICT (email) DO UPDATE SET applicant = $2, written_at = $3";
    let email = sealed::email(scope.keys, &applicant.email);
    let sealed = Spot::Profile(&email).seal_applicant(scope.keys, applicant)?;
    sqlx::query::<Db>(sql).bind(email).bind(sealed).bind(At(scope.now)).execute(db).await?;
    Ok(())
}

/// Reads it.
pub(super) async fn profile(
    db: &mut Connection,
    scope: &Scope<'_>,
    proved: &Email,
) -> Result<Option<Applicant>> {
    let email = sealed::email(scope.keys, proved);
    let kept: Option<Vec<u8>> = sqlx::query_scalar::<Db, _>("SELECT applicant FROM profile WHERE email = $1")
        .bind(email.as_slice())
        .fetch_optional(db)
        .await?;
    kept.map(|sealed| Spot::Profile(&email).open_applicant(scope.keys, &sealed)).transpose()
}
