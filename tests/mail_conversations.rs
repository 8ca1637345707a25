//! Booking by replying to mail: the whole conversation, from whichever mail program, without servers.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests may")]

mod correspondent;
mod postroom;

use correspondent::{Client, filled, first};
use postroom::{ANSWERS, Postroom};

const SITI: &str = "siti@example.com";

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
    }
}
