"""Where the programs are, and how to wait for one without sleeping blindly."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
ROOT = HERE.parent.parent
GATEHOUSE = os.environ.get("GATEHOUSE", str(ROOT / ".build" / "debug" / "gatehouse"))
RECORDER = str(HERE / "recorder.py")


def python(environment: str = "client") -> str:
    return program("python", environment)


def program(name: str, environment: str = "client") -> str:
    """A program of one of the Python environments that scripts/python-env.sh makes."""
    return str(ROOT / ".venv" / environment / "bin" / name)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, what: str, seconds: float = 20):
    """The first truthy answer of `condition()`; fails with `what` when the deadline passes."""
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < deadline, f"waited {seconds} s in vain: {what() if callable(what) else what}"
        time.sleep(0.02)
    return answer


def is_alive(pid: int) -> bool:
    """Whether a process exists and is not a zombie."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] not in ("Z", "X")


def kill(pids: list[int]) -> None:
    """Leaves none of these processes behind, whatever the test found."""
    for pid in filter(is_alive, pids):
        os.kill(pid, signal.SIGKILL)


def stop(process: subprocess.Popen, number: int = signal.SIGTERM, seconds: float = 15) -> int:
    """Signals a process this test started and waits for its end."""
    if process.poll() is None:
        process.send_signal(number)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f"the program ignored signal {number} for {seconds} s") from None
    return process.returncode


def gatehouse(*arguments: str, **options) -> subprocess.CompletedProcess:
    """Runs one command of the program to its end."""
    return subprocess.run([GATEHOUSE, *arguments], capture_output=True, text=True, timeout=60, **options)
