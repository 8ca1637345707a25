//! What Telegram refuses, with its words.

use serde_json::Value;

/// A refusal: code and description.
pub type Refusal = (u16, String);

fn bad(what: &str) -> Refusal {
    (400, format!("Bad Request: {what}"))
}

/// Checks a text of a message; gives back what is read, without markup.
pub fn text(params: &Value, key: &str, longest: usize) -> Result<String, Refusal> {
    let raw = params[key].as_str().unwrap_or_default();
    let plain = match params["parse_mode"].as_str() {
        Some("HTML") => html(raw)?,
        None => raw.to_owned(),
        Some(other) => return Err(bad(&format!("unsupported parse_mode {other}"))),
    };
    if plain.trim().is_empty() {
        return Err(bad("message text is empty"));
    }
    if plain.encode_utf16().count() > longest {
        return Err(bad("message is too long"));
    }
    Ok(plain)
}

/// Reads Telegram's HTML: known tags, closed in order, and only the four named entities and numbers.
pub fn html(raw: &str) -> Result<String, Refusal> {
    let cannot = |what: &str| bad(&format!("can't parse entities: {what}"));
    let mut plain = String::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        match c {
            '<' => {
                let (tag, after) = rest[1..].split_once('>').ok_or_else(|| cannot("unclosed start tag"))?;
                rest = after;
                match tag.strip_prefix('/') {
                    Some(name) if open.last().is_some_and(|last| last == name) => drop(open.pop()),
                    Some(name) => return Err(cannot(&format!("unexpected end tag \"{name}\""))),
                    None if ["b", "i", "u", "s", "code", "pre"].contains(&tag) => open.push(tag.to_owned()),
                    None => return Err(cannot(&format!("unsupported start tag \"{tag}\""))),
                }
            }
            '>' => return Err(cannot("'>' must be escaped")),
            '&' => {
                let (name, after) =
                    rest[1..].split_once(';').ok_or_else(|| cannot("an entity is not closed"))?;
                plain.push(match name {
                    "lt" => '<',
                    "gt" => '>',
                    "amp" => '&',
                    "quot" => '"',
                    other => return Err(cannot(&format!("unknown entity {other}"))),
                });
                rest = after;
            }
            c => {
                plain.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    if open.is_empty() { Ok(plain) } else { Err(cannot("can't find end tag")) }
}

/// Checks the buttons; gives back those of an inline keyboard.
pub fn markup(markup: &Value) -> Result<Vec<Vec<(String, String)>>, Refusal> {
    let mut rows = Vec::new();
    for row in markup["inline_keyboard"].as_array().into_iter().flatten() {
        let mut keys = Vec::new();
        for key in row.as_array().into_iter().flatten() {
            let label = key["text"].as_str().unwrap_or_default();
            let data = key["callback_data"].as_str().unwrap_or_default();
            if label.trim().is_empty() {
                return Err(bad("inline keyboard button text is empty"));
            }
            if data.is_empty() || data.len() > 64 {
                return Err(bad("BUTTON_DATA_INVALID"));
            }
            keys.push((label.to_owned(), data.to_owned()));
        }
        if keys.is_empty() || keys.len() > 8 {
            return Err(bad("a row of buttons is empty or too long"));
        }
        rows.push(keys);
    }
    if rows.iter().map(Vec::len).sum::<usize>() > 100 {
        return Err(bad("too many buttons"));
    }
    Ok(rows)
}

/// Checks a bot's commands.
pub fn commands(params: &Value) -> Result<(), Refusal> {
    let commands = params["commands"].as_array().ok_or_else(|| bad("commands are missing"))?;
    if commands.len() > 100 {
        return Err(bad("too many commands"));
    }
    for command in commands {
        let name = command["command"].as_str().unwrap_or_default();
        let about = command["description"].as_str().unwrap_or_default().chars().count();
        let fits = (1..=32).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !fits || !(1..=256).contains(&about) {
            return Err(bad("BOT_COMMAND_INVALID"));
        }
    }
    Ok(())
}

/// Checks a text of the profile.
pub fn profile(params: &Value, key: &str, longest: usize) -> Result<(), Refusal> {
    match params[key].as_str().map(|text| text.chars().count()) {
        Some(length) if length <= longest => Ok(()),
        _ => Err(bad("the text is missing or too long")),
    }
}
