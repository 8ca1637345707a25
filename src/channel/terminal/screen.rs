//! What a person sees.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::words::speak::Button;

/// Text is no wider than this, whatever the window: long lines are hard to read.
const WIDEST: usize = 100;

const CHOICE: Style = AnsiColor::Cyan.on_default().bold();
const NOTE: Style = Style::new().dimmed();
const TROUBLE: Style = AnsiColor::Yellow.on_default();

/// Prints answers. Colours are written always; the stream takes them out where they are not wanted.
pub(super) struct Screen {
    out: Box<dyn Write + Send>,
    /// Columns, when text is to be wrapped.
    width: Option<usize>,
}

impl Screen {
    pub(super) fn new(out: Box<dyn Write + Send>) -> Screen {
        Screen { out, width: None }
    }

    /// Wraps to a window of so many columns from now on; a pipe gets lines as they are.
    pub(super) fn fit(&mut self, columns: Option<usize>) {
        self.width = columns.map(|columns| columns.min(WIDEST));
    }

    /// What may be chosen, numbered from 1, and an empty line below it.
    pub(super) fn choices(&mut self, buttons: &[Button]) -> io::Result<()> {
        for (number, button) in (1..).zip(buttons) {
            self.choice(number, button)?;
        }
        writeln!(self.out)?;
        self.out.flush()
    }

    /// Text, and an empty line below it.
    pub(super) fn paragraph(&mut self, text: &str) -> io::Result<()> {
        for line in self.wrapped(text, 0) {
            writeln!(self.out, "{line}")?;
        }
        writeln!(self.out)?;
        self.out.flush()
    }

    /// A line beside the conversation.
    pub(super) fn note(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{NOTE}[{}]{NOTE:#}", visible(text))?;
        self.out.flush()
    }

    /// Something that went wrong, with its mend.
    pub(super) fn trouble(&mut self, text: &str) -> io::Result<()> {
        for line in self.wrapped(text, 0) {
            writeln!(self.out, "{TROUBLE}{line}{TROUBLE:#}")?;
        }
        self.out.flush()
    }

    /// An empty line.
    pub(super) fn gap(&mut self) -> io::Result<()> {
        writeln!(self.out)?;
        self.out.flush()
    }

    fn choice(&mut self, number: u32, button: &Button) -> io::Result<()> {
        let mark = format!("  {number}. ");
        for (n, line) in self.wrapped(&button.label, mark.len()).into_iter().enumerate() {
            if n == 0 {
                writeln!(self.out, "{CHOICE}{mark}{CHOICE:#}{line}")?;
            } else {
                writeln!(self.out, "{:1$}{line}", "", mark.len())?;
            }
        }
        Ok(())
    }

    fn wrapped(&self, text: &str, indent: usize) -> Vec<String> {
        let width = self.width.map(|width| width.saturating_sub(indent).max(20));
        let text = visible(text);
        text.lines().flat_map(|line| wrap(line, width)).collect()
    }
}

/// Without control characters but the line end: what people wrote must not steer a terminal.
fn visible(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

/// Breaks a line between words; a word longer than the width stays whole. The rest of a list's entry stands below its
/// first word, not below its mark.
fn wrap(line: &str, width: Option<usize>) -> Vec<String> {
    let Some(width) = width else { return vec![line.to_owned()] };
    let indent = mark(line);
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in line.split_inclusive(' ') {
        let long = word.trim_end().chars().count();
        if used > indent && used + long > width {
            lines.push(" ".repeat(indent));
            used = indent;
        }
        used += word.chars().count();
        if let Some(last) = lines.last_mut() {
            last.push_str(word);
        }
    }
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

/// The length of the mark that begins a list's entry: `- ` or `12. `.
fn mark(line: &str) -> usize {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let entry = if number.len() < line.len() { number.strip_prefix(". ") } else { line.strip_prefix("- ") };
    entry.map_or(0, |entry| line.len() - entry.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("satu dua tiga empat", Some(9)), ["satu dua", "tiga", "empat"]);
        assert_eq!(wrap("1. satu dua tiga", Some(9)), ["1. satu", "   dua", "   tiga"]);
        assert_eq!(wrap("- satu dua", Some(9)), ["- satu", "  dua"]);
        assert_eq!(wrap("pertemuanpanjang ya", Some(9)), ["pertemuanpanjang", "ya"]);
        assert_eq!(wrap("", Some(9)), [""]);
        assert_eq!(wrap("satu dua tiga", None), ["satu dua tiga"]);
    }

    #[test]
    fn text_of_people_steers_no_terminal() {
        assert_eq!(visible("a\u{1b}[2Jb\r\u{7}\nc\u{9b}"), "a[2Jb\nc");
    }
}
