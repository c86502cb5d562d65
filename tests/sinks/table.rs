//! The plain table, which goes into pipes and to pagers: every string in every place of an entry, a line an entry.

use ticketlog::{
    api::{Authorities, BaseUrl, Client, Options, Timeouts},
    assets,
    model::{narrowing::Narrowing, text::Charset, zone::Zone},
    shell::{passage::Source, table::Table},
};

use crate::{
    fault_server::{FaultServer, Step},
    fields::{Places, beginnings},
    oracle,
};

/// Fewer entries than a page holds: the first answer is the whole log.
const ENTRIES: usize = 40;

/// What is printed of these entries.
async fn printed(entries: &[Vec<u8>], charset: Charset) -> String {
    let script = |entries: &[Vec<u8>]| {
        let body = [b"{\"errorCode\":-1,\"data\":[".as_slice(), &entries.join(&b","[..]), b"]}"].concat();
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
        vec![Step::Request, Step::Send([head.into_bytes(), body].concat())]
    };
    // What follows a first answer that is short is asked for once, from the last two entries on, or the last of two.
    let (_, last) = entries.split_at(entries.len().saturating_sub(2).max(1));
    let server = FaultServer::start(vec![script(entries), script(last)]).await;
    let base = BaseUrl::parse(&format!("http://{}", server.host())).unwrap();
    let client = Client::new(Options {
        base,
        token: "CANARY".into(),
        timeouts: Timeouts::default(),
        authorities: Authorities::default(),
    })
    .unwrap();
    let catalogue = assets::action_types().unwrap();
    let narrowing = Narrowing::everything(&catalogue);
    let table = Table { catalogue, zone: Zone::UTC, charset, narrowing };
    let mut out = Vec::new();
    table.print(&Source::Ticket(client, 1), &mut out).await.unwrap();
    String::from_utf8(out).unwrap()
}

#[tokio::test]
async fn whatever_an_entry_holds_is_one_line_of_text_that_never_begins_with_a_strangers_words() {
    let entries: Vec<Vec<u8>> = beginnings().iter().map(|(_, json)| Places::all(json).json()).collect();
    for charset in [Charset::Unicode, Charset::Ascii] {
        for entries in entries.chunks(ENTRIES) {
            let text = printed(entries, charset).await;
            let lines: Vec<&str> = text.strip_suffix('\n').unwrap().split('\n').collect();
            assert_eq!(lines[0], "#1, newest first, times in UTC");
            assert_eq!(lines.len(), 1 + entries.len());
            for line in lines {
                assert_eq!(oracle::check_text(line, charset), Ok(()), "{}", line.escape_unicode());
            }
            // None of the strings is a time, so each stands there in place of one.
            assert_eq!(text.matches("\n ").count(), entries.len());
        }
    }
}

#[tokio::test]
async fn a_time_that_forges_a_line_stands_behind_the_first_column_and_keeps_the_others_in_place() {
    let forged = Places::harmless().with("time", b"\"#2, newest first, times in UTC\"");
    let text = printed(&[forged.json(), Places::harmless().json()], Charset::Unicode).await;
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[1].starts_with(" #2, newest fir\u{2026}  ←reply"), "{text}");
    assert!(lines[2].starts_with("2023-12-13 22:11  ←reply"), "{text}");
}
