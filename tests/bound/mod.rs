//! Processes that end with the test that starts them, however it ends.

use std::process::Command;

/// Runs a program that is killed when the thread that starts it ends, and so, too, when the whole test program is killed.
pub(crate) fn bound(program: &str) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--", program]);
    command
}
