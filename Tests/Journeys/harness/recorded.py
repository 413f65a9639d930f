"""The gateway before recording servers, under a policy that denies in every way there is."""

import secrets
import time
from pathlib import Path

from recording.http import RecordingServer
from recording.record import Record
from recording.tools import COMPOSED, DECOMPOSED

from .gateway import Gateway

POLICY = {
    "version": "1",
    "description": "The journeys' policy for the recording server.",
    "default": "deny",
    "hide": ["wipe", DECOMPOSED],
    "tools": {
        "fence": {},
        "echo": {},
        "slow": {},
        "environment": {},
        "misbehave": {},
        COMPOSED: {},
        "drop": {"action": "deny", "reason": "Nothing is dropped here."},
        "read_file": {
            "deny_if": [
                {
                    "conditions": [{"path": "args.path", "op": "contains", "value": "/etc/"}],
                    "on_deny": "Not from there.",
                }
            ]
        },
        "counted": {"rate_limit": {"max": 10, "window": 60}},
    },
}
VISIBLE = sorted(POLICY["tools"])


class RecordedGateway:
    """`servers`: name → (personality, era), each an HTTP recording server with a record of its own.

    `server_settings` are those of every server in gatehouse.yaml.
    """

    def __init__(self, folder: Path, servers: dict[str, tuple[str, str]], **server_settings):
        self.records = {name: Record(folder / f"{name}.jsonl") for name in servers}
        self.upstreams = {
            name: RecordingServer(self.records[name], personality, era) for name, (personality, era) in servers.items()
        }
        self.gateway = Gateway(
            folder,
            {name: {"url": upstream.url} | server_settings for name, upstream in self.upstreams.items()},
            {name: POLICY for name in servers},
        )

    def __enter__(self) -> "RecordedGateway":
        self.gateway.start()
        return self

    def __exit__(self, *_) -> None:
        self.gateway.stop()
        for upstream in self.upstreams.values():
            upstream.close()
        for record in self.records.values():
            self._holds_what_must_always_hold(record)

    def reached(self, server: str, scope) -> list[dict]:
        """The calls that reach `server` because of `scope()`, told from a mark that is let through after it."""
        before = len(self.records[server].entries())
        scope()
        nonce = secrets.token_hex(8)
        assert self.gateway.call(server, "fence", {"nonce": nonce}).status == 200
        deadline = time.monotonic() + 10
        while True:
            since = self.records[server].entries()[before:]
            if any((entry.get("arguments") or {}).get("nonce") == nonce for entry in since if "method" in entry):
                return [e for e in since if e.get("method") == "tools/call" and e.get("tool") != "fence"]
            assert time.monotonic() < deadline, "the fence never reached the server"
            time.sleep(0.01)

    def _holds_what_must_always_hold(self, record: Record) -> None:
        """Whatever the journeys did: no token of a client went on, and mirrored headers tell the truth."""
        assert self.gateway.token not in record.path.read_text(), "a client's token reached a server"
        for entry in record.entries():
            headers = [(name.lower(), value) for name, value in entry.get("headers", [])]
            for name in ("mcp-name", "mcp-method", "mcp-protocol-version", "content-length", "authorization"):
                assert sum(header == name for header, _ in headers) <= 1, f"{name} was sent twice: {headers}"
            if (method := dict(headers).get("mcp-method")) is not None:
                assert method == entry["method"], f"mirrored method differs from the body: {entry}"
