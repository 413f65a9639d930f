"""A client with everything it was told and asked: the same for both eras and with or without a gateway."""

from contextlib import asynccontextmanager

import anyio
import mcp_types as types
from mcp import MCPError

LOG_LEVEL, SERVER = "io.modelcontextprotocol/logLevel", "io.modelcontextprotocol/serverInfo"
CHANGES = {
    "notifications/tools/list_changed": "tools",
    "notifications/prompts/list_changed": "prompts",
    "notifications/resources/list_changed": "resources",
}
CHANGED = {"ToolsListChanged": "tools", "PromptsListChanged": "prompts", "ResourcesListChanged": "resources"}


def plain(model) -> dict:
    """A model as JSON, without what one era adds to every result."""
    found = model.model_dump(mode="json", by_alias=True, exclude_none=True)
    for name in ("resultType", "ttlMs", "cacheScope"):
        found.pop(name, None)
    if "_meta" in found:
        found["_meta"].pop(SERVER, None)
        if not found["_meta"]:
            del found["_meta"]
    return found


class Eyes:
    def __init__(self, governed: bool):
        self.client, self.governed = None, governed  # whether a gateway with a policy is between
        self.forget()

    def forget(self) -> None:
        """What one feature saw is not the next one's."""
        self.progress: list = []
        self.logs: list = []
        self.asked: list[dict] = []
        self.changes: list[str] = []
        self.action, self.refuses = "accept", False

    @property
    def modern(self) -> bool:
        return self.client.protocol_version == "2026-07-28"

    def options(self) -> dict:
        """The callbacks, as the official client takes them."""
        return {
            "elicitation_callback": self._elicit,
            "sampling_callback": self._sample,
            "list_roots_callback": self._roots,
            "logging_callback": self._log,
            "message_handler": self._message,
            "log_level": "debug",
            "cache": None,
        }

    # --- callbacks ---

    async def on_progress(self, done, total, message) -> None:
        self.progress.append((done, total, message))

    async def _elicit(self, context, params):
        question = plain(params)
        question.setdefault("mode", "form")  # which older revisions leave out
        self.asked.append(question)
        if self.refuses:
            return types.ErrorData(code=types.INVALID_REQUEST, message="nobody is here")
        if self.action != "accept" or question["mode"] == "url":
            return types.ElicitResult(action=self.action)
        names = question["requestedSchema"]["properties"]
        given = {
            "name": "Ülkü",
            "age": 41,
            "score": 1.5,
            "sure": False,
            "several": ["r"],
            "word": f"w{len(self.asked)}",
        }
        return types.ElicitResult(action="accept", content={key: given[key] for key in names if key in given})

    async def _sample(self, context, params):
        self.asked.append(plain(params))
        said = types.TextContent(text="grüezi")
        return types.CreateMessageResult(role="assistant", content=said, model="m-1", stop_reason="endTurn")

    async def _roots(self, context):
        self.asked.append({"roots": True})
        return types.ListRootsResult(roots=[types.Root(uri="file:///home/%C3%BC", name="ü")])

    async def _log(self, params) -> None:
        self.logs.append((params.level, params.logger, params.data))

    async def _message(self, message) -> None:
        method = getattr(message, "method", None)
        if method in CHANGES:
            self.changes.append(CHANGES[method])
        elif method == "notifications/resources/updated":
            self.changes.append(str(message.params.uri))

    # --- ways of looking ---

    async def error(self, awaitable, text: bool = True) -> tuple:
        """The JSON-RPC error the client got; without its text where that is not the tool's own."""
        try:
            found = await awaitable
        except MCPError as error:
            return (error.code, error.message, error.error.data) if text else (error.code,)
        raise AssertionError(f"no error but {found}")

    async def fails(self, awaitable) -> str:
        try:
            found = await awaitable
        except MCPError:
            return "failed"
        return "failed" if found.is_error else f"succeeded: {plain(found)}"

    async def logged(self, count: int) -> list:
        with anyio.move_on_after(2):
            while len(self.logs) < count:
                await anyio.sleep(0.01)
        return self.logs

    def without_log_level(self) -> dict:
        return {LOG_LEVEL: "emergency"}

    @asynccontextmanager
    async def watching(self, uri: str | None = None):
        """Listens for changes; yields a function that waits for those expected and returns what came."""

        async def seen(expected: set[str]) -> list[str]:
            with anyio.move_on_after(5):
                while not expected <= set(self.changes):
                    await anyio.sleep(0.01)
            return sorted(set(self.changes))

        if not self.modern:
            if uri:
                await self.client.subscribe_resource(uri)
            yield seen
            if uri:
                await self.client.unsubscribe_resource(uri)
            return
        kinds = {"tools_list_changed": True, "prompts_list_changed": True, "resources_list_changed": True}
        wanted = {"resource_subscriptions": [uri]} if uri else kinds
        self.changes = []
        async with self.client.listen(**wanted) as subscription, anyio.create_task_group() as tasks:

            async def collect() -> None:
                async for event in subscription:
                    self.changes.append(CHANGED.get(type(event).__name__) or event.uri)

            tasks.start_soon(collect)
            yield seen
            tasks.cancel_scope.cancel()
