"""The columns: the kinds of servers there are, each the fixture server over one transport and in its eras."""

import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from mcp.client.sse import sse_client
from mcp.client.stdio import StdioServerParameters

from harness.programs import HERE, python, stop, wait_until

from .table import ASKING

IN_JSON = {ASKING: "a server that answers in JSON has no stream of the call's own in the handshake eras"}
CURRENT, HANDSHAKE = str(HERE / "servers" / "current.py"), str(HERE / "servers" / "handshake.py")


@dataclass
class Kind:
    command: list[str]
    eras: tuple[str, ...]  # of clients that can do without a gateway
    lacks: dict[str, str] = field(default_factory=dict)  # what not every kind has → why the protocol says so

    @property
    def transport(self) -> str:
        return next(word for word in self.command if word in ("stdio", "http", "sse"))

    @property
    def in_both_eras(self) -> str:
        """The kind that is this one in both eras."""
        return "both eras, stdio" if self.transport == "stdio" else "both eras, HTTP"


KINDS = {
    "modern stdio": Kind([python("client"), CURRENT, "stdio", "--era", "modern"], ("modern",)),
    "both eras, stdio": Kind([python("client"), CURRENT, "stdio"], ("modern", "legacy")),
    "legacy stdio": Kind([python("legacy"), HANDSHAKE, "stdio"], ("legacy",)),
    "modern HTTP": Kind([python("client"), CURRENT, "http", "--era", "modern"], ("modern",)),
    "both eras, HTTP": Kind([python("client"), CURRENT, "http"], ("modern", "legacy")),
    "both eras, HTTP in JSON": Kind([python("client"), CURRENT, "http", "--json"], ("modern", "legacy"), IN_JSON),
    "legacy HTTP": Kind([python("legacy"), HANDSHAKE, "http"], ("legacy",)),
    "legacy HTTP in JSON": Kind([python("legacy"), HANDSHAKE, "http", "--json"], ("legacy",), IN_JSON),
    "legacy SSE": Kind([python("legacy"), HANDSHAKE, "sse"], ("legacy",)),
}


class Listening:
    """A server that listens and writes its address as its first line; runs from construction until `close`."""

    def __init__(self, command: list[str], log: Path):
        self._out = log.with_suffix(".out")
        with self._out.open("wb") as out, log.with_suffix(".err").open("wb") as err:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err)

    @property
    def url(self) -> str:
        def first_line():
            line, end, _ = self._out.read_text().partition("\n")
            return line if end else None

        line = wait_until(first_line, f"the address in {self._out}", 40)
        assert line.startswith("http://"), line
        return line

    def close(self) -> None:
        stop(self._process)


class Upstreams:
    """The kinds named, at once; those over stdio start when a client connects."""

    def __init__(self, folder: Path, names=tuple(KINDS)):
        self._listening = {
            name: Listening(KINDS[name].command, folder / slug(name))
            for name in names
            if KINDS[name].transport != "stdio"
        }
        self.urls = {name: server.url for name, server in self._listening.items()}

    def setting(self, name: str) -> dict:
        """The server in gatehouse.yaml."""
        return {"url": self.urls[name]} if name in self.urls else {"command": KINDS[name].command}

    def target(self, name: str):
        """What the official client connects to without a gateway."""
        if KINDS[name].transport == "sse":
            return sse_client(self.urls[name])
        if name in self.urls:
            return self.urls[name]
        command = KINDS[name].command
        return StdioServerParameters(command=command[0], args=command[1:])

    def close(self) -> None:
        for server in self._listening.values():
            server.close()


def slug(name: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in name.lower())
