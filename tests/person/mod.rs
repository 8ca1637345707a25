//! A person at `temujanji chat`, through pipes: the real program in a temporary folder.

#![allow(dead_code, clippy::allow_attributes, reason = "each test file uses a part of it")]

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// The longest wait for an answer; a debug build on a busy machine is slow.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program with these arguments in this folder, with no settings but the folder's.
pub(crate) fn temujanji(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_temujanji"));
    command.args(args);
    alone(&mut command, folder);
    command
}

/// Runs a command in this folder, with no settings but the folder's.
pub(crate) fn alone(command: &mut Command, folder: &Path) {
    command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("TEMUJANJI_") || name == "RUST_LOG")
    {
        command.env_remove(name);
    }
    command.env_remove("RUST_BACKTRACE");
}

/// Runs it to the end, with a text for its standard input.
pub(crate) fn run(command: &mut Command, input: &str) -> Output {
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // It may end without reading.
    let writer = thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

/// Standard output, when the exit code is as expected.
pub(crate) fn out(output: &Output, code: i32) -> String {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{out}\n{err}");
    out.into_owned()
}

/// Standard error, when the exit code is as expected.
pub(crate) fn err(output: &Output, code: i32) -> String {
    out(output, code);
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A person in a conversation.
pub(crate) struct Person {
    child: Child,
    stdin: Option<ChildStdin>,
    pieces: Receiver<Vec<u8>>,
    /// Heard, and not yet taken by [`Person::hears`].
    heard: String,
    folder: PathBuf,
}

impl Person {
    /// Starts `temujanji chat --as NAME` in a folder.
    pub(crate) fn starts(folder: &Path, name: &str) -> Person {
        Person::of(&mut temujanji(folder, &["chat", "--as", name]), folder)
    }

    /// A person at another command line.
    pub(crate) fn of(command: &mut Command, folder: &Path) -> Person {
        let mut child = command.stdin(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let mut stdout = child.stdout.take().unwrap();
        let (send, pieces) = channel();
        thread::spawn(move || {
            let mut piece = [0; 4096];
            while let Ok(length @ 1..) = stdout.read(&mut piece) {
                if send.send(piece.iter().take(length).copied().collect()).is_err() {
                    break;
                }
            }
        });
        Person { stdin: child.stdin.take(), child, pieces, heard: String::new(), folder: folder.to_owned() }
    }

    /// The process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Writes a line.
    pub(crate) fn says(&mut self, text: &str) -> &mut Person {
        self.sends(format!("{text}\n").as_bytes())
    }

    /// Writes bytes.
    pub(crate) fn sends(&mut self, bytes: &[u8]) -> &mut Person {
        let stdin = self.stdin.as_mut().unwrap();
        stdin.write_all(bytes).unwrap();
        stdin.flush().unwrap();
        self
    }

    /// Waits until this is heard; gives back everything up to it.
    pub(crate) fn hears(&mut self, what: &str) -> String {
        let start = Instant::now();
        loop {
            if let Some(at) = self.heard.find(what) {
                let rest = self.heard.split_off(at + what.len());
                return std::mem::replace(&mut self.heard, rest);
            }
            let left = PATIENCE.saturating_sub(start.elapsed());
            match self.pieces.recv_timeout(left) {
                Ok(piece) => self.heard.push_str(&String::from_utf8_lossy(&piece)),
                Err(_) => panic!("waited for {what:?} and heard:\n{}", self.heard),
            }
        }
    }

    /// Waits for a line that begins like this; gives back its rest.
    pub(crate) fn hears_line(&mut self, begins: &str) -> String {
        self.hears(begins);
        let line = self.hears("\n");
        line.trim_end().to_owned()
    }

    /// Waits for the mail with the code, reads it and writes the code.
    pub(crate) fn proves_the_mailbox(&mut self) -> &mut Person {
        let heard = self.hears("-code.eml]");
        let (_, file) = heard.trim_end_matches(']').rsplit_once(": ").unwrap();
        let code = code_of(&fs::read_to_string(self.folder.join(file)).unwrap());
        self.says(&code)
    }

    /// Ends the input and waits for the end; gives back what was still heard.
    pub(crate) fn leaves(mut self) -> (ExitStatus, String) {
        drop(self.stdin.take());
        while let Ok(piece) = self.pieces.recv_timeout(PATIENCE) {
            self.heard.push_str(&String::from_utf8_lossy(&piece));
        }
        (self.child.wait().unwrap(), std::mem::take(&mut self.heard))
    }

    /// Is killed without warning.
    pub(crate) fn killed(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// The six digits that stand alone in a line of a mail.
pub(crate) fn code_of(mail: &str) -> String {
    let is_code = |line: &&str| line.len() == 6 && line.bytes().all(|b| b.is_ascii_digit());
    mail.lines().map(str::trim).find(is_code).unwrap().to_owned()
}
