//! What a letter means. Many things may stand in it at once: a greeting, the form with some fields filled, a sentence,
//! a wish to cancel, and all that the mail program repeated below.

use super::read::is_code;
use super::step::Talk;
use super::understand::{self, Entry, text::fold};
use super::{Ask, Consent, Letter, Prompt, Question, Say, TERMS_VERSION, Value};

/// Words of a line that may be an answer by itself.
const SHORT_ANSWER: usize = 5;
/// Words of a line that only greets or takes leave.
const SHORT_GREETING: usize = 6;
const GREETINGS: &[&str] = &[
    "salam",
    "assalam",
    "as salam",
    "slm",
    "tuan",
    "puan",
    "yang berhormat",
    "dear",
    "hi",
    "hello",
    "hai",
    "helo",
    "selamat pagi",
    "selamat petang",
    "selamat tengah",
    "selamat malam",
    "selamat sejahtera",
    "good morning",
    "good afternoon",
    "good evening",
    "good day",
    "kepada",
    "to whom",
    "sir",
    "madam",
    "vanakkam",
    "您好",
    "你好",
];
const LEAVES: &[&str] = &[
    "terima kasih",
    "thank",
    "tq",
    "tks",
    "sekian",
    "regards",
    "best regards",
    "kind regards",
    "warm regards",
    "best",
    "yang benar",
    "yang ikhlas",
    "yours",
    "sincerely",
    "salam hormat",
    "saya yang",
    "wassalam",
    "cheers",
    "谢谢",
];

impl Talk<'_> {
    /// A letter whose sender has not proved the address: the form, and nothing that is known.
    pub(super) fn stranger(&mut self) {
        self.say(Say::Welcome);
        let prompt = Prompt::Form { given: Vec::new(), agreed: false };
        self.say(Say::Ask(Question { prompt, choices: Vec::new(), number: self.state.number, page: None }));
        self.say(Say::Notice);
        self.say(Say::Terms);
    }

    pub(super) fn letter(&mut self, letter: &Letter) {
        self.state.whole = true;
        self.state.language.get_or_insert(letter.language);
        self.state.proved = Some(letter.email.clone());
        if self.state.ask == Ask::Nothing {
            // Who replies to a slip has an appointment, and may want none besides.
            self.state.active = letter.question.is_some();
            self.state.ask = if self.state.active { Ask::Form } else { Ask::Idle };
        }
        if letter.attachments {
            self.say(Say::Attachments);
        }
        let own = understand::text::clean(&letter.own);
        let question = letter.question;
        if let Some((value, number)) = chosen(&own) {
            return self.tapped(value, Some(number));
        }
        if let Some(value) = said(&own).and_then(|text| self.offer_answer(&text, question)) {
            return self.chose(value);
        }
        if self.filled(&own, letter) {
            return;
        }
        let Some(text) = said(&own) else {
            // Thanks for the slip need no answer.
            if self.state.ask != Ask::Idle || own.is_empty() {
                self.not_understood();
            }
            return;
        };
        if question.is_none() && is_code(&text) {
            self.say(Say::CodeElsewhere);
            return self.ask_again();
        }
        if question != Some(self.state.number) && is_short(&text) {
            if question.is_none() {
                return self.not_understood();
            }
            self.say(Say::Stale);
            return self.ask_again();
        }
        self.text(&text);
    }

    /// Takes the fields that were filled in; says whether there were any.
    fn filled(&mut self, own: &str, letter: &Letter) -> bool {
        let mut entries = understand::form(&unmasked(own));
        let to_form = letter.has_form || self.state.ask == Ask::Form && letter.question.is_some();
        if !(to_form || self.is_form(own, &entries)) {
            return false;
        }
        let mut agreed = understand::form::agreement(own);
        if to_form {
            let whole = unmasked(&understand::text::clean(&letter.whole));
            let beside = understand::form(&whole);
            // What stands above the quote is newer than what stands in it.
            let known = |entry: &Entry| entries.iter().all(|own| own.field != entry.field);
            let more: Vec<Entry> = beside.into_iter().filter(known).collect();
            entries.extend(more);
            agreed = agreed.or(understand::form::agreement(&whole));
        }
        if agreed == Some(true) && !self.agreed() {
            self.state.consent = Some(Consent { version: TERMS_VERSION, at: self.ctx.now });
        } else if entries.is_empty() {
            return false;
        }
        if agreed == Some(false) && !self.agreed() {
            self.say(Say::TermsNeeded);
        }
        let before = self.state.frame.clone();
        self.form_beside(entries, before);
        true
    }

    /// The form as in a chat, but that nothing is said of what has stayed as it was.
    fn form_beside(&mut self, entries: Vec<Entry>, before: super::Frame) {
        if entries.is_empty() {
            return self.advance();
        }
        self.unchanged = Some(Box::new(before));
        self.form(entries);
        self.forget_unchanged();
    }
}

/// Whether a text is an answer that means another thing to another question.
fn is_short(text: &str) -> bool {
    understand::number::choice(text).is_some() || understand::yes_no(text).certain().is_some()
}

/// The text without lines in which a number is masked, as in a form that shows what is known: they stay as they are.
fn unmasked(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(|line| if line.contains("***") { "" } else { line }).collect();
    lines.join("\n")
}

/// The choice that a button of a mail has typed in, and the question it belongs to: `9.00 pagi [t:0900 #7]`.
fn chosen(own: &str) -> Option<(Value, u32)> {
    let line = own.lines().find(|line| !line.trim().is_empty())?;
    let (_, mark) = line.rsplit_once('[')?;
    let (value, number) = mark.trim_end().strip_suffix(']')?.rsplit_once(" #")?;
    Some((value.parse().ok()?, number.parse().ok()?))
}

/// What a letter says, without greeting and leave-taking; a short first line alone. `None` if there is nothing else.
fn said(own: &str) -> Option<String> {
    let is = |line: &str, words: &[&str]| {
        let folded = fold(line);
        let start = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
        line.split_whitespace().count() <= SHORT_GREETING
            && words.iter().any(|word| {
                start
                    .strip_prefix(word)
                    .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
            })
    };
    let mut lines = Vec::new();
    for line in own.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if is(line, LEAVES) {
            break;
        }
        if lines.is_empty() && is(line, GREETINGS) {
            continue;
        }
        lines.push(line);
    }
    let first = lines.first()?;
    let answers = understand::number::choice(first).is_some()
        || understand::yes_no(first).certain().is_some()
        || understand::command(first).certain().is_some();
    if first.split_whitespace().count() <= SHORT_ANSWER && answers {
        return Some((*first).to_owned());
    }
    Some(lines.join("\n"))
}
