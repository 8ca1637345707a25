//! The server: receives calls, sends faults, does what is asked.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use tokio::sync::{Notify, Semaphore};

use super::chat::{Chat, Entry, Posted};
use super::faults::Faults;
use super::rules::{self, Refusal};
use super::updates::{Hook, Queue};

/// The token the server knows.
pub const TOKEN: &str = "123456789:AAtestTESTtestTESTtestTESTtestTEST";

/// The bot's user name.
pub const BOT: &str = "temujanji_test_bot";

/// One server with its one bot.
pub struct BotApi {
    inner: Mutex<Inner>,
    /// Something happened in some chat, or to the updates.
    pub news: Notify,
    /// Something happened in this chat: of a crowd not everybody need look up each time.
    in_chat: Mutex<HashMap<i64, Arc<Notify>>>,
    pub(super) connections: Semaphore,
    pub(super) client: reqwest::Client,
    /// Its address.
    pub url: String,
}

/// Everything the server knows.
pub struct Inner {
    pub chats: HashMap<i64, Chat>,
    pub queue: Queue,
    pub faults: Faults,
    pub chance: StdRng,
    pub hook: Option<Hook>,
    /// Addresses of the processes behind the webhook's.
    pub behind: Vec<String>,
    pub turns: usize,
    /// Taps, and whether they were answered.
    pub taps: HashMap<String, Option<Instant>>,
    /// How long each tap waited for its answer.
    pub tap_waits: Vec<Duration>,
    /// When each tap was made.
    pub tapped: HashMap<String, Instant>,
    /// Until when calls about a chat are answered 429.
    pub waits: HashMap<i64, Instant>,
    /// Calls that came in spite of that.
    pub impatient: u64,
    /// Files by what the server calls them.
    pub files: HashMap<String, (String, Vec<u8>)>,
    /// How many files were sent up.
    pub uploads: u64,
    /// When each message came, and to which chat.
    pub arrived: Vec<(Instant, i64)>,
    /// Calls by method.
    pub calls: BTreeMap<String, u64>,
    /// What was refused, but for what cannot be helped.
    pub refused: Vec<String>,
    /// Settings of the bot, by method and language.
    pub profile: BTreeMap<String, Value>,
}

impl BotApi {
    /// Starts a server on a free port. Must be called within a Tokio runtime.
    pub async fn start() -> Arc<BotApi> {
        BotApi::start_with(Faults::default(), 1).await
    }

    /// Starts one that sends faults.
    pub async fn start_with(faults: Faults, seed: u64) -> Arc<BotApi> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let inner = Inner {
            chats: HashMap::new(),
            queue: Queue::default(),
            faults,
            chance: StdRng::seed_from_u64(seed),
            hook: None,
            behind: Vec::new(),
            turns: 0,
            taps: HashMap::new(),
            tap_waits: Vec::new(),
            tapped: HashMap::new(),
            waits: HashMap::new(),
            impatient: 0,
            files: HashMap::new(),
            uploads: 0,
            arrived: Vec::new(),
            calls: BTreeMap::new(),
            refused: Vec::new(),
            profile: BTreeMap::new(),
        };
        let api = Arc::new(BotApi {
            inner: Mutex::new(inner),
            news: Notify::new(),
            in_chat: Mutex::new(HashMap::new()),
            connections: Semaphore::new(40),
            client: reqwest::Client::builder().no_proxy().build().unwrap(),
            url,
        });
        let app = Router::new().route("/{bot}/{method}", any(called)).with_state(Arc::clone(&api));
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        api
    }

    pub fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until something holds of what the server knows; whether it came to hold in time.
    pub async fn until(&self, patience: Duration, holds: impl Fn(&Inner) -> bool) -> bool {
        self.until_news(&self.news, patience, holds).await
    }

    /// The same of what stands in one chat.
    pub async fn until_in(&self, chat: i64, patience: Duration, holds: impl Fn(&Chat) -> bool) -> bool {
        let news = self.news_in(chat);
        self.until_news(&news, patience, |inner| inner.chats.get(&chat).is_some_and(&holds)).await
    }

    fn news_in(&self, chat: i64) -> Arc<Notify> {
        let mut chats = self.in_chat.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(chats.entry(chat).or_default())
    }

    async fn until_news(&self, news: &Notify, patience: Duration, holds: impl Fn(&Inner) -> bool) -> bool {
        let end = tokio::time::Instant::now() + patience;
        loop {
            let told = news.notified();
            tokio::pin!(told);
            told.as_mut().enable();
            if holds(&self.inner()) {
                return true;
            }
            if tokio::time::timeout_at(end, told).await.is_err() {
                return holds(&self.inner());
            }
        }
    }

    async fn answer(
        &self,
        method: &str,
        params: &Value,
        file: Option<(String, Vec<u8>)>,
    ) -> Result<Value, Refusal> {
        if method == "getupdates" {
            return self.get_updates(params).await;
        }
        let mut inner = self.inner();
        let done = inner.perform(method, params, file);
        if let Err((code, what)) = &done {
            let helpless =
                ["message is not modified", "query is too old", "bot was blocked", "wrong file identifier"];
            if !helpless.iter().any(|known| what.contains(known)) {
                inner.refused.push(format!("{method}: {code} {what}"));
            }
        }
        drop(inner);
        self.news.notify_waiters();
        if let Some(chat) = chat_of(params) {
            self.news_in(chat).notify_waiters();
        }
        done
    }
}

async fn called(
    State(api): State<Arc<BotApi>>,
    Path((bot, method)): Path<(String, String)>,
    request: Request,
) -> Response {
    if bot != format!("bot{TOKEN}") {
        return reply(Err((401, "Unauthorized".to_owned())), None);
    }
    let method = method.to_lowercase();
    let (params, file) = read(request).await;
    let (delay, fault) = {
        let mut inner = api.inner();
        *inner.calls.entry(method.clone()).or_default() += 1;
        inner.draw(&method, &params)
    };
    tokio::time::sleep(delay).await;
    match fault {
        Fault::None => {
            let answer = api.answer(&method, &params, file).await;
            if method == "setwebhook" && answer.is_ok() {
                api.hand_over();
            }
            reply(answer, None)
        }
        Fault::Wait(seconds) => {
            reply(Err((429, format!("Too Many Requests: retry after {seconds}"))), Some(seconds))
        }
        Fault::ServerError => {
            (StatusCode::INTERNAL_SERVER_ERROR, "<html>Internal Server Error</html>").into_response()
        }
        Fault::Unreadable => {
            let quoted = params["text"].as_str().unwrap_or_default();
            let what = format!("Bad Request: can't parse entities: Unsupported start tag at \"{quoted}\"");
            reply(Err((400, what)), None)
        }
        Fault::Dropped => broken(),
        Fault::AnswerLost => {
            let _lost = api.answer(&method, &params, file).await;
            broken()
        }
    }
}

enum Fault {
    None,
    Wait(u64),
    ServerError,
    Unreadable,
    Dropped,
    AnswerLost,
}

/// Parameters and the file of a call, whether it came as JSON or as a form.
async fn read(request: Request) -> (Value, Option<(String, Vec<u8>)>) {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
    if !kind.starts_with("multipart/") {
        let body = Bytes::from_request(request, &()).await.unwrap_or_default();
        return (serde_json::from_slice(&body).unwrap_or(Value::Null), None);
    }
    let mut form = Multipart::from_request(request, &()).await.unwrap();
    let (mut params, mut file) = (json!({}), None);
    while let Ok(Some(field)) = form.next_field().await {
        let (name, file_name) =
            (field.name().unwrap_or_default().to_owned(), field.file_name().map(str::to_owned));
        let Ok(bytes) = field.bytes().await else { break };
        match file_name {
            Some(file_name) => file = Some((file_name, bytes.to_vec())),
            None => params[name] = json!(String::from_utf8_lossy(&bytes)),
        }
    }
    (params, file)
}

fn reply(answer: Result<Value, Refusal>, wait: Option<u64>) -> Response {
    let (status, body) = match answer {
        Ok(result) => (200, json!({ "ok": true, "result": result })),
        Err((code, description)) => {
            let mut body = json!({ "ok": false, "error_code": code, "description": description });
            if let Some(seconds) = wait {
                body["parameters"] = json!({ "retry_after": seconds });
            }
            (code, body)
        }
    };
    let status = StatusCode::from_u16(status).unwrap();
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

/// A connection that breaks in the middle of the answer.
fn broken() -> Response {
    let pieces = [Ok(Bytes::from_static(b"{\"ok\":")), Err(std::io::Error::other("the connection broke"))];
    Response::new(Body::from_stream(futures::stream::iter(pieces)))
}

impl Inner {
    /// How many messages of the bot stand in a chat.
    pub fn posted(&self, chat: i64) -> usize {
        self.chats.get(&chat).map_or(0, |chat| chat.posted.len())
    }

    /// Draws what goes wrong with a call.
    fn draw(&mut self, method: &str, params: &Value) -> (Duration, Fault) {
        let faults = self.faults.clone();
        // Whoever starts meets a well server; what is tested is how it is served.
        if ["getme", "setmycommands", "setmydescription", "setmyshortdescription", "setwebhook"]
            .contains(&method)
        {
            return (Duration::ZERO, Fault::None);
        }
        let delay = Duration::from_millis(match faults.delay_ms {
            0 => 0,
            most => self.chance.random_range(0..=most),
        });
        let delay = if method == "sendmessage" { delay + faults.slow } else { delay };
        if let Some(chat) = chat_of(params) {
            let now = Instant::now();
            if let Some(until) = self.waits.get(&chat).copied().filter(|until| *until > now) {
                self.impatient += 1;
                return (delay, Fault::Wait((until - now).as_secs() + 1));
            }
            if self.chance.random_bool(faults.flood_wait) {
                self.waits.insert(chat, now + Duration::from_secs(1));
                return (delay, Fault::Wait(1));
            }
        }
        if params["parse_mode"].is_string() && self.chance.random_bool(faults.unreadable) {
            return (delay, Fault::Unreadable);
        }
        let drawn: f64 = self.chance.random();
        let shares = [
            (faults.server_error, Fault::ServerError),
            (faults.dropped, Fault::Dropped),
            (faults.answer_lost, Fault::AnswerLost),
        ];
        let mut upto = 0.0;
        for (share, fault) in shares {
            upto += share;
            if drawn < upto {
                return (delay, fault);
            }
        }
        (delay, Fault::None)
    }

    /// Does what a call asks for.
    fn perform(
        &mut self,
        method: &str,
        params: &Value,
        file: Option<(String, Vec<u8>)>,
    ) -> Result<Value, Refusal> {
        match method {
            "getme" => {
                Ok(json!({ "id": 123_456_789, "is_bot": true, "first_name": "Temujanji", "username": BOT,
                "can_join_groups": true, "can_read_all_group_messages": false, "supports_inline_queries": false,
                "has_main_web_app": false, "can_connect_to_business": false }))
            }
            "sendmessage" => self.send_message(params),
            "editmessagetext" => self.edit(params, true),
            "editmessagereplymarkup" => self.edit(params, false),
            "sendphoto" | "senddocument" => self.send_file(method, params, file),
            "sendchataction" => self.chat(params).map(|_| json!(true)),
            "answercallbackquery" => self.answer_tap(params),
            "setmycommands" => {
                rules::commands(params)?;
                self.keep(method, params)
            }
            "setmydescription" => {
                rules::profile(params, "description", 512)?;
                self.keep(method, params)
            }
            "setmyshortdescription" => {
                rules::profile(params, "short_description", 120)?;
                self.keep(method, params)
            }
            "setwebhook" => {
                let text = |key: &str| params[key].as_str().unwrap_or_default().to_owned();
                self.hook = Some(Hook { url: text("url"), secret: text("secret_token") });
                self.keep(method, params)
            }
            "getwebhookinfo" => {
                Ok(json!({ "url": self.hook.as_ref().map(|hook| hook.url.clone()).unwrap_or_default(),
                "has_custom_certificate": false, "pending_update_count": self.queue.waiting.len() }))
            }
            "deletewebhook" => {
                self.hook = None;
                Ok(json!(true))
            }
            _ => Err((404, "Not Found".to_owned())),
        }
    }

    fn keep(&mut self, method: &str, params: &Value) -> Result<Value, Refusal> {
        let language = params["language_code"].as_str().unwrap_or_default();
        self.profile.insert(format!("{method} {language}").trim().to_owned(), params.clone());
        Ok(json!(true))
    }

    fn chat(&mut self, params: &Value) -> Result<&mut Chat, Refusal> {
        let chat = chat_of(params).and_then(|chat| self.chats.get_mut(&chat));
        let chat = chat.ok_or_else(|| (400, "Bad Request: chat not found".to_owned()))?;
        if chat.blocked {
            return Err((403, "Forbidden: bot was blocked by the user".to_owned()));
        }
        Ok(chat)
    }

    fn send_message(&mut self, params: &Value) -> Result<Value, Refusal> {
        let text = rules::text(params, "text", 4096)?;
        let buttons = rules::markup(&params["reply_markup"])?;
        let offer = offer(&params["reply_markup"]);
        let chat = self.chat(params)?;
        let id = chat.number();
        let posted = Posted { id, text, buttons, offer, file: None };
        chat.entries.push(Entry::Bot(posted.clone()));
        chat.posted.push(posted);
        self.arrived.extend(chat_of(params).map(|chat| (Instant::now(), chat)));
        Ok(message(params, id))
    }

    fn send_file(
        &mut self,
        method: &str,
        params: &Value,
        file: Option<(String, Vec<u8>)>,
    ) -> Result<Value, Refusal> {
        let field = if method == "sendphoto" { "photo" } else { "document" };
        let known = params[field].as_str();
        let (name, bytes) =
            match (file, known) {
                (Some(file), _) => file,
                (None, Some(known)) => self.files.get(known).cloned().ok_or_else(|| {
                    (400, "Bad Request: wrong file identifier/HTTP URL specified".to_owned())
                })?,
                (None, None) => return Err((400, "Bad Request: there is no file in the request".to_owned())),
            };
        let begins: &[u8] = match name.rsplit('.').next() {
            Some("pdf") => b"%PDF-",
            Some("png") => b"\x89PNG",
            Some("ics") => b"BEGIN:VCALENDAR",
            Some("xlsx") => b"PK\x03\x04",
            Some("csv") => b"\xef\xbb\xbf",
            _ => return Err((400, "Bad Request: wrong file name".to_owned())),
        };
        if !bytes.starts_with(begins) || (method == "sendphoto") != name.ends_with(".png") {
            return Err((400, "Bad Request: IMAGE_PROCESS_FAILED".to_owned()));
        }
        let text = params["caption"].as_str().unwrap_or_default().to_owned();
        let chat = self.chat(params)?;
        let id = chat.number();
        let file = (name, bytes);
        let posted = Posted { id, text, buttons: Vec::new(), offer: None, file: Some(file.clone()) };
        chat.entries.push(Entry::Bot(posted.clone()));
        chat.posted.push(posted);
        let name = known.map_or_else(|| format!("{field}{}", self.uploads), str::to_owned);
        self.uploads += u64::from(known.is_none());
        self.files.insert(name.clone(), file);
        let stored = json!({ "file_id": name, "file_unique_id": name });
        let mut sent = message(params, id);
        sent[field] = if field == "photo" { json!([{ "file_id": "small" }, stored]) } else { stored };
        Ok(sent)
    }

    fn edit(&mut self, params: &Value, with_text: bool) -> Result<Value, Refusal> {
        let text = if with_text { Some(rules::text(params, "text", 4096)?) } else { None };
        let buttons = rules::markup(&params["reply_markup"])?;
        let number = params["message_id"].as_i64();
        let chat = self.chat(params)?;
        let posted = chat.posted.iter_mut().find(|posted| Some(posted.id) == number);
        let posted = posted.ok_or_else(|| (400, "Bad Request: message to edit not found".to_owned()))?;
        if posted.offer.is_some() {
            return Err((400, "Bad Request: message can't be edited".to_owned()));
        }
        let text = text.unwrap_or_else(|| posted.text.clone());
        if posted.text == text && posted.buttons == buttons {
            return Err((
                400,
                "Bad Request: message is not modified: specified new message content and reply markup \
                are exactly the same as a current content and reply markup of the message"
                    .to_owned(),
            ));
        }
        posted.text = text;
        posted.buttons = buttons;
        let (id, now) = (posted.id, posted.clone());
        chat.entries.push(Entry::Edited(now));
        Ok(message(params, id))
    }

    fn answer_tap(&mut self, params: &Value) -> Result<Value, Refusal> {
        let id = params["callback_query_id"].as_str().unwrap_or_default().to_owned();
        match self.taps.get_mut(&id) {
            Some(answered @ None) => {
                let now = Instant::now();
                *answered = Some(now);
                self.tap_waits.extend(self.tapped.get(&id).map(|tapped| now - *tapped));
                Ok(json!(true))
            }
            _ => Err((
                400,
                "Bad Request: query is too old and response timeout expired or query ID is invalid"
                    .to_owned(),
            )),
        }
    }
}

/// What the buttons below the text field say; of a removal, that.
fn offer(markup: &Value) -> Option<String> {
    if markup["remove_keyboard"] == json!(true) {
        return Some("buttons below removed".to_owned());
    }
    let first = markup["keyboard"][0][0].as_object()?;
    first.get("text").and_then(Value::as_str).map(str::to_owned)
}

fn message(params: &Value, id: i64) -> Value {
    json!({ "message_id": id, "date": 1_800_000_000, "text": params["text"],
        "chat": { "id": chat_of(params), "type": "private", "first_name": "P" } })
}

/// The chat a call is about.
fn chat_of(params: &Value) -> Option<i64> {
    let chat = &params["chat_id"];
    chat.as_i64().or_else(|| chat.as_str().and_then(|text| text.parse().ok()))
}
