//! How many answers leave within an hour, to all addresses together. What one address gets a day is counted in the database;
//! that does not stop a machine that writes from ever new addresses.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// The time over which is counted.
const WINDOW: Duration = Duration::from_secs(3600);

/// Counts answers. A process that starts counts from none, since this is a brake and no promise.
pub(super) struct Pace {
    most: usize,
    left: VecDeque<Instant>,
}

impl Pace {
    /// So many answers within an hour.
    pub(super) fn new(most: u32) -> Pace {
        Pace { most: usize::try_from(most).unwrap_or(usize::MAX), left: VecDeque::new() }
    }

    /// How many answers may leave now.
    pub(super) fn room(&mut self, now: Instant) -> usize {
        while self.left.front().is_some_and(|left| now.duration_since(*left) >= WINDOW) {
            self.left.pop_front();
        }
        self.most.saturating_sub(self.left.len())
    }

    /// How long it is until one may leave.
    pub(super) fn wait(&mut self, now: Instant) -> Duration {
        match (self.room(now), self.left.front()) {
            (0, Some(oldest)) => WINDOW.saturating_sub(now.duration_since(*oldest)),
            _ => Duration::ZERO,
        }
    }

    /// Notes that so many leave.
    pub(super) fn note(&mut self, answers: usize, now: Instant) {
        self.left.extend(std::iter::repeat_n(now, answers));
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Pace, WINDOW};

    #[test]
    fn within_any_hour_no_more_leave_than_may() {
        let (mut pace, start) = (Pace::new(3), Instant::now());
        let at = |minutes: u64| start + Duration::from_secs(60 * minutes);
        assert_eq!((pace.room(at(0)), pace.wait(at(0))), (3, Duration::ZERO));
        pace.note(2, at(0));
        pace.note(1, at(20));
        assert_eq!((pace.room(at(30)), pace.wait(at(30))), (0, WINDOW / 2));
        assert_eq!((pace.room(at(60)), pace.wait(at(60))), (2, Duration::ZERO));
        pace.note(3, at(60));
        assert_eq!((pace.room(at(61)), pace.wait(at(61))), (0, Duration::from_secs(19 * 60)));
    }
}
