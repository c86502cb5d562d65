//! What the terminal and what stands in between can show.

use std::{process::Stdio, sync::mpsc::channel, thread, time::Duration};

use ratatui::layout::Size;
use rustix::termios::tcgetwinsize;

use super::{Environment, Finding, Terminal};
use crate::{child, layout::SMALLEST, model::text::Charset, term::colours::Colours};

/// The longest wait for tmux.
const PATIENCE: Duration = Duration::from_secs(2);

/// The variables that decide about characters, the strongest first.
const LOCALE: [&str; 3] = ["LC_ALL", "LC_CTYPE", "LANG"];

/// The most characters of a variable that are told.
const LONGEST: usize = 40;

pub(super) fn findings(terminal: &Terminal, env: Environment) -> Vec<Finding> {
    let mut findings = vec![screen(terminal, env), colours(terminal.colours, env), locale(terminal, env)];
    findings.extend(multiplexer(env));
    findings
}

fn screen(terminal: &Terminal, env: Environment) -> Finding {
    let subject = "terminal";
    let Some(device) = &terminal.device else {
        return Finding::hint(subject, "none here, so logs are printed; the screen needs one: ssh -t");
    };
    let term = env.get("TERM").map(|term| cut(&term));
    let Some(term) = term.filter(|term| term != "dumb") else {
        let told = "TERM says that this terminal cannot draw a screen, so logs are told in sentences; for the screen set TERM";
        return Finding::hint(subject, told);
    };
    let Ok(size) = tcgetwinsize(device) else {
        return Finding::fails(subject, 1, "it does not tell its size; try another one");
    };
    let Size { width, height } = Size { width: size.ws_col, height: size.ws_row };
    let told = format!("{width}x{height}, TERM={term}");
    if width < SMALLEST.width || height < SMALLEST.height {
        let needed = format!("{}x{}", SMALLEST.width, SMALLEST.height);
        return Finding::hint(subject, format!("{told}; too small, {needed} is needed: make it larger"));
    }
    Finding::fine(subject, told)
}

fn colours(colours: Colours, env: Environment) -> Finding {
    let count = match colours {
        Colours::None => "none",
        Colours::Sixteen => "16",
        Colours::TwoFiftySix => "256",
        Colours::True => "24 bits",
    };
    let names = ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLORTERM"];
    let set: Vec<&str> = names.into_iter().filter(|name| env.get(name).is_some()).collect();
    let because = if set.is_empty() { String::new() } else { format!(" ({})", set.join(", ")) };
    Finding::fine("colours", format!("{count}{because}"))
}

fn locale(terminal: &Terminal, env: Environment) -> Finding {
    let set = LOCALE.into_iter().find_map(|name| Some((name, cut(&env.get(name)?))));
    let told = set.map_or_else(|| "not set".to_owned(), |(name, value)| format!("{name}={value}"));
    match terminal.charset {
        Charset::Unicode => Finding::fine("locale", format!("{told}: all characters are shown")),
        Charset::Ascii => {
            let cure = "set LC_ALL to one that ends in UTF-8, such as C.UTF-8";
            Finding::hint("locale", format!("{told}: ASCII characters alone are shown; for others {cure}"))
        }
    }
}

fn multiplexer(env: Environment) -> Option<Finding> {
    let Some(_) = env.get("TMUX") else {
        env.get("STY")?;
        let told =
            "GNU screen: what programs copy stays on this computer, and 24 bits of colour are not used";
        return Some(Finding::hint("multiplexer", told));
    };
    let Some(version) = ask(&["tmux", "display-message", "-p", "#{version}"]) else {
        return Some(Finding::hint(
            "multiplexer",
            "tmux does not answer; is the tmux of TMUX still running?",
        ));
    };
    let version = format!("tmux {}", cut(version.trim()));
    let clipboard = ask(&["tmux", "show-options", "-sv", "set-clipboard"]).unwrap_or_default();
    Some(match clipboard.trim() {
        "on" => Finding::fine("multiplexer", format!("{version}, set-clipboard on")),
        other => {
            let other = if other.is_empty() { "not known" } else { other };
            let told = format!(
                "{version}, set-clipboard {}: what programs copy stays inside tmux; to let it out: \
                 tmux set -s set-clipboard on",
                cut(other)
            );
            Finding::hint("multiplexer", told)
        }
    })
}

/// What a command prints, unless it takes too long. Run without a shell and without our secrets.
fn ask(argv: &[&str]) -> Option<String> {
    let (program, words) = argv.split_first()?;
    let mut command = child::command(program, words);
    command.stdin(Stdio::null()).stderr(Stdio::null());
    let (sender, answer) = channel();
    let asking = move || drop(sender.send(command.output()));
    thread::Builder::new().name("tmux".to_owned()).spawn(asking).ok()?;
    let output = answer.recv_timeout(PATIENCE).ok()?.ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(vars: &[(&str, &str)], charset: Charset) -> Vec<String> {
        let var =
            |name: &str| vars.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let colours = Colours::Sixteen;
        let terminal = Terminal { device: None, colours, charset };
        findings(&terminal, Environment(&var)).iter().map(Finding::line).collect()
    }

    #[test]
    fn without_a_terminal_nothing_fails_and_what_would_be_better_is_told() {
        let lines = look(&[("LANG", "C"), ("NO_COLOR", "1"), ("STY", "1.tty")], Charset::Ascii);
        assert!(lines[0].starts_with("hint  terminal     none here"), "{lines:#?}");
        assert_eq!(lines[1], "ok    colours      16 (NO_COLOR)");
        assert!(lines[2].starts_with("hint  locale       LANG=C: ASCII characters alone"), "{lines:#?}");
        assert!(lines[3].starts_with("hint  multiplexer  GNU screen"), "{lines:#?}");
        let lines = look(&[("LC_ALL", ""), ("LANG", "nb_NO.UTF-8")], Charset::Unicode);
        assert_eq!(lines[2], "ok    locale       LANG=nb_NO.UTF-8: all characters are shown");
        assert_eq!(lines.len(), 3);
    }
}
