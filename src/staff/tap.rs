//! What a button of staff stands for. Short enough for a button, and never trusted: who taps is looked up each time.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::Order;
use super::sheet::Format;
use crate::booking::{Attendance, Reference};
use crate::office::BranchCode;

/// The forms in which a list may be kept.
pub const KEPT: [Format; 3] = [Format::Pdf, Format::Xlsx, Format::Csv];

/// A button of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tap {
    /// An order at a branch.
    At(Order, BranchCode),
    /// A page of the list of a day, from 0.
    Day(BranchCode, NaiveDate, u32),
    /// The list of a day as a file.
    File(Format, BranchCode, NaiveDate),
    /// An appointment, of its person only what is needed at the counter.
    Card(Reference),
    /// Everything known of it. Goes into the audit trail.
    Whole(Reference),
    /// Whether the person came; none takes the mark back.
    Mark(Reference, Option<Attendance>),
    /// Cancel it; the reason is asked for.
    Cancel(Reference),
    /// Leave a note; it is asked for.
    Note(Reference),
    /// Block its identity; reason and end are asked for.
    Block(Reference),
    /// End the block.
    Unblock(Reference),
    /// Close as was shown, if what was counted is still so.
    Close(String),
    /// How far a closing has come.
    Closing(i64),
    /// Those a closing could not reach.
    Unreached(i64),
    /// Leave what was asked.
    Drop,
}

const DATE: &str = "%y%m%d";
/// Of an order, by its place in [`Order::ALL`].
const ORDERS: &[u8] = b"mdfcktsxo";

fn mark_name(mark: Option<Attendance>) -> &'static str {
    match mark {
        None => "u",
        Some(Attendance::Arrived) => "a",
        Some(Attendance::Late) => "l",
        Some(Attendance::NoShow) => "n",
    }
}

impl fmt::Display for Tap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Tap::At(order, branch) => {
                let at = Order::ALL.iter().position(|known| known == order).unwrap_or_default();
                let letter = ORDERS.get(at).copied().map_or('m', char::from);
                write!(f, "o:{letter}:{}", branch.as_str())
            }
            Tap::Day(branch, date, page) => write!(f, "d:{}:{}:{page}", branch.as_str(), date.format(DATE)),
            Tap::File(format, branch, date) => {
                write!(f, "f:{}:{}:{}", format.ending(), branch.as_str(), date.format(DATE))
            }
            Tap::Card(reference) => write!(f, "c:{}", reference.as_str()),
            Tap::Whole(reference) => write!(f, "w:{}", reference.as_str()),
            Tap::Mark(reference, mark) => write!(f, "m:{}:{}", reference.as_str(), mark_name(*mark)),
            Tap::Cancel(reference) => write!(f, "k:{}", reference.as_str()),
            Tap::Note(reference) => write!(f, "n:{}", reference.as_str()),
            Tap::Block(reference) => write!(f, "b:{}", reference.as_str()),
            Tap::Unblock(reference) => write!(f, "u:{}", reference.as_str()),
            Tap::Close(token) => write!(f, "x:{token}"),
            Tap::Closing(id) => write!(f, "p:{id}"),
            Tap::Unreached(id) => write!(f, "q:{id}"),
            Tap::Drop => f.write_str("-"),
        }
    }
}

/// A text that is no button of ours.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a button of staff")]
pub struct NotATap;

impl FromStr for Tap {
    type Err = NotATap;

    fn from_str(text: &str) -> Result<Tap, NotATap> {
        read(text).ok_or(NotATap)
    }
}

fn read(text: &str) -> Option<Tap> {
    let mut parts = text.split(':');
    let kind = parts.next()?;
    let mut next = || parts.next();
    let reference = |text: Option<&str>| Reference::parse(text?).ok();
    let branch = |text: Option<&str>| BranchCode::parse(text?).ok();
    let date = |text: Option<&str>| NaiveDate::parse_from_str(text?, DATE).ok();
    let tap = match kind {
        "o" => {
            let letter = next()?.bytes().next()?;
            let at = ORDERS.iter().position(|known| *known == letter)?;
            Tap::At(*Order::ALL.get(at)?, branch(next())?)
        }
        "d" => Tap::Day(branch(next())?, date(next())?, next()?.parse().ok()?),
        "f" => {
            let ending = next()?;
            let format = KEPT.into_iter().find(|format| format.ending() == ending)?;
            Tap::File(format, branch(next())?, date(next())?)
        }
        "c" => Tap::Card(reference(next())?),
        "w" => Tap::Whole(reference(next())?),
        "m" => {
            let reference = reference(next())?;
            let marks = [None, Some(Attendance::Arrived), Some(Attendance::Late), Some(Attendance::NoShow)];
            let name = next()?;
            Tap::Mark(reference, marks.into_iter().find(|mark| mark_name(*mark) == name)?)
        }
        "k" => Tap::Cancel(reference(next())?),
        "n" => Tap::Note(reference(next())?),
        "b" => Tap::Block(reference(next())?),
        "u" => Tap::Unblock(reference(next())?),
        "x" => Tap::Close(next()?.to_owned()),
        "p" => Tap::Closing(next()?.parse().ok()?),
        "q" => Tap::Unreached(next()?.parse().ok()?),
        "-" => Tap::Drop,
        _ => return None,
    };
    parts.next().is_none().then_some(tap)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn every_tap_survives_the_way_through_a_button() {
        let r = Reference::generate(&mut rand::rngs::StdRng::seed_from_u64(1));
        let branch = BranchCode::parse("ABCDEFGHIJKLMNOPQRSTUVWX").unwrap();
        let day = NaiveDate::from_ymd_opt(2027, 1, 5).unwrap();
        let mut taps = vec![
            Tap::Day(branch.clone(), day, 12),
            Tap::Card(r.clone()),
            Tap::Whole(r.clone()),
            Tap::Cancel(r.clone()),
            Tap::Note(r.clone()),
            Tap::Block(r.clone()),
            Tap::Unblock(r.clone()),
            Tap::Close("ABCDEFGHIJKLMNOP".to_owned()),
            Tap::Closing(12),
            Tap::Unreached(12),
            Tap::Drop,
        ];
        taps.extend(Order::ALL.map(|order| Tap::At(order, branch.clone())));
        taps.extend(KEPT.map(|format| Tap::File(format, branch.clone(), day)));
        let marks = [None, Some(Attendance::Arrived), Some(Attendance::Late), Some(Attendance::NoShow)];
        taps.extend(marks.map(|mark| Tap::Mark(r.clone(), mark)));
        for tap in taps {
            let text = tap.to_string();
            assert!(format!("4294967295.x:{text}").len() <= 64, "{text}");
            assert_eq!(text.parse(), Ok(tap), "{text}");
        }
        for text in ["", "z:1", "m:AAAAAAAAAA:a", "d:KUL-DUTA:270105", "-:1"] {
            assert_eq!(text.parse::<Tap>(), Err(NotATap), "{text}");
        }
    }
}
