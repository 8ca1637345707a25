//! `temujanji slip`: checking the code on a slip without the network.

use std::fs;
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueHint};
use temujanji::config::Config;
use temujanji::keys::{Keys, KeysError, PublicKeys};
use temujanji::slip;

use super::{Failure, Outcome};

/// The signed code on slips
#[derive(Subcommand)]
pub(super) enum Slip {
    Verify(Verify),
    /// Prints the keys that others need to check slips; they are no secret
    #[command(after_help = "Example:\n  temujanji slip public-keys > slip-keys.toml")]
    PublicKeys,
}

/// Checks whether slips are genuine, by the text of their QR code
///
/// Needs no network and no database, only the key file, or the public keys of it. Whether the appointment still stands
/// is another question, which only the database can answer. Exit code 0: all are genuine; 1: one is not.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Verify {
    /// File from `temujanji slip public-keys` [default: the key file of this installation]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    public_keys: Option<PathBuf>,

    /// Texts of QR codes; - reads one a line from standard input
    #[arg(required = true, value_name = "CODE")]
    codes: Vec<String>,
}

const EXAMPLES: &str = "\
Examples:
  temujanji slip verify TEMUJANJI1.K7QM29XTCR.0.1.…
  zbarimg --raw -q slip.png | temujanji slip verify --public-keys slip-keys.toml -";

impl Slip {
    pub(super) fn run(self, config: &Config) -> Outcome {
        match self {
            Slip::Verify(verify) => verify.run(config),
            Slip::PublicKeys => {
                let keys = own_keys(config)?;
                let text = toml::to_string(&keys).map_err(|error| Failure::Told(error.to_string()))?;
                write!(anstream::stdout(), "{text}")?;
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

impl Verify {
    fn run(self, config: &Config) -> Outcome {
        let keys = match &self.public_keys {
            Some(file) => read_keys(file)?,
            None => own_keys(config)?,
        };
        let mut codes = Vec::new();
        for code in self.codes {
            if code == "-" {
                codes.extend(io::stdin().lock().lines().collect::<io::Result<Vec<_>>>()?);
            } else {
                codes.push(code);
            }
        }
        codes.retain(|code| !code.trim().is_empty());
        let mut out = anstream::stdout().lock();
        let mut genuine = true;
        if codes.is_empty() {
            genuine = false;
            writeln!(out, "NOT genuine: no code was given")?;
        }
        for code in &codes {
            match slip::verify(code, &keys) {
                Ok(slip) => {
                    let (reference, moved, key) = (slip.reference, slip.sequence, slip.key_id);
                    writeln!(
                        out,
                        "genuine: reference {reference}, moved {moved} times, signed with key {key}"
                    )?;
                }
                Err(error) => {
                    genuine = false;
                    writeln!(out, "NOT genuine: {error}")?;
                }
            }
        }
        Ok(if genuine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn own_keys(config: &Config) -> Result<PublicKeys, Failure> {
    match Keys::load(&config.keys_file()) {
        Ok(keys) => Ok(keys.public()),
        Err(KeysError::Missing { path }) => {
            let mend = "the first start with a new database makes it; else put back the one that belongs to the database, or name a file \
                        with --public-keys";
            Err(Failure::fault(format!("there is no key file {} yet", path.display()), mend))
        }
        Err(error) => Err(error.into()),
    }
}

fn read_keys(file: &Path) -> Result<PublicKeys, Failure> {
    let mend = "name a file made with `temujanji slip public-keys`";
    let text = fs::read_to_string(file)
        .map_err(|error| Failure::fault(format!("{} cannot be read: {error}", file.display()), mend))?;
    toml::from_str(&text)
        .map_err(|_| Failure::fault(format!("{} holds no public keys", file.display()), mend))
}
