//! The programs an office would use on a slip, poppler and zbar, and a folder to put it in.

#![allow(dead_code, clippy::allow_attributes, reason = "each test file uses a part of it")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;
use temujanji::keys::Keys;
use temujanji::slip::{self, Slip};
use temujanji::words::Words;

pub(crate) const POPPLER: &str = "poppler-utils";
const ZBAR: &str = "zbar-tools";

/// What a program prints; a missing program fails the test with the package that has it.
pub(crate) fn run(program: &str, package: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}; install it with `apt-get install {package}`"));
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A folder with the keys and the files made in a test; gone with the test.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
    pub(crate) keys: Keys,
}

impl Desk {
    pub(crate) fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::load_or_create(&folder.path().join("keys.toml")).unwrap();
        Desk { folder, keys }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn pdf(&self, slip: &Slip) -> Pdf {
        self.put("slip.pdf", &slip::pdf(slip, &self.keys, Words::builtin()).unwrap())
    }

    pub(crate) fn put(&self, name: &str, bytes: &[u8]) -> Pdf {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap();
        Pdf(path)
    }
}

pub(crate) struct Pdf(PathBuf);

impl Pdf {
    pub(crate) fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }

    /// The text in the order of the page, without blanks: lines may break anywhere.
    pub(crate) fn text(&self) -> String {
        solid(&run("pdftotext", POPPLER, &["-raw", self.path(), "-"]))
    }

    pub(crate) fn info(&self) -> String {
        run("pdfinfo", POPPLER, &[self.path()])
    }

    /// What a scanner reads from a print of 100 dots an inch.
    pub(crate) fn scan(&self) -> String {
        let picture = self.0.with_extension("");
        let arguments = ["-r", "100", "-png", "-singlefile", self.path(), picture.to_str().unwrap()];
        run("pdftoppm", POPPLER, &arguments);
        scan(&picture.with_extension("png"))
    }

    /// Every word with the box of its letters: left, top, right, bottom in points.
    pub(crate) fn words(&self) -> Vec<(String, [f64; 4])> {
        self.pages().concat()
    }

    /// The words of each page.
    pub(crate) fn pages(&self) -> Vec<Vec<(String, [f64; 4])>> {
        let html = run("pdftotext", POPPLER, &["-bbox", self.path(), "-"]);
        html.split("<page ").skip(1).map(Pdf::boxes).collect()
    }

    fn boxes(html: &str) -> Vec<(String, [f64; 4])> {
        let word = r#"<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>"#;
        let words = Regex::new(word).unwrap();
        let found = words.captures_iter(html);
        let mut found: Vec<_> =
            found.map(|w| (w[5].to_owned(), [1, 2, 3, 4].map(|n| w[n].parse::<f64>().unwrap()))).collect();
        for (_, [_, top, _, bottom]) in &mut found {
            // The font's box leaves room above the capitals.
            *top += 0.27 * (*bottom - *top);
        }
        found
    }
}

pub(crate) fn scan(picture: &Path) -> String {
    run("zbarimg", ZBAR, &["--quiet", "--raw", picture.to_str().unwrap()]).trim().to_owned()
}

pub(crate) fn solid(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace() && *char != '\u{200b}').collect()
}
