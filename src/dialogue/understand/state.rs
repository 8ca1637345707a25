//! States and federal territories: by name, nickname, or a town in them.

use std::collections::{BTreeSet, HashMap};
use std::hash::{Hash, Hasher};
use std::sync::LazyLock;

use super::Understood;
use super::branch::asks_for_place;
use super::branch::words::place_words;
use super::fuzzy::{Fit, Hit, Kept, Phrases, Rest, agree, cover, ordinary};
use crate::office::{Office, StateCode};

/// Towns and nicknames by their state's ISO code.
static TOWNS: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let lines = include_str!("state/towns.txt").lines().filter_map(|line| line.split_once(": "));
    lines.map(|(state, towns)| (state, towns.split(", ").collect())).collect()
});

/// What stands for all three federal territories.
const TERRITORIES: &[&str] =
    &["wilayah persekutuan", "wilayah", "wp", "federal territory", "federal territories"];
const TERRITORY_CODES: &[&str] = &["MY-14", "MY-15", "MY-16"];

static INDEXES: Kept<StateIndex> = Kept::new();

/// The towns of a state.
pub(super) fn far_towns(state: &str) -> &'static [&'static str] {
    TOWNS.get(state).map_or(&[], Vec::as_slice)
}

/// The state a text names, by its own name or a town in it; several are asked.
pub fn state(text: &str, office: &Office) -> Understood<StateCode> {
    if let Ok(code) = StateCode::parse(text)
        && office.state(&code).is_some()
    {
        return Understood::sure(code);
    }
    let index = INDEXES.of(Contents(office), || StateIndex::new(office));
    let words = place_words(text);
    let hits = cover(index.phrases.find(&words), |hit| index.worth(hit));
    let rest = Rest::of(&words, &hits, |_| true);
    let everyday =
        |hit: &&Hit| hit.at.len() == 1 && words.get(hit.at.start).is_some_and(|word| ordinary(word));
    let (weak, mut hits): (Vec<&Hit>, Vec<&Hit>) =
        hits.iter().filter(|hit| index.trusted(hit, rest).is_some()).partition(everyday);
    let mut sure = hits.iter().all(|hit| index.trusted(hit, rest) == Some(true));
    if hits.is_empty() && asks_for_place(&words) {
        sure = words.len() == 1;
        hits = weak;
    }
    let sets: Vec<&BTreeSet<usize>> = hits.iter().filter_map(|hit| index.meanings.get(hit.phrase)).collect();
    let (states, agreed) = agree(&sets);
    let codes: Vec<StateCode> =
        states.iter().filter_map(|&number| index.codes.get(number)).cloned().collect();
    match codes.as_slice() {
        [code] if sure && agreed => Understood::sure(code.clone()),
        _ => Understood::ask(codes),
    }
}

/// The town of an address: what stands after the postcode.
fn town(address: &str) -> &str {
    let last = address.rsplit(',').next().unwrap_or_default();
    last.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace())
}

#[derive(Default)]
struct StateIndex {
    codes: Vec<StateCode>,
    phrases: Phrases,
    meanings: Vec<BTreeSet<usize>>,
    /// How many of the phrases, the first ones, are names of states and not of towns.
    names: usize,
}

struct Contents<'a>(&'a Office);

impl Hash for Contents<'_> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        for state in self.0.states() {
            (&state.code, &state.name_ms, &state.name_en, &state.words).hash(hasher);
        }
        for branch in self.0.branches() {
            (&branch.state, &branch.address).hash(hasher);
        }
    }
}

impl StateIndex {
    fn new(office: &Office) -> StateIndex {
        let mut index = StateIndex::default();
        for (number, state) in office.states().enumerate() {
            index.codes.push(state.code.clone());
            for word in [&state.name_ms, &state.name_en].into_iter().chain(&state.words) {
                index.add(word, number);
            }
        }
        index.names = index.meanings.len();
        for (number, state) in office.states().enumerate() {
            for town in far_towns(state.code.as_str()) {
                index.add(town, number);
            }
            for branch in office.branches_in(&state.code) {
                index.add(town(&branch.address), number);
            }
            if TERRITORY_CODES.contains(&state.code.as_str()) {
                for word in TERRITORIES {
                    index.add(word, number);
                }
            }
        }
        index
    }

    /// A mistyped town must be a long one; a name not far from a state's is likely the state.
    fn trusted(&self, hit: &Hit, rest: Rest) -> Option<bool> {
        let trusted = hit.fit.trusted(rest);
        match hit.fit {
            Fit::Exact | Fit::Close => trusted,
            Fit::Likely if hit.phrase >= self.names => trusted.map(|_| false),
            Fit::Loose if hit.phrase >= self.names => None,
            Fit::Likely | Fit::Loose => trusted,
        }
    }

    fn add(&mut self, name: &str, state: usize) {
        if name.is_empty() {
            return;
        }
        let phrase = self.phrases.add(&place_words(name));
        if phrase == self.meanings.len() {
            self.meanings.push(BTreeSet::new());
        }
        if let Some(states) = self.meanings.get_mut(phrase) {
            states.insert(state);
        }
    }

    fn worth(&self, hit: &Hit) -> usize {
        self.phrases.letters(hit.phrase) * hit.fit.worth()
    }
}
