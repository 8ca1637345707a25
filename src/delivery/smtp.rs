//! Mail handed to a server (SMTP), over connections that are kept for the next.

use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use std::{fs, io};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use lettre::address::Envelope;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream, Certificate, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_rustls::TlsConnector;

use super::mail::Composer;
use super::{SendError, Sender, Sent};
use crate::config::mail::{Server, Tls};
use crate::store::{Outgoing, Store};
use crate::wire::{self, Wire};

/// The longest wait for a connection with its login.
const CONNECT_PATIENCE: Duration = Duration::from_secs(20);
/// The longest wait for a mail to be taken. lettre's own limit covers only the connection.
const SEND_PATIENCE: Duration = Duration::from_secs(30);
/// Connections that are kept.
const KEPT: usize = 8;
/// A connection that has rested this long is tried before it is used.
const RESTED: Duration = Duration::from_secs(5);
/// A connection that has rested this long is not used again: servers close them.
const TOO_OLD: Duration = Duration::from_secs(60);

/// Sends mail.
pub struct Smtp {
    composer: Arc<Composer>,
    store: Arc<dyn Store>,
    post: Post,
}

impl Smtp {
    /// A sender of what the composer makes. The store knows the catalogue.
    pub fn new(post: Post, composer: Composer, store: Arc<dyn Store>) -> Smtp {
        Smtp { composer: Arc::new(composer), store, post }
    }
}

#[async_trait]
impl Sender for Smtp {
    async fn send(&self, message: &Outgoing, now: DateTime<Utc>) -> Result<Sent, SendError> {
        let office = match self.store.office().await {
            Ok(Some((_, office))) => office,
            Ok(None) => {
                return Err(SendError::Retry("there is no office catalogue in the database".to_owned()));
            }
            Err(error) => return Err(SendError::Retry(error.to_string())),
        };
        let envelope = self.composer.route(message)?;
        let (composer, message) = (Arc::clone(&self.composer), message.clone());
        let composing = tokio::task::spawn_blocking(move || composer.compose(&message, &office, now));
        let mail = match composing.await {
            Ok(mail) => mail?,
            Err(_) => return Err(SendError::Retry("composing the mail broke down".to_owned())),
        };
        self.post.deliver(&envelope, &mail).await?;
        Ok(Sent::default())
    }
}

/// A mail server and the connections to it.
pub struct Post {
    server: Server,
    tls: TlsConnector,
    starttls: TlsParameters,
    hello: ClientId,
    kept: Mutex<Vec<(AsyncSmtpConnection, Instant)>>,
}

impl Post {
    /// Connections to a server, made when they are needed; `domain` is that of the sender.
    ///
    /// # Errors
    ///
    /// When the file with the further authority cannot be used, in words for the operator.
    pub fn new(
        server: Server,
        tls: TlsConnector,
        ca_file: Option<&Path>,
        domain: &str,
    ) -> Result<Post, String> {
        let mut parameters = TlsParameters::builder(server.host.clone());
        if let Some(path) = ca_file {
            let wrong = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
            let pem = fs::read(path).map_err(|error| wrong(&error))?;
            parameters =
                parameters.add_root_certificate(Certificate::from_pem(&pem).map_err(|error| wrong(&error))?);
        }
        let starttls = parameters.build().map_err(|error| error.to_string())?;
        Ok(Post { server, tls, starttls, hello: ClientId::Domain(domain.to_owned()), kept: Mutex::default() })
    }

    /// Hands a mail over.
    ///
    /// # Errors
    ///
    /// [`SendError::GiveUp`] when the server refuses this mail or its recipient for good. A refused login is no fault of
    /// the mail, which waits.
    pub async fn deliver(&self, envelope: &Envelope, mail: &[u8]) -> Result<(), SendError> {
        let mut connection = match self.rested().await {
            Some(connection) => connection,
            None => self.connect().await?,
        };
        match tokio::time::timeout(SEND_PATIENCE, connection.send(envelope, mail)).await {
            Ok(Ok(_)) => {
                self.keep(connection);
                Ok(())
            }
            Ok(Err(error)) if is_final(&error) => Err(SendError::GiveUp(told(&error))),
            Ok(Err(error)) => Err(SendError::Retry(told(&error))),
            // It may have been taken all the same; its identifier tells a repeat.
            Err(_) => Err(SendError::Retry("the server did not answer in time".to_owned())),
        }
    }

    /// Connects and logs in.
    ///
    /// # Errors
    ///
    /// [`SendError::Retry`] always: nothing that is wrong here is the fault of a mail.
    pub async fn connect(&self) -> Result<AsyncSmtpConnection, SendError> {
        match tokio::time::timeout(CONNECT_PATIENCE, self.try_to_connect()).await {
            Ok(Ok(connection)) => Ok(connection),
            Ok(Err(why)) => Err(SendError::Retry(why)),
            Err(_) => Err(SendError::Retry(format!("{} did not answer in time", self.server.place()))),
        }
    }

    async fn try_to_connect(&self) -> Result<AsyncSmtpConnection, String> {
        let place = self.server.place();
        let wire =
            wire::connect(&self.server, &self.tls).await.map_err(|error| format!("{place}: {error}"))?;
        let wire = Box::new(Lettre(wire));
        let mut connection = AsyncSmtpConnection::connect_with_transport(wire, &self.hello)
            .await
            .map_err(|error| format!("{place}: {}", told(&error)))?;
        if self.server.tls == Tls::StartTls {
            let started = connection.starttls(self.starttls.clone(), &self.hello).await;
            started.map_err(|error| format!("{place}: STARTTLS: {}", told(&error)))?;
        }
        if !self.server.user.is_empty() {
            let login = Credentials::new(self.server.user.clone(), self.server.password.clone());
            let done = connection.auth(&[Mechanism::Plain, Mechanism::Login], &login).await;
            done.map_err(|error| format!("{place}: the login was refused: {}", told(&error)))?;
        }
        Ok(connection)
    }

    /// A kept connection that still works.
    async fn rested(&self) -> Option<AsyncSmtpConnection> {
        loop {
            let (mut connection, since) = self.pool().pop()?;
            if since.elapsed() > TOO_OLD || connection.has_broken() {
                continue;
            }
            if since.elapsed() < RESTED {
                return Some(connection);
            }
            if tokio::time::timeout(CONNECT_PATIENCE, connection.test_connected()).await == Ok(true) {
                return Some(connection);
            }
        }
    }

    fn keep(&self, connection: AsyncSmtpConnection) {
        let mut kept = self.pool();
        if kept.len() < KEPT && !connection.has_broken() {
            kept.push((connection, Instant::now()));
        }
    }

    fn pool(&self) -> std::sync::MutexGuard<'_, Vec<(AsyncSmtpConnection, Instant)>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the server will refuse this mail the next time, too. 530 to 538 are about the login, and 421 to 459 pass.
fn is_final(error: &Error) -> bool {
    let code = error.status().map(u16::from);
    error.is_permanent() && !code.is_some_and(|code| (530..=538).contains(&code))
}

/// What went wrong, without what the server says, which may repeat an address.
fn told(error: &Error) -> String {
    match error.status() {
        Some(code) => format!("the server answered {code}"),
        None if error.is_timeout() => "the server did not answer in time".to_owned(),
        None if error.is_tls() => "the connection is not safe: the certificate or the protocol".to_owned(),
        None => "the connection failed".to_owned(),
    }
}

/// Our connection as lettre takes one.
#[derive(Debug)]
struct Lettre(Box<dyn Wire>);

impl AsyncTokioStream for Lettre {
    fn peer_addr(&self) -> io::Result<std::net::SocketAddr> {
        Err(io::Error::other("not known"))
    }
}

impl AsyncRead for Lettre {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Lettre {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}
