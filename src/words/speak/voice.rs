//! One language, and the names of things in it.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use crate::booking::SlotKey;
use crate::dialogue::{Field, Language};
use crate::office::{BranchCode, MALAYSIA, Office, Reason, ServiceCode, StateCode};
use crate::words::{FluentValue, Words, args};

/// Speaks one language.
#[derive(Clone, Copy)]
pub(super) struct Voice<'a> {
    pub(super) words: &'a Words,
    pub(super) office: &'a Office,
    pub(super) language: Language,
}

impl<'a> Voice<'a> {
    pub(super) fn new(words: &'a Words, office: &'a Office, language: Language) -> Voice<'a> {
        Voice { words, office, language }
    }

    /// The message of that id.
    pub(super) fn text(&self, id: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        self.words.text(self.language, id, args)
    }

    /// A message that needs no arguments.
    pub(super) fn plain(&self, id: &str) -> String {
        self.text(id, args![])
    }

    pub(super) fn date(&self, date: NaiveDate) -> String {
        self.words.long_date(self.language, date)
    }

    pub(super) fn time(&self, time: NaiveTime) -> String {
        self.words.time(self.language, time)
    }

    /// The clock in Malaysia at an instant to come, with the day if that is not today.
    pub(super) fn until(&self, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
        let (at, now) = (at.with_timezone(&MALAYSIA), now.with_timezone(&MALAYSIA));
        if at.date_naive() == now.date_naive() {
            return self.time(at.time());
        }
        self.when(at.date_naive(), &self.time(at.time()))
    }

    /// The last day before an instant, as that of a block which ends at midnight.
    pub(super) fn last_day(&self, until: DateTime<Utc>) -> String {
        self.date((until - TimeDelta::seconds(1)).with_timezone(&MALAYSIA).date_naive())
    }

    /// A day with a time or a band of time.
    pub(super) fn when(&self, date: NaiveDate, time: &str) -> String {
        self.text("slot-when", args![date = self.date(date), time = time])
    }

    /// A day with a time, for a list or a button.
    pub(super) fn short_when(&self, slot: &SlotKey) -> String {
        let date = self.words.short_date(self.language, slot.date);
        self.text("slot-when", args![date = date, time = self.time(slot.time)])
    }

    /// What a field is called at the head of a line: `Nama`.
    pub(super) fn label_of(&self, field: Field) -> String {
        self.text("field-label", args![field = field.name()])
    }

    /// What a field is called in a sentence: `nama`.
    pub(super) fn name_of(&self, field: Field) -> String {
        self.text("field-name", args![field = field.name()])
    }

    pub(super) fn state(&self, code: &StateCode) -> String {
        match (self.office.state(code), self.language) {
            (Some(state), Language::Ms) => state.name_ms.clone(),
            (Some(state), Language::En) => state.name_en.clone(),
            (None, _) => code.to_string(),
        }
    }

    /// The branch's short name.
    pub(super) fn branch(&self, code: &BranchCode) -> String {
        self.office.branch(code).map_or_else(|| code.to_string(), |branch| branch.short.clone())
    }

    /// The service's full name.
    pub(super) fn service(&self, code: &ServiceCode) -> String {
        match (self.office.service(code), self.language) {
            (Some(service), Language::Ms) => service.name_ms.clone(),
            (Some(service), Language::En) => service.name_en.clone(),
            (None, _) => code.to_string(),
        }
    }

    /// The service's name for a button.
    pub(super) fn short_service(&self, code: &ServiceCode) -> String {
        match (self.office.service(code), self.language) {
            (Some(service), Language::Ms) => service.short_ms.clone(),
            (Some(service), Language::En) => service.short_en.clone(),
            (None, _) => code.to_string(),
        }
    }

    pub(super) fn reason<'r>(&self, reason: &'r Reason) -> &'r str {
        match self.language {
            Language::Ms => &reason.ms,
            Language::En => &reason.en,
        }
    }

    /// Day and time of a slot in a sentence.
    pub(super) fn slot(&self, slot: &SlotKey) -> String {
        self.when(slot.date, &self.time(slot.time))
    }
}
