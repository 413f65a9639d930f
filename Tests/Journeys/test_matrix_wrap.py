"""The same before `gatehouse wrap`, which is spoken to over stdio and is the server's stand-in, in the client's era."""

import json
from contextlib import asynccontextmanager

import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters

from harness.programs import GATEHOUSE
from matrix.features import FEATURES
from matrix.upstreams import KINDS, Upstreams
from matrix.views import POLICY, Views, impossible

BEFORE = ["modern stdio", "both eras, stdio", "legacy stdio", "both eras, HTTP", "legacy HTTP", "legacy SSE"]
ALL = [(era, kind, name) for kind in BEFORE for era in KINDS[kind].eras for name in FEATURES]
CELLS = [cell for cell in ALL if impossible(*cell) is None]
pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def views(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wrap")
    policy = folder / "policy.json"
    policy.write_text(json.dumps(POLICY))
    upstreams = Upstreams(folder, BEFORE)

    @asynccontextmanager
    async def through(kind, mode, **options):
        server = upstreams.setting(kind)
        reached = ["--url", server["url"]] if "url" in server else ["--", *server["command"]]
        stand_in = StdioServerParameters(command=GATEHOUSE, args=["wrap", "--policy", str(policy), *reached])
        async with Client(stand_in, mode=mode, **options) as client:
            yield client

    yield Views(upstreams, through)
    upstreams.close()


@pytest.mark.parametrize("era, kind, name", CELLS, ids=lambda value: value.replace(" ", "-").replace(",", ""))
async def test_a_client_sees_the_same_through_wrap(views, era, kind, name):
    expected = (await views.direct(era, kind))[name]
    assert (await views.governed(era, kind))[name] == expected
