"""Reads JSON as Python's json does and answers with canonical forms, made independently of the code under test.

Question: a text. Answer: `R` and why it is refused, or `A`, the exact canonical form, a tab, the one of RFC 8785 or nothing if there is none.
Beside what Python refuses: duplicate keys, lone surrogates, NaN and infinities.
"""

import json
import struct
import sys

FARTHEST_EXPONENT = 10**17


class Number(str):
    pass


class Refused(Exception):
    pass


def refuse(why):
    raise Refused(why)


def unique(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        refuse("duplicate key")
    return members


def read(text):
    value = json.loads(
        text.decode("utf-8"),
        parse_int=Number,
        parse_float=Number,
        parse_constant=lambda name: refuse(name),
        object_pairs_hook=unique,
    )
    return value


def parts(text):
    """Sign, digits from the first to the last that is not 0, and how many places the point is behind the first."""
    sign, text = ("-", text[1:]) if text[0] == "-" else ("", text)
    mantissa, _, exponent = text.lower().partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = whole + fraction
    leading = len(digits) - len(digits.lstrip("0"))
    return sign, digits.strip("0"), len(whole) - leading, exponent


def shown(sign, digits, n):
    """ECMA-262 Number::toString."""
    k = len(digits)
    if not digits:
        return "0"
    if k <= n <= 21:
        return sign + digits + "0" * (n - k)
    if 0 < n <= 21:
        return sign + digits[:n] + "." + digits[n:]
    if -6 < n <= 0:
        return sign + "0." + "0" * -n + digits
    exponent = ("+" if n > 0 else "-") + str(abs(n - 1))
    return sign + digits[0] + ("." + digits[1:] if k > 1 else "") + "e" + exponent


def exact(text):
    sign, digits, n, exponent = parts(text)
    n += int(exponent or "0")
    return text if digits and abs(n - 1) > FARTHEST_EXPONENT else shown(sign, digits, n)


def double(text):
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise OverflowError
    sign, digits, n, exponent = parts(repr(value))
    return shown(sign, digits, n + int(exponent or "0"))


ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quoted(text):
    return '"' + "".join(ESCAPES.get(c) or (f"\\u{ord(c):04x}" if c < " " else c) for c in text) + '"'


def canonical(value, number):
    if isinstance(value, Number):
        return number(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return "[" + ",".join(canonical(element, number) for element in value) + "]"
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(quoted(key) + ":" + canonical(value[key], number) for key in keys) + "}"
    return {None: "null", True: "true", False: "false"}[value]


def answer(text):
    try:
        value = read(text)
        form = canonical(value, exact).encode("utf-8")
        try:
            doubles = canonical(value, double).encode("utf-8")
        except OverflowError:
            doubles = b""
        return b"A" + form + b"\t" + doubles
    except UnicodeError:
        return b"Rsurrogate or encoding"
    except (ValueError, Refused) as error:
        return b"R" + str(error).encode("utf-8", "replace")


if hasattr(sys, "set_int_max_str_digits"):
    sys.set_int_max_str_digits(0)
while True:
    length = sys.stdin.buffer.read(4)
    if len(length) < 4:
        break
    reply = answer(sys.stdin.buffer.read(struct.unpack("<I", length)[0]))
    sys.stdout.buffer.write(struct.pack("<I", len(reply)) + reply)
    sys.stdout.buffer.flush()
