#!/usr/bin/env bash
# Runs the journeys with the program in $GATEHOUSE (default: the debug build). Arguments go to pytest.
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
GATEHOUSE=$(realpath -m "${GATEHOUSE:-$root/.build/debug/gatehouse}")
if [ ! -x "$GATEHOUSE" ]; then
  echo "journeys: no program at $GATEHOUSE; \`make build\` makes it" >&2
  exit 1
fi
export GATEHOUSE PYTHONDONTWRITEBYTECODE=1
cd "$root/Tests/Journeys" || exit 1
exec "$root/.venv/client/bin/python" -m pytest "$@" </dev/null
