"""The fixture server's tools: name → definition and handler. Results are plain JSON."""

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from .calls import Call, Refusal, ask

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
SOUND = base64.b64encode(b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00" + bytes(20)).decode()
NOTHING = {"type": "object", "properties": {}}
HUGE = 9007199254740993  # not a double
FORM = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "title": "Name", "minLength": 1, "default": "Ülkü"},
        "address": {"type": "string", "format": "email"},
        "age": {"type": "integer", "minimum": 0, "default": 30},
        "score": {"type": "number", "default": 95.5},
        "sure": {"type": "boolean", "default": True},
        "plain": {"type": "string", "enum": ["a", "b"]},
        "titled": {"type": "string", "oneOf": [{"const": "x", "title": "The X"}, {"const": "y", "title": "The Y"}]},
        "several": {"type": "array", "items": {"type": "string", "enum": ["r", "w"]}, "minItems": 1},
    },
    "required": ["name"],
}
SAMPLING = {
    "messages": [{"role": "user", "content": {"type": "text", "text": "Say «grüezi»."}}],
    "systemPrompt": "Be brief.",
    "temperature": 0.25,
    "maxTokens": 64,
    "stopSequences": ["\n\n"],
    "modelPreferences": {"hints": [{"name": "small"}], "costPriority": 0.9},
}


@dataclass
class Tool:
    definition: dict
    handler: Callable[[Call, dict], Awaitable[dict]]


TOOLS: dict[str, Tool] = {}


def tool(schema: dict = NOTHING, **definition):
    def add(handler):
        name = handler.__name__
        words = (handler.__doc__ or "").strip()
        TOOLS[name] = Tool({"name": name, "description": words, "inputSchema": schema} | definition, handler)
        return handler

    return add


def text(words: str, **more) -> dict:
    return {"content": [{"type": "text", "text": words}]} | more


def properties(**named) -> dict:
    return {"type": "object", "properties": named, "required": list(named)}


# --- content ---


@tool(properties(text={"type": "string"}), title="Say it again", annotations={"readOnlyHint": True})
async def repeat(call, arguments):
    """Gives its text back."""
    return text(arguments["text"], isError=False)


@tool()
async def picture(call, arguments):
    """An image, for people only."""
    notes = {"audience": ["user"], "priority": 0.5}
    return {"content": [{"type": "image", "data": PIXEL, "mimeType": "image/png", "annotations": notes}]}


@tool()
async def sound(call, arguments):
    """A sound."""
    return {"content": [{"type": "audio", "data": SOUND, "mimeType": "audio/wav"}]}


@tool()
async def embedded(call, arguments):
    """Two resources inside the result."""
    return {
        "content": [
            {"type": "resource", "resource": {"uri": "note://a", "mimeType": "text/plain", "text": "ä\u2028\n"}},
            {"type": "resource", "resource": {"uri": "note://b", "mimeType": "image/png", "blob": PIXEL}},
        ]
    }


@tool()
async def linked(call, arguments):
    """A link to a resource, and words after it."""
    link = {"type": "resource_link", "uri": "note://plain", "name": "plain", "mimeType": "text/plain", "size": 12}
    return {"content": [link | {"title": "A note"}, {"type": "text", "text": "see there"}]}


@tool(
    outputSchema={
        "type": "object",
        "properties": {"count": {"type": "integer"}, "share": {"type": "number"}, "names": {"type": "array"}},
        "required": ["count"],
    }
)
async def structured(call, arguments):
    """Structured output, with a number that no double holds."""
    value = {"count": HUGE, "share": 1e-7, "names": ["é", "e\u0301", ""], "none": None, "deep": {"a": [{"b": []}]}}
    return text(json.dumps(value, ensure_ascii=False), structuredContent=value, isError=False)


@tool(_meta={"example.org/colour": "blue"}, icons=[{"src": f"data:image/png;base64,{PIXEL}", "mimeType": "image/png"}])
async def unusual(call, arguments):
    """A result with members nobody knows."""
    return text("unusual", _meta={"example.org/kept": [1, {"x": None}]}, surprise={"kept": True})


@tool(
    {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "$defs": {"place": {"$anchor": "place", "type": "object", "properties": {"street": {"type": "string"}}}},
        "properties": {"place": {"$ref": "#/$defs/place"}, "way": {"type": "string", "enum": ["phone", "mail"]}},
        "allOf": [{"anyOf": [{"required": ["way"]}, {"required": ["place"]}]}],
        "if": {"properties": {"way": {"const": "phone"}}, "required": ["way"]},
        "then": {"required": ["place"]},
        "else": {},
        "additionalProperties": False,
        "x-unknown": {"kept": [1.0, 10000000000000000000000]},
    }
)
async def schema_words(call, arguments):
    """Its schema uses the whole vocabulary."""
    return text(json.dumps(arguments, sort_keys=True))


@tool(
    {
        "type": "object",
        "properties": {
            "region": {"type": "string", "x-mcp-header": "Region"},
            "count": {"type": "integer", "x-mcp-header": "Count"},
        },
    }
)
async def mirrored(call, arguments):
    """Its arguments are mirrored in headers."""
    return text(json.dumps(arguments, sort_keys=True, ensure_ascii=False))


@tool()
async def failing(call, arguments):
    """Fails as tools do."""
    return text("it failed: 12 < 13", isError=True)


@tool()
async def refusing(call, arguments):
    """Answers with an error of its own."""
    raise Refusal(-31001, "refused: ñ", {"why": ["because"], "retryAfter": 1.5})


@tool()
async def needing_a_model(call, arguments):
    """Refuses clients that have no model to ask."""
    if "sampling" not in call.capabilities:
        raise Refusal(-32021, "a model is needed", {"requiredCapabilities": {"sampling": {}}})
    return text(json.dumps(sorted(call.capabilities)))


@tool()
async def told(call, arguments):
    """Gives back what came as `_meta`, without what the protocol keeps for itself."""
    mine = {key: value for key, value in call.meta.items() if not key.startswith("io.modelcontextprotocol/")}
    mine.pop("progressToken", None)
    return text(json.dumps(mine, sort_keys=True, ensure_ascii=False))


@tool(properties(kilobytes={"type": "integer"}))
async def large(call, arguments):
    """A result of the size asked for."""
    return text("".join(f"{number:063d}\n" for number in range(arguments["kilobytes"] * 16)))


@tool()
async def hidden(call, arguments):
    """The policies of the journeys hide it."""
    return text("found")


# --- streams ---


@tool(properties(count={"type": "integer"}))
async def steps(call, arguments):
    """Tells its progress."""
    for number in range(1, arguments["count"] + 1):
        await call.progress(number / 2, arguments["count"] / 2, f"step {number}")
        await asyncio.sleep(0.001)
    return text(f"{arguments['count']} steps")


@tool()
async def talking(call, arguments):
    """Logs at three levels."""
    await call.log("debug", "a detail")
    await call.log("warning", {"left": 3, "of": [1, 2, 3]})
    await call.log("error", "the end: ß")
    return text("said")


@tool(properties(what={"type": "string"}, uri={"type": "string"}))
async def change(call, arguments):
    """Announces a change: of tools, prompts, resources, or of the resource at `uri`."""
    await call.announce(arguments["what"], arguments.get("uri"))
    return text(f"changed: {arguments['what']}")


# --- asking the client ---


@tool()
async def ask_form(call, arguments):
    """Asks the person to fill in a form."""
    answer = await ask(call, "form", "elicitation/create", {"message": "Who? «ü»", "requestedSchema": FORM})
    return text(json.dumps(answer, sort_keys=True))


@tool()
async def ask_by_address(call, arguments):
    """Asks the person to open an address."""
    question = {"mode": "url", "message": "Please sign.", "url": "https://example.org/sign?id=1&x=%20"}
    if not call.modern:
        question["elicitationId"] = "sign-1"
    return text(json.dumps(await ask(call, "sign", "elicitation/create", question), sort_keys=True))


@tool()
async def ask_model(call, arguments):
    """Asks the client's model."""
    answer = await ask(call, "model", "sampling/createMessage", SAMPLING)
    return text(json.dumps(answer, sort_keys=True, ensure_ascii=False))


@tool()
async def ask_roots(call, arguments):
    """Asks for the client's roots."""
    return text(json.dumps(await ask(call, "roots", "roots/list", {}), sort_keys=True))


@tool()
async def ask_roots_aside(call, arguments):
    """Asks for the client's roots outside the call's stream."""
    return text(json.dumps(await call.ask_aside("roots/list", {}), sort_keys=True))


@tool()
async def ask_everything(call, arguments):
    """Asks three things at once."""
    short = {"type": "object", "properties": {"word": {"type": "string"}}}
    answers = await call.ask_all(
        {
            "ä key": ("elicitation/create", {"message": "A word?", "requestedSchema": short}),
            "model": ("sampling/createMessage", SAMPLING),
            "roots": ("roots/list", {}),
        }
    )
    return text(json.dumps(answers, sort_keys=True, ensure_ascii=False))


@tool(properties(rounds={"type": "integer"}))
async def ask_again(call, arguments):
    """Asks in several rounds, each knowing the answers before it."""
    answers = []
    for number in range(arguments["rounds"]):
        question = f"Round {number} after {answers}"
        schema = {"type": "object", "properties": {"word": {"type": "string"}}}
        answer = await ask(call, f"r{number}", "elicitation/create", {"message": question, "requestedSchema": schema})
        answers.append(answer.get("content", {}).get("word"))
    return text(json.dumps(answers, ensure_ascii=False))


@tool()
async def come_again(call, arguments):
    """Is not ready at first: nothing is asked, the client is to come again."""
    await call.wait_a_round()
    return text("ready")
