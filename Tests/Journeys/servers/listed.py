"""A stdio server of the handshake era whose tools are those of a file; says so when the file changes: `listed.py FILE`."""

import json
import sys
import threading
import time
from pathlib import Path

FILE = Path(sys.argv[1])
WRITING = threading.Lock()


def write(message: dict) -> None:
    with WRITING:
        print(json.dumps({"jsonrpc": "2.0"} | message), flush=True)


def watch() -> None:
    seen = FILE.read_bytes()
    while True:
        time.sleep(0.05)
        if (now := FILE.read_bytes()) != seen:
            seen = now
            write({"method": "notifications/tools/list_changed"})


def answer(method: str, params: dict) -> dict:
    if method == "initialize":
        about = {"name": "listed", "version": "1"}
        capabilities = {"tools": {"listChanged": True}}
        return {"protocolVersion": "2025-11-25", "capabilities": capabilities, "serverInfo": about}
    if method == "tools/list":
        return {"tools": json.loads(FILE.read_text())}
    if method == "tools/call":
        return {"content": [{"type": "text", "text": params["name"]}]}
    return {}


threading.Thread(target=watch, daemon=True).start()
for line in sys.stdin:
    message = json.loads(line)
    if message.get("method") == "server/discover":
        write({"id": message["id"], "error": {"code": -32601, "message": "not found"}})
    elif "id" in message:
        write({"id": message["id"], "result": answer(message["method"], message.get("params") or {})})
