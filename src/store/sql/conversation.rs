//! Conversations and the deliveries they have handled.

use chrono::{DateTime, Utc};
use sqlx::Row;

use super::row::DbRow;
use super::sealed::Spot;
use super::{At, Connection, Db, Scope};
use crate::keys::Keys;
use crate::store::{ConversationId, OfficeVersion, Result, StoreError};

/// What a turn begins with.
pub(in super::super) struct Beginning {
    pub(super) conversation: ConversationId,
    pub(super) turn: i64,
    pub(super) state: Option<String>,
    pub(super) office: Option<OfficeVersion>,
}

/// Locks a conversation that exists and notes the delivery; `None` when that was handled before.
pub(super) async fn begin_in(
    db: &mut Connection,
    keys: &Keys,
    conversation: ConversationId,
    delivery: &str,
    now: DateTime<Utc>,
) -> Result<Option<Beginning>> {
    let sql = "UPDATE conversation SET turn = turn + 1 WHERE id = $1
        RETURNING id, turn, state, (SELECT max(version) FROM office) AS office";
    let row = sqlx::query::<Db>(sql).bind(conversation.0).fetch_optional(&mut *db).await?;
    let row = row.ok_or(StoreError::Unreadable { what: "conversation" })?;
    let is_new = note(db, conversation.0, delivery, row.try_get("turn")?, now).await?;
    is_new.then(|| beginning(keys, &row)).transpose()
}

/// What a turn begins with, as the database gives it.
pub(in super::super) fn beginning(keys: &Keys, row: &DbRow) -> Result<Beginning> {
    let conversation = ConversationId(row.try_get("id")?);
    let sealed: Option<&[u8]> = row.try_get("state")?;
    Ok(Beginning {
        conversation,
        turn: row.try_get("turn")?,
        // The dialogue knows what to do with a state that cannot be read; an empty one is such.
        state: sealed.map(|sealed| Spot::State(conversation).open(keys, sealed).unwrap_or_default()),
        office: row.try_get::<Option<i64>, _>("office")?.map(OfficeVersion),
    })
}

/// Notes a delivery; whether it is new.
pub(in super::super) async fn note(
    db: &mut Connection,
    conversation: i64,
    delivery: &str,
    turn: i64,
    now: DateTime<Utc>,
) -> Result<bool> {
    let sql = "INSERT INTO delivery (conversation, key, turn, handled_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (conversation, key) DO NOTHING";
    let noted =
        sqlx::query::<Db>(sql).bind(conversation).bind(delivery).bind(turn).bind(At(now)).execute(db).await?;
    Ok(noted.rows_affected() == 1)
}

/// A state as it is kept.
pub(super) fn sealed_state(scope: &Scope<'_>, state: &str) -> Vec<u8> {
    Spot::State(scope.conversation).seal(scope.keys, state)
}
