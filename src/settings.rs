//! Settings, each with its origin: flag, environment, the user's file, the host's file, default.
//!
//! Judged before anything is written to the terminal: what is wrong is a sentence with its place. Refuses secrets,
//! which no flag and no configuration file may hold. Called by `main`.
//!
//! ```text
//! files         where configuration files lie      document   a file's text -> entries, problems
//! keys, value   what may stand in them             profile    which profile counts
//! origin        where a value comes from           show       what config show prints
//! ca_file       the certificates it names          bindings   the keys they bind
//! surroundings  TZ, /etc/localtime, the locale     token      where tokens are found
//! ```

mod bindings;
mod ca_file;
mod document;
mod files;
mod keys;
mod look_up;
mod origin;
mod profile;
mod show;
mod surroundings;
mod themes;
mod token;
mod value;
mod vocabulary;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

pub use self::{
    bindings::Keys,
    files::{Candidate, Files, Presence, Reason},
    origin::{Origin, Place, Problem, Setting},
    profile::Purpose,
    show::Row,
    themes::shipped_themes,
    token::{ACCESS_TOKEN, TokenError, TokenSource, access_token},
};
use self::{look_up::LookUp, profile::Choosing};
use crate::{
    api::{self, BaseUrl},
    cli::{Account, Color, CopyBy, Look, Scroll},
    model::{
        follow::INTERVAL,
        log::MAX_REQUESTS,
        text::Charset,
        ticket::Links,
        timeline::LongSilence,
        times::Form,
        types::{Naming, Preset},
        zone::Zone,
    },
    theme::Theme,
};

/// Where the API is when nothing else is said; only the token address is published, this is its host.
const DEFAULT_BASE_URL: &str = "https://api.socialboards.com";

/// Where tokens are made when nothing else is said (reference page "Authentication").
const DEFAULT_TOKEN_URL: &str = "https://api.socialboards.com/token";

/// What the command line says about settings, and what they are for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Which account.
    pub account: &'a Account,
    /// How to show it.
    pub look: &'a Look,
    /// What for.
    pub purpose: Purpose<'a>,
}

/// Everything that can be set, but the secrets.
#[derive(Debug)]
pub struct Settings {
    /// The profile in use.
    pub profile: Option<Setting<String>>,
    /// The address of the API.
    pub base: Setting<BaseUrl>,
    /// The address at which tokens are made; that of another API than the default one is not known until it is named.
    pub token_url: Option<Setting<BaseUrl>>,
    /// The client id that belongs to the refresh token.
    pub client_id: Option<Setting<String>>,
    /// Where the refresh token is, if the files say so.
    pub token_source: Option<Setting<TokenSource>>,
    /// The community that the account is of.
    pub community: Option<Setting<String>>,
    /// Which links may be opened.
    pub links: Links,
    /// The user's name as the log writes it.
    pub me: Option<Setting<String>>,
    /// Certificates to trust beside those of this computer.
    pub ca_file: Option<Setting<PathBuf>>,
    /// How long to wait for the API.
    pub timeouts: Timeouts,
    /// How many requests for a log may be under way at once.
    pub max_requests: Setting<usize>,
    /// The zone of all times.
    pub zone: Setting<Zone>,
    /// The form of times in the list.
    pub time_format: Setting<Form>,
    /// How long nothing must have happened for a rule to say so.
    pub silence: Setting<LongSilence>,
    /// When to show colours.
    pub color: Setting<Color>,
    /// The name of the theme.
    pub theme: Setting<String>,
    /// What that looks like.
    pub styles: Theme,
    /// Whether to show ASCII alone.
    pub ascii: Setting<bool>,
    /// When to send moved rows as scrolls.
    pub scroll: Setting<Scroll>,
    /// How often to look for new entries while following.
    pub follow_interval: Setting<Duration>,
    /// Whether to ring when entries arrive.
    pub bell: Setting<bool>,
    /// Whether neighbours that tell of looking at the ticket stand on one line.
    pub fold_reads: Setting<bool>,
    /// How text is copied.
    pub copy: Setting<CopyBy>,
    /// The program that copies.
    pub copy_command: Option<Setting<Vec<String>>>,
    /// Which key asks for what.
    pub keys: Keys,
    /// What the files add to the action types, and the presets of their own.
    pub vocabulary: (Vec<Naming>, Vec<Preset>),
}

/// How long to wait for the API.
#[derive(Debug)]
pub struct Timeouts {
    /// For a connection.
    pub connect: Setting<Duration>,
    /// For the next piece of an answer.
    pub read: Setting<Duration>,
    /// For a whole answer.
    pub total: Setting<Duration>,
}

impl Timeouts {
    /// The same for the client.
    #[must_use]
    pub fn values(&self) -> api::Timeouts {
        let Self { connect, read, total } = self;
        api::Timeouts { connect: connect.value, read: read.value, total: total.value }
    }
}

impl Settings {
    /// Puts the settings together.
    ///
    /// # Errors
    /// A sentence for the first value that cannot be used.
    pub fn read(asked: Asked, files: &Files, var: &dyn Fn(&str) -> Option<String>) -> Result<Self, Problem> {
        let Asked { account, look, purpose } = asked;
        let choosing = Choosing { files, flag: account.profile.as_deref(), var };
        let profile = choosing.profile(purpose)?;
        let name = profile.as_ref().map(|profile| profile.value.as_str());
        let look_up = LookUp { files, profile: name, var };
        let surrounding_zone = || surroundings::zone(var("TZ").as_deref(), Path::new("/etc/localtime"));
        let base = look_up
            .text(&keys::BASE_URL, "--base-url", account.base_url.as_deref())?
            .map_or_else(|| default_address(DEFAULT_BASE_URL), Ok)?;
        let token_url = look_up
            .text(&keys::TOKEN_URL, "--token-url", account.token_url.as_deref())?
            .map_or_else(|| default_token_url(&base.value), |named| Ok(Some(named)))?;
        let theme = look_up.theme(look.theme.as_deref())?;
        Ok(Self {
            base,
            token_url,
            client_id: look_up.text(&keys::CLIENT_ID, "--client-id", account.client_id.as_deref())?,
            token_source: TokenSource::find(files, name)?,
            community: look_up.written(&keys::COMMUNITY)?,
            links: choosing.links(name),
            me: look_up.written(&keys::ME)?,
            ca_file: look_up
                .text(&keys::CA_FILE, "--ca-file", account.ca_file.as_deref())?
                .map(beside_its_file),
            timeouts: look_up.timeouts()?,
            max_requests: look_up.written(&keys::MAX_REQUESTS)?.unwrap_or(Setting::default(MAX_REQUESTS)),
            zone: look_up.written(&keys::TIME_ZONE)?.unwrap_or_else(surrounding_zone),
            time_format: look_up
                .written(&keys::TIME_FORMAT)?
                .unwrap_or_else(|| Setting::default(Form::default())),
            silence: look_up
                .written(&keys::SILENCE)?
                .unwrap_or_else(|| Setting::default(LongSilence::default())),
            color: look_up
                .look(&keys::COLOR, "--color", look.color)?
                .unwrap_or(Setting::default(Color::Auto)),
            styles: themes::theme(&theme.value, files.themes()),
            theme,
            ascii: look_up.ascii(look.ascii)?,
            scroll: look_up
                .look(&keys::SCROLL, "--scroll", look.scroll)?
                .unwrap_or(Setting::default(Scroll::Auto)),
            follow_interval: look_up
                .look(&keys::FOLLOW_INTERVAL, "--follow-interval", look.following.follow_interval)?
                .unwrap_or(Setting::default(INTERVAL)),
            bell: look_up
                .look(&keys::BELL, "--bell", look.following.bell)?
                .unwrap_or(Setting::default(false)),
            fold_reads: look_up.written(&keys::FOLD_READS)?.unwrap_or(Setting::default(true)),
            copy: look_up.written(&keys::COPY)?.unwrap_or(Setting::default(CopyBy::Auto)),
            copy_command: look_up.written(&keys::COPY_COMMAND)?,
            keys: Keys::read(files)?,
            vocabulary: files.vocabulary(),
            profile,
        })
    }

    /// What is kept of tickets belongs to this: two communities share an address, and a number means another ticket
    /// in each.
    #[must_use]
    pub fn state_key(&self) -> String {
        let api = format!("API {}", self.base.value.state_key());
        self.profile.as_ref().map_or(api.clone(), |profile| format!("{api} {}", profile.value))
    }

    /// Which characters the terminal is sent.
    #[must_use]
    pub fn charset(&self) -> Charset {
        if self.ascii.value { Charset::Ascii } else { Charset::Unicode }
    }
}

fn default_address(address: &str) -> Result<Setting<BaseUrl>, Problem> {
    let parsed = BaseUrl::parse(address).map_err(|error| Problem::at(Origin::Default, error.to_string()));
    parsed.map(Setting::default)
}

/// The default one makes tokens for its own host: a refresh token of another API is none of its business.
fn default_token_url(base: &BaseUrl) -> Result<Option<Setting<BaseUrl>>, Problem> {
    let default = default_address(DEFAULT_TOKEN_URL)?;
    Ok(Some(default).filter(|default| default.value.endpoint() == base.endpoint()))
}

fn beside_its_file(path: Setting<PathBuf>) -> Setting<PathBuf> {
    let Setting { value, origin } = path;
    Setting { value: in_the_folder_of(&origin, &value), origin }
}

/// The name of a file that stands in a file is meant from there; that of a flag from where the user is.
fn in_the_folder_of(origin: &Origin, path: &Path) -> PathBuf {
    let folder = match origin {
        Origin::File(place) => place.file.parent().unwrap_or(Path::new("")),
        _ => Path::new(""),
    };
    folder.join(path)
}
