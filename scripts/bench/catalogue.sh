#!/usr/bin/env bash
# Measures searches of a catalogue of 100,000 servers and 1,000,000 tools, made up for it; Docs/Performance.md says how.
#
#     scripts/bench/catalogue.sh [SERVERS TOOLS]
#
# Ends with 1 where an aim is missed: prefixes within 20 ms of the processor's time, slips within 60 ms (99 of 100).
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
directory=${BENCH_DIRECTORY:-$root/.build-bench}

swift build -c release --package-path "$root/Benchmarks" --scratch-path "$directory/swift" \
    --product CatalogueSearch >&2
exec "$directory/swift/release/CatalogueSearch" "$@"
