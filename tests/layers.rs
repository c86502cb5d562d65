//! Reads `src/` and fails on an import against the table in `src/lib.rs`.
#![expect(clippy::unwrap_used, clippy::string_slice, reason = "a test fails by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A module with its folder, and the names it must not use.
const RULES: &[(&str, &[&str])] = &[
    (
        "model",
        &[
            "tokio",
            "reqwest",
            "crossterm",
            "axum",
            "std::env",
            "std::time::SystemTime",
            "std::time::Instant",
            "print!",
            "println!",
            "crate::api",
            "crate::term",
            "crate::view",
            "crate::shell",
            "crate::update",
            "crate::keys",
        ],
    ),
    (
        "message",
        &[
            "tokio",
            "reqwest",
            "crossterm",
            "axum",
            "std::env",
            "crate::api",
            "crate::term",
            "crate::view",
            "crate::shell",
        ],
    ),
    (
        "update",
        &[
            "tokio",
            "reqwest",
            "crossterm",
            "axum",
            "std::env",
            "crate::api",
            "crate::term",
            "crate::view",
            "crate::shell",
            "crate::keys",
        ],
    ),
    (
        "layout",
        &[
            "tokio",
            "reqwest",
            "crossterm",
            "axum",
            "crate::model",
            "crate::api",
            "crate::term",
            "crate::view",
            "crate::shell",
        ],
    ),
    (
        "view",
        &[
            "tokio",
            "reqwest",
            "crossterm",
            "RefCell",
            "Mutex",
            "Atomic",
            "crate::api",
            "crate::term",
            "crate::shell",
            "crate::update",
        ],
    ),
    ("theme", &["tokio", "reqwest", "crossterm", "crate::api", "crate::term", "crate::shell"]),
    (
        "keys",
        &["tokio", "reqwest", "crate::model", "crate::api", "crate::term", "crate::shell", "crate::view"],
    ),
    (
        "api",
        &[
            "ratatui",
            "crossterm",
            "crate::update",
            "crate::view",
            "crate::term",
            "crate::shell",
            "crate::keys",
        ],
    ),
    (
        "assets",
        &[
            "ratatui",
            "crossterm",
            "tokio",
            "reqwest",
            "crate::update",
            "crate::view",
            "crate::term",
            "crate::shell",
        ],
    ),
    ("cli", &["ratatui", "crossterm", "crate::update", "crate::view", "crate::term", "crate::shell"]),
    ("settings", &["ratatui", "crossterm", "crate::update", "crate::view", "crate::term", "crate::shell"]),
    (
        "state",
        &[
            "ratatui",
            "crossterm",
            "tokio",
            "crate::update",
            "crate::view",
            "crate::term",
            "crate::shell",
            "crate::api",
        ],
    ),
    (
        "demo",
        &[
            "crate::model",
            "crate::api",
            "crate::update",
            "crate::view",
            "crate::term",
            "crate::shell",
            "crate::message",
            "crate::settings",
            "ratatui",
            "crossterm",
            "reqwest",
        ],
    ),
    (
        "term",
        &[
            "crate::model",
            "crate::api",
            "crate::update",
            "crate::view",
            "crate::shell",
            "crate::message",
            "reqwest",
        ],
    ),
];

/// What nobody may use: the shell and the program stand above everything.
const NOBODY: &[&str] = &["crate::shell", "crate::main"];

#[test]
fn every_module_keeps_to_its_layer() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut breaches = Vec::new();
    for (module, forbidden) in RULES {
        let files = files_of(&src, module);
        assert!(!files.is_empty(), "there is no module {module}");
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            for name in forbidden.iter().chain(NOBODY) {
                if uses(&text, name) {
                    breaches.push(format!("{} uses {name}", file.strip_prefix(&src).unwrap().display()));
                }
            }
        }
    }
    assert!(breaches.is_empty(), "{breaches:#?}");
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
    for text in
        ["/// like tokio::sync", "// crate::api", "use crate::{model::api_like};", "let tokio_like = 1;"]
    {
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
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).fold(
        String::new(),
        |mut code, line| {
            code.push_str(line);
            code.push('\n');
            code
        },
    );
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
