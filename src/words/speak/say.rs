//! Everything that can be said, in words.

use chrono::{DateTime, Utc};

use super::voice::Voice;
use crate::booking::{Booking, Reference, SlipStanding};
use crate::dialogue::{Say, Summary, TERMS_VERSION, Unread};
use crate::office::BranchCode;
use crate::words::args;

impl Voice<'_> {
    /// One thing said. `now` tells how much time is left.
    pub(super) fn say(&self, said: &Say, now: DateTime<Utc>) -> String {
        match said {
            Say::Welcome => self.plain("talk-welcome"),
            Say::Notice => self.text("notice-short", args![version = TERMS_VERSION]),
            Say::Privacy => self.text("notice-whole", args![version = TERMS_VERSION]),
            Say::Terms => self.text("terms-all", args![version = TERMS_VERSION]),
            Say::TermsNeeded => self.plain("terms-needed"),
            Say::Help => self.plain("help-all"),
            Say::Questions => self.plain("help-questions"),
            Say::Documents => self.plain("help-documents"),
            Say::Took(given) => self.took(given),
            Say::Refused(field, rejection) => self.refused(*field, rejection),
            Say::NotUnderstood(expected) => self.unclear(*expected, now),
            Say::Attachments => self.plain("talk-attachments"),
            Say::TooLong { limit } => self.text("talk-too-long", args![limit = *limit]),
            Say::Stale => self.plain("talk-stale"),
            Say::Tapped { .. } => String::new(),
            Say::NotRead(Unread::Edited) => self.plain("talk-edited"),
            Say::NotRead(Unread::Forwarded) => self.plain("talk-forwarded"),
            Say::Nearest(near) => self.nearest(near),
            Say::SlipChecked { reference, standing } => self.slip_checked(reference, *standing),
            Say::CodeSent { email, minutes } => {
                self.text("code-sent", args![email = email.as_str(), minutes = *minutes])
            }
            Say::CodeWrong { left } => self.text("code-wrong", args![left = *left]),
            Say::CodeSpent => self.plain("code-spent"),
            Say::CodeLater { until } => {
                let left = self.words.duration(self.language, *until - now);
                self.text("code-later", args![time = self.until(*until, now), left = left])
            }
            Say::CodeElsewhere => self.plain("code-elsewhere"),
            Say::Proved => self.plain("email-proved"),
            Say::Unproved => self.plain("email-unproved"),
            Say::DayClosed { branch, date, why, next } => self.day_closed(branch, *date, why, *next),
            Say::DayFull { date } => self.text("day-full", args![date = self.date(*date)]),
            Say::DayWithoutSlots { date } => self.text("day-without-slots", args![date = self.date(*date)]),
            Say::DayTooSoon { date, first } => {
                self.text("day-too-soon", args![date = self.date(*date), first = self.date(*first)])
            }
            Say::DayTooLate { date, last } => {
                self.text("day-too-late", args![date = self.date(*date), last = self.date(*last)])
            }
            Say::NoDays { branch, service } => {
                self.text("days-none", args![branch = self.branch(branch), service = self.service(service)])
            }
            Say::HolidaysUnknown { year } => self.text("holidays-unknown", args![year = year.to_string()]),
            Say::NotAtBranch { branch, service } => self.not_at_branch(branch, service),
            Say::NoSlotAt { time } => self.text("slot-none-at", args![time = self.time(*time)]),
            Say::SlotFull { slot } => self.text("slot-full", args![slot = self.slot(slot)]),
            Say::SlotGone { slot } => self.text("slot-gone", args![slot = self.slot(slot)]),
            Say::Held(hold) => self.text("hold-won", args![slot = self.slot(&hold.slot)]),
            Say::HeldAgain => self.plain("hold-won-again"),
            Say::HoldLost { slot } => self.text("hold-lost", args![slot = self.slot(slot)]),
            Say::LiveBooking { service } => self.text("limit-one", args![service = self.service(service)]),
            Say::TooMany { limit } => self.text("limit-many", args![limit = *limit]),
            Say::Blocked { until } => self.text("limit-blocked", args![date = self.last_day(*until)]),
            Say::Confirmed(booking) => self.stands("booking-confirmed", booking),
            Say::Moved(booking) => self.stands("booking-moved", booking),
            Say::Slip(_) => self.plain("booking-slip"),
            Say::Cancelled(booking) => {
                let reference = booking.reference.to_string();
                let slot = self.slot(&booking.slot);
                let branch = self.branch(&booking.slot.branch);
                self.text("booking-cancelled", args![reference = reference, slot = slot, branch = branch])
            }
            Say::CalledOff { booking, reason } => self.called_off(booking, reason),
            Say::Closed { booking, reason, offered } => self.made_way(booking, self.reason(reason), *offered),
            Say::OfferDeclined => self.plain("closing-declined"),
            Say::ClosingDone(summary) => self.closing_done(summary),
            Say::NowBlocked { until, reason } => {
                let date = self.last_day(*until);
                self.text("closing-blocked", args![date = date, reason = reason.as_str()])
            }
            Say::NoSuchBooking => self.plain("booking-unknown"),
            Say::TooLateToChange => self.plain("booking-too-late"),
            Say::Handover { code, minutes } => {
                self.text("handover-code", args![code = code.as_str(), minutes = *minutes])
            }
            Say::TakenOver => self.plain("handover-done"),
            Say::TakenInPart => self.plain("handover-in-part"),
            Say::NoHandover => self.plain("handover-unknown"),
            Say::NoBookings => self.plain("booking-none"),
            Say::Stopped => self.plain("talk-stopped"),
            Say::Restarted => self.plain("talk-restarted"),
            Say::StartedAfresh => self.plain("talk-started-afresh"),
            Say::LanguageNow(language) => {
                Voice::new(self.words, self.office, *language).plain("talk-language-now")
            }
            Say::AtTheStart => self.plain("talk-at-the-start"),
            Say::Staff(reply) => self.staff(reply),
            Say::Paper(_) => String::new(),
            Say::Ask(question) => self.prompt(&question.prompt, now),
        }
    }

    fn nearest(&self, near: &[(BranchCode, u32)]) -> String {
        let line = |(code, kilometres): &(BranchCode, u32)| {
            self.text("place-nearest-line", args![branch = self.branch(code), kilometres = *kilometres])
        };
        [vec![self.plain("place-nearest")], near.iter().map(line).collect()].concat().join("\n")
    }

    /// Who it is for stands in it: several of a family may come from one conversation.
    fn called_off(&self, booking: &Booking, reason: &str) -> String {
        let reference = booking.reference.to_string();
        let (slot, branch) = (self.slot(&booking.slot), self.branch(&booking.slot.branch));
        let name = booking.applicant.name.as_str();
        self.text(
            "closing-called-off",
            args![reference = reference, slot = slot, branch = branch, name = name, reason = reason],
        )
    }

    fn made_way(&self, booking: &Booking, reason: &str, offered: bool) -> String {
        let reference = booking.reference.to_string();
        let (slot, branch) = (self.slot(&booking.slot), self.branch(&booking.slot.branch));
        let name = booking.applicant.name.as_str();
        let news = self.text(
            "closing-closed",
            args![reference = reference, slot = slot, branch = branch, name = name, reason = reason],
        );
        if offered { news } else { format!("{news}\n\n{}", self.plain("closing-no-offer")) }
    }

    fn closing_done(&self, summary: &Summary) -> String {
        let Summary { branch, from, to, bookings, told, offered, accepted, not_reached } = summary;
        let days = match from == to {
            true => self.date(*from),
            false => self.text("closing-days", args![from = self.date(*from), to = self.date(*to)]),
        };
        self.text(
            "closing-done",
            args![
                branch = self.branch(branch),
                days = days,
                bookings = *bookings,
                told = *told,
                offered = *offered,
                accepted = *accepted,
                unreached = *not_reached
            ],
        )
    }

    fn slip_checked(&self, reference: &Reference, standing: SlipStanding) -> String {
        let id = match standing {
            SlipStanding::Genuine => "slip-is-genuine",
            SlipStanding::Replaced => "slip-is-replaced",
            SlipStanding::Cancelled => "slip-is-cancelled",
            SlipStanding::Over => "slip-is-over",
            SlipStanding::Unknown => "slip-is-unknown",
        };
        self.text(id, args![reference = reference.to_string()])
    }

    /// An appointment that stands, with what the person has to know now; the rest is on the slip.
    fn stands(&self, id: &str, booking: &Booking) -> String {
        let email = booking.applicant.email.as_str();
        let mut text = vec![
            self.plain(id),
            self.appointment_lines(booking).join("\n"),
            self.plain("booking-bring"),
            if booking.applicant.email_proved {
                self.text("booking-mailed", args![email = email])
            } else {
                self.plain("booking-not-mailed")
            },
        ];
        text.extend(self.sample(booking));
        text.join("\n\n")
    }
}
