//! Services, by what people call them.

mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use super::Understood;
use super::fuzzy::{Kept, agree, ordinary, sound};
use super::text::similar;
use crate::office::{Office, Service, ServiceCode};
use words::{NEW, RENEW, document, general, service_words, sorts};

static INDEXES: Kept<ServiceIndex> = Kept::new();

/// The service a text names.
///
/// What is said of it is looked for in any order ("renew my wife's visa", "visa isteri nak sambung"). A new
/// application and a renewal of the same pass are told apart by words for either; with none, both are asked. General
/// words alone ("permit", "visa", "renew pass") and parts of names are always asked.
pub fn service(text: &str, office: &Office) -> Understood<ServiceCode> {
    if let Some(service) = ServiceCode::parse(text).ok().and_then(|code| office.service(&code)) {
        return Understood::sure(service.code.clone());
    }
    let index = INDEXES.of(Contents(office), || ServiceIndex::new(office));
    let words = service_words(text);
    if let Some(code) = index.by_code.get(&words.concat()).and_then(|&number| index.codes.get(number)) {
        return Understood::sure(code.clone());
    }
    let (services, sure) = index.read(&words);
    // "passport K12345678" is a document's number, not a wish for a passport.
    let numbered = words.iter().any(|word| word.chars().filter(char::is_ascii_digit).count() >= LONG_NUMBER);
    let codes: Vec<ServiceCode> = services.iter().filter_map(|&n| index.codes.get(n)).cloned().collect();
    match codes.as_slice() {
        [code] if sure && !numbered => Understood::sure(code.clone()),
        _ => Understood::ask(codes),
    }
}

/// Digits of a word from which it is a number of a document.
const LONG_NUMBER: usize = 5;

/// What of a catalogue the index is made of.
struct Contents<'a>(&'a Office);

impl Hash for Contents<'_> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        for service in self.0.services() {
            (&service.code, &service.name_ms, &service.name_en, &service.short_ms, &service.short_en)
                .hash(hasher);
            service.words.hash(hasher);
        }
    }
}

type Set = BTreeSet<usize>;

/// A name of one or more services, without words for "new" and "renewal".
#[derive(Debug)]
struct Name {
    words: Vec<String>,
    services: Set,
    /// Only words of every day: they must stand together and in order.
    everyday: bool,
}

#[derive(Debug, Default)]
struct ServiceIndex {
    codes: Vec<ServiceCode>,
    by_code: BTreeMap<String, usize>,
    names: Vec<Name>,
    /// The services in whose names a word occurs.
    by_word: BTreeMap<String, Set>,
    /// The services called by a general word alone, or first in line for one.
    called: BTreeMap<String, Set>,
    new: Set,
    renewals: Set,
}

/// A name found, and which of the typed words it takes.
struct Found<'a> {
    name: &'a Name,
    at: BTreeSet<usize>,
    /// A short word stands for a name only by forgiving a slip.
    doubtful: bool,
}

impl ServiceIndex {
    fn new(office: &Office) -> ServiceIndex {
        let mut index = ServiceIndex::default();
        let mut names: BTreeMap<Vec<String>, Set> = BTreeMap::new();
        for (number, service) in office.services().enumerate() {
            index.codes.push(service.code.clone());
            index.by_code.insert(service_words(service.code.as_str()).concat(), number);
            for name in all_names(service) {
                let words = service_words(&name);
                let topic: Vec<String> = words.iter().filter(|word| !sorts(word)).cloned().collect();
                for word in words.iter().filter(|word| sorts(word) || !ordinary(word)) {
                    index.by_word.entry(word.clone()).or_default().insert(number);
                }
                if topic.iter().all(|word| general(word)) {
                    for word in topic {
                        index.called.entry(word).or_default().insert(number);
                    }
                } else {
                    names.entry(topic).or_default().insert(number);
                }
            }
            let title = service_words(&format!("{} {}", service.name_ms, service.name_en));
            let says = |sort: &str| title.iter().any(|word| word == sort);
            if says(NEW) {
                index.new.insert(number);
            } else if says(RENEW) {
                index.renewals.insert(number);
            }
        }
        let named = |(words, services): (Vec<String>, Set)| Name {
            everyday: words.iter().all(|word| ordinary(word)),
            words,
            services,
        };
        index.names = names.into_iter().map(named).collect();
        index
    }

    /// The services meant, best first, and whether that is beyond doubt if there is just one.
    fn read(&self, words: &[String]) -> (Vec<usize>, bool) {
        let found = self.longest(words);
        let (weak, strong): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|f| f.name.everyday && f.name.words.len() == 1);
        let rest = |f: &Found| words.iter().enumerate().all(|(at, word)| f.at.contains(&at) || general(word));
        let weak: Vec<Found> = weak.into_iter().filter(rest).collect();
        if strong.is_empty() && weak.is_empty() {
            return self.in_part(words);
        }
        let found = if strong.is_empty() { &weak } else { &strong };
        let sets: Vec<&Set> = found.iter().map(|f| &f.name.services).collect();
        let (mut services, mut agreed) = agree(&sets);
        agreed &= !strong.is_empty() && !found.iter().any(|f| f.doubtful);
        let taken = |at: usize| found.iter().any(|f| f.at.contains(&at));
        for (_, word) in words.iter().enumerate().filter(|(at, word)| !taken(*at) && !general(word)) {
            self.narrow(&mut services, word);
        }
        let sorted = self.sorted_out(&services, words);
        (sorted.into_iter().collect(), agreed)
    }

    /// Keeps those of several services in whose names a further word occurs.
    fn narrow(&self, services: &mut Set, word: &str) {
        let Some((_, with)) = self.part(word, false) else { return };
        let both: Set = services.intersection(with).copied().collect();
        if !both.is_empty() {
            *services = both;
        }
    }

    /// The names all of whose words are there, without those that are part of a longer one.
    fn longest(&self, words: &[String]) -> Vec<Found<'_>> {
        let all: Vec<Found> = self.names.iter().filter_map(|name| name.found_in(words)).collect();
        let longer = |f: &Found| all.iter().any(|g| g.at.len() > f.at.len() && g.at.is_superset(&f.at));
        let whole: Vec<bool> = all.iter().map(|f| !longer(f)).collect();
        all.into_iter().zip(whole).filter(|(_, whole)| *whole).map(|(f, _)| f).collect()
    }

    /// The services that words of names and general words have in common, where no name is whole.
    fn in_part(&self, words: &[String]) -> (Vec<usize>, bool) {
        let slips = words.len() <= FEW_WORDS;
        let hits: Vec<(&String, &Set)> = words.iter().filter_map(|word| self.part(word, slips)).collect();
        let (telling, general): (Vec<_>, Vec<_>) =
            hits.into_iter().filter(|(word, _)| !sorts(word)).partition(|(word, _)| !general(word));
        let general: Vec<_> = general.into_iter().filter(|(word, _)| document(word)).collect();
        let sets_of =
            |hits: &[(&String, &Set)]| hits.iter().map(|(_, set)| (*set).clone()).collect::<Vec<Set>>();
        let mut sets = sets_of(if telling.is_empty() { &general } else { &telling });
        if sets.is_empty() {
            let lone = words.iter().all(|word| sorts(word) || ordinary(word));
            let renewed =
                words.iter().find(|word| lone && *word == RENEW).and_then(|word| self.part(word, false));
            sets.extend(renewed.map(|(_, set)| set.clone()));
        }
        let (mut services, agreed) = agree(&sets.iter().collect::<Vec<&Set>>());
        for (word, _) in &general {
            self.narrow(&mut services, word);
        }
        let services = self.sorted_out(&services, words);
        let first: Set =
            general.iter().filter_map(|(word, _)| self.called.get(*word)).flatten().copied().collect();
        let mut order: Vec<usize> = services.into_iter().collect();
        order.sort_by_key(|number| !first.contains(number));
        (order, agreed && !telling.is_empty() && !general.is_empty())
    }

    fn part(&self, word: &str, slips: bool) -> Option<(&String, &Set)> {
        let exact = self.by_word.get_key_value(word);
        let near = || self.by_word.iter().find(|(known, _)| alike(word, known));
        exact.or_else(|| if slips { near() } else { None })
    }

    /// Without renewals where a new application is meant, and the other way round.
    fn sorted_out(&self, services: &Set, words: &[String]) -> Set {
        let says = |sort: &str| words.iter().any(|word| word == sort);
        let other = match (says(NEW), says(RENEW)) {
            (_, true) => &self.new,
            (true, false) => &self.renewals,
            (false, false) => return services.clone(),
        };
        let rest: Set = services.difference(other).copied().collect();
        if rest.is_empty() { services.clone() } else { rest }
    }
}

impl Name {
    fn found_in(&self, words: &[String]) -> Option<Found<'_>> {
        let at = if self.everyday {
            let start = words.windows(self.words.len()).position(|window| window == self.words)?;
            (start..start + self.words.len()).collect()
        } else {
            let place = |known: &String| words.iter().position(|typed| alike(typed, known));
            self.words.iter().map(place).collect::<Option<BTreeSet<usize>>>()?
        };
        let doubtful = match self.words.as_slice() {
            [word] => word.len() < CLEAR && !words.contains(word),
            _ => false,
        };
        Some(Found { name: self, at, doubtful })
    }
}

/// Letters from which a single mistyped word is beyond doubt.
const CLEAR: usize = 7;
/// In texts of more words than this, parts of names are not looked for with slips.
const FEW_WORDS: usize = 3;

fn alike(typed: &str, known: &str) -> bool {
    let plain = |word: &str| !ordinary(word) && !general(word) && !sorts(word);
    let heard = || known.len() >= 4 && typed.len() >= 4 && sound(typed) == sound(known);
    typed == known || (plain(typed) && ((plain(known) && similar(typed, known)) || heard()))
}

/// The names of a service and their parts: "Memo daftar keluar (COM) dan Pas Khas" is three.
fn all_names(service: &Service) -> Vec<String> {
    let titles = [&service.name_ms, &service.name_en, &service.short_ms, &service.short_en];
    let mut names: Vec<String> = service.words.clone();
    for title in titles {
        names.push(title.clone());
        let parts = title.replace(" dan ", ",").replace(" and ", ",");
        names.extend(parts.split(['(', ')', ',', ':']).map(str::to_owned));
    }
    names.retain(|name| name.chars().any(char::is_alphanumeric));
    names
}
