//! Keeps a chat that sends faster than a person from costing turns.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// Chats are forgotten once this many are known and have been quiet.
const MANY: usize = 10_000;

/// How fast a chat may send.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Messages at once.
    pub burst: u32,
    /// Messages a minute, on the whole.
    pub per_minute: u32,
}

/// What is to be done with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Admission {
    /// Act on it.
    Welcome,
    /// Leave it, and say so: it is the first that was too fast.
    TooFast,
    /// Leave it; that was said.
    StillTooFast,
}

/// How much each chat may still send.
pub(super) struct Flood {
    pace: Pace,
    chats: Mutex<HashMap<i64, Purse>>,
}

/// Fills with time, up to the burst.
struct Purse {
    left: f64,
    at: DateTime<Utc>,
    told: bool,
}

impl Flood {
    pub(super) fn new(pace: Pace) -> Flood {
        Flood { pace, chats: Mutex::default() }
    }

    /// Whether a message of this chat, written then, is acted on.
    pub(super) fn admit(&self, chat: i64, written: DateTime<Utc>) -> Admission {
        let mut chats = self.chats.lock().unwrap_or_else(PoisonError::into_inner);
        let full = f64::from(self.pace.burst);
        if chats.len() >= MANY {
            chats.retain(|_, purse| written - purse.at < TimeDelta::minutes(10));
        }
        let purse = chats.entry(chat).or_insert(Purse { left: full, at: written, told: false });
        let seconds = (written - purse.at).as_seconds_f64().max(0.0);
        purse.left = (purse.left + seconds * f64::from(self.pace.per_minute) / 60.0).min(full);
        purse.at = purse.at.max(written);
        if purse.left >= 1.0 {
            purse.left -= 1.0;
            // Told again only after it has been quiet for a while.
            purse.told &= purse.left < full / 2.0;
            return Admission::Welcome;
        }
        match std::mem::replace(&mut purse.told, true) {
            false => Admission::TooFast,
            true => Admission::StillTooFast,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_then_the_pace_holds_and_it_is_told_once() {
        let flood = Flood::new(Pace { burst: 5, per_minute: 60 });
        let start = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let ten: Vec<_> = (0..10).map(|_| flood.admit(1, start)).collect();
        assert_eq!(ten[..5], [Admission::Welcome; 5]);
        assert_eq!(ten[5], Admission::TooFast);
        assert_eq!(ten[6..], [Admission::StillTooFast; 4]);
        assert_eq!(flood.admit(2, start), Admission::Welcome, "another chat is not concerned");
        let later = start + TimeDelta::milliseconds(1100);
        assert_eq!(flood.admit(1, later), Admission::Welcome);
        assert_eq!(flood.admit(1, later), Admission::StillTooFast);
        let quiet = later + TimeDelta::minutes(1);
        assert_eq!((0..5).map(|_| flood.admit(1, quiet)).collect::<Vec<_>>(), [Admission::Welcome; 5]);
        assert_eq!(flood.admit(1, quiet), Admission::TooFast, "told again after a pause");
        // What comes late was written before: it is charged, and gives no credit twice.
        let old = quiet - TimeDelta::minutes(1);
        assert_eq!(flood.admit(1, old), Admission::StillTooFast);
        assert_eq!(flood.admit(1, quiet + TimeDelta::milliseconds(900)), Admission::StillTooFast);
    }
}
