#!/bin/sh
# Measures one decision of the policy engine, and the same hundred rules in Cedar and Rego (see decisions.py).
#
#     scripts/bench/decisions.sh [--rounds N]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
directory=${BENCH_DIRECTORY:-$root/.build-bench}
contenders="cedarpy==4.12.2 gordon-to-regorus==0.13.0"

[ "$(cat "$directory/decisions/stamp" 2>/dev/null)" = "$contenders" ] || {
    python3 -m venv --clear "$directory/decisions"
    # shellcheck disable=SC2086
    "$directory/decisions/bin/pip" install -q --disable-pip-version-check $contenders
    echo "$contenders" >"$directory/decisions/stamp"
}
swift build -c release --package-path "$root/Benchmarks" --scratch-path "$directory/swift" --product PolicyDecisions
exec "$directory/decisions/bin/python" -B "$here/decisions.py" "$directory/swift/release/PolicyDecisions" \
    "$directory/decisions/policies" "$@"
