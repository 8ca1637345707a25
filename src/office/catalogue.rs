//! What stands in the catalogue: states, services, branches and the dated rules.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::code::{BranchCode, Place, ServiceCode, StateCode};
use super::hours::{Span, Week};
use super::position::Position;

/// The same words in Malay and English.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Reason {
    /// In Malay.
    pub ms: String,
    /// In English.
    pub en: String,
}

/// A state or federal territory.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct State {
    /// ISO 3166-2.
    pub code: StateCode,
    /// Its name in Malay.
    pub name_ms: String,
    /// Its name in English.
    pub name_en: String,
    /// What people also call it: `N9`, `Ganu`, `Penang`.
    pub words: Vec<String>,
}

/// A kind of business done at a counter.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Service {
    /// Its code.
    pub code: ServiceCode,
    /// Its full name in Malay.
    pub name_ms: String,
    /// Its full name in English.
    pub name_en: String,
    /// A name for a button or a list, in Malay.
    pub short_ms: String,
    /// A name for a button or a list, in English.
    pub short_en: String,
    /// Whether its very name hints at an offence and must be kept from lists, subjects and notifications.
    pub sensitive: bool,
    /// What people call it, in any language.
    pub words: Vec<String>,
    /// Where the documents to bring are listed.
    pub documents: String,
    /// Length of a slot in minutes where a branch sets no other.
    pub minutes: u32,
    /// Places in a slot where a branch sets no other.
    pub capacity: u32,
    /// Which of its values are made up.
    pub samples: BTreeSet<Sample>,
}

/// An office, or a counter in an Urban Transformation Centre.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Branch {
    /// Its code.
    pub code: BranchCode,
    /// Its full name, as on the slip.
    pub name: String,
    /// A name for a button or a list.
    pub short: String,
    /// The state it stands in.
    pub state: StateCode,
    /// Street address with postcode and town, on one line.
    pub address: String,
    /// Telephone number as printed.
    pub phone: Option<String>,
    /// Where it stands, to find the nearest; about as exact as a town.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// Town, building and nicknames by which people know it.
    pub words: Vec<String>,
    /// Usual hours; every day of the week is named.
    pub hours: Week,
    /// What can be done there, in the order of the services.
    pub services: Vec<Offer>,
    /// Which of its values are made up and must not be shown as fact.
    pub samples: BTreeSet<Sample>,
    /// Where each value comes from.
    pub sources: BTreeMap<String, String>,
}

impl Branch {
    /// How the branch offers a service, if it does.
    pub fn offer(&self, service: &ServiceCode) -> Option<&Offer> {
        self.services.iter().find(|offer| offer.service == *service)
    }

    /// The narrowest of the places that takes in this branch.
    pub(crate) fn narrowest<'a>(&self, places: &'a [Place]) -> Option<&'a Place> {
        places.iter().filter(|place| self.within(place)).max()
    }

    /// Whether the branch lies in a place.
    pub(crate) fn within(&self, place: &Place) -> bool {
        match place {
            Place::Nation => true,
            Place::State(state) => *state == self.state,
            Place::Branch(branch) => *branch == self.code,
        }
    }
}

/// A service at a branch.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Offer {
    /// Which service.
    pub service: ServiceCode,
    /// Length of a slot, in minutes.
    pub minutes: u32,
    /// Places in a slot.
    pub capacity: u32,
}

/// A value that is made up, to have something to work with, until the Department confirms the true one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sample {
    /// The name.
    Name,
    /// The whole address.
    Address,
    /// The postcode in the address.
    Postcode,
    /// The telephone number.
    Phone,
    /// The opening hours.
    Hours,
    /// The list of services.
    Services,
    /// Slot lengths and places in a slot.
    Slots,
}

impl Sample {
    /// Every mark, in the order it is written.
    pub const ALL: [Self; 7] =
        [Self::Name, Self::Address, Self::Postcode, Self::Phone, Self::Hours, Self::Services, Self::Slots];

    /// The word in the files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Address => "address",
            Self::Postcode => "postcode",
            Self::Phone => "phone",
            Self::Hours => "hours",
            Self::Services => "services",
            Self::Slots => "slots",
        }
    }
}

impl fmt::Display for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Other weekly hours for some time: Ramadan, a season, or for good. Holidays still close the branch.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Period {
    /// Where it holds.
    pub places: Vec<Place>,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day; `None` for good.
    pub to: Option<NaiveDate>,
    /// Why; said to the applicant. A lasting change needs none.
    pub reason: Option<Reason>,
    /// The days that differ; one not named stays as usual.
    pub hours: Week,
}

impl Period {
    /// Whether the date lies in it.
    pub(crate) fn covers(&self, date: NaiveDate) -> bool {
        self.from <= date && self.to.is_none_or(|to| date <= to)
    }
}

/// One date that is unlike the others.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Exception {
    /// Where it holds.
    pub places: Vec<Place>,
    /// The date.
    pub date: NaiveDate,
    /// What is different.
    pub change: Change,
    /// Why; said to the applicant.
    pub reason: Reason,
}

/// How a date differs from the usual.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Open in just these hours, even on a holiday or a rest day.
    Open(Vec<Span>),
    /// Not open at all.
    Closed,
    /// As usual, but closing early (the eve of a festival). A day closed anyway stays closed.
    Until(NaiveTime),
    /// As usual, but opening late. A day closed anyway stays closed.
    From(NaiveTime),
}

/// Days, or hours of them, on which nothing opens, whatever else is written.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Closure {
    /// Where it holds.
    pub places: Vec<Place>,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// The hours that are closed on each of its days; `None` is the whole day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Span>,
    /// Why; said to the applicant.
    pub reason: Reason,
}

impl Closure {
    /// Whether the date lies in it.
    pub(crate) fn covers(&self, date: NaiveDate) -> bool {
        self.from <= date && date <= self.to
    }
}

/// A public holiday, of the nation or of some states.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Holiday {
    /// The date.
    pub date: NaiveDate,
    /// Its name.
    pub name: Reason,
    /// The nation, or states.
    pub places: Vec<Place>,
    /// Whether it stands in for a holiday that fell on a rest day (section 3, Holidays Act 1951).
    pub in_lieu: bool,
    /// Whether the date goes by the moon and is not fixed yet.
    pub estimated: bool,
}
