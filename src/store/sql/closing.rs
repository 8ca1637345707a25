//! Closing a branch for some days or hours: what that would touch, carrying it out step by step, and how far it has come.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use data_encoding::BASE32_NOPAD;
use sqlx::Row;
use sqlx::types::Json;

use super::booking::newest;
use super::row::{DbRow, Place, columns};
use super::{At, Connection, Db, Scope, errand, office};
use crate::booking::Reference;
use crate::keys::Keys;
use crate::office::{BranchCode, Office, Reason, SlotTime, Span};
use crate::store::{
    Closing, ClosingId, ClosingPreview, ClosingSpec, ClosingState, ConversationId, Errand, NotReached,
    Ordered, Progress, Result, StoreError, reaches,
};

/// Errands written in one transaction.
const CHUNK: usize = 500;
/// Bytes of a token.
const TOKEN: usize = 10;

const DAMAGED: StoreError = StoreError::Unreadable { what: "closing" };

/// An appointment that stands in a closing.
struct Standing {
    place: Place,
    channel: String,
    /// Whether the address in that channel is known.
    is_known: bool,
}

/// The appointments to come that stand in a closing, in the order in which they were made.
async fn standing(
    db: &mut Connection,
    spec: &ClosingSpec,
    but: Option<ClosingId>,
    now: DateTime<Utc>,
) -> Result<Vec<Standing>> {
    let sql = concat!(
        "SELECT place.*, c.channel, c.address IS NOT NULL AS is_known FROM (SELECT ",
        columns!(),
        " FROM place WHERE branch = $1 AND date BETWEEN $2 AND $3 AND state = 'booked' AND applicant IS NOT NULL) AS place
            JOIN conversation AS c ON c.id = place.conversation
        WHERE NOT EXISTS (SELECT 1 FROM errand WHERE errand.closing = $4 AND errand.reference = place.reference)
        ORDER BY place.written_at, place.reference"
    );
    let rows = sqlx::query::<Db>(sql)
        .bind(spec.branch.as_str())
        .bind(spec.from)
        .bind(spec.to)
        .bind(but.map(|closing| closing.0))
        .fetch_all(db)
        .await?;
    let mut standing = Vec::new();
    for row in &rows {
        let place = Place::read(row)?;
        if place.slot.starts_at() > now && spec.takes_in(&place.slot, place.minutes) {
            let (channel, is_known) = (row.try_get("channel")?, row.try_get("is_known")?);
            standing.push(Standing { place, channel, is_known });
        }
    }
    Ok(standing)
}

/// What a closing would touch.
pub(super) async fn closing_preview(
    db: &mut Connection,
    scope: &Scope<'_>,
    spec: &ClosingSpec,
) -> Result<ClosingPreview> {
    let standing = standing(db, spec, None, scope.now).await?;
    let mut by_channel: Vec<(String, u32)> = Vec::new();
    let mut references = Vec::new();
    let mut unreachable = 0;
    for Standing { place, channel, is_known } in &standing {
        match by_channel.iter_mut().find(|(known, _)| known == channel) {
            Some((_, count)) => *count += 1,
            None => by_channel.push((channel.clone(), 1)),
        }
        references.extend(place.reference.clone());
        let told = *is_known && reaches(channel);
        if !told && !place.booking(scope.keys).is_ok_and(|booking| booking.applicant.email_proved) {
            unreachable += 1;
        }
    }
    by_channel.sort();
    Ok(ClosingPreview {
        places: places(scope, spec),
        bookings: u32::try_from(standing.len()).unwrap_or(u32::MAX),
        by_channel,
        unreachable,
        token: token(scope.keys, spec, references)?,
    })
}

/// The places to come that would not be offered any more.
fn places(scope: &Scope<'_>, spec: &ClosingSpec) -> u32 {
    let Some(branch) = scope.office.branch(&spec.branch) else { return 0 };
    let slot = |service, date, offered: &SlotTime| crate::booking::SlotKey {
        branch: branch.code.clone(),
        service,
        date,
        time: offered.time,
    };
    let mut places = 0;
    for date in spec.from.iter_days().take_while(|date| *date <= spec.to) {
        for offer in &branch.services {
            let offered = scope.office.slots(&branch.code, &offer.service, date).into_iter();
            let closed = offered.filter(|offered| {
                let slot = slot(offer.service.clone(), date, offered);
                slot.starts_at() > scope.now && spec.takes_in(&slot, offered.minutes)
            });
            places += closed.map(|offered| offered.capacity).sum::<u32>();
        }
    }
    places
}

/// Stands for a closing and the appointments it touches.
fn token(keys: &Keys, spec: &ClosingSpec, mut references: Vec<Reference>) -> Result<String> {
    references.sort();
    let about = serde_json::to_string(&(spec, references));
    let hash = keys.hash("closing", &about.map_err(|error| StoreError::Other(error.to_string()))?);
    Ok(BASE32_NOPAD.encode(hash.get(..TOKEN).unwrap_or_default()).to_ascii_lowercase())
}

/// Orders a closing, if it would touch just what the token stands for.
pub(super) async fn order_closing(
    db: &mut Connection,
    scope: &Scope<'_>,
    spec: &ClosingSpec,
    (token, by): (&str, &str),
) -> Result<Ordered> {
    let preview = closing_preview(&mut *db, scope, spec).await?;
    // The catalogue names no branch that is not in it, and no day comes before itself.
    let is_sound = scope.office.branch(&spec.branch).is_some() && spec.from <= spec.to;
    if preview.token != token || !is_sound {
        return Ok(Ordered::Changed(preview));
    }
    let sql = "INSERT INTO closing (branch, first, last, begins, ends, reason, state, ordered_by, conversation, ordered_at)
        VALUES ($1, $2, $3, $4, $5, $6, 'ordered', $7, $8, $9) RETURNING id";
    let id = sqlx::query_scalar::<Db, _>(sql)
        .bind(spec.branch.as_str())
        .bind(spec.from)
        .bind(spec.to)
        .bind(spec.hours.map(|hours| hours.from()))
        .bind(spec.hours.map(|hours| hours.to()))
        .bind(Json(&spec.reason))
        .bind(by)
        .bind(scope.conversation.0)
        .bind(At(scope.now))
        .fetch_one(db)
        .await?;
    Ok(Ordered::Ordered(ClosingId(id)))
}

/// Asks that what was closed at a branch be open again from now on; how many closings that concerns.
pub(super) async fn reopen(
    db: &mut Connection,
    scope: &Scope<'_>,
    branch: &BranchCode,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<u32> {
    let sql = "UPDATE closing SET reopen_from = $2, reopen_to = $3 WHERE branch = $1 AND first <= $3 AND last >= $2";
    let from = from.max(scope.today());
    if from > to {
        return Ok(0);
    }
    let asked =
        sqlx::query::<Db>(sql).bind(branch.as_str()).bind(from).bind(to).execute(db).await?.rows_affected();
    Ok(u32::try_from(asked).unwrap_or(u32::MAX))
}

/// A closing with what only the worker needs: who ordered it, and the days that are to be open again.
struct Known {
    closing: Closing,
    conversation: ConversationId,
    reopen: Option<(NaiveDate, NaiveDate)>,
}

macro_rules! columns_of_closing {
    () => {
        "id, branch, first, last, begins, ends, reason, state, ordered_by, conversation, ordered_at, reopen_from, reopen_to"
    };
}

fn read(row: &DbRow) -> Result<Known> {
    let hours = match (row.try_get::<Option<NaiveTime>, _>("begins")?, row.try_get("ends")?) {
        (Some(begins), Some(ends)) => Some(Span::new(begins, ends).ok_or(DAMAGED)?),
        _ => None,
    };
    let Json(reason): Json<Reason> = row.try_get("reason")?;
    let spec = ClosingSpec {
        branch: BranchCode::parse(row.try_get("branch")?).map_err(|_| DAMAGED)?,
        from: row.try_get("first")?,
        to: row.try_get("last")?,
        hours,
        reason,
    };
    let state = match row.try_get("state")? {
        "ordered" => ClosingState::Ordered,
        "closed" => ClosingState::Closed,
        "listed" => ClosingState::Listed,
        "done" => ClosingState::Done,
        _ => return Err(DAMAGED),
    };
    let At(ordered_at) = row.try_get("ordered_at")?;
    let closing = Closing {
        id: ClosingId(row.try_get("id")?),
        spec,
        state,
        ordered_by: row.try_get("ordered_by")?,
        ordered_at,
    };
    let reopen: (Option<NaiveDate>, Option<NaiveDate>) =
        (row.try_get("reopen_from")?, row.try_get("reopen_to")?);
    Ok(Known {
        closing,
        conversation: ConversationId(row.try_get("conversation")?),
        reopen: reopen.0.zip(reopen.1),
    })
}

/// A closing.
pub(super) async fn find_closing(db: &mut Connection, id: ClosingId) -> Result<Option<Closing>> {
    let sql = concat!("SELECT ", columns_of_closing!(), " FROM closing WHERE id = $1");
    let row = sqlx::query::<Db>(sql).bind(id.0).fetch_optional(db).await?;
    row.as_ref().map(|row| read(row).map(|row| row.closing)).transpose()
}

/// The closings of a branch that are not over, the first to come first.
pub(super) async fn closings(
    db: &mut Connection,
    scope: &Scope<'_>,
    branch: &BranchCode,
) -> Result<Vec<Closing>> {
    let sql = concat!(
        "SELECT ",
        columns_of_closing!(),
        " FROM closing WHERE branch = $1 AND last >= $2 ORDER BY first, id"
    );
    let rows = sqlx::query::<Db>(sql).bind(branch.as_str()).bind(scope.today()).fetch_all(db).await?;
    rows.iter().map(|row| read(row).map(|row| row.closing)).collect()
}

/// How far a closing has come.
pub(super) async fn progress(db: &mut Connection, keys: &Keys, id: ClosingId) -> Result<Option<Progress>> {
    let Some(closing) = find_closing(&mut *db, id).await? else { return Ok(None) };
    let sql =
        "SELECT e.reference, e.state, e.error, e.offered, e.answer, o.state AS sent, o.error AS sent_error
        FROM errand AS e LEFT JOIN outbox AS o
            ON o.conversation = e.told_conversation AND o.turn = e.told_turn AND o.n = e.told_n
        WHERE e.closing = $1 AND e.reference IS NOT NULL ORDER BY e.id";
    let rows = sqlx::query::<Db>(sql).bind(id.0).fetch_all(&mut *db).await?;
    let mut progress = Progress {
        closing,
        bookings: 0,
        told: 0,
        offered: 0,
        accepted: 0,
        declined: 0,
        not_reached: Vec::new(),
    };
    for row in &rows {
        let state: &str = row.try_get("state")?;
        if state == "moot" {
            continue;
        }
        progress.bookings += 1;
        progress.offered += u32::from(row.try_get::<bool, _>("offered")?);
        let answer: Option<&str> = row.try_get("answer")?;
        progress.accepted += u32::from(answer == Some("accepted"));
        progress.declined += u32::from(answer == Some("declined"));
        let sent: Option<&str> = row.try_get("sent")?;
        let why: Option<String> = match (state, sent) {
            ("not_reached", _) => row.try_get("error")?,
            ("told", Some("given_up")) => row.try_get("sent_error")?,
            ("told", Some("waiting")) | ("waiting", _) => continue,
            _ => {
                progress.told += 1;
                continue;
            }
        };
        progress.not_reached.extend(not_reached(&mut *db, keys, row.try_get("reference")?, why).await?);
    }
    Ok(Some(progress))
}

async fn not_reached(
    db: &mut Connection,
    keys: &Keys,
    reference: &str,
    why: Option<String>,
) -> Result<Option<NotReached>> {
    let booking = newest(db, reference).await?.and_then(|place| place.booking(keys).ok());
    Ok(booking.map(|booking| NotReached {
        reference: booking.reference,
        name: booking.applicant.name,
        phone: booking.applicant.phone,
        why: why.unwrap_or_default(),
    }))
}

/// What is to be done next for closings.
pub(super) enum Step {
    /// Change the catalogue.
    Close(ClosingId),
    Reopen(ClosingId),
    /// Write errands for those who have an appointment there.
    List(ClosingId),
    /// Tell who ordered it that all were told.
    Finish(ClosingId),
}

/// What is to be done next, if anything.
pub(super) async fn next_step(db: &mut Connection) -> Result<Option<Step>> {
    let sql = concat!(
        "SELECT ",
        columns_of_closing!(),
        " FROM closing WHERE settled_at IS NULL OR reopen_from IS NOT NULL ORDER BY id"
    );
    let rows = sqlx::query::<Db>(sql).fetch_all(&mut *db).await?;
    for row in &rows {
        let Known { closing, reopen, .. } = read(row)?;
        return Ok(Some(match closing.state {
            ClosingState::Ordered => Step::Close(closing.id),
            _ if reopen.is_some() => Step::Reopen(closing.id),
            ClosingState::Closed => Step::List(closing.id),
            ClosingState::Listed if is_settled(&mut *db, closing.id).await? => Step::Finish(closing.id),
            ClosingState::Listed | ClosingState::Done => continue,
        }));
    }
    Ok(None)
}

/// Whether nothing of a closing waits any more: no errand, and no message that tells one.
async fn is_settled(db: &mut Connection, id: ClosingId) -> Result<bool> {
    let sql = "SELECT count(*) FROM errand AS e LEFT JOIN outbox AS o
            ON o.conversation = e.told_conversation AND o.turn = e.told_turn AND o.n = e.told_n
        WHERE e.closing = $1 AND (e.state = 'waiting' OR o.state = 'waiting')";
    let waiting: i64 = sqlx::query_scalar::<Db, _>(sql).bind(id.0).fetch_one(db).await?;
    Ok(waiting == 0)
}

/// A closing as it stands, locked.
async fn locked(db: &mut Connection, id: ClosingId) -> Result<Option<Known>> {
    let sql = concat!("UPDATE closing SET state = state WHERE id = $1 RETURNING ", columns_of_closing!());
    let row = sqlx::query::<Db>(sql).bind(id.0).fetch_optional(db).await?;
    row.as_ref().map(read).transpose()
}

async fn now_is(
    db: &mut Connection,
    id: ClosingId,
    state: &str,
    settled: Option<DateTime<Utc>>,
) -> Result<()> {
    let sql = "UPDATE closing SET state = $2, settled_at = $3 WHERE id = $1";
    sqlx::query::<Db>(sql).bind(id.0).bind(state).bind(settled.map(At)).execute(db).await?;
    Ok(())
}

async fn catalogue(db: &mut Connection) -> Result<Office> {
    let newest = office::office_version(&mut *db).await?.ok_or(StoreError::NoOffice)?;
    office::office_document(db, newest).await
}

/// Writes a closing into the catalogue; turns are kept out.
pub(super) async fn close(db: &mut Connection, id: ClosingId, now: DateTime<Utc>) -> Result<()> {
    let Some(Known { closing, .. }) = locked(&mut *db, id).await? else { return Ok(()) };
    if closing.state == ClosingState::Ordered {
        let changed = catalogue(&mut *db).await?.with_closure(closing.spec.closure());
        office::import_office(&mut *db, &changed, now).await?;
        now_is(db, id, "closed", None).await?;
    }
    Ok(())
}

/// Takes a closing out of the catalogue for the days asked for; turns are kept out.
pub(super) async fn reopen_office(db: &mut Connection, id: ClosingId, now: DateTime<Utc>) -> Result<()> {
    let Some(Known { closing, reopen: Some(days), .. }) = locked(&mut *db, id).await? else { return Ok(()) };
    let changed = catalogue(&mut *db).await?.without_closure(&closing.spec.closure(), days);
    office::import_office(&mut *db, &changed, now).await?;
    let sql = "UPDATE closing SET reopen_from = NULL, reopen_to = NULL WHERE id = $1";
    sqlx::query::<Db>(sql).bind(id.0).execute(db).await?;
    Ok(())
}

/// Writes errands for the next appointments that stand in a closing; with none left, all are listed.
pub(super) async fn list(db: &mut Connection, keys: &Keys, id: ClosingId, now: DateTime<Utc>) -> Result<()> {
    let Some(Known { closing, .. }) = locked(&mut *db, id).await? else { return Ok(()) };
    if closing.state != ClosingState::Closed {
        return Ok(());
    }
    let standing = standing(&mut *db, &closing.spec, Some(id), now).await?;
    for Standing { place, .. } in standing.iter().take(CHUNK) {
        let Some(reference) = place.reference.clone() else { continue };
        let told = Errand::Closed { reference, closing: id };
        errand::write(&mut *db, keys, ConversationId(place.conversation), &told, now).await?;
    }
    if standing.len() <= CHUNK {
        now_is(db, id, "listed", None).await?;
    }
    Ok(())
}

/// Ends a closing, and has who ordered it told.
pub(super) async fn finish(
    db: &mut Connection,
    keys: &Keys,
    id: ClosingId,
    now: DateTime<Utc>,
) -> Result<()> {
    let Some(Known { closing, conversation, .. }) = locked(&mut *db, id).await? else { return Ok(()) };
    if closing.state == ClosingState::Listed && is_settled(&mut *db, id).await? {
        now_is(&mut *db, id, "done", Some(now)).await?;
        errand::write(db, keys, conversation, &Errand::ClosingDone { closing: id }, now).await?;
    }
    Ok(())
}
