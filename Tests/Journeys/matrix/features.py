"""The rows: one feature each, as a client uses it. What a feature returns is the client's view of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import anyio
import mcp_types as types

from .eyes import Eyes, plain

FEATURES: dict[str, "Feature"] = {}
ASKING = "a stream to ask on"


@dataclass
class Feature:
    scope: Callable[[Eyes], Awaitable]
    why_not: dict[str, str]
    needs: str | None = None


def feature(needs: str | None = None, **why_not: str):
    """`why_not`: client era → why the specification leaves no such feature there; `needs`: what not every kind has."""

    def add(scope):
        FEATURES[scope.__name__] = Feature(scope, why_not, needs)
        return scope

    return add


async def every_page(eyes: Eyes, listing, member: str) -> list:
    """All items of a list, page by page (the empty text is a cursor too), save those the policy hides."""
    items, cursor = [], None
    for _ in range(50):
        found = await listing(cursor=cursor)
        items += [plain(item) for item in getattr(found, member)]
        cursor = found.next_cursor
        if cursor is None:
            return [item for item in items if eyes.governed or item["name"] != "hidden"]
    raise AssertionError("the list has no end")


async def call(eyes: Eyes, name: str, arguments: dict | None = None, **more):
    return plain(await eyes.client.call_tool(name, arguments, **more))


# --- what the server says of itself ---


@feature()
async def capabilities(eyes):
    told = plain(eyes.client.server_capabilities)
    return sorted(name for name in told if name not in ("logging", "experimental"))


@feature(modern="a client of the current era learns no name without asking; it comes with each result")
async def server_information(eyes):
    return plain(eyes.client.server_info)["name"], eyes.client.instructions


@feature(modern="ping was removed in 2026-07-28")
async def ping(eyes):
    return plain(await eyes.client.send_ping())


# --- lists ---


@feature()
async def tools(eyes):
    return await every_page(eyes, eyes.client.list_tools, "tools")


@feature()
async def resources(eyes):
    return await every_page(eyes, eyes.client.list_resources, "resources")


@feature()
async def templates(eyes):
    return await every_page(eyes, eyes.client.list_resource_templates, "resource_templates")


@feature()
async def prompts(eyes):
    return await every_page(eyes, eyes.client.list_prompts, "prompts")


@feature()
async def a_cursor_nobody_gave(eyes):
    return await eyes.error(eyes.client.list_resources(cursor="nowhere"), text=False)


# --- results ---


def result(name: str, arguments: dict | None = None, **more) -> None:
    async def scope(eyes):
        return await call(eyes, name, arguments, **more)

    scope.__name__ = f"result_of_{name}"
    feature()(scope)


result("repeat", {"text": '«ü» \u2028 \\ " \u0000 😀'})
result("picture")
result("sound")
result("embedded")
result("linked")
result("structured")
result("unusual")
result("schema_words", {"way": "mail"})
result("mirrored", {"region": " Süd =?base64?", "count": 42})
result("failing")
result("told", meta={"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "example.org/x": [1.5]})


@feature()
async def no_arguments_at_all(eyes):
    return await call(eyes, "picture", None)


@feature()
async def an_error_of_the_tools_own(eyes):
    return await eyes.error(eyes.client.call_tool("refusing", {}))


@feature()
async def what_the_server_knows_of_the_client(eyes):
    return await call(eyes, "needing_a_model")


@feature()
async def a_tool_that_is_not_there(eyes):
    return await eyes.error(eyes.client.call_tool("not_there", {}), text=False)


@feature()
async def a_tool_that_is_hidden(eyes):
    return await eyes.error(eyes.client.call_tool("hidden" if eyes.governed else "not_there", {}), text=False)


@feature()
async def a_result_of_900_kilobytes(eyes):
    text = (await eyes.client.call_tool("large", {"kilobytes": 900})).content[0].text  # a client's event ends at 1 MiB
    return len(text), text[-64:]


# --- resources, prompts, completions ---


def reading(name: str, uri: str) -> None:
    async def scope(eyes):
        return plain(await eyes.client.read_resource(uri))

    scope.__name__ = f"resource_{name}"
    feature()(scope)


reading("text", "note://plain")
reading("blob", "note://picture")
reading("of_two_parts", "note://parts")
reading("empty", "note://empty")
reading("with_an_odd_address", "note://umlaut/%C3%BC?q=1&r=2")
reading("of_a_template", "book://shelf/title")


@feature()
async def a_resource_that_is_not_there(eyes):
    code, *rest = await eyes.error(eyes.client.read_resource("note://nowhere"))
    return -32602 if code == -32002 else code, *rest  # -32002 must not be used in 2026-07-28


@feature()
async def a_resource_that_is_hidden(eyes):
    hidden = "note://hidden" if eyes.governed else "note://nowhere"
    (code,) = await eyes.error(eyes.client.read_resource(hidden), text=False)
    return -32602 if code == -32002 else code


@feature()
async def a_prompt_that_is_hidden(eyes):
    return await eyes.error(eyes.client.get_prompt("hidden" if eyes.governed else "not_there"), text=False)


@feature()
async def prompt_without_arguments(eyes):
    return plain(await eyes.client.get_prompt("greet"))


@feature()
async def prompt_with_arguments(eyes):
    return plain(await eyes.client.get_prompt("translate", {"text": "«ä»", "language": "dansk"}))


@feature()
async def prompt_of_images_and_resources(eyes):
    return plain(await eyes.client.get_prompt("show"))


@feature()
async def prompt_that_refuses(eyes):
    return await eyes.error(eyes.client.get_prompt("translate", {"language": "dansk"}))


@feature()
async def completion_of_a_prompt(eyes):
    ref = types.PromptReference(name="translate")
    return plain(await eyes.client.complete(ref, {"name": "language", "value": "d"}))


@feature()
async def completion_of_a_template(eyes):
    ref = types.ResourceTemplateReference(uri="book://{shelf}/{title}")
    return plain(await eyes.client.complete(ref, {"name": "title", "value": "t"}, {"shelf": "top"}))


# --- streams ---


@feature()
async def progress_in_order(eyes):
    found = await call(eyes, "steps", {"count": 25}, progress_callback=eyes.on_progress)
    return found, eyes.progress


@feature()
async def steps_without_a_token(eyes):
    return await call(eyes, "steps", {"count": 3})


@feature()
async def log_of_a_call(eyes):
    if not eyes.modern:
        await eyes.client.set_logging_level("debug")
    found = await call(eyes, "talking")
    return found, await eyes.logged(3)


@feature(legacy="without logging/setLevel a server of the handshake eras sends what it likes")
async def no_log_unless_asked_for(eyes):
    quiet = eyes.without_log_level()
    found = await call(eyes, "talking", meta=quiet)
    return found, eyes.logs


@feature()
async def many_calls_at_once(eyes):
    found: dict[int, str] = {}

    async def one(number: int) -> None:
        found[number] = (await eyes.client.call_tool("repeat", {"text": str(number)})).content[0].text

    async with anyio.create_task_group() as tasks:
        for number in range(40):
            tasks.start_soon(one, number)
    return [found[number] for number in range(40)]


# --- asking the client ---


def asking(name: str, arguments: dict | None = None) -> None:
    async def scope(eyes):
        found = await call(eyes, name, arguments)
        return found, eyes.asked

    scope.__name__ = name
    feature(needs=ASKING)(scope)


asking("ask_form")
asking("ask_model")
asking("ask_roots")
asking("ask_again", {"rounds": 3})
asking("come_again")


@feature()
async def ask_roots_aside(eyes):
    return await call(eyes, "ask_roots_aside"), eyes.asked


@feature(needs=ASKING)
async def ask_by_address(eyes):
    found = await call(eyes, "ask_by_address")
    for question in eyes.asked:
        question.pop("elicitationId", None)  # gone in 2026-07-28
    return found, eyes.asked


@feature(needs=ASKING)
async def ask_everything(eyes):
    found = await call(eyes, "ask_everything")
    return found, sorted(map(str, eyes.asked))  # in any order


@feature(needs=ASKING)
async def a_person_who_declines(eyes):
    eyes.action = "decline"
    return await call(eyes, "ask_form"), eyes.asked


@feature(needs=ASKING)
async def a_client_that_cannot_answer(eyes):
    eyes.refuses = True
    return await eyes.fails(eyes.client.call_tool("ask_form", {})), eyes.asked


@feature(needs=ASKING)
async def a_resource_that_asks(eyes):
    return plain(await eyes.client.read_resource("note://asked/rain")), eyes.asked


@feature(needs=ASKING)
async def a_prompt_that_asks(eyes):
    return plain(await eyes.client.get_prompt("interview")), eyes.asked


# --- changes ---


@feature()
async def changes_of_lists(eyes):
    async with eyes.watching() as seen:
        for what in ("tools", "prompts", "resources"):
            await eyes.client.call_tool("change", {"what": what, "uri": ""})
        return await seen({"tools", "prompts", "resources"})


@feature()
async def changes_of_a_resource(eyes):
    async with eyes.watching("note://watched") as seen:
        await eyes.client.call_tool("change", {"what": "resource", "uri": "note://plain"})
        await eyes.client.call_tool("change", {"what": "resource", "uri": "note://watched"})
        return await seen({"note://watched"})


@feature(modern="resources/unsubscribe was removed in 2026-07-28: the stream is closed instead")
async def no_changes_after_unsubscribing(eyes):
    async with eyes.watching("note://watched") as seen:
        await eyes.client.unsubscribe_resource("note://watched")
        await eyes.client.call_tool("change", {"what": "resource", "uri": "note://watched"})
        await eyes.client.call_tool("change", {"what": "tools", "uri": ""})
        return await seen({"tools"})
