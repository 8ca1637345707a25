//! A crowd that wants the same places: who is on the way, who waits for a place to come back, and when it is over.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

/// How far a crowd has come.
#[derive(Debug)]
pub struct Rush {
    places: usize,
    state: Mutex<Standing>,
    rounds: watch::Sender<Round>,
}

#[derive(Debug)]
struct Standing {
    on_the_way: usize,
    waiting: usize,
    booked: usize,
}

/// How often those who wait were called to try again, and whether all places are booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Round {
    /// Calls so far.
    pub calls: usize,
    /// Nobody is on the way any more, and nothing is left.
    pub over: bool,
}

impl Rush {
    /// So many people for so many places.
    pub fn new(people: usize, places: usize) -> Rush {
        let state = Mutex::new(Standing { on_the_way: people, waiting: 0, booked: 0 });
        Rush { places, state, rounds: watch::Sender::new(Round { calls: 0, over: false }) }
    }

    /// How often those who waited were called.
    pub fn calls(&self) -> usize {
        self.rounds.borrow().calls
    }

    /// Somebody has a place.
    pub fn booked(&self) {
        let mut state = self.lock();
        state.on_the_way -= 1;
        state.booked += 1;
        self.look_round(&mut state);
    }

    /// Somebody was told that nothing is left, and waits; they are called by a change of this.
    pub fn waits(&self) -> watch::Receiver<Round> {
        let mut state = self.lock();
        state.on_the_way -= 1;
        state.waiting += 1;
        let rounds = self.rounds.subscribe();
        self.look_round(&mut state);
        rounds
    }

    /// Somebody who waited was spoken to without having been called; whether that was so.
    pub fn goes_on(&self, waits: &watch::Receiver<Round>) -> bool {
        let mut state = self.lock();
        let uncalled = waits.has_changed().is_ok_and(|called| !called);
        if uncalled {
            state.waiting -= 1;
            state.on_the_way += 1;
        }
        uncalled
    }

    /// Once nobody is on the way: what is not booked was given back, and those who wait try again.
    fn look_round(&self, state: &mut Standing) {
        if state.on_the_way > 0 {
            return;
        }
        let over = state.booked >= self.places;
        if !over {
            state.on_the_way = std::mem::take(&mut state.waiting);
        }
        self.rounds.send_modify(|round| *round = Round { calls: round.calls + usize::from(!over), over });
    }

    fn lock(&self) -> MutexGuard<'_, Standing> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
