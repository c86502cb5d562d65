//! The README's picture is a real frame: it is drawn again here and compared.

use crate::program::Program;

const FENCE: &str = "```";

#[tokio::test]
async fn the_picture_in_the_readme_is_what_the_program_draws() {
    let mut program = Program::open(4_478_963, 80, 24).await;
    program.settle().await;
    program.keys("jjjj");
    let drawn = program.picture();
    let readme = include_str!("../../README.md");
    let shown = readme.split(FENCE).find(|block| block.contains("#4478963")).unwrap_or_default();
    let shown: Vec<&str> = shown.lines().skip(1).collect();
    assert_eq!(shown, drawn, "the picture is old; this is the new one:\n{}", drawn.join("\n"));
}
