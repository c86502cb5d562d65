//! `ticketlog completions` and `ticketlog man`: documents made of what the program itself is made of.

use std::io::{self, Write};

use clap_complete::Shell;
use ticketlog::{cli, keys, reason::not_written};

use crate::{Refusal, manual};

pub(super) fn print_completions(shell: Shell) -> Result<u8, Refusal> {
    // Into memory first: what generates them takes a closed pipe for a bug.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut cli::definition(), "ticketlog", &mut script);
    if shell == Shell::Bash {
        let script = String::from_utf8_lossy(&script);
        return print(with_files(&script, "open").as_bytes());
    }
    print(&script)
}

/// What is made for bash offers the flags of a command alone, whatever else stands there. Where nothing is offered,
/// bash offers files.
fn with_files(script: &str, command: &str) -> String {
    let case = format!("ticketlog__subcmd__{command})\n            opts=");
    let Some((before, here)) = script.split_once(&case) else { return script.to_owned() };
    let (here, after) = here.split_once("\n            ;;").unwrap_or((here, ""));
    let here = here.replacen(" || ${COMP_CWORD} -eq 2 ]]", " ]]", 1).replacen(
        "            esac\n            COMPREPLY=( $(compgen -W \"${opts}\" -- \"${cur}\") )",
        "            esac",
        1,
    );
    format!("{before}{case}{here}\n            ;;{after}")
}

pub(super) fn print_manual() -> Result<u8, Refusal> {
    let keys = keys::defaults().map_err(|why| Refusal::new(101, why))?;
    let page = manual::page(&keys).map_err(|why| Refusal::new(1, why.to_string()))?;
    print(&page)
}

fn print(document: &[u8]) -> Result<u8, Refusal> {
    let mut out = io::stdout().lock();
    match out.write_all(document).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Refusal::new(1, format!("Standard output cannot be written: {}.", not_written(&error))))
        }
        _ => Ok(0),
    }
}
