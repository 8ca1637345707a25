//! Conversations and the deliveries they have handled.

use chrono::{DateTime, Utc};
use sqlx::Row;

use super::sealed::{self, Spot};
use super::{At, Connection, Db, Scope};
use crate::keys::Keys;
use crate::store::{Contact, ConversationId, OfficeVersion, Result, StoreError};

/// What a turn begins with.
pub(super) struct Beginning {
    pub(super) conversation: ConversationId,
    pub(super) turn: i64,
    pub(super) state: Option<String>,
    pub(super) office: Option<OfficeVersion>,
}

/// Finds or makes the conversation, locks it, and notes the delivery; `None` when that was handled before.
pub(super) async fn begin(
    db: &mut Connection,
    keys: &Keys,
    from: &Contact,
    delivery: &str,
    now: DateTime<Utc>,
) -> Result<Option<Beginning>> {
    let sql = "INSERT INTO conversation (channel, contact, turn, active_at) VALUES ($1, $2, 1, $3)
        ON CONFLICT (contact) DO UPDATE SET turn = conversation.turn + 1, active_at = $3
        RETURNING id, turn, state, (SELECT max(version) FROM office) AS office";
    let row = sqlx::query::<Db>(sql)
        .bind(from.channel.as_str())
        .bind(sealed::contact(keys, from))
        .bind(At(now))
        .fetch_one(&mut *db)
        .await?;
    let conversation = ConversationId(row.try_get("id")?);
    let sql = "INSERT INTO delivery (conversation, key, turn, handled_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (conversation, key) DO NOTHING";
    let turn: i64 = row.try_get("turn")?;
    let noted = sqlx::query::<Db>(sql)
        .bind(conversation.0)
        .bind(delivery)
        .bind(turn)
        .bind(At(now))
        .execute(db)
        .await?;
    if noted.rows_affected() == 0 {
        return Ok(None);
    }
    let sealed: Option<&[u8]> = row.try_get("state")?;
    Ok(Some(Beginning {
        conversation,
        turn,
        // The dialogue knows what to do with a state that cannot be read; an empty one is such.
        state: sealed.map(|sealed| Spot::State(conversation).open(keys, sealed).unwrap_or_default()),
        office: row.try_get::<Option<i64>, _>("office")?.map(OfficeVersion),
    }))
}

/// Keeps the state.
pub(super) async fn save(db: &mut Connection, scope: &Scope<'_>, state: &str) -> Result<()> {
    let sealed = Spot::State(scope.conversation).seal(scope.keys, state);
    let saved = sqlx::query::<Db>("UPDATE conversation SET state = $2 WHERE id = $1")
        .bind(scope.conversation.0)
        .bind(sealed)
        .execute(db)
        .await?;
    if saved.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Repeat) }
}
