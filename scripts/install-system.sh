#!/usr/bin/env bash
# Installs the Debian packages that building and testing need. Quick when they are present.
#   scripts/install-system.sh            what `make build` and `make demo` need
#   scripts/install-system.sh --test     also what `make test` and `make journeys` need: a browser
#   scripts/install-system.sh --bench    also what `make bench` needs
set -euo pipefail

wanted=(libre2-dev libsqlite3-dev)
python3 -c 'import ensurepip, venv' 2>/dev/null || wanted+=(python3 python3-venv)
if [ "${1:-}" = "--test" ]; then
  wanted+=(chromium chromium-driver fonts-liberation)
fi
if [ "${1:-}" = "--bench" ]; then
  wanted+=(nginx-light wrk)
fi

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  echo "install-system: not a Debian system, nothing installed; needed: ${wanted[*]}" >&2
  exit 0
fi

missing=()
for package in "${wanted[@]}"; do
  state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing+=("$package")
done
[ "${#missing[@]}" -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "install-system: neither root nor sudo, nothing installed; please install: ${missing[*]}" >&2
    exit 0
  fi
  as_root=(sudo)
fi

install() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "${missing[@]}" >/dev/null
}

echo "install-system: installing ${missing[*]}"
# The package lists may be missing or old on a new machine: only then are they fetched.
install 2>/dev/null || { "${as_root[@]}" apt-get update -qq && install; }
