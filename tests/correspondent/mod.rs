//! A person who writes mail, from whichever program: replies in the shapes that clients give them.

#![allow(dead_code, clippy::allow_attributes, reason = "each test file uses a part of it")]
#![expect(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "helpers of tests may panic as tests may"
)]

use mail_parser::{Message, MessageParser, MimeHeaders};

/// The assistant's address.
pub(crate) const OWN: &str = "temujanji@sto.example";

/// A mail that somebody got.
pub(crate) struct Received {
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// Its plain text.
    pub(crate) text: String,
    /// Its HTML.
    pub(crate) html: String,
    /// Its subject.
    pub(crate) subject: String,
    /// Its identifier, in angle brackets.
    pub(crate) id: String,
    /// Where an answer goes.
    pub(crate) reply_to: String,
}

impl Received {
    /// Reads what was sent.
    pub(crate) fn read(bytes: &[u8]) -> Received {
        let mail = parse(bytes);
        let reply_to =
            mail.reply_to().or(mail.from()).unwrap().first().unwrap().address().unwrap().to_owned();
        Received {
            bytes: bytes.to_vec(),
            text: mail.body_text(0).unwrap().replace("\r\n", "\n"),
            html: mail.body_html(0).map(|html| html.into_owned()).unwrap_or_default(),
            subject: mail.subject().unwrap().to_owned(),
            id: format!("<{}>", mail.message_id().unwrap()),
            reply_to,
        }
    }

    /// The value of a header, empty if it is not there.
    pub(crate) fn header(&self, name: &str) -> String {
        let mail = parse(&self.bytes);
        mail.header_raw(name).unwrap_or_default().trim().to_owned()
    }

    /// The token that it carries.
    pub(crate) fn token(&self) -> String {
        let (_, tag) = self.reply_to.split_once('+').unwrap();
        tag.split_once('@').unwrap().0.to_owned()
    }

    /// Names and kinds of what is attached.
    pub(crate) fn attachments(&self) -> Vec<String> {
        let mail = parse(&self.bytes);
        mail.attachments().map(|part| part.attachment_name().unwrap_or_default().to_owned()).collect()
    }

    /// The links in its HTML.
    pub(crate) fn links(&self) -> Vec<String> {
        let parts = self.html.split("href=\"").skip(1);
        parts
            .map(|part| part.split('"').next().unwrap().replace("&amp;", "&").replace("&#39;", "'"))
            .collect()
    }
}

fn parse(bytes: &[u8]) -> Message<'_> {
    MessageParser::default().parse(bytes).unwrap()
}

/// How a client sends a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Client {
    /// `On … wrote:` and `> `.
    Gmail,
    /// The same in Malay, with the answer below.
    Thunderbird,
    /// format=flowed.
    Flowed,
    /// The heading inside the quote, base64.
    Apple,
    /// A header block and no marks.
    Outlook,
    /// The same in Malay, after a line.
    OutlookMalay,
    /// A rule and a header block.
    Samsung,
    /// A heading and no marks.
    Yahoo,
    /// Chinese, quoted-printable in gb18030.
    Qq,
    /// HTML alone, with block quotes.
    GmailHtml,
    /// HTML alone, without any.
    OutlookHtml,
    /// Nothing is quoted.
    Bare,
}

impl Client {
    pub(crate) const ALL: [Client; 12] = [
        Client::Gmail,
        Client::Thunderbird,
        Client::Flowed,
        Client::Apple,
        Client::Outlook,
        Client::OutlookMalay,
        Client::Samsung,
        Client::Yahoo,
        Client::Qq,
        Client::GmailHtml,
        Client::OutlookHtml,
        Client::Bare,
    ];

    fn is_html(self) -> bool {
        matches!(self, Client::GmailHtml | Client::OutlookHtml)
    }

    /// The body: what is written above the quoted mail, whose text may have been changed.
    pub(crate) fn body(self, above: &str, quoted: &str) -> String {
        let marked = |text: &str| {
            text.lines()
                .map(|line| if line.is_empty() { ">\n".into() } else { format!("> {line}\n") })
                .collect::<String>()
        };
        let date = "Mon, 23 Nov 2026 at 15:34";
        match self {
            Client::Gmail => format!("{above}\n\nOn {date}, Temujanji <{OWN}>\nwrote:\n\n{}", marked(quoted)),
            Client::Thunderbird => {
                format!(
                    "Pada 23/11/2026 15:34, Temujanji membalas:\n{}\n{above}\n\n-- \nSiti\nTel: 03-1234 5678\n",
                    marked(quoted)
                )
            }
            Client::Flowed => format!(
                "{}\n\nOn {date}, Temujanji wrote:\n{}",
                soft(above, ""),
                quoted.lines().map(|line| soft(line, ">") + "\n").collect::<String>()
            ),
            Client::Apple => format!(
                "{above}\n\nSent from my iPhone\n\n> On 23 Nov 2026, at 3:34 PM, Temujanji <{OWN}> wrote:\n> \n{}",
                marked(quoted)
            ),
            Client::Outlook => format!(
                "{above}\n\nRegards,\nSiti\n\nFrom: Temujanji <{OWN}>\nSent: Monday, 23 November 2026 3:34 PM\n\
                 To: siti@example.com\nSubject: Temujanji Imigresen\n\n{quoted}"
            ),
            Client::OutlookMalay => format!(
                "{above}\n\nDapatkan Outlook untuk Android\n________________________________\nDaripada: Temujanji <{OWN}>\n\
                 Dihantar: Isnin, 23 November 2026 3:34 PM\nKepada: siti@example.com\nSubjek: Temujanji Imigresen\n\n{quoted}"
            ),
            Client::Samsung => format!(
                "{above}\n\nDihantar dari telefon Samsung Galaxy saya\n\n-------- Mesej asal --------\nDaripada: Temujanji <{OWN}>\n\
                 Tarikh: 23/11/26  3:34 PM  (GMT+08:00)\nKepada: siti@example.com\nSubjek: Temujanji Imigresen\n\n{quoted}"
            ),
            Client::Yahoo => format!(
                "{above}\n\n    On Monday, November 23, 2026 at 03:34:00 PM GMT+8, Temujanji <{OWN}> wrote:  \n \n{}",
                quoted.lines().map(|line| format!(" {line}\n")).collect::<String>()
            ),
            Client::Qq => format!(
                "{above}\n\n\n发自我的iPhone\n\n------------------ 原始邮件 ------------------\n发件人: \"Temujanji\" <{OWN}>;\n\
                 发送时间: 2026年11月23日(星期一) 下午3:34\n收件人: \"siti\"<siti@example.com>;\n主题: Temujanji\n\n{quoted}"
            ),
            Client::GmailHtml => format!(
                "<div dir=\"ltr\">{}</div><br><div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">On {date}, \
                 Temujanji &lt;<a href=\"mailto:{OWN}\">{OWN}</a>&gt; wrote:<br></div><blockquote class=\"gmail_quote\">{}</blockquote></div>",
                rich(above),
                rich(quoted)
            ),
            Client::OutlookHtml => format!(
                "<html><head><style>p {{ margin: 0 }}</style></head><body><div class=\"WordSection1\">{}</div><hr>\
                 <div id=\"divRplyFwdMsg\"><b>From:</b> Temujanji &lt;{OWN}&gt;<br><b>Sent:</b> Monday, 23 November 2026<br>\
                 <b>To:</b> siti@example.com<br><b>Subject:</b> Temujanji</div><div>{}</div></body></html>",
                rich(above),
                rich(quoted)
            ),
            Client::Bare => above.to_owned(),
        }
    }

    /// The reply as bytes.
    pub(crate) fn reply(self, to: &Received, from: &str, above: &str, quoted: &str) -> Vec<u8> {
        let prefix = match self {
            Client::Thunderbird | Client::OutlookMalay => "Balas: ",
            Client::Qq => "回复：",
            Client::Outlook => "RE: ",
            _ => "Re: ",
        };
        let body = self.body(above, quoted);
        let kind = match self {
            Client::Flowed => "text/plain; charset=utf-8; format=flowed",
            Client::Qq => "text/plain; charset=\"gb18030\"",
            _ if self.is_html() => "text/html; charset=UTF-8",
            _ => "text/plain; charset=UTF-8",
        };
        let (encoding, body) = match self {
            Client::Apple => ("base64", base64(body.as_bytes())),
            Client::Qq => ("quoted-printable", printable(&gb18030(&body))),
            Client::Outlook => ("quoted-printable", printable(body.as_bytes())),
            _ => ("8bit", body),
        };
        let threading = match self {
            // These keep no thread.
            Client::Samsung | Client::Bare => String::new(),
            _ => format!("In-Reply-To: {0}\nReferences: {0}\n", to.id),
        };
        let mail = format!(
            "From: Siti <{from}>\nTo: {}\nSubject: {}\nMessage-ID: <{}>\nDate: Mon, 23 Nov 2026 16:00:00 +0800\n\
             {threading}MIME-Version: 1.0\nContent-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n\n{body}\n",
            to.reply_to,
            encoded_word(&format!("{prefix}{}", to.subject)),
            unique(),
        );
        mail.replace('\n', "\r\n").into_bytes()
    }
}

/// A first mail, to the assistant's plain address.
pub(crate) fn first(from: &str, subject: &str, text: &str) -> Vec<u8> {
    let mail = format!(
        "From: {from}\nTo: {OWN}\nSubject: {subject}\nMessage-ID: <{}>\nDate: Mon, 23 Nov 2026 15:00:00 +0800\n\
         MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{text}\n",
        unique()
    );
    mail.replace('\n', "\r\n").into_bytes()
}

/// An identifier that no other mail has.
pub(crate) fn unique() -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("m{}.{}@example.com", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Fills lines of a form: the value after the label, on the label's line.
pub(crate) fn filled(form: &str, values: &[(&str, &str)]) -> String {
    let fill = |line: &str| {
        let value =
            values.iter().find(|(label, _)| line.trim_end() == format!("{label}:")).map(|(_, value)| *value);
        match value {
            Some(value) => format!("{line} {value}\n"),
            None => format!("{line}\n"),
        }
    };
    form.lines().map(fill).collect()
}

/// A long line broken as format=flowed has it.
fn soft(text: &str, quote: &str) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut left = line.trim_end();
        while left.chars().count() > 60 {
            let at = left.char_indices().take(60).filter(|(_, c)| *c == ' ').map(|(at, _)| at).last();
            let Some(at) = at else { break };
            let (head, tail) = left.split_at(at + 1);
            lines.push(format!("{quote}{}{head}", if quote.is_empty() { "" } else { " " }));
            left = tail;
        }
        lines.push(format!("{quote}{}{left}", if quote.is_empty() { "" } else { " " }));
    }
    if text.is_empty() {
        lines.push(quote.to_owned());
    }
    lines.join("\n")
}

fn rich(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    escaped
        .lines()
        .map(|line| format!("<div>{}</div>", if line.is_empty() { "<br>" } else { line }))
        .collect()
}

fn base64(bytes: &[u8]) -> String {
    let text = data_encoding::BASE64.encode(bytes);
    text.as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line).into_owned() + "\n").collect()
}

fn encoded_word(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    format!("=?utf-8?B?{}?=", data_encoding::BASE64.encode(text.as_bytes()))
}

fn printable(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut length = 0;
    for byte in bytes {
        let piece = match byte {
            b'\n' => {
                text.push('\n');
                length = 0;
                continue;
            }
            b' '..=b'~' if *byte != b'=' => char::from(*byte).to_string(),
            byte => format!("={byte:02X}"),
        };
        if length + piece.len() > 73 {
            text.push_str("=\n");
            length = 0;
        }
        length += piece.len();
        text.push_str(&piece);
    }
    text
}

/// The few Chinese words of a client in gb18030.
fn gb18030(text: &str) -> Vec<u8> {
    encoding(text)
}

fn encoding(text: &str) -> Vec<u8> {
    let (bytes, _, _) = encoding_rs::GB18030.encode(text);
    bytes.into_owned()
}
