"""Servers and clients nobody here wrote: behind the gateway everything they say is what it is without."""

import json
import subprocess
import threading
from contextlib import asynccontextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from mcp import Client, MCPError
from mcp.client.stdio import StdioServerParameters

from harness.gateway import Gateway
from harness.programs import HERE, program, python
from matrix.eyes import Eyes, plain
from matrix.upstreams import HANDSHAKE, Listening
from matrix.views import POLICY

PAGE = b"<html><head><title>T</title></head><body><h1>Gr\xc3\xbcezi</h1><p>one <b>two</b></p></body></html>"
both_modes = pytest.mark.parametrize("mode", ["auto", "legacy"])
pytestmark = pytest.mark.anyio


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        found = self.path != "/robots.txt"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def page():
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/page"
        server.shutdown()


@pytest.fixture(scope="module")
def repository(folder):
    path = folder / "repository"
    path.mkdir()
    (path / "ä b.txt").write_text("one\n")
    git = ["git", "-C", str(path), "-c", "user.name=j", "-c", "user.email=j@example.org"]
    subprocess.run([*git[:3], "init", "-q", "-b", "main"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "first", "--date", "2026-01-01T00:00:00Z"], check=True)
    (path / "ä b.txt").write_text("one\ntwo\n")
    return str(path)


@pytest.fixture(scope="module")
def real(folder, page, repository):
    """Name → (command or address, calls, resources read, prompts got)."""
    fast = Listening([python("servers"), str(HERE / "servers" / "fast.py"), "http"], folder / "fast")
    stdio = [python("servers"), str(HERE / "servers" / "fast.py"), "stdio"]
    sums = [("add", {"parts": [1.5, 2], "scale": 3}), ("add", {"parts": "no"}), ("picture", {}), ("broken", {})]
    prompts = [("ask", {"subject": "ü"}), ("ask", {})]
    reads = ["data://plain", "data://x/item", "data://nowhere/at/all"]
    yield {
        "git": (
            [program("mcp-server-git", "servers"), "--repository", repository],
            [(name, {"repo_path": repository}) for name in ("git_status", "git_diff_unstaged", "git_log")],
            [],
            [],
        ),
        "time": (
            [program("mcp-server-time", "servers"), "--local-timezone", "Europe/Berlin"],
            [("convert_time", {"source_timezone": "Asia/Tokyo", "time": "12:30", "target_timezone": "Asia/Kolkata"})],
            [],
            [],
        ),
        "fetch": (
            [program("mcp-server-fetch", "servers"), "--ignore-robots-txt"],
            [("fetch", {"url": page, "raw": True}), ("fetch", {"url": page, "max_length": 5, "raw": True})],
            [],
            [("fetch", {"url": page})],
        ),
        "sqlite": (
            [program("mcp-server-sqlite", "legacy"), "--db-path", str(folder / "real.db")],
            [
                ("create_table", {"query": "CREATE TABLE IF NOT EXISTS t (n INTEGER)"}),
                ("list_tables", {}),
                ("read_query", {"query": "SELECT 'ü' AS u, 1.0 AS one"}),
                ("read_query", {"query": "nonsense"}),
            ],
            ["memo://insights", "memo://nowhere"],
            [("mcp-demo", {"topic": "birds"})],
        ),
        "fast": (stdio, sums, reads, prompts),
        "fast-http": (fast.url, sums, reads, prompts),
    }
    fast.close()


@pytest.fixture(scope="module")
def gateway(real, folder):
    servers = {
        name: {"url": it} if isinstance(it, str) else {"command": it, "environment": {"PATH": "/usr/bin:/bin"}}
        for name, (it, *_) in real.items()
    }
    gateway = Gateway(folder / "gateway", servers, {name: POLICY for name in servers})
    gateway.start()
    yield gateway
    gateway.stop()


async def view(client: Client, calls: list, reads: list, prompts: list) -> dict:
    eyes = Eyes(governed=True)

    async def seen(awaitable):
        try:
            return plain(await awaitable)
        except MCPError as error:
            return error.code if error.code != -32002 else -32602, error.message

    lists = {
        "tools": client.list_tools,
        "resources": client.list_resources,
        "resource_templates": client.list_resource_templates,
        "prompts": client.list_prompts,
    }
    found: dict = {}
    for name, listing in lists.items():
        try:
            found[name] = [plain(item) for item in getattr(await listing(), name) if item.name != "hidden"]
        except MCPError as error:
            found[name] = error.code
    for name, arguments in calls:
        call = client.call_tool(name, arguments, progress_callback=eyes.on_progress)
        found[f"{name} {arguments}"] = await seen(call)
    for uri in reads:
        found[uri] = await seen(client.read_resource(uri))
    for name, arguments in prompts:
        found[f"prompt {name} {arguments}"] = await seen(client.get_prompt(name, arguments))
    return found | {"progress": eyes.progress}


@asynccontextmanager
async def directly(it, mode: str):
    target = it if isinstance(it, str) else StdioServerParameters(command=it[0], args=it[1:])
    async with Client(target, mode=mode) as client:
        yield client


@both_modes
@pytest.mark.parametrize("name", ["git", "time", "fetch", "sqlite", "fast", "fast-http"])
async def test_lists_results_and_refusals_are_the_servers_own(gateway, real, name, mode):
    it, *uses = real[name]
    async with directly(it, mode) as client:
        expected = await view(client, *uses)
    assert expected["tools"]
    async with gateway.client(name, mode) as client:
        seen = await view(client, *uses)
    for part, value in expected.items():
        assert seen[part] == value, part


@both_modes
async def test_a_client_of_another_make_sees_the_same(folder, mode):
    """FastMCP's client, which knows nothing of the gateway."""
    upstream = Listening([python("legacy"), HANDSHAKE, "http"], folder / "for-fast-client")
    gateway = Gateway(folder / f"fast-client-{mode}", {"fixture": {"url": upstream.url}}, {"fixture": POLICY})
    gateway.start()
    try:
        script = [python("servers"), str(HERE / "servers" / "fast_client.py")]

        def run(*arguments: str) -> dict:
            done = subprocess.run([*script, *arguments], capture_output=True, text=True, timeout=60)
            assert done.returncode == 0, done.stderr[-2000:]
            return json.loads(done.stdout)

        expected = run(upstream.url, "legacy")
        assert len(expected["asked"]) == 4 and len(expected["progress"]) == 4
        assert all(isinstance(seen, list) for seen in expected["calls"].values()), expected["calls"]
        assert run(gateway.url("fixture"), mode, gateway.token) == expected
    finally:
        gateway.stop()
        upstream.close()
