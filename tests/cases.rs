//! The list of cases in `tests/README.md` names tests that are there, and each of them names its case.

use std::{fs, path::Path};

/// The comment and the attributes above a test.
fn above<'a>(source: &'a str, test: &str) -> Option<Vec<&'a str>> {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let at = lines.iter().position(|line| line.contains(&format!("fn {test}(")))?;
    let head = lines.get(..at)?.iter().rev();
    Some(head.take_while(|line| line.starts_with("//") || line.starts_with("#[")).copied().collect())
}

#[test]
fn every_case_of_the_list_is_named_by_the_tests_that_show_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let list = fs::read_to_string(root.join("tests/README.md")).unwrap();
    let mut cases = Vec::new();
    for row in list.lines().filter(|line| line.starts_with("| P")) {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let (case, shown) = (cells[0], cells.last().unwrap());
        cases.push(case.to_owned());
        let names: Vec<&str> = shown.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty() && names.len().is_multiple_of(2), "{case}: {names:?}");
        for pair in names.chunks(2) {
            let source = fs::read_to_string(root.join(pair[0])).unwrap_or_default();
            let above = above(&source, pair[1]).unwrap_or_default();
            assert!(above.iter().any(|line| line.contains("test")), "{case}: no test {pair:?}");
            let is_named = above.iter().any(|line| line.starts_with("///") && line.contains(case));
            assert!(is_named, "{case} is not in the comment of {pair:?}");
        }
    }
    let all: Vec<String> = (1..=22).map(|number| format!("P{number:02}")).collect();
    assert_eq!(cases, all, "every case, once");
}
