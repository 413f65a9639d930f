"""The rows of what a server offers: itself, its lists, results, resources, prompts and completions."""

import mcp_types as types

from .eyes import plain
from .table import call, every_page, feature


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
