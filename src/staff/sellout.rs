//! Which services run out at which branches, and when.

use std::cmp::Reverse;

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use serde::{Deserialize, Serialize};

use crate::dialogue::Language;
use crate::office::MALAYSIA;
use crate::words::{Words, args};

/// Fewer places left than this, in per cent of all, is nearly full.
const NEARLY: u32 = 10;

/// The places of one service at one branch, on the days that can be booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supply {
    /// Short name of the branch.
    pub branch: String,
    /// Short name of the service.
    pub service: String,
    /// The days with slots, in order.
    pub days: Vec<SupplyDay>,
}

/// The places of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplyDay {
    /// The day.
    pub date: NaiveDate,
    /// Places in all.
    pub capacity: u32,
    /// Places left.
    pub free: u32,
    /// When the last place went, where that is known; of no meaning while places are left.
    pub full_since: Option<DateTime<Utc>>,
}

impl Supply {
    fn full(&self) -> impl Iterator<Item = &SupplyDay> {
        self.days.iter().filter(|day| day.free == 0)
    }

    fn first_free(&self) -> Option<&SupplyDay> {
        self.days.iter().find(|day| day.free > 0)
    }

    fn free(&self) -> u32 {
        self.days.iter().map(|day| day.free).sum()
    }

    fn capacity(&self) -> u32 {
        self.days.iter().map(|day| day.capacity).sum()
    }

    fn is_nearly_full(&self) -> bool {
        is_nearly_full(self.free(), self.capacity())
    }

    /// Full days to a thousand days with slots.
    fn share_full(&self) -> usize {
        (self.full().count() * 1000).checked_div(self.days.len()).unwrap_or_default()
    }

    /// The day that ran out last, with the moment.
    fn last_to_go(&self) -> Option<(NaiveDate, DateTime<Utc>)> {
        self.full().filter_map(|day| Some((day.date, day.full_since?))).max_by_key(|(_, since)| *since)
    }
}

/// Whether there are full days, or hardly any places left.
pub fn is_scarce(days: &[SupplyDay]) -> bool {
    let (free, capacity) = days.iter().fold((0, 0), |(free, all), day| (free + day.free, all + day.capacity));
    days.iter().any(|day| day.free == 0) || (!days.is_empty() && is_nearly_full(free, capacity))
}

fn is_nearly_full(free: u32, capacity: u32) -> bool {
    u64::from(free) * 100 < u64::from(capacity) * u64::from(NEARLY)
}

/// Which services run out, and when, in a paragraph each: the fullest first, then those that are nearly full. The last
/// says how many others have places on every day, `others` among them. What has no slots at all is not spoken of.
pub fn paragraphs(supplies: &[Supply], others: usize, words: &Words, language: Language) -> Vec<String> {
    let offered: Vec<_> = supplies.iter().filter(|supply| !supply.days.is_empty()).collect();
    let (mut full, rest): (Vec<&Supply>, Vec<&Supply>) =
        offered.into_iter().partition(|supply| supply.full().next().is_some());
    full.sort_by_key(|supply| Reverse((supply.share_full(), supply.first_free().map(|day| day.date))));
    let (mut nearly, rest): (Vec<_>, Vec<_>) = rest.into_iter().partition(|supply| supply.is_nearly_full());
    nearly.sort_by_key(|supply| supply.free());
    let mut said = vec![words.text(language, "sellout-title", args![])];
    if full.is_empty() && nearly.is_empty() {
        said.push(words.text(language, "sellout-none", args![]));
        return said;
    }
    said.extend(full.into_iter().map(|supply| run_out(supply, words, language)));
    said.extend(nearly.into_iter().map(|supply| running_out(supply, words, language)));
    let rest = rest.len() + others;
    if rest > 0 {
        said.push(words.text(language, "sellout-rest", args![count = rest]));
    }
    said
}

fn run_out(supply: &Supply, words: &Words, language: Language) -> String {
    let mut lines = vec![head(supply, words, language)];
    let (full, days) = (supply.full().count(), supply.days.len());
    lines.push(match supply.days.last() {
        Some(last) if full == days => {
            let last = words.short_date(language, last.date);
            words.text(language, "sellout-all", args![last = last])
        }
        Some(_) | None => words.text(language, "sellout-some", args![full = full, days = days]),
    });
    if let Some(free) = supply.first_free() {
        let date = words.short_date(language, free.date);
        lines.push(words.text(language, "sellout-first-free", args![date = date, places = free.free]));
    }
    if let Some((date, since)) = supply.last_to_go() {
        let since = MALAYSIA.from_utc_datetime(&since.naive_utc());
        let (day, time) = (since.date_naive(), words.time(language, since.time()));
        let (date, day) = (words.short_date(language, date), words.short_date(language, day));
        lines.push(words.text(language, "sellout-last-to-go", args![date = date, day = day, time = time]));
    }
    lines.join("\n")
}

fn running_out(supply: &Supply, words: &Words, language: Language) -> String {
    let (free, capacity) = (supply.free(), supply.capacity());
    let left = words.text(language, "sellout-nearly", args![free = free, capacity = capacity]);
    [head(supply, words, language), left].join("\n")
}

fn head(supply: &Supply, words: &Words, language: Language) -> String {
    let (branch, service) = (supply.branch.as_str(), supply.service.as_str());
    words.text(language, "sellout-head", args![branch = branch, service = service])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn supply(branch: &str, service: &str, free: &[u32]) -> Supply {
        let first = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
        let since = Utc.with_ymd_and_hms(2026, 11, 25, 16, 5, 0).unwrap();
        let day = |(date, free): (NaiveDate, &u32)| SupplyDay {
            date,
            capacity: 20,
            free: *free,
            full_since: (*free == 0 && date > first).then_some(since),
        };
        let days = first.iter_days().zip(free).map(day).collect();
        Supply { branch: branch.to_owned(), service: service.to_owned(), days }
    }

    #[test]
    fn the_fullest_come_first_and_what_has_room_is_only_counted() {
        let supplies = [
            supply("Johor Bahru", "BKE", &[20, 20, 20]),
            supply("Jalan Duta", "Pas Pelajar", &[0, 0, 3, 20]),
            supply("Kulim", "Pasport", &[]),
            supply("Wangsa Maju", "Pasport", &[0, 0, 0]),
            supply("Muar", "Pasport", &[0, 20, 20, 20]),
            supply("Kajang", "Pasport", &[1, 2, 1]),
            supply("Kuantan", "Pasport", &[2, 2, 2]),
        ];
        let said =
            Language::ALL.map(|language| paragraphs(&supplies, 0, Words::builtin(), language).join("\n\n"));
        insta::assert_snapshot!(said.join("\n\n====\n\n"));
    }

    #[test]
    fn nothing_runs_out() {
        let supplies = [supply("Johor Bahru", "BKE", &[20, 20]), supply("Kulim", "Pasport", &[])];
        let said = paragraphs(&supplies, 0, Words::builtin(), Language::En);
        assert_eq!(said.len(), 2, "{said:?}");
        assert_eq!(paragraphs(&[], 0, Words::builtin(), Language::Ms).len(), 2);
    }
}
