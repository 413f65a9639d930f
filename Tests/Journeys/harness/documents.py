"""An HTTPS server on loopback with one JSON document at each path."""

import http.server
import json
import ssl
import threading
from pathlib import Path


class Documents:
    def __init__(self, certificate: Path):
        """`certificate` holds `certificate.pem` and `key.pem`."""
        self.held: dict[str, bytes] = {}
        self.asked: list[str] = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                body = outer.held.get(self.path)
                self.send_response(404 if body is None else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate / "certificate.pem", certificate / "key.pem")
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def origin(self) -> str:
        return f"https://localhost:{self.server.server_port}"

    def put(self, path: str, **members) -> str:
        """Publishes a client's document; its address."""
        address = self.origin + path
        self.held[path] = json.dumps({"client_id": address} | members).encode()
        return address

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
