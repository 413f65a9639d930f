#!/usr/bin/env bash
# Runs the Swift tests that are built, one target at a time and eight tests at a time: tests of processes and sockets
# keep deadlines, which hundreds that begin at once, or tests that compute for minutes, would make them miss. Arguments
# name targets; all by default.
set -uo pipefail
cd "$(dirname "$0")/.."

failed=0
targets=("$@")
[ $# -gt 0 ] || targets=($(cd Tests && ls -d -- *Tests))
for target in "${targets[@]}"; do
  echo "--> $target"
  swift test --skip-build --experimental-maximum-parallelization-width 8 --filter "^$target\\." || failed=1
done
exit "$failed"
