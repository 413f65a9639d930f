"""Shared parts of the journeys: see README.md for how to run one."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path[:0] = [str(HERE), str(HERE.parent.parent / "Demo")]

import pytest  # noqa: E402

from harness.gateway import Gateway  # noqa: E402
from harness.recorded import POLICY, RecordedGateway  # noqa: E402
from recording.reading import PERSONALITIES  # noqa: E402


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("journey")


@pytest.fixture(scope="module")
def stack(folder):
    """A gateway before four recording servers of the current era, one for each personality."""
    with RecordedGateway(folder, {name: (name, "modern") for name in PERSONALITIES}) as running:
        yield running


@pytest.fixture(scope="module")
def legacy_stack(tmp_path_factory):
    """The same before recording servers of the handshake eras."""
    with RecordedGateway(tmp_path_factory.mktemp("legacy"), {name: (name, "legacy") for name in PERSONALITIES}) as it:
        yield it


@pytest.fixture
def start_gateway(tmp_path):
    """Starts gateways that end with the test: `start_gateway(servers, environment, **settings)`."""
    started: list[Gateway] = []

    def start(servers: dict, environment: dict | None = None, **settings) -> Gateway:
        folder = tmp_path / f"gateway-{len(started)}"
        gateway = Gateway(folder, servers, {name: POLICY for name in servers}, **settings)
        started.append(gateway)
        return gateway.start(env=environment)

    yield start
    for gateway in started:
        if gateway.process and gateway.process.poll() is None:
            gateway.stop()


def pytest_terminal_summary(terminalreporter, exitstatus) -> None:
    count = {what: len(terminalreporter.stats.get(what, [])) for what in ("passed", "failed", "error", "skipped")}
    terminalreporter.write_line(
        f"journeys: {count['passed']} passed, {count['failed'] + count['error']} failed, {count['skipped']} skipped"
    )
