"""The fixture server on the SDK's 2.x line: `current.py TRANSPORT [--era dual|modern] [--port N] [--json]`.

TRANSPORT: `stdio` or `http` (Streamable HTTP at /mcp, which writes its address as its first line on standard output).
`--era modern` refuses the handshake, as a server does that knows the current era alone.
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import anyio  # noqa: E402
import mcp_types as types  # noqa: E402
from mcp.server import Server  # noqa: E402
from mcp.server.lowlevel.server import NotificationOptions  # noqa: E402
from mcp.server.stdio import stdio_server  # noqa: E402
from mcp.server.subscriptions import InMemorySubscriptionBus, ListenHandler  # noqa: E402
from mcp.shared.exceptions import MCPError  # noqa: E402
from mcp.shared.message import ServerMessageMetadata  # noqa: E402
from mcp.shared.subscriptions import (  # noqa: E402
    PromptsListChanged,
    ResourcesListChanged,
    ResourceUpdated,
    ToolsListChanged,
)

from servers import contents  # noqa: E402
from servers.calls import Refusal, page  # noqa: E402
from servers.tools import TOOLS  # noqa: E402
from servers.web import serve  # noqa: E402

MODERN = "2026-07-28"
TOOLS_A_PAGE, RESOURCES_A_PAGE = 10, 2
ASKED = {
    "elicitation/create": (types.ElicitRequest, types.ElicitResult),
    "sampling/createMessage": (types.CreateMessageRequest, types.CreateMessageResult),
    "roots/list": (types.ListRootsRequest, types.ListRootsResult),
}
BUS = InMemorySubscriptionBus()
SUBSCRIBED: set[str] = set()


class Unanswered(Exception):
    """The call goes on in another round, with the answers to `questions`."""

    def __init__(self, questions: dict, state: dict | None):
        self.questions, self.state = questions, state


class CurrentCall:
    def __init__(self, context, params):
        self._context, self._session = context, context.session
        self.modern = context.protocol_version == MODERN
        self.meta = dict((context.params or {}).get("_meta") or {})
        declared = context.session.client_capabilities
        self.capabilities = dump(declared) if declared else {}
        self._waited = 0
        given = {key: dump(answer) for key, answer in (getattr(params, "input_responses", None) or {}).items()}
        state = json.loads(getattr(params, "request_state", None) or "{}")
        self._answers, self._rounds = state.get("answers", {}) | given, state.get("rounds", 0)

    async def progress(self, done, total, message=None):
        await self._session.report_progress(done, total, message)

    async def log(self, level, data):
        await self._session.send_log_message(level, data, logger="fixture", related_request_id=self._context.request_id)

    async def ask_all(self, questions):
        if not self.modern:
            return {key: await self._ask(*question) for key, question in questions.items()}
        if missing := [key for key in questions if key not in self._answers]:
            rounds = {"answers": self._answers, "note": 'ü "quoted" \\'} if self._answers else None
            raise Unanswered({key: questions[key] for key in missing}, rounds)
        return {key: self._answers[key] for key in questions}

    async def ask_aside(self, method, params):
        if self.modern:
            return (await self.ask_all({"aside": (method, params)}))["aside"]
        return await self._ask(method, params, related=False)

    async def _ask(self, method, params, related=True):
        request, result = ASKED[method]
        about = ServerMessageMetadata(related_request_id=self._context.request_id) if related else None
        question = request.model_validate({"method": method, "params": params})
        return dump(await self._session.send_request(question, result, metadata=about))

    async def wait_a_round(self):
        self._waited += 1
        if self.modern and self._rounds < self._waited:
            raise Unanswered({}, {"answers": self._answers, "rounds": self._waited})

    async def announce(self, what, uri=None):
        if what == "resource":
            await BUS.publish(ResourceUpdated(uri))
            if not self.modern and uri in SUBSCRIBED:
                await self._session.send_resource_updated(uri)
            return
        await BUS.publish({"tools": ToolsListChanged, "prompts": PromptsListChanged}.get(what, ResourcesListChanged)())
        if not self.modern:
            await getattr(self._session, f"send_{what.removesuffix('s')}_list_changed")()


def dump(model) -> dict:
    return model.model_dump(by_alias=True, mode="json", exclude_none=True, exclude={"result_type"})


def answering(result_type):
    """Turns a handler of plain JSON into one of the SDK's."""

    def wrap(handler):
        async def handle(context, params):
            try:
                return result_type.model_validate(await handler(CurrentCall(context, params), params))
            except Refusal as refusal:
                raise MCPError(code=refusal.code, message=refusal.message, data=refusal.data) from None
            except Unanswered as open_questions:
                asked = {
                    key: {"method": method, "params": question}
                    for key, (method, question) in open_questions.questions.items()
                }
                state = open_questions.state
                kept = None if state is None else json.dumps(state, ensure_ascii=False)
                return types.InputRequiredResult.model_validate({"inputRequests": asked or None, "requestState": kept})

        return handle

    return wrap


def listing(result_type, member: str, items, size: int = 100):
    @answering(result_type)
    async def handle(call, params):
        found, following = page(items(), params and params.cursor, size)
        return {member: found} | ({"nextCursor": following} if following is not None else {})

    return handle


@answering(types.CallToolResult)
async def call_tool(call, params):
    if params.name not in TOOLS:
        raise Refusal(-32602, f"no such tool: {params.name}")
    return await TOOLS[params.name].handler(call, params.arguments or {})


@answering(types.ReadResourceResult)
async def read(call, params):
    return await contents.read(call, params.uri)


@answering(types.GetPromptResult)
async def get_prompt(call, params):
    return await contents.prompt(call, params.name, params.arguments or {})


@answering(types.CompleteResult)
async def complete(call, params):
    context = dump(params.context) if params.context else {}
    return contents.complete(dump(params.ref), dump(params.argument), context.get("arguments") or {})


@answering(types.EmptyResult)
async def subscribe(call, params):
    SUBSCRIBED.add(str(params.uri))
    return {}


@answering(types.EmptyResult)
async def unsubscribe(call, params):
    SUBSCRIBED.discard(str(params.uri))
    return {}


@answering(types.EmptyResult)
async def set_level(call, params):
    return {}


class FixtureServer(Server):
    def create_initialization_options(self, notification_options=None, *rest, **named):
        return super().create_initialization_options(NotificationOptions(True, True, True), *rest, **named)


def fixture(era: str) -> Server:
    server = FixtureServer(
        "fixture",
        version="1.2.3",
        title="Fixture",
        instructions="Everything the protocol knows.",
        on_list_tools=listing(
            types.ListToolsResult, "tools", lambda: [tool.definition for tool in TOOLS.values()], TOOLS_A_PAGE
        ),
        on_call_tool=call_tool,
        on_list_resources=listing(types.ListResourcesResult, "resources", lambda: contents.RESOURCES, RESOURCES_A_PAGE),
        on_list_resource_templates=listing(
            types.ListResourceTemplatesResult, "resourceTemplates", lambda: contents.TEMPLATES
        ),
        on_read_resource=read,
        on_subscribe_resource=subscribe,
        on_unsubscribe_resource=unsubscribe,
        on_subscriptions_listen=ListenHandler(BUS),
        on_list_prompts=listing(types.ListPromptsResult, "prompts", lambda: contents.PROMPTS),
        on_get_prompt=get_prompt,
        on_completion=complete,
        on_set_logging_level=set_level,
    )
    if era == "modern":
        server.middleware.append(without_handshake)
    return server


async def without_handshake(context, call_next):
    if context.method == "initialize":
        asked = (context.params or {}).get("protocolVersion")
        raise MCPError(code=-32022, message="No handshake here", data={"supported": [MODERN], "requested": asked})
    return await call_next(context)


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("transport", choices=["stdio", "http"])
    arguments.add_argument("--era", choices=["dual", "modern"], default="dual")
    arguments.add_argument("--port", type=int, default=0)
    arguments.add_argument("--json", action="store_true")
    chosen = arguments.parse_args()
    server = fixture(chosen.era)
    if chosen.transport == "http":
        return serve(server.streamable_http_app(json_response=chosen.json), "/mcp", chosen.port)

    async def over_stdio():
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())

    anyio.run(over_stdio)


if __name__ == "__main__":
    main()
