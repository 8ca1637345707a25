//! The slip of a booking, for whoever sends it.

use std::sync::Arc;

use crate::booking::Booking;
use crate::dialogue::Language;
use crate::keys::Keys;
use crate::office::Office;
use crate::slip::{self, Method, Slip};
use crate::typeset::PageError;
use crate::words::Words;

/// Makes slips of bookings.
#[derive(Clone)]
pub struct Slips {
    keys: Arc<Keys>,
    bot: Option<String>,
}

impl Slips {
    /// Slips signed with these keys; their code opens the chat with `bot`, a Telegram user name, where there is one.
    pub fn new(keys: Arc<Keys>, bot: Option<String>) -> Slips {
        Slips { keys, bot }
    }

    /// What the slip of a booking says, by the catalogue in force. A branch or a service that has been taken out of the
    /// catalogue is called by its code.
    pub fn of(&self, booking: &Booking, office: &Office) -> Slip {
        let branch = office.branch(&booking.slot.branch);
        let service = office.service(&booking.slot.service);
        let service_name = match booking.language {
            Language::Ms => service.map(|service| service.name_ms.clone()),
            Language::En => service.map(|service| service.name_en.clone()),
        };
        Slip {
            reference: booking.reference.clone(),
            sequence: booking.sequence,
            queue: booking.queue,
            name: booking.applicant.name.as_str().to_owned(),
            identity_masked: booking.applicant.identity.masked(),
            branch_name: branch.map_or_else(|| booking.slot.branch.to_string(), |branch| branch.name.clone()),
            branch_address: branch.map(|branch| branch.address.clone()).unwrap_or_default(),
            branch_phone: branch.and_then(|branch| branch.phone.clone()),
            service_name: service_name.unwrap_or_else(|| booking.slot.service.to_string()),
            key: booking.slot.clone(),
            minutes: booking.minutes,
            issued_at: booking.issued_at,
            language: booking.language,
            email_proved: booking.applicant.email_proved,
            sample: branch.is_some_and(|branch| !branch.samples.is_empty()),
            bot: self.bot.clone(),
        }
    }

    /// The slip as PDF.
    ///
    /// # Errors
    ///
    /// [`PageError`] when the template is broken.
    pub fn pdf(&self, slip: &Slip) -> Result<Vec<u8>, PageError> {
        slip::pdf(slip, &self.keys, Words::builtin())
    }

    /// The slip as a picture.
    ///
    /// # Errors
    ///
    /// As [`Slips::pdf`].
    pub fn png(&self, slip: &Slip) -> Result<Vec<u8>, PageError> {
        slip::png(slip, &self.keys, Words::builtin())
    }

    /// The calendar entry.
    pub fn ics(&self, slip: &Slip, method: Method) -> String {
        slip::ics(slip, method, Words::builtin())
    }

    /// The slip as plain text.
    pub fn text(&self, slip: &Slip) -> String {
        slip::text(slip, Words::builtin())
    }
}

/// Name of a slip's file: the reference, and nothing of the person.
pub fn file_name(slip: &Slip, ending: &str) -> String {
    format!("slip-{}.{ending}", slip.reference.as_str())
}
