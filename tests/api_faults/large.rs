//! Entries larger than an answer may be: each costs itself, never the page.

use std::{
    net::Ipv4Addr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::{Router, extract::Query, routing::post};
use serde::Deserialize;
use ticketlog::model::{
    entry::Entry,
    failure::Failure,
    query::{Query as Asked, Window},
};
use tokio::net::TcpListener;

use crate::{client_for, patient};

/// The entries of the log.
const LENGTH: u64 = 120;

#[derive(Deserialize)]
struct Place {
    skip: u64,
    take: u64,
}

/// A log of numbered entries, the newest with the highest number, some of ten megabytes.
#[derive(Clone, Default)]
struct Log {
    large: Arc<[u64]>,
    /// After so many answers one more entry arrives.
    grows_after: Option<u64>,
    answers: Arc<AtomicU64>,
}

impl Log {
    fn answer(&self, Place { skip, take }: Place) -> String {
        let answered = self.answers.fetch_add(1, Ordering::AcqRel);
        let length = LENGTH + u64::from(self.grows_after.is_some_and(|after| answered >= after));
        let entry = |place: u64| {
            let number = length - place;
            let words = if self.large.contains(&number) { "x".repeat(10_000_000) } else { String::new() };
            format!("{{\"actionString\":\"{number}{words}\"}}")
        };
        let entries: Vec<String> = (skip..(skip + take).min(length)).map(entry).collect();
        format!("{{\"errorCode\":-1,\"errorText\":null,\"data\":[{}]}}", entries.join(","))
    }

    async fn ask(&self, window: Window) -> Result<Vec<Entry>, Failure> {
        let log = self.clone();
        let answer = move |Query(place): Query<Place>| async move { log.answer(place) };
        let app = Router::new().route("/tickets/{ticket}/log", post(answer));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let server = tokio::spawn(async move { axum::serve(listener, app).await });
        let page = client_for(&base, patient()).log(1, &Asked::All, window).await;
        server.abort();
        page
    }
}

#[tokio::test]
async fn entries_of_ten_megabytes_cost_themselves_and_never_the_page() {
    for (large, most) in [(&[LENGTH][..], 14), (&[LENGTH - 30], 14), (&[LENGTH - 49, LENGTH - 3], 26)] {
        let log = Log { large: large.into(), ..Log::default() };
        let page = log.ask(Window { skip: 0, take: 50 }).await.unwrap();
        assert_eq!(page.len(), 50);
        for (entry, number) in page.iter().zip((0..=LENGTH).rev()) {
            let flaw = entry.flaw.as_ref().map(|flaw| flaw.raw_for_export().to_owned());
            if large.contains(&number) {
                assert_eq!(flaw.as_deref(), Some("it is larger than 8 MiB and was not read"));
            } else {
                assert_eq!((flaw, entry.action.raw_for_export()), (None, number.to_string().as_str()));
            }
        }
        let answers = log.answers.load(Ordering::Acquire);
        assert!(answers <= most, "{answers} answers for {large:?}");
    }
}

#[tokio::test]
async fn an_entry_that_arrives_between_the_parts_of_a_page_costs_another_try() {
    let large = [LENGTH - 20];
    for grows_after in [3, 9] {
        let log = Log { large: large.as_slice().into(), grows_after: Some(grows_after), ..Log::default() };
        let failure = log.ask(Window { skip: 0, take: 50 }).await.unwrap_err();
        let sentence = failure.sentence.raw_for_export();
        let expected = "the log changed while a page with a very large entry was read in parts; try again";
        assert_eq!(sentence, expected, "{grows_after}");
    }
}

#[tokio::test]
async fn a_page_with_a_large_entry_at_the_end_of_the_log_ends_there() {
    let log = Log { large: [1].as_slice().into(), ..Log::default() };
    let page = log.ask(Window { skip: LENGTH - 10, take: 50 }).await.unwrap();
    assert_eq!(page.len(), 10);
    assert!(page[9].flaw.is_some() && page[..9].iter().all(|entry| entry.flaw.is_none()));
}
