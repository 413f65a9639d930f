"""Serves an ASGI application on a free port of the loopback interface."""

import socket

import uvicorn


def serve(application, path: str, port: int = 0) -> None:
    """Writes the address as the first line on standard output, then serves until the process ends."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    listening.listen(256)
    print(f"http://127.0.0.1:{listening.getsockname()[1]}{path}", flush=True)
    settings = uvicorn.Config(application, log_level="warning", timeout_graceful_shutdown=1)
    uvicorn.Server(settings).run([listening])
