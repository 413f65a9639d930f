"""HTTP as bytes: requests no library would send, and every response that comes back."""

import base64
import contextlib
import json
import socket
import ssl
from dataclasses import dataclass

MODERN = "2026-07-28"
META = {
    "io.modelcontextprotocol/protocolVersion": MODERN,
    "io.modelcontextprotocol/clientCapabilities": {},
    "io.modelcontextprotocol/clientInfo": {"name": "journey", "version": "1"},
}


@dataclass
class Response:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self):
        """The JSON-RPC answer, from a JSON body or from the last event of a stream; None without one."""
        text = self.body
        if self.headers.get("content-type", "").startswith("text/event-stream"):
            data = [line[5:].strip() for line in text.splitlines() if line.startswith(b"data:") and line[5:].strip()]
            text = data[-1] if data else b""
        try:
            return json.loads(text)
        except ValueError:
            return None

    @property
    def code(self) -> int | None:
        answer = self.json
        return answer["error"]["code"] if isinstance(answer, dict) and "error" in answer else None

    @property
    def result(self) -> dict:
        assert self.status == 200 and self.json and "result" in self.json, f"not a result: {self}"
        return self.json["result"]

    @property
    def text(self) -> str:
        return "".join(part.get("text", "") for part in self.result["content"])


class Connection:
    """One connection to the gateway; closes with the scope."""

    def __init__(self, address: tuple[str, int], tls: ssl.SSLContext | None = None, seconds: float = 20):
        self._socket = socket.create_connection(address, timeout=seconds)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls:
            self._socket = tls.wrap_socket(self._socket, server_hostname="localhost")
        self._file = self._socket.makefile("rb")

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        self._file.close()
        self._socket.close()

    def send(self, data: bytes) -> None:
        try:
            self._socket.sendall(data)
        except OSError:
            pass  # refused before all of it was read; the answer tells

    def end(self) -> None:
        """Ends both directions; a thread that reads sees the end."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def finish(self) -> None:
        """Tells the peer that nothing more will come, so that it closes when it has answered."""
        try:
            self._socket.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def receive(self) -> Response | None:
        """The next response; None when the connection was closed without one."""
        try:
            line = self._file.readline()
            if not line.startswith(b"HTTP/1."):
                return None
            status, headers = int(line.split()[1]), {}
            while line := self._file.readline().strip():
                name, _, value = line.decode("latin-1").partition(":")
                headers[name.lower()] = value.strip()
            return Response(status, headers, self._body(status, headers))
        except (ConnectionError, ssl.SSLError):
            return None

    def _body(self, status: int, headers: dict[str, str]) -> bytes:
        if status in (202, 204, 304) and "transfer-encoding" not in headers:
            return self._file.read(int(headers.get("content-length", 0)))
        if headers.get("transfer-encoding") == "chunked":
            body = b""
            while size := int(self._file.readline() or b"0", 16):
                body += self._file.read(size)
                self._file.readline()
            self._file.readline()
            return body
        length = headers.get("content-length")
        return self._file.read(int(length)) if length is not None else self._file.read()

    def receive_all(self) -> list[Response]:
        """Every response until the peer closes."""
        answers = []
        while (answer := self.receive()) is not None:
            answers.append(answer)
        return answers


def lines(headers: list[tuple[str, str]]) -> bytes:
    return "\r\n".join(f"{name}: {value}" for name, value in headers).encode()


def head(path: str, headers: list[tuple[str, str]], method: str = "POST") -> bytes:
    return f"{method} {path} HTTP/1.1\r\n".encode() + lines(headers) + b"\r\n\r\n"


def call_body(tool, arguments=None, request_id=1, method: str = "tools/call", **params) -> bytes:
    params = (
        {"name": tool, "arguments": arguments or {}, "_meta": META} | params
        if method == "tools/call"
        else {"_meta": META} | params
    )
    return json.dumps({"jsonrpc": "2.0", "id": request_id, "method": method, "params": params}).encode()


def header_value(text: str) -> str:
    """A tool's name as `Mcp-Name` carries it (SEP-2243: base64 where a plain header could not)."""
    plain = text.isascii() and text.isprintable() and text == text.strip() and not text.startswith("=?base64?")
    return text if plain else f"=?base64?{base64.b64encode(text.encode()).decode()}?="
