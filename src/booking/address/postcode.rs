//! Postcodes and the states they tell. After malaysia-postcodes 3.0.0 (2,929 postcodes).

use crate::office::StateCode;

/// Digits of a postcode.
pub(super) const DIGITS: usize = 5;
/// After these words, five digits are the number of a piece of land.
const LAND: [&str; 5] = ["lot", "pt", "no", "hs", "geran"];
/// States by the words they are written with.
const NAMES: [(&[&str], &str); 20] = [
    (&["johor"], "MY-01"),
    (&["kedah"], "MY-02"),
    (&["kelantan"], "MY-03"),
    (&["melaka"], "MY-04"),
    (&["malacca"], "MY-04"),
    (&["sembilan"], "MY-05"),
    (&["n9"], "MY-05"),
    (&["pahang"], "MY-06"),
    (&["pulau", "pinang"], "MY-07"),
    (&["pinang"], "MY-07"),
    (&["penang"], "MY-07"),
    (&["perak"], "MY-08"),
    (&["perlis"], "MY-09"),
    (&["selangor"], "MY-10"),
    (&["terengganu"], "MY-11"),
    (&["sabah"], "MY-12"),
    (&["sarawak"], "MY-13"),
    (&["kuala", "lumpur"], "MY-14"),
    (&["labuan"], "MY-15"),
    (&["putrajaya"], "MY-16"),
];
/// Words beside a state's name that say nothing more.
const BESIDE: [&str; 8] = ["wilayah", "persekutuan", "wp", "w", "p", "negeri", "malaysia", "m'sia"];

/// The state a postcode tells.
pub(super) fn state(postcode: &str) -> Option<StateCode> {
    let area = postcode.get(..2).and_then(|area| area.parse::<u8>().ok())?;
    let code = match (postcode, area) {
        // Bukit Fraser, Genting; Kulim and its neighbours beyond the borders of Kedah; once Kuala Lumpur.
        ("49000" | "69000", _) => "MY-06",
        ("14290" | "14390" | "34950", _) => "MY-02",
        ("60000", _) => "MY-14",
        (_, 1 | 2) => "MY-09",
        (_, 5..=9) => "MY-02",
        (_, 10..=14) => "MY-07",
        (_, 15..=18) => "MY-03",
        (_, 20..=24) => "MY-11",
        (_, 25..=28 | 39) => "MY-06",
        (_, 30..=36) => "MY-08",
        (_, 40..=48 | 63 | 64 | 68) => "MY-10",
        (_, 50..=59) => "MY-14",
        (_, 62) => "MY-16",
        (_, 70..=73) => "MY-05",
        (_, 75..=78) => "MY-04",
        (_, 79..=86) => "MY-01",
        (_, 87) => "MY-15",
        (_, 88..=91) => "MY-12",
        (_, 93..=98) => "MY-13",
        _ => return None,
    };
    StateCode::parse(code).ok()
}

/// Whether a word is five digits.
pub(super) fn is_postcode(word: &str) -> bool {
    word.len() == DIGITS && word.chars().all(|c| c.is_ascii_digit())
}

/// The words before the postcode, the postcode, and the words after it: the last five digits that tell a state, else
/// the last five digits; not those of a piece of land.
pub(super) fn split(words: &[String]) -> Option<(&[String], &str, &[String])> {
    let after_land = |place: usize| {
        place
            .checked_sub(1)
            .and_then(|before| words.get(before))
            .is_some_and(|word| LAND.contains(&word.as_str()))
    };
    let places = words
        .iter()
        .enumerate()
        .filter(|(place, word)| is_postcode(word) && !after_land(*place))
        .map(|(place, word)| (state(word).is_some(), place));
    let (_, place) = places.max()?;
    let (before, rest) = words.split_at_checked(place)?;
    let (postcode, after) = rest.split_first()?;
    Some((before, postcode, after))
}

/// The words without those of the state and the country, and the state named: behind the postcode, or right before it.
pub(super) fn without_state(
    before: &[String],
    after: &[String],
) -> (Vec<String>, Vec<String>, Option<StateCode>) {
    let beside =
        |words: &[String]| words.iter().filter(|word| !BESIDE.contains(&word.as_str())).cloned().collect();
    let (before, after): (Vec<String>, Vec<String>) = (beside(before), beside(after));
    let behind =
        NAMES.iter().filter_map(|(name, code)| last_place(&after, name).map(|place| (place, name, code)));
    if let Some((place, name, code)) = behind.max() {
        return (before, without(&after, place, name.len()), StateCode::parse(code).ok());
    }
    let ends = |name: &[&str]| last_place(&before, name).filter(|place| place + name.len() == before.len());
    match NAMES.iter().find_map(|(name, code)| ends(name).map(|place| (place, name, code))) {
        Some((place, name, code)) => {
            (without(&before, place, name.len()), after, StateCode::parse(code).ok())
        }
        None => (before, after, None),
    }
}

fn last_place(words: &[String], name: &[&str]) -> Option<usize> {
    words.windows(name.len()).rposition(|window| window.iter().eq(name))
}

fn without(words: &[String], place: usize, length: usize) -> Vec<String> {
    let kept = words.iter().enumerate().filter(|(at, _)| !(place..place + length).contains(at));
    kept.map(|(_, word)| word.clone()).collect()
}
