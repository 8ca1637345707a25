//! Moving a SQLite file into a PostgreSQL database, whole or not at all.
//!
//! Tables and columns are those the PostgreSQL schema has; a value goes over by the type of its column there. What is
//! sealed stays sealed: the key file goes with the data.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use chrono::DateTime;
use futures::TryStreamExt;
use sqlx::sqlite::{SqliteConnectOptions, SqliteRow};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, Row, SqliteConnection};
use uuid::Uuid;

use super::postgres::{PostgresUrl, migrated};
use super::{Result, StoreError};

/// So much text is sent to the server at a time.
const CHUNK: usize = 1 << 20;

/// What is told while it goes on: the table, its rows moved so far, and all of them.
pub type Told<'a> = &'a mut (dyn FnMut(&str, u64, u64) + Send);

/// One table that was moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Its name.
    pub table: String,
    /// How many rows it has, in both databases.
    pub rows: u64,
}

/// Moves everything from a SQLite file, whose schema must be this program's, into a database that is empty. Writers of
/// the file wait meanwhile.
///
/// # Errors
///
/// [`CopyError`]; the target is then as it was.
pub async fn copy(
    from: &Path,
    to: &PostgresUrl,
    told: Told<'_>,
) -> std::result::Result<Vec<Moved>, CopyError> {
    let mut source = SqliteConnectOptions::new().filename(from).connect().await?;
    let mut target = migrated(to).await?;
    let mut reading = source.begin_with("BEGIN IMMEDIATE").await?;
    let mut writing = target.begin().await?;
    let mut moved = Vec::new();
    for table in tables(&mut writing).await? {
        moved.push(one(&mut reading, &mut writing, table, told).await?);
    }
    writing.commit().await?;
    Ok(moved)
}

/// Why nothing was moved.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The target holds data already.
    #[error(
        "the target's table {table} holds {rows} rows already: nothing was copied; name an empty database"
    )]
    NotEmpty {
        /// The table.
        table: String,
        /// How many.
        rows: i64,
    },
    /// What arrived is not what was sent.
    #[error("of {sent} rows of {table} {arrived} arrived: nothing was copied; please report this")]
    Lost {
        /// The table.
        table: String,
        /// Rows read.
        sent: u64,
        /// Rows written.
        arrived: i64,
    },
    /// One of the databases failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for CopyError {
    fn from(error: sqlx::Error) -> CopyError {
        CopyError::Store(error.into())
    }
}

/// The tables with data, those that others point to first.
async fn tables(db: &mut PgConnection) -> Result<Vec<String>> {
    let names: Vec<String> = sqlx::query_scalar(
        "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
            AND relname NOT IN ('_sqlx_migrations', 'schema_floor') ORDER BY relname",
    )
    .fetch_all(&mut *db)
    .await?;
    let points: Vec<(String, String)> = sqlx::query_as(
        "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint
            WHERE contype = 'f' AND conrelid <> confrelid",
    )
    .fetch_all(db)
    .await?;
    let (mut ordered, mut done) = (Vec::new(), BTreeSet::new());
    while ordered.len() < names.len() {
        let waits = |name: &String| points.iter().any(|(from, to)| from == name && !done.contains(to));
        let next: Vec<_> =
            names.iter().filter(|name| !done.contains(*name) && !waits(name)).cloned().collect();
        if next.is_empty() {
            return Err(StoreError::Other("the tables point to each other in a circle".to_owned()));
        }
        done.extend(next.iter().cloned());
        ordered.extend(next);
    }
    Ok(ordered)
}

struct Column {
    name: String,
    kind: String,
    counts: bool,
}

async fn columns(db: &mut PgConnection, table: &str) -> Result<Vec<Column>> {
    let rows = sqlx::query(
        "SELECT column_name::text, data_type::text, is_identity = 'YES' FROM information_schema.columns
            WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position",
    )
    .bind(table)
    .fetch_all(db)
    .await?;
    let column = |row: &sqlx::postgres::PgRow| {
        Ok(Column { name: row.try_get(0)?, kind: row.try_get(1)?, counts: row.try_get(2)? })
    };
    rows.iter().map(column).collect()
}

async fn one(
    from: &mut SqliteConnection,
    to: &mut PgConnection,
    table: String,
    told: Told<'_>,
) -> std::result::Result<Moved, CopyError> {
    // Names come from the schema, not from people.
    let count = format!("SELECT count(*) FROM {table}");
    let there: i64 = sqlx::query_scalar(AssertSqlSafe(count.as_str())).fetch_one(&mut *to).await?;
    if there > 0 {
        return Err(CopyError::NotEmpty { table, rows: there });
    }
    let all: i64 = sqlx::query_scalar(AssertSqlSafe(count.as_str())).fetch_one(&mut *from).await?;
    let all = all.unsigned_abs();
    let columns = columns(to, &table).await?;
    let names = columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ");
    let select = format!("SELECT {names} FROM {table}");
    let mut sink = to.copy_in_raw(&format!("COPY {table} ({names}) FROM STDIN")).await?;
    let (mut text, mut sent) = (String::new(), 0);
    told(&table, 0, all);
    {
        let mut rows = sqlx::query(AssertSqlSafe(select.as_str())).fetch(&mut *from);
        while let Some(row) = rows.try_next().await? {
            line(&mut text, &row, &columns)?;
            sent += 1;
            if text.len() >= CHUNK {
                sink.send(text.as_bytes()).await?;
                text.clear();
                told(&table, sent, all);
            }
        }
    }
    sink.send(text.as_bytes()).await?;
    sink.finish().await?;
    told(&table, sent, all);
    let arrived: i64 = sqlx::query_scalar(AssertSqlSafe(count.as_str())).fetch_one(&mut *to).await?;
    if arrived.unsigned_abs() != sent || sent != all {
        return Err(CopyError::Lost { table, sent: all, arrived });
    }
    for column in columns.iter().filter(|column| column.counts) {
        let name = &column.name;
        let go_on = format!(
            "SELECT setval(pg_get_serial_sequence('{table}', '{name}'), coalesce(max({name}), 0) + 1, false) FROM {table}"
        );
        sqlx::query(AssertSqlSafe(go_on)).execute(&mut *to).await?;
    }
    Ok(Moved { table, rows: sent })
}

/// One row in the text form of COPY.
fn line(text: &mut String, row: &SqliteRow, columns: &[Column]) -> Result<()> {
    for (n, column) in columns.iter().enumerate() {
        if n > 0 {
            text.push('\t');
        }
        match value(row, n, &column.kind)? {
            Some(value) => value.chars().for_each(|c| escaped(text, c)),
            None => text.push_str("\\N"),
        }
    }
    text.push('\n');
    Ok(())
}

fn escaped(text: &mut String, c: char) {
    match c {
        '\\' => text.push_str("\\\\"),
        '\t' => text.push_str("\\t"),
        '\n' => text.push_str("\\n"),
        '\r' => text.push_str("\\r"),
        c => text.push(c),
    }
}

/// A value as PostgreSQL writes one of that type.
fn value(row: &SqliteRow, n: usize, kind: &str) -> Result<Option<String>> {
    let unreadable = || StoreError::Unreadable { what: "value" };
    Ok(match kind {
        "bigint" => row.try_get::<Option<i64>, _>(n)?.map(|number| number.to_string()),
        "boolean" => row.try_get::<Option<bool>, _>(n)?.map(|flag| flag.to_string()),
        "timestamp with time zone" => match row.try_get::<Option<i64>, _>(n)? {
            Some(micros) => {
                Some(DateTime::from_timestamp_micros(micros).ok_or_else(unreadable)?.to_rfc3339())
            }
            None => None,
        },
        "bytea" => row.try_get::<Option<Vec<u8>>, _>(n)?.map(|bytes| hex(&bytes)),
        "uuid" => match row.try_get::<Option<Vec<u8>>, _>(n)? {
            Some(bytes) => Some(Uuid::from_slice(&bytes).map_err(|_| unreadable())?.to_string()),
            None => None,
        },
        _ => row.try_get::<Option<String>, _>(n)?,
    })
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::from("\\x");
    let _never_fails = write!(text, "{}", data_encoding::HEXLOWER.encode_display(bytes));
    text
}
