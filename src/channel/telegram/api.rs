//! Calls to the Bot API, with teloxide's payloads and types over a transport of our own.
//!
//! teloxide's own transport sleeps for ten seconds within every call that is answered 5xx, and tells several refusals
//! apart by texts that the server words otherwise; here each answer comes back at once, with its code.

use std::time::Duration;

use reqwest::multipart::{Form, Part};
use reqwest::{Client, RequestBuilder, Url};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use teloxide::requests::Payload;

/// An ordinary call is answered within this.
const PATIENCE: Duration = Duration::from_secs(15);
/// So much longer may a call take that waits at the server, or carries a file.
const MORE_PATIENCE: Duration = Duration::from_secs(30);

/// Telegram, as one bot sees it.
#[derive(Clone)]
pub struct Api {
    client: Client,
    /// `https://api.telegram.org/bot<token>/`; never shown.
    base: Url,
}

/// Why a call did not do what it was to do. Holds neither the token nor anything personal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    /// Too many calls: no more for so long.
    #[error("Telegram asks to wait {} s", .0.as_secs())]
    Wait(Duration),
    /// No answer, or one of a server in trouble. Whether anything was done cannot be known.
    #[error("Telegram cannot be reached: {0}")]
    Unreachable(String),
    /// Telegram will not do it.
    #[error("Telegram refused it: {code} {description}")]
    Refused {
        /// As in HTTP.
        code: u16,
        /// In Telegram's words.
        description: String,
    },
}

impl ApiError {
    /// It was done before: the message is already as it should be, or the tap was answered or is too old to be.
    pub fn is_done(&self) -> bool {
        self.says(&["message is not modified", "query is too old", "query id is invalid"])
    }

    /// The person cannot be reached: blocked the bot, gone, or never there.
    pub fn is_gone(&self) -> bool {
        matches!(self, ApiError::Refused { code: 403, .. })
            || self.says(&["chat not found", "user is deactivated", "peer_id_invalid", "user not found"])
    }

    /// The markup of a text cannot be read. What is said of it may quote the text.
    pub fn is_unreadable(&self) -> bool {
        self.says(&["can't parse entities", "can't parse message text"])
    }

    /// The token is wrong, or the server none of the Bot API.
    pub fn is_wrong_token(&self) -> bool {
        matches!(self, ApiError::Refused { code: 401 | 404, .. })
    }

    fn says(&self, what: &[&str]) -> bool {
        let ApiError::Refused { description, .. } = self else { return false };
        let description = description.to_lowercase();
        what.iter().any(|text| description.contains(text))
    }
}

/// What every call is answered with.
#[derive(Deserialize)]
struct Reply<T> {
    ok: bool,
    result: Option<T>,
    error_code: Option<u16>,
    description: Option<String>,
    parameters: Option<Parameters>,
}

#[derive(Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
}

/// What is wanted back of a message that was sent: its number, and what Telegram calls its file.
#[derive(Deserialize)]
pub(super) struct Posted {
    pub(super) message_id: i32,
    /// The same picture in several sizes, the largest last.
    #[serde(default)]
    photo: Vec<Stored>,
    document: Option<Stored>,
}

#[derive(Deserialize)]
struct Stored {
    file_id: String,
}

impl Posted {
    /// What Telegram calls the file.
    pub(super) fn file_id(self) -> Option<String> {
        self.document.or_else(|| self.photo.into_iter().next_back()).map(|stored| stored.file_id)
    }
}

/// How a file is sent to a chat.
pub(super) struct Attachment {
    pub(super) chat: i64,
    pub(super) method: &'static str,
    pub(super) field: &'static str,
    pub(super) caption: String,
}

impl Api {
    /// The bot of this token, at this server (`https://api.telegram.org`).
    ///
    /// # Errors
    ///
    /// A text for the operator when the address is none.
    pub fn new(server: &str, token: &str) -> Result<Api, String> {
        let base = format!("{}/bot{token}/", server.trim_end_matches('/'));
        let base =
            Url::parse(&base).map_err(|error| format!("{server} is no address of a server: {error}"))?;
        let client = Client::builder()
            .connect_timeout(Duration::from_secs(5))
            .tcp_nodelay(true)
            .build()
            .map_err(|error| error.to_string())?;
        Ok(Api { client, base })
    }

    /// Calls a method.
    ///
    /// # Errors
    ///
    /// [`ApiError`].
    pub async fn call<P>(&self, payload: &P) -> Result<P::Output, ApiError>
    where
        P: Payload + Serialize,
        P::Output: DeserializeOwned,
    {
        self.call_for(payload).await
    }

    /// Calls a method of whose answer only a part is wanted.
    pub(super) async fn call_for<P, T>(&self, payload: &P) -> Result<T, ApiError>
    where
        P: Payload + Serialize,
        T: DeserializeOwned,
    {
        let patience = payload.timeout_hint().map_or(PATIENCE, |longer| longer + MORE_PATIENCE);
        let request = self.client.post(self.method(P::NAME)?).json(payload).timeout(patience);
        answer(request).await
    }

    /// Sends a file.
    pub(super) async fn upload(
        &self,
        to: &Attachment,
        name: String,
        bytes: Vec<u8>,
    ) -> Result<Posted, ApiError> {
        let part = Part::bytes(bytes).file_name(name);
        let form = Form::new().text("chat_id", to.chat.to_string()).text("caption", to.caption.clone());
        let form = form.part(to.field, part);
        let url = self.method(to.method)?;
        answer(self.client.post(url).multipart(form).timeout(MORE_PATIENCE)).await
    }

    /// Sends a file that Telegram has.
    pub(super) async fn send_known(&self, to: &Attachment, file_id: &str) -> Result<Posted, ApiError> {
        let params = serde_json::json!({ "chat_id": to.chat, "caption": to.caption, to.field: file_id });
        answer(self.client.post(self.method(to.method)?).json(&params).timeout(PATIENCE)).await
    }

    fn method(&self, name: &str) -> Result<Url, ApiError> {
        self.base.join(name).map_err(|error| ApiError::Unreachable(error.to_string()))
    }
}

async fn answer<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, ApiError> {
    // The address holds the token.
    let unreachable = |error: reqwest::Error| ApiError::Unreachable(in_short(&error.without_url()));
    let response = request.send().await.map_err(unreachable)?;
    let status = response.status();
    let body = response.bytes().await.map_err(unreachable)?;
    let Ok(reply) = serde_json::from_slice::<Reply<T>>(&body) else {
        return Err(ApiError::Unreachable(format!("its answer ({status}) is none of the Bot API")));
    };
    if let (true, Some(result)) = (reply.ok, reply.result) {
        return Ok(result);
    }
    if let Some(seconds) = reply.parameters.and_then(|parameters| parameters.retry_after) {
        return Err(ApiError::Wait(Duration::from_secs(seconds)));
    }
    let code = reply.error_code.unwrap_or(status.as_u16());
    let description = reply.description.unwrap_or_default();
    match code {
        429 => Err(ApiError::Wait(Duration::from_secs(1))),
        500.. => Err(ApiError::Unreachable(format!("{code} {description}"))),
        _ => Err(ApiError::Refused { code, description }),
    }
}

/// An error and what lies beneath it, on one line.
fn in_short(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut beneath = error.source();
    while let Some(cause) = beneath {
        text = format!("{text}: {cause}");
        beneath = cause.source();
    }
    text
}
