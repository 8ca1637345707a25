//! The fields of a booking and the languages of a conversation.

use serde::{Deserialize, Serialize};

/// One field of the booking that a person fills in, in the order in which they are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// E-mail address.
    Email,
    /// Full name, as on the document.
    Name,
    /// Number of the identity card, passport or other document.
    Identity,
    /// Full address with postcode.
    Address,
    /// Telephone number.
    Phone,
    /// State or federal territory of the branch.
    State,
    /// Branch.
    Branch,
    /// Service.
    Service,
    /// Day of the appointment.
    Date,
    /// Time of the appointment.
    Slot,
}

impl Field {
    /// Every field, in the order in which they are asked.
    pub const ALL: [Field; 10] = [
        Field::Email,
        Field::Name,
        Field::Identity,
        Field::Address,
        Field::Phone,
        Field::State,
        Field::Branch,
        Field::Service,
        Field::Date,
        Field::Slot,
    ];

    /// The stable name, as stored and as the dialogues' messages select on it.
    pub fn name(self) -> &'static str {
        match self {
            Field::Email => "email",
            Field::Name => "name",
            Field::Identity => "identity",
            Field::Address => "address",
            Field::Phone => "phone",
            Field::State => "state",
            Field::Branch => "branch",
            Field::Service => "service",
            Field::Date => "date",
            Field::Slot => "slot",
        }
    }

    /// The field of that [`name`](Field::name).
    pub fn parse(name: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.name() == name)
    }
}

/// A language the assistant answers in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Bahasa Melayu.
    #[default]
    Ms,
    /// English.
    En,
}

impl Language {
    /// Every language, the default one first.
    pub const ALL: [Language; 2] = [Language::Ms, Language::En];

    /// The ISO 639-1 code, which is also the folder of the language under `dialogues/`.
    pub fn name(self) -> &'static str {
        match self {
            Language::Ms => "ms",
            Language::En => "en",
        }
    }

    /// The language of that [`name`](Language::name).
    pub fn parse(name: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.name() == name)
    }
}
