//! Commands: what a person may say at any moment, whatever was asked.

use std::fmt;
use std::str::FromStr;

use super::Understood;
use super::command_words::{Sense, senses, slash};
use crate::dialogue::{Field, Language};

/// Something a person may say at any moment, whatever was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Command {
    /// Opening the chat (`/start`).
    Start,
    /// What can be said here.
    Help,
    /// The question before.
    Back,
    /// Correct a field; `None` when it is not said which.
    Change(Option<Field>),
    /// Throw the draft away and begin again.
    Restart,
    /// Leave the conversation.
    Stop,
    /// Speak another language; `None` when it is not said which, or one that is not spoken.
    Language(Option<Language>),
    /// Show the person's bookings.
    Bookings,
    /// Cancel a booking.
    Cancel,
    /// Move a booking to another date or time.
    Move,
    /// Send the slip of a booking again.
    Slip,
    /// Send another code to the mailbox.
    NewCode,
    /// Where to ask questions of the department.
    Questions,
    /// Which documents to bring.
    Documents,
    /// Read the terms.
    Terms,
    /// Read the privacy notice.
    Privacy,
    /// A code with which the booking is gone on with in another channel.
    Elsewhere,
    /// Begin a booking, or go on with the one begun.
    Book,
}

impl Command {
    /// Every command that stands without a field or language.
    const PLAIN: [Command; 18] = [
        Command::Start,
        Command::Help,
        Command::Back,
        Command::Change(None),
        Command::Restart,
        Command::Stop,
        Command::Language(None),
        Command::Bookings,
        Command::Cancel,
        Command::Move,
        Command::Slip,
        Command::NewCode,
        Command::Questions,
        Command::Documents,
        Command::Terms,
        Command::Privacy,
        Command::Elsewhere,
        Command::Book,
    ];

    /// The stable name, the same whatever field or language is meant.
    pub fn name(self) -> &'static str {
        match self {
            Command::Start => "start",
            Command::Help => "help",
            Command::Back => "back",
            Command::Change(_) => "change",
            Command::Restart => "restart",
            Command::Stop => "stop",
            Command::Language(_) => "language",
            Command::Bookings => "bookings",
            Command::Cancel => "cancel",
            Command::Move => "move",
            Command::Slip => "slip",
            Command::NewCode => "code",
            Command::Questions => "questions",
            Command::Documents => "documents",
            Command::Terms => "terms",
            Command::Privacy => "privacy",
            Command::Elsewhere => "elsewhere",
            Command::Book => "book",
        }
    }
}

/// The name, and after a colon the field or language if one is meant: `change:date`.
impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        if let Command::Change(Some(field)) = self {
            write!(f, ":{}", field.name())?;
        }
        if let Command::Language(Some(language)) = self {
            write!(f, ":{}", language.name())?;
        }
        Ok(())
    }
}

/// A text that is the name of no command.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a command")]
pub struct NotACommand;

impl FromStr for Command {
    type Err = NotACommand;

    fn from_str(text: &str) -> Result<Self, NotACommand> {
        let command = match text.split_once(':') {
            Some(("change", field)) => Field::parse(field).map(|field| Command::Change(Some(field))),
            Some(("language", name)) => {
                Language::parse(name).map(|language| Command::Language(Some(language)))
            }
            Some(_) => None,
            None => Command::PLAIN.into_iter().find(|command| command.name() == text),
        };
        command.ok_or(NotACommand)
    }
}

/// The command a text is, as a whole: a word, a `/word`, or a clear sentence ("mcm mana nak cancel temujanji saya").
///
/// Words of commands inside a name, an address or any other text are not commands.
pub fn command(text: &str) -> Understood<Command> {
    let slash = slash(text);
    let Some(senses) = senses(slash.as_deref().unwrap_or(text)) else { return Understood::none() };
    if let (Some(_), [one]) = (slash, senses.words.as_slice())
        && let Some(command) = one.alone()
    {
        return Understood::sure(command);
    }
    if senses.doubtful.is_empty() {
        return Sentence::read(&senses.words).command();
    }
    // A short word one slip away may be that command, a name, or anything.
    let mut candidates: Vec<Command> = Vec::new();
    for sense in senses.doubtful {
        let words: Vec<Sense> = senses.words.iter().copied().chain([sense]).collect();
        candidates.extend(Sentence::read(&words).command().candidates);
    }
    Understood::ask(candidates)
}

/// The language a text asks for or names.
pub fn language(text: &str) -> Understood<Language> {
    match command(text).candidates.as_slice() {
        [Command::Language(Some(language))] => Understood::sure(*language),
        _ => Understood::none(),
    }
}

impl Sense {
    /// The command a word is after a slash, where it is no part of a sentence.
    fn alone(self) -> Option<Command> {
        if let Sense::Field(field) = self {
            return Some(Command::Change(Some(field)));
        }
        let words = [(Sense::Booking, Command::Bookings), (Sense::Code, Command::NewCode)];
        words.into_iter().find(|(sense, _)| *sense == self).map(|(_, command)| command)
    }
}

/// What the words of a sentence come to.
#[derive(Debug, Default)]
struct Sentence {
    /// Commands that a word names by itself, in the order said.
    named: Vec<Command>,
    fields: Vec<Field>,
    change: bool,
    cancel: bool,
    postpone: bool,
    see: bool,
    check: bool,
    book: bool,
    want: bool,
    booking: bool,
    mine: bool,
    wrong: bool,
    fetch: bool,
    when: bool,
    slip: bool,
    code: bool,
    help: bool,
    language: bool,
    refused: bool,
    context: bool,
    unknown: usize,
}

/// Words not known here that a sentence may have which otherwise says clearly what it wants.
const MOST_UNKNOWN: usize = 4;

impl Sentence {
    fn read(words: &[Sense]) -> Sentence {
        let mut said = Sentence::default();
        for word in words {
            match word {
                Sense::Named(command) if !said.named.contains(command) => said.named.push(*command),
                Sense::Named(_) | Sense::Filler => {}
                Sense::Field(field) => said.fields.push(*field),
                Sense::Change => said.change = true,
                Sense::Cancel => said.cancel = true,
                Sense::Postpone => said.postpone = true,
                Sense::See => said.see = true,
                Sense::Check => (said.see, said.check) = (true, true),
                Sense::Book => said.book = true,
                Sense::BookIt => (said.book, said.booking) = (true, true),
                Sense::Want => said.want = true,
                Sense::Booking => said.booking = true,
                Sense::Mine => said.mine = true,
                Sense::Wrong => said.wrong = true,
                Sense::Fetch => said.fetch = true,
                Sense::When => said.when = true,
                Sense::Slip => said.slip = true,
                Sense::Code => said.code = true,
                Sense::Help => said.help = true,
                Sense::Language => said.language = true,
                Sense::Refuse => said.refused = true,
                Sense::Context => said.context = true,
                Sense::Unknown => said.unknown += 1,
            }
        }
        // "cancel my bookings": the bookings are what the verb acts on.
        if said.named.iter().any(|command| matches!(command, Command::Language(_))) {
            said.change = false;
        }
        if said.cancel || said.postpone || said.change {
            said.booking |= said.named.contains(&Command::Bookings);
            said.named.retain(|command| *command != Command::Bookings);
        }
        said
    }

    fn command(&self) -> Understood<Command> {
        if self.refused {
            return Understood::none();
        }
        if self.unknown > 0 || self.context {
            return self.among_others();
        }
        let by_verb = self.by_verb();
        match (self.named.as_slice(), by_verb.as_slice()) {
            ([], []) if self.help => Understood::sure(Command::Help),
            ([], []) if self.language && (self.want || !self.mine) => {
                Understood::sure(Command::Language(None))
            }
            // "start date"
            ([one], []) if !self.fields.is_empty() => Understood::ask(vec![*one]),
            ([one], []) | ([], [one]) => Understood::sure(*one),
            (named, verbs) => Understood::ask(named.iter().chain(verbs).copied().collect()),
        }
    }

    /// The command in a sentence that also says other things: a reason, a day, a place.
    fn among_others(&self) -> Understood<Command> {
        let acts_on_booking = self.booking && self.unknown <= MOST_UNKNOWN && self.named.is_empty();
        match () {
            () if acts_on_booking && self.cancel && !self.change => Understood::sure(Command::Cancel),
            () if acts_on_booking && (self.postpone || self.change) && !self.cancel => {
                if self.fields.iter().all(|field| matches!(field, Field::Date | Field::Slot)) {
                    Understood::sure(Command::Move)
                } else {
                    Understood::none()
                }
            }
            () if self.book && (self.booking || self.want) && !self.cancel && !self.change && !self.wrong => {
                Understood::sure(Command::Book)
            }
            () => Understood::none(),
        }
    }

    fn by_verb(&self) -> Vec<Command> {
        let field = self.fields.first().copied();
        let day = self.fields.iter().all(|field| matches!(field, Field::Date | Field::Slot));
        match () {
            () if self.cancel => vec![Command::Cancel],
            () if self.postpone => vec![Command::Move],
            () if (self.change || self.wrong) && self.language => vec![Command::Language(None)],
            () if self.change && self.booking && day => match field {
                // "tukar tarikh temujanji" is also the name of a field.
                Some(field) if !self.mine => vec![Command::Move, Command::Change(Some(field))],
                _ => vec![Command::Move],
            },
            () if self.change || (self.wrong && field.is_some()) => vec![Command::Change(field)],
            () if self.slip && !self.wrong => vec![Command::Slip],
            () if self.code && (self.fetch || self.want) => vec![Command::NewCode],
            () if self.book && self.see => vec![Command::Bookings],
            () if self.book => vec![Command::Book],
            () if self.see
                && self.named.is_empty()
                && (self.booking || self.check && self.fields.is_empty()) =>
            {
                vec![Command::Bookings]
            }
            () if self.booking && (self.mine && !self.want || self.when || self.see) => {
                vec![Command::Bookings]
            }
            () if self.booking && self.want => vec![Command::Book],
            () if self.booking && self.named.is_empty() && day => vec![Command::Book, Command::Bookings],
            () => Vec::new(),
        }
    }
}
