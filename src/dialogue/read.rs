//! What a typed text means, given the question that is open.

use super::step::Talk;
use super::understand::{self, Command, DateWish, Details, Entry, TimeWish, Understood};
use super::{Ask, Consent, Effect, Expected, Field, Looking, Say, TERMS_VERSION, Value};
use crate::booking::{Email, Identity, IdentityKind, Reference, Rejection};
use crate::office::{BranchCode, Service};

/// Digits of a code sent by mail.
const CODE_DIGITS: usize = 6;
/// Words in a text from which on more than the field asked for is looked for in it.
const SENTENCE: usize = 2;

impl Talk<'_> {
    /// Reads a cleaned, non-empty text.
    pub(super) fn read(&mut self, text: &str) {
        if let Some(value) = self.numbered(text).or_else(|| self.named(text)) {
            return self.chose(value);
        }
        if let Ask::Code(email) = &self.state.ask
            && let Some(code) = code(text)
        {
            let email = email.clone();
            return self.effects.push(Effect::CheckCode { email, code });
        }
        if let (Ask::Resume, Some(email)) = (&self.state.ask, self.state.frame.email.clone())
            && self.state.code_sent_to.as_ref() == Some(&email)
            && let Some(code) = code(text).filter(|_| is_code(text))
        {
            self.state.ask = Ask::Code(email.clone());
            return self.effects.push(Effect::CheckCode { email, code });
        }
        if let Some(code) = super::handover::code(text) {
            return self.effects.push(Effect::FindHandover(code));
        }
        let entries = understand::form(text);
        if self.is_form(text, &entries) {
            return self.form(entries);
        }
        if self.yes_or_no_read(text) {
            return;
        }
        if keeps(text) && self.asked().is_some_and(|field| self.state.frame.get(field).is_some()) {
            return self.advance();
        }
        let filling = self.state.active && self.agreed();
        if let (true, Some((field, value))) = (filling, understand::change_to(text)) {
            return self.change_to(field, value);
        }
        if let Some(command) = understand::command(text).certain().cloned() {
            return self.commanded(command, text);
        }
        if text.starts_with('/') {
            return self.command(Command::Help);
        }
        self.answer(text);
    }

    /// A command, with what its sentence says besides: "tukar tarikh ke 5 jan", "nak tempah esok".
    fn commanded(&mut self, command: Command, text: &str) {
        if command == Command::Stop && asks_about_hours(text) {
            return self.command(Command::Questions);
        }
        if command == Command::Book {
            self.extras(text, None);
        }
        if let (Command::Change(Some(field)), true) = (command, self.state.active) {
            if field == Field::Email && self.take(field, text, None).is_ok() {
                return self.check_email();
            }
            match self.look_for(field, text) {
                Found::Taken => return self.advance(),
                Found::Several(values) => return self.ask_which(field, values),
                Found::Nothing => {}
            }
        }
        self.command(command);
    }

    /// "tukar telefon 013-999 8888": what cannot be taken is said, and the field is asked for.
    fn change_to(&mut self, field: Field, value: &str) {
        let refusal = match field {
            Field::Email | Field::Name | Field::Identity | Field::Address | Field::Phone => {
                match self.take(field, value, None) {
                    Ok(()) if field == Field::Email => return self.check_email(),
                    Ok(()) => return self.advance(),
                    Err(rejection) => Say::Refused(field, rejection),
                }
            }
            Field::State | Field::Branch | Field::Service | Field::Date | Field::Slot => {
                match self.look_for(field, value) {
                    Found::Taken => return self.advance(),
                    Found::Several(values) => return self.ask_which(field, values),
                    Found::Nothing => Say::NotUnderstood(Expected::Field(field)),
                }
            }
        };
        self.say(refusal);
        self.edit(field);
    }

    /// A number typed for one of the choices shown.
    fn numbered(&self, text: &str) -> Option<Value> {
        let number = understand::number::choice(text)?;
        self.state.offered.get(number.checked_sub(1)?).cloned()
    }

    /// A branch, service or state typed just as it stands among the choices shown.
    fn named(&self, text: &str) -> Option<Value> {
        let typed = understand::text::fold(text);
        let office = self.ctx.office;
        let is = |name: &str| understand::text::fold(name) == typed;
        let named = |value: &&Value| {
            if let Value::Branch(code) = value {
                office.branch(code).is_some_and(|b| is(&b.short) || is(&b.name))
            } else if let Value::Service(code) = value {
                let names = |s: &Service| {
                    [&s.short_ms, &s.short_en, &s.name_ms, &s.name_en].into_iter().any(|n| is(n))
                };
                office.service(code).is_some_and(names)
            } else if let Value::State(code) = value {
                office.state(code).is_some_and(|s| is(&s.name_ms) || is(&s.name_en))
            } else {
                false
            }
        };
        let mut found = self.state.offered.iter().filter(named);
        found.next().filter(|_| found.next().is_none()).cloned()
    }

    pub(super) fn is_form(&self, text: &str, entries: &[Entry]) -> bool {
        let labelled = text.contains([':', '=', '：']);
        match entries {
            [] => false,
            [one] => labelled || self.asked() == Some(one.field),
            _ => true,
        }
    }

    fn asked(&self) -> Option<Field> {
        if let Ask::Field(field) | Ask::Which(field) = self.state.ask { Some(field) } else { None }
    }

    /// Reads yes or no where one of them answers the open question.
    fn yes_or_no_read(&mut self, text: &str) -> bool {
        let ask = &self.state.ask;
        let asked = matches!(ask, Ask::Terms | Ask::Form | Ask::EmailMeant { .. } | Ask::IdentityMeant(_))
            || *ask == Ask::Reuse
            || matches!(ask, Ask::Review | Ask::Cancel(_) | Ask::Offer(_) | Ask::Resume | Ask::Idle)
            || (matches!(ask, Ask::Field(_)) && self.state.offered.contains(&Value::Keep));
        match understand::yes_no(text).certain().cloned() {
            Some(true) if asked => self.yes(),
            Some(false) if asked && !matches!(self.state.ask, Ask::Field(_)) => self.no(),
            _ => return false,
        }
        true
    }

    pub(super) fn yes(&mut self) {
        match self.state.ask.clone() {
            Ask::Terms => self.agree(),
            Ask::EmailMeant { meant, .. } => {
                self.set_email(meant);
                self.after_email();
            }
            Ask::IdentityMeant(identity) => {
                self.set_identity(identity);
                self.advance();
            }
            Ask::Reuse => {
                if let Some(applicant) = self.state.last_time.take() {
                    self.state.frame.fill(&applicant);
                }
                self.advance();
            }
            Ask::Review => self.confirm(),
            Ask::Cancel(reference) => self.cancel_now(reference),
            Ask::Offer(reference) => self.accept(&reference),
            Ask::Form => self.agree(),
            Ask::Idle => self.command(Command::Book),
            Ask::Resume | Ask::Field(_) => self.advance(),
            Ask::Nothing
            | Ask::Language
            | Ask::Code(_)
            | Ask::Which(_)
            | Ask::OtherSlot(_)
            | Ask::Change
            | Ask::Blocked
            | Ask::Bookings
            | Ask::Booking(_) => self.not_understood(),
        }
    }

    fn agree(&mut self) {
        self.state.consent = Some(Consent { version: TERMS_VERSION, at: self.ctx.now });
        self.advance();
    }

    pub(super) fn no(&mut self) {
        match self.state.ask.clone() {
            Ask::Terms | Ask::Form => {
                self.say(Say::TermsNeeded);
                self.ask_again();
            }
            Ask::EmailMeant { typed, .. } => {
                self.set_email(typed);
                self.after_email();
            }
            Ask::IdentityMeant(_) => self.edit(Field::Identity),
            Ask::Reuse => {
                self.state.last_time = None;
                self.advance();
            }
            Ask::Review => self.change(),
            Ask::Cancel(_) => self.resume(),
            Ask::Offer(reference) => self.decline(&reference),
            Ask::Resume => self.command(Command::Restart),
            Ask::Idle
            | Ask::Nothing
            | Ask::Language
            | Ask::Code(_)
            | Ask::Field(_)
            | Ask::Which(_)
            | Ask::OtherSlot(_)
            | Ask::Change
            | Ask::Blocked
            | Ask::Bookings
            | Ask::Booking(_) => self.not_understood(),
        }
    }

    fn confirm(&mut self) {
        let proved = self.state.proved.is_some() && self.state.proved == self.state.frame.email;
        match (&self.state.hold, self.state.frame.applicant(proved)) {
            (Some(hold), Some(applicant)) => {
                self.effects.push(Effect::Confirm { hold: hold.id, applicant: Box::new(applicant) });
            }
            _ => self.advance(),
        }
    }

    /// Fills every field of a labelled text; says what of it could not be taken.
    pub(super) fn form(&mut self, mut entries: Vec<Entry>) {
        entries.sort_by_key(|entry| entry.field);
        // A form sent when nothing is open begins a booking.
        self.state.active = true;
        let mut email = false;
        let mut unclear = None;
        let mut refused = Vec::new();
        for Entry { field, value, identity_kind } in entries {
            match field {
                Field::Email | Field::Name | Field::Identity | Field::Address | Field::Phone => {
                    match self.take(field, &value, identity_kind) {
                        Ok(()) => email |= field == Field::Email,
                        Err(rejection) => refused.push(Say::Refused(field, rejection)),
                    }
                }
                Field::State | Field::Branch | Field::Service | Field::Date | Field::Slot => {
                    match self.look_for(field, &value) {
                        Found::Taken => {}
                        Found::Several(values) => unclear = unclear.or(Some((field, values))),
                        Found::Nothing => refused.push(Say::NotUnderstood(Expected::Field(field))),
                    }
                }
            }
        }
        for say in refused {
            self.say(say);
        }
        match unclear {
            Some((field, values)) if self.agreed() => self.ask_which(field, values),
            _ if email => self.check_email(),
            _ => self.advance(),
        }
    }

    fn answer(&mut self, text: &str) {
        match self.state.ask.clone() {
            Ask::Nothing => self.advance(),
            Ask::Language => match understand::command::language(text).certain().cloned() {
                Some(language) => self.chose(Value::Language(language)),
                None => self.not_understood(),
            },
            Ask::Form => match self.others(text, None) {
                true => self.advance(),
                false => self.not_understood(),
            },
            Ask::Code(_) => self.read_at_code(text),
            // A number that stands for nothing shown is no hour either, where none is asked for.
            Ask::Field(Field::State | Field::Branch | Field::Service)
            | Ask::Which(Field::State | Field::Branch | Field::Service)
            | Ask::Review
                if understand::number::choice(text).is_some() =>
            {
                self.say(Say::NotUnderstood(Expected::Choice));
                self.ask_again();
            }
            Ask::Field(Field::Name) if understand::yes_no(text).certain().is_some() => self.not_understood(),
            Ask::Field(field) | Ask::Which(field) => self.read_field(field, text),
            Ask::OtherSlot(_) | Ask::Review => self.read_catalogue(Field::Slot, text),
            Ask::Change => match understand::field(text).certain().cloned() {
                Some(field) => self.edit(field),
                None => self.not_understood(),
            },
            Ask::Idle | Ask::Bookings | Ask::Booking(_) | Ask::Resume => match Reference::parse(text) {
                Ok(reference) => self.look(Looking::At(reference)),
                Err(_) => self.not_understood(),
            },
            Ask::EmailMeant { .. } => self.read_field(Field::Email, text),
            Ask::IdentityMeant(_) => self.read_field(Field::Identity, text),
            Ask::Terms | Ask::Reuse | Ask::Cancel(_) | Ask::Offer(_) | Ask::Blocked => self.not_understood(),
        }
    }

    fn read_at_code(&mut self, text: &str) {
        if Email::find_in(text).is_ok() {
            return self.read_field(Field::Email, text);
        }
        self.not_understood();
    }

    fn read_field(&mut self, field: Field, text: &str) {
        match field {
            Field::Email => match self.take(field, text, None) {
                Ok(()) => self.check_email(),
                Err(rejection) => self.refuse(field, rejection, text),
            },
            Field::Identity => self.read_identity(text),
            Field::Name => match self.take(field, text, None) {
                Ok(()) => self.advance(),
                Err(_) if self.details_taken(text) => {}
                Err(rejection) => self.refuse(field, rejection, text),
            },
            Field::Address | Field::Phone => match self.take(field, text, None) {
                Ok(()) => self.advance(),
                Err(rejection) => self.refuse(field, rejection, text),
            },
            Field::State | Field::Branch | Field::Service | Field::Date | Field::Slot => {
                self.read_catalogue(field, text);
            }
        }
    }

    /// Takes a name together with whatever else stands beside it, without labels.
    fn details_taken(&mut self, text: &str) -> bool {
        let Some(Details { entries, several, rest }) = understand::details(text, self.ctx.today()) else {
            return false;
        };
        let taken = self.others(&rest, None) || several;
        if taken {
            self.form(entries);
        }
        taken
    }

    fn check_email(&mut self) {
        let typed = self.state.frame.email.clone();
        match typed.as_ref().and_then(Email::suspect).zip(typed.clone()) {
            Some((meant, typed)) => {
                self.took.retain(|given| given.field() != Field::Email);
                self.state.frame.email = None;
                self.open(Ask::EmailMeant { typed, meant });
            }
            None => self.after_email(),
        }
    }

    fn read_identity(&mut self, text: &str) {
        if let Some(kind) = understand::field::identity_kind(text) {
            return self.chose(Value::Identity(kind));
        }
        let kind = self.state.frame.identity_kind;
        let today = self.ctx.today();
        let other = match self.take(Field::Identity, text, kind) {
            Ok(()) => return self.advance(),
            Err(Rejection::LooksLikeMyKad) => Identity::parse(IdentityKind::MyKad, text, today),
            // Passports of several countries have the shape of the identity card of before 1990.
            Err(Rejection::LooksLikePassport | Rejection::OldIdentityCard) => {
                Identity::parse(IdentityKind::Passport, text, today)
            }
            Err(rejection) => Err(rejection),
        };
        match other {
            Ok(identity) => self.open(Ask::IdentityMeant(identity)),
            Err(rejection) => self.refuse(Field::Identity, rejection, text),
        }
    }

    /// Before an answer is refused: it may have been meant for another field.
    fn refuse(&mut self, field: Field, rejection: Rejection, text: &str) {
        // A street in an address is no branch, and a name no business.
        let meant_for_it = matches!(field, Field::Address | Field::Name);
        let more = !meant_for_it && self.extras(text, Some(field));
        self.say(Say::Refused(field, rejection));
        if more { self.advance() } else { self.ask_again() }
    }

    /// Reads an answer about place, business, day or time, and whatever else of these a sentence names.
    fn read_catalogue(&mut self, asked: Field, text: &str) {
        let found = self.look_for(asked, text);
        let more = match found {
            Found::Nothing => self.others(text, Some(asked)),
            Found::Taken | Found::Several(_) => self.extras(text, Some(asked)),
        };
        match found {
            Found::Taken => self.advance(),
            Found::Several(values) => self.ask_which(asked, values),
            Found::Nothing if more => self.advance(),
            // The answer may be that another office is meant.
            Found::Nothing if asked == Field::Service => match self.look_for(Field::Branch, text) {
                Found::Taken => self.advance(),
                Found::Several(values) => self.ask_which(Field::Branch, values),
                Found::Nothing => self.not_understood(),
            },
            Found::Nothing => self.not_understood(),
        }
    }

    fn ask_which(&mut self, field: Field, values: Vec<Value>) {
        self.which(field, values);
        self.ask_again();
    }

    /// Looks for a value of one field in a text, and takes it if there is no doubt.
    fn look_for(&mut self, field: Field, text: &str) -> Found {
        let office = self.ctx.office;
        match field {
            Field::State => match understand::state(text, office).certain().cloned() {
                Some(code) if !names_one_branch(text, self) => {
                    self.set_state(code);
                    Found::Taken
                }
                _ => self.look_for(Field::Branch, text),
            },
            Field::Branch => self.look_for_branch(text),
            Field::Service => {
                let service = understand::service(text, office);
                match service.certain().cloned() {
                    Some(code) => self.taken(|talk| talk.set_service(code)),
                    None => Found::several(service, Value::Service),
                }
            }
            Field::Date => self.look_for_date(text),
            Field::Slot => self.look_for_time(text),
            Field::Email | Field::Name | Field::Identity | Field::Address | Field::Phone => Found::Nothing,
        }
    }

    fn look_for_branch(&mut self, text: &str) -> Found {
        let office = self.ctx.office;
        let mut branches = understand::branch(text, office);
        if let Some(code) = branches.certain().cloned() {
            return self.taken(|talk| talk.set_branch(code));
        }
        if branches.candidates.is_empty() {
            return match understand::state(text, office).certain().cloned() {
                Some(code) => self.taken(|talk| talk.set_state(code)),
                None => Found::Nothing,
            };
        }
        // The state was chosen before: its branches are meant, if any are among the candidates.
        let chosen = self.state.frame.state.as_ref();
        let here = |code: &BranchCode| office.branch(code).is_some_and(|b| Some(&b.state) == chosen);
        if branches.candidates.iter().any(here) {
            branches.candidates.retain(here);
        }
        match branches.candidates.as_slice() {
            [only] => {
                let code = only.clone();
                self.taken(|talk| talk.set_branch(code))
            }
            _ => Found::several(branches, Value::Branch),
        }
    }

    fn taken(&mut self, set: impl FnOnce(&mut Self)) -> Found {
        set(self);
        Found::Taken
    }

    fn look_for_date(&mut self, text: &str) -> Found {
        let (_, last) = self.ctx.window();
        let (wish, ambiguous) = understand::date_wish(text, self.ctx.today(), last);
        match wish {
            None => Found::Nothing,
            Some(DateWish::On(days)) if ambiguous || days.len() != 1 => {
                Found::Several(days.into_iter().map(Value::Date).collect())
            }
            Some(wish) => self.taken(|talk| talk.wish_date(wish, false)),
        }
    }

    fn look_for_time(&mut self, text: &str) -> Found {
        match understand::time_wish(text) {
            None => Found::Nothing,
            Some(wish) => self.taken(|talk| {
                talk.state.frame.time = None;
                talk.state.time_wish = Some(wish);
            }),
        }
    }

    /// Takes what a sentence names besides the field asked for.
    fn extras(&mut self, text: &str, asked: Option<Field>) -> bool {
        text.split_whitespace().count() >= SENTENCE && self.others(text, asked)
    }

    /// Takes what a text names of place, business, day and time, but for the field asked, as far as there is no doubt.
    fn others(&mut self, text: &str, asked: Option<Field>) -> bool {
        let office = self.ctx.office;
        let mut any = false;
        if !matches!(asked, Some(Field::Branch | Field::State))
            && let Some(code) = understand::branch(text, office).certain().cloned()
        {
            any |= self.taken(|talk| talk.set_branch(code)) == Found::Taken;
        }
        if asked != Some(Field::Service)
            && let Some(code) = understand::service(text, office).certain().cloned()
        {
            any |= self.taken(|talk| talk.set_service(code)) == Found::Taken;
        }
        let (_, last) = self.ctx.window();
        if asked != Some(Field::Date)
            && let (Some(DateWish::On(days)), ambiguous) = understand::date_wish(text, self.ctx.today(), last)
        {
            match days.as_slice() {
                [date] if !ambiguous => any |= self.taken(|talk| talk.set_date(*date)) == Found::Taken,
                // Which of them is meant is asked once the free days are known.
                _ => self.state.date_wish = Some(DateWish::On(days)),
            }
        }
        if asked != Some(Field::Slot)
            && let Some(TimeWish::At(times)) = understand::time_wish(text)
            && let [time] = times.as_slice()
        {
            any |= self.taken(|talk| talk.set_time(*time)) == Found::Taken;
        }
        any
    }
}

/// What a text held for one field.
#[derive(Debug, Clone, PartialEq)]
enum Found {
    /// One value, and it has been taken.
    Taken,
    /// More than one, or one in doubt: to be asked.
    Several(Vec<Value>),
    /// None.
    Nothing,
}

impl Found {
    fn several<T>(understood: Understood<T>, value: fn(T) -> Value) -> Found {
        match understood.is_none() {
            true => Found::Nothing,
            false => Found::Several(understood.candidates.into_iter().map(value).collect()),
        }
    }
}

fn names_one_branch(text: &str, talk: &Talk<'_>) -> bool {
    understand::branch(text, talk.ctx.office).certain().cloned().is_some()
}

/// Whether a text says that a field is to stay as it is.
fn keeps(text: &str) -> bool {
    matches!(
        understand::text::fold(text).as_str(),
        "kekal"
            | "kekalkan"
            | "kekalkan yang ada"
            | "keep"
            | "keep it"
            | "keep it as it is"
            | "sama"
            | "same"
    )
}

/// "Bila tutup", "what time it close": the office is meant, not the conversation.
fn asks_about_hours(text: &str) -> bool {
    let closes = understand::text::words(text)
        .iter()
        .any(|word| matches!(word.as_str(), "tutup" | "close" | "closed" | "closing"));
    text.contains('?') || closes
}

/// Whether a text is a code, as it is mailed.
pub(super) fn is_code(text: &str) -> bool {
    code(text).is_some_and(|digits| digits.len() == CODE_DIGITS)
}

/// The digits of a code: nothing but digits, or six of them standing together in a text without any other.
fn code(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let alone = text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || c == '-');
    let together = digits.len() == CODE_DIGITS && text.contains(&digits);
    ((alone && digits.len() > 1) || together).then_some(digits)
}
