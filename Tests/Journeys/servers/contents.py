"""The fixture server's resources, templates, prompts and completions. Results are plain JSON."""

from .calls import Call, Refusal, ask
from .tools import PIXEL

RESOURCES = [
    {"uri": "note://plain", "name": "plain", "title": "A note", "mimeType": "text/plain", "size": 12},
    {"uri": "note://picture", "name": "picture", "mimeType": "image/png", "annotations": {"priority": 0.1}},
    {"uri": "note://parts", "name": "parts", "description": "Two parts."},
    {"uri": "note://empty", "name": "empty", "mimeType": "text/plain"},
    {"uri": "note://hidden", "name": "hidden"},
    {"uri": "note://watched", "name": "watched", "mimeType": "text/plain"},
    {"uri": "note://umlaut/%C3%BC?q=1&r=2", "name": "ümläut", "_meta": {"example.org/k": 1}},
]
TEMPLATES = [
    {"uriTemplate": "book://{shelf}/{title}", "name": "book", "mimeType": "application/json"},
    {"uriTemplate": "note://asked/{subject}", "name": "asked", "description": "Asks before it tells."},
]
PROMPTS = [
    {"name": "greet", "title": "Greeting", "description": "Without arguments."},
    {
        "name": "translate",
        "description": "With arguments.",
        "arguments": [
            {"name": "text", "description": "What", "required": True},
            {"name": "language", "description": "Into which"},
        ],
    },
    {"name": "show", "description": "With an image and a resource inside."},
    {"name": "hidden"},
    {"name": "interview", "description": "Asks before it answers."},
]
LANGUAGES = ["deutsch", "dansk", "english", "español", "日本語"]
CONTENTS = {
    "note://plain": [{"mimeType": "text/plain", "text": "plain ä\r\n\u0000"}],
    "note://picture": [{"mimeType": "image/png", "blob": PIXEL}],
    "note://parts": [{"text": "first", "_meta": {"example.org/p": 1}}, {"mimeType": "image/png", "blob": PIXEL}],
    "note://empty": [{"mimeType": "text/plain", "text": ""}],
    "note://hidden": [{"text": "found"}],
    "note://watched": [{"mimeType": "text/plain", "text": "watched"}],
    "note://umlaut/%C3%BC?q=1&r=2": [{"text": "ümläut"}],
}
QUESTION = {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}


async def read(call: Call, uri: str) -> dict:
    if uri.startswith("book://"):
        shelf, _, title = uri.removeprefix("book://").partition("/")
        return {"contents": [{"uri": uri, "mimeType": "application/json", "text": f'{{"{shelf}":"{title}"}}'}]}
    if uri.startswith("note://asked/"):
        answer = await ask(call, "word", "elicitation/create", {"message": f"{uri}?", "requestedSchema": QUESTION})
        return {"contents": [{"uri": uri, "text": f"{answer['action']}: {answer.get('content')}"}]}
    if uri not in CONTENTS:
        raise Refusal(-32602 if call.modern else -32002, f"no such resource: {uri}", {"uri": uri})
    return {"contents": [{"uri": uri} | part for part in CONTENTS[uri]]}


async def prompt(call: Call, name: str, arguments: dict) -> dict:
    def said(*contents) -> dict:
        return {"messages": [{"role": "user", "content": content} for content in contents]}

    if name == "greet":
        return said({"type": "text", "text": "Grüezi."}) | {"description": "A greeting."}
    if name == "translate":
        if "text" not in arguments:
            raise Refusal(-32602, "text is missing")
        return said({"type": "text", "text": f"{arguments['text']} → {arguments.get('language', 'english')}"})
    if name == "show":
        inside = {"uri": "note://plain", "mimeType": "text/plain", "text": "inside"}
        return said({"type": "image", "data": PIXEL, "mimeType": "image/png"}, {"type": "resource", "resource": inside})
    if name == "interview":
        question = {"message": "Your word?", "requestedSchema": QUESTION}
        answer = await ask(call, "word", "elicitation/create", question)
        return said({"type": "text", "text": f"{answer['action']}: {answer.get('content')}"})
    if name == "hidden":
        return said({"type": "text", "text": "found"})
    raise Refusal(-32602, f"no such prompt: {name}")


def complete(ref: dict, argument: dict, context: dict) -> dict:
    if ref["type"] == "ref/prompt" and ref["name"] == "translate" and argument["name"] == "language":
        found = [language for language in LANGUAGES if language.startswith(argument["value"])]
        return {"completion": {"values": found, "total": len(found), "hasMore": False}}
    if ref["type"] == "ref/resource" and ref["uri"] == "book://{shelf}/{title}":
        shelf = context.get("shelf", "any")
        return {"completion": {"values": [f"{shelf}-{argument['value']}"], "hasMore": True}}
    return {"completion": {"values": []}}
