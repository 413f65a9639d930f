"""A server whose calls become tasks, written with FastMCP: `tasks.py` (writes its address as its first line)."""

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import mcp_types as types  # noqa: E402
from fastmcp import Context, FastMCP  # noqa: E402
from fastmcp.exceptions import ToolError  # noqa: E402
from fastmcp_tasks import TasksExtension  # noqa: E402

from servers.web import serve  # noqa: E402

SCHEMA = {"type": "object", "properties": {"value": {"type": "string"}}, "required": ["value"]}
server = FastMCP("tasks", version="1.0.0")
server.add_extension(TasksExtension())


@server.tool(task=True)
async def work(word: str) -> str:
    """Works for a little while."""
    await asyncio.sleep(0.2)
    return f"worked on {word}"


@server.tool(task=True)
async def wait(word: str) -> str:
    """Waits until it is taken back."""
    await asyncio.sleep(600)
    return word


@server.tool(task=True)
async def fail() -> str:
    """Fails."""
    raise ToolError("it went wrong")


@server.tool(task=True)
async def ask(context: Context) -> str:
    """Asks somebody."""
    if answer := (context.input_responses or {}).get("who"):
        return f"{answer.action}: {answer.content}"
    question = {"method": "elicitation/create", "params": {"message": "who?", "requestedSchema": SCHEMA}}
    return types.InputRequiredResult.model_validate({"inputRequests": {"who": question}})


@server.tool(task=True)
async def hidden() -> str:
    """Is not to be seen."""
    return "seen"


@server.tool
def plain(word: str) -> str:
    """Answers at once."""
    return word


if __name__ == "__main__":
    serve(server.http_app(path="/mcp"), "/mcp")
