//! The office and its people, for tests that read like chats: a real store in a temporary folder, a clock that the
//! test moves, and a transcript of everything said.

#![allow(dead_code, clippy::allow_attributes, reason = "each test file uses a part of the house")]
#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests may")]

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use rand::SeedableRng;
use rand::rngs::StdRng;
use tempfile::TempDir;
use temujanji::assistant::{Assistant, Handled, Incoming, Letter};
use temujanji::booking::Rules;
use temujanji::dialogue::{Event, Language, Proof};
use temujanji::keys::Keys;
use temujanji::office::{self, BranchCode, MALAYSIA, Office, Reason};
use temujanji::staff::{MemberId, Paper, Reach, Role};
use temujanji::store::{ClosingSpec, Contact, NewMember, Opened, Ordered, Outgoing, SqliteStore, Store};
use temujanji::words::Words;
use temujanji::words::speak::{self, Part};

/// One office with its people.
pub(crate) struct House {
    folder: TempDir,
    /// The database, open.
    pub(crate) store: Arc<dyn Store>,
    assistant: Assistant,
    office: Arc<Office>,
    /// The settings.
    pub(crate) rules: Rules,
    proof: Proof,
    now: DateTime<Utc>,
    deliveries: u64,
    last_code: Option<String>,
    /// Everything said so far.
    pub(crate) transcript: String,
}

impl House {
    /// A house with the built-in catalogue, at a local time such as `2026-11-23 09:00`.
    pub(crate) async fn at(local: &str) -> House {
        House::with(local, office::builtin(), Rules::default(), Proof::Code).await
    }

    /// A house with everything chosen.
    pub(crate) async fn with(local: &str, office: Office, rules: Rules, proof: Proof) -> House {
        let folder = tempfile::tempdir().unwrap();
        let now = instant(local);
        let store = open(&folder).await;
        store.import_office(&office, now).await.unwrap();
        let assistant = assistant(&store, &rules, proof, 1);
        House {
            folder,
            store,
            assistant,
            office: Arc::new(office),
            rules,
            proof,
            now,
            deliveries: 0,
            last_code: None,
            transcript: String::new(),
        }
    }

    /// The present instant.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Path of the database file.
    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("temujanji.db")
    }

    /// Lets time pass.
    pub(crate) fn wait(&mut self, length: TimeDelta) {
        self.now += length;
    }

    /// Changes the catalogue, as `office import` does.
    pub(crate) async fn import(&mut self, office: Office) {
        self.store.import_office(&office, self.now).await.unwrap();
        self.office = Arc::new(office);
    }

    /// Ends the process and starts another on the same database.
    pub(crate) async fn restart(&mut self) {
        self.store.close().await;
        self.store = open(&self.folder).await;
        self.assistant = assistant(&self.store, &self.rules, self.proof, self.deliveries);
    }

    /// A person opens the chat.
    pub(crate) async fn opens(&mut self, who: &str) -> Vec<Letter> {
        let _ = writeln!(self.transcript, "[{who} opens the chat]");
        self.hears(who, Event::Opened).await
    }

    /// A person writes. `{code}` stands for the code in the newest mail, `{wrong}` for another one.
    pub(crate) async fn says(&mut self, who: &str, text: &str) -> Vec<Letter> {
        let code = self.last_code.clone().unwrap_or_default();
        let wrong = if code == "000000" { "111111" } else { "000000" };
        let shown = text.replace('\n', "\n    ");
        let _ = writeln!(self.transcript, "{who}> {shown}");
        let text = text.replace("{code}", &code).replace("{wrong}", wrong);
        self.hears(who, Event::Text(text)).await
    }

    /// Somebody is invited to staff, and opens the link.
    pub(crate) async fn employs(&mut self, who: &str, role: Role, reach: &Reach) -> MemberId {
        let (invitation, until) = (format!("invitation of {who}"), self.now + TimeDelta::days(7));
        let new = NewMember { name: who, role, reach, invitation: &invitation, until };
        let member = self.store.invite(&new, self.now).await.unwrap();
        let _ = writeln!(self.transcript, "[{who} opens an invitation as {}]", role.name());
        self.hears(who, Event::Invited(invitation)).await;
        member
    }

    /// Something reaches the assistant in a conversation; what it answers is written down and given back.
    pub(crate) async fn hears(&mut self, who: &str, event: Event) -> Vec<Letter> {
        self.deliveries += 1;
        let delivery = format!("{}", self.deliveries);
        let sent = self.deliver(who, &delivery, event).await;
        let letters: Vec<Letter> = sent.iter().map(|out| serde_json::from_str(&out.body).unwrap()).collect();
        for (out, letter) in sent.iter().zip(&letters) {
            self.write_down(out, letter);
        }
        letters
    }

    /// The same with a delivery key of the test's choice, nothing written down.
    pub(crate) async fn deliver(&mut self, who: &str, delivery: &str, event: Event) -> Vec<Outgoing> {
        let from = Contact { channel: "terminal".into(), address: who.into() };
        let message = Incoming { from, delivery: delivery.into(), event };
        match self.assistant.handle(&message, self.now).await.unwrap() {
            Handled::Done(sent) => {
                let ids: Vec<_> = sent.iter().map(|out| out.id).collect();
                self.store.outbox_sent(&ids, self.now).await.unwrap();
                sent
            }
            Handled::Repeat => {
                let _ = writeln!(self.transcript, "[a repeat: nothing happens]");
                Vec::new()
            }
        }
    }

    /// Plays a script: `name> text`, and directives in brackets.
    pub(crate) async fn play(&mut self, script: &str) {
        for line in script.lines() {
            let line = line.trim_end();
            if let Some(directive) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                self.directive(directive).await;
            } else if let Some((who, text)) = line.split_once('>').filter(|(who, _)| *who != "bot") {
                let text = text.strip_prefix(' ').unwrap_or(text).replace("\\n", "\n");
                self.says(who, &text).await;
            } else if let Some(comment) = line.strip_prefix('#') {
                let _ = writeln!(self.transcript, "#{comment}");
            }
        }
    }

    async fn directive(&mut self, directive: &str) {
        match directive.split_once(' ') {
            Some((who, "opens the chat")) => {
                self.opens(who).await;
            }
            Some(("wait", minutes)) => {
                self.wait(TimeDelta::minutes(minutes.trim_end_matches("min").parse().unwrap()));
                let _ = writeln!(self.transcript, "[{directive}]");
            }
            Some((branch, days)) if days.starts_with("closes ") => {
                let _ = writeln!(self.transcript, "[{directive}]");
                let days: Vec<_> = days.split(' ').skip(1).collect();
                self.closes(branch, days.first().unwrap(), days.last().unwrap()).await;
            }
            None if directive == "restart" => {
                self.restart().await;
                let _ = writeln!(self.transcript, "[restart]");
            }
            _ => panic!("no such directive: [{directive}]"),
        }
    }

    /// Staff close a branch, and everybody concerned is told.
    pub(crate) async fn closes(&mut self, branch: &str, from: &str, to: &str) {
        let spec = ClosingSpec {
            branch: BranchCode::parse(branch).unwrap(),
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
            hours: None,
            reason: Reason { ms: "Banjir kilat".to_owned(), en: "Flash flood".to_owned() },
        };
        self.deliveries += 1;
        let staff = Contact { channel: "terminal".into(), address: "staff".into() };
        let opened = self.store.turn(&staff, &self.deliveries.to_string(), self.now).await.unwrap();
        let Opened::New(mut turn) = opened else { panic!("a delivery of its own is new") };
        let shown = turn.closing_preview(&spec).await.unwrap();
        let ordered = turn.order_closing(&spec, &shown.token, "staff 1").await.unwrap();
        assert!(matches!(ordered, Ordered::Ordered(_)));
        turn.commit().await.unwrap();
        self.does_errands().await;
    }

    /// What staff have ordered is carried out, and people are told what there is to tell them.
    pub(crate) async fn does_errands(&mut self) {
        loop {
            while self.store.closing_step(self.now).await.unwrap() {}
            let due = self.store.due_errands(32, self.now).await.unwrap();
            if due.is_empty() {
                self.office = self.store.office().await.unwrap().unwrap().1;
                return;
            }
            for errand in due {
                let to = errand.contact.clone().unwrap();
                let handled = self.assistant.run_errand(&errand, Some(&to), self.now).await.unwrap();
                let Handled::Done(mut sent) = handled else { panic!("an errand is done once") };
                sent.extend(self.store.claim_notices(&to.channel, 9, self.now).await.unwrap());
                let ids: Vec<_> = sent.iter().map(|out| out.id).collect();
                self.store.outbox_sent(&ids, self.now).await.unwrap();
                let _ = writeln!(self.transcript, "[news for {}]", to.address);
                for out in &sent {
                    self.write_down(out, &serde_json::from_str(&out.body).unwrap());
                }
            }
        }
    }

    fn write_down(&mut self, out: &Outgoing, letter: &Letter) {
        let words = Words::builtin();
        match letter {
            Letter::Talk { language, say } => {
                let message = speak::message(words, &self.office, *language, self.now, say);
                let text = plain(&message.parts);
                let _ = writeln!(self.transcript, "bot> {}", text.replace('\n', "\n     "));
            }
            Letter::Post { .. } => panic!("this house has no mailbox"),
            Letter::Code { code, .. } => {
                self.last_code = Some(code.clone());
                let _ = writeln!(self.transcript, "[mail to {}: a code]", out.to.address);
            }
            Letter::Slip { booking, .. } => {
                let _ = writeln!(self.transcript, "[mail to {}: slip {}]", out.to.address, booking.reference);
            }
            Letter::Cancelled { booking, .. } => {
                let _ = writeln!(
                    self.transcript,
                    "[mail to {}: {} cancelled]",
                    out.to.address, booking.reference
                );
            }
        }
    }
}

/// A message as the terminal would show it.
pub(crate) fn plain(parts: &[Part]) -> String {
    let mut text = String::new();
    let mut number = 0;
    for part in parts {
        match part {
            Part::Text(paragraph) => {
                let _ = writeln!(text, "{paragraph}");
            }
            Part::Choices { buttons, .. } => {
                for button in buttons {
                    number += 1;
                    let _ = writeln!(text, "  {number}. {}", button.label);
                }
            }
            Part::Files(booking) => {
                let _ = writeln!(text, "[files: slip {}]", booking.reference);
            }
            Part::Paper(paper) => {
                let what = match &**paper {
                    Paper::List { format, entries, .. } => {
                        format!("list of {} appointments as {}", entries.len(), format.ending())
                    }
                    Paper::Charts(_) => "pictures".to_owned(),
                };
                let _ = writeln!(text, "[file: {what}]");
            }
        }
    }
    text.trim_end().to_owned()
}

/// A local time in Malaysia as an instant.
pub(crate) fn instant(local: &str) -> DateTime<Utc> {
    let time = NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap();
    time.and_local_timezone(MALAYSIA).unwrap().to_utc()
}

async fn open(folder: &TempDir) -> Arc<dyn Store> {
    let keys = Keys::load_or_create(&folder.path().join("temujanji.keys")).unwrap();
    let store = SqliteStore::open(&folder.path().join("temujanji.db"), Arc::new(keys)).await.unwrap();
    Arc::new(store)
}

fn assistant(store: &Arc<dyn Store>, rules: &Rules, proof: Proof, seed: u64) -> Assistant {
    Assistant::new(store.clone(), rules.clone(), proof, StdRng::seed_from_u64(seed))
}

/// The language code, for names of golden files.
pub(crate) fn tag(language: Language) -> &'static str {
    language.name()
}
