"""Client era × kind of server × feature: through the gateway a client sees what it sees without.

What it sees without is taken from the same server, in the client's era where the server knows it (see `oracle`).
"""

from collections import Counter

import pytest

from harness.gateway import Gateway
from matrix.features import FEATURES
from matrix.upstreams import KINDS, Upstreams, slug
from matrix.views import DIFFERENCES, ERAS, POLICY, Views, impossible, oracle

ALL = [(era, kind, name) for kind in KINDS for era in ERAS for name in FEATURES]
CELLS = [cell for cell in ALL if impossible(*cell) is None]
pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def views(tmp_path_factory):
    folder = tmp_path_factory.mktemp("matrix")
    upstreams = Upstreams(folder)
    servers = {slug(kind): upstreams.setting(kind) for kind in KINDS}
    gateway = Gateway(folder / "gateway", servers, {name: POLICY for name in servers})
    gateway.start()
    yield Views(upstreams, lambda kind, mode, **options: gateway.client(slug(kind), mode, **options))
    gateway.stop()
    upstreams.close()


@pytest.mark.parametrize("era, kind, name", CELLS, ids=lambda value: value.replace(" ", "-").replace(",", ""))
async def test_a_client_sees_the_same_through_the_gateway(views, era, kind, name):
    expected = (await views.direct(*oracle(era, kind, name)))[name]
    seen = (await views.governed(era, kind))[name]
    if (era, kind, name) in DIFFERENCES:
        assert seen != expected, "no difference any more: take it out of the table and the documentation"
        return
    assert seen == expected


def test_the_cells_left_out_are_those_the_protocol_leaves_out():
    """All of them with their number, so that none can vanish unseen."""
    reasons = Counter(reason for cell in ALL if (reason := impossible(*cell)) is not None)
    assert reasons == {
        "a client of the current era learns no name without asking; it comes with each result": 9,
        "ping was removed in 2026-07-28": 9,
        "resources/unsubscribe was removed in 2026-07-28: the stream is closed instead": 9,
        "without logging/setLevel a server of the handshake eras sends what it likes": 9,
        "a server that answers in JSON has no stream of the call's own in the handshake eras": 33,
    }
    assert len(CELLS) == len(ALL) - 69
