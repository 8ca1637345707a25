//! How a turn begins and ends, step by step: the one writer has one turn in hand at a time.

use chrono::{DateTime, Utc};
use sqlx::{Row, Sqlite, SqliteConnection};

use super::form::{At, Id};
use super::sql::conversation::{Beginning, beginning, note};
use super::sql::sealed::{self, Spot};
use crate::keys::Keys;
use crate::store::together::{Ending, Message};
use crate::store::{Contact, ConversationId, LEASE, Result, StoreError};

/// Finds or makes the conversation and notes the delivery; `None` when that was handled before.
pub(super) async fn begin(
    db: &mut SqliteConnection,
    keys: &Keys,
    from: &Contact,
    delivery: &str,
    now: DateTime<Utc>,
) -> Result<Option<Beginning>> {
    let sql =
        "INSERT INTO conversation (channel, contact, turn, active_at, address) VALUES ($1, $2, 1, $3, $4)
        ON CONFLICT (contact) DO UPDATE SET turn = conversation.turn + 1, active_at = $3,
            address = coalesce(conversation.address, $4)
        RETURNING id, turn, state, (SELECT max(version) FROM office) AS office";
    let contact = sealed::contact(keys, from);
    let address = Spot::Address(&contact).seal(keys, &from.address);
    let row = sqlx::query::<Sqlite>(sql)
        .bind(&from.channel)
        .bind(contact)
        .bind(At(now))
        .bind(address)
        .fetch_one(&mut *db)
        .await?;
    let is_new = note(db, row.try_get("id")?, delivery, row.try_get("turn")?, now).await?;
    is_new.then(|| beginning(keys, &row)).transpose()
}

/// Keeps the state and writes the messages. Says which are taken by this process; others wait for whoever comes to them.
pub(super) async fn end(db: &mut SqliteConnection, ending: &Ending) -> Result<Vec<bool>> {
    if let Some(state) = &ending.state {
        save(db, ending.conversation, state).await?;
    }
    let mut taken = Vec::with_capacity(ending.messages.len());
    for message in &ending.messages {
        taken.push(write(db, ending, message).await?);
        if taken.last() == Some(&false) && !message.mass {
            promote(db, ending.conversation, &message.channel).await?;
        }
    }
    Ok(taken)
}

async fn save(db: &mut SqliteConnection, conversation: ConversationId, state: &[u8]) -> Result<()> {
    let saved = sqlx::query::<Sqlite>("UPDATE conversation SET state = $2, drafted = TRUE WHERE id = $1")
        .bind(conversation.0)
        .bind(state)
        .execute(db)
        .await?;
    if saved.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Repeat) }
}

async fn write(db: &mut SqliteConnection, ending: &Ending, message: &Message) -> Result<bool> {
    let sql =
        "INSERT INTO outbox (conversation, turn, n, channel, kind, message, state, due_at, tries, written_at, taker, mass)
        SELECT $1, $2, $3, $4, $5, $6, 'waiting',
            CASE WHEN behind THEN $7 ELSE $8 END, CASE WHEN behind THEN 0 ELSE 1 END, $7, $9, $10
        FROM (SELECT $11 OR EXISTS (SELECT 1 FROM outbox AS e WHERE e.conversation = $1 AND e.channel = $4
            AND e.state = 'waiting' AND e.turn < $2) AS behind) AS line
        RETURNING tries";
    let tries: i64 = sqlx::query_scalar::<Sqlite, _>(sql)
        .bind(message.id.conversation.0)
        .bind(message.id.turn)
        .bind(message.id.n)
        .bind(&message.channel)
        .bind(&message.kind)
        .bind(&message.sealed)
        .bind(At(ending.now))
        .bind(At(ending.now + LEASE))
        .bind(ending.process.map(Id))
        .bind(message.mass)
        .bind(message.wait)
        .fetch_one(db)
        .await?;
    Ok(tries > 0)
}

/// Lets no mass notice keep what now stands behind it waiting. One that is under way stays so.
async fn promote(db: &mut SqliteConnection, conversation: ConversationId, channel: &str) -> Result<()> {
    let sql = "UPDATE outbox SET mass = FALSE
        WHERE conversation = $1 AND channel = $2 AND state = 'waiting' AND mass = TRUE";
    sqlx::query::<Sqlite>(sql).bind(conversation.0).bind(channel).execute(db).await?;
    Ok(())
}
