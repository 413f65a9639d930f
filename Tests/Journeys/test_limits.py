"""A `rate_limit: {max: 10, window: 60}` admits ten calls a minute: not one more, whatever happens to the gateway."""

import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from harness import words
from harness.recorded import RecordedGateway


@pytest.fixture
def counted(tmp_path):
    with RecordedGateway(tmp_path, {"last": ("last", "modern")}) as stack:
        yield stack


def call(stack, text: str = "x") -> bool:
    """Whether one more counted call is allowed."""
    answer = stack.gateway.call("last", "counted", {"text": text})
    if answer.result["isError"]:
        assert answer.text.startswith(words.DENIED) and "Try again in" in answer.text, answer
    return not answer.result["isError"]


def test_the_eleventh_call_is_refused_and_says_when_to_try_again(counted):
    assert [call(counted) for _ in range(11)] == [True] * 10 + [False]
    assert len(counted.records["last"].calls()) == 10
    since = counted.gateway.fence("last")
    assert [words.field(entry, "outcome") for entry in since] == [words.LIMITED] + [words.ALLOWED] * 10


def test_the_count_survives_a_restart(counted):
    assert all(call(counted) for _ in range(6))
    counted.gateway.restart()
    assert [call(counted) for _ in range(5)] == [True] * 4 + [False]


def test_after_kill_9_it_never_counts_too_few(counted):
    """A crash may cost at most the block that was reserved; it never gives a call away."""
    assert all(call(counted) for _ in range(6))
    counted.gateway.restart(signal.SIGKILL)
    admitted = [call(counted) for _ in range(6)]
    assert sum(admitted) <= 4 and not admitted[-1]
    assert len(counted.records["last"].calls()) <= 10


def test_of_many_calls_at_once_exactly_ten_reach_the_server(counted):
    with ThreadPoolExecutor(25) as pool:
        admitted = list(pool.map(lambda number: call(counted, str(number)), range(100)))
    assert sum(admitted) == 10
    assert len(counted.records["last"].calls()) == 10


@pytest.mark.anyio
@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_new_session_is_no_new_allowance(counted, mode):
    refused = 0
    for _ in range(4):
        async with counted.gateway.client("last", mode) as client:
            for _ in range(4):
                refused += (await client.call_tool("counted", {"text": "x"})).is_error
    assert refused == 6
