//! Settings from made-up files, variables and flags; nothing of the computer's own is read.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/canary.rs"]
#[expect(dead_code, reason = "each test target uses a part of it")]
mod canary;
#[path = "settings/example.rs"]
mod example;
#[path = "settings/hostile.rs"]
mod hostile;
#[path = "settings/keys.rs"]
mod keys;
#[path = "settings/themes.rs"]
mod themes;
#[path = "settings/tokens.rs"]
mod tokens;
#[path = "settings/vocabulary.rs"]
mod vocabulary;

use std::{fs, path::PathBuf};

use tempfile::TempDir;
use ticketlog::{
    cli::{Account, Color, Look},
    model::ticket::{self, Links, Name},
    settings::{Asked, Files, Origin, Presence, Purpose, Settings},
};

/// A user's and a host's file, and an environment.
struct World {
    folder: TempDir,
    variables: Vec<(&'static str, String)>,
}

impl World {
    fn new(user: &str, host: &str) -> Self {
        let folder = TempDir::new().unwrap();
        for (name, text) in [("user", user), ("host", host)] {
            let folder = folder.path().join(name).join("ticketlog");
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("config.toml"), text).unwrap();
        }
        let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let variables = vec![
            ("XDG_CONFIG_HOME", path("user")),
            ("XDG_CONFIG_DIRS", path("host")),
            ("TZ", "UTC".to_owned()),
        ];
        Self { folder, variables }
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
        self.variables.push((name, value.to_owned()));
        self
    }

    fn var(&self) -> impl Fn(&str) -> Option<String> + '_ {
        |name| self.variables.iter().rev().find(|(key, _)| *key == name).map(|(_, value)| value.clone())
    }

    fn files(&self) -> Files {
        Files::read(None, &self.var())
    }

    /// What is wrong in the files, without the folder that is another in every run.
    fn problems(&self) -> Vec<String> {
        let files = self.files();
        canary::search("what was read", format!("{files:?}").as_bytes());
        files.problems().iter().map(|problem| self.short(&problem.to_string())).collect()
    }

    fn short(&self, text: &str) -> String {
        text.replace(&format!("{}/", self.folder.path().display()), "").replace("/ticketlog/config.toml", "")
    }

    fn settings(&self, account: &Account, look: &Look, purpose: Purpose) -> Result<Settings, String> {
        let files = self.files();
        assert_eq!(files.problems(), []);
        let settings = Settings::read(Asked { account, look, purpose }, &files, &self.var());
        canary::search("the settings", format!("{settings:?}").as_bytes());
        settings.map_err(|problem| self.short(&problem.to_string()))
    }

    fn plain(&self) -> Settings {
        self.settings(&Account::default(), &Look::default(), Purpose::Look).unwrap()
    }

    /// The profile that a ticket or a link is opened with, or why it is not.
    fn opens(&self, ticket: &str, profile: Option<&str>) -> Result<Option<String>, String> {
        let Name { link, .. } = ticket::name(ticket).unwrap();
        let account = Account { profile: profile.map(str::to_owned), ..Account::default() };
        let settings = self.settings(&account, &Look::default(), Purpose::Account(link.as_ref()))?;
        Ok(settings.profile.map(|profile| profile.value))
    }
}

fn link(community: &str) -> String {
    format!("https://inbox.socialboards.com/{community}/tickets?ticketId=7")
}

#[test]
fn a_flag_goes_before_a_variable_before_the_users_file_before_the_hosts_before_the_default() {
    let base = |settings: &Settings| (settings.base.value.host(), settings.base.origin.to_string());
    let world = World::new("", "");
    assert_eq!(base(&world.plain()), ("api.socialboards.com".to_owned(), "default".to_owned()));
    let host = "\nbase_url = 'https://host.example'";
    let world = World::new("", host);
    let (name, origin) = base(&world.plain());
    assert_eq!((name.as_str(), world.short(&origin).as_str()), ("host.example", "host:2"));
    let world = World::new("base_url = 'https://user.example'", host);
    let (name, origin) = base(&world.plain());
    assert_eq!((name.as_str(), world.short(&origin).as_str()), ("user.example", "user:1"));
    let world = world.with("TICKETLOG_BASE_URL", "https://variable.example");
    assert_eq!(base(&world.plain()), ("variable.example".to_owned(), "TICKETLOG_BASE_URL".to_owned()));
    let account = Account { base_url: Some("https://flag.example".to_owned()), ..Account::default() };
    let settings = world.settings(&account, &Look::default(), Purpose::Look).unwrap();
    assert_eq!(base(&settings), ("flag.example".to_owned(), "--base-url".to_owned()));
}

#[test]
fn a_profile_goes_before_the_top_of_a_file_and_both_are_taken_from_all_files() {
    let world = World::new(
        "default_profile = 'acme'\ntime_zone = 'Asia/Tokyo'\nclient_id = 'top'\n[profiles.acme]\nme = 'Garrick'",
        "[profiles.acme]\ncommunity = 'acme'\ntime_zone = 'Europe/Oslo'\nca_file = 'ca.pem'",
    );
    let settings = world.plain();
    assert_eq!(settings.zone.value.id(), "Europe/Oslo");
    assert_eq!(settings.client_id.unwrap().value, "top");
    assert_eq!(settings.me.unwrap().value, "Garrick");
    assert_eq!(settings.community.unwrap().value, "acme");
    let beside: PathBuf = world.folder.path().join("host/ticketlog/ca.pem");
    assert_eq!(settings.ca_file.unwrap().value, beside, "beside the file that names it");
}

#[test]
fn what_the_surroundings_say_counts_where_no_setting_does() {
    let world = World::new("", "").with("TZ", "Europe/Oslo").with("LC_ALL", "C");
    let settings = world.plain();
    assert_eq!((settings.zone.value.id(), settings.zone.origin), ("Europe/Oslo", Origin::Variable("TZ")));
    assert_eq!((settings.ascii.value, settings.ascii.origin), (true, Origin::Variable("LC_ALL")));
    let world = World::new("time_zone = 'Asia/Tokyo'", "").with("TZ", "Europe/Oslo");
    assert_eq!(world.plain().zone.value.id(), "Asia/Tokyo");
}

#[test]
fn every_problem_is_one_sentence_with_its_file_line_and_column() {
    for (text, said) in [
        ("\nbse_url = 'x'", "user:2:1: unknown key \"bse_url\"; did you mean base_url?"),
        ("time-zone = 'UTC'", "user:1:1: unknown key \"time-zone\"; did you mean time_zone?"),
        ("qqqqqq = 1", "user:1:1: unknown key \"qqqqqq\"."),
        ("bell = 'yes'", "user:1:8: bell: true or false is needed, not a text."),
        (
            "silence = '6 hours'",
            "user:1:11: silence: give days or weeks, such as \"10 days\" or \"1 week\", up to 3650 days.",
        ),
        ("color = 'blue'", "user:1:9: color: \"blue\" is none of auto, always, never."),
        (
            "follow_interval = 2",
            "user:1:19: follow_interval: 2 is out of range; give whole seconds from 5 to 86400.",
        ),
        ("max_requests = 3", "user:1:16: max_requests: 3 is out of range; give 1 or 2."),
        ("max_requests = 0", "user:1:16: max_requests: 0 is out of range; give 1 or 2."),
        (
            "max_requests = 'two'",
            "user:1:16: max_requests: a whole number is needed, not a text; give 1 or 2.",
        ),
        (
            "read_timeout = 1.5",
            "user:1:16: read_timeout: a whole number is needed, not a number with a point; \
             give whole seconds from 1 to 600.",
        ),
        (
            "time_zone = 'Europa/Oslo'",
            "user:1:13: time_zone: there is no time zone \"Europa/Oslo\"; give a name such as Europe/Oslo, or UTC.",
        ),
        ("profiles = 1", "user:1:12: profiles are written as [profiles.NAME]."),
        (
            "[profiles.'a b']",
            "user:1:11: \"a b\" is no name of a profile; use up to 64 ASCII letters, digits, - and _.",
        ),
        (
            "[profiles.a]\n  bell = true",
            "user:2:3: bell is no key of a profile; it stands at the top of the file, before the first [profiles.NAME].",
        ),
        (
            "[profiles.a]\naccess_token = 'CANARY'",
            "user:2:1: a secret does not belong into the configuration; remove access_token and use ticketlog auth login, \
             token_file or token_command.",
        ),
        ("å = 1\nbase_url = 'http://example.org'", "user:1:1: "),
        ("me = 'å' x", "user:1:10: "),
        ("base_url = [", "user:1:13: "),
        ("bell = true\nbell = true", "user:2:1: "),
    ] {
        let problems = World::new(text, "").problems();
        let first = problems.first().unwrap_or_else(|| panic!("nothing wrong in {text}"));
        let fits = if said.ends_with(' ') { first.starts_with(said) } else { first == said };
        assert!(fits, "{first}\nof {text}");
        for problem in problems {
            assert!(
                !problem.contains("CANARY") && problem.is_ascii() && !problem.contains('\n'),
                "{problem}"
            );
        }
    }
}

#[test]
fn all_problems_are_told_in_the_order_of_the_lines() {
    let problems = World::new("z = 1\na = 2\nbell = 3", "color = 4").problems();
    let places: Vec<&str> = problems.iter().map(|problem| problem.split(": ").next().unwrap()).collect();
    assert_eq!(places, ["user:1:1", "user:2:1", "user:3:8", "host:1:9"]);
}

#[test]
fn a_file_that_is_named_must_be_there_and_takes_the_place_of_the_users_alone() {
    let world = World::new("bell = true", "ascii = true");
    let named = world.folder.path().join("named.toml");
    let gone = Files::read(Some(&named), &world.var());
    assert!(gone.usable().unwrap_err().contains("named by --config, cannot be read"), "{gone:?}");
    fs::write(&named, "color = 'never'").unwrap();
    let world = world.with("TICKETLOG_CONFIG", named.to_str().unwrap());
    let settings = world.plain();
    assert_eq!(
        (settings.color.value, settings.ascii.value, settings.bell.value),
        (Color::Never, true, false)
    );
    let folder = Files::read(Some(world.folder.path()), &world.var());
    assert_eq!(folder.found()[0].1, Presence::Unreadable);
}

const TWO: &str = "[profiles.first]\ncommunity = 'acme'\n[profiles.second]\ncommunity = 'beta'";

#[test]
fn a_link_is_opened_with_the_profile_of_its_community_and_with_no_other() {
    let world = World::new(TWO, "");
    assert_eq!(world.opens(&link("acme"), None), Ok(Some("first".to_owned())));
    assert_eq!(world.opens(&link("beta"), None), Ok(Some("second".to_owned())));
    assert_eq!(world.opens(&link("beta"), Some("second")), Ok(Some("second".to_owned())));
    for (ticket, profile, said) in [
        (link("gamma"), None, "No profile is of the community gamma"),
        (link("Acme"), None, "No profile is of the community Acme"),
        (
            link("acme"),
            Some("second"),
            "The link is of the community acme, and the profile second is of beta",
        ),
        (link(".."), None, "The link names no community"),
        ("7".to_owned(), None, "Which profile?"),
        ("7".to_owned(), Some("frist"), "--profile: there is no profile \"frist\"; did you mean first?"),
    ] {
        let refused = world.opens(&ticket, profile).unwrap_err();
        assert!(refused.starts_with(said), "{refused}");
    }
}

#[test]
fn an_account_of_the_environment_is_not_used_for_the_profile_that_a_link_chose() {
    let world = World::new(&format!("default_profile = 'first'\n{TWO}"), "");
    let world = world.with("TICKETLOG_ACCESS_TOKEN", "CANARY");
    assert_eq!(world.opens(&link("acme"), None), Ok(Some("first".to_owned())));
    let refused = world.opens(&link("beta"), None).unwrap_err();
    assert!(refused.contains("TICKETLOG_ACCESS_TOKEN may be of another"), "{refused}");
    assert_eq!(world.opens(&link("beta"), Some("second")), Ok(Some("second".to_owned())));
}

#[test]
fn without_a_profile_or_a_community_a_link_is_opened_as_a_number_is() {
    assert_eq!(World::new("color = 'never'", "").opens(&link("acme"), None), Ok(None));
    let one = World::new("community = 'acme'", "");
    assert_eq!(one.opens(&link("acme"), None), Ok(None));
    assert!(one.opens(&link("beta"), None).is_err());
    let unknown = World::new("[profiles.only]\nme = 'x'", "");
    assert_eq!(unknown.opens("7", None), Ok(Some("only".to_owned())));
    assert!(unknown.opens(&link("acme"), None).is_err());
}

#[test]
fn what_is_kept_of_tickets_is_kept_for_each_profile() {
    let world = World::new(TWO, "");
    let key = |profile: &str| {
        let account = Account { profile: Some(profile.to_owned()), ..Account::default() };
        world.settings(&account, &Look::default(), Purpose::Account(None)).unwrap().state_key()
    };
    assert_ne!(key("first"), key("second"), "the address is the same");
    assert_ne!(key("first"), World::new("", "").plain().state_key());
}

#[test]
fn the_screen_admits_links_of_the_community_in_use_alone() {
    let world = World::new(&format!("default_profile = 'first'\n{TWO}"), "");
    assert_eq!(world.plain().links, Links::Of(Some("acme".to_owned())));
    assert_eq!(World::new("", "").plain().links, Links::Any);
    assert_eq!(World::new("[profiles.a]\n[profiles.b]", "").plain().links, Links::Of(None));
}
