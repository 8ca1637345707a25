//! Many people who book by mail at the same time, each in their own time.

#![allow(dead_code, clippy::allow_attributes, reason = "each test file uses a part of it")]
#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests may")]

use std::collections::BTreeSet;
use std::thread;
use std::time::{Duration, Instant};

use crate::correspondent::{Client, OWN, Received, filled, first};
use crate::mailserver::{MailServer, Serving};

/// Somebody who books.
pub(crate) struct Applicant {
    pub(crate) address: String,
    identity: String,
    client: Client,
    seen: BTreeSet<String>,
    /// Identifiers of the slips that came.
    pub(crate) slips: BTreeSet<String>,
    /// References on them.
    pub(crate) references: BTreeSet<String>,
    /// All mails, repeats too.
    pub(crate) mails: usize,
    /// What could not be handed over yet.
    waiting: Vec<(String, Vec<u8>)>,
    /// When the last of their mails was handed over, and how long answers took.
    sent_at: Instant,
    pub(crate) waits: Vec<Duration>,
}

impl Applicant {
    pub(crate) fn new(number: usize) -> Applicant {
        let address = format!("pemohon{number}@example.com");
        let mut applicant = Applicant {
            identity: format!("A{:08}", 10_000_001 + number),
            client: Client::ALL.get(number % 11).copied().unwrap(),
            seen: BTreeSet::new(),
            slips: BTreeSet::new(),
            references: BTreeSet::new(),
            mails: 0,
            waiting: Vec::new(),
            sent_at: Instant::now(),
            waits: Vec::new(),
            address,
        };
        let mail = first(&applicant.address, "Temujanji", "Salam, saya nak buat temujanji");
        applicant.waiting.push((OWN.to_owned(), mail));
        applicant
    }

    /// Reads what has come and answers it; whether the slip is there.
    pub(crate) fn goes_on(&mut self, server: &MailServer) -> bool {
        let mails = server.mails(&self.address, "INBOX");
        self.mails = mails.len();
        for mail in mails {
            let mail = Received::read(&mail);
            if self.seen.insert(mail.id.clone()) {
                self.waits.push(self.sent_at.elapsed());
                self.answer(&mail);
            }
        }
        let waiting = std::mem::take(&mut self.waiting);
        for (to, mail) in waiting {
            match server.try_submit(&self.address, &to, &mail) {
                true => self.sent_at = Instant::now(),
                false => self.waiting.push((to, mail)),
            }
        }
        !self.slips.is_empty()
    }

    fn answer(&mut self, mail: &Received) {
        let reply = if mail.text.contains("telah disahkan") {
            self.slips.insert(mail.id.clone());
            let line = mail.text.lines().find(|line| line.starts_with("Nombor rujukan")).unwrap();
            self.references.insert(line.to_owned());
            return;
        } else if mail.text.contains("--- Borang ---") {
            let answers = [
                ("Nama", "Siti Aminah binti Ali"),
                ("No. pengenalan", self.identity.as_str()),
                ("Alamat", "No. 12, Jalan Mawar 3/4, 53100 Kuala Lumpur"),
                ("No. telefon", "012-345 6789"),
                ("Cawangan", "Jalan Duta"),
                ("Urusan", "pas pelajar"),
                ("Tarikh", "paling awal"),
                ("Masa", "paling awal"),
                ("Setuju terma (YA/TIDAK)", "ya"),
            ];
            self.client.reply(mail, &self.address, "", &filled(&mail.text, &answers))
        } else if mail.text.contains("Balas YA untuk mengesahkan") {
            self.client.reply(mail, &self.address, "Ya", &mail.text)
        } else {
            // The slot was gone: the first of those offered.
            self.client.reply(mail, &self.address, "1", &mail.text)
        };
        self.waiting.push((mail.reply_to.clone(), reply));
    }

    /// How many different mails came.
    pub(crate) fn seen(&self) -> usize {
        self.seen.len()
    }

    /// One appointment, one slip, and a repeat of a mail only under its own identifier.
    pub(crate) fn has_one_booking(&self) {
        assert_eq!(self.slips.len(), 1, "{}: slips {:?}", self.address, self.slips);
        assert_eq!(self.references.len(), 1, "{}: {:?}", self.address, self.references);
    }
}

/// Lets all go on once; how many have their slip.
pub(crate) fn go_on(applicants: &mut [Applicant], server: &MailServer) -> usize {
    applicants.iter_mut().map(|one| usize::from(one.goes_on(server))).sum()
}

/// Lets all go on until everybody has their slip.
pub(crate) fn until_done(
    applicants: &mut [Applicant],
    server: &MailServer,
    serving: &mut Serving,
    patience: Duration,
) {
    let start = Instant::now();
    loop {
        let done = go_on(applicants, server);
        if done == applicants.len() {
            return;
        }
        if start.elapsed() > patience {
            let stuck: Vec<_> = applicants.iter().filter(|one| one.slips.is_empty()).collect();
            let last = |one: &Applicant| {
                let mails = server.mails(&one.address, "INBOX");
                let text = mails.last().map(|mail| Received::read(mail).text).unwrap_or_default();
                format!(
                    "{} with {} mails, {} to send, the last:\n{text}\n",
                    one.address,
                    one.mails,
                    one.waiting.len()
                )
            };
            let stuck: String = stuck.into_iter().map(last).collect();
            panic!(
                "{done} of {} have their slip\n{stuck}\n{}\nrunning: {}\n{}",
                applicants.len(),
                server.logs(),
                serving.runs(),
                serving.log()
            );
        }
        thread::sleep(Duration::from_millis(50));
    }
}
