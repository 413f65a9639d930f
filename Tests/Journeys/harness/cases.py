"""Reads the tables of hostile input (hostile/*.tsv).

Cells may hold marks in ⟦ ⟧: bytes in hexadecimal, `open`/`close` and `meta` for the usual parts of a call,
`repeat N TEXT`, `headers N LINE`, `keys N`, and what `marks` of the caller define. Lines of a head are separated by
` ¦ `.
"""

import csv
import json
import re
from pathlib import Path

from . import wire

TABLES = Path(__file__).resolve().parent.parent / "hostile"
OPEN = b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{'


def rows(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def choices(cell: str) -> set[str]:
    return set(cell.split("/"))


def expand(cell: str, era: str = "modern", marks: dict[str, bytes] | None = None) -> bytes:
    """The bytes a cell stands for."""
    known = {
        "open": OPEN,
        "close": b"}}",
        "meta": b'"_meta":' + (json.dumps(wire.META).encode() if era == "modern" else b"{}"),
    } | (marks or {})

    def value(mark: str) -> bytes:
        if mark in known:
            return known[mark]
        word, _, rest = mark.partition(" ")
        if word == "repeat":
            count, _, text = rest.partition(" ")
            return text.encode() * int(count)
        if word == "headers":
            count, _, line = rest.partition(" ")
            return b"\r\n".join([b"", *[line.encode()] * int(count)])
        if word == "keys":
            return b",".join(b'"k%d":0' % number for number in range(int(rest)))
        if word.startswith("utf-16"):
            return wire.call_body(rest).decode().encode(word)
        return bytes.fromhex(mark)

    return b"".join(value(part) if index % 2 else part.encode() for index, part in enumerate(re.split("[⟦⟧]", cell)))


def with_changes(headers: list[tuple[str, str]], cell: str) -> list[tuple[str, str]]:
    """The usual headers with the cell's: `Name: value` takes the place of its namesakes, `-Name` removes them."""
    if cell == "-":
        return headers
    changes = cell.split(" ¦ ")
    named = {change.lstrip("-").partition(":")[0].lower() for change in changes}
    kept = [(name, value) for name, value in headers if name.lower() not in named]
    for change in changes:
        if not change.startswith("-"):
            name, _, value = change.partition(":")
            kept.append((name, value.removeprefix(" ")))
    return kept
