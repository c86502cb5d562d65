//! A log that came as a file: answers the same windows that the server answers, so that everything that works on a
//! ticket works on a file, by the same engine.
//!
//! Three formats, told apart by the first bytes: a JSON object a line (NDJSON), a JSON array, a saved answer of the
//! API; several of the latter two may follow each other. A file that stays where it is, is read where it lies: kept
//! are the offsets of its entries, 8 bytes each, and entries are decoded when a window asks for them. What comes
//! through a pipe is kept in memory; while it brings nothing, it is answered for as if it ended there.
//!
//! One thread does everything that may block, in small steps: between two pieces of the index it answers what the
//! index covers already. Newest first is what the engine reads; a file that begins with its oldest entry has its
//! places counted from its end: its newest entries are found from there, the others wait for the whole index. One bad
//! line costs one row, which names the line.
//!
//! ```text
//! format  first bytes -> how to read it         lines, values  bytes -> where each entry stands
//! order   which end is the newer one            index          8 bytes an entry
//! bytes   a file, or a pipe kept in memory      rows           one stretch of bytes -> one entry
//! choice  the places of some types              reading        what has been read so far
//! input   the piece that comes next, changes    tail           the newest entries, found from the end
//! live    a pipe that is open and silent        answering      one question against what is known
//! worker  the thread: questions, pieces, answers
//! ```
//!
//! Called by the shell. Knows nothing of tokio: an answer goes to a function that came with the question.

mod answering;
mod bytes;
mod choice;
mod format;
mod index;
mod input;
mod lines;
mod live;
mod order;
mod reading;
mod refusal;
mod rows;
mod tail;
mod values;
mod worker;

use std::{
    fs::{self, File},
    io::{self, IsTerminal},
    os::unix::fs::FileTypeExt,
    path::Path,
    sync::mpsc::{self, Sender},
    thread,
};

pub use self::live::{News, Tell};
use self::{
    input::{Input, NamedPipe, Unwanted},
    refusal::Subject,
    worker::{Ask, Job, Worker},
};
use crate::model::{
    entry::Entry,
    failure::{Failure, FailureKind},
    query::{Generation, Query, Window},
    text::Untrusted,
};

/// The name that stands for standard input on the command line.
const STANDARD_INPUT: &str = "-";

/// Takes an answer.
pub type Reply = Box<dyn FnOnce(Result<Vec<Entry>, Failure>) + Send>;

/// A log that came as a file. Reading ends when this is dropped.
#[derive(Debug)]
pub struct Archive {
    name: Untrusted,
    jobs: Sender<Job>,
}

impl Archive {
    /// Opens a file, or standard input for `-`. A file that cannot be a log is refused at once; of a pipe that is
    /// known only later and becomes the answer to every question.
    ///
    /// # Errors
    /// One sentence: there is no such file, it may not be read, or it holds no log.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        if path.as_os_str() == STANDARD_INPUT {
            if io::stdin().is_terminal() {
                return Err(refusal::terminal());
            }
            return Self::stream(&Subject::standard_input(), io::stdin());
        }
        let subject = Subject::file(path);
        let kind = fs::metadata(path).map_err(|error| subject.not_opened(path, &error))?.file_type();
        if kind.is_fifo() {
            return Self::stream(&subject, NamedPipe::at(path));
        }
        let file = File::open(path).map_err(|error| subject.not_opened(path, &error))?;
        let about = file.metadata().map_err(|error| subject.not_opened(path, &error))?;
        if about.is_dir() {
            return Err(subject.directory());
        }
        if !about.is_file() {
            return Self::stream(&subject, file);
        }
        let input = Input::file(file, path).map_err(|error| subject.not_opened(path, &error))?;
        input.check().map_err(|error| subject.not_read(&error))?.map_err(|why| subject.no_log(why))?;
        let (sender, jobs) = mpsc::channel();
        start(Worker::new(subject.clone(), input, jobs))?;
        Ok(Self { name: subject.name(), jobs: sender })
    }

    /// Reads what comes through a pipe, piece by piece, and keeps it in memory.
    fn stream(subject: &Subject, source: impl io::Read + Send + 'static) -> Result<Self, Failure> {
        let (sender, jobs) = mpsc::channel();
        let pieces = sender.clone();
        let unwanted = Unwanted::default();
        let input = Input::pipe(Unwanted::clone(&unwanted));
        thread::Builder::new()
            .name("pipe".to_owned())
            .spawn(move || input::pump(source, &unwanted, &|piece| pieces.send(Job::Piece(piece)).is_ok()))
            .map_err(|error| no_thread(&error))?;
        start(Worker::new(subject.clone(), input, jobs))?;
        Ok(Self { name: subject.name(), jobs: sender })
    }

    /// The name to show: `file` and the file's own, without its folders; `standard input`.
    #[must_use]
    pub fn name(&self) -> Untrusted {
        self.name.clone()
    }

    /// Asks for a window of the log, newest first. The answer comes from another thread, as soon as the index
    /// covers the window; never, when [`Archive::cancel`] comes before it.
    ///
    /// A question for the head looks whether the file has grown or was replaced, and reads it again if so.
    pub fn ask(&self, generation: Generation, query: Query, window: Window, reply: Reply) {
        // The thread ends with this value alone.
        let _ = self.jobs.send(Job::Ask(Ask { generation, query, window, reply }));
    }

    /// Answers of this generation are not waited for any more.
    pub fn cancel(&self, generation: Generation) {
        let _ = self.jobs.send(Job::Cancel(generation));
    }

    /// Names whom to tell what no answer tells: that a pipe is open and has brought more than an answer held, or has
    /// ended; that answers begin to speak of another file, before the first of them. Called from another thread.
    pub fn on_news(&self, tell: Tell) {
        let _ = self.jobs.send(Job::Tell(tell));
    }

    /// Asks how many entries are known and how many bytes the index takes, once all is read.
    pub fn measure(&self, reply: Box<dyn FnOnce(Measure) + Send>) {
        let _ = self.jobs.send(Job::Measure(reply));
    }
}

/// What an index weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Entries.
    pub entries: usize,
    /// Bytes of memory that the index takes.
    pub bytes: usize,
}

fn start(worker: Worker) -> Result<(), Failure> {
    let thread = thread::Builder::new().name("archive".to_owned()).spawn(move || worker.run());
    thread.map(drop).map_err(|error| no_thread(&error))
}

fn no_thread(error: &io::Error) -> Failure {
    Failure::new(FailureKind::Input, format!("The file cannot be read: {error}. Try again."))
}
