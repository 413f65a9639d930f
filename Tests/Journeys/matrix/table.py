"""How a row of the matrix is written down: one feature, as a client uses it; what it returns is the client's view."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

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
