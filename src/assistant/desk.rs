//! Turns of staff: whoever is bound to a chat by an invitation has a second conversation in it.

use super::Working;
use crate::booking::{Booking, Rules};
use crate::dialogue::understand::Command;
use crate::dialogue::{Ask, Choice, Context, Event, Prompt, Question, Say, State, Value};
use crate::staff::desk::{Answer, Desk, Heard, Next, Work};
use crate::staff::{Order, Reply};
use crate::store::{Act, Contact, NewAudit, StoreError};

/// The rules at the counter: an officer books for as many people as come.
pub(super) fn at_the_counter(rules: &Rules) -> Rules {
    Rules { max_live: u32::MAX, ..rules.clone() }
}

impl Working<'_> {
    /// Lets the desk answer what staff wrote to it; gives back what is for the applicants' conversation instead.
    ///
    /// A stranger who types a command of staff gets the applicants' help, as for any unknown command.
    pub(super) async fn as_staff(
        &mut self,
        with: Option<&Contact>,
        event: &Event,
        state: &mut State,
        ctx: &Context<'_>,
        said: &mut Vec<Say>,
    ) -> Result<Option<Event>, StoreError> {
        if let (Event::Invited(invitation), Some(with)) = (event, with) {
            return self.join(with, invitation, state, said).await;
        }
        let heard = state.desk.as_deref().unwrap_or(&Desk::default()).hears(event);
        let Some(heard) = heard else {
            if let Some(desk) = &mut state.desk {
                desk.open = false;
            }
            return Ok(Some(event.clone()));
        };
        let Some(member) = self.turn.member().await? else {
            dismiss(state);
            return Ok(Some(match heard {
                Heard::Order(..) => Event::Text(format!("/{}", Command::Help)),
                Heard::Tap(..) | Heard::Words(_) | Heard::Slip(_) | Heard::ListDue => event.clone(),
            }));
        };
        let mut desk = state.desk.take().unwrap_or_default();
        let was_at_the_counter = desk.counter;
        let (turn, chance) = (&mut *self.turn, &mut self.chance);
        let next = Work { turn, member: &member, desk: &mut desk, ctx, chance }.answer(heard).await?;
        if matches!(next, Next::Counter) {
            desk.counter = true;
            desk.own = state.proved.take().or(desk.own.take());
        }
        if was_at_the_counter && !desk.counter {
            // What was given of the person who stood there goes with them.
            if let Some(hold) = &state.hold {
                self.turn.release(hold.id).await?;
            }
            *state = state.without_draft();
        }
        state.desk = Some(desk);
        leave_the_counter(state);
        match next {
            Next::Tell(answer) => {
                tell(state, *answer, said);
                Ok(None)
            }
            Next::Nothing => Ok(None),
            Next::Applicant => Ok(Some(event.clone())),
            Next::Counter => {
                said.push(Say::Staff(Box::new(Reply::Counter)));
                Ok(Some(Event::Chose { value: Value::Do(Command::Restart), question: None }))
            }
        }
    }

    async fn join(
        &mut self,
        from: &Contact,
        invitation: &str,
        state: &mut State,
        said: &mut Vec<Say>,
    ) -> Result<Option<Event>, StoreError> {
        let Some(member) = self.turn.join_staff(invitation, from).await? else {
            return Ok(Some(Event::Opened));
        };
        let entry =
            NewAudit { by: Some(&member), act: Act::Joined, branch: None, reference: None, why: None };
        self.turn.audit(&entry).await?;
        state.language = Some(state.language());
        if state.ask == Ask::Nothing {
            // A member of staff need not book.
            state.ask = Ask::Idle;
            state.active = false;
        }
        state.desk = Some(Box::new(Desk { open: true, ..Desk::default() }));
        said.push(Say::Staff(Box::new(Reply::Joined { name: member.name.clone(), role: member.role })));
        let (turn, chance) = (&mut *self.turn, &mut self.chance);
        let mut desk = Desk::default();
        let office = turn.office().clone();
        let ctx = Context {
            now: self.now,
            office: &office,
            rules: &self.rules,
            proof: crate::dialogue::Proof::None,
        };
        let heard = Heard::Order(Order::Menu, String::new());
        let work = Work { turn, member: &member, desk: &mut desk, ctx: &ctx, chance };
        if let Next::Tell(menu) = work.answer(heard).await? {
            tell(state, *menu, said);
        }
        Ok(None)
    }

    /// Whether this turn books for a person at the counter. Who was removed from staff does so no more, from this turn on.
    pub(super) async fn is_at_the_counter(&mut self, state: &mut State) -> Result<bool, StoreError> {
        if !state.desk.as_ref().is_some_and(|desk| desk.counter) {
            return Ok(false);
        }
        let is_member = self.turn.member().await?.is_some();
        if !is_member {
            dismiss(state);
        }
        Ok(is_member)
    }

    /// Writes into the audit trail who booked; the next booking in the chat is the officer's own again.
    pub(super) async fn booked_at_the_counter(
        &mut self,
        booking: &Booking,
        state: &mut State,
    ) -> Result<(), StoreError> {
        if let Some(desk) = &mut state.desk {
            desk.counter = false;
        }
        leave_the_counter(state);
        let Some(member) = self.turn.member().await? else { return Ok(()) };
        let entry = NewAudit {
            by: Some(&member),
            act: Act::Booked,
            branch: Some(&booking.slot.branch),
            reference: Some(&booking.reference),
            why: None,
        };
        self.turn.audit(&entry).await
    }
}

/// Ends the conversation of staff of somebody who is none.
fn dismiss(state: &mut State) {
    if let Some(own) = state.desk.take().and_then(|desk| desk.own) {
        state.proved = Some(own);
    }
}

/// Gives the member's own address back, once they book for nobody else any more.
fn leave_the_counter(state: &mut State) {
    let Some(desk) = state.desk.as_mut().filter(|desk| !desk.counter) else { return };
    if let Some(own) = desk.own.take() {
        state.proved = Some(own);
    }
}

/// Puts an answer into words and buttons, as a question of its own: older buttons are void.
fn tell(state: &mut State, answer: Answer, said: &mut Vec<Say>) {
    let Answer { reply, taps, in_place, papers } = answer;
    said.extend(papers.into_iter().map(|paper| Say::Paper(Box::new(paper))));
    state.number = state.number.wrapping_add(1);
    let choices = taps.into_iter().map(|tap| Choice::from(Value::Staff(tap))).collect();
    let prompt = Prompt::Staff(Box::new(reply));
    said.push(Say::Ask(Question { prompt, choices, number: state.number, page: in_place.then_some(0) }));
}
