"""A real server of the handshake eras over HTTP, in both its transports: mcp-proxy before the SQLite server."""

import socket
import subprocess

import pytest
from mcp import Client, MCPError
from mcp.client.sse import sse_client

from harness import words
from harness.gateway import Gateway
from harness.programs import free_port, program, stop, wait_until

POLICY = r"""
version: "1"
default: allow
hide: [create_table]
tools:
  write_query:
    deny_if:
      - conditions: [{ path: args.query, op: regex, value: '(?i)\b(drop|delete)\b' }]
        on_deny: Rows stay.
"""


@pytest.fixture(scope="module", params=["mcp", "sse"])
def proxy(request, tmp_path_factory) -> str:
    """The SQLite server, which speaks stdio, behind mcp-proxy, which speaks Streamable HTTP, and HTTP with SSE."""
    port, folder = free_port(), tmp_path_factory.mktemp("proxied")
    server = [program("mcp-server-sqlite", "legacy"), "--db-path", str(folder / "journey.db")]
    process = subprocess.Popen(
        [program("mcp-proxy", "legacy"), "--host", "127.0.0.1", "--port", str(port), "--", *server],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=(folder / "log").open("wb"),
    )
    wait_until(lambda: accepts(port), "mcp-proxy to listen")
    yield f"http://127.0.0.1:{port}/{request.param}"
    stop(process)


def accepts(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        return True
    except OSError:
        return False


@pytest.fixture(scope="module")
def gateway(proxy, folder):
    gateway = Gateway(folder / proxy.rpartition("/")[2], {"sqlite": {"url": proxy}}, {"sqlite": POLICY})
    gateway.start()
    yield gateway
    gateway.stop()


@pytest.mark.anyio
@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_it_is_governed_like_any_other_for_clients_of_both_eras(proxy, gateway, mode):
    async with Client(sse_client(proxy) if proxy.endswith("/sse") else proxy, mode="legacy") as direct:
        alone = [tool.model_dump() for tool in (await direct.list_tools()).tools]
        await direct.call_tool("create_table", {"query": "CREATE TABLE IF NOT EXISTS t (n INTEGER)"})
        await direct.call_tool("write_query", {"query": "INSERT INTO t VALUES (1)"})
        async with gateway.client("sqlite", mode) as client:
            listed = [tool.model_dump() for tool in (await client.list_tools()).tools]
            assert listed == [tool for tool in alone if tool["name"] != "create_table"]
            with pytest.raises(MCPError) as refusal:
                await client.call_tool("create_table", {"query": "CREATE TABLE u (n INTEGER)"})
            assert refusal.value.code == words.INVALID_PARAMS
            for query in ("DELETE FROM t", "delete\nfrom t", "DROP TABLE t", ["DELETE FROM t"]):
                denied = await client.call_tool("write_query", {"query": query})
                assert denied.is_error and denied.content[0].text == words.DENIED + "Rows stay."
            read = {"query": "SELECT count(*) AS n, 'ü' AS u FROM t"}
            through, straight = await client.call_tool("read_query", read), await direct.call_tool("read_query", read)
            assert through.content[0].text == straight.content[0].text and "ü" in through.content[0].text
