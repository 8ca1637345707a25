//! `temujanji serve`: every channel that is configured.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use rand::rngs::StdRng;
use temujanji::assistant::{Assistant, MAIL};
use temujanji::channel::email::Mailroom;
use temujanji::channel::email::read::Own;
use temujanji::channel::email::reader::{Parts as MailParts, Reader};
use temujanji::channel::telegram::{Parts, TELEGRAM};
use temujanji::clock;
use temujanji::config::Config;
use temujanji::delivery::Sender;
use temujanji::delivery::slips::Slips;
use temujanji::delivery::worker::Worker;
use temujanji::dialogue::Proof;
use temujanji::errands::{Errands, Parts as ErrandParts};
use temujanji::http::{self, Watched};
use temujanji::keys::Keys;
use temujanji::metrics::Metrics;
use temujanji::store::Store;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::bot;
use super::open::{Open, clocks_apart, mail_sender, open_with_office, tls};
use super::upkeep::{keep_tidy, send_lists};
use super::{Failure, Outcome, wait_for};

/// Serves every channel that is configured, until it is stopped (SIGTERM, Ctrl-C)
///
/// Says which channels are not configured, and how to turn them on. When it is told to stop it finishes what is in hand,
/// sends what it can within serve.stop_within, and leaves the rest in the database for the next start.
#[derive(Args)]
pub(super) struct Serve {}

impl Serve {
    pub(super) fn run(self, config: &Config) -> Outcome {
        wait_for(serve(config))
    }
}

/// What runs until it is told to stop; one that ends by itself names why.
struct Part {
    name: &'static str,
    ended: Result<(), String>,
}

async fn serve(config: &Config) -> Outcome {
    let Open { keys, store } = open_with_office(config).await?;
    let stop = CancellationToken::new();
    let signalled = stop.clone();
    let asked = tokio::spawn(async move {
        let asked = asked_to_stop().await;
        signalled.cancel();
        asked
    });
    if let Some(apart) = clocks_apart(&store.health(false).await?, clock::now()) {
        tracing::warn!("{apart}");
    }
    let metrics = Arc::new(Metrics::default());
    let bot = bot::begin(config, &stop).await?;
    tell(config, bot.as_ref())?;
    let name = config.telegram.clone().or_else(|| bot.as_ref().map(|bot| bot.name.clone()));
    let slips = Slips::new(keys.clone(), name);
    let mail = mail_sender(config, keys.clone(), &slips, &store)?;
    let mut senders: Vec<(&'static str, Arc<dyn Sender>)> = vec![(MAIL, mail)];
    senders.extend(bot.as_ref().map(|bot| (TELEGRAM, bot.sender(&store, &slips))));
    let worker = Worker::new(store.clone(), senders, rand::make_rng::<StdRng>())
        .counting(metrics.clone())
        .taken_over_after(config.lease);
    let worker = Arc::new(worker);
    let _announced = stop.run_until_cancelled(worker.announce(clock::now)).await;
    let lives = worker.clone();
    let living = tokio::spawn(async move { lives.live(clock::now).await });
    let mut parts: JoinSet<Part> = JoinSet::new();
    if let Some(listen) = &config.http_listen {
        let listener = TcpListener::bind(listen).await.map_err(|error| {
            Failure::fault(
                format!("http.listen {listen} cannot be listened on: {error}"),
                "set another address",
            )
        })?;
        let (store, metrics, polls) =
            (store.clone(), metrics.clone(), bot.as_ref().is_some_and(|bot| bot.polls()));
        let watched = Watched { store, metrics, polls, clock: clock::now };
        let told = stop.clone();
        parts.spawn(async move {
            let ended = http::serve(listener, watched, told).await.map_err(|error| error.to_string());
            Part { name: "http", ended }
        });
    }
    if let Some(reader) = mail_reader(config, &keys, &store, &worker)? {
        let told = stop.clone();
        parts.spawn(async move {
            reader.run(told).await;
            Part { name: "mail", ended: Ok(()) }
        });
    }
    if let Some(bot) = bot {
        let assistant =
            Assistant::new(store.clone(), config.booking.clone(), bot::proof(config), rand::make_rng())
                .reading_mail(config.reads_mail());
        let (store, worker, pace) = (store.clone(), worker.clone(), config.bot.pace());
        let desk = Parts { assistant, store, worker, keys, metrics, pace, clock: clock::now };
        let told = stop.clone();
        parts.spawn(async move { Part { name: "telegram", ended: bot.serve(desk, told).await } });
    }
    let errands = Errands::new(ErrandParts {
        assistant: Arc::new(Assistant::new(
            store.clone(),
            config.booking.clone(),
            bot::proof(config),
            rand::make_rng::<StdRng>(),
        )),
        store: store.clone(),
        worker: worker.clone(),
        lease: config.lease,
        clock: clock::now,
    });
    let told = stop.clone();
    parts.spawn(async move {
        errands.run(told).await;
        Part { name: "errands", ended: Ok(()) }
    });
    let (delivery, told) = (worker.clone(), stop.clone());
    parts.spawn(async move {
        delivery.run(clock::now, told).await;
        Part { name: "delivery", ended: Ok(()) }
    });
    let (tidied, retention, told) = (store.clone(), config.retention, stop.clone());
    parts.spawn(async move {
        keep_tidy(tidied, retention, told).await;
        Part { name: "tidying", ended: Ok(()) }
    });
    let chance = rand::make_rng::<StdRng>();
    let assistant = Assistant::new(store.clone(), config.booking.clone(), bot::proof(config), chance);
    let (members, lists, told) = (store.clone(), worker.clone(), stop.clone());
    parts.spawn(async move {
        send_lists(members, assistant, lists, told).await;
        Part { name: "lists of the day", ended: Ok(()) }
    });

    let outcome = tokio::select! {
        asked = asked => asked.unwrap_or(Ok(())).map_err(Failure::from),
        // A part may be done with stopping before the wish to stop is heard of here.
        ended = parts.join_next() => match stop.is_cancelled() {
            true => Ok(()),
            false => Err(why(ended)),
        },
    };
    stop.cancel();
    let finishing = async { while parts.join_next().await.is_some() {} };
    let in_time = config.stop_within.to_std().unwrap_or_default();
    if tokio::time::timeout(in_time, finishing).await.is_err() {
        tracing::warn!(
            "not everything could be finished in time; the rest is in the database for the next start"
        );
        parts.shutdown().await;
    }
    living.abort();
    if let Err(error) = store.gone().await {
        tracing::warn!(%error, "what this process had taken is free a little later");
    }
    store.close().await;
    outcome.map(|()| ExitCode::SUCCESS)
}

/// Says what is served, and how the rest is turned on.
fn tell(config: &Config, bot: Option<&bot::Bot>) -> std::io::Result<()> {
    let mut to = anstream::stderr().lock();
    let Some(bot) = bot else {
        return writeln!(
            to,
            "Telegram is not configured: set telegram.token to the token of a bot; see README.md."
        );
    };
    let how = if bot.polls() { "polling" } else { "webhook" };
    writeln!(to, "Telegram: https://t.me/{} ({how}).", bot.name)?;
    if bot::proof(config) == Proof::None {
        writeln!(
            to,
            "E-mail addresses are taken without proof, and the bookings say so: no mail leaves this machine. Only for \
             a trial."
        )?;
    }
    Ok(())
}

/// Who reads the mailbox, if one is configured.
fn mail_reader(
    config: &Config,
    keys: &Arc<Keys>,
    store: &Arc<dyn Store>,
    worker: &Arc<Worker>,
) -> Result<Option<Reader>, Failure> {
    let Some(server) = config.mail.imap.clone().filter(|_| config.reads_mail()) else {
        writeln!(
            anstream::stderr(),
            "E-mail is not read: set mail.address, mail.imap_url and mail.smtp_url to let people book by mail; see README.md."
        )?;
        return Ok(None);
    };
    writeln!(anstream::stderr(), "E-mail: {} is read and answered.", config.mail_address)?;
    let chance = rand::make_rng::<StdRng>();
    let assistant = Assistant::new(store.clone(), config.booking.clone(), Proof::Code, chance);
    let own = Own::new(&config.mail_address);
    Ok(Some(Reader::new(MailParts {
        mailroom: Mailroom::new(Arc::new(assistant), store.clone(), keys.clone(), own),
        store: store.clone(),
        worker: worker.clone(),
        server,
        tls: tls(config)?,
        answers_hourly: config.mail.answers_hourly,
        clock: clock::now,
    })))
}

/// Which part ended although nobody had asked it to.
fn why(ended: Option<Result<Part, tokio::task::JoinError>>) -> Failure {
    let mend = "start it again; if it stops again, `temujanji doctor` may tell why";
    match ended {
        Some(Ok(Part { name, ended: Err(why) })) => Failure::fault(format!("{name} stopped: {why}"), mend),
        Some(Ok(Part { name, ended: Ok(()) })) => Failure::fault(format!("{name} stopped"), mend),
        Some(Err(_)) | None => Failure::fault("a part broke down; the log says where", mend),
    }
}

#[cfg(unix)]
async fn asked_to_stop() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn asked_to_stop() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
