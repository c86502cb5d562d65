//! What may happen: keys, answers, failures, time, and a log that changes while it is read.

use std::time::Duration;

use chrono::{DateTime, TimeDelta};
use ticketlog::{
    message::{Action, Edit, Message},
    model::failure::Retry,
};

use super::Life;
use crate::machine::Dice;

/// For so many steps a life goes on with less to promise, because entries vanished or were edited.
const MOST_STALE: usize = 25;

impl Life {
    pub fn step(&mut self, dice: &mut Dice) {
        match dice.below(48) {
            0..=15 => {
                let at = dice.below(2);
                self.answer(at, None);
            }
            16 => self.fail(dice),
            17..=21 => self.change(dice),
            22 => self.type_time(dice),
            23 => self.jump(Action::Oldest),
            24 => self.act([Action::Newest, Action::Back, Action::Close, Action::Interrupt][dice.below(4)]),
            25 => self.filter(dice),
            26..=27 => self.pass(
                [
                    Duration::from_millis(200),
                    Duration::from_secs(1),
                    Duration::from_secs(20),
                    Duration::from_mins(2),
                    Duration::from_mins(31),
                ][dice.below(5)],
            ),
            28 => self.act(Action::Refresh),
            29 => self.act(
                [
                    Action::Day(1),
                    Action::Day(-1),
                    Action::Silence(1),
                    Action::ToggleDetail,
                    Action::ToggleRaw,
                    Action::OtherEntry(1),
                    Action::LastSeen,
                ][dice.below(7)],
            ),
            30..=34 => self.act(Action::Page(if dice.below(3) == 0 { -1 } else { 1 })),
            35..=39 => self.act(Action::Step(if dice.below(3) == 0 { -7 } else { 7 })),
            40 => self.act(Action::LoadAll),
            41 if dice.below(4) == 0 || self.changed => self.load_everything(),
            42 => self.act(Action::Follow),
            43 => self.act(Action::Close),
            44..=46 => self.give(dice.below(2)),
            47 => self.act(Action::Silence(-1)),
            _ => {}
        }
        if self.has_quit {
            // Interrupted with nothing to cancel, but that was in the middle of pasted text: life goes on.
            self.has_quit = false;
            self.tell(Message::NotQuit);
        }
        self.stale = if self.changed { self.stale + 1 } else { 0 };
        if self.catches_up && self.stale > MOST_STALE {
            self.stale = 0;
            self.server.lose_unsorted();
            self.load_everything();
        }
    }

    fn fail(&mut self, dice: &mut Dice) {
        let after = |seconds| Retry::After(Duration::from_secs(seconds));
        let retry = [Retry::Never, Retry::Soon, Retry::Soon, after(2), after(61)][dice.below(5)];
        // What is asked again is a request more.
        self.still = None;
        self.answer(dice.below(2), Some(retry));
    }

    fn change(&mut self, dice: &mut Dice) {
        match dice.below(5) {
            0..=1 => {
                let count = [1, 1, 2, 3, 30, 49, 50, 51, 120][dice.below(9)];
                self.trace.push(format!("{count} arrive"));
                self.server.arrive(count);
            }
            2 => {
                let most = if dice.below(4) == 0 { 120 } else { 20 };
                let count = 1 + dice.below(most);
                self.trace.push(format!("{count} equal ones arrive"));
                self.server.arrive_equal(count);
            }
            3 if dice.below(8) == 0 => {
                let from = dice.below(self.server.rows.len().max(1));
                self.trace.push(format!("some vanish from {from}"));
                self.server.lose(from, 1 + dice.below(30));
                self.changed = true;
            }
            4 if dice.below(8) == 0 && !self.server.rows.is_empty() => {
                let at = dice.below(self.server.rows.len());
                self.trace.push(format!("{at} is edited"));
                self.server.edit(at);
                self.edits.push(self.server.rows[at].0);
                self.edited = true;
                self.changed = true;
            }
            _ => return,
        }
        self.version += 1;
    }

    fn type_time(&mut self, dice: &mut Dice) {
        let minutes = i64::try_from(dice.below(7 * self.server.rows.len().max(1))).unwrap();
        let at = DateTime::parse_from_rfc3339("2023-08-03T12:00:00Z").unwrap() + TimeDelta::minutes(minutes);
        self.act(Action::TypeTime);
        if self.model.input.is_none() {
            // A page or a panel covers the list.
            return;
        }
        for c in at.format("%Y-%m-%d %H:%M").to_string().chars() {
            self.act(Action::Edit(Edit::Insert(c)));
        }
        self.jump(Action::Enter);
        assert!(self.model.input.is_none(), "the time is understood");
    }

    fn filter(&mut self, dice: &mut Dice) {
        if dice.below(2) == 0 {
            let keys = [
                Action::HideType,
                Action::OnlyType,
                Action::OnlyPerson,
                Action::ToggleNarrowing,
                Action::UndoNarrowing,
            ];
            return self.act(keys[dice.below(keys.len())]);
        }
        self.act(Action::OpenFilter);
        for _ in 0..dice.below(30) {
            self.act(Action::Step(1));
        }
        self.act([Action::Tick, Action::TickOnly, Action::TickAll, Action::TickAll][dice.below(4)]);
        self.act(Action::Enter);
    }
}
