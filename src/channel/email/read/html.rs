//! HTML as lines of text: what a person sees, with `>` before what stands in a block quote.
//!
//! A walk in one pass, so that its time grows with the length alone: converters that build a tree can be kept busy for
//! half a minute by a few hundred kilobytes of nested elements.

/// Bytes of HTML that are looked at.
const LONGEST: usize = 256 * 1024;
/// Block quotes within each other that are told apart.
const DEEPEST: usize = 8;

/// Elements whose content nobody sees.
const UNSEEN: &[&str] = &["head", "style", "script", "title", "template", "noscript", "object", "svg"];
/// Elements that begin and end a line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "caption",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
/// Elements without an end.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"];

/// The text of an HTML body.
pub(super) fn text(html: &str) -> String {
    let mut walk = Walk::default();
    let mut rest = start(html, LONGEST);
    while let Some((before, after)) = rest.split_once('<') {
        walk.words(before);
        rest = match after.strip_prefix("!--") {
            Some(comment) => comment.split_once("-->").map_or("", |(_, rest)| rest),
            None => match tag_end(after) {
                Some((tag, rest)) => {
                    walk.tag(tag);
                    rest
                }
                None => "",
            },
        };
    }
    walk.words(rest);
    walk.end_line();
    walk.lines.join("\n")
}

/// The start of a text, at most so many bytes.
fn start(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.split_at_checked(end).map_or("", |(start, _)| start)
}

/// A tag up to its `>`, which may stand in quotes before. A tag longer than that is none.
fn tag_end(after: &str) -> Option<(&str, &str)> {
    const LONGEST_TAG: usize = 4096;
    let mut quote = None;
    for (at, c) in after.char_indices().take(LONGEST_TAG) {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '>') => {
                let (tag, rest) = after.split_at_checked(at)?;
                return Some((tag, rest.get(1..)?));
            }
            (None, _) => {}
        }
    }
    // An unclosed quote: the first `>` ends it.
    start(after, LONGEST_TAG).split_once('>').and_then(|(tag, _)| Some((tag, after.get(tag.len() + 1..)?)))
}

/// Where the walk stands.
#[derive(Default)]
struct Walk {
    lines: Vec<String>,
    line: String,
    quotes: usize,
    preformatted: usize,
    /// The element that is not shown, and how many of its name are open.
    hidden: Option<(String, usize)>,
}

impl Walk {
    fn tag(&mut self, tag: &str) {
        let closes = tag.starts_with('/');
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .take(16)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let alone = tag.ends_with('/') || VOID.contains(&name.as_str());
        if let Some((hidden, open)) = &mut self.hidden {
            if *hidden == name && !alone {
                *open = if closes { open.saturating_sub(1) } else { *open + 1 };
            }
            if *open == 0 {
                self.hidden = None;
            }
            return;
        }
        if !closes && !alone && (UNSEEN.contains(&name.as_str()) || is_hidden(tag)) {
            self.end_line();
            self.hidden = Some((name, 1));
            return;
        }
        if name == "br" {
            return self.break_line();
        }
        if !BLOCKS.contains(&name.as_str()) {
            return;
        }
        self.end_line();
        match (name.as_str(), closes) {
            ("blockquote", false) => self.quotes += 1,
            ("blockquote", true) => self.quotes = self.quotes.saturating_sub(1),
            ("pre", false) => self.preformatted += 1,
            ("pre", true) => self.preformatted = self.preformatted.saturating_sub(1),
            // An empty line sets paragraphs apart, as it does in a plain text.
            ("p" | "table" | "ul" | "ol", true) => self.empty_line(),
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        if self.hidden.is_some() {
            return;
        }
        let text = entities(text);
        for c in text.chars() {
            match c {
                '\n' if self.preformatted > 0 => self.break_line(),
                '\r' => {}
                _ if c.is_whitespace() && c != '\u{a0}' => {
                    if !self.line.is_empty() && !self.line.ends_with(' ') {
                        self.line.push(' ');
                    }
                }
                '\u{a0}' => self.line.push(' '),
                _ => self.line.push(c),
            }
        }
    }

    fn break_line(&mut self) {
        let quoted = ">".repeat(self.quotes.min(DEEPEST));
        let line = std::mem::take(&mut self.line);
        let line = line.trim_end();
        self.lines.push(match (quoted.as_str(), line) {
            ("", line) => line.to_owned(),
            (quoted, "") => quoted.to_owned(),
            (quoted, line) => format!("{quoted} {line}"),
        });
    }

    fn end_line(&mut self) {
        if self.line.trim().is_empty() {
            self.line.clear();
        } else {
            self.break_line();
        }
    }

    fn empty_line(&mut self) {
        let blank = |line: &String| line.trim_matches(['>', ' ']).is_empty();
        if self.lines.last().is_some_and(|line| !blank(line)) {
            self.break_line();
        }
    }
}

fn is_hidden(tag: &str) -> bool {
    let plain: String = tag.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    plain.contains("display:none") || plain.contains("mso-hide:all")
}

/// The text with its entities as the letters they stand for; unknown ones stay.
fn entities(text: &str) -> String {
    const LONGEST_NAME: usize = 10;
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        // Looked for in a few bytes only: a text of nothing but `&` would be read again from each of them.
        let end = after.bytes().take(LONGEST_NAME + 1).position(|byte| byte == b';');
        let name = end.and_then(|end| after.get(..end));
        match name.and_then(|name| Some((entity(name)?, after.get(name.len() + 1..)?))) {
            Some((letter, after)) => {
                plain.push(letter);
                rest = after;
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" | "ensp" | "emsp" | "thinsp" => '\u{a0}',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "hellip" => '…',
        "bull" => '•',
        "middot" => '·',
        "eacute" => 'é',
        "egrave" => 'è',
        "zwnj" | "zwj" | "shy" => '\u{200b}',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn cells_and_breaks_are_lines_and_quotes_are_marked() {
        let html = "<html><head><style>p{}</style><title>x</title></head><body><p>Ya &amp; setuju<br>baik</p>\
            <table><tr><td>Nama:</td><td>Siti&nbsp;Ali</td></tr></table><div style='display: none'>rahsia</div>\
            <blockquote><div>Alamat:</div><blockquote>lama</blockquote></blockquote>tamat";
        assert_eq!(text(html), "Ya & setuju\nbaik\n\nNama:\nSiti Ali\n\n> Alamat:\n>> lama\ntamat");
    }

    #[test]
    fn broken_and_hostile_markup_ends() {
        assert_eq!(text("<p>a <b c='>d"), "a d");
        assert_eq!(text("<"), "");
        assert_eq!(text("&#xd800;&#99999999999;&;&amp"), "&#xd800;&#99999999999;&;&amp");
        for hostile in
            ["<div>".repeat(60_000), "<!--".repeat(60_000), "<a href='".repeat(30_000), "&".repeat(256_000)]
        {
            let start = std::time::Instant::now();
            text(&hostile);
            assert!(start.elapsed().as_secs() < 5, "{}", hostile.get(..9).unwrap());
        }
    }
}
