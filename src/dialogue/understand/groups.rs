//! The days said in a text, sorted into those that are about the same day.

use chrono::{Datelike, Days, NaiveDate};

use super::calendar::Item;
use super::days::{Calendar, Kind, Meant, kind};
use super::mention::When;

/// A word of a text as far as it matters for dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Day(When),
    /// Between two days, before one or after one.
    Joint(Item),
    /// A part of the sentence ends.
    Turn,
    Not,
    NotThis,
    Other,
}

impl Word {
    pub(super) fn of(item: Item) -> Word {
        let item = item.as_joint();
        match () {
            () if item.joins() || matches!(item, Item::About | Item::Ish) => Word::Joint(item),
            () if matches!(item, Item::Mark(_) | Item::But) => Word::Turn,
            () if item == Item::Not => Word::Not,
            () if item == Item::NotThis => Word::NotThis,
            () => Word::Other,
        }
    }
}

/// What limits a wish to before or after the days named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Before,
    After,
    From,
    About,
}

/// Words about one and the same day, or about the first and last of several.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    pub(super) whens: Vec<When>,
    /// The last day, where the group is the first of a range.
    until: Option<Vec<When>>,
    pub(super) bound: Option<Bound>,
    pub(super) refused: bool,
}

impl Group {
    /// Sorts the days said into groups.
    pub(super) fn sort(words: &[Word]) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let mut state = Between::default();
        for word in words {
            match word {
                Word::Day(When::Impossible) | Word::Other => {}
                Word::Turn => {
                    state.refuse_before(&mut groups);
                    state = Between { refusing: false, open: false, to: false, ..state };
                }
                Word::Not => state.not(&mut groups),
                Word::NotThis => state.not_this(),
                Word::Joint(Item::And) if state.span => state.to = true,
                Word::Joint(Item::Or | Item::And) => state.apart = true,
                Word::Joint(Item::To) => state.to = true,
                Word::Joint(Item::Ke) => (state.to, state.apart) = (state.span, !state.span),
                Word::Joint(Item::Between) => state.span = true,
                Word::Joint(Item::From) => {
                    state.span = true;
                    state.bound = Some(Bound::From);
                }
                Word::Joint(Item::Before) => state.bound = Some(Bound::Before),
                Word::Joint(Item::After | Item::Lepas) => state.bound = Some(Bound::After),
                Word::Joint(Item::Onwards) => bind(&mut groups, Bound::From),
                Word::Joint(Item::About) => state.bound = Some(Bound::About),
                Word::Joint(_) => bind(&mut groups, Bound::About),
                Word::Day(when) => state.day(*when, &mut groups),
            }
        }
        state.refuse_before(&mut groups);
        share_stretch(&mut groups);
        groups
    }
}

fn bind(groups: &mut [Group], bound: Bound) {
    if let Some(group) = groups.last_mut() {
        group.bound = Some(bound);
    }
}

/// What the words since the last day said.
#[derive(Debug, Clone, Copy, Default)]
struct Between {
    /// A day before this word was not refused and may be by a word after it.
    open: bool,
    refusing: bool,
    /// "bukan" after an open day: it is that day's if none follows.
    pending: bool,
    /// "atau": the next day is another one.
    apart: bool,
    /// "hingga": the next day is the last of a range.
    to: bool,
    /// "antara", "dari": a range is to come.
    span: bool,
    bound: Option<Bound>,
}

impl Between {
    /// A refusal belongs to the day after it, or to the one before when none follows in its part of the sentence.
    fn not(&mut self, groups: &mut [Group]) {
        match groups.last_mut() {
            Some(group) if self.open => {
                group.refused = true;
                self.open = false;
            }
            _ => self.refusing = true,
        }
    }

    fn not_this(&mut self) {
        self.refusing = true;
        self.pending = self.open;
    }

    /// "esok jangan": what was said before is refused after all.
    fn refuse_before(&mut self, groups: &mut [Group]) {
        if self.pending
            && let Some(group) = groups.last_mut()
        {
            group.refused = true;
        }
        self.pending = false;
    }

    fn day(&mut self, when: When, groups: &mut Vec<Group>) {
        let Between { refusing, apart, to, bound, .. } = *self;
        let fresh = Group { whens: vec![when], until: None, bound, refused: refusing };
        match groups.last_mut() {
            Some(group) if to && !refusing && !group.refused && group.until.is_none() => {
                group.until = Some(vec![when]);
                group.bound = group.bound.filter(|bound| *bound != Bound::From);
            }
            Some(group) if !apart && bound.is_none() && group.refused == refusing => {
                let whens = group.until.as_mut().unwrap_or(&mut group.whens);
                if whens.iter().any(|other| kind(*other) == kind(when)) {
                    groups.push(fresh);
                } else {
                    whens.push(when);
                }
            }
            _ => groups.push(fresh),
        }
        *self = Between { open: true, refusing, span: self.span && !to, ..Between::default() };
    }
}

/// "khamis atau jumaat minggu depan": the week is that of both days.
fn share_stretch(groups: &mut [Group]) {
    let stretches: Vec<When> = groups
        .iter()
        .flat_map(|group| &group.whens)
        .copied()
        .filter(|when| kind(*when) == Kind::Stretch)
        .collect();
    let [stretch] = stretches.as_slice() else { return };
    for group in groups {
        let weekdays = group.whens.iter().all(|when| kind(*when) == Kind::Weekday);
        if weekdays && group.until.is_none() {
            group.whens.push(*stretch);
        }
    }
}

impl Calendar {
    /// The days of a group: those that everything said of them fits, or, if nothing does, all that were named.
    pub(super) fn meant(self, group: &Group) -> Meant {
        let first = self.together(&group.whens);
        let Some(until) = &group.until else { return first };
        let last = self.together(until);
        let (Some(from), Some(mut to)) = (first.days.first().copied(), last.days.first().copied()) else {
            return Meant::ask(first.days.into_iter().chain(last.days));
        };
        // "jumaat hingga isnin"; but "dari isnin ke khamis" may also leave a Monday for the Thursday before it.
        let near = (to < from).then_some(to);
        if to < from && to.checked_add_days(Days::new(7)).is_some_and(|later| later >= from) {
            to = to.checked_add_days(Days::new(7)).unwrap_or(to);
        }
        if to < from || (to - from).num_days() > 92 {
            return Meant::ask([from, to]);
        }
        Meant::ask(from.iter_days().take_while(|day| *day <= to).chain(near))
    }

    /// "isnin 15hb" where the next 15th is no Monday: the first that is, if it can still be booked.
    fn later(self, whens: &[When]) -> Option<NaiveDate> {
        self.window().find(|day| {
            whens.iter().all(|when| {
                if let When::Weekday(name, _) = when {
                    day.weekday() == *name
                } else {
                    self.fits(*when, *day)
                }
            })
        })
    }

    /// Whether everything said of a group fits a day.
    pub(super) fn fits_all(self, group: &Group, day: NaiveDate) -> bool {
        group.until.is_none() && group.whens.iter().all(|when| self.fits(*when, day))
    }

    fn together(self, whens: &[When]) -> Meant {
        let Some((lead, others)) = whens.split_first() else { return Meant::ask([]) };
        if others.is_empty() {
            return self.alone(*lead);
        }
        let lead = whens.iter().copied().min_by_key(|when| kind(*when)).unwrap_or(*lead);
        let stretch = whens.iter().copied().find(|when| kind(*when) == Kind::Stretch);
        let pool = stretch.map_or_else(|| self.alone(lead).days, |stretch| self.stretch(stretch));
        let mut days: Vec<NaiveDate> =
            pool.into_iter().filter(|day| whens.iter().all(|when| self.fits(*when, *day))).collect();
        if days.iter().any(|day| *day > self.today) {
            days.retain(|day| *day > self.today);
        }
        match days.as_slice() {
            [] => {
                let named = whens.iter().flat_map(|when| self.alone(*when).days.into_iter().take(7));
                Meant::ask(self.later(whens).into_iter().chain(named))
            }
            // "isnin minggu ni" on a Friday may be a slip for next week's.
            [past] if *past <= self.today && kind(lead) == Kind::Weekday => {
                Meant::ask([*past].into_iter().chain(self.alone(lead).days))
            }
            [day] => Meant { days: vec![*day], sure: true },
            _ => Meant::ask(days),
        }
    }
}
