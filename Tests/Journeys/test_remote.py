"""Commands that act through a running instance, which may be another's machine, or nobody's."""

import json
import os
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from harness.managed import ManagedGateway
from harness.programs import free_port, gatehouse

TOKEN = "gha_0123456789abcdef"
HOSTILE = "\x1b[31mred\x1b]0;title\x07 \u009b2J \u202egnp.exe \u200b"


class Instance:
    """A stranger's server in an instance's place: answers as told, and keeps what it was asked."""

    def __init__(self, answer, host: str = "127.0.0.1"):
        outer = self
        self.asked: list[tuple[str, str | None]] = []

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                outer.asked.append((self.path, self.headers["authorization"]))
                status, headers, body = answer(self.path)
                self.send_response(status)
                for name, value in ({"content-length": str(len(body))} | headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer((host, 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def answering(value, status: int = 200):
    return lambda path: (status, {"content-type": "application/json"}, json.dumps(value, ensure_ascii=False).encode())


def run(url: str, *words: str):
    environment = os.environ | {"GATEHOUSE_TOKEN": TOKEN, "GATEHOUSE_CONSOLE": url}
    return gatehouse(*words, env=environment)


def test_a_redirect_does_not_take_the_token_elsewhere():
    with Instance(answering({"items": []})) as thief:
        elsewhere = lambda path: (307, {"location": f"http://127.0.0.1:{thief.port}{path}"}, b"")
        with Instance(elsewhere) as instance:
            done = run(f"http://127.0.0.1:{instance.port}", "server", "list")
            assert done.returncode == 70 and "redirect" in done.stderr
            assert instance.asked == [("/api/v1/servers?limit=200", f"Bearer {TOKEN}")]
        assert thief.asked == []


def test_the_token_travels_in_the_clear_to_this_machine_only():
    with Instance(answering({"items": []}), "0.0.0.0") as instance:
        url = f"http://0.0.0.0:{instance.port}"
        done = run(url, "server", "list")
        assert done.returncode == 1 and "in the clear" in done.stderr and instance.asked == []
        assert run(url, "server", "list", "--allow-http").returncode == 0 and len(instance.asked) == 1
        for near in ("127.0.0.1", "localhost"):
            assert run(f"http://{near}:{instance.port}/", "server", "list").returncode == 0


@pytest.mark.parametrize("url", ["", "console.example", "ftp://x/", "https://u:p@x/", "https://x/gate", "https://x/?a"])
def test_what_is_no_consoles_address_is_refused(url):
    assert gatehouse("server", "list", "--console", url, env=os.environ | {"GATEHOUSE_TOKEN": TOKEN}).returncode == 64
    assert run(url, "server", "list").returncode == 1


@pytest.mark.parametrize(
    "words",
    [
        ["server", "set", "lab", "--no-oauth", "--oauth"],
        ["server", "set", "lab", "--directory", "/srv"],
        ["server", "set", "lab", "--secret", "hush"],
        ["server", "add", "lab", "--draft-policy", "safe"],
        ["server", "add", "lab", "--secret-env", "hush"],
        ["server", "add", "lab", "--secret", "=hush"],
        ["grant", "create", "laptop", "--server", "hush"],
        ["grant", "create", "laptop", "--tag", "hush"],
        ["grant", "list", "--console", "http://192.0.2.1:8421"],
        ["policy", "diff", "--policy", "safe", "--from", "hush"],
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_is_told_before_anything_is_asked_and_what_could_be_a_secret_is_not_said(words):
    with Instance(answering({"items": []})) as instance:
        done = run(f"http://127.0.0.1:{instance.port}", *words)
        assert done.returncode == 64 and "Error: " in done.stderr, done.stderr
        assert "hush" not in done.stdout + done.stderr and instance.asked == []


def test_why_an_instance_cannot_be_asked_is_told():
    port = free_port()
    done = run(f"http://127.0.0.1:{port}", "server", "list")
    told = f"the instance at http://127.0.0.1:{port} cannot be asked: connection refused – does `gatehouse serve` run there?"
    assert done.returncode == 70 and told in done.stderr, done.stderr
    with Instance(answering({"items": []})) as plain:
        done = run(f"https://127.0.0.1:{plain.port}", "server", "list")
        assert done.returncode == 70 and "cannot be asked: TLS: wrong version number – " in done.stderr, done.stderr


def test_what_an_instance_says_cannot_command_the_terminal():
    tools = [{"name": HOSTILE, "state": HOSTILE, "hash": "0"}]
    with Instance(answering({"detail": HOSTILE}, 422)) as refusing, Instance(
        answering({"items": [{"slug": HOSTILE, "id": "1"}], "tools": tools})
    ) as listing:
        refused = run(f"http://127.0.0.1:{refusing.port}", "server", "list")
        url = f"http://127.0.0.1:{listing.port}"
        texts = [refused.stderr, run(url, "server", "list").stdout, run(url, "server", "list", "--json").stdout]
        assert refused.returncode == 1 and "red" in refused.stderr
        for text in texts:
            assert not any(mark in text for mark in "\x1b\x07\u009b\u202e\u200b"), text
        assert json.loads(texts[2])[0]["slug"] == HOSTILE


def test_a_list_without_an_end_is_left_and_its_cursor_is_sent_as_one_value():
    with Instance(answering({"items": [{"slug": "a"}], "next": "a&limit=0#é"})) as instance:
        done = run(f"http://127.0.0.1:{instance.port}", "server", "list")
        assert done.returncode == 70 and "has no end" in done.stderr
        assert instance.asked[1][0] == "/api/v1/servers?limit=200&cursor=a%26limit%3D0%23%C3%A9"
        assert len(instance.asked) == 500


def test_a_copy_is_not_put_under_an_instance_that_runs_without_a_console(tmp_path):
    gateway = ManagedGateway(tmp_path)
    gateway.start()
    try:
        gateway.run("organisation", "create", "Acme")
        copy = tmp_path / "copy.sqlite"
        gateway.run("backup", str(copy))
        # As where the console is off: nothing says where the instance is reached.
        (gateway.data / "console.json").unlink()
        before = (gateway.data / "gatehouse.sqlite").read_bytes()
        assert "stop it first" in gateway.run("restore", "--replace", str(copy), fails=True)
        assert (gateway.data / "gatehouse.sqlite").read_bytes() == before
    finally:
        gateway.stop(signal.SIGKILL)
    # A dead process holds nothing.
    gateway.run("restore", "--replace", str(copy))
    assert (gateway.data / "gatehouse.sqlite.before").exists()
    assert "earlier restore" in gateway.run("restore", "--replace", str(copy), fails=True)


def test_what_is_not_there_is_said_and_nothing_is_made(tmp_path):
    folder = tmp_path / "typo"
    no_store = f"there is no store in `{folder}` – give the data folder with --data"
    for words in (["backup", str(tmp_path / "copy")], ["audit", "list"], ["audit", "verify"]):
        done = gatehouse(*words, "--data", str(folder))
        assert done.returncode == 70 and no_store in done.stderr, done.stderr
    file = str(tmp_path / "nofile")
    for words, code in ((["audit", "list", "--file", file], 70), (["restore", file, "--data", str(folder)], 1)):
        done = gatehouse(*words)
        assert done.returncode == code and f"there is no file `{file}`" in done.stderr, done.stderr
    (tmp_path / "other").write_text("no store")
    assert gatehouse("restore", str(tmp_path / "other"), "--data", str(folder)).returncode == 1
    assert [path.name for path in tmp_path.iterdir()] == ["other"]
