use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveTime;

use super::{Sheet, Standing};
use crate::office::ServiceCode;

/// How many are to come, by time and service. Cancelled appointments are not among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// Every time somebody is to come at, in order.
    pub times: Vec<NaiveTime>,
    /// The services, by code.
    pub services: Vec<Count>,
}

/// How many are to come for one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// Code of the service.
    pub service: ServiceCode,
    /// What it is called on lists.
    pub name: String,
    /// How many, for each of [`Counts::times`].
    pub at: Vec<usize>,
}

impl Counts {
    /// How many are to come at each of the times.
    pub fn each_time(&self) -> Vec<usize> {
        let at = |index: usize| self.services.iter().filter_map(|count| count.at.get(index)).sum();
        (0..self.times.len()).map(at).collect()
    }

    /// How many are to come in all.
    pub fn all(&self) -> usize {
        self.services.iter().map(Count::all).sum()
    }
}

impl Count {
    /// How many are to come for the service all day.
    pub fn all(&self) -> usize {
        self.at.iter().sum()
    }
}

impl Sheet {
    /// How many appointments stand so.
    pub fn standing(&self, standing: Standing) -> usize {
        self.rows.iter().filter(|row| Standing::of(&row.entry) == standing).count()
    }

    /// How many are to come, by time and service.
    pub fn counts(&self) -> Counts {
        let coming = || self.rows.iter().filter(|row| Standing::of(&row.entry) != Standing::Cancelled);
        let times: BTreeSet<_> = coming().map(|row| row.entry.slot.time).collect();
        let mut services: BTreeMap<&ServiceCode, (&str, BTreeMap<NaiveTime, usize>)> = BTreeMap::new();
        for row in coming() {
            let slot = &row.entry.slot;
            let (_, at) =
                services.entry(&slot.service).or_insert_with(|| (row.service_name.as_str(), BTreeMap::new()));
            *at.entry(slot.time).or_default() += 1;
        }
        let count = |(code, (name, at)): (&ServiceCode, (&str, BTreeMap<NaiveTime, usize>))| Count {
            service: code.clone(),
            name: name.to_owned(),
            at: times.iter().map(|time| at.get(time).copied().unwrap_or_default()).collect(),
        };
        let services = services.into_iter().map(count).collect();
        Counts { times: times.into_iter().collect(), services }
    }
}
