//! The conversation in a terminal, or through a pipe.

mod input;
pub mod progress;
mod screen;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use self::input::Input;
use self::progress::Progress;
use self::screen::Screen;
use crate::assistant::{Assistant, Handled, Incoming, Letter};
use crate::booking::Booking;
use crate::delivery::papers;
use crate::delivery::slips::{Slips, file_name};
use crate::delivery::worker::{Fate, Worker};
use crate::delivery::{Sent, make_folder, write_whole};
use crate::dialogue::{Event, Language};
use crate::office::Office;
use crate::slip::{Method, Slip};
use crate::staff::Paper;
use crate::store::{Contact, LEASE, Outgoing, Store, StoreError};
use crate::words::speak::{self, Part};
use crate::words::{FluentValue, Words, args};

/// Channel of the terminal in the outbox.
pub const TERMINAL: &str = "terminal";

/// How often an answer that another window still holds is looked for.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// How long one waits for a database that is away.
const PATIENCE: Duration = Duration::from_secs(60);

/// Most messages taken from the outbox at a time.
const BATCH: u32 = 100;

/// What a terminal needs.
pub struct Parts {
    /// Who handles messages.
    pub assistant: Assistant,
    /// The database.
    pub store: Arc<dyn Store>,
    /// Who sends the mail.
    pub worker: Worker,
    /// Who makes slips.
    pub slips: Slips,
    /// Where slips are saved.
    pub slips_folder: PathBuf,
    /// The clock.
    pub clock: fn() -> DateTime<Utc>,
}

/// A terminal in which one person talks.
pub struct Terminal {
    parts: Parts,
    from: Contact,
    input: Input,
    screen: Screen,
    /// In which the terminal's own lines are; that of the last answer.
    language: Language,
}

impl Terminal {
    /// A terminal on standard input and output, in which `name` talks.
    pub fn open(parts: Parts, name: &str) -> Terminal {
        Terminal {
            parts,
            from: Contact { channel: TERMINAL.to_owned(), address: name.to_owned() },
            input: Input::open(),
            screen: Screen::new(Box::new(anstream::stdout())),
            language: Language::default(),
        }
    }

    /// Talks until the person leaves or the input ends; `opening` is what it begins with.
    ///
    /// # Errors
    ///
    /// When nothing can be read or shown any more.
    pub async fn run(mut self, opening: Event) -> io::Result<()> {
        self.screen.fit(self.input.width());
        self.turn(opening).await?;
        while let Some(text) = self.input.message().await? {
            self.screen.fit(self.input.width());
            self.turn(Event::Text(text)).await?;
        }
        if self.input.is_keyboard() {
            self.screen.gap()?;
            let bye = self.text("terminal-bye", args![]);
            self.screen.note(&bye)?;
        }
        Ok(())
    }

    /// One message and its answers. A turn that fails is told and does not end the conversation.
    async fn turn(&mut self, event: Event) -> io::Result<()> {
        let message = Incoming { from: self.from.clone(), delivery: Uuid::now_v7().to_string(), event };
        match self.answer(&message).await {
            Ok(()) => Ok(()),
            Err(Trouble::Io(error)) => Err(error),
            Err(Trouble::Store(error)) => {
                tracing::error!(%error, "a turn failed");
                let sorry = self.text("fault", args![]);
                self.screen.trouble(&sorry)?;
                self.screen.note(&error.to_string())?;
                self.screen.gap()
            }
        }
    }

    /// The answers are noted as sent before they are shown: a terminal that ends in between is opened again, and the
    /// dialogue then repeats where it stood. Noted after, they would belong to the ended process for a while.
    async fn answer(&mut self, message: &Incoming) -> Result<(), Trouble> {
        let now = (self.parts.clock)();
        let (parts, screen, language) = (&self.parts, &mut self.screen, self.language);
        let one_moment = || {
            let moment = Words::builtin().text(language, "one-moment", args![]);
            // A screen that is gone is noticed at the answer.
            let _ = screen.note(&moment);
        };
        let handling = parts.assistant.handle_patiently(message, parts.clock, PATIENCE, one_moment);
        let (talk, mail): (Vec<_>, Vec<_>) = match handling.await? {
            Handled::Done(sent) => sent.into_iter().partition(|out| out.to.channel == TERMINAL),
            Handled::Repeat => return Ok(()),
        };
        let noted = self.note_sent(&talk, now).await;
        let working = (!mail.is_empty()).then(|| Progress::start(self.text("terminal-working", args![])));
        let fates = self.parts.worker.send(&mail, now).await;
        drop(working);
        for out in &talk {
            self.show(out, now).await?;
        }
        noted?;
        self.report(&fates?)?;
        if talk.is_empty() {
            self.wait_for_answer().await?;
        }
        let fates = self.parts.worker.round(now).await?;
        Ok(self.report(&fates)?)
    }

    /// Waits for an answer that stands behind one which an ended process, or another window of the same name, has yet
    /// to show. Answers to others are left in the outbox.
    async fn wait_for_answer(&mut self) -> Result<(), Trouble> {
        let last = (self.parts.clock)() + LEASE;
        let mut told = false;
        let mut found = false;
        loop {
            let now = (self.parts.clock)();
            let waiting = self.parts.store.claim_outbox(&[TERMINAL], BATCH, now).await?;
            let (mine, others): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|out| out.to == self.from);
            for out in &others {
                if out.body.is_empty() {
                    self.parts.store.outbox_gave_up(out.id, "it cannot be read", now).await?;
                } else {
                    self.parts.store.outbox_retry(out.id, now, "its person is not here").await?;
                }
            }
            self.note_sent(&mine, now).await?;
            for out in &mine {
                self.show(out, now).await?;
            }
            found |= !mine.is_empty();
            if mine.is_empty() && (found || now > last) {
                return Ok(());
            }
            if mine.is_empty() && !told {
                let waiting = self.text("terminal-waiting", args![]);
                self.screen.note(&waiting)?;
                told = true;
            }
            if mine.is_empty() {
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        }
    }

    async fn note_sent(&self, messages: &[Outgoing], now: DateTime<Utc>) -> Result<(), StoreError> {
        let ids: Vec<_> = messages.iter().map(|out| out.id).collect();
        if ids.is_empty() { Ok(()) } else { self.parts.store.outbox_sent(&ids, now).await }
    }

    /// Shows an answer, and saves the slips that belong to it.
    async fn show(&mut self, out: &Outgoing, now: DateTime<Utc>) -> Result<(), Trouble> {
        let office = match self.parts.store.office().await? {
            Some((_, office)) => office,
            None => return Err(StoreError::NoOffice.into()),
        };
        let Ok(Letter::Talk { language, say }) = serde_json::from_str(&out.body) else {
            tracing::error!(outbox.id = %out.id, "an answer in the outbox cannot be read");
            return Ok(());
        };
        self.language = language.unwrap_or_default();
        let message = speak::message(Words::builtin(), &office, language, now, &say);
        for part in &message.parts {
            match part {
                Part::Text(text) => self.screen.paragraph(text)?,
                Part::Choices { buttons, .. } => self.screen.choices(buttons)?,
                Part::Files(booking) => self.save_slip(booking, &office).await?,
                Part::Paper(paper) => self.save_paper(paper, &office).await?,
            }
        }
        Ok(())
    }

    /// The slip as text on the screen, and its files in the folder. That they cannot be saved harms no booking.
    async fn save_slip(&mut self, booking: &Booking, office: &Office) -> io::Result<()> {
        let slip = self.parts.slips.of(booking, office);
        self.screen.paragraph(self.parts.slips.text(&slip).trim_end())?;
        let (slips, folder) = (self.parts.slips.clone(), self.parts.slips_folder.clone());
        let working = Progress::start(self.text("terminal-working", args![]));
        let saving = tokio::task::spawn_blocking(move || save_files(&slips, &slip, &folder));
        let saved = saving.await.unwrap_or_else(|_| Err("typesetting broke down".to_owned()));
        drop(working);
        self.say_where(saved)
    }

    /// Names the files that were saved, or why they were not.
    fn say_where(&mut self, saved: Result<Vec<PathBuf>, String>) -> io::Result<()> {
        match saved {
            Ok(files) => {
                for file in files {
                    let saved = self.text("terminal-slip-saved", args![path = file.display().to_string()]);
                    self.screen.note(&saved)?;
                }
            }
            Err(why) => {
                tracing::error!(error = why, "a slip was not saved");
                let failed = self.text("terminal-slip-failed", args![why = why]);
                self.screen.trouble(&failed)?;
            }
        }
        self.screen.gap()
    }

    /// A file for staff, in the folder of the slips.
    async fn save_paper(&mut self, paper: &Paper, office: &Office) -> io::Result<()> {
        let (paper, office, language) = (paper.clone(), office.clone(), self.language);
        let folder = self.parts.slips_folder.clone();
        let saving = tokio::task::spawn_blocking(move || {
            let made = papers::make(&paper, &office, language).map_err(|error| error.to_string())?;
            save_all(&folder, made.into_iter().map(|made| (made.name, made.bytes)))
        });
        let saved = saving.await.unwrap_or_else(|_| Err("typesetting broke down".to_owned()));
        self.say_where(saved)
    }

    /// Says where mail was saved, and what was not.
    fn report(&mut self, fates: &[Fate]) -> io::Result<()> {
        for fate in fates {
            match fate {
                Fate::Sent(Sent { file: Some(file) }) => {
                    let saved = self.text("terminal-mail-saved", args![path = file.display().to_string()]);
                    self.screen.note(&saved)?;
                }
                Fate::Sent(Sent { file: None }) => {}
                Fate::Later { error, .. } => {
                    let later = self.text("terminal-mail-later", args![why = error.as_str()]);
                    self.screen.trouble(&later)?;
                }
                Fate::GivenUp { error } => {
                    let lost = self.text("terminal-mail-given-up", args![why = error.as_str()]);
                    self.screen.trouble(&lost)?;
                }
            }
        }
        if fates.is_empty() { Ok(()) } else { self.screen.gap() }
    }

    fn text(&self, id: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        Words::builtin().text(self.language, id, args)
    }
}

/// Saves PDF and calendar entry; what went wrong comes back in words for the person.
fn save_files(slips: &Slips, slip: &Slip, folder: &Path) -> Result<Vec<PathBuf>, String> {
    let contents = [
        ("pdf", slips.pdf(slip).map_err(|error| error.to_string())?),
        ("ics", slips.ics(slip, Method::Publish).into_bytes()),
    ];
    save_all(folder, contents.into_iter().map(|(ending, contents)| (file_name(slip, ending), contents)))
}

fn save_all(folder: &Path, files: impl Iterator<Item = (String, Vec<u8>)>) -> Result<Vec<PathBuf>, String> {
    make_folder(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let save = |(name, contents): (String, Vec<u8>)| {
        let path = folder.join(name);
        write_whole(&path, &contents).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(path)
    };
    files.map(save).collect()
}

/// What can go wrong in a turn.
enum Trouble {
    Io(io::Error),
    Store(StoreError),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Trouble {
        Trouble::Io(error)
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Trouble {
        Trouble::Store(error)
    }
}
