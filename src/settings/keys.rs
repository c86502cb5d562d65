//! Every key of a configuration file: where it may stand, what it may hold, which variable says the same.

use std::{path::PathBuf, time::Duration};

use clap::ValueEnum;

use super::{
    origin::shown,
    value::{
        Value, address, choice, command, command_line, community, line, path, plain_path, requests, seconds,
        silence, switch, time_form, word, zone,
    },
    vocabulary::TABLES,
};
use crate::{
    api::BaseUrl,
    cli::{Color, CopyBy, Scroll},
    model::{
        follow::{LONGEST, SHORTEST},
        timeline::LongSilence,
        times::Form,
        zone::Zone,
    },
};

/// Where a key may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// At the top of the file only.
    Top,
    /// At the top, for all profiles, and in a profile, for that one.
    Everywhere,
}

/// A key and how its value is read; an error is a sentence without its end.
pub(super) struct Key<T> {
    pub(super) name: &'static str,
    pub(super) scope: Scope,
    pub(super) variable: Option<&'static str>,
    pub(super) read: fn(&Value) -> Result<T, String>,
}

const fn key<T>(name: &'static str, scope: Scope, read: fn(&Value) -> Result<T, String>) -> Key<T> {
    Key { name, scope, variable: None, read }
}

const fn or<T>(variable: &'static str, key: &Key<T>) -> Key<T> {
    Key { variable: Some(variable), ..*key }
}

use Scope::{Everywhere, Top};

pub(super) const DEFAULT_PROFILE: Key<String> = key("default_profile", Top, word);
pub(super) const BASE_URL: Key<BaseUrl> = or("TICKETLOG_BASE_URL", &key("base_url", Everywhere, address));
pub(super) const TOKEN_URL: Key<BaseUrl> =
    or("TICKETLOG_TOKEN_URL", &key("token_url", Everywhere, token_address));
pub(super) const CLIENT_ID: Key<String> = or("TICKETLOG_CLIENT_ID", &key("client_id", Everywhere, word));
pub(super) const TOKEN_FILE: Key<PathBuf> = key("token_file", Everywhere, plain_path);
pub(super) const TOKEN_COMMAND: Key<Vec<String>> = key("token_command", Everywhere, command);
pub(super) const COMMUNITY: Key<String> = key("community", Everywhere, community);
pub(super) const CA_FILE: Key<PathBuf> = key("ca_file", Everywhere, path);
pub(super) const TIME_ZONE: Key<Zone> = key("time_zone", Everywhere, zone);
pub(super) const ME: Key<String> = key("me", Everywhere, line);
pub(super) const CONNECT_TIMEOUT: Key<Duration> = key("connect_timeout", Top, patience);
pub(super) const READ_TIMEOUT: Key<Duration> = key("read_timeout", Top, patience);
pub(super) const TOTAL_TIMEOUT: Key<Duration> = key("total_timeout", Top, patience);
pub(super) const MAX_REQUESTS: Key<usize> = key("max_requests", Top, requests);
pub(super) const COLOR: Key<Color> = key("color", Top, choice);
pub(super) const THEME: Key<String> = key("theme", Top, word);
pub(super) const ASCII: Key<bool> = key("ascii", Top, switch);
pub(super) const SCROLL: Key<Scroll> = key("scroll", Top, choice);
pub(super) const FOLLOW_INTERVAL: Key<Duration> =
    key("follow_interval", Top, |value| seconds(value, SHORTEST, LONGEST));
pub(super) const TIME_FORMAT: Key<Form> = key("time_format", Top, time_form);
pub(super) const SILENCE: Key<LongSilence> = key("silence", Top, silence);
pub(super) const BELL: Key<bool> = key("bell", Top, switch);
pub(super) const COPY: Key<CopyBy> = key("copy", Top, choice);
pub(super) const COPY_COMMAND: Key<Vec<String>> = key("copy_command", Top, command_line);
pub(super) const FOLD_READS: Key<bool> = key("fold_reads", Top, switch);

fn token_address(value: &Value) -> Result<BaseUrl, String> {
    address(value).map_err(|_| {
        "the token URL is no https address; give one like https://api.socialboards.com/token".to_owned()
    })
}

fn patience(value: &Value) -> Result<Duration, String> {
    seconds(value, Duration::from_secs(1), Duration::from_mins(10))
}

/// A key, whatever it holds.
pub(super) trait Known {
    fn name(&self) -> &'static str;
    fn scope(&self) -> Scope;
    /// Whether the value can be used.
    fn check(&self, value: &Value) -> Result<(), String>;
}

impl<T> Known for Key<T> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn scope(&self) -> Scope {
        self.scope
    }

    fn check(&self, value: &Value) -> Result<(), String> {
        (self.read)(value).map(drop)
    }
}

/// All of them.
pub(super) fn all() -> [&'static dyn Known; 25] {
    [
        &DEFAULT_PROFILE,
        &BASE_URL,
        &TOKEN_URL,
        &CLIENT_ID,
        &TOKEN_FILE,
        &TOKEN_COMMAND,
        &COMMUNITY,
        &CA_FILE,
        &TIME_ZONE,
        &TIME_FORMAT,
        &SILENCE,
        &ME,
        &CONNECT_TIMEOUT,
        &READ_TIMEOUT,
        &TOTAL_TIMEOUT,
        &MAX_REQUESTS,
        &COLOR,
        &THEME,
        &ASCII,
        &SCROLL,
        &FOLLOW_INTERVAL,
        &BELL,
        &FOLD_READS,
        &COPY,
        &COPY_COMMAND,
    ]
}

/// The key of this name, or a sentence with the one that was probably meant.
pub(super) fn find(name: &str, scope: Scope) -> Result<&'static dyn Known, String> {
    if let Some(known) = all().into_iter().find(|known| known.name() == name) {
        if scope == Everywhere && known.scope() == Top {
            return Err(format!(
                "{name} is no key of a profile; it stands at the top of the file, before the first [profiles.NAME]"
            ));
        }
        return Ok(known);
    }
    if ["access_token", "refresh_token", "token", "password", "secret"].contains(&name) {
        return Err(format!(
            "a secret does not belong into the configuration; remove {name} and use ticketlog auth login, \
             token_file or token_command"
        ));
    }
    let names = all().into_iter().filter(|known| scope == Top || known.scope() == scope).map(Known::name);
    let tables = ["profiles", "keys"].into_iter().chain(TABLES);
    let names = names.chain(tables.filter(|_| scope == Top));
    let meant = nearest(name, names).map_or_else(String::new, |meant| format!("; did you mean {meant}?"));
    Err(format!("unknown key {}{meant}", quoted(name)))
}

/// What a user probably meant: the one of `names` that differs by the fewest letters, at most a third of them.
pub(super) fn nearest<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // The comparison is quadratic.
    let typed: String = typed.chars().take(40).collect::<String>().to_lowercase().replace('-', "_");
    let near = |name: &&str| strsim::osa_distance(&typed, &name.to_lowercase());
    names.filter(|name| near(name) <= (name.len() / 3).max(1)).min_by_key(near)
}

/// The words that a choice has.
pub(super) fn words<T: ValueEnum>() -> String {
    let words = T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    words.map(|word| word.get_name().to_owned()).collect::<Vec<_>>().join(", ")
}

/// A text from outside in quotation marks, cleaned.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", shown(text))
}
