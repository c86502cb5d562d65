//! A pipe that is open: how long nothing comes, and what was answered although more may come.
//!
//! What writes into it may wait for hours, so a pipe that is silent is answered for as if it ended there. Whoever reads
//! is told so before the first such answer, is told to ask once more when it has brought more and is silent again or
//! has ended, and is told of the end.

use std::time::Duration;

/// A pipe that brings nothing for so long is silent.
pub(super) const SILENCE: Duration = Duration::from_millis(200);

/// Something to tell beside the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// From the next answer on they speak of what a pipe has brought so far.
    Paused,
    /// An answer was not the last word: a pipe has brought newer entries.
    Grew,
    /// The same with older ones: what was taken for the end is none.
    WentOn,
    /// The pipe has ended: what it brought so far is all.
    Ended,
    /// From the next answer on it is another file that is read, or the same one written anew.
    Replaced,
}

/// Tells it.
pub type Tell = Box<dyn Fn(News) + Send>;

/// What is known of a pipe beside its bytes, and whom to tell.
#[derive(Default)]
pub(super) struct Live {
    is_open: bool,
    is_silent: bool,
    /// How many entries there were when an answer was given for now.
    told: Option<usize>,
    /// Whoever reads knows that the pipe is open.
    is_known_open: bool,
    tell: Option<Tell>,
}

impl Live {
    /// Of a pipe that is open.
    pub(super) fn open() -> Self {
        Self { is_open: true, ..Self::default() }
    }

    /// Whom to tell.
    pub(super) fn tell(&mut self, tell: Tell) {
        self.tell = Some(tell);
    }

    /// Another file takes the place of the one that was read.
    pub(super) fn replaced(&self) {
        self.say(News::Replaced);
    }

    /// Whether silence would change anything: somebody waits, or was told less than there is by now. Nobody who
    /// cannot be told of more is answered for now.
    pub(super) fn is_listening(&self, is_asked: bool, entries: usize) -> bool {
        self.tell.is_some() && self.is_open && !self.is_silent && (is_asked || self.is_behind(entries))
    }

    /// Whether questions are answered as if the pipe ended here.
    pub(super) fn is_silent(&self) -> bool {
        self.is_open && self.is_silent
    }

    /// An answer is given that may be another one when the pipe brings more.
    pub(super) fn answered(&mut self, entries: usize) {
        self.told = Some(entries);
        if self.is_open && !self.is_known_open {
            self.is_known_open = true;
            self.say(News::Paused);
        }
    }

    /// The pipe has brought something.
    pub(super) fn hear(&mut self) {
        self.is_silent = false;
    }

    /// It has brought nothing for a while. `more` is the news where an answer was given that held less.
    pub(super) fn fall_silent(&mut self, entries: usize, more: News) {
        self.is_silent = true;
        self.catch_up(entries, more);
    }

    /// It has ended.
    pub(super) fn end(&mut self, entries: usize, more: News) {
        self.is_open = false;
        self.catch_up(entries, more);
        if self.is_known_open {
            self.say(News::Ended);
        }
    }

    /// It cannot be read any more. Whoever asks for the head hears why.
    pub(super) fn fail(&mut self) {
        self.is_open = false;
        if self.told.take().is_some() {
            self.say(News::Grew);
        }
    }

    fn is_behind(&self, entries: usize) -> bool {
        self.told.is_some_and(|told| told != entries)
    }

    fn catch_up(&mut self, entries: usize, more: News) {
        if self.is_behind(entries) {
            self.told = None;
            self.say(more);
        }
    }

    fn say(&self, news: News) {
        if let Some(tell) = &self.tell {
            tell(news);
        }
    }
}
