//! The mail servers: how they are reached, written as a URL.

use std::fmt::{self, Write as _};
use std::path::PathBuf;

use super::values::{Wrong, quoted};
use super::{Config, dkim};

/// What is set about mail.
#[derive(Debug, Clone)]
pub struct Servers {
    /// The name beside the address.
    pub name: String,
    /// The mailbox that is read.
    pub imap: Option<Server>,
    /// The server that sends.
    pub smtp: Option<Server>,
    /// A further certificate authority, as a PEM file.
    pub ca_file: Option<PathBuf>,
    /// Whether `address+anything` reaches the mailbox.
    pub plus_addresses: bool,
    /// Answers that all addresses together get within an hour.
    pub answers_hourly: u32,
    /// The key that signs, as a PEM file.
    pub dkim_key_file: Option<PathBuf>,
    /// The name under which it is published.
    pub dkim_selector: String,
}

impl Default for Servers {
    fn default() -> Servers {
        Servers {
            name: "Temujanji".to_owned(),
            imap: None,
            smtp: None,
            ca_file: None,
            plus_addresses: true,
            answers_hourly: 5000,
            dkim_key_file: None,
            dkim_selector: "temujanji".to_owned(),
        }
    }
}

/// A server, and the login.
#[derive(Clone, PartialEq, Eq)]
pub struct Server {
    /// Its name, which its certificate must bear.
    pub host: String,
    /// The port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// User name; empty without a login.
    pub user: String,
    /// Password.
    pub password: String,
    /// The folder that is read; only for a mailbox.
    pub folder: String,
}

/// How a connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// From its first byte.
    Implicit,
    /// After STARTTLS, without which nothing is sent.
    StartTls,
    /// Not at all: only on this machine.
    None,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Server({})", self.place())
    }
}

impl Server {
    /// Host and port, and nothing of the login.
    pub fn place(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// Names the mailbox in the database and the log.
    pub fn mailbox(&self) -> String {
        format!("{}/{}", self.place(), self.folder)
    }

    fn shown(&self, kind: &Kind, folder: &str) -> String {
        let (scheme, tls) = match self.tls {
            Tls::Implicit => (kind.secure, ""),
            Tls::StartTls => (kind.plain, "?tls=starttls"),
            Tls::None => (kind.plain, "?tls=none"),
        };
        let login = match (self.user.is_empty(), self.password.is_empty()) {
            (true, true) => String::new(),
            (false, true) => format!("{}@", encoded(&self.user)),
            (_, false) => format!("{}:{HIDDEN}@", encoded(&self.user)),
        };
        format!("{scheme}://{login}{}{folder}{tls}", self.place())
    }

    fn parse(kind: &'static Kind, url: &str) -> Option<Server> {
        let (scheme, rest) = url.split_once("://")?;
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, folder) = rest.split_once('/').unwrap_or((rest, ""));
        let (login, place) = authority.rsplit_once('@').unwrap_or(("", authority));
        let (user, password) = login.split_once(':').unwrap_or((login, ""));
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse().ok()?)),
            None => (place, None),
        };
        let (tls, usual) = match query {
            "" if scheme == kind.secure => (Tls::Implicit, kind.secure_port),
            "" | "tls=starttls" | "tls=required" if scheme == kind.plain => (Tls::StartTls, kind.plain_port),
            "tls=none" if scheme == kind.plain && is_here(host) => (Tls::None, kind.plain_port),
            _ => return None,
        };
        let folder = decoded(folder)?;
        // Folder names go to the server as they are, which takes ASCII alone.
        if host.is_empty() || !folder.bytes().all(|b| b.is_ascii_graphic() || b == b' ') {
            return None;
        }
        let (user, password) = (decoded(user)?, decoded(password)?);
        let folder = if folder.is_empty() { "INBOX".to_owned() } else { folder };
        Some(Server { host: host.to_owned(), port: port.unwrap_or(usual), tls, user, password, folder })
    }
}

/// Whether a host is this machine, to which a connection needs no protection.
fn is_here(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1")
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let hex = |b: u8| char::from(b).to_digit(16);
        let (high, low) = (hex(rest.next()?)?, hex(rest.next()?)?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok().filter(|text| !text.chars().any(char::is_control))
}

/// Percent-encoded, all but letters, digits and what is safe in every part of a URL.
pub(crate) fn encoded(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                safe.push(char::from(byte));
            }
            _ => {
                let _ = write!(safe, "%{byte:02X}");
            }
        }
    }
    safe
}

/// Stands for a password in what is printed.
const HIDDEN: &str = "***";

/// A kind of server, by the schemes of its URL.
struct Kind {
    secure: &'static str,
    plain: &'static str,
    secure_port: u16,
    plain_port: u16,
    example: &'static str,
}

static IMAP: Kind = Kind {
    secure: "imaps",
    plain: "imap",
    secure_port: 993,
    plain_port: 143,
    example: "imaps://user:password@mail.example.org/INBOX, or imap://…?tls=starttls; % before signs as %40 for @",
};
static SMTP: Kind = Kind {
    secure: "smtps",
    plain: "smtp",
    secure_port: 465,
    plain_port: 587,
    example: "smtps://user:password@mail.example.org, or smtp://…?tls=required; % before signs as %40 for @",
};

fn server(kind: &'static Kind, key: &str, value: &str) -> Result<Option<Server>, Wrong> {
    if value.is_empty() {
        return Ok(None);
    }
    // The value may hold a password, and is not shown.
    let wrong = || (format!("{key} is no address of a mail server"), format!("write {}", kind.example));
    let server = Server::parse(kind, value).ok_or_else(wrong)?;
    if server.password == HIDDEN {
        let what = format!("{key} has {HIDDEN} in place of the password, as `temujanji config` prints it");
        let mend = format!("write the password, or name a file that holds the whole address in {key}_file");
        return Err((what, mend));
    }
    Ok(Some(server))
}

pub(super) fn set_imap(config: &mut Config, value: &str) -> Result<(), Wrong> {
    config.mail.imap = server(&IMAP, "mail.imap_url", value)?;
    Ok(())
}

pub(super) fn set_smtp(config: &mut Config, value: &str) -> Result<(), Wrong> {
    config.mail.smtp = server(&SMTP, "mail.smtp_url", value)?;
    Ok(())
}

/// A mailbox as it is written, but for the password. So printed it is refused when it is read again: better than a login that
/// fails later.
pub(super) fn show_imap(server: Option<&Server>) -> String {
    let folder = |server: &Server| format!("/{}", encoded(&server.folder));
    server.map(|server| server.shown(&IMAP, &folder(server))).unwrap_or_default()
}

/// The same for the server that sends, which has no folder.
pub(super) fn show_smtp(server: Option<&Server>) -> String {
    server.map(|server| server.shown(&SMTP, "")).unwrap_or_default()
}

pub(super) fn set_name(config: &mut Config, value: &str) -> Result<(), Wrong> {
    let fits = (1..=60).contains(&value.chars().count()) && !value.chars().any(char::is_control);
    if !fits {
        let what = format!("mail.name is {}, which is no name", quoted(value));
        return Err((what, "write up to 60 characters on one line".to_owned()));
    }
    config.mail.name = value.to_owned();
    Ok(())
}

pub(super) fn set_plus(config: &mut Config, value: &str) -> Result<(), Wrong> {
    config.mail.plus_addresses = match value {
        "yes" | "true" => true,
        "no" | "false" => false,
        _ => {
            let what = format!("mail.plus_addresses is {}", quoted(value));
            return Err((what, "write \"yes\" or \"no\"".to_owned()));
        }
    };
    Ok(())
}

/// The key is read here, so that a wrong one is told with its place; it is not kept beside the other settings.
pub(super) fn set_dkim_key(config: &mut Config, value: &str) -> Result<(), Wrong> {
    let path = (!value.is_empty()).then(|| PathBuf::from(value));
    if let Some(path) = &path {
        dkim::key(path)
            .map_err(|why| (format!("mail.dkim_key_file: {why}"), dkim::MEND.to_owned()))
            .map(drop)?;
    }
    config.mail.dkim_key_file = path;
    Ok(())
}

pub(super) fn set_selector(config: &mut Config, value: &str) -> Result<(), Wrong> {
    let fits =
        (1..=63).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !fits {
        let what = format!("mail.dkim_selector is {}, which is no name in the DNS", quoted(value));
        return Err((what, "write letters, digits and hyphens, as \"temujanji\"".to_owned()));
    }
    config.mail.dkim_selector = value.to_owned();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{IMAP, SMTP, Server, Tls};

    #[test]
    fn urls_are_read_and_what_is_unsafe_is_refused() {
        let server = Server::parse(&IMAP, "imaps://sto%40x.my:p%3Aw@mail.x.my/Kotak Masuk").unwrap();
        assert_eq!((server.host.as_str(), server.port, server.tls), ("mail.x.my", 993, Tls::Implicit));
        assert_eq!((server.user.as_str(), server.password.as_str()), ("sto@x.my", "p:w"));
        assert_eq!(server.folder, "Kotak Masuk");
        assert_eq!(format!("{server:?}"), "Server(mail.x.my:993)");
        let server = Server::parse(&SMTP, "smtp://a:b@mail.x.my?tls=required").unwrap();
        assert_eq!((server.port, server.tls), (587, Tls::StartTls));
        let server = Server::parse(&SMTP, "smtp://127.0.0.1:2525?tls=none").unwrap();
        assert_eq!((server.port, server.tls, server.user.as_str()), (2525, Tls::None, ""));
        for wrong in [
            "",
            "mail.x.my",
            "smtp://mail.x.my?tls=none",
            "smtp://mail.x.my?tls=opportunistic",
            "imaps://a:b@x",
            "smtps://a:%zz@x",
            "smtps://a:b@x:port",
            "smtps://a:b@",
        ] {
            assert_eq!(Server::parse(&SMTP, wrong), None, "{wrong}");
        }
    }
}
