//! Work that one process at a time may do.

use chrono::TimeDelta;
use uuid::Uuid;

use crate::kit::Town;

const POLLING: &str = "polling";

impl Town {
    /// Whether the holder has the lease, for a minute from now.
    async fn leases(&self, name: &str, holder: u128) -> bool {
        let until = self.now() + TimeDelta::minutes(1);
        self.store().await.lease(name, Uuid::from_u128(holder), until, self.now()).await.unwrap()
    }
}

pub(crate) async fn one_holder_at_a_time(town: &Town) {
    assert!(town.leases(POLLING, 1).await);
    assert!(!town.leases(POLLING, 2).await);
    assert!(town.leases("tidying", 2).await, "other work is another lease");
    let asking = (3..20).map(|holder| town.leases("mailbox", holder));
    let had = futures::future::join_all(asking).await;
    assert_eq!(had.iter().filter(|had| **had).count(), 1);
}

pub(crate) async fn a_lease_runs_out_ends_or_is_prolonged(town: &Town) {
    assert!(town.leases(POLLING, 1).await);
    town.wait(TimeDelta::seconds(40));
    assert!(town.leases(POLLING, 1).await, "prolonged");
    town.wait(TimeDelta::seconds(59));
    assert!(!town.leases(POLLING, 2).await);
    town.wait(TimeDelta::seconds(1));
    assert!(town.leases(POLLING, 2).await, "it has run out");
    assert!(!town.leases(POLLING, 1).await);
    town.store().await.end_lease(POLLING, Uuid::from_u128(1)).await.unwrap();
    assert!(!town.leases(POLLING, 1).await, "only the holder ends it");
    town.store().await.end_lease(POLLING, Uuid::from_u128(2)).await.unwrap();
    assert!(town.leases(POLLING, 1).await);
}
