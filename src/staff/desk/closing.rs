//! Closing a branch: shown first, then ordered by a token that stands for what was shown.

use chrono::{NaiveDate, TimeDelta};

use super::{LONGEST_BLOCK, Next, Pending, Result, Work, tell, told};
use crate::dialogue::understand::{self, DateWish, TimeWish};
use crate::office::{BranchCode, Reason, Span};
use crate::staff::{Call, Closing, Closure, Order, Power, Reply, Tap};
use crate::store::{Act, ClosingId, ClosingPreview, ClosingSpec, NotReached, Ordered};

impl Work<'_, '_> {
    /// Begins a closing: which days and hours; the reason is asked for.
    pub(super) async fn close(&mut self, rest: &str) -> Result<Next> {
        let Some((when, place)) = self.when_and_where(rest) else { return tell(Reply::Usage(Order::Close)) };
        let branch = match self.branch(place) {
            Ok(branch) => branch,
            Err(others) => return self.which(Order::Close, when, others),
        };
        let Some((from, to)) = self.days(when) else { return self.how_to_close(&branch).await };
        let hours = match understand::time_wish(when) {
            Some(TimeWish::Between(from, to)) => Span::new(from, to),
            Some(TimeWish::At(_) | TimeWish::Earliest | TimeWish::Any) | None => None,
        };
        let today = self.ctx.today();
        if from < today || to > today + TimeDelta::days(LONGEST_BLOCK) {
            return tell(Reply::CloseWhen);
        }
        let power = if from == to { Power::CloseADay } else { Power::Close };
        if !self.may(power) {
            return tell(Reply::NotAllowed);
        }
        let closure = Closure { branch, from, to, hours, reason: String::new() };
        self.desk.pending = Some(Pending::Close(closure.clone()));
        told(Reply::WhyClose(closure), vec![Tap::Drop])
    }

    /// The closings there are, and how one is ordered.
    async fn how_to_close(&mut self, branch: &BranchCode) -> Result<Next> {
        let closings = self.turn.closings(branch).await?;
        told(
            Reply::Usage(Order::Close),
            closings.into_iter().map(|closing| Tap::Closing(closing.id.0)).collect(),
        )
    }

    pub(super) async fn preview(&mut self, closure: Closure, changed: bool) -> Result<Next> {
        let preview = self.turn.closing_preview(&spec(&closure)).await?;
        self.desk.pending = Some(Pending::Closing(closure.clone()));
        let taps = vec![Tap::Close(preview.token), Tap::Drop];
        let ClosingPreview { places, bookings, by_channel, unreachable, .. } = preview;
        told(Reply::ClosePreview { closure, places, bookings, by_channel, unreachable, changed }, taps)
    }

    /// The second act: closes what was shown, if it would still touch the same.
    pub(super) async fn close_now(&mut self, pending: Option<Pending>, token: &str) -> Result<Next> {
        let Some(Pending::Closing(closure)) = pending else { return tell(Reply::Unclear) };
        let power = if closure.from == closure.to { Power::CloseADay } else { Power::Close };
        if !self.may(power) || self.reached(&closure.branch).is_none() {
            return tell(Reply::NotAllowed);
        }
        match self.turn.order_closing(&spec(&closure), token, &self.member.name).await? {
            Ordered::Changed(_) => self.preview(closure, true).await,
            Ordered::Ordered(id) => {
                let why = format!("{} {} {}", closure.from, closure.to, closure.reason);
                self.audit(Act::Closed, Some(&closure.branch), None, Some(&why)).await?;
                self.closing(id).await
            }
        }
    }

    pub(super) async fn closing(&mut self, id: ClosingId) -> Result<Next> {
        let Some(progress) = self.turn.closing(id).await? else { return tell(Reply::NotAllowed) };
        let spec = &progress.closing.spec;
        if self.reached(&spec.branch).is_none() {
            return tell(Reply::NotAllowed);
        }
        let unreached = u32::try_from(progress.not_reached.len()).unwrap_or(u32::MAX);
        let closing = Closing {
            closure: Closure {
                branch: spec.branch.clone(),
                from: spec.from,
                to: spec.to,
                hours: spec.hours,
                reason: spec.reason.ms.clone(),
            },
            state: progress.closing.state,
            bookings: progress.bookings,
            told: progress.told,
            offered: progress.offered,
            accepted: progress.accepted,
            declined: progress.declined,
            unreached,
        };
        let mut taps = vec![Tap::Closing(id.0)];
        if unreached > 0 {
            taps.push(Tap::Unreached(id.0));
        }
        told(Reply::Closing(closing), taps)
    }

    pub(super) async fn unreached(&mut self, id: ClosingId) -> Result<Next> {
        let Some(progress) = self.turn.closing(id).await? else { return tell(Reply::NotAllowed) };
        let branch = progress.closing.spec.branch;
        if self.reached(&branch).is_none() {
            return tell(Reply::NotAllowed);
        }
        let why = format!("{} to be called", progress.not_reached.len());
        self.audit(Act::Looked, Some(&branch), None, Some(&why)).await?;
        let call = |one: NotReached| Call { reference: one.reference, name: one.name, phone: one.phone };
        let calls = progress.not_reached.into_iter().map(call).collect();
        told(Reply::Unreached(calls), vec![Tap::Closing(id.0)])
    }

    pub(super) async fn reopen(&mut self, rest: &str) -> Result<Next> {
        if !self.may(Power::Close) {
            return tell(Reply::NotAllowed);
        }
        let Some((when, place)) = self.when_and_where(rest) else { return tell(Reply::Usage(Order::Open)) };
        let branch = match self.branch(place) {
            Ok(branch) => branch,
            Err(others) => return self.which(Order::Open, when, others),
        };
        let Some((from, to)) = self.days(when) else { return tell(Reply::Usage(Order::Open)) };
        let closings = self.turn.reopen(&branch, from, to).await?;
        if closings > 0 {
            let why = format!("{from} {to}");
            self.audit(Act::Opened, Some(&branch), None, Some(&why)).await?;
        }
        tell(Reply::Reopened { branch, from, to, closings })
    }

    /// The day or days a text names; nothing when that is not clear, for much depends on it.
    fn days(&self, text: &str) -> Option<(NaiveDate, NaiveDate)> {
        let today = self.ctx.today();
        let (_, last) = self.ctx.window();
        match understand::date_wish(text, today, last) {
            (Some(DateWish::On(days)), false) => match days.as_slice() {
                [day] => Some((*day, *day)),
                _ => None,
            },
            (Some(DateWish::Range { from, to }), _) => Some((from, to)),
            (Some(DateWish::On(_) | DateWish::Weekend | DateWish::Earliest | DateWish::Any) | None, _) => {
                None
            }
        }
    }
}

/// What the store is asked to close. A reason in both languages is typed with a stroke between: Malay / English.
fn spec(closure: &Closure) -> ClosingSpec {
    let (ms, en) = closure.reason.split_once(" / ").unwrap_or((&closure.reason, &closure.reason));
    ClosingSpec {
        branch: closure.branch.clone(),
        from: closure.from,
        to: closure.to,
        hours: closure.hours,
        reason: Reason { ms: ms.trim().to_owned(), en: en.trim().to_owned() },
    }
}
