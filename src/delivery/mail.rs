//! Letters as mail.

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::SystemTime;

use chrono::{DateTime, TimeDelta, Utc};
use lettre::Address;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};

use super::SendError;
use super::slips::{Slips, file_name};
use crate::assistant::Letter;
use crate::booking::Booking;
use crate::keys::Keys;
use crate::office::Office;
use crate::slip::Method;
use crate::store::Outgoing;
use crate::words::Words;
use crate::words::speak::mail::{Mail, mail_cancelled, mail_code, mail_slip};

/// A subject is cut at this length, in characters.
const LONGEST_SUBJECT: usize = 200;

/// Composes mail.
pub struct Composer {
    from: Address,
    keys: Arc<Keys>,
    slips: Slips,
}

impl Composer {
    /// Mail from this address, with these slips attached.
    pub fn new(from: Address, keys: Arc<Keys>, slips: Slips) -> Composer {
        Composer { from, keys, slips }
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
        let (mail, files) = match &letter {
            Letter::Code { language, code, minutes } => {
                if now >= message.written_at + TimeDelta::minutes(*minutes) {
                    return Err(SendError::GiveUp("the code had run out before it could be sent".to_owned()));
                }
                (mail_code(words, *language, code, *minutes), Vec::new())
            }
            Letter::Slip(booking) => (mail_slip(words, office, booking), self.slip_files(booking, office)?),
            Letter::Cancelled(booking) => (
                mail_cancelled(words, office, booking),
                vec![self.calendar(booking, office, Method::Cancel)?],
            ),
            Letter::Talk { .. } => {
                return Err(SendError::GiveUp("a conversation by mail is not served".to_owned()));
            }
        };
        self.envelope(message, mail, files)
    }

    fn slip_files(&self, booking: &Booking, office: &Office) -> Result<Vec<SinglePart>, SendError> {
        let slip = self.slips.of(booking, office);
        let pdf = self.slips.pdf(&slip).map_err(|error| SendError::Retry(error.to_string()))?;
        let pdf = Attachment::new(file_name(&slip, "pdf")).body(pdf, content_type("application/pdf")?);
        Ok(vec![pdf, self.calendar(booking, office, Method::Publish)?])
    }

    fn calendar(&self, booking: &Booking, office: &Office, method: Method) -> Result<SinglePart, SendError> {
        let slip = self.slips.of(booking, office);
        let kind = content_type(&format!("text/calendar; charset=utf-8; method={}", method.name()))?;
        Ok(Attachment::new(file_name(&slip, "ics")).body(self.slips.ics(&slip, method), kind))
    }

    fn envelope(&self, message: &Outgoing, mail: Mail, files: Vec<SinglePart>) -> Result<Vec<u8>, SendError> {
        // The address may hold what a person typed; the error does not repeat it.
        let to: Address = message.to.address.parse().map_err(|_| {
            SendError::GiveUp("the recipient's address is none that mail can be sent to".to_owned())
        })?;
        let builder = Message::builder()
            .from(Mailbox::new(None, self.from.clone()))
            .to(Mailbox::new(None, to))
            .subject(header_text(&mail.subject))
            .date(SystemTime::from(message.written_at))
            .message_id(Some(self.message_id(message)))
            .header(AutoSubmitted)
            .header(NoAutoResponse);
        let text = SinglePart::plain(mail.text.replace("\r\n", "\n").replace('\n', "\r\n"));
        let whole = if files.is_empty() {
            builder.singlepart(text)
        } else {
            builder
                .multipart(files.into_iter().fold(MultiPart::mixed().singlepart(text), MultiPart::singlepart))
        };
        match whole {
            Ok(whole) => Ok(whole.formatted()),
            Err(error) => Err(SendError::GiveUp(format!("no mail can be made of it: {error}"))),
        }
    }

    /// Stable over retries, and unlike that of any other installation, whose outbox counts from 1 as well.
    fn message_id(&self, message: &Outgoing) -> String {
        let written = message.written_at.timestamp_millis();
        let hash = self.keys.link_hash("mail message id", &format!("{}/{written}", message.id));
        format!("<temujanji.{}.{hash}@{}>", message.id, self.from.domain())
    }
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

/// `Auto-Submitted: auto-generated` (RFC 3834), so that no machine answers.
#[derive(Clone)]
struct AutoSubmitted;

/// `X-Auto-Response-Suppress: All`, the same for Exchange.
#[derive(Clone)]
struct NoAutoResponse;

type HeaderError = Box<dyn std::error::Error + Send + Sync>;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<AutoSubmitted, HeaderError> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Header for NoAutoResponse {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("X-Auto-Response-Suppress")
    }

    fn parse(_: &str) -> Result<NoAutoResponse, HeaderError> {
        Ok(NoAutoResponse)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "All".to_owned())
    }
}
