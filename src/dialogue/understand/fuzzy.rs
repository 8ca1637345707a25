//! Known phrases found in typed words, slips of the finger and spellings by ear included.

mod kept;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

pub(crate) use kept::Kept;

/// Words of a message that are looked at; nobody names an office after so many.
pub(crate) const MOST_WORDS: usize = 100;

/// Lengths, in letters, from which a phrase may have one slip, and two.
const ONE_SLIP: usize = 5;
const TWO_SLIPS: usize = 8;
/// Lengths from which a phrase with a slip is likely, and beyond doubt.
const LIKELY: usize = 6;
const CLEAR: usize = 7;
const CLEAR_WITH_TWO: usize = 10;

/// Words of every day in Malay, English and chat, which are never taken for a mistyped name.
static ORDINARY: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("ordinary_words.txt").split_whitespace().collect());

/// Whether the folded word is one of every day, or no word at all.
pub(crate) fn ordinary(word: &str) -> bool {
    ORDINARY.contains(word) || word.chars().all(|c| c.is_ascii_digit())
}

/// How well typed words fit a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// A slip in a short word: perhaps another word was meant.
    Loose,
    /// A slip in a word of middling length: clear if nothing else is said.
    Likely,
    /// A slip or a spelling by ear in a long word.
    Close,
    /// Letter by letter, however it is split into words.
    Exact,
}

/// What is said besides the phrases found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rest {
    /// Words that are not known.
    pub(crate) stray: usize,
    /// Words that say nothing, of every day.
    pub(crate) idle: usize,
}

/// With more unknown words than this around it, a mistyped long name is improbable.
const STRAY_WORDS: usize = 4;

impl Rest {
    /// What is left of the words; `counts` leaves out those that always go with names.
    pub(crate) fn of(words: &[String], hits: &[Hit], counts: impl Fn(&str) -> bool) -> Rest {
        let covered = |at: usize| hits.iter().any(|hit| hit.at.contains(&at));
        let left = words.iter().enumerate().filter(|(at, word)| !covered(*at) && counts(word));
        let (idle, stray): (Vec<_>, Vec<_>) = left.partition(|(_, word)| ordinary(word));
        Rest { stray: stray.len(), idle: idle.len() }
    }
}

impl Fit {
    /// Whether a phrase that fits so well was meant, given what else is said (`None`: no), and whether surely.
    pub(crate) fn trusted(self, rest: Rest) -> Option<bool> {
        match self {
            Fit::Exact => Some(true),
            Fit::Close => (rest.stray <= STRAY_WORDS).then_some(true),
            Fit::Likely => (rest.stray == 0).then_some(rest.idle <= 1),
            Fit::Loose => (rest.stray == 0 && rest.idle <= 2).then_some(false),
        }
    }

    /// How much a phrase found so is worth by letter.
    pub(crate) fn worth(self) -> usize {
        match self {
            Fit::Exact => 10,
            Fit::Close => 8,
            Fit::Likely => 7,
            Fit::Loose => 6,
        }
    }
}

/// A phrase found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Which of the typed words.
    pub(crate) at: Range<usize>,
    /// Number of the phrase.
    pub(crate) phrase: usize,
    /// How well they fit.
    pub(crate) fit: Fit,
}

/// Phrases to look for, numbered in the order in which they were added.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    keys: Vec<Key>,
    exact: HashMap<String, usize>,
    by_sound: HashMap<String, Vec<usize>>,
    by_start: HashMap<(char, usize), Vec<usize>>,
    most_words: usize,
}

/// A phrase without its spaces.
#[derive(Debug)]
struct Key {
    words: Vec<String>,
    /// Letters of the shortest word: a slip must not swallow it.
    shortest: usize,
    text: String,
    letters: usize,
    digits: String,
}

impl Key {
    fn of(words: &[String]) -> Key {
        let text = words.concat();
        let shortest = words.iter().map(|word| word.chars().count()).min().unwrap_or(0);
        Key { words: words.to_vec(), shortest, letters: text.chars().count(), digits: digits(&text), text }
    }
}

impl Phrases {
    /// The number of the phrase, which is added if it is new.
    pub(crate) fn add(&mut self, words: &[String]) -> usize {
        let key = Key::of(words);
        if let Some(&known) = self.exact.get(&key.text) {
            return known;
        }
        let number = self.keys.len();
        self.most_words = self.most_words.max(words.len());
        self.exact.insert(key.text.clone(), number);
        self.by_sound.entry(sound(&key.text)).or_default().push(number);
        if let Some(first) = key.text.chars().next() {
            self.by_start.entry((first, key.letters)).or_default().push(number);
        }
        self.keys.push(key);
        number
    }

    /// Letters of a phrase.
    pub(crate) fn letters(&self, phrase: usize) -> usize {
        self.keys.get(phrase).map_or(0, |key| key.letters)
    }

    /// The words of a phrase, as they were when it was first added.
    pub(crate) fn words(&self, phrase: usize) -> &[String] {
        self.keys.get(phrase).map_or(&[], |key| &key.words)
    }

    /// Every phrase in the words, overlapping ones too; of several that fit the same words, the nearest.
    pub(crate) fn find(&self, words: &[String]) -> Vec<Hit> {
        let words = words.get(..MOST_WORDS).unwrap_or(words);
        let mut hits = Vec::new();
        for start in 0..words.len() {
            for end in (start + 1)..=words.len().min(start + self.most_words + 1) {
                let Some(window) = words.get(start..end) else { continue };
                let hit = |(phrase, fit)| Hit { at: start..end, phrase, fit };
                hits.extend(self.nearest(window).into_iter().map(hit));
            }
        }
        hits
    }

    fn nearest(&self, window: &[String]) -> Vec<(usize, Fit)> {
        let typed = Key::of(window);
        if let Some(&phrase) = self.exact.get(&typed.text) {
            // "s alam" is not the greeting "salam".
            let initial = self.keys.get(phrase).is_some_and(|key| key.shortest == 1 && key.words != window);
            return if initial { Vec::new() } else { vec![(phrase, Fit::Exact)] };
        }
        if typed.letters < 3 || window.iter().all(|word| ordinary(word)) {
            return Vec::new();
        }
        let alike = self.by_sound.get(&sound(&typed.text)).into_iter().flatten();
        let heard: Vec<_> = alike.filter_map(|&phrase| self.heard(phrase, &typed)).collect();
        if heard.is_empty() { self.misspelt(&typed) } else { heard }
    }

    fn heard(&self, phrase: usize, typed: &Key) -> Option<(usize, Fit)> {
        let key = self.keys.get(phrase).filter(|key| key.letters >= 4 && key.digits == typed.digits)?;
        let fit = match key.letters {
            CLEAR.. => Fit::Close,
            LIKELY.. => Fit::Likely,
            ONE_SLIP.. if single(&key.text) == single(&typed.text) => Fit::Likely,
            _ => Fit::Loose,
        };
        Some((phrase, fit))
    }

    fn misspelt(&self, typed: &Key) -> Vec<(usize, Fit)> {
        let mut best = Vec::new();
        if typed.letters + 1 < ONE_SLIP {
            return best;
        }
        let mut fewest = usize::MAX;
        let mut start = typed.text.chars();
        let (first, second) = (start.next(), start.next());
        for letters in typed.letters.saturating_sub(2).max(ONE_SLIP)..=typed.letters + 2 {
            for first in first.into_iter().chain(second.filter(|c| Some(*c) != first)) {
                for &phrase in self.by_start.get(&(first, letters)).into_iter().flatten() {
                    let Some((slips, fit)) = self.slips(phrase, typed) else { continue };
                    if slips < fewest {
                        best.clear();
                        fewest = slips;
                    }
                    if slips == fewest {
                        best.push((phrase, fit));
                    }
                }
            }
        }
        best
    }

    fn slips(&self, phrase: usize, typed: &Key) -> Option<(usize, Fit)> {
        let key = self.keys.get(phrase).filter(|key| key.digits == typed.digits)?;
        let apart = key.words.len() != typed.words.len();
        if (apart && key.letters < TWO_SLIPS) || (!apart && !key.words.iter().zip(&typed.words).all(near)) {
            return None;
        }
        let slips = strsim::osa_distance(&typed.text, &key.text);
        if slips + 2 > key.shortest {
            return None;
        }
        let swapped = key.text.chars().next() != typed.text.chars().next();
        match slips {
            1 if key.letters >= CLEAR && !swapped => Some((1, Fit::Close)),
            1 if key.letters >= LIKELY && !swapped => Some((1, Fit::Likely)),
            1 if key.letters >= ONE_SLIP => Some((1, Fit::Loose)),
            2 if swapped => None,
            2 if key.letters >= CLEAR_WITH_TWO => Some((2, Fit::Close)),
            2 if key.letters >= TWO_SLIPS => Some((2, Fit::Loose)),
            _ => None,
        }
    }
}

/// The hits that explain the words best: those of most worth first, and none over the words of another
/// (phrases of one worth may share them).
pub(crate) fn cover(hits: Vec<Hit>, worth: impl Fn(&Hit) -> usize) -> Vec<Hit> {
    let mut by_worth: Vec<(usize, Hit)> = hits.into_iter().map(|hit| (worth(&hit), hit)).collect();
    by_worth.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| x.at.start.cmp(&y.at.start)));
    let mut taken: Vec<(usize, Hit)> = Vec::new();
    for (worth, hit) in by_worth {
        let free = taken.iter().all(|(other_worth, other)| {
            let apart = hit.at.end <= other.at.start || other.at.end <= hit.at.start;
            apart || (hit.at == other.at && worth == *other_worth)
        });
        if free {
            taken.push((worth, hit));
        }
    }
    taken.into_iter().map(|(_, hit)| hit).collect()
}

/// What all of the sets have in common, and whether they agree; where they do not, all that any of them holds.
///
/// Narrow sets first, so that a street outweighs the state it is not in only by being asked about.
pub(crate) fn agree(sets: &[&BTreeSet<usize>]) -> (BTreeSet<usize>, bool) {
    let mut sets = sets.to_vec();
    sets.sort_by_key(|set| set.len());
    let mut common = BTreeSet::new();
    let mut agreed = true;
    for set in sets {
        let both: BTreeSet<usize> = common.intersection(set).copied().collect();
        if agreed && !both.is_empty() {
            common = both;
        } else {
            agreed &= common.is_empty();
            common.extend(set);
        }
    }
    (common, agreed)
}

/// Whether each word of a name may be the typed one: "airport sepang" is not "airport subang".
fn near((known, typed): (&String, &String)) -> bool {
    let slips = match known.chars().count() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    };
    strsim::osa_distance(known, typed) <= slips
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The word with doubled letters made single.
fn single(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for letter in word.chars() {
        if !out.ends_with(letter) {
            out.push(letter);
        }
    }
    out
}

/// The word as it sounds in Malay: `shah`, `syah` and `sah`, `bharu` and `baru`, `kolim` and `kulim` are one.
pub(crate) fn sound(word: &str) -> String {
    let vowel = |c: char| "aeiou".contains(c);
    let mut heard = String::with_capacity(word.len());
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        let letter = match letter {
            'h' if !(heard.is_empty()
                || heard.ends_with(vowel) && letters.peek().copied().is_some_and(vowel)) =>
            {
                continue;
            }
            'y' if heard.ends_with('s') => continue,
            'q' if letters.peek().is_none() => 'r',
            'q' | 'c' => 'k',
            'y' => 'i',
            'o' | 'w' => 'u',
            'z' => 's',
            other => other,
        };
        if !heard.ends_with(letter) {
            heard.push(letter);
        }
    }
    heard
}
