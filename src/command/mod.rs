//! The subcommands, one file each.

mod audit;
mod bookings;
mod bot;
mod chat;
mod completions;
mod db;
mod doctor;
mod failure;
mod office;
mod open;
mod serve;
mod slip;
mod staff;
mod tidy;
mod understand;
mod upkeep;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueHint};
use temujanji::config::{Config, FILE_VARIABLE};

pub(crate) use failure::Failure;

/// What a command ends with.
type Outcome = Result<ExitCode, Failure>;

/// A booking assistant for counter appointments at the Immigration Department of Malaysia
///
/// People write in Malay or English; it answers, finds a free place, books it and makes the slip. Everything is kept in
/// one database file, which is made on the first start.
#[derive(Parser)]
#[command(name = "temujanji", version, after_help = EXAMPLES)]
pub(crate) struct Cli {
    /// Settings file [default: temujanji.toml in the current folder, if there is one]
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    #[arg(env = FILE_VARIABLE, hide_env_values = true)]
    config: Option<PathBuf>,

    /// What is logged to standard error: error, warn, info, debug, or a filter as in RUST_LOG
    #[arg(long, global = true, value_name = "FILTER")]
    pub(crate) log: Option<String>,

    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  temujanji chat                         book an appointment right here
  temujanji config                       every setting, as a file
  temujanji office export my-office      the offices, services and holidays as files
  temujanji office check my-office       every mistake in them, with file and line
  temujanji doctor                       what is wrong, and how to mend it

Exit codes: 0 done, 1 not done, 2 wrong command line or settings.";

#[derive(Subcommand)]
enum Command {
    Chat(chat::Chat),
    Serve(serve::Serve),
    Bookings(bookings::Bookings),
    #[command(subcommand)]
    Office(office::Office),
    Understand(understand::Understand),
    #[command(subcommand)]
    Slip(slip::Slip),
    #[command(subcommand)]
    Staff(staff::Staff),
    Audit(audit::Audit),
    #[command(subcommand)]
    Db(db::Db),
    Tidy(tidy::Tidy),
    Doctor(doctor::Doctor),
    /// Prints every setting with its meaning and its present value, as a settings file
    Config,
    Completions(completions::Completions),
}

/// Runs the command that was asked for.
pub(crate) fn run(cli: Cli) -> Outcome {
    // What needs no settings works with wrong ones, too.
    if let Command::Completions(completions) = cli.command {
        return completions.run();
    }
    let config = Config::read(cli.config.as_deref(), std::env::vars_os()).map_err(Failure::Settings)?;
    match cli.command {
        Command::Chat(chat) => chat.run(&config),
        Command::Serve(serve) => serve.run(&config),
        Command::Bookings(bookings) => bookings.run(&config),
        Command::Office(office) => office.run(&config),
        Command::Understand(understand) => understand.run(&config),
        Command::Slip(slip) => slip.run(&config),
        Command::Staff(staff) => staff.run(&config),
        Command::Audit(audit) => audit.run(&config),
        Command::Db(db) => db.run(&config),
        Command::Tidy(tidy) => tidy.run(&config),
        Command::Doctor(doctor) => doctor.run(&config),
        Command::Config => {
            write!(anstream::stdout(), "{}", config.to_toml())?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Completions(completions) => completions.run(),
    }
}

/// Runs what waits for the database or for people.
fn wait_for<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let done = runtime.block_on(work);
    // Not to wait for a thread that is still reading standard input.
    runtime.shutdown_background();
    done
}
