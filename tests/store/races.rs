//! Many at once. Real tasks on several threads, all through the same store.

use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use temujanji::booking::{Applicant, Hold, NoPlace, Rules, SlotKey};
use temujanji::dialogue::Language;
use temujanji::store::{
    Cancelled, Confirmed, Contact, Held, HoldRequest, Opened, Result, Store, StoreError, Turn,
};

use crate::kit::{Town, applicant, monday, slot};

/// One who asks, free to run on any thread.
#[derive(Clone)]
struct Asker {
    store: Arc<dyn Store>,
    contact: Contact,
    applicant: Applicant,
    seed: u64,
}

impl Asker {
    fn new(town: &Town, nth: u64) -> Asker {
        let name = format!("asker{nth}");
        let contact = Contact { channel: "telegram".into(), address: name.clone() };
        Asker { store: town.same_store(), contact, applicant: applicant(&name), seed: nth }
    }

    async fn turn(&self, key: &str) -> Result<Option<Box<dyn Turn>>> {
        match self.store.turn(&self.contact, key, monday()).await? {
            Opened::New(turn) => Ok(Some(turn)),
            Opened::Repeat => Ok(None),
        }
    }

    async fn hold(&self, turn: &mut dyn Turn, slot: &SlotKey) -> Result<Held> {
        let rules = Rules::default();
        let identity = &self.applicant.identity;
        let ask =
            HoldRequest { slot, identity, until: monday() + rules.hold, proved: None, instead_of: None };
        turn.hold(&ask, &rules, &mut StdRng::seed_from_u64(self.seed)).await
    }

    async fn holds(&self, slot: &SlotKey) -> Held {
        let mut turn = self.turn("hold").await.unwrap().unwrap();
        let held = self.hold(&mut *turn, slot).await.unwrap();
        turn.save("{}").await.unwrap();
        turn.commit().await.unwrap();
        held
    }

    async fn tries(&self, slot: &SlotKey) -> Result<Held> {
        let mut turn = self.turn("first").await?.unwrap();
        let held = self.hold(&mut *turn, slot).await?;
        turn.save("{}").await?;
        turn.commit().await?;
        Ok(held)
    }

    async fn confirms(&self, hold: &Hold) -> Confirmed {
        let mut turn = self.turn("confirm").await.unwrap().unwrap();
        let mut rng = StdRng::seed_from_u64(self.seed);
        let rules = Rules::default();
        let answer = turn.confirm(hold.id, &self.applicant, Language::Ms, &rules, &mut rng).await.unwrap();
        turn.commit().await.unwrap();
        answer
    }

    /// Holds and confirms; whether a place was had.
    async fn books(self, slot: SlotKey) -> bool {
        match self.holds(&slot).await {
            Held::Held { hold, .. } => matches!(self.confirms(&hold).await, Confirmed::Confirmed(_)),
            Held::NoPlace(NoPlace::Full { .. }) => false,
            other => panic!("{other:?}"),
        }
    }
}

async fn sold(town: &Town) -> i64 {
    town.home.count("SELECT count(*) FROM place WHERE state = 'booked'").await
}

async fn race(town: &Town, askers: u64) -> usize {
    let asking = (0..askers).map(|nth| tokio::spawn(Asker::new(town, nth).books(slot(20, 9))));
    join_all(asking).await.into_iter().filter(|won| *won.as_ref().unwrap()).count()
}

pub(crate) async fn two_hundred_ask_for_fifty_places(town: &Town) {
    town.opens(50, &[]).await;
    let winners = race(town, 200).await;
    assert_eq!((winners, sold(town).await), (50, 50));
    assert_eq!(town.free(&slot(20, 9)).await, 0);
    let places = "SELECT count(DISTINCT queue) FROM place WHERE state = 'booked' AND queue BETWEEN 1 AND 50";
    assert_eq!(town.home.count(places).await, 50);
}

/// The proof that the race above can see an oversold slot.
pub(crate) async fn the_race_is_seen_without_the_guard(town: &Town) {
    town.opens(50, &[]).await;
    town.home.blind().await;
    let winners = race(town, 200).await;
    assert!(winners > 50 && sold(town).await > 50, "{winners}");
    // So that the check at the end of every case finds the counters in order.
    town.home.see().await;
    town.home.run("UPDATE slot SET taken = (SELECT count(*) FROM place WHERE takes)").await;
}

/// Turns end in every way there is: committed, dropped, panicked, cancelled while waiting or in the middle of a step,
/// left while their commit is under way. What was not committed was not delivered, and can be told by that.
pub(crate) async fn turns_dropped_midway_take_nothing_with_them(town: &Town) {
    town.opens(50, &[]).await;
    let endings = (0..400_u64).map(|nth| {
        let asker = Asker::new(town, nth);
        let mut chance = StdRng::seed_from_u64(nth);
        let ending = match chance.random_range(0..6) {
            0 => Ending::Dropped,
            1 => Ending::Panicked,
            2 => Ending::Left,
            _ => Ending::Committed,
        };
        let patience = Duration::from_micros(chance.random_range(0..80_000));
        let cut_off = nth % 3 == 0;
        let doing = asker.clone().ends(ending, patience);
        let task = tokio::spawn(async move {
            if cut_off { tokio::time::timeout(patience, doing).await.unwrap_or(None) } else { doing.await }
        });
        (asker, ending, cut_off, task)
    });
    let mut held = 0;
    for (asker, ending, cut_off, task) in endings.collect::<Vec<_>>() {
        let told = task.await.unwrap_or(None);
        let delivered = asker.turn("first").await.unwrap().is_none();
        match (ending, cut_off) {
            (Ending::Dropped | Ending::Panicked | Ending::Left, _) => assert!(!delivered),
            (Ending::Committed, false) => assert_eq!(delivered, told.is_some()),
            (Ending::Committed, true) => assert!(delivered || told.is_none()),
        }
        held += i64::from(told == Some(true));
    }
    let taken = town.home.count("SELECT count(*) FROM place WHERE takes").await;
    assert!(held <= taken && taken <= 50, "{held} were told so, {taken} are held");
}

#[derive(Clone, Copy)]
enum Ending {
    Dropped,
    Panicked,
    /// The task waits, with the turn open, and then lets go.
    Left,
    Committed,
}

impl Asker {
    /// Asks for a place and ends the turn; whether the place is held, when that is certain.
    async fn ends(self, ending: Ending, patience: Duration) -> Option<bool> {
        let mut turn = self.turn("first").await.unwrap()?;
        let held = self.hold(&mut *turn, &slot(20, 9)).await.unwrap();
        turn.save("{}").await.unwrap();
        match ending {
            Ending::Dropped => drop(turn),
            Ending::Panicked => panic!("on purpose"),
            Ending::Left => tokio::time::sleep(patience / 20).await,
            Ending::Committed => {
                // It may have to be repeated, when another left in the middle of beginning in the same batch.
                return turn.commit().await.is_ok().then_some(matches!(held, Held::Held { .. }));
            }
        }
        None
    }
}

pub(crate) async fn one_identity_from_twenty_chats(town: &Town) {
    let twins = (0..20).map(|nth| Asker { applicant: applicant("aminah"), ..Asker::new(town, nth) });
    let asking = twins.enumerate().map(|(nth, twin)| {
        let slot = slot(20 + nth as u32 % 5, 9 + nth as u32 % 3);
        tokio::spawn(async move { twin.holds(&slot).await })
    });
    let answers = join_all(asking).await;
    let held = answers.iter().filter(|held| matches!(held, Ok(Held::Held { .. }))).count();
    let refused =
        answers.iter().filter(|held| matches!(held, Ok(Held::NoPlace(NoPlace::LiveBooking)))).count();
    assert_eq!((held, refused), (1, 19));
}

/// Whoever leaves may take others along, and those come through when they are handled again.
pub(crate) async fn who_is_undone_with_another_comes_through(town: &Town) {
    town.opens(100, &[]).await;
    let asking = (0..120).map(|nth| {
        let asker = Asker::new(town, nth);
        tokio::spawn(async move {
            if nth % 6 == 0 {
                let mut turn = asker.turn("first").await.unwrap().unwrap();
                let _held = asker.hold(&mut *turn, &slot(20, 9)).await;
                return None;
            }
            for tries in 0..6 {
                match asker.tries(&slot(20, 9)).await {
                    Err(StoreError::Repeat) => tokio::time::sleep(Duration::from_millis(10 << tries)).await,
                    held => return Some(held.unwrap()),
                }
            }
            panic!("undone again and again");
        })
    });
    let answers = join_all(asking).await.into_iter().filter_map(|one| one.unwrap()).collect::<Vec<_>>();
    assert!(answers.iter().all(|held| matches!(held, Held::Held { .. })), "{answers:?}");
    assert_eq!((answers.len(), town.free(&slot(20, 9)).await), (100, 0));
}

pub(crate) async fn one_address_from_twenty_chats_keeps_its_limit(town: &Town) {
    town.opens(20, &[]).await;
    let email = applicant("aminah").email;
    let asking = (0..20).map(|nth| {
        let own = Asker::new(town, nth);
        let applicant = Applicant { email: email.clone(), email_proved: true, ..own.applicant.clone() };
        let asker = Asker { applicant, ..own };
        tokio::spawn(async move {
            let Held::Held { hold, .. } = asker.holds(&slot(20 + nth as u32 % 3, 9)).await else { panic!() };
            asker.confirms(&hold).await
        })
    });
    let answers: Vec<_> = join_all(asking).await.into_iter().map(|one| one.unwrap()).collect();
    let booked = answers.iter().filter(|answer| matches!(answer, Confirmed::Confirmed(_))).count();
    let too_many =
        |answer: &&Confirmed| matches!(answer, Confirmed::NoPlace { why: NoPlace::TooMany { .. }, .. });
    let most = Rules::default().max_live as usize;
    assert_eq!((booked, answers.iter().filter(too_many).count()), (most, 20 - most), "{answers:?}");
}

pub(crate) async fn cancelling_against_confirming(town: &Town) {
    town.opens(100, &[]).await;
    let rounds = (0..50_u64).map(|nth| {
        let asker = Asker::new(town, nth);
        tokio::spawn(async move {
            let Held::Held { hold, .. } = asker.holds(&slot(20, 9)).await else { panic!() };
            let releasing = async {
                let mut turn = asker.turn("release").await.unwrap().unwrap();
                turn.release(hold.id).await.unwrap();
                turn.commit().await.unwrap();
            };
            let (answer, ()) = tokio::join!(asker.confirms(&hold), releasing);
            match answer {
                Confirmed::Confirmed(booking) => {
                    let mut turn = asker.turn("cancel").await.unwrap().unwrap();
                    let mut rng = StdRng::seed_from_u64(nth);
                    let rules = Rules::default();
                    let answer = turn.cancel(&booking.reference, None, &rules, &mut rng).await.unwrap();
                    turn.commit().await.unwrap();
                    assert!(matches!(answer, Cancelled::Cancelled(_)));
                }
                Confirmed::NoSuchHold => {}
                other => panic!("{other:?}"),
            }
        })
    });
    for round in join_all(rounds).await {
        round.unwrap();
    }
    town.wait(town.rules.return_delay);
    assert_eq!(town.free(&slot(20, 9)).await, 100);
}

/// As a chat and a server would that open the same database.
pub(crate) async fn two_programs_share_one_database(town: &Town) {
    town.opens(50, &[]).await;
    let second = town.home.open().await;
    let asking = (0..200).map(|nth| {
        let asker = Asker::new(town, nth);
        let store = if nth % 2 == 0 { Arc::clone(&second) } else { town.same_store() };
        tokio::spawn(Asker { store, ..asker }.books(slot(20, 9)))
    });
    let winners = join_all(asking).await.into_iter().filter(|won| *won.as_ref().unwrap()).count();
    assert_eq!((winners, sold(town).await), (50, 50));
    second.close().await;
}
