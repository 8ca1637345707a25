//! `temujanji doctor`: tries every part for real.

mod mail;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveTime, Utc};
use clap::Args;
use rand::rngs::StdRng;
use temujanji::booking::{Reference, SlotKey};
use temujanji::channel::terminal::progress::Progress;
use temujanji::clock;
use temujanji::config::{Config, Database};
use temujanji::delivery::{make_folder, write_whole};
use temujanji::dialogue::Language;
use temujanji::keys::{Keys, KeysError};
use temujanji::office::{self, Office};
use temujanji::slip::{self, Slip};
use temujanji::store::Health;
use temujanji::words::Words;

use super::bot;
use super::open::{clocks_apart, connect, is_new};
use super::understand::today;
use super::{Failure, Outcome, wait_for};

/// Tries every part for real: settings, keys, database, catalogue, folders, a slip; says what is wrong and the mend
///
/// Changes nothing; with mail servers configured it sends the assistant's own mailbox a mail or two, and looks whether
/// they arrive. Exit code 1 when something has to be mended.
#[derive(Args)]
pub(super) struct Doctor {}

/// What a look at one part found.
enum Finding {
    Good(String),
    /// Nothing is broken, but it should be known.
    Note(String),
    /// To be mended; says how.
    Bad(String),
}

use Finding::{Bad, Good, Note};

impl Doctor {
    pub(super) fn run(self, config: &Config) -> Outcome {
        let findings = wait_for(async { Ok::<_, Failure>(look(config, clock::now()).await) })?;
        let mut out = anstream::stdout().lock();
        let mut bad = 0;
        for (part, finding) in &findings {
            let (mark, text) = match finding {
                Good(text) => ("ok  ", text),
                Note(text) => ("note", text),
                Bad(text) => {
                    bad += 1;
                    ("BAD ", text)
                }
            };
            writeln!(out, "{mark}  {part:<9}  {text}")?;
        }
        Ok(if bad == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

async fn look(config: &Config, now: DateTime<Utc>) -> Vec<(&'static str, Finding)> {
    let mut findings = vec![("settings", Good("in order".to_owned()))];
    let path = config.keys_file();
    let keys = Keys::load(&path).map(Arc::new);
    let (new, unreachable) = match is_new(&config.database).await {
        Ok(new) => (new, None),
        Err(error) => (false, Some(error)),
    };
    findings.push((
        "keys",
        match &keys {
            Ok(_) => Good(path.display().to_string()),
            Err(KeysError::Missing { .. }) if new => {
                Note(format!("{} is made on the first start", path.display()))
            }
            Err(error) => Bad(error.to_string()),
        },
    ));
    let mut catalogue = None;
    if let Some(error) = unreachable {
        findings.push(("database", Bad(error.to_string())));
    } else if new {
        let made = match &config.database {
            Database::Sqlite(file) => writable(file.parent().unwrap_or(Path::new("")))
                .map(|()| format!("{} is made on the first start", file.display())),
            Database::Postgres(url) => Ok(format!("{url} answers; its tables are made on the first start")),
        };
        findings.push(("database", made.map_or_else(Bad, Note)));
    } else if let Ok(keys) = &keys {
        let _progress = Progress::start("reading the database");
        let (found, office) = database(config, keys).await;
        findings.extend(found.into_iter().map(|finding| ("database", finding)));
        catalogue = office;
    }
    let catalogue = catalogue.unwrap_or_else(|| Arc::new(office::builtin()));
    findings.extend(offices(config, &catalogue, now).into_iter().map(|finding| ("catalogue", finding)));
    if config.mail.imap.is_some() || config.mail.smtp.is_some() {
        let _progress = Progress::start("waiting for a mail");
        findings.extend(mail::mail(config).await.into_iter().map(|finding| ("mail", finding)));
    }
    let mut folders = vec![("slips", config.slips_folder())];
    if config.mail.smtp.is_none() {
        folders.insert(0, ("mail", config.mail_folder()));
    }
    for (part, folder) in folders {
        let good = Good(format!("saved in {}", folder.display()));
        findings.push((part, writable(&folder).map_or_else(Bad, |()| good)));
    }
    let asking = Progress::start("asking Telegram");
    findings.extend(bot::look(config).await.into_iter().map(|finding| {
        let finding = match finding {
            Ok(bot::Seen::Good(text)) => Good(text),
            Ok(bot::Seen::Note(text)) => Note(text),
            Err(text) => Bad(text),
        };
        ("telegram", finding)
    }));
    drop(asking);
    if let Ok(keys) = &keys {
        let _progress = Progress::start("typesetting a slip");
        let good = Good("one was typeset, signed and checked".to_owned());
        findings.push(("slip", typeset(config, keys, &catalogue, now).map_or_else(Bad, |()| good)));
    }
    findings
}

async fn database(config: &Config, keys: &Arc<Keys>) -> (Vec<Finding>, Option<Arc<Office>>) {
    let store = match connect(config, &config.database, keys).await {
        Ok(store) => store,
        Err(error) => return (vec![Bad(error.to_string())], None),
    };
    let office = match store.office().await {
        Ok(found) => found.map(|(_, office)| office),
        Err(error) => return (vec![Bad(error.to_string())], None),
    };
    let found = match store.health(true).await {
        Ok(health) => judge(config, &health),
        Err(error) => vec![Bad(error.to_string())],
    };
    store.close().await;
    (found, office)
}

fn judge(config: &Config, health: &Health) -> Vec<Finding> {
    let Health { database, time: _, schema, office, waiting, waiting_since, given_up, damage } = health;
    let mut found: Vec<_> =
        damage.iter().map(|what| Bad(format!("{what}: stop the program and restore the back-up"))).collect();
    if damage.is_empty() {
        found.push(Good(format!("{}, {database}, schema {schema}", config.database)));
    }
    found.extend(clocks_apart(health, clock::now()).map(Bad));
    if office.is_none() {
        found.push(Note("it has no catalogue yet: `temujanji chat` brings in the built-in one".to_owned()));
    }
    if let (1.., Some(since)) = (waiting, waiting_since) {
        let since = since.with_timezone(&office::MALAYSIA).format("%Y-%m-%d %H:%M");
        found.push(Note(format!("messages waiting to be sent: {waiting}, the oldest since {since}")));
    }
    if *given_up > 0 {
        found.push(Note(format!(
            "messages that could not be sent and were given up: {given_up}; the log says why"
        )));
    }
    found
}

fn offices(config: &Config, catalogue: &Office, now: DateTime<Utc>) -> Vec<Finding> {
    let (branches, services) = (catalogue.branches().count(), catalogue.services().count());
    let mut found = vec![Good(format!("{branches} branches, {services} services"))];
    if branches == 0 || services == 0 {
        found = vec![Bad(
            "nothing can be booked: bring in branches with `temujanji office import DIR`".to_owned()
        )];
    }
    let samples = catalogue.branches().filter(|branch| !branch.samples.is_empty()).count();
    if samples > 0 {
        found.push(Note(format!("{samples} branches have sample data; slips say so")));
    }
    let (first, last) = config.booking.window(today(now));
    for year in (first.year()..=last.year()).filter(|year| !catalogue.holidays_known(*year)) {
        found.push(Bad(format!(
            "the public holidays of {year} are missing, and its days can be booked: add them to holidays.csv and bring \
             it in with `temujanji office import DIR`"
        )));
    }
    found
}

/// Tries to write into a folder; one that had to be made for it is taken away again.
fn writable(folder: &Path) -> Result<(), String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let new = !folder.exists();
    let file = folder.join(format!(".temujanji-doctor-{}", std::process::id()));
    let tried = make_folder(folder).and_then(|()| write_whole(&file, b"can this be written?"));
    let tried = tried.and_then(|()| fs::remove_file(&file));
    if new {
        // Only when it is empty, and so ours.
        let _ = fs::remove_dir(folder);
    }
    tried.map_err(|error| {
        format!(
            "{} cannot be written ({error}): let the user who runs temujanji write there",
            folder.display()
        )
    })
}

fn typeset(config: &Config, keys: &Keys, catalogue: &Office, now: DateTime<Utc>) -> Result<(), String> {
    let (Some(branch), Some(service)) = (catalogue.branches().next(), catalogue.services().next()) else {
        return Err("there is no branch to write on it".to_owned());
    };
    let slip = Slip {
        reference: Reference::generate(&mut rand::make_rng::<StdRng>()),
        sequence: 0,
        queue: 1,
        name: "Nama Contoh".to_owned(),
        identity_masked: "******-**-0000".to_owned(),
        branch_name: branch.name.clone(),
        branch_address: branch.address.clone(),
        branch_phone: branch.phone.clone(),
        service_name: service.name_ms.clone(),
        key: SlotKey {
            branch: branch.code.clone(),
            service: service.code.clone(),
            date: today(now),
            time: NaiveTime::MIN,
        },
        minutes: 60,
        issued_at: now,
        language: Language::Ms,
        email_proved: true,
        sample: true,
        bot: config.telegram.clone(),
    };
    slip::pdf(&slip, keys, Words::builtin()).map_err(|error| error.to_string())?;
    let verified =
        slip::verify(&slip::code(&slip, keys), &keys.public()).map_err(|error| error.to_string())?;
    if verified.reference == slip.reference {
        Ok(())
    } else {
        Err("its code names another reference".to_owned())
    }
}
