"""`gatehouse catalog import` from registries that are as they should be, and from those that are not."""

import gzip
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from harness.programs import free_port, gatehouse


class Registry(BaseHTTPRequestHandler):
    """Answers as `self.server.answer(query)` says: (status, headers, body)."""

    def do_GET(self):
        split = urlsplit(self.path)
        self.server.asked.append(self.path)
        status, headers, body = self.server.answer(split.path, {k: v[0] for k, v in parse_qs(split.query).items()})
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            pass

    def log_message(self, *_):
        pass


@pytest.fixture
def registry():
    with ThreadingHTTPServer(("127.0.0.1", 0), Registry) as server:
        server.asked = []
        server.url = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def key(folder):
    made = gatehouse("catalog", "key", str(folder / "key"))
    return folder / "key", made.stdout.strip()


def entry(name, version="1.0.0", status="active", package=None):
    packages = [{"registryType": "npm", "identifier": package or name.split("/")[1], "version": version}]
    server = {"name": name, "description": "x", "version": version, "packages": packages}
    return {"server": server, "_meta": {"io.modelcontextprotocol.registry/official": {"status": status, "isLatest": True}}}


def page(entries, cursor=None):
    body = {"servers": entries, "metadata": {"count": len(entries)} | ({"nextCursor": cursor} if cursor else {})}
    return 200, {"Content-Type": "application/json"}, json.dumps(body).encode()


def take(registry, key, out, *words):
    return gatehouse(
        "catalog", "import", "--registry", registry if isinstance(registry, str) else registry.url,
        "--key", str(key[0]), "--output", str(out), "--patience", "3", *map(str, words),
    )


def packages(out, key):
    listed = gatehouse("catalog", "export", str(out), "--trust", key[1], "--packages")
    assert listed.returncode == 0, listed.stderr
    return {(it["registry"], it["package"]): it["version"] for it in map(json.loads, listed.stdout.splitlines())}


def test_pages_are_followed_deleted_entries_leave_and_malformed_ones_are_named(registry, key, tmp_path):
    odd = "a&b=c d/é"
    pages = {
        None: page([entry("io.example/fresh-one"), {"server": {"name": "kbag"}}, 7], odd),
        odd: page([entry("io.example/gone", package="00bx-photoshop-mcp", version="1.1.2", status="deleted")]),
    }
    registry.answer = lambda path, query: pages[query.get("cursor")]
    done = take(registry, key, tmp_path / "c")
    assert done.returncode == 0, done.stderr
    assert "2 entries taken, 2 passed over" in done.stdout
    assert "page 1, entry 1: its name is missing" in done.stderr and "page 1, entry 2: it is no object" in done.stderr
    known = packages(tmp_path / "c", key)
    assert known["npm", "fresh-one"] == "1.0.0" and ("npm", "00bx-photoshop-mcp") not in known
    assert registry.asked[0].startswith("/v0.1/servers?limit=100") and "cursor=a%26b%3Dc%20d%2F%C3%A9" in registry.asked[1]
    assert gatehouse("catalog", "verify", str(tmp_path / "c"), "--trust", key[1]).returncode == 0
    assert gatehouse("catalog", "verify", str(tmp_path / "c")).returncode == 1


def test_an_import_that_was_cut_off_goes_on_and_the_next_asks_only_for_what_changed(registry, key, tmp_path):
    fails = True

    def answer(path, query):
        number = int(query.get("cursor", 0))
        if number == 2 and fails:
            return 400, {}, b"no"
        return page([entry(f"io.example/s{number}")], str(number + 1) if number < 3 else None)

    registry.answer = answer
    cut = take(registry, key, tmp_path / "c", "--pages", tmp_path / "pages")
    assert cut.returncode == 70 and "goes on there" in cut.stderr and not (tmp_path / "c").exists()
    fails, before = False, len(registry.asked)
    went_on = take(registry, key, tmp_path / "c", "--pages", tmp_path / "pages")
    assert went_on.returncode == 0, went_on.stderr
    assert [path.split("cursor=")[1] for path in registry.asked[before:]] == ["2", "3"]
    assert {("npm", f"s{number}") for number in range(4)} <= set(packages(tmp_path / "c", key))
    began = json.loads((tmp_path / "pages" / "progress.json").read_text())["began"]
    before = len(registry.asked)
    registry.answer = lambda path, query: page([])
    assert take(registry, key, tmp_path / "c2", "--pages", tmp_path / "pages").returncode == 0
    assert f"updated_since={began.replace(':', '%3A')}" in registry.asked[before]


LIES = {
    "a cursor that loops": (lambda path, query: page([entry("io.example/a")], "again"), "repeats a cursor"),
    "empty pages for ever": (
        lambda path, query: page([], str(int(query.get("cursor", 0)) + 1)),
        "pages without an end",
    ),
    "the same entries for ever": (
        lambda path, query: page([entry("io.example/a")], str(int(query.get("cursor", 0)) + 1)),
        "repeat what came before",
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_pages_that_lead_nowhere_are_left_and_what_was_read_is_taken(registry, key, tmp_path, lie):
    registry.answer, told = LIES[lie]
    done = take(registry, key, tmp_path / "c")
    assert done.returncode == 1 and told in done.stderr and (tmp_path / "c").exists()
    assert len(registry.asked) < 10


BOMB = gzip.compress(b" " * (64 << 20))
REFUSED = {
    "an archive that expands": (lambda *_: (200, {"Content-Encoding": "gzip"}, BOMB), "encoding that was not asked for"),
    "a page that is too large": (lambda *_: (200, {}, b" " * (17 << 20)), "larger than 16 MiB"),
    "no list": (lambda *_: (200, {}, b'{"servers": 7}'), "no list of servers"),
    "no JSON": (lambda *_: (200, {}, b"<html>"), "no list of servers"),
    "a page as deep as that": (lambda *_: (200, {}, b"[" * 1_000_000), "no list of servers"),
    "a long cursor": (lambda *_: page([entry("io.example/a")], "x" * 5000), "cursor is longer"),
    "not found": (lambda *_: (404, {}, b'{"error": "secret words"}'), "status 404"),
    "a redirect that goes round": (lambda *_: (302, {"Location": "/v0.1/servers"}, b""), "points elsewhere"),
    "a redirect to the cloud's metadata": (
        lambda *_: (302, {"Location": "http://169.254.169.254/latest/meta-data"}, b""),
        "points elsewhere",
    ),
    "a redirect without a place": (lambda *_: (301, {}, b""), "points elsewhere"),
}


@pytest.mark.parametrize("refused", REFUSED)
def test_what_a_registry_could_overdo_is_bounded_and_told(registry, key, tmp_path, refused):
    registry.answer, told = REFUSED[refused]
    began = time.monotonic()
    done = take(registry, key, tmp_path / "c")
    assert done.returncode == 70 and told in done.stderr and "secret words" not in done.stderr
    assert not (tmp_path / "c").exists() and time.monotonic() - began < 30


def test_a_redirect_to_another_port_of_this_machine_is_never_followed(registry, key, tmp_path):
    with ThreadingHTTPServer(("127.0.0.1", 0), Registry) as other:
        other.asked, other.answer = [], lambda *_: page([])
        threading.Thread(target=other.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        target = f"http://127.0.0.1:{other.server_address[1]}/v0.1/servers"
        registry.answer = lambda *_: (307, {"Location": target}, b"")
        assert take(registry, key, tmp_path / "c").returncode == 70
        assert other.asked == []
        registry.answer = lambda path, query: page([]) if path == "/x" else (308, {"Location": "/x"}, b"")
        assert take(registry, key, tmp_path / "c").returncode == 0
        other.shutdown()


def test_an_answer_that_does_not_come_to_its_end_is_left(registry, key, tmp_path):
    ended = threading.Event()

    def answer(path, query):
        ended.wait(20)
        return page([])

    registry.answer = answer
    began = time.monotonic()
    done = gatehouse(
        "catalog", "import", "--registry", registry.url, "--key", str(key[0]), "--output", str(tmp_path / "c"),
        "--patience", "1",
    )
    ended.set()
    assert done.returncode == 70 and "did not answer in time" in done.stderr and time.monotonic() - began < 25


def test_a_registry_that_is_busy_is_asked_again(registry, key, tmp_path):
    answers = [(503, {}, b""), (429, {"Retry-After": "1"}, b""), page([entry("io.example/a")])]
    registry.answer = lambda *_: answers.pop(0)
    assert take(registry, key, tmp_path / "c").returncode == 0 and answers == []


def test_strangers_are_asked_in_the_clear_by_nobody(key, tmp_path):
    assert take("http://registry.example", key, tmp_path / "c").returncode == 1
    assert take(f"http://127.0.0.1:{free_port()}", key, tmp_path / "c").returncode == 70


def test_what_a_scan_listed_becomes_a_server_of_the_catalogue(key, tmp_path):
    definition = {"name": "delete_user", "description": "Deletes a user.", "inputSchema": {"type": "object"}}
    line = {"server": "mine", "package": "npm:mine", "version": "1", **definition}
    (tmp_path / "d.jsonl").write_text(json.dumps(line) + "\n")
    words = ["--definitions", str(tmp_path / "d.jsonl"), "--key", str(key[0]), "--output", str(tmp_path / "c")]
    done = gatehouse("catalog", "import", *words)
    assert done.returncode == 0 and "177 servers" in done.stdout
    shown = gatehouse("catalog", "show", "mine", "delete_user", "--catalogue", str(tmp_path / "c"), "--trust", key[1])
    assert shown.stdout.startswith("Critical  Destructive  hide") and "Deletes a user" not in (tmp_path / "c").read_text()
