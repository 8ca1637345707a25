//! Programs of two versions on one database.

use temujanji::store::StoreError;

use crate::kit::{Town, slot};

impl Town {
    /// A program of the future was here, and left what this one needs or took it away.
    async fn is_migrated_by_a_newer_program(&self, oldest: i64) {
        let newer = format!(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                SELECT 9999, 'of the future', TRUE, checksum, 1 FROM _sqlx_migrations WHERE version = 1;
            UPDATE schema_floor SET oldest = {oldest}"
        );
        self.home.run(&newer).await;
    }
}

pub(crate) async fn a_schema_that_only_grew_is_served(town: &Town) {
    let booking = town.person("aminah").books(&slot(20, 9)).await;
    town.is_migrated_by_a_newer_program(2).await;
    town.restarts().await;
    assert_eq!(town.person("aminah").bookings().await, [booking]);
    town.person("ravi").books(&slot(20, 9)).await;
}

pub(crate) async fn a_schema_that_lost_something_is_left_alone(town: &Town) {
    town.is_migrated_by_a_newer_program(9999).await;
    let refused = town.home.try_open().await.err().unwrap();
    assert!(matches!(refused, StoreError::TooNew { found: 9999, .. }), "{refused}");
}

pub(crate) async fn ten_programs_that_start_together_migrate_once(town: &Town) {
    town.same_store().close().await;
    town.home.erase().await;
    let starting = futures::future::join_all((0..10).map(|_| town.home.try_open())).await;
    let migrated = town.home.count("SELECT count(*) FROM _sqlx_migrations").await;
    let versions = town.home.count("SELECT count(DISTINCT version) FROM _sqlx_migrations").await;
    assert_eq!(migrated, versions);
    for started in starting {
        started.unwrap().close().await;
    }
    town.restarts().await;
    town.opens(2, &[]).await;
}
