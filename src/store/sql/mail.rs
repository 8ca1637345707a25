//! What the mailbox needs to be remembered: tokens that were sent out, mails that were seen, how many answers were given.

use chrono::{DateTime, Utc};
use sqlx::Row;

use super::sealed::{Spot, mail_token as hashed};
use super::{At, Connection, Db, Scope};
use crate::keys::Keys;
use crate::store::{MailSeen, MailToken, MailUid, OutgoingId, Result};

/// Stands for no question: numbers of questions end below it.
const NO_QUESTION: i64 = 1 << 32;

/// Keeps a token for the address it is sent to.
pub(super) async fn put_mail_token(
    db: &mut Connection,
    scope: &Scope<'_>,
    token: &str,
    about: &MailToken,
    until: DateTime<Utc>,
) -> Result<()> {
    let hash = hashed(scope.keys, token);
    let address = Spot::Token(&hash).seal(scope.keys, &about.address);
    let sql = "INSERT INTO mail_token (hash, address, question, until) VALUES ($1, $2, $3, $4)
        ON CONFLICT (hash) DO NOTHING";
    sqlx::query::<Db>(sql)
        .bind(hash)
        .bind(address)
        .bind(about.question.map_or(NO_QUESTION, i64::from))
        .bind(At(until))
        .execute(db)
        .await?;
    Ok(())
}

/// What a token proves, if it is one of ours and has not run out.
pub(super) async fn mail_token(
    db: &mut Connection,
    keys: &Keys,
    token: &str,
    now: DateTime<Utc>,
) -> Result<Option<MailToken>> {
    let hash = hashed(keys, token);
    let sql = "SELECT address, question FROM mail_token WHERE hash = $1 AND until > $2";
    let row = sqlx::query::<Db>(sql).bind(hash.as_slice()).bind(At(now)).fetch_optional(db).await?;
    let Some(row) = row else { return Ok(None) };
    let question: i64 = row.try_get("question")?;
    Ok(Some(MailToken {
        address: Spot::Token(&hash).open(keys, row.try_get("address")?)?,
        question: u32::try_from(question).ok(),
    }))
}

/// How many messages of a kind this conversation was written since then.
pub(super) async fn written_since(
    db: &mut Connection,
    scope: &Scope<'_>,
    kind: &str,
    since: DateTime<Utc>,
) -> Result<u32> {
    let sql = "SELECT count(*) FROM outbox WHERE conversation = $1 AND kind = $2 AND written_at > $3";
    let count: i64 = sqlx::query_scalar::<Db, _>(sql)
        .bind(scope.conversation.0)
        .bind(kind)
        .bind(At(since))
        .fetch_one(db)
        .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Counts a try at a mail; says what is known of it.
pub(super) async fn mail_seen(
    db: &mut Connection,
    mail: &MailUid<'_>,
    now: DateTime<Utc>,
) -> Result<MailSeen> {
    let sql = "INSERT INTO mail_seen (mailbox, validity, uid, tries, refused, seen_at) VALUES ($1, $2, $3, 1, FALSE, $4)
        ON CONFLICT (mailbox, validity, uid) DO UPDATE SET tries = mail_seen.tries + 1
        RETURNING tries, refused, seen_at, settled_at";
    let row = sqlx::query::<Db>(sql)
        .bind(mail.mailbox)
        .bind(i64::from(mail.validity))
        .bind(i64::from(mail.uid))
        .bind(At(now))
        .fetch_one(db)
        .await?;
    let tries: i64 = row.try_get("tries")?;
    let settled: Option<At> = row.try_get("settled_at")?;
    let (refused, At(since)) = (row.try_get("refused")?, row.try_get("seen_at")?);
    Ok(MailSeen { tries: u32::try_from(tries).unwrap_or(u32::MAX), since, settled: settled.map(|_| refused) })
}

/// Notes that a mail is done with.
pub(super) async fn mail_settled(
    db: &mut Connection,
    mail: &MailUid<'_>,
    refused: bool,
    now: DateTime<Utc>,
) -> Result<()> {
    let sql = "UPDATE mail_seen SET refused = $4, settled_at = $5
        WHERE mailbox = $1 AND validity = $2 AND uid = $3";
    sqlx::query::<Db>(sql)
        .bind(mail.mailbox)
        .bind(i64::from(mail.validity))
        .bind(i64::from(mail.uid))
        .bind(refused)
        .bind(At(now))
        .execute(db)
        .await?;
    Ok(())
}

/// A message that had left has come back; whether it was there.
pub(super) async fn outbox_came_back(db: &mut Connection, id: OutgoingId, error: &str) -> Result<bool> {
    let sql = "UPDATE outbox SET state = 'given_up', error = $4
        WHERE conversation = $1 AND turn = $2 AND n = $3 AND state = 'sent'";
    let done = sqlx::query::<Db>(sql)
        .bind(id.conversation.0)
        .bind(id.turn)
        .bind(id.n)
        .bind(error)
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}
