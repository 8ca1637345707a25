//! The appointment slip: one page to print, a picture for the phone, a calendar entry, plain text, and
//! the signed code that proves it genuine.
//!
//! # Layout
//!
//! `code` the signed code and its check; `content` what a slip says, in words; `page` PDF and picture
//! from the template `dialogues/slip/slip.typ`; `calendar` the iCalendar entry.

mod calendar;
mod code;
mod content;
mod page;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use crate::booking::{Reference, SlotKey};
use crate::dialogue::Language;

pub use calendar::{Method, ics};
pub use code::{CodeError, Verified, code, link, read_link, verify};
pub use content::text;
pub use page::{pdf, png};

/// Applicants are to be at the office this long before the appointment (fourth of the STO terms).
pub const EARLY: TimeDelta = TimeDelta::minutes(30);

/// Everything a slip says about one appointment. Local times are the branch's.
#[derive(Clone)]
pub struct Slip {
    /// What the applicant quotes.
    pub reference: Reference,
    /// 0 when first issued, one more each time the appointment was moved.
    pub sequence: u32,
    /// Counts within branch and day, from 1.
    pub queue: u32,
    /// Name as on the document.
    pub name: String,
    /// Identity number with only its end readable.
    pub identity_masked: String,
    /// Name of the branch.
    pub branch_name: String,
    /// Its address, lines or commas as they come.
    pub branch_address: String,
    /// Its telephone, where known.
    pub branch_phone: Option<String>,
    /// The service, in the slip's language.
    pub service_name: String,
    /// The slot.
    pub key: SlotKey,
    /// Length of the slot in minutes.
    pub minutes: u32,
    /// When the appointment was confirmed or last moved.
    pub issued_at: DateTime<Utc>,
    /// The language the slip is written in.
    pub language: Language,
    /// Whether the applicant proved the e-mail address.
    pub email_proved: bool,
    /// Whether details of the office are sample data; the slip then says so.
    pub sample: bool,
    /// User name of the Telegram bot, without the @, where one is configured.
    pub bot: Option<String>,
}

impl Slip {
    /// The time to be there by.
    pub fn be_there(&self) -> NaiveTime {
        self.key.time.overflowing_sub_signed(EARLY).0
    }
}
