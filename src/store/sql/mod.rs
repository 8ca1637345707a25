//! Each statement once, with the logic around it, for every database.
//!
//! Nothing here names a database: the module is mounted once in each, which gives it the store's own fields
//! (`Database`), a connection (`Connection`, of `Db`), a transaction (`Work`), the ways a turn begins and ends, the forms
//! of instants and identifiers (`At`, `Id`) and its ways to lock. Statements keep to what SQLite and PostgreSQL share:
//! `$1`, `ON CONFLICT`, `RETURNING`.
//!
//! # Locks
//!
//! Where rows are locked one by one, it is always in this order, so that no two turns wait for each other: the
//! conversation, the proved address, slots by their key, claims by their key, places given up, the day's queue, the
//! place that is booked, the profile.

mod audit;
mod booking;
mod claim;
mod closing;
mod code;
pub(super) mod conversation;
mod desk;
mod errand;
mod free;
mod handover;
mod lease;
mod mail;
mod memory;
mod offer;
mod office;
mod outbox;
pub(super) mod place;
mod plan;
mod profile;
pub(super) mod row;
mod schema;
pub(super) mod sealed;
pub(super) mod slot;
mod staff;
mod store;
mod tidy;
mod turn;

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use audit::{audit, audit_trail};
use booking::{appointments, bookings, cancel, slip_standing};
use closing::{
    Step, close, closing_preview, closings, finish, list, next_step, order_closing, progress, reopen,
    reopen_office,
};
use code::{check_code, put_code};
use conversation::{Beginning, begin_in, sealed_state};
use desk::{attend, block, call_off, day_list, fill, last_taken, put_note, record, search, turnout};
use errand::{due_errands, end_errand, errand_due, errand_later, put_errand};
use free::{free_days, free_slots, nearest};
use handover::{find_handover, put_handover, take_over};
use lease::{end_lease, lease};
use mail::{mail_seen, mail_settled, mail_token, outbox_came_back, put_mail_token, written_since};
use memory::{memory, remember};
use offer::{make_way, offer_answered};
use office::{import_office, office_document, office_version};
use outbox::{
    claim_outbox, free_outbox, outbox_due, outbox_gave_up, outbox_retry, outbox_sent, outbox_state,
    sealed_message, written_in,
};
use place::{confirm, hold, hold_apart, plain_confirm, plain_hold, release};
pub(super) use plan::plans;
use profile::profile;
pub(super) use schema::{check_floor, uneven};
pub(super) use sealed::check_keys;
use staff::{everybody, invite, join, listed, lists_due, remove, set_list_at, set_role, this_member};
pub(super) use store::{Process, Remembered};
use tidy::{KINDS, SLOTS_AT_ONCE, expired_slots, strip, tidy_slot};

use super::{
    At, Connection, Database, Db, EXPLAIN, Id, LOCKS_ROWS, PLAN_COLUMN, Work, announce, damage, keep_out,
    keep_turns_out, schema, time, version,
};
use crate::booking::{HoldId, SlotKey};
use crate::keys::Keys;
use crate::office::{MALAYSIA, Office, SlotTime};
use crate::store::{Chance, ConversationId};

/// What every call of a turn goes by.
struct Scope<'a> {
    keys: &'a Keys,
    office: &'a Arc<Office>,
    conversation: ConversationId,
    now: DateTime<Utc>,
}

impl Scope<'_> {
    fn today(&self) -> NaiveDate {
        self.now.with_timezone(&MALAYSIA).date_naive()
    }

    /// As [`offered`].
    fn offered(&self, slot: &SlotKey) -> Option<SlotTime> {
        offered(self.office, slot, self.now)
    }

    /// A new identifier: the time, for order, and chance.
    fn new_id(&self, rng: Chance<'_>) -> HoldId {
        let mut chance = [0; 10];
        rng.fill_bytes(&mut chance);
        let millis = u64::try_from(self.now.timestamp_millis()).unwrap_or_default();
        HoldId(uuid::Builder::from_unix_timestamp_millis(millis, &chance).into_uuid())
    }
}

/// The slot as the catalogue has it, when it has it and it is still to come.
pub(super) fn offered(office: &Office, slot: &SlotKey, now: DateTime<Utc>) -> Option<SlotTime> {
    let slots = office.slots(&slot.branch, &slot.service, slot.date);
    slots.into_iter().find(|offered| offered.time == slot.time && slot.starts_at() > now)
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
