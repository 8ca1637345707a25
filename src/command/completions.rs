//! `temujanji completions`.

use std::io::Write;
use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Cli, Outcome};

/// Prints a completion script for a shell
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

const EXAMPLES: &str = "\
Examples:
  temujanji completions bash > ~/.local/share/bash-completion/completions/temujanji
  temujanji completions fish > ~/.config/fish/completions/temujanji.fish
  temujanji completions zsh > ~/.zfunc/_temujanji";

impl Completions {
    pub(super) fn run(self) -> Outcome {
        // Into memory first: clap_complete panics when its output is closed.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "temujanji", &mut script);
        std::io::stdout().write_all(&script)?;
        Ok(ExitCode::SUCCESS)
    }
}
