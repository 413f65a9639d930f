#!/usr/bin/env bash
# Makes the Python environments that the demo and the journeys run real clients and servers in.
#   scripts/python-env.sh [NAME…]        NAME: client, servers, legacy, fuzz, identity (default: all)
# Each lands in .venv/NAME from scripts/requirements/NAME.txt and is made again only when that file changes.
#   scripts/python-env.sh --lock         writes the .txt files anew from the .in files
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
home=.venv
mkdir -p "$home"
echo '*' > "$home/.gitignore"
exec 9> "$home/.lock"
flock 9  # two makes at once take turns

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' || {
  echo "python-env: Python 3.10 or newer is needed, found $("$python" --version)" >&2
  exit 1
}

# uv installs in two seconds what pip takes a minute for.
uv=$home/uv/bin/uv
uv_version=0.13.9
if [ "$("$uv" --version 2>/dev/null | cut -d' ' -f2)" != "$uv_version" ]; then
  rm -rf "$home/uv"
  "$python" -m venv "$home/uv"
  "$home/uv/bin/pip" install --quiet --disable-pip-version-check "uv==$uv_version"
fi

if [ "${1:-}" = "--lock" ]; then
  for source in scripts/requirements/*.in; do
    "$uv" pip compile --quiet --universal --python-version 3.11 --no-annotate --no-header --upgrade \
      "$source" --output-file "${source%.in}.txt"
  done
  exit 0
fi

[ "$#" -gt 0 ] || set -- client servers legacy fuzz identity
for name in "$@"; do
  requirements=scripts/requirements/$name.txt
  stamp=$( { "$python" --version; cat "$requirements"; } | sha256sum | cut -d' ' -f1)
  [ "$(cat "$home/$name/stamp" 2>/dev/null)" != "$stamp" ] || continue
  echo "python-env: making $home/$name"
  rm -rf "${home:?}/$name"
  "$uv" venv --quiet --python "$(command -v "$python")" "$home/$name"
  "$uv" pip install --quiet --python "$home/$name/bin/python" --requirements "$requirements"
  echo "$stamp" > "$home/$name/stamp"
done
