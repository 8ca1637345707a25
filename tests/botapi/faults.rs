//! What can go wrong between a bot and Telegram. Each share is a probability from 0 to 1.

use std::time::Duration;

/// The faults to send.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    /// Calls about a chat answered 429 with `retry_after` 1.
    pub flood_wait: f64,
    /// Calls answered 500, nothing done.
    pub server_error: f64,
    /// Calls whose connection drops before anything is done.
    pub dropped: f64,
    /// Calls that are done, and whose answer is lost.
    pub answer_lost: f64,
    /// Texts with markup that are refused, as if it could not be read.
    pub unreadable: f64,
    /// Texts answered after so long.
    pub slow: Duration,
    /// Calls delayed by up to so many milliseconds.
    pub delay_ms: u64,
    /// Updates delivered once more than they need to be.
    pub repeats: f64,
    /// Whether updates of different chats come in another order than they were made.
    pub reordered: bool,
}

impl Faults {
    /// A bad day: a good share of everything.
    pub fn bad_day() -> Faults {
        Faults {
            flood_wait: 0.02,
            server_error: 0.03,
            dropped: 0.02,
            answer_lost: 0.02,
            unreadable: 0.02,
            slow: Duration::ZERO,
            delay_ms: 20,
            repeats: 0.1,
            reordered: true,
        }
    }
}
