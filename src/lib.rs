//! A booking assistant for counter appointments: people write, it answers, holds and books places in limited slots
//! in a shared database, and sends the slip.
//!
//! # Layout
//!
//! Arrows point one way: `channel → assistant → {dialogue, store} → {booking, office}`.
//!
//! - [`config`]: every setting: meaning, unit, default
//! - [`assistant`]: one turn, start to end: message in → one transaction → messages out
//! - [`dialogue`]: the conversation. Pure: no clock, no database, no channel
//! - [`words`]: what people read, from `dialogues/`
//! - [`office`]: branches, services, hours, holidays, closures → which slots exist
//! - [`booking`]: applicant, identity, phone, reference, holds: the rules of the house
//! - [`staff`]: the second conversation: staff work the day's bookings
//! - [`store`]: the shared database; the one home of SQL
//! - [`channel`]: thin adapters, no rule lives there
//! - [`delivery`]: the outbox worker: sends what turns have written, retries, gives up with a record
//! - [`errands`]: telling people what did not begin with a message of theirs
//! - [`slip`]: the slip: PDF, picture, calendar entry, signed code
//! - [`staff`]: what staff read: the list of a day in every form, pictures of how full a branch is and of who came
//! - [`typeset`]: pages and pictures from the templates of `dialogues/`
//! - [`keys`]: what seals, hashes and signs
//! - [`metrics`], [`http`]: what is counted, and where it can be read
//! - [`clock`]: the one clock
//! - [`wire`]: connections to mail servers

#![expect(clippy::duplicate_mod, reason = "`store/sql` is mounted once for each database")]

pub mod assistant;
pub mod booking;
pub mod channel;
pub mod clock;
pub mod config;
pub mod delivery;
pub mod dialogue;
pub mod errands;
pub mod http;
pub mod keys;
pub mod metrics;
pub mod office;
pub mod slip;
pub mod staff;
pub mod store;
pub mod typeset;
pub mod wire;
pub mod words;
