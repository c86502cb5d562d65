//! A thread that owns the terminal's output and writes one frame at a time.
//!
//! A terminal that stops reading (flow control, a frozen client, a slow line) blocks that thread and nothing else:
//! keys, timers and answers go on, and the newest picture is drawn when the frame in flight is done. Called by the
//! shell; knows nothing of what the bytes mean.

use std::{
    io::{self, ErrorKind, Write},
    os::fd::AsFd,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver, SyncSender},
    },
    thread,
    time::Duration,
};

use rustix::event::{PollFd, PollFlags, poll};

/// How a frame ended.
#[derive(Debug)]
pub enum WriteOutcome {
    /// All of it was taken by the system.
    Written {
        /// Its length.
        bytes: usize,
        /// Calls of write(2) it took; more than one only after a short write or an interruption.
        writes: usize,
    },
    /// It was not taken whole: what the terminal shows is not known any more.
    Failed(io::Error),
}

/// The handle on the writing thread.
#[derive(Debug)]
pub struct Writer {
    frames: SyncSender<Vec<u8>>,
    busy: Arc<AtomicBool>,
    /// Hangs up when the thread is gone.
    gone: Receiver<()>,
}

impl Writer {
    /// Starts the thread. `out` is a handle of our own on the terminal without any buffer, best one that does not
    /// wait. `done` is called on the thread after each frame, when the next may be submitted already.
    ///
    /// # Errors
    /// The system has no thread to give.
    pub fn start(
        out: impl Write + AsFd + Send + 'static,
        done: impl Fn(WriteOutcome) + Send + 'static,
    ) -> io::Result<Self> {
        let (frames, inbox) = mpsc::sync_channel::<Vec<u8>>(2);
        let (alive, gone) = mpsc::sync_channel::<()>(0);
        let busy = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&busy);
        thread::Builder::new().name("writer".to_owned()).spawn(move || {
            let _alive = alive;
            let mut out = out;
            for frame in inbox {
                let outcome = write_frame(&mut out, &frame);
                flag.store(false, Ordering::Release);
                done(outcome);
            }
        })?;
        Ok(Self { frames, busy, gone })
    }

    /// Hands a frame over to be written and returns at once; `false` when the last one is not done yet or the
    /// thread is gone. Then draw the newest state when `done` is called. An empty frame is taken and forgotten:
    /// `done` is not called for it.
    pub fn submit(&mut self, frame: Vec<u8>) -> bool {
        if frame.is_empty() {
            return true;
        }
        // Only we set it, through `&mut`; the thread only clears it.
        if self.busy.swap(true, Ordering::AcqRel) {
            return false;
        }
        // The channel is empty while nothing is busy, so this neither waits nor fails for fullness.
        self.frames.try_send(frame).is_ok()
    }

    /// Whether no frame is in flight.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        !self.busy.load(Ordering::Acquire)
    }

    /// Hands over what is to follow the frame in flight; no other is submitted after it. The channel has room for it
    /// behind a frame that the thread has not begun with.
    pub fn submit_last(&mut self, bytes: Vec<u8>) {
        if !bytes.is_empty() {
            let _ = self.frames.try_send(bytes);
        }
    }

    /// Ends the thread, waiting at most `limit` for what is in flight; then gives up and leaves it behind, so
    /// that a blocked terminal does not block quitting.
    pub fn finish(self, limit: Duration) {
        let Self { frames, gone, .. } = self;
        drop(frames);
        // Nothing is ever sent: this returns when the thread is gone or when the time is up.
        let _ = gone.recv_timeout(limit);
    }
}

/// One write(2) for all of it; more only where the system took a part.
fn write_frame(out: &mut (impl Write + AsFd), frame: &[u8]) -> WriteOutcome {
    let mut rest = frame;
    let mut writes = 0;
    while !rest.is_empty() {
        writes += 1;
        match out.write(rest) {
            Ok(0) => return WriteOutcome::Failed(ErrorKind::WriteZero.into()),
            Ok(taken) => rest = rest.get(taken..).unwrap_or_default(),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            // Waited for here and not inside write(2), where nobody could take the terminal from us.
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                if let Err(error) = wait_for_room(out) {
                    return WriteOutcome::Failed(error);
                }
            }
            Err(error) => return WriteOutcome::Failed(error),
        }
    }
    WriteOutcome::Written { bytes: frame.len(), writes }
}

fn wait_for_room(out: &impl AsFd) -> io::Result<()> {
    let mut handles = [PollFd::new(out, PollFlags::OUT)];
    match poll(&mut handles, None) {
        Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
