//! What the manual page says of files and variables.

/// Files, and what they are for.
pub(super) const FILES: &[(&str, &str)] = &[
    (
        "$XDG_CONFIG_HOME/ticketlog/config.toml",
        "your configuration (~/.config/ticketlog/config.toml); TICKETLOG_CONFIG or --config names another. The example \
         assets/config.toml explains every key, and ticketlog config check tells what is wrong in it",
    ),
    (
        "/etc/xdg/ticketlog/config.toml",
        "the configuration of the computer, or in the folders of XDG_CONFIG_DIRS",
    ),
    (
        "$XDG_STATE_HOME/ticketlog",
        "the state folder (~/.local/state/ticketlog); TICKETLOG_STATE names another. What is in it is readable by you \
         alone, holds no customer's text, and may be removed at any time. --no-state uses none of it but the tokens",
    ),
    (
        "visit-API-TICKET.json",
        "in the state folder: when a ticket was looked at, with time and hash of the newest entry seen; of the last 200 \
         tickets",
    ),
    (
        "remembered-API.json",
        "in the state folder: the preset in force, whether ages and universal time were shown, and the height of the \
         detail pane",
    ),
    (
        "view-API-TICKET.json",
        "in the state folder, after a dropped line: the chosen types, time and hash of the entry; for a day",
    ),
    (
        "tokens",
        "in the state folder: what ticketlog auth login keeps and what the server put in its place, of mode 0600",
    ),
];

/// Variables, and what they say.
pub(super) const VARIABLES: &[(&str, &str)] = &[
    ("TICKETLOG_BASE_URL", "the address of the API, as --base-url"),
    ("TICKETLOG_TOKEN_URL", "the address at which tokens are made, as --token-url"),
    ("TICKETLOG_ACCESS_TOKEN", "an access token; used as it is and never renewed"),
    (
        "TICKETLOG_REFRESH_TOKEN",
        "a refresh token; goes before what the configuration names and what login keeps",
    ),
    ("TICKETLOG_CLIENT_ID", "the client id that belongs to the refresh token, as --client-id"),
    ("TICKETLOG_PROFILE", "the profile of the configuration, as --profile"),
    ("TICKETLOG_CONFIG", "the configuration file, as --config"),
    ("TICKETLOG_STATE", "the state folder"),
    ("TICKETLOG_LINEAR", "1 tells a log in sentences, as --linear"),
    ("TICKETLOG_TRACE", "the file that gets a line for each request, as --trace"),
    (
        "XDG_CONFIG_HOME, XDG_CONFIG_DIRS, XDG_STATE_HOME, HOME",
        "where configuration and state are looked for",
    ),
    ("TZ", "the zone of all times, unless the configuration names one"),
    ("LC_ALL, LC_CTYPE, LANG", "a locale that is not UTF-8 asks for ASCII alone; none counts as UTF-8"),
    ("TERM, COLORTERM", "how many colours the terminal has, and whether it can show a screen at all"),
    ("COLORFGBG", "the ground of the terminal: takes the theme dark or light"),
    ("NO_COLOR, CLICOLOR, CLICOLOR_FORCE", "whether to show colours, unless --color says so"),
    (
        "TMUX, TMUX_PANE, STY",
        "that the terminal is one of tmux or GNU screen: whether rows are sent as scrolls",
    ),
    (
        "HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY",
        "the proxy, and what goes past it; loopback always does",
    ),
    ("SSL_CERT_FILE, SSL_CERT_DIR", "the certificates that are trusted in the place of the computer's own"),
];
