//! Taking what a person gives for a field: all of the rules, none of the wording.

use chrono::{NaiveDate, NaiveTime};

use super::step::{Proof, Talk};
use super::understand::{DateWish, TimeWish};
use super::{Ask, Effect, Field, Given, Say};
use crate::booking::{Address, Email, Identity, IdentityKind, PersonName, Phone, Rejection};
use crate::office::{BranchCode, ServiceCode, StateCode};

impl Talk<'_> {
    /// Takes a typed value of one of the person's own fields.
    pub(super) fn take(
        &mut self,
        field: Field,
        text: &str,
        kind: Option<IdentityKind>,
    ) -> Result<(), Rejection> {
        match field {
            Field::Email => Email::find_in(text).map(|email| self.set_email(email)),
            Field::Name => PersonName::parse(text).map(|name| self.set_name(name)),
            Field::Identity => self.take_identity(text, kind),
            Field::Address => self.take_address(text),
            Field::Phone => Phone::parse(text)
                .or_else(|why| Phone::parse(number_in(text)).map_err(|_| why))
                .map(|phone| self.set_phone(phone)),
            Field::State | Field::Branch | Field::Service | Field::Date | Field::Slot => Ok(()),
        }
    }

    pub(super) fn set_email(&mut self, email: Email) {
        self.took.push(Given::Email(email.clone()));
        self.state.frame.email = Some(email);
    }

    fn set_name(&mut self, name: PersonName) {
        self.state.last_time = None;
        self.took.push(Given::Name(name.clone()));
        self.state.frame.name = Some(name);
    }

    fn set_address(&mut self, address: Address) {
        self.state.last_time = None;
        self.took.push(Given::Address(address.clone()));
        self.state.frame.address = Some(address);
    }

    fn take_address(&mut self, text: &str) -> Result<(), Rejection> {
        let address = Address::parse(text).or_else(|why| {
            let begun = self.state.address_begun.as_ref().ok_or(why.clone())?;
            Address::parse(&format!("{begun}, {text}")).map_err(|_| why)
        });
        self.state.address_begun = match &address {
            Err(Rejection::AddressNoPostcode) => Some(text.to_owned()),
            Ok(_) | Err(_) => None,
        };
        self.set_address(address?);
        Ok(())
    }

    fn set_phone(&mut self, phone: Phone) {
        self.state.last_time = None;
        self.took.push(Given::Phone(phone.clone()));
        self.state.frame.phone = Some(phone);
    }

    fn take_identity(&mut self, text: &str, kind: Option<IdentityKind>) -> Result<(), Rejection> {
        let today = self.ctx.today();
        let identity = match kind {
            Some(kind) => Identity::parse(kind, text, today)
                .or_else(|why| Identity::parse(kind, number_in(text), today).map_err(|_| why))?,
            None => match Identity::guess(text, today).or_else(|| Identity::guess(number_in(text), today)) {
                Some(identity) => identity,
                None => Identity::parse(IdentityKind::MyKad, text, today)?,
            },
        };
        self.set_identity(identity);
        Ok(())
    }

    pub(super) fn set_identity(&mut self, identity: Identity) {
        // The hold is in the name of the former number.
        if self.state.frame.identity.as_ref().is_some_and(|former| *former != identity) {
            self.release();
        }
        self.state.last_time = None;
        self.took.push(Given::Identity(identity.clone()));
        self.state.frame.identity_kind = Some(identity.kind());
        self.state.frame.identity = Some(identity);
    }

    pub(super) fn set_state(&mut self, code: StateCode) {
        let elsewhere = |branch: &BranchCode| self.ctx.office.branch(branch).is_none_or(|b| b.state != code);
        if self.state.frame.branch.as_ref().is_some_and(elsewhere) {
            self.state.frame.branch = None;
            self.keep_time_as_wish();
        }
        self.took.push(Given::State(code.clone()));
        self.state.frame.state = Some(code);
    }

    pub(super) fn set_branch(&mut self, code: BranchCode) {
        let Some(branch) = self.ctx.office.branch(&code) else { return };
        self.took.push(Given::Branch(code.clone()));
        self.state.frame.state = Some(branch.state.clone());
        if self.state.frame.branch.as_ref() != Some(&code) {
            self.keep_time_as_wish();
        }
        let service = self.state.frame.service.clone();
        if let Some(service) = service.filter(|s| branch.services.iter().all(|offer| offer.service != *s)) {
            self.say(Say::NotAtBranch { branch: code.clone(), service });
            self.state.frame.service = None;
        }
        self.state.frame.branch = Some(code);
    }

    pub(super) fn set_service(&mut self, code: ServiceCode) {
        if self.ctx.office.service(&code).is_none() {
            return;
        }
        self.took.push(Given::Service(code.clone()));
        if self.state.frame.service.as_ref() != Some(&code) {
            self.keep_time_as_wish();
        }
        let branch = self.state.frame.branch.as_ref().and_then(|b| self.ctx.office.branch(b));
        let lacking = branch.filter(|b| b.services.iter().all(|offer| offer.service != code));
        if let Some(branch) = lacking.map(|b| b.code.clone()) {
            self.say(Say::NotAtBranch { branch, service: code.clone() });
            self.state.frame.branch = None;
        }
        self.state.frame.service = Some(code);
    }

    pub(super) fn set_date(&mut self, date: NaiveDate) {
        if let Some(why) = self.outside(date) {
            self.say(why);
            self.state.frame.date = None;
            self.state.near = Some(date);
            return self.keep_time_as_wish();
        }
        self.took.push(Given::Date(date));
        self.state.date_wish = None;
        if self.state.frame.date != Some(date) {
            self.keep_time_as_wish();
        }
        self.state.frame.date = Some(date);
    }

    /// A time is only known to be a slot once the day's slots have been looked up.
    pub(super) fn set_time(&mut self, time: NaiveTime) {
        self.state.frame.time = None;
        self.state.time_wish = Some(TimeWish::At(vec![time]));
    }

    /// A time on another day, branch or service has to be looked up anew.
    pub(super) fn keep_time_as_wish(&mut self) {
        if let Some(time) = self.state.frame.time.take() {
            self.state.time_wish = Some(TimeWish::At(vec![time]));
        }
    }

    /// Takes a wish for a day; several candidates are shown and asked.
    pub(super) fn wish_date(&mut self, wish: DateWish, ambiguous: bool) {
        match wish {
            DateWish::On(days) => match days.as_slice() {
                [date] if !ambiguous => self.set_date(*date),
                [] => {}
                several => {
                    let values = several.iter().map(|date| super::Value::Date(*date)).collect();
                    self.which(Field::Date, values);
                }
            },
            wish @ (DateWish::Range { .. } | DateWish::Weekend | DateWish::Earliest | DateWish::Any) => {
                self.state.frame.date = None;
                self.keep_time_as_wish();
                self.state.date_wish = Some(wish);
            }
        }
    }

    /// Offers the candidates of something that was understood in more than one way.
    pub(super) fn which(&mut self, field: Field, values: Vec<super::Value>) {
        self.state.offered = values;
        self.state.ask = Ask::Which(field);
    }

    /// Sends a code where the address still has to be proved, or looks up the owner's details where it is.
    pub(super) fn after_email(&mut self) {
        let Some(email) = self.state.frame.email.clone() else { return self.advance() };
        if self.ctx.proof == Proof::None {
            self.say(Say::Unproved);
            return self.advance();
        }
        if self.state.proved.as_ref() == Some(&email) && self.state.frame.name.is_none() {
            return self.effects.push(Effect::Recall(email));
        }
        self.advance();
    }
}

/// What is left of "my number is 012-345 6789 ok" without the words around the number.
///
/// Only whole words without a digit go; a number that is given in words stays as it is.
fn number_in(text: &str) -> &str {
    let is_word = |word: &str| !word.contains(|c: char| c.is_numeric());
    let mut rest = text.trim();
    while let Some((first, after)) = rest.split_once(char::is_whitespace).filter(|(first, _)| is_word(first))
    {
        if first.starts_with(['+', '(']) {
            break;
        }
        rest = after.trim_start();
    }
    while let Some((before, _)) = rest.rsplit_once(char::is_whitespace).filter(|(_, last)| is_word(last)) {
        rest = before.trim_end();
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::number_in;

    #[test]
    fn words_around_a_number_go() {
        for (text, number) in [
            ("sy punya hp 017.345.6789", "017.345.6789"),
            ("my number is +60 12-345 6789 ok", "+60 12-345 6789"),
            ("012-345 6789 / 013-222 3333", "012-345 6789 / 013-222 3333"),
            ("no 900101 14 5551 ya", "900101 14 5551"),
            ("012-ABC DEFG", "012-ABC"),
            ("tiada", "tiada"),
            ("", ""),
        ] {
            assert_eq!(number_in(text), number);
        }
    }
}
