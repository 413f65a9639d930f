"""What the recording server says to each message, the same for every transport.

`Conversation.answer` returns the JSON-RPC answer, or None for a notification; progress goes out through `notify`.
"""

import os
import threading

from .reading import messages, name_of
from .record import Record
from .tools import NAMES, TOOLS

MODERN, LATEST_LEGACY = "2026-07-28", "2025-11-25"
LEGACY = ("2025-03-26", "2025-06-18", LATEST_LEGACY)
STEP = 0.05  # seconds one step of `slow` takes
KEPT = 65_536  # bytes of a message that the record keeps


class Conversation:
    def __init__(self, record: Record, personality: str, era: str):
        self.record, self.personality, self.era = record, personality, era
        self._cancelled: set[str] = set()
        self._lock = threading.Lock()

    def read(self, raw: bytes, **wire) -> list[dict]:
        """Writes down what came and returns the messages this server finds in it."""
        found = [message for message in messages(raw, self.personality) if isinstance(message, dict)]
        text = raw[:KEPT].decode("latin-1")
        for message in found:
            params = message.get("params")
            params = params if isinstance(params, dict) else {}
            self.record.write(
                method=message.get("method"),
                id=message.get("id"),
                tool=name_of(params.get("name"), NAMES, self.personality),
                arguments=params.get("arguments"),
                meta=params.get("_meta"),
                raw=text,
                **wire,
            )
            if message.get("method") == "notifications/cancelled":
                with self._lock:
                    self._cancelled.add(repr(params.get("requestId")))
        if not found:
            self.record.write(method=None, raw=text, **wire)
        return found

    def answer(self, message: dict, notify=lambda message: None, gone=lambda: False) -> dict | None:
        if "id" not in message:
            return None
        method, params = message.get("method"), message.get("params")
        params = params if isinstance(params, dict) else {}
        if method == "server/discover" and self.era == "modern":
            result = {"supportedVersions": [MODERN], "capabilities": {"tools": {}}, **self._cacheable()}
        elif method == "initialize" and self.era == "legacy":
            asked = params.get("protocolVersion")
            result = {
                "protocolVersion": asked if asked in LEGACY else LATEST_LEGACY,
                "capabilities": {"tools": {}},
                "serverInfo": {"name": "recorder", "version": "1"},
            }
        elif method == "tools/list":
            result = {"tools": TOOLS, **self._cacheable()}
        elif method == "tools/call":
            return self._call(message, params, notify, gone)
        elif method == "ping" and self.era == "legacy":
            result = {}
        elif method == "initialize":
            return _error(
                message,
                -32022,
                "Unsupported protocol version",
                {"supported": [MODERN], "requested": params.get("protocolVersion")},
            )
        else:
            # Servers of the handshake eras answer the era probe so (and not with -32601).
            return _error(message, -32602 if method == "server/discover" else -32601, f"unknown: {method}")
        return self.result(message, result)

    def _call(self, message, params, notify, gone) -> dict | None:
        arguments = params.get("arguments")
        arguments = arguments if isinstance(arguments, dict) else {}
        tool = name_of(params.get("name"), NAMES, self.personality)
        if tool == "slow":
            token = (params.get("_meta") or {}).get("progressToken")
            steps = int(arguments.get("steps", 3))
            for step in range(1, steps + 1):
                if gone() or self._is_cancelled(message["id"]):
                    self.record.write(event="cancelled", tool=tool, id=message["id"], step=step)
                    return None
                if token is not None:
                    notify(
                        {
                            "jsonrpc": "2.0",
                            "method": "notifications/progress",
                            "params": {"progressToken": token, "progress": step, "total": steps},
                        }
                    )
                threading.Event().wait(STEP)
            self.record.write(event="finished", tool=tool, id=message["id"])
        text = repr(dict(os.environ)) if tool == "environment" else repr(arguments)
        return self.result(message, {"content": [{"type": "text", "text": f"{tool}: {text}"}], "isError": False})

    def _is_cancelled(self, request_id) -> bool:
        with self._lock:
            return repr(request_id) in self._cancelled

    def result(self, message: dict, result: dict) -> dict:
        if self.era == "modern":
            result = {"resultType": "complete", **result}
        return {"jsonrpc": "2.0", "id": message["id"], "result": result}

    def _cacheable(self) -> dict:
        return {"ttlMs": 0, "cacheScope": "public"} if self.era == "modern" else {}


def _error(message: dict, code: int, text: str, data=None) -> dict:
    error = {"code": code, "message": text} | ({"data": data} if data is not None else {})
    return {"jsonrpc": "2.0", "id": message["id"], "error": error}
