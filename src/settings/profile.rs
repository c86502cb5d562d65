//! Which profile counts: the one that was named, else the one of the link's community, else the usual one.
//!
//! A ticket's number means another ticket in every community, so a link is never opened with an account that is not
//! known to be of its community. Where the files name no profile and no community there is one account, about which
//! nothing is known: a link is then opened with it, as a number is.

use super::{
    files::{Files, origin},
    keys::{self, nearest, quoted},
    origin::{Origin, Problem, Setting},
    value::Value,
};
use crate::model::ticket::{Link, Links};

/// What the settings are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose<'a> {
    /// To ask the API, perhaps for what an inbox link names.
    Account(Option<&'a Link>),
    /// To show what is there already, or to look at the settings.
    Look,
}

/// The variables that make an account. They belong to the profile that counts without a link.
const ACCOUNT: [&str; 5] = [
    "TICKETLOG_ACCESS_TOKEN",
    "TICKETLOG_REFRESH_TOKEN",
    "TICKETLOG_BASE_URL",
    "TICKETLOG_TOKEN_URL",
    "TICKETLOG_CLIENT_ID",
];

/// What the choice depends on.
pub(super) struct Choosing<'a> {
    pub(super) files: &'a Files,
    pub(super) flag: Option<&'a str>,
    pub(super) var: &'a dyn Fn(&str) -> Option<String>,
}

impl Choosing<'_> {
    /// The profile, `None` when the top of the files counts alone.
    pub(super) fn profile(&self, purpose: Purpose) -> Result<Option<Setting<String>>, Problem> {
        let named = self.named()?;
        let usual = match &named {
            Some(_) => named.clone(),
            None => self.usual()?,
        };
        match purpose {
            Purpose::Account(Some(link)) if self.knows_communities() => {
                self.of_link(link, named.as_ref(), usual)
            }
            Purpose::Account(None) if usual.is_none() && !self.files.profiles().is_empty() => {
                Err(Problem::of_all(format!(
                    "Which profile? Choose one with --profile, or set default_profile; there are {}",
                    self.names()
                )))
            }
            _ => Ok(usual),
        }
    }

    /// Which links may be opened while the program runs with this profile.
    pub(super) fn links(&self, profile: Option<&str>) -> Links {
        if self.knows_communities() { Links::Of(self.community(profile)) } else { Links::Any }
    }

    fn knows_communities(&self) -> bool {
        !self.files.profiles().is_empty() || self.files.has(keys::COMMUNITY.name)
    }

    fn community(&self, profile: Option<&str>) -> Option<String> {
        let (value, _) = self.files.get(profile, keys::COMMUNITY.name)?;
        (keys::COMMUNITY.read)(value).ok()
    }

    /// The one that was asked for by name.
    fn named(&self) -> Result<Option<Setting<String>>, Problem> {
        let flag = self.flag.map(|name| (name.to_owned(), Origin::Flag("--profile")));
        let variable = || {
            let name = (self.var)("TICKETLOG_PROFILE").filter(|name| !name.is_empty())?;
            Some((name, Origin::Variable("TICKETLOG_PROFILE")))
        };
        flag.or_else(variable).map(|(name, origin)| self.existing(name, origin)).transpose()
    }

    /// The one that counts when none is named.
    fn usual(&self) -> Result<Option<Setting<String>>, Problem> {
        if let Some((value, place)) = self.files.get(None, keys::DEFAULT_PROFILE.name) {
            let Value::Text(name) = value else { return Ok(None) };
            return self.existing(name.clone(), origin(place)).map(Some);
        }
        Ok(match self.files.profiles().as_slice() {
            [only] => Some(Setting { value: (*only).to_owned(), origin: Origin::OnlyProfile }),
            _ => None,
        })
    }

    fn existing(&self, name: String, origin: Origin) -> Result<Setting<String>, Problem> {
        let profiles = self.files.profiles();
        if profiles.contains(&name.as_str()) {
            return Ok(Setting { value: name, origin });
        }
        let there = match (nearest(&name, profiles.iter().copied()), profiles.is_empty()) {
            (Some(meant), _) => format!("did you mean {meant}?"),
            (None, true) => "the configuration has none, see ticketlog config path".to_owned(),
            (None, false) => format!("there are {}", self.names()),
        };
        Err(Problem::at(origin, format!("there is no profile {}; {there}", quoted(&name))))
    }

    /// The one of the link's community.
    fn of_link(
        &self,
        link: &Link,
        named: Option<&Setting<String>>,
        usual: Option<Setting<String>>,
    ) -> Result<Option<Setting<String>>, Problem> {
        let Some(community) = &link.community else {
            return Err(Problem::of_all(
                "The link names no community, so it is not known which profile it is for; \
                 give the number of the ticket and --profile",
            ));
        };
        let fits = |profile: Option<&str>| self.community(profile).as_ref() == Some(community);
        if let Some(named) = named.filter(|named| !fits(Some(&named.value))) {
            return Err(self.of_another(&named.value, community));
        }
        // Also the only account there is, at the top of the files.
        if (usual.is_some() || self.files.profiles().is_empty())
            && fits(usual.as_ref().map(|usual| usual.value.as_str()))
        {
            return Ok(usual);
        }
        let fitting: Vec<&str> =
            self.files.profiles().into_iter().filter(|profile| fits(Some(profile))).collect();
        match fitting.as_slice() {
            [only] => self.elsewhere((*only).to_owned(), community).map(Some),
            [] => Err(Problem::of_all(format!(
                "No profile is of the community {community} that the link is of; add community = \"{community}\" \
                 to the profile whose token is of it"
            ))),
            several => Err(Problem::of_all(format!(
                "Several profiles are of the community {community}; choose one with --profile: {}",
                several.join(", ")
            ))),
        }
    }

    /// The profile that was named is not of the link's community.
    fn of_another(&self, profile: &str, community: &str) -> Problem {
        let of = self.community(Some(profile));
        let of = of.map_or_else(|| "names no community".to_owned(), |of| format!("is of {of}"));
        Problem::of_all(format!(
            "The link is of the community {community}, and the profile {profile} {of}; nothing was opened"
        ))
    }

    /// A profile that counts for the sake of the link alone. What the environment says of an account was not meant
    /// for it: another community's token would open the number there.
    fn elsewhere(&self, name: String, community: &str) -> Result<Setting<String>, Problem> {
        let set = |variable: &&str| (self.var)(variable).is_some_and(|value| !value.is_empty());
        match ACCOUNT.into_iter().find(set) {
            None => Ok(Setting { value: name, origin: Origin::Link }),
            Some(variable) => Err(Problem::of_all(format!(
                "The link is of the community {community}, so of the profile {name}, and {variable} may be of another; \
                 unset it, or say --profile {name} if it is of that one"
            ))),
        }
    }

    fn names(&self) -> String {
        self.files.profiles().join(", ")
    }
}
