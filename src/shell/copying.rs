//! Copying: by the user's own program, by tmux, by the terminal, or by hand. What is tried is decided once; a text goes one
//! of these ways, and what is said of it is that it was sent.
//!
//! Programs run one after the other on a thread of their own, each for a while at most: the last text copied is the one
//! that is on the clipboard. Of the texts that wait meanwhile no other is handed over.

use std::{sync::mpsc, thread, time::Duration};

use tokio::sync::mpsc::UnboundedSender;

use super::underway::Doing;
use crate::{
    child::feeding::{Unfed, feed},
    message::Message,
    model::{
        snippet::Snippet,
        taking::{ByHand, Delivery, Route},
        text::Untrusted,
    },
    term::clipboard::{is_without, osc52},
};

/// How long a program may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a tmux before 3.2 says of `-w`.
const UNKNOWN_FLAG: [&str; 2] = ["unknown flag", "usage:"];

/// What the user wants of copying.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum CopyChoice {
    /// By the first way that there is.
    #[default]
    Auto,
    /// By this program.
    Command(Vec<String>),
    /// By the terminal, also inside tmux.
    Terminal,
    /// By hand.
    ByHand,
}

/// The way that is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Way {
    Command(Vec<String>),
    Tmux,
    Terminal,
    ByHand(ByHand),
}

impl Way {
    /// `has_screen` says whether bytes may be sent to the terminal; `var` looks up the environment.
    fn of(choice: CopyChoice, has_screen: bool, var: impl Fn(&str) -> Option<String>) -> Self {
        let is_in_tmux = var("TMUX").is_some_and(|value| !value.is_empty());
        match choice {
            CopyChoice::Command(argv) => Self::Command(argv),
            CopyChoice::ByHand => Self::ByHand(ByHand::Asked),
            CopyChoice::Auto if is_in_tmux => Self::Tmux,
            _ if !has_screen || is_without(var) => Self::ByHand(ByHand::NoClipboard),
            CopyChoice::Auto | CopyChoice::Terminal => Self::Terminal,
        }
    }
}

/// Copies. See the module.
pub(super) struct Copying {
    way: Way,
    answers: UnboundedSender<Message>,
    /// Texts for the thread, where there is one already.
    texts: Option<mpsc::Sender<(Snippet, Doing)>>,
    /// What goes to the terminal with the next frame.
    bytes: Vec<u8>,
}

impl Copying {
    /// `has_screen` says whether bytes may be sent to the terminal; `var` looks up the environment.
    pub(super) fn new(
        choice: CopyChoice,
        has_screen: bool,
        var: impl Fn(&str) -> Option<String>,
        answers: UnboundedSender<Message>,
    ) -> Self {
        Self { way: Way::of(choice, has_screen, var), answers, texts: None, bytes: Vec::new() }
    }

    /// Copies a text. What became of it comes as a message; `doing` is held until then.
    pub(super) fn copy(&mut self, text: Snippet, doing: Doing) {
        let delivery = match &self.way {
            Way::ByHand(why) => Delivery::ByHand(why.clone(), text),
            Way::Terminal => match osc52(text.as_str()) {
                Some(bytes) => {
                    // A clipboard holds one text.
                    self.bytes = bytes;
                    Delivery::Sent(Route::Terminal, text)
                }
                None => Delivery::ByHand(ByHand::TooLarge, text),
            },
            Way::Command(_) | Way::Tmux => match self.hand_over(text, doing) {
                Ok(()) => return,
                Err(text) => {
                    let why = Untrusted::new("the system has no thread to give");
                    Delivery::ByHand(ByHand::Failed(self.route(), why), text)
                }
            },
        };
        let _ = self.answers.send(Message::Copied(delivery));
    }

    /// What is to be sent to the terminal behind a whole frame.
    pub(super) fn take_bytes(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    fn route(&self) -> Route {
        if self.way == Way::Tmux { Route::Tmux } else { Route::Command }
    }

    fn hand_over(&mut self, text: Snippet, doing: Doing) -> Result<(), Snippet> {
        if self.texts.is_none() {
            let (texts, inbox) = mpsc::channel::<(Snippet, Doing)>();
            let (way, answers) = (self.way.clone(), self.answers.clone());
            let run = move || {
                while let Ok(next) = inbox.recv() {
                    let (text, doing) = inbox.try_iter().last().unwrap_or(next);
                    if answers.send(Message::Copied(run(&way, text))).is_err() {
                        break;
                    }
                    drop(doing);
                }
            };
            if thread::Builder::new().name("copying".to_owned()).spawn(run).is_err() {
                return Err(text);
            }
            self.texts = Some(texts);
        }
        self.texts.as_ref().map_or(Ok(()), |texts| texts.send((text, doing))).map_err(|failed| failed.0.0)
    }
}

fn run(way: &Way, text: Snippet) -> Delivery {
    let bytes = text.as_str().as_bytes();
    let (route, outcome) = match way {
        Way::Command(argv) => (Route::Command, feed(argv, bytes, PATIENCE)),
        _ => tmux(bytes),
    };
    match outcome {
        Ok(()) => Delivery::Sent(route, text),
        Err(unfed) => Delivery::ByHand(ByHand::Failed(route, Untrusted::new(words(&unfed))), text),
    }
}

/// tmux keeps the text as a buffer and, from 3.2 on, hands it on to the terminal it runs in.
fn tmux(bytes: &[u8]) -> (Route, Result<(), Unfed>) {
    let argv = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let outcome = feed(&argv(&["tmux", "load-buffer", "-w", "-"]), bytes, PATIENCE);
    match &outcome {
        Err(Unfed::Failed(_, said)) if UNKNOWN_FLAG.iter().any(|old| said.contains(old)) => {
            (Route::OldTmux, feed(&argv(&["tmux", "load-buffer", "-"]), bytes, PATIENCE))
        }
        _ => (Route::Tmux, outcome),
    }
}

fn words(unfed: &Unfed) -> String {
    match unfed {
        Unfed::NotStarted(why) => why.clone(),
        Unfed::Failed(_, said) if !said.trim().is_empty() => said.trim().to_owned(),
        Unfed::Failed(Some(code), _) => format!("it ended with {code} and said nothing"),
        Unfed::Failed(None, _) => "a signal ended it".to_owned(),
        Unfed::TooLong => format!("it took longer than {} s and was ended", PATIENCE.as_secs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_users_program_goes_before_tmux_and_tmux_before_the_terminal() {
        let way = |choice, tmux: bool, term: &'static str, has_screen| {
            Way::of(choice, has_screen, move |name| match name {
                "TMUX" if tmux => Some("/tmp/tmux,1,0".to_owned()),
                "TERM" => Some(term.to_owned()),
                _ => None,
            })
        };
        let xclip = vec!["xclip".to_owned()];
        let command = || CopyChoice::Command(xclip.clone());
        assert_eq!(way(command(), true, "xterm", true), Way::Command(xclip.clone()));
        assert_eq!(way(CopyChoice::Auto, true, "screen", true), Way::Tmux);
        assert_eq!(way(CopyChoice::Auto, false, "xterm", true), Way::Terminal);
        assert_eq!(way(CopyChoice::Terminal, true, "screen", true), Way::Terminal);
        for (choice, term, has_screen) in [
            (CopyChoice::Auto, "linux", true),
            (CopyChoice::Terminal, "linux", true),
            (CopyChoice::Auto, "xterm", false),
        ] {
            assert_eq!(way(choice, false, term, has_screen), Way::ByHand(ByHand::NoClipboard));
        }
        assert_eq!(way(CopyChoice::ByHand, true, "xterm", true), Way::ByHand(ByHand::Asked));
    }
}
