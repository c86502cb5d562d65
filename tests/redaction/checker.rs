//! Looks for people in what came out, slowly and by the definition alone: names and their words of four letters or
//! more anywhere, shorter words as whole words, addresses, ids and identifiers anywhere; in any case, composed or not,
//! with invisible characters between or without.

use std::{collections::HashSet, sync::LazyLock};

use regex::Regex;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory as Category, UnicodeGeneralCategory};
use unicode_segmentation::UnicodeSegmentation;

use crate::formats;

/// Everything of our own that may stand in an output, however people are called.
const OURS: &str = "ticket_read reply_created ticket_status_changed ticket_assigned_to_user something custom \
    actionString actionType categories color customIdentifier email id image includedItems isBot name status tags \
    time user users User Tag Category hidden team client vip changed the status from Open to Pending gave called \
    wrote about null true false Agent Client Bot Person number address extra unreadable entry what type when who \
    nobody named names tag category given as e-mail identifier bot and xq qx onBehalfOf agents displayName lastName \
    lockedBy owner_name assignee author";

static PLAIN_OURS: LazyLock<String> = LazyLock::new(|| plain(&format!("{OURS} {}", *formats::OURS)));

/// A person as the checker knows them.
#[derive(Debug, Clone, Default)]
pub struct Secrets {
    pub names: Vec<String>,
    /// Addresses, ids, identifiers.
    pub texts: Vec<String>,
    /// Digits of phone numbers.
    pub digits: Vec<String>,
}

/// Whether a name, or a word of one, is one of our own words, or inside of one.
pub fn is_ours(name: &str) -> bool {
    let parts = words(name);
    parts.is_empty() || parts.iter().any(|word| PLAIN_OURS.contains(&plain(word)))
}

/// Whether a word of a name is a part of another name.
pub fn shares_words(name: &str, other: &str) -> bool {
    let other = plain(other);
    words(name).iter().any(|word| other.contains(&plain(word)))
}

/// What is looked for, made once.
pub struct Checker {
    anywhere: Vec<(String, String)>,
    words: Vec<(String, String)>,
    /// Names of nothing visible: seen where they are all there is.
    whole: HashSet<String>,
    digits: Vec<String>,
}

static LABELS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(Agent|Client|Bot|Person) [0-9]+|\((name|number|address|id)\)").unwrap());

/// How a character that nobody sees is written where it may not stand: it parts no word.
static ESCAPES: LazyLock<Regex> = LazyLock::new(|| Regex::new("(<|&lt;)U\\+[0-9A-F]{4,6}(>|&gt;)").unwrap());

impl Checker {
    pub fn new(secrets: &Secrets) -> Self {
        let (mut anywhere, mut whole_words) = (Vec::new(), Vec::new());
        for name in &secrets.names {
            let words = words(name);
            for part in [name.trim()].into_iter().chain(words.iter().map(String::as_str)) {
                let looked_for = (plain(part), format!("{part:?} of {name:?}"));
                if looked_for.0.trim().is_empty() {
                    continue;
                }
                if counts_anywhere(part) { &mut anywhere } else { &mut whole_words }.push(looked_for);
            }
        }
        let blank = |name: &&String| !name.is_empty() && plain(name).trim().is_empty();
        let whole = secrets.names.iter().filter(blank).cloned().collect();
        let texts = secrets.texts.iter().filter(|text| text.chars().count() >= 4);
        anywhere.extend(texts.map(|text| (plain(text), format!("{text:?}"))));
        Self { anywhere, words: whole_words, whole, digits: secrets.digits.clone() }
    }

    /// What of the secrets stands in a text.
    pub fn leaks(&self, text: &str) -> Vec<String> {
        let seen = ESCAPES.replace_all(text, "");
        let rest = LABELS.replace_all(&seen, " | ");
        let found = plain(&rest);
        let bounded = found.split_word_bounds();
        let words: HashSet<&str> = bounded.chain(found.split(|c: char| !c.is_alphanumeric())).collect();
        let anywhere = self.anywhere.iter().filter(|(part, _)| found.contains(part.as_str()));
        let words = self.words.iter().filter(|(word, _)| words.contains(word.as_str()));
        let mut leaks: Vec<String> = anywhere.chain(words).map(|(_, words)| words.clone()).collect();
        leaks.extend(self.whole.get(text).map(|name| format!("{name:?}")));
        let digits: String = rest.chars().filter(|c| c.is_alphanumeric()).collect();
        leaks.extend(self.digits.iter().filter(|secret| digits.contains(secret.as_str())).cloned());
        leaks
    }
}

/// The words of a name: what stands between anything that is neither letter nor digit.
fn words(name: &str) -> Vec<String> {
    let composed: String = name.nfc().collect();
    let parts = composed.split(|c: char| !c.is_alphanumeric());
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Four letters or more, or two of a script that has no spaces between words, or lets particles follow.
fn counts_anywhere(text: &str) -> bool {
    let letters = text.nfc().filter(|c| c.is_alphanumeric()).count();
    let is_unspaced =
        |c: char| matches!(c, '\u{3040}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}');
    letters >= 4 || (letters >= 2 && text.nfc().any(is_unspaced))
}

/// Without case, marks, and what nobody sees; in compatibility form.
pub fn plain(text: &str) -> String {
    let is_seen = |c: &char| {
        let category = c.general_category();
        let unseen = [
            Category::NonspacingMark,
            Category::EnclosingMark,
            Category::SpacingMark,
            Category::Format,
            Category::Control,
        ];
        // A pattern of Braille without a dot.
        (!unseen.contains(&category) && *c != '\u{2800}') || c.is_whitespace()
    };
    let mut plain = text.to_owned();
    for _ in 0..2 {
        plain = plain.nfkd().filter(is_seen).collect();
        plain = plain.to_lowercase().to_uppercase().to_lowercase().replace('ς', "σ");
    }
    plain.nfkd().filter(is_seen).map(|c| if c == '’' { '\'' } else { c }).collect()
}

#[test]
fn the_checker_sees_every_form_of_a_name() {
    let secrets = Secrets {
        names: vec![
            "Zoë Groß".to_owned(),
            "Li Bo".to_owned(),
            "김민".to_owned(),
            "Νίκος".to_owned(),
            "\u{2800}".to_owned(),
        ],
        texts: vec!["z@x.org".to_owned(), "u-17".to_owned()],
        digits: vec!["5551234".to_owned()],
    };
    let checker = Checker::new(&secrets);
    for text in [
        "by zoe\u{308}, ",
        "ZO\u{cb}",
        "xgrossx",
        "GRO\u{1e9e}",
        "g\u{200b}roß",
        "ｇｒｏｓｓ",
        "a LI, b",
        "김민이",
        "ΝΙΚΟΣ",
        "to Z@X.ORG",
        "xu-17x",
        "555 12-34",
        "\u{2800}",
    ] {
        assert_ne!(checker.leaks(text), Vec::<String>::new(), "{text}");
    }
    for text in ["a list of bosses", "Agent 5, Client 12 and (name)", "zo", "555123", "", "a \u{2800}"] {
        assert_eq!(checker.leaks(text), Vec::<String>::new(), "{text}");
    }
}
