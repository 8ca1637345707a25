//! Works an order or a tap of a member of staff over one turn. Who may do what is decided here, each time anew.

mod card;
mod closing;
mod figures;

use chrono::{Days, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::sheet::Format;
use super::{Closure, Day, KEPT, Member, Order, Paper, Power, Reply, Role, Tap, Totals};
use crate::booking::{Attendance, BookingState, DayEntry, Email, Reference};
use crate::dialogue::understand::{self, DateWish, TimeWish};
use crate::dialogue::{Context, Event, Value};
use crate::office::{Branch, BranchCode, MALAYSIA, Office, Verdict};
use crate::store::{Act, Chance, ClosingId, NewAudit, Search, StoreError, Turn};

type Result<T> = std::result::Result<T, StoreError>;

/// Entries of a list shown at a time.
const PAGE: usize = 8;
/// Days a person is looked for in at one branch: so many back, and to the end of the window.
const DAYS_BACK: u64 = 7;
/// Days of the picture of how full it is.
const DAYS_AHEAD: i64 = 14;
/// Weeks of the picture of how many came.
const WEEKS_BACK: i64 = 6;
/// Shortest and longest reason or note, in characters.
const SHORTEST: usize = 3;
const LONGEST: usize = 500;
/// More branches than this are not shown to choose from: their names are typed.
const MOST_BRANCHES: usize = 16;
/// The longest block, in days.
const LONGEST_BLOCK: i64 = 731;
/// Scarce services named at most.
const MOST_SCARCE: usize = 20;
/// A block whose end nobody names, in days.
const USUAL_BLOCK: i64 = 90;

/// Where a member's conversation stands. Kept in the conversation's state.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Desk {
    /// Whether the last question of the chat was one of staff: a plain text is then an answer to it.
    pub open: bool,
    /// What the numbers of that question stand for.
    pub offered: Vec<Value>,
    /// What a text will be taken for.
    pub pending: Option<Pending>,
    /// The branch looked at last.
    pub branch: Option<BranchCode>,
    /// Whether the booking being made is for a person at the counter.
    pub counter: bool,
    /// The address the member has proved as their own, put aside while they book for others.
    pub own: Option<Email>,
}

/// What a text is awaited for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pending {
    /// At which branch an order is meant; with what was typed behind it.
    Branch(Order, String),
    /// Whom to look for.
    Find,
    /// Why it is cancelled.
    Cancel(Reference),
    /// What is to be noted.
    Note(Reference),
    /// Until when and why the identity is blocked.
    Block(Reference),
    /// Why it is closed.
    Close(Closure),
    /// Whether it is really closed, as was shown.
    Closing(Closure),
}

impl Desk {
    /// What of an event is for staff to answer, should its sender be one of them.
    pub fn hears(&self, event: &Event) -> Option<Heard> {
        if let Event::Text(text) = event {
            return self.reads(text);
        }
        if let Event::Chose { value: Value::Staff(tap), .. } = event {
            return Some(Heard::Tap(tap.clone(), true));
        }
        if let Event::SlipOpened { reference, .. } = event {
            return Some(Heard::Slip(reference.clone()));
        }
        (*event == Event::ListDue).then_some(Heard::ListDue)
    }

    fn reads(&self, text: &str) -> Option<Heard> {
        if let Some((order, rest)) = Order::read(text) {
            return Some(Heard::Order(order, rest.to_owned()));
        }
        if text.trim_start().starts_with('/') {
            if understand::command(text).certain().is_some() {
                return None;
            }
            let (order, rest) = Order::meant(text).unwrap_or((Order::Menu, ""));
            return Some(Heard::Order(order, rest.to_owned()));
        }
        if !self.open {
            return None;
        }
        let number = understand::number::choice(text).and_then(|number| number.checked_sub(1));
        match number.and_then(|at| self.offered.get(at)) {
            Some(Value::Staff(tap)) => Some(Heard::Tap(tap.clone(), false)),
            Some(_) | None => Some(Heard::Words(text.trim().to_owned())),
        }
    }
}

/// What a member of staff wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// A command, and what was typed behind it.
    Order(Order, String),
    /// A choice; whether by a button, so that the answer stands where the button was.
    Tap(Tap, bool),
    /// A text that is no command, after a question of staff.
    Words(String),
    /// A slip's code was scanned.
    Slip(Reference),
    /// The hour of the daily list has come.
    ListDue,
}

/// An answer, with what may be chosen next.
#[derive(Debug)]
pub struct Answer {
    /// What is told.
    pub reply: Reply,
    /// What may be tapped.
    pub taps: Vec<Tap>,
    /// Whether it takes the place of the message with the buttons.
    pub in_place: bool,
    /// Files that go with it.
    pub papers: Vec<Paper>,
}

/// What the turn goes on with.
#[derive(Debug)]
pub enum Next {
    /// This is told.
    Tell(Box<Answer>),
    /// Nothing is told.
    Nothing,
    /// The applicants' conversation answers: it is not for staff after all.
    Applicant,
    /// A booking for a person at the counter begins.
    Counter,
}

/// One member at work in one turn.
pub struct Work<'a, 'b> {
    /// The turn.
    pub turn: &'a mut dyn Turn,
    /// Who.
    pub member: &'a Member,
    /// Where their conversation stands.
    pub desk: &'a mut Desk,
    /// What the turn goes by.
    pub ctx: &'a Context<'b>,
    /// Chance.
    pub chance: Chance<'a>,
}

/// A refusal, or an answer without more ado.
fn tell(reply: Reply) -> Result<Next> {
    told(reply, Vec::new())
}

fn told(reply: Reply, taps: Vec<Tap>) -> Result<Next> {
    Ok(Next::Tell(Box::new(Answer { reply, taps, in_place: false, papers: Vec::new() })))
}

impl Work<'_, '_> {
    /// Does what was wanted, as far as role and reach allow.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn answer(mut self, heard: Heard) -> Result<Next> {
        let pending = self.desk.pending.take();
        // What comes by itself is no answer to what was asked.
        let kept = pending.clone().filter(|_| heard == Heard::ListDue);
        self.desk.open = true;
        self.desk.counter &= matches!(heard, Heard::Slip(_) | Heard::ListDue);
        let tapped = matches!(heard, Heard::Tap(_, true));
        let mut next = match heard {
            Heard::Order(order, rest) => self.order(order, &rest).await?,
            Heard::Tap(tap, _) => self.tap(tap, pending).await?,
            Heard::Words(text) => self.words(pending, &text).await?,
            Heard::Slip(reference) => self.scanned(&reference).await?,
            Heard::ListDue => self.daily().await?,
        };
        self.desk.pending = kept.or(self.desk.pending.take());
        match &mut next {
            Next::Tell(answer) => {
                answer.in_place = tapped && answer.papers.is_empty();
                self.desk.offered = answer.taps.iter().cloned().map(Value::Staff).collect();
            }
            Next::Nothing | Next::Applicant | Next::Counter => self.desk.open = false,
        }
        Ok(next)
    }

    fn office(&self) -> &Office {
        self.ctx.office
    }

    /// The branch, if it is within the member's reach.
    fn reached(&self, code: &BranchCode) -> Option<&Branch> {
        self.office().branch(code).filter(|branch| self.member.covers(branch))
    }

    fn may(&self, power: Power) -> bool {
        self.member.role.may(power)
    }

    async fn order(&mut self, order: Order, rest: &str) -> Result<Next> {
        match order {
            Order::Menu => self.menu(),
            Order::Find if rest.is_empty() => {
                self.desk.pending = Some(Pending::Find);
                told(Reply::FindWhom, vec![Tap::Drop])
            }
            Order::Find => self.find(rest).await,
            Order::Subscribe => self.subscribe(rest).await,
            Order::Counter => Ok(Next::Counter),
            Order::SellOut => self.sell_out(rest).await,
            Order::Day => {
                let Some((when, place)) = self.when_and_where(rest) else { return tell(Reply::Usage(order)) };
                let Some(date) = self.date(when) else { return tell(Reply::Usage(order)) };
                match self.branch(place) {
                    Ok(branch) => self.day(&branch, date, 0).await,
                    Err(others) => self.which(order, rest, others),
                }
            }
            Order::Stats => match self.branch(rest) {
                Ok(branch) => self.stats(&branch).await,
                Err(others) => self.which(order, rest, others),
            },
            Order::Close => self.close(rest).await,
            Order::Open => self.reopen(rest).await,
        }
    }

    async fn tap(&mut self, tap: Tap, pending: Option<Pending>) -> Result<Next> {
        match tap {
            Tap::At(order, branch) => {
                if self.reached(&branch).is_none() {
                    return tell(Reply::NotAllowed);
                }
                Box::pin(self.order(order, &self.at(pending, order, &branch))).await
            }
            Tap::Day(branch, date, page) => self.day(&branch, date, page).await,
            Tap::File(format, branch, date) => self.file(format, branch, date).await,
            Tap::Card(reference) => self.card(&reference, None).await,
            Tap::Whole(reference) => self.whole(&reference).await,
            Tap::Mark(reference, mark) => self.mark(&reference, mark).await,
            Tap::Cancel(reference) => {
                self.ask(reference, Power::Serve, Pending::Cancel, Reply::WhyCancel).await
            }
            Tap::Note(reference) => self.ask(reference, Power::Serve, Pending::Note, Reply::WhatNote).await,
            Tap::Block(reference) => self.ask(reference, Power::Block, Pending::Block, Reply::WhyBlock).await,
            Tap::Unblock(reference) => self.unblock(&reference).await,
            Tap::Close(token) => self.close_now(pending, &token).await,
            Tap::Closing(id) => self.closing(ClosingId(id)).await,
            Tap::Unreached(id) => self.unreached(ClosingId(id)).await,
            Tap::Drop => told(Reply::Dropped, Vec::new()),
        }
    }

    async fn words(&mut self, pending: Option<Pending>, text: &str) -> Result<Next> {
        let in_words = matches!(
            pending,
            Some(Pending::Cancel(_) | Pending::Note(_) | Pending::Block(_) | Pending::Close(_))
        );
        let short = text.chars().filter(|c| c.is_alphanumeric()).count() < SHORTEST;
        if in_words && (short || text.chars().count() > LONGEST) {
            self.desk.pending = pending;
            return told(Reply::ReasonNeeded, vec![Tap::Drop]);
        }
        match pending {
            Some(Pending::Find) => self.find(text).await,
            Some(Pending::Cancel(reference)) => self.cancel(&reference, text).await,
            Some(Pending::Note(reference)) => self.note(&reference, text).await,
            Some(Pending::Block(reference)) => self.block(&reference, text).await,
            Some(Pending::Close(closure)) => {
                self.preview(Closure { reason: text.to_owned(), ..closure }, false).await
            }
            Some(Pending::Closing(closure)) => self.preview(closure, false).await,
            Some(Pending::Branch(order, rest)) => {
                Box::pin(self.order(order, &format!("{rest} {text}"))).await
            }
            None => tell(Reply::Unclear),
        }
    }

    /// An order as it would have been typed with its branch.
    fn at(&self, pending: Option<Pending>, order: Order, branch: &BranchCode) -> String {
        match pending {
            Some(Pending::Branch(asked, rest)) if asked == order => format!("{rest} {}", branch.as_str()),
            Some(_) | None => branch.as_str().to_owned(),
        }
    }

    fn menu(&self) -> Result<Next> {
        let all = self.member.role == Role::Admin;
        let branches = (!all).then(|| self.member.branches(self.office()).map(|b| b.code.clone()).collect());
        tell(Reply::Menu { role: self.member.role, branches })
    }

    /// The branch a text names, the only one within reach, or the one looked at last; else those to choose from.
    fn branch(&mut self, text: &str) -> std::result::Result<BranchCode, Vec<BranchCode>> {
        let mut named = match BranchCode::parse(text.trim()) {
            Ok(code) if self.office().branch(&code).is_some() => vec![code],
            _ => understand::branch(text, self.office()).candidates,
        };
        let any_named = !named.is_empty();
        named.retain(|code| self.reached(code).is_some());
        if let [only] = named.as_slice() {
            self.desk.branch = Some(only.clone());
            return Ok(only.clone());
        }
        if any_named {
            return Err(named);
        }
        let all: Vec<_> = self.member.branches(self.office()).map(|branch| branch.code.clone()).collect();
        match (all.as_slice(), &self.desk.branch) {
            ([only], _) => Ok(only.clone()),
            (_, Some(last)) if all.contains(last) => Ok(last.clone()),
            _ => Err(all),
        }
    }

    /// What of a text names a day and what a branch, in either order; nothing when some of it names neither.
    fn when_and_where<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        let text = text.trim();
        let (today, (_, last)) = (self.ctx.today(), self.ctx.window());
        let names_day = |text: &str| text.is_empty() || understand::date_wish(text, today, last).0.is_some();
        let names_branch = |text: &str| {
            let code = BranchCode::parse(text).is_ok_and(|code| self.office().branch(&code).is_some());
            text.is_empty() || code || !understand::branch(text, self.office()).is_none()
        };
        let gaps = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
        // What is both comes first: of "esok JB" a branch alone might be understood as well.
        let splits = gaps.chain([text.len(), 0]).filter_map(|at| text.split_at_checked(at));
        splits
            .flat_map(|(before, after)| match after.is_empty() || before.is_empty() {
                true => vec![(before, after)],
                false => vec![(before, after), (after, before)],
            })
            .map(|(when, place)| (when.trim(), place.trim()))
            .find(|(when, place)| names_day(when) && names_branch(place))
    }

    /// Asks at which branch an order is meant.
    fn which(&mut self, order: Order, rest: &str, branches: Vec<BranchCode>) -> Result<Next> {
        if branches.is_empty() {
            return tell(Reply::NotAllowed);
        }
        self.desk.pending = Some(Pending::Branch(order, rest.to_owned()));
        let shown = if branches.len() > MOST_BRANCHES { Vec::new() } else { branches };
        told(Reply::WhichBranch(order), shown.into_iter().map(|branch| Tap::At(order, branch)).collect())
    }

    /// The day a text names; today when it names none, nothing when that is not clear.
    fn date(&self, text: &str) -> Option<NaiveDate> {
        let today = self.ctx.today();
        let (_, last) = self.ctx.window();
        match understand::date_wish(text, today, last) {
            (None, _) => Some(today),
            (Some(DateWish::On(days)), _) => days.first().copied(),
            (Some(_), _) => None,
        }
    }

    async fn day(&mut self, branch: &BranchCode, date: NaiveDate, page: u32) -> Result<Next> {
        if self.reached(branch).is_none() {
            return tell(Reply::NotAllowed);
        }
        self.desk.branch = Some(branch.clone());
        let entries = self.turn.day_list(branch, date).await?;
        let closed = match self.office().verdict(branch, date) {
            Some(Verdict::Closed(why)) => Some(why),
            Some(Verdict::Open { .. }) | None => None,
        };
        let mut totals = Totals::default();
        let mut counts: Vec<(NaiveTime, _, u32)> = Vec::new();
        for entry in &entries {
            let count = match (entry.state, entry.attendance) {
                (BookingState::Cancelled, _) => &mut totals.cancelled,
                (_, None) => &mut totals.expected,
                (_, Some(Attendance::Arrived)) => &mut totals.arrived,
                (_, Some(Attendance::Late)) => &mut totals.late,
                (_, Some(Attendance::NoShow)) => &mut totals.no_show,
            };
            *count += 1;
            if entry.state == BookingState::Booked {
                let key = (entry.slot.time, &entry.slot.service);
                match counts.iter_mut().find(|(time, service, _)| (*time, service) == key) {
                    Some((_, _, n)) => *n += 1,
                    None => counts.push((entry.slot.time, entry.slot.service.clone(), 1)),
                }
            }
        }
        let pages = entries.len().div_ceil(PAGE).max(1);
        let page = (page as usize).min(pages - 1);
        let shown: Vec<DayEntry> = entries.into_iter().skip(page * PAGE).take(PAGE).collect();
        let mut taps: Vec<Tap> = shown.iter().map(|entry| Tap::Card(entry.reference.clone())).collect();
        let at = |page: usize| Tap::Day(branch.clone(), date, u32::try_from(page).unwrap_or_default());
        if page > 0 {
            taps.push(at(page - 1));
        }
        taps.push(at(page));
        if page + 1 < pages {
            taps.push(at(page + 1));
        }
        if !shown.is_empty() {
            taps.extend(KEPT.map(|format| Tap::File(format, branch.clone(), date)));
        }
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let day = Day {
            branch: branch.clone(),
            date,
            at: self.ctx.now,
            closed,
            counts,
            totals,
            entries: shown,
            page: number(page),
            pages: number(pages),
        };
        told(Reply::Day(day), taps)
    }

    async fn file(&mut self, format: Format, branch: BranchCode, date: NaiveDate) -> Result<Next> {
        if self.reached(&branch).is_none() {
            return tell(Reply::NotAllowed);
        }
        let entries = self.turn.day_list(&branch, date).await?;
        let why = format!("{date} {}", format.ending());
        self.audit(Act::Exported, Some(&branch), None, Some(&why)).await?;
        let Next::Tell(mut answer) = self.day(&branch, date, 0).await? else { return Ok(Next::Nothing) };
        answer.papers.push(Paper::List { format, branch, date, at: self.ctx.now, entries });
        Ok(Next::Tell(answer))
    }

    async fn find(&mut self, text: &str) -> Result<Next> {
        if let Ok(reference) = Reference::parse(text) {
            return self.card(&reference, None).await;
        }
        let branches: Vec<_> =
            self.member.branches(self.office()).map(|branch| branch.code.clone()).collect();
        let today = self.ctx.today();
        let queue = text.trim().trim_start_matches(['#', 'q', 'Q']).parse::<u32>().ok();
        if let Some(queue) = queue.filter(|queue| *queue < 1000 && text.trim().len() <= 4) {
            let mut entries = Vec::new();
            for branch in &branches {
                let list = self.turn.day_list(branch, today).await?;
                entries.extend(list.into_iter().filter(|entry| entry.queue == queue));
            }
            if !entries.is_empty() {
                return found(text, entries, None);
            }
        }
        let on_day = self.name_and_day(text);
        if let Some((name, date)) = on_day {
            let search = Search { branches: &branches, from: date, to: date, text: name, limit: PAGE + 1 };
            let entries = self.turn.search(&search).await?;
            if !entries.is_empty() {
                return found(name, entries, Some((date, date)));
            }
        }
        // Names are sealed, so each has to be opened: at many branches only the days around today are looked through.
        let (from, to) = match branches.len() {
            1 => (today.checked_sub_days(Days::new(DAYS_BACK)).unwrap_or(today), self.ctx.window().1),
            _ => (today, today.checked_add_days(Days::new(1)).unwrap_or(today)),
        };
        let search = Search { branches: &branches, from, to, text, limit: PAGE + 1 };
        let entries = self.turn.search(&search).await?;
        match on_day {
            Some((name, date)) if entries.is_empty() => found(name, entries, Some((date, date))),
            Some(_) | None => found(text, entries, Some((from, to))),
        }
    }

    /// Somebody, and the day after them: "kumar 29/11", "mei esok".
    fn name_and_day<'t>(&self, text: &'t str) -> Option<(&'t str, NaiveDate)> {
        let (today, last) = (self.ctx.today(), self.ctx.window().1);
        text.match_indices(char::is_whitespace).find_map(|(at, _)| {
            let (name, day) = text.split_at_checked(at)?;
            understand::date(day, today, last).certain().map(|date| (name.trim(), *date))
        })
    }

    async fn subscribe(&mut self, rest: &str) -> Result<Next> {
        let at = match understand::time_wish(rest) {
            Some(TimeWish::At(times)) => times.first().copied(),
            Some(_) => None,
            None if stops(rest) => None,
            None => return tell(Reply::Usage(Order::Subscribe)),
        };
        // Of today's list, one whose hour has passed is not sent any more.
        let (today, time) = (self.ctx.today(), self.ctx.now.with_timezone(&MALAYSIA).time());
        let done = match at {
            Some(at) if at > time => today.pred_opt().unwrap_or(today),
            Some(_) | None => today,
        };
        self.turn.list_daily(self.member.id, at, done).await?;
        tell(Reply::Subscribed(at))
    }

    /// The list of today, sent by itself: at several branches, the one looked at last.
    async fn daily(&mut self) -> Result<Next> {
        let today = self.ctx.today();
        self.turn.listed(self.member.id, today).await?;
        match self.branch("") {
            Ok(branch) => self.day(&branch, today, 0).await,
            Err(all) => self.which(Order::Day, "", all),
        }
    }

    async fn audit(
        &mut self,
        act: Act,
        branch: Option<&BranchCode>,
        reference: Option<&Reference>,
        why: Option<&str>,
    ) -> Result<()> {
        self.turn.audit(&NewAudit { by: Some(self.member), act, branch, reference, why }).await
    }
}

fn found(text: &str, mut entries: Vec<DayEntry>, within: Option<(NaiveDate, NaiveDate)>) -> Result<Next> {
    let more = entries.len() > PAGE;
    entries.truncate(PAGE);
    let taps = entries.iter().map(|entry| Tap::Card(entry.reference.clone())).collect();
    told(Reply::Found { text: text.to_owned(), entries, more, within }, taps)
}

/// "tidak", "henti", "off": no more of it.
fn stops(text: &str) -> bool {
    let words = understand::text::words(text);
    words.iter().any(|word| {
        matches!(
            word.as_str(),
            "tidak" | "tak" | "henti" | "hentikan" | "berhenti" | "off" | "no" | "stop" | "none"
        )
    })
}
