use chrono::{DateTime, Days, Months, NaiveDate, TimeDelta, Utc};
use rand::{Rng, RngExt};

/// The limits of booking, as the operator sets them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// How long a place is held while the summary is read in a chat.
    pub hold: TimeDelta,
    /// How long a place is held for somebody who books by mail.
    pub hold_mail: TimeDelta,
    /// A place held by mail is free again this long before its appointment at the latest.
    pub hold_mail_before: TimeDelta,
    /// How long a place is held that is offered to somebody whose appointment was called off.
    pub hold_offer: TimeDelta,
    /// Answers by mail that one address gets within 24 hours.
    pub mail_answers: u32,
    /// How long an answer to a mail of ours proves its sender's address.
    pub mail_token: TimeDelta,
    /// The longest random delay before a cancelled place is free again; zero or less means at once.
    pub return_delay: TimeDelta,
    /// Days from today to the first that can be booked. STO of 2020: at least one day before.
    pub lead_days: u32,
    /// Calendar months from today to the last day that can be booked. STO's terms: three months before.
    pub months_ahead: u32,
    /// Live bookings one conversation may hold: a family's worth.
    pub max_live: u32,
    /// How long a code sent to prove an address is good.
    pub code_ttl: TimeDelta,
    /// Wrong tries after which such a code is void.
    pub code_tries: u32,
    /// The least time between two codes to one address.
    pub code_pause: TimeDelta,
    /// Codes that may be sent to one address, and by one conversation, within [`Rules::code_window`].
    pub code_limit: u32,
    /// See [`Rules::code_limit`].
    pub code_window: TimeDelta,
}

impl Default for Rules {
    /// Holds of 10 minutes (by mail 24 hours, for an offer 48 hours, or until 2 hours before the slot), return after up to 30 minutes, from tomorrow to three months ahead,
    /// 5 live bookings; codes good for 15 minutes and 5 tries, one a minute and 5 a day.
    fn default() -> Self {
        Self {
            hold: TimeDelta::minutes(10),
            hold_mail: TimeDelta::hours(24),
            hold_mail_before: TimeDelta::hours(2),
            hold_offer: TimeDelta::hours(48),
            mail_answers: 30,
            mail_token: TimeDelta::days(30),
            return_delay: TimeDelta::minutes(30),
            lead_days: 1,
            months_ahead: 3,
            max_live: 5,
            code_ttl: TimeDelta::minutes(15),
            code_tries: 5,
            code_pause: TimeDelta::minutes(1),
            code_limit: 5,
            code_window: TimeDelta::hours(24),
        }
    }
}

/// This near its start, a cancelled place returns at once: better taken by anybody than lost.
const NEAR: TimeDelta = TimeDelta::days(2);
/// The shortest delay is this part of the longest: 5 of 30 minutes.
const SHORTEST: i64 = 6;

impl Rules {
    /// The first and the last day that can be booked on `today`.
    ///
    /// Calendar months, clamped to the end of the month: three months from 30 November is 28 February.
    pub fn window(&self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let first = today.checked_add_days(Days::new(self.lead_days.into()));
        let last = today.checked_add_months(Months::new(self.months_ahead));
        (first.unwrap_or(NaiveDate::MAX), last.unwrap_or(NaiveDate::MAX))
    }

    /// Until when a place in a slot that begins at `starts_at` is held for somebody who writes by mail: for a day or so,
    /// or until some hours before the slot, but never shorter than in a chat.
    pub fn held_by_mail_until(&self, starts_at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
        (now + self.hold_mail).min(starts_at - self.hold_mail_before).max(now + self.hold)
    }

    /// Until when a place is held that is offered to somebody: as by mail, but for longer.
    pub fn offered_until(&self, starts_at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
        (now + self.hold_offer).min(starts_at - self.hold_mail_before).max(now + self.hold)
    }

    /// When a place given up at `now` is free again, for a slot that begins at `starts_at`.
    ///
    /// After a random delay, so that a cancelled place cannot be handed to a friend; at once when the slot is near.
    pub fn returns_at(
        &self,
        starts_at: DateTime<Utc>,
        now: DateTime<Utc>,
        chance: &mut (impl Rng + ?Sized),
    ) -> DateTime<Utc> {
        let longest = self.return_delay.num_seconds();
        if longest <= 0 || starts_at.signed_duration_since(now) <= NEAR {
            return now;
        }
        let shortest = longest / SHORTEST;
        let delay = TimeDelta::seconds(chance.random_range(shortest..=longest));
        now.checked_add_signed(delay).unwrap_or(now).min(starts_at)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn the_window_counts_calendar_months() {
        let rules = Rules::default();
        for (today, first, last) in [
            (day(2026, 11, 30), day(2026, 12, 1), day(2027, 2, 28)),
            (day(2027, 11, 30), day(2027, 12, 1), day(2028, 2, 29)),
            (day(2026, 12, 31), day(2027, 1, 1), day(2027, 3, 31)),
            (day(2027, 1, 31), day(2027, 2, 1), day(2027, 4, 30)),
            (day(2027, 1, 5), day(2027, 1, 6), day(2027, 4, 5)),
        ] {
            assert_eq!(rules.window(today), (first, last));
        }
        let far = Rules { lead_days: u32::MAX, months_ahead: u32::MAX, ..rules };
        assert_eq!(far.window(NaiveDate::MAX), (NaiveDate::MAX, NaiveDate::MAX));
    }

    #[test]
    fn an_offer_stands_for_two_days_or_until_shortly_before_its_slot() {
        let rules = Rules::default();
        let now = Utc.with_ymd_and_hms(2027, 1, 4, 0, 0, 0).unwrap();
        for (hours_to_slot, held_for) in [
            (24 * 9, TimeDelta::hours(48)),
            (50, TimeDelta::hours(48)),
            (49, TimeDelta::hours(47)),
            (3, TimeDelta::hours(1)),
            (2, TimeDelta::minutes(10)),
        ] {
            let starts_at = now + TimeDelta::hours(hours_to_slot);
            assert_eq!(rules.offered_until(starts_at, now) - now, held_for, "{hours_to_slot} hours before");
        }
    }

    #[test]
    fn a_cancelled_place_returns_after_a_while_but_at_once_when_the_slot_is_near() {
        let rules = Rules::default();
        let mut chance = StdRng::seed_from_u64(7);
        let now = Utc.with_ymd_and_hms(2027, 1, 4, 0, 0, 0).unwrap();
        let delays: Vec<i64> = (0..1000)
            .map(|_| (rules.returns_at(now + TimeDelta::days(9), now, &mut chance) - now).num_seconds())
            .collect();
        assert!(delays.iter().all(|delay| (300..=1800).contains(delay)));
        assert!(delays.iter().max() > delays.iter().min());
        let near = now + TimeDelta::hours(48);
        assert_eq!(rules.returns_at(near, now, &mut chance), now);
        let at_once = Rules { return_delay: TimeDelta::zero(), ..rules.clone() };
        assert_eq!(at_once.returns_at(now + TimeDelta::days(9), now, &mut chance), now);
        let slow = Rules { return_delay: TimeDelta::days(99), ..rules };
        let start = now + TimeDelta::days(3);
        assert!(slow.returns_at(start, now, &mut chance) <= start);
    }
}
