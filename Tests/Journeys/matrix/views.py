"""What a client sees of every feature, and which view is the right one."""

from contextlib import asynccontextmanager

import anyio
from mcp import Client

from .eyes import Eyes
from .features import FEATURES
from .upstreams import KINDS, Upstreams

ERAS = ("modern", "legacy")
SECONDS = 8  # for one feature
POLICY = {
    "version": "1",
    "default": "allow",
    "hide": ["hidden"],
    "resources": {"default": "allow", "hide": ["note://hidden"]},
    "prompts": {"default": "allow", "hide": ["hidden"]},
}


# Where the view through the gateway is known to be another; each is told in Docs/Protocol.md, "Where Gatehouse differs".
DIFFERENCES = {
    ("modern", "legacy SSE", "log_of_a_call"): "the one stream does not say to which call a log belongs",
}


def mode(era: str) -> str:
    return "auto" if era == "modern" else "legacy"


def impossible(era: str, kind: str, name: str) -> str | None:
    """Why the protocol leaves no such cell; None where there is one."""
    feature = FEATURES[name]
    if era in feature.why_not:
        return feature.why_not[era]
    return KINDS[kind].lacks.get(feature.needs) if oracle(era, kind, name)[0] == "legacy" else None


def oracle(era: str, kind: str, name: str) -> tuple[str, str]:
    """Whose direct view is the right one: (era, kind).

    The server's own in the client's era, or else in its own, or else that of the same server in both eras.
    """
    eras = KINDS[kind].eras
    if era in eras:
        return era, kind
    return (eras[0], kind) if eras[0] not in FEATURES[name].why_not else (era, KINDS[kind].in_both_eras)


class Views:
    """Views by era of the client and kind of the server, taken when first asked for.

    `through(kind, mode, **options)` connects a client to the server of that kind by way of a gateway.
    """

    def __init__(self, upstreams: Upstreams, through):
        self._upstreams, self._through = upstreams, through
        self._direct: dict[tuple[str, str], dict] = {}
        self._governed: dict[tuple[str, str], dict] = {}

    async def direct(self, era: str, kind: str) -> dict:
        if (era, kind) not in self._direct:

            @asynccontextmanager
            async def connect(**options):
                async with Client(self._upstreams.target(kind), mode=mode(era), **options) as client:
                    yield client

            self._direct[era, kind] = await look(connect, era, kind, governed=False)
        return self._direct[era, kind]

    async def governed(self, era: str, kind: str) -> dict:
        if (era, kind) not in self._governed:

            def connect(**options):
                return self._through(kind, mode(era), **options)

            self._governed[era, kind] = await look(connect, era, kind, governed=True)
        return self._governed[era, kind]


async def look(connect, era: str, kind: str, governed: bool) -> dict:
    """Feature → what the client saw, or the words of how it failed. Features that fail get a new connection."""
    names = [name for name in FEATURES if impossible(era, kind, name) is None]
    seen: dict = {}
    while len(seen) < len(names):
        left = [name for name in names if name not in seen]
        eyes = Eyes(governed)
        try:
            async with connect(**eyes.options()) as eyes.client:
                for name in left:
                    eyes.forget()
                    with anyio.fail_after(SECONDS):
                        seen[name] = await FEATURES[name].scope(eyes)
        except (Exception, BaseExceptionGroup) as failure:
            if not any(name not in seen for name in left):
                break
            failed = next(name for name in left if name not in seen)
            seen[failed] = Failure(failure)
            if eyes.client is None:
                seen |= {name: Failure(failure) for name in left}
    return seen


class Failure:
    """No view: it equals none, not even another failure."""

    def __init__(self, cause: BaseException):
        while isinstance(cause, BaseExceptionGroup):
            cause = cause.exceptions[0]
        self.words = f"{type(cause).__name__}: {cause}"

    def __repr__(self) -> str:
        return f"⚡ {self.words[:600]}"
