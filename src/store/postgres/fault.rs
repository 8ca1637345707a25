//! What PostgreSQL's errors mean.

use sqlx::postgres::PgDatabaseError;

use crate::store::StoreError;

/// The meaning of an error the server answered with, <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
pub(in super::super) fn meaning(error: &PgDatabaseError) -> StoreError {
    match error.code() {
        // A random reference drawn twice, or another process that came first: drawn again, it will pass. Serialisation
        // failure, deadlock, lock not to be had in time. What another did in the same transaction failed, or two who share one
        // wanted the same.
        "23505" | "40001" | "40P01" | "55P03" | "25P02" | "21000" => StoreError::Repeat,
        "28P01" | "28000" => StoreError::LoginRefused,
        "3D000" => StoreError::NoDatabase,
        "53300" | "53400" => StoreError::TooManyConnections,
        "53100" => StoreError::DiskFull,
        "25006" => StoreError::OnlyReads,
        "42501" => StoreError::Forbidden { why: error.message().to_owned() },
        "XX001" | "XX002" => StoreError::Corrupt,
        // The server is shutting down, has crashed or is starting; a statement or an idle transaction took too long.
        "57P01" | "57P02" | "57P03" | "57P05" | "57014" | "25P03" => {
            StoreError::Unreachable { why: error.message().to_owned() }
        }
        code if code.starts_with("08") => StoreError::Unreachable { why: error.message().to_owned() },
        _ => StoreError::Other(format!("{} ({})", error.message(), error.code())),
    }
}
