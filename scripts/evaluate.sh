#!/usr/bin/env bash
# Measures the classifier against labelled tools, which are not part of the project.
# CATALOGUE_DATA names the folder that holds tools.jsonl (or tools.jsonl.gz) and labels.tsv.
set -euo pipefail
cd "$(dirname "$0")/.."
data="${CATALOGUE_DATA:-}"
if [ -z "$data" ] || [ ! -f "$data/labels.tsv" ]; then
    echo "evaluate: the labelled tools are not here; name their folder: make evaluate CATALOGUE_DATA=/path" >&2
    exit 1
fi
tools="$data/tools.jsonl"
if [ ! -f "$tools" ]; then
    [ -f "$tools.gz" ] || { echo "evaluate: there is no tools.jsonl or tools.jsonl.gz in $data" >&2; exit 1; }
    unpacked="$(mktemp)"
    trap 'rm -f "$unpacked"' EXIT
    gunzip -c "$tools.gz" > "$unpacked"
    tools="$unpacked"
fi
"${GATEHOUSE:-.build/debug/gatehouse}" catalog evaluate "$tools" "$data/labels.tsv" \
    --third scripts/evaluation/labels.tsv --fourth scripts/evaluation/fourth.tsv "$@"
