//! The words people read, in every language: `dialogues/<language>/*.ftl`, Project Fluent.
//!
//! A message is named by one id in all languages. What it needs to be told stands above it as
//! `# $name (Type): meaning`, and a test renders every message with just that.

mod dates;
pub mod speak;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource};
use rust_embed::RustEmbed;
use unic_langid::{LanguageIdentifier, langid};

use crate::dialogue::Language;

pub use fluent_bundle::FluentValue;

/// Arguments of a message: `args![name = "Aminah", places = 3]`.
#[macro_export]
macro_rules! args {
    ($($name:ident = $value:expr),* $(,)?) => {
        &[$((stringify!($name), $crate::words::FluentValue::from($value))),*]
    };
}
pub use crate::args;

#[derive(RustEmbed)]
#[folder = "dialogues"]
#[include = "*/*.ftl"]
struct Files;

/// The messages of every language.
pub struct Words {
    ms: Messages,
    en: Messages,
}

struct Messages {
    bundle: FluentBundle<FluentResource>,
    ids: BTreeSet<String>,
    defects: Vec<String>,
}

/// Why a message could not be put into words. A fault of the program or its files, never of a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    /// The language has no such message.
    #[error("no message {id:?} in dialogues/{language}/")]
    Missing {
        /// The message asked for.
        id: String,
        /// Code of the language.
        language: &'static str,
    },
    /// The message refers to an argument, message or term that is not there.
    #[error("message {id:?} in dialogues/{language}/: {fault}")]
    Broken {
        /// The message asked for.
        id: String,
        /// Code of the language.
        language: &'static str,
        /// What Fluent says is wrong. Names arguments, never holds their values.
        fault: String,
    },
}

impl Words {
    /// The words built into the program, read once.
    pub fn builtin() -> &'static Words {
        static WORDS: LazyLock<Words> =
            LazyLock::new(|| Words { ms: Messages::load(Language::Ms), en: Messages::load(Language::En) });
        &WORDS
    }

    /// The message in words: `words.text(language, "duration-hours", args![hours = 24])`.
    ///
    /// Never fails in front of a person: a message missing in one language is given in the other, a
    /// missing argument shows its name, and the fault is logged.
    pub fn text(&self, language: Language, id: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        let (text, fault) = self.format(language, id, args);
        if let Some(fault) = &fault {
            tracing::error!(words.fault = %fault, "a message could not be put into words");
        }
        match text {
            Some(text) => text,
            None => self.format(other(language), id, args).0.unwrap_or_else(|| id.to_owned()),
        }
    }

    /// The message in words, or what is wrong with it.
    ///
    /// # Errors
    ///
    /// [`WordsError`] when the language lacks the message, or the message an argument.
    pub fn try_text(
        &self,
        language: Language,
        id: &str,
        args: &[(&str, FluentValue<'_>)],
    ) -> Result<String, WordsError> {
        match self.format(language, id, args) {
            (Some(text), None) => Ok(text),
            (_, Some(fault)) => Err(fault),
            (None, None) => Err(WordsError::Missing { id: id.to_owned(), language: language.name() }),
        }
    }

    /// The ids of a language's messages, in alphabetical order.
    pub fn ids(&self, language: Language) -> impl Iterator<Item = &str> {
        self.of(language).ids.iter().map(String::as_str)
    }

    /// What is wrong with the files of a language: unreadable lines, ids used twice.
    pub fn defects(&self, language: Language) -> &[String] {
        &self.of(language).defects
    }

    fn of(&self, language: Language) -> &Messages {
        match language {
            Language::Ms => &self.ms,
            Language::En => &self.en,
        }
    }

    fn format(
        &self,
        language: Language,
        id: &str,
        args: &[(&str, FluentValue<'_>)],
    ) -> (Option<String>, Option<WordsError>) {
        let bundle = &self.of(language).bundle;
        let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
            return (None, Some(WordsError::Missing { id: id.to_owned(), language: language.name() }));
        };
        let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        let fault = errors.first().map(|error| WordsError::Broken {
            id: id.to_owned(),
            language: language.name(),
            fault: error.to_string(),
        });
        (Some(text), fault)
    }
}

impl Messages {
    fn load(language: Language) -> Messages {
        let mut bundle = FluentBundle::new_concurrent(vec![tag(language)]);
        // The marks keep right-to-left values apart; terminals and mail programs show them as boxes.
        bundle.set_use_isolating(false);
        let mut messages = Messages { bundle, ids: BTreeSet::new(), defects: Vec::new() };
        let folder = format!("{}/", language.name());
        for path in Files::iter().filter(|path| path.starts_with(&folder)) {
            let Some(file) = Files::get(&path) else { continue };
            messages.add(&path, &String::from_utf8_lossy(&file.data));
        }
        for defect in &messages.defects {
            tracing::error!(words.defect = %defect, "a file of words has a mistake");
        }
        messages
    }

    fn add(&mut self, path: &str, source: &str) {
        let (resource, mistakes) = match FluentResource::try_new(source.to_owned()) {
            Ok(resource) => (resource, Vec::new()),
            Err((resource, mistakes)) => (resource, mistakes),
        };
        self.defects.extend(mistakes.iter().map(|mistake| {
            let line = source.bytes().take(mistake.pos.start).filter(|byte| *byte == b'\n').count() + 1;
            format!("dialogues/{path}, line {line}: {mistake}")
        }));
        if let Err(twice) = self.bundle.add_resource(resource) {
            self.defects.extend(twice.iter().map(|error: &FluentError| format!("dialogues/{path}: {error}")));
        }
        self.ids.extend(ids(source).map(str::to_owned));
    }
}

/// The message ids of a Fluent file. Only a message begins with a letter at the start of a line.
fn ids(source: &str) -> impl Iterator<Item = &str> {
    source
        .lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()))
        .filter_map(|line| line.split_once('='))
        .map(|(id, _)| id.trim())
}

fn other(language: Language) -> Language {
    match language {
        Language::Ms => Language::En,
        Language::En => Language::Ms,
    }
}

fn tag(language: Language) -> LanguageIdentifier {
    match language {
        Language::Ms => langid!("ms-MY"),
        Language::En => langid!("en-MY"),
    }
}
