//! Errands: a turn that did not begin with a message of its person; and what they answer to the place they were offered.

use chrono::{DateTime, Utc};

use super::{Assistant, Cause, Handled, MAIL, Mailed, Matter, Thread, Working};
use crate::booking::{Applicant, Hold, NoPlace, Reference};
use crate::dialogue::{Event, Language, Summary};
use crate::store::{Confirmed, Contact, DueErrand, Errand, Held, HoldRequest, MadeWay, Progress, StoreError};

impl Assistant {
    /// Does an errand in a turn of the conversation with `to`, once. Without `to` it is done in the person's own
    /// conversation, and noted as one that did not reach them.
    ///
    /// # Errors
    ///
    /// As [`Assistant::handle`]. Nothing was done then, and the errand may be tried again.
    pub async fn run_errand(
        &self,
        errand: &DueErrand,
        to: Option<&Contact>,
        now: DateTime<Utc>,
    ) -> Result<Handled, StoreError> {
        let delivery = format!("errand:{}", errand.id.0);
        let mailed = to.filter(|to| to.channel == MAIL).map(|to| Mailed {
            to: to.clone(),
            thread: Thread::default(),
            language: Language::Ms,
            stranger: false,
        });
        let matter = Matter::Errand(errand);
        let cause = Cause { with: to, delivery: &delivery, matter, mail: mailed.as_ref() };
        Ok(self.handle_tried(cause, now, &mut false).await?.unwrap_or(Handled::Repeat))
    }
}

impl Working<'_> {
    /// What an errand tells; none when there is nothing to tell any more.
    pub(super) async fn news(&mut self, due: &DueErrand) -> Result<Option<Event>, StoreError> {
        let Some(errand) = due.errand.clone() else { return Ok(None) };
        if let Errand::ClosingDone { closing } = errand {
            return Ok(self
                .turn
                .closing(closing)
                .await?
                .map(|progress| Event::ClosingDone(Box::new(summary(&progress)))));
        }
        let Some(booking) = due.booking.clone() else { return Ok(None) };
        Ok(match errand {
            Errand::ClosingDone { .. } => None,
            Errand::Closed { reference, .. } => {
                let Some(closing) = &due.closing else { return Ok(None) };
                let (rules, chance) = (&*self.rules, &mut self.chance);
                match self.turn.make_way(due.id, &reference, &closing.spec, rules, chance).await? {
                    MadeWay::Not => None,
                    MadeWay::Cancelled { booking, offer } => {
                        Some(Event::Closed { booking, reason: closing.spec.reason.clone(), offer })
                    }
                }
            }
            Errand::CalledOff { reason, .. } => Some(Event::CalledOff { booking, reason }),
            Errand::Blocked { until, .. } if until <= self.now => None,
            Errand::Blocked { until, reason, .. } => {
                Some(Event::NowBlocked { language: booking.language, until, reason })
            }
        })
    }

    /// Turns the place of an offer into an appointment.
    pub(super) async fn accept(
        &mut self,
        reference: Reference,
        hold: Hold,
        applicant: &Applicant,
        language: Language,
    ) -> Result<Event, StoreError> {
        let (rules, chance) = (&*self.rules, &mut self.chance);
        let mut confirmed = self.turn.confirm(hold.id, applicant, language, rules, chance).await?;
        if confirmed == Confirmed::NoSuchHold {
            // It ran out so long ago that it is forgotten.
            let ask = HoldRequest {
                slot: &hold.slot,
                identity: &applicant.identity,
                until: self.now + rules.hold,
                proved: self.proved.as_ref(),
                instead_of: None,
            };
            confirmed = match self.turn.hold_apart(&ask, rules, chance).await? {
                Held::Held { hold, .. } => {
                    self.turn.confirm(hold.id, applicant, language, rules, chance).await?
                }
                Held::NoPlace(why) => Confirmed::NoPlace { slot: hold.slot, why },
                Held::NoSuchBooking => Confirmed::NoSuchBooking,
            };
        }
        Ok(match confirmed {
            Confirmed::Confirmed(booking) => {
                self.turn.offer_answered(&reference, true).await?;
                Event::Accepted { reference, booking }
            }
            Confirmed::NoPlace { why, .. } => Event::OfferGone { reference, why },
            Confirmed::NoSuchBooking | Confirmed::NoSuchHold => {
                Event::OfferGone { reference, why: NoPlace::NotOffered }
            }
        })
    }
}

fn summary(progress: &Progress) -> Summary {
    let spec = &progress.closing.spec;
    Summary {
        branch: spec.branch.clone(),
        from: spec.from,
        to: spec.to,
        bookings: progress.bookings,
        told: progress.told,
        offered: progress.offered,
        accepted: progress.accepted,
        not_reached: u32::try_from(progress.not_reached.len()).unwrap_or(u32::MAX),
    }
}
