//! Waiting, for what arrives and until trouble is over.

use std::{io, io::Write, time::Duration};

use super::{End, Progress, Step, Stop, Work};
use crate::model::{
    failure::{Failure, FailureKind, Retry},
    follow::Heard,
};

impl<W: Write> Work<'_, W> {
    /// A failure ends it, unless it goes on anyway: then trouble is waited out. What answered once may answer again, so
    /// after that even a refused connection does not end it, and neither does a log that changed, if it can be read anew.
    pub(super) async fn failed(&mut self, failure: Failure, hear: &mut impl FnMut(Progress<'_>)) -> Step {
        let failure = match &self.redacting {
            Some(redacting) => redacting.failure(&failure),
            None => failure,
        };
        let may_pass = match failure.retry {
            Retry::Never => failure.kind == FailureKind::Trouble && self.has_answered,
            Retry::Soon | Retry::After(_) => true,
        };
        let waits = self.going_on.is_some_and(|it| it.is_patient || self.has_answered);
        if waits && self.passage.is_lost() && self.passage.begin_again() {
            let wait = self.next_wait(Heard::News, Retry::Never);
            tokio::time::sleep(wait).await;
            return Step::Read;
        }
        if !waits || !may_pass || self.passage.is_lost() {
            return Step::Ends(End::Failed(failure));
        }
        let wait = self.next_wait(Heard::Failure, failure.retry);
        hear(Progress::Waits(&failure, wait));
        tokio::time::sleep(wait).await;
        self.passage.retry();
        Step::Read
    }

    /// Waits until it is time to look again.
    pub(super) async fn rest(&mut self, stop: &mut impl Stop) -> Option<End> {
        let heard = if std::mem::take(&mut self.has_news) { Heard::News } else { Heard::Nothing };
        let wait = self.next_wait(heard, Retry::Never);
        tokio::select! {
            biased;
            code = stop.stopped() => return Some(End::Stopped(code)),
            () = tokio::time::sleep(wait) => {}
        }
        stop.is_closed().then(|| End::Output(io::ErrorKind::BrokenPipe.into()))
    }

    fn next_wait(&mut self, heard: Heard, retry: Retry) -> Duration {
        let wait = self.going_on.as_mut().and_then(|it| it.follow.heard(heard)).map(|(_, wait)| wait);
        let asked = if let Retry::After(asked) = retry { asked } else { Duration::ZERO };
        wait.unwrap_or_default().max(asked)
    }
}
