"""Wrong tokens, wrong addresses, dead, slow and lying servers: each has one clear answer and one audit entry."""

import json
import threading
import time

import pytest

from harness import wire, words
from harness.programs import free_port, wait_until
from harness.recorded import RecordedGateway
from recording.http import RecordingServer
from recording.record import Record

HOW = [
    "page",
    "half",
    "another id",
    "no result",
    "array",
    "server error",
    "sign in",
    "redirect http://169.254.169.254/latest/meta-data/",
    "long",
    "short body",
    "two lengths",
    "hang up",
]


@pytest.fixture(params=["stack", "legacy_stack"], ids=["modern-upstream", "legacy-upstream"])
def either(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize(
    "token", [None, "ghs_wrong", "", "ghs_" + "x" * 10_000], ids=["none", "wrong", "empty", "long"]
)
def test_a_wrong_token_is_401_and_reaches_nothing(stack, token):
    authorization = None if token is None else f"Bearer {token}"
    with stack.gateway.one_entry("last") as entry:
        answer = stack.gateway.call("last", "echo", Authorization=authorization)
    assert answer.status == 401 and "bearer" in answer.headers["www-authenticate"].lower()
    assert stack.gateway.token.encode() not in answer.body
    assert words.field(entry, "outcome") == words.REFUSED and words.field(entry, "reason") == words.UNKNOWN_TOKEN


def test_an_unknown_server_is_404(stack):
    with stack.gateway.one_entry("last") as entry:
        answer = stack.gateway.call("nobody", "echo")
    assert answer.status == 404
    assert words.field(entry, "outcome") == words.REFUSED and words.field(entry, "reason") == words.UNKNOWN_SERVER


def test_a_server_of_another_grant_looks_like_no_server(stack, start_gateway):
    upstream = stack.upstreams["last"].url
    other = start_gateway({"mine": {"url": upstream}, "theirs": {"url": upstream}})
    assert other.call("mine", "echo").status == 200
    grants = [{"label": "journey", "token_sha256": other.token_digest, "servers": {"mine": "mine"}}]
    other.write_configuration(grants=grants)
    other.restart()
    foreign, missing = other.call("theirs", "echo"), other.call("nobody", "echo")
    assert (foreign.status, foreign.body) == (missing.status, missing.body) and foreign.status == 404


def test_a_body_over_the_bound_is_413(stack):
    body = wire.call_body("echo", {"text": "x" * (4 * 1024 * 1024 + 1)})
    with stack.gateway.one_entry("last") as entry:
        answer = stack.gateway.post("last", body, stack.gateway.headers(name="echo"))
    assert answer.status == 413
    assert words.field(entry, "outcome") == words.REFUSED and words.field(entry, "reason") == words.TOO_LARGE


def test_a_body_just_under_the_bound_goes_through(stack):
    body = wire.call_body("echo", {"text": "x" * (4 * 1024 * 1024 - 2048)})
    assert stack.gateway.post("last", body, stack.gateway.headers(name="echo")).status == 200


@pytest.mark.parametrize("how", HOW)
def test_a_server_that_answers_wrongly_is_told_apart_from_an_answer(either, how):
    """The call was sent, so the client is told that its effect is not known; nothing of the server's words leaks."""
    gateway = either.gateway
    with gateway.one_entry("last") as entry:
        answer = gateway.call("last", "misbehave", {"how": how})
    assert answer.status in (200, 502), answer
    assert answer.code is not None or answer.result["isError"], answer
    for secret in (b"<html", b"/srv/secret", b"evil.example", b"169.254"):
        assert secret not in answer.body
    assert "www-authenticate" not in answer.headers
    assert (words.field(entry, "outcome"), words.field(entry, "ending")) == (words.ALLOWED, words.FAILED)
    assert len([c for c in either.records["last"].calls() if c["raw"].find(how) > 0]) == 1, "a call is never sent twice"


def test_a_servers_redirect_is_not_followed(stack):
    """Not even to an address that is served: the operator typed one address, not that one."""
    seen = len(stack.records["first"].entries())
    answer = stack.gateway.call("last", "misbehave", {"how": "redirect " + stack.upstreams["first"].url})
    assert answer.code is not None or answer.result["isError"], answer
    assert len(stack.records["first"].entries()) == seen


def test_a_dead_server_is_said_to_be_unreachable(start_gateway, tmp_path):
    record = Record(tmp_path / "record.jsonl")
    upstream, port = RecordingServer(record), free_port()
    gateway = start_gateway({"last": {"url": upstream.url}, "dead": {"url": f"http://127.0.0.1:{port}/mcp"}})
    with gateway.one_entry("last") as entry:
        answer = gateway.call("dead", "echo")
    assert answer.status in (200, 502, 503) and (answer.code is not None or answer.result["isError"]), answer
    assert words.field(entry, "outcome") != words.ALLOWED or words.field(entry, "ending") == words.FAILED
    upstream.close()


def test_a_server_that_comes_up_later_is_served_then(start_gateway, tmp_path):
    port, record = free_port(), Record(tmp_path / "record.jsonl")
    gateway = start_gateway({"last": {"url": f"http://127.0.0.1:{port}/mcp"}})
    gateway.call("last", "echo")
    upstream = RecordingServer(record, port=port)
    wait_until(
        lambda: (
            (answer := gateway.call("last", "echo")).status == 200
            and answer.code is None
            and not answer.result.get("isError")
        ),
        "the server to be served",
    )
    upstream.close()


def test_a_slow_server_is_given_up_on_after_the_configured_time(tmp_path):
    with RecordedGateway(tmp_path, {"last": ("last", "modern")}, **words.CALL_TIMEOUT_OF_2_SECONDS) as stack:
        began = time.monotonic()
        with stack.gateway.one_entry("last") as entry:
            answer = stack.gateway.call("last", "misbehave", {"how": "silence"})
        assert 1.5 < time.monotonic() - began < 12
        assert answer.code is not None or answer.result["isError"], answer
        assert words.field(entry, "ending") == words.FAILED


def test_many_clients_with_equal_ids_each_get_their_own_answer(either):
    answers = {}

    def ask(number: int) -> None:
        answers[number] = either.gateway.call("last", "echo", {"text": f"mine-{number}-"}).text

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 60
    assert all(f"mine-{number}-" in text for number, text in answers.items())


def test_an_id_in_use_is_refused_and_the_call_under_way_keeps_its_answer(stack):
    gateway, record = stack.gateway, stack.records["last"]
    session = gateway.open_session("last")

    def call(tool: str) -> bytes:
        return json.dumps(
            {"jsonrpc": "2.0", "id": 5, "method": "tools/call", "params": {"name": tool, "arguments": {"steps": 20}}}
        ).encode()

    before = len(record.calls())
    with gateway.connect() as connection:
        headers = gateway.session_headers(session) + [("Content-Length", str(len(call("slow"))))]
        connection.send(wire.head("/mcp/last", headers) + call("slow"))
        record.wait_for(lambda r: r.calls()[before:])
        second = gateway.post("last", call("echo"), gateway.session_headers(session))
        assert (second.status, second.code) == (400, words.INVALID_REQUEST)
        assert connection.receive().text.startswith("slow")
    assert gateway.post("last", call("echo"), gateway.session_headers(session)).text.startswith("echo")


def test_ids_are_given_back_exactly_as_they_came(stack):
    for raw in ("1", '"1"', '"\\u0031"', "-7", "9007199254740991", '"' + "i" * 200 + '"', '"é"'):
        body = wire.call_body("echo").replace(b'"id": 1', b'"id": ' + raw.encode())
        answer = stack.gateway.post("last", body, stack.gateway.headers(name="echo"))
        assert json.loads(answer.body)["id"] == json.loads(raw) and type(answer.json["id"]) is type(json.loads(raw))


def test_the_values_of_a_call_reach_the_server_byte_for_byte(stack):
    arguments = b'{"text":"\\u00e9\\/","z":1.0,"a":1e400,"big":123456789012345678901234567890,"n":{"b":[],"a":{}}}'
    body = wire.call_body("echo").replace(b'"arguments": {}', b'"arguments": ' + arguments)
    reached = stack.reached("last", lambda: stack.gateway.post("last", body, stack.gateway.headers(name="echo")))
    assert arguments.decode() in reached[0]["raw"]
