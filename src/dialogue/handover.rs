//! Going on with a booking in another channel, by a code.

use super::step::Talk;
use super::understand::text::fold;
use super::{Effect, Say, State};

/// Begins a code, so that it is known as one.
pub const PREFIX: &str = "SB";
/// Symbols after it.
pub const LENGTH: usize = 10;
/// The symbols: none that is easily taken for another.
pub const SYMBOLS: &[u8; 30] = b"ABCDEFGHJKMNPQRSTVWXYZ23456789";

impl Talk<'_> {
    /// Takes over what was begun elsewhere. What is known of the person only where both sides have proved the same
    /// address: a code can be looked at over a shoulder.
    pub(super) fn handover_found(&mut self, code: String, other: Option<&State>) {
        let Some(other) = other else {
            self.say(Say::NoHandover);
            return self.ask_again();
        };
        let same = |a: &crate::booking::Email, b: &crate::booking::Email| {
            a.as_str().eq_ignore_ascii_case(b.as_str())
        };
        let both_proved = matches!((&self.state.proved, &other.proved), (Some(a), Some(b)) if same(a, b));
        let ours = self.state.frame.clone();
        if both_proved {
            self.release();
            self.state.frame = other.frame.clone();
            self.state.frame.email = ours.email.or_else(|| self.state.proved.clone());
            self.state.hold = other.hold.clone();
            self.state.moving = other.moving.clone();
            self.state.last_time = None;
        } else {
            self.state.frame.state = other.frame.state.clone();
            self.state.frame.branch = other.frame.branch.clone();
            self.state.frame.service = other.frame.service.clone();
            self.state.frame.date = other.frame.date;
            self.state.frame.time = other.frame.time;
        }
        self.state.active = true;
        self.state.language = self.state.language.or(other.language);
        if both_proved {
            self.effects.push(Effect::TakeOver(code));
            self.say(Say::TakenOver);
        } else {
            self.say(Say::TakenInPart);
        }
        self.advance();
    }
}

/// The code in a text, in its one form.
pub(super) fn code(text: &str) -> Option<String> {
    let plain: String = fold(text).to_uppercase();
    plain.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').find_map(|word| {
        let word = word.replace('-', "");
        let symbols = word.strip_prefix(PREFIX)?;
        let known = symbols.len() == LENGTH && symbols.bytes().all(|symbol| SYMBOLS.contains(&symbol));
        known.then(|| symbols.to_owned())
    })
}

/// The code as it is said: `SB-7KQ2M-X9TRC`.
pub fn shown(code: &str) -> String {
    let (first, second) = code.split_at_checked(LENGTH / 2).unwrap_or((code, ""));
    format!("{PREFIX}-{first}-{second}")
}

impl State {
    /// The state of a conversation whose draft has gone to another.
    #[must_use]
    pub fn without_draft(&self) -> State {
        let mut left = self.clone();
        left.frame = super::Frame::default();
        left.hold = None;
        left.moving = None;
        left.active = false;
        left.ask = super::Ask::Idle;
        left.offered = Vec::new();
        left.number = self.number.wrapping_add(1);
        left.last_time = None;
        left.date_wish = None;
        left.time_wish = None;
        left
    }
}

#[cfg(test)]
mod tests {
    use super::{code, shown};

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let said = shown("7KQ2MX9TRC");
        assert_eq!(said, "SB-7KQ2M-X9TRC");
        for typed in [said.clone(), said.to_lowercase(), said.replace('-', ""), format!("kod saya {said}.")] {
            assert_eq!(code(&typed).as_deref(), Some("7KQ2MX9TRC"), "{typed}");
        }
        for other in ["SB-7KQ2M-X9TR", "SB-7KQ2M-X9TR0", "sbahagian", "7KQ2M-X9TRC", ""] {
            assert_eq!(code(other), None, "{other}");
        }
    }
}
