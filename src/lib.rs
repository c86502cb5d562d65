//! ticketlog: reads a support ticket's activity log in a terminal.
//!
//! A pure machine, [`update::update`], turns messages into a new [`model::Model`] and a list of
//! effects; a pure picture, [`view::draw`], turns the model into cells; a thin shell turns keys and
//! answers into messages, effects into tasks, and cells into bytes.
//!
//! Import rules, checked by `tests/layers.rs`:
//!
//! | module | may use | must not use |
//! |---|---|---|
//! | `model`, `message`, `update`, `layout` | std, chrono, unicode crates, serde for the raw view, each other, ratatui's `Rect` and `Size` | tokio, reqwest, crossterm, clocks, environment, printing |
//! | `linear` | model, message | everything else, and whatever `model` must not use |
//! | `view`, `theme` | model, ratatui | tokio, reqwest, crossterm, interior mutability |
//! | `keys` | message, the keymap of the model, crossterm's event types, toml | the rest of the model, tokio |
//! | `api` | model types, reqwest, tokio, serde, chrono | ratatui, crossterm, update |
//! | `auth` | api, model types, `child`, `reason`, serde, std, tokio's clock and tasks | ratatui, crossterm, reqwest, update |
//! | `assets` | model types, serde, toml | everything else of ours |
//! | `child` | std, the calls of the system, `reason` | everything else of ours |
//! | `reason` | std's `io::Error` | everything else |
//! | `cli` | clap, model types, the formats of `export` | everything else of ours |
//! | `settings` | clap, toml, std, the flags of `cli`, model types, the keys of a file, the address of `api`, `reason` | ratatui, update |
//! | `state` | model types, serde, std | ratatui, crossterm, tokio, update |
//! | `file` | std, serde, model types, the decoding of `api`, `reason` | ratatui, crossterm, reqwest, tokio, update |
//! | `doctor` | std, model types, the client of `api`, `child`, `term`, `layout` | update, view, settings |
//! | `export` | model types, serde, csv, std's `Write` | everything else of ours, tokio, ratatui, crossterm, reqwest |
//! | `demo` | axum, tokio, serde, its own entries | everything else of ours |
//! | `trace` | std, cleaned text, `reason` | everything else of ours |
//! | `term` | ratatui, crossterm | model, api |
//! | `shell`, `main` | everything | nobody imports them |

pub mod api;
pub mod assets;
pub mod auth;
pub mod child;
pub mod cli;
pub mod demo;
pub mod doctor;
pub mod export;
pub mod file;
pub mod keys;
pub mod layout;
pub mod linear;
pub mod message;
pub mod model;
pub mod reason;
pub mod settings;
pub mod shell;
pub mod state;
pub mod term;
pub mod theme;
pub mod trace;
pub mod update;
pub mod view;
