//! A text as a row of items of dates and times.

use std::sync::LazyLock;

use chrono::NaiveDate;

use super::calendar::Item;
use super::calendar_words::WORDS;
use super::number::{ordinal, spoken};
use super::phrase::{PhraseBook, Piece, Shape};
use super::text::fold;

/// A text as items; `None` when it is too long to be an answer about a date or time.
pub(super) fn items(text: &str) -> Option<Vec<Item>> {
    /// Longer texts are letters, not answers.
    const LONGEST: usize = 80;
    let folded = fold(text);
    let pieces = BOOK.pieces(&folded);
    if pieces.len() > LONGEST {
        return None;
    }
    let mut items = Vec::with_capacity(pieces.len());
    let mut rest = pieces.as_slice();
    while let [first, ..] = rest {
        let (used, item, clear) = item(rest, first);
        items.extend(item);
        if !clear {
            items.push(Item::Doubt);
        }
        rest = rest.get(used..).unwrap_or_default();
    }
    Some(settle(&items, pieces.len()))
}

/// Decides words that mean something only in some company: "may", "sat", "sun", "jum", "sekarang", and
/// a "tak" that asks ("8 disember boleh bagi tak?").
fn settle(items: &[Item], pieces: usize) -> Vec<Item> {
    let unknown = items.contains(&Item::Unknown);
    let others = items.iter().any(|item| matches!(item, Item::Weekday(_) | Item::Ahead(_) | Item::Month(_)));
    let may_ask = items.iter().position(|item| *item == Item::Can);
    let last = items.iter().rposition(|item| *item != Item::Mark('?'));
    let settled = items.iter().enumerate().map(|(at, item)| {
        let beside = [at.checked_sub(1).and_then(|at| items.get(at)), items.get(at + 1)];
        let beside = |test: fn(&Item) -> bool| beside.into_iter().flatten().any(test);
        if *item == Item::May {
            return if pieces == 1 || beside(by_month) { Item::Month(5) } else { Item::Unknown };
        }
        if let Item::ShortWeekday(day) = item {
            let meant = beside(by_weekday) || beside(|item| item.as_joint().joins()) || !(unknown || others);
            return if meant { Item::Weekday(*day) } else { Item::Unknown };
        }
        if *item == Item::No {
            let numbered = matches!(
                items.get(at + 1..),
                Some([Item::Num { .. } | Item::Pair { .. }, ..] | [Item::Mark(','), Item::Num { .. }, ..])
            );
            return if numbered { Item::Choice } else { Item::NotThis };
        }
        if *item == Item::Now && items.len() == 1 {
            return Item::Ahead(0);
        }
        let asks = Some(at) == last && may_ask.is_some_and(|can| can < at);
        if *item == Item::Not && asks { Item::Filler } else { *item }
    });
    let mut settled: Vec<Item> =
        settled.filter(|item| !matches!(item, Item::Filler | Item::Can | Item::Now)).collect();
    // "pukul 3 suku" is a quarter past, "9 tiga suku" three quarters.
    for at in (0..settled.len()).rev() {
        let after_hour =
            at.checked_sub(1).is_some_and(|at| matches!(settled.get(at), Some(Item::Num { .. })));
        if settled.get(at) == Some(&Item::ThreeQuarters) && !after_hour {
            settled.splice(at..=at, [Item::Num { value: 3, digits: 1 }, Item::Quarter]);
        }
    }
    settled
}

fn by_month(item: &Item) -> bool {
    by_weekday(item)
        || matches!(item, Item::In | Item::Suffix | Item::Third(_) | Item::DayOfMonth | Item::Unit(_))
}

fn by_weekday(item: &Item) -> bool {
    matches!(
        item,
        Item::Num { .. } | Item::Nth(_) | Item::This | Item::Next | Item::Pair { .. } | Item::Ymd { .. }
    )
}

/// The item the pieces start with: how many pieces it takes, and whether there is no doubt that it is meant.
fn item(rest: &[Piece<'_>], first: &Piece<'_>) -> (usize, Option<Item>, bool) {
    if matches!(first.shape, Shape::Word | Shape::Number)
        && let Some((used, item)) = BOOK.starts(rest)
    {
        return (used, Some(item), true);
    }
    let (used, item) = match first.shape {
        Shape::Word => {
            if let Some((used, value)) = ordinal(rest) {
                return (used, i32::try_from(value).ok().map(Item::Nth), true);
            }
            if let Some((used, value)) = spoken(rest) {
                return (used, Some(Item::Num { value, digits: 0 }), true);
            }
            let (near, small) = BOOK.nearest(first.text);
            return match near.as_slice() {
                [item] if item.may_be_mistyped() => (1, Some(*item), small),
                _ => (1, Some(Item::Unknown), true),
            };
        }
        Shape::Number => (1, Some(number(first.text))),
        Shape::Figure => (1, Some(figure(first.text))),
        Shape::Opaque => (1, Some(Item::Opaque)),
        Shape::Mark => (1, mark(rest, first)),
    };
    (used, item, true)
}

/// Marks that part or join; a full stop only where a sentence may end.
fn mark(rest: &[Piece<'_>], first: &Piece<'_>) -> Option<Item> {
    let c = first.text.chars().next()?;
    match c {
        '.' | ';' => match rest.get(1) {
            Some(next) if !next.glued => Some(Item::Mark(',')),
            _ => None,
        },
        '~' => Some(Item::To),
        '@' => Some(Item::At),
        '-' | ',' | '/' | '&' | '+' | '?' => Some(Item::Mark(c)),
        _ => None,
    }
}

fn number(text: &str) -> Item {
    let part = |from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse().ok());
    let date = |year: Option<u32>, month, day| ymd(year?, month?, day?);
    match text.len() {
        0..=4 => text.parse().map_or(Item::Opaque, |value| Item::Num { value, digits: text.len() }),
        6 => date(part(4, 6).map(|year| 2000 + year), part(2, 4), part(0, 2)).map_or(Item::Opaque, Item::Six),
        8 => date(part(4, 8), part(2, 4), part(0, 2))
            .or_else(|| date(part(0, 4), part(4, 6), part(6, 8)))
            .map_or(Item::Opaque, |date| Item::Ymd { date, full_year: true }),
        _ => Item::Opaque,
    }
}

fn figure(text: &str) -> Item {
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let numbers: Vec<u32> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    let mark = text.chars().find(|c| !c.is_ascii_digit() && *c != ' ').unwrap_or(' ');
    match (numbers.as_slice(), parts.as_slice()) {
        ([a, b], [_, second]) => Item::Pair { a: *a, mark, b: *b, b_digits: second.len() },
        ([a, b, _], _) if mark == ':' => Item::Pair { a: *a, mark, b: *b, b_digits: 2 },
        ([year, month, day], [first, ..]) if first.len() == 4 => {
            ymd(*year, *month, *day).map_or(Item::Opaque, |date| Item::Ymd { date, full_year: true })
        }
        ([day, month, year], [_, _, last]) => ymd(full_year(*year, last.len()), *month, *day)
            .map_or(Item::Opaque, |date| Item::Ymd { date, full_year: last.len() == 4 }),
        _ => Item::Opaque,
    }
}

/// A year of two digits with its century: births are in the past, appointments are not.
pub(super) fn full_year(year: u32, digits: usize) -> u32 {
    match year {
        _ if digits > 2 => year,
        0..80 => 2000 + year,
        _ => 1900 + year,
    }
}

/// A day that exists, in a year anybody would name.
pub(super) fn ymd(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok().filter(|year| (1900..=2100).contains(year))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

static BOOK: LazyLock<PhraseBook<Item>> = LazyLock::new(|| PhraseBook::new(WORDS, Item::Unknown));

/// Whether a word or sign is one of dates and times.
pub(super) fn knows(word: &str) -> bool {
    let piece = Piece { text: word, shape: Shape::Word, glued: false };
    let item = BOOK.starts(&[piece]).map(|(_, item)| item);
    item.is_some_and(|item| !matches!(item, Item::Unknown | Item::Filler | Item::Address | Item::Name))
        || spoken(&[piece]).is_some()
        || ordinal(&[piece]).is_some()
}
