"""The agent of the demo: the official MCP client, telling what it tries and what comes of it."""

import json
from contextlib import asynccontextmanager

from mcp import Client, MCPError
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client


class Agent:
    def __init__(self, url: str = "", token: str = "", command: str = "", environment: dict | None = None):
        self._url, self._token, self._command, self._environment = url, token, command, environment
        self.calls = self.claims = self.broken = 0

    async def run(self, story, *arguments) -> None:
        async with self._connected() as self._client:
            await story(self, *arguments)

    @asynccontextmanager
    async def _connected(self):
        if self._command:
            parameters = StdioServerParameters(command=self._command, args=["--allow-write"], env=self._environment)
            with open("/dev/null", "w") as quiet:
                async with Client(stdio_client(parameters, errlog=quiet)) as client:
                    yield client
        else:
            async with create_mcp_http_client(headers={"Authorization": f"Bearer {self._token}"}) as http:
                async with Client(streamable_http_client(self._url, http_client=http)) as client:
                    yield client

    async def tools(self) -> list[str]:
        return [tool.name for tool in (await self._client.list_tools()).tools]

    async def call(self, name: str, **arguments) -> str:
        """What the agent is told: the result's text, or the protocol's error."""
        self.calls += 1
        try:
            result = await self._client.call_tool(name, arguments)
        except MCPError as error:
            return f"error {error.code}: {error.message}"
        return "\n".join(part.text for part in result.content if part.type == "text")

    # --- telling ---

    def tell(self, tried: str, came: str, claim: bool) -> None:
        print(f"\nagent  {tried}\n  {self._mark(claim)} {_shortened(came)}", flush=True)

    def aws_says(self, fact: str, claim: bool) -> None:
        print(f"  {self._mark(claim)} AWS: {fact}", flush=True)

    def _mark(self, claim: bool) -> str:
        self.claims += 1
        self.broken += not claim
        return "→" if claim else "✗ not as claimed:"


def _shortened(text: str) -> str:
    """The text on one line; of a JSON answer the message."""
    try:
        text = json.loads(text)["Message"]
    except (ValueError, KeyError, TypeError):
        pass
    line = " ".join(text.split())
    return line if len(line) <= 100 else line[:99] + "…"
