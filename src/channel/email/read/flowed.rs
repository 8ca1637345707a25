//! format=flowed (RFC 3676): lines that were broken for the way are joined again.

/// The text with its soft line breaks undone. `delete_space` is the `DelSp` of the content type.
pub(super) fn joined(text: &str, delete_space: bool) -> String {
    let mut lines: Vec<String> = Vec::new();
    // The depth of the quote of a line that goes on.
    let mut goes_on: Option<usize> = None;
    for line in text.lines() {
        let words = line.trim_start_matches('>');
        let depth = line.len() - words.len();
        let words = words.strip_prefix(' ').unwrap_or(words);
        let flows = words.ends_with(' ') && words != "-- ";
        let words = if flows && delete_space { words.strip_suffix(' ').unwrap_or(words) } else { words };
        match lines.last_mut() {
            Some(last) if goes_on == Some(depth) && words != "-- " => last.push_str(words),
            _ if depth == 0 => lines.push(words.to_owned()),
            _ => lines.push(format!("{} {words}", ">".repeat(depth))),
        }
        goes_on = flows.then_some(depth);
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn soft_breaks_go_and_others_stay() {
        let text = "Alamat: No. 1, Jalan Tun \nRazak\n>> satu \n>> dua\n> tiga \n-- \nSiti \n  berganjak";
        assert_eq!(
            joined(text, false),
            "Alamat: No. 1, Jalan Tun Razak\n>> satu dua\n> tiga \n-- \nSiti  berganjak"
        );
        assert_eq!(joined("Jalan \nRazak", true), "JalanRazak");
    }
}
