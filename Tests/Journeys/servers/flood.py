"""A server of either era that says more during one call than anybody should have to hold: SIZE bytes of log messages.

Counts what it could write, and says for how long the present write has been waiting, so that a test sees it slowed. `python -m servers.flood PORT SIZE`."""

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MODERN = "2026-07-28"
LINE = 64 * 1024
written = 0
# When the write that is under way began; None between two.
began: float | None = None
lock = threading.Lock()


class Flood(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    size = 0

    def log_message(self, *_) -> None: ...

    def _answer(self, message: dict | None, **headers: str) -> None:
        body = json.dumps(message).encode() if message is not None else b""
        self.send_response(200 if message is not None else 202)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        if self.path == "/written":
            with lock:
                return self._answer({"written": written, "waiting": time.monotonic() - began if began else 0})
        self.send_response(405)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_DELETE = do_GET

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = {"jsonrpc": "2.0", "id": request.get("id")}
        match request["method"]:
            case "server/discover":
                result = {"resultType": "complete", "supportedVersions": [MODERN], "capabilities": {"tools": {}}}
                self._answer(answer | {"result": result | {"ttlMs": 0, "cacheScope": "private"}})
            case "initialize":
                result = {
                    "protocolVersion": "2025-11-25",
                    "capabilities": {"tools": {}, "logging": {}},
                    "serverInfo": {"name": "flood", "version": "1"},
                }
                self._answer(answer | {"result": result}, Mcp_Session_Id="s")
            case "tools/list":
                tool = {"name": "flood", "inputSchema": {"type": "object"}}
                result = {"tools": [tool], "resultType": "complete", "ttlMs": 0, "cacheScope": "private"}
                self._answer(answer | {"result": result})
            case "tools/call":
                self._flood(answer)
            case _:
                self._answer(None)

    def _flood(self, answer: dict) -> None:
        global written, began
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        for number in range(self.size // LINE):
            data = {"n": number, "text": "x" * LINE}
            message = {"jsonrpc": "2.0", "method": "notifications/message", "params": {"level": "info", "data": data}}
            with lock:
                began = time.monotonic()
            self.wfile.write(b"data: " + json.dumps(message).encode() + b"\n\n")
            with lock:
                written, began = written + LINE, None
        result = {"content": [], "resultType": "complete"}
        self.wfile.write(b"data: " + json.dumps(answer | {"result": result}).encode() + b"\n\n")
        self.close_connection = True


if __name__ == "__main__":
    Flood.size = int(sys.argv[2])
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Flood).serve_forever()
