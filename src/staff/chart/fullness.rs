//! How full a branch is on the days to come, by time of day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime, Timelike};
use serde::Serialize;

use super::{LONGEST_WORD, TEMPLATE, percent, plain};
use crate::dialogue::Language;
use crate::office::{BranchCode, Closed, Office, Reason, Verdict};
use crate::typeset::{self, PageError, printable};
use crate::words::{Words, args};

/// Times beside one another that a phone shows large enough; more are put together by the hour.
const TIMES_ABREAST: usize = 10;

/// How full a branch is.
#[derive(Debug, Clone, PartialEq)]
pub struct Fullness {
    /// The language of its words.
    pub language: Language,
    /// Short name of the branch.
    pub branch: String,
    /// Whether details of the office are sample data; the picture then says so.
    pub sample: bool,
    /// The days, in order.
    pub days: Vec<FullDay>,
}

/// One day of a branch.
#[derive(Debug, Clone, PartialEq)]
pub struct FullDay {
    /// The day.
    pub date: NaiveDate,
    /// Its places, or why there are none.
    pub places: Places,
}

/// The places of a day.
#[derive(Debug, Clone, PartialEq)]
pub enum Places {
    /// By time of day, in order; over all services. May be empty where the branch is open but offers nothing.
    Open(Vec<Cell>),
    /// The branch is closed.
    Closed(Closed),
}

/// The places of one time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Start.
    pub time: NaiveTime,
    /// Places taken.
    pub taken: u32,
    /// Places in all.
    pub capacity: u32,
}

impl FullDay {
    fn cells(&self) -> &[Cell] {
        match &self.places {
            Places::Open(cells) => cells,
            Places::Closed(_) => &[],
        }
    }
}

impl Cell {
    fn is_full(self) -> bool {
        self.taken >= self.capacity
    }
}

/// What the template reads as `/data.json`.
#[derive(Serialize)]
struct Data<'a> {
    chart: &'static str,
    language: &'static str,
    title: String,
    branch: String,
    about: String,
    notes: Vec<String>,
    times: &'a [String],
    legend: Vec<String>,
    days: Vec<Day>,
}

#[derive(Serialize)]
struct Day {
    name: String,
    /// Why it has no places, where it has none.
    closed: Option<String>,
    cells: Vec<Option<Share>>,
}

/// What is taken of a cell, in per cent, and the step of the scale it is coloured by.
#[derive(Serialize)]
struct Share {
    percent: u32,
    step: usize,
}

impl Fullness {
    /// The days of a branch by the catalogue in force, with what is taken of each day and time over all services;
    /// what is not named is free. `None` if there is no such branch.
    pub fn new(
        office: &Office,
        language: Language,
        code: &BranchCode,
        days: impl IntoIterator<Item = NaiveDate>,
        taken: &BTreeMap<(NaiveDate, NaiveTime), u32>,
    ) -> Option<Fullness> {
        let branch = office.branch(code)?;
        let day = |date| {
            let places = match office.verdict(code, date)? {
                Verdict::Closed(closed) => Places::Closed(closed),
                Verdict::Open { .. } => {
                    let mut capacity: BTreeMap<NaiveTime, u32> = BTreeMap::new();
                    for offer in &branch.services {
                        for slot in office.slots(code, &offer.service, date) {
                            *capacity.entry(slot.time).or_default() += slot.capacity;
                        }
                    }
                    let cell = |(time, capacity)| {
                        let taken = taken.get(&(date, time)).copied().unwrap_or_default();
                        Cell { time, taken, capacity }
                    };
                    Places::Open(capacity.into_iter().map(cell).collect())
                }
            };
            Some(FullDay { date, places })
        };
        let days = days.into_iter().filter_map(day).collect();
        Some(Fullness { language, branch: branch.short.clone(), sample: !branch.samples.is_empty(), days })
    }

    /// The picture, as PNG.
    ///
    /// Takes some milliseconds of CPU: call it off the async threads.
    ///
    /// # Errors
    ///
    /// [`PageError`] when the template or its fonts are broken.
    pub fn png(&self, words: &Words) -> Result<Vec<u8>, PageError> {
        let hourly = self.times().len() > TIMES_ABREAST;
        let shown = if hourly { self.by_the_hour() } else { self.clone() };
        let times: Vec<_> = shown.times().into_iter().collect();
        let clock: Vec<_> = times.iter().map(|time| words.clock(*time)).collect();
        let share = |day: &FullDay, time: NaiveTime| {
            let cell = day.cells().iter().find(|cell| cell.time == time)?;
            let percent = percent(cell.taken, cell.capacity);
            Some(Share { percent, step: step(*cell, percent) })
        };
        let day = |day: &FullDay| Day {
            name: words.day_and_month(self.language, day.date),
            closed: self.without_places(words, day).map(|why| printable(&why, LONGEST_WORD)),
            cells: times.iter().map(|time| share(day, *time)).collect(),
        };
        let plain = |id| plain(words, self.language, id);
        let mut notes = Vec::new();
        notes.extend(hourly.then(|| plain("chart-fullness-hourly")));
        notes.extend(self.sample.then(|| plain("chart-sample")));
        let data = Data {
            chart: "fullness",
            language: self.language.name(),
            title: plain("chart-fullness-title"),
            branch: printable(&self.branch, LONGEST_WORD),
            about: plain("chart-fullness-about"),
            notes,
            times: &clock,
            legend: ["0–24", "25–49", "50–74", "75–99"]
                .map(|range| words.text(self.language, "chart-percent", args![number = range]))
                .into_iter()
                .chain([plain("chart-full"), plain("chart-closed")])
                .collect(),
            days: shown.days.iter().map(day).collect(),
        };
        typeset::png(&TEMPLATE.fill(&data, &[])?)
    }

    /// The same in words: a line for each day with what is taken, and a line with its times.
    pub fn text(&self, words: &Words) -> String {
        let plain = |id| plain(words, self.language, id);
        let mut lines = vec![
            words.text(
                self.language,
                "chart-heading",
                args![title = plain("chart-fullness-title"), branch = self.branch.as_str()],
            ),
            String::new(),
        ];
        for day in &self.days {
            lines.extend(self.day(words, day));
        }
        if self.sample {
            lines.extend([String::new(), plain("chart-sample")]);
        }
        lines.join("\n") + "\n"
    }

    fn day(&self, words: &Words, day: &FullDay) -> Vec<String> {
        let date = words.short_date(self.language, day.date);
        if let Some(why) = self.without_places(words, day) {
            return vec![words.text(self.language, "chart-day-closed", args![date = date, why = why])];
        }
        let cells = day.cells();
        let taken = cells.iter().map(|cell| cell.taken).sum::<u32>();
        let capacity = cells.iter().map(|cell| cell.capacity).sum::<u32>();
        let share = percent(taken, capacity);
        let all = words.text(
            self.language,
            "chart-day-taken",
            args![date = date, taken = taken, capacity = capacity, percent = share],
        );
        vec![all, cells.iter().map(|cell| self.cell(words, *cell)).collect::<Vec<_>>().join("; ")]
    }

    /// Why a day has no places, where it has none.
    fn without_places(&self, words: &Words, day: &FullDay) -> Option<String> {
        match &day.places {
            Places::Closed(why) => Some(self.closed(words, why)),
            Places::Open(cells) if cells.is_empty() => Some(plain(words, self.language, "chart-no-places")),
            Places::Open(_) => None,
        }
    }

    fn cell(&self, words: &Words, cell: Cell) -> String {
        let time = words.clock(cell.time);
        let (taken, capacity) = (cell.taken, cell.capacity);
        if cell.is_full() {
            return words.text(
                self.language,
                "chart-cell-full",
                args![time = time, taken = taken, capacity = capacity],
            );
        }
        words.text(self.language, "chart-cell", args![time = time, taken = taken, capacity = capacity])
    }

    fn closed(&self, words: &Words, why: &Closed) -> String {
        let said = |reason: &Reason| match self.language {
            Language::Ms => reason.ms.clone(),
            Language::En => reason.en.clone(),
        };
        match why {
            Closed::RestDay => plain(words, self.language, "chart-rest-day"),
            Closed::Holiday { name, .. } => {
                words.text(self.language, "chart-holiday", args![name = said(name)])
            }
            Closed::Closure { reason } => {
                words.text(self.language, "chart-closure", args![reason = said(reason)])
            }
            Closed::Exception { reason } => {
                words.text(self.language, "chart-exception", args![reason = said(reason)])
            }
        }
    }

    /// Every time of day that any of the days has.
    fn times(&self) -> BTreeSet<NaiveTime> {
        self.days.iter().flat_map(FullDay::cells).map(|cell| cell.time).collect()
    }

    /// The same with the times of an hour put together.
    fn by_the_hour(&self) -> Fullness {
        let mut hourly = self.clone();
        for day in &mut hourly.days {
            let Places::Open(cells) = &mut day.places else { continue };
            let mut hours: BTreeMap<NaiveTime, Cell> = BTreeMap::new();
            for cell in cells.iter() {
                let time = NaiveTime::from_hms_opt(cell.time.hour(), 0, 0).unwrap_or(cell.time);
                let hour = hours.entry(time).or_insert(Cell { time, taken: 0, capacity: 0 });
                hour.taken += cell.taken;
                hour.capacity += cell.capacity;
            }
            *cells = hours.into_values().collect();
        }
        hourly
    }
}

/// Step of the scale: quarters, and full. What is nearly full is not shown as full, nor full as nearly.
fn step(cell: Cell, percent: u32) -> usize {
    match percent {
        _ if cell.is_full() => 4,
        75.. => 3,
        50.. => 2,
        25.. => 1,
        0.. => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office;

    fn at(hour: u32, minute: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
    }

    fn cell(hour: u32, minute: u32, taken: u32, capacity: u32) -> Cell {
        Cell { time: at(hour, minute), taken, capacity }
    }

    fn fullness(language: Language) -> Fullness {
        let day = |day, places| FullDay { date: NaiveDate::from_ymd_opt(2026, 12, day).unwrap(), places };
        let holiday = Closed::Holiday {
            name: Reason { ms: "Hari Krismas".to_owned(), en: "Christmas Day".to_owned() },
            estimated: false,
        };
        let reason = Reason { ms: "Banjir".to_owned(), en: "Flood".to_owned() };
        Fullness {
            language,
            branch: "Jalan Duta".to_owned(),
            sample: true,
            days: vec![
                day(23, Places::Open(vec![cell(8, 0, 12, 12), cell(9, 0, 11, 12), cell(14, 30, 0, 12)])),
                day(24, Places::Open(vec![])),
                day(25, Places::Closed(holiday)),
                day(26, Places::Closed(Closed::RestDay)),
                day(28, Places::Closed(Closed::Closure { reason: reason.clone() })),
                day(29, Places::Closed(Closed::Exception { reason })),
            ],
        }
    }

    #[test]
    fn every_number_is_in_the_words_too() {
        let words = Words::builtin();
        insta::assert_snapshot!(Language::ALL.map(|language| fullness(language).text(words)).join("\n"));
    }

    #[test]
    fn full_is_full_and_nearly_full_is_not() {
        let steps = [(0, 0), (0, 100), (24, 100), (25, 100), (74, 100), (199, 200), (200, 200), (7, 5)];
        let steps =
            steps.map(|(taken, capacity)| step(cell(8, 0, taken, capacity), percent(taken, capacity)));
        assert_eq!(steps, [4, 0, 0, 1, 2, 3, 4, 4]);
    }

    #[test]
    fn places_come_from_the_catalogue_and_closed_days_say_why() {
        let office = office::builtin();
        let code = BranchCode::parse("KUL-DUTA").unwrap();
        let monday = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
        let sunday = NaiveDate::from_ymd_opt(2026, 11, 29).unwrap();
        let taken = BTreeMap::from([((monday, at(8, 0)), 3)]);
        let shown = Fullness::new(&office, Language::Ms, &code, [sunday, monday], &taken).unwrap();
        assert!(shown.sample);
        assert_eq!(shown.days[0].places, Places::Closed(Closed::RestDay));
        let Places::Open(cells) = &shown.days[1].places else { panic!("closed on a Monday") };
        let capacity: u32 = office
            .branch(&code)
            .unwrap()
            .services
            .iter()
            .flat_map(|offer| office.slots(&code, &offer.service, monday))
            .filter(|slot| slot.time == at(8, 0))
            .map(|slot| slot.capacity)
            .sum();
        assert_eq!(cells[0], Cell { time: at(8, 0), taken: 3, capacity });
        assert!(cells[1..].iter().all(|cell| cell.taken == 0 && cell.capacity > 0));

        let nowhere = BranchCode::parse("NO-WHERE").unwrap();
        assert_eq!(Fullness::new(&office, Language::Ms, &nowhere, [monday], &taken), None);
    }

    #[test]
    fn many_times_are_put_together_by_the_hour() {
        let mut shown = fullness(Language::En);
        shown.days[0].places = Places::Open(vec![cell(8, 0, 1, 2), cell(8, 30, 2, 2), cell(9, 0, 0, 3)]);
        let Places::Open(cells) = &shown.by_the_hour().days[0].places else { panic!("it was open") };
        assert_eq!(*cells, [cell(8, 0, 3, 4), cell(9, 0, 0, 3)]);
    }
}
