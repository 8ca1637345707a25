//! The words of a text as far as they matter for times.

use super::calendar::{Item, Part};
use super::clock::{Clock, bare};
use super::days::{Kind, kind};
use super::mention::Mention;

/// A word of the text as far as it matters for times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Clock(Clock),
    Part(Part),
    /// Lunch, a prayer, work.
    Break(Item),
    /// Between two times, before one or after one.
    Joint(Item),
    /// A part of the sentence ends.
    Turn,
    Not,
    NotThis,
    Other,
}

/// The words, and whether the times among them are doubtful.
pub(super) fn words(mentions: &[Mention], items: &[Item]) -> (Vec<Word>, bool) {
    let has = |item| items.contains(&item);
    let strong = mentions.iter().any(|mention| matches!(mention, Mention::Clock(_)));
    // A number among words not known may be anything; after "nombor" or in an address it is something else.
    let blocked = has(Item::Unknown) || has(Item::Opaque) || has(Item::Address) || has(Item::Choice);
    let weekday_only = mentions.iter().any(|mention| matches!(mention, Mention::When { .. }))
        && mentions.iter().all(|mention| match mention {
            Mention::When { when, .. } => matches!(kind(*when), Kind::Weekday | Kind::Stretch),
            Mention::Clock(_) | Mention::Part(_) | Mention::Other(_) => true,
        });
    // "pukul 10 tak sempat, 11"
    let dated = mentions.iter().any(|mention| matches!(mention, Mention::When { .. }));
    let corrects = (has(Item::Not) || has(Item::NotThis)) && !blocked && !dated;
    let mut unclear = has(Item::About) || has(Item::Ish);
    let mut words = Vec::with_capacity(mentions.len());
    let mut at = 0;
    while let Some(mention) = mentions.get(at) {
        at += 1;
        if let Mention::Other(_) = mention
            && (strong || !blocked)
            && let Some((used, found, doubt)) = bare_at(mentions.get(at - 1..).unwrap_or_default())
            && (!strong || corrects || joined(mentions, at - 1, at - 1 + used))
        {
            unclear |= !strong && (doubt || has(Item::Slot) || (weekday_only && !has_part(mentions)));
            words.extend(found);
            at += used - 1;
            continue;
        }
        words.push(match mention {
            Mention::Clock(clock) => Word::Clock(*clock),
            Mention::Part(Part::Am | Part::Pm | Part::Midnight) | Mention::When { .. } => Word::Other,
            Mention::Part(part) => Word::Part(*part),
            Mention::Other(item) => word(*item),
        });
        unclear |= matches!(mention, Mention::Other(Item::Past)) && strong;
    }
    (share_parts(words), unclear)
}

fn has_part(mentions: &[Mention]) -> bool {
    mentions.iter().any(|mention| matches!(mention, Mention::Part(_)))
}

fn word(item: Item) -> Word {
    let item = item.as_joint();
    match () {
        () if item.joins() => Word::Joint(item),
        () if matches!(item, Item::Mark(_) | Item::But) => Word::Turn,
        () if matches!(item, Item::Lunch | Item::Prayer | Item::Work) => Word::Break(item),
        () if item == Item::Not => Word::Not,
        () if item == Item::NotThis => Word::NotThis,
        () => Word::Other,
    }
}

/// A time or a span of hours without any word that makes it one: how many mentions it takes, and whether it may be
/// something else.
fn bare_at(mentions: &[Mention]) -> Option<(usize, Vec<Word>, bool)> {
    let items: Vec<Item> = mentions
        .iter()
        .map_while(|mention| match mention {
            Mention::Other(item) => Some(*item),
            Mention::When { .. } | Mention::Clock(_) | Mention::Part(_) => None,
        })
        .collect();
    let clock = |hour, minute| Word::Clock(Clock { hour, minute, part: None, half_to: false });
    match items.as_slice() {
        [Item::Pair { a: from @ 1..24, mark: '-', b: to @ 1..24, .. }, ..] => {
            let times = |hour| Clock { hour, minute: 0, part: None, half_to: false }.times();
            let later = times(*from).first() < times(*to).last();
            later.then(|| (1, vec![clock(*from, 0), Word::Joint(Item::To), clock(*to, 0)], false))
        }
        // "9.3", "9:5"
        [Item::Pair { a: hour @ 1..24, mark: '.' | ':', b: tens @ 1..6, b_digits: 1 }, ..] => {
            Some((1, vec![clock(*hour, tens * 10)], true))
        }
        [Item::Num { value, digits }, ..] => {
            let (used, read) = bare(&items)?;
            let year = *digits == 4 && (2024..2036).contains(value);
            let hour = used == 1 && *digits < 3 && !(1..24).contains(value);
            let odd = !read.minute.is_multiple_of(5) || *value == 100;
            (!hour).then_some((used, vec![Word::Clock(read)], year || odd))
        }
        [Item::Pair { .. }, ..] => bare(&items).map(|(used, read)| (used, vec![Word::Clock(read)], false)),
        _ => None,
    }
}

/// Whether figures stand beside a time: "9 hingga 10 pagi".
fn joined(mentions: &[Mention], from: usize, to: usize) -> bool {
    let joint = |at: usize| match mentions.get(at) {
        Some(Mention::Other(item)) => {
            matches!(item, Item::To | Item::Ke | Item::Or | Item::And | Item::Mark('-' | ',' | '/' | '&'))
        }
        _ => false,
    };
    let clock = |at: usize| matches!(mentions.get(at), Some(Mention::Clock(_)));
    let after = joint(to) && clock(to + 1);
    let before = from >= 2 && joint(from - 1) && clock(from - 2);
    after || before
}

/// Gives each time the part of the day that is said beside it, after it ("9 hingga 10 pagi"), or once for all.
fn share_parts(words: Vec<Word>) -> Vec<Word> {
    let parts: Vec<Part> = words
        .iter()
        .filter_map(|word| if let Word::Part(part) = word { Some(*part) } else { None })
        .collect();
    let no_clock_has = words.iter().all(|word| !matches!(word, Word::Clock(Clock { part: Some(_), .. })));
    let fits = words.iter().any(|word| match (word, parts.as_slice()) {
        (Word::Clock(clock), [part]) => !clock.with(*part).times().is_empty(),
        _ => false,
    });
    let once = if no_clock_has && fits { parts.first().copied() } else { None };
    let mut shared = Vec::with_capacity(words.len());
    // From the end, since the part is said after the last of several times.
    let mut later: Option<Clock> = None;
    for mut word in words.into_iter().rev() {
        if let (Word::Part(_), Some(_)) = (word, once) {
            continue;
        }
        if let Word::Clock(clock @ Clock { part: None, .. }) = word {
            word = Word::Clock(match (once, later) {
                (Some(part), _) => clock.with(part),
                (None, Some(later)) => with_later(clock, later),
                (None, None) => clock,
            });
        }
        if let Word::Clock(clock) = word {
            later = Some(clock);
        } else if !matches!(word, Word::Joint(_) | Word::Turn) {
            later = None;
        }
        shared.push(word);
    }
    shared.reverse();
    shared
}

/// The part of a later time, if the earlier one is then still the earlier: not for "10 hingga 2 petang".
fn with_later(clock: Clock, later: Clock) -> Clock {
    match later.part {
        Some(part)
            if clock.with(part).times().first() < later.times().first()
                && !clock.with(part).times().is_empty() =>
        {
            clock.with(part)
        }
        _ => clock,
    }
}
