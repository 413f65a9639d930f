#!/usr/bin/env bash
# Measures searches of a catalogue of 100,000 servers and 1,000,000 tools, made up for it.
#   scripts/bench/catalogue.sh [SERVERS TOOLS]
set -euo pipefail
cd "$(dirname "$0")/../.."

swift build -c release --package-path Benchmarks --product CatalogueSearch >/dev/null
exec Benchmarks/.build/release/CatalogueSearch "$@"
