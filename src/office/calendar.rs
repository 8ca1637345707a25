//! Which days a branch is open, and which slots there are.
//!
//! For a branch and a day the first of these that applies decides, so that there is always just one verdict:
//!
//! 1. a **closure** of the branch, its state or the nation. One that names hours takes them out of what follows, and
//!    every slot that reaches into them;
//! 2. an **exception** that names the date with hours of its own or as closed: it is explicit, so it may open
//!    a branch on a holiday or a rest day. Of several, the narrowest place wins (branch, state, nation);
//! 3. a **public holiday** of the state or the nation;
//! 4. the **weekly hours**: of the period that began last and names that day of the week (of those that began
//!    on the same day, the narrowest place), else the branch's own. An exception `until` or `from` a time then
//!    cuts them.

use std::borrow::Cow;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::Office;
use super::catalogue::{Branch, Change, Exception, Holiday, Period, Reason};
use super::code::{BranchCode, ServiceCode};
use super::hours::Span;

/// Whether a branch is open on a day.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Open in these spans, in order; the gaps are breaks.
    Open {
        /// At least one.
        spans: Vec<Span>,
        /// Why the hours are not the usual ones.
        note: Option<Reason>,
    },
    /// Not open.
    Closed(Closed),
}

/// Why a branch is closed on a day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closed {
    /// The branch's own day of rest.
    RestDay,
    /// A public holiday.
    Holiday {
        /// Its name; of several on one day, all of them.
        name: Reason,
        /// Whether the date goes by the moon and may still move.
        estimated: bool,
    },
    /// Shut by a closure.
    Closure {
        /// Why.
        reason: Reason,
    },
    /// Shut by a dated exception or for a period.
    Exception {
        /// Why.
        reason: Reason,
    },
}

/// A slot of a day.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct SlotTime {
    /// Start, in the branch's local time.
    pub time: NaiveTime,
    /// Length.
    pub minutes: u32,
    /// Places in it.
    pub capacity: u32,
}

/// Open spans with the reason they are unusual, or why closed.
type Day<'a> = Result<(Cow<'a, [Span]>, Option<&'a Reason>), Closed>;

impl Office {
    /// Whether a branch is open on a day, or `None` if there is no such branch.
    ///
    /// A year without a list of holidays (see [`Office::holidays_known`]) is judged by the rest alone.
    pub fn verdict(&self, branch: &BranchCode, date: NaiveDate) -> Option<Verdict> {
        let branch = self.branch(branch)?;
        Some(match self.day(branch, date) {
            Ok((spans, note)) => Verdict::Open { spans: spans.into_owned(), note: note.cloned() },
            Err(closed) => Verdict::Closed(closed),
        })
    }

    /// The slots of a service at a branch on a day, earliest first; none when closed or not offered.
    ///
    /// A slot lies wholly inside one opening span, so none reaches into a break.
    pub fn slots(&self, branch: &BranchCode, service: &ServiceCode, date: NaiveDate) -> Vec<SlotTime> {
        let offered = self.branch(branch).and_then(|branch| Some((branch, branch.offer(service)?)));
        let Some((branch, offer)) = offered else { return Vec::new() };
        let Ok((spans, _)) = self.day_uncut(branch, date) else { return Vec::new() };
        let slot = |time| SlotTime { time, minutes: offer.minutes, capacity: offer.capacity };
        let times = spans.iter().flat_map(|span| span.starts(offer.minutes));
        // The others stay where they are, since people may be booked in them.
        let closed = |time: &NaiveTime| {
            self.closed_hours(branch, date).any(|(hours, _)| hours.meets(*time, offer.minutes))
        };
        times.filter(|time| !closed(time)).map(slot).collect()
    }

    /// The first day after `after`, and no later than `last`, on which a branch is open.
    pub fn next_open(&self, branch: &BranchCode, after: NaiveDate, last: NaiveDate) -> Option<NaiveDate> {
        let branch = self.branch(branch)?;
        after
            .iter_days()
            .skip(1)
            .take_while(|date| *date <= last)
            .find(|date| self.day(branch, *date).is_ok())
    }

    fn day<'a>(&'a self, branch: &'a Branch, date: NaiveDate) -> Day<'a> {
        let mut day = self.day_uncut(branch, date)?;
        for (hours, reason) in self.closed_hours(branch, date) {
            let left: Vec<Span> = day.0.iter().flat_map(|span| span.without(hours)).collect();
            if left.is_empty() {
                return Err(Closed::Closure { reason: reason.clone() });
            }
            if left != *day.0 {
                day = (Cow::Owned(left), Some(reason));
            }
        }
        Ok(day)
    }

    /// The hours of a day that are closed although the day is not, and why.
    fn closed_hours(&self, branch: &Branch, date: NaiveDate) -> impl Iterator<Item = (Span, &Reason)> {
        let covering = self.closures.iter().filter(move |closure| closure.covers(date));
        let here = covering.filter(|closure| branch.narrowest(&closure.places).is_some());
        here.filter_map(|closure| Some((closure.hours?, &closure.reason)))
    }

    /// The day before closures of some hours are taken out.
    fn day_uncut<'a>(&'a self, branch: &'a Branch, date: NaiveDate) -> Day<'a> {
        if let Some(reason) = self.closure(branch, date) {
            return Err(Closed::Closure { reason: reason.clone() });
        }
        let Some(exception) = self.exception(branch, date) else { return self.usual(branch, date) };
        let reason = &exception.reason;
        match &exception.change {
            Change::Open(spans) => Ok((Cow::Borrowed(spans), Some(reason))),
            Change::Closed => Err(Closed::Exception { reason: reason.clone() }),
            Change::Until(to) => cut(self.usual(branch, date)?.0, NaiveTime::MIN, *to, reason),
            Change::From(from) => cut(self.usual(branch, date)?.0, *from, LAST_MINUTE, reason),
        }
    }

    /// The narrowest closure's reason.
    fn closure(&self, branch: &Branch, date: NaiveDate) -> Option<&Reason> {
        let covering = self.closures.iter().filter(|closure| closure.hours.is_none() && closure.covers(date));
        let here = covering.filter_map(|closure| Some((branch.narrowest(&closure.places)?, closure)));
        here.max_by_key(|(place, _)| *place).map(|(_, closure)| &closure.reason)
    }

    fn exception(&self, branch: &Branch, date: NaiveDate) -> Option<&Exception> {
        let here = self.exceptions.get(&date)?.iter();
        let here = here.filter_map(|exception| Some((branch.narrowest(&exception.places)?, exception)));
        here.max_by_key(|(place, _)| *place).map(|(_, exception)| exception)
    }

    fn usual<'a>(&'a self, branch: &'a Branch, date: NaiveDate) -> Day<'a> {
        if let Some(holiday) = self.holiday(branch, date) {
            return Err(holiday);
        }
        let period = self.period(branch, date);
        let reason = period.and_then(|period| period.reason.as_ref());
        let spans = period.map_or(&branch.hours, |period| &period.hours).of(date).unwrap_or_default();
        match (spans, reason) {
            ([], Some(reason)) => Err(Closed::Exception { reason: reason.clone() }),
            ([], None) => Err(Closed::RestDay),
            (spans, note) => Ok((Cow::Borrowed(spans), note)),
        }
    }

    /// Several holidays of one day are said together, and the day is certain if one of them is.
    fn holiday(&self, branch: &Branch, date: NaiveDate) -> Option<Closed> {
        let here = |holiday: &&Holiday| branch.narrowest(&holiday.places).is_some();
        let listed: Vec<&Holiday> = self.holidays.get(&date)?.iter().filter(here).collect();
        let together = |name: fn(&Reason) -> &str| {
            let names: Vec<&str> = listed.iter().map(|holiday| name(&holiday.name)).collect();
            names.join("; ")
        };
        let name = Reason { ms: together(|name| &name.ms), en: together(|name| &name.en) };
        let estimated = listed.iter().all(|holiday| holiday.estimated);
        (!listed.is_empty()).then_some(Closed::Holiday { name, estimated })
    }

    fn period(&self, branch: &Branch, date: NaiveDate) -> Option<&Period> {
        let covering =
            self.periods.iter().filter(|period| period.covers(date) && period.hours.of(date).is_some());
        let here =
            covering.filter_map(|period| Some(((period.from, branch.narrowest(&period.places)?), period)));
        here.max_by_key(|(rank, _)| *rank).map(|(_, period)| period)
    }
}

/// No span ends later.
const LAST_MINUTE: NaiveTime = match NaiveTime::from_hms_opt(23, 59, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

fn cut<'a>(spans: Cow<'a, [Span]>, from: NaiveTime, to: NaiveTime, reason: &'a Reason) -> Day<'a> {
    let left: Vec<Span> = spans.iter().filter_map(|span| span.within(from, to)).collect();
    if left.is_empty() {
        return Err(Closed::Exception { reason: reason.clone() });
    }
    Ok((Cow::Owned(left), Some(reason)))
}

#[cfg(test)]
mod tests {
    use super::super::{builtin_files, read_dir, read_files, write_dir};
    use super::*;

    const PERIODS: &str = r#"
[[period]]
places = ["MY"]
from = 2027-02-08
to = 2027-03-09
reason_ms = "Waktu Ramadan"
reason_en = "Ramadan hours"
hours.monday = "08:00-13:00, 13:30-16:00"
hours.wednesday = "08:00-13:00, 13:30-16:00"

[[period]]
places = ["JHR-HQ"]
from = 2027-02-08
to = 2027-03-09
hours.monday = "09:00-12:00"

[[period]]
places = ["JHR-HQ"]
from = 2027-01-01
hours.wednesday = "08:00-19:00"
hours.thursday = "closed"
"#;

    const EXCEPTIONS: &str = "places,date,hours,reason_ms,reason_en
MY,2027-03-09,until 13:00,Malam raya,Eve of Hari Raya
JHR-HQ,2027-04-03,08:00-12:30,Sabtu khas,Special Saturday
JHR-HQ,2027-02-06,09:00-11:00,Dibuka khas,Specially open
MY-01,2027-04-05,closed,Kerja kabel,Cable works
JHR-HQ,2027-04-05,from 14:30,Kerja kabel,Cable works
JHR-HQ,2027-04-06,until 08:00,Latihan,Training
";

    const CLOSURES: &str = "places,from,to,reason_ms,reason_en
MY-01,2027-04-12,2027-04-14,Banjir,Flood
MY,2027-04-14,2027-04-14,Pilihan raya,Election day
JHR-HQ,2027-04-13,2027-04-13,Ubah suai,Repairs
";

    /// Hours, in the column that may be left out.
    const CLOSED_HOURS: &str = "places,from,to,hours,reason_ms,reason_en
SGR-KAJANG,2027-04-12,2027-04-13,15:30-16:30,Bekalan elektrik terputus,Power cut
SGR-KAJANG,2027-04-13,2027-04-13,08:00-15:30,Bekalan air terputus,Water cut
SGR-KAJANG,2027-04-13,2027-04-13,16:30-23:59,Latihan,Training
SGR,2027-04-14,2027-04-14,,Banjir,Flood
";

    fn office() -> Office {
        let mut files = builtin_files();
        files.insert("periods.toml".into(), PERIODS.into());
        files.insert("exceptions.csv".into(), EXCEPTIONS.into());
        files.insert("closures.csv".into(), CLOSURES.into());
        read_files(&files).unwrap()
    }

    fn says(office: &Office, branch: &str, date: &str) -> String {
        let verdict = office.verdict(&BranchCode::parse(branch).unwrap(), date.parse().unwrap()).unwrap();
        match verdict {
            Verdict::Open { spans, note } => {
                let spans: Vec<_> = spans.iter().map(Span::to_string).collect();
                format!("open {} {}", spans.join(" "), note.map_or_else(String::new, |note| note.en))
            }
            Verdict::Closed(Closed::RestDay) => "rest day".to_owned(),
            Verdict::Closed(Closed::Holiday { name, estimated }) => {
                format!("holiday {} {estimated}", name.en)
            }
            Verdict::Closed(Closed::Closure { reason }) => format!("closure {}", reason.en),
            Verdict::Closed(Closed::Exception { reason }) => format!("exception {}", reason.en),
        }
    }

    #[test]
    fn the_usual_week_holidays_and_rest_days() {
        let office = office();
        for (branch, date, expected) in [
            ("SGR-HQ", "2026-11-05", "open 08:00-13:00 14:00-17:00 "),
            ("SGR-HQ", "2026-11-06", "open 08:00-12:15 14:45-17:00 "),
            ("SGR-HQ", "2026-11-07", "rest day"),
            ("SGR-HQ", "2026-11-08", "holiday Deepavali false"),
            ("SWK-HQ", "2026-11-09", "open 08:00-13:00 14:00-17:00 "),
            ("KDH-HQ", "2026-11-06", "rest day"),
            ("KDH-UTC", "2026-11-06", "open 08:00-12:15 14:45-17:00 "),
            ("SBH-UTC", "2026-05-30", "holiday Pesta Kaamatan false"),
            ("SBH-UTC", "2026-05-31", "holiday Wesak Day; Pesta Kaamatan false"),
            ("KUL-UTC", "2028-01-26", "holiday Chinese New Year true"),
        ] {
            assert_eq!(says(&office, branch, date), expected, "{branch} {date}");
        }
    }

    #[test]
    fn of_periods_the_last_begun_counts_then_the_narrowest() {
        let office = office();
        for (branch, date, expected) in [
            ("SGR-HQ", "2027-02-15", "open 08:00-13:00 13:30-16:00 Ramadan hours"),
            ("SGR-HQ", "2027-02-16", "open 08:00-13:00 14:00-17:00 "),
            ("SGR-HQ", "2027-02-24", "holiday Nuzul Al-Quran false"),
            ("JHR-HQ", "2027-02-15", "open 09:00-12:00 "),
            ("JHR-HQ", "2027-02-24", "open 08:00-13:00 13:30-16:00 Ramadan hours"),
            ("JHR-HQ", "2027-03-17", "open 08:00-19:00 "),
            ("JHR-HQ", "2028-12-14", "rest day"),
        ] {
            assert_eq!(says(&office, branch, date), expected, "{branch} {date}");
        }
    }

    #[test]
    fn exceptions_and_closures() {
        let office = office();
        for (branch, date, expected) in [
            ("SGR-HQ", "2027-03-09", "open 08:00-13:00 Eve of Hari Raya"),
            ("KDH-HQ", "2027-03-09", "open 08:00-13:00 Eve of Hari Raya"),
            ("JHR-HQ", "2027-04-03", "open 08:00-12:30 Special Saturday"),
            ("JHR-HQ", "2027-02-06", "open 09:00-11:00 Specially open"),
            ("SGR-HQ", "2027-02-06", "holiday Chinese New Year false"),
            ("JHR-KLUANG", "2027-04-05", "exception Cable works"),
            ("JHR-HQ", "2027-04-05", "open 14:30-17:00 Cable works"),
            ("JHR-HQ", "2027-04-06", "exception Training"),
            ("JHR-HQ", "2027-04-12", "closure Flood"),
            ("JHR-HQ", "2027-04-13", "closure Repairs"),
            ("JHR-UTC", "2027-04-14", "closure Flood"),
            ("SGR-HQ", "2027-04-14", "closure Election day"),
            ("SGR-HQ", "2027-04-13", "open 08:00-13:00 14:00-17:00 "),
        ] {
            assert_eq!(says(&office, branch, date), expected, "{branch} {date}");
        }
    }

    #[test]
    fn closed_hours_take_out_the_slots_that_reach_into_them() {
        let mut files = builtin_files();
        files.insert("closures.csv".into(), CLOSED_HOURS.replace("SGR,", "MY-10,").into());
        let office = read_files(&files).unwrap();
        let (branch, service) =
            (BranchCode::parse("SGR-KAJANG").unwrap(), ServiceCode::parse("BKP-PASPORT").unwrap());
        let times = |date: &str| {
            let slots = office.slots(&branch, &service, date.parse().unwrap());
            slots.iter().map(|slot| slot.time.format("%H:%M").to_string()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(times("2027-04-09"), "08:00 09:00 10:00 11:00 14:45 15:45", "a Friday");
        assert_eq!(
            times("2027-04-12"),
            "08:00 09:00 10:00 11:00 12:00 14:00",
            "15:00 and 16:00 reach into it"
        );
        assert_eq!(
            says(&office, "SGR-KAJANG", "2027-04-12"),
            "open 08:00-13:00 14:00-15:30 16:30-17:00 Power cut"
        );
        assert_eq!(times("2027-04-13"), "");
        assert_eq!(says(&office, "SGR-KAJANG", "2027-04-13"), "closure Training");
        assert_eq!(says(&office, "SGR-KAJANG", "2027-04-14"), "closure Flood");
        let folder = tempfile::tempdir().unwrap();
        write_dir(&office, folder.path()).unwrap();
        assert_eq!(read_dir(folder.path()).unwrap(), office);
    }

    #[test]
    fn the_next_open_day_is_looked_for_inside_the_window() {
        let office = office();
        let branch = BranchCode::parse("JHR-HQ").unwrap();
        let next = |after: &str, last: &str| {
            let next = office.next_open(&branch, after.parse().unwrap(), last.parse().unwrap());
            next.map_or_else(|| "none".to_owned(), |date| date.to_string())
        };
        assert_eq!(next("2027-04-11", "2027-06-01"), "2027-04-16", "flood, then closed on Thursdays");
        assert_eq!(next("2027-04-11", "2027-04-16"), "2027-04-16", "the last day counts");
        assert_eq!(next("2027-04-11", "2027-04-15"), "none");
        assert_eq!(next("2027-04-16", "2027-04-10"), "none");
        assert_eq!(
            office.next_open(&BranchCode::parse("NO-SUCH").unwrap(), NaiveDate::MAX, NaiveDate::MAX),
            None
        );
    }

    #[test]
    fn slots_are_those_of_the_offer_on_open_days() {
        let office = office();
        let slots = |branch: &str, service: &str, date: &str| {
            let (branch, service) =
                (BranchCode::parse(branch).unwrap(), ServiceCode::parse(service).unwrap());
            let slots = office.slots(&branch, &service, date.parse().unwrap());
            slots
                .iter()
                .map(|slot| format!("{}x{}", slot.time.format("%H:%M"), slot.capacity))
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(
            slots("SGR-KAJANG", "BKP-PASPORT", "2026-11-06"),
            "08:00x6 09:00x6 10:00x6 11:00x6 14:45x6 15:45x6"
        );
        assert_eq!(slots("SGR-KAJANG", "BKP-PASPORT", "2026-11-07"), "", "rest day");
        assert_eq!(slots("SGR-KAJANG", "OPS-REK", "2026-11-06"), "", "not offered");
        assert_eq!(slots("NO-SUCH", "OPS-REK", "2026-11-06"), "");
    }

    #[test]
    fn a_year_without_a_list_of_holidays_is_known_to_be_so() {
        let office = office();
        assert_eq!(
            [2025, 2026, 2027, 2028, 2029, i32::MAX].map(|year| office.holidays_known(year)),
            [false, true, true, true, false, false]
        );
    }
}
