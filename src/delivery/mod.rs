//! Delivery of what turns have written to the outbox.
//!
//! # Layout
//!
//! - [`worker`]: takes messages, sends them through a [`Sender`], retries, gives up with a record
//! - [`mail`]: letters as mail (MIME), with the slip's files attached
//! - [`folder`]: a [`Sender`] that saves mail as files, where no mail server is configured
//! - [`smtp`]: a [`Sender`] that hands mail to a server
//! - [`slips`]: the slip of a booking, for whoever sends it
//! - `file`: files that are whole or not there

mod file;
pub mod folder;
pub mod mail;
pub mod papers;
pub mod slips;
pub mod smtp;
pub mod worker;

use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

use crate::store::Outgoing;

pub use file::{make_folder, write_whole};

/// Sends the messages of one channel. One that panics or hangs does no harm to the others.
#[async_trait]
pub trait Sender: Send + Sync {
    /// Sends one message, under an identity that stays the same when it has to be sent again.
    ///
    /// # Errors
    ///
    /// [`SendError`] says whether another try may help.
    async fn send(&self, message: &Outgoing, now: DateTime<Utc>) -> Result<Sent, SendError>;

    /// The pause before the first retry; it doubles with each.
    fn first_pause(&self) -> TimeDelta {
        TimeDelta::seconds(30)
    }

    /// The longest pause between two tries.
    fn longest_pause(&self) -> TimeDelta {
        TimeDelta::hours(1)
    }

    /// How mass notices may leave: a few at a time, so that they hold up nobody's answer.
    fn notices(&self) -> Notices {
        Notices { at_once: 4, pause: None }
    }
}

/// How the mass notices of a channel may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notices {
    /// So many of one process may be under way.
    pub at_once: usize,
    /// The time from one to the next, of all processes together; none where `at_once` is bound enough.
    pub pause: Option<Duration>,
}

/// A message has left.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sent {
    /// The file that holds it, if it was saved on this machine.
    pub file: Option<PathBuf>,
}

/// A message that did not leave. The texts are for the operator and hold no personal data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// It may leave later.
    #[error("{0}")]
    Retry(String),
    /// It may leave once so much time has passed: the other side has said so.
    #[error("{error}")]
    Wait {
        /// What was said.
        error: String,
        /// No earlier than after this.
        pause: TimeDelta,
    },
    /// It never will.
    #[error("{0}")]
    GiveUp(String),
}
