"""A gateway with nothing configured: its console, its interface, its commands."""

import html
import http.client
import json
import re
import signal
import subprocess
import urllib.parse
from contextlib import asynccontextmanager
from pathlib import Path

from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client

from .programs import GATEHOUSE, free_port, stop, wait_until


class ManagedGateway:
    """`gatehouse serve` on a data folder of its own, with no configuration file."""

    def __init__(self, folder: Path, *arguments: str):
        self.folder, self.data, self.arguments = folder, folder / "data", arguments
        self.port, self.console = free_port(), free_port()
        self.out, self.log = folder / "out.txt", folder / "gateway.log"
        self.process: subprocess.Popen | None = None

    def start(self, **environment: str) -> "ManagedGateway":
        self.folder.mkdir(parents=True, exist_ok=True)
        # One that was killed left its own behind.
        (self.data / "console.json").unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [
                GATEHOUSE,
                "serve",
                *("--listen", f"127.0.0.1:{self.port}"),
                *("--console-listen", f"127.0.0.1:{self.console}"),
                *("--data", str(self.data)),
                *self.arguments,
            ],
            cwd=self.folder,
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.folder)} | environment,
            stdin=subprocess.DEVNULL,
            stdout=self.out.open("wb"),
            stderr=self.log.open("ab"),
        )
        try:
            wait_until((self.data / "console.json").exists, lambda: f"the console's start\n{self.log_text()}")
        except BaseException:
            self.stop(signal.SIGKILL)
            raise
        return self

    def stop(self, number: int = signal.SIGTERM) -> int:
        return stop(self.process, number)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    def log_text(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def link(self) -> str:
        """The path of the link that the first start prints."""
        text = wait_until(lambda: self.out.read_text().rpartition("\n")[0], "the sign-up link")
        return urllib.parse.urlparse(text.split()[-1]).path

    # --- commands ---

    def run(self, *arguments: str, fails: bool = False) -> str:
        ended = subprocess.run(
            [GATEHOUSE, *arguments],
            capture_output=True,
            text=True,
            timeout=120,
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "GATEHOUSE_DATA": str(self.data)},
            cwd=self.folder,
        )
        assert (ended.returncode != 0) == fails, f"{arguments} ended {ended.returncode}: {ended.stdout}{ended.stderr}"
        return ended.stderr if fails else ended.stdout

    # --- the interface ---

    def ask(self, method: str, path: str, body=None, token: str | None = None, **headers: str):
        """Status and JSON of one request; the token is the machine's own unless given."""
        if token is None:
            token = json.loads((self.data / "console.json").read_text())["token"]
        connection = http.client.HTTPConnection("127.0.0.1", self.console, timeout=60)
        given = {"authorization": f"Bearer {token}"} | {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            given.setdefault("content-type", "application/json")
            body = body if isinstance(body, (bytes, str)) else json.dumps(body)
        connection.request(method, "/api/v1" + path, body, given)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, json.loads(text) if text else None

    # --- the data port ---

    def url(self, server: str) -> str:
        return f"http://127.0.0.1:{self.port}/mcp/{server}"

    @asynccontextmanager
    async def client(self, server: str, token: str, mode: str = "auto"):
        async with create_mcp_http_client(headers={"Authorization": f"Bearer {token}"}) as http_client:
            transport = streamable_http_client(self.url(server), http_client=http_client)
            async with Client(transport, mode=mode) as client:
                yield client

    def status(self, server: str, token: str, session: str | None = None) -> int:
        """The status of a call with this token."""
        return self._send("POST", server, token, session, {"id": 1, "method": "tools/list", "params": {}}).status

    def open_session(self, server: str, token: str) -> str:
        """The id of a new session of the handshake era."""
        about = {
            "protocolVersion": "2025-11-25",
            "capabilities": {},
            "clientInfo": {"name": "journey", "version": "1"},
        }
        answer = self._send("POST", server, token, None, {"id": 1, "method": "initialize", "params": about})
        assert answer.status == 200, answer.read()
        session = answer.headers["mcp-session-id"]
        assert self._send("POST", server, token, session, {"method": "notifications/initialized"}).status == 202
        return session

    def open_stream(self, server: str, token: str, session: str) -> http.client.HTTPResponse:
        """The session's own stream; reading it whole ends when the stream does."""
        answer = self._send("GET", server, token, session, None)
        assert answer.status == 200
        return answer

    def send(self, method: str, server: str, token: str, message: dict | None):
        """The answer to one message outside any session."""
        return self._send(method, server, token, None, message)

    def _send(self, method: str, server: str, token: str, session: str | None, message: dict | None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"authorization": f"Bearer {token}", "accept": "text/event-stream"}
        if message is not None:
            headers |= {"content-type": "application/json", "accept": "application/json, text/event-stream"}
        if session is not None:
            headers |= {"mcp-session-id": session, "mcp-protocol-version": "2025-11-25"}
        body = None if message is None else json.dumps({"jsonrpc": "2.0"} | message)
        connection.request(method, f"/mcp/{server}".rstrip("/"), body, headers)
        return connection.getresponse()


class Browser:
    """A browser without scripts: keeps cookies, fills in forms."""

    def __init__(self, port: int):
        self.port, self.cookies = port, {}

    def request(self, method: str, path: str, form: dict | None = None, **headers: str):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            given["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            given.setdefault("content-type", "application/x-www-form-urlencoded")
            given.setdefault("origin", f"http://127.0.0.1:{self.port}")
        connection.request(method, path, body, given)
        answer = connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("set-cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            assert "HttpOnly" in cookie and "SameSite=Lax" in cookie, cookie
            self.cookies[name] = value
        connection.close()
        return answer.status, answer.headers, text

    def form_token(self, path: str) -> str:
        status, _, text = self.request("GET", path)
        assert status == 200, text
        return html.unescape(re.search(r'name="form" value="([^"]*)"', text)[1])

    def send(self, path: str, page: str | None = None, **fields: str):
        """Fills in the form of a page and sends it."""
        return self.request("POST", path, {"form": self.form_token(page or path)} | fields)
