//! `temujanji chat`: the whole conversation in the terminal.

use std::process::ExitCode;
use std::sync::Arc;

use chrono::TimeDelta;
use clap::Args;
use rand::rngs::StdRng;
use temujanji::assistant::{Assistant, MAIL};
use temujanji::channel::terminal::{Parts, Terminal};
use temujanji::clock;
use temujanji::config::Config;
use temujanji::delivery::slips::Slips;
use temujanji::delivery::worker::Worker;
use temujanji::dialogue::{Event, Proof};
use temujanji::errands::{Errands, Parts as ErrandParts};
use temujanji::staff::{Reach, Role};
use temujanji::store::NewMember;
use tokio_util::sync::CancellationToken;

use super::open::{Open, mail_sender, open_with_office};
use super::staff::invitation;
use super::upkeep::keep_tidy;
use super::{Failure, Outcome, wait_for};

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

    /// Speak as staff, with the role of an admin for as long as this chat lasts; see /staf there
    #[arg(long)]
    staff: bool,
}

const EXAMPLES: &str = "\
Examples:
  temujanji chat
  temujanji chat --as aminah
  temujanji chat --staff
  printf '%s\\n' 2 agree aminah@example.com | temujanji chat --as aminah
  printf '%s\\n' 'Nama: Aminah binti Abu\\' 'No. telefon: 012-345 6789' | temujanji chat";

impl Chat {
    pub(super) fn run(self, config: &Config) -> Outcome {
        let name = self.name.or_else(user).unwrap_or_else(|| "local".to_owned());
        wait_for(talk(config, &name, self.staff))
    }
}

async fn talk(config: &Config, name: &str, staff: bool) -> Outcome {
    let Open { keys, store } = open_with_office(config).await?;
    let slips = Slips::new(keys.clone(), config.telegram.clone());
    let mail = mail_sender(config, keys, &slips, &store)?;
    let chance = rand::make_rng::<StdRng>;
    let parts = Parts {
        assistant: Assistant::new(store.clone(), config.booking.clone(), Proof::Code, chance())
            .reading_mail(config.reads_mail()),
        worker: Worker::new(store.clone(), [(MAIL, mail.clone())], chance()),
        store: store.clone(),
        slips,
        slips_folder: config.slips_folder(),
        clock: clock::now,
    };
    let tidying = tokio::spawn(keep_tidy(store.clone(), config.retention, CancellationToken::new()));
    let talked = if staff {
        let worker = Arc::new(Worker::new(store.clone(), [(MAIL, mail)], chance()));
        let assistant = Assistant::new(store.clone(), config.booking.clone(), Proof::Code, chance())
            .reading_mail(config.reads_mail());
        let errands = ErrandParts {
            assistant: Arc::new(assistant),
            store: store.clone(),
            worker: worker.clone(),
            lease: config.lease,
            clock: clock::now,
        };
        as_staff(parts, &format!("{name} (staff)"), Errands::new(errands), &worker).await?
    } else {
        Terminal::open(parts, name).run(Event::Opened).await
    };
    tidying.abort();
    store.close().await;
    talked?;
    Ok(ExitCode::SUCCESS)
}

/// Talks as a member of staff. Whoever may open the database may do all that staff may: the invitation is for this chat
/// alone. What is ordered in it is carried out here, whether or not anything is served.
async fn as_staff(
    parts: Parts,
    name: &str,
    errands: Errands,
    worker: &Worker,
) -> Result<std::io::Result<()>, Failure> {
    let (store, errands) = (parts.store.clone(), Arc::new(errands));
    let (invitation, now) = (invitation(), clock::now());
    let (reach, until) = (Reach::default(), now + TimeDelta::minutes(1));
    let new = NewMember { name, role: Role::Admin, reach: &reach, invitation: &invitation, until };
    let member = store.invite(&new, now).await?;
    let (stop, running) = (CancellationToken::new(), errands.clone());
    let told = stop.clone();
    let doing = tokio::spawn(async move { running.run(told).await });
    let talked = Terminal::open(parts, name).run(Event::Invited(invitation)).await;
    stop.cancel();
    if doing.await.is_err() {
        tracing::error!("the errands broke down; what is left is done by the next start");
    }
    store.remove_member(member, name, clock::now()).await?;
    errands.round(clock::now()).await?;
    worker.round(clock::now()).await?;
    Ok(talked)
}

fn user() -> Option<String> {
    ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(|variable| name(&std::env::var(variable).ok()?).ok())
}

pub(super) fn name(written: &str) -> Result<String, String> {
    let name = written.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(format!("a name has 1 to {LONGEST_NAME} characters, as aminah"));
    }
    Ok(name.to_owned())
}
