//! What SQLite's errors mean.

use std::path::Path;

use sqlx::sqlite::SqliteError;

use crate::store::StoreError;

/// <https://www.sqlite.org/rescode.html>: the low byte is the primary code.
fn primary(error: &SqliteError) -> i64 {
    use sqlx::error::DatabaseError;
    let code = error.code().and_then(|code| code.parse::<i64>().ok());
    code.map_or(0, |code| code & 0xff)
}

/// The meaning of a failed statement.
pub(in super::super) fn meaning(error: &SqliteError) -> StoreError {
    use sqlx::error::DatabaseError;
    if error.is_unique_violation() {
        // A random reference drawn twice, or another process that came first: drawn again, it will pass.
        return StoreError::Repeat;
    }
    match primary(error) {
        5 | 6 => StoreError::Locked,
        8 => StoreError::ReadOnly,
        11 | 26 => StoreError::Corrupt,
        13 => StoreError::DiskFull,
        _ => StoreError::Other(error.message().to_owned()),
    }
}

/// The meaning of a failure to open a file.
pub(super) fn opening(error: StoreError, path: &Path, raw: Option<&SqliteError>) -> StoreError {
    let cannot = |why: String| StoreError::CannotOpen { path: path.to_owned(), why };
    match raw.map(primary) {
        Some(14) if path.is_dir() => cannot("it is a folder".to_owned()),
        Some(14) => cannot("its folder is not there, or this program's user may not write in it".to_owned()),
        Some(_) | None => error,
    }
}
