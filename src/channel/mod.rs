//! Thin adapters between people and the assistant: in comes a text or a tap, out goes what is said. No rule lives here.

pub mod email;
pub mod telegram;
pub mod terminal;
