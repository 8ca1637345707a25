use serde::{Deserialize, Serialize};

use super::{Address, Email, Identity, PersonName, Phone};

/// One person who asks for an appointment: the fields STO asks for, and no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    /// Where the slip goes.
    pub email: Email,
    /// Whether the person has shown that they read this mailbox.
    pub email_proved: bool,
    /// Full name, as on the document.
    pub name: PersonName,
    /// The document they will bring.
    pub identity: Identity,
    /// Full address.
    pub address: Address,
    /// Telephone number.
    pub phone: Phone,
}
