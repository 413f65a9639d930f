"""Servers that ask for tokens: `mcp-authlab fixture`, in order and broken in the ways real ones are."""

import re
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from harness.programs import free_port, wait_until


@contextmanager
def fixture(folder: Path, profile: str, *flags: str, port: int | None = None):
    """The lab's server with an authorisation server that consents by itself; gives its port and its log."""
    port, log = port or free_port(), folder / f"{profile}.log"
    command = [Path(sys.executable).with_name("mcp-authlab"), "fixture", "--profile", profile, "--auto-consent"]
    with log.open("wb") as written:
        process = subprocess.Popen(
            [*command, "--port", str(port), "--verbose", *flags], stdout=written, stderr=subprocess.STDOUT
        )
    try:
        wait_until(lambda: b"MCP endpoint" in log.read_bytes(), "the lab's server")
        yield port, log
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def before(start_gateway, tmp_path):
    """Starts a gateway with a console before the lab's server: `before(port, **oauth)`."""

    def start(port: int, **oauth):
        server = {"url": f"http://127.0.0.1:{port}/mcp", "oauth": oauth}
        return start_gateway({"lab": server}, console={"listen": f"127.0.0.1:{free_port()}"})

    return start


def link(gateway) -> str:
    """Where the gateway's log says that somebody has to sign in."""
    found = wait_until(lambda: re.search(r"link=(\S+)", gateway.log_text()), "a link in the log")
    return found[1]


def follow(address: str) -> tuple[int, str]:
    """What a browser ends up with."""
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def echo(gateway, text: str):
    return gateway.call("lab", "echo", {"text": text})


@pytest.mark.parametrize("profile", ["reference", "passthrough", "open"])
def test_a_person_signs_in_once_and_calls_go_through(before, tmp_path, profile):
    with fixture(tmp_path, profile) as (port, log):
        gateway = before(port)
        status, page = follow(link(gateway))
        assert (status, "Signed in" in page) == (200, True), page
        answer = wait_until(lambda: (a := echo(gateway, "hello")).result and a.text == "hello" and a, "an answer")
        assert answer.text == "hello"
        requests = log.read_text()
        assert requests.count('"POST /token') == 1 and requests.count('"POST /register') == 1
        # A link is good for one sign-in.
        assert follow(re.search(r"link=(\S+)", gateway.log_text())[1])[0] == 404


def test_a_sign_in_is_no_one_elses(before, tmp_path):
    with fixture(tmp_path, "reference") as (port, log):
        gateway = before(port)
        console = link(gateway).split("/connect/")[0]
        assert follow(f"{console}/connect/guessed")[0] == 404
        for query in ["", "?code=x&state=guessed", "?state=guessed&error=access_denied", "?code=x"]:
            assert follow(f"{console}/oauth/callback{query}")[0] == 404
        assert '"POST /token' not in log.read_text()


REFUSED = {
    "legacy": ({}, "does not say who issues tokens"),
    "mismatch": ({}, "metadata is that of another"),
    "issuer_trailing_slash": ({}, "names another issuer"),
}


@pytest.mark.parametrize("profile", REFUSED)
def test_nobody_is_asked_to_sign_in_at_a_server_that_is_not_what_it_says(before, tmp_path, profile):
    oauth, why = REFUSED[profile]
    named = (profile,) if profile in ("legacy", "mismatch") else ("reference", "--flag", profile)
    with fixture(tmp_path, *named) as (port, log):
        gateway = before(port, **oauth)
        wait_until(lambda: why in gateway.log_text(), f"the reason\n{gateway.log_text()}")
        assert "link=" not in gateway.log_text()
        answer = echo(gateway, "x")
        assert answer.code is not None or answer.result["isError"]
        assert not re.search(r'"(POST|GET) /(token|register|authorize)', log.read_text())


WEAK = {"weak-as": "does not promise PKCE", "sloppy": "answers no question"}


@pytest.mark.parametrize("profile", WEAK)
def test_a_sign_in_whose_answer_could_be_anybodys_is_not_taken(before, tmp_path, profile):
    with fixture(tmp_path, profile) as (port, log):
        gateway = before(port, client_id="gatehouse")
        status, page = follow(link(gateway))
        assert status == 502 and WEAK[profile] in page, page
        assert '"POST /token' not in log.read_text()


def test_no_token_is_in_any_log(before, tmp_path):
    with fixture(tmp_path, "reference") as (port, log):
        gateway = before(port)
        assert follow(link(gateway))[0] == 200
        wait_until(lambda: echo(gateway, "x").result, "an answer")
        assert not re.search(r"eyJ|rt-|Bearer ", gateway.log_text())


def kept(gateway) -> list[bytes]:
    """What the store keeps of servers' tokens."""
    with closing(sqlite3.connect(gateway.data / "gatehouse.sqlite")) as store:
        return [row[0] for row in store.execute("SELECT sealed FROM upstream_credential")]


def test_tokens_are_sealed_and_outlast_a_restart(before, tmp_path):
    with fixture(tmp_path, "reference") as (port, log):
        gateway = before(port)
        assert follow(link(gateway))[0] == 200
        wait_until(lambda: echo(gateway, "first").result, "an answer")
        assert len(kept(gateway)) == 1
        for file in gateway.data.iterdir():
            assert not re.search(rb"eyJ[\w-]{8}|rt-[\w-]{43}", file.read_bytes()), file
        gateway.stop()
        gateway.log.unlink()
        gateway.start()
        answer = wait_until(lambda: (a := echo(gateway, "second")).result and a, "an answer after the restart")
        assert answer.text == "second"
        assert "link=" not in gateway.log_text()
        assert log.read_text().count('"POST /token') == 1


def test_tokens_that_no_key_opens_are_of_no_use(before, tmp_path):
    with fixture(tmp_path, "reference") as (port, log):
        gateway = before(port)
        assert follow(link(gateway))[0] == 200
        wait_until(lambda: echo(gateway, "x").result, "an answer")
        gateway.stop()
        gateway.log.unlink()
        (gateway.data / "secret.key").unlink()
        gateway.start()
        assert link(gateway) and "kept tokens cannot be read" in gateway.log_text()
