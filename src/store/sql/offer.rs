//! Appointments that stand in a closing: each is cancelled, and another place is held for its person. Such an *offer* is
//! apart from the place the conversation holds for the booking it is making, but claims the same identity.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

use super::booking::{self, newest};
use super::place::{self, Granted};
use super::row::{Place, State};
use super::sealed::Hash;
use super::{At, Connection, Db, Scope, claim, free, slot};
use crate::booking::{Hold, Reference, Rules, SlotKey};
use crate::store::{Chance, ClosingSpec, ErrandId, MadeWay, Result};

/// Cancels an appointment that stands in a closing, and holds another place.
pub(super) async fn make_way(
    db: &mut Connection,
    scope: &Scope<'_>,
    errand: ErrandId,
    (reference, spec): (&Reference, &ClosingSpec),
    rules: &Rules,
    rng: Chance<'_>,
) -> Result<MadeWay> {
    let Some(mut old) = newest(db, reference.as_str()).await? else { return Ok(MadeWay::Not) };
    let stands = old.state == State::Booked && old.slot.starts_at() > scope.now;
    if !stands || !spec.takes_in(&old.slot, old.minutes) || scope.offered(&old.slot).is_some() {
        return Ok(MadeWay::Not);
    }
    let won = match &old.identity {
        Some(identity) if !is_blocked(db, identity, scope.now).await? => win(db, scope, &old, rules).await?,
        Some(_) | None => {
            slot::lock(db, &old.slot).await?;
            None
        }
    };
    let offer = match won {
        Some(slot) => hold(db, scope, &old, slot, rules, &mut *rng).await?,
        None => None,
    };
    // Nobody may have the place as long as it is closed, so it need not wait for its return.
    let at_once = Rules { return_delay: TimeDelta::zero(), ..rules.clone() };
    booking::end(db, scope, &old, State::Cancelled, &at_once, rng).await?;
    if offer.is_some() {
        let sql = "UPDATE errand SET offered = TRUE WHERE id = $1";
        sqlx::query::<Db>(sql).bind(errand.0).execute(&mut *db).await?;
    }
    old.state = State::Cancelled;
    Ok(MadeWay::Cancelled { booking: Box::new(old.booking(scope.keys)?), offer })
}

async fn is_blocked(db: &mut Connection, identity: &Hash, now: DateTime<Utc>) -> Result<bool> {
    let sql = "SELECT count(*) FROM block WHERE identity = $1 AND until > $2";
    let blocks: i64 =
        sqlx::query_scalar::<Db, _>(sql).bind(identity.as_slice()).bind(At(now)).fetch_one(db).await?;
    Ok(blocks > 0)
}

/// Takes a place in the nearest slot after the old one that has any. The old slot is locked then.
async fn win(db: &mut Connection, scope: &Scope<'_>, old: &Place, rules: &Rules) -> Result<Option<SlotKey>> {
    let mut locked = false;
    for near in free::after(db, scope, &old.slot, rules).await? {
        if !locked && slot::order(&old.slot) < slot::order(&near) {
            slot::lock(db, &old.slot).await?;
            locked = true;
        }
        let capacity = scope.offered(&near).map_or(0, |offered| offered.capacity);
        if slot::take(db, &near, capacity, scope.now).await? {
            if !locked {
                slot::lock(db, &old.slot).await?;
            }
            return Ok(Some(near));
        }
    }
    if !locked {
        slot::lock(db, &old.slot).await?;
    }
    Ok(None)
}

/// Hands the claim of the old place on to the one that was taken.
async fn hold(
    db: &mut Connection,
    scope: &Scope<'_>,
    old: &Place,
    slot: SlotKey,
    rules: &Rules,
    rng: Chance<'_>,
) -> Result<Option<Hold>> {
    let (Some(identity), Some(offered)) = (&old.identity, scope.offered(&slot)) else { return Ok(None) };
    let id = scope.new_id(rng);
    let until = rules.offered_until(slot.starts_at(), scope.now).trunc_subsecs(6);
    let who = (identity, &slot.service);
    if !claim::win(db, who, id.into(), Some(old.id.into()), until, scope.now).await? {
        slot::give_back(db, &slot, 1).await?;
        return Ok(None);
    }
    let granted = Granted { slot: &slot, hash: identity, instead_of: None, offer: true };
    place::insert(db, scope, &granted, (id, until), &offered).await?;
    Ok(Some(Hold { id, slot, minutes: offered.minutes, until }))
}

/// Notes what the person has answered to the offer that was made for an appointment.
pub(super) async fn offer_answered(db: &mut Connection, reference: &Reference, accepted: bool) -> Result<()> {
    let sql = "UPDATE errand SET answer = $2 WHERE reference = $1 AND offered";
    let answer = if accepted { "accepted" } else { "declined" };
    sqlx::query::<Db>(sql).bind(reference.as_str()).bind(answer).execute(db).await?;
    Ok(())
}
