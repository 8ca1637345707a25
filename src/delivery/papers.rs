//! Files for staff, made when they are sent.

use crate::dialogue::Language;
use crate::office::Office;
use crate::staff::Paper;
use crate::staff::sheet::Sheet;
use crate::typeset::PageError;
use crate::words::Words;

/// A file that was made.
pub struct Made {
    /// Its name; nothing of any person.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// Whether it is a picture to look at.
    pub is_picture: bool,
}

/// Makes the files of a paper. Takes some milliseconds of CPU: call it off the async threads.
///
/// # Errors
///
/// [`PageError`] when a template is broken.
pub fn make(paper: &Paper, office: &Office, language: Language) -> Result<Vec<Made>, PageError> {
    let words = Words::builtin();
    match paper {
        Paper::List { format, branch, date, at, entries } => {
            let sheet = Sheet::new(office, language, branch.clone(), *date, entries.clone(), *at);
            let (name, bytes) = (sheet.file_name(*format), sheet.write(*format, words)?);
            Ok(vec![Made { name, bytes, is_picture: false }])
        }
        Paper::Charts(stats) => {
            let picture = |what: &str, bytes| {
                let name = format!("{what}-{}-{}.png", stats.branch, stats.first);
                Made { name, bytes, is_picture: true }
            };
            let mut made = Vec::new();
            if let Some(fullness) = stats.fullness(office, language) {
                made.push(picture("places", fullness.png(words)?));
            }
            made.push(picture("attendance", stats.turnout(office, language).png(words)?));
            Ok(made)
        }
    }
}
