//! How instants and identifiers are stored: PostgreSQL's own types.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// An instant, to the microsecond.
#[derive(Debug, Clone, Copy, sqlx::Type)]
#[sqlx(transparent)]
pub(super) struct At(pub(super) DateTime<Utc>);

/// An identifier.
#[derive(Debug, Clone, Copy, sqlx::Type)]
#[sqlx(transparent)]
pub(super) struct Id(pub(super) Uuid);
