//! Typst as a library: the template and fonts of `dialogues/slip/`, nothing from the system.

use std::sync::LazyLock;

use rust_embed::RustEmbed;
use serde::Serialize;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;

use super::SlipError;

const TEMPLATE: &str = "slip.typ";

/// Layouts that Typst keeps of slips made before, counted in slips: parts of the page recur.
const KEEP: usize = 4;

#[derive(RustEmbed)]
#[folder = "dialogues/slip"]
#[include = "slip.typ"]
#[include = "fonts/*.ttf"]
struct Files;

/// What is the same for every slip; read and parsed once.
struct Base {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    data: FileId,
    code: FileId,
}

static BASE: LazyLock<Result<Base, SlipError>> = LazyLock::new(Base::load);

impl Base {
    fn load() -> Result<Base, SlipError> {
        let fonts: Vec<Font> = Files::iter()
            .filter(|path| path.ends_with(".ttf"))
            .filter_map(|path| Font::new(Bytes::new(Files::get(&path)?.data.into_owned()), 0))
            .collect();
        if fonts.is_empty() {
            return Err(SlipError::File { file: "fonts/".to_owned() });
        }
        let missing = || SlipError::File { file: TEMPLATE.to_owned() };
        let template = Files::get(TEMPLATE).ok_or_else(missing)?.data.into_owned();
        let template = String::from_utf8(template).map_err(|_| missing())?;
        Ok(Base {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            template: Source::new(id(TEMPLATE)?, template),
            data: id("slip.json")?,
            code: id("code.svg")?,
        })
    }
}

fn id(name: &str) -> Result<FileId, SlipError> {
    let path = VirtualPath::new(name).map_err(|_| SlipError::File { file: name.to_owned() })?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// The world of one slip. The template sees three files: itself, `slip.json` and `code.svg`. What people
/// have written is only ever in the second, so that it is never read as markup.
struct SlipWorld<'a> {
    base: &'a Base,
    data: Bytes,
    code: Bytes,
}

impl World for SlipWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.base.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.base.book
    }

    fn main(&self) -> FileId {
        self.base.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main() { Ok(self.base.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match id {
            id if id == self.base.data => Ok(self.data.clone()),
            id if id == self.base.code => Ok(self.code.clone()),
            _ => Err(FileError::AccessDenied),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.base.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Fills the template with the data and the QR code (SVG).
pub(super) fn typeset(data: &impl Serialize, code: &str) -> Result<PagedDocument, SlipError> {
    let base = BASE.as_ref().map_err(Clone::clone)?;
    let data = serde_json::to_vec(data)
        .map_err(|error| SlipError::Template { line: None, what: error.to_string() })?;
    let world = SlipWorld { base, data: Bytes::new(data), code: Bytes::from_string(code.to_owned()) };
    let document = typst::compile(&world).output;
    typst::comemo::evict(KEEP);
    document.map_err(|errors| {
        errors.first().map_or_else(|| told(&world, None), |error| told(&world, Some(error)))
    })
}

fn told(world: &SlipWorld<'_>, error: Option<&SourceDiagnostic>) -> SlipError {
    let line = error
        .and_then(|error| world.range(error.span))
        .and_then(|range| world.base.template.lines().byte_to_line(range.start))
        .map(|line| line + 1);
    SlipError::Template { line, what: error.map(|error| error.message.to_string()).unwrap_or_default() }
}

/// Whether the fonts have the character.
pub(super) fn is_printable(char: char) -> bool {
    let Ok(base) = &*BASE else { return true };
    base.fonts.iter().all(|font| font.info().coverage.contains(u32::from(char)))
}
