//! What the staff of a branch read. Pure: data in, documents and words out; no store, no clock, no channel.
//!
//! # Layout
//!
//! `sheet` the list of one branch and day, in every form; `chart` pictures of how full a branch is and of who came;
//! `sellout` which services run out, and when.

pub mod chart;
pub mod sellout;
pub mod sheet;
