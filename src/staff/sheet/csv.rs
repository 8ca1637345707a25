use super::Sheet;
use super::fields::lines;
use crate::typeset::PageError;
use crate::words::Words;

/// Without it Excel takes the file for one in the code page of the machine.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The list as comma-separated values (RFC 4180), in UTF-8 with a byte order mark. Fields that a spreadsheet would take
/// for a formula are made safe.
///
/// # Errors
///
/// [`PageError::Export`] when the library refuses to write.
pub fn csv(sheet: &Sheet, words: &Words) -> Result<Vec<u8>, PageError> {
    let failed = |what: String| PageError::Export { format: "CSV", what };
    let terminator = ::csv::Terminator::CRLF;
    let mut out = ::csv::WriterBuilder::new().terminator(terminator).from_writer(BYTE_ORDER_MARK.to_vec());
    for line in lines(sheet, words) {
        out.write_record(line).map_err(|error| failed(error.to_string()))?;
    }
    out.into_inner().map_err(|error| failed(error.to_string()))
}
