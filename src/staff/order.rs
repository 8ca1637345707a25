//! Commands of staff, in Malay and English.

use serde::{Deserialize, Serialize};

/// What a member of staff wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// What there is.
    Menu,
    /// The list of a day.
    Day,
    /// A person.
    Find,
    /// The list of the day by itself, at an hour.
    Subscribe,
    /// Book for a person at the counter.
    Counter,
    /// How full, how many came.
    Stats,
    /// What runs out, and when.
    SellOut,
    /// Close a branch.
    Close,
    /// Open it again.
    Open,
}

/// The words of each, without the stroke. The first Malay, the second English: those are shown.
const WORDS: [(Order, &[&str]); 9] = [
    (Order::Menu, &["staf", "staff"]),
    (Order::Day, &["hari", "today", "hariini", "senarai"]),
    (Order::Find, &["cari", "find"]),
    (Order::Subscribe, &["langgan", "subscribe"]),
    (Order::Counter, &["kaunter", "counter"]),
    (Order::Stats, &["statistik", "stats"]),
    (Order::SellOut, &["penuh", "sellout"]),
    (Order::Close, &["tutup", "close"]),
    (Order::Open, &["buka", "open"]),
];

impl Order {
    /// Every order.
    pub const ALL: [Order; 9] = [
        Order::Menu,
        Order::Day,
        Order::Find,
        Order::Subscribe,
        Order::Counter,
        Order::Stats,
        Order::SellOut,
        Order::Close,
        Order::Open,
    ];

    /// The order at the beginning of a text, as `/hari esok`, and the rest. A bot's name after the word is passed over.
    pub fn read(text: &str) -> Option<(Order, &str)> {
        let (word, rest) = parts(text)?;
        let (order, _) = WORDS.iter().find(|(_, words)| words.contains(&word.as_str()))?;
        Some((*order, rest))
    }

    /// The only order of which a word is one slip away from what begins a text, as `/haari esok`, and the rest.
    pub fn meant(text: &str) -> Option<(Order, &str)> {
        let (word, rest) = parts(text)?;
        let like = |(order, words): &(Order, &[&str])| {
            words.iter().any(|known| strsim::osa_distance(known, &word) == 1).then_some(*order)
        };
        let mut meant = WORDS.iter().filter_map(like);
        let order = meant.next()?;
        meant.next().is_none().then_some((order, rest))
    }

    /// The words that are shown, without the stroke: Malay, English.
    pub fn words(self) -> (&'static str, &'static str) {
        let words = WORDS.iter().find(|(order, _)| *order == self).map_or(&[] as &[&str], |(_, words)| words);
        (words.first().copied().unwrap_or_default(), words.get(1).copied().unwrap_or_default())
    }
}

/// The word after the stroke, in small letters and without a bot's name, and what follows it.
fn parts(text: &str) -> Option<(String, &str)> {
    let text = text.trim();
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let word = word.strip_prefix('/')?.split('@').next()?.to_lowercase();
    Some((word, rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_is_read_in_both_languages() {
        for order in Order::ALL {
            let (malay, english) = order.words();
            assert_eq!(Order::read(&format!("/{malay}")), Some((order, "")));
            assert_eq!(
                Order::read(&format!(" /{}@jim_bot esok JB ", english.to_uppercase())),
                Some((order, "esok JB"))
            );
        }
        for text in ["hari", "/", "/start", "/batal", "", "esok /hari"] {
            assert_eq!(Order::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_slip_is_forgiven_where_only_one_order_is_meant() {
        assert_eq!(Order::meant("/haari esok"), Some((Order::Day, "esok")));
        assert_eq!(Order::meant("/CRAI kumar"), Some((Order::Find, "kumar")));
        for text in ["/sari", "/stat", "/hujan", "haari", "/"] {
            assert_eq!(Order::meant(text), None, "{text}");
        }
    }
}
