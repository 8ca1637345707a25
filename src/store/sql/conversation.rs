//! Conversations and the deliveries they have handled.

use chrono::{DateTime, Utc};
use sqlx::Row;

use super::row::DbRow;
use super::sealed::{self, Spot};
use super::{At, Connection, Db, JOINS, Scope, joined};
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
    let contact = sealed::contact(keys, from);
    let address = Spot::Address(&contact).seal(keys, &from.address);
    let (row, is_new) = if JOINS {
        let row = joined::begin(db, (&from.channel, contact, address), delivery, now).await?;
        let is_new = row.try_get("is_new")?;
        (row, is_new)
    } else {
        let row = open(db, (&from.channel, contact, address), now).await?;
        let is_new = note(db, row.try_get("id")?, delivery, row.try_get("turn")?, now).await?;
        (row, is_new)
    };
    beginning(keys, &row, is_new)
}

/// The same for a conversation that exists.
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
    beginning(keys, &row, is_new)
}

fn beginning(keys: &Keys, row: &DbRow, is_new: bool) -> Result<Option<Beginning>> {
    if !is_new {
        return Ok(None);
    }
    let conversation = ConversationId(row.try_get("id")?);
    let sealed: Option<&[u8]> = row.try_get("state")?;
    Ok(Some(Beginning {
        conversation,
        turn: row.try_get("turn")?,
        // The dialogue knows what to do with a state that cannot be read; an empty one is such.
        state: sealed.map(|sealed| Spot::State(conversation).open(keys, sealed).unwrap_or_default()),
        office: row.try_get::<Option<i64>, _>("office")?.map(OfficeVersion),
    }))
}

async fn open(
    db: &mut Connection,
    (channel, contact, address): (&str, Vec<u8>, Vec<u8>),
    now: DateTime<Utc>,
) -> Result<DbRow> {
    let sql =
        "INSERT INTO conversation (channel, contact, turn, active_at, address) VALUES ($1, $2, 1, $3, $4)
        ON CONFLICT (contact) DO UPDATE SET turn = conversation.turn + 1, active_at = $3,
            address = coalesce(conversation.address, $4)
        RETURNING id, turn, state, (SELECT max(version) FROM office) AS office";
    let row =
        sqlx::query::<Db>(sql).bind(channel).bind(contact).bind(At(now)).bind(address).fetch_one(db).await?;
    Ok(row)
}

/// Notes a delivery; whether it is new.
async fn note(
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

/// Keeps the state.
pub(super) async fn save(db: &mut Connection, scope: &Scope<'_>, sealed: Vec<u8>) -> Result<()> {
    let saved = sqlx::query::<Db>("UPDATE conversation SET state = $2 WHERE id = $1")
        .bind(scope.conversation.0)
        .bind(sealed)
        .execute(db)
        .await?;
    if saved.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Repeat) }
}
