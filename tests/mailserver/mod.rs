//! A real mail server for tests: Dovecot and Postfix on free ports of this machine, with an authority of their own, and
//! everything they write in a temporary folder.

#![allow(dead_code, clippy::allow_attributes, reason = "each test file uses a part of it")]
#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests may")]

#[path = "../bound/mod.rs"]
mod bound;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use bound::bound;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use tempfile::TempDir;

use crate::correspondent::Received;

/// Everybody's password.
pub(crate) const PASSWORD: &str = "rahsia";

/// The longest wait for a mail; a debug build on a busy machine is slow.
pub(crate) const PATIENCE: Duration = Duration::from_secs(90);

/// What the server can do.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Abilities {
    /// Whether it announces MOVE and IDLE.
    pub(crate) modern: bool,
}

/// Waits until nobody holds the pipe any more, stops both servers of the folder `$1` and removes it.
const KEEPER: &str = r#"
read -r _
postfix -c "$1/postfix" stop
dovecot -c "$1/dovecot.conf" stop
rm -rf "$1"
"#;

/// A mail server that is running. It is stopped when it is dropped, and when the test program is killed.
pub(crate) struct MailServer {
    folder: TempDir,
    keeper: Child,
    imap: u16,
    imaps: u16,
    lmtp: u16,
    smtp: u16,
    smtps: u16,
}

impl MailServer {
    /// Starts both.
    pub(crate) fn start() -> MailServer {
        MailServer::with(Abilities { modern: true })
    }

    pub(crate) fn with(abilities: Abilities) -> MailServer {
        let folder = tempfile::Builder::new().prefix("tj-mail").tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let [imap, imaps, lmtp, smtp, smtps] = free_ports();
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, "keeper"]).arg(folder.path());
        // A group of its own, so that an interrupt meant for the tests does not end the keeper before its work.
        keeper.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        let keeper = keeper.spawn().unwrap();
        let server = MailServer { folder, keeper, imap, imaps, lmtp, smtp, smtps };
        server.write_certificates();
        server.write_dovecot(abilities);
        server.write_postfix();
        server.start_dovecot();
        server.start_postfix();
        server
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The certificate of the authority.
    pub(crate) fn ca_file(&self) -> PathBuf {
        self.path("ca.pem")
    }

    pub(crate) fn imap_url(&self, user: &str) -> String {
        format!("imaps://{}:{PASSWORD}@localhost:{}/INBOX", user.replace('@', "%40"), self.imaps)
    }

    pub(crate) fn imaps_port(&self) -> u16 {
        self.imaps
    }

    pub(crate) fn smtps_port(&self) -> u16 {
        self.smtps
    }

    pub(crate) fn imap_starttls_url(&self, user: &str) -> String {
        format!("imap://{}:{PASSWORD}@localhost:{}/INBOX?tls=starttls", user.replace('@', "%40"), self.imap)
    }

    pub(crate) fn smtp_url(&self, user: &str) -> String {
        format!("smtps://{}:{PASSWORD}@localhost:{}", user.replace('@', "%40"), self.smtps)
    }

    pub(crate) fn smtp_starttls_url(&self, user: &str) -> String {
        format!("smtp://{}:{PASSWORD}@localhost:{}?tls=required", user.replace('@', "%40"), self.smtp)
    }

    fn write_certificates(&self) {
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        authority.distinguished_name.push(DnType::CommonName, "temujanji tests");
        let authority_key = KeyPair::generate().unwrap();
        let certificate = authority.self_signed(&authority_key).unwrap();
        fs::write(self.ca_file(), certificate.pem()).unwrap();
        let issuer = Issuer::new(authority, authority_key);
        let leaf = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let leaf_key = KeyPair::generate().unwrap();
        let leaf = leaf.signed_by(&leaf_key, &issuer).unwrap();
        fs::write(self.path("leaf.pem"), leaf.pem()).unwrap();
        fs::write(self.path("leaf.key"), leaf_key.serialize_pem()).unwrap();
    }

    fn write_dovecot(&self, abilities: Abilities) {
        let folder = self.folder.path().display();
        fs::create_dir_all(self.path("mail")).unwrap();
        run(Command::new("chown").arg("-R").arg("mail:mail").arg(self.path("mail")));
        let capability = if abilities.modern {
            ""
        } else {
            "imap_capability = IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE LITERAL+ UIDPLUS NAMESPACE\n"
        };
        let text = format!(
            "base_dir = {folder}/run\nstate_dir = {folder}/state\nprotocols = imap lmtp\nlisten = 127.0.0.1\n\
             log_path = {folder}/dovecot.log\nssl = yes\nssl_cert = <{folder}/leaf.pem\nssl_key = <{folder}/leaf.key\n\
             mail_location = maildir:{folder}/mail/%Lu\nrecipient_delimiter = +\nlmtp_save_to_detail_mailbox = no\n\
             disable_plaintext_auth = no\nauth_mechanisms = plain login\nfirst_valid_uid = 1\nfirst_valid_gid = 1\n\
             mail_max_userip_connections = 100\nmaildir_very_dirty_syncs = yes\n{capability}\
             passdb {{\n  driver = static\n  args = password={PASSWORD}\n}}\n\
             userdb {{\n  driver = static\n  args = uid=mail gid=mail home={folder}/mail/%Lu allow_all_users=yes\n}}\n\
             service imap-login {{\n  inet_listener imap {{\n    port = {}\n  }}\n  inet_listener imaps {{\n    port = {}\n    ssl = yes\n  }}\n}}\n\
             service lmtp {{\n  inet_listener lmtp {{\n    address = 127.0.0.1\n    port = {}\n  }}\n}}\n\
             service auth {{\n  unix_listener {folder}/auth {{\n    mode = 0666\n  }}\n}}\n\
             service stats {{\n  unix_listener stats-writer {{\n    mode = 0666\n  }}\n}}\n\
             namespace inbox {{\n  inbox = yes\n  separator = /\n}}\n",
            self.imap, self.imaps, self.lmtp
        );
        fs::write(self.path("dovecot.conf"), text).unwrap();
    }

    fn write_postfix(&self) {
        let folder = self.folder.path().display();
        for name in ["postfix", "queue", "data"] {
            fs::create_dir_all(self.path(name)).unwrap();
        }
        run(Command::new("chown").arg("postfix").arg(self.path("data")));
        let main = format!(
            "compatibility_level = 3.6\nqueue_directory = {folder}/queue\ndata_directory = {folder}/data\n\
             command_directory = /usr/sbin\ndaemon_directory = /usr/lib/postfix/sbin\nmail_owner = postfix\nsetgid_group = postdrop\n\
             maillog_file = {folder}/postfix.log\nmaillog_file_prefixes = {folder}\nmyhostname = localhost\nmydestination =\n\
             inet_interfaces = 127.0.0.1\ninet_protocols = ipv4\nmynetworks = 127.0.0.0/8\nalias_maps =\nalias_database =\n\
             virtual_mailbox_domains = sto.example, example.com\nvirtual_transport = lmtp:inet:127.0.0.1:{}\n\
             virtual_mailbox_maps = regexp:{folder}/postfix/people\ntransport_maps = regexp:{folder}/postfix/transport\nrecipient_delimiter = +\n\
             smtpd_tls_cert_file = {folder}/leaf.pem\nsmtpd_tls_key_file = {folder}/leaf.key\nsmtpd_tls_security_level = may\n\
             smtpd_sasl_auth_enable = yes\nsmtpd_sasl_type = dovecot\nsmtpd_sasl_path = {folder}/auth\n\
             smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination\n\
             smtpd_recipient_restrictions = reject_unlisted_recipient\nmessage_size_limit = 80000000\nmailbox_size_limit = 0\n\
             virtual_mailbox_limit = 0\nminimal_backoff_time = 1s\nmaximal_backoff_time = 2s\nqueue_run_delay = 1s\n\
             smtpd_client_connection_count_limit = 0\nsmtpd_client_connection_rate_limit = 0\ndefault_process_limit = 100\n\
             lmtp_destination_recipient_limit = 1\nlmtp_destination_concurrency_failed_cohort_limit = 1000\nsmtputf8_enable = no\n\
             import_environment = MAIL_CONFIG MAIL_DEBUG MAIL_LOGTAG TZ LANG=C\n",
            self.lmtp
        );
        fs::write(self.path("postfix/main.cf"), main).unwrap();
        fs::write(self.path("postfix/people"), "/@/ OK\n").unwrap();
        // Taken, and sent back when it comes to be delivered.
        let nobody = format!("/^pulang@/ lmtp:inet:127.0.0.1:{}\n", refuses_everybody());
        fs::write(self.path("postfix/transport"), nobody).unwrap();
        let service = |port: u16, extra: &str| format!("127.0.0.1:{port} inet n - n - - smtpd{extra}\n");
        let master = [
            service(self.smtp, ""),
            service(self.smtps, "\n  -o smtpd_tls_wrappermode=yes"),
            // What a crash interrupts is found again when the queue manager is woken, which is by new mail or after this time.
            "pickup unix n - n 60 1 pickup\ncleanup unix n - n - 0 cleanup\nqmgr unix n - n 5 1 qmgr\n".to_owned(),
            "tlsmgr unix - - n 1000? 1 tlsmgr\nrewrite unix - - n - - trivial-rewrite\nbounce unix - - n - 0 bounce\n".to_owned(),
            "defer unix - - n - 0 bounce\ntrace unix - - n - 0 bounce\nverify unix - - n - 1 verify\n".to_owned(),
            "flush unix n - n 1000? 0 flush\nproxymap unix - - n - - proxymap\nsmtp unix - - n - - smtp\n".to_owned(),
            "error unix - - n - - error\nretry unix - - n - - error\ndiscard unix - - n - - discard\n".to_owned(),
            "lmtp unix - - n - - lmtp\nanvil unix - - n - 1 anvil\nscache unix - - n - 1 scache\n".to_owned(),
            "postlog unix-dgram n - n - 1 postlogd\n".to_owned(),
        ];
        fs::write(self.path("postfix/master.cf"), master.concat()).unwrap();
    }

    pub(crate) fn start_dovecot(&self) {
        run(Command::new("dovecot").arg("-c").arg(self.path("dovecot.conf")));
        wait_for_port(self.imaps);
        wait_for_port(self.lmtp);
    }

    pub(crate) fn stop_dovecot(&self) {
        let _ = Command::new("dovecot").arg("-c").arg(self.path("dovecot.conf")).arg("stop").output();
        wait_for_silence(self.imaps);
    }

    pub(crate) fn start_postfix(&self) {
        run(Command::new("postfix").arg("-c").arg(self.path("postfix")).arg("start"));
        wait_for_port(self.smtps);
    }

    /// As a crash would: one that is asked to stop may leave a postman behind, which keeps a mail to itself.
    pub(crate) fn stop_postfix(&self) {
        let _ = Command::new("postfix").arg("-c").arg(self.path("postfix")).arg("abort").output();
        wait_for_silence(self.smtps);
    }

    /// Somebody sends a mail.
    pub(crate) fn submit(&self, from: &str, to: &str, mail: &[u8]) {
        let mut line = Submission::open(self.smtp);
        line.send(from, to, mail);
    }

    /// The same, where nobody may listen; whether it was taken.
    pub(crate) fn try_submit(&self, from: &str, to: &str, mail: &[u8]) -> bool {
        Submission::try_open(self.smtp).is_some_and(|mut line| line.try_send(from, to, mail).is_some())
    }

    /// Sends several mails over one connection.
    pub(crate) fn submission(&self) -> Submission {
        Submission::open(self.smtp)
    }

    /// The mails in a folder of somebody's, oldest first.
    pub(crate) fn mails(&self, user: &str, folder: &str) -> Vec<Vec<u8>> {
        let mut path = self.path("mail").join(user);
        if folder != "INBOX" {
            path = path.join(format!(".{folder}"));
        }
        let mut files: Vec<PathBuf> = Vec::new();
        for part in ["new", "cur"] {
            let Ok(entries) = fs::read_dir(path.join(part)) else { continue };
            files.extend(entries.filter_map(|entry| Some(entry.ok()?.path())));
        }
        files.sort_by_key(|path| path.file_name().map(ToOwned::to_owned));
        files.iter().filter_map(|path| fs::read(path).ok()).collect()
    }

    /// Waits until somebody has got so many mails; gives back all.
    pub(crate) fn wait_for(&self, user: &str, count: usize) -> Vec<Received> {
        self.wait_in(user, "INBOX", count).iter().map(|mail| Received::read(mail)).collect()
    }

    /// Waits until there are so many mails in a folder.
    pub(crate) fn wait_in(&self, user: &str, folder: &str, count: usize) -> Vec<Vec<u8>> {
        let start = Instant::now();
        loop {
            let mails = self.mails(user, folder);
            if mails.len() >= count {
                return mails;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "{user}/{folder} has {} of {count} mails\n{}",
                mails.len(),
                self.logs()
            );
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// What the servers have to say.
    pub(crate) fn logs(&self) -> String {
        let tail = |name: &str| {
            let text = fs::read_to_string(self.path(name)).unwrap_or_default();
            let lines: Vec<_> = text.lines().rev().take(25).collect();
            lines.into_iter().rev().map(|line| format!("{line}\n")).collect::<String>()
        };
        format!("{}{}", tail("dovecot.log"), tail("postfix.log"))
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

/// A connection over which people's mail is sent.
pub(crate) struct Submission {
    stream: TcpStream,
}

impl Submission {
    fn open(port: u16) -> Submission {
        Submission::try_open(port).unwrap()
    }

    fn try_open(port: u16) -> Option<Submission> {
        let stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
        stream.set_nodelay(true).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
        let mut line = Submission { stream };
        line.hear("220")?;
        line.say("EHLO localhost\r\n", "250")?;
        Some(line)
    }

    pub(crate) fn send(&mut self, from: &str, to: &str, mail: &[u8]) {
        self.try_send(from, to, mail).unwrap();
    }

    fn try_send(&mut self, from: &str, to: &str, mail: &[u8]) -> Option<()> {
        self.say(&format!("MAIL FROM:<{from}>\r\n"), "250")?;
        self.say(&format!("RCPT TO:<{to}>\r\n"), "250")?;
        self.say("DATA\r\n", "354")?;
        let text = String::from_utf8_lossy(mail).replace("\r\n.", "\r\n..");
        let bytes = if text.contains('\u{fffd}') { mail.to_vec() } else { text.into_bytes() };
        self.stream.write_all(&bytes).ok()?;
        self.say("\r\n.\r\n", "250")
    }

    fn say(&mut self, text: &str, expected: &str) -> Option<()> {
        self.stream.write_all(text.as_bytes()).ok()?;
        self.hear(expected)
    }

    fn hear(&mut self, expected: &str) -> Option<()> {
        let mut heard = String::new();
        loop {
            let mut piece = [0; 1024];
            let length = self.stream.read(&mut piece).ok().filter(|length| *length > 0)?;
            heard.push_str(&String::from_utf8_lossy(piece.get(..length)?));
            let last = heard.trim_end().lines().last().unwrap_or_default().to_owned();
            if heard.ends_with('\n') && last.get(3..4).is_none_or(|mark| mark == " ") {
                return last.starts_with(expected).then_some(());
            }
        }
    }
}

/// A postman that knows nobody; gives back its port.
fn refuses_everybody() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            thread::spawn(move || {
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let _ = stream.write_all(b"220 localhost LMTP\r\n");
                while let Some(Ok(line)) = lines.next() {
                    let answer = match line.get(..4).unwrap_or_default() {
                        "RCPT" => "550 5.1.1 nobody of that name",
                        "DATA" => "503 5.5.1 to whom",
                        "QUIT" => "221 2.0.0 bye",
                        _ => "250 2.0.0 ok",
                    };
                    let _ = stream.write_all(format!("{answer}\r\n").as_bytes());
                }
            });
        }
    });
    port
}

fn free_ports<const N: usize>() -> [u16; N] {
    let listeners: [TcpListener; N] = std::array::from_fn(|_| TcpListener::bind("127.0.0.1:0").unwrap());
    listeners.map(|listener| listener.local_addr().unwrap().port())
}

fn run(command: &mut Command) {
    // Daemons keep what they inherit, so that waiting for the end of a pipe would wait for them.
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let status =
        status.unwrap_or_else(|error| panic!("{command:?}: {error}; tests/run installs what is needed"));
    assert!(status.success(), "{command:?}: {status}");
}

fn wait_for_port(port: u16) {
    let start = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(start.elapsed() < Duration::from_secs(30), "nobody listens at {port}");
        thread::sleep(Duration::from_millis(20));
    }
}

fn wait_for_silence(port: u16) {
    let start = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_ok() {
        assert!(start.elapsed() < Duration::from_secs(30), "somebody still listens at {port}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// `temujanji serve` as a process of its own.
pub(crate) struct Serving {
    child: std::process::Child,
    log: PathBuf,
}

impl Serving {
    /// Starts it in a folder, on a mail server.
    pub(crate) fn start(folder: &Path, server: &MailServer, settings: &[(&str, String)]) -> Serving {
        let mut command = bound(env!("CARGO_BIN_EXE_temujanji"));
        let log = folder.join("serve.log");
        let out = fs::OpenOptions::new().create(true).append(true).open(&log).unwrap();
        command
            .arg("--log")
            .arg("info")
            .arg("serve")
            .current_dir(folder)
            .env("TEMUJANJI_MAIL__ADDRESS", crate::correspondent::OWN)
            .env("TEMUJANJI_MAIL__IMAP_URL", server.imap_url(crate::correspondent::OWN))
            .env("TEMUJANJI_MAIL__SMTP_URL", server.smtp_url(crate::correspondent::OWN))
            .env("TEMUJANJI_MAIL__CA_FILE", server.ca_file())
            .stdin(Stdio::null())
            .stdout(out.try_clone().unwrap())
            .stderr(out);
        for (name, value) in settings {
            command.env(name, value);
        }
        Serving { child: command.spawn().unwrap(), log }
    }

    /// Ends it without warning.
    pub(crate) fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// The process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Whether it still runs.
    pub(crate) fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// What it has logged.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.end();
    }
}
