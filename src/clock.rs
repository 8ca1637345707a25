//! The one clock. Everything else is given the present instant.

use chrono::{DateTime, Utc};

/// The present instant.
#[expect(clippy::disallowed_methods, reason = "this is the one place that asks the system")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}
