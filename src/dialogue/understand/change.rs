//! A field that is to be changed, together with what it is to be: "tukar nombor telefon 013-999 8888", "change name to Mei Tan".

use super::command::{Command, command};
use super::text::fold;
use crate::dialogue::Field;

/// Words with which such a text begins.
const CHANGE: [&str; 8] = ["tukar", "ubah", "betulkan", "kemaskini", "change", "correct", "update", "edit"];
/// Words that may stand between the field and what it is to be.
const TO: [&str; 8] = ["ke", "kepada", "jadi", "kpd", "dgn", "dengan", "to", "into"];
/// Most words that name the field.
const LONGEST: usize = 4;

/// The field, and the rest of the text as it was typed; none if the text is only a command, or does not begin with one.
pub fn change_to(text: &str) -> Option<(Field, &str)> {
    let (first, rest) = text.split_once(char::is_whitespace)?;
    if !CHANGE.contains(&fold(first).as_str()) || !command(text).candidates.is_empty() {
        return None;
    }
    let mut after = rest.trim_start();
    let mut found = None;
    for _ in 0..LONGEST {
        let (word, left) = after.split_once(char::is_whitespace)?;
        after = left.trim_start();
        let before = text.strip_suffix(after)?;
        let ends = word.ends_with([':', '=']);
        if let Some(Command::Change(Some(field))) =
            command(before.trim_end().trim_end_matches([':', '='])).certain()
        {
            found = Some((*field, after));
        } else if found.is_some() {
            break;
        }
        if ends || !after.contains(char::is_whitespace) {
            break;
        }
    }
    let (field, value) = found?;
    let value = match value.split_once(char::is_whitespace) {
        Some((word, value)) if TO.contains(&fold(word).as_str()) => value.trim_start(),
        Some(_) | None => value,
    };
    Some((field, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_and_what_it_is_to_be() {
        for (text, field, value) in [
            ("tukar nombor telefon 013-9998888", Field::Phone, "013-9998888"),
            ("change phone to 0139998888", Field::Phone, "0139998888"),
            ("change name to Eve Tan Mei", Field::Name, "Eve Tan Mei"),
            ("Tukar nama ke Siti binti Ali", Field::Name, "Siti binti Ali"),
            ("ubah telefon 013-9998888", Field::Phone, "013-9998888"),
            ("ubah nama: Siti binti Ali", Field::Name, "Siti binti Ali"),
            ("change branch alor setar", Field::Branch, "alor setar"),
            ("tukar emel salah@yahoo.com", Field::Email, "salah@yahoo.com"),
            ("tukar alamat kepada 5 Jalan Ampang 50450 KL", Field::Address, "5 Jalan Ampang 50450 KL"),
        ] {
            assert_eq!(change_to(text), Some((field, value)), "{text}");
        }
    }

    #[test]
    fn what_is_only_a_command_or_none() {
        for text in [
            "tukar",
            "tukar nama",
            "tukar nombor telefon",
            "change my phone number",
            "tukar tarikh temujanji",
            "Tukar Jalan Besar",
            "Siti binti Ali",
            "nama salah, SITI",
            "jalan tukar alamat 5",
            "",
        ] {
            assert_eq!(change_to(text), None, "{text}");
        }
    }
}
