//! The lines that show what was given or booked.

use super::voice::Voice;
use crate::booking::{Address, Booking, Identity, IdentityKind};
use crate::dialogue::{Field, Given};
use crate::office::BranchCode;
use crate::slip::EARLY;
use crate::words::args;

impl Voice<'_> {
    /// What was just understood, said back.
    pub(super) fn took(&self, given: &[Given]) -> String {
        match given {
            [one] => self.text("given-one", args![line = self.given_line(one)]),
            several => [vec![self.plain("given-several")], self.given_lines(several)].concat().join("\n"),
        }
    }

    /// One line for each value given.
    pub(super) fn given_lines(&self, given: &[Given]) -> Vec<String> {
        given.iter().map(|one| self.given_line(one)).collect()
    }

    /// `Nama: Siti Aminah binti Ali`.
    pub(super) fn given_line(&self, given: &Given) -> String {
        self.line(&self.given_label(given), &self.given(given))
    }

    /// What a value is called; an identity number by its document.
    pub(super) fn given_label(&self, given: &Given) -> String {
        if let Given::Identity(identity) = given {
            return self.identity_kind(identity.kind());
        }
        self.label_of(given.field())
    }

    /// A value as it is shown back. Of an identity number only the end.
    pub(super) fn given(&self, given: &Given) -> String {
        match given {
            Given::Email(email) => email.as_str().to_owned(),
            Given::Name(name) => name.as_str().to_owned(),
            Given::Identity(identity) => identity.masked(),
            Given::Address(address) => one_line(address),
            Given::Phone(phone) => phone.display(),
            Given::State(code) => self.state(code),
            Given::Branch(code) => self.branch_in_full(code),
            Given::Service(code) => self.service(code),
            Given::Date(date) => self.date(*date),
            Given::Slot(time) => self.time(*time),
        }
    }

    /// `Pasport *****5678`.
    pub(super) fn document(&self, identity: &Identity) -> String {
        format!("{} {}", self.identity_kind(identity.kind()), identity.masked())
    }

    pub(super) fn identity_kind(&self, kind: IdentityKind) -> String {
        let kind = match kind {
            IdentityKind::MyKad => "mykad",
            IdentityKind::Passport => "passport",
            IdentityKind::Other => "other",
        };
        self.text("identity-kind", args![kind = kind])
    }

    pub(super) fn branch_in_full(&self, code: &BranchCode) -> String {
        self.office.branch(code).map_or_else(|| code.to_string(), |branch| branch.name.clone())
    }

    /// When and where, a line each, in the words of the slip.
    pub(super) fn appointment_lines(&self, booking: &Booking) -> Vec<String> {
        let slot = &booking.slot;
        let band = self.words.band(self.language, slot.time, booking.minutes);
        let be_there = slot.time.overflowing_sub_signed(EARLY).0;
        vec![
            self.line(&self.plain("slip-reference"), &booking.reference.to_string()),
            self.line(&self.plain("slip-queue"), &booking.queue.to_string()),
            self.line(&self.plain("slip-when"), &self.when(slot.date, &band)),
            self.line(&self.plain("slip-be-there"), &self.time(be_there)),
            self.line(&self.plain("slip-branch"), &self.branch_in_full(&slot.branch)),
        ]
    }

    /// Everything known of an appointment, a line each.
    pub(super) fn booking_lines(&self, booking: &Booking) -> Vec<String> {
        let slot = &booking.slot;
        let mut lines = self.appointment_lines(booking);
        if let Some(branch) = self.office.branch(&slot.branch) {
            lines.push(self.line(&self.label_of(Field::Address), &branch.address));
            lines.extend(branch.phone.iter().map(|phone| self.line(&self.plain("slip-phone"), phone)));
        }
        lines.extend([
            self.line(&self.plain("slip-service"), &self.service(&slot.service)),
            self.line(&self.plain("slip-name"), booking.applicant.name.as_str()),
            self.line(
                &self.identity_kind(booking.applicant.identity.kind()),
                &booking.applicant.identity.masked(),
            ),
        ]);
        lines
    }

    /// Says that details of the branch are made up, where they are.
    pub(super) fn sample(&self, booking: &Booking) -> Option<String> {
        let branch = self.office.branch(&booking.slot.branch)?;
        (!branch.samples.is_empty()).then(|| self.plain("booking-sample"))
    }

    /// Name and value of something on one line.
    pub(super) fn line(&self, label: &str, value: &str) -> String {
        self.text("given-line", args![label = label, value = value])
    }
}

/// An address typed on several lines, on one.
fn one_line(address: &Address) -> String {
    let lines = address.lines().map(|line| line.trim_end_matches([',', ' ']));
    lines.collect::<Vec<_>>().join(", ")
}
