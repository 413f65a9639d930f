"""`gatehouse catalog`: the catalogue in the program, and those that people make."""

import json
import os

import pytest

from harness.programs import gatehouse

LINES = [
    {"server": "b", "tool": "delete_user", "description": "Deletes a user.", "inputSchema": {"type": "object"}},
    {"server": "a", "name": "get time", "annotations": None, "title": None},
    {"server": "b", "name": "tab\there"},
    {"server": "b", "tool": "delete_user"},
    {"name": "alone"},
]


@pytest.fixture(scope="module", autouse=True)
def cache(folder):
    """Where searches keep their index."""
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
    yield folder / "cache"
    os.environ.pop("XDG_CACHE_HOME")
    if before is not None:
        os.environ["XDG_CACHE_HOME"] = before


def catalog(*words):
    return gatehouse("catalog", *map(str, words))


@pytest.fixture(scope="module")
def made(folder):
    """A catalogue of our own: its file, its key's public half, the key's file."""
    (folder / "d.jsonl").write_text("".join(json.dumps(line) + "\n" for line in LINES))
    (folder / "packages.tsv").write_text("registry\tname\tversion\nnpm\t@scope/server\t1.0\n")
    key = catalog("key", folder / "key").stdout.strip()
    built = catalog(
        "build", folder / "d.jsonl", "--packages", folder / "packages.tsv", "--key", folder / "key",
        "--output", folder / "c", "--issued", "2026-01-02",
    )
    assert built.returncode == 0, built.stderr
    return folder / "c", key, folder / "key"


def test_the_programs_own_catalogue_is_whole_and_is_asked_without_a_file():
    assert "ok, issued" in catalog("verify").stdout
    assert len(catalog("export", "--provider", "aws").stdout.splitlines()) == 790
    assert len(catalog("export", "--packages").stdout.splitlines()) == 15095
    shown = catalog("show", "awslabs-iam-mcp-server", "detach_user_policy").stdout
    assert shown.startswith("Critical  Destructive  hide") and "user_name: text, required" in shown
    rows = catalog("show", "awslabs-iam-mcp-server").stdout.splitlines()
    assert rows[0].endswith("from AWS") and len(rows) == 30
    assert [row.split()[0] for row in rows[1:]] == sorted(
        (row.split()[0] for row in rows[1:]), key=["Critical", "High", "Medium", "Low"].index
    )


def test_search_finds_by_all_words_and_narrows():
    found = [json.loads(line) for line in catalog("search", "IAM", "policy", "--risk", "critical", "--json").stdout.splitlines()]
    assert {it["risk"] for it in found} == {"Critical"} and any(it["tool"] == "detach_user_policy" for it in found)
    assert "package   npm:@azure-devops/mcp" in catalog("search", "azure-devops").stdout
    near = catalog("search", "detahc_user_polcy")
    assert "detach_user_policy" in near.stdout and "nearest: detach_user_policy" in near.stderr
    locked = [json.loads(line)["tool"] for line in catalog("search", "iam", "--attack", "lock-out", "--json").stdout.splitlines()]
    assert "detach_user_policy" in locked and "list_users" not in locked
    assert catalog("search", "iam", "--attack", "nothing").returncode == 64
    nothing = catalog("search", "xylophone", "quartz")
    assert nothing.returncode == 1 and nothing.stdout == "" and "nothing is found" in nothing.stderr
    assert len(catalog("search", "get", "--limit", "3").stdout.splitlines()) == 3
    for option, known in (("--risk", "low, medium, high, critical"), ("--category", "read, write, execute")):
        awful = catalog("search", "get", option, "awful")
        assert awful.returncode == 64 and f"there is {known}" in awful.stderr
    assert catalog("search").returncode == 64
    assert catalog("show", "nowhere").returncode == 1
    assert catalog("show", "awslabs-iam-mcp-server", "nothing").returncode == 1


def test_a_search_asks_an_index_that_is_made_once_and_of_the_catalogue_that_is_meant(made, cache):
    file, key, _ = made
    catalog("search", "iam")
    index = cache / "gatehouse" / "catalogue.sqlite"
    before = index.stat()
    catalog("search", "policy")
    assert (index.stat().st_ino, index.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    other = catalog("search", "delete", "--catalogue", file, "--trust", key).stdout.splitlines()
    assert len(other) == 1 and other[0].endswith("b  delete_user")
    refused = catalog("search", "delete", "--catalogue", file)
    assert refused.returncode == 1 and "is not trusted" in refused.stderr
    # Where nothing can be kept, the same is found.
    os.environ["XDG_CACHE_HOME"] = "/dev/null"
    try:
        assert catalog("search", "delete", "--catalogue", file, "--trust", key).stdout.splitlines() == other
    finally:
        os.environ["XDG_CACHE_HOME"] = str(cache)


def test_classify_answers_each_line_in_its_place(folder, made):
    done = catalog("classify", folder / "d.jsonl", "--format", "tsv")
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert [(row[0], row[1]) for row in rows] == [
        ("b", "delete_user"), ("a", "get time"), ("b", "tab here"), ("b", "delete_user"), ("", "alone"),
    ]
    assert all(len(row) == 5 and 0 < float(row[4]) <= 1 for row in rows)
    assert rows[0][2:4] == ["Destructive", "Critical"]


def test_classify_tells_of_lines_that_hold_nothing(tmp_path):
    bad = ["{", "7", "[]", "{}", '{"name": ""}', '{"name": "a", "name": "b"}', '{"name": "x"}', "", "[" * 5000]
    (tmp_path / "d.jsonl").write_text("\n".join(bad))
    done = catalog("classify", tmp_path / "d.jsonl")
    assert done.returncode == 0 and [line.split("\t")[1] for line in done.stdout.splitlines()] == ["x"]
    told = [int(line.split("line ")[1].split(":")[0]) for line in done.stderr.splitlines()]
    assert told == [1, 2, 3, 4, 5, 6, 9]
    assert catalog("classify", "--strict", tmp_path / "d.jsonl").returncode == 1
    assert catalog("classify", tmp_path / "nowhere").returncode == 70
    assert catalog("classify", "--format", "xml", tmp_path / "d.jsonl").returncode == 64


def test_a_catalogue_is_taken_from_whom_one_trusts_and_whole(made, tmp_path):
    file, key, _ = made
    assert catalog("verify", file, "--trust", key).stdout.strip().endswith("3 servers, 4 tools, 1 packages")
    assert "is not trusted" in catalog("verify", file).stderr and catalog("verify", file).returncode == 1
    text = file.read_text()
    for altered in (text.replace("delete_user", "delete_used"), text.replace('"DC"', '"DL"'), text[: len(text) // 2], text + "x", "", "hello\n"):
        (tmp_path / "c").write_text(altered)
        assert altered != text and catalog("verify", tmp_path / "c", "--trust", key).returncode == 1
    assert "Deletes a user" not in text
    assert catalog("verify", file, "--trust", "abc").returncode == 1
    assert catalog("verify", tmp_path / "nowhere", "--trust", key).returncode == 70


def test_a_key_is_its_owners_and_is_never_replaced(made):
    _, _, key = made
    assert key.stat().st_mode & 0o777 == 0o600
    before = key.read_text()
    assert catalog("key", key).returncode == 1 and key.read_text() == before


def test_saved_pages_are_taken_without_a_network(made, tmp_path):
    file, key, private = made
    entry = {"server": {"name": "io.example/x", "version": "2.0", "packages": [{"registryType": "npm", "identifier": "x"}]}}
    (tmp_path / "p1.json").write_text(json.dumps({"servers": [entry], "metadata": {"nextCursor": "more"}}))
    words = ["import", file, "--trust", key, "--page", tmp_path / "p1.json", "--key", private, "--output", tmp_path / "c"]
    done = catalog(*words)
    assert done.returncode == 0 and "the registry has more pages than these" in done.stderr
    listed = catalog("export", tmp_path / "c", "--trust", key, "--packages").stdout
    assert [json.loads(line)["package"] for line in listed.splitlines()] == ["@scope/server", "x"]
