//! Letters as mail.

mod header;
mod html;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::SystemTime;

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::BASE32_NOPAD;
use lettre::message::dkim::{DkimCanonicalization, DkimCanonicalizationType, DkimConfig, DkimSigningKey};
use lettre::message::header::{ContentType, HeaderName};
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};
use lettre::{Address, address::Envelope};

use super::SendError;
use super::slips::{Slips, file_name};
use crate::assistant::{Letter, Thread};
use crate::booking::Booking;
use crate::config::mail::encoded;
use crate::dialogue::Language;
use crate::keys::Keys;
use crate::office::Office;
use crate::slip::Method;
use crate::store::{Outgoing, OutgoingId};
use crate::words::Words;
use crate::words::speak::Part;
use crate::words::speak::mail::{Mail, mail_cancelled, mail_code, mail_foot, mail_slip};
use crate::words::speak::post::{Files, Post, post};
pub use header::LOOP_HEADER;
use header::{AutoSubmitted, ContentLanguage, Loop, NoAutoResponse};
use html::{Page, html};

/// Begins the tag of an envelope sender: `assistant+b.1.2.0.proof@…`. To it comes the news that a mail did not arrive.
pub const BOUNCE_TAG: &str = "b.";

/// A subject is cut at this length, in characters.
const LONGEST_SUBJECT: usize = 200;
/// Identifiers of earlier mails that an answer repeats: the first and the newest.
const MOST_REFERENCES: usize = 20;
/// Bytes of a label that a button types in; a longer one is left to its number.
const LONGEST_LABEL: usize = 60;
/// Headers that a signature covers: above all where replies go. `Content-Type` is left out, since lettre takes it for a part of the body, and so are `In-Reply-To` and
/// `References`: others choose their length, and lettre goes through signed headers by recursion, a level a character.
const SIGNED: [&str; 7] = ["From", "To", "Subject", "Date", "Message-ID", "Reply-To", "Auto-Submitted"];
/// Bytes of the proof that an identifier is ours.
const PROOF: usize = 10;

/// Composes mail.
pub struct Composer {
    from: Address,
    name: Option<String>,
    plus_addresses: bool,
    dkim: Option<DkimConfig>,
    keys: Arc<Keys>,
    slips: Slips,
}

/// A mail being composed.
struct Draft {
    subject: String,
    text: String,
    html: Option<String>,
    calendar: Option<(String, Method)>,
    files: Vec<SinglePart>,
    language: Language,
    reply_to: Option<Address>,
    thread: Option<Thread>,
    /// Ends the mail's identifier.
    mark: String,
}

impl Composer {
    /// Mail from this address, with these slips attached.
    pub fn new(from: Address, keys: Arc<Keys>, slips: Slips) -> Composer {
        Composer { from, name: None, plus_addresses: true, dkim: None, keys, slips }
    }

    /// With a name beside the address, and whether `address+anything` reaches the mailbox.
    #[must_use]
    pub fn named(self, name: &str, plus_addresses: bool) -> Composer {
        Composer { name: Some(header_text(name)), plus_addresses, ..self }
    }

    /// Mail signed (DKIM) with a key that the domain of the address publishes under this name.
    #[must_use]
    pub fn signed(self, selector: &str, key: DkimSigningKey) -> Composer {
        // Servers on the way may fold headers anew.
        let relaxed = DkimCanonicalization {
            header: DkimCanonicalizationType::Relaxed,
            body: DkimCanonicalizationType::Relaxed,
        };
        let headers = SIGNED.map(HeaderName::new_from_ascii_str).into();
        let domain = self.from.domain().to_owned();
        let dkim = DkimConfig::new(selector.to_owned(), domain, key, headers, relaxed);
        Composer { dkim: Some(dkim), ..self }
    }

    /// The mail for a message of the outbox, as bytes with CRLF line ends. Composed again, it has the same
    /// `Message-ID` and `Date`. Typesets slips: call it off the async threads.
    ///
    /// # Errors
    ///
    /// [`SendError::GiveUp`] when no mail can be made of it, or it would come too late to be of use.
    pub fn compose(
        &self,
        message: &Outgoing,
        office: &Office,
        now: DateTime<Utc>,
    ) -> Result<Vec<u8>, SendError> {
        let letter: Letter = serde_json::from_str(&message.body).map_err(|error| {
            SendError::GiveUp(format!("the letter cannot be read: {:?}", error.classify()))
        })?;
        let words = Words::builtin();
        let draft = match &letter {
            Letter::Code { language, code, minutes, token } => {
                if now >= message.written_at + TimeDelta::minutes(*minutes) {
                    return Err(SendError::GiveUp("the code had run out before it could be sent".to_owned()));
                }
                let foot = token.as_deref().map(|token| mail_foot(words, *language, false, token));
                let Mail { subject, text } = mail_code(words, *language, code, *minutes);
                let text = below(&text, &foot.unwrap_or_default());
                let draft = Draft { subject, text, ..Draft::new(*language, message) };
                self.answerable(draft, token.as_deref())
            }
            Letter::Slip { booking, token } => {
                let mail = mail_slip(words, office, booking, token.is_some());
                let draft = self.beside(mail, booking, token.as_deref(), message);
                self.with_files(draft, &Files::Slip(booking.clone()), office)?
            }
            Letter::Cancelled { booking, token } => {
                let mail = mail_cancelled(words, office, booking);
                let draft = self.beside(mail, booking, token.as_deref(), message);
                self.with_files(draft, &Files::Cancel(booking.clone()), office)?
            }
            Letter::Post { language, say, thread, token, .. } => {
                let post = post(words, office, *language, message.written_at, say, token);
                let files = post.files.clone();
                let draft = self.draft(post, *language, thread, token, message)?;
                self.with_files(draft, &files, office)?
            }
            Letter::Talk { .. } => {
                return Err(SendError::GiveUp("what was said in a chat is not mailed".to_owned()));
            }
        };
        self.envelope(message, draft)
    }

    /// Who gets the news when a message does not arrive, and who gets the message.
    ///
    /// # Errors
    ///
    /// [`SendError::GiveUp`] when the message's address is none.
    pub fn route(&self, message: &Outgoing) -> Result<Envelope, SendError> {
        let to = recipient(message)?;
        let tag = format!("{}{}.{}", BOUNCE_TAG, message.id, proof(&self.keys, message.id));
        let from = self.tagged(&tag).unwrap_or_else(|| self.from.clone());
        Envelope::new(Some(from), vec![to]).map_err(|error| SendError::GiveUp(error.to_string()))
    }

    /// The assistant's own address with a tag after a plus, where such addresses reach it.
    fn tagged(&self, tag: &str) -> Option<Address> {
        let user = format!("{}+{tag}", self.from.user());
        self.plus_addresses.then(|| Address::new(user, self.from.domain()).ok()).flatten()
    }

    fn draft(
        &self,
        post: Post,
        language: Language,
        thread: &Thread,
        token: &str,
        message: &Outgoing,
    ) -> Result<Draft, SendError> {
        let reply_to = self.tagged(token);
        let back = reply_to.clone().unwrap_or_else(|| self.from.clone());
        let links = links(&post, &back, token);
        let page = Page {
            language,
            title: &post.subject,
            next: Some(&post.next),
            parts: &post.parts,
            links: &links,
            how: Some(&post.how),
            footer: &[&post.footer, &post.token],
        };
        Ok(Draft {
            html: Some(html(&page)),
            text: plain(&post),
            subject: post.subject,
            reply_to,
            // One that answers no mail begins a thread.
            thread: (*thread != Thread::default()).then(|| thread.clone()),
            mark: token.to_owned(),
            ..Draft::new(language, message)
        })
    }

    /// A mail about an appointment, beside the conversation.
    fn beside(&self, mail: Mail, booking: &Booking, token: Option<&str>, message: &Outgoing) -> Draft {
        let language = booking.language;
        let foot = token.map(|token| mail_foot(Words::builtin(), language, true, token)).unwrap_or_default();
        let footer: Vec<&str> = foot.iter().map(String::as_str).collect();
        let parts = [Part::Text(mail.text.clone())];
        let page = Page {
            language,
            title: &mail.subject,
            next: None,
            parts: &parts,
            links: &[],
            how: None,
            footer: &footer,
        };
        let draft = Draft {
            html: Some(html(&page)),
            text: below(&mail.text, &foot),
            subject: mail.subject,
            ..Draft::new(language, message)
        };
        self.answerable(draft, token)
    }

    /// Makes replies prove the mailbox, where there is a token.
    fn answerable(&self, draft: Draft, token: Option<&str>) -> Draft {
        match token {
            Some(token) => Draft { reply_to: self.tagged(token), mark: token.to_owned(), ..draft },
            None => draft,
        }
    }

    fn with_files(&self, draft: Draft, files: &Files, office: &Office) -> Result<Draft, SendError> {
        let (booking, method) = match files {
            Files::None => return Ok(draft),
            Files::Slip(booking) => (booking, Method::Publish),
            Files::Cancel(booking) => (booking, Method::Cancel),
        };
        let mut attached = Vec::new();
        let slip = self.slips.of(booking, office);
        if method == Method::Publish {
            let pdf = self.slips.pdf(&slip).map_err(|error| SendError::Retry(error.to_string()))?;
            attached
                .push(Attachment::new(file_name(&slip, "pdf")).body(pdf, content_type("application/pdf")?));
        }
        attached.push(self.calendar(booking, office, method)?);
        Ok(Draft { calendar: Some((self.slips.ics(&slip, method), method)), files: attached, ..draft })
    }

    fn calendar(&self, booking: &Booking, office: &Office, method: Method) -> Result<SinglePart, SendError> {
        let slip = self.slips.of(booking, office);
        Ok(Attachment::new(file_name(&slip, "ics"))
            .body(self.slips.ics(&slip, method), calendar_type(method)?))
    }

    fn envelope(&self, message: &Outgoing, draft: Draft) -> Result<Vec<u8>, SendError> {
        let to = recipient(message)?;
        let mut builder = Message::builder()
            .from(Mailbox::new(self.name.clone(), self.from.clone()))
            .to(Mailbox::new(None, to))
            .subject(header_text(&draft.subject))
            .date(SystemTime::from(message.written_at))
            .message_id(Some(self.message_id(message, &draft.mark)))
            .header(AutoSubmitted { answers: draft.thread.is_some() })
            .header(NoAutoResponse)
            .header(Loop)
            .header(ContentLanguage(draft.language));
        if let Some(reply_to) = draft.reply_to.clone() {
            builder = builder.reply_to(Mailbox::new(self.name.clone(), reply_to));
        }
        if let Some(thread) = &draft.thread {
            if let Some(answers) = &thread.answers {
                builder = builder.in_reply_to(answers.clone());
            }
            let references = references(thread);
            if !references.is_empty() {
                builder = builder.references(references);
            }
        }
        let text = SinglePart::plain(with_crlf(&draft.text));
        let whole = match draft.html {
            None => builder.singlepart(text),
            Some(html) => {
                let mut body = MultiPart::alternative().singlepart(text).singlepart(SinglePart::html(html));
                if let Some((calendar, method)) = draft.calendar {
                    body =
                        body.singlepart(SinglePart::builder().header(calendar_type(method)?).body(calendar));
                }
                if draft.files.is_empty() {
                    builder.multipart(body)
                } else {
                    let mixed = MultiPart::mixed().multipart(body);
                    builder.multipart(draft.files.into_iter().fold(mixed, MultiPart::singlepart))
                }
            }
        };
        let mut whole =
            whole.map_err(|error| SendError::GiveUp(format!("no mail can be made of it: {error}")))?;
        if let Some(dkim) = &self.dkim {
            whole.sign(dkim);
        }
        Ok(whole.formatted())
    }

    /// Stable over retries, and unlike that of any other installation, whose outbox counts from 1 as well.
    fn message_id(&self, message: &Outgoing, mark: &str) -> String {
        let proof = proof(&self.keys, message.id);
        format!("<temujanji.{}.{proof}.{mark}@{}>", message.id, self.from.domain())
    }
}

impl Draft {
    fn new(language: Language, message: &Outgoing) -> Draft {
        Draft {
            subject: String::new(),
            text: String::new(),
            html: None,
            calendar: None,
            files: Vec::new(),
            language,
            reply_to: None,
            thread: None,
            mark: message.written_at.timestamp_millis().to_string(),
        }
    }
}

/// What only we can write beside the number of a message, so that nobody else can report it as lost.
pub fn proof(keys: &Keys, id: OutgoingId) -> String {
    let hash = keys.hash("mail returned", &id.to_string());
    BASE32_NOPAD.encode(hash.get(..PROOF).unwrap_or_default()).to_ascii_lowercase()
}

/// The address may hold what a person typed; the error does not repeat it.
fn recipient(message: &Outgoing) -> Result<Address, SendError> {
    message
        .to
        .address
        .parse()
        .map_err(|_| SendError::GiveUp("the recipient's address is none that mail can be sent to".to_owned()))
}

/// The mail as plain text, good by itself.
fn plain(post: &Post) -> String {
    let mut text = format!("{}\n", post.next);
    let mut number = 0;
    for part in &post.parts {
        match part {
            Part::Text(words) => {
                let _ = write!(text, "\n{words}\n");
            }
            Part::Choices { buttons, .. } => {
                text.push('\n');
                for button in buttons {
                    number += 1;
                    let _ = writeln!(text, "{number}. {}", button.label);
                }
                let _ = write!(text, "\n{}\n", post.how);
            }
            Part::Files(_) | Part::Paper(_) => {}
        }
    }
    let _ = write!(text, "\n{}\n\n{}\n", post.footer, post.token);
    text
}

/// A text with paragraphs below it.
fn below(text: &str, foot: &[String]) -> String {
    foot.iter().fold(text.to_owned(), |text, paragraph| format!("{text}\n\n{paragraph}"))
}

/// For each choice a link that opens a reply with the answer typed in (RFC 6068); nothing happens before that is sent. The
/// plus is encoded, too: some programs would make a blank of it.
fn links(post: &Post, back: &Address, token: &str) -> Vec<String> {
    let subject =
        if back.user().contains('+') { post.subject.clone() } else { format!("{} [{token}]", post.subject) };
    let mut links = Vec::new();
    for part in &post.parts {
        let Part::Choices { question, buttons } = part else { continue };
        for button in buttons {
            let fits =
                button.label.is_ascii() && button.label.len() <= LONGEST_LABEL && !button.label.contains('[');
            let label = if fits { button.label.clone() } else { (links.len() + 1).to_string() };
            let body = format!("{label} [{} #{question}]", button.value);
            links.push(format!(
                "mailto:{}@{}?subject={}&body={}",
                encoded(back.user()),
                back.domain(),
                encoded(&subject),
                encoded(&body)
            ));
        }
    }
    links
}

fn references(thread: &Thread) -> String {
    let mut ids: Vec<&str> = thread.references.iter().map(String::as_str).collect();
    ids.extend(thread.answers.as_deref().filter(|answers| !thread.references.iter().any(|id| id == answers)));
    let newest = ids.len().saturating_sub(MOST_REFERENCES);
    if newest > 0 {
        ids.drain(1..=newest);
    }
    ids.join(" ")
}

fn with_crlf(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', "\r\n")
}

fn calendar_type(method: Method) -> Result<ContentType, SendError> {
    content_type(&format!("text/calendar; charset=utf-8; method={}", method.name()))
}

fn content_type(name: &str) -> Result<ContentType, SendError> {
    ContentType::parse(name).map_err(|error| SendError::GiveUp(format!("{name} is no content type: {error}")))
}

/// One line without control characters: a line break in a header would be a header of somebody else's.
fn header_text(text: &str) -> String {
    let line: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_SUBJECT).collect();
    line.trim().to_owned()
}
