//! What is personal: found by keyed hash, kept sealed.

use uuid::Uuid;

use super::{Connection, Db};
use crate::booking::{Applicant, Email, Identity, Reference};
use crate::keys::Keys;
use crate::store::{Contact, ConversationId, OutgoingId, Result, StoreError};

/// A keyed hash.
pub(in super::super) type Hash = Vec<u8>;

pub(super) fn identity(keys: &Keys, identity: &Identity) -> Hash {
    keys.hash("identity", &identity.canonical()).to_vec()
}

/// Mail servers tell capital letters apart on paper only, and people do not.
pub(super) fn email(keys: &Keys, email: &Email) -> Hash {
    keys.hash("email", &email.as_str().to_lowercase()).to_vec()
}

pub(in super::super) fn contact(keys: &Keys, contact: &Contact) -> Hash {
    keys.hash("contact", &format!("{}:{}", contact.channel, contact.address)).to_vec()
}

pub(super) fn code(keys: &Keys, conversation: ConversationId, email: &Email, code: &str) -> Hash {
    keys.hash("code", &format!("{} {} {code}", conversation.0, email.as_str())).to_vec()
}

pub(super) fn mail_token(keys: &Keys, token: &str) -> Hash {
    keys.hash("mail token", token).to_vec()
}

/// Compares in a time that does not tell how nearly.
pub(super) fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
}

/// Where a sealed text belongs. It cannot be opened anywhere else.
pub(in super::super) enum Spot<'a> {
    State(ConversationId),
    Message(OutgoingId),
    Memory(ConversationId),
    Applicant(&'a Reference),
    Profile(&'a [u8]),
    Token(&'a [u8]),
    Staff(Uuid),
    StaffAddress(Uuid),
    Audit(Uuid),
    Note(&'a Reference),
    Block(&'a [u8]),
    Address(&'a [u8]),
    Errand(ConversationId),
}

impl Spot<'_> {
    fn context(&self) -> String {
        match self {
            Spot::State(conversation) => format!("state {}", conversation.0),
            Spot::Message(id) => format!("message {id}"),
            Spot::Memory(conversation) => format!("memory {}", conversation.0),
            Spot::Applicant(reference) => format!("applicant {}", reference.as_str()),
            Spot::Token(hash) => format!("mail token {}", data_encoding::HEXLOWER.encode(hash)),
            Spot::Staff(id) => format!("staff {id}"),
            Spot::StaffAddress(id) => format!("staff address {id}"),
            Spot::Audit(id) => format!("audit {id}"),
            Spot::Note(reference) => format!("note {}", reference.as_str()),
            Spot::Block(identity) => format!("block {}", data_encoding::HEXLOWER.encode(identity)),
            Spot::Address(contact) => format!("address {}", data_encoding::HEXLOWER.encode(contact)),
            Spot::Errand(conversation) => format!("errand {}", conversation.0),
            Spot::Profile(email) => format!("profile {}", data_encoding::HEXLOWER.encode(email)),
        }
    }

    fn what(&self) -> &'static str {
        match self {
            Spot::State(_) => "conversation",
            Spot::Message(_) => "message",
            Spot::Memory(_) => "memory",
            Spot::Applicant(_) => "booking",
            Spot::Token(_) => "mail token",
            Spot::Staff(_) | Spot::StaffAddress(_) => "member of staff",
            Spot::Audit(_) => "audit trail",
            Spot::Note(_) => "note",
            Spot::Block(_) => "block",
            Spot::Address(_) => "address",
            Spot::Errand(_) => "errand",
            Spot::Profile(_) => "profile",
        }
    }

    pub(in super::super) fn seal(&self, keys: &Keys, text: &str) -> Vec<u8> {
        keys.seal(&self.context(), text.as_bytes())
    }

    pub(in super::super) fn open(&self, keys: &Keys, sealed: &[u8]) -> Result<String> {
        let unreadable = || StoreError::Unreadable { what: self.what() };
        let bytes = keys.open(&self.context(), sealed).map_err(|_| unreadable())?;
        String::from_utf8(bytes).map_err(|_| unreadable())
    }

    pub(super) fn seal_applicant(&self, keys: &Keys, applicant: &Applicant) -> Result<Vec<u8>> {
        let text = serde_json::to_string(applicant);
        text.map(|text| self.seal(keys, &text)).map_err(|_| StoreError::Unreadable { what: self.what() })
    }

    pub(super) fn open_applicant(&self, keys: &Keys, sealed: &[u8]) -> Result<Applicant> {
        let text = self.open(keys, sealed)?;
        serde_json::from_str(&text).map_err(|_| StoreError::Unreadable { what: self.what() })
    }
}

/// Whether these are the keys the data was sealed with; the first ones given are. A database that is to be written shows here
/// whether it can be.
pub(in super::super) async fn check_keys(db: &mut Connection, keys: &Keys, to_write: bool) -> Result<()> {
    let ours = keys.hash("key check", "temujanji").to_vec();
    if to_write {
        let put = "INSERT INTO key_check (one, hash) VALUES (1, $1) ON CONFLICT (one) DO NOTHING";
        sqlx::query::<Db>(put).bind(ours.clone()).execute(&mut *db).await?;
    }
    let kept: Vec<u8> = sqlx::query_scalar("SELECT hash FROM key_check").fetch_one(db).await?;
    if same(&kept, &ours) { Ok(()) } else { Err(StoreError::WrongKeys) }
}
