//! Reads `src/` and fails on an import against the table in `src/lib.rs`.
#![expect(clippy::unwrap_used, clippy::string_slice, reason = "a test fails by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// What a module may use: of ours, and of others. Everything else that is known here is forbidden to it.
struct Layer {
    module: &'static str,
    ours: &'static [&'static str],
    others: &'static [&'static str],
}

const fn layer(
    module: &'static str,
    ours: &'static [&'static str],
    others: &'static [&'static str],
) -> Layer {
    Layer { module, ours, others }
}

/// The table of `src/lib.rs`.
const LAYERS: &[Layer] = &[
    layer("model", &["model", "message", "layout"], &["chrono", "serde", "serde_json", "ratatui"]),
    layer("message", &["export", "model"], &["chrono", "ratatui"]),
    layer("update", &["export", "model", "message", "layout"], &["chrono"]),
    layer("layout", &[], &["ratatui"]),
    layer("linear", &["model", "message"], &["chrono"]),
    layer("view", &["model", "message", "theme", "layout"], &["ratatui"]),
    layer("theme", &["model"], &["ratatui"]),
    layer("keys", &["message", "model"], &["crossterm", "toml"]),
    layer("api", &["model"], &["reqwest", "rustls", "serde", "serde_json", "chrono", "secrecy", "tokio"]),
    layer("assets", &["model"], &["serde", "toml"]),
    layer(
        "auth",
        &["api", "child", "model", "reason"],
        &["rustix", "secrecy", "serde", "serde_json", "tempfile", "tokio"],
    ),
    layer("child", &["reason"], &["rustix", "tempfile"]),
    layer("cli", &["export", "model"], &["clap"]),
    layer("settings", &["cli", "keys", "model", "api", "reason", "theme"], &["clap", "secrecy", "toml"]),
    layer("state", &["model"], &["chrono", "rustix", "serde", "serde_json", "tempfile", "toml"]),
    layer("file", &["model", "api", "reason"], &["serde", "serde_json"]),
    layer("doctor", &["model", "api", "child", "term", "layout"], &["chrono", "ratatui", "rustix", "tokio"]),
    layer("export", &["model"], &["chrono", "csv", "serde", "serde_json"]),
    layer("demo", &[], &["axum", "tokio", "serde", "serde_json", "chrono"]),
    layer("term", &[], &["base64", "ratatui", "crossterm", "rustix", "secrecy", "signal_hook"]),
    layer("trace", &["model", "reason"], &["rustix"]),
    layer("reason", &[], &[]),
];

/// Every module of ours; the shell stands above all and is used by none.
const OURS: &[&str] = &[
    "api", "assets", "auth", "child", "cli", "demo", "doctor", "export", "file", "keys", "layout", "linear",
    "message", "model", "reason", "settings", "shell", "state", "term", "theme", "trace", "update", "view",
];

/// Crates that decide what a module is able to do.
const OTHERS: &[&str] = &[
    "axum",
    "base64",
    "chrono",
    "clap",
    "crossterm",
    "csv",
    "ratatui",
    "reqwest",
    "rustix",
    "rustls",
    "secrecy",
    "serde",
    "serde_json",
    "signal_hook",
    "tempfile",
    "tokio",
    "toml",
];

/// What makes a pure module depend on where and when it runs.
const IMPURE: &[&str] = &[
    "std::env",
    "std::fs",
    "std::io",
    "std::process",
    "std::thread",
    "SystemTime",
    "std::time::Instant",
    "RefCell",
    "Mutex",
    "print!",
    "println!",
    "eprintln!",
];

/// The modules that a test must be able to run twice with the same result.
const PURE: &[&str] = &["model", "message", "update", "layout", "linear", "view", "theme", "keys"];

#[test]
fn every_module_keeps_to_its_layer() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut breaches = Vec::new();
    for Layer { module, ours, others } in LAYERS {
        let files = files_of(&src, module);
        assert!(!files.is_empty(), "there is no module {module}");
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            let own = OURS.iter().filter(|name| *name != module && !ours.contains(name));
            let foreign = OTHERS.iter().filter(|name| !others.contains(name));
            let impure = IMPURE.iter().filter(|_| PURE.contains(module));
            let forbidden = own.map(|name| format!("crate::{name}"));
            let forbidden = forbidden.chain(foreign.chain(impure).map(|name| (*name).to_owned()));
            for name in forbidden.filter(|name| uses(text, name)) {
                breaches.push(format!("{} uses {name}", file.strip_prefix(&src).unwrap().display()));
            }
        }
    }
    assert!(breaches.is_empty(), "{breaches:#?}");
}

#[test]
fn every_module_has_a_layer() {
    let lib = include_str!("../src/lib.rs");
    let modules = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    for module in modules {
        assert!(OURS.contains(&module), "{module} is not known to this test");
        assert!(
            module == "shell" || LAYERS.iter().any(|layer| layer.module == module),
            "{module} has no layer"
        );
    }
}

#[test]
fn the_search_finds_imports_in_every_form() {
    for text in [
        "use tokio::sync;",
        "use crate::{\n    api::Client,\n};",
        "let x = crate::api::new();",
        "use crate::{model::x, api};",
    ] {
        assert!(uses(text, "tokio") || uses(text, "crate::api"), "{text}");
    }
    for text in [
        "let x = \"tokio of crate::api\";",
        "/// like tokio::sync",
        "// crate::api",
        "use crate::{model::api_like};",
        "let tokio_like = 1;",
    ] {
        assert!(!uses(text, "tokio") && !uses(text, "crate::api"), "{text}");
    }
}

fn files_of(src: &Path, module: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        Some(src.join(format!("{module}.rs"))).filter(|file| file.exists()).into_iter().collect();
    let mut folders = vec![src.join(module)];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(folder).into_iter().flatten() {
            let path = item.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files
}

/// Whether code, not comments, names a path. Grouped imports (`use crate::{api::X, model};`) count as well.
fn uses(text: &str, name: &str) -> bool {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    // What stands in quotation marks is no code: words may be called as a crate is.
    let code: String = lines.fold(String::new(), |mut code, line| {
        let line = line.replace("'\"'", "");
        code.extend(line.split('"').step_by(2));
        code.push('\n');
        code
    });
    let whole = |found: &str, at: usize, code: &str| {
        let before =
            code[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':');
        let after = code[at + found.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '_');
        before && after
    };
    let direct = code.match_indices(name).any(|(at, found)| whole(found, at, &code));
    let Some(module) = name.strip_prefix("crate::") else {
        return direct;
    };
    let grouped =
        code.split("use crate::{").skip(1).filter_map(|rest| rest.split_once(';')).any(|(group, _)| {
            let mut depth = 0;
            let mut top = String::new();
            for c in group.chars() {
                depth += i32::from(c == '{') - i32::from(c == '}');
                if depth == 0 {
                    top.push(c);
                }
            }
            top.split(',').any(|part| part.trim().trim_end_matches('}').split("::").next() == Some(module))
        });
    direct || grouped
}
