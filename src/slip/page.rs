//! The slip as a page to print and as a picture for the phone, both from `dialogues/slip/slip.typ`.

use qrcode::{EcLevel, QrCode, render::svg};
use serde::Serialize;
use typst_layout::PagedDocument;

use super::content::Content;
use super::{Slip, code};
use crate::keys::Keys;
use crate::typeset::{self, PageError, Template, printable};
use crate::words::Words;

static TEMPLATE: Template = Template::new("slip/slip.typ");

/// Sizes tried until everything stands on one page. Only names and addresses far beyond the usual need
/// the later ones.
const SCALES: [f64; 4] = [1.0, 0.9, 0.8, 0.7];

/// A word longer than this may be broken anywhere.
const LONGEST_WORD: usize = 24;

/// What the template reads as `/data.json`.
#[derive(Serialize)]
struct Data<'a> {
    layout: Layout,
    scale: f64,
    #[serde(flatten)]
    content: &'a Content,
}

#[derive(Serialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Layout {
    /// One sheet of A4.
    Paper,
    /// A column as wide as a phone and as long as it needs to be.
    Phone,
}

/// The slip as a PDF of one A4 page: tagged (PDF/UA-1), fonts embedded.
///
/// The same slip gives the same bytes. Takes some milliseconds of CPU: call it off the async threads.
///
/// # Errors
///
/// [`PageError`] when the template or its fonts are broken.
pub fn pdf(slip: &Slip, keys: &Keys, words: &Words) -> Result<Vec<u8>, PageError> {
    typeset::pdf(&lay_out(slip, keys, words, Layout::Paper)?, slip.issued_at)
}

/// The slip as a PNG picture, 1080 pixels wide, to read on a phone.
///
/// # Errors
///
/// [`PageError`] when the template or its fonts are broken.
pub fn png(slip: &Slip, keys: &Keys, words: &Words) -> Result<Vec<u8>, PageError> {
    typeset::png(&lay_out(slip, keys, words, Layout::Phone)?)
}

fn lay_out(slip: &Slip, keys: &Keys, words: &Words, layout: Layout) -> Result<PagedDocument, PageError> {
    let qr = qr(&code(slip, keys))?;
    let mut content = Content::of(slip, words);
    for text in [
        &mut content.name.value,
        &mut content.service.value,
        &mut content.branch.value,
        &mut content.address,
        &mut content.identity.value,
    ] {
        *text = printable(text, LONGEST_WORD);
    }
    let mut last = None;
    for scale in SCALES {
        let document = TEMPLATE.fill(&Data { layout, scale, content: &content }, &[("code.svg", &qr)])?;
        if document.pages().len() <= 1 {
            return Ok(document);
        }
        last = Some(document);
    }
    last.ok_or_else(|| PageError::Export { format: "PDF", what: "no page".to_owned() })
}

fn qr(text: &str) -> Result<String, PageError> {
    // M mends 15 % of the code: enough for a fold or a coffee ring, and the squares stay large.
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|error| PageError::Export { format: "QR", what: error.to_string() })?;
    Ok(code.render::<svg::Color<'_>>().module_dimensions(1, 1).quiet_zone(false).build())
}
