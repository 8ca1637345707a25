//! Every migration runs over rows that are already there, one after the other, and loses none of them.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests may")]

mod cluster;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use cluster::Cluster;
use sqlx::migrate::{Migrate, Migrator};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

/// The rows of a schema version, if it has a file of them, in a database's own forms.
fn rows_of(version: i64, forms: &[(&str, &str)]) -> Option<String> {
    let text = fs::read_to_string(format!("tests/data/rows/{version:04}.sql")).ok()?;
    Some(forms.iter().fold(text, |text, (word, form)| replace_word(&text, word, form)))
}

fn replace_word(text: &str, word: &str, form: &str) -> String {
    let whole = regex::Regex::new(&format!(r"\b{word}\b")).unwrap();
    whole.replace_all(text, regex::NoExpand(form)).into_owned()
}

/// Migrates step by step; after each step the rows of its version come in.
macro_rules! step_by_step {
    ($db:expr, $folder:literal, $forms:expr, $tables:literal) => {{
        let db = $db;
        let migrator = Migrator::new(Path::new($folder)).await.unwrap();
        let mut kept: BTreeMap<String, i64> = BTreeMap::new();
        let mut rows = 0;
        for version in migrator.iter().map(|migration| migration.version) {
            migrator.run_direct(Some(version), db, false).await.unwrap();
            for (table, before) in &kept {
                let count = format!("SELECT count(*) FROM {table}");
                let now: i64 = sqlx::query_scalar(AssertSqlSafe(count)).fetch_one(&mut *db).await.unwrap();
                assert_eq!(now, *before, "{table} after migration {version}");
            }
            if let Some(sql) = rows_of(version, &$forms) {
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *db).await.unwrap();
                rows += 1;
            }
            let tables: Vec<String> = sqlx::query_scalar($tables).fetch_all(&mut *db).await.unwrap();
            for table in tables {
                let count = format!("SELECT count(*) FROM {table}");
                let now: i64 = sqlx::query_scalar(AssertSqlSafe(count)).fetch_one(&mut *db).await.unwrap();
                kept.insert(table, now);
            }
        }
        assert!(rows >= 1);
        for table in ["conversation", "outbox", "place", "claim", "profile"] {
            assert!(kept.get(table).is_some_and(|rows| *rows > 0), "{table}");
        }
        assert!(db.dirty_version("_sqlx_migrations").await.unwrap().is_none());
    }};
}

const NOUGHTS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

#[tokio::test]
async fn sqlite_keeps_its_rows() {
    let blob = format!("x'{NOUGHTS}'");
    let forms = [
        ("BLOB", blob.as_str()),
        ("AT", "1800000000000000"),
        ("NIL", "x'00000000000000000000000000000000'"),
        ("ONE", "x'00000000000000000000000000000001'"),
        ("YES", "1"),
    ];
    let mut db = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    step_by_step!(
        &mut db,
        "migrations/sqlite",
        forms,
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_%' ESCAPE '\\'"
    );
}

#[tokio::test]
async fn postgres_keeps_its_rows() {
    let blob = format!("'\\x{NOUGHTS}'");
    let forms = [
        ("BLOB", blob.as_str()),
        ("AT", "'2027-01-15 08:00:00+00'"),
        ("NIL", "'00000000-0000-0000-0000-000000000000'"),
        ("ONE", "'00000000-0000-0000-0000-000000000001'"),
        ("YES", "TRUE"),
    ];
    let url = Cluster::shared().database();
    let mut db = PgConnection::connect(url.secret()).await.unwrap();
    step_by_step!(
        &mut db,
        "migrations/postgres",
        forms,
        "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
            AND relname <> '_sqlx_migrations'"
    );
}

/// The two schemas are the same but for the types.
#[tokio::test]
async fn both_databases_have_the_same_tables_and_columns() {
    let mut file = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    Migrator::new(Path::new("migrations/sqlite")).await.unwrap().run(&mut file).await.unwrap();
    let ours: Vec<(String, String)> = sqlx::query_as(
        "SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c
            WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY 1, 2",
    )
    .fetch_all(&mut file)
    .await
    .unwrap();
    let mut server = PgConnection::connect(Cluster::shared().database().secret()).await.unwrap();
    Migrator::new(Path::new("migrations/postgres")).await.unwrap().run(&mut server).await.unwrap();
    let theirs: Vec<(String, String)> = sqlx::query_as(
        "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public'
            ORDER BY table_name COLLATE \"C\", column_name COLLATE \"C\"",
    )
    .fetch_all(&mut server)
    .await
    .unwrap();
    assert_eq!(ours, theirs);
    assert!(ours.len() > 50);
}
