"""Says what NFKC_Casefold makes of every character this Python knows, derived from its unicodedata as UAX #44 does.

Answer to any question: lines of hexadecimal, a character and then what becomes of it. Characters not assigned in this Python's Unicode
version are left out.
"""

import struct
import sys
import unicodedata

# Default_Ignorable_Code_Point, which unicodedata does not have.
IGNORED = """00AD 034F 061C 115F-1160 17B4-17B5 180B-180F 200B-200F 202A-202E 2060-206F 3164 FE00-FE0F FEFF FFA0 FFF0-FFF8 1BCA0-1BCA3
1D173-1D17A E0000-E0FFF"""
ignored = set()
for item in IGNORED.split():
    first, _, last = item.partition("-")
    ignored.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))


def fold(text):
    while True:
        folded = "".join(c for c in unicodedata.normalize("NFKC", text) if c not in ignored)
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", folded).casefold())
        if folded == text:
            return text
        text = folded


lines = []
for point in range(0x110000):
    if 0xD800 <= point < 0xE000 or unicodedata.category(chr(point)) == "Cn" and chr(point) not in ignored:
        continue
    lines.append(" ".join(f"{ord(c):X}" for c in chr(point) + fold(chr(point))))
reply = "\n".join(lines).encode()
sys.stdin.buffer.read(4)
sys.stdout.buffer.write(struct.pack("<I", len(reply)) + reply)
sys.stdout.buffer.flush()
