//! Typst as a library: pages and pictures from the templates of `dialogues/`, with the fonts beside the slip's and
//! nothing from the system.

use std::sync::{LazyLock, OnceLock};

use chrono::{DateTime, Datelike, TimeZone, Timelike, Utc};
use rust_embed::RustEmbed;
use serde::Serialize;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_render::RenderOptions;

use crate::office::MALAYSIA;

/// Layouts that Typst keeps of pages made before, counted in pages: parts of them recur.
const KEEP: usize = 4;

/// Pixels of a picture to a point of its page: 1080 pixels for one of 360 points.
const PIXELS_PER_POINT: f64 = 3.0;

#[derive(RustEmbed)]
#[folder = "dialogues"]
#[include = "*/*.typ"]
#[include = "slip/fonts/*.ttf"]
struct Files;

/// A page that could not be made. A fault of the installation, never of a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// A template or its fonts are not there.
    #[error("the file dialogues/{file} is missing or unreadable")]
    File {
        /// Path below `dialogues/`.
        file: String,
    },
    /// The template has a mistake.
    #[error("dialogues/{file}{}: {what}", .line.map(|line| format!(", line {line}")).unwrap_or_default())]
    Template {
        /// Path below `dialogues/`.
        file: String,
        /// Line of the template, where it is known.
        line: Option<usize>,
        /// What the typesetter says.
        what: String,
    },
    /// What was made could not be written as a file.
    #[error("the document could not be written as {format}: {what}")]
    Export {
        /// Which kind of file.
        format: &'static str,
        /// What the library says.
        what: String,
    },
}

/// What is the same for every page; read once.
struct Base {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    data: FileId,
}

static BASE: LazyLock<Result<Base, PageError>> = LazyLock::new(Base::load);

impl Base {
    fn load() -> Result<Base, PageError> {
        let fonts: Vec<Font> = Files::iter()
            .filter(|path| path.ends_with(".ttf"))
            .filter_map(|path| Font::new(Bytes::new(Files::get(&path)?.data.into_owned()), 0))
            .collect();
        if fonts.is_empty() {
            return Err(PageError::File { file: "slip/fonts/".to_owned() });
        }
        Ok(Base {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            data: id("data.json")?,
        })
    }
}

fn id(name: &str) -> Result<FileId, PageError> {
    let path = VirtualPath::new(name).map_err(|_| PageError::File { file: name.to_owned() })?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// A template of `dialogues/`, read and parsed once.
pub(crate) struct Template {
    path: &'static str,
    source: OnceLock<Result<Source, PageError>>,
}

impl Template {
    /// The template at a path below `dialogues/`.
    pub(crate) const fn new(path: &'static str) -> Template {
        Template { path, source: OnceLock::new() }
    }

    /// The pages of the template filled with `data`, which it reads as `/data.json`, and with files beside it.
    ///
    /// Takes some milliseconds of CPU: call it off the async threads.
    pub(crate) fn fill(
        &self,
        data: &impl Serialize,
        beside: &[(&str, &str)],
    ) -> Result<PagedDocument, PageError> {
        let base = BASE.as_ref().map_err(Clone::clone)?;
        let data = serde_json::to_vec(data).map_err(|error| self.mistake(None, error.to_string()))?;
        let mut files = vec![(base.data, Bytes::new(data))];
        for (name, text) in beside {
            files.push((id(name)?, Bytes::from_string((*text).to_owned())));
        }
        let page = Page { base, source: self.source()?, files };
        let document = typst::compile(&page).output;
        typst::comemo::evict(KEEP);
        document.map_err(|errors| self.told(&page, errors.first()))
    }

    fn source(&self) -> Result<&Source, PageError> {
        let read = || {
            let missing = || PageError::File { file: self.path.to_owned() };
            let text = Files::get(self.path).ok_or_else(missing)?.data.into_owned();
            Ok(Source::new(id(self.path)?, String::from_utf8(text).map_err(|_| missing())?))
        };
        self.source.get_or_init(read).as_ref().map_err(Clone::clone)
    }

    fn told(&self, page: &Page<'_>, error: Option<&SourceDiagnostic>) -> PageError {
        let line = error
            .and_then(|error| page.range(error.span))
            .and_then(|range| page.source.lines().byte_to_line(range.start))
            .map(|line| line + 1);
        self.mistake(line, error.map(|error| error.message.to_string()).unwrap_or_default())
    }

    fn mistake(&self, line: Option<usize>, what: String) -> PageError {
        PageError::Template { file: self.path.to_owned(), line, what }
    }
}

/// The world of one page. The template sees itself, its data and the files given with them. What people have written
/// is only ever in the data, so that it is never read as markup.
struct Page<'a> {
    base: &'a Base,
    source: &'a Source,
    files: Vec<(FileId, Bytes)>,
}

impl World for Page<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.base.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.base.book
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main() { Ok(self.source.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let found = self.files.iter().find(|(file, _)| *file == id);
        found.map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.base.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The pages as a PDF: tagged (PDF/UA-1), fonts embedded, dated `made_at`. The same pages give the same bytes.
pub(crate) fn pdf(document: &PagedDocument, made_at: DateTime<Utc>) -> Result<Vec<u8>, PageError> {
    let failed = |what: String| PageError::Export { format: "PDF", what };
    let standards =
        PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|error| failed(error.message().to_string()))?;
    let options = PdfOptions {
        creator: Smart::Custom(Some("temujanji".to_owned())),
        timestamp: timestamp(made_at),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options).map_err(|errors| {
        failed(errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("; "))
    })
}

/// The first page as a PNG picture.
pub(crate) fn png(document: &PagedDocument) -> Result<Vec<u8>, PageError> {
    let failed = |what: String| PageError::Export { format: "PNG", what };
    let page = document.pages().first().ok_or_else(|| failed("no page".to_owned()))?;
    let options = RenderOptions { pixel_per_pt: PIXELS_PER_POINT.into(), ..RenderOptions::default() };
    typst_render::render(page, &options).encode_png().map_err(|error| failed(error.to_string()))
}

fn timestamp(at: DateTime<Utc>) -> Option<Timestamp> {
    let at = MALAYSIA.from_utc_datetime(&at.naive_utc());
    let part = |number: u32| u8::try_from(number).ok();
    let datetime = Datetime::from_ymd_hms(
        at.year(),
        part(at.month())?,
        part(at.day())?,
        part(at.hour())?,
        part(at.minute())?,
        part(at.second())?,
    )?;
    Timestamp::new_local(datetime, MALAYSIA.local_minus_utc() / 60)
}

/// The text with what the fonts lack shown as `?`, and words longer than `longest` characters made breakable anywhere,
/// lest they run out of their column.
pub(crate) fn printable(text: &str, longest: usize) -> String {
    let mut run = 0;
    let mut out = String::new();
    for char in text.chars() {
        run = if char.is_whitespace() { 0 } else { run + 1 };
        if run > longest {
            out.push('\u{200b}');
        }
        out.push(if char.is_whitespace() || is_printable(char) { char } else { '?' });
    }
    out
}

/// Whether the fonts have the character.
fn is_printable(char: char) -> bool {
    let Ok(base) = &*BASE else { return true };
    base.fonts.iter().all(|font| font.info().coverage.contains(u32::from(char)))
}
