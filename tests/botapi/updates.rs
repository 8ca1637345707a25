//! Updates on their way to the bot: by polling until confirmed, or by webhook until answered.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use rand::RngExt;
use rand::seq::SliceRandom;
use serde_json::{Value, json};

use super::rules::Refusal;
use super::server::{BotApi, Inner};

/// The webhook that is set.
#[derive(Debug, Clone)]
pub struct Hook {
    pub url: String,
    pub secret: String,
}

/// Updates that are not confirmed.
#[derive(Debug, Default)]
pub struct Queue {
    /// By number, with their chats.
    pub waiting: BTreeMap<i64, (i64, Value)>,
    /// Confirmed ones, to repeat.
    pub old: VecDeque<Value>,
    /// The last number given.
    pub last: i64,
    /// Counts calls of getUpdates: a newer one ends an older.
    pub poll: u64,
    /// How often an update was handed out that had been handed out before.
    pub again: u64,
    /// The last number handed out.
    pub handed: i64,
    /// Updates on the way by webhook, by chat.
    pub lanes: HashMap<i64, VecDeque<(i64, Value)>>,
}

impl BotApi {
    /// Sends an update of a chat on its way.
    pub fn update(self: &Arc<Self>, chat: i64, mut update: Value) {
        let mut inner = self.inner();
        inner.queue.last += 1;
        let number = inner.queue.last;
        update["update_id"] = json!(number);
        if inner.hook.is_some() {
            let lane = inner.queue.lanes.entry(chat).or_default();
            lane.push_back((number, update));
            if lane.len() == 1 {
                tokio::spawn(Arc::clone(self).deliver(chat));
            }
        } else {
            inner.queue.waiting.insert(number, (chat, update));
        }
        drop(inner);
        self.news.notify_waiters();
    }

    /// A webhook was set: what waits is delivered by it.
    pub(super) fn hand_over(self: &Arc<Self>) {
        let mut inner = self.inner();
        for (number, (chat, update)) in std::mem::take(&mut inner.queue.waiting) {
            let lane = inner.queue.lanes.entry(chat).or_default();
            lane.push_back((number, update));
            if lane.len() == 1 {
                tokio::spawn(Arc::clone(self).deliver(chat));
            }
        }
    }

    /// Everything waiting has been taken by the bot.
    pub fn is_quiet(&self) -> bool {
        let inner = self.inner();
        inner.queue.waiting.is_empty() && inner.queue.lanes.values().all(VecDeque::is_empty)
    }

    pub(super) async fn get_updates(&self, params: &Value) -> Result<Value, Refusal> {
        let conflict = |what: &str| Err((409, format!("Conflict: {what}")));
        let mine = {
            let mut inner = self.inner();
            if inner.hook.is_some() {
                return conflict("can't use getUpdates method while webhook is active; use deleteWebhook");
            }
            if let Some(offset) = params["offset"].as_i64() {
                let later = inner.queue.waiting.split_off(&offset);
                let confirmed = std::mem::replace(&mut inner.queue.waiting, later);
                inner.queue.old.extend(confirmed.into_values().map(|(_, update)| update));
                while inner.queue.old.len() > 50 {
                    inner.queue.old.pop_front();
                }
            }
            inner.queue.poll += 1;
            inner.queue.poll
        };
        self.news.notify_waiters();
        let seconds = params["timeout"].as_u64().unwrap_or(0);
        let end = tokio::time::Instant::now() + Duration::from_secs(seconds);
        loop {
            let told = self.news.notified();
            {
                let mut inner = self.inner();
                if inner.queue.poll != mine {
                    return conflict(
                        "terminated by other getUpdates request; make sure that only one bot instance is running",
                    );
                }
                if !inner.queue.waiting.is_empty() {
                    return Ok(batch(&mut inner, params["limit"].as_u64().unwrap_or(100)));
                }
            }
            if tokio::time::timeout_at(end, told).await.is_err() {
                return Ok(json!([]));
            }
        }
    }

    /// Calls the webhook with the updates of one chat, one after the other, each until it is answered 2xx.
    async fn deliver(self: Arc<Self>, chat: i64) {
        let mut pause = Duration::from_millis(20);
        let mut tries: u32 = 0;
        loop {
            let (number, update, hook, repeat) = {
                let mut inner = self.inner();
                let repeats = inner.faults.repeats;
                let repeat = inner.chance.random_bool(repeats);
                let Some(lane) = inner.queue.lanes.get(&chat) else { return };
                let Some((number, update)) = lane.front().cloned() else { return };
                let Some(hook) = inner.hook.clone() else { return };
                (number, update, hook, repeat)
            };
            let permit = self.connections.acquire().await;
            let target = self.target(&hook.url, tries);
            let mut taken = self.call_hook(&target, &hook, &update).await;
            if taken && repeat {
                taken = self.call_hook(&self.target(&hook.url, tries + 1), &hook, &update).await;
            }
            drop(permit);
            tries += 1;
            if taken {
                let mut inner = self.inner();
                let lane = inner.queue.lanes.entry(chat).or_default();
                lane.retain(|(waiting, _)| *waiting != number);
                pause = Duration::from_millis(20);
                tries = 0;
                if lane.is_empty() {
                    return;
                }
            } else {
                self.inner().queue.again += 1;
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(Duration::from_millis(400));
            }
        }
    }

    async fn call_hook(&self, target: &str, hook: &Hook, update: &Value) -> bool {
        let call =
            self.client.post(target).header("X-Telegram-Bot-Api-Secret-Token", &hook.secret).json(update);
        call.timeout(Duration::from_secs(20)).send().await.is_ok_and(|answer| answer.status().is_success())
    }

    /// Where to call: one of the processes behind the address.
    fn target(&self, url: &str, tries: u32) -> String {
        let mut inner = self.inner();
        if inner.behind.is_empty() {
            return url.to_owned();
        }
        inner.turns += 1;
        let at = (inner.turns + tries as usize) % inner.behind.len();
        inner.behind[at].clone()
    }
}

/// The next updates, in the order and with the repeats that the faults ask for.
fn batch(inner: &mut Inner, limit: u64) -> Value {
    let queue = &mut inner.queue;
    let mut updates: Vec<(i64, Value)> =
        queue.waiting.values().take(usize::try_from(limit).unwrap()).cloned().collect();
    for (_, update) in &updates {
        let number = update["update_id"].as_i64().unwrap();
        queue.again += u64::from(number <= queue.handed);
        queue.handed = queue.handed.max(number);
    }
    if inner.faults.reordered {
        // Chats in another order; each chat's own updates stay in theirs.
        let mut chats: Vec<i64> = updates.iter().map(|(chat, _)| *chat).collect();
        chats.sort_unstable();
        chats.dedup();
        chats.shuffle(&mut inner.chance);
        updates.sort_by_key(|(chat, _)| chats.iter().position(|known| known == chat));
    }
    let mut all: Vec<Value> = updates.into_iter().map(|(_, update)| update).collect();
    if inner.chance.random_bool(inner.faults.repeats)
        && let Some(old) = queue.old.back()
    {
        all.insert(0, old.clone());
    }
    json!(all)
}
