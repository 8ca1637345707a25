//! Booking by mail with everything real: `temujanji serve`, Dovecot and Postfix.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests may panic as tests may")]

mod correspondent;
mod mailserver;

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

#[test]
fn from_the_first_word_to_the_slip() {
    let server = MailServer::start();
    let folder = tempfile::tempdir().unwrap();
    let serving = Serving::start(folder.path(), &server, &[]);
    server.submit(SITI, OWN, &first(SITI, "Temujanji", "Salam, saya nak buat temujanji"));
    let form = server.wait_for(SITI, 1).pop().unwrap();
    let reply = Client::Gmail.reply(&form, SITI, "", &filled(&form.text, ANSWERS));
    server.submit(SITI, &form.reply_to, &reply);
    let review = server.wait_for(SITI, 2).pop().unwrap();
    assert!(review.text.contains("Balas YA untuk mengesahkan"), "{}\n{}", review.text, serving.log());
    server.submit(SITI, &review.reply_to, &Client::Outlook.reply(&review, SITI, "YA", &review.text));
    let slip = server.wait_for(SITI, 3).pop().unwrap();
    assert!(slip.text.contains("telah disahkan"), "{}", slip.text);
    assert_eq!(server.wait_in(OWN, "Processed", 3).len(), 3);
    assert_eq!(server.mails(OWN, "INBOX").len(), 0);
    let log = serving.log();
    for secret in ["siti", "900101", "Mawar", "rahsia", &slip.token()] {
        assert!(!log.contains(secret), "{secret} in the log:\n{log}");
    }
}
