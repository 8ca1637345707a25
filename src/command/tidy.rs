//! `temujanji tidy`: what is kept too long goes.

use std::io::Write;
use std::process::ExitCode;

use clap::Args;
use temujanji::channel::terminal::progress::Progress;
use temujanji::clock;
use temujanji::config::Config;

use super::open::open;
use super::{Failure, Outcome, wait_for};

/// Strips personal data that is older than the settings allow
///
/// Runs by itself every hour while a conversation is open; this does it now and says what it did. The settings are
/// those of [retention]; see `temujanji config`.
#[derive(Args)]
pub(super) struct Tidy {}

impl Tidy {
    pub(super) fn run(self, config: &Config) -> Outcome {
        wait_for(tidy(config))?;
        Ok(ExitCode::SUCCESS)
    }
}

async fn tidy(config: &Config) -> Result<(), Failure> {
    let store = open(config).await?.store;
    let progress = Progress::start("tidying");
    let done = store.tidy(&config.retention, clock::now()).await?;
    drop(progress);
    store.close().await;
    let mut out = anstream::stdout().lock();
    for (number, what) in [
        (done.places, "places given back whose time had run out"),
        (done.drafts, "conversations emptied"),
        (done.bookings, "appointments stripped of personal data"),
        (done.profiles, "profiles deleted"),
        (done.traces, "records of messages and codes deleted"),
    ] {
        writeln!(out, "{number:>8}  {what}")?;
    }
    Ok(())
}
