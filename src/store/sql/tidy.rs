//! Taking back what has run out, and stripping what is old. Each call does a little, so that nobody waits long.

use chrono::{DateTime, Utc};

use super::{At, Connection, Db, row, slot};
use crate::booking::SlotKey;
use crate::store::{Result, Retention, Tidied};

/// So many rows are stripped in one transaction.
const CHUNK: i64 = 500;
/// So many slots are looked up at once.
pub(super) const SLOTS_AT_ONCE: usize = 500;

/// Slots with places whose time has run out.
pub(super) async fn expired_slots(db: &mut Connection, now: DateTime<Utc>) -> Result<Vec<SlotKey>> {
    let sql = "SELECT branch, service, date, time FROM place WHERE takes AND until <= $1
        GROUP BY branch, service, date, time ORDER BY branch, service, date, time LIMIT $2";
    let limit = i64::try_from(SLOTS_AT_ONCE).unwrap_or(i64::MAX);
    let rows = sqlx::query::<Db>(sql).bind(At(now)).bind(limit).fetch_all(db).await?;
    rows.iter().map(row::slot).collect()
}

/// Takes back the places of one slot whose time has run out; says how many.
pub(super) async fn tidy_slot(db: &mut Connection, slot: &SlotKey, now: DateTime<Utc>) -> Result<u64> {
    slot::lock(db, slot).await?;
    slot::reclaim(db, slot, now).await
}

/// One thing that grows old.
struct Old {
    /// Strips or deletes up to `$2` rows older than `$1`. Of a row that a turn was just writing only what stands outside of
    /// the inner list is judged anew, so the age of what may become young again stands there, too (`IS TRUE`: it finds no row).
    sql: &'static str,
    age: fn(&Retention) -> chrono::TimeDelta,
    count: fn(&mut Tidied) -> &mut u64,
}

/// A conversation stays, as a number that its deliveries and bookings point to.
const OLD: [Old; 16] = [
    Old {
        sql: "UPDATE conversation SET state = NULL, drafted = FALSE WHERE (active_at < $1) IS TRUE AND id IN (
            SELECT id FROM conversation WHERE drafted AND active_at < $1 ORDER BY active_at LIMIT $2)",
        age: |keep| keep.drafts,
        count: |did| &mut did.drafts,
    },
    Old {
        sql: "DELETE FROM errand WHERE id IN (SELECT id FROM errand
            WHERE settled_at < $1 ORDER BY settled_at LIMIT $2)",
        age: |keep| keep.bookings,
        count: |did| &mut did.traces,
    },
    Old {
        sql: "UPDATE place SET applicant = NULL, email = NULL, identity = NULL
            WHERE (ends_at < $1) IS TRUE AND (branch, date, time, id) IN (SELECT branch, date, time, id FROM place
            WHERE applicant IS NOT NULL AND ends_at < $1 ORDER BY ends_at LIMIT $2)",
        age: |keep| keep.bookings,
        count: |did| &mut did.bookings,
    },
    Old {
        sql: "DELETE FROM note WHERE (reference, at, staff) IN (SELECT reference, at, staff FROM note
            WHERE at < $1 ORDER BY at LIMIT $2)",
        age: |keep| keep.bookings,
        count: |did| &mut did.traces,
    },
    Old {
        // Who has an appointment that is still known may have to be told something.
        sql: "UPDATE conversation SET address = NULL WHERE (active_at < $1) IS TRUE AND id IN (SELECT c.id FROM conversation AS c
            WHERE c.address IS NOT NULL AND c.active_at < $1 AND NOT EXISTS (SELECT 1 FROM place
            WHERE place.conversation = c.id AND place.applicant IS NOT NULL) LIMIT $2)",
        age: |keep| keep.drafts,
        count: |did| &mut did.traces,
    },
    Old {
        sql: "DELETE FROM memory WHERE (written_at < $1) IS TRUE AND conversation IN (SELECT conversation FROM memory
            WHERE written_at < $1 ORDER BY written_at LIMIT $2)",
        age: |keep| keep.drafts,
        count: |did| &mut did.traces,
    },
    Old {
        sql: "DELETE FROM profile WHERE (written_at < $1) IS TRUE AND email IN (SELECT email FROM profile
            WHERE written_at < $1 ORDER BY written_at LIMIT $2)",
        age: |keep| keep.profiles,
        count: |did| &mut did.profiles,
    },
    Old {
        sql: "DELETE FROM place WHERE (until < $1) IS TRUE AND NOT takes
            AND (branch, date, time, id) IN (SELECT branch, date, time, id FROM place
            WHERE state = 'held' AND until < $1 AND NOT takes ORDER BY until LIMIT $2)",
        age: |keep| keep.holds,
        count: |did| &mut did.traces,
    },
    Old {
        sql: "DELETE FROM claim WHERE (until < $1) IS TRUE AND (identity, service) IN (SELECT identity, service FROM claim
            WHERE until < $1 ORDER BY until LIMIT $2)",
        age: |keep| keep.traces,
        count: |did| &mut did.traces,
    },
    Old {
        sql: "DELETE FROM block WHERE (until < $1) IS TRUE AND identity IN (
            SELECT identity FROM block WHERE until < $1 LIMIT $2)",
        age: |keep| keep.traces,
        count: |did| &mut did.traces,
    },
    Old {
        sql: "DELETE FROM delivery WHERE (conversation, key) IN (SELECT conversation, key FROM delivery
            WHERE handled_at < $1 ORDER BY handled_at LIMIT $2)",
        age: |keep| keep.traces,
        count: |did| &mut did.traces,
    },
    Old {
        sql: "DELETE FROM code WHERE (conversation, email, sent_at) IN (SELECT conversation, email, sent_at
            FROM code WHERE sent_at < $1 ORDER BY sent_at LIMIT $2)",
        age: |keep| keep.traces,
        count: |did| &mut did.traces,
    },
    Old {
        sql: "DELETE FROM handover WHERE hash IN (SELECT hash FROM handover WHERE until < $1 LIMIT $2)",
        age: |_| chrono::TimeDelta::zero(),
        count: |did| &mut did.traces,
    },
    Old {
        sql: "DELETE FROM mail_token WHERE hash IN (SELECT hash FROM mail_token WHERE until < $1 LIMIT $2)",
        age: |_| chrono::TimeDelta::zero(),
        count: |did| &mut did.traces,
    },
    Old {
        // Of one mailbox the newest stays: where nothing can be moved, it tells how far one has come.
        sql: "DELETE FROM mail_seen WHERE (mailbox, validity, uid) IN (SELECT mailbox, validity, uid
            FROM mail_seen AS m WHERE seen_at < $1 AND EXISTS (SELECT 1 FROM mail_seen AS newer
            WHERE newer.mailbox = m.mailbox AND newer.validity = m.validity AND newer.uid > m.uid) LIMIT $2)",
        age: |keep| keep.traces,
        count: |did| &mut did.traces,
    },
    Old {
        sql: "DELETE FROM outbox WHERE (conversation, turn, n) IN (SELECT conversation, turn, n FROM outbox
            WHERE settled_at < $1 ORDER BY settled_at LIMIT $2)",
        age: |keep| keep.traces,
        count: |did| &mut did.traces,
    },
];

/// How many kinds of things grow old.
pub(super) const KINDS: usize = OLD.len();

/// Strips a little of one kind; says whether there is more.
pub(super) async fn strip(
    db: &mut Connection,
    kind: usize,
    keep: &Retention,
    now: DateTime<Utc>,
    did: &mut Tidied,
) -> Result<bool> {
    let Some(old) = OLD.get(kind) else { return Ok(false) };
    let before = now - (old.age)(keep);
    let rows = sqlx::query::<Db>(old.sql).bind(At(before)).bind(CHUNK).execute(db).await?.rows_affected();
    *(old.count)(did) += rows;
    Ok(rows >= CHUNK.unsigned_abs())
}
