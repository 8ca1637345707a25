//! Everything that is told to staff, with the buttons that go with it.

use temujanji::booking::{
    Applicant, Attendance, BookingState, DayEntry, Identity, IdentityKind, PersonName, Reference,
};
use temujanji::dialogue::{Prompt, Question, Say, Value};
use temujanji::office::Closed;
use temujanji::staff::sellout::SupplyDay;
use temujanji::staff::{
    Call, Card, Closing, Closure, Day, Done, KEPT, Order, Paper, Reply, Role, Scarce, SellOut, Stats, Tap,
    Totals,
};
use temujanji::store::{Block, ClosingState, Note, Record, Turnout};

use crate::samples::{booking, branch, date, now, reference, service, slot, time};

fn entry(start: &str, queue: u32, name: &str, state: BookingState, mark: Option<Attendance>) -> DayEntry {
    DayEntry {
        reference: reference(start),
        queue,
        slot: slot("KUL-DUTA", "VPP-PLS-L", "2026-11-23", time(9, 0)),
        minutes: 60,
        name: PersonName::parse(name).unwrap(),
        state,
        attendance: mark,
    }
}

fn entries() -> Vec<DayEntry> {
    vec![
        entry("K7QM29XTC", 1, "Siti Aminah binti Ali", BookingState::Booked, None),
        entry("W4RT8PKQH", 2, "Ravi a/l Kumar", BookingState::Booked, Some(Attendance::Arrived)),
        entry("P3NN5ZZ2A", 3, "Tan Mei Ling", BookingState::Booked, Some(Attendance::Late)),
        entry("C8HH4VVQR", 4, "Wan binti Mat", BookingState::Booked, Some(Attendance::NoShow)),
        entry("J6KK7TTRX", 5, "John Smith", BookingState::Cancelled, None),
    ]
}

fn card(mark: Option<Attendance>) -> Card {
    Card {
        entry: entry("K7QM29XTC", 12, "Siti Aminah binti Ali", BookingState::Booked, mark),
        identity_kind: IdentityKind::Passport,
        identity: "*****4321".to_owned(),
        attended_at: mark.map(|_| now()),
        notes: 1,
        blocked_until: Some("2027-03-31T16:00:00Z".parse().unwrap()),
        today: mark.is_some(),
    }
}

fn record() -> Record {
    let booking = booking("VPP-PLS-L");
    let identity = Identity::parse(IdentityKind::Passport, "C9182736", date("2026-11-23")).unwrap();
    Record {
        booking: temujanji::booking::Booking {
            applicant: Applicant { email_proved: false, identity, ..booking.applicant.clone() },
            ..booking
        },
        attendance: None,
        notes: vec![Note {
            at: now(),
            by: "Zainab".to_owned(),
            text: "Bawa salinan / Bring a copy".to_owned(),
        }],
        block: Some(Block {
            until: "2027-03-31T16:00:00Z".parse().unwrap(),
            reason: "dokumen diragui / documents in doubt".to_owned(),
        }),
    }
}

fn day(page: u32) -> Day {
    Day {
        branch: branch("KUL-DUTA"),
        date: date("2026-11-23"),
        at: now(),
        closed: None,
        counts: vec![
            (time(9, 0), service("VPP-PLS-L"), 3),
            (time(9, 0), service("BKP-PASPORT"), 1),
            (time(14, 0), service("VPP-PLS-L"), 2),
        ],
        totals: Totals { expected: 1, arrived: 1, late: 1, no_show: 1, cancelled: 1 },
        entries: entries(),
        page,
        pages: 3,
    }
}

pub(crate) fn stats() -> Stats {
    Stats {
        branch: branch("KUL-DUTA"),
        first: date("2026-11-27"),
        last: date("2026-11-29"),
        taken: vec![(date("2026-11-27"), time(9, 0), 5), (date("2026-11-27"), time(10, 0), 70)],
        weeks: vec![(
            date("2026-11-16"),
            Turnout { unmarked: 1, arrived: 40, late: 3, no_show: 5, cancelled: 2 },
        )],
    }
}

/// Every reply, with buttons that may go with it.
pub(crate) fn replies() -> Vec<(Reply, Vec<Tap>)> {
    let r: Reference = reference("K7QM29XTC");
    let marks = Attendance::ALL.map(|mark| Tap::Mark(r.clone(), Some(mark)));
    let here = branch("KUL-DUTA");
    let supply = |free| SupplyDay { date: date("2026-12-01"), capacity: 64, free, full_since: Some(now()) };
    let scarce =
        |free| Scarce { branch: here.clone(), service: service("VPP-PLS-L"), days: vec![supply(free)] };
    let closure = |to: &str, hours: Option<&str>| Closure {
        branch: branch("KUL-DUTA"),
        from: date("2027-01-05"),
        to: date(to),
        hours: hours.map(|hours| hours.to_owned().try_into().unwrap()),
        reason: "Gangguan bekalan elektrik / Power failure".to_owned(),
    };
    let preview = |bookings, changed| Reply::ClosePreview {
        closure: closure("2027-01-05", Some("14:00-17:00")),
        places: 200,
        bookings,
        by_channel: vec![("telegram".to_owned(), 7), ("email".to_owned(), 3), ("terminal".to_owned(), 1)],
        unreachable: 1,
        changed,
    };
    let closing = |state| {
        Reply::Closing(Closing {
            closure: closure("2027-01-07", None),
            state,
            bookings: 11,
            told: 10,
            offered: 9,
            accepted: 4,
            declined: 1,
            unreached: 1,
        })
    };
    let person = booking("VPP-PLS-L").applicant;
    let call = Call { reference: r.clone(), name: person.name, phone: person.phone };
    let reopened = |closings| Reply::Reopened {
        branch: branch("KUL-DUTA"),
        from: date("2027-01-05"),
        to: date("2027-01-05"),
        closings,
    };
    let mut all = vec![
        (Reply::Joined { name: "Zainab binti Omar".to_owned(), role: Role::Officer }, vec![]),
        (Reply::Menu { role: Role::Officer, branches: Some(vec![here.clone(), branch("KUL-UTC")]) }, vec![]),
        (Reply::Menu { role: Role::Supervisor, branches: Some(vec![here.clone()]) }, vec![]),
        (Reply::Menu { role: Role::Admin, branches: None }, vec![]),
        (Reply::WhichBranch(Order::Day), vec![Tap::At(Order::Day, here.clone())]),
        (Reply::Unclear, vec![]),
        (Reply::NotAllowed, vec![]),
        (Reply::NoSuchBooking, vec![]),
        (Reply::NotAnyMore, vec![]),
        (
            Reply::Day(day(1)),
            entries()
                .into_iter()
                .map(|entry| Tap::Card(entry.reference))
                .chain([0, 1, 2].map(|page| Tap::Day(here.clone(), date("2026-11-23"), page)))
                .chain(KEPT.map(|format| Tap::File(format, here.clone(), date("2026-11-23"))))
                .collect(),
        ),
        (Reply::Day(day(0)), vec![]),
        (
            Reply::Day(Day {
                closed: Some(Closed::RestDay),
                totals: Totals::default(),
                entries: vec![],
                counts: vec![],
                pages: 1,
                page: 0,
                ..day(0)
            }),
            vec![],
        ),
        (Reply::Found { text: "kumar".to_owned(), entries: vec![], more: false, within: None }, vec![]),
        (
            Reply::Found {
                text: "ali".to_owned(),
                entries: entries().into_iter().take(1).collect(),
                more: false,
                within: None,
            },
            vec![Tap::Card(r.clone())],
        ),
        (
            Reply::Found {
                text: "a".to_owned(),
                entries: entries(),
                more: true,
                within: Some((date("2026-11-16"), date("2027-02-23"))),
            },
            vec![],
        ),
        (Reply::FindWhom, vec![Tap::Drop]),
        (
            Reply::Card(card(None)),
            marks
                .into_iter()
                .chain([
                    Tap::Cancel(r.clone()),
                    Tap::Whole(r.clone()),
                    Tap::Note(r.clone()),
                    Tap::Block(r.clone()),
                    Tap::Day(here.clone(), date("2026-11-23"), 0),
                ])
                .collect(),
        ),
        (
            Reply::Card(card(Some(Attendance::Late))),
            vec![Tap::Mark(r.clone(), None), Tap::Unblock(r.clone())],
        ),
        (Reply::Whole(Box::new(record())), vec![Tap::Card(r.clone())]),
        (Reply::WhyCancel(r.clone()), vec![Tap::Drop]),
        (Reply::WhatNote(r.clone()), vec![Tap::Drop]),
        (Reply::WhyBlock(r.clone()), vec![Tap::Drop]),
        (Reply::ReasonNeeded, vec![Tap::Drop]),
        (Reply::BlockEndNeeded, vec![Tap::Drop]),
        (Reply::Dropped, vec![]),
        (Reply::Subscribed(Some(time(7, 30))), vec![]),
        (Reply::Subscribed(None), vec![]),
        (Reply::Counter, vec![]),
        (Reply::Stats(stats()), vec![]),
        (Reply::SellOut(SellOut { scarce: vec![], others: 3 }), vec![]),
        (Reply::SellOut(SellOut { scarce: vec![scarce(0), scarce(2)], others: 3 }), vec![]),
        (Reply::WhyClose(closure("2027-01-07", None)), vec![Tap::Drop]),
        (preview(11, false), vec![Tap::Close("A".repeat(16)), Tap::Drop]),
        (preview(12, true), vec![]),
        (Reply::CloseWhen, vec![]),
        (closing(ClosingState::Ordered), vec![Tap::Closing(7)]),
        (closing(ClosingState::Listed), vec![Tap::Closing(7), Tap::Unreached(7)]),
        (closing(ClosingState::Done), vec![]),
        (Reply::Unreached(vec![call]), vec![]),
        (Reply::Unreached(vec![]), vec![]),
        (reopened(0), vec![]),
        (reopened(1), vec![]),
    ];
    all.extend(Order::ALL.map(|order| (Reply::Usage(order), vec![])));
    let until = "2027-03-31T16:00:00Z".parse().unwrap();
    let done = [
        Done::Marked(Some(Attendance::Arrived)),
        Done::Marked(None),
        Done::Cancelled,
        Done::Noted,
        Done::Blocked(until),
        Done::Unblocked,
    ];
    all.extend(done.map(|done| (Reply::Done { done, card: card(None) }, vec![])));
    all
}

/// The same as what is said.
pub(crate) fn says() -> Vec<Say> {
    let asked = replies().into_iter().map(|(reply, taps)| {
        let choices = taps.into_iter().map(|tap| Value::Staff(tap).into()).collect();
        Say::Ask(Question { prompt: Prompt::Staff(Box::new(reply)), choices, number: 7, page: None })
    });
    let told = [Say::Staff(Box::new(Reply::Counter)), Say::Paper(Box::new(Paper::Charts(stats())))];
    told.into_iter().chain(asked).collect()
}
