//! The words people read: everything that can be said is said here in every language, and kept in `snapshots/` so
//! that all of it can be read in one place.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    reason = "helpers of tests may panic as tests may; `names` sees to new variants"
)]

mod names;
mod questions;
mod samples;
mod staff;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, iter};

use regex::Regex;
use temujanji::booking::Booking;
use temujanji::dialogue::understand::{self, Command};
use temujanji::dialogue::{Field, Language, Prompt, Question, Say, Value};
use temujanji::office::{self, Office};
use temujanji::words::speak::mail::{Mail, mail_cancelled, mail_code, mail_slip};
use temujanji::words::speak::{Message, Part, message};
use temujanji::words::{Words, args};

fn spoken(office: &Office, language: Option<Language>, say: &Say) -> Message {
    message(Words::builtin(), office, language, samples::now(), std::slice::from_ref(say))
}

fn shown(message: &Message) -> String {
    let mut text = String::new();
    for part in &message.parts {
        match part {
            Part::Text(words) => writeln!(text, "{words}\n").unwrap(),
            Part::Files(booking) => writeln!(text, "[slip {}]\n", booking.reference).unwrap(),
            Part::Paper(_) => writeln!(text, "[file]\n").unwrap(),
            Part::Choices { question: _, buttons } => {
                for (number, button) in (1..).zip(buttons) {
                    writeln!(text, "  {number}. {}", button.label).unwrap();
                }
                text.push('\n');
            }
        }
    }
    text
}

fn heading(say: &Say) -> String {
    match say {
        Say::Ask(Question { prompt: Prompt::Staff(reply), .. }) => names::reply_name(reply).to_owned(),
        Say::Ask(question) => names::prompt_name(&question.prompt).to_owned(),
        Say::Refused(_, rejection) => format!("refused: {}", names::rejection_name(rejection)),
        Say::NotUnderstood(expected) => format!("not understood: {}", names::expected_name(expected)),
        Say::DayClosed { why, .. } => format!("day closed: {}", names::closed_name(why)),
        other => names::say_name(other).to_owned(),
    }
}

fn mails(office: &Office, language: Language) -> [(&'static str, Mail); 5] {
    let words = Words::builtin();
    let stays = Booking { language, ..samples::booking("OPS-REK") };
    let moved = Booking { sequence: 1, ..stays.clone() };
    [
        ("mail: code", mail_code(words, language, "402913", 15)),
        ("mail: slip", mail_slip(words, office, &stays, false)),
        ("mail: slip that may be replied to", mail_slip(words, office, &stays, true)),
        ("mail: moved slip", mail_slip(words, office, &moved, true)),
        ("mail: cancelled", mail_cancelled(words, office, &stays)),
    ]
}

/// Every text of a language, with what it is.
fn everything(language: Language) -> Vec<(String, String)> {
    let office = office::builtin();
    let said =
        samples::says().into_iter().map(|say| (heading(&say), shown(&spoken(&office, Some(language), &say))));
    let mailed = mails(&office, language)
        .map(|(name, mail)| (name.to_owned(), format!("Subject: {}\n\n{}\n\n", mail.subject, mail.text)));
    said.chain(mailed).collect()
}

#[test]
fn everything_that_can_be_said() {
    for language in Language::ALL {
        let mut all = String::new();
        for (name, text) in everything(language) {
            writeln!(all, "=== {name}\n\n{}\n", text.trim_end()).unwrap();
        }
        insta::assert_snapshot!(language.name(), all);
    }
    let office = office::builtin();
    let first = [Say::Welcome, questions::questions().swap_remove(0)];
    let text: String = first.iter().map(|say| shown(&spoken(&office, None, say))).collect();
    insta::assert_snapshot!("before_a_language_is_chosen", text);
}

#[test]
fn every_variant_has_a_sample() {
    let says = samples::says();
    let questions: Vec<_> = says
        .iter()
        .filter_map(|say| match say {
            Say::Ask(question) => Some(question),
            _ => None,
        })
        .collect();
    let values: Vec<_> = questions.iter().flat_map(|q| &q.choices).map(|choice| &choice.value).collect();
    let commands = values.iter().filter_map(|value| match value {
        Value::Do(command) => Some(names::command_name(command)),
        _ => None,
    });
    let taps: Vec<_> = staff::replies().into_iter().flat_map(|(_, taps)| taps).collect();
    let set = |names: &mut dyn Iterator<Item = &'static str>| names.collect::<BTreeSet<_>>();
    for (all, seen) in [
        (names::REPLIES, set(&mut staff::replies().iter().map(|(reply, _)| names::reply_name(reply)))),
        (names::TAPS, set(&mut taps.iter().map(names::tap_name))),
        (names::SAYS, set(&mut says.iter().map(names::say_name))),
        (names::PROMPTS, set(&mut questions.iter().map(|q| names::prompt_name(&q.prompt)))),
        (names::VALUES, set(&mut values.iter().map(|value| names::value_name(value)).chain(["page"]))),
        (names::COMMANDS, set(&mut commands.into_iter())),
        (names::EXPECTED, set(&mut samples::expected().iter().map(names::expected_name))),
        (names::CLOSED, set(&mut samples::closed().iter().map(names::closed_name))),
        (names::REJECTIONS, set(&mut samples::rejections().iter().map(|(_, r)| names::rejection_name(r)))),
    ] {
        assert_eq!(all.iter().copied().collect::<BTreeSet<_>>(), seen);
    }
}

#[test]
fn nothing_is_missing_from_a_text() {
    let ids: BTreeSet<_> = Words::builtin().ids(Language::Ms).collect();
    for (name, text) in Language::ALL.into_iter().flat_map(everything) {
        assert!(!text.contains(['{', '}', '$']), "{name}: an argument is missing: {text}");
        let words = text.split(|c: char| c.is_whitespace() || ".,:;()“”".contains(c));
        let bare: Vec<_> = words.filter(|word| ids.contains(word)).collect();
        assert!(bare.is_empty(), "{name}: {bare:?} instead of words");
        assert!(text.lines().all(|line| line == line.trim_end()), "{name}: spaces at the end of a line");
        assert!(!text.contains(".."), "{name}: two full stops: {text}");
    }
}

#[test]
fn the_register_is_that_of_a_government_office() {
    let familiar = ["kau", "engkau", "awak", "korang", "kamu", "kitorang", "nak", "takde", "gonna", "wanna"];
    for (name, text) in Language::ALL.into_iter().flat_map(everything) {
        assert!(!text.contains('!'), "{name}: exclamation mark: {text}");
        let lower = text.to_lowercase();
        let words: Vec<_> = lower.split(|c: char| !c.is_alphanumeric()).collect();
        assert!(familiar.iter().all(|word| !words.contains(word)), "{name}: too familiar: {text}");
    }
}

#[test]
fn lists_and_labels_stay_narrow() {
    let office = office::builtin();
    for language in Language::ALL {
        for say in [Say::Terms, Say::Help, Say::Questions] {
            for line in shown(&spoken(&office, Some(language), &say)).lines() {
                assert!(line.chars().count() <= 100, "{} characters: {line}", line.chars().count());
            }
        }
        for say in questions::questions() {
            for part in spoken(&office, Some(language), &say).parts {
                let Part::Choices { buttons, .. } = part else { continue };
                for label in buttons.iter().map(|button| &button.label) {
                    assert!(label.chars().count() <= 100, "{label}");
                    let digits = label.trim_start_matches(|c: char| c.is_ascii_digit());
                    let numbered = digits.len() < label.len() && digits.starts_with([')', ':']);
                    assert!(!numbered, "the channel numbers: {label}");
                }
            }
        }
    }
}

#[test]
fn identity_numbers_are_never_said_in_full() {
    for (name, text) in Language::ALL.into_iter().flat_map(everything) {
        for identity in [samples::mykad(), samples::passport()] {
            assert!(!text.contains(identity.number()) && !text.contains(&identity.shown()), "{name}: {text}");
        }
    }
}

/// What a locked telephone shows of a mail is its subject and some 120 characters.
#[test]
fn a_locked_telephone_gives_nothing_away() {
    let office = office::builtin();
    for language in Language::ALL {
        for (name, mail) in mails(&office, language) {
            let shown: String = mail.text.chars().take(120).collect();
            for secret in ["402913", "epatri", "Siti Aminah", "5432"] {
                assert!(!mail.subject.contains(secret) && !shown.contains(secret), "{name}: {secret}");
            }
            assert!(!mail.subject.contains('\n'), "{name}: a subject is one line");
        }
    }
}

#[test]
fn fields_and_documents_are_told_apart() {
    let words = Words::builtin();
    for language in Language::ALL {
        for id in ["field-label", "field-name"] {
            let names: BTreeSet<_> = Field::ALL
                .iter()
                .map(|field| words.text(language, id, args![field = field.name()]))
                .collect();
            assert_eq!(names.len(), Field::ALL.len(), "{id}: {names:?}");
        }
    }
}

/// What a person is told to type is understood when they do.
#[test]
fn words_to_type_are_understood() {
    let office = office::builtin();
    let commands = [
        Command::Book,
        Command::Back,
        Command::Change(None),
        Command::Restart,
        Command::Stop,
        Command::Bookings,
        Command::Move,
        Command::Cancel,
        Command::Slip,
        Command::NewCode,
        Command::Language(None),
        Command::Questions,
        Command::Documents,
        Command::Terms,
        Command::Privacy,
        Command::Elsewhere,
    ];
    for language in Language::ALL {
        let help = shown(&spoken(&office, Some(language), &Say::Help));
        let offered: Vec<_> = help.lines().filter_map(|line| line.split_once(" – ")).collect();
        assert_eq!(offered.len(), commands.len());
        for ((word, _), command) in offered.into_iter().zip(commands) {
            assert_eq!(understand::command(word).certain(), Some(&command), "{word}");
        }
        let example = help.trim_end().rsplit("\n\n").next().unwrap();
        assert_eq!(understand::form(example).len(), 3, "{example}");
    }
    let told = Regex::new(r"(?i:taip|type|balas|reply|jawab|answer) ([A-Z]{2,}(?: [A-Z]{2,})*)").unwrap();
    let or = Regex::new(r" (?:atau|or) ([A-Z]{2,}(?: [A-Z]{2,})*)").unwrap();
    for (name, text) in Language::ALL.into_iter().flat_map(everything) {
        for found in told.captures_iter(&text).chain(or.captures_iter(&text)) {
            let word = &found[1];
            let known = understand::command(word).certain().is_some()
                || understand::yes_no(word).certain().is_some()
                || understand::command::language(word).certain().is_some()
                || understand::field::identity_kind(word).is_some();
            assert!(known, "{name}: {word:?} would not be understood");
        }
    }
}

#[test]
fn before_a_language_is_chosen_both_are_spoken() {
    let office = office::builtin();
    let [ms, en] = Language::ALL.map(|language| spoken(&office, Some(language), &Say::Welcome).parts);
    assert_eq!(spoken(&office, None, &Say::Welcome).parts, [ms, en].concat());

    let language = questions::questions().swap_remove(0);
    let asked = spoken(&office, Some(Language::En), &language);
    assert_eq!(asked, spoken(&office, None, &language), "whoever asks for it may not read the present one");
    let Some(Part::Choices { buttons, .. }) = asked.parts.last() else { panic!("no choices: {asked:?}") };
    assert_eq!(buttons.iter().map(|b| b.label.as_str()).collect::<Vec<_>>(), ["Bahasa Melayu", "English"]);
}

#[test]
fn a_message_can_be_stored() {
    let office = office::builtin();
    let message = message(Words::builtin(), &office, Some(Language::Ms), samples::now(), &samples::says());
    let json = serde_json::to_string(&message).unwrap();
    assert_eq!(serde_json::from_str::<Message>(&json).unwrap(), message);
}

#[test]
fn no_message_is_left_over() {
    let sources: Vec<_> = files(Path::new("src"), "rs").chain(files(Path::new("dialogues"), "typ")).collect();
    let words: Vec<_> = files(Path::new("dialogues"), "ftl").collect();
    let unused: Vec<_> = Words::builtin()
        .ids(Language::Ms)
        .filter(|id| {
            let (quoted, placed) = (format!("\"{id}\""), format!("{{ {id} }}"));
            !sources.iter().any(|text| text.contains(&quoted))
                && !words.iter().any(|text| text.contains(&placed))
        })
        .collect();
    assert!(unused.is_empty(), "nobody says {unused:?}");
}

/// The texts of all files with that ending.
fn files(folder: &Path, ending: &'static str) -> Box<dyn Iterator<Item = String>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    Box::new(entries.flat_map(move |path| -> Box<dyn Iterator<Item = String>> {
        if path.is_dir() {
            files(&path, ending)
        } else if path.extension().is_some_and(|found| found == ending) {
            Box::new(iter::once(fs::read_to_string(&path).unwrap()))
        } else {
            Box::new(iter::empty())
        }
    }))
}
