use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use regex::Regex;

use super::{Files, FluentValue, Words, WordsError, args, ids};
use crate::dialogue::Language;

/// Per message: its arguments with their types, from the `# $name (Type): …` lines above it.
type Documented = BTreeMap<String, BTreeMap<String, String>>;

fn documented(language: Language) -> Documented {
    let argument = Regex::new(r"^# \$([a-z][a-z0-9_-]*) \((String|Number)\): \S").unwrap();
    let mut all = Documented::new();
    for path in Files::iter().filter(|path| path.starts_with(language.name())) {
        let mut above = BTreeMap::new();
        let source = String::from_utf8(Files::get(&path).unwrap().data.into_owned()).unwrap();
        for line in source.lines() {
            if let Some(found) = argument.captures(line) {
                above.insert(found[1].to_owned(), found[2].to_owned());
            } else if line.starts_with("# $") {
                panic!("dialogues/{path}: write `# $name (String|Number): meaning`, not {line:?}");
            } else if let Some(id) = ids(line).next() {
                all.insert(id.to_owned(), std::mem::take(&mut above));
            } else if !line.starts_with('#') {
                above.clear();
            }
        }
    }
    all
}

#[test]
fn files_have_no_mistakes() {
    for language in Language::ALL {
        assert_eq!(Words::builtin().defects(language), [""; 0]);
    }
}

#[test]
fn languages_hold_the_same_messages_with_the_same_arguments() {
    let (ms, en) = (documented(Language::Ms), documented(Language::En));
    let ids = |language| Words::builtin().ids(language).map(str::to_owned).collect::<BTreeSet<_>>();
    assert_eq!(ids(Language::Ms), ids(Language::En));
    for (id, arguments) in &ms {
        assert_eq!(Some(arguments), en.get(id), "arguments of {id} in ms and en");
    }
}

#[test]
fn every_message_renders_with_its_documented_arguments() {
    for language in Language::ALL {
        for (id, arguments) in documented(language) {
            for number in [0, 1, 2, 12, 1500] {
                let values: Vec<_> = arguments
                    .iter()
                    .map(|(name, kind)| match kind.as_str() {
                        "Number" => (name.as_str(), FluentValue::from(number)),
                        _ => (name.as_str(), FluentValue::from("Ali")),
                    })
                    .collect();
                let text = Words::builtin().try_text(language, &id, &values).unwrap();
                assert!(!text.trim().is_empty(), "{id} is empty in {}", language.name());
                assert!(!text.contains(['\u{2068}', '\u{2069}']), "{id} holds isolating marks");
            }
        }
    }
}

/// Calls written out in the sources: `text(language, "id", args![a = …])` names a message that is
/// there, with just the arguments it documents.
#[test]
fn messages_named_in_the_sources_exist() {
    let call = Regex::new(r#"(?s)\btext\(\s*[\w.*()]+,\s*"([a-z0-9-]+)",\s*(args!\[)?"#).unwrap();
    let name = Regex::new(r"(?:^|,)\s*([a-z][a-z0-9_]*) = ").unwrap();
    let known = documented(Language::Ms);
    let mut wrong = Vec::new();
    for (path, source) in sources(Path::new("src")) {
        for found in call.captures_iter(&source) {
            let Some(expected) = known.get(&found[1]) else {
                wrong.push(format!("{path}: no message {:?}", &found[1]));
                continue;
            };
            if found.get(2).is_none() {
                continue;
            }
            let list = bracketed(source.get(found.get(0).unwrap().end()..).unwrap());
            let given: BTreeSet<_> = name.captures_iter(&list).map(|name| name[1].to_owned()).collect();
            if given != expected.keys().cloned().collect() {
                wrong.push(format!("{path}: {:?} takes {expected:?}, given {given:?}", &found[1]));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("words/tests.rs") {
            found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

/// What stands before the bracket that closes the list, without what stands in brackets of its own.
fn bracketed(rest: &str) -> String {
    let mut depth = 0;
    let mut list = String::new();
    for char in rest.chars() {
        match char {
            '(' | '[' | '{' => depth += 1,
            ']' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            other if depth == 0 => list.push(other),
            _ => {}
        }
    }
    list
}

#[test]
fn a_missing_message_or_argument_is_said_but_never_panics() {
    let words = Words::builtin();
    let missing = WordsError::Missing { id: "no-such-message".to_owned(), language: "ms" };
    assert_eq!(words.try_text(Language::Ms, "no-such-message", args![]), Err(missing));
    assert_eq!(words.text(Language::Ms, "no-such-message", args![]), "no-such-message");

    let broken = words.try_text(Language::En, "duration-minutes", args![]).unwrap_err();
    assert!(broken.to_string().contains("minutes"), "{broken}");
    assert!(words.text(Language::Ms, "duration-minutes", args![]).contains("minit"));
}

#[test]
fn dates_are_written_as_malaysian_offices_write_them() {
    let words = Words::builtin();
    let date = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    assert_eq!(words.long_date(Language::Ms, date(2027, 1, 5)), "Selasa, 5 Januari 2027");
    assert_eq!(words.long_date(Language::En, date(2027, 1, 5)), "Tuesday, 5 January 2027");
    assert_eq!(words.long_date(Language::Ms, date(2026, 8, 31)), "Isnin, 31 Ogos 2026");
    assert_eq!(words.short_date(Language::Ms, date(2027, 3, 21)), "Ahd, 21 Mac 2027");
    assert_eq!(words.short_date(Language::En, date(2026, 12, 25)), "Fri, 25 Dec 2026");
}

#[test]
fn times_take_the_words_of_dewan_bahasa() {
    let words = Words::builtin();
    let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
    for (hour, minute, ms, en) in [
        (0, 0, "12.00 tengah malam", "12.00 midnight"),
        (0, 30, "12.30 tengah malam", "12.30 a.m."),
        (4, 0, "4.00 pagi", "4.00 a.m."),
        (9, 30, "9.30 pagi", "9.30 a.m."),
        (11, 59, "11.59 pagi", "11.59 a.m."),
        (12, 0, "12.00 tengah hari", "12.00 noon"),
        (12, 15, "12.15 tengah hari", "12.15 p.m."),
        (13, 59, "1.59 tengah hari", "1.59 p.m."),
        (14, 0, "2.00 petang", "2.00 p.m."),
        (18, 59, "6.59 petang", "6.59 p.m."),
        (19, 0, "7.00 malam", "7.00 p.m."),
        (23, 59, "11.59 malam", "11.59 p.m."),
    ] {
        assert_eq!(words.time(Language::Ms, at(hour, minute)), ms);
        assert_eq!(words.time(Language::En, at(hour, minute)), en);
    }
    assert_eq!(words.band(Language::Ms, at(9, 0), 60), "9.00 – 10.00 pagi");
    assert_eq!(words.band(Language::Ms, at(11, 30), 60), "11.30 pagi – 12.30 tengah hari");
    assert_eq!(words.band(Language::Ms, at(12, 0), 60), "12.00 – 1.00 tengah hari");
    assert_eq!(words.band(Language::En, at(11, 30), 60), "11.30 a.m. – 12.30 p.m.");
    assert_eq!(words.band(Language::En, at(14, 0), 30), "2.00 – 2.30 p.m.");
}

#[test]
fn lengths_of_time_are_rounded_down() {
    let words = Words::builtin();
    let say = |language, seconds| words.duration(language, TimeDelta::seconds(seconds));
    assert_eq!(say(Language::Ms, 9 * 60 + 59), "9 minit");
    assert_eq!(say(Language::En, 61), "1 minute");
    assert_eq!(say(Language::En, 24 * 3600), "24 hours");
    assert_eq!(say(Language::Ms, 5400), "1 jam 30 minit");
    assert_eq!(say(Language::Ms, 59), "kurang daripada seminit");
    assert_eq!(say(Language::En, -5), "less than a minute");
}
