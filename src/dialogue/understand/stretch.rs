//! Weekdays and stretches of days within a row of items: "isnin depan", "awal bulan depan", "weekend".

use chrono::Weekday;

use super::calendar::{Item, Third, Unit};
use super::mention::{Base, When, Which, month, year};

/// A weekday, with the word that says which one.
pub(super) fn weekday(items: &[Item]) -> Option<(usize, When)> {
    use Item::{FromNow, Last, Lepas, Next, Num, This};
    let (used, day, which) = match items {
        [Item::Weekday(day), FromNow, Num { value: 1, .. }, ..] => (3, day, Which::AfterNext),
        [Item::Weekday(day), Next, Next, ..] => (3, day, Which::AfterNext),
        // "tuesday next week": the word belongs to the week.
        [Item::Weekday(day), This | Next | Last | Lepas, Item::Unit(_) | Item::Minggu, ..] => {
            (1, day, Which::Plain)
        }
        // "jumaat lepas solat" is after it.
        [
            Item::Weekday(day),
            Lepas,
            Item::Prayer | Item::Lunch | Item::Work | Item::At | Item::Part(_) | Num { .. },
            ..,
        ] => (1, day, Which::Plain),
        [Item::Weekday(day), Next, ..] => (2, day, Which::Next),
        [Item::Weekday(day), This, ..] => (2, day, Which::This),
        [Item::Weekday(day), Last | Lepas, ..] => (2, day, Which::Last),
        [Item::Weekday(day), ..] => (1, day, Which::Plain),
        [Next, Next, Item::Weekday(day), ..] => (3, day, Which::AfterNext),
        [Next, Item::Weekday(day), ..] => (2, day, Which::Next),
        [This, Item::Weekday(day), ..] => (2, day, Which::This),
        [Last, Item::Weekday(day), rest @ ..] if base(rest).is_none() => (2, day, Which::Last),
        _ => return nth(items),
    };
    if used == 1
        && let [_, Item::Nth(n), rest @ ..] = items
        && let Some((taken, base)) = base(rest)
    {
        return Some((2 + taken, When::NthWeekday(*n, *day, base)));
    }
    Some((used, When::Weekday(*day, which)))
}

/// "first monday of january", "last friday of the month", "first week of january", "minggu pertama januari".
fn nth(items: &[Item]) -> Option<(usize, When)> {
    let (used, n, week): (usize, i32, Option<Weekday>) = match items {
        [Item::Nth(n), Item::Weekday(day), ..] => (2, *n, Some(*day)),
        [Item::Num { value, .. }, Item::Suffix, Item::Weekday(day), ..] => {
            (3, i32::try_from(*value).ok()?, Some(*day))
        }
        [Item::Last, Item::Weekday(day), ..] => (2, -1, Some(*day)),
        [Item::Nth(n), Item::Unit(Unit::Week) | Item::Minggu, ..] => (2, *n, None),
        [Item::Num { value, .. }, Item::Suffix, Item::Unit(Unit::Week), ..] => {
            (3, i32::try_from(*value).ok()?, None)
        }
        [Item::Minggu, Item::Nth(n), ..] => (2, *n, None),
        [Item::Minggu, Item::Ke, Item::Num { value, .. }, ..] => (3, i32::try_from(*value).ok()?, None),
        [Item::Last, Item::Unit(Unit::Week), ..] => (2, -1, None),
        [Item::Minggu, Item::Last | Item::Third(Third::End), ..] => (2, -1, None),
        _ => return None,
    };
    let (taken, base) = base(items.get(used..)?)?;
    let when = match week {
        Some(day) => When::NthWeekday(n, day, base),
        None => When::NthWeek(n, base),
    };
    Some((used + taken, when))
}

/// A month, by name or from this one on.
fn base(items: &[Item]) -> Option<(usize, Base)> {
    use Item::{Last, Lepas, Next, This};
    const MONTH: Item = Item::Unit(Unit::Month);
    if let Some((used, month)) = month(items) {
        let (taken, year) = year(items.get(used..)?).unzip();
        let year = year.and_then(|year| i32::try_from(year).ok());
        return Some((used + taken.unwrap_or(0), Base::Named(month, year)));
    }
    Some(match items {
        [MONTH, Next, Next, ..] | [Next, Next, MONTH, ..] => (3, Base::Ahead(2)),
        [MONTH, Next, ..] | [Next, MONTH, ..] => (2, Base::Ahead(1)),
        [MONTH, This, ..] | [This, MONTH, ..] => (2, Base::Ahead(0)),
        [MONTH, Lepas | Last, ..] | [Last, MONTH, ..] => (2, Base::Ahead(-1)),
        [MONTH, ..] => (1, Base::Ahead(0)),
        _ => return None,
    })
}

/// A week, month, year, weekend, or a third of one.
pub(super) fn stretch(items: &[Item]) -> Option<(usize, When)> {
    use Item::{After, Next, This};
    let (before, third) = match items {
        [Item::Third(third), ..] => (1, Some(*third)),
        _ => (0, None),
    };
    let rest = items.get(before..)?;
    let (used, when) = match rest {
        // "bulan" alone is a word like any other; "hujung bulan" is not.
        [Item::Unit(Unit::Month)] | [Item::Unit(Unit::Month), ..] if third.is_none() && plain_unit(rest) => {
            return None;
        }
        [Item::Unit(Unit::Week) | Item::Minggu, After, Next, ..] => (3, When::Week(2, third)),
        [Item::Weekend, Next, ..] | [Next, Item::Weekend, ..] => (2, When::Weekend(Some(1))),
        [Item::Weekend, This, ..] | [This, Item::Weekend, ..] => (2, When::Weekend(Some(0))),
        [Item::Weekend, ..] => (1, When::Weekend(None)),
        [Item::Workdays, ..] => (1, When::Workdays),
        // "tengah bulan" is said without "ini".
        [Next, ..] if third == Some(Third::Middle) && rest.len() == 1 => {
            (1, When::Month(Base::Ahead(1), third))
        }
        _ => match (weeks(rest), years(rest), base(rest)) {
            (Some((used, n)), _, _) => (used, When::Week(n, third)),
            (None, Some((used, n)), _) => (used, When::Year(n, third)),
            (None, None, Some((used, base))) => {
                let (after, end) = match rest.get(used) {
                    Some(Item::Third(end)) if third.is_none() => (1, Some(*end)),
                    _ => (0, third),
                };
                (used + after, When::Month(base, end))
            }
            (None, None, None) => match (third, rest) {
                (Some(_), [Item::Unit(Unit::Week) | Item::Minggu, ..]) => (1, When::Week(0, third)),
                (Some(_), [Item::Unit(Unit::Year), ..]) => (1, When::Year(0, third)),
                (None, [Item::Minggu, ..]) => (1, When::Minggu),
                _ => return None,
            },
        },
    };
    Some((before + used, when))
}

/// Whether a unit stands without a word that places it.
fn plain_unit(rest: &[Item]) -> bool {
    !matches!(
        rest.get(1),
        Some(
            Item::Next
                | Item::This
                | Item::Last
                | Item::Lepas
                | Item::Num { .. }
                | Item::Third(_)
                | Item::Month(_)
        )
    )
}

fn weeks(items: &[Item]) -> Option<(usize, i64)> {
    use Item::{Last, Lepas, Minggu, Next, This, Unit as Of};
    Some(match items {
        [Minggu | Of(Unit::Week), Next, Next, ..] | [Next, Next, Minggu | Of(Unit::Week), ..] => (3, 2),
        [Minggu | Of(Unit::Week), Next, ..] | [Next, Minggu | Of(Unit::Week), ..] => (2, 1),
        [Minggu | Of(Unit::Week), This, ..] | [This, Minggu | Of(Unit::Week), ..] => (2, 0),
        [Minggu | Of(Unit::Week), Last | Lepas, ..] | [Last, Minggu | Of(Unit::Week), ..] => (2, -1),
        _ => return None,
    })
}

fn years(items: &[Item]) -> Option<(usize, i32)> {
    use Item::{Last, Lepas, Next, This, Unit as Of};
    Some(match items {
        [Of(Unit::Year), Next, ..] | [Next, Of(Unit::Year), ..] => (2, 1),
        [Of(Unit::Year), This, ..] | [This, Of(Unit::Year), ..] => (2, 0),
        [Of(Unit::Year), Last | Lepas, ..] | [Last, Of(Unit::Year), ..] => (2, -1),
        _ => return None,
    })
}
