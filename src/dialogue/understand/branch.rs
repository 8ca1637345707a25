//! Branches: by code, name, town, state, nickname, building or part of the address.

mod index;
pub(crate) mod words;

use super::Understood;
use super::fuzzy::{Fit, Hit, Kept, Rest, agree, cover, ordinary};
use crate::office::{BranchCode, Office};
use index::{Contents, Kind, Meaning, PlaceIndex, Set, generic};
use words::place_words;

static INDEXES: Kept<PlaceIndex> = Kept::new();

/// Words that may turn away from the place they stand by.
const NOT: &[&str] =
    &["bukan", "bkn", "selain", "kecuali", "except", "xnak", "taknak", "instead", "dont", "jangan"];
/// Words that do so before a word of wish or place: "tak nak kat Pudu", but not "boleh tak kat Pudu".
const NOT_BEFORE: &[&str] = &["no", "not", "tak", "tk", "tidak", "x"];
const WISHES: &[&str] =
    &["nak", "nk", "mau", "mahu", "want", "hendak", "kat", "di", "ke", "at", "in", "pergi", "suka", "dekat"];
/// Words that say nothing more beside a place.
const PLACE_TALK: &[&str] = &[
    "saya", "sy", "i", "la", "lah", "je", "please", "area", "branch", "office", "punya", "yang", "yg", "the",
    "town",
];

/// The branch a text names.
///
/// One branch is sure; a town, state or building with several is asked, headquarters first and counters in an
/// Urban Transformation Centre last, and so is what hangs on a short mistyped word, on a part of a name, or on a
/// sentence that also says "not". A number or postcode alone names nothing.
pub fn branch(text: &str, office: &Office) -> Understood<BranchCode> {
    let index = INDEXES.of(Contents(office), || PlaceIndex::new(office));
    let mut words = place_words(text);
    if let Some(code) = index.whole.get(&words.concat()).and_then(|&number| index.codes.get(number)) {
        return Understood::sure(code.clone());
    }
    index.spell_out(&mut words);
    let read = Reading::of(&index, &words);
    let mut branches: Vec<usize> = read.branches.iter().copied().collect();
    branches.sort_by_key(|number| index.rank(*number, &read.named));
    let codes: Vec<BranchCode> =
        branches.iter().filter_map(|&number| index.codes.get(number)).cloned().collect();
    match (read.sure, codes.as_slice()) {
        (true, [code]) => Understood::sure(code.clone()),
        _ => Understood::ask(codes),
    }
}

/// What the phrases of a text come to.
#[derive(Default)]
struct Reading {
    branches: Set,
    sure: bool,
    /// The phrases found.
    named: Vec<usize>,
}

impl Reading {
    fn of(index: &PlaceIndex, words: &[String]) -> Reading {
        let hits = cover(index.phrases.find(words), |hit| index.worth(hit));
        let rest = Rest::of(words, &hits, |word| !generic(word));
        let (weak, hits): (Vec<&Hit>, Vec<&Hit>) = hits
            .iter()
            .filter(|hit| {
                hit.fit.trusted(rest).is_some() && (hit.fit > Fit::Loose || index.is(hit, Kind::Name))
            })
            .partition(|hit| everyday(words, hit));
        let hits = index.consistent(hits);
        let of = |kind: Kind| found(index, &hits, kind);
        let mut reading =
            Reading { named: hits.iter().map(|hit| hit.phrase).collect(), ..Reading::default() };
        let named = of(Kind::Name);
        let hints = of(Kind::Hint);
        if !named.is_empty() {
            reading.meet(&named);
            reading.narrow(&hints);
            reading.narrow(&of(Kind::Support));
        } else if !hints.is_empty() {
            reading.meet(&hints);
            reading.narrow(&of(Kind::Support));
            reading.sure &= hints.len() > 1;
        } else if asks_for_place(words) && of(Kind::Headquarters).is_empty() {
            let weak = found(index, &weak, Kind::Name);
            reading.meet(&weak);
            reading.sure = false;
        }
        if !of(Kind::Headquarters).is_empty() {
            reading.headquarters(index);
        }
        let trusted = hits.iter().all(|hit| hit.fit.trusted(rest) == Some(true));
        let mut names = hits.iter().filter(|hit| index.is(hit, Kind::Name)).peekable();
        let short = names.peek().is_some() && names.all(|hit| index.phrases.letters(hit.phrase) <= 2);
        reading.sure &= trusted && !short && !denied(words);
        reading
    }

    /// The branches that all of the phrases name; where they disagree, every one of them, to be asked.
    fn meet(&mut self, meanings: &[&Meaning]) {
        let sets: Vec<&Set> = meanings.iter().map(|meaning| &meaning.branches).collect();
        (self.branches, self.sure) = agree(&sets);
    }

    fn narrow(&mut self, meanings: &[&Meaning]) {
        for meaning in meanings {
            self.keep(&meaning.branches);
        }
    }

    /// Keeps those of the branches that are in the set, if any are.
    fn keep(&mut self, wanted: &Set) {
        let both: Set = self.branches.intersection(wanted).copied().collect();
        if !both.is_empty() {
            self.branches = both;
        }
    }

    /// The headquarters among the branches named; with none named, that of the whole department.
    fn headquarters(&mut self, index: &PlaceIndex) {
        if self.branches.is_empty() {
            self.branches.clone_from(&index.head);
            self.sure = true;
        } else {
            self.keep(&index.headquarters);
        }
    }
}

/// Whether a lone short name may be meant: nothing else is said but where one wishes to go.
pub(super) fn asks_for_place(words: &[String]) -> bool {
    let says_more = |word: &&String| {
        !WISHES.contains(&word.as_str()) && !PLACE_TALK.contains(&word.as_str()) && !generic(word)
    };
    words.iter().filter(says_more).count() <= 1
}

fn denied(words: &[String]) -> bool {
    let is = |list: &[&str], word: &String| list.contains(&word.as_str());
    let before = |pair: &[String]| matches!(pair, [not, wish] if is(NOT_BEFORE, not) && is(WISHES, wish));
    words.iter().any(|word| is(NOT, word)) || words.windows(2).any(before)
}

/// A short name that is also a word of every day ("KT" and "kt" for "kat").
fn everyday(words: &[String], hit: &Hit) -> bool {
    hit.at.len() == 1 && words.get(hit.at.start).is_some_and(|word| ordinary(word))
}

fn found<'a>(index: &'a PlaceIndex, hits: &[&Hit], kind: Kind) -> Vec<&'a Meaning> {
    let meanings = hits.iter().filter_map(|hit| index.meanings.get(hit.phrase));
    meanings.filter(|meaning| meaning.kind == kind).collect()
}

impl PlaceIndex {
    fn is(&self, hit: &Hit, kind: Kind) -> bool {
        self.meanings.get(hit.phrase).is_some_and(|meaning| meaning.kind == kind)
    }

    /// Without the doubtful hits that contradict what is clearly named.
    fn consistent<'a>(&self, hits: Vec<&'a Hit>) -> Vec<&'a Hit> {
        let meaning = |hit: &Hit| self.meanings.get(hit.phrase);
        let (clear, doubtful): (Vec<&Hit>, Vec<&Hit>) =
            hits.into_iter().partition(|hit| hit.fit >= Fit::Close);
        let named: Set = clear
            .iter()
            .filter_map(|hit| meaning(hit))
            .filter(|meaning| meaning.kind == Kind::Name)
            .flat_map(|meaning| meaning.branches.iter().copied())
            .collect();
        let fits =
            |hit: &&Hit| named.is_empty() || meaning(hit).is_some_and(|m| !m.branches.is_disjoint(&named));
        let doubtful: Vec<&Hit> = doubtful.into_iter().filter(fits).collect();
        [clear, doubtful].concat()
    }

    /// Longer phrases explain more; a slip costs, and so does a weak meaning.
    fn worth(&self, hit: &Hit) -> usize {
        let kind = match self.meanings.get(hit.phrase).map(|meaning| meaning.kind) {
            Some(Kind::Name) => 10,
            Some(Kind::Hint | Kind::Support) => 6,
            Some(Kind::Headquarters) | None => 1,
        };
        self.phrases.letters(hit.phrase) * hit.fit.worth() * kind
    }

    /// Writes out "S. Alam" where just one name ends so.
    fn spell_out(&self, words: &mut [String]) {
        for at in 1..words.len() {
            let Some((before, [second, ..])) = words.split_at_mut_checked(at) else { continue };
            let (Some(first), Some(names)) = (before.last_mut(), self.before.get(second)) else { continue };
            let mut letters = first.chars();
            let (Some(initial), None) = (letters.next(), letters.next()) else { continue };
            let mut fitting = names.iter().filter(|name| name.starts_with(initial) && name.len() > 1);
            if let (Some(name), None) = (fitting.next(), fitting.next()) {
                first.clone_from(name);
            }
        }
    }

    /// What is shown first: known by that very name, headquarters, branches, counters.
    fn rank(&self, number: usize, named: &[usize]) -> (bool, u8, usize) {
        let known = named.iter().any(|&phrase| self.known_by.contains(&(phrase, number)));
        let class = if self.headquarters.contains(&number) {
            0
        } else {
            1 + u8::from(self.counters.contains(&number))
        };
        (!known, class, number)
    }
}
