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
pytest() { "$root/.venv/client/bin/python" -m pytest -o cache_dir="$root/.build/journeys" "$@" </dev/null; }
pytest "$@" && exit 0
# Deadlines are missed on a machine that is busy otherwise: what failed is run once more, and both runs show.
echo "journeys: some failed; those once more"
pytest "$@" --last-failed
