//! Indexes kept as long as their catalogues are in use.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

/// Indexes made of catalogues, kept for the catalogues in use.
///
/// A catalogue seldom changes; looking a text up must not read all of it again.
pub(crate) struct Kept<T>(Mutex<Vec<(u64, Arc<T>)>>);

/// How many catalogues are kept at once.
const KEPT: usize = 4;

impl<T> Kept<T> {
    pub(crate) const fn new() -> Kept<T> {
        Kept(Mutex::new(Vec::new()))
    }

    /// The index made of these contents, made now if they are new.
    pub(crate) fn of(&self, contents: impl Hash, make: impl FnOnce() -> T) -> Arc<T> {
        let mut hasher = DefaultHasher::new();
        contents.hash(&mut hasher);
        let hash = hasher.finish();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, index)) = kept.iter().find(|(known, _)| *known == hash) {
            return Arc::clone(index);
        }
        let index = Arc::new(make());
        kept.truncate(KEPT - 1);
        kept.insert(0, (hash, Arc::clone(&index)));
        index
    }
}
