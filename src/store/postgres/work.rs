//! A piece of work: one transaction on a connection of the pool.

use sqlx::{PgConnection, PgPool, Postgres, Transaction};

use crate::store::{Result, StoreError};

/// Dropping it undoes it.
pub(super) struct Work {
    transaction: Transaction<'static, Postgres>,
    sound: bool,
}

impl Work {
    /// Begins, with these statements. A server that was restarted has left connections behind in the pool that fail at
    /// their first statement: they are passed over.
    pub(super) async fn begin(pool: &PgPool, statements: &'static str) -> Result<Work> {
        for _ in 0..pool.size() {
            match pool.begin_with(statements).await {
                Ok(transaction) => return Ok(Work { transaction, sound: true }),
                Err(sqlx::Error::Io(_) | sqlx::Error::Protocol(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let transaction = pool.begin_with(statements).await?;
        Ok(Work { transaction, sound: true })
    }

    /// The connection, for one step, whose result must be passed through [`Work::did`].
    ///
    /// After a step that failed, or was left halfway, the work can only be undone.
    pub(super) fn db(&mut self) -> Result<&mut PgConnection> {
        if !std::mem::replace(&mut self.sound, false) {
            return Err(StoreError::Repeat);
        }
        Ok(&mut self.transaction)
    }

    /// Notes how a step went.
    pub(super) fn did<T>(&mut self, result: Result<T>) -> Result<T> {
        self.sound = result.is_ok();
        result
    }

    /// Keeps the work; returns once the server has it on its disk.
    pub(super) async fn commit(self) -> Result<()> {
        if !self.sound {
            return Err(StoreError::Repeat);
        }
        Ok(self.transaction.commit().await?)
    }
}
