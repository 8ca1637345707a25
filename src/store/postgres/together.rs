//! What many turns ask for at the same time, in one statement each. Rows are locked by their keys, in the order that `sql`
//! keeps; what is asked for twice in one go is done once here, and left to the single steps of `sql` the other time.
//!
//! A plan is made once, often while the tables are still empty and all their indexes look the same. So a statement leaves no
//! choice but the index by the asker's key: `OFFSET 0`, `ORDER BY` and `CASE` keep the server from walking a partial index
//! (of all that is held, or waits) instead, which is short then and long later. What stands in a list that the statement itself
//! has made is looked up in a hash table, not row by row, since `IS TRUE` keeps `IN` from becoming a join.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::TimeDelta;
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row};
use uuid::Uuid;

use super::batch::Begin;
use super::sql::place::ends_at;
use super::sql::{offered, row, slot};
use super::{advisory_key, announce};
use crate::booking::{Hold, SlotKey};
use crate::store::together::{Booked, ConfirmAsk, Ending, HoldAsk, Message};
use crate::store::{LEASE, Result, StoreError};

/// A column of an array for `unnest`.
fn column<'a, T, V>(of: impl IntoIterator<Item = &'a T>, value: impl Fn(&'a T) -> V) -> Vec<V>
where
    T: 'a,
{
    of.into_iter().map(value).collect()
}

/// When somebody was last busy is kept to this: if each turn noted it, each would write an index anew.
const BUSY_TO: TimeDelta = TimeDelta::minutes(15);

/// Finds or makes the conversations, locks them and notes the deliveries; `None` for a delivery that was handled before,
/// [`StoreError::Repeat`] for a conversation that another process was quicker to make. Each is of another conversation.
///
/// The turn's number and state are written by [`end`], so that a turn leaves one new version of its conversation.
pub(super) async fn begin(db: &mut PgConnection, asks: &[Begin]) -> Result<Vec<Result<Option<PgRow>>>> {
    let sql = "WITH ask AS (
            SELECT * FROM unnest($1::text[], $2::bytea[], $3::bytea[], $4::text[], $5::timestamptz[], $6::timestamptz[])
                AS ask (channel, contact, address, delivery, now, lately)
        ), found AS (
            SELECT c.id, c.turn + 1 AS turn, c.state, c.address IS NULL OR c.active_at < ask.lately AS stale, ask.contact,
                ask.delivery, ask.now
            FROM ask JOIN conversation AS c ON c.contact = ask.contact ORDER BY ask.contact FOR NO KEY UPDATE OF c
        ), fresh AS (
            SELECT nextval('conversation_id_seq') AS id, ask.* FROM ask WHERE contact NOT IN (SELECT contact FROM found)
        ), made AS (
            INSERT INTO conversation (id, channel, contact, turn, active_at, address)
            SELECT id, channel, contact, 1, now, address FROM fresh ORDER BY contact
            ON CONFLICT (contact) DO NOTHING RETURNING id
        ), begun AS (
            SELECT * FROM found
            UNION ALL SELECT id, 1, NULL, FALSE, contact, delivery, now FROM fresh
                WHERE (id IN (SELECT id FROM made)) IS TRUE
        ), noted AS (
            INSERT INTO delivery (conversation, key, turn, handled_at) SELECT id, delivery, turn, now FROM begun
            ON CONFLICT (conversation, key) DO NOTHING RETURNING conversation
        )
        SELECT id, turn, state, stale, contact, id IN (SELECT conversation FROM noted) AS is_new,
            (SELECT max(version) FROM office) AS office
        FROM begun";
    let rows = sqlx::query(sql)
        .bind(column(asks, |ask| ask.channel.as_str()))
        .bind(column(asks, |ask| ask.contact.as_slice()))
        .bind(column(asks, |ask| ask.address.as_slice()))
        .bind(column(asks, |ask| ask.delivery.as_str()))
        .bind(column(asks, |ask| ask.now))
        .bind(column(asks, |ask| ask.now - BUSY_TO))
        .fetch_all(&mut *db)
        .await?;
    let mut begun: HashMap<Vec<u8>, PgRow> = HashMap::new();
    for row in rows {
        begun.insert(row.try_get("contact")?, row);
    }
    let (mut found, mut stale) = (Vec::with_capacity(asks.len()), Vec::new());
    for ask in asks {
        found.push(match begun.remove(&ask.contact) {
            Some(row) if row.try_get("is_new")? => {
                if row.try_get("stale")? {
                    stale.push(ask);
                }
                Ok(Some(row))
            }
            Some(_) => Ok(None),
            None => Err(StoreError::Repeat),
        });
    }
    busy(db, &stale).await?;
    Ok(found)
}

/// Keeps when these conversations were last busy, and who writes in them where that is not known.
async fn busy(db: &mut PgConnection, asks: &[&Begin]) -> Result<()> {
    if asks.is_empty() {
        return Ok(());
    }
    let sql =
        "UPDATE conversation SET active_at = ask.now, address = coalesce(conversation.address, ask.address)
        FROM unnest($1::bytea[], $2::bytea[], $3::timestamptz[]) AS ask (contact, address, now)
        WHERE conversation.contact = ask.contact";
    sqlx::query(sql)
        .bind(column(asks, |ask| ask.contact.as_slice()))
        .bind(column(asks, |ask| ask.address.as_slice()))
        .bind(column(asks, |ask| ask.now))
        .execute(db)
        .await?;
    Ok(())
}

/// Keeps out other turns that concern the same proved addresses, until the end of this transaction.
pub(super) async fn keep_out(
    db: &mut PgConnection,
    asks: impl IntoIterator<Item = &ConfirmAsk>,
) -> Result<()> {
    let proved = asks.into_iter().filter(|ask| ask.profile.is_some());
    let keys: Vec<i64> = proved.map(|ask| advisory_key(&ask.email)).collect();
    if !keys.is_empty() {
        let sql = "SELECT pg_advisory_xact_lock(key)
            FROM (SELECT DISTINCT key FROM unnest($1::bigint[]) AS ask (key) ORDER BY key) AS asks";
        sqlx::query(sql).bind(keys).execute(db).await?;
    }
    Ok(())
}

/// Holds places; `None` where that is not a plain case, or there is no place for all who ask for the slot.
pub(super) async fn hold(db: &mut PgConnection, asks: Vec<HoldAsk>) -> Result<Vec<Option<Hold>>> {
    if asks.is_empty() {
        return Ok(Vec::new());
    }
    let room = room(db, &asks).await?;
    let others = asks.iter().zip(&room).filter(|(_, room)| room.is_none()).map(|(ask, _)| ask.conversation.0);
    let others: Vec<i64> = others.collect();
    if !others.is_empty() {
        lock_slots(db, others, &asks.iter().map(|ask| &ask.hold.slot).collect::<Vec<_>>()).await?;
    }
    let (mut wanted, mut claimed) = (HashMap::new(), HashSet::new());
    let these = asks.iter().zip(room).filter(|(ask, room)| {
        let places = wanted.entry(slot::order(&ask.hold.slot)).or_insert(0);
        let has_room = *places < room.unwrap_or(0) && claimed.insert((&ask.identity, &ask.hold.slot.service));
        *places += i64::from(has_room);
        has_room
    });
    let these: Vec<&HoldAsk> = these.map(|(ask, _)| ask).collect();
    let granted = grant(db, &these).await?;
    Ok(asks.into_iter().map(|ask| granted.contains(&ask.hold.id.0).then_some(ask.hold)).collect())
}

/// How many places the slots have that are asked for, for all one knows without a lock; 0 for those who may have none, `None` for
/// those who hold some already and where places have to be taken back first.
async fn room(db: &mut PgConnection, asks: &[HoldAsk]) -> Result<Vec<Option<i64>>> {
    let sql = "SELECT CASE WHEN (SELECT count(*) FILTER (WHERE place.state = 'held') FROM place
                WHERE place.conversation = ask.conversation) > 0 THEN NULL
            WHEN NOT EXISTS (SELECT 1 FROM claim WHERE claim.identity = ask.identity AND claim.service = ask.service
                AND claim.until > ask.now)
            AND NOT EXISTS (SELECT 1 FROM block WHERE block.identity = ask.identity AND block.until > ask.now)
            AND (SELECT count(*) FROM place WHERE (place.conversation = ask.conversation OR place.email = ask.email)
                AND place.state = 'booked' AND place.ends_at > ask.now) < ask.most
            THEN (SELECT CASE WHEN count.room > 0 OR NOT EXISTS (SELECT 1 FROM place WHERE place.branch = ask.branch
                    AND place.service = ask.service AND place.date = ask.date AND place.time = ask.time AND place.takes
                    AND place.until <= ask.now) THEN count.room END
                FROM (SELECT ask.capacity - coalesce((SELECT slot.taken FROM slot WHERE slot.branch = ask.branch
                    AND slot.service = ask.service AND slot.date = ask.date AND slot.time = ask.time), 0) AS room) AS count)
            ELSE 0 END AS room
        FROM unnest($1::bigint[], $2::bytea[], $3::text[], $4::bytea[], $5::bigint[], $6::timestamptz[], $7::text[],
            $8::date[], $9::time[], $10::bigint[]) WITH ORDINALITY
            AS ask (conversation, identity, service, email, most, now, branch, date, time, capacity, nth)
        ORDER BY nth";
    let room = sqlx::query_scalar(sql)
        .bind(column(asks, |ask| ask.conversation.0))
        .bind(column(asks, |ask| ask.identity.as_slice()))
        .bind(column(asks, |ask| ask.hold.slot.service.as_str()))
        .bind(column(asks, |ask| ask.email.as_deref()))
        .bind(column(asks, |ask| i64::from(ask.most)))
        .bind(column(asks, |ask| ask.now))
        .bind(column(asks, |ask| ask.hold.slot.branch.as_str()))
        .bind(column(asks, |ask| ask.hold.slot.date))
        .bind(column(asks, |ask| ask.hold.slot.time))
        .bind(column(asks, |ask| i64::from(ask.capacity)))
        .fetch_all(db)
        .await?;
    Ok(room)
}

/// Locks the slots in which these conversations hold or have places, and these, all in their order: what is then done step by
/// step will need no other.
async fn lock_slots(db: &mut PgConnection, conversations: Vec<i64>, asked: &[&SlotKey]) -> Result<()> {
    let sql = "SELECT slot.taken FROM slot JOIN (
            SELECT branch, service, date, time
                FROM unnest($1::text[], $2::text[], $3::date[], $4::time[]) AS asked (branch, service, date, time)
            UNION SELECT place.branch, place.service, place.date, place.time FROM unnest($5::bigint[]) AS ask (conversation),
                LATERAL (SELECT * FROM place WHERE place.conversation = ask.conversation OFFSET 0) AS place
                WHERE place.state IN ('held', 'booked') AND place.takes
        ) AS needed ON slot.branch = needed.branch AND slot.service = needed.service AND slot.date = needed.date
            AND slot.time = needed.time
        ORDER BY slot.branch COLLATE \"C\", slot.service COLLATE \"C\", slot.date, slot.time FOR UPDATE OF slot";
    sqlx::query(sql)
        .bind(column(asked, |slot| slot.branch.as_str()))
        .bind(column(asked, |slot| slot.service.as_str()))
        .bind(column(asked, |slot| slot.date))
        .bind(column(asked, |slot| slot.time))
        .bind(conversations)
        .execute(db)
        .await?;
    Ok(())
}

/// The guard, for many: counts places of slots that have so many, wins the claims and writes the holds. Gives back the
/// places that were won.
async fn grant(db: &mut PgConnection, asks: &[&HoldAsk]) -> Result<HashSet<Uuid>> {
    let mut slots: BTreeMap<_, (i64, i64)> = BTreeMap::new();
    for ask in asks {
        slots.entry(slot::order(&ask.hold.slot)).or_insert((0, i64::from(ask.capacity))).0 += 1;
    }
    if slots.is_empty() {
        return Ok(HashSet::new());
    }
    let sql = "WITH wish AS (
            SELECT * FROM unnest($1::text[], $2::text[], $3::date[], $4::time[], $5::bigint[], $6::bigint[])
                AS wish (branch, service, date, time, places, capacity)
        ), taken AS (
            INSERT INTO slot (branch, service, date, time, taken)
            SELECT branch, service, date, time, places FROM wish WHERE places <= capacity
            ORDER BY branch COLLATE \"C\", service COLLATE \"C\", date, time
            ON CONFLICT (branch, service, date, time) DO UPDATE SET taken = slot.taken + excluded.taken
            WHERE slot.taken + excluded.taken <= (SELECT wish.capacity FROM wish WHERE wish.branch = slot.branch
                AND wish.service = slot.service AND wish.date = slot.date AND wish.time = slot.time)
            RETURNING branch, service, date, time
        ), ask AS (
            SELECT * FROM unnest($7::text[], $8::text[], $9::date[], $10::time[], $11::uuid[], $12::bytea[],
                $13::timestamptz[], $14::timestamptz[], $15::bigint[], $16::timestamptz[], $17::bigint[])
                AS ask (branch, service, date, time, id, identity, until, now, minutes, ends_at, conversation)
            WHERE ((branch, service, date, time) IN (SELECT * FROM taken)) IS TRUE
        ), claimed AS (
            INSERT INTO claim (identity, service, place, until)
            SELECT identity, service, id, until FROM ask ORDER BY identity, service COLLATE \"C\"
            ON CONFLICT (identity, service) DO UPDATE SET place = excluded.place, until = excluded.until
            WHERE claim.until <= (SELECT ask.now FROM ask WHERE ask.id = excluded.place)
            RETURNING place
        ), placed AS (
            INSERT INTO place (branch, service, date, time, id, minutes, ends_at, state, takes, until, conversation,
                identity, sequence, written_at)
            SELECT branch, service, date, time, id, minutes, ends_at, 'held', TRUE, until, conversation, identity, 0, now
            FROM ask WHERE (id IN (SELECT place FROM claimed)) IS TRUE
        )
        SELECT ask.id, ask.id IN (SELECT place FROM claimed) AS won FROM ask";
    let keys = || slots.keys();
    let rows = sqlx::query(sql)
        .bind(column(keys(), |(branch, ..)| *branch))
        .bind(column(keys(), |(_, service, ..)| *service))
        .bind(column(keys(), |(_, _, date, _)| *date))
        .bind(column(keys(), |(.., time)| *time))
        .bind(column(slots.values(), |(places, _)| *places))
        .bind(column(slots.values(), |(_, capacity)| *capacity))
        .bind(column(asks, |ask| ask.hold.slot.branch.as_str()))
        .bind(column(asks, |ask| ask.hold.slot.service.as_str()))
        .bind(column(asks, |ask| ask.hold.slot.date))
        .bind(column(asks, |ask| ask.hold.slot.time))
        .bind(column(asks, |ask| ask.hold.id.0))
        .bind(column(asks, |ask| ask.identity.as_slice()))
        .bind(column(asks, |ask| ask.hold.until))
        .bind(column(asks, |ask| ask.now))
        .bind(column(asks, |ask| i64::from(ask.hold.minutes)))
        .bind(column(asks, |ask| ask.ends_at))
        .bind(column(asks, |ask| ask.conversation.0))
        .fetch_all(&mut *db)
        .await?;
    let (mut won, mut lost) = (HashSet::new(), HashSet::new());
    for row in rows {
        let place = row.try_get("id")?;
        let _first = if row.try_get("won")? { won.insert(place) } else { lost.insert(place) };
    }
    // Another conversation was quicker with the claim since it was looked at.
    for ask in asks.iter().filter(|ask| lost.contains(&ask.hold.id.0)) {
        slot::give_back(db, &ask.hold.slot, 1).await?;
    }
    Ok(won)
}

/// Turns holds into appointments; `None` where that is not a plain case.
pub(super) async fn confirm(db: &mut PgConnection, asks: Vec<ConfirmAsk>) -> Result<Vec<Option<Booked>>> {
    if asks.is_empty() {
        return Ok(Vec::new());
    }
    let found = plain_confirms(db, &asks).await?;
    let others = asks.iter().zip(&found).filter(|(_, found)| found.is_none());
    let others: Vec<i64> = others.map(|(ask, _)| ask.conversation.0).collect();
    if !others.is_empty() {
        lock_slots(db, others, &[]).await?;
    }
    // Of those who share a proved address only one is counted, and the next one after it.
    let mut addresses = HashSet::new();
    let these = asks.iter().zip(found).filter_map(|(ask, found)| {
        let (slot, minutes) = found?;
        offered(&ask.office, &slot, ask.now)?;
        (ask.profile.is_none() || addresses.insert(ask.email.as_slice())).then_some((ask, slot, minutes))
    });
    let these: Vec<_> = these.collect();
    let numbers = book(db, &these).await?;
    let mut booked: HashMap<Uuid, Booked> = HashMap::new();
    for (ask, slot, minutes) in these {
        // Another process may have taken the place back in this very moment.
        let queue = *numbers.get(&ask.hold.0).ok_or(StoreError::Repeat)?;
        let reference = ask.reference.clone();
        booked.insert(ask.hold.0, Booked { reference, slot, minutes, queue });
    }
    Ok(asks.iter().map(|ask| booked.remove(&ask.hold.0)).collect())
}

/// The slots, and their minutes, of those whose hold lasts, is theirs and replaces nothing, and who may have one more
/// appointment. Other turns that concern their addresses are kept out.
async fn plain_confirms(db: &mut PgConnection, asks: &[ConfirmAsk]) -> Result<Vec<Option<(SlotKey, u32)>>> {
    let sql = "SELECT place.id, place.branch, place.service, place.date, place.time, place.minutes
        FROM unnest($1::bigint[], $2::uuid[], $3::bytea[], $4::bytea[], $5::bigint[], $6::timestamptz[])
            AS ask (conversation, place, identity, proved, most, now)
        JOIN LATERAL (SELECT * FROM place WHERE place.conversation = ask.conversation AND place.id = ask.place OFFSET 0)
            AS place ON TRUE
        WHERE place.state = 'held' AND place.takes AND place.until > ask.now AND place.identity = ask.identity
            AND place.instead_of IS NULL
            AND NOT EXISTS (SELECT 1 FROM block WHERE block.identity = ask.identity AND block.until > ask.now)
            AND (ask.proved IS NULL OR (SELECT count(*) FROM place AS b WHERE (b.conversation = ask.conversation
                OR b.email = ask.proved) AND b.state = 'booked' AND b.ends_at > ask.now) < ask.most)";
    let rows = sqlx::query(sql)
        .bind(column(asks, |ask| ask.conversation.0))
        .bind(column(asks, |ask| ask.hold.0))
        .bind(column(asks, |ask| ask.identity.as_slice()))
        .bind(column(asks, |ask| ask.profile.as_ref().map(|_| ask.email.as_slice())))
        .bind(column(asks, |ask| i64::from(ask.most)))
        .bind(column(asks, |ask| ask.now))
        .fetch_all(db)
        .await?;
    let mut found = HashMap::new();
    for row in &rows {
        let minutes: i64 = row.try_get("minutes")?;
        let minutes = u32::try_from(minutes).map_err(|_| StoreError::Unreadable { what: "booking" })?;
        found.insert(row.try_get::<Uuid, _>("id")?, (row::slot(row)?, minutes));
    }
    Ok(asks.iter().map(|ask| found.remove(&ask.hold.0)).collect())
}

/// Claims until the appointments are over, draws the queue numbers and writes the bookings and profiles. The numbers of
/// those that were booked.
async fn book(db: &mut PgConnection, asks: &[(&ConfirmAsk, SlotKey, u32)]) -> Result<HashMap<Uuid, u32>> {
    if asks.is_empty() {
        return Ok(HashMap::new());
    }
    // How many of each day, and how many after each.
    let mut days: BTreeMap<_, i64> = BTreeMap::new();
    let mut later: Vec<i64> = Vec::with_capacity(asks.len());
    for (_, slot, _) in asks.iter().rev() {
        let places = days.entry((slot.branch.as_str(), slot.date)).or_default();
        later.push(*places);
        *places += 1;
    }
    later.reverse();
    let nth_day: HashMap<_, i32> = days.keys().copied().zip(1..).collect();
    let sql = "WITH ask AS (
            SELECT * FROM unnest($1::text[], $2::text[], $3::date[], $4::time[], $5::uuid[], $6::bytea[], $7::timestamptz[],
                $8::timestamptz[], $9::text[], $10::text[], $11::bytea[], $12::bytea[], $13::int[], $14::bigint[])
                AS ask (branch, service, date, time, id, identity, until, now, reference, language, email, applicant,
                    nth_day, later)
        ), claimed AS (
            INSERT INTO claim (identity, service, place, until)
            SELECT identity, service, id, until FROM ask ORDER BY identity, service COLLATE \"C\"
            ON CONFLICT (identity, service) DO UPDATE SET place = excluded.place, until = excluded.until
            WHERE claim.place = excluded.place OR claim.until <= (SELECT ask.now FROM ask WHERE ask.id = excluded.place)
            RETURNING place
        ), day AS (
            INSERT INTO branch_day (branch, date, queue)
            SELECT * FROM unnest($15::text[], $16::date[], $17::bigint[]) AS day (branch, date, queue)
            ORDER BY branch COLLATE \"C\", date
            ON CONFLICT (branch, date) DO UPDATE SET queue = branch_day.queue + excluded.queue
            RETURNING branch, date, queue
        )
        UPDATE place SET state = 'booked', until = NULL, reference = ask.reference, sequence = 0,
            queue = (SELECT array_agg(queue ORDER BY branch COLLATE \"C\", date) FROM day)[ask.nth_day] - ask.later,
            language = ask.language, email = ask.email, applicant = ask.applicant, written_at = ask.now
        FROM ask
        WHERE place.branch = ask.branch AND place.date = ask.date AND place.time = ask.time AND place.id = ask.id
            AND CASE place.state WHEN 'held' THEN place.takes ELSE FALSE END
            AND (ask.id IN (SELECT place FROM claimed)) IS TRUE
        RETURNING place.id, place.queue";
    let rows = sqlx::query(sql)
        .bind(column(asks, |(_, slot, _)| slot.branch.as_str()))
        .bind(column(asks, |(_, slot, _)| slot.service.as_str()))
        .bind(column(asks, |(_, slot, _)| slot.date))
        .bind(column(asks, |(_, slot, _)| slot.time))
        .bind(column(asks, |(ask, ..)| ask.hold.0))
        .bind(column(asks, |(ask, ..)| ask.identity.as_slice()))
        .bind(column(asks, |(_, slot, minutes)| ends_at(slot, *minutes)))
        .bind(column(asks, |(ask, ..)| ask.now))
        .bind(column(asks, |(ask, ..)| ask.reference.as_str()))
        .bind(column(asks, |(ask, ..)| ask.language))
        .bind(column(asks, |(ask, ..)| ask.email.as_slice()))
        .bind(column(asks, |(ask, ..)| ask.applicant.as_slice()))
        .bind(column(asks, |(_, slot, _)| nth_day.get(&(slot.branch.as_str(), slot.date)).copied()))
        .bind(later)
        .bind(column(days.keys(), |(branch, _)| *branch))
        .bind(column(days.keys(), |(_, date)| *date))
        .bind(days.into_values().collect::<Vec<_>>())
        .fetch_all(&mut *db)
        .await?;
    let mut numbers = HashMap::new();
    for row in rows {
        let number: i64 = row.try_get("queue")?;
        let number = u32::try_from(number).map_err(|_| StoreError::Unreadable { what: "queue number" })?;
        numbers.insert(row.try_get("id")?, number);
    }
    let profiles = asks.iter().filter_map(|(ask, ..)| Some((*ask, ask.profile.as_deref()?)));
    keep_profiles(db, &profiles.collect::<Vec<_>>()).await?;
    Ok(numbers)
}

/// Keeps profiles, in the place of those kept before.
async fn keep_profiles(db: &mut PgConnection, profiles: &[(&ConfirmAsk, &[u8])]) -> Result<()> {
    if profiles.is_empty() {
        return Ok(());
    }
    let sql = "INSERT INTO profile (email, applicant, written_at)
        SELECT * FROM unnest($1::bytea[], $2::bytea[], $3::timestamptz[]) AS ask (email, applicant, now) ORDER BY email
        ON CONFLICT (email) DO UPDATE SET applicant = excluded.applicant, written_at = excluded.written_at";
    sqlx::query(sql)
        .bind(column(profiles, |(ask, _)| ask.email.as_slice()))
        .bind(column(profiles, |(_, profile)| *profile))
        .bind(column(profiles, |(ask, _)| ask.now))
        .execute(db)
        .await?;
    Ok(())
}

/// Keeps the turns' numbers and states, and writes the messages. Says which are taken by this process, those of each turn in
/// their order; others wait for whoever comes to them.
pub(super) async fn end(db: &mut PgConnection, endings: &[Ending]) -> Result<Vec<Vec<bool>>> {
    let messages: Vec<(&Ending, &Message)> = endings
        .iter()
        .flat_map(|ending| ending.messages.iter().map(move |message| (ending, message)))
        .collect();
    let sql = "WITH kept AS (
            UPDATE conversation SET turn = ask.turn, state = coalesce(ask.state, conversation.state),
                drafted = conversation.drafted OR ask.state IS NOT NULL
            FROM unnest($1::bigint[], $2::bigint[], $3::bytea[]) AS ask (id, turn, state) WHERE conversation.id = ask.id
        ), ask AS MATERIALIZED (
            SELECT ask.*, ask.wait OR coalesce((SELECT TRUE FROM outbox AS e WHERE e.conversation = ask.conversation
                AND e.channel = ask.channel AND e.state = 'waiting' AND e.turn < ask.turn
                ORDER BY e.turn, e.n LIMIT 1), FALSE) AS behind
            FROM unnest($4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::text[], $9::bytea[], $10::timestamptz[],
                $11::timestamptz[], $12::uuid[], $13::bool[], $14::bool[])
                AS ask (conversation, turn, n, channel, kind, message, now, lease, taker, mass, wait)
        )
        INSERT INTO outbox (conversation, turn, n, channel, kind, message, state, due_at, tries, written_at, taker, mass)
        SELECT conversation, turn, n, channel, kind, message, 'waiting', CASE WHEN behind THEN now ELSE lease END,
            CASE WHEN behind THEN 0 ELSE 1 END, now, taker, mass
        FROM ask
        RETURNING conversation, turn, n, tries";
    let rows = sqlx::query(sql)
        .bind(column(endings, |ending| ending.conversation.0))
        .bind(column(endings, |ending| ending.turn))
        .bind(column(endings, |ending| ending.state.as_deref()))
        .bind(column(&messages, |(_, message)| message.id.conversation.0))
        .bind(column(&messages, |(_, message)| message.id.turn))
        .bind(column(&messages, |(_, message)| message.id.n))
        .bind(column(&messages, |(_, message)| message.channel.as_str()))
        .bind(column(&messages, |(_, message)| message.kind.as_str()))
        .bind(column(&messages, |(_, message)| message.sealed.as_slice()))
        .bind(column(&messages, |(ending, _)| ending.now))
        .bind(column(&messages, |(ending, _)| ending.now + LEASE))
        .bind(column(&messages, |(ending, _)| ending.process))
        .bind(column(&messages, |(_, message)| message.mass))
        .bind(column(&messages, |(_, message)| message.wait))
        .fetch_all(&mut *db)
        .await?;
    let mut taken = HashSet::new();
    for row in rows {
        let id: (i64, i64, i64) = (row.try_get("conversation")?, row.try_get("turn")?, row.try_get("n")?);
        if row.try_get::<i64, _>("tries")? > 0 {
            taken.insert(id);
        }
    }
    let is_taken = |message: &Message| {
        let id = message.id;
        taken.contains(&(id.conversation.0, id.turn, id.n))
    };
    let behind: Vec<_> = messages.iter().filter(|(_, message)| !is_taken(message)).collect();
    promote(db, behind.iter().map(|(_, message)| *message).filter(|message| !message.mass)).await?;
    if !behind.is_empty() || endings.iter().any(|ending| ending.told) {
        announce(db).await?;
    }
    Ok(endings.iter().map(|ending| ending.messages.iter().map(is_taken).collect()).collect())
}

/// Lets no mass notice keep these waiting, which stand behind it. Those that are under way stay so.
async fn promote<'a>(db: &mut PgConnection, behind: impl Iterator<Item = &'a Message>) -> Result<()> {
    let behind: Vec<&Message> = behind.collect();
    if behind.is_empty() {
        return Ok(());
    }
    let sql = "UPDATE outbox SET mass = FALSE
        FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[]) AS ask (conversation, channel, turn, n),
            LATERAL (SELECT e.conversation, e.turn, e.n, e.mass FROM outbox AS e
                WHERE e.conversation = ask.conversation AND e.channel = ask.channel AND e.state = 'waiting'
                    AND (e.turn, e.n) < (ask.turn, ask.n) ORDER BY e.turn, e.n OFFSET 0) AS before
        WHERE before.mass AND outbox.conversation = before.conversation AND outbox.turn = before.turn
            AND outbox.n = before.n";
    sqlx::query(sql)
        .bind(column(&behind, |message| message.id.conversation.0))
        .bind(column(&behind, |message| message.channel.as_str()))
        .bind(column(&behind, |message| message.id.turn))
        .bind(column(&behind, |message| message.id.n))
        .execute(db)
        .await?;
    Ok(())
}
