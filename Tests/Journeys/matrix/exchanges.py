"""The rows of what goes on during a call and after it: progress, logs, questions to the client, changes."""

import anyio

from .eyes import plain
from .table import ASKING, call, feature


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
