#!/bin/sh
# Fuzzes the cleaning of text on the stable toolchain: fuzz/run.sh SECONDS [libFuzzer options]
# A finding is left as fuzz/crash-*; give its name as an option to run it again.
set -eu
cd "$(dirname "$0")"
seconds=${1:?usage: fuzz/run.sh SECONDS [libFuzzer options]}
shift
target=x86_64-unknown-linux-gnu
RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1" \
    cargo build --release --target "$target" --bin text
mkdir -p corpus/text
exec "${CARGO_TARGET_DIR:-target}/$target/release/text" corpus/text \
    -max_total_time="$seconds" -max_len=4096 -timeout=10 "$@"
