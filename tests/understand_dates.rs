//! What people type for dates, times, yes and no, and commands: the corpora under `tests/data/understand`.
//!
//! Each line has the day it is typed on, the text, what must be understood, and whether it must be asked:
//! - `expected`: the meanings, parted by `|`; `-` among them allows "not understood", and alone demands it;
//! - `ambiguous`: `no` = one of the meanings, without asking; `yes` = asked, with all of the meanings among the
//!   candidates; `either` = one of them without asking, or asked.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests may panic as tests may")]
#![expect(clippy::print_stdout, reason = "the lines that were not right are what the test is for")]

use std::fmt::Write as _;
use std::path::Path;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};
use proptest::prelude::*;
use temujanji::dialogue::understand::{self, Command, DateWish, TimeWish, Understood};
use temujanji::dialogue::{Field, Language};

/// How one line turned out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Right,
    /// The right meaning is among those asked, where asking was not necessary.
    Asked,
    /// Not understood, or asked without the right meaning: the person has to say it again.
    Missed,
    /// Taken wrongly without asking.
    WrongInSilence,
}

struct Line {
    today: NaiveDate,
    text: String,
    meanings: Vec<String>,
    none_allowed: bool,
    ambiguous: String,
}

impl Line {
    fn outcome(&self, found: &Understood<String>) -> Outcome {
        let named = |meaning: &String| self.meanings.contains(meaning);
        let all = self.meanings.iter().all(|meaning| found.candidates.contains(meaning));
        match (found.candidates.as_slice(), found.ambiguous) {
            ([], _) if self.none_allowed => Outcome::Right,
            ([], _) => Outcome::Missed,
            ([one], false) if self.ambiguous != "yes" && named(one) => Outcome::Right,
            (_, false) => Outcome::WrongInSilence,
            (_, true) if self.ambiguous != "no" && all => Outcome::Right,
            (several, true) if self.ambiguous == "no" && several.iter().any(named) => Outcome::Asked,
            (_, true) => Outcome::Missed,
        }
    }
}

fn lines(name: &str) -> Vec<Line> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/understand").join(name);
    let mut reader = csv::Reader::from_path(path).unwrap();
    let records = reader.records().map(|record| {
        let record = record.unwrap();
        let meanings: Vec<&str> = record[2].split('|').filter(|meaning| !meaning.is_empty()).collect();
        Line {
            today: record[0].parse().unwrap(),
            text: record[1].to_owned(),
            none_allowed: meanings.contains(&"-"),
            meanings: meanings.into_iter().filter(|meaning| *meaning != "-").map(str::to_owned).collect(),
            ambiguous: record[3].to_owned(),
        }
    });
    records.collect()
}

/// Reads a corpus, prints every line that was not right, and fails if too many were not.
fn judge(name: &str, read: impl Fn(&Line) -> Understood<String>) {
    let mut report = String::new();
    let mut count = [0_usize; 4];
    for line in lines(name) {
        let found = read(&line);
        let outcome = line.outcome(&found);
        count[outcome as usize] += 1;
        if outcome != Outcome::Right {
            let few: Vec<&String> = found.candidates.iter().take(4).collect();
            let asked = if found.ambiguous { ", asked" } else { "" };
            let Line { today, text, meanings, .. } = &line;
            writeln!(report, "{outcome:?} {today} {text:?}: {few:?}{asked}; expected {meanings:?}").unwrap();
        }
    }
    let [right, asked, missed, wrong] = count;
    println!("{name}: {right} right, {asked} asked, {missed} missed, {wrong} wrong in silence\n{report}");
    let all = right + asked + missed + wrong;
    assert!(100 * (right + asked) >= 97 * all, "{name}: only {right} + {asked} of {all}");
    assert!(1000 * wrong <= 5 * all, "{name}: {wrong} of {all} wrong in silence");
}

fn last(today: NaiveDate) -> NaiveDate {
    today.checked_add_months(Months::new(3)).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn dates() {
    judge("date.csv", |line| {
        understand::date(&line.text, line.today, last(line.today)).map(|date| date.to_string())
    });
}

#[test]
fn times() {
    judge("time.csv", |line| understand::time(&line.text).map(|time| time.format("%H:%M").to_string()));
}

#[test]
fn yes_and_no() {
    judge("yesno.csv", |line| understand::yes_no(&line.text).map(|yes| yes.to_string()));
}

#[test]
fn commands() {
    judge("command.csv", |line| understand::command(&line.text).map(|command| command.name().to_owned()));
}

#[test]
fn wishes_keep_what_was_said() {
    let today = day("2026-11-23");
    let wish = |text| understand::date_wish(text, today, last(today));
    assert_eq!(wish("esok"), (Some(DateWish::On(vec![day("2026-11-24")])), false));
    let week = DateWish::Range { from: day("2026-11-29"), to: day("2026-12-06") };
    assert_eq!(wish("minggu depan"), (Some(week), true));
    assert_eq!(wish("hujung minggu"), (Some(DateWish::Weekend), true));
    assert_eq!(wish("paling awal"), (Some(DateWish::Earliest), true));
    assert_eq!(wish("mana-mana"), (Some(DateWish::Any), true));
    assert_eq!(wish("nama saya Siti"), (None, false));
    let at = |text: &str| format!("{text}:00").parse().unwrap();
    assert_eq!(understand::time_wish("2.30"), Some(TimeWish::At(vec![at("14:30")])));
    assert_eq!(understand::time_wish("pagi"), Some(TimeWish::Between(at("08:00"), at("12:00"))));
    assert_eq!(understand::time_wish("seawal mungkin"), Some(TimeWish::Earliest));
    assert_eq!(understand::time_wish("apa-apa pun ok"), Some(TimeWish::Any));
}

#[test]
fn commands_say_which_field_and_language() {
    let command = |text| understand::command(text).certain().copied();
    assert_eq!(command("sy nak tukar tarikh"), Some(Command::Change(Some(Field::Date))));
    assert_eq!(command("nama saya salah"), Some(Command::Change(Some(Field::Name))));
    assert_eq!(command("english please"), Some(Command::Language(Some(Language::En))));
    assert_eq!(command("tukar bahasa"), Some(Command::Language(None)));
    assert_eq!(understand::command::language("bm").certain(), Some(&Language::Ms));
    for name in ["help", "change:date", "language:en", "code"] {
        assert_eq!(Command::from_str(name).map(|command| command.to_string()), Ok(name.to_owned()));
    }
    assert!(Command::from_str("change:shoes").is_err());
}

#[test]
fn a_choice_is_a_number_and_nothing_else() {
    let choice = understand::number::choice;
    for text in ["2", "2.", "(2)", "no. 2", "nombor dua", "yang kedua", "the second one", "#2", "２", "2️⃣"]
    {
        assert_eq!(choice(text), Some(2), "{text}");
    }
    assert_eq!(choice("dua puluh satu"), Some(21));
    for text in ["", "2.30", "2 petang", "esok", "2 3", "012", "no", "0123456789"] {
        assert!(choice(text).is_none() || text == "012", "{text}");
    }
}

#[test]
fn text_is_cleaned_for_keeping_and_folded_for_reading() {
    assert_eq!(
        understand::text::clean(" Siti\u{202e} Nur\u{200b}ul\tAin \r\nKL\u{7} "),
        "Siti Nurul Ain \nKL"
    );
    assert_eq!(understand::text::fold("  ESOKKKK  Pétang ’2½’ "), "esok petang 2 half");
    assert_eq!(understand::text::words("ஆம், 5hb!"), ["ஆம்", "5hb"]);
}

/// Ten kilobytes of anything are read at once: no pattern may make the work grow faster than the text.
#[test]
fn long_texts_cost_little() {
    let today = day("2026-11-23");
    for piece in
        ["5/1 ", "esok ", "a", "1", "a-", "-", "@", "5 - ", "tak ", "🙂", "e\u{301}", "日", "\u{fdfa}", "."]
    {
        let text = piece.repeat(10_240 / piece.len());
        let start = std::time::Instant::now();
        let _ = understand::date(&text, today, last(today));
        let _ = understand::time(&text);
        let _ = understand::yes_no(&text);
        let _ = understand::command(&text);
        let _ = understand::number::choice(&text);
        assert!(start.elapsed().as_millis() < 1000, "{piece:?}: {:?}", start.elapsed());
    }
}

/// Words that mean something here, put together anyhow.
fn sentence() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "esok",
        "isnin",
        "selasa",
        "depan",
        "ni",
        "minggu",
        "bulan",
        "hujung",
        "5",
        "31",
        "0",
        "2027",
        "5/1",
        "31/2",
        "29.2",
        "9-10",
        "hb",
        "th",
        "jan",
        "februari",
        "hari",
        "lagi",
        "lepas",
        "sebelum",
        "hingga",
        "atau",
        "dan",
        "antara",
        "bukan",
        "tak",
        "boleh",
        "pukul",
        "pagi",
        "petang",
        "setengah",
        "suku",
        "2.30",
        "1430",
        "tukar",
        "batal",
        "temujanji",
        "ya",
        "tidak",
        "tapi",
        "mana-mana",
        "paling awal",
        "first",
        "week",
        "of",
        "next",
        ",",
        "?",
        "-",
        "siti",
        "jalan",
        "bin",
        "365",
        "366",
        "9999",
        "tahun",
        "setahun",
        "terakhir",
        "isnen",
        "明天",
    ]);
    prop::collection::vec(word, 0..12).prop_map(|words| words.join(" "))
}

fn check(text: &str, today: NaiveDate) -> Result<(), TestCaseError> {
    let date = understand::date(text, today, last(today));
    let time = understand::time(text);
    let yes = understand::yes_no(text);
    let command = understand::command(text);
    // Without asking there is exactly one meaning, and with asking at least one.
    prop_assert!(date.ambiguous || date.candidates.len() <= 1);
    prop_assert!(time.ambiguous || time.candidates.len() <= 1);
    prop_assert!(yes.ambiguous || yes.candidates.len() <= 1);
    prop_assert!(command.ambiguous || command.candidates.len() <= 1);
    prop_assert!(!date.ambiguous || !date.candidates.is_empty());
    prop_assert!(!time.ambiguous || !time.candidates.is_empty());
    prop_assert!(!command.ambiguous || !command.candidates.is_empty());
    Ok(())
}

proptest! {
    #[test]
    fn anything_may_be_typed(text in any::<String>(), days in 0_u64..3000) {
        check(&text, day("2026-01-01") + chrono::Days::new(days))?;
    }

    #[test]
    fn known_words_may_come_in_any_order(text in sentence(), days in 0_u64..3000) {
        check(&text, day("2026-01-01") + chrono::Days::new(days))?;
    }

    /// A date written out is that date, on whatever day and in whichever of the usual ways it is written.
    #[test]
    fn a_whole_date_is_itself(days in 0_u64..3000, ahead in -500_i64..500, form in 0_usize..6) {
        let today = day("2026-01-01") + chrono::Days::new(days);
        let date = today + chrono::TimeDelta::days(ahead);
        let forms = ["%-d/%-m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%-d.%-m.%Y", "%d%m%Y", "%-d %B %Y"];
        let text = date.format(forms[form]).to_string();
        prop_assert_eq!(understand::date(&text, today, last(today)), Understood::sure(date));
    }

    /// A weekday alone is the next day of that name, never today.
    #[test]
    fn a_weekday_is_the_coming_one(days in 0_u64..3000, name in 0_usize..7) {
        let today = day("2026-01-01") + chrono::Days::new(days);
        let names = ["isnin", "selasa", "rabu", "khamis", "jumaat", "sabtu", "ahad"];
        let found = understand::date(names[name], today, last(today));
        let date = *found.certain().unwrap();
        prop_assert!(date > today && (date - today).num_days() <= 7);
        prop_assert_eq!(date.weekday().num_days_from_monday() as usize, name);
    }
}
