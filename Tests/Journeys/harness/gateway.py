"""A gateway under test: its files, its process, its audit trail and ways to talk to it."""

import hashlib
import json
import secrets
import signal
import ssl
import subprocess
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client

from . import wire, words
from .programs import GATEHOUSE, free_port, gatehouse, stop, wait_until

STACK = ""  # in the place of a server's name: the one address of all servers of the grant


class Gateway:
    """`gatehouse serve` with the servers and policies given; one grant named `journey` holds them all.

    A server is given as in gatehouse.yaml; a policy as a document, under the same name as its server.
    """

    def __init__(self, folder: Path, servers: dict, policies: dict, trust: ssl.SSLContext | None = None, **settings):
        self.folder, self.servers, self.settings, self.tls = folder, servers, settings, trust
        self.token = "ghs_" + secrets.token_urlsafe(32)
        self.port = free_port()
        self.data = folder / "data"
        self.log = folder / "gateway.log"
        self.process: subprocess.Popen | None = None
        self._last_fence = None
        folder.mkdir(parents=True, exist_ok=True)
        for name, policy in policies.items():
            self.write_policy(name, policy)
        self.write_configuration()

    @property
    def token_digest(self) -> str:
        return hashlib.sha256(self.token.encode()).hexdigest()

    # --- files ---

    def write_policy(self, name: str, policy) -> None:
        text = policy if isinstance(policy, str) else json.dumps(policy, ensure_ascii=False)
        self._replace(f"{name}.yaml", text)

    def write_configuration(self, **changes) -> None:
        configuration = (
            {
                "listen": f"127.0.0.1:{self.port}",
                "data": str(self.data),
                "servers": {name: {"accept": "initial"} | server for name, server in self.servers.items()},
                "console": "off",
                "policies": {name: f"{name}.yaml" for name in self.servers},
                "grants": [
                    {
                        "label": "journey",
                        "token_sha256": self.token_digest,
                        "servers": {name: name for name in self.servers},
                    }
                ],
            }
            | self.settings
            | changes
        )
        self._replace("gatehouse.yaml", json.dumps(configuration, indent=2))

    def _replace(self, name: str, text: str) -> None:
        """Swaps a file whole, as editors and deployments do."""
        beside = self.folder / f".{name}.new"
        beside.write_text(text, encoding="utf-8")
        beside.replace(self.folder / name)

    # --- process ---

    def start(self, **options) -> "Gateway":
        self.process = subprocess.Popen(
            [GATEHOUSE, "serve", "--config", "gatehouse.yaml"],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self.log.open("ab"),
            **options,
        )
        wait_until(self._lives, lambda: f"the gateway's start\n{self.log_text()}")
        return self

    def _lives(self) -> bool:
        assert self.process.poll() is None, f"the gateway ended at start:\n{self.log_text()}"
        try:
            answer = self.get("/livez")
            return answer is not None and answer.status == 200
        except OSError:
            return False

    def stop(self, number: int = signal.SIGTERM) -> None:
        stop(self.process, number)

    def restart(self, number: int = signal.SIGTERM) -> None:
        self.stop(number)
        self.start()

    def log_text(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    # --- talking to it ---

    @property
    def address(self) -> tuple[str, int]:
        return ("127.0.0.1", self.port)

    def url(self, server: str) -> str:
        return f"http://127.0.0.1:{self.port}{self.path(server)}"

    @staticmethod
    def path(server: str) -> str:
        return f"/mcp/{server}" if server else "/mcp"

    def connect(self) -> wire.Connection:
        return wire.Connection(self.address, self.tls)

    def get(self, path: str) -> wire.Response | None:
        with self.connect() as connection:
            connection.send(wire.head(path, [("Host", f"127.0.0.1:{self.port}")], "GET"))
            return connection.receive()

    def headers(self, method: str | None = "tools/call", name: str | None = None, **changes) -> list[tuple[str, str]]:
        """The headers of a right request of the current era; None in `changes` leaves one out."""
        usual = {
            "Host": f"127.0.0.1:{self.port}",
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
            "MCP-Protocol-Version": wire.MODERN,
            "Mcp-Method": method,
            "Mcp-Name": name,
        } | {key.replace("_", "-"): value for key, value in changes.items()}
        return [(key, value) for key, value in usual.items() if value is not None]

    def session_headers(self, session: str, version: str = "2025-11-25") -> list[tuple[str, str]]:
        """The headers of a right request in a session of the handshake eras."""
        return self.headers(None, **{"MCP-Protocol-Version": version, "Mcp-Session-Id": session})

    def delete(self, server: str, headers: list[tuple[str, str]]) -> wire.Response | None:
        with self.connect() as connection:
            connection.send(wire.head(self.path(server), headers, "DELETE"))
            return connection.receive()

    def post(self, server: str, body: bytes, headers: list[tuple[str, str]]) -> wire.Response | None:
        headers = headers + [("Content-Length", str(len(body)))]
        with self.connect() as connection:
            connection.send(wire.head(self.path(server), headers) + body)
            return connection.receive()

    def call(self, server: str, tool: str, arguments: dict | None = None, **changes) -> wire.Response:
        """One `tools/call` of the current era, as a right client sends it."""
        name = wire.header_value(tool)
        answer = self.post(server, wire.call_body(tool, arguments), self.headers(name=name, **changes))
        assert answer is not None, f"no answer:\n{self.log_text()}"
        return answer

    def tools(self, server: str) -> list[str]:
        answer = self.post(server, wire.call_body(None, method="tools/list"), self.headers("tools/list"))
        return [tool["name"] for tool in answer.result["tools"]]

    def open_session(self, server: str, version: str = "2025-11-25") -> str:
        """The id of a session of the handshake eras, opened as a right client does."""
        headers = self.headers(None, **{"MCP-Protocol-Version": None})
        body = {
            "jsonrpc": "2.0",
            "id": 0,
            "method": "initialize",
            "params": {
                "protocolVersion": version,
                "capabilities": {},
                "clientInfo": {"name": "journey", "version": "1"},
            },
        }
        answer = self.post(server, json.dumps(body).encode(), headers)
        session = answer.headers["mcp-session-id"]
        assert answer.result["protocolVersion"] == version, answer
        headers = self.session_headers(session, version)
        answer = self.post(server, b'{"jsonrpc":"2.0","method":"notifications/initialized"}', headers)
        assert answer.status == 202, answer
        return session

    @asynccontextmanager
    async def client(self, server: str, mode: str = "auto", **options):
        """The official client, connected with the grant's token."""
        headers = {"Authorization": f"Bearer {self.token}"}
        async with create_mcp_http_client(headers=headers) as http:
            async with Client(streamable_http_client(self.url(server), http_client=http), mode=mode, **options) as it:
                yield it

    # --- audit trail ---

    def audit(self) -> list[dict]:
        """One entry for each call, newest first."""
        listed = gatehouse("audit", "list", "--data", str(self.data), "--json")
        assert listed.returncode == 0, listed.stderr
        return words.one_per_call(json.loads(listed.stdout))

    def fence(self, server: str) -> list[dict]:
        """Lets one harmless call through and returns the entries newer than the fence before, without this one."""
        nonce = secrets.token_hex(4)
        assert self.call(server, "fence", {"nonce": nonce}).status == 200
        digest = hashlib.sha256(f'{{"nonce":"{nonce}"}}'.encode()).hexdigest()

        def entries():
            # This very fence: others are about too. What came after it belongs to the next one.
            listed = self.audit()
            at = next((at for at, e in enumerate(listed) if words.field(e, "argumentsDigest") == digest), None)
            return None if at is None else listed[at:]

        listed = wait_until(entries, "the fence's audit entry")
        last, since = self._last_fence, []
        self._last_fence = words.field(listed[0], "request")
        for entry in listed:
            if words.field(entry, "request") == last:
                break
            if words.field(entry, "tool") != "fence":
                since.append(entry)
        return since

    @contextmanager
    def one_entry(self, server: str):
        """The scope's one request must leave exactly one audit entry; the yielded dict is it afterwards."""
        self.fence(server)
        entry: dict = {}
        yield entry
        since = self.fence(server)
        assert len(since) == 1, f"one audit entry expected, found {since}"
        entry.update(since[0])
