//! What the words of a command say.

use std::process::{Command, Stdio};

use ticketlog::model::{narrowing::Narrowing, share::Opening, subject::Subject, text::Untrusted};

use super::views::{Reading, catalogue, parsed};

#[test]
fn a_real_shell_reads_the_words_back() {
    let sign = "it's $(id) `id` \\ \"x\" * ~ ; | & < > # ! {a,b} æ";
    let quoted = ticketlog::model::share::quoted(sign);
    let script = format!("printf '%s' {quoted}");
    let output = Command::new("/bin/sh").args(["-c", &script]).stdin(Stdio::null()).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), sign);
}

#[test]
fn a_file_and_a_sample_are_opened_as_they_were_and_a_pipe_has_no_command() {
    let mut reading = Reading::open(Narrowing::everything(&catalogue()), Vec::new());
    reading.model.taking.opening = Opening::Demo;
    let command = reading.model.command().unwrap();
    assert!(command.as_str().starts_with("ticketlog --demo 4478963 --at "), "{}", command.as_str());
    let line = parsed(command.as_str());
    assert!(line.open.demo && line.open.ticket.is_some());
    for (name, shown) in [("log.ndjson", "log.ndjson"), ("-x y.json", "'./-x y.json'")] {
        reading.model.subject = Subject::File(Untrusted::new(name));
        reading.model.taking.opening = Opening::File(Some(name.to_owned()));
        let command = reading.model.command().unwrap();
        assert!(
            command.as_str().starts_with(&format!("ticketlog open {shown} --at ")),
            "{}",
            command.as_str()
        );
        parsed(command.as_str());
    }
    reading.model.taking.opening = Opening::File(None);
    assert!(reading.model.command().unwrap_err().contains("pipe"));
}
