//! What a person writes: at a keyboard with line editing, or in lines from a pipe.

use std::io::{self, BufRead, ErrorKind, IsTerminal, Read};

use rustyline::DefaultEditor;
use rustyline::error::ReadlineError;

/// Bytes of one line that are read; the dialogue reads less. The rest of the line is skipped.
const LONGEST_LINE: u64 = 64 * 1024;

/// Where lines come from.
pub(super) enum Input {
    /// A keyboard; `None` while a line is being read. What was typed is recalled in this session, and never kept on disk.
    Keyboard(Option<Box<DefaultEditor>>),
    /// A pipe or a file.
    Pipe,
}

/// What was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Got {
    /// A line without its end.
    Line(String),
    /// The end of input, Ctrl-C or Ctrl-D.
    End,
}

impl Input {
    /// A keyboard if both ends are a terminal.
    pub(super) fn open() -> Input {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Input::Pipe;
        }
        match DefaultEditor::new() {
            Ok(editor) => Input::Keyboard(Some(Box::new(editor))),
            Err(error) => {
                tracing::warn!(%error, "no line editing on this terminal");
                Input::Pipe
            }
        }
    }

    pub(super) fn is_keyboard(&self) -> bool {
        matches!(self, Input::Keyboard(_))
    }

    /// Columns of the terminal.
    pub(super) fn width(&mut self) -> Option<usize> {
        match self {
            Input::Keyboard(Some(editor)) => editor.dimensions().map(|(columns, _)| usize::from(columns)),
            Input::Keyboard(None) | Input::Pipe => None,
        }
    }

    /// One message; `None` at the end of input. A line that ends in `\` goes on in the next.
    pub(super) async fn message(&mut self) -> io::Result<Option<String>> {
        let mut text = String::new();
        loop {
            let prompt = if text.is_empty() { "> " } else { "… " };
            match self.line(prompt).await? {
                Got::End if text.is_empty() => return Ok(None),
                Got::End => return Ok(Some(text)),
                Got::Line(line) => match line.strip_suffix('\\') {
                    Some(part) if text.len() as u64 <= LONGEST_LINE => {
                        text.push_str(part);
                        text.push('\n');
                    }
                    Some(_) | None => {
                        text.push_str(&line);
                        return Ok(Some(text));
                    }
                },
            }
        }
    }

    async fn line(&mut self, prompt: &'static str) -> io::Result<Got> {
        match self {
            Input::Pipe => blocking(|| read_line(&mut io::stdin().lock())).await?,
            Input::Keyboard(editor) => {
                let Some(mut taken) = editor.take() else { return Ok(Got::End) };
                let (back, line) = blocking(move || {
                    let line = type_line(&mut taken, prompt);
                    (taken, line)
                })
                .await?;
                *editor = Some(back);
                line
            }
        }
    }
}

async fn blocking<T: Send + 'static>(read: impl FnOnce() -> T + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(read).await.map_err(io::Error::other)
}

fn type_line(editor: &mut DefaultEditor, prompt: &str) -> io::Result<Got> {
    loop {
        match editor.readline(prompt) {
            Ok(line) => {
                // Only for the arrow keys; a history that cannot take it is no matter.
                let _ = editor.add_history_entry(&line);
                return Ok(Got::Line(line));
            }
            Err(ReadlineError::Eof | ReadlineError::Interrupted) => return Ok(Got::End),
            // The window was resized.
            Err(ReadlineError::Signal(_)) => {}
            Err(ReadlineError::Io(error)) if error.kind() == ErrorKind::InvalidData => {
                return Ok(Got::Line(char::REPLACEMENT_CHARACTER.to_string()));
            }
            Err(error) => return Err(io::Error::other(error)),
        }
    }
}

/// A line of any bytes; what is not UTF-8 becomes replacement characters.
fn read_line(from: &mut impl BufRead) -> io::Result<Got> {
    let mut line = Vec::new();
    from.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
    if line.is_empty() {
        return Ok(Got::End);
    }
    let mut last = line.last().copied();
    while last != Some(b'\n') {
        let mut skipped = Vec::new();
        from.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut skipped)?;
        if skipped.is_empty() {
            break;
        }
        last = skipped.last().copied();
    }
    let text = String::from_utf8_lossy(&line);
    Ok(Got::Line(text.trim_end_matches(['\n', '\r']).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<String> {
        let mut from = bytes;
        let mut lines = Vec::new();
        while let Got::Line(line) = read_line(&mut from).unwrap() {
            lines.push(line);
        }
        lines
    }

    #[test]
    fn lines_of_any_bytes_are_read() {
        assert_eq!(lines(b"one\r\n\ntwo"), ["one", "", "two"]);
        assert_eq!(lines(b"a\xffb\n\0\n"), ["a\u{fffd}b", "\0"]);
        assert_eq!(lines(b""), Vec::<String>::new());
    }

    #[test]
    fn a_line_without_end_fills_no_memory() {
        let mut bytes = vec![b'x'; 300_000];
        bytes.extend_from_slice(b"\nnext\n");
        let read = lines(&bytes);
        assert_eq!(read[0].len() as u64, LONGEST_LINE);
        assert_eq!(read[1], "next");
    }
}
