//! A strict Bot API server: real HTTP, redelivery until confirmed, refusals as Telegram refuses, and faults at will.
//!
//! - `server` receives calls; `rules` what Telegram refuses; `updates` polling and webhooks; `chat` what stands in a
//!   chat; `person` somebody who writes and taps; `robot` an applicant, `rush` many of them; `faults` what can go wrong

#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    clippy::allow_attributes,
    reason = "each test file uses a part of it, and helpers of tests may panic as tests may"
)]

#[path = "../bound/mod.rs"]
mod bound;
pub mod chat;
pub mod faults;
pub mod person;
pub mod process;
pub mod records;
pub mod robot;
pub mod rules;
pub mod rush;
pub mod server;
pub mod trap;
pub mod updates;

pub use faults::Faults;
pub use person::Person;
pub use process::{Serving, Setup, free_port, hooks};
pub use server::{BotApi, TOKEN};
