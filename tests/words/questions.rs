//! Every question, with the choices the dialogue gives it.

use chrono::TimeDelta;
use temujanji::booking::{Booking, Email, Hold, IdentityKind, Reference};
use temujanji::dialogue::understand::Command;
use temujanji::dialogue::{Choice, Field, Language, Offer, Prompt, Question, Say, Value};

use crate::samples::{
    booking, branch, commands, date, given, hold, now, passport, reference, service, slot, state, time,
};

fn ask(prompt: Prompt, choices: Vec<Choice>) -> Say {
    Say::Ask(Question { prompt, choices, number: 7, page: None })
}

fn plain<const N: usize>(values: [Value; N]) -> Vec<Choice> {
    values.map(Choice::from).into()
}

fn with_places<const N: usize>(values: [(Value, u32); N]) -> Vec<Choice> {
    values.map(|(value, places)| Choice { value, places: Some(places) }).into()
}

/// All of them.
pub(crate) fn questions() -> Vec<Say> {
    let stay = booking("VPP-PLS-L");
    let typed = Email::parse("aminah@gmial.com").unwrap();
    let meant = Email::parse("aminah@gmail.com").unwrap();
    let listed = vec![stay.clone(), Booking { reference: reference("W4RT8PKQH"), ..booking("OPS-KOM") }];
    let asked = slot("SGR-KAJANG", "VPP-PLS-L", "2027-01-05", time(9, 0));
    let nearest = [
        slot("SGR-KAJANG", "VPP-PLS-L", "2027-01-05", time(10, 0)),
        slot("SGR-KAJANG", "VPP-PLS-L", "2027-01-06", time(9, 0)),
        slot("SGR-HQ", "VPP-PLS-L", "2027-01-05", time(9, 0)),
    ];
    let of = |act: fn(Reference) -> Value| listed.iter().map(|b| act(b.reference.clone()).into()).collect();
    let mut all = vec![
        ask(Prompt::Language, plain(Language::ALL.map(Value::Language))),
        ask(Prompt::Terms, plain([Value::Yes, Value::No])),
        ask(Prompt::Form { given: Vec::new(), agreed: false }, Vec::new()),
        ask(Prompt::Form { given: given(), agreed: true }, Vec::new()),
        ask(
            Prompt::Code(stay.applicant.email.clone()),
            plain([Value::Do(Command::NewCode), Value::Field(Field::Email)]),
        ),
        ask(Prompt::EmailMeant { typed, meant }, plain([Value::Yes, Value::No])),
        ask(Prompt::IdentityMeant(passport()), plain([Value::Yes, Value::No])),
        ask(Prompt::Reuse(given().into_iter().skip(1).take(4).collect()), plain([Value::Yes, Value::No])),
        ask(Prompt::IdentityKind, plain(IDENTITY_KINDS.map(Value::Identity))),
        ask(Prompt::Branch { state: None, current: None }, plain([Value::Branch(branch("KUL-DUTA"))])),
        ask(
            Prompt::Branch { state: Some(state("MY-10")), current: Some(branch("SGR-KAJANG")) },
            plain([
                Value::Branch(branch("SGR-HQ")),
                Value::Branch(branch("SGR-KAJANG")),
                Value::Field(Field::State),
            ]),
        ),
        ask(
            Prompt::Service { branch: branch("SGR-HQ") },
            plain([Value::Service(service("VPP-PLS-B")), Value::Service(service("OPS-REK"))]),
        ),
        ask(
            Prompt::Date {
                branch: branch("SGR-KAJANG"),
                service: service("BKP-PASPORT"),
                first: date("2026-11-24"),
                last: date("2027-02-23"),
                days: vec![(date("2026-11-24"), 0), (date("2026-11-25"), 1), (date("2026-11-26"), 48)],
            },
            with_places([(Value::Date(date("2026-11-25")), 1), (Value::Date(date("2026-11-26")), 48)]),
        ),
        ask(
            Prompt::Time { branch: branch("SGR-KAJANG"), date: date("2026-11-26") },
            with_places([(Value::Time(time(9, 0)), 6), (Value::Time(time(12, 0)), 1)]),
        ),
        ask(
            Prompt::Blocked,
            plain([
                Value::Field(Field::Identity),
                Value::Field(Field::Service),
                Value::Do(Command::Bookings),
                Value::Do(Command::Stop),
            ]),
        ),
        ask(Prompt::OtherSlot(asked), nearest.map(|slot| Value::Slot(slot).into()).into()),
        ask(
            Prompt::Review { given: given(), hold: hold(), moving: None },
            plain([Value::Yes, Value::Field(Field::Slot), Value::No]),
        ),
        ask(
            Prompt::Review {
                given: given(),
                hold: Hold { until: now() + TimeDelta::hours(23), ..hold() },
                moving: Some(stay.reference.clone()),
            },
            plain([Value::Yes, Value::Field(Field::Slot), Value::No]),
        ),
        ask(Prompt::Change(given()), Field::ALL.map(|field| Value::Field(field).into()).into()),
        ask(Prompt::Bookings(listed.clone()), of(Value::Booking)),
        ask(Prompt::Bookings(listed.clone()), of(Value::Slip)),
        ask(Prompt::Bookings(listed.clone()), of(Value::Move)),
        ask(Prompt::Bookings(listed.clone()), of(Value::Cancel)),
        ask(
            Prompt::Booking(Box::new(stay.clone())),
            plain([
                Value::Slip(stay.reference.clone()),
                Value::Move(stay.reference.clone()),
                Value::Cancel(stay.reference.clone()),
                Value::Do(Command::Book),
            ]),
        ),
        ask(Prompt::Cancel(Box::new(stay.clone())), plain([Value::Yes, Value::No])),
        offered(hold()),
        offered(Hold { until: now() - TimeDelta::hours(1), ..hold() }),
        ask(Prompt::Resume, plain([Value::Do(Command::Book), Value::Do(Command::Restart)])),
        ask(Prompt::Idle, commands().into_iter().map(|command| Value::Do(command).into()).collect()),
    ];
    all.extend(IDENTITY_KINDS.map(|kind| ask(Prompt::IdentityNumber(kind), Vec::new())));
    all.extend(Field::ALL.map(|field| ask(Prompt::Field { field, current: None }, Vec::new())));
    all.extend(given().into_iter().map(|given| {
        ask(Prompt::Field { field: given.field(), current: Some(given) }, plain([Value::Keep]))
    }));
    all.extend(Field::ALL.map(|field| ask(Prompt::Which(field), candidates(field))));
    all
}

fn offered(hold: Hold) -> Say {
    let stay = booking("VPP-PLS-L");
    let (reference, name) = (stay.reference.clone(), stay.applicant.name.clone());
    let ways = plain([Value::Accept(reference.clone()), Value::Decline(reference.clone())]);
    ask(Prompt::Offer(Box::new(Offer { reference, name, hold })), ways)
}

fn candidates(field: Field) -> Vec<Choice> {
    match field {
        Field::Email | Field::Name | Field::Identity | Field::Address | Field::Phone => Vec::new(),
        Field::State => plain([Value::State(state("MY-07")), Value::State(state("MY-08"))]),
        Field::Branch => plain([Value::Branch(branch("KUL-DUTA")), Value::Branch(branch("KUL-UTC"))]),
        Field::Service => plain([Value::Service(service("VPP-PLS-B")), Value::Service(service("VPP-PLS-L"))]),
        Field::Date => plain([Value::Date(date("2026-11-30")), Value::Date(date("2026-12-07"))]),
        Field::Slot => plain([Value::Time(time(8, 0)), Value::Time(time(14, 0))]),
    }
}

const IDENTITY_KINDS: [IdentityKind; 3] = [IdentityKind::MyKad, IdentityKind::Passport, IdentityKind::Other];
