"""What must not travel: a client's token upstream, the gateway's environment to a child, strangers' headers onward."""

import json
import os

import pytest

from harness import wire
from harness.programs import RECORDER, python
from recording.http import RecordingServer
from recording.record import Record

FORWARDED = {
    "X-Forwarded-For": "1.2.3.4",
    "X-Forwarded-Host": "evil.example",
    "Forwarded": "for=1.2.3.4",
    "X-Real-IP": "1.2.3.4",
    "mcp-init-host": "evil.example",
    "X-Gatehouse-Grant": "admin",
    "Cookie": "session=stolen",
    "X-Api-Key": "mine",
    "Proxy-Authorization": "Basic eDp4",
}


@pytest.mark.anyio
@pytest.mark.parametrize("mode", ["auto", "legacy"])
@pytest.mark.parametrize("upstream", ["stack", "legacy_stack"])
async def test_the_clients_token_is_in_no_byte_the_server_gets(request, mode, upstream):
    stack = request.getfixturevalue(upstream)
    async with stack.gateway.client("last", mode) as client:
        await client.list_tools()
        await client.call_tool("echo", {"text": "x"})
    text = stack.records["last"].path.read_text()
    assert "echo" in text and stack.gateway.token not in text and stack.gateway.token[4:] not in text


def test_the_clients_token_is_in_no_file_the_gateway_writes(stack):
    stack.gateway.call("last", "echo", {"text": "x"})
    stack.gateway.call("last", "echo", Authorization="Bearer ghs_wrong_but_secret")
    stack.gateway.fence("last")
    for path in stack.gateway.folder.rglob("*"):
        if path.is_file() and path.suffix != ".jsonl":
            content = path.read_bytes()
            assert stack.gateway.token.encode() not in content, path
            assert b"ghs_wrong_but_secret" not in content, path


def test_headers_a_client_made_up_do_not_reach_the_server(stack):
    headers = stack.gateway.headers(name="echo") + list(FORWARDED.items()) + [("Mcp-Param-Text", "other")]
    reached = stack.reached("last", lambda: stack.gateway.post("last", wire.call_body("echo"), headers))
    names = {name.lower() for name, _ in reached[0]["headers"]} if reached else set()
    assert not names & {name.lower() for name in FORWARDED}


def test_a_list_that_depends_on_the_grant_is_not_to_be_shared(stack):
    answer = stack.gateway.post("last", wire.call_body(None, method="tools/list"), stack.gateway.headers("tools/list"))
    assert (answer.result["cacheScope"], answer.result["ttlMs"]) == ("private", 0)


def test_of_the_metadata_baggage_stays_behind_and_the_rest_travels(stack):
    meta = wire.META | {
        "baggage": "user=admin",
        "traceparent": "00-" + "a" * 32 + "-" + "b" * 16 + "-01",
        "x.example/y": [1.0],
    }
    body = wire.call_body("echo", _meta=meta)
    reached = stack.reached("last", lambda: stack.gateway.post("last", body, stack.gateway.headers(name="echo")))
    assert "baggage" not in reached[0]["meta"] and reached[0]["meta"]["x.example/y"] == [1.0]
    assert reached[0]["meta"]["traceparent"] == meta["traceparent"]


def test_a_servers_own_headers_are_sent_and_a_clients_are_not(start_gateway, tmp_path):
    record = Record(tmp_path / "record.jsonl")
    upstream = RecordingServer(record)
    gateway = start_gateway(
        {"last": {"url": upstream.url, "headers": {"X-Key": "${UPSTREAM_KEY}"}}},
        environment=os.environ | {"UPSTREAM_KEY": "k-123"},
    )
    assert gateway.call("last", "echo").status == 200
    assert dict(record.calls()[0]["headers"])["X-Key"] == "k-123"
    assert "k-123" not in gateway.log_text()
    upstream.close()


def test_a_local_server_gets_only_its_configured_environment(start_gateway, tmp_path):
    command = [python(), RECORDER, "stdio", "--record", str(tmp_path / "record.jsonl")]
    gateway = start_gateway(
        {"last": {"command": command, "environment": {"AWS_REGION": "eu-north-1"}}},
        environment=os.environ | {"GATEHOUSE_SECRET": "do-not-tell", "AWS_SECRET_ACCESS_KEY": "abc"},
    )
    told = gateway.call("last", "environment").text
    assert "'AWS_REGION': 'eu-north-1'" in told
    for secret in ("do-not-tell", "GATEHOUSE_SECRET", "AWS_SECRET_ACCESS_KEY"):
        assert secret not in told


def test_what_an_agent_writes_cannot_forge_a_log_line_or_an_audit_row(stack):
    forged = 'x\n{"kind":"decision","outcome":"allowed","tool":"wipe"}\r\x1b[2J\u2028'
    with stack.gateway.one_entry("last") as entry:
        stack.gateway.call("last", forged)
    assert entry["outcome"] == "not_visible"
    assert json.dumps(entry["tool"]) == json.dumps(forged)
    assert "\x1b[2J" not in stack.gateway.log_text()
