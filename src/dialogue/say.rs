//! What is said, as data: the words are in `dialogues/`, the layout is the channel's.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Field, Language, Value};
use crate::booking::{
    Address, Booking, Email, Hold, Identity, IdentityKind, PersonName, Phone, Reference, Rejection,
    SlipStanding, SlotKey,
};
use crate::office::{BranchCode, Closed, Reason, ServiceCode, StateCode};
use crate::staff::{Paper, Reply};

/// One thing said to the person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Say {
    /// Greeting: what this is, free of charge, no agents. In both languages until one is chosen.
    Welcome,
    /// The short privacy notice, before any data is asked.
    Notice,
    /// The whole privacy notice.
    Privacy,
    /// The ten terms.
    Terms,
    /// Going on needs the agreement.
    TermsNeeded,
    /// What can be said at any time.
    Help,
    /// Where to ask questions: Portal Rekalibrasi, SMO, My Travel Pass, ePLKS.
    Questions,
    /// Where the documents are listed.
    Documents,
    /// What was understood and noted.
    Took(Vec<Given>),
    /// Why an answer was not accepted.
    Refused(Field, Rejection),
    /// Nothing was understood; what was expected, with an example.
    NotUnderstood(Expected),
    /// What is attached is not looked at.
    Attachments,
    /// The message is too long to read.
    TooLong {
        /// Characters allowed.
        limit: usize,
    },
    /// The tap belongs to a question that is over.
    Stale,
    /// This was tapped. No words of its own: a channel with buttons shows it where they were.
    Tapped {
        /// The question.
        question: u32,
        /// The choice.
        value: Value,
    },
    /// A text that is not read as an answer.
    NotRead(Unread),
    /// The branches nearest to where the person is, with the distance in kilometres.
    Nearest(Vec<(BranchCode, u32)>),
    /// What the slip is worth that was scanned.
    SlipChecked {
        /// The booking it names.
        reference: Reference,
        /// What it is worth.
        standing: SlipStanding,
    },
    /// A code was mailed.
    CodeSent {
        /// Where to.
        email: Email,
        /// How long it is good for.
        minutes: i64,
    },
    /// The code is wrong.
    CodeWrong {
        /// Tries left.
        left: u32,
    },
    /// The code has run out of time or tries; a new one is needed.
    CodeSpent,
    /// No code is sent before then: too many were asked for.
    CodeLater {
        /// From then on one may be asked for again.
        until: DateTime<Utc>,
    },
    /// A code was sent back by mail; it belongs into the conversation that asked for it.
    CodeElsewhere,
    /// The address is proved.
    Proved,
    /// The address is taken without proof, since no mail can be sent here.
    Unproved,
    /// The branch is closed that day.
    DayClosed {
        /// The branch.
        branch: BranchCode,
        /// The day asked for.
        date: NaiveDate,
        /// Why.
        why: Closed,
        /// The next day it is open within the window.
        next: Option<NaiveDate>,
    },
    /// All slots of the day are taken.
    DayFull {
        /// The day.
        date: NaiveDate,
    },
    /// The day offers no slot of this service, although the branch is open.
    DayWithoutSlots {
        /// The day.
        date: NaiveDate,
    },
    /// The day lies before the first bookable one.
    DayTooSoon {
        /// The day asked for.
        date: NaiveDate,
        /// First bookable day.
        first: NaiveDate,
    },
    /// The day lies after the last bookable one.
    DayTooLate {
        /// The day asked for.
        date: NaiveDate,
        /// Last bookable day.
        last: NaiveDate,
    },
    /// No day of the whole window is free.
    NoDays {
        /// The branch.
        branch: BranchCode,
        /// The service.
        service: ServiceCode,
    },
    /// The list of holidays for that year is not known yet, so the date may still turn out closed.
    HolidaysUnknown {
        /// The year.
        year: i32,
    },
    /// The branch does not offer the service; these do nearby, if any.
    NotAtBranch {
        /// The branch.
        branch: BranchCode,
        /// The service.
        service: ServiceCode,
    },
    /// There is no slot at that time of the day.
    NoSlotAt {
        /// The time asked for.
        time: NaiveTime,
    },
    /// The slot filled up before it was taken.
    SlotFull {
        /// The slot.
        slot: SlotKey,
    },
    /// The branch no longer offers the slot.
    SlotGone {
        /// The slot.
        slot: SlotKey,
    },
    /// A place is held.
    Held(Hold),
    /// The hold ran out, and the same place was won again.
    HeldAgain,
    /// The hold ran out and the place has gone to someone else.
    HoldLost {
        /// The slot.
        slot: SlotKey,
    },
    /// This identity already has a live booking for this service.
    LiveBooking {
        /// The service.
        service: ServiceCode,
    },
    /// Too many live bookings in this conversation.
    TooMany {
        /// The limit.
        limit: u32,
    },
    /// The identity is blocked.
    Blocked {
        /// End of the block.
        until: DateTime<Utc>,
    },
    /// The appointment stands.
    Confirmed(Box<Booking>),
    /// The appointment was moved.
    Moved(Box<Booking>),
    /// The slip follows: the channel attaches the files.
    Slip(Box<Booking>),
    /// An appointment was cancelled.
    Cancelled(Box<Booking>),
    /// Staff have called an appointment off.
    CalledOff {
        /// The appointment, as it stood.
        booking: Box<Booking>,
        /// Why, in the words of staff.
        reason: String,
    },
    /// An appointment had to make way for a closing.
    Closed {
        /// The appointment, as it stood.
        booking: Box<Booking>,
        /// Why the branch closes.
        reason: Reason,
        /// Whether another place is held for the person.
        offered: bool,
    },
    /// The place that was offered is given back.
    OfferDeclined,
    /// All whom a closing concerns were told, or cannot be reached.
    ClosingDone(Box<Summary>),
    /// An identity of the person may not book for a time; how to object.
    NowBlocked {
        /// End of the block.
        until: DateTime<Utc>,
        /// Why, in the words of staff.
        reason: String,
    },
    /// That booking cannot be found (any more).
    NoSuchBooking,
    /// That appointment is over or has begun.
    TooLateToChange,
    /// With this code the booking is gone on with elsewhere.
    Handover {
        /// The code.
        code: String,
        /// How long it is good for.
        minutes: i64,
    },
    /// The booking begun elsewhere goes on here.
    TakenOver,
    /// Branch, business, day and time were taken over; the person's details only once the same address is proved here.
    TakenInPart,
    /// The code is wrong or too old.
    NoHandover,
    /// There are no live bookings.
    NoBookings,
    /// The draft is gone, and a hold with it.
    Stopped,
    /// A new start.
    Restarted,
    /// An older draft could not be read after a change of the program; what could be kept was.
    StartedAfresh,
    /// The language is now this.
    LanguageNow(Language),
    /// Nothing to go back to.
    AtTheStart,
    /// Something told to a member of staff.
    Staff(Box<Reply>),
    /// A file for a member of staff: the channel makes it.
    Paper(Box<Paper>),
    /// A question, with its choices.
    Ask(Question),
}

/// A question and what may be chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// What is asked.
    pub prompt: Prompt,
    /// Choices in the order of their numbers.
    pub choices: Vec<Choice>,
    /// Tells this question from older ones, so that a late tap is noticed.
    pub number: u32,
    /// The page of its choices that was asked for, from 0, in a channel that shows them in pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}

/// One choice of a question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// What it stands for.
    pub value: Value,
    /// Places left, where that matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<u32>,
}

impl From<Value> for Choice {
    fn from(value: Value) -> Choice {
        Choice { value, places: None }
    }
}

/// What a question is about, with what its words need.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prompt {
    /// Which language?
    Language,
    /// Agree to the terms?
    Terms,
    /// The whole form, to be filled at once.
    Form {
        /// What is known already.
        given: Vec<Given>,
        /// Whether the terms have been agreed to.
        agreed: bool,
    },
    /// The code from the mail.
    Code(Email),
    /// The address looks mistyped: is this one meant?
    EmailMeant {
        /// As typed.
        typed: Email,
        /// As probably meant.
        meant: Email,
    },
    /// Is this document meant, although the other kind was asked for?
    IdentityMeant(Identity),
    /// Use what was given last time?
    Reuse(Vec<Given>),
    /// Which kind of document?
    IdentityKind,
    /// The document's number.
    IdentityNumber(IdentityKind),
    /// A field; `current` is what it holds, when it is being changed.
    Field {
        /// The field.
        field: Field,
        /// What it holds now.
        current: Option<Given>,
    },
    /// Which branch, of this state.
    Branch {
        /// The state; none when the branch is being changed.
        state: Option<StateCode>,
        /// What it is now.
        current: Option<BranchCode>,
    },
    /// Which service, of those of this branch.
    Service {
        /// The branch.
        branch: BranchCode,
    },
    /// Which day.
    Date {
        /// The branch.
        branch: BranchCode,
        /// The service.
        service: ServiceCode,
        /// First bookable day.
        first: NaiveDate,
        /// Last bookable day.
        last: NaiveDate,
        /// Days with slots: how many places are free; 0 is full. All other days are closed.
        days: Vec<(NaiveDate, u32)>,
    },
    /// Which time.
    Time {
        /// The branch.
        branch: BranchCode,
        /// The day.
        date: NaiveDate,
    },
    /// Which of these was meant?
    Which(Field),
    /// No place can be given like this: what is to be changed?
    Blocked,
    /// Which of these other slots, since the one asked for is gone?
    OtherSlot(SlotKey),
    /// All right like this?
    Review {
        /// Everything given, in order.
        given: Vec<Given>,
        /// The held place.
        hold: Hold,
        /// The booking this one replaces.
        moving: Option<Reference>,
    },
    /// What is to be changed?
    Change(Vec<Given>),
    /// One's bookings.
    Bookings(Vec<Booking>),
    /// What to do with this booking?
    Booking(Box<Booking>),
    /// Really cancel it?
    Cancel(Box<Booking>),
    /// Take the place that is held instead of an appointment that was called off?
    Offer(Box<Offer>),
    /// A draft is open: go on or begin again?
    Resume,
    /// Something told to a member of staff, with what they may choose next.
    Staff(Box<Reply>),
    /// Nothing is open: what next?
    Idle,
}

/// A place that is held instead of an appointment that was called off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The appointment that was called off.
    pub reference: Reference,
    /// Who was to come.
    pub name: PersonName,
    /// The place.
    pub hold: Hold,
}

/// A closing in numbers, once all were told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The branch.
    pub branch: BranchCode,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// Appointments that were called off.
    pub bookings: u32,
    /// How many of their people were told.
    pub told: u32,
    /// How many were offered another place.
    pub offered: u32,
    /// How many of them have taken it by now.
    pub accepted: u32,
    /// How many cannot be reached.
    pub not_reached: u32,
}

/// Why a text is not read as an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unread {
    /// It is an earlier message, edited.
    Edited,
    /// Somebody else wrote it.
    Forwarded,
}

/// What was expected of an answer that was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expected {
    /// A value of this field.
    Field(Field),
    /// Lines of the form.
    Form,
    /// One of the numbers shown.
    Choice,
    /// Yes or no.
    YesNo,
    /// The six digits of the code.
    Code,
    /// Bahasa Melayu or English.
    Language,
    /// A field's name.
    WhichField,
}

/// A value given by the person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Given {
    /// E-mail address.
    Email(Email),
    /// Name.
    Name(PersonName),
    /// Identity document.
    Identity(Identity),
    /// Address.
    Address(Address),
    /// Telephone.
    Phone(Phone),
    /// State.
    State(StateCode),
    /// Branch.
    Branch(BranchCode),
    /// Service.
    Service(ServiceCode),
    /// Day.
    Date(NaiveDate),
    /// Start time.
    Slot(NaiveTime),
}

impl Given {
    /// The field it belongs to.
    pub fn field(&self) -> Field {
        match self {
            Given::Email(_) => Field::Email,
            Given::Name(_) => Field::Name,
            Given::Identity(_) => Field::Identity,
            Given::Address(_) => Field::Address,
            Given::Phone(_) => Field::Phone,
            Given::State(_) => Field::State,
            Given::Branch(_) => Field::Branch,
            Given::Service(_) => Field::Service,
            Given::Date(_) => Field::Date,
            Given::Slot(_) => Field::Slot,
        }
    }
}
