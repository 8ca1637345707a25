//! The key that signs mail (DKIM), in a file.

use std::fs;
use std::path::Path;

use data_encoding::BASE64;
use lettre::message::dkim::{DkimSigningAlgorithm, DkimSigningKey};
use pkcs8::der::pem::LineEnding;
use pkcs8::{ObjectIdentifier, PrivateKeyInfo, SecretDocument};

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// How a wrong key is mended.
pub const MEND: &str = "name a PEM file with an RSA or Ed25519 key without a passphrase, as `openssl genrsa -out dkim.pem 2048` writes one";

const DAMAGED: &str = "is damaged: it holds no whole private key";

/// Reads the key of a file: RSA or Ed25519 as OpenSSL writes them (PKCS#8), RSA in the older form (PKCS#1), or an Ed25519
/// key of 32 bytes in base64.
///
/// # Errors
///
/// What is wrong with the file, and nothing of what it holds.
pub fn key(path: &Path) -> Result<DkimSigningKey, String> {
    let why = match fs::read_to_string(path) {
        Ok(text) => match parse(&text) {
            Ok(key) => return Ok(key),
            Err(why) => why.to_owned(),
        },
        Err(error) => format!("cannot be read ({error})"),
    };
    Err(format!("{} {why}", path.display()))
}

fn parse(text: &str) -> Result<DkimSigningKey, &'static str> {
    // OpenSSL may write what the key is for above it.
    let pem = text.find("-----BEGIN ").and_then(|at| text.get(at..)).unwrap_or_default().trim_end();
    let label = pem.strip_prefix("-----BEGIN ").and_then(|rest| rest.split_once("-----"));
    match label.map(|(label, _)| label) {
        Some("PRIVATE KEY") => pkcs8(pem),
        Some("RSA PRIVATE KEY") => signing(pem, DkimSigningAlgorithm::Rsa),
        Some("ENCRYPTED PRIVATE KEY") => Err("is locked with a passphrase"),
        Some("PUBLIC KEY" | "RSA PUBLIC KEY") => Err("holds the public key, which belongs in the DNS"),
        Some(_) => Err("holds no RSA or Ed25519 private key"),
        None => signing(text.trim(), DkimSigningAlgorithm::Ed25519),
    }
}

fn pkcs8(pem: &str) -> Result<DkimSigningKey, &'static str> {
    let (_, document) = SecretDocument::from_pem(pem).map_err(|_| DAMAGED)?;
    let info = PrivateKeyInfo::try_from(document.as_bytes()).map_err(|_| DAMAGED)?;
    if info.algorithm.oid == RSA {
        let inner = SecretDocument::try_from(info.private_key).map_err(|_| DAMAGED)?;
        let pem = inner.to_pem("RSA PRIVATE KEY", LineEnding::LF).map_err(|_| DAMAGED)?;
        return signing(&pem, DkimSigningAlgorithm::Rsa);
    }
    match info.private_key {
        // An octet string of 32 bytes within the octet string (RFC 8410).
        [0x04, 0x20, seed @ ..] if info.algorithm.oid == ED25519 => {
            signing(&BASE64.encode(seed), DkimSigningAlgorithm::Ed25519)
        }
        _ => Err("holds no RSA or Ed25519 private key"),
    }
}

fn signing(key: &str, kind: DkimSigningAlgorithm) -> Result<DkimSigningKey, &'static str> {
    DkimSigningKey::new(key, kind).map_err(|_| DAMAGED)
}

#[cfg(test)]
mod tests {
    use super::parse;

    /// The example of RFC 8410, and its seed alone.
    const ED25519: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
-----END PRIVATE KEY-----
";
    const SEED: &str = "1O5y2/kTWErVttjx92n4rTr+fCjL8dT74Jeoj0R1WEI=\n";

    #[test]
    fn a_key_is_read_in_every_form_and_what_is_none_is_told_apart() {
        assert!(parse(ED25519).is_ok() && parse(SEED).is_ok());
        assert!(parse(&format!("Key Attributes: <No Attributes>\n{ED25519}")).is_ok());
        let labelled = |label: &str| ED25519.replace("PRIVATE KEY", label);
        for (text, why) in [
            (String::new(), "damaged"),
            ("not a key".to_owned(), "damaged"),
            (ED25519.replace("MC4", "MC5"), "damaged"),
            (labelled("RSA PRIVATE KEY"), "damaged"),
            (labelled("ENCRYPTED PRIVATE KEY"), "passphrase"),
            (labelled("PUBLIC KEY"), "public key"),
            (labelled("CERTIFICATE"), "no RSA or Ed25519"),
            // A key for another use: X25519.
            (ED25519.replace("K2Vw", "K2Vu"), "no RSA or Ed25519"),
        ] {
            let said = parse(&text).map(drop).unwrap_err();
            assert!(said.contains(why), "{text}: {said}");
        }
    }
}
