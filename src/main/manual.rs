//! The manual page: the command line as clap knows it, the keys as the key map has them, files, variables, exit codes.

use std::io;

use clap::{Arg, Command};
use clap_mangen::{
    Man,
    roff::{Roff, bold, italic, roman},
};
use ticketlog::{
    cli::{self, EXAMPLES, EXIT_CODES},
    model::keymap::{Context, Keymap},
};

#[path = "manual/tables.rs"]
mod tables;

use self::tables::{FILES, VARIABLES};

const DESCRIPTION: &[&str] = &[
    "ticketlog shows who did what to a support ticket, when, and what changed. It opens a ticket by its number, narrows \
     the timeline to what matters, and never changes a ticket.",
    "Where standard output is no terminal, the log is printed as a plain table. --demo opens a sample ticket of the \
     embedded server and uses neither an account nor a setting.",
    "A flag goes before a variable, before your configuration file, before the computer's, before the default; ticketlog \
     config show prints every value with where it comes from. No flag takes a token: ticketlog auth login keeps one, and \
     the variables and the configuration name others.",
];

/// The page.
///
/// # Errors
/// None that memory does not give.
pub(super) fn page(keys: &Keymap) -> io::Result<Vec<u8>> {
    let mut command = cli::definition().disable_help_subcommand(true);
    command.build();
    let mut page = Vec::new();
    let man = Man::new(command.clone()).manual("User Commands");
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    opening().to_writer(&mut page)?;
    man.render_options_section(&mut page)?;
    heading("SH", "COMMANDS").to_writer(&mut page)?;
    for sub in command.get_subcommands() {
        describe(&command, sub, &mut page)?;
    }
    on_keys(keys).to_writer(&mut page)?;
    table("FILES", FILES).to_writer(&mut page)?;
    table("ENVIRONMENT", VARIABLES).to_writer(&mut page)?;
    table("EXIT STATUS", &EXIT_CODES).to_writer(&mut page)?;
    Ok(page)
}

fn heading(level: &str, words: &str) -> Roff {
    let mut roff = Roff::new();
    roff.control(level, [words]);
    roff
}

fn opening() -> Roff {
    let mut roff = heading("SH", "DESCRIPTION");
    for paragraph in DESCRIPTION {
        roff.control("PP", []).text([roman(*paragraph)]);
    }
    roff.control("SH", ["EXAMPLES"]);
    for (command, does) in EXAMPLES {
        roff.control("TP", []).text([bold(command)]).text([roman(sentence(does))]);
    }
    roff
}

/// A command with the flags that are its own; those that it shares with opening a ticket are named alone.
fn describe(root: &Command, sub: &Command, page: &mut Vec<u8>) -> io::Result<()> {
    let inner: Vec<&Command> = sub.get_subcommands().collect();
    if !inner.is_empty() {
        return inner.into_iter().try_for_each(|sub| describe(root, sub, page));
    }
    let path = sub.get_bin_name().unwrap_or_else(|| sub.get_name());
    let is_flag = |arg: &&Arg| !arg.is_hide_set() && arg.get_id() != "help";
    let shared = |arg: &&Arg| {
        arg.get_long().is_some() && root.get_arguments().any(|known| known.get_long() == arg.get_long())
    };
    let (shared, own): (Vec<&Arg>, Vec<&Arg>) = sub.get_arguments().filter(is_flag).partition(shared);
    let positional = own.iter().filter(|arg| arg.is_positional());
    let names = positional.filter_map(|arg| arg.get_value_names()?.first());
    let names: String = names.flat_map(|name| [" ", name.as_str()]).collect();
    let mut roff = heading("SS", &format!("{path}{names}"));
    roff.text([roman(sentence(&sub.get_about().unwrap_or_default().to_string()))]);
    roff.to_writer(page)?;
    if !own.is_empty() {
        let alone = Command::new("command").disable_help_flag(true);
        // Some of its own need some that it shares.
        let hidden = shared.iter().map(|arg| (*arg).clone().hide(true));
        let own = own.into_iter().cloned().map(|arg| arg.help_heading(None::<&str>));
        let alone = alone.args(own.chain(hidden));
        let mut options = Vec::new();
        Man::new(alone).render_options_section(&mut options)?;
        // The heading of the command stands above them already.
        let options = String::from_utf8_lossy(&options).replace(".SH OPTIONS\n", "");
        page.extend_from_slice(options.as_bytes());
    }
    if !shared.is_empty() {
        let flags = shared.iter().filter_map(|arg| arg.get_long()).map(|long| format!("--{long}"));
        let words = format!("As above: {}.", flags.collect::<Vec<_>>().join(", "));
        let mut roff = Roff::new();
        roff.control("PP", []).text([roman(words)]);
        roff.to_writer(page)?;
    }
    Ok(())
}

fn on_keys(keys: &Keymap) -> Roff {
    let mut roff = heading("SH", "KEYS");
    roff.text([roman(
        "These keys ship with the program. Each line has the keys, the name of the action, and what it does; the \
         configuration binds other keys to a name, in a table for each place. A number before a motion repeats it.",
    )]);
    for context in Context::ALL {
        let title = format!("{} [keys.{}]", context.place(), context.name());
        roff.control("SS", [title.as_str()]);
        for row in keys.rows(context) {
            let described = row.described;
            let names = if row.keys().is_empty() { "none".to_owned() } else { row.names() };
            roff.control("TP", ["24"]).text([bold(names)]);
            roff.text([italic(described.name), roman(format!(": {}", described.does))]);
        }
    }
    roff
}

fn table(title: &str, rows: &[(&str, &str)]) -> Roff {
    let mut roff = heading("SH", title);
    for (name, says) in rows {
        roff.control("TP", []).text([bold(*name)]).text([roman(sentence(says))]);
    }
    roff
}

fn sentence(words: &str) -> String {
    format!("{}.", words.trim_end_matches('.'))
}
