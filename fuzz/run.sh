#!/bin/sh
# Fuzzes on the stable toolchain: fuzz/run.sh TARGET SECONDS [libFuzzer options]
# Targets: text (cleaning), page (decoding, cleaning, wrapping, drawing, the bytes of the screen),
# input (keys, pastes and noise of a terminal).
# A finding is left as fuzz/crash-*; give its name as an option to run it again.
set -eu
cd "$(dirname "$0")"
usage='usage: fuzz/run.sh TARGET SECONDS [libFuzzer options]'
name=${1:?$usage}
seconds=${2:?$usage}
shift 2
target=x86_64-unknown-linux-gnu
RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1" \
    cargo build --locked --release --target "$target" --bin "$name"
mkdir -p "corpus/$name"
exec "${CARGO_TARGET_DIR:-target}/$target/release/$name" "corpus/$name" \
    -max_total_time="$seconds" -max_len=4096 -timeout=10 "$@"
