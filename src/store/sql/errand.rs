//! Errands: what a person is told that did not begin with a message of theirs.

use chrono::{DateTime, Utc};
use sqlx::Row;

use super::booking::newest;
use super::closing::find_closing;
use super::row::DbRow;
use super::sealed::Spot;
use super::{At, Connection, Db, Scope};
use crate::booking::Reference;
use crate::keys::Keys;
use crate::store::{Contact, ConversationId, DueErrand, Errand, ErrandEnd, ErrandId, Result, StoreError};

/// Writes an errand for the conversation that holds the appointment it is about; whether there is one.
pub(super) async fn put_errand(db: &mut Connection, scope: &Scope<'_>, errand: &Errand) -> Result<bool> {
    let Some(reference) = errand.about() else { return Ok(false) };
    let sql = "SELECT conversation FROM place WHERE reference = $1 ORDER BY sequence DESC LIMIT 1";
    let found: Option<i64> =
        sqlx::query_scalar::<Db, _>(sql).bind(reference.as_str()).fetch_optional(&mut *db).await?;
    let Some(conversation) = found.map(ConversationId) else { return Ok(false) };
    write(db, scope.keys, conversation, errand, scope.now).await?;
    Ok(true)
}

/// Writes an errand for a conversation; of a closing one for each appointment.
pub(super) async fn write(
    db: &mut Connection,
    keys: &Keys,
    conversation: ConversationId,
    errand: &Errand,
    now: DateTime<Utc>,
) -> Result<()> {
    let sql =
        "INSERT INTO errand (conversation, reference, closing, errand, state, due_at, tries, written_at)
        VALUES ($1, $2, $3, $4, 'waiting', $5, 0, $5) ON CONFLICT DO NOTHING";
    sqlx::query::<Db>(sql)
        .bind(conversation.0)
        .bind(errand.about().map(Reference::as_str))
        .bind(errand.closing().map(|closing| closing.0))
        .bind(sealed(keys, conversation, errand)?)
        .bind(At(now))
        .execute(db)
        .await?;
    Ok(())
}

fn sealed(keys: &Keys, conversation: ConversationId, errand: &Errand) -> Result<Vec<u8>> {
    let text = serde_json::to_string(errand).map_err(|error| StoreError::Other(error.to_string()))?;
    Ok(Spot::Errand(conversation).seal(keys, &text))
}

/// The condition that nothing of the conversation of `e` waits that was written earlier.
macro_rules! first {
    () => {
        "NOT EXISTS (SELECT 1 FROM errand AS b WHERE b.conversation = e.conversation AND b.state = 'waiting' AND b.id < e.id)"
    };
}

/// Errands that are due, of each conversation the first, those written earlier first.
pub(super) async fn due_errands(
    db: &mut Connection,
    keys: &Keys,
    limit: u32,
    now: DateTime<Utc>,
) -> Result<Vec<DueErrand>> {
    let sql = concat!(
        "SELECT e.id, e.conversation, e.reference, e.errand, e.tries, c.channel, c.contact, c.address
        FROM errand AS e JOIN conversation AS c ON c.id = e.conversation
        WHERE e.state = 'waiting' AND e.due_at <= $1 AND ",
        first!(),
        " ORDER BY e.id LIMIT $2"
    );
    let rows = sqlx::query::<Db>(sql).bind(At(now)).bind(i64::from(limit)).fetch_all(&mut *db).await?;
    let mut due = Vec::new();
    for row in &rows {
        let mut errand = read(row, keys)?;
        if let Some(reference) = row.try_get::<Option<&str>, _>("reference")? {
            let place = newest(&mut *db, reference).await?;
            // One that is over, or stripped, is no appointment any more.
            errand.booking = place.and_then(|place| place.booking(keys).ok()).map(Box::new);
        }
        if let Some(closing) = errand.errand.as_ref().and_then(Errand::closing) {
            errand.closing = find_closing(&mut *db, closing).await?.map(Box::new);
        }
        due.push(errand);
    }
    Ok(due)
}

fn read(row: &DbRow, keys: &Keys) -> Result<DueErrand> {
    let conversation = ConversationId(row.try_get("conversation")?);
    let text = Spot::Errand(conversation).open(keys, row.try_get("errand")?).unwrap_or_default();
    let contact: Vec<u8> = row.try_get("contact")?;
    let address: Option<Vec<u8>> = row.try_get("address")?;
    let address = address.and_then(|sealed| Spot::Address(&contact).open(keys, &sealed).ok());
    let channel: String = row.try_get("channel")?;
    let tries: i64 = row.try_get("tries")?;
    Ok(DueErrand {
        id: ErrandId(row.try_get("id")?),
        conversation,
        errand: serde_json::from_str(&text).ok(),
        contact: address.map(|address| Contact { channel, address }),
        booking: None,
        closing: None,
        tries: u32::try_from(tries).unwrap_or(u32::MAX),
    })
}

/// When the next errand is due.
pub(super) async fn errand_due(db: &mut Connection) -> Result<Option<DateTime<Utc>>> {
    let sql = concat!(
        "SELECT e.due_at FROM errand AS e WHERE e.state = 'waiting' AND ",
        first!(),
        " ORDER BY e.due_at LIMIT 1"
    );
    let due: Option<At> = sqlx::query_scalar::<Db, _>(sql).fetch_optional(db).await?;
    Ok(due.map(|At(due)| due))
}

/// Ends an errand. Its text is needed no more, but for who has to call.
pub(super) async fn end_errand(
    db: &mut Connection,
    id: ErrandId,
    end: ErrandEnd<'_>,
    now: DateTime<Utc>,
) -> Result<()> {
    let (state, told, error) = match end {
        ErrandEnd::Told(told) => ("told", Some(told), None),
        ErrandEnd::Moot => ("moot", None, None),
        ErrandEnd::NotReached(why) => ("not_reached", None, Some(why)),
    };
    let sql = "UPDATE errand SET state = $2, told_conversation = $3, told_turn = $4, told_n = $5, error = $6,
            settled_at = $7
        WHERE id = $1 AND state = 'waiting'";
    let ended = sqlx::query::<Db>(sql)
        .bind(id.0)
        .bind(state)
        .bind(told.map(|told| told.conversation.0))
        .bind(told.map(|told| told.turn))
        .bind(told.map(|told| told.n))
        .bind(error)
        .bind(At(now))
        .execute(db)
        .await?;
    // Another process has done it in this very moment.
    if ended.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Repeat) }
}

/// Puts an errand off that failed.
pub(super) async fn errand_later(
    db: &mut Connection,
    id: ErrandId,
    due: DateTime<Utc>,
    error: &str,
) -> Result<()> {
    let sql =
        "UPDATE errand SET due_at = $2, tries = tries + 1, error = $3 WHERE id = $1 AND state = 'waiting'";
    sqlx::query::<Db>(sql).bind(id.0).bind(At(due)).bind(error).execute(db).await?;
    Ok(())
}
