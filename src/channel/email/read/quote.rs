//! What a person wrote, apart from what their mail program repeated.
//!
//! No client marks a quote like another, so nothing here has to be right for the booking to be: a command is only taken
//! from [`Split::own`], and a form only from its own labels.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::dialogue::Language;
use crate::dialogue::understand::text::fold;
use crate::words::{Words, args};

/// Lines that are looked at.
const MOST_LINES: usize = 2000;
/// Lines over which the heading of a quote may be broken.
const HEADING_LINES: usize = 3;
/// Longest heading of a quote, in characters.
const LONGEST_HEADING: usize = 300;
/// Lines in which the header block of a quoted mail stands.
const HEADER_LINES: usize = 8;
/// Ends the field above it, when a form is read: a blank one stays blank, an address has come to its end.
const END_OF_FIELD: &str = "\n---\n";

/// A text taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Split {
    /// What stands outside of quotes, without signatures and disclaimers.
    pub own: String,
    /// The same with the newest quote, as a form is filled inside of it; the words of our own mail are left out.
    pub whole: String,
    /// Whether that quote holds our form.
    pub has_form: bool,
}

/// One line: how deep it is quoted (by marks), and what it says without marks.
struct Line<'a> {
    depth: usize,
    text: &'a str,
}

/// What a line belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Own,
    /// The newest quote: the mail that is answered.
    Quote,
    /// The heading of a quote, signatures, quotes within quotes.
    Past,
}

/// Takes a text apart.
pub fn split(text: &str) -> Split {
    let lines: Vec<Line<'_>> = text.lines().take(MOST_LINES).map(line).collect();
    let parts = parts(&lines);
    let mut split = Split::default();
    let (mut from, mut to) = (None, None);
    for (at, (line, part)) in lines.iter().zip(&parts).enumerate() {
        if *part == Part::Past {
            continue;
        }
        match marker(line.text) {
            Some(Marker::Begins) if from.is_none() => from = Some(at),
            Some(Marker::Ends) if to.is_none() => to = Some(at),
            Some(_) | None => {}
        }
    }
    split.has_form = from.is_some() || to.is_some();
    let inside = |at: usize| from.is_none_or(|from| from <= at) && to.is_none_or(|to| at <= to);
    for (at, (line, part)) in lines.iter().zip(&parts).enumerate() {
        let ours = marker(line.text).is_some() || TEMPLATE.contains(&fold(line.text));
        match part {
            Part::Own if !ours => {
                split.own.push_str(line.text);
                split.own.push('\n');
                split.whole.push_str(line.text);
                split.whole.push('\n');
            }
            Part::Quote if inside(at) && !ours => {
                split.whole.push_str(line.text);
                split.whole.push('\n');
            }
            Part::Own | Part::Quote | Part::Past => split.whole.push_str(END_OF_FIELD),
        }
    }
    split.own = split.own.trim().to_owned();
    split
}

fn line(text: &str) -> Line<'_> {
    let mut rest = text;
    let mut depth = 0;
    while let Some(after) = rest.trim_start().strip_prefix('>') {
        depth += 1;
        rest = after;
    }
    Line { depth, text: if depth == 0 { text.trim_end() } else { rest.trim() } }
}

fn parts(lines: &[Line<'_>]) -> Vec<Part> {
    let mut parts = vec![Part::Past; lines.len()];
    // How many headings of quotes without marks have been passed.
    let mut unmarked = 0;
    let mut silent = false;
    let mut quoted_words = false;
    let mut old = false;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if let Some(length) = heading(lines.get(at..).unwrap_or_default()) {
            let after = lines.get(at + length..).unwrap_or_default();
            let marked = line.depth > 0
                || after.iter().find(|line| !line.text.trim().is_empty()).is_some_and(|line| line.depth > 0);
            // A heading within a quote that has begun is that of an older one.
            if line.depth > 0 && quoted_words {
                old = true;
            }
            if !marked {
                unmarked += 1;
            }
            silent = false;
            at += length;
            continue;
        }
        let blank = line.text.trim().is_empty();
        let part = if line.depth == 0 && unmarked == 0 {
            if silent || ends_writing(line.text) {
                silent = true;
                Part::Past
            } else if is_footer(line.text) {
                Part::Past
            } else {
                Part::Own
            }
        } else if unmarked + line.depth == 1 && !old {
            silent = false;
            quoted_words |= !blank;
            Part::Quote
        } else {
            Part::Past
        };
        if let Some(slot) = parts.get_mut(at) {
            *slot = part;
        }
        at += 1;
    }
    parts
}

/// How many lines at the start of these are the heading of a quote, if they are one.
fn heading(lines: &[Line<'_>]) -> Option<usize> {
    let first = lines.first()?;
    let text = first.text.trim();
    if text.is_empty() {
        return None;
    }
    if RULE.is_match(text) {
        let after = lines.get(1..)?;
        return Some(1 + header_block(after).unwrap_or(0));
    }
    if text.len() >= 10 && text.chars().all(|c| c == '_') {
        return header_block(lines.get(1..)?).map(|length| length + 1);
    }
    if let Some(length) = header_block(lines) {
        return Some(length);
    }
    if !OPENS.is_match(text) && !text.contains(['于', '在']) {
        return None;
    }
    let mut joined = String::new();
    for (count, line) in (1..).zip(lines.iter().take(HEADING_LINES)) {
        if line.depth != first.depth || line.text.trim().is_empty() {
            return None;
        }
        joined.push_str(line.text.trim());
        if joined.chars().count() > LONGEST_HEADING {
            return None;
        }
        if WROTE.is_match(&joined) {
            return Some(count);
        }
        joined.push(' ');
    }
    None
}

/// The lines `From: … Sent: … To: … Subject: …` with which Outlook, Samsung and QQ begin a quote.
fn header_block(lines: &[Line<'_>]) -> Option<usize> {
    let from = lines.iter().position(|line| !line.text.trim().is_empty())?;
    let depth = lines.get(from)?.depth;
    let mut kinds = HashSet::new();
    let mut length = from;
    for line in lines.iter().skip(from).take(HEADER_LINES) {
        let text = line.text.trim().trim_matches('*');
        let kind = if line.depth == depth { header_kind(text) } else { None };
        match kind {
            Some(kind) => {
                kinds.insert(kind);
            }
            // A long line of addresses is broken.
            None if !kinds.is_empty() && text.contains('@') => {}
            None => break,
        }
        length += 1;
    }
    (kinds.contains("from") && kinds.len() >= 3).then_some(length)
}

fn header_kind(line: &str) -> Option<&'static str> {
    let (name, _) = line.split_once([':', '：'])?;
    let name = fold(name.trim_matches(['*', ' ']));
    Some(match name.as_str() {
        "from" | "daripada" | "dari" | "发件人" | "寄件者" => "from",
        "sent" | "date" | "dihantar" | "tarikh" | "dikirim" | "tanggal" | "发送时间" | "日期"
        | "寄件日期" => "date",
        "to" | "kepada" | "ke" | "收件人" | "收件者" => "to",
        "cc" | "sk" | "抄送" => "cc",
        "subject" | "subjek" | "perkara" | "主题" | "主旨" => "subject",
        _ => return None,
    })
}

/// Whether nothing below this line is of the person's own writing.
fn ends_writing(line: &str) -> bool {
    if matches!(line, "--" | "-- " | "—" | "– ") || line.trim_end() == "--" {
        return true;
    }
    let folded = fold(line);
    [
        "disclaimer",
        "penafian",
        "confidentiality notice",
        "notis kerahsiaan",
        "this email and any attachment",
        "this e-mail and any attachment",
        "this message and any attachment",
        "e-mel ini dan sebarang lampiran",
    ]
    .iter()
    .any(|start| folded.trim_start_matches(['*', '-', ' ']).starts_with(start))
}

/// A line that the mail program adds.
fn is_footer(line: &str) -> bool {
    let folded = fold(line);
    let starts = [
        "sent from",
        "dihantar dari",
        "dikirim dari",
        "get outlook for",
        "dapatkan outlook",
        "发自",
        "來自我的",
        "sent with",
        "sent via",
        "sent using",
        "dihantar melalui",
        "virus-free.",
        "scanned by",
        "cheers, my phone",
    ];
    starts.iter().any(|start| folded.starts_with(start)) && folded.chars().count() <= 100
}

#[derive(Clone, Copy)]
enum Marker {
    Begins,
    Ends,
}

/// The lines around the form in our mail.
fn marker(line: &str) -> Option<Marker> {
    static MARKERS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
        let bare = |language, id| bare(&Words::builtin().text(language, id, args![]));
        Language::ALL.map(|language| (bare(language, "form-begins"), bare(language, "form-ends"))).into()
    });
    if !line.contains("--") && !line.contains('—') && !line.contains('–') {
        return None;
    }
    let line = bare(line);
    MARKERS.iter().find_map(|(begins, ends)| {
        if line == *begins {
            Some(Marker::Begins)
        } else if line == *ends {
            Some(Marker::Ends)
        } else {
            None
        }
    })
}

fn bare(line: &str) -> String {
    fold(line).trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// The lines of our own mails that need no argument, folded.
static TEMPLATE: LazyLock<HashSet<String>> = LazyLock::new(|| {
    const SECTIONS: [&str; 8] =
        ["ask-", "booking-", "form-", "mail-", "notice-", "review-", "talk-", "terms-"];
    let words = Words::builtin();
    let mut lines = HashSet::new();
    for language in Language::ALL {
        for id in words.ids(language).filter(|id| SECTIONS.iter().any(|section| id.starts_with(section))) {
            if let Ok(text) = words.try_text(language, id, args![version = crate::dialogue::TERMS_VERSION]) {
                lines.extend(text.lines().map(fold).filter(|line| line.len() > 3));
            }
        }
    }
    lines
});

/// `----- Original Message -----` in its kinds.
static RULE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[-=_\s]{2,}\s*(original message|mesej asal|mesej terdahulu|pesan asli|forwarded message|mesej dimajukan|原始邮件|原始郵件)\s*[-=_\s]{2,}$",
    )
});
/// How the heading of a quote may begin.
static OPENS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^(on|pada|dalam|el|le|am|於|在|at)\b|<[^<>\s]+@[^<>\s]+>"));
/// A heading from its start to its end.
static WROTE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^((on|pada|dalam|at)\b.*\d.*\b(wrote|writes|menulis|membalas|telah menulis|tulis)\s*[:：]|.*\d.*(写道|寫道|写到)\s*[:：]?|.*<[^<>\s]+@[^<>\s]+>.*\d.*\b(wrote|menulis)\s*:)\s*$",
    )
});

fn pattern(source: &str) -> Regex {
    match Regex::new(source) {
        Ok(regex) => regex,
        Err(error) => unreachable!("{error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn own_words_are_told_from_quotes_however_these_are_marked() {
        for (text, own) in [
            ("ya\n\nOn Mon, 23 Nov 2026 at 15:34, Temujanji <t@x.my> wrote:\n> BATAL\n", "ya"),
            ("ya\n\nOn Mon, 23 Nov 2026 at 15:34,\nTemujanji <t@x.my> wrote:\n\n> BATAL\n", "ya"),
            ("ya\nPada Isn, 23 Nov 2026 pada 15:34 T <t@x.my> menulis:\n> BATAL", "ya"),
            ("Pada 23/11/2026 15:34, T membalas:\n> BATAL\n> lagi\n\nya", "ya"),
            (
                "ya\n\nFrom: T <t@x.my>\nSent: Monday, 23 November 2026 3:34 PM\nTo: s@x.my\nSubject: A\n\nBATAL",
                "ya",
            ),
            (
                "ya\n________________________________\nDaripada: T\nDihantar: Isnin\nKepada: S\nSubjek: A\n\nBATAL",
                "ya",
            ),
            (
                "ya\n-------- Mesej asal --------\nDaripada: T\nTarikh: 23/11\nKepada: S\nSubjek: A\nBATAL",
                "ya",
            ),
            (
                "ya\n\n------------------ 原始邮件 ------------------\n发件人: \"T\" <t@x>;\n发送时间: 2026\n收件人: s\n\nBATAL",
                "ya",
            ),
            ("ya\n\nT <t@x.my> 于2026年11月23日周一 15:34写道：\n> BATAL", "ya"),
            ("ya\n发自我的 iPhone\n\n> On 23 Nov 2026, at 3:34 PM, T <t@x.my> wrote:\n> \n> BATAL", "ya"),
            (
                "ya\n\n    On Monday, November 23, 2026 at 03:34:00 PM GMT+8, T <t@x.my> wrote:  \n \n BATAL\n",
                "ya",
            ),
            ("ya\n-- \nSiti\nTel: 012", "ya"),
            ("ya\n\nSent from my iPhone", "ya"),
            ("Pada 5 Jan saya mahu datang\nmenulis: tidak", "Pada 5 Jan saya mahu datang\nmenulis: tidak"),
            ("", ""),
        ] {
            assert_eq!(split(text).own, own, "{text}");
        }
    }
}
