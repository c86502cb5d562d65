//! From ticket to ticket while answers are under way, in any order: under a ticket's number stands nothing of another.

use chrono::DateTime;
use ratatui::{buffer::Buffer, layout::Rect, layout::Size};
use ticketlog::{
    assets,
    message::{Action, Edit, Effect, Message},
    model::{
        Model, Setup,
        entry::Entry,
        failure::{Failure, FailureKind, Retry},
        keymap::Keymap,
        subject::{Source, Subject},
        text::{Charset, Untrusted},
        ticket::Ticket,
        zone::Zone,
    },
    theme::Theme,
    update::update,
    view,
};

use crate::{
    machine::{Dice, seeds},
    server::{Manners, Server},
};

const TICKETS: [u64; 3] = [1_111, 2_222, 3_333];

/// The steps of one life.
const LIFE: usize = 120;

struct Desk {
    model: Model,
    /// Under way, also what is not waited for any more: answers cannot be called back.
    asked: Vec<Effect>,
    server: Server,
}

impl Desk {
    fn tell(&mut self, message: Message) {
        let asked = update(&mut self.model, message).into_iter().filter(|effect| {
            matches!(effect, Effect::FetchLog { .. } | Effect::FetchTicket(_) | Effect::Wait(..))
        });
        self.asked.extend(asked);
    }

    fn act(&mut self, action: Action) {
        self.tell(Message::Asked(action));
    }

    fn open(&mut self, ticket: u64) {
        self.act(Action::ChooseTicket);
        for c in ticket.to_string().chars() {
            self.act(Action::Edit(Edit::Insert(c)));
        }
        self.act(Action::Enter);
    }

    fn answer(&mut self, at: usize, fails: bool) {
        if self.asked.is_empty() {
            return;
        }
        let no = || Failure::new(FailureKind::Trouble, "No.").with_retry(Retry::Soon);
        match self.asked.remove(at % self.asked.len()) {
            Effect::FetchLog { source: Source::Ticket(ticket), generation, query, window } => {
                let of = |entry| Entry { action: Untrusted::new(format!("of {ticket}")), ..entry };
                let page = self.server.page(&query, window).into_iter().map(of).collect();
                let answer = if fails { Err(no()) } else { Ok(page) };
                self.tell(Message::Log { generation, window, answer });
            }
            Effect::FetchTicket(ticket) => {
                let told =
                    Ticket { title: Some(Untrusted::new(format!("of {ticket}"))), ..Ticket::default() };
                self.tell(Message::Ticket { ticket, answer: if fails { Err(no()) } else { Ok(told) } });
            }
            Effect::Wait(timer, wait) => {
                let now = self.model.now + wait;
                self.tell(Message::Clock(now));
                self.tell(Message::Waited(timer));
            }
            other => panic!("{other:?}"),
        }
    }

    fn step(&mut self, dice: &mut Dice) {
        match dice.below(12) {
            0 => self.open(TICKETS[dice.below(TICKETS.len())]),
            1..=6 => self.answer(dice.below(8), dice.below(8) == 0),
            _ => self.act(
                [
                    Action::Page(1),
                    Action::Oldest,
                    Action::Back,
                    Action::LoadAll,
                    Action::Refresh,
                    Action::Follow,
                    Action::ToggleRaw,
                    Action::Close,
                    Action::OpenFilter,
                    Action::TickOnly,
                    Action::Enter,
                    Action::Step(3),
                ][dice.below(12)],
            ),
        }
    }

    fn check(&self) {
        let number = self.model.subject.ticket().unwrap();
        let own = format!("of {number}");
        for log in [self.model.reader.all(), self.model.reader.log()] {
            let mut entries = log.runs().iter().flat_map(ticketlog::model::log::Run::iter);
            assert!(entries.all(|entry| entry.action.raw_for_export() == own), "entries of another ticket");
        }
        let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
        view::draw(&self.model, &Theme::terminal(), &mut buffer);
        let screen: String = buffer.content().iter().map(ratatui::buffer::Cell::symbol).collect();
        for other in TICKETS.iter().filter(|other| **other != number) {
            assert!(!screen.contains(&format!("of {other}")), "{other} under {number}: {screen}");
        }
    }
}

/// P20: tickets are changed at any moment, with answers under way.
#[test]
fn nothing_of_a_ticket_ever_shows_under_another() {
    for seed in seeds(8) {
        let mut dice = Dice::new(seed);
        let setup = Setup {
            subject: Subject::Ticket(TICKETS[0]),
            catalogue: assets::action_types().unwrap(),
            zone: Zone::UTC,
            charset: Charset::Unicode,
            size: Size { width: 80, height: 24 },
            now: DateTime::parse_from_rfc3339("2024-06-01T12:00:00Z").unwrap().to_utc(),
            keys: Keymap::default(),
            resume: ticketlog::model::saved_view::Resume::Nothing,
        };
        let mut desk = Desk {
            model: Model::new(setup),
            asked: Vec::new(),
            server: Server::new(190, Manners::default()),
        };
        desk.tell(Message::Start);
        let lived = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            for _ in 0..LIFE {
                desk.step(&mut dice);
                desk.check();
            }
        }));
        assert!(lived.is_ok(), "ENGINE_SEED={seed}");
    }
}
