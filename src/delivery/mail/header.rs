//! Headers that tell machines not to answer.

use lettre::message::header::{Header, HeaderName, HeaderValue};

use crate::dialogue::Language;

/// Header of our own mail, which comes back when a mailbox forwards to itself.
pub const LOOP_HEADER: &str = "X-Temujanji-Loop";

type HeaderError = Box<dyn std::error::Error + Send + Sync>;

/// `Auto-Submitted` (RFC 3834), so that no machine answers.
#[derive(Clone)]
pub(super) struct AutoSubmitted {
    pub(super) answers: bool,
}

/// `X-Auto-Response-Suppress: All`, the same for Exchange.
#[derive(Clone)]
pub(super) struct NoAutoResponse;

/// Marks mail as ours, should it come back.
#[derive(Clone)]
pub(super) struct Loop;

/// The language, for programs that read aloud.
#[derive(Clone)]
pub(super) struct ContentLanguage(pub(super) Language);

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(value: &str) -> Result<AutoSubmitted, HeaderError> {
        Ok(AutoSubmitted { answers: value == "auto-replied" })
    }

    fn display(&self) -> HeaderValue {
        let value = if self.answers { "auto-replied" } else { "auto-generated" };
        HeaderValue::new(Self::name(), value.to_owned())
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

impl Header for Loop {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str(LOOP_HEADER)
    }

    fn parse(_: &str) -> Result<Loop, HeaderError> {
        Ok(Loop)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "1".to_owned())
    }
}

impl Header for ContentLanguage {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Language")
    }

    fn parse(value: &str) -> Result<ContentLanguage, HeaderError> {
        Language::parse(value).map(ContentLanguage).ok_or_else(|| "no language of ours".into())
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.name().to_owned())
    }
}
