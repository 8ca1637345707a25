//! What staff look at and what they note: lists, records, attendance, blocks.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use futures::TryStreamExt;
use sqlx::Row;

use super::booking::end;
use super::row::{self, DbRow, Place, State, columns};
use super::sealed::{self, Spot};
use super::{At, Connection, Db, Id, Scope};
use crate::booking::{Attendance, Booking, BookingState, DayEntry, Identity, PersonName, Reference, Rules};
use crate::dialogue::understand::text::fold;
use crate::keys::Keys;
use crate::office::{BranchCode, ServiceCode};
use crate::staff::MemberId;
use crate::store::{Block, Cancelled, Chance, Fill, Note, Record, Result, Search, StoreError, Turnout};

const DAMAGED: StoreError = StoreError::Unreadable { what: "booking" };

/// Fewer digits than this are not looked for: too many people would be found.
const FEWEST_DIGITS: usize = 3;

/// The columns [`entry`] reads, and those by which it is found.
macro_rules! entry_columns {
    () => {
        "branch, service, date, time, minutes, state, reference, queue, applicant, attendance"
    };
}

/// Lists a branch `$1` on a day `$2`.
pub(super) const DAY_LIST: &str = concat!(
    "SELECT ",
    entry_columns!(),
    " FROM place WHERE branch = $1 AND date = $2 AND state IN ('booked', 'cancelled') AND applicant IS NOT NULL
        ORDER BY time, queue"
);

/// What a list shows of an applicant. The rest of what is sealed is not even read.
#[derive(serde::Deserialize)]
struct Named {
    name: PersonName,
}

/// What an applicant is found by.
#[derive(serde::Deserialize)]
struct Glimpse {
    name: PersonName,
    identity: Identity,
    phone: String,
}

fn entry<T: serde::de::DeserializeOwned>(
    row: &DbRow,
    keys: &Keys,
    name: fn(T) -> PersonName,
) -> Result<DayEntry> {
    let (reference, opened) = opened::<T>(row, keys)?;
    entry_of(row, reference, name(opened))
}

fn opened<T: serde::de::DeserializeOwned>(row: &DbRow, keys: &Keys) -> Result<(Reference, T)> {
    let reference = Reference::parse(row.try_get("reference")?).map_err(|_| DAMAGED)?;
    let text = Spot::Applicant(&reference).open(keys, row.try_get("applicant")?)?;
    let opened = serde_json::from_str(&text).map_err(|_| DAMAGED)?;
    Ok((reference, opened))
}

fn entry_of(row: &DbRow, reference: Reference, name: PersonName) -> Result<DayEntry> {
    let state = match State::read(row.try_get("state")?) {
        State::Booked => BookingState::Booked,
        State::Cancelled => BookingState::Cancelled,
        State::Held | State::Moved | State::Other => return Err(DAMAGED),
    };
    let count = |number: i64| u32::try_from(number).map_err(|_| DAMAGED);
    Ok(DayEntry {
        reference,
        queue: count(row.try_get("queue")?)?,
        slot: row::slot(row)?,
        minutes: count(row.try_get("minutes")?)?,
        name,
        state,
        attendance: row.try_get::<Option<&str>, _>("attendance")?.and_then(Attendance::parse),
    })
}

/// The list of a branch and a day.
pub(super) async fn day_list(
    db: &mut Connection,
    keys: &Keys,
    branch: &BranchCode,
    date: NaiveDate,
) -> Result<Vec<DayEntry>> {
    let rows = sqlx::query::<Db>(DAY_LIST).bind(branch.as_str()).bind(date).fetch_all(db).await?;
    rows.iter().map(|row| entry(row, keys, |named: Named| named.name)).collect()
}

/// Appointments by part of a name or by last digits, soonest first.
pub(super) async fn search(db: &mut Connection, keys: &Keys, search: &Search<'_>) -> Result<Vec<DayEntry>> {
    let sql = concat!(
        "SELECT ",
        entry_columns!(),
        " FROM place WHERE branch = $1 AND date >= $2 AND date <= $3 AND state IN ('booked', 'cancelled')
            AND applicant IS NOT NULL ORDER BY date, time, queue"
    );
    let words: Vec<String> = fold(search.text).split_whitespace().map(str::to_owned).collect();
    let digits: String = search.text.chars().filter(char::is_ascii_digit).collect();
    let by_digits = digits.len() >= FEWEST_DIGITS && !search.text.chars().any(char::is_alphabetic);
    let mut found = Vec::new();
    for branch in search.branches {
        let mut rows =
            sqlx::query::<Db>(sql).bind(branch.as_str()).bind(search.from).bind(search.to).fetch(&mut *db);
        while let Some(row) = rows.try_next().await? {
            let (reference, glimpse) = opened::<Glimpse>(&row, keys)?;
            let name = fold(glimpse.name.as_str());
            let meant = match by_digits {
                true => ends(glimpse.identity.number(), &digits) || ends(&glimpse.phone, &digits),
                false => !words.is_empty() && words.iter().all(|word| name.contains(word.as_str())),
            };
            if meant {
                found.push(entry_of(&row, reference, glimpse.name)?);
            }
            if found.len() >= search.limit {
                return Ok(found);
            }
        }
    }
    Ok(found)
}

fn ends(number: &str, digits: &str) -> bool {
    let number: String = number.chars().filter(char::is_ascii_digit).collect();
    number.ends_with(digits)
}

/// The newest issue of an appointment, whosever it is.
async fn newest(db: &mut Connection, reference: &Reference) -> Result<Option<(Place, DbRow)>> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        ", attendance, attended_at FROM place WHERE reference = $1 AND applicant IS NOT NULL
            AND state IN ('booked', 'cancelled') ORDER BY sequence DESC LIMIT 1"
    );
    let row = sqlx::query::<Db>(sql).bind(reference.as_str()).fetch_optional(db).await?;
    row.map(|row| Ok((Place::read(&row)?, row))).transpose()
}

/// An appointment with everything known of it.
pub(super) async fn record(
    db: &mut Connection,
    keys: &Keys,
    reference: &Reference,
    now: DateTime<Utc>,
) -> Result<Option<Record>> {
    let Some((place, row)) = newest(db, reference).await? else { return Ok(None) };
    let attendance = row.try_get::<Option<&str>, _>("attendance")?.and_then(Attendance::parse);
    let attended_at = row.try_get::<Option<At>, _>("attended_at")?.map(|At(at)| at);
    Ok(Some(Record {
        attendance: attendance.zip(attended_at),
        notes: notes(db, keys, reference).await?,
        block: match &place.identity {
            Some(identity) => block_of(db, keys, identity, now).await?,
            None => None,
        },
        booking: place.booking(keys)?,
    }))
}

/// Notes whether the person came; `None` takes it back. The appointment, if it is one that stands.
pub(super) async fn attend(
    db: &mut Connection,
    scope: &Scope<'_>,
    reference: &Reference,
    attendance: Option<Attendance>,
) -> Result<Option<Booking>> {
    let Some((place, _)) = newest(db, reference).await? else { return Ok(None) };
    let sql = "UPDATE place SET attendance = $5, attended_at = $6
        WHERE branch = $1 AND date = $2 AND time = $3 AND id = $4 AND state = 'booked'";
    let noted = sqlx::query::<Db>(sql)
        .bind(place.slot.branch.as_str())
        .bind(place.slot.date)
        .bind(place.slot.time)
        .bind(Id::from(place.id))
        .bind(attendance.map(Attendance::name))
        .bind(attendance.map(|_| At(scope.now)))
        .execute(db)
        .await?;
    if noted.rows_affected() == 0 {
        return Ok(None);
    }
    place.booking(scope.keys).map(Some)
}

/// Calls an appointment off for the department.
pub(super) async fn call_off(
    db: &mut Connection,
    scope: &Scope<'_>,
    reference: &Reference,
    rules: &Rules,
    rng: Chance<'_>,
) -> Result<Cancelled> {
    let Some((mut place, _)) = newest(db, reference).await? else { return Ok(Cancelled::NotFound) };
    match place.state {
        State::Booked if place.ends_at <= scope.now => return Ok(Cancelled::TooLate),
        State::Booked => {
            end(db, scope, &place, State::Cancelled, rules, rng).await?;
            place.state = State::Cancelled;
        }
        State::Cancelled => return Ok(Cancelled::TooLate),
        State::Held | State::Moved | State::Other => return Ok(Cancelled::NotFound),
    }
    Ok(Cancelled::Cancelled(Box::new(place.booking(scope.keys)?)))
}

/// Leaves a note for colleagues.
pub(super) async fn put_note(
    db: &mut Connection,
    scope: &Scope<'_>,
    reference: &Reference,
    by: (MemberId, &str),
    text: &str,
) -> Result<()> {
    let (id, name) = by;
    let sql = "INSERT INTO note (reference, at, staff, text) VALUES ($1, $2, $3, $4)
        ON CONFLICT (reference, at, staff) DO UPDATE SET text = $4";
    let note = Note { at: scope.now, by: name.to_owned(), text: text.to_owned() };
    let note = serde_json::to_string(&note).unwrap_or_default();
    sqlx::query::<Db>(sql)
        .bind(reference.as_str())
        .bind(At(scope.now))
        .bind(Id(id.0))
        .bind(Spot::Note(reference).seal(scope.keys, &note))
        .execute(db)
        .await?;
    Ok(())
}

async fn notes(db: &mut Connection, keys: &Keys, reference: &Reference) -> Result<Vec<Note>> {
    let sql = "SELECT text FROM note WHERE reference = $1 ORDER BY at, staff";
    let rows = sqlx::query::<Db>(sql).bind(reference.as_str()).fetch_all(db).await?;
    let note = |row: &DbRow| {
        let text = Spot::Note(reference).open(keys, row.try_get("text")?)?;
        serde_json::from_str(&text).map_err(|_| StoreError::Unreadable { what: "note" })
    };
    rows.iter().map(note).collect()
}

/// Lets nobody book for the identity of an appointment until then; `None` ends that. Whether there was one to block.
pub(super) async fn block(
    db: &mut Connection,
    scope: &Scope<'_>,
    reference: &Reference,
    block: Option<&Block>,
    by: MemberId,
) -> Result<bool> {
    let Some((Place { identity: Some(identity), .. }, _)) = newest(db, reference).await? else {
        return Ok(false);
    };
    match block {
        None => {
            let sql = "DELETE FROM block WHERE identity = $1";
            let ended = sqlx::query::<Db>(sql).bind(identity.as_slice()).execute(db).await?;
            Ok(ended.rows_affected() == 1)
        }
        Some(block) => {
            let sql = "INSERT INTO block (identity, until, reason, staff) VALUES ($1, $2, $3, $4)
                ON CONFLICT (identity) DO UPDATE SET until = $2, reason = $3, staff = $4";
            sqlx::query::<Db>(sql)
                .bind(identity.as_slice())
                .bind(At(block.until))
                .bind(Spot::Block(&identity).seal(scope.keys, &block.reason))
                .bind(Id(by.0))
                .execute(db)
                .await?;
            Ok(true)
        }
    }
}

async fn block_of(
    db: &mut Connection,
    keys: &Keys,
    identity: &sealed::Hash,
    now: DateTime<Utc>,
) -> Result<Option<Block>> {
    let sql = "SELECT until, reason FROM block WHERE identity = $1 AND until > $2";
    let row = sqlx::query::<Db>(sql).bind(identity.as_slice()).bind(At(now)).fetch_optional(db).await?;
    let Some(row) = row else { return Ok(None) };
    let At(until) = row.try_get("until")?;
    let reason: Option<&[u8]> = row.try_get("reason")?;
    let reason =
        reason.map(|reason| Spot::Block(identity).open(keys, reason)).transpose()?.unwrap_or_default();
    Ok(Some(Block { until, reason }))
}

/// How full the slots of some days are. A slot nobody ever asked for is not among them.
pub(super) async fn fill(
    db: &mut Connection,
    branch: &BranchCode,
    (from, to): (NaiveDate, NaiveDate),
    now: DateTime<Utc>,
) -> Result<Vec<Fill>> {
    let sql = "SELECT branch, service, date, time, taken - (SELECT count(*) FROM place AS gone
            WHERE gone.branch = slot.branch AND gone.service = slot.service AND gone.date = slot.date
            AND gone.time = slot.time AND gone.takes AND gone.until <= $4) AS taken
        FROM slot WHERE branch = $1 AND date >= $2 AND date <= $3 ORDER BY date, time, service";
    let rows =
        sqlx::query::<Db>(sql).bind(branch.as_str()).bind(from).bind(to).bind(At(now)).fetch_all(db).await?;
    let fill = |row: &DbRow| {
        let taken: i64 = row.try_get("taken")?;
        Ok(Fill { slot: row::slot(row)?, taken: u32::try_from(taken).unwrap_or_default() })
    };
    rows.iter().map(fill).collect()
}

/// When the last place of each service and day was taken that is still taken.
pub(super) async fn last_taken(
    db: &mut Connection,
    branch: &BranchCode,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<HashMap<(ServiceCode, NaiveDate), DateTime<Utc>>> {
    let sql = "SELECT service, date, max(written_at) AS at FROM place WHERE branch = $1 AND date >= $2 AND date <= $3
        AND takes GROUP BY service, date";
    let rows = sqlx::query::<Db>(sql).bind(branch.as_str()).bind(from).bind(to).fetch_all(db).await?;
    let last = |row: &DbRow| {
        let service = ServiceCode::parse(row.try_get("service")?).map_err(|_| DAMAGED)?;
        let At(at) = row.try_get("at")?;
        Ok(((service, row.try_get("date")?), at))
    };
    rows.iter().map(last).collect()
}

/// What became of the appointments of some weeks, by their Monday.
pub(super) async fn turnout(
    db: &mut Connection,
    branch: &BranchCode,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<(NaiveDate, Turnout)>> {
    let sql = "SELECT date, state, attendance, count(*) AS n FROM place WHERE branch = $1 AND date >= $2 AND date <= $3
        AND state IN ('booked', 'cancelled') GROUP BY date, state, attendance";
    let rows = sqlx::query::<Db>(sql).bind(branch.as_str()).bind(from).bind(to).fetch_all(db).await?;
    let mut weeks: BTreeMap<NaiveDate, Turnout> = BTreeMap::new();
    for row in rows {
        let date: NaiveDate = row.try_get("date")?;
        let days = u64::from(date.weekday().num_days_from_monday());
        let week = weeks.entry(date.checked_sub_days(Days::new(days)).unwrap_or(date)).or_default();
        let attendance = row.try_get::<Option<&str>, _>("attendance")?.and_then(Attendance::parse);
        let count = match (State::read(row.try_get("state")?), attendance) {
            (State::Cancelled, _) => &mut week.cancelled,
            (_, None) => &mut week.unmarked,
            (_, Some(Attendance::Arrived)) => &mut week.arrived,
            (_, Some(Attendance::Late)) => &mut week.late,
            (_, Some(Attendance::NoShow)) => &mut week.no_show,
        };
        *count += u32::try_from(row.try_get::<i64, _>("n")?).unwrap_or_default();
    }
    Ok(weeks.into_iter().collect())
}
