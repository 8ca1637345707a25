//! The assistant's mailroom without servers: a mail goes in, the answer comes out as it would be sent.

#![allow(dead_code, clippy::allow_attributes, reason = "each test file uses a part of it")]
#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests may")]

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use rand::SeedableRng;
use rand::rngs::StdRng;
use tempfile::TempDir;
use temujanji::assistant::{Assistant, Handled, Incoming, Letter};
use temujanji::booking::Rules;
use temujanji::channel::email::read::Own;
use temujanji::channel::email::{Mailroom, Verdict};
use temujanji::delivery::mail::Composer;
use temujanji::delivery::slips::Slips;
use temujanji::dialogue::{Event, Language, Proof, Say};
use temujanji::errands::reached_at;
use temujanji::keys::Keys;
use temujanji::office::{self, BranchCode, MALAYSIA, Office, Reason};
use temujanji::store::{ClosingSpec, Contact, Opened, Ordered, Outgoing, SqliteStore, Store};
use temujanji::words::Words;
use temujanji::words::speak::{self, Message, Part};

use crate::correspondent::{OWN, Received};

/// A complete and correct form, in Malay.
pub(crate) const ANSWERS: &[(&str, &str)] = &[
    ("Nama", "Siti Nur'ain binti Dato' Ali"),
    ("No. pengenalan", "900101-14-5551"),
    ("Alamat", "No. 12, Jalan Mawar 3/4, Taman Melati, 53100 Kuala Lumpur"),
    ("No. telefon", "012-345 6789"),
    ("Cawangan", "Jalan Duta"),
    ("Urusan", "pas pelajar"),
    ("Tarikh", "5 Januari 2027"),
    ("Masa", "9.00 pagi"),
    ("Setuju terma (YA/TIDAK)", "YA"),
];

/// A mailroom with a clock that the test moves.
pub(crate) struct Postroom {
    folder: TempDir,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) assistant: Arc<Assistant>,
    pub(crate) mailroom: Mailroom,
    composer: Composer,
    pub(crate) office: Arc<Office>,
    pub(crate) now: DateTime<Utc>,
    /// The code in the newest mail with one.
    pub(crate) code: String,
    /// The mails that chats have caused: codes, slips, news of cancellations.
    pub(crate) mailed: Vec<Received>,
    deliveries: u64,
}

impl Postroom {
    /// With the built-in catalogue, at a local time such as `2026-11-23 09:00`.
    pub(crate) async fn at(local: &str) -> Postroom {
        Postroom::with(local, Rules::default(), true).await
    }

    pub(crate) async fn with(local: &str, rules: Rules, plus_addresses: bool) -> Postroom {
        let folder = tempfile::tempdir().unwrap();
        let time = NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap();
        let now = time.and_local_timezone(MALAYSIA).unwrap().to_utc();
        let keys = Arc::new(Keys::load_or_create(&folder.path().join("temujanji.keys")).unwrap());
        let store: Arc<dyn Store> =
            Arc::new(SqliteStore::open(&folder.path().join("temujanji.db"), keys.clone()).await.unwrap());
        let office = office::builtin();
        store.import_office(&office, now).await.unwrap();
        let assistant = Assistant::new(store.clone(), rules, Proof::Code, StdRng::seed_from_u64(1));
        let assistant = Arc::new(assistant.reading_mail(true));
        let own: lettre::Address = OWN.parse().unwrap();
        let composer = Composer::new(own.clone(), keys.clone(), Slips::new(keys.clone(), None))
            .named("Temujanji", plus_addresses);
        let mailroom = Mailroom::new(assistant.clone(), store.clone(), keys, Own::new(&own));
        Postroom {
            folder,
            store,
            assistant,
            mailroom,
            composer,
            office: Arc::new(office),
            now,
            code: String::new(),
            mailed: Vec::new(),
            deliveries: 0,
        }
    }

    /// A mail comes in; the answer, if there is one.
    pub(crate) async fn send(&mut self, mail: &[u8]) -> Option<Received> {
        match self.take(mail).await {
            Verdict::Handled(answers) if answers.is_empty() => None,
            Verdict::Handled(answers) => Some(self.compose(&answers).await),
            Verdict::Refused(why) => panic!("refused: {why}"),
        }
    }

    /// The one mail of these, as it is sent.
    pub(crate) async fn compose(&self, answers: &[Outgoing]) -> Received {
        let ids: Vec<_> = answers.iter().map(|answer| answer.id).collect();
        self.store.outbox_sent(&ids, self.now).await.unwrap();
        assert_eq!(answers.len(), 1, "one mail gets one answer");
        Received::read(&self.composer.compose(answers.first().unwrap(), &self.office, self.now).unwrap())
    }

    /// Staff close Jalan Duta on these days of January 2027; what its people are told by mail, in the order of booking.
    pub(crate) async fn closes(&mut self, from: u32, to: u32) -> Vec<Received> {
        let day = |day| NaiveDate::from_ymd_opt(2027, 1, day).unwrap();
        let spec = ClosingSpec {
            branch: BranchCode::parse("KUL-DUTA").unwrap(),
            from: day(from),
            to: day(to),
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
        while self.store.closing_step(self.now).await.unwrap() {}
        self.office = self.store.office().await.unwrap().unwrap().1;
        let mut mails = Vec::new();
        loop {
            let due = self.store.due_errands(32, self.now).await.unwrap();
            if due.is_empty() {
                return mails;
            }
            for errand in due {
                let to = reached_at(&errand);
                let handled = self.assistant.run_errand(&errand, to.as_ref(), self.now).await.unwrap();
                let Handled::Done(mut sent) = handled else { panic!("an errand is done once") };
                sent.extend(self.store.claim_notices("email", 9, self.now).await.unwrap());
                if !sent.is_empty() {
                    mails.push(self.compose(&sent).await);
                }
            }
        }
    }

    /// What becomes of a mail.
    pub(crate) async fn take(&mut self, mail: &[u8]) -> Verdict {
        self.mailroom.take(mail.to_vec(), self.now).await.unwrap()
    }

    /// Somebody writes in a chat; what is answered there.
    pub(crate) async fn chats(&mut self, who: &str, text: &str) -> String {
        self.deliveries += 1;
        if self.deliveries == 1 {
            self.hears(who, Event::Opened).await;
        }
        self.hears(who, Event::Text(text.to_owned())).await
    }

    async fn hears(&mut self, who: &str, event: Event) -> String {
        self.deliveries += 1;
        let from = Contact { channel: "terminal".into(), address: who.into() };
        let message = Incoming { from, delivery: self.deliveries.to_string(), event };
        let Handled::Done(sent) = self.assistant.handle(&message, self.now).await.unwrap() else {
            panic!("a repeat")
        };
        let ids: Vec<_> = sent.iter().map(|out| out.id).collect();
        self.store.outbox_sent(&ids, self.now).await.unwrap();
        let mut said = String::new();
        for out in &sent {
            let letter = serde_json::from_str(&out.body).unwrap();
            if !matches!(letter, Letter::Talk { .. }) {
                let mail = self.composer.compose(out, &self.office, self.now).unwrap();
                self.mailed.push(Received::read(&mail));
            }
            match letter {
                Letter::Talk { language, say } => {
                    for part in message_of(&self.office, language, self.now, &say).parts {
                        if let Part::Text(text) = part {
                            said.push_str(&text);
                            said.push('\n');
                        }
                    }
                }
                Letter::Code { code, .. } => self.code = code,
                Letter::Post { .. } | Letter::Slip { .. } | Letter::Cancelled { .. } => {}
            }
        }
        said
    }

    pub(crate) fn wait(&mut self, length: TimeDelta) {
        self.now += length;
    }

    /// How many appointments there are on 5 January 2027 at Jalan Duta.
    pub(crate) async fn bookings(&self) -> usize {
        let branch = BranchCode::parse("KUL-DUTA").unwrap();
        let day = NaiveDate::from_ymd_opt(2027, 1, 5).unwrap();
        self.store.appointments(&branch, day).await.unwrap().len()
    }

    /// The database file.
    pub(crate) fn database(&self) -> std::path::PathBuf {
        self.folder.path().join("temujanji.db")
    }
}

fn message_of(office: &Office, language: Option<Language>, now: DateTime<Utc>, say: &[Say]) -> Message {
    speak::message(Words::builtin(), office, language, now, say)
}
