#!/usr/bin/env bash
# The README's test command: installs what is missing, then lint, build, Swift tests and journeys.
# Every step runs even when an earlier one failed; ends with the steps' results and times.
set -uo pipefail
cd "$(dirname "$0")/.."

results=()
failed=0
step() {  # step NAME COMMAND…
  local name=$1 began=$SECONDS outcome=ok
  shift
  echo "==> $name"
  "$@" || { outcome=FAILED; failed=1; }
  results+=("$(printf '%-10s %-7s %4d s' "$name" "$outcome" $((SECONDS - began)))")
  [ "$outcome" = ok ]
}

# The check that imports match the manifest holds on a clean build only.
import_check=()
[ -d .build/debug ] || import_check=(--explicit-target-dependency-import-check error)

step system scripts/install-system.sh --test
step python scripts/python-env.sh
step lint scripts/lint.sh
if step build swift build --build-tests ${import_check[@]+"${import_check[@]}"}; then
  step linkage scripts/linkage.sh
  step unit scripts/unit.sh
  step journeys scripts/journeys.sh
fi

echo
printf '%s\n' "${results[@]}"
exit "$failed"
