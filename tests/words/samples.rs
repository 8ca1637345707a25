//! One sample at least of everything that can be said.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use temujanji::booking::{
    Address, Applicant, Booking, BookingState, Email, Hold, HoldId, Identity, IdentityKind, PersonName,
    Phone, Reference, Rejection, SlipStanding, SlotKey,
};
use temujanji::dialogue::understand::Command;
use temujanji::dialogue::{Expected, Field, Given, Language, Say, Summary, Unread, Value};
use temujanji::office::{BranchCode, Closed, Reason, ServiceCode, StateCode};
use uuid::Uuid;

/// 10.33 in the morning in Malaysia.
pub(crate) fn now() -> DateTime<Utc> {
    "2026-11-23T02:33:00Z".parse().unwrap()
}

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn time(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

pub(crate) fn branch(code: &str) -> BranchCode {
    BranchCode::parse(code).unwrap()
}

pub(crate) fn service(code: &str) -> ServiceCode {
    ServiceCode::parse(code).unwrap()
}

pub(crate) fn state(code: &str) -> StateCode {
    StateCode::parse(code).unwrap()
}

pub(crate) fn slot(at: &str, what: &str, day: &str, start: NaiveTime) -> SlotKey {
    SlotKey { branch: branch(at), service: service(what), date: date(day), time: start }
}

/// A reference beginning like that, with the check symbol that fits.
pub(crate) fn reference(start: &str) -> Reference {
    let mut ends = "23456789ABCDEFGHJKMNPQRSTUVWXYZ".chars();
    ends.find_map(|end| Reference::parse(&format!("{start}{end}")).ok()).unwrap()
}

pub(crate) fn mykad() -> Identity {
    Identity::parse(IdentityKind::MyKad, "880202-10-5432", date("2026-11-23")).unwrap()
}

pub(crate) fn passport() -> Identity {
    Identity::parse(IdentityKind::Passport, "B7654321", date("2026-11-23")).unwrap()
}

pub(crate) fn booking(what: &str) -> Booking {
    Booking {
        reference: reference("K7QM29XTC"),
        sequence: 0,
        queue: 12,
        slot: slot("SGR-KAJANG", what, "2027-01-05", time(9, 0)),
        minutes: 60,
        applicant: Applicant {
            email: Email::parse("aminah@example.com").unwrap(),
            email_proved: true,
            name: PersonName::parse("Siti Aminah binti Ali").unwrap(),
            identity: mykad(),
            address: Address::parse("No. 12, Jalan Mawar 3/4, Taman Melati, 53100 Kuala Lumpur").unwrap(),
            phone: Phone::parse("012-345 6789").unwrap(),
        },
        language: Language::Ms,
        state: BookingState::Booked,
        issued_at: now(),
    }
}

/// A value of every field.
pub(crate) fn given() -> Vec<Given> {
    let booking = booking("VPP-PLS-L");
    Field::ALL
        .into_iter()
        .map(|field| match field {
            Field::Email => Given::Email(booking.applicant.email.clone()),
            Field::Name => Given::Name(booking.applicant.name.clone()),
            Field::Identity => Given::Identity(mykad()),
            Field::Address => Given::Address(booking.applicant.address.clone()),
            Field::Phone => Given::Phone(booking.applicant.phone.clone()),
            Field::State => Given::State(state("MY-10")),
            Field::Branch => Given::Branch(branch("SGR-KAJANG")),
            Field::Service => Given::Service(service("VPP-PLS-L")),
            Field::Date => Given::Date(booking.slot.date),
            Field::Slot => Given::Slot(booking.slot.time),
        })
        .collect()
}

pub(crate) fn rejections() -> Vec<(Field, Rejection)> {
    let of = |field: Field, rejections: Vec<Rejection>| rejections.into_iter().map(move |one| (field, one));
    let common = [(Field::Name, Rejection::Empty), (Field::Phone, Rejection::Lookalike)];
    let email = vec![
        Rejection::EmailNone,
        Rejection::EmailSeveral,
        Rejection::EmailShape,
        Rejection::EmailDomain,
        Rejection::EmailLength { max: 254 },
    ];
    let name = vec![
        Rejection::NameTooShort,
        Rejection::NameTooLong { got: 180, max: 150 },
        Rejection::NameDigit,
        Rejection::NameMark { found: '#' },
        Rejection::NameIsEmail,
    ];
    let identity = vec![
        Rejection::MyKadLength { got: 1 },
        Rejection::MyKadLength { got: 11 },
        Rejection::MyKadCharacter { found: 'X' },
        Rejection::MyKadDate,
        Rejection::MyKadBirthplace { code: "17".to_owned() },
        Rejection::OldIdentityCard,
        Rejection::LooksLikePassport,
        Rejection::LooksLikeMyKad,
        Rejection::PassportLength { got: 4, min: 6, max: 9 },
        Rejection::PassportCharacter { found: '.' },
        Rejection::PassportNoDigit,
        Rejection::PassportZeros,
        Rejection::PassportFiller,
        Rejection::PassportMachineZone,
        Rejection::DocumentLength { got: 3, min: 5, max: 20 },
        Rejection::DocumentCharacter { found: '*' },
        Rejection::DocumentNoDigit,
    ];
    let phone = vec![
        Rejection::PhoneNone,
        Rejection::PhoneLetters,
        Rejection::PhoneCharacter { found: '_' },
        Rejection::PhoneIsEmail,
        Rejection::PhoneSeveral,
        Rejection::PhoneLength { got: 1, expected: None },
        Rejection::PhoneLength { got: 9, expected: Some(10) },
        Rejection::PhoneNoAreaCode,
        Rejection::PhoneAreaCode { code: "02".to_owned() },
        Rejection::PhoneNeedsPlus,
        Rejection::PhoneCountryCode,
        Rejection::PhoneEmergency,
        Rejection::PhoneShortCode,
        Rejection::PhoneService,
        Rejection::PhoneZeros,
    ];
    let address = vec![
        Rejection::AddressNoPostcode,
        Rejection::AddressNoState { postcode: "99999".to_owned() },
        Rejection::AddressNoStreet,
        Rejection::AddressTooLong { got: 700, max: 500 },
    ];
    let reference = vec![Rejection::ReferenceShape, Rejection::ReferenceCheck];
    common
        .into_iter()
        .chain(of(Field::Email, email))
        .chain(of(Field::Name, name))
        .chain(of(Field::Identity, identity))
        .chain(of(Field::Phone, phone))
        .chain(of(Field::Address, address))
        .chain(of(Field::Branch, reference))
        .collect()
}

pub(crate) fn expected() -> Vec<Expected> {
    let others = [
        Expected::Form,
        Expected::Choice,
        Expected::YesNo,
        Expected::Code,
        Expected::Language,
        Expected::WhichField,
    ];
    Field::ALL.into_iter().map(Expected::Field).chain(others).collect()
}

pub(crate) fn commands() -> Vec<Command> {
    let mut all = vec![
        Command::Start,
        Command::Help,
        Command::Back,
        Command::Change(None),
        Command::Restart,
        Command::Stop,
        Command::Language(None),
        Command::Language(Some(Language::En)),
        Command::Bookings,
        Command::Cancel,
        Command::Move,
        Command::Slip,
        Command::NewCode,
        Command::Questions,
        Command::Documents,
        Command::Terms,
        Command::Privacy,
        Command::Elsewhere,
        Command::Book,
    ];
    all.extend(Field::ALL.map(|field| Command::Change(Some(field))));
    all
}

fn works() -> Reason {
    Reason { ms: "kerja penyelenggaraan kabel".to_owned(), en: "cable maintenance".to_owned() }
}

pub(crate) fn closed() -> Vec<Closed> {
    let name = Reason { ms: "Hari Deepavali".to_owned(), en: "Deepavali".to_owned() };
    let works = works();
    vec![
        Closed::RestDay,
        Closed::Holiday { name: name.clone(), estimated: false },
        Closed::Holiday { name, estimated: true },
        Closed::Closure { reason: works.clone() },
        Closed::Exception { reason: works },
    ]
}

pub(crate) fn hold() -> Hold {
    let slot = booking("VPP-PLS-L").slot;
    Hold { id: HoldId(Uuid::nil()), slot, minutes: 60, until: now() + TimeDelta::minutes(9) }
}

/// Everything that can be said, questions last.
pub(crate) fn says() -> Vec<Say> {
    let stay = booking("VPP-PLS-L");
    let email = stay.applicant.email.clone();
    let slot = stay.slot.clone();
    let day = slot.date;
    let unproved = Booking {
        applicant: Applicant { email_proved: false, ..stay.applicant.clone() },
        slot: self::slot("KDH-UTC", "BKP-PASPORT", "2027-01-05", time(9, 0)),
        ..stay.clone()
    };
    let mut all = vec![
        Say::Welcome,
        Say::Notice,
        Say::Privacy,
        Say::Terms,
        Say::TermsNeeded,
        Say::Help,
        Say::Questions,
        Say::Documents,
        Say::Took(given().into_iter().take(1).collect()),
        Say::Took(given()),
        Say::Attachments,
        Say::Handover { code: "SB-7KQ2M-X9TRC".to_owned(), minutes: 30 },
        Say::TakenOver,
        Say::TakenInPart,
        Say::NoHandover,
        Say::TooLong { limit: 4000 },
        Say::Stale,
        Say::Tapped { question: 7, value: Value::Yes },
        Say::NotRead(Unread::Edited),
        Say::NotRead(Unread::Forwarded),
        Say::Nearest(vec![(branch("KUL-DUTA"), 3), (branch("SGR-HQ"), 21)]),
        Say::CodeSent { email, minutes: 15 },
        Say::CodeWrong { left: 1 },
        Say::CodeWrong { left: 4 },
        Say::CodeSpent,
        Say::CodeLater { until: now() + TimeDelta::minutes(9) },
        Say::CodeLater { until: now() + TimeDelta::hours(20) },
        Say::CodeElsewhere,
        Say::Proved,
        Say::Unproved,
        Say::DayFull { date: day },
        Say::DayWithoutSlots { date: day },
        Say::DayTooSoon { date: date("2026-11-23"), first: date("2026-11-24") },
        Say::DayTooLate { date: date("2027-05-03"), last: date("2027-02-23") },
        Say::NoDays { branch: branch("SGR-KAJANG"), service: service("BKP-PASPORT") },
        Say::HolidaysUnknown { year: 2029 },
        Say::NotAtBranch { branch: branch("SGR-KAJANG"), service: service("BPA-MAID") },
        Say::NotAtBranch { branch: branch("PLS-UTC"), service: service("SALAH") },
        Say::NoSlotAt { time: time(12, 30) },
        Say::SlotFull { slot: slot.clone() },
        Say::SlotGone { slot: slot.clone() },
        Say::Held(hold()),
        Say::HeldAgain,
        Say::HoldLost { slot: slot.clone() },
        Say::LiveBooking { service: slot.service.clone() },
        Say::TooMany { limit: 5 },
        Say::Blocked { until: "2027-03-01T00:00:00Z".parse().unwrap() },
        Say::Confirmed(Box::new(stay.clone())),
        Say::Confirmed(Box::new(unproved)),
        Say::Moved(Box::new(stay.clone())),
        Say::Slip(Box::new(stay.clone())),
        Say::Cancelled(Box::new(stay.clone())),
        Say::Closed { booking: Box::new(stay.clone()), reason: works(), offered: true },
        Say::Closed { booking: Box::new(stay.clone()), reason: works(), offered: false },
        Say::OfferDeclined,
        Say::ClosingDone(Box::new(Summary {
            branch: branch("SGR-KAJANG"),
            from: date("2027-01-05"),
            to: date("2027-01-06"),
            bookings: 500,
            told: 488,
            offered: 500,
            accepted: 217,
            not_reached: 12,
        })),
        Say::ClosingDone(Box::new(Summary {
            branch: branch("SGR-KAJANG"),
            from: date("2027-01-05"),
            to: date("2027-01-05"),
            bookings: 1,
            told: 1,
            offered: 0,
            accepted: 0,
            not_reached: 0,
        })),
        Say::CalledOff { booking: Box::new(stay), reason: "Sistem tergendala / System down".to_owned() },
        Say::NowBlocked {
            until: "2027-03-01T00:00:00Z".parse().unwrap(),
            reason: "Dokumen diragui / Documents in doubt".to_owned(),
        },
        Say::NoSuchBooking,
        Say::TooLateToChange,
        Say::NoBookings,
        Say::Stopped,
        Say::Restarted,
        Say::StartedAfresh,
        Say::LanguageNow(Language::Ms),
        Say::LanguageNow(Language::En),
        Say::AtTheStart,
    ];
    let standings = [
        SlipStanding::Genuine,
        SlipStanding::Replaced,
        SlipStanding::Cancelled,
        SlipStanding::Over,
        SlipStanding::Unknown,
    ];
    all.extend(standings.map(|standing| Say::SlipChecked { reference: reference("W4RT8PKQH"), standing }));
    let next = [Some(date("2027-01-06")), None];
    all.extend(closed().into_iter().enumerate().map(|(nth, why)| Say::DayClosed {
        branch: branch("KUL-DUTA"),
        date: day,
        why,
        next: next[nth % 2],
    }));
    all.extend(expected().into_iter().map(Say::NotUnderstood));
    all.extend(rejections().into_iter().map(|(field, rejection)| Say::Refused(field, rejection)));
    all.extend(crate::questions::questions());
    all.extend(crate::staff::says());
    all
}
