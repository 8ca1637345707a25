//! Where one conversation stands. Stored between messages; a format with a version.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::understand::{DateWish, TimeWish};
use super::{Field, Given, Language, Pending, Value};
use crate::booking::{
    Address, Applicant, Email, Hold, Identity, IdentityKind, PersonName, Phone, Reference, SlotKey,
};
use crate::office::{BranchCode, ServiceCode, StateCode};
use crate::staff::Desk;

/// The version of the stored form. Raised when an older program could not read it.
const VERSION: u32 = 1;

/// The version of the terms and the privacy notice in `dialogues/`. Raised when their meaning changes;
/// people who agreed to an older one are asked again.
pub const TERMS_VERSION: u32 = 1;

/// One conversation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct State {
    version: u32,
    /// Whether everything is asked at once, in a form, as by mail.
    #[serde(default)]
    pub whole: bool,
    /// The language chosen, if one was.
    pub language: Option<Language>,
    /// The agreement to the terms, if given.
    pub consent: Option<Consent>,
    /// The address proved to be the person's own.
    pub proved: Option<Email>,
    /// The address the last code was sent to, so that coming back to the question sends no other.
    pub code_sent_to: Option<Email>,
    /// What has been given for the booking being made.
    pub frame: Frame,
    /// The place held for it.
    pub hold: Option<Hold>,
    /// The booking it replaces, when one is being moved.
    pub moving: Option<Reference>,
    /// Whether a booking is being made (or moved); false once it is confirmed or dropped.
    pub active: bool,
    /// The question that is open.
    pub ask: Ask,
    /// What the numbers of the open question stand for.
    pub offered: Vec<Value>,
    /// Counts questions, so that a tap on an old one is noticed.
    pub number: u32,
    /// The page of the open question's choices that is being turned to.
    #[serde(default)]
    pub page: Option<u32>,
    /// A day asked for in words that only the list of free days can settle ("paling awal").
    pub date_wish: Option<DateWish>,
    /// A day that could not be had: days near it are offered first.
    pub near: Option<NaiveDate>,
    /// A time asked for before the day's slots were known ("esok pagi").
    pub time_wish: Option<TimeWish>,
    /// An address without its postcode, which may follow by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address_begun: Option<String>,
    /// Details of last time that may be offered once.
    pub last_time: Option<Box<Applicant>>,
    /// What the person's bookings are being looked up for.
    pub looking: Looking,
    /// Where the conversation as a member of staff stands, for those who are one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desk: Option<Box<Desk>>,
    /// Places held for the person since appointments of theirs were called off.
    #[serde(default)]
    pub offers: Vec<Pending>,
}

/// What the person's bookings are looked up for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Looking {
    /// To show them all.
    List,
    /// To show one and what can be done with it.
    At(Reference),
    /// To send the slip of this one again, or to ask which.
    Slip(Option<Reference>),
    /// To cancel this one, or to ask which.
    ToCancel(Option<Reference>),
    /// To move this one, or to ask which.
    ToMove(Option<Reference>),
}

/// The agreement to the terms and the notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Which version was shown.
    pub version: u32,
    /// When it was agreed to.
    pub at: DateTime<Utc>,
}

/// The booking's fields, each as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Frame {
    /// E-mail address.
    pub email: Option<Email>,
    /// Name as on the document.
    pub name: Option<PersonName>,
    /// The kind of document that is about to be asked for.
    pub identity_kind: Option<IdentityKind>,
    /// Identity document.
    pub identity: Option<Identity>,
    /// Address.
    pub address: Option<Address>,
    /// Telephone.
    pub phone: Option<Phone>,
    /// State of the branch.
    pub state: Option<StateCode>,
    /// Branch.
    pub branch: Option<BranchCode>,
    /// Service.
    pub service: Option<ServiceCode>,
    /// Day.
    pub date: Option<NaiveDate>,
    /// Start time.
    pub time: Option<NaiveTime>,
}

impl Frame {
    /// What a field holds.
    pub fn get(&self, field: Field) -> Option<Given> {
        match field {
            Field::Email => self.email.clone().map(Given::Email),
            Field::Name => self.name.clone().map(Given::Name),
            Field::Identity => self.identity.clone().map(Given::Identity),
            Field::Address => self.address.clone().map(Given::Address),
            Field::Phone => self.phone.clone().map(Given::Phone),
            Field::State => self.state.clone().map(Given::State),
            Field::Branch => self.branch.clone().map(Given::Branch),
            Field::Service => self.service.clone().map(Given::Service),
            Field::Date => self.date.map(Given::Date),
            Field::Slot => self.time.map(Given::Slot),
        }
    }

    /// Everything given, in the order of the questions; the state is part of the branch once that is known.
    pub fn given(&self) -> Vec<Given> {
        Field::ALL
            .into_iter()
            .filter(|field| *field != Field::State || self.branch.is_none())
            .filter_map(|field| self.get(field))
            .collect()
    }

    /// The slot, once branch, service, day and time are all known.
    pub fn slot(&self) -> Option<SlotKey> {
        Some(SlotKey {
            branch: self.branch.clone()?,
            service: self.service.clone()?,
            date: self.date?,
            time: self.time?,
        })
    }

    /// The applicant, once all of them is known.
    pub fn applicant(&self, email_proved: bool) -> Option<Applicant> {
        Some(Applicant {
            email: self.email.clone()?,
            email_proved,
            name: self.name.clone()?,
            identity: self.identity.clone()?,
            address: self.address.clone()?,
            phone: self.phone.clone()?,
        })
    }

    /// Takes over what is known of a person.
    pub fn fill(&mut self, applicant: &Applicant) {
        self.name = Some(applicant.name.clone());
        self.identity = Some(applicant.identity.clone());
        self.address = Some(applicant.address.clone());
        self.phone = Some(applicant.phone.clone());
    }

    /// Takes over branch, service, day and time.
    pub fn choose(&mut self, slot: &SlotKey) {
        self.branch = Some(slot.branch.clone());
        self.service = Some(slot.service.clone());
        self.date = Some(slot.date);
        self.time = Some(slot.time);
    }
}

/// The question that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// Nothing has been said yet.
    Nothing,
    /// Which language?
    Language,
    /// Agree to the terms?
    Terms,
    /// All of the form that is still missing.
    Form,
    /// A value for this field.
    Field(Field),
    /// The code sent to this address.
    Code(Email),
    /// Is this address meant instead?
    EmailMeant {
        /// As typed.
        typed: Email,
        /// As probably meant.
        meant: Email,
    },
    /// Is this document meant, although the other kind was asked for?
    IdentityMeant(Identity),
    /// Use the details of last time?
    Reuse,
    /// Which of the candidates for this field?
    Which(Field),
    /// Which other slot, since the one asked for is gone?
    OtherSlot(SlotKey),
    /// Confirm?
    Review,
    /// What is to be changed?
    Change,
    /// No place can be given like this: what is to be changed?
    Blocked,
    /// Which booking?
    Bookings,
    /// What to do with this booking?
    Booking(Reference),
    /// Really cancel it?
    Cancel(Reference),
    /// Take the place that is held instead of this appointment?
    Offer(Reference),
    /// Go on with the draft or begin again?
    Resume,
    /// Nothing is open.
    Idle,
}

impl State {
    /// A conversation that has not begun.
    pub fn new() -> State {
        State {
            version: VERSION,
            whole: false,
            language: None,
            consent: None,
            proved: None,
            code_sent_to: None,
            frame: Frame::default(),
            hold: None,
            moving: None,
            active: true,
            ask: Ask::Nothing,
            offered: Vec::new(),
            number: 0,
            page: None,
            date_wish: None,
            near: None,
            time_wish: None,
            address_begun: None,
            last_time: None,
            looking: Looking::List,
            desk: None,
            offers: Vec::new(),
        }
    }

    /// The stored form.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads the stored form; of one that cannot be read, keeps what can be kept.
    ///
    /// The flag is false when something was lost, so that the person can be told.
    pub fn from_json(json: &str) -> (State, bool) {
        let whole = serde_json::from_str::<State>(json).ok().filter(|state| state.version == VERSION);
        match whole {
            Some(state) => (state, true),
            None => (State::salvage(json), false),
        }
    }

    fn salvage(json: &str) -> State {
        let mut state = State::new();
        let Ok(serde_json::Value::Object(mut map)) = serde_json::from_str(json) else { return state };
        let mut take = |key: &str| map.remove(key).unwrap_or_default();
        state.whole = serde_json::from_value(take("whole")).unwrap_or_default();
        state.language = serde_json::from_value(take("language")).unwrap_or_default();
        state.consent = serde_json::from_value(take("consent")).unwrap_or_default();
        state.proved = serde_json::from_value(take("proved")).unwrap_or_default();
        state.offers = serde_json::from_value(take("offers")).unwrap_or_default();
        state.number = serde_json::from_value(take("number")).unwrap_or_default();
        if let serde_json::Value::Object(frame) = take("frame") {
            for (key, value) in frame {
                let mut one = serde_json::Map::new();
                one.insert(key, value);
                if let Ok(part) = serde_json::from_value::<Frame>(one.into()) {
                    state.frame.merge(part);
                }
            }
        }
        state
    }

    /// The language to speak; until one is chosen, the first of all.
    pub fn language(&self) -> Language {
        self.language.unwrap_or(Language::Ms)
    }

    /// Whether anything of a booking has been given that would be lost.
    pub fn has_draft(&self) -> bool {
        self.active && (self.hold.is_some() || self.moving.is_some() || self.frame != Frame::default())
    }
}

impl Default for State {
    fn default() -> State {
        State::new()
    }
}

impl Frame {
    fn merge(&mut self, part: Frame) {
        fn put<T>(into: &mut Option<T>, from: Option<T>) {
            if from.is_some() {
                *into = from;
            }
        }
        put(&mut self.email, part.email);
        put(&mut self.name, part.name);
        put(&mut self.identity, part.identity);
        put(&mut self.address, part.address);
        put(&mut self.phone, part.phone);
        put(&mut self.state, part.state);
        put(&mut self.branch, part.branch);
        put(&mut self.service, part.service);
        put(&mut self.date, part.date);
        put(&mut self.time, part.time);
    }
}
