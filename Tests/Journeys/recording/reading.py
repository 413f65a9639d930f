"""How careless servers read one message: four personalities that real parsers have.

`first` and `last` differ in which of two equal keys counts, `fold` ignores case (as Go's encoding/json does,
Unicode folding included), `nfc` takes canonically equivalent names for one (as Swift's String does).
All of them read bodies a strict parser refuses: byte order marks, UTF-16, trailing text, comments, several messages.
"""

import json
import re
import unicodedata

PERSONALITIES = ("first", "last", "fold", "nfc")


def messages(raw: bytes, personality: str) -> list:
    """Every message a careless server would find in `raw`: a batch and text after the end count too."""
    text = _decode(raw)
    found = []
    while text := text.lstrip(" \t\r\n\x00\ufeff"):
        value, rest = _first_value(text, personality)
        if rest is None:
            break
        found += value if isinstance(value, list) else [value]
        text = rest
    return found


def name_of(given: object, tools: list[str], personality: str) -> object:
    """The tool this server would run for the name it was given; the name itself when it knows none."""
    while isinstance(given, list) and given:
        given = given[0]
    if not isinstance(given, str):
        return given
    for tool in tools:
        if _fold(tool, personality) == _fold(given, personality):
            return tool
    return given


def _fold(text: str, personality: str) -> str:
    if personality == "fold":
        return text.casefold()
    if personality == "nfc":
        return unicodedata.normalize("NFC", text)
    return text


def _decode(raw: bytes) -> str:
    return raw.decode(json.detect_encoding(raw), errors="replace") if raw else ""


def _first_value(text: str, personality: str):
    """The first JSON value of `text` and what follows it; (None, None) when even a lax reader finds none."""

    def members(pairs):
        read = {}
        for key, value in pairs:
            key = _fold(key, personality)
            if not (personality == "first" and key in read):
                read[key] = value
        return read

    decoder = json.JSONDecoder(object_pairs_hook=members, strict=False)
    for candidate in (text, _without_extras(text)):
        try:
            value, end = decoder.raw_decode(candidate)
            return value, candidate[end:]
        except (ValueError, RecursionError):
            continue
    return None, None


def _without_extras(text: str) -> str:
    """The text without comments and trailing commas, as JSON5-like readers see it."""
    text = re.sub(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', lambda m: m[1] or "", text, flags=re.S)
    return re.sub(r",(\s*[}\]])", r"\1", text)
