//! Dates as people type them: "esok", "isnin depan", "5hb 1", "antara 5 hingga 7 jan", "hujung minggu".

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::Understood;
use super::calendar::{Item, Third, Unit};
use super::days::Calendar;
use super::groups::{Bound, Group, Word};
use super::items::items;
use super::mention::{Mention, When, Which, mentions};

/// The day or days a person wishes for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateWish {
    /// One of these days, best first.
    On(Vec<NaiveDate>),
    /// Some day from the first to the last of these.
    Range {
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
    },
    /// Any day of any weekend.
    Weekend,
    /// The first day with a free place.
    Earliest,
    /// Whichever day.
    Any,
}

/// The dates a text may mean, best first. A stretch of time or a wish ("minggu depan", "paling awal") gives
/// all of its days, to be asked.
///
/// Any real date is understood, also one that cannot be booked: the window from `today` to `last` only
/// chooses the month and year where none is said.
pub fn date(text: &str, today: NaiveDate, last: NaiveDate) -> Understood<NaiveDate> {
    /// More days than any window has are not shown.
    const MOST: usize = 100;
    let window = || Calendar { today, last }.window();
    let (wish, ambiguous) = date_wish(text, today, last);
    match wish {
        None => Understood::none(),
        Some(DateWish::On(days)) => Understood { candidates: days, ambiguous },
        Some(DateWish::Range { from, to }) => {
            Understood::ask(from.iter_days().take_while(|day| *day <= to).take(MOST).collect())
        }
        Some(DateWish::Weekend) => Understood::ask(
            window().filter(|day| matches!(day.weekday(), Weekday::Sat | Weekday::Sun)).collect(),
        ),
        Some(DateWish::Earliest | DateWish::Any) => Understood::ask(window().collect()),
    }
}

/// The wish a text holds, and whether it must be shown and asked before it is taken for a date.
pub fn date_wish(text: &str, today: NaiveDate, last: NaiveDate) -> (Option<DateWish>, bool) {
    let calendar = Calendar { today, last };
    let Some(items) = items(text).filter(|items| !items.contains(&Item::Name)) else { return (None, false) };
    let mut said = Said::new(&mentions(&items), &items);
    if said.days().next().is_none() {
        said.take_bare(calendar, &items);
    }
    match said.read(calendar) {
        Some((DateWish::On(days), _)) if days.is_empty() => (None, false),
        Some((DateWish::On(days), sure)) => {
            // A year of two digits far from this one: a birth, or no date at all.
            let short_year = items.iter().any(|item| matches!(item, Item::Ymd { full_year: false, .. }));
            let far = |day: &NaiveDate| (*day - today).num_days().abs() > 366;
            let ambiguous = !sure || days.len() > 1 || (short_year && days.iter().any(far));
            (Some(DateWish::On(days)), ambiguous)
        }
        Some((wish, _)) => (Some(wish), true),
        None => (None, false),
    }
}

struct Said {
    words: Vec<Word>,
    /// Something in the text makes any reading of it doubtful.
    doubt: bool,
    earliest: bool,
    latest: bool,
    any: bool,
}

impl Said {
    fn new(mentions: &[Mention], items: &[Item]) -> Self {
        let has = |item| items.contains(&item);
        let address = has(Item::Address);
        let unknown = items.iter().filter(|item| **item == Item::Unknown).count();
        let word = |mention: &Mention| match mention {
            Mention::When { figures: true, .. } if address => Word::Other,
            // "June Lim"
            Mention::When { when: When::Month(_, None), .. } if unknown > 0 && items.len() <= 3 => {
                Word::Other
            }
            Mention::When { when, .. } => Word::Day(*when),
            Mention::Clock(_) | Mention::Part(_) => Word::Other,
            Mention::Other(item) => Word::of(*item),
        };
        // "isnin minggu depan lagi", "monday week"
        let more = mentions.iter().any(|mention| match mention {
            Mention::Other(item) => matches!(item, Item::FromNow | Item::One(_) | Item::Unit(Unit::Week)),
            Mention::When { .. } | Mention::Clock(_) | Mention::Part(_) => false,
        });
        let place = address && unknown > 1;
        Self {
            words: mentions.iter().map(word).collect(),
            doubt: has(Item::Not) || has(Item::NotThis) || has(Item::Doubt) || more || place,
            earliest: has(Item::Earliest),
            latest: has(Item::Latest),
            any: has(Item::Any),
        }
    }

    fn days(&self) -> impl Iterator<Item = When> {
        self.words.iter().filter_map(|word| if let Word::Day(when) = word { Some(*when) } else { None })
    }

    /// Takes figures that may be a date only where nothing else is said: `5`, `5-1`, `5.1`, `050127`.
    fn take_bare(&mut self, calendar: Calendar, items: &[Item]) {
        let figures: Vec<&Item> = items
            .iter()
            .filter(|item| {
                !matches!(item, Item::Date | Item::Mark(',' | '?') | Item::This | Item::Ke | Item::To)
            })
            .collect();
        let day = |value: u32| (1..=31).contains(&value).then_some(Word::Day(When::Day(value)));
        let month_day = |day: u32, month: u32| {
            let when = When::month_day(month, day, None);
            (when != When::Impossible).then_some(Word::Day(when))
        };
        let words: Vec<Option<Word>> = match figures.as_slice() {
            [Item::Num { value, digits: 0..=2 }] => vec![day(*value)],
            [Item::Six(date)] if (*date - calendar.today).num_days().abs() < 366 => {
                vec![Some(Word::Day(When::Full(*date)))]
            }
            [Item::Pair { a, mark: '-', b, .. }] if a < b => {
                let joint = |item| Some(Word::Joint(item));
                vec![month_day(*a, *b), joint(Item::Or), day(*a), joint(Item::To), day(*b)]
            }
            [Item::Pair { a, mark: mark @ ('-' | '.'), b, b_digits }] => {
                let clear = *mark == '-' || *b_digits == 1 || *b < 10 || figures.len() > 1;
                self.doubt |= !clear;
                vec![month_day(*a, *b)]
            }
            _ => return,
        };
        // A number alone may be the number of a choice, or anything.
        self.doubt |= !matches!(figures.as_slice(), [Item::Pair { .. }]);
        self.words = words.into_iter().flatten().collect();
    }

    fn read(&self, calendar: Calendar) -> Option<(DateWish, bool)> {
        let groups = Group::sort(&self.words);
        let impossible = self.days().any(|when| when == When::Impossible);
        let (refused, groups): (Vec<Group>, Vec<Group>) = groups.into_iter().partition(|group| group.refused);
        let unwanted = |day: &NaiveDate| refused.iter().any(|group| calendar.fits_all(group, *day));
        match groups.as_slice() {
            // "semua hari kecuali jumaat"
            [] if self.any && !refused.is_empty() => {
                let days = calendar.window().filter(|day| !unwanted(day)).collect();
                Some((DateWish::On(days), false))
            }
            [] if self.days().next().is_some() => None,
            [] if self.any => Some((DateWish::Any, true)),
            [] if self.earliest => Some((DateWish::Earliest, true)),
            [] if self.latest => {
                let from = calendar.last.checked_sub_days(chrono::Days::new(13))?;
                Some((DateWish::Range { from, to: calendar.last }, true))
            }
            [] => None,
            [group] if refused.is_empty() => self.read_one(calendar, group, impossible),
            several => {
                let mut days: Vec<NaiveDate> = Vec::new();
                for group in several {
                    for day in calendar.meant(group).days {
                        if !days.contains(&day) && !unwanted(&day) {
                            days.push(day);
                        }
                    }
                }
                Some((DateWish::On(days), false))
            }
        }
    }

    fn read_one(&self, calendar: Calendar, group: &Group, impossible: bool) -> Option<(DateWish, bool)> {
        if let [When::Weekday(day, Which::Plain)] = group.whens.as_slice()
            && (self.any || self.earliest)
        {
            let days = calendar.window().filter(|date| date.weekday() == *day).collect();
            return Some((DateWish::On(days), false));
        }
        if let ([When::Weekend(None)], None) = (group.whens.as_slice(), &group.bound) {
            return Some((DateWish::Weekend, false));
        }
        let meant = calendar.meant(group);
        let (first, last) = (meant.days.first().copied()?, meant.days.last().copied()?);
        if group.bound == Some(Bound::Before) || self.latest {
            // "sebelum hujung bulan"
            let end = group.whens.iter().any(|when| matches!(when, When::Month(_, Some(Third::End))));
            let to = match end || self.latest {
                true => last,
                false => first.pred_opt()?,
            };
            return Some((DateWish::Range { from: calendar.plus(1)?.min(to), to }, false));
        }
        match group.bound {
            Some(Bound::From) => Some((DateWish::Range { from: first, to: calendar.last.max(last) }, false)),
            Some(Bound::After) => {
                let from = last.succ_opt()?;
                Some((DateWish::Range { from, to: calendar.last.max(from) }, false))
            }
            Some(Bound::About) => Some((DateWish::On(meant.days), false)),
            Some(Bound::Before) | None => {
                let unbroken =
                    usize::try_from((last - first).num_days()).is_ok_and(|days| days + 1 == meant.days.len());
                if meant.days.len() > 2 && unbroken {
                    return Some((DateWish::Range { from: first, to: last }, false));
                }
                Some((DateWish::On(meant.days), meant.sure && !self.doubt && !impossible))
            }
        }
    }
}
