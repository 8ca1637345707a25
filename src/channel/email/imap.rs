//! The connection to a mailbox. Neither EOF nor a frozen server may pass for a quiet mailbox, so every wait has an end.

use std::collections::BTreeSet;
use std::time::Duration;

use async_imap::extensions::idle::IdleResponse;
use async_imap::types::{Flag, UnsolicitedResponse};
use async_imap::{Client, Session, error};
use futures::TryStreamExt;
use tokio_rustls::TlsConnector;
use tokio_util::sync::CancellationToken;

use super::read::LONGEST;
use crate::config::mail::{Server, Tls};
use crate::wire::{self, Wire};

/// The longest wait for the answer to a command.
const PATIENCE: Duration = Duration::from_secs(30);
/// The longest wait for the end of an IDLE.
const DONE_PATIENCE: Duration = Duration::from_secs(15);
/// The longest IDLE: after it one looks for mail, woken or not.
const LONGEST_IDLE: Duration = Duration::from_secs(120);
/// How often one looks where the server knows no IDLE.
const POLL: Duration = Duration::from_secs(20);
/// Bytes of mail that are fetched at a time.
const BATCH: usize = 4 * 1024 * 1024;

/// Where mail is put once it is done with.
pub const PROCESSED: &str = "Processed";
/// Where mail is put that was refused.
pub const FAILED: &str = "Failed";

/// What marks mail where it cannot be moved.
const KEYWORDS: [&str; 2] = ["TemujanjiProcessed", "TemujanjiFailed"];

/// Why a connection is of no more use. Holds nothing of any mail.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The server could not be reached, or the connection broke.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The server refused the login.
    #[error("the server refused the login")]
    Login,
    /// The server refused a command, or answered what is no answer.
    #[error("{0} failed")]
    Command(&'static str),
    /// The server did not answer in time.
    #[error("the server did not answer to {0}")]
    Silent(&'static str),
    /// The connection was closed.
    #[error("the server closed the connection")]
    Closed,
}

type Result<T> = std::result::Result<T, Trouble>;

/// A mailbox that is open.
pub struct Mailbox {
    /// `None` only while an IDLE has it.
    session: Option<Session<Box<dyn Wire>>>,
    /// UIDVALIDITY of the folder.
    pub validity: u32,
    can_idle: bool,
    can_move: bool,
    can_mark: bool,
    processed: String,
    failed: String,
}

impl Mailbox {
    /// Connects, logs in, makes the folders and opens the one that is read.
    ///
    /// # Errors
    ///
    /// [`Trouble`] says what failed.
    pub async fn open(server: &Server, tls: &TlsConnector) -> Result<Mailbox> {
        let mut session = login(server, tls).await?;
        let capabilities = waited("CAPABILITY", session.capabilities()).await?;
        let processed = folder(&mut session, PROCESSED).await?;
        let failed = folder(&mut session, FAILED).await?;
        let selected = waited("SELECT", session.select(&server.folder)).await?;
        let validity = selected.uid_validity.ok_or(Trouble::Command("SELECT"))?;
        let keywords = selected.permanent_flags.contains(&Flag::MayCreate);
        Ok(Mailbox {
            session: Some(session),
            validity,
            can_idle: capabilities.has_str("IDLE"),
            can_move: capabilities.has_str("MOVE"),
            can_mark: keywords,
            processed,
            failed,
        })
    }

    fn session(&mut self) -> Result<&mut Session<Box<dyn Wire>>> {
        self.session.as_mut().ok_or(Trouble::Closed)
    }

    /// The UIDs of the mails that are to be handled, oldest first: all that are there, since what a person has looked
    /// at is not done with.
    ///
    /// # Errors
    ///
    /// As for [`Mailbox::open`].
    pub async fn waiting(&mut self) -> Result<BTreeSet<u32>> {
        let query = match self.can_move || !self.can_mark {
            true => "ALL".to_owned(),
            false => format!("UNKEYWORD {} UNKEYWORD {}", KEYWORDS[0], KEYWORDS[1]),
        };
        let found = waited("SEARCH", self.session()?.uid_search(query)).await?;
        Ok(found.into_iter().collect())
    }

    /// Splits UIDs into portions that may be fetched at once.
    ///
    /// # Errors
    ///
    /// As for [`Mailbox::open`].
    pub async fn portions(&mut self, uids: &[u32]) -> Result<Vec<Vec<u32>>> {
        let set = set(uids);
        let session = self.session()?;
        let sizes = waited("FETCH", async {
            session.uid_fetch(&set, "(UID RFC822.SIZE)").await?.try_collect::<Vec<_>>().await
        })
        .await?;
        let mut portions: Vec<Vec<u32>> = Vec::new();
        let mut room = 0;
        for fetched in sizes {
            let Some(uid) = fetched.uid.filter(|uid| uids.contains(uid)) else { continue };
            let size = fetched.size.map_or(LONGEST, |size| (size as usize).min(LONGEST)).max(1024);
            match portions.last_mut() {
                Some(portion) if size <= room => portion.push(uid),
                _ => {
                    portions.push(vec![uid]);
                    room = BATCH;
                }
            }
            room = room.saturating_sub(size);
        }
        portions.iter_mut().for_each(|portion| portion.sort_unstable());
        Ok(portions)
    }

    /// The beginnings of these mails, up to [`LONGEST`] bytes each. Those that have gone meanwhile are missing.
    ///
    /// # Errors
    ///
    /// As for [`Mailbox::open`].
    pub async fn fetch(&mut self, uids: &[u32]) -> Result<Vec<(u32, Vec<u8>)>> {
        let set = set(uids);
        let query = format!("(UID BODY.PEEK[]<0.{LONGEST}>)");
        let session = self.session()?;
        let fetched =
            waited("FETCH", async { session.uid_fetch(&set, &query).await?.try_collect::<Vec<_>>().await })
                .await?;
        let mut mails: Vec<_> = fetched
            .iter()
            .filter_map(|mail| Some((mail.uid?, mail.body()?.to_vec())))
            .filter(|(uid, _)| uids.contains(uid))
            .collect();
        mails.sort_unstable_by_key(|(uid, _)| *uid);
        Ok(mails)
    }

    /// Puts mails away: moves them, or marks them where the server cannot move.
    ///
    /// # Errors
    ///
    /// As for [`Mailbox::open`].
    pub async fn put_away(&mut self, uids: &[u32], refused: bool) -> Result<()> {
        if uids.is_empty() {
            return Ok(());
        }
        let set = set(uids);
        if self.can_move {
            let folder = if refused { self.failed.clone() } else { self.processed.clone() };
            return waited("MOVE", self.session()?.uid_mv(&set, &folder)).await;
        }
        if self.can_mark {
            let [processed, failed] = KEYWORDS;
            let mark = format!("+FLAGS.SILENT ({})", if refused { failed } else { processed });
            let session = self.session()?;
            waited("STORE", async { session.uid_store(&set, &mark).await?.try_collect::<Vec<_>>().await })
                .await?;
        }
        Ok(())
    }

    /// Whether mail leaves the list of those waiting when it is put away.
    pub fn empties(&self) -> bool {
        self.can_move || self.can_mark
    }

    /// Waits until there may be new mail, for some minutes at most.
    ///
    /// # Errors
    ///
    /// As for [`Mailbox::open`].
    pub async fn rest(&mut self, stop: &CancellationToken) -> Result<()> {
        if !self.can_idle {
            tokio::select! {
                () = tokio::time::sleep(POLL) => {}
                () = stop.cancelled() => {}
            }
            return waited("NOOP", self.session()?.noop()).await;
        }
        let session = self.session.take().ok_or(Trouble::Closed)?;
        // News that rode on the answer of an earlier command would never be told again.
        let news = session.unsolicited_responses.clone();
        let came = || {
            let mut came = false;
            while let Ok(response) = news.try_recv() {
                came |= matches!(response, UnsolicitedResponse::Exists(_) | UnsolicitedResponse::Recent(_));
            }
            came
        };
        if came() {
            self.session = Some(session);
            return Ok(());
        }
        let mut idle = session.idle();
        match tokio::time::timeout(DONE_PATIENCE, idle.init()).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return Err(Trouble::Closed),
            Err(_) => {
                // Some servers say that they can and then do not answer.
                return Err(Trouble::Silent("IDLE"));
            }
        }
        let mut closed = false;
        if !came() {
            let (wait, _interrupt) = idle.wait_with_timeout(LONGEST_IDLE);
            tokio::select! {
                woken = tokio::time::timeout(LONGEST_IDLE, wait) => match woken {
                    Ok(Ok(IdleResponse::NewData(_) | IdleResponse::Timeout)) | Err(_) => {}
                    // The end of the connection comes as an interrupt that nobody has made.
                    Ok(Ok(IdleResponse::ManualInterrupt) | Err(_)) => closed = true,
                },
                () = stop.cancelled() => {}
            }
        }
        if closed {
            return Err(Trouble::Closed);
        }
        match tokio::time::timeout(DONE_PATIENCE, idle.done()).await {
            Ok(Ok(session)) => {
                self.session = Some(session);
                Ok(())
            }
            Ok(Err(_)) => Err(Trouble::Closed),
            Err(_) => Err(Trouble::Silent("DONE")),
        }
    }

    /// Looks for a mail with this `Message-ID` in the folder and among those put away; says whether it is there.
    ///
    /// # Errors
    ///
    /// As for [`Mailbox::open`].
    pub async fn holds(&mut self, server: &Server, message_id: &str) -> Result<bool> {
        let query = format!("HEADER Message-ID {}", quoted(message_id));
        for folder in [server.folder.clone(), self.processed.clone(), self.failed.clone()] {
            let session = self.session()?;
            waited("EXAMINE", session.examine(&folder)).await?;
            if !waited("SEARCH", session.uid_search(&query)).await?.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Takes leave.
    pub async fn close(mut self) {
        if let Some(session) = &mut self.session {
            let _ = tokio::time::timeout(DONE_PATIENCE, session.logout()).await;
        }
    }
}

async fn login(server: &Server, tls: &TlsConnector) -> Result<Session<Box<dyn Wire>>> {
    let mut client = Client::new(wire::connect(server, tls).await?);
    greeting(&mut client).await?;
    if server.tls == Tls::StartTls {
        waited("STARTTLS", client.run_command_and_check_ok("STARTTLS", None)).await?;
        client = Client::new(wire::secure(client.into_inner(), server, tls).await?);
    }
    match tokio::time::timeout(PATIENCE, client.login(&server.user, &server.password)).await {
        Ok(Ok(session)) => Ok(session),
        Ok(Err((error::Error::Io(error), _))) => Err(Trouble::Io(error)),
        Ok(Err((error::Error::ConnectionLost, _))) => Err(Trouble::Closed),
        Ok(Err(_)) => Err(Trouble::Login),
        Err(_) => Err(Trouble::Silent("LOGIN")),
    }
}

async fn greeting(client: &mut Client<Box<dyn Wire>>) -> Result<()> {
    match tokio::time::timeout(PATIENCE, client.read_response()).await {
        Ok(Ok(Some(_))) => Ok(()),
        Ok(Ok(None)) => Err(Trouble::Closed),
        Ok(Err(error)) => Err(Trouble::Io(error)),
        Err(_) => Err(Trouble::Silent("the connection")),
    }
}

/// The name of a folder, which is made if it is not there; some servers keep all folders below INBOX.
async fn folder(session: &mut Session<Box<dyn Wire>>, name: &str) -> Result<String> {
    let below = [name.to_owned(), format!("INBOX.{name}"), format!("INBOX/{name}")];
    for name in &below {
        match waited("STATUS", session.status(name, "(UIDVALIDITY)")).await {
            Ok(_) => return Ok(name.clone()),
            Err(Trouble::Command(_)) => {}
            Err(trouble) => return Err(trouble),
        }
    }
    for name in &below {
        match waited("CREATE", session.create(name)).await {
            Ok(()) => return Ok(name.clone()),
            Err(Trouble::Command(_)) => {}
            Err(trouble) => return Err(trouble),
        }
    }
    Err(Trouble::Command("CREATE"))
}

/// Waits for a command, but not for ever.
async fn waited<T>(command: &'static str, work: impl Future<Output = error::Result<T>>) -> Result<T> {
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error::Error::Io(error))) => Err(Trouble::Io(error)),
        Ok(Err(error::Error::ConnectionLost)) => Err(Trouble::Closed),
        // What the server says may repeat what a person wrote.
        Ok(Err(_)) => Err(Trouble::Command(command)),
        Err(_) => Err(Trouble::Silent(command)),
    }
}

fn set(uids: &[u32]) -> String {
    let uids: Vec<_> = uids.iter().map(u32::to_string).collect();
    uids.join(",")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace(['\\', '"', '\r', '\n'], ""))
}
