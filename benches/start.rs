//! Cold start: from running the program to its first line, on a database that is there: `cargo bench --bench start`.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::indexing_slicing, clippy::allow_attributes)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const STARTS: usize = 30;

fn main() {
    let folder = tempfile::tempdir_in(".").unwrap();
    first_line(folder.path());
    let mut program: Vec<Duration> = (0..STARTS).map(|_| first_line(folder.path())).collect();
    let mut bare: Vec<Duration> = (0..STARTS).map(|_| version(folder.path())).collect();
    program.sort_unstable();
    bare.sort_unstable();
    let (program, bare) =
        (program[STARTS / 2].as_secs_f64() * 1000.0, bare[STARTS / 2].as_secs_f64() * 1000.0);
    println!(
        "first answer after {program:.1} ms; `--version` takes {bare:.1} ms; ratio {:.1} (aim: under 50 ms)",
        program / bare
    );
}

fn first_line(folder: &Path) -> Duration {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_temujanji"))
        .arg("chat")
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let time = start.elapsed();
    assert!(!line.is_empty());
    drop(child.stdin.take());
    child.wait().unwrap();
    time
}

fn version(folder: &Path) -> Duration {
    let start = Instant::now();
    Command::new(env!("CARGO_BIN_EXE_temujanji")).arg("--version").current_dir(folder).output().unwrap();
    start.elapsed()
}
