//! Booking by replying to mail: the whole conversation, from whichever mail program, without servers.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests may")]

mod correspondent;
mod postroom;

use correspondent::{Client, OWN, Received, filled, first};
use postroom::Postroom;

const SITI: &str = "siti@example.com";

/// A complete and correct form, in Malay.
const ANSWERS: &[(&str, &str)] = &[
    ("Nama", "Siti Nur'ain binti Dato' Ali"),
    ("No. pengenalan", "900101-14-5551"),
    ("Alamat", "No. 12, Jalan Mawar 3/4, Taman Melati, 53100 Kuala Lumpur"),
    ("No. telefon", "012-345 6789"),
    ("Cawangan", "Jalan Duta"),
    ("Urusan", "pas pelajar"),
    ("Tarikh", "5 Januari 2027"),
    ("Masa", "9.00 pagi"),
    ("Setuju terma (YA/TIDAK)", "YA"),
];

#[tokio::test]
async fn a_complete_form_gets_the_review_and_a_yes_the_slip_from_every_client() {
    for client in Client::ALL {
        let mut room = Postroom::at("2026-11-23 09:00").await;
        let form = room.send(&first(SITI, "Temujanji", "Salam, saya nak buat temujanji")).await.unwrap();
        assert!(form.text.contains("--- Borang ---\nNama:\nNo. pengenalan:\nAlamat:\n"), "{}", form.text);
        let reply = match client {
            // Whoever quotes nothing copies the lines.
            Client::Bare => {
                let lines: String =
                    ANSWERS.iter().map(|(label, value)| format!("{label}: {value}\n")).collect();
                client.reply(&form, SITI, &lines, "")
            }
            _ => client.reply(&form, SITI, "", &filled(&form.text, ANSWERS)),
        };
        let review = room.send(&reply).await.unwrap();
        assert!(review.text.contains("Balas YA untuk mengesahkan"), "{client:?}: {}", review.text);
        assert!(review.text.contains("Siti Nur'ain binti Dato' Ali"), "{client:?}: {}", review.text);
        assert!(review.text.contains("Taman Melati, 53100 Kuala Lumpur"), "{client:?}: {}", review.text);
        assert!(
            review.text.contains("Selasa, 5 Januari 2027") && review.text.contains("9.00 pagi"),
            "{client:?}"
        );
        let slip = room.send(&client.reply(&review, SITI, "Ya", &review.text)).await.unwrap();
        assert!(slip.text.contains("telah disahkan"), "{client:?}: {}", slip.text);
        let names = slip.attachments();
        assert!(
            names.iter().any(|n| n.ends_with(".pdf")) && names.iter().any(|n| n.ends_with(".ics")),
            "{names:?}"
        );
        assert_eq!(room.bookings().await, 1, "{client:?}");
        // Thanks get no answer.
        assert!(
            room.send(&client.reply(&slip, SITI, "Terima kasih!", &slip.text)).await.is_none(),
            "{client:?}"
        );
        let _ = OWN;
        let _: &Received = &slip;
    }
}

#[tokio::test]
async fn dump() {
    let mut room = Postroom::at("2026-11-23 09:00").await;
    let form = room.send(&first(SITI, "Temujanji", "Salam, saya nak buat temujanji")).await.unwrap();
    println!("{}\n=====", String::from_utf8_lossy(&form.bytes).chars().take(1400).collect::<String>());
    println!("{}\n=====", form.text);
    let bad: Vec<_> = ANSWERS
        .iter()
        .filter(|(l, _)| *l != "Alamat" && *l != "Tarikh" && *l != "Masa")
        .map(|(l, v)| if *l == "No. telefon" { (*l, "12") } else { (*l, *v) })
        .collect();
    let r = room.send(&Client::Gmail.reply(&form, SITI, "", &filled(&form.text, &bad))).await.unwrap();
    println!("{}\n=====", r.text);
    let r = room.send(&Client::Gmail.reply(&r, SITI, "", &filled(&r.text, ANSWERS))).await.unwrap();
    println!("{}\n=====", r.text);
    println!("{}\n{:?}=====", r.html, r.links());
    let r = room.send(&Client::Gmail.reply(&r, SITI, "UBAH", &r.text)).await.unwrap();
    println!("{}\n=====", r.text);
    let r = room.send(&Client::Gmail.reply(&r, SITI, "8", &r.text)).await.unwrap();
    println!("{}\n=====", r.text);
    let r = room.send(&Client::Gmail.reply(&r, SITI, "2", &r.text)).await.unwrap();
    println!("{}\n=====", r.text);
    let r = room.send(&Client::Gmail.reply(&r, SITI, "ya", &r.text)).await.unwrap();
    println!("{}\n=====", r.text);
    let r = room.send(&Client::Gmail.reply(&r, SITI, "BATAL", &r.text)).await.unwrap();
    println!("{}\n=====", r.text);
    let r = room.send(&Client::Outlook.reply(&r, SITI, "ya", &r.text)).await.unwrap();
    println!("{}\n=====", r.text);
}
