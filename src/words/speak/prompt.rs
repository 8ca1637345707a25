//! The questions.

use chrono::{DateTime, NaiveDate, Utc};

use super::unclear::example;
use super::voice::Voice;
use crate::booking::{Booking, Hold, IdentityKind, Reference};
use crate::dialogue::{Field, Given, Offer, Prompt};
use crate::office::{BranchCode, StateCode};
use crate::words::args;

/// The fields of the form, in its order. The address is the sender's, and the state follows from the branch.
const FORM: [Field; 8] = [
    Field::Name,
    Field::Identity,
    Field::Address,
    Field::Phone,
    Field::Branch,
    Field::Service,
    Field::Date,
    Field::Slot,
];

impl Voice<'_> {
    /// A question, with what has to be known to answer it. Its choices are said by [`Voice::label`].
    pub(super) fn prompt(&self, prompt: &Prompt, now: DateTime<Utc>) -> String {
        match prompt {
            Prompt::Language => self.plain("ask-language"),
            Prompt::Terms => self.plain("ask-terms"),
            Prompt::Form { given, agreed } => self.form(given, *agreed),
            Prompt::Code(email) => self.text("ask-code", args![email = email.as_str()]),
            Prompt::EmailMeant { typed, meant } => {
                self.text("ask-email-meant", args![typed = typed.as_str(), meant = meant.as_str()])
            }
            Prompt::IdentityMeant(identity) => {
                self.text("ask-identity-meant", args![document = self.document(identity)])
            }
            Prompt::Reuse(given) => self.with_lines("ask-reuse", self.given_lines(given)),
            Prompt::IdentityKind => self.plain("ask-identity"),
            Prompt::IdentityNumber(IdentityKind::MyKad) => self.plain("ask-mykad"),
            Prompt::IdentityNumber(IdentityKind::Passport) => self.plain("ask-passport"),
            Prompt::IdentityNumber(IdentityKind::Other) => self.plain("ask-other-document"),
            Prompt::Field { field, current } => self.field(*field, current.as_ref()),
            Prompt::Branch { state, current } => self.which_branch(state.as_ref(), current.as_ref()),
            Prompt::Service { branch } => self.text("ask-service", args![branch = self.branch(branch)]),
            Prompt::Date { branch, service: _, first, last, days } => {
                self.which_date(branch, *first, *last, days)
            }
            Prompt::Time { branch, date } => {
                self.text("ask-time", args![branch = self.branch(branch), date = self.date(*date)])
            }
            Prompt::Which(field) => self.text("ask-which", args![field = self.name_of(*field)]),
            Prompt::Blocked => self.plain("ask-blocked"),
            Prompt::OtherSlot(_) => self.plain("ask-other-slot"),
            Prompt::Review { given, hold, moving } => self.review(given, hold, moving.as_ref(), now),
            Prompt::Change(_) => self.plain("ask-change"),
            Prompt::Bookings(bookings) => {
                self.with_lines("ask-bookings", bookings.iter().map(|one| self.listed(one)).collect())
            }
            Prompt::Booking(booking) => self.one_booking(booking),
            Prompt::Cancel(booking) => self.with_lines("ask-cancel", self.booking_lines(booking)),
            Prompt::Offer(offer) => self.offer(offer, now),
            Prompt::Resume => self.plain("ask-resume"),
            Prompt::Idle => self.plain("ask-idle"),
            Prompt::Staff(reply) => self.staff(reply),
        }
    }

    /// The form: a label a line, with what is known after it. Nothing stands between its lines that could be taken for
    /// an answer.
    fn form(&self, given: &[Given], agreed: bool) -> String {
        let mut lines = vec![self.plain("form-begins")];
        for field in FORM {
            lines.push(match given.iter().find(|given| given.field() == field) {
                Some(given) => self.given_line(given),
                None => self.line(&self.label_of(field), "").trim_end().to_owned(),
            });
        }
        if !agreed {
            lines.push(self.line(&self.plain("form-agree"), "").trim_end().to_owned());
        }
        lines.push(self.plain("form-ends"));
        format!("{}\n\n{}", self.plain("ask-form"), lines.join("\n"))
    }

    fn field(&self, field: Field, current: Option<&Given>) -> String {
        let id = match field {
            Field::Email => "ask-email",
            Field::Name => "ask-name",
            Field::Identity => "ask-identity",
            Field::Address => "ask-address",
            Field::Phone => "ask-phone",
            Field::State => "ask-state",
            Field::Branch => "ask-branch",
            Field::Service => "ask-any-service",
            Field::Date => "ask-any-date",
            Field::Slot => "ask-any-time",
        };
        self.with_current(&self.plain(id), current)
    }

    fn which_branch(&self, state: Option<&StateCode>, current: Option<&BranchCode>) -> String {
        let ask = match state {
            Some(state) => self.text("ask-branch-in", args![state = self.state(state)]),
            None => self.plain("ask-branch"),
        };
        self.with_current(&ask, current.cloned().map(Given::Branch).as_ref())
    }

    fn with_current(&self, ask: &str, current: Option<&Given>) -> String {
        match current {
            Some(given) => {
                format!("{ask}\n{}", self.text("ask-current", args![line = self.given_line(given)]))
            }
            None => ask.to_owned(),
        }
    }

    fn which_date(
        &self,
        branch: &BranchCode,
        first: NaiveDate,
        last: NaiveDate,
        days: &[(NaiveDate, u32)],
    ) -> String {
        let free = days.iter().filter(|(_, places)| *places > 0).count();
        self.text(
            "ask-date",
            args![
                branch = self.branch(branch),
                days = free,
                last = self.date(last),
                example = example(first)
            ],
        )
    }

    fn review(&self, given: &[Given], hold: &Hold, moving: Option<&Reference>, now: DateTime<Utc>) -> String {
        let mut text = vec![self.plain("ask-review"), self.given_lines(given).join("\n")];
        text.extend(moving.map(|old| self.text("review-moving", args![reference = old.to_string()])));
        let left = self.words.duration(self.language, hold.until - now);
        text.push(self.text("review-hold", args![time = self.until(hold.until, now), left = left]));
        text.push(self.plain("review-answer"));
        text.join("\n\n")
    }

    /// The place that is held, and until when; one whose time has run out may be had all the same.
    fn offer(&self, offer: &Offer, now: DateTime<Utc>) -> String {
        let Hold { slot, until, .. } = &offer.hold;
        let (reference, name) = (offer.reference.to_string(), offer.name.as_str());
        let lines = [
            self.line(&self.plain("slip-when"), &self.slot(slot)),
            self.line(&self.plain("slip-branch"), &self.branch_in_full(&slot.branch)),
            self.line(&self.plain("slip-service"), &self.service(&slot.service)),
        ];
        let held = if *until > now {
            self.text("ask-offer-held", args![time = self.until(*until, now)])
        } else {
            self.plain("ask-offer-lapsed")
        };
        let ask = self.text("ask-offer", args![reference = reference, name = name]);
        [ask, lines.join("\n"), held].join("\n\n")
    }

    /// Who comes for what: the choices say when and where.
    fn listed(&self, booking: &Booking) -> String {
        let (reference, name) = (booking.reference.to_string(), booking.applicant.name.as_str());
        let service = self.short_service(&booking.slot.service);
        self.text("ask-bookings-line", args![reference = reference, name = name, service = service])
    }

    fn one_booking(&self, booking: &Booking) -> String {
        let mut text = vec![self.booking_lines(booking).join("\n")];
        text.extend(self.sample(booking));
        text.push(self.plain("ask-booking"));
        text.join("\n\n")
    }

    fn with_lines(&self, id: &str, lines: Vec<String>) -> String {
        format!("{}\n\n{}", self.plain(id), lines.join("\n"))
    }
}
