//! An applicant who answers whatever is asked last, until there is a slip or nothing is left.

use std::sync::Arc;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

use super::chat::Posted;
use super::person::Person;
use super::rush::Rush;

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// With an appointment, of this reference, and all of its files.
    Booked(String),
    /// Told that the day is full, with so many other days or slots to choose from.
    Full {
        /// How many.
        alternatives: usize,
    },
}

/// What the applicant wants.
#[derive(Debug, Clone)]
pub struct Wish {
    /// A passport of one's own.
    pub passport: String,
    /// The branch, as typed.
    pub branch: String,
    /// The service's button.
    pub service: &'static str,
    /// The day, as typed.
    pub date: String,
    /// How the day stands in an alternative; other days are not wanted. Any will do when empty.
    pub day: String,
    /// Patience for the whole way.
    pub patience: Duration,
    /// With whom the places are shared: who is told that none is left waits until the others are through, and tries
    /// again as long as not all are booked.
    pub rush: Option<Arc<Rush>>,
}

/// The rows of a message's buttons: label and data.
type Buttons = Vec<Vec<(String, String)>>;

/// A question, as it stood when it was answered.
type Question = (String, Buttons);

/// One thing to do next.
enum Act {
    Say(String),
    Tap(String, i64, String),
    Done(Ending),
    Nothing,
}

impl Person {
    /// Goes the whole way.
    pub async fn applies(&self, wish: &Wish, chance: &mut StdRng) -> Ending {
        self.says("/start");
        let mut seen = 0;
        // What was answered, and how much stood in the chat up to the last of it.
        let (mut answered, mut begun): (Vec<Question>, usize) = (Vec::new(), 0);
        let end = tokio::time::Instant::now() + wish.patience;
        loop {
            let left = end.saturating_duration_since(tokio::time::Instant::now());
            // An answered question that loses its buttons asks nothing new.
            let more = self.api.until_in(self.id, left, |chat| chat.posted.len() > seen).await;
            assert!(more, "{} waits in vain; the end of it:\n{}", self.name, self.end_of_transcript());
            self.lets_it_settle().await;
            // A question that comes twice is answered once, also when the second has lost its buttons already, or comes
            // after the next. No answer of ours is ever lost, so none is said again.
            let (length, asked, act) = self.with(|chat| {
                let posted = chat.posted.as_slice();
                let is_new = |posted: &Posted| !answered.iter().any(|known| same(posted, known));
                let later = posted.get(begun..).unwrap_or_default().iter().rposition(is_new);
                let upto = posted.get(..later.map_or(0, |at| begun + at + 1)).unwrap();
                let asked = upto.last().map(|last| (last.text.clone(), last.buttons.clone()));
                (posted.len(), asked.map(|asked| (upto.len(), asked)), self.next(upto, wish, chance))
            });
            match act {
                Act::Say(text) => self.says(&text),
                Act::Tap(label, message, data) => self.taps_data(&format!("[{label}]"), message, &data),
                Act::Done(ending @ Ending::Full { .. }) => {
                    match &wish.rush {
                        Some(rush) if self.may_try_again(rush, wish, length).await => {}
                        Some(_) | None => return ending,
                    }
                    self.api.until_in(self.id, wish.patience, |chat| chat.posted.len() > length).await;
                    (seen, answered, begun) = (length, Vec::new(), 0);
                    continue;
                }
                Act::Done(ending) => {
                    if let Some(rush) = &wish.rush {
                        rush.booked();
                    }
                    return ending;
                }
                Act::Nothing => {
                    seen = length;
                    continue;
                }
            }
            seen = length;
            if let Some((upto, question)) = asked {
                begun = upto;
                answered.push(question);
            }
        }
    }

    /// Waits with those who were told that nothing is left, and asks once more when that is worth a try. Whether the
    /// person goes on: also when something comes late that was said before.
    async fn may_try_again(&self, rush: &Rush, wish: &Wish, seen: usize) -> bool {
        let mut called = rush.waits();
        tokio::select! {
            _ = called.changed() => {}
            _ = self.api.until_in(self.id, wish.patience, |chat| chat.posted.len() > seen) => {
                if rush.goes_on(&called) {
                    return true;
                }
            }
        }
        let over = called.borrow().over;
        if !over {
            self.says(&wish.date);
        }
        !over
    }

    /// Reads to the end before answering: what came twice is answered once.
    async fn lets_it_settle(&self) {
        let mut length = 0;
        loop {
            let now = self.with(|chat| chat.posted.len());
            if now == length {
                return;
            }
            length = now;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    fn next(&self, posted: &[Posted], wish: &Wish, chance: &mut StdRng) -> Act {
        let Some(last) = posted.last() else { return Act::Nothing };
        let asks = |text: &str| last.text.contains(text);
        let say = |text: &str| Act::Say(text.to_owned());
        let tap =
            |label: &str| match last.buttons.iter().flatten().find(|(known, _)| known.starts_with(label)) {
                Some((label, data)) => Act::Tap(label.clone(), last.id, data.clone()),
                None => Act::Nothing,
            };
        let full = asks("are full. Please choose another date");
        if last.file.is_some() || last.buttons.is_empty() && last.offer.is_some() && !asks("telephone number")
        {
            return Act::Nothing;
        }
        if asks("What would you like to do next") {
            let booked =
                posted.iter().find(|posted| posted.text.starts_with("Your appointment is confirmed"));
            let files = |ending: &str| {
                posted.iter().any(|p| p.file.as_ref().is_some_and(|(n, _)| n.ends_with(ending)))
            };
            return match booked {
                Some(posted) if files(".png") && files(".pdf") && files(".ics") => {
                    let line = posted.text.lines().find_map(|line| line.strip_prefix("Reference number: "));
                    Act::Done(Ending::Booked(line.unwrap().to_owned()))
                }
                Some(_) => Act::Nothing,
                None => tap("Make a new booking"),
            };
        }
        if asks("Please choose a language") {
            return tap("English");
        }
        if asks("Go on, or start again") {
            return tap("Go on");
        }
        if asks("Do you agree") {
            return tap("Yes, I agree");
        }
        if asks("type your e-mail address") {
            return say(&format!("{}@example.com", self.name));
        }
        if asks("full name as on") {
            return say("Aminah binti Abu");
        }
        if asks("Which identity document") {
            return tap("Passport");
        }
        if asks("passport number, for") {
            return say(&wish.passport);
        }
        if asks("full address with postcode") {
            return say("No. 12, Jalan Mawar, 53100 Kuala Lumpur");
        }
        if asks("telephone number, for") {
            return say("012-345 6789");
        }
        if asks("In which state") || asks("To which branch") {
            return say(&wish.branch);
        }
        if asks("business at") {
            return tap(wish.service);
        }
        if asks("Please choose a date at") {
            let open = |label: &str| label.parse::<u32>().is_ok();
            return if full && !wish.day.is_empty() { full_with(last, open) } else { say(&wish.date) };
        }
        if asks("nearest free slots") {
            let wanted = last.buttons.iter().flatten().filter(|(label, _)| label.contains(&wish.day));
            let same: Vec<_> =
                wanted.filter(|(label, _)| wish.day.is_empty() || label.matches(", ").count() <= 2).collect();
            return match same.choose(chance) {
                Some((label, data)) => Act::Tap(label.clone(), last.id, data.clone()),
                None => full_with(last, |label| label.contains(", ")),
            };
        }
        if asks("Please choose a time on") {
            let times: Vec<_> =
                last.buttons.iter().flatten().filter(|(label, _)| label.contains("place")).collect();
            return match times.choose(chance) {
                Some((label, data)) => Act::Tap(label.clone(), last.id, data.clone()),
                None => Act::Nothing,
            };
        }
        if asks("Please check the details") {
            return tap("Yes, confirm");
        }
        Act::Nothing
    }
}

fn same(posted: &Posted, (text, buttons): &Question) -> bool {
    posted.text == *text && (posted.buttons.is_empty() || posted.buttons == *buttons)
}

/// Told that nothing is left, with buttons of which these are alternatives.
fn full_with(last: &Posted, alternative: impl Fn(&str) -> bool) -> Act {
    let alternatives = last.buttons.iter().flatten().filter(|(label, _)| alternative(label)).count();
    Act::Done(Ending::Full { alternatives })
}
