"""A server written with FastMCP: `fast.py stdio` or `fast.py http` (writes its address as its first line)."""

import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fastmcp import Context, FastMCP  # noqa: E402
from fastmcp.utilities.types import Image  # noqa: E402

from servers.web import serve  # noqa: E402

server = FastMCP("fast", instructions="Fast.", version="2.0.1")


@dataclass
class Sum:
    total: float
    parts: list[float]


@server.tool(tags={"numbers"}, annotations={"readOnlyHint": True})
def add(parts: list[float], scale: int = 1) -> Sum:
    """Adds."""
    return Sum(sum(parts) * scale, parts)


@server.tool
def picture() -> Image:
    """A picture."""
    return Image(data=b"\x89PNG\r\n\x1a\n", format="png")


@server.tool
async def count(to: int, context: Context) -> str:
    """Counts, telling its progress."""
    for number in range(1, to + 1):
        await context.report_progress(number, to, f"at {number}")
    return "counted"


@server.tool
def broken() -> str:
    """Raises."""
    raise ValueError("broken: ü")


@server.tool
def hidden() -> str:
    """The policies of the journeys hide it."""
    return "found"


@server.resource("data://plain", mime_type="application/json")
def plain() -> str:
    """Plain data."""
    return '{"a": 1.0}'


@server.resource("data://{name}/item")
def item(name: str) -> str:
    """One item."""
    return f"item {name}"


@server.prompt
def ask(subject: str, tone: str = "kind") -> str:
    """Asks about something."""
    return f"{subject}, {tone}?"


if __name__ == "__main__":
    if sys.argv[1] == "http":
        serve(server.http_app(path="/mcp"), "/mcp")
    else:
        server.run("stdio", show_banner=False)
