//! Codes that prove an address.

use chrono::{DateTime, SubsecRound, Utc};
use sqlx::Row;

use super::sealed::{self, Hash};
use super::{At, Connection, Db, Scope, keep_out};
use crate::booking::{Email, Rules};
use crate::store::{CodeCheck, CodePut, Result};

/// Notes a code, unless one was sent a moment ago or too many were.
pub(super) async fn put_code(
    db: &mut Connection,
    scope: &Scope<'_>,
    email: &Email,
    code: &str,
    rules: &Rules,
) -> Result<CodePut> {
    let address = sealed::email(scope.keys, email);
    keep_out(db, &address).await?;
    if let Some(refused) = too_often(db, scope, &address, rules).await? {
        return Ok(refused);
    }
    let sql = "INSERT INTO code (conversation, email, sent_at, until, hash, tries, spent)
        VALUES ($1, $2, $3, $4, $5, 0, FALSE)";
    let until = (scope.now + rules.code_ttl).trunc_subsecs(6);
    sqlx::query::<Db>(sql)
        .bind(scope.conversation.0)
        .bind(address)
        .bind(At(scope.now))
        .bind(At(until))
        .bind(sealed::code(scope.keys, scope.conversation, email, code))
        .execute(db)
        .await?;
    Ok(CodePut::Put { until })
}

/// Both the conversation and the address are counted, so that neither many chats nor many addresses help.
async fn too_often(
    db: &mut Connection,
    scope: &Scope<'_>,
    address: &Hash,
    rules: &Rules,
) -> Result<Option<CodePut>> {
    let sql = "SELECT sent_at, conversation = $1 AS ours, email = $2 AS theirs FROM code
        WHERE (conversation = $1 OR email = $2) AND sent_at > $3 ORDER BY sent_at";
    let rows = sqlx::query::<Db>(sql)
        .bind(scope.conversation.0)
        .bind(address.as_slice())
        .bind(At(scope.now - rules.code_window.max(rules.code_pause)))
        .fetch_all(db)
        .await?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for row in &rows {
        let At(sent_at) = row.try_get("sent_at")?;
        if row.try_get("ours")? {
            ours.push(sent_at);
        }
        if row.try_get("theirs")? {
            theirs.push(sent_at);
        }
    }
    let recent = |sent: &[DateTime<Utc>]| {
        let within: Vec<_> = sent.iter().filter(|at| **at > scope.now - rules.code_window).collect();
        let over = within.len().checked_sub(rules.code_limit.max(1) as usize)?;
        Some(**within.get(over)? + rules.code_window)
    };
    if let Some(until) = recent(&ours).max(recent(&theirs)) {
        return Ok(Some(CodePut::TooMany { until }));
    }
    // Another address gets its code at once: who mistyped theirs mends that as soon as they see it.
    let until = theirs.last().map(|last| *last + rules.code_pause).filter(|until| *until > scope.now);
    Ok(until.map(|until| CodePut::TooSoon { until }))
}

/// Compares a code with the last one; each try counts.
pub(super) async fn check_code(
    db: &mut Connection,
    scope: &Scope<'_>,
    email: &Email,
    code: &str,
    rules: &Rules,
) -> Result<CodeCheck> {
    let address = sealed::email(scope.keys, email);
    let sql = "SELECT sent_at, until, hash, tries, spent FROM code WHERE conversation = $1 AND email = $2
        ORDER BY sent_at DESC LIMIT 1";
    let row = sqlx::query::<Db>(sql)
        .bind(scope.conversation.0)
        .bind(address.as_slice())
        .fetch_optional(&mut *db)
        .await?;
    let Some(row) = row else { return Ok(CodeCheck::NoCode) };
    let (sent_at, At(until)): (At, At) = (row.try_get("sent_at")?, row.try_get("until")?);
    let tried: i64 = row.try_get("tries")?;
    let left = i64::from(rules.code_tries) - tried;
    if row.try_get("spent")? {
        return Ok(CodeCheck::NoCode);
    }
    if until <= scope.now {
        return Ok(CodeCheck::Expired);
    }
    if left <= 0 {
        return Ok(CodeCheck::Locked);
    }
    let right =
        sealed::same(row.try_get("hash")?, &sealed::code(scope.keys, scope.conversation, email, code));
    let sql = "UPDATE code SET tries = tries + 1, spent = $4
        WHERE conversation = $1 AND email = $2 AND sent_at = $3";
    sqlx::query::<Db>(sql)
        .bind(scope.conversation.0)
        .bind(address)
        .bind(sent_at)
        .bind(right)
        .execute(db)
        .await?;
    Ok(match u32::try_from(left - 1) {
        _ if right => CodeCheck::Right,
        Ok(left) if left > 0 => CodeCheck::Wrong { left },
        Ok(_) | Err(_) => CodeCheck::Locked,
    })
}
