//! Whether scrolling pays inside tmux.
//!
//! tmux draws a pane anew for every scroll when the pane is narrower than its window: it has no margins at the
//! sides to scroll within. Then lines sent one by one are cheaper. Pure: the shell spawns the command, in the
//! background at the start and after each resize, and gives us what it printed.

use super::screen::ScrollUse;

/// The command that asks tmux for the widths of our pane and its window; `None` outside tmux.
///
/// The words go to the system as they are, never through a shell. `var` is a look-up in the environment; a
/// `TMUX_PANE` that does not look like a pane's id is left out.
#[must_use]
pub fn width_query(var: impl Fn(&str) -> Option<String>) -> Option<Vec<String>> {
    var("TMUX").filter(|value| !value.is_empty())?;
    let mut argv: Vec<String> = ["tmux", "display-message", "-p"].map(str::to_owned).into();
    if let Some(pane) = var("TMUX_PANE").filter(|pane| is_pane(pane)) {
        argv.extend(["-t".to_owned(), pane]);
    }
    argv.push("#{pane_width} #{window_width}".to_owned());
    Some(argv)
}

fn is_pane(id: &str) -> bool {
    id.strip_prefix('%')
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// What the answer to [`width_query`] means. An answer we cannot read leaves scrolling on.
#[must_use]
pub fn scroll_use(answer: &str) -> ScrollUse {
    let mut widths = answer.split_whitespace().map_while(|word| word.parse::<u32>().ok());
    match (widths.next(), widths.next()) {
        (Some(pane), Some(window)) if pane < window => ScrollUse::Off,
        _ => ScrollUse::On,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scrolling_is_off_in_a_pane_narrower_than_its_window() {
        assert_eq!(scroll_use("80 161\n"), ScrollUse::Off);
        assert_eq!(scroll_use("161 161\n"), ScrollUse::On);
        for odd in ["", "80", "no server running", "80 x", "-1 80", "99999999999 1"] {
            assert_eq!(scroll_use(odd), ScrollUse::On, "{odd}");
        }
    }

    #[test]
    fn tmux_is_asked_about_our_own_pane_and_only_inside_tmux() {
        let inside = |pane: &'static str| {
            width_query(move |name| match name {
                "TMUX" => Some("/tmp/tmux-1000/default,1,0".to_owned()),
                "TMUX_PANE" => Some(pane.to_owned()),
                _ => None,
            })
        };
        let query = "#{pane_width} #{window_width}";
        let with_pane = ["tmux", "display-message", "-p", "-t", "%12", query];
        assert_eq!(inside("%12").unwrap(), with_pane);
        assert_eq!(inside("%1;kill-server").unwrap(), ["tmux", "display-message", "-p", query]);
        assert_eq!(width_query(|_| None), None);
        assert_eq!(width_query(|_| Some(String::new())), None);
    }
}
