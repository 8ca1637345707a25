//! Several days that share a month: "5 hingga 7 jan", "20, 21hb", "5-7 jan", "4 - 8/1".

use super::calendar::{Item, Unit};
use super::mention::{Mention, When, month};

/// Several days at the start of the items: how many items they take, and the days with the words between them.
pub(super) fn several_days(items: &[Item]) -> Option<(usize, Vec<Mention>)> {
    let mut list = List::default();
    if let [Item::Month(month), ..] = items {
        list.month = Some(*month);
        list.used = 1;
    }
    while list.take_day(items.get(list.used..)?)? {}
    if list.days.len() < 2 {
        return None;
    }
    let named = matches!(items.get(list.used.checked_sub(1)?), Some(Item::DayOfMonth | Item::Suffix));
    if let Some((used, month)) = month(items.get(list.used..)?) {
        list.used += used;
        list.month = Some(month);
    }
    if list.month.is_none() && !named {
        return None;
    }
    let month = list.month;
    let several = list.days.into_iter().flat_map(|(day, joint)| {
        let when = month.map_or(When::Day(day), |month| When::month_day(month, day, None));
        std::iter::once(Mention::When { when, figures: false }).chain(joint.map(Mention::Other))
    });
    Some((list.used, several.collect()))
}

/// The days read so far.
#[derive(Debug, Default)]
struct List {
    /// Each with the word between it and the next.
    days: Vec<(u32, Option<Item>)>,
    month: Option<u32>,
    used: usize,
}

impl List {
    /// Takes the next day and the word after it; whether another day follows. `None` if this is no list of days.
    fn take_day(&mut self, rest: &[Item]) -> Option<bool> {
        match rest {
            [
                Item::Pair { a, mark: '-', b, .. },
                Item::Mark('/'),
                Item::Num { value: month @ 1..=12, digits: 1 | 2 },
                ..,
            ] => {
                self.days.extend([(*a, Some(Item::To)), (*b, None)]);
                self.month = Some(*month);
                self.used += 3;
                return Some(false);
            }
            [Item::Pair { a, mark: '-', b, .. }, ..] => {
                self.days.extend([(*a, Some(Item::To)), (*b, None)]);
            }
            [Item::Pair { a, mark: '/', b, .. }, ..] if !self.days.is_empty() => {
                self.days.push((*a, None));
                self.month = Some(*b);
                self.used += 1;
                return Some(false);
            }
            [Item::Pair { a, mark: '/', b, .. }, Item::Month(_) | Item::DayOfMonth, ..] => {
                self.days.extend([(*a, Some(Item::Or)), (*b, None)]);
            }
            [Item::Num { value, digits: 0..=2 }, ..] => self.days.push((*value, None)),
            _ => return None,
        }
        let after = rest.get(1..)?;
        let marks = after.iter().take_while(|item| matches!(item, Item::DayOfMonth | Item::Suffix)).count();
        self.used += 1 + marks;
        let (joint, next) = match after.get(marks..)? {
            [joint, next, ..] => (joint.as_joint(), next),
            _ => return Some(false),
        };
        let joint = if joint == Item::Ke { Item::To } else { joint };
        let joins = matches!(joint, Item::To | Item::Or | Item::And | Item::Mark(','));
        let day = matches!(next, Item::Num { digits: 0..=2, .. } | Item::Pair { mark: '-' | '/', .. });
        if !(joins && day) {
            return Some(false);
        }
        self.used += 1;
        if let Some(last) = self.days.last_mut() {
            last.1 = Some(joint);
        }
        Some(true)
    }
}

/// "2 3 hari lagi", "2-3 minggu lagi": both.
pub(super) fn several_stretches(items: &[Item]) -> Option<(usize, Vec<Mention>)> {
    let (used, from, to, rest) = match items {
        [Item::Num { value: from, .. }, Item::Num { value: to, .. }, rest @ ..] => (2, from, to, rest),
        [Item::Num { value: from, .. }, joint, Item::Num { value: to, .. }, rest @ ..]
            if matches!(joint.as_joint(), Item::To | Item::Or | Item::Ke) =>
        {
            (3, from, to, rest)
        }
        [Item::Pair { a: from, mark: '-', b: to, .. }, rest @ ..] => (1, from, to, rest),
        _ => return None,
    };
    let days = match rest {
        [Item::Unit(Unit::Day), Item::FromNow, ..] => 1,
        [Item::Unit(Unit::Week) | Item::Minggu, Item::FromNow, ..] => 7,
        _ => return None,
    };
    let several = (*from..=*to).take(7).flat_map(|count| {
        let when = When::In(i64::from(count) * days);
        [Mention::Other(Item::Or), Mention::When { when, figures: false }]
    });
    (from < to).then(|| (used + 2, several.collect()))
}
