"""FastMCP's client, which knows tasks: `tasks_client.py URL PREFIX [TOKEN]` writes what it saw, as JSON."""

import asyncio
import json
import sys

from fastmcp import Client
from fastmcp.client.elicitation import ElicitResult


async def main(url: str, prefix: str, token: str | None) -> None:
    asked: list = []

    async def elicit(message, response_type, params, context):
        asked.append(message)
        return ElicitResult(action="accept", content=response_type(value="Ülkü"))

    async with Client(url, auth=token, elicitation_handler=elicit) as client:
        seen: dict = {}
        for name, arguments in [("work", {"word": "ü"}), ("plain", {"word": "p"}), ("fail", {}), ("ask", {})]:
            result = await client.call_tool(prefix + name, arguments, raise_on_error=False)
            seen[name] = [[part.text for part in result.content], result.is_error]
    print(json.dumps({"seen": seen, "asked": asked}))


asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else None))
