"""Local servers are processes: started when needed, restarted when they die, gone when the gateway is gone."""

import os
import signal

import pytest

from harness.programs import RECORDER, is_alive, kill, python, wait_until
from recording.record import Record


@pytest.fixture
def local(start_gateway, tmp_path):
    """Starts a gateway before one recording server over stdio with the habits given."""
    record = Record(tmp_path / "record.jsonl")

    def start(*habits: str, era: str = "modern"):
        command = [python(), RECORDER, "stdio", "--record", str(record.path), "--era", era]
        for habit in habits:
            command += ["--habit", habit]
        return start_gateway({"last": {"command": command, "environment": {"PATH": os.environ["PATH"]}}}), record

    return start


def pids(record: Record) -> list[int]:
    return [entry["pid"] for entry in record.entries() if "pid" in entry]


def fails(answer) -> bool:
    return answer.code is not None or answer.result["isError"]


eras = pytest.mark.parametrize("era", ["modern", "legacy"])


@eras
def test_a_local_server_is_served_in_its_own_era(local, era):
    gateway, record = local(era=era)
    assert gateway.call("last", "echo", {"text": "x"}).text == "echo: {'text': 'x'}"
    methods = {entry.get("method") for entry in record.entries()}
    assert ("initialize" in methods) == (era == "legacy")


@eras
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_when_the_gateway_ends_so_does_every_process_it_started(local, era, number):
    gateway, record = local("family", "stubborn", era=era)
    assert not fails(gateway.call("last", "echo"))
    family = pids(record)
    assert len(family) == 2 and all(map(is_alive, family))
    try:
        gateway.stop(number)
        wait_until(lambda: not any(map(is_alive, family)), "the server and its child to end")
    finally:
        kill(family)


def test_when_the_gateway_is_killed_no_server_is_left(local):
    gateway, record = local("family")
    assert not fails(gateway.call("last", "echo"))
    family = pids(record)
    gateway.stop(signal.SIGKILL)
    try:
        wait_until(lambda: not is_alive(family[0]), "the server to end")
    finally:
        kill(family)


def test_when_the_gateway_is_killed_even_a_stubborn_server_and_its_child_go(local):
    gateway, record = local("family", "stubborn")
    assert not fails(gateway.call("last", "echo"))
    family = pids(record)
    gateway.stop(signal.SIGKILL)
    try:
        wait_until(lambda: not any(map(is_alive, family)), "every process to end")
    finally:
        kill(family)


@eras
def test_a_server_that_dies_is_started_again(local, era):
    gateway, record = local(era=era)
    assert not fails(gateway.call("last", "echo"))
    first = pids(record)[0]
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: not is_alive(first), "the server's end")
    wait_until(lambda: not fails(gateway.call("last", "echo", {"text": "again"})), "the server to be back")
    assert len(pids(record)) >= 2


def test_a_server_that_dies_of_the_era_probe_is_started_again_and_greeted_the_old_way(local):
    gateway, record = local("fragile", era="legacy")
    assert not fails(gateway.call("last", "echo"))
    assert "initialize" in {entry.get("method") for entry in record.entries()}


def test_text_before_the_first_message_is_no_harm(local):
    gateway, _ = local("banner")
    assert not fails(gateway.call("last", "echo"))


@eras
@pytest.mark.parametrize("how", ["noise", "loud"])
def test_noise_on_either_stream_is_no_harm(local, era, how):
    gateway, _ = local(era=era)
    assert not fails(gateway.call("last", "misbehave", {"how": how}))
    assert not fails(gateway.call("last", "echo"))


@eras
@pytest.mark.parametrize("how", ["page", "half", "another id", "long", "hang up"])
def test_a_broken_answer_fails_one_call_and_the_next_is_served(local, era, how):
    gateway, record = local(era=era)
    assert not fails(gateway.call("last", "echo"))
    gateway.fence("last")
    assert fails(gateway.call("last", "misbehave", {"how": how}))
    wait_until(lambda: not fails(gateway.call("last", "echo")), "the next call to be served")
    assert sum(call["tool"] == "misbehave" for call in record.calls()) == 1, "a call is never sent twice"


def test_a_thousand_calls_leave_no_process_or_descriptor_behind(local):
    gateway, record = local()
    assert not fails(gateway.call("last", "echo"))
    # The one that serves everybody, and one that is asked at the start what legacy clients see.
    wait_until(lambda: len(pids(record)) == 2, "both processes to have begun")
    descriptors = f"/proc/{gateway.process.pid}/fd"
    before = len(os.listdir(descriptors))
    for _ in range(1000):
        gateway.call("last", "echo")
    wait_until(
        lambda: len(os.listdir(descriptors)) <= before + 8,
        lambda: f"{len(os.listdir(descriptors))} descriptors to be about {before} again",
    )
    assert len(pids(record)) == 2
