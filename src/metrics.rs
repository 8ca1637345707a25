//! What is counted, for `/metrics`: turns, their time, what was left, the outbox. No personal data.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

use crate::store::Health;

/// What became of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelValue)]
pub enum Outcome {
    /// It was done.
    Done,
    /// It had been done before.
    Repeat,
    /// The database failed; it is tried again.
    Failed,
    /// The program broke down in it.
    BrokeDown,
    /// It failed again and again, and is left.
    SetAside,
}

/// What became of a message of the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelValue)]
pub enum Delivery {
    /// It left.
    Sent,
    /// It is tried again.
    Later,
    /// It was given up.
    GivenUp,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct TurnLabels {
    channel: &'static str,
    outcome: Outcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ChannelLabels {
    channel: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct DeliveryLabels {
    channel: String,
    outcome: Delivery,
}

/// Everything counted in this process.
pub struct Metrics {
    registry: Registry,
    turns: Family<TurnLabels, Counter>,
    seconds: Family<ChannelLabels, Histogram>,
    dropped: Family<ChannelLabels, Counter>,
    deliveries: Family<DeliveryLabels, Counter>,
    waiting: Gauge,
    oldest: Gauge,
    given_up: Gauge,
    /// When a channel last heard from its server, in seconds since 1970; 0 before it did.
    heard: AtomicI64,
}

impl Default for Metrics {
    fn default() -> Metrics {
        let mut registry = Registry::with_prefix("temujanji");
        let (turns, dropped, deliveries) = (Family::default(), Family::default(), Family::default());
        let seconds = Family::new_with_constructor(
            (|| Histogram::new(exponential_buckets(0.001, 2.0, 14))) as fn() -> Histogram,
        );
        let (waiting, oldest, given_up) = (Gauge::default(), Gauge::default(), Gauge::default());
        registry.register("turns", "Messages handled, by what became of them", turns.clone());
        registry.register("turn_seconds", "Time from a message to the commit of its turn", seconds.clone());
        registry.register("dropped", "Messages left because their chat sent too fast", dropped.clone());
        registry.register(
            "deliveries",
            "Messages of the outbox, by what became of a try",
            deliveries.clone(),
        );
        registry.register("outbox_waiting", "Messages waiting in the outbox", waiting.clone());
        registry.register("outbox_oldest_seconds", "Age of the oldest message waiting", oldest.clone());
        registry.register("outbox_given_up", "Messages given up and not yet tidied away", given_up.clone());
        let heard = AtomicI64::new(0);
        Metrics { registry, turns, seconds, dropped, deliveries, waiting, oldest, given_up, heard }
    }
}

impl Metrics {
    /// Counts a turn.
    pub fn turn(&self, channel: &'static str, outcome: Outcome, took: Duration) {
        self.turns.get_or_create(&TurnLabels { channel, outcome }).inc();
        if outcome == Outcome::Done {
            self.seconds.get_or_create(&ChannelLabels { channel }).observe(took.as_secs_f64());
        }
    }

    /// Counts a message that was left because its chat sends too fast.
    pub fn dropped(&self, channel: &'static str) {
        self.dropped.get_or_create(&ChannelLabels { channel }).inc();
    }

    /// Counts a try to send a message.
    pub fn delivery(&self, channel: &str, outcome: Delivery) {
        self.deliveries.get_or_create(&DeliveryLabels { channel: channel.to_owned(), outcome }).inc();
    }

    /// Notes that a channel heard from its server.
    pub fn received(&self, _channel: &'static str, now: DateTime<Utc>) {
        self.heard.store(now.timestamp(), Ordering::Relaxed);
    }

    /// How long ago a channel last heard from its server, in seconds; `None` before it did.
    pub fn silence(&self, now: DateTime<Utc>) -> Option<i64> {
        let heard = self.heard.load(Ordering::Relaxed);
        (heard > 0).then(|| now.timestamp() - heard)
    }

    /// Everything, in the text form of OpenMetrics.
    pub fn text(&self, health: &Health, now: DateTime<Utc>) -> String {
        let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        self.waiting.set(whole(health.waiting));
        self.oldest.set(health.waiting_since.map_or(0, |since| (now - since).num_seconds()));
        self.given_up.set(whole(health.given_up));
        let mut text = String::new();
        match encode(&mut text, &self.registry) {
            Ok(()) => text,
            Err(error) => format!("# {error}\n"),
        }
    }
}
