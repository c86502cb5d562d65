//! What shells offer for the values of flags, where that is no list which a value must be of.

use std::ffi::OsStr;

use clap::{
    Arg, Command, Error, ValueHint,
    builder::{PossibleValue, StringValueParser, TypedValueParser},
};

/// The themes that ship with the program, and the choice among them by what the environment says.
pub const THEMES: [&str; 5] = ["auto", "dark", "light", "mono", "terminal"];

/// Any name, of which these are offered: files of the user know others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name(pub(super) &'static [&'static str]);

impl TypedValueParser for Name {
    type Value = String;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<String, Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.0.iter().map(PossibleValue::new)))
    }
}

/// The same, with nothing offered for values that nobody knows: without a hint, shells offer files.
pub(super) fn hinted(command: Command) -> Command {
    let hint = |arg: Arg| match arg.get_value_hint() {
        ValueHint::Unknown if arg.get_action().takes_values() => arg.value_hint(ValueHint::Other),
        _ => arg,
    };
    command.mut_args(hint).mut_subcommands(hinted)
}
