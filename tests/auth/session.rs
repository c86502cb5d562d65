//! Runs of the program, each searched for secrets in everything it says.

use std::{
    fs,
    io::Write as _,
    path::PathBuf,
    process::{Child, Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::token_server::{CLIENT_ID, SEED, TokenServer};

/// One Unix account at one computer.
pub(crate) struct Session {
    pub(crate) server: TokenServer,
    pub(crate) state: PathBuf,
    _folder: TempDir,
}

/// What a run said and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Session {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        Self { server: TokenServer::start(), state: folder.path().join("state"), _folder: folder }
    }

    /// Without a token in the environment.
    pub(crate) fn bare(&self, args: &[&str]) -> Command {
        assert!(args.iter().all(|arg| !arg.contains("CANARY")), "a secret on the command line");
        let url = self.server.url();
        let mut command = Command::new(env!("CARGO_BIN_EXE_ticketlog"));
        command
            .args(args)
            .env_clear()
            .env("XDG_CONFIG_DIRS", "/nonexistent")
            .env("TICKETLOG_STATE", &self.state)
            .env("TICKETLOG_BASE_URL", &url)
            .env("TICKETLOG_TOKEN_URL", format!("{url}/token"))
            .env("TICKETLOG_CLIENT_ID", CLIENT_ID)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// With the first refresh token in the environment.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = self.bare(args);
        command.env("TICKETLOG_REFRESH_TOKEN", SEED);
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Said {
        said(self.command(args).output().unwrap())
    }

    pub(crate) fn log_in(&self, secret: &str) -> Said {
        let mut child = self.bare(&["auth", "login"]).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(secret.as_bytes()).unwrap();
        end(child)
    }

    /// The one file in which tokens are kept.
    pub(crate) fn file(&self) -> PathBuf {
        let mut files = self.files("json");
        assert_eq!(files.len(), 1, "{files:?}");
        files.remove(0)
    }

    pub(crate) fn files(&self, kind: &str) -> Vec<PathBuf> {
        let files = fs::read_dir(self.state.join("tokens")).into_iter().flatten();
        let files = files.map(|file| file.unwrap().path());
        files.filter(|path| path.extension().is_some_and(|extension| extension == kind)).collect()
    }

    pub(crate) fn document(&self) -> Value {
        serde_json::from_slice(&fs::read(self.file()).unwrap()).unwrap()
    }

    /// Changes what is kept, as if time had passed or somebody else had written.
    pub(crate) fn change(&self, key: &str, value: Value) {
        let mut document = self.document();
        document[key] = value;
        fs::write(self.file(), document.to_string()).unwrap();
    }

    pub(crate) fn redeemed(&self) -> usize {
        self.server.told().redeemed
    }

    pub(crate) fn exchanges(&self) -> usize {
        self.server.told().exchanges.len()
    }
}

pub(crate) fn end(child: Child) -> Said {
    said(child.wait_with_output().unwrap())
}

pub(crate) fn said(output: Output) -> Said {
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    for text in [&out, &err] {
        assert!(!text.contains("CANARY"), "a secret was told: {text}");
        assert!(!text.contains("bug"), "{text}");
    }
    Said { code: output.status.code(), out, err }
}

impl Said {
    pub(crate) fn fine(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        self
    }

    pub(crate) fn fails(self, code: i32, sentence: &str) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert!(self.err.contains(sentence), "{self:?}");
        self
    }
}
