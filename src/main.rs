//! The program: arguments, hooks, run, exit code. The only place that prints.

fn main() {}
