//! Each statement once, with the logic around it, for every database.
//!
//! Nothing here names a database: the module is mounted once in each, which gives it a connection (`Connection`, of
//! `Db`) and the forms of instants and identifiers (`At`, `Id`). Statements keep to what SQLite and PostgreSQL share:
//! `$1`, `ON CONFLICT`, `RETURNING`. Rows are locked in one order: the day's queue, the slot, the claim, the place.

mod booking;
mod claim;
mod code;
mod conversation;
mod free;
mod lease;
mod office;
mod outbox;
mod place;
mod profile;
mod row;
mod sealed;
mod slot;
mod tidy;

use chrono::{DateTime, NaiveDate, Utc};

pub(super) use booking::{bookings, cancel, day_list};
pub(super) use code::{check_code, put_code};
pub(super) use conversation::{Beginning, begin, save};
pub(super) use free::{free_days, free_slots, nearest};
pub(super) use lease::{end_lease, lease};
pub(super) use office::{import_office, office_document, office_version};
pub(super) use outbox::{
    claim_outbox, outbox_due, outbox_gave_up, outbox_retry, outbox_sent, outbox_state, queue,
};
pub(super) use place::{confirm, hold, release};
pub(super) use profile::profile;
pub(super) use sealed::check_keys;
pub(super) use slot::reclaim;
pub(super) use tidy::{KINDS, expired_slots, strip};

use super::{At, Connection, Db, Id};
use crate::booking::{HoldId, SlotKey};
use crate::keys::Keys;
use crate::office::{MALAYSIA, Office, SlotTime};
use crate::store::{Chance, ConversationId};

/// What every call of a turn goes by.
pub(super) struct Scope<'a> {
    pub(super) keys: &'a Keys,
    pub(super) office: &'a Office,
    pub(super) conversation: ConversationId,
    pub(super) now: DateTime<Utc>,
}

impl Scope<'_> {
    fn today(&self) -> NaiveDate {
        self.now.with_timezone(&MALAYSIA).date_naive()
    }

    /// The slot as the catalogue has it, when it has it and it is still to come.
    fn offered(&self, slot: &SlotKey) -> Option<SlotTime> {
        let slots = self.office.slots(&slot.branch, &slot.service, slot.date);
        slots.into_iter().find(|offered| offered.time == slot.time && slot.starts_at() > self.now)
    }

    /// A new identifier: the time, for order, and chance.
    fn new_id(&self, rng: Chance<'_>) -> HoldId {
        let mut chance = [0; 10];
        rng.fill_bytes(&mut chance);
        let millis = u64::try_from(self.now.timestamp_millis()).unwrap_or_default();
        HoldId(uuid::Builder::from_unix_timestamp_millis(millis, &chance).into_uuid())
    }
}

impl From<HoldId> for Id {
    fn from(id: HoldId) -> Self {
        Id(id.0)
    }
}

impl From<Id> for HoldId {
    fn from(id: Id) -> Self {
        HoldId(id.0)
    }
}
