//! What a channel remembers of a conversation.

use chrono::{DateTime, Utc};

use super::sealed::Spot;
use super::{At, Connection, Db};
use crate::keys::Keys;
use crate::store::{ConversationId, Result};

/// What was remembered last. What cannot be unsealed is as good as forgotten.
pub(super) async fn memory(
    db: &mut Connection,
    keys: &Keys,
    conversation: ConversationId,
) -> Result<Option<String>> {
    let sql = "SELECT text FROM memory WHERE conversation = $1";
    let sealed: Option<Vec<u8>> =
        sqlx::query_scalar::<Db, _>(sql).bind(conversation.0).fetch_optional(db).await?;
    Ok(sealed.and_then(|sealed| Spot::Memory(conversation).open(keys, &sealed).ok()))
}

/// Remembers a text instead of the former one.
pub(super) async fn remember(
    db: &mut Connection,
    keys: &Keys,
    conversation: ConversationId,
    text: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let sql = "INSERT INTO memory (conversation, text, written_at) VALUES ($1, $2, $3)
        ON CONFLICT (conversation) DO UPDATE SET text = $2, written_at = $3";
    let sealed = Spot::Memory(conversation).seal(keys, text);
    sqlx::query::<Db>(sql).bind(conversation.0).bind(sealed).bind(At(now)).execute(db).await?;
    Ok(())
}
