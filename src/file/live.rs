//! A pipe that is open: how long nothing comes, and what was answered although more may come.
//!
//! What writes into it may wait for hours, so a pipe that is silent is answered for as if it ended there. When it
//! has brought more and is silent again, or has ended, whoever reads is told to ask once more.

use std::time::Duration;

/// A pipe that brings nothing for so long is silent.
pub(super) const SILENCE: Duration = Duration::from_millis(200);

/// Tells that an answer was not the last word.
pub type News = Box<dyn Fn() + Send>;

/// What is known of a pipe beside its bytes.
#[derive(Default)]
pub(super) struct Live {
    is_open: bool,
    is_silent: bool,
    /// How many entries there were when an answer was given for now.
    told: Option<usize>,
    news: Option<News>,
}

impl Live {
    /// Of a pipe that is open.
    pub(super) fn open() -> Self {
        Self { is_open: true, ..Self::default() }
    }

    /// Whom to tell.
    pub(super) fn tell(&mut self, news: News) {
        self.news = Some(news);
    }

    /// Whether silence would change anything: somebody waits, or was told less than there is by now. Nobody who
    /// cannot be told of more is answered for now.
    pub(super) fn is_listening(&self, is_asked: bool, entries: usize) -> bool {
        self.news.is_some() && self.is_open && !self.is_silent && (is_asked || self.is_behind(entries))
    }

    /// Whether questions are answered as if the pipe ended here.
    pub(super) fn is_silent(&self) -> bool {
        self.is_open && self.is_silent
    }

    /// An answer was given that may be another one when the pipe brings more.
    pub(super) fn answered(&mut self, entries: usize) {
        self.told = Some(entries);
    }

    /// The pipe has brought something.
    pub(super) fn hear(&mut self) {
        self.is_silent = false;
    }

    /// It has brought nothing for a while.
    pub(super) fn fall_silent(&mut self, entries: usize) {
        self.is_silent = true;
        self.catch_up(entries);
    }

    /// It has ended.
    pub(super) fn end(&mut self, entries: usize) {
        self.is_open = false;
        self.catch_up(entries);
    }

    fn is_behind(&self, entries: usize) -> bool {
        self.told.is_some_and(|told| told != entries)
    }

    fn catch_up(&mut self, entries: usize) {
        if self.is_behind(entries) {
            self.told = None;
            if let Some(news) = &self.news {
                news();
            }
        }
    }
}
