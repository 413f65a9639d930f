"""The fixture server on the SDK's 1.x line, which knows the handshake eras alone:
`handshake.py TRANSPORT [--port N] [--json]`.

TRANSPORT: `stdio`, `http` (Streamable HTTP at /mcp, with sessions) or `sse` (HTTP with SSE, at /sse); both of the
latter write their address as their first line on standard output.
"""

import argparse
import contextlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import anyio  # noqa: E402
from mcp import McpError, types  # noqa: E402
from mcp.server.lowlevel import NotificationOptions, Server  # noqa: E402
from mcp.server.sse import SseServerTransport  # noqa: E402
from mcp.server.stdio import stdio_server  # noqa: E402
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager  # noqa: E402
from mcp.shared.message import ServerMessageMetadata  # noqa: E402
from starlette.applications import Starlette  # noqa: E402
from starlette.responses import Response  # noqa: E402
from starlette.routing import Mount, Route  # noqa: E402

from servers import contents  # noqa: E402
from servers.calls import Refusal, page  # noqa: E402
from servers.tools import TOOLS  # noqa: E402
from servers.web import serve  # noqa: E402

TOOLS_A_PAGE, RESOURCES_A_PAGE = 10, 2
ANSWERS = {
    "elicitation/create": types.ElicitResult,
    "sampling/createMessage": types.CreateMessageResult,
    "roots/list": types.ListRootsResult,
}
SUBSCRIBED: set[str] = set()


class HandshakeCall:
    modern = False

    def __init__(self, context):
        self._context, self._session = context, context.session
        self.meta = context.meta.model_dump(by_alias=True, exclude_none=True) if context.meta else {}
        self.capabilities = dump(context.session.client_params.capabilities)

    async def progress(self, done, total, message=None):
        if (token := self.meta.get("progressToken")) is not None:
            await self._session.send_progress_notification(token, done, total, message, str(self._context.request_id))

    async def log(self, level, data):
        await self._session.send_log_message(level, data, "fixture", self._context.request_id)

    async def ask_all(self, questions):
        return {key: await self._ask(*question) for key, question in questions.items()}

    async def ask_aside(self, method, params):
        return await self._ask(method, params, related=False)

    async def _ask(self, method, params, related=True):
        about = ServerMessageMetadata(related_request_id=self._context.request_id) if related else None
        question = types.ServerRequest.model_validate({"method": method, "params": params})
        return dump(await self._session.send_request(question, ANSWERS[method], metadata=about))

    async def wait_a_round(self):
        """The handshake eras know no rounds: the client waits."""

    async def announce(self, what, uri=None):
        if what != "resource":
            await getattr(self._session, f"send_{what.removesuffix('s')}_list_changed")()
        elif uri in SUBSCRIBED:
            await self._session.send_resource_updated(uri)


def dump(model) -> dict:
    return model.model_dump(by_alias=True, mode="json", exclude_none=True)


class FixtureServer(Server):
    def create_initialization_options(self, notification_options=None, *rest):
        options = super().create_initialization_options(NotificationOptions(True, True, True), *rest)
        options.capabilities.resources.subscribe = True
        return options

    def answers(self, request_type, result_type):
        """Registers a handler of plain JSON: (call, params) → result."""

        def add(handler):
            async def handle(request):
                try:
                    result = await handler(HandshakeCall(self.request_context), request.params)
                except Refusal as refusal:
                    told = types.ErrorData(code=refusal.code, message=refusal.message, data=refusal.data)
                    raise McpError(told) from None
                return types.ServerResult(result_type.model_validate(result))

            self.request_handlers[request_type] = handle
            return handler

        return add


def fixture() -> Server:
    server = FixtureServer("fixture", version="1.2.3", instructions="Everything the protocol knows.")

    def lists(request_type, result_type, member: str, items: list, size: int = 100):
        @server.answers(request_type, result_type)
        async def handle(call, params):
            found, following = page(items, params and params.cursor, size)
            return {member: found} | ({"nextCursor": following} if following is not None else {})

    definitions = [tool.definition for tool in TOOLS.values()]
    lists(types.ListToolsRequest, types.ListToolsResult, "tools", definitions, TOOLS_A_PAGE)
    lists(types.ListResourcesRequest, types.ListResourcesResult, "resources", contents.RESOURCES, RESOURCES_A_PAGE)
    lists(
        types.ListResourceTemplatesRequest,
        types.ListResourceTemplatesResult,
        "resourceTemplates",
        contents.TEMPLATES,
    )
    lists(types.ListPromptsRequest, types.ListPromptsResult, "prompts", contents.PROMPTS)

    @server.answers(types.CallToolRequest, types.CallToolResult)
    async def call_tool(call, params):
        if params.name not in TOOLS:
            raise Refusal(-32602, f"no such tool: {params.name}")
        return await TOOLS[params.name].handler(call, params.arguments or {})

    @server.answers(types.ReadResourceRequest, types.ReadResourceResult)
    async def read(call, params):
        return await contents.read(call, str(params.uri))

    @server.answers(types.GetPromptRequest, types.GetPromptResult)
    async def get_prompt(call, params):
        return await contents.prompt(call, params.name, params.arguments or {})

    @server.answers(types.CompleteRequest, types.CompleteResult)
    async def complete(call, params):
        context = dump(params.context) if params.context else {}
        return contents.complete(dump(params.ref), dump(params.argument), context.get("arguments") or {})

    @server.answers(types.SubscribeRequest, types.EmptyResult)
    async def subscribe(call, params):
        SUBSCRIBED.add(str(params.uri))
        return {}

    @server.answers(types.UnsubscribeRequest, types.EmptyResult)
    async def unsubscribe(call, params):
        SUBSCRIBED.discard(str(params.uri))
        return {}

    @server.answers(types.SetLevelRequest, types.EmptyResult)
    async def set_level(call, params):
        return {}

    return server


def streamable(server: Server, json_response: bool) -> Starlette:
    manager = StreamableHTTPSessionManager(server, json_response=json_response)

    class Endpoint:
        async def __call__(self, scope, receive, send):
            await manager.handle_request(scope, receive, send)

    @contextlib.asynccontextmanager
    async def running(_):
        async with manager.run():
            yield

    return Starlette(routes=[Route("/mcp", Endpoint())], lifespan=running)


def with_events(server: Server) -> Starlette:
    transport = SseServerTransport("/messages/")

    async def connect(request):
        async with transport.connect_sse(request.scope, request.receive, request._send) as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())
        return Response()

    return Starlette(
        routes=[Route("/sse", connect, methods=["GET"]), Mount("/messages/", transport.handle_post_message)]
    )


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("transport", choices=["stdio", "http", "sse"])
    arguments.add_argument("--port", type=int, default=0)
    arguments.add_argument("--json", action="store_true")
    chosen = arguments.parse_args()
    server = fixture()
    if chosen.transport == "http":
        return serve(streamable(server, chosen.json), "/mcp", chosen.port)
    if chosen.transport == "sse":
        return serve(with_events(server), "/sse", chosen.port)

    async def over_stdio():
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())

    anyio.run(over_stdio)


if __name__ == "__main__":
    main()
