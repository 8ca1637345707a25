//! The rules of the house: who applies, for which slot, under which reference. Pure: no clock, no database.
//!
//! # Layout
//!
//! - `applicant`: everything known of one person, made of `email`, `name`, `identity`, `address`, `phone`
//! - `rejection`: why an answer was not accepted, with what the reply needs
//! - `text`: what all of these share about text that people type
//! - `reference`: what an applicant quotes
//! - `rules`: the limits, and the days that can be booked
//! - `slot`, `place`: a slot, and what asking for a place in it can end in
//!
//! Each value is parsed from what a person typed and is always valid from then on: reading one back from storage checks
//! it again. None of them shows its content in `Debug`.

mod address;
mod applicant;
mod email;
mod identity;
mod name;
mod phone;
mod place;
mod reference;
mod rejection;
mod rules;
mod slot;
mod text;

pub use address::Address;
pub use applicant::Applicant;
pub use email::Email;
pub use identity::{Identity, IdentityKind};
pub use name::PersonName;
pub use phone::Phone;
pub use place::{
    Attendance, Booking, BookingState, DayEntry, FreeDay, FreeSlot, Hold, HoldId, NoPlace, SlipStanding,
};
pub use reference::Reference;
pub use rejection::Rejection;
pub use rules::Rules;
pub use slot::SlotKey;
