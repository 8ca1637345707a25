//! What staff are told.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::voice::Voice;
use crate::booking::{Attendance, BookingState, DayEntry};
use crate::dialogue::Field;
use crate::office::{BranchCode, MALAYSIA, ServiceCode};
use crate::staff::sellout::{self, Supply};
use crate::staff::{
    Call, Card, Closing, Closure, Day, Done, Order, Power, Reply, Role, Scarce, SellOut, Stats, Tap, Totals,
};
use crate::store::{ClosingState, Record};
use crate::words::args;

impl Voice<'_> {
    /// One thing told to a member of staff.
    pub(super) fn staff(&self, reply: &Reply) -> String {
        match reply {
            Reply::Joined { name, role } => {
                self.text("staff-joined", args![name = name.as_str(), role = self.role(*role)])
            }
            Reply::Menu { role, branches } => self.menu(*role, branches.as_deref()),
            Reply::Unclear => self.plain("staff-unclear"),
            Reply::WhichBranch(_) => self.plain("staff-which-branch"),
            Reply::Usage(order) => self.usage(*order),
            Reply::NotAllowed => self.plain("staff-not-allowed"),
            Reply::NoSuchBooking => self.plain("staff-no-such-booking"),
            Reply::NotAnyMore => self.plain("staff-not-any-more"),
            Reply::Day(day) => self.day_list(day),
            Reply::Found { text, entries, more, within } => self.people_found(text, entries, *more, *within),
            Reply::FindWhom => self.plain("staff-find-whom"),
            Reply::Card(card) => self.card(card),
            Reply::Whole(record) => self.whole(record),
            Reply::WhyCancel(reference) => {
                self.text("staff-why-cancel", args![reference = reference.to_string()])
            }
            Reply::WhatNote(reference) => {
                self.text("staff-what-note", args![reference = reference.to_string()])
            }
            Reply::WhyBlock(reference) => {
                self.text("staff-why-block", args![reference = reference.to_string()])
            }
            Reply::ReasonNeeded => self.plain("staff-reason-needed"),
            Reply::BlockEndNeeded => self.plain("staff-block-end-needed"),
            Reply::Done { done, card } => format!("{}\n\n{}", self.done(done), self.card(card)),
            Reply::Dropped => self.plain("staff-dropped"),
            Reply::Subscribed(Some(time)) => self.text("staff-subscribed", args![time = self.time(*time)]),
            Reply::Subscribed(None) => self.plain("staff-unsubscribed"),
            Reply::Counter => self.plain("staff-counter"),
            Reply::WhyClose(closure) => self.text("staff-why-close", args![closure = self.closure(closure)]),
            Reply::ClosePreview { .. } => self.close_preview(reply),
            Reply::CloseWhen => self.plain("staff-close-when"),
            Reply::Closing(closing) => self.closing(closing),
            Reply::Unreached(calls) => self.unreached(calls),
            Reply::Reopened { branch, from, to, closings } => self.reopened(branch, (*from, *to), *closings),
            Reply::Stats(stats) => self.stats(stats),
            Reply::SellOut(sold) => self.sold_out(sold),
        }
    }

    /// What a button of staff is called.
    pub(super) fn tap_label(&self, reply: Option<&Reply>, tap: &Tap) -> String {
        match tap {
            Tap::At(_, branch) => self.branch(branch),
            Tap::Day(_, _, page) => match reply {
                Some(Reply::Day(day)) if *page < day.page => "◀".to_owned(),
                Some(Reply::Day(day)) if *page > day.page => "▶".to_owned(),
                Some(Reply::Day(day)) => {
                    self.text("staff-tap-refresh", args![page = day.page + 1, pages = day.pages])
                }
                _ => self.plain("staff-tap-day"),
            },
            Tap::File(format, ..) => format.ending().to_uppercase(),
            Tap::Card(reference) => {
                let entries = match reply {
                    Some(Reply::Day(day)) => day.entries.as_slice(),
                    Some(Reply::Found { entries, .. }) => entries.as_slice(),
                    _ => &[],
                };
                match entries.iter().find(|entry| entry.reference == *reference) {
                    Some(entry) => self.entry_button(entry),
                    None => self.plain("staff-tap-card"),
                }
            }
            Tap::Whole(_) => self.plain("staff-tap-whole"),
            Tap::Mark(_, Some(mark)) => format!("{} {}", sign(*mark), self.attendance(*mark)),
            Tap::Mark(_, None) => self.plain("staff-tap-unmark"),
            Tap::Cancel(_) => self.plain("staff-tap-cancel"),
            Tap::Note(_) => self.plain("staff-tap-note"),
            Tap::Block(_) => self.plain("staff-tap-block"),
            Tap::Unblock(_) => self.plain("staff-tap-unblock"),
            Tap::Close(_) => self.plain("staff-tap-close"),
            Tap::Closing(_) => self.plain("staff-tap-closing"),
            Tap::Unreached(_) => self.plain("staff-tap-unreached"),
            Tap::Drop => self.plain("staff-tap-drop"),
        }
    }

    pub(super) fn role(&self, role: Role) -> String {
        self.text("staff-role", args![role = role.name()])
    }

    fn menu(&self, role: Role, branches: Option<&[BranchCode]>) -> String {
        let reach = match branches {
            None => self.plain("staff-everywhere"),
            Some(branches) => branches.iter().map(|code| self.branch(code)).collect::<Vec<_>>().join("; "),
        };
        let mut lines = vec![self.text("staff-menu", args![role = self.role(role), reach = reach])];
        let orders = Order::ALL.into_iter().filter(|order| *order != Order::Menu);
        let allowed = orders.filter(|order| *order != Order::Open || role.may(Power::Close));
        lines.extend(allowed.map(|order| {
            let (malay, english) = order.words();
            self.text("staff-menu-line", args![malay = malay, english = english, what = self.what(order)])
        }));
        lines.join("\n")
    }

    fn what(&self, order: Order) -> String {
        self.text("staff-order", args![order = order.words().1])
    }

    fn usage(&self, order: Order) -> String {
        let id = match order {
            Order::Subscribe => "staff-usage-subscribe",
            Order::Close => "staff-usage-close",
            Order::Open => "staff-usage-open",
            Order::Menu | Order::Day | Order::Find | Order::Counter | Order::Stats | Order::SellOut => {
                "staff-usage-day"
            }
        };
        self.plain(id)
    }

    fn day_list(&self, day: &Day) -> String {
        let (branch, date) = (self.branch(&day.branch), self.date(day.date));
        let mut lines = vec![self.text("staff-day", args![branch = branch, date = date])];
        if let Some(why) = &day.closed {
            lines.push(self.text("staff-day-closed", args![why = self.closed(why)]));
        }
        let Totals { expected, arrived, late, no_show, cancelled } = day.totals;
        let all = expected + arrived + late + no_show;
        if all + cancelled == 0 {
            lines.push(self.plain("staff-day-empty"));
        } else {
            lines.push(self.text(
                "staff-day-totals",
                args![
                    all = all,
                    expected = expected,
                    arrived = arrived,
                    late = late,
                    no_show = no_show,
                    cancelled = cancelled
                ],
            ));
        }
        if day.page == 0 && !day.counts.is_empty() {
            lines.push(String::new());
            lines.extend(self.counts(&day.counts));
        }
        if !day.entries.is_empty() {
            lines.push(String::new());
            lines.extend(day.entries.iter().map(|entry| self.entry(entry)));
        }
        lines.push(String::new());
        lines
            .push(self.text("staff-day-at", args![time = self.time(day.at.with_timezone(&MALAYSIA).time())]));
        lines.join("\n")
    }

    /// A line a slot: `9.00 pagi: 6 (Pasport 4, Pas Pelajar 2)`.
    fn counts(&self, counts: &[(NaiveTime, ServiceCode, u32)]) -> Vec<String> {
        let mut lines: Vec<(NaiveTime, u32, Vec<String>)> = Vec::new();
        for (time, service, n) in counts {
            let part = format!("{} {n}", self.short_service(service));
            match lines.last_mut() {
                Some((last, all, parts)) if last == time => {
                    *all += n;
                    parts.push(part);
                }
                _ => lines.push((*time, *n, vec![part])),
            }
        }
        let line = |(time, all, parts): (NaiveTime, u32, Vec<String>)| {
            self.text(
                "staff-day-count",
                args![time = self.time(time), all = all, services = parts.join(", ")],
            )
        };
        lines.into_iter().map(line).collect()
    }

    /// `9.00 pagi · Q12 · Siti N*** · BDG-996-X9UK · hadir`.
    fn entry(&self, entry: &DayEntry) -> String {
        self.text(
            "staff-entry",
            args![
                time = self.time(entry.slot.time),
                queue = entry.queue,
                name = entry.name.masked(),
                reference = entry.reference.to_string(),
                state = self.standing(entry),
            ],
        )
    }

    fn entry_button(&self, entry: &DayEntry) -> String {
        let mark = match (entry.state, entry.attendance) {
            (BookingState::Cancelled, _) => "✖",
            (BookingState::Booked, Some(mark)) => sign(mark),
            (BookingState::Booked, None) => "·",
        };
        format!("{mark} Q{} {}", entry.queue, entry.name.masked())
    }

    fn standing(&self, entry: &DayEntry) -> String {
        match (entry.state, entry.attendance) {
            (BookingState::Cancelled, _) => self.plain("staff-state-cancelled"),
            (BookingState::Booked, Some(mark)) => self.attendance(mark),
            (BookingState::Booked, None) => self.plain("staff-state-booked"),
        }
    }

    fn attendance(&self, attendance: Attendance) -> String {
        self.plain(match attendance {
            Attendance::Arrived => "staff-state-arrived",
            Attendance::Late => "staff-state-late",
            Attendance::NoShow => "staff-state-no-show",
        })
    }

    fn people_found(
        &self,
        text: &str,
        entries: &[DayEntry],
        more: bool,
        within: Option<(NaiveDate, NaiveDate)>,
    ) -> String {
        let count = entries.len();
        let mut lines = vec![self.text("staff-found", args![text = text, count = count])];
        lines.extend(entries.iter().map(|entry| {
            let date = self.words.short_date(self.language, entry.slot.date);
            let branch = self.branch(&entry.slot.branch);
            self.text("staff-found-line", args![date = date, branch = branch, entry = self.entry(entry)])
        }));
        if more {
            lines.push(self.plain("staff-found-more"));
        }
        if let Some((from, to)) = within {
            let (from, to) =
                (self.words.short_date(self.language, from), self.words.short_date(self.language, to));
            lines.push(self.text("staff-found-within", args![from = from, to = to]));
        }
        lines.join("\n")
    }

    fn card(&self, card: &Card) -> String {
        let entry = &card.entry;
        let mut lines = vec![
            self.text("staff-card", args![queue = entry.queue, name = entry.name.masked()]),
            self.line(&self.plain("slip-reference"), &entry.reference.to_string()),
            self.line(&self.plain("slip-when"), &self.slot(&entry.slot)),
            self.line(&self.plain("slip-branch"), &self.branch(&entry.slot.branch)),
            self.line(&self.plain("slip-service"), &self.service(&entry.slot.service)),
            self.line(&self.identity_kind(card.identity_kind), &card.identity),
            self.line(&self.plain("staff-state"), &self.standing_at(entry, card.attended_at)),
        ];
        if !card.today {
            lines.push(self.plain("staff-card-other-day"));
        }
        if card.notes > 0 {
            lines.push(self.text("staff-card-notes", args![count = card.notes]));
        }
        if let Some(until) = card.blocked_until {
            lines.push(self.text("staff-card-blocked", args![date = self.last_day(until)]));
        }
        lines.join("\n")
    }

    fn standing_at(&self, entry: &DayEntry, at: Option<DateTime<Utc>>) -> String {
        let state = self.standing(entry);
        match at {
            Some(at) => self.text(
                "staff-state-at",
                args![state = state, time = self.time(at.with_timezone(&MALAYSIA).time())],
            ),
            None => state,
        }
    }

    fn whole(&self, record: &Record) -> String {
        let (booking, person) = (&record.booking, &record.booking.applicant);
        let address = person.address.lines().collect::<Vec<_>>().join(", ");
        let mut lines = vec![
            self.plain("staff-whole"),
            self.line(&self.label_of(Field::Name), person.name.as_str()),
            self.line(&self.identity_kind(person.identity.kind()), &person.identity.shown()),
            self.line(&self.label_of(Field::Address), &address),
            self.line(&self.label_of(Field::Phone), &person.phone.display()),
            self.line(&self.label_of(Field::Email), person.email.as_str()),
        ];
        if !person.email_proved {
            lines.push(self.plain("slip-unproved"));
        }
        lines.extend([
            String::new(),
            self.line(&self.plain("slip-reference"), &booking.reference.to_string()),
            self.line(&self.plain("slip-queue"), &booking.queue.to_string()),
            self.line(&self.plain("slip-when"), &self.slot(&booking.slot)),
            self.line(&self.plain("slip-branch"), &self.branch(&booking.slot.branch)),
            self.line(&self.plain("slip-service"), &self.service(&booking.slot.service)),
        ]);
        if let Some(block) = &record.block {
            let date = self.last_day(block.until);
            lines.push(self.text("staff-whole-block", args![date = date, reason = block.reason.as_str()]));
        }
        for note in &record.notes {
            let at = note.at.with_timezone(&MALAYSIA);
            let date = self.words.short_date(self.language, at.date_naive());
            let when = self.text("slot-when", args![date = date, time = self.time(at.time())]);
            lines.push(self.text(
                "staff-whole-note",
                args![when = when, by = note.by.as_str(), text = note.text.as_str()],
            ));
        }
        lines.join("\n")
    }

    fn done(&self, done: &Done) -> String {
        match done {
            Done::Marked(Some(mark)) => self.text("staff-marked", args![state = self.attendance(*mark)]),
            Done::Marked(None) => self.plain("staff-unmarked"),
            Done::Cancelled => self.plain("staff-cancelled"),
            Done::Noted => self.plain("staff-noted"),
            Done::Blocked(until) => self.text("staff-blocked", args![date = self.last_day(*until)]),
            Done::Unblocked => self.plain("staff-unblocked"),
        }
    }

    fn stats(&self, stats: &Stats) -> String {
        let fullness = stats.fullness(self.office, self.language).map(|fullness| fullness.text(self.words));
        let turnout = stats.turnout(self.office, self.language).text(self.words);
        fullness.into_iter().chain([turnout]).collect::<Vec<_>>().join("\n\n")
    }

    fn sold_out(&self, sold: &SellOut) -> String {
        let supply = |scarce: &Scarce| Supply {
            branch: self.branch(&scarce.branch),
            service: self.short_service(&scarce.service),
            days: scarce.days.clone(),
        };
        let supplies: Vec<_> = sold.scarce.iter().map(supply).collect();
        sellout::paragraphs(&supplies, sold.others, self.words, self.language).join("\n\n")
    }

    /// Where and when it is closed: `Jalan Duta, Kuala Lumpur, Selasa, 5 Januari 2027, 2.00 – 5.00 petang`.
    fn closure(&self, closure: &Closure) -> String {
        let days = match closure.from == closure.to {
            true => self.date(closure.from),
            false => {
                let (from, to) = (self.date(closure.from), self.date(closure.to));
                self.text("closing-days", args![from = from, to = to])
            }
        };
        let mut parts = vec![self.branch(&closure.branch), days];
        if let Some(hours) = closure.hours {
            let minutes = u32::try_from(hours.minutes()).unwrap_or_default();
            parts.push(self.words.band(self.language, hours.from(), minutes));
        }
        parts.join(", ")
    }

    fn close_preview(&self, reply: &Reply) -> String {
        let Reply::ClosePreview { closure, places, bookings, by_channel, unreachable, changed } = reply
        else {
            return String::new();
        };
        let mut lines = Vec::new();
        if *changed {
            lines.push(self.plain("staff-close-changed"));
        }
        lines.push(self.text(
            "staff-close-preview",
            args![
                closure = self.closure(closure),
                reason = closure.reason.as_str(),
                places = *places,
                bookings = *bookings,
            ],
        ));
        for (channel, count) in by_channel {
            lines.push(self.text("staff-close-channel", args![channel = channel.as_str(), count = *count]));
        }
        lines.push(self.text("staff-close-unreachable", args![count = *unreachable]));
        lines.push(String::new());
        lines.push(self.plain("staff-close-sure"));
        lines.join("\n")
    }

    fn closing(&self, closing: &Closing) -> String {
        let state = match closing.state {
            ClosingState::Ordered | ClosingState::Closed => "ordered",
            ClosingState::Listed => "telling",
            ClosingState::Done => "done",
        };
        self.text(
            "staff-closing",
            args![
                closure = self.closure(&closing.closure),
                reason = closing.closure.reason.as_str(),
                state = state,
                bookings = closing.bookings,
                told = closing.told,
                offered = closing.offered,
                accepted = closing.accepted,
                declined = closing.declined,
                unreached = closing.unreached,
            ],
        )
    }

    fn unreached(&self, calls: &[Call]) -> String {
        let mut lines = vec![self.text("staff-unreached", args![count = calls.len()])];
        lines.extend(calls.iter().map(|call| {
            let (name, phone) = (call.name.as_str(), call.phone.display());
            self.text("staff-call", args![reference = call.reference.to_string(), name = name, phone = phone])
        }));
        lines.join("\n")
    }

    fn reopened(&self, branch: &BranchCode, (from, to): (NaiveDate, NaiveDate), closings: u32) -> String {
        let closure = Closure { branch: branch.clone(), from, to, hours: None, reason: String::new() };
        self.text("staff-reopened", args![closure = self.closure(&closure), closings = closings])
    }
}

fn sign(mark: Attendance) -> &'static str {
    match mark {
        Attendance::Arrived => "✔",
        Attendance::Late => "⏰",
        Attendance::NoShow => "○",
    }
}
