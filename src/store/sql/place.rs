//! Holding a place, confirming it, giving it back.

use std::sync::Arc;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use sqlx::Row;

use super::row::{Place, State, columns};
use super::sealed::{Hash, Spot, identity};
use super::{At, Connection, Db, Id, Scope, booking, claim, free, keep_out, profile, sealed, slot};
use crate::booking::{Applicant, Booking, BookingState, Hold, HoldId, NoPlace, Reference, Rules, SlotKey};
use crate::dialogue::Language;
use crate::office::{ServiceCode, SlotTime};
use crate::store::together::{ConfirmAsk, HoldAsk};
use crate::store::{Chance, Confirmed, Held, HoldRequest, Result, StoreError};

/// A hold in its plain case, if this may be one: that all its conditions hold is for the database to find.
pub(super) fn plain_hold(
    scope: &Scope<'_>,
    ask: &HoldRequest<'_>,
    rules: &Rules,
    rng: Chance<'_>,
) -> Option<HoldAsk> {
    if !within(rules, scope, ask) || ask.instead_of.is_some() {
        return None;
    }
    let offered = scope.offered(ask.slot)?;
    let hold = Hold {
        id: scope.new_id(rng),
        slot: ask.slot.clone(),
        minutes: offered.minutes,
        until: ask.until.trunc_subsecs(6),
    };
    Some(HoldAsk {
        conversation: scope.conversation,
        ends_at: ends_at(ask.slot, offered.minutes),
        hold,
        capacity: offered.capacity,
        identity: identity(scope.keys, ask.identity),
        email: ask.proved.map(|email| sealed::email(scope.keys, email)),
        most: rules.max_live,
        now: scope.now,
    })
}

/// A confirmation in its plain case; none when the applicant cannot be sealed.
pub(super) fn plain_confirm(
    scope: &Scope<'_>,
    hold: HoldId,
    (applicant, language): (&Applicant, Language),
    rules: &Rules,
    rng: Chance<'_>,
) -> Option<ConfirmAsk> {
    let reference = Reference::generate(rng);
    let email = sealed::email(scope.keys, &applicant.email);
    let profile = applicant.email_proved.then(|| Spot::Profile(&email).seal_applicant(scope.keys, applicant));
    Some(ConfirmAsk {
        conversation: scope.conversation,
        hold,
        identity: identity(scope.keys, &applicant.identity),
        applicant: Spot::Applicant(&reference).seal_applicant(scope.keys, applicant).ok()?,
        profile: profile.transpose().ok()?,
        reference,
        language: language.name(),
        email,
        most: rules.max_live,
        office: Arc::clone(scope.office),
        now: scope.now,
    })
}

/// Holds a place under a new identifier.
pub(super) async fn hold(
    db: &mut Connection,
    scope: &Scope<'_>,
    ask: &HoldRequest<'_>,
    rules: &Rules,
    rng: Chance<'_>,
) -> Result<Held> {
    hold_for(db, scope, (ask, false), rules, rng).await
}

/// The same for a place that is apart from the one this conversation holds: an offer.
pub(super) async fn hold_apart(
    db: &mut Connection,
    scope: &Scope<'_>,
    ask: &HoldRequest<'_>,
    rules: &Rules,
    rng: Chance<'_>,
) -> Result<Held> {
    hold_for(db, scope, (ask, true), rules, rng).await
}

async fn hold_for(
    db: &mut Connection,
    scope: &Scope<'_>,
    (ask, offer): (&HoldRequest<'_>, bool),
    rules: &Rules,
    rng: Chance<'_>,
) -> Result<Held> {
    if !within(rules, scope, ask) {
        return Ok(Held::NoPlace(NoPlace::NotOffered));
    }
    grant(db, scope, (ask, offer), scope.new_id(rng), rules).await
}

fn within(rules: &Rules, scope: &Scope<'_>, ask: &HoldRequest<'_>) -> bool {
    let (first, last) = rules.window(scope.today());
    (first..=last).contains(&ask.slot.date)
}

/// Wins a place and the claim, and only then gives back what this conversation held before: for its booking, or as an
/// offer to the same identity.
async fn grant(
    db: &mut Connection,
    scope: &Scope<'_>,
    (ask, offer): (&HoldRequest<'_>, bool),
    id: HoldId,
    rules: &Rules,
) -> Result<Held> {
    let no = |why| Ok(Held::NoPlace(why));
    let Some(offered) = scope.offered(ask.slot) else { return no(NoPlace::NotOffered) };
    let old = match ask.instead_of {
        Some(reference) => match booking::live(db, scope, reference, ask.proved).await? {
            Some(old) => Some(old),
            None => return Ok(Held::NoSuchBooking),
        },
        None => None,
    };
    let hash = identity(scope.keys, ask.identity);
    let standing = standing(db, scope, (ask, offer), &hash).await?;
    if let Some(until) = standing.blocked_until {
        return no(NoPlace::Blocked { until });
    }
    let claimed_by_old = old.as_ref().is_some_and(|old| standing.claimed_by == Some(old.id));
    if let Some(place) = standing.claimed_by
        && !claimed_by_old
        && !standing.held.iter().any(|held| held.id == place)
    {
        return no(NoPlace::LiveBooking);
    }
    if standing.live >= i64::from(rules.max_live) {
        return no(NoPlace::TooMany { limit: rules.max_live });
    }

    // The place this conversation holds in that very slot is passed on, never won against itself.
    let own = standing.held.iter().find(|held| held.is_held(scope.now) && held.slot == *ask.slot);
    if let Some(own) = own
        && own.identity.as_ref() == Some(&hash)
        && own.instead_of.as_ref() == ask.instead_of
    {
        return Ok(Held::Held { hold: as_hold(own), again: true });
    }
    // Those who come too late do not queue for the slot's lock only to hear that it is full.
    if own.is_none() && standing.taken >= i64::from(offered.capacity) {
        let nearest = free::nearest(db, scope, ask.slot, rules).await?;
        return no(NoPlace::Full { nearest });
    }
    let (before, after) = given_back(&standing.held, ask.slot);
    for slot in before {
        slot::lock(db, slot).await?;
    }
    if own.is_none() && !slot::take(db, ask.slot, offered.capacity, scope.now).await? {
        let nearest = free::nearest(db, scope, ask.slot, rules).await?;
        return no(NoPlace::Full { nearest });
    }
    for slot in after {
        slot::lock(db, slot).await?;
    }
    let until =
        own.and_then(|own| own.until).map_or(ask.until, |until| until.min(ask.until)).trunc_subsecs(6);
    if !claimed_by_old {
        let who = (&hash, &ask.slot.service);
        for freed in standing.held.iter().filter_map(claim_of).filter(|freed| *freed < who) {
            claim::lock(db, freed).await?;
        }
        let replaced = standing.claimed_by.map(Id::from);
        if !claim::win(db, who, id.into(), replaced, until, scope.now).await? {
            // Another conversation was quicker since the claim was looked at.
            if own.is_none() {
                slot::give_back(db, ask.slot, 1).await?;
            }
            return no(NoPlace::LiveBooking);
        }
    }
    for held in &standing.held {
        let passed_on = own.is_some_and(|own| own.id == held.id);
        let same_claim = held.identity.as_ref() == Some(&hash) && held.slot.service == ask.slot.service;
        drop_hold(db, held, !passed_on, !same_claim).await?;
    }
    let granted = Granted { slot: ask.slot, hash: &hash, instead_of: ask.instead_of, offer };
    insert(db, scope, &granted, (id, until), &offered).await?;
    let hold = Hold { id, slot: ask.slot.clone(), minutes: offered.minutes, until };
    Ok(Held::Held { hold, again: false })
}

/// The slots whose counted places this conversation will give back, in the order in which they are locked: those that
/// come before the slot asked for, and those that come after it.
fn given_back<'a>(held: &'a [Place], asked: &SlotKey) -> (Vec<&'a SlotKey>, Vec<&'a SlotKey>) {
    let others = held.iter().filter(|held| held.takes && held.slot != *asked).map(|held| &held.slot);
    let mut others: Vec<_> = others.collect();
    others.sort_by_key(|slot| slot::order(slot));
    others.into_iter().partition(|slot| slot::order(slot) < slot::order(asked))
}

/// What a place claims.
fn claim_of(place: &Place) -> Option<(&Hash, &ServiceCode)> {
    place.identity.as_ref().map(|identity| (identity, &place.slot.service))
}

fn as_hold(place: &Place) -> Hold {
    let until = place.until.unwrap_or(place.written_at);
    Hold { id: place.id, slot: place.slot.clone(), minutes: place.minutes, until }
}

/// What bears on giving a place to an identity in this conversation.
struct Standing {
    /// Appointments to come of this conversation and its proved address, but for the one to be replaced.
    live: i64,
    /// The places taken now in the slot asked for, as [`slot::taken`] counts them.
    taken: i64,
    blocked_until: Option<DateTime<Utc>>,
    /// The place that holds the claim now.
    claimed_by: Option<HoldId>,
    /// What this conversation holds, or held and did not give back; of what is apart from that only what is for the same
    /// identity and service.
    held: Vec<Place>,
}

async fn standing(
    db: &mut Connection,
    scope: &Scope<'_>,
    (ask, offer): (&HoldRequest<'_>, bool),
    hash: &Hash,
) -> Result<Standing> {
    let sql = concat!(
        "SELECT
            (SELECT count(*) FROM place AS b WHERE (b.conversation = $1 OR b.email = $5) AND b.state = 'booked'
                AND b.ends_at > $4 AND b.reference IS DISTINCT FROM $6) AS live,
            (SELECT block.until FROM block WHERE block.identity = $2 AND block.until > $4) AS blocked_until,
            (SELECT claim.place FROM claim WHERE claim.identity = $2 AND claim.service = $3 AND claim.until > $4)
                AS claimed_by,
            coalesce((SELECT slot.taken FROM slot
                WHERE slot.branch = $7 AND slot.service = $3 AND slot.date = $8 AND slot.time = $9), 0)
            - (SELECT count(*) FROM place AS gone WHERE gone.branch = $7 AND gone.service = $3 AND gone.date = $8
                AND gone.time = $9 AND gone.takes AND gone.until <= $4) AS taken,
            place.id IS NOT NULL AS any_held, place.*
        FROM (SELECT 1) AS one LEFT JOIN (SELECT ",
        columns!(),
        " FROM place WHERE conversation = $1 AND state = 'held'
            AND (identity = $2 AND service = $3 OR NOT (offer OR $10))) AS place ON TRUE"
    );
    let rows = sqlx::query::<Db>(sql)
        .bind(scope.conversation.0)
        .bind(hash.as_slice())
        .bind(ask.slot.service.as_str())
        .bind(At(scope.now))
        .bind(ask.proved.map(|email| sealed::email(scope.keys, email)))
        .bind(ask.instead_of.map(Reference::as_str))
        .bind(ask.slot.branch.as_str())
        .bind(ask.slot.date)
        .bind(ask.slot.time)
        .bind(offer)
        .fetch_all(db)
        .await?;
    let first = rows.first().ok_or(StoreError::Repeat)?;
    let mut standing = Standing {
        live: first.try_get("live")?,
        taken: first.try_get("taken")?,
        blocked_until: first.try_get::<Option<At>, _>("blocked_until")?.map(|At(until)| until),
        claimed_by: first.try_get::<Option<Id>, _>("claimed_by")?.map(HoldId::from),
        held: Vec::new(),
    };
    for row in &rows {
        if row.try_get("any_held")? {
            standing.held.push(Place::read(row)?);
        }
    }
    Ok(standing)
}

/// A place that was won, to be written.
pub(super) struct Granted<'a> {
    pub(super) slot: &'a SlotKey,
    pub(super) hash: &'a Hash,
    pub(super) instead_of: Option<&'a Reference>,
    pub(super) offer: bool,
}

pub(super) async fn insert(
    db: &mut Connection,
    scope: &Scope<'_>,
    granted: &Granted<'_>,
    (id, until): (HoldId, DateTime<Utc>),
    offered: &SlotTime,
) -> Result<()> {
    let sql = "INSERT INTO place (branch, service, date, time, id, minutes, ends_at, state, takes, until,
            conversation, identity, instead_of, sequence, written_at, offer)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 'held', TRUE, $8, $9, $10, $11, 0, $12, $13)";
    let Granted { slot, hash, instead_of, offer } = granted;
    sqlx::query::<Db>(sql)
        .bind(slot.branch.as_str())
        .bind(slot.service.as_str())
        .bind(slot.date)
        .bind(slot.time)
        .bind(Id::from(id))
        .bind(i64::from(offered.minutes))
        .bind(At(ends_at(slot, offered.minutes)))
        .bind(At(until))
        .bind(scope.conversation.0)
        .bind(hash.as_slice())
        .bind(instead_of.map(Reference::as_str))
        .bind(At(scope.now))
        .bind(*offer)
        .execute(db)
        .await?;
    Ok(())
}

pub(in super::super) fn ends_at(slot: &SlotKey, minutes: u32) -> DateTime<Utc> {
    slot.starts_at() + TimeDelta::minutes(minutes.into())
}

/// Deletes a hold, uncounts its place if that is still counted and not passed on, and frees its claim. Its slot is
/// locked.
async fn drop_hold(db: &mut Connection, hold: &Place, uncount: bool, free_claim: bool) -> Result<()> {
    let sql = "DELETE FROM place WHERE branch = $1 AND date = $2 AND time = $3 AND id = $4 AND state = 'held'
        RETURNING takes";
    let counted: Option<bool> = sqlx::query_scalar::<Db, _>(sql)
        .bind(hold.slot.branch.as_str())
        .bind(hold.slot.date)
        .bind(hold.slot.time)
        .bind(Id::from(hold.id))
        .fetch_optional(&mut *db)
        .await?;
    if counted == Some(true) && uncount {
        slot::give_back(db, &hold.slot, 1).await?;
    }
    match &hold.identity {
        Some(identity) if free_claim => claim::free(db, (identity, &hold.slot.service), hold.id.into()).await,
        Some(_) | None => Ok(()),
    }
}

/// Gives a hold of this conversation back.
pub(super) async fn release(db: &mut Connection, scope: &Scope<'_>, hold: HoldId) -> Result<()> {
    match find(db, scope, hold).await? {
        Some(place) if place.state == State::Held => {
            if place.takes {
                slot::lock(db, &place.slot).await?;
            }
            drop_hold(db, &place, true, true).await
        }
        Some(_) | None => Ok(()),
    }
}

async fn find(db: &mut Connection, scope: &Scope<'_>, hold: HoldId) -> Result<Option<Place>> {
    let sql = concat!("SELECT ", columns!(), " FROM place WHERE conversation = $1 AND id = $2");
    let row =
        sqlx::query::<Db>(sql).bind(scope.conversation.0).bind(Id::from(hold)).fetch_optional(db).await?;
    row.as_ref().map(Place::read).transpose()
}

/// Turns a hold into an appointment.
pub(super) async fn confirm(
    db: &mut Connection,
    scope: &Scope<'_>,
    hold: HoldId,
    (applicant, language): (&Applicant, Language),
    rules: &Rules,
    rng: Chance<'_>,
) -> Result<Confirmed> {
    let Some(mut place) = find(db, scope, hold).await? else { return Ok(Confirmed::NoSuchHold) };
    match place.state {
        State::Held => {}
        State::Booked => return Ok(Confirmed::Confirmed(Box::new(place.booking(scope.keys)?))),
        State::Moved | State::Cancelled | State::Other => return Ok(Confirmed::NoSuchHold),
    }
    let hash = identity(scope.keys, &applicant.identity);
    if let Some(until) = blocked_until(db, scope, &hash).await? {
        return Ok(Confirmed::NoPlace { slot: place.slot, why: NoPlace::Blocked { until } });
    }
    let proved = applicant.email_proved.then_some(&applicant.email);
    if let Some(email) = proved {
        // Other conversations of the address may have booked since the place was held.
        let email = sealed::email(scope.keys, email);
        keep_out(db, &email).await?;
        let live = booking::live_count(db, scope, &email, place.instead_of.as_ref()).await?;
        if live >= i64::from(rules.max_live) {
            let why = NoPlace::TooMany { limit: rules.max_live };
            return Ok(Confirmed::NoPlace { slot: place.slot, why });
        }
    }
    if !place.is_held(scope.now) || place.identity.as_ref() != Some(&hash) {
        // Run out, or held for somebody else: the same place is asked for anew, under the same name.
        let ask = HoldRequest {
            slot: &place.slot,
            identity: &applicant.identity,
            until: scope.now + rules.hold,
            proved,
            instead_of: place.instead_of.as_ref(),
        };
        match grant(db, scope, (&ask, place.offer), hold, rules).await? {
            Held::Held { hold, .. } => {
                place.minutes = hold.minutes;
                place.ends_at = ends_at(&hold.slot, hold.minutes);
            }
            Held::NoPlace(why) => return Ok(Confirmed::NoPlace { slot: place.slot, why }),
            Held::NoSuchBooking => return Ok(Confirmed::NoSuchBooking),
        }
    } else if scope.offered(&place.slot).is_none() {
        return Ok(Confirmed::NoPlace { slot: place.slot, why: NoPlace::NotOffered });
    }
    let old = match &place.instead_of {
        Some(reference) => match booking::live(db, scope, reference, proved).await? {
            Some(old) => Some(old),
            None => return Ok(Confirmed::NoSuchBooking),
        },
        None => None,
    };
    if let Some(old) = &old {
        slot::lock(db, &old.slot).await?;
    }
    let who = (&hash, &place.slot.service);
    let own = old.as_ref().map(|old| old.id.into());
    if !claim::win(db, who, place.id.into(), own, place.ends_at, scope.now).await? {
        return Err(StoreError::Repeat);
    }
    book(db, scope, place, (applicant, language), old, rules, rng).await
}

/// Until when an identity may not book, if so.
async fn blocked_until(
    db: &mut Connection,
    scope: &Scope<'_>,
    identity: &Hash,
) -> Result<Option<DateTime<Utc>>> {
    let sql = "SELECT until FROM block WHERE identity = $1 AND until > $2";
    let until = sqlx::query_scalar::<Db, At>(sql).bind(identity.as_slice()).bind(At(scope.now));
    Ok(until.fetch_optional(db).await?.map(|At(until)| until))
}

async fn book(
    db: &mut Connection,
    scope: &Scope<'_>,
    place: Place,
    (applicant, language): (&Applicant, Language),
    old: Option<Place>,
    rules: &Rules,
    rng: Chance<'_>,
) -> Result<Confirmed> {
    let (reference, sequence) = match &old {
        Some(Place { reference: Some(reference), sequence, .. }) => (reference.clone(), sequence + 1),
        Some(_) | None => (Reference::generate(rng), 0),
    };
    if let Some(old) = old {
        booking::end(db, scope, &old, State::Moved, rules, rng).await?;
    }
    let mut booking = Booking {
        reference,
        sequence,
        queue: 0,
        slot: place.slot.clone(),
        minutes: place.minutes,
        applicant: applicant.clone(),
        language,
        state: BookingState::Booked,
        issued_at: scope.now,
    };
    booking.queue = number_and_write(db, scope, place.id, &booking).await?;
    if applicant.email_proved {
        profile::keep(db, scope, applicant).await?;
    }
    Ok(Confirmed::Confirmed(Box::new(booking)))
}

/// Draws the queue number and writes the booking with it.
async fn number_and_write(
    db: &mut Connection,
    scope: &Scope<'_>,
    id: HoldId,
    booking: &Booking,
) -> Result<u32> {
    let email = sealed::email(scope.keys, &booking.applicant.email);
    let applicant = Spot::Applicant(&booking.reference).seal_applicant(scope.keys, &booking.applicant)?;
    let number = next_in_queue(db, &booking.slot).await?;
    if !write(db, scope, id, booking, number, (email, applicant)).await? {
        // Another process may have taken the place back in this very moment.
        return Err(StoreError::Repeat);
    }
    u32::try_from(number).map_err(|_| StoreError::Unreadable { what: "queue number" })
}

async fn next_in_queue(db: &mut Connection, slot: &SlotKey) -> Result<i64> {
    let sql = "INSERT INTO branch_day (branch, date, queue) VALUES ($1, $2, 1)
        ON CONFLICT (branch, date) DO UPDATE SET queue = branch_day.queue + 1 RETURNING queue";
    Ok(sqlx::query_scalar::<Db, _>(sql).bind(slot.branch.as_str()).bind(slot.date).fetch_one(db).await?)
}

/// Whether the place was still held.
async fn write(
    db: &mut Connection,
    scope: &Scope<'_>,
    id: HoldId,
    booking: &Booking,
    number: i64,
    (email, applicant): (Vec<u8>, Vec<u8>),
) -> Result<bool> {
    let sql = "UPDATE place SET state = 'booked', until = NULL, reference = $5, sequence = $6, queue = $7,
            language = $8, email = $9, applicant = $10, written_at = $11
        WHERE branch = $1 AND date = $2 AND time = $3 AND id = $4 AND state = 'held' AND takes";
    let written = sqlx::query::<Db>(sql)
        .bind(booking.slot.branch.as_str())
        .bind(booking.slot.date)
        .bind(booking.slot.time)
        .bind(Id::from(id))
        .bind(booking.reference.as_str())
        .bind(i64::from(booking.sequence))
        .bind(number)
        .bind(booking.language.name())
        .bind(email)
        .bind(applicant)
        .bind(At(scope.now))
        .execute(db)
        .await?;
    Ok(written.rows_affected() == 1)
}
