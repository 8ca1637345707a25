//! Signed mail (DKIM), from `temujanji serve` through a real mail server: another program than ours verifies it.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests may")]

mod correspondent;
mod mailserver;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use correspondent::{Client, OWN, filled, first};
use mailserver::{MailServer, Serving};

const SITI: &str = "siti@example.com";

const ANSWERS: &[(&str, &str)] = &[
    ("Nama", "Siti Nur'ain binti Dato' Ali"),
    ("No. pengenalan", "900101-14-5551"),
    ("Alamat", "No. 12, Jalan Mawar 3/4, Taman Melati, 53100 Kuala Lumpur"),
    ("No. telefon", "012-345 6789"),
    ("Cawangan", "Jalan Duta"),
    ("Urusan", "pas pelajar"),
    ("Tarikh", "paling awal"),
    ("Masa", "paling awal"),
    ("Setuju terma (YA/TIDAK)", "YA"),
];

/// Verifies the mail of its standard input with dkimpy. The key is given, since no DNS is asked.
const VERIFY: &str = "
import sys, dkim
name, record = sys.argv[1].encode(), sys.argv[2].encode()
look_up = lambda asked, timeout=5: record if asked.rstrip(b'.') == name else None
sys.exit(0 if dkim.verify(sys.stdin.buffer.read(), dnsfunc=look_up) else 3)
";

fn openssl(folder: &Path, args: &[&str]) -> Vec<u8> {
    let out = Command::new("openssl").args(args).current_dir(folder).output().unwrap();
    assert!(out.status.success(), "openssl {args:?}: {}", String::from_utf8_lossy(&out.stderr));
    out.stdout
}

/// What the domain publishes of the key in this folder.
fn record(folder: &Path, kind: &str) -> String {
    let public = openssl(folder, &["pkey", "-in", "dkim.pem", "-pubout", "-outform", "DER"]);
    // Of an Ed25519 key the 32 bytes alone are published (RFC 8463).
    let skipped = if kind == "ed25519" { public.len() - 32 } else { 0 };
    format!("v=DKIM1; k={kind}; p={}", data_encoding::BASE64.encode(public.get(skipped..).unwrap()))
}

fn verifies(mail: &[u8], record: &str) -> bool {
    let mut python = Command::new("/usr/bin/python3");
    python.args(["-c", VERIFY, "kunci._domainkey.sto.example", record]);
    let mut python = python.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    python.stdin.take().unwrap().write_all(mail).unwrap();
    let out = python.wait_with_output().unwrap();
    match out.status.code() {
        Some(0) => true,
        Some(3) => false,
        _ => panic!("{}; tests/run installs what is needed", String::from_utf8_lossy(&out.stderr)),
    }
}

fn signed_with(kind: &str, make: &[&str]) {
    let server = MailServer::start();
    let folder = tempfile::tempdir().unwrap();
    openssl(folder.path(), make);
    let record = record(folder.path(), kind);
    let settings = [
        ("TEMUJANJI_MAIL__DKIM_KEY_FILE", folder.path().join("dkim.pem").display().to_string()),
        ("TEMUJANJI_MAIL__DKIM_SELECTOR", "kunci".to_owned()),
    ];
    let serving = Serving::start(folder.path(), &server, &settings);
    server.submit(SITI, OWN, &first(SITI, "Temujanji", "Salam, saya nak buat temujanji"));
    let form = server.wait_for(SITI, 1).pop().unwrap();
    let reply = Client::Gmail.reply(&form, SITI, "", &filled(&form.text, ANSWERS));
    server.submit(SITI, &form.reply_to, &reply);
    let review = server.wait_for(SITI, 2).pop().unwrap();
    server.submit(SITI, &review.reply_to, &Client::Gmail.reply(&review, SITI, "YA", &review.text));
    let slip = server.wait_for(SITI, 3).pop().unwrap();
    assert!(slip.text.contains("telah disahkan"), "{}\n{}", slip.text, serving.log());
    for mail in [&form, &review, &slip] {
        assert!(verifies(&mail.bytes, &record), "{kind}: {}", mail.subject);
    }
    let text = String::from_utf8(review.bytes).unwrap();
    for (from, to) in [
        ("Reply-To: ", "Reply-To: pencuri@evil.example, "),
        ("Subject: ", "Subject: Re: "),
        ("Nama: ", "Nama : "),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from} is not there:\n{text}");
        assert!(!verifies(changed.as_bytes(), &record), "{kind}: {from} changed");
    }
    // On the way lines may be folded anew.
    let folded = text.replacen("Subject: ", "Subject:\r\n  ", 1);
    assert!(verifies(folded.as_bytes(), &record), "{kind}: folded");
}

#[test]
fn mail_signed_with_rsa_verifies() {
    signed_with("rsa", &["genrsa", "-out", "dkim.pem", "2048"]);
}

#[test]
fn mail_signed_with_rsa_in_the_older_form_verifies() {
    signed_with("rsa", &["genrsa", "-traditional", "-out", "dkim.pem", "2048"]);
}

#[test]
fn mail_signed_with_ed25519_verifies() {
    signed_with("ed25519", &["genpkey", "-algorithm", "ed25519", "-out", "dkim.pem"]);
}
