//! Mail read and answered, as a ratio to bare fetching and sending with the same libraries; and how long a person waits.
//! Starts a real Dovecot and a real Postfix.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench may panic and prints")]

#[path = "../tests/correspondent/mod.rs"]
mod correspondent;
#[path = "../tests/mailserver/mod.rs"]
mod mailserver;

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use async_imap::Client;
use correspondent::{OWN, first};
use futures::TryStreamExt;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use mailserver::{MailServer, PASSWORD, Serving};
use temujanji::config::mail::{Server, Tls as Protection};

/// Mails waiting when the clock starts.
const MAILS: usize = 200;
/// Mails sent one by one.
const SINGLE: usize = 40;
/// Mails the bare program sends at the same time, as many as the assistant.
const AT_ONCE: usize = 8;
const BARE: &str = "bare@sto.example";

fn main() {
    let server = MailServer::start();
    let folder = tempfile::tempdir().unwrap();
    let people: Vec<String> = (0..MAILS).map(|n| format!("orang{n}@example.com")).collect();
    let mut line = server.submission();
    for person in &people {
        line.send(person, BARE, &first(person, "Temujanji", "Salam, saya nak buat temujanji"));
        line.send(person, OWN, &first(person, "Temujanji", "Salam, saya nak buat temujanji"));
    }
    server.wait_in(BARE, "INBOX", MAILS);
    server.wait_in(OWN, "INBOX", MAILS);

    let start = Instant::now();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let size = runtime.block_on(bare(&server, &people));
    until(&server, &people, 1);
    let bare = start.elapsed();

    let start = Instant::now();
    let serving = Serving::start(folder.path(), &server, &[]);
    until(&server, &people, 2);
    let whole = start.elapsed();
    while !server.mails(OWN, "INBOX").is_empty() {
        thread::sleep(Duration::from_millis(10));
    }
    thread::sleep(Duration::from_secs(1));

    let mut waits: Vec<Duration> = (0..SINGLE)
        .map(|n| {
            let person = format!("tunggal{n}@example.com");
            let mail = first(&person, "Temujanji", "Salam, saya nak buat temujanji");
            let start = Instant::now();
            line.send(&person, OWN, &mail);
            while server.mails(&person, "INBOX").is_empty() {
                thread::sleep(Duration::from_millis(1));
            }
            start.elapsed()
        })
        .collect();
    waits.sort();
    drop(serving);

    let rate = |time: Duration| MAILS as f64 / time.as_secs_f64();
    println!("bare fetch and send ({size} bytes a mail): {:.0} mails/s", rate(bare));
    println!("read and answered, start of the process included: {:.0} mails/s", rate(whole));
    println!("ratio: {:.2}", bare.as_secs_f64() / whole.as_secs_f64());
    println!(
        "from handing a mail over to the answer in the mailbox: median {} ms, longest {} ms of {SINGLE}",
        waits.get(SINGLE / 2).unwrap().as_millis(),
        waits.last().unwrap().as_millis()
    );
}

/// Waits until everybody has so many mails.
fn until(server: &MailServer, people: &[String], count: usize) {
    for person in people {
        server.wait_in(person, "INBOX", count);
    }
}

/// Fetches each mail and sends each person one as large as the form, and nothing else.
async fn bare(server: &MailServer, people: &[String]) -> usize {
    let tls = temujanji::wire::tls(Some(&server.ca_file())).unwrap();
    let place = Server {
        host: "localhost".into(),
        port: server.imaps_port(),
        tls: Protection::Implicit,
        user: BARE.into(),
        password: PASSWORD.into(),
        folder: "INBOX".into(),
    };
    let mut client = Client::new(temujanji::wire::connect(&place, &tls).await.unwrap());
    client.read_response().await.unwrap();
    let mut session = client.login(BARE, PASSWORD).await.map_err(|(error, _)| error).unwrap();
    session.select("INBOX").await.unwrap();
    let pem = std::fs::read(server.ca_file()).unwrap();
    let parameters = TlsParameters::builder("localhost".into())
        .add_root_certificate(Certificate::from_pem(&pem).unwrap())
        .build()
        .unwrap();
    let transport: AsyncSmtpTransport<Tokio1Executor> =
        AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous("localhost")
            .port(server.smtps_port())
            .tls(Tls::Wrapper(parameters))
            .credentials(Credentials::new(BARE.into(), PASSWORD.into()))
            .build();
    let (transport, turns) = (Arc::new(transport), Arc::new(tokio::sync::Semaphore::new(AT_ONCE)));
    let body = "Isi borang di bawah dan balas e-mel ini.\r\n".repeat(180);
    let size = body.len();
    let mut uids: Vec<u32> = session.uid_search("ALL").await.unwrap().into_iter().collect();
    uids.sort_unstable();
    let mut sending = tokio::task::JoinSet::new();
    for (uid, person) in uids.into_iter().zip(people) {
        let fetched: Vec<_> = session
            .uid_fetch(uid.to_string(), "(UID BODY.PEEK[])")
            .await
            .unwrap()
            .try_collect()
            .await
            .unwrap();
        assert!(fetched.first().unwrap().body().unwrap().len() > 100);
        let mail = Message::builder()
            .from(BARE.parse().unwrap())
            .to(person.parse().unwrap())
            .subject("Temujanji")
            .body(body.clone())
            .unwrap();
        let (transport, turn) = (transport.clone(), turns.clone().acquire_owned().await.unwrap());
        sending.spawn(async move {
            transport.send(mail).await.unwrap();
            drop(turn);
        });
    }
    while let Some(sent) = sending.join_next().await {
        sent.unwrap();
    }
    size
}
