//! Messages in, effects out: what a user sees the program do, without a terminal and without a network.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod arrivals;
mod carried;
mod choosing;
mod cursor;
mod days;
mod disorder;
mod drift;
mod emptied;
mod endless;
mod equals;
mod filter;
mod folding;
mod following;
mod frames;
mod growing;
mod hidden_landing;
mod jumps;
mod keys;
mod landing;
mod leaving;
mod lifting;
mod linear;
mod links;
mod loading;
mod many_days;
mod menu;
mod naive;
mod nameless;
mod narrowing;
mod numbers;
mod offers;
mod overtaken;
mod pages;
mod palette;
mod pane;
mod panel;
mod places;
mod placing;
mod reading_on;
mod redaction;
mod refetch;
mod remembered;
mod requests;
mod resume;
mod retrying;
mod roll;
mod scripts;
mod scrolling;
mod searching;
mod seen;
mod short_pages;
mod shrinking;
mod silences;
mod sizes;
mod spans;
mod standing;
mod start;
mod story;
mod taking;
mod times;
mod unasked;
mod unfolding;
mod unordered;
mod visits;
mod ways_back;
mod windows;
mod words;
