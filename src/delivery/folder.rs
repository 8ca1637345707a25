//! Mail saved as `.eml` files, for trying things out where no mail server is configured.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::mail::Composer;
use super::{SendError, Sender, Sent, make_folder, write_whole};
use crate::office::MALAYSIA;
use crate::store::{Outgoing, Store};

/// Saves mail into a folder.
pub struct Folder {
    folder: PathBuf,
    composer: Arc<Composer>,
    store: Arc<dyn Store>,
}

impl Folder {
    /// Saves into this folder, which is made when the first mail is saved. The store knows the catalogue.
    pub fn new(folder: PathBuf, composer: Composer, store: Arc<dyn Store>) -> Folder {
        Folder { folder, composer: Arc::new(composer), store }
    }
}

#[async_trait]
impl Sender for Folder {
    async fn send(&self, message: &Outgoing, now: DateTime<Utc>) -> Result<Sent, SendError> {
        let office = match self.store.office().await {
            Ok(Some((_, office))) => office,
            Ok(None) => {
                return Err(SendError::Retry("there is no office catalogue in the database".to_owned()));
            }
            Err(error) => return Err(SendError::Retry(error.to_string())),
        };
        let (composer, folder, message) = (self.composer.clone(), self.folder.clone(), message.clone());
        let saving = tokio::task::spawn_blocking(move || {
            let mail = composer.compose(&message, &office, now)?;
            let file = folder.join(file_name(&message));
            let saved = make_folder(&folder).and_then(|()| write_whole(&file, &mail));
            match saved {
                Ok(()) => Ok(Sent { file: Some(file) }),
                Err(error) => {
                    Err(SendError::Retry(format!("{} cannot be written: {error}", folder.display())))
                }
            }
        });
        saving.await.unwrap_or_else(|_| Err(SendError::Retry("composing the mail broke down".to_owned())))
    }
}

/// Sorts by time, and is the same when a mail is saved again. Says nothing of the person.
fn file_name(message: &Outgoing) -> String {
    let written = message.written_at.with_timezone(&MALAYSIA).format("%Y%m%d-%H%M%S");
    let id = message.id.to_string().replace('.', "-");
    format!("{written}-{id}-{}.eml", message.kind)
}
