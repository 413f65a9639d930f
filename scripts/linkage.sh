#!/usr/bin/env bash
# Shows that a program using only PolicyEngine decides a call and links no Foundation.
#   scripts/linkage.sh [BUILD]      BUILD: where `swift build` left its products (default .build/debug)
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-.build/debug}
program=$(mktemp -d)
trap 'rm -rf "$program"' EXIT

# By the sources' names: of sources that are no more, objects are left.
objects=()
for target in WireJSON CRE2 PolicyEngine; do
  while IFS= read -r source; do objects+=("$build/$target.build/$(basename "$source").o"); done \
    < <(find "Sources/$target" -name '*.swift' -o -name '*.cpp')
done
swiftc -swift-version 6 -I "$build/Modules" -Xcc "-fmodule-map-file=$build/CRE2.build/module.modulemap" \
  scripts/linkage/main.swift "${objects[@]}" -lre2 -lstdc++ -o "$program/decide"

said=$("$program/decide")
[ "$said" = "denied by /tools/refund/deny_if/0: too much" ] || { echo "linkage: the program said: $said" >&2; exit 1; }
linked=$(readelf --dynamic "$program/decide" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
loaded=$(ldd "$program/decide" | awk '{ print $1 }')
if grep -i foundation <<<"$linked"$'\n'"$loaded"; then
  echo "linkage: a program using only PolicyEngine links Foundation" >&2
  exit 1
fi
echo "linkage: decides, and links" $linked
