//! A mail server that takes mail on a bad day: it puts some off once, drops some connections, and knows some mailboxes no
//! more.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Of so many mailboxes one is put off at first, and one more has its first connection dropped.
const SLOW: usize = 10;

/// The server.
pub(crate) struct MailSink {
    port: u16,
    known: Arc<Mutex<Known>>,
}

#[derive(Default)]
struct Known {
    /// How many mails each mailbox has got.
    taken: BTreeMap<String, usize>,
    /// How often mail was brought for each.
    tried: BTreeMap<String, usize>,
    refused: BTreeSet<String>,
}

/// What a mailbox answers.
enum Fate {
    Takes,
    Later,
    Drops,
    Gone,
}

impl MailSink {
    /// Starts one, of whose mailboxes one of `gone` is no more.
    pub(crate) async fn start(gone: usize) -> MailSink {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let known: Arc<Mutex<Known>> = Arc::default();
        let shared = Arc::clone(&known);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let known = Arc::clone(&shared);
                tokio::spawn(async move {
                    let _ended = serve(stream, &known, gone).await;
                });
            }
        });
        MailSink { port, known }
    }

    pub(crate) fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}?tls=none", self.port)
    }

    /// How many mails each mailbox has got.
    pub(crate) fn taken(&self) -> BTreeMap<String, usize> {
        lock(&self.known).taken.clone()
    }

    /// The mailboxes that are no more and were written to.
    pub(crate) fn refused(&self) -> BTreeSet<String> {
        lock(&self.known).refused.clone()
    }
}

fn lock(known: &Mutex<Known>) -> MutexGuard<'_, Known> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}

/// By the number in `p17@example.com`; faults only come at the first try.
fn fate(known: &Mutex<Known>, address: &str, gone: usize) -> Fate {
    let digits: String = address.chars().filter(char::is_ascii_digit).collect();
    let number: usize = digits.parse().unwrap_or(0);
    let mut known = lock(known);
    let tries = known.tried.entry(address.to_owned()).or_default();
    *tries += 1;
    match (number % SLOW, *tries) {
        _ if number % gone == gone - 1 => {
            known.refused.insert(address.to_owned());
            Fate::Gone
        }
        (0, 1) => Fate::Later,
        (1, 1) => Fate::Drops,
        _ => Fate::Takes,
    }
}

async fn serve(stream: TcpStream, known: &Mutex<Known>, gone: usize) -> std::io::Result<()> {
    let (reading, mut writing) = stream.into_split();
    let mut lines = BufReader::new(reading).lines();
    writing.write_all(b"220 sink.example ESMTP\r\n").await?;
    let mut to = Vec::new();
    while let Some(line) = lines.next_line().await? {
        let word = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        let answer = match word.as_str() {
            "EHLO" => "250-sink.example\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
            "MAIL" => {
                to.clear();
                "250 ok\r\n"
            }
            "RCPT" => {
                let address = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                match fate(known, &address, gone) {
                    Fate::Takes => {
                        to.push(address);
                        "250 ok\r\n"
                    }
                    Fate::Later => "451 4.7.1 try again later\r\n",
                    Fate::Gone => "550 5.1.1 no such mailbox\r\n",
                    Fate::Drops => return Ok(()),
                }
            }
            "DATA" => {
                writing.write_all(b"354 go on\r\n").await?;
                while lines.next_line().await?.is_some_and(|line| line != ".") {}
                for address in &to {
                    *lock(known).taken.entry(address.clone()).or_default() += 1;
                }
                "250 taken\r\n"
            }
            "QUIT" => {
                writing.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "250 ok\r\n",
        };
        writing.write_all(answer.as_bytes()).await?;
    }
    Ok(())
}
