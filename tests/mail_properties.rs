//! A form that was filled in comes back whole, from whichever client and however it was quoted.

#![expect(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "helpers of tests may panic as tests may"
)]

mod correspondent;

use correspondent::{Client, OWN, Received, filled};
use proptest::prelude::*;
use temujanji::channel::email::read::{Mail, Own, read};
use temujanji::dialogue::understand;
use temujanji::dialogue::{Field, Language, Prompt, Question, Say};
use temujanji::office;
use temujanji::words::Words;
use temujanji::words::speak::Part;
use temujanji::words::speak::post::post;

/// A form as it is sent.
fn form(language: Language) -> Received {
    let prompt = Prompt::Form { given: Vec::new(), agreed: false };
    let say = [
        Say::Welcome,
        Say::Ask(Question { prompt, choices: Vec::new(), number: 1, page: None }),
        Say::Notice,
        Say::Terms,
    ];
    let now = chrono::DateTime::from_timestamp(1_795_000_000, 0).unwrap();
    let post =
        post(Words::builtin(), &office::builtin(), language, now, &say, "tjabcdefghijklmnopqrstuvwxyz");
    let mut text = format!("{}\n", post.next);
    for part in &post.parts {
        if let Part::Text(words) = part {
            text.push_str(&format!("\n{words}\n"));
        }
    }
    text.push_str(&format!("\n{}\n\n{}\n", post.footer, post.token));
    Received {
        bytes: Vec::new(),
        text,
        html: String::new(),
        subject: post.subject,
        id: "<temujanji.1.1.0.abc.tjabcdefghijklmnopqrstuvwxyz@sto.example>".into(),
        reply_to: "temujanji+tjabcdefghijklmnopqrstuvwxyz@sto.example".into(),
    }
}

const FIELDS: [Field; 8] = [
    Field::Name,
    Field::Identity,
    Field::Address,
    Field::Phone,
    Field::Branch,
    Field::Service,
    Field::Date,
    Field::Slot,
];

fn labels(language: Language) -> Vec<String> {
    let words = Words::builtin();
    let label =
        |field: &Field| words.text(language, "field-label", temujanji::words::args![field = field.name()]);
    FIELDS.iter().map(label).collect()
}

/// What people type into each field.
fn values() -> impl Strategy<Value = Vec<Option<String>>> {
    let word = "[A-Z][a-z]{2,9}";
    (
        prop::option::weighted(0.9, (word, word, word).prop_map(|(a, b, c)| format!("{a} {b} binti {c}"))),
        prop::option::weighted(0.9, prop_oneof!["[A-Z][0-9]{8}", "[0-9]{6}-[0-9]{2}-[0-9]{4}"]),
        prop::option::weighted(
            0.9,
            ("[1-9][0-9]{0,2}", word, "[0-9]{5}", word)
                .prop_map(|(n, a, p, b)| format!("No. {n}, Jalan {a} 3/4, {p} {b}")),
        ),
        prop::option::weighted(0.9, "01[0-9]-[0-9]{3} [0-9]{4}"),
        prop::option::weighted(
            0.9,
            prop::sample::select(vec!["Jalan Duta".to_owned(), "Kajang".into(), "Johor Bahru".into()]),
        ),
        prop::option::weighted(
            0.9,
            prop::sample::select(vec!["pasport".to_owned(), "pas pelajar".into(), "worker permit".into()]),
        ),
        prop::option::weighted(
            0.9,
            prop::sample::select(vec!["5/1/2027".to_owned(), "Isnin depan".into(), "5 January 2027".into()]),
        ),
        prop::option::weighted(
            0.9,
            prop::sample::select(vec!["9.30 pagi".to_owned(), "2.30 pm".into(), "pukul 10".into()]),
        ),
    )
        .prop_map(|(a, b, c, d, e, f, g, h)| vec![a, b, c, d, e, f, g, h])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_filled_form_comes_back_whole(
        language in prop::sample::select(Language::ALL.to_vec()),
        client in prop::sample::select(Client::ALL.to_vec()),
        values in values(),
        above in prop::sample::select(vec!["", "Salam, ini borang saya.", "Dear Sir,\nplease see below.\nThank you"]),
    ) {
        let form = form(language);
        let labels = labels(language);
        let answers: Vec<(&str, &str)> = labels
            .iter()
            .zip(&values)
            .filter_map(|(label, value)| Some((label.as_str(), value.as_deref()?)))
            .collect();
        let mail = match client {
            Client::Bare => {
                let lines: String = answers.iter().map(|(label, value)| format!("{label}: {value}\n")).collect();
                client.reply(&form, "siti@example.com", &lines, "")
            }
            _ => client.reply(&form, "siti@example.com", above, &filled(&form.text, &answers)),
        };
        let Mail::Letter(letter) = read(&mail, &Own::new(&OWN.parse().unwrap())) else {
            return Err(TestCaseError::fail("no letter"));
        };
        prop_assert!(client == Client::Bare || letter.text.has_form, "{:?}: {}", client, letter.text.whole);
        let entries = understand::form(&letter.text.whole);
        for (field, value) in FIELDS.iter().zip(&values) {
            let found = entries.iter().find(|entry| entry.field == *field).map(|entry| entry.value.as_str());
            prop_assert_eq!(found, value.as_deref(), "{:?} from {:?} in\n{}", field, client, letter.text.whole);
        }
        let extra = entries.iter().filter(|entry| !FIELDS.contains(&entry.field)).count();
        prop_assert_eq!(extra, 0, "{:?}", entries);
    }
}
