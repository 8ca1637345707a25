//! The signed code on a slip: reference, sequence, key id and an Ed25519 signature; nothing personal.
//!
//! `TEMUJANJI1.<reference>.<sequence>.<key id>.<signature>`, all of it in the letters and digits that a
//! QR code packs tightest (the signature in base32). Where a Telegram bot is configured it stands in the
//! fragment of the bot's deep link, which no phone sends to a server:
//! `https://t.me/<bot>?start=<reference>-<sequence>-<keyed hash>#TEMUJANJI1.…`

use data_encoding::BASE32_NOPAD;

use super::Slip;
use crate::booking::Reference;
use crate::keys::{Keys, PublicKeys};

const MARK: &str = "TEMUJANJI1";
const TELEGRAM: &str = "https://t.me/";
const LINK: &str = "slip link";

/// What a genuine code says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The booking.
    pub reference: Reference,
    /// How many times it had been moved when the slip was issued: a slip of a lower sequence than the
    /// booking's is out of date.
    pub sequence: u32,
    /// The key that signed it.
    pub key_id: u32,
}

/// Why a code is not taken for genuine.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Something else than a slip's code.
    #[error("this is not the code of an appointment slip")]
    NotOurs,
    /// A slip's code with parts missing or misread.
    #[error("the code is incomplete or was misread; scan it again")]
    Damaged,
    /// Signed with a key that is not here.
    #[error("the code names signing key {id}, which is not among the known keys; it is newer, or false")]
    UnknownKey {
        /// Id of the key.
        id: u32,
    },
    /// Not signed by us.
    #[error("the signature is false: the code was changed or forged")]
    Forged,
    /// The link and the signed part speak of different bookings.
    #[error("the code was put together from two: its link names another booking than its signature")]
    Mixed,
}

/// The text of the slip's QR code.
pub fn code(slip: &Slip, keys: &Keys) -> String {
    let reference = slip.reference.as_str();
    let (sequence, key_id) = (slip.sequence, keys.signing_key_id());
    let signature = BASE32_NOPAD.encode(&keys.sign(&message(reference, sequence, key_id)));
    let signed = format!("{MARK}.{reference}.{sequence}.{key_id}.{signature}");
    match &slip.bot {
        Some(bot) => format!("{TELEGRAM}{bot}?start={}#{signed}", link(&slip.reference, slip.sequence, keys)),
        None => signed,
    }
}

/// What the bot is told by `/start` when the code is scanned: reference, sequence and a short keyed hash, so
/// that nobody asks after bookings by trying references. At most 64 of A-Z a-z 0-9 _ -, as Telegram demands.
pub fn link(reference: &Reference, sequence: u32, keys: &Keys) -> String {
    let issue = issue(reference, sequence);
    let hash = keys.link_hash(LINK, &issue);
    format!("{issue}-{hash}")
}

/// The booking, and the issue of it, whose slip a [`link`] of ours stands on.
pub fn read_link(start: &str, keys: &Keys) -> Option<(Reference, u32)> {
    let (reference, rest) = start.split_once('-')?;
    let (sequence, hash) = rest.split_once('-')?;
    let (reference, sequence) = (Reference::parse(reference).ok()?, number(sequence).ok()?);
    keys.is_link_hash(hash, LINK, &issue(&reference, sequence)).then_some((reference, sequence))
}

fn issue(reference: &Reference, sequence: u32) -> String {
    format!("{}-{sequence}", reference.as_str())
}

/// Checks a scanned code, whole link or signed part, without the network.
///
/// # Errors
///
/// [`CodeError`], in words for the person who scans.
pub fn verify(scanned: &str, keys: &PublicKeys) -> Result<Verified, CodeError> {
    // `zbarimg` puts this before what it read.
    let scanned = scanned.trim();
    let scanned = scanned.strip_prefix("QR-Code:").unwrap_or(scanned);
    let Some(path) = scanned.strip_prefix(TELEGRAM) else {
        return verify_signed(scanned, keys);
    };
    let (link, signed) = path.split_once('#').ok_or(CodeError::Damaged)?;
    let (_, start) = link.split_once("?start=").ok_or(CodeError::Damaged)?;
    let mut linked = start.splitn(3, '-');
    let (Some(reference), Some(sequence), Some(_)) = (linked.next(), linked.next(), linked.next()) else {
        return Err(CodeError::Damaged);
    };
    let verified = verify_signed(signed, keys)?;
    if format!("{reference}-{sequence}") == issue(&verified.reference, verified.sequence) {
        Ok(verified)
    } else {
        Err(CodeError::Mixed)
    }
}

fn verify_signed(signed: &str, keys: &PublicKeys) -> Result<Verified, CodeError> {
    let mut parts = signed.split('.');
    if parts.next() != Some(MARK) {
        return Err(CodeError::NotOurs);
    }
    let mut next = || parts.next().ok_or(CodeError::Damaged);
    let (reference, sequence, key_id, signature) = (next()?, number(next()?)?, number(next()?)?, next()?);
    let signature = BASE32_NOPAD.decode(signature.as_bytes()).map_err(|_| CodeError::Damaged)?;
    let signature = signature.as_slice().try_into().map_err(|_| CodeError::Damaged)?;
    if parts.next().is_some() {
        return Err(CodeError::Damaged);
    }
    if !keys.has(key_id) {
        return Err(CodeError::UnknownKey { id: key_id });
    }
    if !keys.verifies(key_id, &message(reference, sequence, key_id), signature) {
        return Err(CodeError::Forged);
    }
    let reference = Reference::parse(reference).map_err(|_| CodeError::Damaged)?;
    Ok(Verified { reference, sequence, key_id })
}

/// Digits only: `+1` and `01` would be other spellings of a signed number.
fn number(text: &str) -> Result<u32, CodeError> {
    let number: u32 = text.parse().map_err(|_| CodeError::Damaged)?;
    if number.to_string() == text { Ok(number) } else { Err(CodeError::Damaged) }
}

fn message(reference: &str, sequence: u32, key_id: u32) -> Vec<u8> {
    format!("temujanji slip 1\n{reference}\n{sequence}\n{key_id}\n").into_bytes()
}
