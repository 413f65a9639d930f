"""The recording server over Streamable HTTP, current era (stateless) or handshake eras (with sessions).

It checks nothing it could leave unchecked: mirrored headers may say anything, the body is what counts.
"""

import json
import secrets
import select
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .answers import Conversation
from .misbehaviour import misbehave_over_http
from .record import Record


class RecordingServer(ThreadingHTTPServer):
    """Runs in threads of its own from construction until `close`."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, record: Record, personality: str = "last", era: str = "modern", port: int = 0, tls=None):
        self.record, self.era = record, era
        self.conversation = Conversation(record, personality, era)
        self.sessions: set[str] = set()
        super().__init__(("127.0.0.1", port), _Handler)
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_side=True)
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.server_address[1]}/mcp"
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def join(self) -> None:
        self._thread.join()

    def close(self) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address) -> None:
        """A peer that went away is part of the journeys, not a fault worth a trace."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: RecordingServer

    def log_message(self, *_) -> None:
        pass

    def do_POST(self) -> None:
        raw = self._body()
        found = self.server.conversation.read(
            raw, transport="http", path=self.path, headers=[list(pair) for pair in self.headers.items()]
        )
        if not found:
            return self.send(400, b"not a message")
        if self.server.era == "legacy" and not self._session_is_known(found[0]):
            return self.send(404 if self.headers.get("Mcp-Session-Id") else 400, b"no session")
        for message in found[:1]:
            self._answer(message)
        for message in found[1:]:  # carried out as well, though the answer has nowhere to go
            self.server.conversation.answer(message)

    def do_GET(self) -> None:
        self.send(405, b"", ("Allow", "POST"))

    def do_DELETE(self) -> None:
        self.server.sessions.discard(self.headers.get("Mcp-Session-Id", ""))
        self.server.record.write(event="session ended", session=self.headers.get("Mcp-Session-Id"))
        self.send(200, b"")

    def _answer(self, message: dict) -> None:
        params = message.get("params") if isinstance(message.get("params"), dict) else {}
        if params.get("name") == "misbehave":
            return misbehave_over_http(self, message)
        if params.get("name") == "slow":
            return self._stream(message)
        answer = self.server.conversation.answer(message)
        if answer is None:
            return self.send(202, b"")
        extra = ()
        if message.get("method") == "initialize" and "result" in answer:
            session = secrets.token_hex(8)
            self.server.sessions.add(session)
            extra = ("Mcp-Session-Id", session)
        self.send(200 if "result" in answer else 400, json.dumps(answer).encode(), extra)

    def _stream(self, message: dict) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.flush()

        def event(payload: dict) -> None:
            data = f"event: message\r\ndata: {json.dumps(payload)}\r\n\r\n".encode()
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
            self.wfile.flush()

        try:
            answer = self.server.conversation.answer(message, notify=event, gone=self._peer_is_gone)
            if answer is not None:
                event(answer)
            self.wfile.write(b"0\r\n\r\n")
            self.wfile.flush()
        except OSError:
            self.server.record.write(event="cancelled", tool="slow", id=message.get("id"))
            self.close_connection = True

    def _peer_is_gone(self) -> bool:
        readable, _, _ = select.select([self.connection], [], [], 0)
        if not readable:
            return False
        try:
            return self.connection.recv(1, socket.MSG_PEEK) == b""
        except (OSError, ValueError):
            return True

    def _session_is_known(self, message: dict) -> bool:
        return (
            message.get("method") in ("initialize", "server/discover")
            or self.headers.get("Mcp-Session-Id") in self.server.sessions
        )

    def _body(self) -> bytes:
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            body = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def send(self, status: int, body: bytes, *headers: tuple) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for header in headers:
            if header:
                self.send_header(*header)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
