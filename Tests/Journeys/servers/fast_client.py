"""FastMCP's client before the fixture server: `fast_client.py URL MODE [TOKEN]` writes what it saw, as JSON."""

import asyncio
import json
import sys

from fastmcp import Client
from fastmcp.client.elicitation import ElicitResult

CALLS = [
    ("repeat", {"text": "ü"}),
    ("structured", {}),
    ("embedded", {}),
    ("linked", {}),
    ("steps", {"count": 4}),
    ("ask_form", {}),
    ("ask_model", {}),
    ("ask_roots", {}),
    ("ask_again", {"rounds": 2}),
]


async def main(url: str, mode: str, token: str | None) -> None:
    progress: list = []
    asked: list = []

    async def on_progress(done, total, message):
        progress.append([done, total, message])

    async def elicit(message, response_type, params, context):
        asked.append(message)
        return ElicitResult(action="accept", content=response_type(name="é") if "«" in message else {"word": "w"})

    async def sample(messages, params, context):
        asked.append(messages[0].content.text)
        return "sampled"

    client = Client(
        url,
        auth=token,
        mode=mode,
        roots=["file:///r"],
        elicitation_handler=elicit,
        sampling_handler=sample,
        progress_handler=on_progress,
    )
    async with client:
        seen = {
            "tools": [plain(tool) for tool in await client.list_tools() if tool.name != "hidden"],
            "resources": [plain(found) for found in await client.list_resources() if found.name != "hidden"],
            "templates": [plain(found) for found in await client.list_resource_templates()],
            "prompts": [plain(found) for found in await client.list_prompts() if found.name != "hidden"],
            "read": [plain(part) for part in await client.read_resource("note://parts")],
            "prompt": plain(await client.get_prompt("translate", {"text": "t"}))["messages"],
            "calls": {},
        }
        for name, arguments in CALLS:
            try:
                result = await client.call_tool(name, arguments, raise_on_error=False)
                seen["calls"][name] = [[plain(part) for part in result.content], result.is_error, str(result.data)]
            except Exception as error:
                seen["calls"][name] = type(error).__name__
    json.dump(seen | {"progress": progress, "asked": asked}, sys.stdout, ensure_ascii=True)


def plain(model) -> dict:
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else None))
