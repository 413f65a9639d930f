"""A client that reads slowly slows its server: nothing is lost, and the gateway holds next to nothing of it."""

import json
import re
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from harness import wire
from harness.gateway import Gateway
from harness.programs import free_port, stop, wait_until

SIZE = 200 * 1024 * 1024
MEGABYTE = 1024 * 1024


@pytest.fixture
def flood(tmp_path):
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    gateway = Gateway(
        tmp_path / "gateway",
        {"flood": {"url": f"{url}/mcp"}},
        {"flood": {"version": "1", "default": "allow"}},
    )
    server = subprocess.Popen(
        [sys.executable, "-m", "servers.flood", str(port), str(SIZE)], cwd=Path(__file__).parent
    )
    try:
        wait_until(lambda: answers(port), "the server to listen")
        gateway.start()
        yield gateway, lambda: json.load(urllib.request.urlopen(f"{url}/written"))
    finally:
        if gateway.process:
            gateway.stop()
        stop(server)


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    except OSError:
        return False


def resident(process: subprocess.Popen) -> int:
    text = Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) * 1024


@pytest.mark.parametrize("era", ["modern", "legacy"])
def test_a_slow_reader_slows_its_server_and_loses_nothing(flood, era):
    gateway, told = flood
    body = json.loads(wire.call_body("flood", {}))
    if era == "modern":
        level = {"io.modelcontextprotocol/logLevel": "debug"}
        body["params"]["_meta"] = wire.META | level
        headers = gateway.headers(name="flood")
    else:
        del body["params"]["_meta"]
        headers = gateway.session_headers(gateway.open_session("flood"))
    data = json.dumps(body).encode()
    assert gateway.tools("flood") == ["flood"]
    with socket.create_connection(gateway.address, timeout=60) as connection:
        connection.sendall(wire.head("/mcp/flood", headers + [("Content-Length", str(len(data)))]) + data)
        before = resident(gateway.process)
        # What is read of it fills the sockets on the way, and there it stays.
        wait_until(lambda: told()["waiting"] > 1, "the server to be slowed")
        assert 0 < told()["written"] < SIZE / 4
        assert resident(gateway.process) - before < 24 * MEGABYTE
        numbers, tail, peak = [], b"", 0
        with connection.makefile("rb") as stream:
            for line in stream:
                if b'"n":' in line or b'"n": ' in line:
                    numbers.append(int(re.search(rb'"n": ?(\d+)', line)[1]))
                    if len(numbers) % 200 == 0:
                        peak = max(peak, resident(gateway.process) - before)
                elif line.startswith(b"data:") and b'"result"' in line:
                    tail = line
                    break
    assert numbers == list(range(SIZE // (64 * 1024)))
    assert json.loads(tail.removeprefix(b"data:"))["result"]["content"] == []
    assert peak < 24 * MEGABYTE, f"{peak} bytes"
