//! A draft that goes on in another conversation.

use chrono::{DateTime, Utc};
use sqlx::Row;

use super::sealed::Spot;
use super::{At, Connection, Db, Scope};
use crate::store::{ConversationId, Result};

fn hashed(scope: &Scope<'_>, code: &str) -> Vec<u8> {
    scope.keys.hash("handover", code).to_vec()
}

/// Keeps a code; an earlier one of the conversation is void.
pub(super) async fn put_handover(
    db: &mut Connection,
    scope: &Scope<'_>,
    code: &str,
    until: DateTime<Utc>,
) -> Result<()> {
    let sql = "DELETE FROM handover WHERE conversation = $1";
    sqlx::query::<Db>(sql).bind(scope.conversation.0).execute(&mut *db).await?;
    let sql = "INSERT INTO handover (hash, conversation, until) VALUES ($1, $2, $3)";
    sqlx::query::<Db>(sql)
        .bind(hashed(scope, code))
        .bind(scope.conversation.0)
        .bind(At(until))
        .execute(db)
        .await?;
    Ok(())
}

/// The conversation of a code, and its state.
async fn found(
    db: &mut Connection,
    scope: &Scope<'_>,
    code: &str,
) -> Result<Option<(ConversationId, Option<String>)>> {
    let sql = "SELECT c.id, c.state FROM handover AS h JOIN conversation AS c ON c.id = h.conversation
        WHERE h.hash = $1 AND h.until > $2 AND c.id <> $3";
    let row = sqlx::query::<Db>(sql)
        .bind(hashed(scope, code))
        .bind(At(scope.now))
        .bind(scope.conversation.0)
        .fetch_optional(db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let conversation = ConversationId(row.try_get("id")?);
    let sealed: Option<&[u8]> = row.try_get("state")?;
    Ok(Some((
        conversation,
        sealed.and_then(|sealed| Spot::State(conversation).open(scope.keys, sealed).ok()),
    )))
}

/// The state of the conversation that a code is from.
pub(super) async fn find_handover(
    db: &mut Connection,
    scope: &Scope<'_>,
    code: &str,
) -> Result<Option<String>> {
    Ok(found(db, scope, code).await?.and_then(|(_, state)| state))
}

/// Takes over what it holds, and leaves it with another state.
pub(super) async fn take_over(db: &mut Connection, scope: &Scope<'_>, code: &str, left: &str) -> Result<()> {
    let Some((other, _)) = found(&mut *db, scope, code).await? else { return Ok(()) };
    let sql = "UPDATE place SET conversation = $2 WHERE conversation = $1 AND state = 'held' AND NOT offer";
    sqlx::query::<Db>(sql).bind(other.0).bind(scope.conversation.0).execute(&mut *db).await?;
    let sql = "UPDATE conversation SET state = $2 WHERE id = $1";
    let sealed = Spot::State(other).seal(scope.keys, left);
    sqlx::query::<Db>(sql).bind(other.0).bind(sealed).execute(&mut *db).await?;
    sqlx::query::<Db>("DELETE FROM handover WHERE conversation = $1").bind(other.0).execute(db).await?;
    Ok(())
}
