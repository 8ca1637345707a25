//! What each phrase says about the branches: names, nicknames, towns, buildings, streets, states.

use std::collections::{BTreeSet, HashMap};
use std::hash::{Hash, Hasher};

use super::super::fuzzy::{Phrases, ordinary};
use super::super::state::far_towns;
use super::words::place_words;
use crate::office::{Branch, BranchCode, Office};

/// Branches by their place in the index.
pub(super) type Set = BTreeSet<usize>;

/// What a phrase is worth. A stronger meaning of a phrase replaces a weaker one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Only tells branches apart that other words have named: a street without its "jalan" is often
    /// a person's name.
    Support,
    /// Headquarters: tells them from the other branches of a place.
    Headquarters,
    /// Names branches, but to be asked if nothing else does: part of a name, an airport, a town nearby.
    Hint,
    /// Names branches.
    Name,
}

/// A phrase's meaning.
#[derive(Debug)]
pub(super) struct Meaning {
    pub(super) kind: Kind,
    pub(super) branches: Set,
}

/// The phrases of a catalogue.
#[derive(Debug, Default)]
pub(super) struct PlaceIndex {
    pub(super) codes: Vec<BranchCode>,
    pub(super) phrases: Phrases,
    pub(super) meanings: Vec<Meaning>,
    /// Whole texts that name one branch: its code, its full name.
    pub(super) whole: HashMap<String, usize>,
    /// Words before a second word of a name, for "S. Alam".
    pub(super) before: HashMap<String, BTreeSet<String>>,
    /// The department's headquarters, in the states and in Putrajaya.
    pub(super) headquarters: Set,
    /// The headquarters of all.
    pub(super) head: Set,
    /// Counters in an Urban Transformation Centre.
    pub(super) counters: Set,
    /// Branches that are known by a phrase, as against lying near it.
    pub(super) known_by: BTreeSet<(usize, usize)>,
}

const STREETS: &[&str] = &["jalan", "persiaran", "lebuh", "lebuhraya", "lorong"];
/// Where in a building, which names no place.
const FLOORS: &[&str] =
    &["tingkat", "aras", "lot", "no", "blok", "block", "unit", "level", "floor", "podium", "lots"];
/// First words of an area or a building that people leave out.
const PREFIXES: &[&str] =
    &["taman", "bandar", "kampung", "mukim", "bangunan", "kompleks", "wisma", "galleria", "menara"];
/// Words that many names share and that name no place.
const GENERIC: &[&str] = &[
    "jabatan",
    "imigresen",
    "pejabat",
    "kaunter",
    "cawangan",
    "negeri",
    "malaysia",
    "wilayah",
    "persekutuan",
    "kompleks",
    "bangunan",
    "wisma",
    "taman",
    "bandar",
    "kampung",
    "pusat",
    "pentadbiran",
    "kerajaan",
    "pasport",
    "airport",
    "utc",
    "hq",
    "mall",
    "square",
    "centre",
    "management",
    "mukim",
    "presint",
    "seksyen",
];
/// Words of names of streets and buildings that are people's names as well, or that every town has a street of.
const COMMON: &[&str] = &[
    "sultan", "abdul", "aziz", "tuanku", "haji", "bujang", "ismail", "iskandar", "kadir", "jaafar",
    "sulaman", "raja", "perdana", "muadzam", "wawasan", "merdeka",
];

/// Whether the word names no place by itself.
pub(super) fn generic(word: &str) -> bool {
    GENERIC.contains(&word) || STREETS.contains(&word) || FLOORS.contains(&word)
}

/// What of a catalogue the index is made of.
pub(super) struct Contents<'a>(pub(super) &'a Office);

impl Hash for Contents<'_> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        for branch in self.0.branches() {
            (&branch.code, &branch.name, &branch.short, &branch.state, &branch.address, &branch.words)
                .hash(hasher);
        }
        for state in self.0.states() {
            (&state.code, &state.name_ms, &state.name_en, &state.words).hash(hasher);
        }
    }
}

impl PlaceIndex {
    pub(super) fn new(office: &Office) -> PlaceIndex {
        let mut index = PlaceIndex::default();
        for (number, branch) in office.branches().enumerate() {
            index.codes.push(branch.code.clone());
            index.branch(number, branch);
        }
        index.states(office);
        index.parts();
        index
    }

    /// Gives a phrase a meaning. Nothing but digits is no phrase.
    fn add(
        &mut self,
        kind: Kind,
        words: &[String],
        branches: impl IntoIterator<Item = usize>,
    ) -> Option<usize> {
        if words.iter().flat_map(|word| word.chars()).all(|c| c.is_ascii_digit()) {
            return None;
        }
        let phrase = self.phrases.add(words);
        match self.meanings.get_mut(phrase) {
            Some(meaning) if meaning.kind == kind => meaning.branches.extend(branches),
            Some(meaning) if meaning.kind < kind => {
                *meaning = Meaning { kind, branches: branches.into_iter().collect() };
            }
            Some(_) => {}
            None => self.meanings.push(Meaning { kind, branches: branches.into_iter().collect() }),
        }
        Some(phrase)
    }

    /// A name or nickname of the branch itself.
    fn name(&mut self, words: &[String], number: usize) {
        if words.iter().all(|word| generic(word) && word != "utc") {
            return;
        }
        let phrase = self.add(Kind::Name, words, [number]);
        self.known_by.extend(phrase.map(|phrase| (phrase, number)));
        if let [first, second] = words {
            self.before.entry(second.clone()).or_default().insert(first.clone());
        }
    }

    fn branch(&mut self, number: usize, branch: &Branch) {
        let name = place_words(&branch.name);
        for whole in [place_words(branch.code.as_str()), name.clone()] {
            self.whole.insert(whole.concat(), number);
        }
        let has = |word: &str| name.iter().any(|w| w == word);
        if has("jabatan") {
            self.headquarters.insert(number);
        }
        if name.first().is_some_and(|word| word == "hq") {
            self.head.insert(number);
        }
        if has("utc") {
            self.counters.insert(number);
        }
        for word in branch.words.iter().chain([&branch.short]) {
            self.name(&place_words(word), number);
        }
        self.own_name(number, &branch.name, has("jabatan"));
        self.address(number, &branch.address);
        self.classes(number, branch, &name);
    }

    /// The parts of the official name. That of a headquarters is its state's, which stands for all its branches.
    fn own_name(&mut self, number: usize, name: &str, headquarters: bool) {
        let (outside, inside) = name.split_once('(').unwrap_or((name, ""));
        let outside = if headquarters { "" } else { outside };
        for part in outside.split(',').chain(inside.trim_end_matches(')').split(',')) {
            let words = place_words(part);
            let kept: Vec<String> = words.iter().skip_while(|w| generic(w) && *w != "utc").cloned().collect();
            self.name(&kept, number);
            self.add(Kind::Name, &core(&kept), [number]);
        }
    }

    fn address(&mut self, number: usize, address: &str) {
        for part in address.split(',') {
            let words = place_words(part);
            let is = |list: &[&str], word: &String| list.contains(&word.as_str());
            let street = words.iter().position(|word| is(STREETS, word));
            match words.first() {
                Some(first) if is_postcode(first) => self.name(words.get(1..).unwrap_or_default(), number),
                _ if street.is_some() => {
                    self.street(number, words.get(street.unwrap_or(0)..).unwrap_or_default())
                }
                Some(first) if is(&["presint", "seksyen"], first) => {
                    self.add(Kind::Support, &words, [number]);
                }
                Some(first) if is(FLOORS, first) || first.starts_with(|c: char| c.is_ascii_digit()) => {}
                Some(_) => {
                    self.add(Kind::Name, &words, [number]);
                    self.add(Kind::Name, &core(&words), [number]);
                }
                None => {}
            }
        }
    }

    fn street(&mut self, number: usize, words: &[String]) {
        let numbered = words.last().is_some_and(|word| ordinary(word));
        let plain = if numbered { words.get(..words.len() - 1).unwrap_or_default() } else { words };
        let name: Vec<String> = plain.iter().skip(1).filter(|word| *word != "dato").cloned().collect();
        let kind =
            if name.iter().all(|word| COMMON.contains(&word.as_str())) { Kind::Hint } else { Kind::Name };
        self.add(kind, words, [number]);
        if name.concat().chars().any(char::is_alphabetic) {
            let street: Vec<String> = words.iter().take(1).chain(&name).cloned().collect();
            self.add(kind, plain, [number]);
            self.add(kind, &street, [number]);
            self.add(Kind::Support, &name, [number]);
        }
    }

    /// What many branches share and people ask for: a UTC, an airport, a passport office.
    fn classes(&mut self, number: usize, branch: &Branch, name: &[String]) {
        let mut all: Vec<String> = name.to_vec();
        all.extend(place_words(&branch.address));
        for class in ["utc", "airport"] {
            if all.iter().any(|word| word == class) {
                self.add(Kind::Hint, &[class.to_owned()], [number]);
            }
        }
        if name.windows(2).any(|pair| matches!(pair, [a, b] if a == "pejabat" && b == "pasport")) {
            self.add(Kind::Hint, &["pejabat".to_owned(), "pasport".to_owned()], [number]);
        }
    }

    fn states(&mut self, office: &Office) {
        let hq = ["hq".to_owned()];
        self.add(Kind::Headquarters, &hq, self.headquarters.clone());
        let negeri = ["imigresen".to_owned(), "negeri".to_owned()];
        self.add(Kind::Headquarters, &negeri, self.headquarters.clone());
        for state in office.states() {
            let all: Set = office
                .branches()
                .enumerate()
                .filter(|(_, b)| b.state == state.code)
                .map(|(n, _)| n)
                .collect();
            for word in [&state.name_ms, &state.name_en].into_iter().chain(&state.words) {
                self.add(Kind::Name, &place_words(word), all.clone());
            }
            for town in far_towns(state.code.as_str()) {
                self.add(Kind::Hint, &place_words(town), all.clone());
            }
        }
    }

    /// Single words that only a few names have.
    fn parts(&mut self) {
        let mut parts: HashMap<String, Set> = HashMap::new();
        for &(phrase, number) in &self.known_by {
            let words = self.phrases.words(phrase);
            if words.len() < 2 || words.len() > 3 || words.iter().any(|word| STREETS.contains(&word.as_str()))
            {
                continue;
            }
            for word in words.iter().filter(|word| word.chars().count() >= 5) {
                if !generic(word) && !ordinary(word) && !COMMON.contains(&word.as_str()) {
                    parts.entry(word.clone()).or_default().insert(number);
                }
            }
        }
        for (word, branches) in parts {
            self.add(Kind::Hint, &[word], branches);
        }
    }
}

/// The name without "taman", "kompleks" and the like, if that leaves a name.
fn core(words: &[String]) -> Vec<String> {
    let rest: Vec<String> =
        words.iter().skip_while(|word| PREFIXES.contains(&word.as_str())).cloned().collect();
    let names = rest.iter().any(|word| !generic(word) && !ordinary(word) && !COMMON.contains(&word.as_str()));
    if names || rest.concat() == "kdn" { rest } else { Vec::new() }
}

fn is_postcode(word: &str) -> bool {
    word.len() == 5 && word.chars().all(|c| c.is_ascii_digit())
}
