//! What a choice stands for: the same value whether it was tapped, typed as a number or found in a mail.

use std::fmt;
use std::str::FromStr;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::understand::Command;
use super::{Field, Language};
use crate::booking::{IdentityKind, Reference, SlotKey};
use crate::office::{BranchCode, ServiceCode, StateCode};
use crate::staff::Tap;

/// The stable value of a choice.
///
/// Its text form is short enough for a Telegram button (64 bytes) and safe to get back from
/// anybody: it only names a choice, and the dialogue checks it against what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A language of the conversation.
    Language(Language),
    /// Yes, agree, confirm.
    Yes,
    /// No.
    No,
    /// The kind of identity document.
    Identity(IdentityKind),
    /// A state or territory.
    State(StateCode),
    /// A branch.
    Branch(BranchCode),
    /// A service.
    Service(ServiceCode),
    /// A day.
    Date(NaiveDate),
    /// A start time on the day already chosen.
    Time(NaiveTime),
    /// A slot anywhere, as offered when another was full.
    Slot(SlotKey),
    /// A field to change.
    Field(Field),
    /// Keep what the field holds.
    Keep,
    /// Another page of the choices of the open question, from 0.
    Page(u32),
    /// One of the person's bookings.
    Booking(Reference),
    /// Send a booking's slip again.
    Slip(Reference),
    /// Move a booking to another date or time.
    Move(Reference),
    /// Cancel a booking (asked once more before it is done).
    Cancel(Reference),
    /// Take the place offered instead of this booking, which was called off.
    Accept(Reference),
    /// Give that place back.
    Decline(Reference),
    /// A command.
    Do(Command),
    /// A button of staff.
    Staff(Tap),
}

const TIME: &str = "%H%M";
const DATE: &str = "%y%m%d";

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Language(l) => write!(f, "l:{}", l.name()),
            Value::Yes => f.write_str("yes"),
            Value::No => f.write_str("no"),
            Value::Identity(IdentityKind::MyKad) => f.write_str("i:mykad"),
            Value::Identity(IdentityKind::Passport) => f.write_str("i:passport"),
            Value::Identity(IdentityKind::Other) => f.write_str("i:other"),
            Value::State(code) => write!(f, "st:{}", code.as_str()),
            Value::Branch(code) => write!(f, "b:{}", code.as_str()),
            Value::Service(code) => write!(f, "sv:{}", code.as_str()),
            Value::Date(date) => write!(f, "d:{}", date.format(DATE)),
            Value::Time(time) => write!(f, "t:{}", time.format(TIME)),
            Value::Slot(s) => write!(
                f,
                "s:{}:{}:{}:{}",
                s.branch.as_str(),
                s.service.as_str(),
                s.date.format(DATE),
                s.time.format(TIME)
            ),
            Value::Field(field) => write!(f, "f:{}", field.name()),
            Value::Keep => f.write_str("keep"),
            Value::Page(page) => write!(f, "p:{page}"),
            Value::Booking(r) => write!(f, "r:{}", r.as_str()),
            Value::Slip(r) => write!(f, "rs:{}", r.as_str()),
            Value::Move(r) => write!(f, "rm:{}", r.as_str()),
            Value::Cancel(r) => write!(f, "rc:{}", r.as_str()),
            Value::Accept(r) => write!(f, "oa:{}", r.as_str()),
            Value::Decline(r) => write!(f, "od:{}", r.as_str()),
            Value::Do(command) => write!(f, "c:{command}"),
            Value::Staff(tap) => write!(f, "x:{tap}"),
        }
    }
}

/// A text that is no choice of ours.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a choice")]
pub struct NotAChoice;

impl FromStr for Value {
    type Err = NotAChoice;

    fn from_str(text: &str) -> Result<Self, NotAChoice> {
        let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
        let value = match kind {
            "l" => Language::parse(rest).map(Value::Language),
            "yes" => Some(Value::Yes),
            "no" => Some(Value::No),
            "i" => match rest {
                "mykad" => Some(Value::Identity(IdentityKind::MyKad)),
                "passport" => Some(Value::Identity(IdentityKind::Passport)),
                "other" => Some(Value::Identity(IdentityKind::Other)),
                _ => None,
            },
            "st" => StateCode::parse(rest).ok().map(Value::State),
            "b" => BranchCode::parse(rest).ok().map(Value::Branch),
            "sv" => ServiceCode::parse(rest).ok().map(Value::Service),
            "d" => date(rest).map(Value::Date),
            "t" => time(rest).map(Value::Time),
            "s" => slot(rest).map(Value::Slot),
            "f" => Field::parse(rest).map(Value::Field),
            "keep" => Some(Value::Keep),
            "p" => rest.parse().ok().map(Value::Page),
            "r" => Reference::parse(rest).ok().map(Value::Booking),
            "rs" => Reference::parse(rest).ok().map(Value::Slip),
            "rm" => Reference::parse(rest).ok().map(Value::Move),
            "rc" => Reference::parse(rest).ok().map(Value::Cancel),
            "oa" => Reference::parse(rest).ok().map(Value::Accept),
            "od" => Reference::parse(rest).ok().map(Value::Decline),
            "c" => rest.parse().ok().map(Value::Do),
            "x" => rest.parse().ok().map(Value::Staff),
            _ => None,
        };
        value.ok_or(NotAChoice)
    }
}

fn date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, DATE).ok()
}

fn time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, TIME).ok()
}

fn slot(text: &str) -> Option<SlotKey> {
    let mut parts = text.split(':');
    let slot = SlotKey {
        branch: BranchCode::parse(parts.next()?).ok()?,
        service: ServiceCode::parse(parts.next()?).ok()?,
        date: date(parts.next()?)?,
        time: time(parts.next()?)?,
    };
    parts.next().is_none().then_some(slot)
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_survives_the_way_through_a_button() {
        let reference = Reference::generate(&mut <rand::rngs::StdRng as rand::SeedableRng>::seed_from_u64(1));
        let branch = BranchCode::parse("ABCDEFGHIJKLMNOPQRSTUVWX").unwrap();
        let service = ServiceCode::parse("ABCDEFGHIJKLMNOPQRSTUVWX").unwrap();
        let day = NaiveDate::from_ymd_opt(2027, 1, 5).unwrap();
        let time = NaiveTime::from_hms_opt(14, 30, 0).unwrap();
        let mut values = vec![
            Value::Yes,
            Value::No,
            Value::Keep,
            Value::Page(3),
            Value::State(StateCode::parse("MY-16").unwrap()),
            Value::Branch(branch.clone()),
            Value::Service(service.clone()),
            Value::Date(day),
            Value::Time(time),
            Value::Slot(SlotKey { branch, service, date: day, time }),
            Value::Booking(reference.clone()),
            Value::Slip(reference.clone()),
            Value::Move(reference.clone()),
            Value::Cancel(reference.clone()),
            Value::Accept(reference.clone()),
            Value::Decline(reference),
            Value::Do(Command::Change(None)),
        ];
        values.extend(Language::ALL.map(Value::Language));
        values.extend(Language::ALL.map(|l| Value::Do(Command::Language(Some(l)))));
        values.extend(Field::ALL.map(Value::Field));
        values.extend(Field::ALL.map(|field| Value::Do(Command::Change(Some(field)))));
        values
            .extend([IdentityKind::MyKad, IdentityKind::Passport, IdentityKind::Other].map(Value::Identity));
        for value in values {
            let text = value.to_string();
            assert!(text.len() <= 64, "{text} does not fit a button");
            assert_eq!(text.parse(), Ok(value), "{text}");
        }
    }

    #[test]
    fn what_is_no_choice_is_refused() {
        for text in [
            "",
            "x",
            "d:",
            "d:2027",
            "s:A:B:20270105",
            "s:KUL-DUTA:VPP:20270105:0900:1",
            "b:MY",
            "c:fly",
            "l:zh",
        ] {
            assert_eq!(text.parse::<Value>(), Err(NotAChoice), "{text}");
        }
    }
}
