//! What ends a command, in words for the operator.

use std::io::{self, Write};
use std::process::ExitCode;

use temujanji::config;
use temujanji::keys::KeysError;
use temujanji::office::{self, BranchCode, Office, StateCode, suggest};
use temujanji::store::StoreError;
use temujanji::typeset::PageError;

/// Why a command did not do what it was asked for.
pub(crate) enum Failure {
    /// The command line was wrong.
    Usage { what: String, mend: String },
    /// The settings were wrong.
    Settings(Vec<config::Mistake>),
    /// The catalogue's files were wrong.
    Catalogue(Vec<office::Mistake>),
    /// Something of the machine or its files, with the mend.
    Fault { what: String, mend: String },
    /// Something that says itself how it is mended.
    Told(String),
    /// Reading or writing failed.
    Io(io::Error),
}

impl Failure {
    pub(crate) fn usage(what: impl Into<String>, mend: impl Into<String>) -> Failure {
        Failure::Usage { what: what.into(), mend: mend.into() }
    }

    pub(crate) fn fault(what: impl Into<String>, mend: impl Into<String>) -> Failure {
        Failure::Fault { what: what.into(), mend: mend.into() }
    }

    /// A branch that is not in the catalogue.
    pub(crate) fn no_branch(code: &BranchCode, office: &Office) -> Failure {
        let known = office.branches().map(|branch| branch.code.as_str());
        let mend =
            suggest(code.as_str(), known, "`temujanji office export DIR` writes all of them into files");
        Failure::usage(format!("there is no branch {code}"), mend)
    }

    /// A state that is not in the catalogue.
    pub(crate) fn no_state(code: &StateCode, office: &Office) -> Failure {
        let known = office.states().map(|state| state.code.as_str());
        let mend = suggest(code.as_str(), known, "states are written as MY-01");
        Failure::usage(format!("there is no state {code}"), mend)
    }

    /// On one line, for a list of findings.
    pub(crate) fn line(&self) -> String {
        let mut text = Vec::new();
        let _ = self.write(&mut text);
        let text = String::from_utf8_lossy(&text).replace("error: ", "");
        text.lines().map(str::trim).collect::<Vec<_>>().join("; ")
    }

    /// Shows it on standard error.
    pub(crate) fn show(&self) -> ExitCode {
        // Nobody to tell when standard error is gone.
        let _ = self.write(&mut anstream::stderr().lock());
        match self {
            Failure::Usage { .. } | Failure::Settings(_) => ExitCode::from(2),
            Failure::Catalogue(_) | Failure::Fault { .. } | Failure::Told(_) | Failure::Io(_) => {
                ExitCode::FAILURE
            }
        }
    }

    fn write(&self, to: &mut impl Write) -> io::Result<()> {
        match self {
            Failure::Usage { what, mend } | Failure::Fault { what, mend } => {
                writeln!(to, "error: {what}\n  {mend}")
            }
            Failure::Settings(mistakes) => {
                for mistake in mistakes {
                    writeln!(to, "{mistake}")?;
                }
                writeln!(to, "error: {} in the settings; nothing was started", count(mistakes.len()))
            }
            Failure::Catalogue(mistakes) => {
                for mistake in mistakes {
                    writeln!(to, "{mistake}")?;
                }
                writeln!(to, "error: {} in the catalogue; nothing of it was taken", count(mistakes.len()))
            }
            Failure::Told(text) => writeln!(to, "error: {text}"),
            Failure::Io(error) => writeln!(to, "error: {error}"),
        }
    }
}

fn count(mistakes: usize) -> String {
    if mistakes == 1 { "1 mistake".to_owned() } else { format!("{mistakes} mistakes") }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Io(error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        Failure::Told(error.to_string())
    }
}

impl From<KeysError> for Failure {
    fn from(error: KeysError) -> Failure {
        Failure::Told(error.to_string())
    }
}

impl From<PageError> for Failure {
    fn from(error: PageError) -> Failure {
        Failure::Told(error.to_string())
    }
}
