//! The secret keys: sealing what is kept, hashing what is only compared, signing slips.
//!
//! All come from one file (see [`Keys::load_or_create`]) with a master secret and the slips' signing
//! keys. The sealing and hashing keys are derived from the master secret by HKDF-SHA256, so one backup
//! of one small file is enough.

mod file;

use std::collections::BTreeMap;
use std::fmt;

use chacha20poly1305::aead::{Aead, Generate, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

pub use file::KeysError;

/// Bytes of a nonce of XChaCha20Poly1305; a sealed text begins with it.
const NONCE: usize = 24;

/// Bytes kept of the hash in a link: 96 bits cannot be guessed over a network.
const LINK_HASH: usize = 12;

/// Every secret of one installation.
///
/// Draws its own nonces from the operating system, the one chance that is not passed in: a nonce
/// repeated by a caller's mistake would give the sealed text away.
pub struct Keys {
    sealing: XChaCha20Poly1305,
    hashing: Hmac<Sha256>,
    linking: Hmac<Sha256>,
    slip: BTreeMap<u32, SigningKey>,
}

/// A sealed text that cannot be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "sealed data cannot be opened: it was sealed with another key file or for another use, or is damaged"
)]
pub struct CannotOpen;

impl Keys {
    /// Seals a text with XChaCha20Poly1305 under a fresh nonce.
    ///
    /// `context` says what the text is and where it belongs; only the same context opens it again, so
    /// that a sealed text cannot be moved to another column or row.
    pub fn seal(&self, context: &str, plaintext: &[u8]) -> Vec<u8> {
        let nonce = XNonce::generate();
        let payload = Payload { msg: plaintext, aad: context.as_bytes() };
        let Ok(sealed) = self.sealing.encrypt(&nonce, payload) else {
            unreachable!("only a text of 256 GiB and more is too long for XChaCha20Poly1305")
        };
        [nonce.as_slice(), &sealed].concat()
    }

    /// Opens what [`Keys::seal`] sealed for the same context.
    ///
    /// # Errors
    ///
    /// [`CannotOpen`] for another context, another key file or a changed byte.
    pub fn open(&self, context: &str, sealed: &[u8]) -> Result<Vec<u8>, CannotOpen> {
        let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE>().ok_or(CannotOpen)?;
        let payload = Payload { msg: ciphertext, aad: context.as_bytes() };
        self.sealing.decrypt(&XNonce::from(*nonce), payload).map_err(|_| CannotOpen)
    }

    /// A keyed hash (HMAC-SHA256) for finding a value again without keeping it.
    ///
    /// `context` keeps the hashes of different uses apart.
    pub fn hash(&self, context: &str, value: &str) -> [u8; 32] {
        digest(&self.hashing, context, value).finalize().into_bytes().into()
    }

    /// A keyed hash of 16 characters (A-Z a-z 0-9 _ -), short enough for a link.
    pub fn link_hash(&self, context: &str, value: &str) -> String {
        let hash = digest(&self.linking, context, value).finalize().into_bytes();
        BASE64URL_NOPAD.encode(hash.first_chunk::<LINK_HASH>().map_or(&[], <[u8; LINK_HASH]>::as_slice))
    }

    /// Whether `hash` is the [`Keys::link_hash`] of the value, in a time that does not tell how nearly.
    pub fn is_link_hash(&self, hash: &str, context: &str, value: &str) -> bool {
        match BASE64URL_NOPAD.decode(hash.as_bytes()) {
            Ok(bytes) if bytes.len() == LINK_HASH => {
                digest(&self.linking, context, value).verify_truncated_left(&bytes).is_ok()
            }
            Ok(_) | Err(_) => false,
        }
    }

    /// The id of the key that signs slips now: the highest.
    pub fn signing_key_id(&self) -> u32 {
        self.slip.last_key_value().map_or(0, |(id, _)| *id)
    }

    /// Signs with the newest key.
    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.slip.last_key_value().map_or([0; 64], |(_, key)| key.sign(message).to_bytes())
    }

    /// What is needed to check slips, and no more.
    pub fn public(&self) -> PublicKeys {
        let slip = self
            .slip
            .iter()
            .map(|(id, key)| PublicKey { id: *id, public: BASE64.encode(key.verifying_key().as_bytes()) });
        PublicKeys { slip: slip.collect() }
    }

    /// The master secret must be of 32 random bytes, `slip` not empty.
    fn derive(master: &[u8; 32], slip: BTreeMap<u32, SigningKey>) -> Keys {
        let hkdf = Hkdf::<Sha256>::new(Some(b"temujanji keys v1"), master);
        let sealing = XChaCha20Poly1305::new(&Key::from(expand::<32>(&hkdf, b"sealing")));
        let mac = |info: &[u8]| Hmac::<Sha256>::new(&expand::<64>(&hkdf, info).into());
        Keys { sealing, hashing: mac(b"hashing"), linking: mac(b"linking"), slip }
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").field("slip", &self.slip.keys()).finish_non_exhaustive()
    }
}

/// The public halves of the signing keys, old ones too. Safe to hand to anybody who checks slips.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicKeys {
    slip: Vec<PublicKey>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PublicKey {
    id: u32,
    public: String,
}

impl PublicKeys {
    /// Whether a key of that id is here.
    pub fn has(&self, id: u32) -> bool {
        self.slip.iter().any(|key| key.id == id)
    }

    /// Whether the key of that id made this signature.
    pub fn verifies(&self, id: u32, message: &[u8], signature: &[u8; 64]) -> bool {
        let signature = Signature::from_bytes(signature);
        let keys = self.slip.iter().filter(|key| key.id == id).filter_map(PublicKey::read);
        keys.into_iter().any(|key| key.verify_strict(message, &signature).is_ok())
    }
}

impl PublicKey {
    fn read(&self) -> Option<VerifyingKey> {
        let bytes = BASE64.decode(self.public.as_bytes()).ok()?;
        VerifyingKey::from_bytes(bytes.as_slice().try_into().ok()?).ok()
    }
}

fn expand<const N: usize>(hkdf: &Hkdf<Sha256>, info: &[u8]) -> [u8; N] {
    let mut key = [0; N];
    if hkdf.expand(info, &mut key).is_err() {
        unreachable!("HKDF-SHA256 gives up to 8160 bytes")
    }
    key
}

fn digest(mac: &Hmac<Sha256>, context: &str, value: &str) -> Hmac<Sha256> {
    let length = context.len() as u64;
    mac.clone().chain_update(length.to_be_bytes()).chain_update(context).chain_update(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys::load_or_create(&tempfile::tempdir().unwrap().path().join("keys.toml")).unwrap()
    }

    #[test]
    fn a_sealed_text_opens_only_where_it_belongs() {
        let (keys, others) = (keys(), keys());
        let sealed = keys.seal("booking.identity", b"900101145551");
        assert_ne!(sealed, keys.seal("booking.identity", b"900101145551"));
        assert_eq!(keys.open("booking.identity", &sealed).unwrap(), b"900101145551");
        assert!(keys.open("booking.phone", &sealed).is_err());
        assert!(others.open("booking.identity", &sealed).is_err());
        assert!(keys.open("booking.identity", &[0; 23]).is_err());
        for byte in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[byte] ^= 1;
            assert!(keys.open("booking.identity", &changed).is_err());
        }
    }

    #[test]
    fn hashes_depend_on_key_use_and_value() {
        let (keys, others) = (keys(), keys());
        assert_eq!(keys.hash("ab", "c"), keys.hash("ab", "c"));
        assert_ne!(keys.hash("ab", "c"), keys.hash("a", "bc"));
        assert_ne!(keys.hash("ab", "c"), others.hash("ab", "c"));

        let short = keys.link_hash("slip", "K7QM29XTCR");
        assert_eq!(short.len(), 16);
        assert!(keys.is_link_hash(&short, "slip", "K7QM29XTCR"));
        assert!(!keys.is_link_hash(&short, "slip", "K7QM29XTCS"));
        assert!(!keys.is_link_hash(short.get(..8).unwrap(), "slip", "K7QM29XTCR"));
        assert!(!keys.is_link_hash("", "slip", "K7QM29XTCR"));
        assert!(!others.is_link_hash(&short, "slip", "K7QM29XTCR"));
    }

    #[test]
    fn debug_shows_no_secret() {
        assert_eq!(format!("{:?}", keys()), "Keys { slip: [1], .. }");
    }
}
