//! The words of the prompt. An action that the list has too goes by the same name.

use super::Then;
use crate::{message::Action, model::wanted::Wanted};

/// What a word asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    Older,
    Newer,
    /// An action that takes nothing, and what is told then.
    Act(Action, Then),
    Entry,
    Time,
    Only,
    Hide,
    Person,
    Text,
    All,
    Undo,
    Find,
    Follow,
    Resume,
    Personal,
    /// Names replaced or shown.
    Redact,
    Copy,
    Take(Wanted),
    Save,
    Status,
    Help,
    Quit,
}

/// A word with what may stand behind it.
#[derive(Debug)]
pub(super) struct Word {
    /// The first one is told.
    pub(super) names: &'static [&'static str],
    pub(super) takes: &'static str,
    pub(super) does: &'static str,
    pub(super) command: Command,
}

const fn word(
    names: &'static [&'static str],
    takes: &'static str,
    does: &'static str,
    command: Command,
) -> Word {
    Word { names, takes, does, command }
}

const fn act(names: &'static [&'static str], does: &'static str, action: Action, then: Then) -> Word {
    word(names, "", does, Command::Act(action, then))
}

const fn take(names: &'static [&'static str], does: &'static str, wanted: Wanted) -> Word {
    word(names, "", does, Command::Take(wanted))
}

/// Every word, in the order of the help.
pub(super) const WORDS: &[Word] = &[
    word(&["older", "page-down"], "[COUNT]", "the next older entries, ten or so many", Command::Older),
    word(&["newer", "page-up"], "[COUNT]", "the next newer entries", Command::Newer),
    act(&["newest"], "the newest entries", Action::Newest, Then::Newest),
    act(&["oldest"], "the oldest entries, loading only those", Action::Oldest, Then::End),
    word(
        &["entry", "open-entry"],
        "NUMBER",
        "all of one entry; the number alone does it too",
        Command::Entry,
    ),
    word(
        &["time", "jump-to-time"],
        "TIME",
        "entries from a time on: 14:02, yesterday, -3d, 2023-03-01",
        Command::Time,
    ),
    act(&["next-day"], "from the next older day on", Action::Day(1), Then::Page),
    act(&["previous-day"], "from the next newer day on", Action::Day(-1), Then::Page),
    act(&["next-silence"], "below the next long silence", Action::Silence(1), Then::Page),
    act(&["previous-silence"], "above the last long silence", Action::Silence(-1), Then::Page),
    act(&["last-seen"], "from what was seen at the last look on", Action::LastSeen, Then::Page),
    act(&["back"], "back to where the last jump began", Action::Back, Then::Page),
    word(&["only", "only-type"], "TYPES", "only entries of these types: only reply, status", Command::Only),
    word(&["hide", "hide-type"], "TYPES", "hide entries of these types: hide reads", Command::Hide),
    word(
        &["person", "only-person"],
        "NAME",
        "only entries of people with this in their name",
        Command::Person,
    ),
    word(
        &["text", "only-text"],
        "TEXT",
        "only entries with this text; /TEXT/ is an expression, !TEXT for those without",
        Command::Text,
    ),
    word(&["all", "show-all"], "", "everything is shown again", Command::All),
    word(&["undo", "undo-narrowing"], "", "one step of narrowing back", Command::Undo),
    word(&["find", "search"], "TEXT", "the nearest entry with this text, reading on for it", Command::Find),
    act(&["next", "next-hit"], "the next older hit", Action::Hit(1), Then::Hit),
    act(&["previous", "previous-hit"], "the next newer hit", Action::Hit(-1), Then::Hit),
    act(&["refresh"], "look for new entries, or try again what failed", Action::Refresh, Then::Fresh),
    word(&["follow"], "", "tell new entries as they come, until Enter", Command::Follow),
    act(&["load-all"], "load everything", Action::LoadAll, Then::Nothing),
    word(&["resume"], "", "take up what a dropped line left", Command::Resume),
    word(&["personal-data"], "", "e-mail and ids shown or masked", Command::Personal),
    word(&["redact"], "", "names replaced, or shown again", Command::Redact),
    act(&["universal-time"], "universal time, or your zone", Action::ToggleZone, Then::Fresh),
    word(&["copy"], "[NUMBER]", "copy the line of this entry, or of the one told last", Command::Copy),
    take(&["link", "inbox-link"], "copy the ticket's link in the inbox", Wanted::Link),
    take(&["command"], "copy the command that opens this view", Wanted::Command),
    word(
        &["save", "save-as"],
        "FILE",
        "write what is loaded and shown to a file: .md .csv .json .ndjson .txt; FILE! over one that is there",
        Command::Save,
    ),
    word(&["status"], "", "which ticket, how fresh, what is hidden", Command::Status),
    word(&["help", "actions", "?"], "", "these words", Command::Help),
    word(&["quit", "close-or-quit", "exit", "q"], "", "quit", Command::Quit),
];

/// What a typed line asks for, and what stands behind its word.
///
/// # Errors
/// The word that was probably meant, where one is near.
pub(super) fn parse(typed: &str) -> Result<(Command, &str), Option<&'static str>> {
    let typed = typed.trim();
    let (name, rest) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
    if name.chars().all(|c| c.is_ascii_digit()) {
        return Ok((Command::Entry, name));
    }
    let name = name.to_lowercase();
    if let Some(word) = WORDS.iter().find(|word| word.names.contains(&name.as_str())) {
        return Ok((word.command, rest.trim()));
    }
    // The comparison is quadratic.
    let short: String = name.chars().take(40).collect();
    let names = WORDS.iter().flat_map(|word| word.names.iter().copied());
    let near = |name: &&str| strsim::osa_distance(&short, name);
    Err(names.filter(|name| near(name) <= (name.len() / 3).max(1)).min_by_key(near))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::keymap::ACTIONS;

    #[test]
    fn a_word_of_an_action_asks_for_that_action() {
        for word in WORDS {
            if let Command::Act(action, _) = word.command {
                let known = ACTIONS.iter().find(|known| known.action == action).unwrap();
                assert!(word.names.contains(&known.name), "{} is {}", word.names[0], known.name);
            }
        }
    }

    #[test]
    fn no_two_words_have_a_name_in_common() {
        let mut names: Vec<&str> = WORDS.iter().flat_map(|word| word.names.iter().copied()).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn a_word_that_is_not_known_gives_the_nearest() {
        assert_eq!(parse("older 50"), Ok((Command::Older, "50")));
        assert_eq!(parse("  OLDER  "), Ok((Command::Older, "")));
        assert_eq!(parse("12"), Ok((Command::Entry, "12")));
        assert_eq!(parse("odler"), Err(Some("older")));
        assert_eq!(parse("stauts"), Err(Some("status")));
        assert_eq!(parse("abracadabra"), Err(None));
    }
}
