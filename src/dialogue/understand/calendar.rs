//! The words of dates and times.

use chrono::{NaiveDate, Weekday};

/// A stretch of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// A part of the day. `Am` and `Pm` only say which half of it an hour is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Am,
    Pm,
    EarlyMorning,
    Morning,
    Midday,
    /// English: from noon to six.
    Afternoon,
    /// Malay *petang*: from two to seven; Indonesian *sore*.
    Petang,
    LatePetang,
    /// Indonesian *siang*: from eleven to three.
    Siang,
    Evening,
    Night,
    Midnight,
}

/// A third of a month, week or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Third {
    Start,
    Middle,
    End,
}

/// One word, phrase or figure, by what it says of dates and times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    /// A number of up to four digits, or in words (then without digits).
    Num {
        value: u32,
        digits: usize,
    },
    /// "pertama", "third".
    Nth(i32),
    /// `5/1/2027`, `2027-01-05`, `05012027`; `full_year` when the year has four digits.
    Ymd {
        date: NaiveDate,
        full_year: bool,
    },
    /// Six digits that make a date, as they make many another number.
    Six(NaiveDate),
    /// Two numbers and the mark between them: `5/1`, `2.30`, `9-10`.
    Pair {
        a: u32,
        mark: char,
        b: u32,
        b_digits: usize,
    },
    Mark(char),
    /// Days from today.
    Ahead(i64),
    /// "sekarang": today if it stands alone, else a word like any other.
    Now,
    Weekday(Weekday),
    /// Short for a weekday, but also a word of its own ("sat", "jum", "sun").
    ShortWeekday(Weekday),
    Month(u32),
    /// "may".
    May,
    /// "haribulan", "tanggal".
    DayOfMonth,
    /// "th" after a number.
    Suffix,
    Unit(Unit),
    /// 月, which follows the number of a month.
    MonthSign,
    /// One of a unit: "seminggu".
    One(Unit),
    /// Malay *minggu*: a week, and a Sunday.
    Minggu,
    This,
    Next,
    /// "last", "lalu".
    Last,
    /// Malay *lepas*: "isnin lepas" is last Monday, "lepas isnin" is after Monday.
    Lepas,
    /// "lagi", "from now".
    FromNow,
    In,
    Third(Third),
    Weekend,
    Workdays,
    Earliest,
    Latest,
    Any,
    Between,
    From,
    To,
    /// Malay *ke*: to, or, and a mark of a question.
    Ke,
    Or,
    And,
    Before,
    After,
    Onwards,
    About,
    /// "ish", "macam tu": about, after what it speaks of.
    Ish,
    /// A refusal, of what follows or of what came before: "esok tak boleh".
    Not,
    /// A refusal of what follows: "bukan", "kecuali".
    NotThis,
    /// English "no", and short for *nombor*.
    No,
    /// "boleh", "ada": with "tak" after it, it asks.
    Can,
    But,
    /// "pukul", "at".
    At,
    Part(Part),
    Half,
    /// Malay and Indonesian *setengah*: half past in one, half to in the other.
    Setengah,
    Quarter,
    ThreeQuarters,
    /// "lewat" after an hour, "past".
    Past,
    /// "kurang": so much before the hour.
    Less,
    Minute,
    Hour,
    Oclock,
    Noon,
    Lunch,
    Prayer,
    Work,
    /// "slot", before a number that may be a time or the number of a choice.
    Slot,
    /// "nombor", "pilihan": the number after it is no date and no time.
    Choice,
    /// The date may be that of a document or a birth, or not free, or not meant.
    Doubt,
    /// A word of an address: figures near it are house numbers.
    Address,
    /// "bin", "binti": the text is a name.
    Name,
    /// A telephone or identity number or the like.
    Opaque,
    /// "tarikh", which says that a number is a day.
    Date,
    /// Says nothing of dates and times.
    Filler,
    /// A word not known here.
    Unknown,
}

impl Item {
    /// Whether it stands between two days or times, or before or after one.
    pub(super) fn joins(self) -> bool {
        use Item::{After, And, Before, Between, From, Ke, Lepas, Onwards, Or, To};
        matches!(self, To | Ke | Or | And | Before | After | Lepas | From | Between | Onwards)
    }

    /// Whether a word that is only like one for this is taken for it: the words that carry a date or time.
    pub(super) fn may_be_mistyped(self) -> bool {
        use Item::{Ahead, DayOfMonth, Minggu, Month, Next, Part, Setengah, Third, Unit, Weekday};
        matches!(
            self,
            Ahead(_)
                | Weekday(_)
                | Month(_)
                | DayOfMonth
                | Unit(_)
                | Minggu
                | Next
                | Third(_)
                | Part(_)
                | Setengah
        )
    }

    /// The joining word a mark stands for: "isnin-rabu", "9/10 pagi".
    pub(super) fn as_joint(self) -> Item {
        if let Item::Mark(mark) = self {
            return match mark {
                '-' => Item::To,
                '/' | '&' | '+' => Item::Or,
                _ => self,
            };
        }
        self
    }
}
