//! The conversation by mail.
//!
//! # Layout
//!
//! - [`Mailroom`]: one mail, from its bytes to what is to become of it
//! - [`read`]: bytes → what a person wrote; [`machine`]: mail that is never answered; [`bounce`]: mail that came back
//! - [`token`]: what proves an address
//! - [`imap`]: the connection to the mailbox; [`reader`]: the loop that empties it; `pace`: the brake on it
//!
//! A sender's address is free text. What proves it is a token that was sent there: a mail without one gets the empty
//! form, sent to the address it claims, and neither shows nor changes anything.

pub mod bounce;
pub mod imap;
pub mod machine;
mod pace;
pub mod read;
pub mod reader;
pub mod token;

use std::sync::Arc;

use chrono::{DateTime, Utc};

use self::bounce::Bounce;
use self::read::{Letter, Mail, Own};
use crate::assistant::{Assistant, Handled, Incoming, MAIL, Posted, Thread};
use crate::delivery::mail::proof;
use crate::dialogue::{self, Event, understand};
use crate::keys::Keys;
use crate::store::{Contact, Outgoing, Store, StoreError};

/// What becomes of a mail.
#[derive(Debug)]
pub enum Verdict {
    /// It is done with; these answers may be sent now.
    Handled(Vec<Outgoing>),
    /// It is set aside for people to look at. The reason holds nothing of its content.
    Refused(&'static str),
}

/// Takes in mail.
pub struct Mailroom {
    assistant: Arc<Assistant>,
    store: Arc<dyn Store>,
    keys: Arc<Keys>,
    own: Own,
}

impl Mailroom {
    /// A mailroom for the mailbox `own`.
    pub fn new(assistant: Arc<Assistant>, store: Arc<dyn Store>, keys: Arc<Keys>, own: Own) -> Mailroom {
        Mailroom { assistant, store, keys, own }
    }

    /// Takes one mail, in one transaction. A repeat does nothing.
    ///
    /// # Errors
    ///
    /// When the database fails; the mail may then be handed in again.
    pub async fn take(&self, mail: Vec<u8>, now: DateTime<Utc>) -> Result<Verdict, StoreError> {
        let own = self.own.clone();
        // A hostile mail may take its time, or break the reader down.
        let reading = tokio::task::spawn_blocking(move || read::read(&mail, &own));
        let Ok(mail) = reading.await else { return Ok(Verdict::Refused("reading it broke down")) };
        match mail {
            Mail::Letter(letter) => self.letter(*letter, now).await,
            Mail::Bounce(bounce) => self.bounce(&bounce).await,
            Mail::Machine(machine) => {
                tracing::info!(mail.kind = machine.name(), "a mail gets no answer");
                Ok(Verdict::Handled(Vec::new()))
            }
            Mail::Refused(why) => Ok(Verdict::Refused(why)),
        }
    }

    async fn letter(&self, letter: Letter, now: DateTime<Utc>) -> Result<Verdict, StoreError> {
        let language = understand::tongue(&letter.text.whole);
        let event = match self.question(&letter, now).await? {
            Some(question) => Event::Letter(Box::new(dialogue::Letter {
                email: letter.from.clone(),
                language,
                own: letter.text.own,
                whole: letter.text.whole,
                has_form: letter.text.has_form,
                question,
                attachments: letter.attachments,
            })),
            None => Event::Stranger,
        };
        // Mail servers tell capital letters apart on paper only.
        let from = Contact { channel: MAIL.to_owned(), address: letter.from.as_str().to_lowercase() };
        let message = Incoming { from, delivery: letter.key, event };
        let thread = Thread { answers: letter.message_id, references: letter.references };
        let handled = self.assistant.handle_mail(&Posted { message, thread, language }, now).await?;
        Ok(match handled {
            Some(Handled::Done(answers)) => Verdict::Handled(answers),
            Some(Handled::Repeat) => Verdict::Handled(Vec::new()),
            None => Verdict::Refused("its sender has had too many answers today"),
        })
    }

    /// The number of the question that a mail answers, if the mail answered asked one. Only for a mail that proves its
    /// sender's address: it repeats a token that was sent to just that address.
    async fn question(&self, letter: &Letter, now: DateTime<Utc>) -> Result<Option<Option<u32>>, StoreError> {
        for token in token::find(&letter.places) {
            if let Some(found) = self.store.mail_token(&token, now).await?
                && token::same_mailbox(&letter.from, &found.address)
            {
                return Ok(Some(found.question));
            }
        }
        Ok(None)
    }

    async fn bounce(&self, bounce: &Bounce) -> Result<Verdict, StoreError> {
        for (id, claimed) in bounce.about.iter().filter(|_| bounce.failed) {
            // Else anybody could say that mail to somebody does not arrive.
            if proof(&self.keys, *id) != *claimed {
                continue;
            }
            let error = format!("it came back: {}", bounce.status);
            if self.store.outbox_came_back(*id, &error).await? {
                tracing::warn!(outbox.id = %id, mail.status = bounce.status, "a mail did not arrive");
            }
        }
        Ok(Verdict::Handled(Vec::new()))
    }
}
