//! Who came in the weeks past.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::{LONGEST_WORD, TEMPLATE, percent, plain};
use crate::dialogue::Language;
use crate::staff::sheet::Standing;
use crate::typeset::{self, PageError, printable};
use crate::words::{Words, args};

/// Who came to a branch, week by week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turnout {
    /// The language of its words.
    pub language: Language,
    /// Short name of the branch, or of whatever the numbers are of.
    pub branch: String,
    /// The weeks, in order.
    pub weeks: Vec<Week>,
}

/// The appointments of one week; each is counted once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// Its first day.
    pub monday: NaiveDate,
    /// Came in time.
    pub arrived: u32,
    /// Came late.
    pub late: u32,
    /// Did not come.
    pub no_show: u32,
    /// Called off.
    pub cancelled: u32,
    /// Nothing has been noted.
    pub booked: u32,
}

impl Week {
    /// How many stand so, in the order of the picture.
    fn parts(&self) -> [(Standing, u32); 5] {
        [
            (Standing::Arrived, self.arrived),
            (Standing::Late, self.late),
            (Standing::NoShow, self.no_show),
            (Standing::Cancelled, self.cancelled),
            (Standing::Booked, self.booked),
        ]
    }

    fn has(&self, standing: Standing) -> bool {
        !self.parts().contains(&(standing, 0))
    }

    fn all(&self) -> u32 {
        self.parts().iter().map(|(_, count)| count).sum()
    }

    /// Those who did not come, of those whose coming was noted, in per cent; `None` where nothing was noted.
    pub fn no_show_percent(&self) -> Option<u32> {
        let noted = self.arrived + self.late + self.no_show;
        (noted > 0).then(|| percent(self.no_show, noted))
    }

    fn sunday(&self) -> NaiveDate {
        self.monday.checked_add_days(Days::new(6)).unwrap_or(self.monday)
    }
}

/// What the template reads as `/data.json`.
#[derive(Serialize)]
struct Data {
    chart: &'static str,
    language: &'static str,
    title: String,
    branch: String,
    about: String,
    empty: String,
    /// Name in the data and in words.
    legend: Vec<(Standing, String)>,
    /// Appointments of the longest bar.
    most: u32,
    weeks: Vec<Bar>,
}

#[derive(Serialize)]
struct Bar {
    name: String,
    rate: Option<String>,
    parts: Vec<(Standing, u32)>,
    numbers: Vec<String>,
}

impl Turnout {
    /// The picture, as PNG.
    ///
    /// Takes some milliseconds of CPU: call it off the async threads.
    ///
    /// # Errors
    ///
    /// [`PageError`] when the template or its fonts are broken.
    pub fn png(&self, words: &Words) -> Result<Vec<u8>, PageError> {
        let plain = |id| plain(words, self.language, id);
        let bar = |week: &Week| Bar {
            name: self.name(words, week),
            rate: self.rate(words, week),
            parts: week.parts().into_iter().filter(|(_, count)| *count > 0).collect(),
            numbers: self.numbers(words, week),
        };
        let shown = |standing: &Standing| self.weeks.iter().any(|week| week.has(*standing));
        let order =
            [Standing::Arrived, Standing::Late, Standing::NoShow, Standing::Cancelled, Standing::Booked];
        let data = Data {
            chart: "turnout",
            language: self.language.name(),
            title: plain("chart-turnout-title"),
            branch: printable(&self.branch, LONGEST_WORD),
            about: plain("chart-turnout-about"),
            empty: plain("chart-turnout-empty"),
            legend: order.into_iter().filter(shown).map(|one| (one, self.standing(words, one))).collect(),
            most: self.weeks.iter().map(Week::all).max().unwrap_or_default(),
            weeks: self.weeks.iter().map(bar).collect(),
        };
        typeset::png(&TEMPLATE.fill(&data, &[])?)
    }

    /// The same in words: a line for each week.
    pub fn text(&self, words: &Words) -> String {
        let title = plain(words, self.language, "chart-turnout-title");
        let branch = self.branch.as_str();
        let mut lines = vec![
            words.text(self.language, "chart-heading", args![title = title, branch = branch]),
            String::new(),
        ];
        for week in &self.weeks {
            let numbers = [Some(self.numbers(words, week).join(", ")), self.rate(words, week)];
            let numbers = numbers.into_iter().flatten().collect::<Vec<_>>().join("; ");
            let name = self.name(words, week);
            lines.push(words.text(self.language, "chart-week", args![week = name, numbers = numbers]));
        }
        if self.weeks.is_empty() {
            lines.push(plain(words, self.language, "chart-turnout-empty"));
        }
        lines.join("\n") + "\n"
    }

    fn name(&self, words: &Words, week: &Week) -> String {
        let (from, to) = (week.monday, week.sunday());
        let (from, to) = (words.day_and_month(self.language, from), words.day_and_month(self.language, to));
        words.text(self.language, "chart-span", args![from = from, to = to])
    }

    /// `Hadir 120`, `Hadir lewat 8`: of what there is.
    fn numbers(&self, words: &Words, week: &Week) -> Vec<String> {
        let parts = week.parts().into_iter().filter(|(_, count)| *count > 0);
        let parts: Vec<_> =
            parts.map(|(standing, count)| format!("{} {count}", self.standing(words, standing))).collect();
        if parts.is_empty() { vec![plain(words, self.language, "chart-turnout-none")] } else { parts }
    }

    fn rate(&self, words: &Words, week: &Week) -> Option<String> {
        let percent = week.no_show_percent()?;
        Some(words.text(self.language, "chart-no-show-rate", args![percent = percent]))
    }

    fn standing(&self, words: &Words, standing: Standing) -> String {
        match standing {
            Standing::Booked => plain(words, self.language, "chart-not-noted"),
            Standing::Arrived | Standing::Late | Standing::NoShow | Standing::Cancelled => {
                standing.text(words, self.language)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week(day: u32, [arrived, late, no_show, cancelled, booked]: [u32; 5]) -> Week {
        let monday = NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        Week { monday, arrived, late, no_show, cancelled, booked }
    }

    #[test]
    fn every_number_is_in_the_words_too() {
        let weeks = vec![
            week(2, [412, 31, 57, 44, 0]),
            week(9, [0, 0, 0, 0, 0]),
            week(16, [1, 0, 2, 0, 9]),
            week(23, [0, 0, 0, 3, 0]),
        ];
        let text = |language| {
            let turnout = Turnout { language, branch: "Jalan Duta".to_owned(), weeks: weeks.clone() };
            turnout.text(Words::builtin())
        };
        insta::assert_snapshot!(Language::ALL.map(text).join("\n"));
        let nothing = Turnout { language: Language::En, branch: "Jalan Duta".to_owned(), weeks: vec![] };
        assert!(nothing.text(Words::builtin()).contains("no appointments"));
    }

    #[test]
    fn the_rate_is_of_those_whose_coming_was_noted() {
        assert_eq!(week(2, [8, 1, 1, 90, 900]).no_show_percent(), Some(10));
        assert_eq!(week(2, [0, 0, 0, 90, 900]).no_show_percent(), None);
    }
}
