"""One entry for every call, in a chain that shows what was changed, taken out or moved."""

import json
import shutil
import sqlite3

import pytest

from harness import words
from harness.programs import gatehouse
from harness.recorded import RecordedGateway

TRIED = [
    ("echo", words.ALLOWED),
    ("wipe", words.NOT_VISIBLE),
    ("drop", words.DENIED_BY_RULE),
    ("WIPE", words.NOT_VISIBLE),
    ("read_file", words.ALLOWED),
    ("never_heard_of", words.NOT_VISIBLE),
    ("echo", words.ALLOWED),
]


@pytest.fixture(scope="module")
def gateway(tmp_path_factory):
    """A gateway that has seen `TRIED` and is stopped."""
    with RecordedGateway(tmp_path_factory.mktemp("audit"), {"last": ("last", "modern")}) as stack:
        for tool, _ in TRIED:
            stack.gateway.call("last", tool, {"text": "private", "path": "/tmp/a"})
        stack.gateway.fence("last")
        stack.gateway.stop()
        yield stack.gateway
        stack.gateway.start()


def test_every_call_has_one_entry_and_the_entry_tells_it(gateway):
    entries = [entry for entry in gateway.audit() if words.field(entry, "tool") != "fence"]
    told = [(words.field(entry, "tool"), words.field(entry, "outcome")) for entry in reversed(entries)]
    assert told == TRIED
    for entry in entries:
        assert words.field(entry, "server") == "last" and words.field(entry, "grant") == "journey", entry
    denied = next(entry for entry in entries if words.field(entry, "outcome") == words.DENIED_BY_RULE)
    assert (
        words.field(denied, "rule").startswith("/tools/drop")
        and words.field(denied, "message") == "Nothing is dropped here."
    )
    assert words.field(entries[0], "argumentKeys") == ["path", "text"]
    assert "private" not in json.dumps(entries), "argument values are not kept unless asked for"


def test_an_untouched_trail_verifies(gateway):
    verified = verify(gateway.data)
    assert verified.returncode == 0, verified.stderr


DAMAGE = {
    "changed": ["UPDATE {t} SET {e} = replace({e}, '\"drop\"', '\"echo\"') WHERE {e} LIKE '%\"drop\"%'"],
    "deleted": ["DELETE FROM {t} WHERE {s} = 3"],
    "first deleted": ["DELETE FROM {t} WHERE {s} = 1"],
    "reordered": [
        "UPDATE {t} SET {s} = -1 WHERE {s} = 2",
        "UPDATE {t} SET {s} = 2 WHERE {s} = 3",
        "UPDATE {t} SET {s} = 3 WHERE {s} = -1",
    ],
    "hash changed": ["UPDATE {t} SET {h} = zeroblob(32) WHERE {s} = 4"],
}


@pytest.mark.parametrize("damage", DAMAGE, ids=str)
def test_verify_finds_a_row_that_was(gateway, tmp_path, damage):
    copy = tmp_path / "data"
    shutil.copytree(gateway.data, copy)
    database = next(path for path in copy.rglob("*") if path.is_file() and path.read_bytes()[:15] == b"SQLite format 3")
    with sqlite3.connect(database) as connection:
        names = audit_table(connection)
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{trigger}"')
        for statement in DAMAGE[damage]:
            assert connection.execute(statement.format(**names)).rowcount > 0
    verified = verify(copy)
    assert verified.returncode not in (0, None) and (verified.stdout + verified.stderr).strip(), damage
    assert (
        "entry" in (verified.stdout + verified.stderr).lower()
        or "record" in (verified.stdout + verified.stderr).lower()
    )


def audit_table(connection) -> dict[str, str]:
    """The audit's table and columns, by what they are: sequence, entry, hash."""
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%audit%'"):
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info('{table}')")]
        if {"entry", "hash"} <= set(columns):
            return {"t": table, "s": "sequence" if "sequence" in columns else "rowid", "e": "entry", "h": "hash"}
    raise AssertionError("no audit table")


def verify(data):
    return gatehouse("audit", "verify", "--data", str(data))
