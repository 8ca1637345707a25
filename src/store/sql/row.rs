//! A row of `place`.

use chrono::{DateTime, Utc};
use sqlx::Row;

use super::sealed::{Hash, Spot};
use super::{At, Db, Id};
use crate::booking::{Booking, BookingState, HoldId, Reference, SlotKey};
use crate::dialogue::Language;
use crate::keys::Keys;
use crate::office::{BranchCode, ServiceCode};
use crate::store::{Result, StoreError};

/// The columns [`Place::read`] reads.
macro_rules! columns {
    () => {
        "branch, service, date, time, id, minutes, ends_at, state, takes, until, conversation, identity, \
         instead_of, reference, sequence, queue, language, email, applicant, written_at, offer"
    };
}
pub(super) use columns;

/// A row as the database gives it.
pub(super) type DbRow = <Db as sqlx::Database>::Row;

const DAMAGED: StoreError = StoreError::Unreadable { what: "booking" };

/// What has become of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Held,
    Booked,
    Moved,
    Cancelled,
    /// What staff note afterwards, or what a newer program writes.
    Other,
}

impl State {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            State::Held => "held",
            State::Booked => "booked",
            State::Moved => "moved",
            State::Cancelled => "cancelled",
            State::Other => "",
        }
    }

    pub(super) fn read(text: &str) -> Self {
        let known = [State::Held, State::Booked, State::Moved, State::Cancelled];
        known.into_iter().find(|state| state.as_str() == text).unwrap_or(State::Other)
    }
}

/// A place: held, booked, or what was.
pub(super) struct Place {
    pub(super) slot: SlotKey,
    pub(super) id: HoldId,
    pub(super) minutes: u32,
    pub(super) ends_at: DateTime<Utc>,
    pub(super) state: State,
    pub(super) takes: bool,
    pub(super) until: Option<DateTime<Utc>>,
    pub(super) conversation: i64,
    pub(super) identity: Option<Hash>,
    pub(super) instead_of: Option<Reference>,
    pub(super) reference: Option<Reference>,
    pub(super) sequence: u32,
    queue: Option<u32>,
    language: Option<Language>,
    pub(super) email: Option<Hash>,
    applicant: Option<Vec<u8>>,
    pub(super) written_at: DateTime<Utc>,
    /// Whether it is held apart from the booking its conversation is making.
    pub(super) offer: bool,
}

impl Place {
    pub(super) fn read(row: &DbRow) -> Result<Place> {
        let at = |At(instant): At| instant;
        let reference = |text: Option<String>| text.map(|text| Reference::parse(&text)).transpose();
        let count = |number: i64| u32::try_from(number).map_err(|_| DAMAGED);
        Ok(Place {
            slot: slot(row)?,
            id: row.try_get::<Id, _>("id")?.into(),
            minutes: count(row.try_get("minutes")?)?,
            ends_at: at(row.try_get("ends_at")?),
            state: State::read(row.try_get("state")?),
            takes: row.try_get("takes")?,
            until: row.try_get::<Option<At>, _>("until")?.map(at),
            conversation: row.try_get("conversation")?,
            identity: row.try_get("identity")?,
            instead_of: reference(row.try_get("instead_of")?).map_err(|_| DAMAGED)?,
            reference: reference(row.try_get("reference")?).map_err(|_| DAMAGED)?,
            sequence: count(row.try_get("sequence")?)?,
            queue: row.try_get::<Option<i64>, _>("queue")?.map(count).transpose()?,
            language: row.try_get::<Option<&str>, _>("language")?.and_then(Language::parse),
            email: row.try_get("email")?,
            applicant: row.try_get("applicant")?,
            written_at: at(row.try_get("written_at")?),
            offer: row.try_get("offer")?,
        })
    }

    /// Whether it is held at this instant: until, and not at, the end of the hold.
    pub(super) fn is_held(&self, now: DateTime<Utc>) -> bool {
        self.state == State::Held && self.takes && self.until.is_some_and(|until| until > now)
    }

    /// The appointment, unsealed.
    pub(super) fn booking(&self, keys: &Keys) -> Result<Booking> {
        let reference = self.reference.clone().ok_or(DAMAGED)?;
        let sealed = self.applicant.as_deref().ok_or(DAMAGED)?;
        let state = match self.state {
            State::Booked => BookingState::Booked,
            State::Cancelled => BookingState::Cancelled,
            State::Held | State::Moved | State::Other => return Err(DAMAGED),
        };
        Ok(Booking {
            applicant: Spot::Applicant(&reference).open_applicant(keys, sealed)?,
            reference,
            sequence: self.sequence,
            queue: self.queue.ok_or(DAMAGED)?,
            slot: self.slot.clone(),
            minutes: self.minutes,
            language: self.language.ok_or(DAMAGED)?,
            state,
            issued_at: self.written_at,
        })
    }
}

/// The slot a row belongs to.
pub(in super::super) fn slot(row: &DbRow) -> Result<SlotKey> {
    Ok(SlotKey {
        branch: BranchCode::parse(row.try_get("branch")?).map_err(|_| DAMAGED)?,
        service: ServiceCode::parse(row.try_get("service")?).map_err(|_| DAMAGED)?,
        date: row.try_get("date")?,
        time: row.try_get("time")?,
    })
}
