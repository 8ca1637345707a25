//! What the staff of a branch read. Pure: data in, documents and words out; no store, no clock, no channel.
//!
//! # Layout
//!
//! `sheet` the list of one branch and day, in every form.

pub mod sheet;
