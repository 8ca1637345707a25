//! `temujanji chat`: the whole conversation in the terminal.

use std::process::ExitCode;

use clap::Args;
use rand::rngs::StdRng;
use temujanji::assistant::{Assistant, MAIL};
use temujanji::channel::terminal::{Parts, Terminal};
use temujanji::clock;
use temujanji::config::Config;
use temujanji::delivery::slips::Slips;
use temujanji::delivery::worker::Worker;
use temujanji::dialogue::Proof;

use super::open::{Open, mail_sender, open_with_office};
use super::upkeep::keep_tidy;
use super::{Outcome, wait_for};

/// Longest name of a conversation, in characters.
const LONGEST_NAME: usize = 64;

/// Talks with you in this terminal, or through a pipe
///
/// On the first start this makes the database, and says so. Mail (the code that proves your mailbox, the slip) is saved
/// as files in a folder that is named as it happens; slips are saved beside it as PDF and calendar entry.
///
/// At a keyboard: arrow keys edit and recall lines, pasted lines are one message, Ctrl-D leaves. Your answers are kept,
/// and the next `temujanji chat` goes on where you left.
///
/// From a pipe: each line is one message and gets one answer, without colours; a line that ends in \ goes on in the next.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Chat {
    /// Name of the conversation, so that several people can try it [default: your user name]
    #[arg(long = "as", value_name = "NAME", value_parser = name)]
    name: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  temujanji chat
  temujanji chat --as aminah
  printf '%s\\n' 2 agree aminah@example.com | temujanji chat --as aminah
  printf '%s\\n' 'Nama: Aminah binti Abu\\' 'No. telefon: 012-345 6789' | temujanji chat";

impl Chat {
    pub(super) fn run(self, config: &Config) -> Outcome {
        let name = self.name.or_else(user).unwrap_or_else(|| "local".to_owned());
        wait_for(talk(config, &name))
    }
}

async fn talk(config: &Config, name: &str) -> Outcome {
    let Open { keys, store } = open_with_office(config).await?;
    let slips = Slips::new(keys.clone(), config.telegram.clone());
    let mail = mail_sender(config, keys, &slips, &store)?;
    let chance = rand::make_rng::<StdRng>;
    let parts = Parts {
        assistant: Assistant::new(store.clone(), config.booking.clone(), Proof::Code, chance())
            .reading_mail(config.reads_mail()),
        worker: Worker::new(store.clone(), [(MAIL, mail)], chance()),
        store: store.clone(),
        slips,
        slips_folder: config.slips_folder(),
        clock: clock::now,
    };
    let tidying = tokio::spawn(keep_tidy(store.clone(), config.retention));
    let talked = Terminal::open(parts, name).run().await;
    tidying.abort();
    store.close().await;
    talked?;
    Ok(ExitCode::SUCCESS)
}

fn user() -> Option<String> {
    ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(|variable| name(&std::env::var(variable).ok()?).ok())
}

fn name(written: &str) -> Result<String, String> {
    let name = written.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(format!("a name has 1 to {LONGEST_NAME} characters, as aminah"));
    }
    Ok(name.to_owned())
}
