//! Pictures for the staff, with the same numbers as text: how full a branch is, and who came.
//!
//! 1080 pixels wide, to read on a phone, on a ground of their own, so that they read the same in a dark chat and in a
//! light one. What a colour says, a number, a pattern or a word says, too.

mod fullness;
mod turnout;

use crate::dialogue::Language;
use crate::typeset::Template;
use crate::words::{Words, args};

pub use fullness::{Cell, FullDay, Fullness, Places};
pub use turnout::{Turnout, Week};

/// A word longer than this may be broken anywhere.
const LONGEST_WORD: usize = 24;

static TEMPLATE: Template = Template::new("chart/chart.typ");

fn plain(words: &Words, language: Language, id: &str) -> String {
    words.text(language, id, args![])
}

/// Per cent, rounded down; of nothing, none.
fn percent(part: u32, whole: u32) -> u32 {
    let percent = (u64::from(part) * 100).checked_div(u64::from(whole)).unwrap_or_default();
    u32::try_from(percent).unwrap_or(u32::MAX)
}
