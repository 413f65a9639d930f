#!/usr/bin/env bash
# Makes the catalogue that is shipped, Resources/tools.catalogue, from definitions that are not part of the project.
# CATALOGUE_DATA names the folder with tools.jsonl (or tools.jsonl.gz) and packages.tsv, CATALOGUE_KEY the signing key's
# file. The program is to be built again afterwards: the catalogue is inside it.
set -euo pipefail
cd "$(dirname "$0")/.."
data="${CATALOGUE_DATA:-}"
key="${CATALOGUE_KEY:-}"
if [ ! -f "$data/packages.tsv" ] || [ ! -f "$key" ]; then
    echo "catalogue: name the data and the key: make catalogue CATALOGUE_DATA=/folder CATALOGUE_KEY=/file" >&2
    exit 1
fi
tools="$data/tools.jsonl"
if [ ! -f "$tools" ]; then
    [ -f "$tools.gz" ] || { echo "catalogue: there is no tools.jsonl or tools.jsonl.gz in $data" >&2; exit 1; }
    tools="$(mktemp)"
    trap 'rm -f "$tools"' EXIT
    gunzip -c "$data/tools.jsonl.gz" > "$tools"
fi
"${GATEHOUSE:-.build/debug/gatehouse}" catalog build "$tools" --packages "$data/packages.tsv" --key "$key" \
    --output Resources/tools.catalogue "$@"
ls -l Resources/tools.catalogue
