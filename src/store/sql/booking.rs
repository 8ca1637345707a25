//! Appointments: whose they are, calling one off, the list of a day.

use chrono::NaiveDate;

use super::row::{DbRow, Place, State, columns};
use super::sealed::{self, Hash};
use super::{At, Connection, Db, Id, Scope, claim, slot};
use crate::booking::{Booking, Email, Reference, Rules, SlipStanding};
use crate::keys::Keys;
use crate::office::BranchCode;
use crate::store::{Cancelled, Chance, Result, StoreError};

/// The newest issue of a booking, whoever's it is.
pub(super) async fn newest(db: &mut Connection, reference: &str) -> Result<Option<Place>> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM place WHERE reference = $1 AND applicant IS NOT NULL ORDER BY sequence DESC LIMIT 1"
    );
    let row = sqlx::query::<Db>(sql).bind(reference).fetch_optional(db).await?;
    row.as_ref().map(Place::read).transpose()
}

/// The newest issue of a booking, if it is this conversation's or its proved address's.
async fn own(
    db: &mut Connection,
    scope: &Scope<'_>,
    reference: &Reference,
    proved: Option<&Email>,
) -> Result<Option<Place>> {
    let place = newest(db, reference.as_str()).await?;
    let proved = proved.map(|email| sealed::email(scope.keys, email));
    let is_own = |place: &Place| {
        place.conversation == scope.conversation.0 || (proved.is_some() && place.email == proved)
    };
    Ok(place.filter(is_own))
}

/// The same, if it is still to come.
pub(super) async fn live(
    db: &mut Connection,
    scope: &Scope<'_>,
    reference: &Reference,
    proved: Option<&Email>,
) -> Result<Option<Place>> {
    let place = own(db, scope, reference, proved).await?;
    Ok(place.filter(|place| place.state == State::Booked && place.slot.starts_at() > scope.now))
}

/// The appointments to come of this conversation and its proved address.
pub(super) async fn bookings(
    db: &mut Connection,
    scope: &Scope<'_>,
    proved: Option<&Email>,
) -> Result<Vec<Booking>> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM place WHERE (conversation = $1 OR email = $2) AND state = 'booked' AND ends_at > $3
        ORDER BY ends_at, queue"
    );
    let rows = sqlx::query::<Db>(sql)
        .bind(scope.conversation.0)
        .bind(proved.map(|email| sealed::email(scope.keys, email)))
        .bind(At(scope.now))
        .fetch_all(db)
        .await?;
    unsealed(&rows, scope.keys)
}

/// How many appointments to come this conversation and an address have, but for one that is to be replaced.
pub(super) async fn live_count(
    db: &mut Connection,
    scope: &Scope<'_>,
    email: &Hash,
    but: Option<&Reference>,
) -> Result<i64> {
    let sql = "SELECT count(*) FROM place WHERE (conversation = $1 OR email = $2) AND state = 'booked'
        AND ends_at > $3 AND reference IS DISTINCT FROM $4";
    let count = sqlx::query_scalar::<Db, _>(sql)
        .bind(scope.conversation.0)
        .bind(email.as_slice())
        .bind(At(scope.now))
        .bind(but.map(Reference::as_str))
        .fetch_one(db)
        .await?;
    Ok(count)
}

/// What a slip is worth. Looks at what every row keeps, whoever's it is, and gives nothing else away.
pub(super) async fn slip_standing(
    db: &mut Connection,
    scope: &Scope<'_>,
    reference: &Reference,
    sequence: u32,
) -> Result<SlipStanding> {
    let sql =
        concat!("SELECT ", columns!(), " FROM place WHERE reference = $1 ORDER BY sequence DESC LIMIT 1");
    let row = sqlx::query::<Db>(sql).bind(reference.as_str()).fetch_optional(db).await?;
    let Some(place) = row.as_ref().map(Place::read).transpose()? else { return Ok(SlipStanding::Unknown) };
    Ok(match place.state {
        _ if sequence > place.sequence => SlipStanding::Unknown,
        State::Cancelled => SlipStanding::Cancelled,
        _ if sequence < place.sequence => SlipStanding::Replaced,
        State::Booked if place.ends_at > scope.now => SlipStanding::Genuine,
        State::Booked | State::Other => SlipStanding::Over,
        State::Held | State::Moved => SlipStanding::Unknown,
    })
}

/// The appointments of a branch on a day that stand, whole.
pub(super) async fn appointments(
    db: &mut Connection,
    keys: &Keys,
    branch: &BranchCode,
    date: NaiveDate,
) -> Result<Vec<Booking>> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM place WHERE branch = $1 AND date = $2 AND state = 'booked' AND applicant IS NOT NULL
            ORDER BY time, queue"
    );
    let rows = sqlx::query::<Db>(sql).bind(branch.as_str()).bind(date).fetch_all(db).await?;
    unsealed(&rows, keys)
}

fn unsealed(rows: &[DbRow], keys: &Keys) -> Result<Vec<Booking>> {
    rows.iter().map(|row| Place::read(row)?.booking(keys)).collect()
}

/// Calls an appointment off.
pub(super) async fn cancel(
    db: &mut Connection,
    scope: &Scope<'_>,
    reference: &Reference,
    proved: Option<&Email>,
    rules: &Rules,
    rng: Chance<'_>,
) -> Result<Cancelled> {
    let Some(mut place) = own(db, scope, reference, proved).await? else { return Ok(Cancelled::NotFound) };
    match place.state {
        State::Cancelled => {}
        State::Booked if place.slot.starts_at() <= scope.now => return Ok(Cancelled::TooLate),
        State::Booked => {
            end(db, scope, &place, State::Cancelled, rules, rng).await?;
            place.state = State::Cancelled;
        }
        State::Held | State::Moved | State::Other => return Ok(Cancelled::TooLate),
    }
    Ok(Cancelled::Cancelled(Box::new(place.booking(scope.keys)?)))
}

/// Ends a booking. Its claim is free at once, its place after the delay. The data of one that was moved is with the
/// newer issue.
pub(super) async fn end(
    db: &mut Connection,
    scope: &Scope<'_>,
    place: &Place,
    into: State,
    rules: &Rules,
    rng: Chance<'_>,
) -> Result<()> {
    let sql = "UPDATE place SET state = $5, takes = $6, until = $7,
            applicant = CASE WHEN $8 THEN NULL ELSE applicant END, email = CASE WHEN $8 THEN NULL ELSE email END,
            identity = CASE WHEN $8 THEN NULL ELSE identity END
        WHERE branch = $1 AND date = $2 AND time = $3 AND id = $4 AND state = 'booked'";
    let until = rules.returns_at(place.slot.starts_at(), scope.now, rng);
    let later = until > scope.now;
    if !later {
        slot::give_back(db, &place.slot, 1).await?;
    }
    if let Some(identity) = &place.identity {
        claim::free(db, (identity, &place.slot.service), place.id.into()).await?;
    }
    let ended = sqlx::query::<Db>(sql)
        .bind(place.slot.branch.as_str())
        .bind(place.slot.date)
        .bind(place.slot.time)
        .bind(Id::from(place.id))
        .bind(into.as_str())
        .bind(later)
        .bind(At(until))
        .bind(into == State::Moved)
        .execute(db)
        .await?;
    // Another conversation of the same person may have ended it in this very moment.
    if ended.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Repeat) }
}
