//! What comes into the dialogue, and what it wants done.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Language, Say, State, Summary, Unread, Value};
use crate::booking::{
    Applicant, Booking, Email, FreeDay, FreeSlot, Hold, HoldId, Identity, NoPlace, Reference, SlipStanding,
    SlotKey,
};
use crate::office::{BranchCode, Position, Reason, ServiceCode};

/// Something that happened: a message of the person, or the answer to an [`Effect`].
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The channel was opened (`/start`, a terminal): greet, or go on where it stopped.
    Opened,
    /// A text.
    Text(String),
    /// A tap on a choice.
    Chose {
        /// What it stands for.
        value: Value,
        /// The question it belongs to, where the channel knows.
        question: Option<u32>,
    },
    /// A letter that proves its sender's address, since it answers one that was sent there.
    Letter(Box<Letter>),
    /// A letter whose sender may be anybody. Nothing is shown and nothing is changed: the form is sent.
    Stranger,
    /// Something that is no text: a picture, a sticker, a voice message.
    Unreadable,
    /// A text that is not read as an answer.
    Unread(Unread),
    /// The person's own telephone number, handed over by the channel.
    Contact(String),
    /// Where the person is. Used to find the nearest branches, and not kept.
    Location(Position),
    /// The chat was opened by a link to a branch.
    OpenedAt(BranchCode),
    /// The chat was opened by the link on a slip: is the slip still good?
    SlipOpened {
        /// The booking it names.
        reference: Reference,
        /// Which issue of it.
        sequence: u32,
    },

    /// The chat was opened by the link of an invitation to staff.
    Invited(String),
    /// The hour has come at which a member of staff wants the list of the day.
    ListDue,

    /// The stored state could not be read whole; what could be kept was.
    Salvaged,
    /// Answers [`Effect::SendCode`].
    CodeSent {
        /// Where to.
        email: Email,
        /// How many minutes it is good for.
        minutes: i64,
    },
    /// Answers [`Effect::SendCode`]: too many were sent.
    CodeLater {
        /// Ask again then.
        until: DateTime<Utc>,
    },
    /// Answers [`Effect::CheckCode`].
    CodeRight(Email),
    /// Answers [`Effect::CheckCode`].
    CodeWrong {
        /// Tries left.
        left: u32,
    },
    /// Answers [`Effect::CheckCode`]: out of time or tries, or there is none.
    CodeSpent,
    /// Answers [`Effect::Recall`].
    Recalled(Option<Box<Applicant>>),
    /// Answers [`Effect::FindDays`].
    Days(Vec<FreeDay>),
    /// Answers [`Effect::FindSlots`].
    Slots {
        /// The day.
        date: NaiveDate,
        /// Its slots.
        slots: Vec<FreeSlot>,
    },
    /// Answers [`Effect::Hold`].
    Held(Hold),
    /// Answers [`Effect::Hold`] and [`Effect::Confirm`].
    NoPlace {
        /// The slot asked for.
        slot: SlotKey,
        /// Why not.
        why: NoPlace,
    },
    /// Answers [`Effect::Confirm`]: the hold is forgotten.
    HoldGone,
    /// Answers [`Effect::Confirm`].
    Confirmed(Box<Booking>),
    /// Answers [`Effect::FindBookings`].
    Bookings(Vec<Booking>),
    /// Answers [`Effect::PutHandover`].
    HandoverPut {
        /// The code.
        code: String,
        /// How many minutes it is good for.
        minutes: i64,
    },
    /// Answers [`Effect::FindHandover`]: the conversation that asked for the code; none for a wrong or old one.
    HandoverFound {
        /// The code.
        code: String,
        /// Where the conversation stands.
        other: Option<Box<State>>,
    },
    /// Answers [`Effect::Cancel`].
    Cancelled(Box<Booking>),
    /// Answers [`Effect::Cancel`]: no such live booking of this person.
    NoSuchBooking,
    /// Answers [`Effect::Cancel`]: it has begun or is over.
    TooLateToChange,
    /// Staff have called an appointment of the person off.
    CalledOff {
        /// The appointment, as it stood.
        booking: Box<Booking>,
        /// Why, in the words of staff.
        reason: String,
    },
    /// An appointment of the person had to make way for a closing.
    Closed {
        /// The appointment, as it stood.
        booking: Box<Booking>,
        /// Why the branch closes.
        reason: Reason,
        /// The place held for them instead.
        offer: Option<Hold>,
    },
    /// All whom a closing concerns were told, or cannot be reached. For who ordered it.
    ClosingDone(Box<Summary>),
    /// Answers [`Effect::Accept`].
    Accepted {
        /// The appointment that was called off.
        reference: Reference,
        /// The new one.
        booking: Box<Booking>,
    },
    /// Answers [`Effect::Accept`]: the offer had run out, and its place could not be won again.
    OfferGone {
        /// The appointment that was called off.
        reference: Reference,
        /// Why not.
        why: NoPlace,
    },
    /// An identity of the person may not book for a time.
    NowBlocked {
        /// The language of the person's appointment.
        language: Language,
        /// End of the block.
        until: DateTime<Utc>,
        /// Why, in the words of staff.
        reason: String,
    },
    /// Answers [`Effect::CheckSlip`].
    SlipChecked {
        /// The booking.
        reference: Reference,
        /// What the slip is worth.
        standing: SlipStanding,
    },
}

/// A letter as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The address it proves.
    pub email: Email,
    /// The language it seems to be in.
    pub language: Language,
    /// What its writer wrote.
    pub own: String,
    /// The same with the letter that is answered, inside of which a form may have been filled.
    pub whole: String,
    /// Whether that letter holds the form.
    pub has_form: bool,
    /// The question that the answered letter asked, so that an answer to an old one is noticed; none for a code, a slip or
    /// the news of a cancellation, which ask nothing.
    pub question: Option<u32>,
    /// Whether something was attached, which nobody looks at.
    pub attachments: bool,
}

/// Something to be done outside; most are answered by an [`Event`] in the same turn.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Say this.
    Say(Say),
    /// Mail a new code to this address.
    SendCode(Email),
    /// Compare a code.
    CheckCode {
        /// The address it was sent to.
        email: Email,
        /// As typed, digits only.
        code: String,
    },
    /// Look up what the owner of this proved address gave last time.
    Recall(Email),
    /// Look up free days of the whole bookable window.
    FindDays {
        /// The branch.
        branch: BranchCode,
        /// The service.
        service: ServiceCode,
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
    },
    /// Look up the slots of a day.
    FindSlots {
        /// The branch.
        branch: BranchCode,
        /// The service.
        service: ServiceCode,
        /// The day.
        date: NaiveDate,
    },
    /// Hold a place. An earlier hold of this conversation is given back.
    Hold {
        /// The slot.
        slot: SlotKey,
        /// For whom.
        identity: Identity,
        /// The booking it will replace.
        instead_of: Option<Reference>,
    },
    /// Turn the hold into an appointment.
    Confirm {
        /// The hold.
        hold: HoldId,
        /// Who comes.
        applicant: Box<Applicant>,
    },
    /// Turn the place that was offered for an appointment that was called off into a new one.
    Accept {
        /// The appointment that was called off.
        reference: Reference,
        /// The place.
        hold: Hold,
        /// Who comes.
        applicant: Box<Applicant>,
    },
    /// Give such a place back. Not answered.
    Decline {
        /// The appointment that was called off.
        reference: Reference,
        /// The place.
        hold: HoldId,
    },
    /// Give the held place back. Not answered.
    Release(HoldId),
    /// Look up this person's live bookings.
    FindBookings,
    /// Cancel a booking.
    Cancel(Reference),
    /// Make a code with which this conversation's draft can be taken up in another.
    PutHandover,
    /// Look up which conversation a code is from.
    FindHandover(String),
    /// Take over the held place and the draft of the conversation a code is from, which loses both. Not answered.
    TakeOver(String),
    /// Look up what a slip is worth.
    CheckSlip {
        /// The booking.
        reference: Reference,
        /// The issue of the slip.
        sequence: u32,
    },
    /// Mail the slip to the booking's address. Not answered.
    MailSlip(Box<Booking>),
    /// Mail the news of a cancellation to the booking's address. Not answered.
    MailCancelled(Box<Booking>),
}
