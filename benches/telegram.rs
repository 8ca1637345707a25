//! Updates handled a second through the tests' Bot API server, as a share of a bare teloxide echo bot at the same server
//! in the same run, and the median time from an update to the first answer: `cargo bench --bench telegram`.
//!
//! Each of N chats writes, waits for the answer and writes again. The echo bot sends back what it gets; ours runs a turn of
//! the conversation, commits it (`synchronous=FULL`), sends the answer and takes the buttons of the question before away.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::indexing_slicing, clippy::allow_attributes)]

#[path = "../tests/botapi/mod.rs"]
mod botapi;

use std::sync::Arc;
use std::time::{Duration, Instant};

use botapi::{BotApi, Person, TOKEN};
use chrono::TimeDelta;
use rand::SeedableRng;
use rand::rngs::StdRng;
use teloxide::dispatching::{Dispatcher, UpdateFilterExt};
use teloxide::prelude::{Bot, Requester, ResponseResult};
use teloxide::types::{Message, Update};
use temujanji::assistant::Assistant;
use temujanji::booking::Rules;
use temujanji::channel::telegram::{Api, Pace, Parts, TELEGRAM, TelegramSender, Way};
use temujanji::clock;
use temujanji::delivery::Sender;
use temujanji::delivery::slips::Slips;
use temujanji::delivery::worker::Worker;
use temujanji::dialogue::Proof;
use temujanji::keys::Keys;
use temujanji::office;
use temujanji::store::{SqliteStore, Store};
use tokio_util::sync::CancellationToken;

const ROUNDS: usize = 3;
const MESSAGES: usize = 10;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    println!(
        "{:>6} {:>12} {:>12} {:>8} {:>14} {:>14}",
        "chats", "echo/s", "ours/s", "ratio", "echo p50 ms", "ours p50 ms"
    );
    for chats in [1, 50, 500] {
        let (mut echo, mut ours) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            echo.push(runtime.block_on(echoing(chats)));
            ours.push(runtime.block_on(booking(chats)));
        }
        let (echo, ours) = (middle(echo), middle(ours));
        println!(
            "{chats:>6} {:>12.0} {:>12.0} {:>8.2} {:>14.2} {:>14.2}",
            echo.0,
            ours.0,
            ours.0 / echo.0,
            echo.1,
            ours.1
        );
    }
}

/// Everybody writes, waits and writes again; gives back updates a second and the median wait in milliseconds.
async fn talk(api: &Arc<BotApi>, chats: i64) -> (f64, f64) {
    let start = Instant::now();
    let talking = (0..chats).map(|chat| {
        let person = Person::new(api, 1000 + chat, "p").waiting(Duration::from_secs(120));
        tokio::spawn(async move {
            let mut waits = Vec::new();
            for message in 0..MESSAGES {
                let (text, asked) = (if message == 0 { "/start" } else { "hello" }, Instant::now());
                let answered = person.with(|chat| chat.posted.len());
                person.says(text);
                assert!(person.hears_more_than(answered).await, "no answer");
                waits.push(asked.elapsed());
            }
            waits
        })
    });
    let waits = futures::future::join_all(talking).await;
    let took = start.elapsed().as_secs_f64();
    let mut waits: Vec<_> = waits.into_iter().flat_map(Result::unwrap).collect();
    waits.sort_unstable();
    (waits.len() as f64 / took, waits[waits.len() / 2].as_secs_f64() * 1000.0)
}

async fn echoing(chats: i64) -> (f64, f64) {
    let api = BotApi::start().await;
    let bot = Bot::new(TOKEN).set_api_url(api.url.parse().unwrap());
    let echo = Update::filter_message().endpoint(|bot: Bot, message: Message| async move {
        bot.send_message(message.chat.id, message.text().unwrap_or("?")).await?;
        ResponseResult::Ok(())
    });
    let mut dispatcher = Dispatcher::builder(bot, echo).build();
    let stop = dispatcher.shutdown_token();
    let serving = tokio::spawn(async move { dispatcher.dispatch().await });
    let measured = talk(&api, chats).await;
    while stop.shutdown().is_err() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    serving.abort();
    measured
}

async fn booking(chats: i64) -> (f64, f64) {
    let api = BotApi::start().await;
    let folder = tempfile::tempdir_in(".").unwrap();
    let keys = Arc::new(Keys::load_or_create(&folder.path().join("keys")).unwrap());
    let store = SqliteStore::open(&folder.path().join("t.db"), keys.clone()).await.unwrap();
    let store: Arc<dyn Store> = Arc::new(store);
    store.import_office(&office::builtin(), clock::now()).await.unwrap();
    let calls = Api::new(&api.url, TOKEN).unwrap();
    let sender = TelegramSender::new(calls.clone(), store.clone(), Slips::new(keys.clone(), None));
    let senders: [(&'static str, Arc<dyn Sender>); 1] = [(TELEGRAM, Arc::new(sender))];
    let worker = Arc::new(Worker::new(store.clone(), senders, StdRng::seed_from_u64(1)));
    let parts = Parts {
        assistant: Assistant::new(store.clone(), Rules::default(), Proof::None, StdRng::seed_from_u64(1)),
        store: store.clone(),
        worker: worker.clone(),
        keys,
        metrics: Arc::default(),
        pace: Pace { burst: 1000, per_minute: 1000 },
        clock: clock::now,
    };
    let stop = CancellationToken::new();
    let (told, also_told) = (stop.clone(), stop.clone());
    let way = Way::Polling { lease: TimeDelta::seconds(15) };
    let serving =
        tokio::spawn(temujanji::channel::telegram::serve(calls, parts, "bot".to_owned(), way, told));
    let delivering = tokio::spawn(async move { worker.run(clock::now, also_told).await });
    let measured = talk(&api, chats).await;
    stop.cancel();
    serving.await.unwrap().unwrap();
    delivering.await.unwrap();
    store.close().await;
    measured
}

/// The round in the middle by its rate.
fn middle(mut rounds: Vec<(f64, f64)>) -> (f64, f64) {
    rounds.sort_by(|a, b| a.0.total_cmp(&b.0));
    rounds[rounds.len() / 2]
}
