//! How full a branch is, how many came, and what runs out.

use std::collections::HashMap;

use chrono::{Datelike, TimeDelta};

use super::{Answer, DAYS_AHEAD, MOST_SCARCE, Next, Result, WEEKS_BACK, Work, tell};
use crate::dialogue::understand;
use crate::office::{Branch, BranchCode, SlotTime};
use crate::staff::sellout::{SupplyDay, is_scarce};
use crate::staff::{Paper, Reply, Scarce, SellOut, Stats};

impl Work<'_, '_> {
    pub(super) async fn stats(&mut self, branch: &BranchCode) -> Result<Next> {
        if self.reached(branch).is_none() {
            return tell(Reply::NotAllowed);
        }
        let first = self.ctx.today();
        let last = first + TimeDelta::days(DAYS_AHEAD - 1);
        let fills = self.turn.fill(branch, first, last).await?;
        let taken = fills.into_iter().map(|fill| (fill.slot.date, fill.slot.time, fill.taken)).collect();
        let monday = first - TimeDelta::days(first.weekday().num_days_from_monday().into());
        let weeks = self.turn.turnout(branch, monday - TimeDelta::weeks(WEEKS_BACK - 1), first).await?;
        let stats = Stats { branch: branch.clone(), first, last, taken, weeks };
        let papers = vec![Paper::Charts(stats.clone())];
        let reply = Reply::Stats(stats);
        Ok(Next::Tell(Box::new(Answer { reply, taps: Vec::new(), in_place: false, papers })))
    }

    pub(super) async fn sell_out(&mut self, rest: &str) -> Result<Next> {
        let named = understand::branch(rest, self.office()).candidates;
        let reach: Vec<Branch> = self.member.branches(self.office()).cloned().collect();
        let asked: Vec<_> = reach.iter().filter(|branch| named.contains(&branch.code)).cloned().collect();
        let branches = if asked.is_empty() { reach } else { asked };
        let mut sold = SellOut::default();
        for branch in &branches {
            for scarce in self.supplies(branch).await? {
                match is_scarce(&scarce.days) {
                    true if sold.scarce.len() < MOST_SCARCE => sold.scarce.push(scarce),
                    _ => sold.others += usize::from(!scarce.days.is_empty()),
                }
            }
        }
        tell(Reply::SellOut(sold))
    }

    /// The places of every service of a branch on the days that can be booked.
    async fn supplies(&mut self, branch: &Branch) -> Result<Vec<Scarce>> {
        let (first, last) = self.ctx.window();
        let taken: HashMap<_, _> = self
            .turn
            .fill(&branch.code, first, last)
            .await?
            .into_iter()
            .map(|fill| ((fill.slot.service, fill.slot.date, fill.slot.time), fill.taken))
            .collect();
        let since = self.turn.last_taken(&branch.code, first, last).await?;
        let mut supplies = Vec::new();
        for offer in &branch.services {
            let mut days = Vec::new();
            for date in first.iter_days().take_while(|date| *date <= last) {
                let slots = self.office().slots(&branch.code, &offer.service, date);
                if slots.is_empty() {
                    continue;
                }
                let free = |slot: &SlotTime| {
                    let key = (offer.service.clone(), date, slot.time);
                    slot.capacity.saturating_sub(taken.get(&key).copied().unwrap_or_default())
                };
                let key = (offer.service.clone(), date);
                days.push(SupplyDay {
                    date,
                    capacity: slots.iter().map(|slot| slot.capacity).sum(),
                    free: slots.iter().map(free).sum(),
                    full_since: since.get(&key).copied(),
                });
            }
            supplies.push(Scarce { branch: branch.code.clone(), service: offer.service.clone(), days });
        }
        Ok(supplies)
    }
}
