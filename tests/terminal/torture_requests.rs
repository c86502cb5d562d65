//! One scenario, run again and again, with another request failing each time, in every way: what may pass is tried again
//! and nobody notices, what does not is said, and every way out is in order.

use crate::{
    between::{Demo, Fault, failed},
    pty::Terminal,
};

/// Keys, and how the screen looks once they were understood.
type Step = (&'static str, fn(&str) -> bool);

/// Starts, loads pages, narrows, refreshes, opens an entry and another ticket, and quits. Gives the requests, whether it came to the last key, and the exit code.
fn scenario(spoilt: usize, fault: Fault) -> (Vec<usize>, bool, u32) {
    let server = Demo::start(spoilt, fault);
    let env = [
        ("TICKETLOG_BASE_URL", server.between.base_url.as_str()),
        ("TICKETLOG_ACCESS_TOKEN", server.token.as_str()),
    ];
    let mut terminal = Terminal::start(80, 24, &["4478963", "--no-state"], &env);
    let steps: [Step; 7] = [
        ("", |screen| screen.contains("50 loaded") && screen.contains("entry 1 of 50 shown")),
        ("  G", |screen| screen.contains("start of the ticket")),
        ("f/status\ro\r", |screen| screen.contains("19 loaded of these types") && !screen.contains("[x]")),
        ("gr", |screen| screen.contains("entry 1 of 19 shown")),
        ("\r", |screen| !screen.contains("entry 1 of 19 shown")),
        ("q", |screen| screen.contains("entry 1 of 19 shown")),
        ("O255762\r", |screen| screen.contains("5 loaded") && screen.contains("#255762")),
    ];
    let mut reached = true;
    for (keys, seen) in steps {
        terminal.keys(keys);
        terminal.until(&format!("{fault:?} {spoilt} {keys:?}"), |screen| seen(screen) || failed(screen));
        if failed(&terminal.screen()) {
            reached = false;
            break;
        }
    }
    terminal.keys("Q");
    let code = terminal.end().exit_code();
    terminal.assert_restored();
    let told = String::from_utf8_lossy(&terminal.bytes).into_owned();
    assert!(!told.contains(&server.token) && !told.contains("This is a bug"), "{fault:?} {spoilt}: {told}");
    (server.between.requests.numbers(), reached, code)
}

/// With each request failing in this way, one after the other, the codes it ended with and whether it came to the end.
fn torture(fault: Fault) -> Vec<(bool, u32)> {
    let (requests, reached, code) = scenario(0, fault);
    assert!(requests.len() >= 7 && reached && code == 0, "{requests:?}, {code}");
    let all = requests.into_iter().map(|spoilt| scenario(spoilt, fault));
    all.map(|(_, reached, code)| (reached, code)).collect()
}

#[test]
fn whichever_request_fails_for_a_moment_nobody_notices() {
    for fault in [Fault::Closed, Fault::Cut, Fault::Broken] {
        let ends = torture(fault);
        assert!(ends.iter().all(|end| *end == (true, 0)), "{fault:?}: {ends:?}");
    }
}

#[test]
fn whichever_request_fails_for_good_it_is_said_and_every_way_out_is_in_order() {
    for (fault, never_loaded) in [(Fault::Refused, 3), (Fault::Html, 4), (Fault::Code, 4)] {
        let ends = torture(fault);
        // The first question, or the first of the other ticket: nothing is there then.
        assert!(ends.iter().all(|(_, code)| [0, never_loaded].contains(code)), "{fault:?}: {ends:?}");
        assert!(ends.contains(&(false, never_loaded)), "{fault:?}: {ends:?}");
        assert!(ends.contains(&(true, 0)), "{fault:?}, the title alone: {ends:?}");
    }
}
