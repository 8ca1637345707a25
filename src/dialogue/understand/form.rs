//! Forms: labelled lines such as `Nama: Ali`, in any order, in Malay or English.

mod bare;

pub(super) use bare::is_remark;

use super::field::{Label, label, mistyped_label};
use super::{text, yes_no};
use crate::booking::IdentityKind;
use crate::dialogue::Field;

/// One field of a form, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which field.
    pub field: Field,
    /// What stands after the label; an address may have several lines.
    pub value: String,
    /// The kind of document, where the label of an identity number says it.
    pub identity_kind: Option<IdentityKind>,
}

/// Lines of a message that are looked at.
const MOST_LINES: usize = 200;
/// Characters of a line in which labels are looked for; what is longer is a story.
const LONGEST_LINE: usize = 1000;
/// Words of a label.
const LABEL_WORDS: usize = 6;
/// Words that end a letter, and so an address.
const CLOSINGS: &[&str] =
    &["terima kasih", "thank", "tq", "sekian", "regards", "salam", "yang benar", "best", "sincerely", "tks"];

/// The fields of a labelled text, in its order; blank ones are left out.
///
/// A label ends with `:`, `=`, a dash between spaces, a wide gap or the end of the line, or is followed at once by a
/// value that can be nothing else (`ic 900101-14-5551`, `nama saya Ali`). Several may stand on one line. An
/// address goes on until the next label or blank line.
pub fn form(text: &str) -> Vec<Entry> {
    let mut reader = Reader::default();
    let lines: Vec<&str> =
        text.lines().take(MOST_LINES).map(|line| line.trim_start_matches(['>', ' '])).collect();
    let short = |line: &&str| line.chars().count() <= LONGEST_LINE;
    for (number, line) in lines.iter().enumerate().filter(|(_, line)| short(line)) {
        reader.line(line, lines.get(number + 1).copied().unwrap_or_default());
    }
    reader.end();
    reader.entries
}

/// The answer to the form's line about the terms: `Setuju terma (YA/TIDAK): ya`, `I agree: yes`, or `saya setuju` alone.
pub fn agreement(text: &str) -> Option<bool> {
    let agrees = |head: &str| {
        let words = text::words(head);
        words.len() <= LABEL_WORDS + 2 && words.iter().any(|word| matches!(word.as_str(), "setuju" | "agree"))
    };
    let mut open = false;
    let mut answer = None;
    for line in text.lines().take(MOST_LINES) {
        let line = without_marks(line.trim_start_matches(['>', ' ']));
        let given = match line.split_once([':', '=', '：']) {
            Some((head, value)) if agrees(head) => {
                open = value.trim().is_empty();
                yes_no(value).certain().copied()
            }
            Some(_) => {
                open = false;
                None
            }
            // The answer on the line below, or the sentence without any form.
            None if open && !line.is_empty() => {
                open = false;
                yes_no(&line).certain().copied()
            }
            None if agrees(&line) && !line.contains(['(', '?']) => yes_no(&line).certain().copied(),
            None => None,
        };
        answer = given.or(answer);
    }
    answer
}

/// What has been read so far.
#[derive(Default)]
struct Reader {
    entries: Vec<Entry>,
    /// The label whose value may go on in the next line.
    open: Option<(Label, String)>,
}

impl Reader {
    fn line(&mut self, line: &str, next: &str) {
        let plain = without_marks(line);
        let pieces = labelled_pieces(plain.trim());
        if !pieces.is_empty() {
            for (label, value) in pieces {
                self.end();
                let (value, behind) = without_bare(&value);
                self.open = Some((label, tidy(value)));
                if !behind.is_empty() {
                    self.end();
                    self.entries.extend(behind);
                }
            }
        } else if line.trim().is_empty() {
            if self.open.as_ref().is_some_and(|(_, value)| !value.is_empty()) {
                self.end();
            }
        } else if let Some(label) = lone_label(&plain, next) {
            self.end();
            self.open = Some((label, String::new()));
        } else if let Some(entry) = bare::entry(plain.trim()) {
            self.end();
            self.entries.push(entry);
        } else {
            self.go_on(line);
        }
    }

    /// A line without a label: more of an address, or the value of the label above it.
    fn go_on(&mut self, line: &str) {
        let folded = text::fold(line);
        let closing = CLOSINGS.iter().any(|word| folded.starts_with(word));
        match &mut self.open {
            Some((Label::Field(Field::Address, _), value)) if !closing => {
                if !value.is_empty() {
                    value.push('\n');
                }
                value.push_str(&tidy(line));
            }
            Some((_, value)) if value.is_empty() && !closing => {
                *value = tidy(line);
                self.end();
            }
            _ => self.end(),
        }
    }

    fn end(&mut self) {
        let Some((label, value)) = self.open.take() else { return };
        if !value.chars().any(char::is_alphanumeric) {
            return;
        }
        match label {
            Label::Field(field, identity_kind) => self.entries.push(Entry { field, value, identity_kind }),
            Label::AddressPart => {
                let address = self.entries.iter_mut().rev().find(|entry| entry.field == Field::Address);
                if let Some(address) = address {
                    address.value = format!("{}\n{value}", address.value);
                }
            }
            Label::Other => {}
        }
    }
}

/// The line without bullets, numbering and stars for bold.
fn without_marks(line: &str) -> String {
    let starless = line.replace(['*', '`'], "");
    let bullets = ['-', '–', '—', '•', '·', '●', '▪', '◦', '+', '#', '✅', '📌', '👉', '_', ' ', '\t', '>'];
    let bare = starless.trim_start_matches(bullets);
    let opened = bare.trim_start_matches('(');
    let rest = opened.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = opened.len() - rest.len();
    let lettered =
        opened.strip_prefix(|c: char| c.is_ascii_alphabetic()).and_then(|rest| rest.strip_prefix(')'));
    let numbered = if (1..=2).contains(&digits) { rest.strip_prefix(['.', ')']) } else { None };
    numbered.or(lettered).unwrap_or(bare).trim().to_owned()
}

fn tidy(value: &str) -> String {
    value.replace('*', "").trim().trim_matches([',', ';', '|', '/', '_', ' ', '\t']).to_owned()
}

/// A value without what follows it behind commas with a label of its own: `900101-14-5551, hp 012-345 6789`.
fn without_bare(value: &str) -> (&str, Vec<Entry>) {
    let (mut value, mut behind) = (value, Vec::new());
    while let Some((before, last)) = value.rsplit_once([',', ';']) {
        let found = bare::entry(last.trim());
        let sure = |entry: &Entry| matches!(entry.field, Field::Phone | Field::Identity | Field::Email);
        let Some(entry) = found.filter(sure) else { break };
        behind.push(entry);
        value = before;
    }
    (value, behind)
}

/// A label on a line of its own, with its value on the next.
fn lone_label(line: &str, next: &str) -> Option<Label> {
    let found = label(line)?;
    let value = without_marks(next);
    let blank =
        value.trim().is_empty() || label(&value).is_some() || !labelled_pieces(value.trim()).is_empty();
    (!blank).then_some(found)
}

/// The labels of a line that are followed by a mark, with what stands between them.
fn labelled_pieces(line: &str) -> Vec<(Label, String)> {
    let mut pieces: Vec<(Label, String)> = Vec::new();
    let mut rest = line;
    let mut before = String::new();
    while let Some((head, mark, tail)) = next_mark(rest) {
        let found = if pieces.is_empty() && before.is_empty() {
            first_label(head, mark).map(|label| (label, ""))
        } else if matches!(mark, Mark::Colon) {
            inner_label(head, !pieces.is_empty())
        } else {
            None
        };
        match found {
            Some((label, value)) => {
                before.push_str(value);
                if let Some((_, open)) = pieces.last_mut() {
                    *open = before.trim_end_matches(['.', ' ']).to_owned();
                }
                before.clear();
                pieces.push((label, String::new()));
            }
            None => {
                before.push_str(head);
                before.push_str(mark.as_str());
            }
        }
        rest = tail;
    }
    before.push_str(rest);
    if let Some((_, open)) = pieces.last_mut() {
        *open = before;
    }
    pieces
}

/// What ends a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Colon,
    Dash,
    Gap,
}

impl Mark {
    fn as_str(self) -> &'static str {
        match self {
            Mark::Colon => ":",
            Mark::Dash => " - ",
            Mark::Gap => "  ",
        }
    }
}

/// The text up to the next mark, the mark, and the text after it.
fn next_mark(text: &str) -> Option<(&str, Mark, &str)> {
    const MARKS: [(&str, Mark); 9] = [
        (":", Mark::Colon),
        ("：", Mark::Colon),
        ("=", Mark::Colon),
        ("＝", Mark::Colon),
        (" - ", Mark::Dash),
        (" – ", Mark::Dash),
        (" — ", Mark::Dash),
        ("\t", Mark::Gap),
        ("  ", Mark::Gap),
    ];
    let first = MARKS.iter().filter_map(|(sign, mark)| text.find(sign).map(|at| (at, *sign, *mark)));
    let (_, sign, mark) = first.min_by_key(|(at, _, _)| *at)?;
    let (head, tail) = text.split_once(sign)?;
    // "Nama   : Ali": the gap belongs to the colon.
    match tail.trim_start().strip_prefix([':', '：', '=']) {
        Some(after) if mark == Mark::Gap => Some((head, Mark::Colon, after)),
        _ => Some((head, mark, tail)),
    }
}

/// The label at the start of a line, up to its mark.
fn first_label(head: &str, mark: Mark) -> Option<Label> {
    let words = head.split_whitespace().count();
    if words == 0 || words > LABEL_WORDS + 4 {
        return None;
    }
    let exact = label(head);
    if exact.is_some() || mark != Mark::Colon {
        return exact;
    }
    let unknown = || {
        let plain = head.chars().all(|c| c.is_alphabetic() || " /.'()-".contains(c));
        (plain && words <= 4).then_some(Label::Other)
    };
    inner_label(head, false).map(|(label, _)| label).or_else(|| mistyped_label(head)).or_else(unknown)
}

/// A label at the end of the text before a colon, and what stands before it.
///
/// After a comma, semicolon, bar or slash; in a line that has begun as a form, a space is enough.
fn inner_label(head: &str, in_form: bool) -> Option<(Label, &str)> {
    let boundary =
        |c: char| matches!(c, ',' | ';' | '|' | '/' | '，' | '；') || (in_form && c.is_whitespace());
    let ends = head.char_indices().map(|(at, c)| (at + c.len_utf8(), c));
    let splits = ends.filter_map(|(at, c)| Some((c, head.split_at_checked(at)?)));
    let stop = |c: char, tail: &str| c == '.' && tail.starts_with(' ');
    let mut candidates: Vec<(&str, &str)> =
        splits.filter(|(c, (_, tail))| boundary(*c) || stop(*c, tail)).map(|(_, split)| split).collect();
    candidates.push(("", head));
    let known = |(value, tail): (&'_ str, &'_ str)| {
        let words = tail.split_whitespace().count();
        if !(1..=LABEL_WORDS).contains(&words) { None } else { label(tail).map(|label| (label, value.len())) }
    };
    let (label, value) = candidates.into_iter().filter_map(known).min_by_key(|(_, value)| *value)?;
    head.split_at_checked(value).map(|(value, _)| (label, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Field, String)> {
        form(text).into_iter().map(|entry| (entry.field, entry.value)).collect()
    }

    #[test]
    fn a_label_without_a_mark_ends_a_value_before_a_comma() {
        let fields = |all: &[(Field, &str)]| -> Vec<(Field, String)> {
            all.iter().map(|(field, value)| (*field, (*value).to_owned())).collect()
        };
        assert_eq!(
            read("nama: Ali bin Abu, ic: 900101-14-5551, hp 012-345 6789"),
            fields(&[
                (Field::Name, "Ali bin Abu"),
                (Field::Identity, "900101-14-5551"),
                (Field::Phone, "012-345 6789"),
            ])
        );
        assert_eq!(
            read("alamat: No 5, Jalan Besar, 05000 Alor Setar, tel 012-345 6789"),
            fields(&[
                (Field::Address, "No 5, Jalan Besar, 05000 Alor Setar"),
                (Field::Phone, "012-345 6789"),
            ])
        );
        let address = "No 5, Jalan Hp 2, 05000 Alor Setar, negeri Kedah";
        assert_eq!(read(&format!("alamat: {address}")), fields(&[(Field::Address, address)]));
    }
}
