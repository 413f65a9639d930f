"""The tools of the recording server, as `tools/list` shows them."""

# Two names that look the same and are not: composed and decomposed.
COMPOSED, DECOMPOSED = "caf\u00e9", "cafe\u0301"


def _tool(name: str, description: str, **properties) -> dict:
    return {
        "name": name,
        "description": description,
        "inputSchema": {"type": "object", "properties": properties},
    }


TEXT = {"type": "string"}
NUMBER = {"type": "number"}

TOOLS = [
    _tool("fence", "Answers at once; marks a place in the record.", nonce=TEXT),
    _tool("echo", "Answers with its arguments.", text=TEXT),
    _tool("wipe", "Destroys everything.", text=TEXT),
    _tool("drop", "Destroys one thing.", text=TEXT),
    # No type on purpose: text, a list and an object are all valid arguments.
    _tool("read_file", "Reads files.", path={}),
    _tool("counted", "Answers with its arguments.", text=TEXT),
    _tool("slow", "Works step by step and tells its progress.", steps=NUMBER),
    _tool("environment", "Answers with the names and values of its environment."),
    _tool("misbehave", "Answers as a broken server would.", how=TEXT),
    _tool(COMPOSED, "Composed name.", text=TEXT),
    _tool(DECOMPOSED, "Decomposed name.", text=TEXT),
]

NAMES = [tool["name"] for tool in TOOLS]
