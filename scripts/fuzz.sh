#!/usr/bin/env bash
# Throws random bytes at the JSON reader, for a bounded time: any crash or broken promise ends it with the input that caused it.
#   scripts/fuzz.sh [SECONDS]        default 60
# New inputs go to .build/fuzz/corpus; Fuzz/Corpus is only read. GATEHOUSE_SEED repeats a run on one core.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-60}
build=.build/fuzz
mkdir -p "$build/corpus" "$build/failures"

mapfile -t sources < <(find Sources/WireJSON -name '*.swift' | sort)
swiftc -O -wmo -use-ld=lld -swift-version 6 -parse-as-library -sanitize=fuzzer,address -module-name WireJSONFuzz \
  -o "$build/WireJSONFuzz" "${sources[@]}" Fuzz/WireJSONFuzz.swift

# Longer inputs than 4096 bytes find nothing new in a grammar this small; a run that takes 10 seconds or 1 GB is a failure too.
SWIFT_BACKTRACE=enable=no "$build/WireJSONFuzz" "$build/corpus" Fuzz/Corpus -dict=Fuzz/json.dict -artifact_prefix="$build/failures/" \
  -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 -verbosity=1 \
  -seed="${GATEHOUSE_SEED:-$RANDOM}" 2> "$build/log" || {
  tail -n 60 "$build/log" >&2
  echo "fuzz: failed; the input is in $build/failures" >&2
  exit 1
}
grep -E '^INFO: Seed|^stat::number_of_executed_units|^Done' "$build/log"
