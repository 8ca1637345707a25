//! The mail servers: logs in to both, sends itself a mail with a plus address and sees it arrive.

use std::time::{Duration, Instant, SystemTime};

use lettre::Address;
use lettre::address::Envelope;
use lettre::message::{Mailbox as Name, Message};
use temujanji::channel::email::imap::{FAILED, Mailbox, PROCESSED, Trouble};
use temujanji::config::Config;
use temujanji::config::mail::Server;
use tokio_rustls::TlsConnector;
use uuid::Uuid;

use super::super::open::{post, tls};
use super::Finding::{self, Bad, Good, Note};

/// The longest wait for a mail to arrive.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often one looks.
const LOOK: Duration = Duration::from_millis(500);

/// What is found about mail.
pub(super) async fn mail(config: &Config) -> Vec<Finding> {
    let mut found = Vec::new();
    let tls = match tls(config) {
        Ok(tls) => tls,
        Err(failure) => return vec![Bad(failure.line())],
    };
    let mailbox = match &config.mail.imap {
        Some(server) => match open(server, &tls).await {
            Ok(mailbox) => {
                found
                    .push(Good(format!("{}: logged in; folders {PROCESSED} and {FAILED}", server.mailbox())));
                Some((server, mailbox))
            }
            Err(trouble) => {
                found.push(Bad(format!("mail.imap_url, {}: {trouble}; {}", server.place(), mend(&trouble))));
                None
            }
        },
        None => {
            found.push(Note("mail is sent, but not read: set mail.imap_url to book by mail".to_owned()));
            None
        }
    };
    found.extend(send(config, mailbox, &tls).await);
    found
}

async fn open(server: &Server, tls: &TlsConnector) -> Result<Mailbox, Trouble> {
    Mailbox::open(server, tls).await
}

fn mend(trouble: &Trouble) -> &'static str {
    match trouble {
        Trouble::Login => {
            "check user and password (signs as %40 for @); some providers want a password for programs"
        }
        Trouble::Io(_) | Trouble::Closed | Trouble::Silent(_) => {
            "check host and port, and mail.ca_file if its certificate is signed by an authority of your own"
        }
        Trouble::Command(_) => "check the folder's name in the URL, and that folders may be made",
    }
}

/// Sends itself a mail, and looks for it in the mailbox.
async fn send(config: &Config, mailbox: Option<(&Server, Mailbox)>, tls: &TlsConnector) -> Vec<Finding> {
    let post = match post(config) {
        Ok(Some(post)) => post,
        Ok(None) => return vec![Bad("mail is read, but not answered: set mail.smtp_url".to_owned())],
        Err(failure) => return vec![Bad(failure.line())],
    };
    if let Err(error) = post.connect().await {
        return vec![Bad(format!("mail.smtp_url: {error}; check host, port, user and password"))];
    }
    let mut found = vec![Good("the server that sends: logged in".to_owned())];
    let Some((server, mailbox)) = mailbox else { return found };
    mailbox.close().await;
    let plain = config.mail_address.clone();
    let tagged = Address::new(format!("{}+doctor", plain.user()), plain.domain());
    let kinds = [(Ok(plain), "mail to the assistant's address"), (tagged, "mail to a plus address")];
    let kinds = kinds.into_iter().take(if config.mail.plus_addresses { 2 } else { 1 });
    for (to, what) in kinds {
        let Ok(to) = to else { continue };
        let id = format!("<doctor.{}@{}>", Uuid::now_v7(), config.mail_address.domain());
        let sent = match test_mail(config, &to, &id) {
            Ok((envelope, mail)) => post.deliver(&envelope, &mail).await.map_err(|error| error.to_string()),
            Err(error) => Err(error),
        };
        found.push(match sent {
            Ok(()) => arrives(server, tls, &id, what).await,
            Err(error) => Bad(format!("{what} was not taken: {error}{}", plus_mend(what))),
        });
    }
    found
}

async fn arrives(server: &Server, tls: &TlsConnector, id: &str, what: &str) -> Finding {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        match Mailbox::open(server, tls).await {
            Ok(mut mailbox) => match mailbox.holds(server, id).await {
                Ok(true) => return Good(format!("{what} arrived after {} ms", start.elapsed().as_millis())),
                Ok(false) => mailbox.close().await,
                Err(trouble) => return Bad(format!("{what}: {trouble}")),
            },
            Err(trouble) => return Bad(format!("{what}: {trouble}")),
        }
        tokio::time::sleep(LOOK).await;
    }
    Bad(format!("{what} did not arrive within {} s{}", PATIENCE.as_secs(), plus_mend(what)))
}

fn plus_mend(what: &str) -> &'static str {
    if what.contains("plus") {
        "; let the server deliver ADDRESS+anything, or set mail.plus_addresses = \"no\""
    } else {
        "; check that mail.address belongs to this mailbox"
    }
}

fn test_mail(config: &Config, to: &Address, id: &str) -> Result<(Envelope, Vec<u8>), String> {
    let from = config.mail_address.clone();
    let mail = Message::builder()
        .from(Name::new(None, from.clone()))
        .to(Name::new(None, to.clone()))
        .subject("temujanji doctor")
        .date(SystemTime::now())
        .message_id(Some(id.to_owned()))
        .body("A test of the mail servers. It needs no answer.\r\n".to_owned())
        .map_err(|error| error.to_string())?;
    let envelope = Envelope::new(Some(from), vec![to.clone()]).map_err(|error| error.to_string())?;
    Ok((envelope, mail.formatted()))
}
