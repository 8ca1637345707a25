//! A process that serves: messages come in as lines of JSON, answers leave by the outbox, into a file.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rand::rngs::StdRng;
use serde::{Deserialize, Serialize};
use temujanji::assistant::{Assistant, Handled, Incoming, MAIL};
use temujanji::booking::Rules;
use temujanji::clock;
use temujanji::delivery::worker::Worker;
use temujanji::delivery::{SendError, Sender, Sent};
use temujanji::dialogue::{Event, Proof};
use temujanji::store::{Contact, Outgoing, Store};
use tokio_util::sync::CancellationToken;

use super::process::open;

/// The first argument of such a process.
pub(crate) const SERVER: &str = "server";

/// The channel of the people in the crowd.
pub(crate) const CHANNEL: &str = "crowd";

/// One message of a person.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Message {
    pub(crate) person: usize,
    pub(crate) nth: usize,
    /// The channel is opened when there is none.
    pub(crate) text: Option<String>,
}

/// Writes down what left. A line is written whole or not at all.
pub(crate) struct Book(Mutex<File>);

impl Book {
    pub(crate) fn open(path: &Path) -> Book {
        Book(Mutex::new(OpenOptions::new().create(true).append(true).open(path).unwrap()))
    }
}

#[async_trait]
impl Sender for Book {
    async fn send(&self, message: &Outgoing, _: DateTime<Utc>) -> Result<Sent, SendError> {
        let line = format!("{}\n", message.id);
        self.0.lock().unwrap().write_all(line.as_bytes()).unwrap();
        Ok(Sent::default())
    }
}

pub(crate) fn worker(store: &Arc<dyn Store>, book: &Path) -> Worker {
    let book: Arc<dyn Sender> = Arc::new(Book::open(book));
    Worker::new(store.clone(), [(CHANNEL, book.clone()), (MAIL, book)], rand::make_rng::<StdRng>())
}

/// Lives as such a process.
#[tokio::main]
pub(crate) async fn serve(args: &[String]) {
    let store = open(&args[1], &args[2]).await;
    let worker = Arc::new(worker(&store, args[3].as_ref()));
    let assistant = Assistant::new(store, Rules::default(), Proof::None, rand::make_rng::<StdRng>());
    let assistant = Arc::new(assistant);
    worker.announce(clock::now).await;
    let (lives, delivery) = (worker.clone(), worker.clone());
    tokio::spawn(async move { lives.live(clock::now).await });
    tokio::spawn(async move { delivery.run(clock::now, CancellationToken::new()).await });
    let (lines, mut messages) = tokio::sync::mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            let _nobody_waits = lines.send(line);
        }
    });
    while let Some(line) = messages.recv().await {
        let message: Message = serde_json::from_str(&line).unwrap();
        let (assistant, worker) = (assistant.clone(), worker.clone());
        tokio::spawn(async move {
            let word = if answer(&assistant, &worker, &message).await { "done" } else { "again" };
            println!("{word} {} {}", message.person, message.nth);
        });
    }
}

/// As a channel does: the turn, then its answers; whether the message is done with.
async fn answer(assistant: &Assistant, worker: &Worker, message: &Message) -> bool {
    let incoming = Incoming {
        from: Contact { channel: CHANNEL.to_owned(), address: message.person.to_string() },
        delivery: message.nth.to_string(),
        event: message.text.clone().map_or(Event::Opened, Event::Text),
    };
    match assistant.handle_patiently(&incoming, clock::now, Duration::from_secs(30), || {}).await {
        Ok(Handled::Done(ready)) => {
            // What cannot be noted as sent is sent again.
            let _noted = worker.send(&ready, clock::now()).await;
            true
        }
        Ok(Handled::Repeat) => true,
        Err(_) => false,
    }
}
