//! One file being read, and the mistakes found in it.

use std::fmt;

/// Something in the files that has to be mended before they can be used.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Mistake {
    /// The file, as seen from the catalogue's folder.
    pub file: String,
    /// The line, counted from 1, where one can be told.
    pub line: Option<usize>,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub mend: String,
}

impl Mistake {
    /// A mistake of a file as a whole.
    pub(super) fn whole(file: &str, what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: None, what: what.into(), mend: mend.into() }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}; {}", self.what, self.mend)
    }
}

/// The text of one file, and where its mistakes go.
pub(super) struct Page<'a> {
    pub(super) name: &'a str,
    pub(super) text: &'a str,
    mistakes: &'a mut Vec<Mistake>,
}

impl<'a> Page<'a> {
    /// Opens a file's content; `None`, with the mistake noted, unless it is text and not empty.
    pub(super) fn open(name: &'a str, bytes: &'a [u8], mistakes: &'a mut Vec<Mistake>) -> Option<Self> {
        match str::from_utf8(bytes) {
            Ok(text) if text.trim().is_empty() => {
                let mend = "write it again; `temujanji office export DIR` gives a whole one";
                mistakes.push(Mistake::whole(name, "is empty", mend));
                None
            }
            // Spreadsheets begin a UTF-8 file with a byte order mark.
            Ok(text) => Some(Self { name, text: text.strip_prefix('\u{feff}').unwrap_or(text), mistakes }),
            Err(error) => {
                let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
                mistakes.push(Mistake {
                    file: name.to_owned(),
                    line: Some(newlines(before) + 1),
                    what: "has characters that are not UTF-8".to_owned(),
                    mend: "save the file again in the encoding UTF-8".to_owned(),
                });
                None
            }
        }
    }

    /// The line, counted from 1, in which a byte of the text lies.
    pub(super) fn line(&self, byte: usize) -> usize {
        newlines(self.text.as_bytes().get(..byte).unwrap_or_default()) + 1
    }

    /// Notes a mistake in a line.
    pub(super) fn wrong(&mut self, line: usize, what: impl Into<String>, mend: impl Into<String>) {
        self.mistakes.push(Mistake {
            file: self.name.to_owned(),
            line: Some(line),
            what: what.into(),
            mend: mend.into(),
        });
    }
}

fn newlines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

/// The known word most like what was written, if one is alike enough to be meant.
pub(super) fn nearest<'w>(written: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let lower = written.to_lowercase();
    let like = |word: &'w str| (strsim::normalized_damerau_levenshtein(&lower, &word.to_lowercase()), word);
    let best = known.into_iter().map(like).max_by(|a, b| a.0.total_cmp(&b.0));
    best.filter(|(likeness, _)| *likeness >= 0.5).map(|(_, word)| word)
}

/// The mend for a word that is none of the known ones: the one that may be meant, and what to do otherwise.
pub fn suggest<'w>(written: &str, known: impl IntoIterator<Item = &'w str>, otherwise: &str) -> String {
    match nearest(written, known) {
        Some(word) => format!("did you mean \"{word}\"? {otherwise}"),
        None => otherwise.to_owned(),
    }
}
