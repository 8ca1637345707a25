//! Members of staff: invited, found by their chat, removed.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use sqlx::Row;
use uuid::Uuid;

use super::row::DbRow;
use super::sealed::{self, Spot};
use super::{At, Connection, Db, Id, Scope};
use crate::keys::Keys;
use crate::staff::{Member, MemberId, Reach, Role};
use crate::store::{Contact, Enrolled, NewMember, Result, StoreError};

/// The columns [`member`] reads.
macro_rules! columns {
    () => {
        "staff.id, staff.name, staff.role, staff.reach, staff.list_at"
    };
}

const DAMAGED: StoreError = StoreError::Unreadable { what: "member of staff" };

fn member(row: &DbRow, keys: &Keys) -> Result<Member> {
    let Id(id) = row.try_get("id")?;
    Ok(Member {
        id: MemberId(id),
        name: Spot::Staff(id).open(keys, row.try_get("name")?)?,
        role: Role::parse(row.try_get("role")?).ok_or(DAMAGED)?,
        reach: serde_json::from_str(row.try_get("reach")?).map_err(|_| DAMAGED)?,
        list_at: row.try_get("list_at")?,
    })
}

fn reach_text(reach: &Reach) -> Result<String> {
    serde_json::to_string(reach).map_err(|_| DAMAGED)
}

fn invitation_hash(keys: &Keys, invitation: &str) -> Vec<u8> {
    keys.hash("staff invitation", invitation).to_vec()
}

/// The member whose chat this conversation is.
pub(super) async fn this_member(db: &mut Connection, scope: &Scope<'_>) -> Result<Option<Member>> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        " FROM conversation JOIN staff ON staff.contact = conversation.contact
            WHERE conversation.id = $1 AND staff.removed_at IS NULL"
    );
    let row = sqlx::query::<Db>(sql).bind(scope.conversation.0).fetch_optional(db).await?;
    row.as_ref().map(|row| member(row, scope.keys)).transpose()
}

/// Binds a chat to the member an invitation is for; the invitation is spent, and the chat nobody else's any more.
pub(super) async fn join(
    db: &mut Connection,
    scope: &Scope<'_>,
    invitation: &str,
    from: &Contact,
) -> Result<Option<Member>> {
    let found = "SELECT id FROM staff WHERE invitation = $1 AND invited_until > $2 AND removed_at IS NULL";
    let id: Option<Id> = sqlx::query_scalar::<Db, _>(found)
        .bind(invitation_hash(scope.keys, invitation))
        .bind(At(scope.now))
        .fetch_optional(&mut *db)
        .await?;
    let Some(Id(id)) = id else { return Ok(None) };
    let contact = sealed::contact(scope.keys, from);
    let leave = "UPDATE staff SET contact = NULL, address = NULL, channel = NULL WHERE contact = $1";
    sqlx::query::<Db>(leave).bind(contact.as_slice()).execute(&mut *db).await?;
    let sql = concat!(
        "UPDATE staff SET invitation = NULL, invited_until = NULL, channel = $2, contact = $3, address = $4,
            joined_at = $5 WHERE id = $1 AND invitation IS NOT NULL RETURNING ",
        columns!()
    );
    let row = sqlx::query::<Db>(sql)
        .bind(Id(id))
        .bind(from.channel.as_str())
        .bind(contact)
        .bind(Spot::StaffAddress(id).seal(scope.keys, &from.address))
        .bind(At(scope.now))
        .fetch_optional(db)
        .await?;
    row.as_ref().map(|row| member(row, scope.keys)).transpose()
}

/// Sets when the list of the day is sent by itself.
pub(super) async fn set_list_at(
    db: &mut Connection,
    id: MemberId,
    at: Option<NaiveTime>,
    listed_on: NaiveDate,
) -> Result<()> {
    let sql = "UPDATE staff SET list_at = $2, listed_on = $3 WHERE id = $1";
    sqlx::query::<Db>(sql).bind(Id(id.0)).bind(at).bind(listed_on).execute(db).await?;
    Ok(())
}

/// Keeps an invitation.
pub(super) async fn invite(
    db: &mut Connection,
    keys: &Keys,
    new: &NewMember<'_>,
    now: DateTime<Utc>,
) -> Result<MemberId> {
    let id = Uuid::now_v7();
    let sql = "INSERT INTO staff (id, name, role, reach, invited_at, invitation, invited_until)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    sqlx::query::<Db>(sql)
        .bind(Id(id))
        .bind(Spot::Staff(id).seal(keys, new.name))
        .bind(new.role.name())
        .bind(reach_text(new.reach)?)
        .bind(At(now))
        .bind(invitation_hash(keys, new.invitation))
        .bind(At(new.until))
        .execute(db)
        .await?;
    Ok(MemberId(id))
}

/// Everybody, in the order in which they were invited.
pub(super) async fn everybody(db: &mut Connection, keys: &Keys) -> Result<Vec<Enrolled>> {
    let sql = concat!(
        "SELECT ",
        columns!(),
        ", invited_at, invited_until, joined_at, removed_at FROM staff ORDER BY invited_at, id"
    );
    let rows = sqlx::query::<Db>(sql).fetch_all(db).await?;
    let at = |At(instant): At| instant;
    let enrolled = |row: &DbRow| {
        Ok(Enrolled {
            member: member(row, keys)?,
            invited_at: at(row.try_get("invited_at")?),
            invited_until: row.try_get::<Option<At>, _>("invited_until")?.map(at),
            joined_at: row.try_get::<Option<At>, _>("joined_at")?.map(at),
            removed_at: row.try_get::<Option<At>, _>("removed_at")?.map(at),
        })
    };
    rows.iter().map(enrolled).collect()
}

/// Removes a member: neither chat nor invitation is theirs any more. Whether there was one to remove.
pub(super) async fn remove(db: &mut Connection, id: MemberId, now: DateTime<Utc>) -> Result<bool> {
    let sql =
        "UPDATE staff SET removed_at = $2, contact = NULL, address = NULL, channel = NULL, invitation = NULL,
        invited_until = NULL, list_at = NULL WHERE id = $1 AND removed_at IS NULL";
    Ok(sqlx::query::<Db>(sql).bind(Id(id.0)).bind(At(now)).execute(db).await?.rows_affected() == 1)
}

/// Makes a member something else. Whether there was one.
pub(super) async fn set_role(db: &mut Connection, id: MemberId, role: Role, reach: &Reach) -> Result<bool> {
    let sql = "UPDATE staff SET role = $2, reach = $3 WHERE id = $1 AND removed_at IS NULL";
    let done =
        sqlx::query::<Db>(sql).bind(Id(id.0)).bind(role.name()).bind(reach_text(reach)?).execute(db).await?;
    Ok(done.rows_affected() == 1)
}

/// Takes those who are to get the list of this day by now and have not; each is given out once.
pub(super) async fn lists_due(
    db: &mut Connection,
    keys: &Keys,
    today: NaiveDate,
    time: NaiveTime,
) -> Result<Vec<Contact>> {
    let sql = "SELECT id, channel, address FROM staff WHERE list_at <= $2 AND listed_on < $1 AND contact IS NOT NULL";
    let rows = sqlx::query::<Db>(sql).bind(today).bind(time).fetch_all(db).await?;
    let contact = |row: &DbRow| {
        let Id(id) = row.try_get("id")?;
        let address = Spot::StaffAddress(id).open(keys, row.try_get("address")?)?;
        Ok(Contact { channel: row.try_get("channel")?, address })
    };
    rows.iter().map(contact).collect()
}

/// Notes that this conversation's member has got the list of the day.
pub(super) async fn listed(db: &mut Connection, id: MemberId, today: NaiveDate) -> Result<()> {
    let sql = "UPDATE staff SET listed_on = $2 WHERE id = $1";
    sqlx::query::<Db>(sql).bind(Id(id.0)).bind(today).execute(db).await?;
    Ok(())
}
