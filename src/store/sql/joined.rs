//! What takes several statements elsewhere, in one: for a database whose statements may change several tables and
//! that is a network away. Each does as the statements it joins; the contract is the same, and so are the locks.

use chrono::{DateTime, Utc};
use sqlx::Row;

use super::place::Grant;
use super::row::DbRow;
use super::{At, Connection, Db, Id, Scope};
use crate::booking::{Booking, HoldId};
use crate::store::{OutgoingId, Result};

/// Makes or finds the conversation, locks it and notes the delivery: `conversation::begin`.
pub(super) async fn begin(
    db: &mut Connection,
    (channel, contact, address): (&str, Vec<u8>, Vec<u8>),
    delivery: &str,
    now: DateTime<Utc>,
) -> Result<DbRow> {
    let sql = "WITH c AS (
            INSERT INTO conversation (channel, contact, turn, active_at, address) VALUES ($1, $2, 1, $3, $5)
            ON CONFLICT (contact) DO UPDATE SET turn = conversation.turn + 1, active_at = $3,
                address = coalesce(conversation.address, $5)
            RETURNING id, turn, state
        ), d AS (
            INSERT INTO delivery (conversation, key, turn, handled_at) SELECT id, $4, turn, $3 FROM c
            ON CONFLICT (conversation, key) DO NOTHING RETURNING 1
        )
        SELECT id, turn, state, (SELECT max(version) FROM office) AS office, EXISTS (SELECT 1 FROM d) AS is_new FROM c";
    let row = sqlx::query::<Db>(sql)
        .bind(channel)
        .bind(contact)
        .bind(At(now))
        .bind(delivery)
        .bind(address)
        .fetch_one(db)
        .await?;
    Ok(row)
}

/// Counts a place of a slot that has any, wins the claim and writes the hold: `slot::take`, `claim::win`, `place::insert`.
/// Whether a place was counted, and whether the claim was won.
pub(super) async fn grant(db: &mut Connection, scope: &Scope<'_>, grant: &Grant<'_>) -> Result<(bool, bool)> {
    let sql = "WITH taken AS (
            INSERT INTO slot (branch, service, date, time, taken) VALUES ($1, $2, $3, $4, 1)
            ON CONFLICT (branch, service, date, time) DO UPDATE SET taken = slot.taken + 1 WHERE slot.taken < $5
            RETURNING 1
        ), claimed AS (
            INSERT INTO claim (identity, service, place, until) SELECT $6, $2, $7, $8 WHERE EXISTS (SELECT 1 FROM taken)
            ON CONFLICT (identity, service) DO UPDATE SET place = $7, until = $8
            WHERE claim.until <= $9 OR claim.place = $7
            RETURNING 1
        ), placed AS (
            INSERT INTO place (branch, service, date, time, id, minutes, ends_at, state, takes, until, conversation,
                identity, sequence, written_at)
            SELECT $1, $2, $3, $4, $7, $10, $11, 'held', TRUE, $8, $12, $6, 0, $9 WHERE EXISTS (SELECT 1 FROM claimed)
        )
        SELECT EXISTS (SELECT 1 FROM taken) AS taken, EXISTS (SELECT 1 FROM claimed) AS claimed";
    let slot = grant.slot;
    let row = sqlx::query::<Db>(sql)
        .bind(slot.branch.as_str())
        .bind(slot.service.as_str())
        .bind(slot.date)
        .bind(slot.time)
        .bind(i64::from(grant.offered.capacity))
        .bind(grant.identity.as_slice())
        .bind(Id::from(grant.id))
        .bind(At(grant.until))
        .bind(At(scope.now))
        .bind(i64::from(grant.offered.minutes))
        .bind(At(grant.ends_at))
        .bind(scope.conversation.0)
        .fetch_one(db)
        .await?;
    Ok((row.try_get("taken")?, row.try_get("claimed")?))
}

/// Draws the queue number and writes the booking: `place::next_in_queue`, `place::write`. The number, if the place was
/// still held.
pub(super) async fn book(
    db: &mut Connection,
    scope: &Scope<'_>,
    id: HoldId,
    booking: &Booking,
    (email, applicant): (Vec<u8>, Vec<u8>),
) -> Result<Option<i64>> {
    let sql = "WITH day AS (
            INSERT INTO branch_day (branch, date, queue) VALUES ($1, $2, 1)
            ON CONFLICT (branch, date) DO UPDATE SET queue = branch_day.queue + 1 RETURNING queue
        )
        UPDATE place SET state = 'booked', until = NULL, reference = $5, sequence = $6, queue = day.queue,
            language = $7, email = $8, applicant = $9, written_at = $10 FROM day
        WHERE branch = $1 AND date = $2 AND time = $3 AND id = $4 AND state = 'held' AND takes
        RETURNING place.queue";
    let number = sqlx::query_scalar::<Db, i64>(sql)
        .bind(booking.slot.branch.as_str())
        .bind(booking.slot.date)
        .bind(booking.slot.time)
        .bind(Id::from(id))
        .bind(booking.reference.as_str())
        .bind(i64::from(booking.sequence))
        .bind(booking.language.name())
        .bind(email)
        .bind(applicant)
        .bind(At(scope.now))
        .fetch_optional(db)
        .await?;
    Ok(number)
}

/// Keeps the state and writes the first message: `conversation::save`, `outbox::queue`. Whether the message may be sent
/// by who wrote it.
pub(super) async fn save_and_queue(
    db: &mut Connection,
    scope: &Scope<'_>,
    state: Vec<u8>,
    id: OutgoingId,
    (channel, kind, message): (&str, &str, Vec<u8>),
    (mass, wait): (bool, bool),
) -> Result<bool> {
    let sql = "WITH kept AS (UPDATE conversation SET state = $9 WHERE id = $1)
        INSERT INTO outbox (conversation, turn, n, channel, kind, message, state, due_at, tries, written_at,
            taker, mass)
        SELECT $1, $2, $3, $4, $5, $6, 'waiting',
            CASE WHEN behind THEN $7 ELSE $8 END, CASE WHEN behind THEN 0 ELSE 1 END, $7, $10, $11
        FROM (SELECT $12 OR EXISTS (SELECT 1 FROM outbox AS e WHERE e.conversation = $1 AND e.channel = $4
            AND e.state = 'waiting' AND e.turn < $2) AS behind) AS line
        RETURNING tries";
    let tries: i64 = sqlx::query_scalar::<Db, _>(sql)
        .bind(id.conversation.0)
        .bind(id.turn)
        .bind(id.n)
        .bind(channel)
        .bind(kind)
        .bind(message)
        .bind(At(scope.now))
        .bind(At(scope.now + crate::store::LEASE))
        .bind(state)
        .bind(scope.process.map(Id))
        .bind(mass)
        .bind(wait)
        .fetch_one(db)
        .await?;
    Ok(tries > 0)
}
