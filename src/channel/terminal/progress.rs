//! A sign that something is going on.

use std::borrow::Cow;
use std::time::Duration;

use indicatif::ProgressBar;

/// Shows on a terminal's standard error what is being done, until it is dropped.
pub struct Progress(ProgressBar);

impl Progress {
    /// Begins to show it.
    pub fn start(what: impl Into<Cow<'static, str>>) -> Progress {
        let bar = ProgressBar::new_spinner().with_message(what);
        bar.enable_steady_tick(Duration::from_millis(100));
        Progress(bar)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
