//! Messages to be sent: written with the turn, sent after it.
//!
//! A message is *first* when nothing written earlier to its conversation and channel still waits. Only first
//! messages are given out, so that order is kept whatever becomes of a worker. `due_at` doubles as the lease.
//!
//! Mass notices are given out apart, at a pace of their own. One that has an answer behind it is promoted: it is then an
//! ordinary message.

use chrono::{DateTime, Utc};
use sqlx::Row;
use uuid::Uuid;

use super::row::DbRow;
use super::sealed::{self, Spot};
use super::{At, Connection, Db, Id};
use crate::keys::Keys;
use crate::store::{Contact, ConversationId, LEASE, Outgoing, OutgoingId, Result};

/// The condition that `o` is first.
macro_rules! first {
    () => {
        "NOT EXISTS (SELECT 1 FROM outbox AS e WHERE e.conversation = o.conversation AND e.channel = o.channel
            AND e.state = 'waiting' AND (e.turn, e.n) < (o.turn, o.n))"
    };
}

/// Where a message goes and what it says, sealed together.
#[derive(serde::Serialize, serde::Deserialize)]
struct Message<'a> {
    to: std::borrow::Cow<'a, str>,
    body: std::borrow::Cow<'a, str>,
}

/// A message as it is kept.
pub(super) fn sealed_message(keys: &Keys, message: &Outgoing) -> Vec<u8> {
    let text = Message { to: message.to.address.as_str().into(), body: message.body.as_str().into() };
    Spot::Message(message.id).seal(keys, &serde_json::to_string(&text).unwrap_or_default())
}

/// Takes first messages of a channel that are due: mass notices, or all others.
pub(super) async fn claim_outbox(
    db: &mut Connection,
    keys: &Keys,
    (channel, mass): (&str, bool),
    limit: u32,
    process: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Vec<Outgoing>> {
    let sql = concat!(
        "UPDATE outbox SET due_at = $4, tries = tries + 1, taker = $5 WHERE (conversation, turn, n) IN (
            SELECT o.conversation, o.turn, o.n FROM outbox AS o
            WHERE o.channel = $1 AND o.mass = $6 AND o.state = 'waiting' AND o.due_at <= $2 AND ",
        first!(),
        " ORDER BY o.due_at LIMIT $3",
        skip_locked!(),
        ")
        RETURNING conversation, turn, n, channel, kind, message, tries, written_at"
    );
    let rows = sqlx::query::<Db>(sql)
        .bind(channel)
        .bind(At(now))
        .bind(i64::from(limit))
        .bind(At(now + LEASE))
        .bind(process.map(Id))
        .bind(mass)
        .fetch_all(db)
        .await?;
    let mut taken: Vec<Outgoing> = rows.iter().map(|row| outgoing(row, keys)).collect::<Result<_>>()?;
    taken.sort_by_key(|message| (message.written_at, message.id));
    Ok(taken)
}

/// Takes again what the turn of a delivery wrote and nobody has sent or is sending yet, when nothing earlier waits before it.
/// Its mass notices wait for their turn.
pub(super) async fn written_in(
    db: &mut Connection,
    keys: &Keys,
    from: &Contact,
    delivery: &str,
    process: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Vec<Outgoing>> {
    let sql = "UPDATE outbox SET due_at = $3, taker = $4 WHERE (conversation, turn, n) IN (
            SELECT o.conversation, o.turn, o.n FROM conversation AS c
            JOIN delivery AS d ON d.conversation = c.id
            JOIN outbox AS o ON o.conversation = d.conversation AND o.turn = d.turn
            WHERE c.contact = $1 AND d.key = $2 AND o.state = 'waiting' AND o.mass = FALSE
            AND (o.taker IS NOT DISTINCT FROM $4 OR o.due_at <= $5)
            AND NOT EXISTS (SELECT 1 FROM outbox AS e WHERE e.conversation = o.conversation
                AND e.channel = o.channel AND e.state = 'waiting' AND e.turn < o.turn))
        RETURNING conversation, turn, n, channel, kind, message, tries, written_at";
    let rows = sqlx::query::<Db>(sql)
        .bind(sealed::contact(keys, from))
        .bind(delivery)
        .bind(At(now + LEASE))
        .bind(process.map(Id))
        .bind(At(now))
        .fetch_all(db)
        .await?;
    let mut taken: Vec<Outgoing> = rows.iter().map(|row| outgoing(row, keys)).collect::<Result<_>>()?;
    taken.sort_by_key(|message| message.id);
    Ok(taken)
}

fn outgoing(row: &DbRow, keys: &Keys) -> Result<Outgoing> {
    let id = OutgoingId {
        conversation: ConversationId(row.try_get("conversation")?),
        turn: row.try_get("turn")?,
        n: row.try_get("n")?,
    };
    // One that cannot be read goes out empty, for the worker to give up; it must not keep the others back.
    let text = Spot::Message(id).open(keys, row.try_get("message")?).unwrap_or_default();
    let message = serde_json::from_str(&text).unwrap_or(Message { to: "".into(), body: "".into() });
    let At(written_at) = row.try_get("written_at")?;
    let tries: i64 = row.try_get("tries")?;
    Ok(Outgoing {
        id,
        to: Contact { channel: row.try_get("channel")?, address: message.to.into_owned() },
        kind: row.try_get("kind")?,
        body: message.body.into_owned(),
        tries: u32::try_from(tries - 1).unwrap_or(0),
        written_at,
    })
}

/// When the next first message of a channel is due, of mass notices or of all others.
pub(super) async fn outbox_due(
    db: &mut Connection,
    (channel, mass): (&str, bool),
) -> Result<Option<DateTime<Utc>>> {
    let sql = concat!(
        "SELECT o.due_at FROM outbox AS o WHERE o.channel = $1 AND o.mass = $2 AND o.state = 'waiting'
            AND o.due_at IS NOT NULL AND ",
        first!(),
        " ORDER BY o.due_at LIMIT 1"
    );
    let due: Option<At> =
        sqlx::query_scalar::<Db, _>(sql).bind(channel).bind(mass).fetch_optional(db).await?;
    Ok(due.map(|At(due)| due))
}

/// It was sent: whoever else may be sending it by now, it need not be sent again.
pub(super) async fn outbox_sent(db: &mut Connection, id: OutgoingId, now: DateTime<Utc>) -> Result<()> {
    let sql = "UPDATE outbox SET state = 'sent', message = NULL, error = NULL, settled_at = $4
        WHERE conversation = $1 AND turn = $2 AND n = $3 AND state = 'waiting'";
    sqlx::query::<Db>(sql).bind(id.conversation.0).bind(id.turn).bind(id.n).bind(At(now)).execute(db).await?;
    Ok(())
}

/// It never will be. One that another process has taken over meanwhile is that one's.
pub(super) async fn outbox_gave_up(
    db: &mut Connection,
    id: OutgoingId,
    error: &str,
    process: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<()> {
    let sql = "UPDATE outbox SET state = 'given_up', message = NULL, error = $4, settled_at = $5
        WHERE conversation = $1 AND turn = $2 AND n = $3 AND state = 'waiting' AND taker IS NOT DISTINCT FROM $6";
    sqlx::query::<Db>(sql)
        .bind(id.conversation.0)
        .bind(id.turn)
        .bind(id.n)
        .bind(error)
        .bind(At(now))
        .bind(process.map(Id))
        .execute(db)
        .await?;
    Ok(())
}

/// It will be tried again. One that another process has taken over meanwhile is that one's.
pub(super) async fn outbox_retry(
    db: &mut Connection,
    id: OutgoingId,
    due: DateTime<Utc>,
    error: &str,
    process: Option<Uuid>,
) -> Result<()> {
    let sql = "UPDATE outbox SET due_at = $4, error = $5, taker = NULL
        WHERE conversation = $1 AND turn = $2 AND n = $3 AND state = 'waiting' AND taker IS NOT DISTINCT FROM $6";
    sqlx::query::<Db>(sql)
        .bind(id.conversation.0)
        .bind(id.turn)
        .bind(id.n)
        .bind(At(due))
        .bind(error)
        .bind(process.map(Id))
        .execute(db)
        .await?;
    Ok(())
}

/// How many wait, since when, and how many were given up.
pub(super) async fn outbox_state(db: &mut Connection) -> Result<(i64, Option<DateTime<Utc>>, i64)> {
    let sql = "SELECT count(*) AS waiting, min(written_at) AS since,
            (SELECT count(*) FROM outbox WHERE settled_at IS NOT NULL AND state = 'given_up') AS given_up
        FROM outbox WHERE state = 'waiting'";
    let row = sqlx::query::<Db>(sql).fetch_one(db).await?;
    let since: Option<At> = row.try_get("since")?;
    Ok((row.try_get("waiting")?, since.map(|At(since)| since), row.try_get("given_up")?))
}

/// Frees what processes had taken that do not live any more; says how much.
pub(super) async fn free_outbox(db: &mut Connection, now: DateTime<Utc>) -> Result<u64> {
    let sql = "UPDATE outbox SET due_at = $1, taker = NULL
        WHERE state = 'waiting' AND due_at > $1 AND taker IS NOT NULL AND NOT EXISTS
            (SELECT 1 FROM lease WHERE lease.holder = outbox.taker AND lease.name LIKE 'process %' AND lease.until > $1)";
    let freed = sqlx::query::<Db>(sql).bind(At(now)).execute(&mut *db).await?.rows_affected();
    sqlx::query::<Db>("DELETE FROM lease WHERE name LIKE 'process %' AND until <= $1")
        .bind(At(now))
        .execute(db)
        .await?;
    Ok(freed)
}
