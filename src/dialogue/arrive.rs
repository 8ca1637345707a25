//! What comes by links and by a telephone's buttons: a branch, a slip, one's own number, where one is.

use super::step::Talk;
use super::{Ask, Choice, Field, Prompt, Say, Unread, Value};
use crate::booking::{Reference, SlipStanding};
use crate::office::{BranchCode, Position};

/// Branches offered to somebody who says where they are.
const NEAREST: usize = 5;

impl Talk<'_> {
    /// A link to a branch: the booking begins, or goes on, with that branch.
    pub(super) fn opened_at(&mut self, branch: BranchCode) {
        if self.ctx.office.branch(&branch).is_none() {
            return self.opened();
        }
        if matches!(self.state.ask, Ask::Nothing | Ask::Language) {
            self.say(Say::Welcome);
        }
        self.state.active = true;
        self.set_branch(branch);
        self.advance();
    }

    /// Says what a scanned slip is worth, and nothing of its person: anybody may hold it.
    pub(super) fn slip_checked(&mut self, reference: Reference, standing: SlipStanding) {
        self.say(Say::SlipChecked { reference, standing });
        if self.state.ask == Ask::Nothing {
            // Somebody who only checks a slip need not book.
            self.state.active = false;
        }
        self.ask_again();
    }

    /// A number handed over by a button counts as one typed, wherever the conversation stands.
    pub(super) fn contact(&mut self, number: &str) {
        if self.state.ask == Ask::Nothing {
            return self.opened();
        }
        if !self.state.active || !self.agreed() {
            return self.not_understood();
        }
        match self.take(Field::Phone, number, None) {
            Ok(()) => self.advance(),
            Err(rejection) => {
                self.say(Say::Refused(Field::Phone, rejection));
                self.ask_again();
            }
        }
    }

    /// Offers the branches nearest to a position, where a branch is being asked for.
    pub(super) fn located(&mut self, position: Position) {
        if !matches!(self.state.ask, Ask::Field(Field::State | Field::Branch)) {
            return self.not_understood();
        }
        let service = self.state.frame.service.as_ref().filter(|_| self.state.frame.branch.is_none());
        let offering = self.ctx.office.branches().filter(|b| service.is_none_or(|s| b.offer(s).is_some()));
        let mut near: Vec<_> =
            offering.filter_map(|b| Some((b.code.clone(), b.position?.kilometres_to(position)))).collect();
        near.sort_by(|(_, a), (_, b)| a.total_cmp(b));
        near.truncate(NEAREST);
        if near.is_empty() {
            return self.not_understood();
        }
        let choices = near.iter().map(|(code, _)| Choice::from(Value::Branch(code.clone())));
        let choices = choices.chain([Value::Field(Field::State).into()]).collect();
        self.say(Say::Nearest(near.into_iter().map(|(code, far)| (code, far.round() as u32)).collect()));
        self.state.ask = Ask::Field(Field::Branch);
        let current = self.state.frame.branch.clone();
        self.ask(Prompt::Branch { state: None, current }, choices);
    }

    /// An edited or a forwarded text changes nothing.
    pub(super) fn unread(&mut self, why: Unread) {
        if self.state.ask == Ask::Nothing {
            return self.opened();
        }
        self.say(Say::NotRead(why));
        self.ask_again();
    }
}
