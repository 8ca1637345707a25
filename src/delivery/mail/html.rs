//! The HTML of a mail: one column, real headings and lists, no picture, nothing from elsewhere. No colour is set, so that
//! light and dark programs both stay readable.

use std::fmt::Write as _;

use crate::dialogue::Language;
use crate::words::speak::Part;

/// What a mail says.
pub(super) struct Page<'a> {
    pub(super) language: Language,
    pub(super) title: &'a str,
    /// What to do next.
    pub(super) next: Option<&'a str>,
    pub(super) parts: &'a [Part],
    /// Where each choice leads, in order; without them choices are plain.
    pub(super) links: &'a [String],
    /// How a choice is made.
    pub(super) how: Option<&'a str>,
    /// Below everything.
    pub(super) footer: &'a [&'a str],
}

/// The page.
pub(super) fn html(page: &Page<'_>) -> String {
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"supported-color-schemes\" content=\"light dark\">\n<title>{}</title>\n</head>\n\
         <body style=\"font-family:sans-serif;font-size:16px;line-height:1.5;max-width:600px\">\n",
        page.language.name(),
        escaped(page.title)
    );
    if let Some(next) = page.next {
        let _ = writeln!(html, "<h1 style=\"font-size:18px\">{}</h1>", escaped(next));
    }
    let mut number = 0;
    for part in page.parts {
        match part {
            Part::Text(text) => paragraphs(&mut html, text),
            Part::Choices { buttons, .. } => {
                let _ = writeln!(html, "<ol start=\"{}\">", number + 1);
                for button in buttons {
                    let label = escaped(&button.label);
                    let _ = match page.links.get(number) {
                        Some(link) => {
                            writeln!(
                                html,
                                "<li style=\"margin:8px 0\"><a href=\"{}\">{label}</a></li>",
                                escaped(link)
                            )
                        }
                        None => writeln!(html, "<li>{label}</li>"),
                    };
                    number += 1;
                }
                html.push_str("</ol>\n");
            }
            Part::Files(_) | Part::Paper(_) => {}
        }
    }
    if let (Some(how), 1..) = (page.how, number) {
        paragraphs(&mut html, how);
    }
    if !page.footer.is_empty() {
        html.push_str("<hr>\n");
        page.footer.iter().for_each(|text| paragraphs(&mut html, text));
    }
    html.push_str("</body>\n</html>\n");
    html
}

/// A text, its paragraphs apart. A line is an element of its own, so that a reply keeps it a line.
fn paragraphs(html: &mut String, text: &str) {
    for paragraph in text.split("\n\n") {
        html.push_str("<p>");
        for (n, line) in paragraph.lines().enumerate() {
            if n > 0 {
                html.push_str("<br>\n");
            }
            html.push_str(&escaped(line));
        }
        html.push_str("</p>\n");
    }
}

/// What people write must never be markup.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c if c.is_control() && c != '\n' => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}
