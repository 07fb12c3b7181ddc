#!/usr/bin/env bash
# Looks for bytes that break what the readers of spreadsheets, codes, messages, stick files and scans promise.
# Usage: scripts/fuzz.sh [SECONDS [TARGET…]]     60 seconds of each target, unless told otherwise
# Needs a nightly compiler and cargo-fuzz (crates.io), which is installed where it is missing. What breaks a promise is
# written to fuzz/artifacts/TARGET; put it into tests/hostile/corpus/TARGET together with the cure.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=60
[ $# -gt 0 ] && { seconds=$1; shift; }
[[ "$seconds" =~ ^[0-9]+$ ]] || { sed -n '2,5p' "$0" | sed 's/^# //'; exit 2; }
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(spreadsheet code protocol stick scan)

command -v cargo-fuzz >/dev/null || cargo install --locked cargo-fuzz

for target in "${targets[@]}"; do
  found=fuzz/corpus/$target
  mkdir -p "$found"
  # What was found before goes on from where it was; the kept corpus is only read.
  cargo +nightly fuzz run "$target" "$found" "tests/hostile/corpus/$target" -- \
    -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1
done
