"""What a handler of the fixture server may do besides answering, whatever the era and the SDK below."""

from typing import Any, Protocol


class Call(Protocol):
    meta: dict[str, Any]  # what came as `_meta`
    capabilities: dict[str, Any]  # the client's
    modern: bool

    async def progress(self, done: float, total: float | None, message: str | None = None) -> None: ...

    async def log(self, level: str, data: Any) -> None: ...

    async def ask_all(self, questions: dict[str, tuple[str, dict]]) -> dict[str, dict]:
        """Asks the client: key → (method, params). One round of a multi-round trip, or requests on the call's stream."""
        ...

    async def ask_aside(self, method: str, params: dict) -> dict:
        """Asks outside the call's own stream, as servers of the handshake eras do that name no related request."""
        ...

    async def wait_a_round(self) -> None:
        """One round in which nothing is asked: the client is told to come again with the state it was given."""
        ...

    async def announce(self, what: str, uri: str | None = None) -> None:
        """`tools`, `prompts` or `resources` have changed, or the resource at `uri` has."""
        ...


class Refusal(Exception):
    """A JSON-RPC error as the answer."""

    def __init__(self, code: int, message: str, data: Any = None):
        super().__init__(message)
        self.code, self.message, self.data = code, message, data


async def ask(call: Call, key: str, method: str, params: dict) -> dict:
    return (await call.ask_all({key: (method, params)}))[key]


def page(items: list[dict], cursor: str | None, size: int) -> tuple[list[dict], str | None]:
    """One page of a list and the cursor of the next; the empty text is a cursor like any other."""
    start = {None: 0, "": size}.get(cursor)
    if start is None:
        if not (cursor or "").startswith("from "):
            raise Refusal(-32602, f"no such cursor: {cursor}")
        start = int(cursor.removeprefix("from "))
    following = start + size
    after = None if following >= len(items) else "" if following == size else f"from {following}"
    return items[start:following], after
