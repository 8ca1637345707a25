//! A draft that goes on in another conversation.

use chrono::{DateTime, Utc};

use super::sealed::Spot;
use super::{At, Connection, Db, LOCKS_ROWS, Scope};
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

/// The conversation of a code, and its state, which nobody else changes until this turn is over.
async fn found(
    db: &mut Connection,
    scope: &Scope<'_>,
    code: &str,
) -> Result<Option<(ConversationId, Option<String>)>> {
    let sql = "SELECT conversation FROM handover WHERE hash = $1 AND until > $2 AND conversation <> $3";
    let id = sqlx::query_scalar::<Db, i64>(sql)
        .bind(hashed(scope, code))
        .bind(At(scope.now))
        .bind(scope.conversation.0)
        .fetch_optional(&mut *db)
        .await?;
    let Some(id) = id else { return Ok(None) };
    if LOCKS_ROWS {
        let sql = "SELECT id FROM conversation WHERE id = $1 FOR UPDATE";
        sqlx::query::<Db>(sql).bind(id).execute(&mut *db).await?;
    }
    let sql = "SELECT state FROM conversation WHERE id = $1";
    let sealed: Option<Vec<u8>> = sqlx::query_scalar::<Db, _>(sql).bind(id).fetch_one(db).await?;
    let conversation = ConversationId(id);
    let state = sealed.and_then(|sealed| Spot::State(conversation).open(scope.keys, &sealed).ok());
    Ok(Some((conversation, state)))
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
    let sql = "UPDATE conversation SET state = $2, drafted = TRUE WHERE id = $1";
    let sealed = Spot::State(other).seal(scope.keys, left);
    sqlx::query::<Db>(sql).bind(other.0).bind(sealed).execute(&mut *db).await?;
    sqlx::query::<Db>("DELETE FROM handover WHERE conversation = $1").bind(other.0).execute(db).await?;
    Ok(())
}
