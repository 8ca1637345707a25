//! The conversation. Pure: no clock, no database, no channel.
//!
//! A booking is a *frame* of fields. A message fills one, several or none of them; [`step()`] takes what it
//! understands, says it back, says what was wrong with the rest, and asks for the next missing field.
//!
//! # Layout
//!
//! - [`step`](mod@step): one event in, the new state and effects out; the commands
//! - `read`: what a typed text means, given the question that is open
//! - `fields`: taking a value, with what follows from it for the other fields
//! - `next`: what is still missing, and the question for it
//! - `letter`: what a whole letter means, in which a form may have been filled
//! - `answers`, `bookings`: what the store answered
//! - `news`: what did not begin with a message of the person
//! - `offers`: another place for somebody whose appointment was called off
//! - [`handover`]: going on in another channel
//! - `arrive`: what comes by links and by a telephone's buttons
//! - [`understand`]: dates, times, places, services and commands in people's own words
//! - [`state`], [`event`], [`say`], [`value`], [`field`]: the data

mod answers;
mod arrive;
mod bookings;
pub mod event;
pub mod field;
mod fields;
pub mod handover;
mod letter;
mod news;
mod next;
mod offers;
mod read;
pub mod say;
pub mod state;
pub mod step;
pub mod understand;
pub mod value;

pub use event::{Effect, Event, Letter};
pub use field::{Field, Language};
pub use offers::Pending;
pub use say::{Choice, Expected, Given, Offer, Prompt, Question, Say, Summary, Unread};
pub use state::{Ask, Consent, Frame, Looking, State, TERMS_VERSION};
pub use step::{Context, Proof, step};
pub use value::Value;
