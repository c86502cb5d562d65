//! Runs of the program, each searched for secrets: what it says, its command line and those of its children, the trace,
//! and in the end every file that is not there for them.

use std::{
    fs::{self, Permissions},
    io::Write as _,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
};

use serde_json::Value;
use tempfile::TempDir;

use crate::{
    canary,
    token_server::{CLIENT_ID, SEED, TokenServer},
};

/// One Unix account at one computer.
pub(crate) struct Session {
    pub(crate) server: TokenServer,
    pub(crate) state: PathBuf,
    pub(crate) folder: TempDir,
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
        Self { server: TokenServer::start(), state: folder.path().join("state"), folder }
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
            .env("PATH", "/usr/bin:/bin")
            .env("TICKETLOG_STATE", &self.state)
            .env("TICKETLOG_TRACE", self.trace())
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
        ran(&mut self.command(args))
    }

    /// The file in which every request is written down.
    pub(crate) fn trace(&self) -> PathBuf {
        self.folder.path().join("trace")
    }

    /// A configuration with these lines, and nothing of the account but the state folder from the environment.
    pub(crate) fn configured(&self, lines: &str, args: &[&str]) -> Command {
        let url = self.server.url();
        let text = format!(
            "base_url = \"{url}\"\ntoken_url = \"{url}/token\"\nclient_id = \"{CLIENT_ID}\"\n{lines}\n"
        );
        let path = self.folder.path().join("config.toml");
        fs::write(&path, text).unwrap();
        let mut command = self.bare(args);
        for name in ["TICKETLOG_BASE_URL", "TICKETLOG_TOKEN_URL", "TICKETLOG_CLIENT_ID"] {
            command.env_remove(name);
        }
        command.env("TICKETLOG_CONFIG", path);
        command
    }

    /// A file that may hold a secret.
    pub(crate) fn secret_file(&self, name: &str, text: &str, mode: u32) -> PathBuf {
        let folder = self.folder.path().join("secrets");
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        path
    }

    pub(crate) fn log_in(&self, secret: &str) -> Said {
        ran_with(&mut self.bare(&["auth", "login"]), secret)
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

impl Drop for Session {
    fn drop(&mut self) {
        if thread::panicking() {
            return;
        }
        let (kept, secrets) = (self.state.join("tokens"), self.folder.path().join("secrets"));
        search_folder(self.folder.path(), &|path: &Path| {
            path.starts_with(&kept) || path.starts_with(&secrets)
        });
    }
}

/// Runs a command to its end.
pub(crate) fn ran(command: &mut Command) -> Said {
    said(canary::output(command))
}

/// Runs a command to its end with this on standard input.
pub(crate) fn ran_with(command: &mut Command, secret: &str) -> Said {
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(secret.as_bytes()).unwrap();
    end(child)
}

/// Waits for the end of a run.
pub(crate) fn end(child: Child) -> Said {
    canary::search_command_lines(child.id());
    let output = child.wait_with_output().unwrap();
    canary::search("standard output", &output.stdout);
    canary::search("standard error", &output.stderr);
    said(output)
}

fn said(output: Output) -> Said {
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(!out.contains("bug") && !err.contains("bug"), "{err}");
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

    /// The same for what is told on standard output.
    pub(crate) fn fails_with(self, code: i32, line: &str) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert!(self.out.contains(line), "{self:?}");
        self
    }
}

/// Fails when a secret stands in a file or a file's name of a folder, except in those that are there for it.
fn search_folder(folder: &Path, is_for_secrets: &dyn Fn(&Path) -> bool) {
    for item in fs::read_dir(folder).into_iter().flatten() {
        let path = item.unwrap().path();
        canary::search("the name of a file", path.as_os_str().as_encoded_bytes());
        if path.is_dir() {
            search_folder(&path, is_for_secrets);
        } else if !is_for_secrets(&path) {
            canary::search(&path.display().to_string(), &fs::read(&path).unwrap_or_default());
        }
    }
}
