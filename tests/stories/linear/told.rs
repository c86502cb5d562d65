//! A run of the linear mode: what is typed, and what is said.

use ticketlog::{
    linear::{Linear, Turn},
    message::{Effect, Message},
    model::taking::{Delivery, Route},
};

use super::HEIGHT;
use crate::story::Story;

/// What the shell does with the mode, without a terminal and a network.
pub struct Told {
    pub story: Story,
    pub linear: Linear,
    pub said: Vec<String>,
}

impl Told {
    /// A ticket of so many entries that has been opened.
    pub fn opened(entries: usize) -> Self {
        let mut told = Self::unopened(Story::sized(entries, 80, HEIGHT));
        told.settle();
        told
    }

    pub fn unopened(story: Story) -> Self {
        let mut told = Self { story, linear: Linear::new(false), said: Vec::new() };
        told.look();
        told
    }

    pub fn look(&mut self) {
        let turn = self.linear.look(&self.story.model);
        self.take(turn);
    }

    pub fn take(&mut self, mut turn: Turn) {
        loop {
            self.said.append(&mut turn.said);
            if turn.messages.is_empty() {
                return;
            }
            for message in turn.messages {
                self.story.tell(message);
            }
            turn = self.linear.look(&self.story.model);
        }
    }

    /// Answers everything, lets every wait end.
    pub fn settle(&mut self) {
        for _ in 0..1_000 {
            while self.story.answer() {
                self.look();
            }
            if self.linear.is_idle() || self.linear.is_following() {
                return;
            }
            if let Some(Effect::Copy(text)) = self.story.others.pop() {
                self.story.tell(Message::Copied(Delivery::Sent(Route::Tmux, text)));
            }
            self.story.wake();
            self.look();
        }
        panic!("a command never ends: {:?}", self.said);
    }

    /// Types a line, without an answer to anything.
    pub fn hears(&mut self, line: &str) -> &mut Self {
        self.said.push(format!("> {line}"));
        let turn = self.linear.hear(&self.story.model, line);
        self.take(turn);
        self.look();
        self
    }

    /// Types a line and waits for the next prompt; gives what was said.
    pub fn types(&mut self, line: &str) -> String {
        let before = self.said.len();
        self.hears(line);
        self.settle();
        self.said[before + 1..].join("\n")
    }
}
