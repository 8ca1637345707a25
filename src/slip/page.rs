//! The slip as a page to print and as a picture for the phone, both from `dialogues/slip/slip.typ`.

use chrono::{Datelike, TimeZone, Timelike};
use qrcode::{EcLevel, QrCode, render::svg};
use serde::Serialize;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_render::RenderOptions;

use super::content::Content;
use super::typeset::{is_printable, typeset};
use super::{Slip, SlipError, code};
use crate::keys::Keys;
use crate::office::MALAYSIA;
use crate::words::Words;

/// Sizes tried until everything stands on one page. Only names and addresses far beyond the usual need
/// the later ones.
const SCALES: [f64; 4] = [1.0, 0.9, 0.8, 0.7];

/// Pixels of the picture to a point of its page: 1080 pixels wide.
const PIXELS_PER_POINT: f64 = 3.0;

/// A word longer than this may be broken anywhere, lest it run out of its column.
const LONGEST_WORD: usize = 24;

/// What the template reads as `/slip.json`.
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
/// [`SlipError`] when the template or its fonts are broken.
pub fn pdf(slip: &Slip, keys: &Keys, words: &Words) -> Result<Vec<u8>, SlipError> {
    let document = lay_out(slip, keys, words, Layout::Paper)?;
    let failed = |what: String| SlipError::Export { format: "PDF", what };
    let standards =
        PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|error| failed(error.message().to_string()))?;
    let options = PdfOptions {
        creator: Smart::Custom(Some("temujanji".to_owned())),
        timestamp: timestamp(slip),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|errors| {
        failed(errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("; "))
    })
}

/// The slip as a PNG picture, 1080 pixels wide, to read on a phone.
///
/// # Errors
///
/// [`SlipError`] when the template or its fonts are broken.
pub fn png(slip: &Slip, keys: &Keys, words: &Words) -> Result<Vec<u8>, SlipError> {
    let document = lay_out(slip, keys, words, Layout::Phone)?;
    let failed = |what: String| SlipError::Export { format: "PNG", what };
    let page = document.pages().first().ok_or_else(|| failed("no page".to_owned()))?;
    let options = RenderOptions { pixel_per_pt: PIXELS_PER_POINT.into(), ..RenderOptions::default() };
    typst_render::render(page, &options).encode_png().map_err(|error| failed(error.to_string()))
}

fn lay_out(slip: &Slip, keys: &Keys, words: &Words, layout: Layout) -> Result<PagedDocument, SlipError> {
    let qr = qr(&code(slip, keys))?;
    let mut content = Content::of(slip, words);
    for text in [
        &mut content.name.value,
        &mut content.service.value,
        &mut content.branch.value,
        &mut content.address,
        &mut content.identity.value,
    ] {
        *text = printable(text);
    }
    let mut last = None;
    for scale in SCALES {
        let document = typeset(&Data { layout, scale, content: &content }, &qr)?;
        if document.pages().len() <= 1 {
            return Ok(document);
        }
        last = Some(document);
    }
    last.ok_or_else(|| SlipError::Template { line: None, what: "no page".to_owned() })
}

fn qr(text: &str) -> Result<String, SlipError> {
    // M mends 15 % of the code: enough for a fold or a coffee ring, and the squares stay large.
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|error| SlipError::Export { format: "QR", what: error.to_string() })?;
    Ok(code.render::<svg::Color<'_>>().module_dimensions(1, 1).quiet_zone(false).build())
}

/// The text with what the fonts lack shown as `?` and overlong words made breakable.
fn printable(text: &str) -> String {
    let mut run = 0;
    let mut out = String::new();
    for char in text.chars() {
        run = if char.is_whitespace() { 0 } else { run + 1 };
        if run > LONGEST_WORD {
            out.push('\u{200b}');
        }
        out.push(if char.is_whitespace() || is_printable(char) { char } else { '?' });
    }
    out
}

fn timestamp(slip: &Slip) -> Option<Timestamp> {
    let at = MALAYSIA.from_utc_datetime(&slip.issued_at.naive_utc());
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
