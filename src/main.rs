//! The command line of `temujanji`.

mod command;

use std::io::ErrorKind;
use std::panic;
use std::process::ExitCode;

use clap::Parser;

use command::{Cli, Failure};

/// Warnings and errors; sqlx would also warn of slow statements, which on a busy disk helps nobody.
const LOG: &str = "warn,sqlx=error";

fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Err(failure) = start_log(cli.log.as_deref()) {
        return failure.show();
    }
    panic::set_hook(Box::new(|broken| {
        // Not the message: it may hold what a person wrote.
        let place = broken.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a part of the program broke down; please report this");
    }));
    match command::run(cli) {
        Ok(code) => code,
        // Whoever read our output has had enough of it.
        Err(Failure::Io(error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => failure.show(),
    }
}

fn start_log(filter: Option<&str>) -> Result<(), Failure> {
    let given = filter.map(str::to_owned).or_else(|| std::env::var("RUST_LOG").ok());
    let filter = given.filter(|text| !text.trim().is_empty()).unwrap_or_else(|| LOG.to_owned());
    let filter = tracing_subscriber::EnvFilter::try_new(&filter).map_err(|error| {
        let mend = "write a level, as --log info, or one for a part, as --log temujanji=debug";
        Failure::usage(format!("the log filter {filter:?} cannot be read ({error})"), mend)
    })?;
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    Ok(())
}
