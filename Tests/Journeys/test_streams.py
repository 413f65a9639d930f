"""Progress and cancellation pass through, for clients and servers of either era in any combination."""

import json

import anyio
import pytest

from harness import wire
from recording.tools import NAMES

pairs = pytest.mark.parametrize(
    "mode, upstream", [(mode, upstream) for mode in ("auto", "legacy") for upstream in ("stack", "legacy_stack")]
)


@pytest.mark.anyio
@pairs
async def test_every_client_lists_and_calls_every_server(request, mode, upstream):
    stack = request.getfixturevalue(upstream)
    async with stack.gateway.client("last", mode) as client:
        assert client.protocol_version == ("2026-07-28" if mode == "auto" else "2025-11-25")
        tools = (await client.list_tools()).tools
        assert {tool.name for tool in tools} < set(NAMES) and "wipe" not in [tool.name for tool in tools]
        result = await client.call_tool("echo", {"text": "hello"})
        assert result.content[0].text == "echo: {'text': 'hello'}" and not result.is_error


@pytest.mark.anyio
@pairs
async def test_progress_reaches_the_client_in_order(request, mode, upstream):
    stack = request.getfixturevalue(upstream)
    told = []

    async def progress(done, total, message):
        told.append((done, total))

    async with stack.gateway.client("last", mode) as client:
        result = await client.call_tool("slow", {"steps": 4}, progress_callback=progress)
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)] and not result.is_error


@pytest.mark.anyio
@pairs
async def test_a_client_that_cancels_ends_the_servers_work(request, mode, upstream):
    stack = request.getfixturevalue(upstream)
    record, seen = stack.records["last"], len(stack.records["last"].events("cancelled"))
    began = anyio.Event()

    async def progress(done, total, message):
        began.set()

    async with stack.gateway.client("last", mode) as client:
        async with anyio.create_task_group() as tasks:

            async def call() -> None:
                await client.call_tool("slow", {"steps": 400}, progress_callback=progress)

            tasks.start_soon(call)
            with anyio.fail_after(20):
                await began.wait()
            tasks.cancel_scope.cancel()
        await anyio.to_thread.run_sync(lambda: record.wait_for(lambda r: r.events("cancelled")[seen:]))
        assert "after" in (await client.call_tool("echo", {"text": "after"})).content[0].text


def test_a_client_of_the_current_era_that_hangs_up_ends_the_servers_work(stack):
    record, gateway = stack.records["last"], stack.gateway
    seen = len(record.events("cancelled"))
    body = json.loads(wire.call_body("slow", {"steps": 400}))
    body["params"]["_meta"] = wire.META | {"progressToken": "p"}
    body = json.dumps(body).encode()
    with gateway.connect() as connection:
        connection.send(
            wire.head("/mcp/last", gateway.headers(name="slow") + [("Content-Length", str(len(body)))]) + body
        )
        record.wait_for(lambda r: [c for c in r.calls() if c["tool"] == "slow"])
    record.wait_for(lambda r: r.events("cancelled")[seen:])


def test_one_client_cannot_cancel_anothers_call(stack):
    """A cancellation posted with another's request id is taken and does nothing."""
    gateway, record = stack.gateway, stack.records["last"]
    first, second = gateway.open_session("last"), gateway.open_session("last")
    finished = len(record.events("finished"))
    body = json.dumps(
        {"jsonrpc": "2.0", "id": 77, "method": "tools/call", "params": {"name": "slow", "arguments": {"steps": 20}}}
    ).encode()
    with gateway.connect() as connection:
        head = wire.head("/mcp/last", gateway.session_headers(first) + [("Content-Length", str(len(body)))])
        before = len(record.calls())
        connection.send(head + body)
        record.wait_for(lambda r: r.calls()[before:])
        cancel = b'{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":77}}'
        assert gateway.post("last", cancel, gateway.session_headers(second)).status == 202
        assert not connection.receive().result["isError"]
    assert len(record.events("finished")) == finished + 1


def test_a_session_belongs_to_its_grant_and_ends_when_deleted(stack):
    gateway = stack.gateway
    session = gateway.open_session("last")
    call = json.dumps(
        {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "echo", "arguments": {"text": "x"}}}
    ).encode()
    assert gateway.post("last", call, gateway.session_headers(session)).status == 200
    assert gateway.post("first", call, gateway.session_headers(session)).status == 404
    assert gateway.post("last", call, gateway.session_headers("0" * 32)).status == 404
    assert gateway.delete("last", gateway.session_headers(session)).status in (200, 202, 204)
    assert gateway.post("last", call, gateway.session_headers(session)).status == 404
