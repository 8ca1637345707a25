//! What a slip says, in words. Page, picture and text all say the same.

use chrono::{DateTime, TimeZone, Utc};
use serde::Serialize;

use super::Slip;
use crate::dialogue::Language;
use crate::office::MALAYSIA;
use crate::words::{FluentValue, Words, args};

/// The words of one slip, as the template reads them.
#[derive(Serialize)]
pub(super) struct Content {
    pub(super) language: &'static str,
    pub(super) title: String,
    pub(super) department: String,
    pub(super) reference: Labelled,
    pub(super) queue: Labelled,
    pub(super) when: Labelled,
    pub(super) time: String,
    pub(super) be_there: Labelled,
    pub(super) name: Labelled,
    pub(super) identity: Labelled,
    pub(super) service: Labelled,
    pub(super) branch: Labelled,
    pub(super) address: String,
    pub(super) phone: Option<Labelled>,
    pub(super) bring: Section,
    pub(super) terms: Section,
    pub(super) change: Section,
    pub(super) code: String,
    pub(super) code_alt: String,
    pub(super) free: String,
    pub(super) notes: Vec<String>,
    pub(super) issued: String,
}

#[derive(Serialize)]
pub(super) struct Labelled {
    pub(super) label: String,
    pub(super) value: String,
}

#[derive(Serialize)]
pub(super) struct Section {
    pub(super) title: String,
    pub(super) points: Vec<String>,
}

impl Content {
    pub(super) fn of(slip: &Slip, words: &Words) -> Content {
        let say = Phrases { language: slip.language, words };
        let reference = slip.reference.to_string();
        Content {
            language: slip.language.name(),
            title: say.plain("slip-title"),
            department: say.plain("slip-department"),
            code_alt: say.with("slip-code-alt", args![reference = reference.as_str()]),
            reference: say.labelled("slip-reference", reference),
            queue: say.labelled("slip-queue", slip.queue.to_string()),
            when: say.labelled("slip-when", words.long_date(slip.language, slip.key.date)),
            time: words.band(slip.language, slip.key.time, slip.minutes),
            be_there: say.labelled("slip-be-there", words.time(slip.language, slip.be_there())),
            name: say.labelled("slip-name", slip.name.clone()),
            identity: say.labelled("slip-identity", slip.identity_masked.clone()),
            service: say.labelled("slip-service", slip.service_name.clone()),
            branch: say.labelled("slip-branch", slip.branch_name.clone()),
            address: slip.branch_address.clone(),
            phone: slip.branch_phone.clone().map(|phone| say.labelled("slip-phone", phone)),
            bring: say.section(
                "slip-bring",
                &["slip-bring-slip", "slip-bring-identity", "slip-bring-documents", "slip-bring-card"],
            ),
            terms: say
                .section("slip-terms", &["slip-terms-late", "slip-terms-truth", "slip-terms-incomplete"]),
            change: Section {
                title: say.plain("slip-change"),
                points: vec![say.change(slip.bot.as_deref())],
            },
            code: say.plain("slip-code"),
            free: say.plain("slip-free"),
            notes: say.notes(slip),
            issued: say.issued(slip.issued_at),
        }
    }
}

/// Puts messages into one slip's language.
struct Phrases<'a> {
    language: Language,
    words: &'a Words,
}

impl Phrases<'_> {
    fn plain(&self, id: &str) -> String {
        self.with(id, &[])
    }

    fn with(&self, id: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        self.words.text(self.language, id, args)
    }

    fn labelled(&self, id: &str, value: String) -> Labelled {
        Labelled { label: self.plain(id), value }
    }

    fn section(&self, title: &str, points: &[&str]) -> Section {
        Section { title: self.plain(title), points: points.iter().map(|id| self.plain(id)).collect() }
    }

    fn change(&self, bot: Option<&str>) -> String {
        match bot {
            Some(bot) => self.with("slip-change-telegram", args![bot = bot]),
            None => self.plain("slip-change-how"),
        }
    }

    fn notes(&self, slip: &Slip) -> Vec<String> {
        let notes = [
            (slip.sequence > 0, "slip-moved"),
            (!slip.email_proved, "slip-unproved"),
            (slip.sample, "slip-sample"),
        ];
        notes.into_iter().filter(|(applies, _)| *applies).map(|(_, id)| self.plain(id)).collect()
    }

    fn issued(&self, at: DateTime<Utc>) -> String {
        let at = MALAYSIA.from_utc_datetime(&at.naive_utc());
        let date = self.words.long_date(self.language, at.date_naive());
        self.with("slip-issued", args![date = date, time = self.words.time(self.language, at.time())])
    }
}

/// The slip as plain text, for the terminal and the text part of a mail.
pub fn text(slip: &Slip, words: &Words) -> String {
    let content = Content::of(slip, words);
    let mut lines = vec![content.title, content.department, String::new()];
    let line = |Labelled { label, value }: Labelled| format!("{label}: {value}");
    lines.extend([content.queue, content.reference].map(line));
    lines.push(format!("{}: {}, {}", content.when.label, content.when.value, content.time));
    lines.push(line(content.be_there));
    lines.push(String::new());
    lines.extend([content.name, content.identity, content.service, content.branch].map(line));
    lines.extend(content.address.lines().map(str::to_owned));
    lines.extend(content.phone.map(line));
    for Section { title, points } in [content.bring, content.terms, content.change] {
        lines.extend([String::new(), title]);
        lines.extend(points.into_iter().map(|point| format!("- {point}")));
    }
    lines.push(String::new());
    lines.push(content.free);
    lines.extend(content.notes);
    lines.push(content.issued);
    lines.join("\n") + "\n"
}
